"""Entries held against the texts."""

from __future__ import annotations

from pathlib import Path

from assistant.lexique.coverage import check_coverage
from assistant.lexique.finding import Severity
from tests.in_force import DAY
from tests.lexique.entries import act, entry, lexicon, library_of, provision


def found(tmp_path: Path, *entries: str, severity: Severity = Severity.ERROR) -> dict[str, str]:
    """Faults of these entries against an act with an article, definitions, a recital and a local text."""
    definitions = provision("art-4", "", (provision("art-4.1"), provision("art-4.2")))
    texts = [
        act("rgpd", definitions, provision("art-33"), provision("rec-1")),
        act("charte", provision("preambule"), provision("art-1")),
    ]
    library = library_of(tmp_path, *texts)
    findings = check_coverage(lexicon(*(entry(reference) for reference in entries)), library, DAY)
    return {finding.reference: finding.message for finding in findings if finding.severity is severity}


WHOLE = ("rgpd:art-4", "rgpd:art-4.1", "rgpd:art-4.2", "rgpd:art-33", "charte:preambule", "charte:art-1")


def test_articles_definitions_and_sections_need_an_entry_and_recitals_do_not(tmp_path: Path) -> None:
    assert not found(tmp_path, *WHOLE)
    for missing in WHOLE:
        rest = [reference for reference in WHOLE if reference != missing]
        assert list(found(tmp_path, *rest)) == [missing]


def test_an_entry_whose_provision_does_not_exist_is_named_with_the_date_of_the_text(tmp_path: Path) -> None:
    faults = found(tmp_path, *WHOLE, "rgpd:art-34")
    assert "does not exist in the text of 2016-05-04" in faults["rgpd:art-34"]


def test_an_entry_for_a_text_nobody_knows_is_not_passed_over(tmp_path: Path) -> None:
    assert "absent from the index" in found(tmp_path, *WHOLE, "rgdp:art-1", severity=Severity.WARNING)["rgdp"]


def test_a_text_that_was_not_indexed_is_a_warning_not_a_list_of_errors(tmp_path: Path) -> None:
    faults = found(tmp_path, *WHOLE, "nis2:art-1", severity=Severity.WARNING)
    assert "run `assistant ingest`" in faults["nis2"]
    assert "nis2:art-1" not in found(tmp_path, *WHOLE, "nis2:art-1")


def test_an_entry_needs_lines_and_a_sentence_in_both_languages(tmp_path: Path) -> None:
    library = library_of(tmp_path, act("charte", provision("art-1")))
    faults = check_coverage(lexicon(entry("charte:art-1", [], ["line"], "Phrase.", " ")), library, DAY)
    messages = [finding.message for finding in faults if finding.severity is Severity.ERROR]
    assert [message.partition(":")[0] for message in messages] == [
        "has no everyday line in fr",
        "has no plain sentence in en",
    ]
