"""A local assistant on AI and the law, whose every sentence carries its proof."""

__version__ = "0.1.0"
