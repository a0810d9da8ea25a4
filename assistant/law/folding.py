"""Text without case and accents, as people type it and as everything here compares it.

The failure this prevents: "Données" and "donnees" compared as two words in one place and one in another.
"""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Lower case, no accents, plain apostrophes; as many words as before."""
    text = text.replace("’", "'").replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
