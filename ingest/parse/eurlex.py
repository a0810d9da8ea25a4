"""One version of an act of the Union, from its official files: articles, recitals, annexes, divisions.

In force = articles and annexes of the consolidated text + recitals of the OJ + corrigenda applied
to what is taken from the OJ. The failure this prevents: answering from the text of 2024.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from assistant.errors import ParseError
from assistant.law.act import Act, Division, Provision, ProvisionKind
from assistant.law.identifiers import Locator, LocatorKind
from assistant.manifest import ActSource, Version, VersionText
from ingest.parse.blocks import Reader
from ingest.parse.corrigendum import apply_corrigenda
from ingest.parse.markup import Element, classes, load, running_text
from ingest.parse.tree import Node, article_unit, fill, recital_locator

_DIVISION_ID = re.compile(r"(?:.*\.)?(?:cpt|sct|tis|prt|ttl)_[0-9A-Za-z]+$")


@dataclass(frozen=True, slots=True)
class ParsedAct:
    """An act and what the audit must know: how many provisions an amending act removed."""

    act: Act
    deletions: int


def parse_act(source: ActSource, version: Version, text: VersionText, path_of: Callable[[str], Path]) -> ParsedAct:
    """Read one version in one language; `path_of` turns a path of the manifest into a local file."""
    reader = Reader(base=source.celex)
    recitals, enacted = _split(read_provisions(load(path_of(text.body)), reader, text.lang))
    if text.recitals:
        recitals, _ = _split(read_provisions(load(path_of(text.recitals)), Reader(base=source.celex), text.lang))
    consolidated = text.celex.startswith("0")
    from_journal = recitals if consolidated else [*recitals, *enacted]
    corrected = apply_corrigenda(from_journal, [path_of(path) for path in text.corrigenda])
    act = Act(
        act=source.id,
        lang=text.lang,
        celex=text.celex,
        celex_oj=source.celex,
        version_date=version.date,
        valid_from=version.date,
        valid_until=version.until,
        title=source.title.of(text.lang),
        provisions=(*corrected, *(enacted if consolidated else ())),
    )
    return ParsedAct(act, reader.deletions)


def _split(provisions: Iterable[Provision]) -> tuple[list[Provision], list[Provision]]:
    """Recitals, and articles with annexes."""
    found = list(provisions)
    recitals = [provision for provision in found if provision.kind is ProvisionKind.RECITAL]
    return recitals, [provision for provision in found if provision.kind is not ProvisionKind.RECITAL]


def read_provisions(body: Element, reader: Reader, lang: str) -> Iterator[Provision]:
    """Recitals, articles and annexes in print order; `reader` follows the amendment marks on the way."""
    for element in body.iter("p", "div"):
        anchor = element.get("id") or ""
        if element.tag == "p":
            if not _inside_provision(element):
                reader.see(element)
        elif anchor.startswith("rct_"):
            yield from _recitals(element, reader, lang)
        elif re.fullmatch(r"art_\w+", anchor):
            yield _article(element, reader, lang)
        elif re.fullmatch(r"anx_[IVXLC]+", anchor):
            yield _annex(element, reader, lang)


def _inside_provision(element: Element) -> bool:
    return any(re.fullmatch(r"(?:art|anx|rct)_\w+", parent.get("id") or "") for parent in element.iterancestors("div"))


def _recitals(element: Element, reader: Reader, lang: str) -> Iterator[Provision]:
    for block in reader.blocks(element):
        locator = recital_locator(block.marker)
        if locator is not None:
            node = Node(locator, ProvisionKind.RECITAL, block.marker, amended_by=block.amended_by)
            fill(node, block.children, lang)
            yield node.freeze(anchor=element.get("id") or "")


def _article(element: Element, reader: Reader, lang: str) -> Provision:
    anchor = element.get("id") or ""
    node = Node(Locator(LocatorKind.ARTICLE, article_unit(anchor)), ProvisionKind.ARTICLE, amended_by=reader.mark)
    fill(node, list(reader.blocks(element)), lang)
    title = element.find("div[@class='eli-title']")
    words = running_text(title).rstrip("`'") if title is not None else ""
    return node.freeze(title=words, path=_path(element), anchor=anchor)


def _annex(element: Element, reader: Reader, lang: str) -> Provision:
    anchor = element.get("id") or ""
    node = Node(Locator(LocatorKind.ANNEX, anchor.removeprefix("anx_")), ProvisionKind.ANNEX, amended_by=reader.mark)
    titles = [p for p in element.iter("p") if classes(p) & {"oj-doc-ti", "title-annex-2"}]
    title = " ".join(running_text(p) for p in titles if not re.match(r"ANNEXE?\b", running_text(p)))
    fill(node, list(reader.blocks(element)), lang)
    if not title and node.lines:
        title = node.lines[0]
    return node.freeze(title=title, anchor=anchor)


def _path(article: Element) -> tuple[Division, ...]:
    """The chapter and section that hold an article, outermost first."""
    divisions = []
    for parent in article.iterancestors("div"):
        if not _DIVISION_ID.match(parent.get("id") or ""):
            continue
        lines = [running_text(p) for p in islice(filter(_is_division_title, parent.iter("p")), 2)]
        if not lines:
            raise ParseError(f"{parent.get('id')} has no title: the markup changed, report it")
        kind = "section" if "sct_" in (parent.get("id") or "").rsplit(".", 1)[-1] else "chapter"
        divisions.append(Division(kind, lines[0], lines[1] if len(lines) > 1 else ""))
    return tuple(reversed(divisions))


def _is_division_title(element: Element) -> bool:
    return any(name.startswith(("oj-ti-section", "title-division")) for name in classes(element))
