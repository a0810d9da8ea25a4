"""A local file to its text, whatever its format: text, Markdown, HTML, PDF, DOCX, ODT.

The text keeps the document's letters; only white space at line ends and blank lines change.
Headers, footers, notes, comments and deleted revisions are no part of it.
The failures this prevents: a file that stops all the others, a scan that is indexed as an empty
text, and a binary file that is read as words.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError

from assistant.errors import DocumentError
from ingest.parse.extract_markup import read_html, read_markdown
from ingest.parse.extract_office import read_docx, read_odt
from ingest.parse.extracted import Extracted, Layout, Piece

LARGEST = 100 * 2**20
_FORMATS = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".odt": "odt",
}
_NAMES = {
    "text": "plain text",
    "markdown": "Markdown",
    "html": "an HTML page",
    "pdf": "a PDF",
    "docx": "a Word document (DOCX)",
    "odt": "an OpenDocument text (ODT)",
    "zip": "a ZIP archive",
    "ole": "an old Office file, or an Office file locked by a password",
    "rtf": "an RTF document",
    "image": "an image",
}
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
)
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def extract(path: Path) -> Extracted:
    """The text of a file; `DocumentError` names the file, what is wrong with it and the cure."""
    kind = _FORMATS.get(path.suffix.lower())
    if kind is None:
        raise DocumentError(f"{path.name}: this format is not read; save it as PDF, DOCX, ODT, HTML, Markdown or text")
    data = _bytes(path)
    try:
        _check_format(path, kind, data)
        extracted = _READERS[kind](path.name, data)
    except DocumentError:
        raise
    except Exception as error:  # a parser may fail in any way on a broken file: all mean the same to the reader
        raise DocumentError(
            f"{path.name} is broken ({type(error).__name__}): open it, save it again, and replace the file"
        ) from error
    if not extracted.lines():
        raise DocumentError(f"{path.name} holds no text: {_no_text(kind)}")
    return extracted


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise DocumentError(f"{path.name} has {size >> 20} MiB, at most {LARGEST >> 20} are read: split it")
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path.name} cannot be read ({error.strerror}): check its permissions") from error
    if not data.strip():
        raise DocumentError(f"{path.name} is empty: replace the file or remove it")
    return data


def _no_text(kind: str) -> str:
    if kind == "pdf":
        return "if it is a scan, run text recognition (OCR) on it and replace the file"
    return "replace the file or remove it"


def _check_format(path: Path, kind: str, data: bytes) -> None:
    found = _sniff(data)
    if found == kind or (found == "" and kind in {"text", "markdown", "html"}):
        return
    if found == "html" and kind == "markdown":
        return
    if not found:
        raise DocumentError(f"{path.name} is not {_NAMES[kind]}, or is broken: save it again, or correct its extension")
    suffix = next((suffix for suffix, name in _FORMATS.items() if name == found), "")
    cure = f"rename it {path.stem}{suffix}" if suffix else "save it as PDF, DOCX or ODT, without a password"
    raise DocumentError(f"{path.name} is {_NAMES[found]}, not {_NAMES[kind]}: {cure}")


def _sniff(data: bytes) -> str:
    """The format that the first bytes show, or "" when they show none."""
    head = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    found = next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")
    if found == "zip":
        return _sniff_zip(data)
    if not found and b"%PDF-" in data[:1024]:
        return "pdf"
    return "html" if not found and _HTML.match(head[:4096]) else found


def _sniff_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return "docx"
            if "mimetype" in names and archive.read("mimetype").startswith(b"application/vnd.oasis.opendocument.text"):
                return "odt"
    except (zipfile.BadZipFile, OSError):
        return ""
    return "zip"


def decode(name: str, data: bytes) -> str:
    """Text of unknown encoding: a byte order mark, else UTF-8, else Windows-1252; line ends are made alike."""
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text):
            break
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise DocumentError(f"{name} is not readable text (binary data, or an unknown encoding): save it as UTF-8 text")


def _opens_without_password(reader: PdfReader) -> bool:
    """Whether the file only forbids printing or copying; False too for a cipher that pypdf cannot read here."""
    try:
        return bool(reader.decrypt(""))
    except DependencyError:
        return False


def _locked(name: str) -> DocumentError:
    return DocumentError(f"{name} is locked by a password: save a copy without one and replace the file")


def _read_text(name: str, data: bytes) -> Extracted:
    blocks = re.split(r"\n(?:[ \t\u00a0]*\n)+", decode(name, data))
    pieces = tuple(Piece(block.strip("\n")) for block in blocks if block.strip())
    return Extracted(Layout.LINES, pieces)


def _read_markdown(name: str, data: bytes) -> Extracted:
    return read_markdown(decode(name, data))


def _read_html(name: str, data: bytes) -> Extracted:
    return read_html(decode(name, data))


def _read_pdf(name: str, data: bytes) -> Extracted:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with the file is said in one line, here
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not _opens_without_password(reader):
        raise _locked(name)
    texts = (_CONTROL.sub("", page.extract_text()) for page in reader.pages)
    pieces = tuple(Piece(text, number=number) for number, text in enumerate(texts, 1) if text.strip())
    title = reader.metadata.title if reader.metadata else None
    return Extracted(Layout.PAGES, pieces, title=title or "")


def _read_docx(_name: str, data: bytes) -> Extracted:
    return read_docx(data)


def _read_odt(name: str, data: bytes) -> Extracted:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise _locked(name)
    return read_odt(data)


_READERS: dict[str, Callable[[str, bytes], Extracted]] = {
    "text": _read_text,
    "markdown": _read_markdown,
    "html": _read_html,
    "pdf": _read_pdf,
    "docx": _read_docx,
    "odt": _read_odt,
}
