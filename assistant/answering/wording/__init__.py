"""Fixed text of answers in French and English, which claims nothing about the law."""
