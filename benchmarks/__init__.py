"""Speed, quality and training: what `make bench` and `make eval-search` run, and how the embedder is made."""
