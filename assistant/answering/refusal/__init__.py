"""What is not answered: which kind, why, and what to do instead."""
