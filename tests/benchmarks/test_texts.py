from __future__ import annotations

from datetime import date
from pathlib import Path

from assistant.evaluation.questions import Place
from assistant.law.act import Act, Provision, ProvisionKind
from assistant.law.identifiers import Locator
from assistant.library import Library, write_acts
from assistant.manifest import load_manifest
from benchmarks.texts import PlainDocument, documents, found_in, paragraphs
from tests.answering.passages import passage


def provision(ref: str, marker: str, text: str, *children: Provision, title: str = "") -> Provision:
    kind = ProvisionKind.ARTICLE if "." not in ref else ProvisionKind.PARAGRAPH
    return Provision(Locator.parse(ref), kind, marker, text, children, title=title)


def document(folder: Path) -> PlainDocument:
    article = provision(
        "art-2",
        "",
        "",
        provision("art-2.1", "1.", "Une fuite."),
        provision("art-2.2", "2.", "Une fuite."),
        title="Objet",
    )
    act = Act(
        "rgpd", "fr", "x", "x", date(2016, 5, 4), date(2016, 5, 4), None, "t", (provision("art-1", "", "But."), article)
    )
    write_acts(folder, [act])
    [made] = documents(Library(folder, load_manifest()))
    return made


def test_every_provision_stands_where_it_is_said_to(tmp_path: Path) -> None:
    made = document(tmp_path)
    shown = {span.place.ref: made.text[span.start : span.end] for span in made.spans}
    assert shown == {
        "art-1": "But.",
        "art-2": "1. Une fuite.\n2. Une fuite.",
        "art-2.1": "1. Une fuite.",
        "art-2.2": "2. Une fuite.",
    }


def test_a_chunk_shows_what_it_overlaps_and_nothing_else(tmp_path: Path) -> None:
    made = document(tmp_path)
    second = next(span for span in made.spans if span.place.ref == "art-2.2")
    assert made.places(second.start, second.end) == (Place("rgpd", "art-2"), Place("rgpd", "art-2.2"))


def test_a_version_that_was_replaced_is_no_text_in_force(tmp_path: Path) -> None:
    document(tmp_path)
    library = Library(tmp_path, load_manifest())
    assert len(documents(library, date(2026, 11, 21))) == 1
    assert not documents(library, date(2015, 1, 1))


def test_paragraphs_do_not_overlap() -> None:
    refs = ["art-5", "art-5.1", "art-5.1.a", "art-6", "rec-1", "anx-III.5.b"]
    pool = [passage("mot", f"rgpd:{ref}") for ref in refs]
    assert [str(p.reference.locator) for p in paragraphs(pool)] == ["art-5.1", "art-6", "rec-1", "anx-III.5.b"]


def test_a_question_finds_texts_of_its_language() -> None:
    pool = [passage("mot", "rgpd:art-1"), passage("word", "rgpd:art-1", lang="en")]
    assert found_in("en", pool) == pool[1:]
