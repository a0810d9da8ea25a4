"""Reading EUR-Lex markup: safe loading, running text without footnote calls, amendment marks.

The failure this prevents: a footnote number or an editor's mark (`►M1`) inside a quote of the law,
and a parser that loads a DTD from the network.
"""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from assistant.errors import ParseError

Element = etree._Element  # noqa: SLF001  (lxml has no public name for it)

XHTML = "{http://www.w3.org/1999/xhtml}"
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_MARK = re.compile(r"[►▼]\s*[A-Z]\d*|◄")
_CELEX = re.compile(r"[0-9A-Z()]+")
BLOCK_TAGS = frozenset({"p", "div", "table", "tr", "td", "tbody", "hr", "ul", "ol", "li"})


def load(path: Path) -> Element:
    """The body of an XHTML file; no DTD, no entities from outside, no network. `ParseError` when it is not XML."""
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False, remove_comments=True)
    try:
        root = etree.fromstring(path.read_bytes().lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise ParseError(
            f"{path.name} is not well-formed XHTML ({error}): delete it from the cache and ingest again"
        ) from error
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith(XHTML):
            element.tag = element.tag[len(XHTML) :]
    body = root.find("body")
    if body is None:
        raise ParseError(f"{path.name} has no body: delete it from the cache and ingest again")
    return body


def classes(element: Element) -> frozenset[str]:
    """The class names of an element."""
    return frozenset((element.get("class") or "").split())


def _words(element: Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def is_note_call(element: Element) -> bool:
    """Whether an element is the call of a footnote."""
    href = element.get("href") or ""
    return element.tag == "a" and (href.startswith("#") or (element.get("id") or "").startswith("ntc"))


def is_mark(element: Element) -> bool:
    """Whether an element is only an editor's mark (`►C1`, `◄`)."""
    words = _words(element)
    return bool(_MARK.search(words)) and not _MARK.sub("", words).strip()


def raw_text(element: Element) -> str:
    """All text below an element, footnote calls and editor's marks left out, blanks as they are."""
    pieces = [element.text or ""]
    for child in element:
        tail = child.tail or ""
        if is_note_call(child):
            pieces[-1] = re.sub(r"\s*\(?\s*$", "", pieces[-1])
            tail = re.sub(r"^\s*\)", "", tail)
        elif child.tag not in {"br", "hr"} and not is_mark(child):
            pieces.append(raw_text(child))
        else:
            pieces.append(" ")
        pieces.append(tail)
    return "".join(pieces)


def tidy(text: str) -> str:
    """One blank between words, none at the ends; no-break spaces inside are kept as published."""
    return _BLANKS.sub(" ", text).strip(" \u00a0\u2009\u202f")


def running_text(element: Element) -> str:
    """The text of one paragraph as a reader sees it."""
    return tidy(raw_text(element))


def has_blocks(element: Element) -> bool:
    """Whether an element holds other paragraphs, lists or tables."""
    return any(child.tag in BLOCK_TAGS for child in element.iterdescendants())


def amendment_mark(element: Element) -> tuple[str, bool] | None:
    """For `▼M1`: the CELEX number of the amending act and whether something was deleted; None for other elements."""
    if element.tag != "p" or not classes(element) & {"modref", "arrow"}:
        return None
    link = element.find(".//a")
    if link is None or "▼" not in _words(element):
        return None
    celex, _, action = (link.get("title") or "").partition(":")
    if not _CELEX.fullmatch(celex.strip()):
        raise ParseError(f"an amendment mark names no act: {etree.tostring(element, encoding='unicode')[:120]}")
    return celex.strip(), "DELETED" in action


def inline_mark(element: Element) -> str:
    """The CELEX number of a mark inside a paragraph (`►C1 … ◄`), empty when there is none."""
    for link in element.iter("a"):
        if "►" in _words(link):
            return (link.get("title") or "").partition(":")[0].strip()
    return ""
