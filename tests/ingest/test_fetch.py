from __future__ import annotations

import hashlib
import io
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from assistant.adapters.http_response import Unavailable
from assistant.errors import AuditError, DocumentError, FetchError, IntegrityError, SettingsError, SourceAbsent
from assistant.manifest import DocumentSource, Manifest, SourceFile, load_manifest
from assistant.settings import Settings
from ingest.fetch import Accept, Fetched, Origin, Places, fetch_document, fetch_file
from ingest.texts import fetch_texts, needed_files
from tests.publisher import Publisher, by_language, file, publisher, redirect, status

TEXT = b"<html>Article premier</html>"
HASH = hashlib.sha256(TEXT).hexdigest()
OTHER = b"<html>Article second</html>"
FRENCH = SourceFile(path="eu/32016R0679R(02)/fr.xhtml", celex="32016R0679R(02)", lang="fr", format="xhtml", sha256=HASH)
AT = "/celex/32016R0679R%2802%29"


@pytest.fixture
def server() -> Iterator[Publisher]:
    with publisher() as served:
        yield served


@pytest.fixture
def places(tmp_path: Path, server: Publisher) -> Places:
    return Places(
        cache=tmp_path / "sources",
        mirror=None,
        dropped=tmp_path / "local",
        publisher=f"{server.address}/celex/",
        sleep=lambda _: None,
    )


def one_act() -> Manifest:
    manifest = load_manifest()
    return manifest.model_copy(update={"act": manifest.act[:1]})


def accept(source: SourceFile, path: Path) -> None:
    assert path.read_bytes().startswith(b"<html>")


def refuse(source: SourceFile, path: Path) -> None:
    raise AuditError(f"{source.path}: 98 articles instead of 99")


def never(source: SourceFile, path: Path) -> None:
    pytest.fail("a file that was verified before is not audited again")


def in_mirror(places: Places, path: str, body: bytes) -> Places:
    folder = places.cache.parent / "mirror"
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(body)
    return replace(places, mirror=folder)


def test_a_file_is_asked_of_the_publications_office_by_content_negotiation(server: Publisher, places: Places) -> None:
    server.on(AT, redirect("/resource/cellar/1", 303))
    server.on("/resource/cellar/1", by_language(fra=redirect("/resource/cellar/1.fra/DOC_1")))
    server.on("/resource/cellar/1.fra/DOC_1", file(TEXT))

    fetched = fetch_file(FRENCH, places, accept)

    assert fetched == Fetched(places.cache / FRENCH.path, Origin.PUBLISHER, HASH)
    assert fetched.path.read_bytes() == TEXT
    assert {headers["accept-language"] for _, headers in server.asked} == {"fra"}
    assert {headers["accept"] for _, headers in server.asked} == {"application/xhtml+xml, text/html;q=0.9"}


def test_a_language_that_the_publisher_does_not_hold_is_said(server: Publisher, places: Places) -> None:
    server.on(AT, by_language(eng=file(TEXT)))
    with pytest.raises(FetchError, match=r"fr\.xhtml: .* answered 406 .* setting 'mirror'"):
        fetch_file(FRENCH, places, accept)


def test_another_format_than_the_one_asked_for_is_refused(server: Publisher, places: Places) -> None:
    server.on(AT, file(TEXT, kind="application/pdf"))
    with pytest.raises(FetchError, match="served application/pdf instead of"):
        fetch_file(FRENCH, places, accept)


def test_the_publisher_may_serve_other_bytes_than_the_mirror(server: Publisher, places: Places) -> None:
    server.on(AT, file(OTHER))
    assert fetch_file(FRENCH, places, accept).sha256 == hashlib.sha256(OTHER).hexdigest()


def test_what_was_downloaded_is_taken_from_the_cache_from_then_on(server: Publisher, places: Places) -> None:
    server.on(AT, file(OTHER))
    fetch_file(FRENCH, places, accept)

    again = fetch_file(FRENCH, replace(places, no_network="the setting 'offline' is on"), never)

    assert again.origin is Origin.CACHE
    assert len(server.asked) == 1


def test_a_download_that_fails_its_audit_leaves_nothing(server: Publisher, places: Places) -> None:
    server.on(AT, file(TEXT))
    with pytest.raises(AuditError, match="98 articles"):
        fetch_file(FRENCH, places, refuse)
    assert not (places.cache / FRENCH.path).exists()
    assert not (places.cache / "hashes.json").exists()


def test_a_damaged_copy_in_the_cache_is_replaced_by_a_verified_one(
    server: Publisher, places: Places, caplog: pytest.LogCaptureFixture
) -> None:
    server.on(AT, file(TEXT))
    fetch_file(FRENCH, places, accept)
    (places.cache / FRENCH.path).write_bytes(TEXT[:10])

    assert fetch_file(FRENCH, places, accept).path.read_bytes() == TEXT
    assert "fetched again" in caplog.text


