"""The custom properties part of a DOCX, which python-docx does not write (ECMA-376, part 1, 22.3).

The failure this prevents: a mark that a word processor's "properties" and other programs cannot read.
"""

from __future__ import annotations

from lxml import etree

from assistant.render.document import Document

CUSTOM_PART = "docProps/custom.xml"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST = 2
"""The first number that a property may have."""


def custom_properties(document: Document) -> bytes:
    """The part: one text property for each fact of the mark."""
    record = document.record
    facts = {
        "DigitalSourceType": record.digital_source_type,
        "AIGenerated": "true",
        "AINotice": document.notice,
        "AIMode": record.mode,
        "AIModel": record.model or "",
        "AIMadeAt": record.made_at.isoformat(timespec="seconds"),
        "ReviewedBy": record.reviewer,
        "EditorialResponsibility": record.editor,
    }
    root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={"p": _PROPERTIES, "vt": _VALUES})
    for number, (name, value) in enumerate(((n, v) for n, v in facts.items() if v), _FIRST):
        entry = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT, pid=str(number), name=name)
        etree.SubElement(entry, f"{{{_VALUES}}}lpwstr").text = value
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
