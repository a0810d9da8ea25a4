"""Local files of each format, read to their words; and those that cannot be."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import docx
import pytest

from assistant.errors import DocumentError
from assistant.law.act import ProvisionKind
from ingest.parse import extract
from tests.ingest.parse.documents import error_of, opendocument, pdf, read_one, saved, scan, texts, word


def test_a_word_document_is_cut_at_its_headings_and_keeps_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "Guide d'été des œuvres.docx"
    word(
        path,
        [
            ("Title", "Guide de l'IA"),
            ("Normal", "Ce guide s'adresse aux agent·es."),
            ("Heading 1", "Données"),
            ("Normal", "Aucune donnée personnelle."),
            ("Heading 2", "Données de santé"),
            ("Normal", "Jamais."),
        ],
        table=[["Outil", "Avis"], ["Traducteur", "Autorisé"]],
    )
    act = read_one(path)
    assert act.act == "guide-d-ete-des-oeuvres"
    assert act.title == "Guide de l'IA"
    assert texts(act) == {
        "guide-de-l-ia": "Ce guide s'adresse aux agent·es.",
        "donnees": "Aucune donnée personnelle.",
        "donnees-de-sante": "Jamais.\nOutil\tAvis\nTraducteur\tAutorisé",
    }
    section = act.provisions[2]
    assert section.kind is ProvisionKind.SECTION
    assert section.title == "Données de santé"
    assert [str(division) for division in section.path] == ["Données"]


def test_words_inserted_by_a_revision_are_kept_and_deleted_ones_are_not(tmp_path: Path) -> None:
    path = tmp_path / "note.docx"
    document = word(path, [("Normal", "L'outil est ")])
    paragraph = document.paragraphs[0]._p
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for xml in (
        f"<w:del {space}><w:r><w:delText>interdit</w:delText></w:r></w:del>",
        f"<w:ins {space}><w:r><w:t>autorisé.</w:t></w:r></w:ins>",
    ):
        paragraph.append(docx.oxml.parse_xml(xml))
    document.save(str(path))
    assert texts(read_one(path)) == {"partie-1": "L'outil est autorisé."}


def test_words_in_a_content_control_are_read(tmp_path: Path) -> None:
    path = tmp_path / "modele.docx"
    document = word(path, [("Normal", "Avant.")])
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    control = f"<w:sdt {space}><w:sdtContent><w:p><w:r><w:t>Dans le champ.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(1, docx.oxml.parse_xml(control))
    document.save(str(path))
    assert texts(read_one(path)) == {"partie-1": "Avant.\nDans le champ."}


def test_an_open_document_is_cut_at_its_headings_and_keeps_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "guide.odt"
    opendocument(path, [(1, "Réunions"), (0, "Prévenir\tavant."), (1, "Images")], table=[["Oui", "Non"]])
    assert texts(read_one(path)) == {"reunions": "Prévenir\tavant.", "images": "Oui\tNon"}


def test_a_pdf_gives_a_section_a_page_with_its_cut_lines_joined(tmp_path: Path) -> None:
    path = tmp_path / "note.pdf"
    first = [
        "Note sur l'IA",
        "Les agents utilisent les outils du catalogue de la collectivité",
        "après accord (écrit).",
    ]
    path.write_bytes(saved(pdf([first, [], ["Page trois."]])))
    assert texts(read_one(path)) == {
        "page-1": f"{first[0]}\n{first[1]} {first[2]}",
        "page-3": "Page trois.",
    }


def test_a_pdf_that_only_forbids_printing_is_read(tmp_path: Path) -> None:
    path = tmp_path / "note.pdf"
    writer = pdf([["Texte lisible."]])
    writer.encrypt(user_password="", owner_password="secret", algorithm="RC4-128")
    path.write_bytes(saved(writer))
    assert texts(read_one(path)) == {"page-1": "Texte lisible."}


def test_a_web_page_loses_its_menus_and_scripts_only(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<!DOCTYPE html><html><head><title>Ville : l'IA</title><style>p{}</style></head><body><nav>Menu</nav>"
        "<main><p>Le <b>n<sup>o</sup>\n 1</b>.</p><h2>Outils&nbsp;: liste</h2><ul><li>Un<li>Deux<br>suite</ul>"
        "<!-- rien --><script>var x;</script></main><footer>Pied</footer></body></html>",
        encoding="utf-8",
    )
    act = read_one(path)
    assert act.title == "Ville : l'IA"
    assert texts(act) == {"preambule": "Le no 1.", "outils-liste": "Un\nDeux\nsuite"}


def test_a_markdown_file_keeps_its_list_markers_and_loses_its_markup(tmp_path: Path) -> None:
    path = tmp_path / "regles.md"
    path.write_text(
        "---\nauteur: x\n---\n# Règles\n\nTexte *important*\nà [lire](http://x).\n\n<!-- note -->\n\n</div>\n\n"
        "3. trois\n   - sous\n4. quatre\n\n"
        "## Art\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\n# pas un titre\n```\n",
        encoding="utf-8",
    )
    assert texts(read_one(path)) == {
        "regles": "Texte important à lire.\n3. trois\n- sous\n4. quatre",
        "section-art": "a\tb\n1\t2\n# pas un titre",
    }


def test_a_text_of_windows_with_headings_is_decoded_and_cut(tmp_path: Path) -> None:
    path = tmp_path / "memo.txt"
    path.write_bytes(
        "Préalable\r\n\r\nL’outil est\r\nà évaluer.\r\n\r\nSuites\r\n\r\n- voir la\r\n- liste\r\n".encode("cp1252")
    )
    assert texts(read_one(path)) == {"prealable": "L’outil est à évaluer.", "suites": "- voir la\n- liste"}


def test_a_scan_asks_for_text_recognition(tmp_path: Path) -> None:
    assert "run text recognition (OCR)" in error_of(tmp_path / "scan.pdf", saved(scan()))


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_an_encrypted_pdf_asks_for_a_copy_without_a_password(tmp_path: Path, algorithm: str) -> None:
    writer = pdf([["Texte."]])
    writer.encrypt(user_password="secret", algorithm=algorithm)
    assert "locked by a password" in error_of(tmp_path / "secret.pdf", saved(writer))


@pytest.mark.parametrize("suffix", ["pdf", "docx", "odt"])
def test_a_cut_file_is_said_to_be_broken(tmp_path: Path, suffix: str) -> None:
    whole = tmp_path / f"whole.{suffix}"
    if suffix == "docx":
        word(whole, [("Normal", "Texte.")])
    elif suffix == "odt":
        opendocument(whole, [(0, "Texte.")])
    else:
        whole.write_bytes(saved(pdf([["Texte."]])))
    data = whole.read_bytes()
    whole.unlink()
    assert "broken" in error_of(tmp_path / f"coupe.{suffix}", data[: len(data) // 3])


@pytest.mark.parametrize("suffix", ["docx", "odt", "pdf"])
def test_bytes_changed_at_random_never_stop_the_reading(tmp_path: Path, suffix: str) -> None:
    whole = tmp_path / f"whole.{suffix}"
    if suffix == "docx":
        word(whole, [("Heading 1", "Titre"), ("Normal", "Texte.")], table=[["a", "b"]])
    elif suffix == "odt":
        opendocument(whole, [(1, "Titre"), (0, "Texte.")])
    else:
        whole.write_bytes(saved(pdf([["Texte."]])))
    data, chance = whole.read_bytes(), random.Random(7)
    for _ in range(40):
        changed = bytearray(data)
        for _ in range(chance.randint(1, 30)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        whole.write_bytes(changed)
        with contextlib.suppress(DocumentError):
            extract.extract(whole)


@pytest.mark.parametrize("name", ["vide.txt", "vide.pdf", "vide.docx"])
def test_an_empty_file_is_named(tmp_path: Path, name: str) -> None:
    assert "is empty" in error_of(tmp_path / name, b" \n")


def test_a_document_without_a_word_is_named(tmp_path: Path) -> None:
    path = tmp_path / "blanc.docx"
    word(path, [("Normal", " ")])
    assert "holds no text" in error_of(path, path.read_bytes())


def test_a_wrong_extension_is_corrected_by_name(tmp_path: Path) -> None:
    word(tmp_path / "x.docx", [("Normal", "Texte.")])
    data = (tmp_path / "x.docx").read_bytes()
    (tmp_path / "x.docx").unlink()
    assert "is a Word document (DOCX), not a PDF: rename it faux.docx" in error_of(tmp_path / "faux.pdf", data)


def test_a_picture_called_pdf_is_refused(tmp_path: Path) -> None:
    assert "is an image, not a PDF" in error_of(tmp_path / "photo.pdf", b"\x89PNG\r\n\x1a\n0000")


def test_an_office_file_locked_by_a_password_is_refused(tmp_path: Path) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    assert "locked by a password" in error_of(tmp_path / "secret.docx", data)


def test_binary_data_in_a_text_file_is_refused(tmp_path: Path) -> None:
    assert "not readable text" in error_of(tmp_path / "binaire.txt", b"abc\x00\x01\xff\xfe\x02")


def test_an_unknown_format_is_refused_with_those_that_are_read(tmp_path: Path) -> None:
    assert "save it as PDF, DOCX, ODT, HTML, Markdown or text" in error_of(tmp_path / "notes.xlsx", b"PK")


def test_a_file_that_the_system_does_not_give_is_named(tmp_path: Path) -> None:
    (tmp_path / "dossier.txt").mkdir()
    with pytest.raises(DocumentError, match=r"dossier\.txt cannot be read .*: check its permissions"):
        extract.extract(tmp_path / "dossier.txt")


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "LARGEST", 2**20)
    assert "has 2 MiB, at most 1 are read: split it" in error_of(tmp_path / "gros.txt", b"a" * 2**21)
