"""The structural audit of one downloaded file: that it is the text that it should be, and all of it.

A download has no hash to match, so what it holds is counted against the manifest. The failure this
prevents: an error page, or half an act, kept as the law.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from assistant.errors import AuditError
from assistant.law.identifiers import LocatorKind
from assistant.manifest import Manifest, SourceFile, Version, VersionText
from ingest.fetch import Accept
from ingest.parse.blocks import Reader
from ingest.parse.corrigendum import read_corrigendum
from ingest.parse.eurlex import read_provisions
from ingest.parse.markup import load


def acceptor(manifest: Manifest) -> Accept:
    """A function that raises `AuditError` (or `ParseError`) when a file is not what its versions need."""

    def accept(source: SourceFile, path: Path) -> None:
        for act in manifest.act:
            for version in act.version:
                for text in version.text:
                    if source.path in text.corrigenda and not list(read_corrigendum(load(path))):
                        raise AuditError(f"{source.path} corrects nothing that can be read: try again later")
                    if source.path in {text.body, text.recitals}:
                        _compare(source, _counted(source, path, act.celex), _expected(source, version, text))

    return accept


def _counted(source: SourceFile, path: Path, celex: str) -> Counter[LocatorKind]:
    return Counter(p.locator.kind for p in read_provisions(load(path), Reader(base=celex), source.lang))


def _expected(source: SourceFile, version: Version, text: VersionText) -> dict[LocatorKind, int]:
    """What this file must hold of the version: recitals, articles and annexes, or both."""
    counts = version.counts
    expected: dict[LocatorKind, int] = {}
    if source.path == text.body:
        expected |= {LocatorKind.ARTICLE: counts.articles, LocatorKind.ANNEX: counts.annexes}
    if source.path == (text.recitals or text.body):
        expected[LocatorKind.RECITAL] = counts.recitals
    return expected


def _compare(source: SourceFile, found: Counter[LocatorKind], expected: dict[LocatorKind, int]) -> None:
    for kind, count in expected.items():
        if found[kind] != count:
            raise AuditError(f"{source.path} holds {found[kind]} {kind.name.lower()}s instead of {count}: try later")
