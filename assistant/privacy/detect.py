"""All that is likely to be personal data in a text, in reading order and without overlaps.

The failure this prevents: a national number reported as a phone number because a part of it looks like one.
"""

from __future__ import annotations

from collections.abc import Iterable

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
    """Of findings that overlap the longest stays, and grows over the others."""
    kept: list[Finding] = []
    for each in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        hit = next((k for k in kept if k.start < each.end and each.start < k.end), None)
        if hit is None:
            kept.append(each)
        elif each.start < hit.start or each.end > hit.end:
            start, end = min(each.start, hit.start), max(each.end, hit.end)
            if not any(k is not hit and k.start < end and start < k.end for k in kept):
                kept[kept.index(hit)] = Finding(hit.kind, start, end)
    return tuple(sorted(kept, key=lambda f: f.start))