def test_a_damaged_copy_stays_until_its_replacement_is_accepted(server: Publisher, places: Places) -> None:
    server.on(AT, file(TEXT), status(404))
    fetch_file(FRENCH, places, accept)
    (places.cache / FRENCH.path).write_bytes(TEXT[:10])

    with pytest.raises(FetchError):
        fetch_file(FRENCH, places, accept)
    assert (places.cache / FRENCH.path).read_bytes() == TEXT[:10]


def test_bytes_that_changed_at_the_publisher_are_refused_until_a_person_accepts_them(
    server: Publisher, places: Places
) -> None:
    server.on(AT, file(TEXT), file(OTHER))
    fetch_file(FRENCH, places, accept).path.unlink()

    with pytest.raises(IntegrityError, match=r"now serves other bytes .* remove its line"):
        fetch_file(FRENCH, places, accept)

    (places.cache / "hashes.json").write_text("{}", encoding="utf-8")
    assert fetch_file(FRENCH, places, accept).path.read_bytes() == OTHER


def test_a_list_of_hashes_that_cannot_be_read_is_said(places: Places, server: Publisher) -> None:
    server.on(AT, file(TEXT))
    fetch_file(FRENCH, places, accept)
    (places.cache / "hashes.json").write_text("{", encoding="utf-8")
    with pytest.raises(IntegrityError, match="cannot be read: remove it"):
        fetch_file(FRENCH, places, accept)


def test_the_mirror_comes_before_the_network(server: Publisher, places: Places) -> None:
    fetched = fetch_file(FRENCH, in_mirror(places, FRENCH.path, TEXT), never)
    assert (fetched.origin, server.asked) == (Origin.MIRROR, [])


def test_the_cache_comes_before_the_mirror(server: Publisher, places: Places) -> None:
    server.on(AT, file(OTHER))
    fetch_file(FRENCH, places, accept)
    assert fetch_file(FRENCH, in_mirror(places, FRENCH.path, TEXT), never).origin is Origin.CACHE


def test_a_mirror_file_of_another_hash_is_refused(server: Publisher, places: Places) -> None:
    with pytest.raises(IntegrityError, match=r"is not the file of the manifest .* copy it into the mirror again"):
        fetch_file(FRENCH, in_mirror(places, FRENCH.path, OTHER), accept)
    assert server.asked == []


def test_a_file_that_the_mirror_lacks_is_downloaded(server: Publisher, places: Places) -> None:
    server.on(AT, file(TEXT))
    assert fetch_file(FRENCH, in_mirror(places, "eu/another", TEXT), accept).origin is Origin.PUBLISHER


def test_offline_nothing_is_asked_and_the_cure_is_named(server: Publisher, places: Places) -> None:
    with pytest.raises(SourceAbsent, match=r"the setting 'offline' is on: run `assistant ingest` with a network"):
        fetch_file(FRENCH, replace(places, no_network="the setting 'offline' is on"), accept)
    assert server.asked == []


def test_a_cache_that_cannot_be_written_is_a_line(server: Publisher, places: Places) -> None:
    server.on(AT, file(TEXT))
    places.cache.write_bytes(b"a file where the folder should be")
    with pytest.raises(FetchError, match="cannot write"):
        fetch_file(FRENCH, places, accept)


CITY = DocumentSource.model_validate(
    {
        "id": "cadre-lyon",
        "kind": "framework",
        "path": "local/cadre-lyon-2025-09-26.txt",
        "sha256": HASH,
        "title": {"fr": "Cadre"},
        "short": {"fr": "Cadre de Lyon"},
        "names": (),
        "date": "2025-09-26",
        "published_at": "site de la Ville de Lyon : https://www.lyon.fr",
    }
)


def test_an_absent_city_text_says_where_to_look_and_where_to_drop_it(places: Places) -> None:
    with pytest.raises(SourceAbsent) as caught:
        fetch_document(CITY, places)
    message = str(caught.value)
    for words in ("Cadre de Lyon is absent", "https://www.lyon.fr", str(places.dropped), "cadre-lyon-2025-09-26.pdf"):
        assert words in message


def test_a_city_text_is_never_downloaded(server: Publisher, places: Places) -> None:
    with pytest.raises(SourceAbsent):
        fetch_document(CITY, places)
    assert server.asked == []


@pytest.mark.parametrize("name", ["cadre-lyon-2025-09-26.pdf", "Cadre-Lyon-2025-09-26.DOCX", "cadre-lyon.html"])
def test_a_dropped_file_is_taken_by_its_name_whatever_its_format(places: Places, name: str) -> None:
    places.dropped.mkdir()
    (places.dropped / name).write_bytes(b"the city's own file")

    fetched = fetch_document(CITY, in_mirror(places, CITY.path, TEXT))

    assert (fetched.path.name, fetched.origin) == (name, Origin.DROPPED)


