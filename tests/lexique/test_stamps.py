"""Sentences are shown for the text that they were written for, and for no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import ManifestError
from assistant.law.act import Act
from assistant.law.identifiers import Reference
from assistant.lexicon import STAMPS, Entry, Lexicon, load_lexicon, read_stamps, short_hash
from assistant.lexique.finding import Severity
from assistant.lexique.stamps import check_stamps, restamped, write_stamps
from assistant.library import Library
from assistant.manifest import load_manifest
from ingest.parse.eurlex import parse_act
from tests.in_force import DAY
from tests.lexique.entries import act, entry, lexicon, library_of, provision


def stamped(entries: Lexicon, library: Library, *again: str, day: date = DAY) -> Lexicon:
    stamps = restamped(entries, library, day, [Reference.parse(ref) for ref in again])
    return Lexicon({ref: replace(entry, stamps=stamps.get(str(ref), {})) for ref, entry in entries.entries.items()})


def library_with(folder: Path, text: str) -> Library:
    return library_of(folder, act("rgpd", provision("art-33", text)))


def test_a_new_sentence_is_shown_once_it_is_stamped(tmp_path: Path) -> None:
    library, entries = library_with(tmp_path, "Ancien texte."), lexicon(entry("rgpd:art-33", plain_en=""))
    passage = library.passage(Reference.parse("rgpd:art-33"), "fr", DAY)
    assert entries.plain_for(passage) is None
    assert [f.severity for f in check_stamps(entries, library, DAY)] == [Severity.ERROR]
    after = stamped(entries, library)
    assert after.plain_for(passage) is not None
    assert list(check_stamps(after, library, DAY)) == []


def test_a_sentence_whose_text_changed_is_listed_and_not_shown(tmp_path: Path) -> None:
    entries = stamped(lexicon(entry("rgpd:art-33", plain_en="")), library_with(tmp_path / "old", "Ancien texte."))
    library = library_with(tmp_path / "new", "Nouveau texte.")
    assert entries.plain_for(library.passage(Reference.parse("rgpd:art-33"), "fr", DAY)) is None
    [finding] = check_stamps(entries, library, DAY)
    assert finding.severity is Severity.WARNING
    assert "out of date" in finding.message
    assert "assistant lexique stamp rgpd:art-33" in finding.message
    assert stamped(entries, library).entries == entries.entries


def test_a_sentence_read_again_or_rewritten_is_stamped_anew(tmp_path: Path) -> None:
    entries = stamped(lexicon(entry("rgpd:art-33", plain_en="")), library_with(tmp_path / "old", "Ancien texte."))
    library = library_with(tmp_path / "new", "Nouveau texte.")
    assert list(check_stamps(stamped(entries, library, "rgpd:art-33"), library, DAY)) == []
    [only] = entries.entries.values()
    rewritten = lexicon(replace(only, plain={"fr": "Autre phrase.", "en": ""}))
    assert list(check_stamps(stamped(rewritten, library), library, DAY)) == []


def test_stamps_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    stamps = restamped(lexicon(entry("rgpd:art-33")), library_with(tmp_path / "acts", "Texte."), DAY)
    write_stamps(tmp_path / STAMPS, stamps)
    assert read_stamps(tmp_path / STAMPS) == stamps
    assert len((tmp_path / STAMPS).read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize("text", ["not json", '{"rgpd:art-1": {"fr": ["one"]}}', "[]"])
def test_a_damaged_file_of_stamps_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / STAMPS).write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match="lexique stamp"):
        read_stamps(tmp_path / STAMPS)


@pytest.mark.mirror
def test_the_stamps_of_the_repository_are_those_of_the_texts_in_force(library: Library) -> None:
    assert [finding.line() for finding in check_stamps(load_lexicon(), library, DAY)] == []


def french_ai_act(mirror: Path, version: date) -> Act:
    source = load_manifest().find_act("ai-act")
    assert source is not None
    found = next(v for v in source.version if v.date == version)
    text = next(text for text in found.text if text.lang == "fr")
    return parse_act(source, found, text, lambda path: mirror / path).act


@pytest.mark.mirror
def test_an_amended_act_puts_exactly_the_sentences_of_changed_provisions_out_of_date(
    mirror: Path, tmp_path: Path
) -> None:
    old_act, new_act = (french_ai_act(mirror, day) for day in (date(2024, 7, 12), date(2026, 7, 27)))
    old, new = library_of(tmp_path / "old", old_act), library_of(tmp_path / "new", new_act)
    mine = {ref: french_only(e) for ref, e in load_lexicon().entries.items() if ref.act == "ai-act"}
    entries = stamped(Lexicon({ref: e for ref, e in mine.items() if old_act.find(ref.locator)}), old)
    out_of_date = {ref for ref in entries.entries if entries.plain_for(new.passage(ref, "fr", DAY)) is None}
    changed = {ref for ref in entries.entries if official(old_act, ref) != official(new_act, ref)}
    assert out_of_date == changed
    assert Reference.parse("ai-act:art-4") in changed
    assert Reference.parse("ai-act:art-3.1") not in changed
    assert 20 < len(changed) < len(entries.entries) / 2
    assert {finding.reference for finding in check_stamps(entries, new, DAY)} == {str(ref) for ref in changed}


def french_only(entry: Entry) -> Entry:
    return replace(entry, plain={"fr": entry.plain["fr"], "en": ""}, stamps={})


def official(text: Act, reference: Reference) -> str:
    found = text.find(reference.locator)
    return found.official_text() if found else ""


def test_a_short_hash_is_the_beginning_of_the_sha_256() -> None:
    assert short_hash("") == "e3b0c44298fc"
