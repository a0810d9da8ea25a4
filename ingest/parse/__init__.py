"""Readers of source formats: EUR-Lex markup and local documents."""
