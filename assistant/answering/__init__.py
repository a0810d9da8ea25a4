"""From a question to a proven answer: understand, retrieve, rerank, compose, verify, label."""
