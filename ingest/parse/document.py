"""Local documents (a deliberation, a charter, whatever a city drops into its folder) as acts.

A document is cut by the manifest when the manifest describes it, else by its own articles, pages or
headings. The failures this prevents: one unreadable file that hides all the others, two files under
one name, of which a citation could mean either, and a copied file that is taken for a newer law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.errors import DocumentError
from assistant.law.act import Act, Provision
from assistant.manifest import DocumentSource, Manifest
from ingest.parse.charter import cut_by_articles
from ingest.parse.extract import extract
from ingest.parse.extracted import Extracted, Layout
from ingest.parse.sections import cut_by_headings, cut_by_pages, cut_by_rules, slug

_CATALOGUE = "catalogue"  # the act code of the tool catalogue, which no file is
_TEMPORARY = (".", "~$")

ANY_DAY = date.min
"""Since when a document is valid that nothing dates: a file's own date tells when it was copied, not since when it
holds, so that it only labels the version."""


def read_document(path: Path, source: DocumentSource) -> Act:
    """A document that the manifest describes: its sections, or its articles where it names none.

    `DocumentError` when the file cannot be read, or when a section of the manifest is not in it.
    """
    return _described(path, extract(path), source)


def read_folder(folder: Path, manifest: Manifest) -> tuple[list[Act], list[DocumentError]]:
    """Every document of a folder and its sub-folders, in order of path; one error for each unreadable file.

    A file is the manifest's document when it has its name (`charte.pdf` replaces the model charter)
    or holds all its sections; any other is an act of its own, called by the slug of its file name.
    Hidden files and README.md are skipped.
    """
    if not folder.is_dir():
        return [], [DocumentError(f"{folder} is not a folder: create it, or correct the setting local_folder")]
    acts: dict[str, tuple[Act, str]] = {}
    errors: list[DocumentError] = []
    reserved = {_CATALOGUE, *(act.id for act in manifest.act), *(document.id for document in manifest.document)}
    for path in dropped_files(folder):
        try:
            act = _read(path, manifest.document, reserved)
        except DocumentError as error:
            errors.append(error)
            continue
        if act.act in acts:
            other = acts[act.act][1]
            errors.append(DocumentError(f"{path.name} and {other} would both be '{act.act}': rename or remove one"))
        else:
            acts[act.act] = (act, path.name)
    return [act for act, _ in acts.values()], errors


def dropped_files(folder: Path) -> Iterable[Path]:
    """The documents in a folder and its sub-folders, in order of path; none where there is no folder."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and path.name != "README.md" and not any(part.startswith(_TEMPORARY) for part in parts):
            yield path


def _read(path: Path, sources: Iterable[DocumentSource], reserved: set[str]) -> Act:
    extracted = extract(path)
    name = slug(path.stem, "document")
    for source in sources:
        if name in {source.id, slug(Path(source.path).stem, "document")}:
            if source.kind == "charter":
                return _undated(source.id, path, extracted, _by_structure(extracted))
            return _described(path, extracted, source)
    for source in sources:
        if source.section and _is(extracted, path, source):
            return _described(path, extracted, source)
    if name in reserved:
        raise DocumentError(f"{path.name} would be called '{name}', a name that is taken: rename the file")
    return _undated(name, path, extracted, _by_layout(extracted))


def _is(extracted: Extracted, path: Path, source: DocumentSource) -> bool:
    """Whether a file under another name holds every section of a document of the manifest."""
    try:
        cut_by_rules(path.name, extracted, source)
    except DocumentError:
        return False
    return True


def _described(path: Path, extracted: Extracted, source: DocumentSource) -> Act:
    provisions = cut_by_rules(path.name, extracted, source) if source.section else _by_structure(extracted)
    return _act(source.id, source.title.fr, provisions, source.date, source.date)


def _undated(name: str, path: Path, extracted: Extracted, provisions: tuple[Provision, ...]) -> Act:
    return _act(name, _title(path, extracted), provisions, _modified(path), ANY_DAY)


def _by_structure(extracted: Extracted) -> tuple[Provision, ...]:
    return cut_by_articles(extracted) or _by_layout(extracted)


def _by_layout(extracted: Extracted) -> tuple[Provision, ...]:
    return cut_by_pages(extracted) if extracted.layout is Layout.PAGES else cut_by_headings(extracted)


def _act(name: str, title: str, provisions: tuple[Provision, ...], version_date: date, valid_from: date) -> Act:
    return Act(
        act=name,
        lang="fr",
        celex="",
        celex_oj="",
        version_date=version_date,
        valid_from=valid_from,
        valid_until=None,
        title=title,
        provisions=provisions,
    )


def _title(path: Path, extracted: Extracted) -> str:
    """The first heading when the document opens with one, else the format's own title, else the file's name."""
    first = extracted.pieces[0]
    if first.level:
        return first.text
    return extracted.title.strip() or re.sub(r"[-_\s]+", " ", path.stem).strip()


def _modified(path: Path) -> date:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date()
