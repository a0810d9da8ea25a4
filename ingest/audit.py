"""The structural audit of a parsed act: nothing missing, nothing empty, nothing twice, no stray mark.

The failure this prevents: a parser that silently lost an article when the publisher changed its markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.errors import AuditError
from assistant.law.act import Act, Provision, ProvisionKind
from assistant.law.identifiers import ORDERS, LocatorKind, split_number
from assistant.manifest import Counts
from ingest.parse.eurlex import ParsedAct

_STRAY = re.compile(r"[►▼◄\ufffd]|</?[a-z]+>|&[a-z]+;")


def audit(parsed: ParsedAct, counts: Counts) -> None:
    """Raise `AuditError` naming the first faults; return when the act is complete."""
    faults = list(_faults(parsed, counts))
    if faults:
        act = parsed.act
        more = f" and {len(faults) - 3} more" if len(faults) > 3 else ""
        raise AuditError(
            f"{act.act} ({act.lang}, {act.version_date}): {'; '.join(faults[:3])}{more}: "
            "the published text or its markup changed, report it to whoever maintains this program"
        )


def _faults(parsed: ParsedAct, counts: Counts) -> Iterator[str]:
    act = parsed.act
    yield from _counts(act, counts)
    nodes = [node for top in act.provisions for node in top.walk()]
    seen: set[str] = set()
    for node in nodes:
        name = str(node.locator)
        if name in seen:
            yield f"{name} appears twice"
        seen.add(name)
        if not node.official_text().strip() or (not node.text.strip() and not node.children):
            yield f"{name} is empty"
        if _STRAY.search(node.text) or _STRAY.search(node.title):
            yield f"{name} holds a stray mark"
    yield from _gaps(act)
    missing = sum(_missing_numbers(node) for node in nodes)
    if missing > parsed.deletions:
        holes = ", ".join(str(node.locator) for node in nodes if _missing_numbers(node))
        yield f"{missing} numbers are missing ({holes}), {parsed.deletions} were deleted by amendment"


def _counts(act: Act, counts: Counts) -> Iterator[str]:
    expected = {
        LocatorKind.ARTICLE: counts.articles,
        LocatorKind.RECITAL: counts.recitals,
        LocatorKind.ANNEX: counts.annexes,
    }
    for kind, count in expected.items():
        found = len(act.tops(kind))
        if found != count:
            yield f"{found} {kind.name.lower()}s instead of {count}"


def _gaps(act: Act) -> Iterator[str]:
    for kind in (LocatorKind.ARTICLE, LocatorKind.RECITAL):
        numbers = [int(split_number(top.locator.unit)[0]) for top in act.tops(kind)]
        for number in sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers)):
            yield f"{kind.value}-{number} is missing"


def _missing_numbers(node: Provision) -> int:
    """How many numbers or letters of a node's own enumeration are skipped."""
    return sum(_skipped(node, kind) for kind in (ProvisionKind.PARAGRAPH, ProvisionKind.POINT))


def _skipped(node: Provision, kind: ProvisionKind) -> int:
    parts = [child.locator.parts[-1] for child in node.children if child.kind is kind]
    bases = list(dict.fromkeys(split_number(part)[0] for part in parts))
    inserted = [split_number(part)[1] for part in parts if split_number(part)[1]]
    if any(order not in ORDERS for order in inserted):
        return 0
    if all(base.isdigit() for base in bases):
        first = min((int(base) for base in bases), default=1) if node.kind is ProvisionKind.HEADING else 1
        return max((int(base) for base in bases), default=first - 1) - first + 1 - len(bases)
    if all(len(base) == 1 for base in bases) and not set(bases) <= set("ivx"):
        return ord(max(bases)) - ord("a") + 1 - len(bases)
    return 0
