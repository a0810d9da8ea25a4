"""The words and numbers that name provisions, in French and in English, as patterns over flat text.

The failure this prevents: two lists of "article, paragraphe, alinéa", one for each language, that
grow apart.
"""

from __future__ import annotations

import re
from enum import IntEnum

from assistant.law.identifiers import ORDERS


class Level(IntEnum):
    """What a word names, outermost first; HEAD: an article, an annex or a recital."""

    HEAD = 0
    SECTION = 1
    PARAGRAPH = 2
    SUBPARAGRAPH = 3
    POINT = 4


ORDER = "|".join(ORDERS)
RANKS = {
    "fr": "premier deuxieme|second troisieme quatrieme cinquieme sixieme septieme huitieme dernier",
    "en": "first second third fourth fifth sixth seventh eighth last",
}
LAST = "last"
"""The part that stands for "dernier alinéa"."""


_WORDS = {
    "fr": {
        "articles?": (Level.HEAD, "art"),
        "annexes?": (Level.HEAD, "anx"),
        "considerants?": (Level.HEAD, "rec"),
        "sections?": (Level.SECTION, "section"),
        "paragraphes?": (Level.PARAGRAPH, "paragraph"),
        "points?": (Level.POINT, "point"),
    },
    "en": {
        "articles?": (Level.HEAD, "art"),
        "annex(?:es)?": (Level.HEAD, "anx"),
        "recitals?": (Level.HEAD, "rec"),
        "sections?": (Level.SECTION, "section"),
        "paragraphs?": (Level.PARAGRAPH, "paragraph"),
        "points?": (Level.POINT, "point"),
    },
}
_ITEMS = {
    ("fr", "art"): rf"(?:\d+(?:er)?(?:\s+(?:{ORDER})\b)?|premier)",
    ("en", "art"): r"\d+[a-i]?(?:\s?\(\d{1,2}[a-i]?\))?(?:\([a-z]+\))*",
    ("fr", "anx"): r"[ivxl]+",
    ("en", "anx"): r"[ivxl]+",
    ("fr", "rec"): r"\(?\d+\)?",
    ("en", "rec"): r"\(?\d+\)?",
    ("fr", "section"): r"[a-z]",
    ("en", "section"): r"[a-z]",
    ("fr", "paragraph"): rf"\d+(?:\s+(?:{ORDER})\b)?",
    ("en", "paragraph"): r"(?:\(\d+[a-i]?\)|\d+[a-i]?)",
    ("fr", "point"): rf"(?:[a-z]{{1,5}}(?:\s+(?:{ORDER}))?\)(?:\s*[a-z]{{1,5}}\))*"
    rf"|\d+(?:\.\d+)*(?:\s+(?:{ORDER})\b)?\)?(?:,?\s*[a-z]{{1,5}}\))*)",
    ("en", "point"): r"(?:\([a-z]{1,5}\)|\(\d+[a-i]?\)|\d+(?:\.\d+)*[a-i]?)(?:\([a-z0-9]{1,5}\))*",
}
BRACKETS = re.compile(r"(?:\(\d+[a-i]?\))?(?:\([a-z]+\))*")
HEADS = {
    (lang, kind): re.compile(rf"\b({word})\s+(?={_ITEMS[lang, kind]}(?![\w']))")
    for lang, words in _WORDS.items()
    for word, (_, kind) in words.items()
}
ITEM = {key: re.compile(rf"{pattern}(?![\w/'])") for key, pattern in _ITEMS.items()}
JOIN = {
    "fr": re.compile(r"\s*,\s*(?:et\s+|ou\s+|ainsi que\s+)?|\s+(?:et/ou|et|ou|ainsi que)\s+|\s+(?P<range>a)\s+"),
    "en": re.compile(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and/or|and|or)\s+|\s+(?P<range>to)\s+"),
}
RANK = {lang: "|".join(names.replace(" ", "|").split("|")) for lang, names in RANKS.items()}
SUBPARAGRAPH = {
    "fr": re.compile(rf"\b((?:{RANK['fr']})(?:(?:\s*,\s*|\s+et\s+|\s+ou\s+|\s+a\s+)(?:{RANK['fr']}))*)\s+alineas?\b"),
    "en": re.compile(
        rf"\b((?:{RANK['en']})(?:(?:\s*,\s*|\s+and\s+|\s+or\s+|\s+to\s+)(?:{RANK['en']}))*)\s+subparagraphs?\b"
    ),
}
LEVELS = {kind: level for words in _WORDS.values() for level, kind in words.values()}
COMMA = re.compile(r"\s*,?\s*")
OF = {
    "fr": re.compile(r"\s*,?\s+(?:du|de la|de l'|des|de)\s*"),
    "en": re.compile(r"\s*,?\s+of\s+(?:the\s+)?"),
}
SAME_HEAD = {
    "fr": re.compile(r"\s*,?\s*(?:et|ou|ainsi que)\s+|\s*,\s*"),
    "en": re.compile(r"\s*,?\s*(?:and|or)\s+|\s*,\s*"),
}
STARTS = {
    lang: re.compile(
        "|".join(pattern.pattern for (tongue, _), pattern in HEADS.items() if tongue == lang)
        + f"|{SUBPARAGRAPH[lang].pattern}"
    )
    for lang in _WORDS
}
"""Where the next place may begin."""
