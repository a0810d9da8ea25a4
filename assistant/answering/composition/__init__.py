"""Answers from evidence: official sentences, plain sentences, a model's sentences that pass the gate."""
