"""Speed, quality and training: what `make bench` and `make eval` run."""
