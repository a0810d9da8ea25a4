"""The other official rendering of a consolidated act, read as plainly as possible: text per article and paragraph."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

DROPPED = {"NOTE", "TI.ART", "STI.ART"}


def squeeze(text: str) -> str:
    """What both renderings must agree on: letters and digits in order, without quotation marks and list dashes."""
    text = re.sub(r"[’‘'“”„«»\"\u00ad—]", "", text)
    return re.sub(r"[\s\u00a0\u2009\u202f\u200b]+", "", text)


def articles(path: Path) -> dict[str, dict[str, str]]:
    """Article number as printed -> {"": whole text, "1": paragraph 1, ...}, squeezed, in print order."""
    root = etree.parse(str(path), etree.XMLParser(load_dtd=False, no_network=True, huge_tree=True)).getroot()
    found: dict[str, dict[str, str]] = {}
    for article in root.iter("ARTICLE"):
        if any(ancestor.tag == "QUOT.S" for ancestor in article.iterancestors()):
            continue
        number = article.get("IDENTIFIER", "").lstrip("0").lower()
        texts = {"": squeeze(_text(article))}
        for paragraph in article.iter("PARAG"):
            if any(ancestor.tag == "QUOT.S" for ancestor in paragraph.iterancestors()):
                continue
            marker = paragraph.find("NO.PARAG")
            assert marker is not None
            texts[squeeze(_text(marker)).rstrip(".)")] = squeeze(_text(paragraph))
        found[number] = texts
    return found


def _text(element: etree._Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in DROPPED:
            pieces.append(_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
