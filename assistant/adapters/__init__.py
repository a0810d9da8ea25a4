"""The only place that knows llama-index, Qdrant, sentence-transformers and llama.cpp."""
