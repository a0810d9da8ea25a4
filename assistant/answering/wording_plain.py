"""Fixed wording around the plain sentences: who reviewed them. None of it says what the law is.

The failure this prevents: a rewording that is taken for the law.
"""

from __future__ import annotations

NOT_REVIEWED = {
    "fr": "Reformulation non relue par un juriste : le texte officiel fait foi.",
    "en": "Rewording not reviewed by a lawyer: the official text is authoritative.",
}
REVIEWED = {
    "fr": "Reformulation relue par {by} le {on} ; le texte officiel fait foi.",
    "en": "Rewording reviewed by {by} on {on}; the official text is authoritative.",
}
MORE = {"fr": "En savoir plus :", "en": "Read more:"}
TABLE_HEAD = {"fr": "| Texte | Ce qu'il dit |", "en": "| Text | What it says |"}