def test_the_same_document_dropped_twice_is_refused(places: Places) -> None:
    places.dropped.mkdir()
    for ending in ("pdf", "odt"):
        (places.dropped / f"cadre-lyon-2025-09-26.{ending}").write_bytes(b"one of two")
    with pytest.raises(DocumentError, match="are the same document: keep one of them"):
        fetch_document(CITY, places)


def test_a_city_text_of_the_mirror_is_verified(places: Places) -> None:
    assert fetch_document(CITY, in_mirror(places, CITY.path, TEXT)).origin is Origin.MIRROR
    with pytest.raises(IntegrityError):
        fetch_document(CITY, in_mirror(places, CITY.path, OTHER))


def test_the_model_charter_comes_with_the_program_until_a_city_drops_its_own(places: Places) -> None:
    charter = load_manifest().find_document("charte")
    assert charter is not None
    assert fetch_document(charter, places).origin is Origin.PROGRAM

    places.dropped.mkdir()
    (places.dropped / "charte.pdf").write_bytes(b"the adopted charter")
    assert fetch_document(charter, places).origin is Origin.DROPPED


def test_a_lock_file_of_an_office_program_is_no_document(places: Places) -> None:
    places.dropped.mkdir()
    (places.dropped / ".cadre-lyon-2025-09-26.odt").write_bytes(b"lock")
    with pytest.raises(SourceAbsent):
        fetch_document(CITY, places)


def test_the_places_are_those_of_the_settings(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, mirror=tmp_path, local_folder=tmp_path / "mine", offline=True)
    places = Places.of(settings)
    assert (places.cache, places.mirror, places.dropped) == (tmp_path / "sources", tmp_path, tmp_path / "mine")
    assert "offline" in places.no_network


def test_a_mirror_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is no folder: correct or remove it"):
        Places.of(Settings(data=tmp_path, mirror=tmp_path / "nowhere"))


def test_the_mirror_holds_all_that_the_versions_are_made_of(places: Places, mirror: Path) -> None:
    manifest = load_manifest()

    texts = fetch_texts(manifest, replace(places, mirror=mirror, no_network="this is a test"), never)

    assert texts.missing == {}
    assert set(texts.found) == {
        *(source.path for source in needed_files(manifest)),
        *(document.path for document in manifest.document),
    }


def test_one_missing_text_leaves_the_others(server: Publisher, places: Places) -> None:
    manifest = one_act()
    for source in needed_files(manifest):
        address = f"/celex/{source.celex.replace('(', '%28').replace(')', '%29')}"
        server.on(address, by_language(fra=file(TEXT), eng=status(406)))

    texts = fetch_texts(manifest, places, accept, Console(file=io.StringIO()))

    french = {source.path for source in needed_files(manifest) if source.lang == "fr"}
    assert french < set(texts.found)
    assert {type(error) for error in texts.missing.values()} == {FetchError, SourceAbsent}
    recorded = json.loads((places.cache / "hashes.json").read_text(encoding="utf-8"))
    assert set(recorded) == french


def test_without_a_network_the_publisher_is_tried_once(places: Places) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    naps: list[float] = []
    dead = replace(places, publisher=f"http://127.0.0.1:{port}/celex/", sleep=naps.append)

    texts = fetch_texts(load_manifest(), dead, accept)

    first, *others = (texts.missing[source.path] for source in needed_files(load_manifest()))
    assert isinstance(first, Unavailable)
    assert {type(error) for error in others} == {SourceAbsent}
    assert "the publisher does not answer" in str(others[0])
    assert len(naps) < 5
    assert "charte/charte.md" in texts.found


@pytest.mark.parametrize("terminal", [True, False])
def test_a_bar_is_shown_on_a_terminal_only(server: Publisher, places: Places, terminal: bool) -> None:
    manifest = one_act()
    source = needed_files(manifest)[0]
    server.on(f"/celex/{source.celex}", file(TEXT))
    shown = io.StringIO()

    fetch_texts(manifest, places, accept, Console(file=shown, force_terminal=terminal, width=120))

    assert (source.path in shown.getvalue()) is terminal


def test_an_audit_that_refuses_one_file_does_not_stop_the_others(server: Publisher, places: Places) -> None:
    def picky(source: SourceFile, path: Path) -> None:
        if source.lang == "fr":
            refuse(source, path)

    audit: Accept = picky
    manifest = one_act()
    for source in needed_files(manifest):
        server.on(f"/celex/{source.celex.replace('(', '%28').replace(')', '%29')}", file(TEXT))

    texts = fetch_texts(manifest, places, audit)

    assert any(isinstance(error, AuditError) for error in texts.missing.values())
    assert any(path.endswith("en.html") for path in texts.found)
