"""Charters: the model, and the adopted ones that replace it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from assistant.law.identifiers import Locator, LocatorKind
from assistant.resources import corpus_folder
from ingest.parse.document import read_document
from tests.ingest.parse.documents import manifest_of, pdf, read_one, saved, source, squeezed, texts, word

CHARTER = source("charte", "charter", path="charte/charte.md")


def test_the_model_charter_is_a_tree_of_articles() -> None:
    path = corpus_folder() / "charte" / "charte.md"
    act = read_document(path, CHARTER)
    articles = act.tops(LocatorKind.ARTICLE)
    assert [article.locator.unit for article in articles] == [str(n) for n in range(1, len(articles) + 1)]
    assert str(act.provisions[0].locator) == "preambule"
    assert act.provisions[0].official_text().startswith("Ce texte est un modèle.")
    nodes = [node for top in act.provisions for node in top.walk()]
    assert all(node.official_text() for node in nodes)
    assert all(Locator.parse(str(node.locator)) == node.locator for node in nodes)
    point = act.find(Locator.parse("art-3.2.b"))
    assert point is not None
    assert point.official_text().startswith("b) la sécurité des données")


def test_the_model_charter_loses_nothing_but_its_headings() -> None:
    path = corpus_folder() / "charte" / "charte.md"
    act = read_document(path, CHARTER)
    lines = path.read_text(encoding="utf-8").splitlines()
    body = squeezed("".join(line for line in lines if not line.startswith("#")))
    assert squeezed("".join(texts(act).values())) == body


def test_a_dropped_charter_replaces_the_model_under_its_own_title_and_date(tmp_path: Path) -> None:
    path = tmp_path / "Charte.docx"
    word(
        path,
        [
            ("Title", "Charte de la Ville"),
            ("Heading 1", "Titre I"),
            ("Heading 2", "Article premier : Objet"),
            ("Normal", "La charte s'applique."),
            ("Heading 1", "Titre II"),
            ("Heading 2", "Article 2 – Données"),
            ("Normal", "Sont exclus :"),
            ("Normal", "a) les données de santé ;"),
            ("Normal", "b) les secrets."),
            ("Heading 2", "Annexe"),
            ("Normal", "Le DPO."),
        ],
    )
    manifest = manifest_of(CHARTER)
    act = read_one(path, manifest)
    assert (act.act, act.title) == ("charte", "Charte de la Ville")
    assert act.version_date != dt.date(2025, 6, 27)
    assert texts(act) == {
        "art-1": "La charte s'applique.",
        "art-2": "Sont exclus :\na) les données de santé ;\nb) les secrets.",
        "annexe": "Le DPO.",
    }
    assert [str(division) for division in act.provisions[1].path] == ["Titre II"]
    assert act.find(Locator.parse("art-2.b")) is not None


def test_a_charter_printed_with_a_table_of_contents_is_cut_at_its_articles(tmp_path: Path) -> None:
    pages = [
        ["Charte", "Article 1 - Objet ........ 2", "Article 2 - Outils ....... 2"],
        ["Article 1 - Objet", "1. La charte.", "2. Les agents.", "Article 2 - Outils", "L'article 1 vaut ici."],
    ]
    (tmp_path / "charte.pdf").write_bytes(saved(pdf(pages)))
    manifest = manifest_of(CHARTER)
    act = read_one(tmp_path / "charte.pdf", manifest)
    assert texts(act)["art-1"] == "1. La charte.\n2. Les agents."
    assert texts(act)["art-2"] == "L'article 1 vaut ici."


def test_articles_whose_numbers_start_again_are_cut_by_headings(tmp_path: Path) -> None:
    (tmp_path / "charte.md").write_text("## Article 1\n\nUn.\n\n## Article 1\n\nDeux.\n", encoding="utf-8")
    manifest = manifest_of(CHARTER)
    act = read_one(tmp_path / "charte.md", manifest)
    assert texts(act) == {"article-1": "Un.", "article-1-2": "Deux."}
