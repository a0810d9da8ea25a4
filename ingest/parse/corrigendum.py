"""Corrigenda of the Official Journal: "au lieu de … lire …", applied only where it is certain.

The failure this prevents: a recital quoted with the mistake that the Journal has since corrected,
and a correction put in the wrong place because its old words occur twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.law.act import Provision
from assistant.law.identifiers import Locator, LocatorKind
from ingest.parse.markup import Element, load, running_text

_UNIT = re.compile(r"(?:considérant|recital)\s+\(?(\d+)\)?|(?:article)\s+(\d+)", re.IGNORECASE)
_OLD = re.compile(r"^(?:au lieu de|for)\s*:?$", re.IGNORECASE)
_NEW = re.compile(r"^(?:lire|read)\s*:?$", re.IGNORECASE)
_MARKER = re.compile(r"^(?:\(\d+\)|\d+\.|\(?[a-z]{1,4}\))[\s\u00a0]*")
_SAME = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True, slots=True)
class Correction:
    """Words of one provision to be replaced."""

    unit: Locator
    old: str
    new: str


def apply_corrigenda(provisions: Sequence[Provision], paths: Sequence[Path]) -> list[Provision]:
    """The provisions with every correction whose old words stand exactly once in the provision it names."""
    corrections = [correction for path in paths for correction in read_corrigendum(load(path))]
    return [_correct(provision, [c for c in corrections if c.unit == provision.locator]) for provision in provisions]


def read_corrigendum(body: Element) -> Iterator[Correction]:
    """Every line that differs between "au lieu de" and "lire", with the article or recital it stands in."""
    unit: Locator | None = None
    side = ""
    sides: dict[str, list[str]] = {"old": [], "new": []}
    for words in [*(running_text(p) for p in body.iter("p")), "Page end, recital 0"]:
        found = _UNIT.search(words) if re.match(r"(?:\(?(?:On )?page|Page)\b", words) else None
        if found:
            if unit is not None:
                yield from _pairs(unit, sides)
            sides = {"old": [], "new": []}
            side = ""
            kind = LocatorKind.RECITAL if found[1] else LocatorKind.ARTICLE
            unit = Locator(kind, found[1] or found[2])
        elif _OLD.match(words):
            side = "old"
        elif _NEW.match(words):
            side = "new"
        elif side and unit is not None:
            sides[side].append(words)


def _pairs(unit: Locator, sides: dict[str, list[str]]) -> Iterator[Correction]:
    old, new = ([line for line in map(_bare, sides[side]) if line] for side in ("old", "new"))
    if len(old) == len(new):
        for before, after in zip(old, new, strict=True):
            if before != after:
                yield Correction(unit, before, after)


def _bare(line: str) -> str:
    """A quoted line without its quotation marks, marker and omission signs."""
    line = line.strip().removeprefix("[…]").strip(" \u00a0.,;").strip("«»‘’“”\u00a0 ")
    return _MARKER.sub("", line).removeprefix("[…]").strip(" \u00a0.,;«»‘’“”")


def _correct(provision: Provision, corrections: Sequence[Correction]) -> Provision:
    for correction in corrections:
        old = correction.old.translate(_SAME)
        if sum(node.text.translate(_SAME).count(old) for node in provision.walk()) == 1:
            provision = _replace(provision, old, correction.new)
    return provision


def _replace(provision: Provision, old: str, new: str) -> Provision:
    start = provision.text.translate(_SAME).find(old)
    if start < 0:
        return replace(provision, children=tuple(_replace(child, old, new) for child in provision.children))
    return replace(provision, text=provision.text[:start] + new + provision.text[start + len(old) :])
