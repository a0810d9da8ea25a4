"""The proof gate: a sentence passes only where the passages that it cites say it."""
