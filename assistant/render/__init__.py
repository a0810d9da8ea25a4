"""An `Answer` on its way out: JSON, Markdown, terminal."""
