"""The stages of an ingestion: one broken text leaves the others, and nothing that makes the index is overlooked."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path

import pytest

import assistant
from assistant.answering.question import Question
from assistant.errors import AuditError, ParseError
from assistant.law.validity import Status
from assistant.lexicon import Lexicon
from assistant.manifest import Counts, Manifest, load_manifest
from assistant.resources import corpus_folder
from assistant.settings import Settings
from assistant.wiring import open_library, open_searcher
from ingest import pipeline
from ingest.audit import audit
from ingest.fetch import Fetched, Origin, Places
from ingest.parse.eurlex import ParsedAct
from ingest.pipeline import Report, corpus_hash, ingest, program_files, read_acts
from ingest.texts import Texts

PACKAGE = Path(assistant.__file__).parent
EARLIER = dt.date(2024, 1, 15)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of dropped documents with one that can be read."""
    folder = tmp_path / "local"
    folder.mkdir()
    (folder / "note.txt").write_text("La cantine publie ses menus le lundi.", encoding="utf-8")
    return folder


def locked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes a file unreadable, for root too."""
    path.write_text("Personne ne lit ceci.", encoding="utf-8")
    read = Path.read_bytes

    def refused(self: Path) -> bytes:
        if self == path:
            raise PermissionError(13, "Permission denied", str(self))
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refused)


@pytest.fixture
def settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation without texts of the Union, and without everyday lines, whose vectors would take seconds."""
    monkeypatch.setattr(pipeline, "load_lexicon", lambda: Lexicon({}))
    return Settings(data=folder.parent / "data", mirror=None, offline=True, local_folder=folder)


def left_out(report: Report) -> list[str]:
    return [line for line in report.lines() if line.startswith("left out: ")]


