"""Text without case and accents in which every character stays in its place.

The failure this prevents: a link or a cut that starts some characters too early, because "œ" had
become two letters in the text that was searched.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def flat(text: str) -> str:
    """Lower case, no accents, plain apostrophes and blanks; `len(flat(text)) == len(text)`."""
    return "".join(map(_plain, text))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character in "’‘":
        return "'"
    if character.isspace():
        return "\n" if character == "\n" else " "
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 and base.isascii() else character
