"""Conversations that are kept: whose they are, where they lie, and how they leave or are erased."""