def test_an_unreadable_file_is_told_at_each_run_and_leaves_the_others(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked(folder / "secret.txt", monkeypatch)
    (folder / "folder.pdf").mkdir()
    first, second = ingest(settings), ingest(settings)
    assert left_out(first) == ["left out: secret.txt cannot be read (Permission denied): check its permissions"]
    assert second.counts is None
    assert left_out(second) == left_out(first)
    assert "note" in open_library(settings).acts


def test_a_dropped_document_is_found_on_any_day_under_the_date_of_its_file(settings: Settings, folder: Path) -> None:
    ingest(settings)
    opened = open_searcher(settings)
    _, evidence = opened.search(Question("quand la cantine publie-t-elle ses menus ?", as_of=EARLIER))
    opened.close()
    [passage] = [piece.passage for piece in evidence if piece.passage.reference.act == "note"]
    assert passage.validity.status_on(EARLIER) is Status.IN_FORCE
    written = dt.datetime.fromtimestamp((folder / "note.txt").stat().st_mtime, tz=dt.UTC).date()
    assert passage.version_date == written.isoformat()
    assert open_library(settings).passage(passage.reference, "fr", EARLIER).text == passage.text


def test_a_file_that_can_be_read_again_makes_a_new_index(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        locked(folder / "secret.txt", patched)
        before = corpus_hash([], [folder / "secret.txt"])
    assert corpus_hash([], [folder / "secret.txt"]) != before


def place(path: Path) -> Fetched:
    return Fetched(path, Origin.MIRROR, "")


def test_one_broken_document_of_the_manifest_leaves_the_others(tmp_path: Path) -> None:
    manifest = load_manifest()
    broken, charter = manifest.find_document("cadre-lyon"), manifest.find_document("charte")
    assert broken is not None
    assert charter is not None
    (tmp_path / "lyon.txt").write_text("Une autre page.", encoding="utf-8")
    own = corpus_folder() / charter.path
    texts = Texts({broken.path: place(tmp_path / "lyon.txt"), charter.path: place(own)})
    acts, faults = read_acts(manifest, texts, Places(tmp_path, None, tmp_path / "absent"))
    assert [act.act for act in acts] == ["charte"]
    assert len(faults) == 1
    assert "of cadre-lyon" in faults[0]


@pytest.fixture
def two_languages(tmp_path: Path) -> tuple[Manifest, Texts]:
    """A manifest with the GDPR alone, and broken files for it."""
    act = load_manifest().act[0]
    version = act.version[0]
    manifest = Manifest(
        schema_version=1,
        act=(act.model_copy(update={"version": (version,)}),),
        document=(),
        file=load_manifest().file,
    )
    paths = [path for text in version.text for path in text.paths]
    (tmp_path / "broken.html").write_text("<html><body><p>cut", encoding="utf-8")
    return manifest, Texts({path: place(tmp_path / "broken.html") for path in paths})


def test_a_text_that_is_not_well_formed_is_named_with_its_language_and_date(
    two_languages: tuple[Manifest, Texts], tmp_path: Path
) -> None:
    acts, faults = read_acts(*two_languages, Places(tmp_path, None, tmp_path / "absent"))
    assert acts == []
    assert [fault.split(": ")[0] for fault in faults] == ["rgpd (fr, 2016-05-04)", "rgpd (en, 2016-05-04)"]


@pytest.mark.mirror
@pytest.mark.parametrize("fault", [AuditError("rgpd (fr): art-3 is empty"), ParseError("no marker")])
def test_one_text_that_cannot_be_parsed_or_audited_leaves_the_others(
    mirror: Path, two_languages: tuple[Manifest, Texts], monkeypatch: pytest.MonkeyPatch, fault: AuditError
) -> None:
    manifest, broken = two_languages
    texts = Texts({path: place(mirror / path) for path in broken.found})

    def failing(parsed: ParsedAct, counts: Counts) -> None:
        if parsed.act.lang == "fr":
            raise fault
        audit(parsed, counts)

    monkeypatch.setattr(pipeline, "audit", failing)
    acts, faults = read_acts(manifest, texts, Places(mirror, None, mirror / "absent"))
    assert [(act.act, act.lang) for act in acts] == [("rgpd", "en")]
    assert faults == (str(fault),)


NOT_OF_THE_INDEX = {
    "errors": "messages",
    "ports": "types",
    "resources": "where folders are",
    "everyday_lines": "read when a question is asked",
    "adapters.disk": "how files are written",
}
"""Modules that an ingestion reads without any effect on what stands in the index, and why."""


def imported(path: Path) -> set[Path]:
    """Modules of this program that a file imports when it runs."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    names = {f"{node.module}.{alias.name}" for node in nodes for alias in node.names}
    names |= {str(node.module) for node in nodes}
    files = {PACKAGE.parent.joinpath(*name.split(".")).with_suffix(".py") for name in names}
    return {file for file in files if file.is_file()}


def test_every_module_that_makes_the_index_is_part_of_its_hash() -> None:
    hashed = set(program_files())
    ingesting = PACKAGE.parent / "ingest"
    adapters = [PACKAGE / "adapters" / f"{name}.py" for name in ("ingestion", "line_files")]
    seen: set[Path] = set()
    queue = [ingesting / "passages.py", *(ingesting / "parse").glob("*.py"), *adapters]
    while queue:
        file = queue.pop()
        if file not in seen:
            seen.add(file)
            queue += imported(file)
    names = {".".join(file.relative_to(PACKAGE).with_suffix("").parts) for file in seen - hashed}
    assert names == set(NOT_OF_THE_INDEX)
    assert {PACKAGE / f"{name}.py" for name in ("library", "manifest", "lexicon")} <= hashed


def test_a_changed_module_makes_a_new_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "library.py"
    module.write_text("one = 1\n", encoding="utf-8")
    monkeypatch.setattr(pipeline, "program_files", lambda: [module])
    before = corpus_hash([], [])
    module.write_text("one = 2\n", encoding="utf-8")
    assert corpus_hash([], []) != before
