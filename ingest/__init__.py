"""From official sources to an index: fetch, parse, audit, passages, embed, store."""
