"""All that is likely to be personal data in a text, in reading order and without overlaps.

The failure this prevents: a national number reported as a phone number because a part of it looks like one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from assistant.privacy.finding import Finding
from assistant.privacy.names import names
from assistant.privacy.numbers import bank_cards, emails, ibans, national_numbers, phones, sirets
from assistant.privacy.traces import addresses, birth_dates, file_numbers, ip_addresses, plates

_DETECTORS = (
    emails, national_numbers, ibans, bank_cards, sirets, phones, ip_addresses, plates, birth_dates, file_numbers,
    addresses, names,
)  # fmt: skip


def findings(text: str) -> tuple[Finding, ...]:
    """What a person should look at before the text goes anywhere."""
    return _apart(found for detector in _DETECTORS for found in detector(text))


def _apart(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Of findings that overlap the longest stay, and grow over the others as far as the next one that stays."""
    kept: list[Finding] = []
    for each in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        first = bisect_right(kept, each.start, key=lambda f: f.end)
        behind = bisect_left(kept, each.end, key=lambda f: f.start)
        kept[first:behind] = _grown(kept[first:behind], each)
    return tuple(kept)


def _grown(over: Sequence[Finding], each: Finding) -> list[Finding]:
    """The findings that `each` overlaps, which together then cover all of it; itself when it overlaps none."""
    if not over:
        return [each]
    starts = [min(over[0].start, each.start), *(one.start for one in over[1:])]
    ends = [*starts[1:], max(over[-1].end, each.end)]
    return [Finding(one.kind, start, end) for one, start, end in zip(over, starts, ends, strict=True)]
