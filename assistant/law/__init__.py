"""The shared domain: identifiers, acts, passages, citations, validity. Standard library only."""
