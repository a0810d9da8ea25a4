"""The metadata of a PDF export: the information dictionary, and XMP with the IPTC term.

The failure this prevents: a PDF whose mark is only a line of text on its page.
"""

from __future__ import annotations

from datetime import UTC

from lxml import etree

from assistant.render.document import Document

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_XMP = "http://ns.adobe.com/xap/1.0/"
_IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
_META = "adobe:ns:meta/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PACKET = "W5M0MpCehiHzreSzNTczkc9d"
"""The identifier that every XMP packet begins with (ISO 16684-1)."""


def information(document: Document) -> dict[str, str]:
    """The entries of the information dictionary."""
    record = document.record
    made = f"D:{record.made_at.astimezone(UTC):%Y%m%d%H%M%S}+00'00'"
    entries = {
        "/Title": document.title,
        "/Author": record.program,
        "/Creator": record.program,
        "/Subject": document.notice,
        "/Keywords": record.digital_source_type,
        "/CreationDate": made,
        "/ModDate": made,
        "/DigitalSourceType": record.digital_source_type,
        "/AIModel": record.model or "",
        "/ReviewedBy": record.reviewer,
        "/EditorialResponsibility": record.editor,
    }
    return {name: value for name, value in entries.items() if value}


def xmp(document: Document) -> bytes:
    """The XMP packet."""
    record = document.record
    spaces = {"x": _META, "rdf": _RDF, "dc": _DC, "xmp": _XMP, "Iptc4xmpExt": _IPTC}
    root = etree.Element(f"{{{_META}}}xmpmeta", nsmap=spaces)
    described = etree.SubElement(etree.SubElement(root, f"{{{_RDF}}}RDF"), f"{{{_RDF}}}Description")
    described.set(f"{{{_RDF}}}about", "")
    _listed(described, f"{{{_DC}}}title", "Alt", document.title)
    _listed(described, f"{{{_DC}}}description", "Alt", document.notice)
    _listed(described, f"{{{_DC}}}creator", "Seq", record.program)
    _listed(described, f"{{{_DC}}}language", "Bag", document.lang)
    etree.SubElement(described, f"{{{_XMP}}}CreateDate").text = record.made_at.isoformat(timespec="seconds")
    etree.SubElement(described, f"{{{_XMP}}}CreatorTool").text = record.program
    etree.SubElement(described, f"{{{_IPTC}}}DigitalSourceType").text = record.digital_source_type
    head = f'<?xpacket begin="\ufeff" id="{_PACKET}"?>\n'.encode()
    return head + etree.tostring(root, encoding="utf-8") + b'\n<?xpacket end="r"?>'


def _listed(parent: etree._Element, name: str, kind: str, value: str) -> None:
    entry = etree.SubElement(etree.SubElement(etree.SubElement(parent, name), f"{{{_RDF}}}{kind}"), f"{{{_RDF}}}li")
    entry.text = value
    if kind == "Alt":
        entry.set(_LANG, "x-default")
