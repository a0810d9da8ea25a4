"""Measures the assistant on files of questions: figures, faults, one report for people and one for programs."""
