"""The mark as linked data (schema.org, IPTC), for web pages and JSON.

The failure this prevents: a page that a crawler or a training set takes for a person's text.
"""

from __future__ import annotations

from typing import Any

from assistant.render.document import Document


def linked_data(document: Document) -> dict[str, Any]:
    """One `CreativeWork`: what it is, how it came about, who answers for it."""
    record = document.record
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "name": document.title,
        "inLanguage": document.lang,
        "dateCreated": record.made_at.isoformat(timespec="seconds"),
        "creditText": document.notice,
        "digitalSourceType": record.digital_source_type,
        "creator": {"@type": "SoftwareApplication", "name": record.program, "description": record.model or record.mode},
    }
    if record.reviewer:
        data["contributor"] = {"@type": "Person", "name": record.reviewer}
        data["editor"] = {"@type": "Person", "name": record.editor}
    return data
