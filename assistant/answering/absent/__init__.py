"""Answers where the official text is not on this machine: plain sentences, references and links."""
