"""Lines cut by the width of a page, joined again into paragraphs; only white space changes.

The failure this prevents: half a sentence shown as a proof, because a line of the file ended there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

ITEM = re.compile(r"(?:[-–—•▪◦‣*·]|\d{1,3}[.)]|[a-z][.)]|[ivx]{1,4}\))\s")
_CLOSERS = "*_\"'»”’)] \u00a0"
_OPENERS = '(«"“[ \u00a0'
_LINKING = re.compile(
    r"(?:^|\s)(?:les?|la|une?|des?|du|à|aux?|en|et|ou|par|pour|sur|dans|avec|sans|sous|qu[ei]|the|of|and|to|in|for|an?)$",
    re.IGNORECASE,
)
_NARROWEST, _WIDEST = 40, 130


def reflow(lines: Sequence[str]) -> list[str]:
    """Join each line with the one before it where that one plainly goes on."""
    widest = max((len(line) for line in lines), default=0)
    full = 0.75 * widest if _NARROWEST <= widest <= _WIDEST else float("inf")
    paragraphs: list[str] = []
    for previous, line in zip(("", *lines), lines, strict=False):
        if paragraphs and _goes_on(paragraphs[-1], line, cut=len(previous) >= full):
            hyphenated = paragraphs[-1].endswith("-") and paragraphs[-1][-2:-1].isalpha()
            paragraphs[-1] += line if hyphenated else f" {line}"
        else:
            paragraphs.append(line)
    return paragraphs


def _goes_on(paragraph: str, line: str, *, cut: bool) -> bool:
    """Whether `line` continues `paragraph`; `cut`: the paragraph's last line fills the page's width."""
    words = paragraph.rstrip(_CLOSERS)
    if not words or ITEM.match(line) or words[-1] in ".:;!?…":
        return False
    if words[-1] == "," and ITEM.match(paragraph):
        return False
    first = line.lstrip(_OPENERS)[:1]
    return first.islower() or cut or bool(_LINKING.search(words))
