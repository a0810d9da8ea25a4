from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from lxml import html
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.chat.onward import Onward
from assistant.chat.source_link import SourceLink
from assistant.chat.source_panel import Leads, SourcePanel
from assistant.errors import IndexMissing
from assistant.law.citation import Citation
from assistant.law.definitions import Definition
from assistant.law.identifiers import Reference
from assistant.law.passage import Passage

Provision = Callable[[Reference, str, date], Passage]


def neighbours(reference: Reference, lang: str, day: date) -> tuple[Reference | None, Reference | None]:
    """The article before the last one, which has none after it."""
    return Reference.parse("rgpd:art-99.2"), None


def nothing(passage: Passage, day: date) -> Onward:
    return Onward()


def client_of(provision: Provision, leads: Leads = nothing) -> TestClient:
    panel = SourcePanel(provision, neighbours, leads, lambda: date(2026, 11, 21), "fr")
    return TestClient(Starlette(routes=[Route("/source/{reference}", panel.respond)]))


@pytest.fixture
def client(provision: Provision) -> TestClient:
    return client_of(provision)


def article(client: TestClient, link: SourceLink | str, lang: str = "fr") -> html.HtmlElement:
    response = client.get(str(link), headers={"accept-language": lang})
    return html.document_fromstring(response.text).find(".//article")


def test_the_quote_is_marked_letter_for_letter_in_the_official_text(
    client: TestClient, citation: Citation, passage: Passage
) -> None:
    shown = article(client, SourceLink.of(citation))
    assert [mark.text_content() for mark in shown.iter("mark")] == [citation.quote]
    assert shown.find_class("official")[0].text_content() == passage.text


def test_a_source_says_where_it_stands_its_version_its_status_and_from_when_it_applies(
    client: TestClient, citation: Citation
) -> None:
    said = article(client, SourceLink.of(citation)).text_content()
    for words in (
        "Chapitre IV › Section 2",
        "RGPD, art-33.1",
        "En vigueur",
        "Version du 4 mai 2016",
        "S'applique à partir du 25 mai 2018, pour tous (voir RGPD, art-99.2)",
        "Introduit par Les mots d'avant",
    ):
        assert words in said


def test_the_act_that_amended_a_source_is_named_in_words(provision: Provision, citation: Citation) -> None:
    def amended(reference: Reference, lang: str, day: date) -> Passage:
        return replace(provision(reference, lang, day), amended_by="32026R1744")

    said = article(client_of(amended), SourceLink.of(citation)).text_content()
    assert "Modifié en dernier lieu par le règlement (UE) 2026/1744" in said


def test_the_whole_article_shows_the_same_quote_marked(client: TestClient, citation: Citation) -> None:
    shown = article(client, SourceLink.of(citation).whole())
    assert [mark.text_content() for mark in shown.iter("mark")] == [citation.quote]
    assert "La seconde_phrase" in shown.text_content()


def test_a_source_leads_to_the_whole_article_the_other_language_and_the_publisher(
    client: TestClient, citation: Citation
) -> None:
    link = SourceLink.of(citation)
    ways = [
        (way.get("href"), way.text_content()) for way in article(client, link).find_class("source-ways")[0].iter("a")
    ]
    assert ways[0] == (str(link.whole()), "Lire en entier\u00a0: RGPD, art-33")
    assert ways[1] == (str(link.translated()), "Read it in English")
    assert ways[2][0] == "https://eur-lex.europa.eu/legal-content/FR/TXT/HTML/?uri=CELEX:32016R0679#art_33"


def test_a_source_leads_to_its_neighbours(client: TestClient, citation: Citation) -> None:
    turning = article(client, SourceLink.of(citation)).find_class("source-turning")[0]
    assert [(way.get("href"), way.text_content()) for way in turning.iter("a")] == [
        (
            "/source/rgpd:art-99.2?lang=fr&version=2016-05-04",
            "Précédent\u00a0: RGPD, art-99.2",
        )
    ]


def lists(shown: html.HtmlElement) -> dict[str, list[tuple[str | None, str]]]:
    """The links below each heading; a line without a link has no address."""
    return {
        heading.text_content(): [
            (item[0].get("href") if len(item) else None, item.text_content()) for item in heading.getnext()
        ]
        for heading in shown.iter("h3")
    }


def test_a_source_leads_to_what_it_names_and_to_the_terms_it_uses(provision: Provision, citation: Citation) -> None:
    def leads(passage: Passage, day: date) -> Onward:
        assert (passage.text, day) == (citation_text, date(2016, 5, 4))
        return Onward((Reference.parse("rgpd:art-99.2"),), (Definition("les mots", Reference.parse("rgpd:art-33")),))

    citation_text = provision(citation.reference, "fr", date(2016, 5, 4)).text
    assert lists(article(client_of(provision, leads), SourceLink.of(citation))) == {
        "Ce texte renvoie à": [("/source/rgpd:art-99.2?lang=fr&version=2016-05-04", "RGPD, art-99.2")],
        "Termes définis qu'il emploie": [
            ("/source/rgpd:art-33?lang=fr&version=2016-05-04", "«\u00a0les mots\u00a0», RGPD, art-33")
        ],
    }


def test_a_long_list_of_what_a_source_names_says_how_many_are_left_out(
    provision: Provision, citation: Citation
) -> None:
    many = tuple(Reference.parse(f"ai-act:art-{number}") for number in range(1, 12))
    shown = lists(article(client_of(provision, lambda passage, day: Onward(many)), SourceLink.of(citation)))
    named = shown["Ce texte renvoie à"]
    assert len(named) == 9
    assert named[0] == ("/source/ai-act:art-1?lang=fr", "ai-act:art-1")
    assert named[-1] == (None, "et 3 de plus dans le texte")


def test_a_source_that_leads_nowhere_has_no_lists(client: TestClient, citation: Citation) -> None:
    assert not list(article(client, SourceLink.of(citation)).iter("h3"))


def test_a_text_that_exists_in_one_language_offers_no_other(provision: Provision, citation: Citation) -> None:
    def in_french_only(reference: Reference, lang: str, day: date) -> Passage:
        return replace(provision(reference, lang, day), only_language=True, url="file.pdf")

    said = article(client_of(in_french_only), SourceLink.of(citation)).text_content()
    assert "English" not in said
    assert "EUR-Lex" not in said


def test_a_text_that_changed_since_the_answer_is_said_to_have_changed(client: TestClient, citation: Citation) -> None:
    shown = article(client, replace(SourceLink.of(citation), version=date(2030, 1, 1)))
    assert not list(shown.iter("mark"))
    assert "n'est plus celui que la réponse a cité" in shown.text_content()


def test_a_source_without_a_quote_shows_the_text_of_today(client: TestClient) -> None:
    shown = article(client, "/source/rgpd:art-33?lang=fr")
    assert not list(shown.iter("mark"))
    assert not shown.find_class("source-note")


@pytest.mark.parametrize("address", ["/source/rgpd:art-400", "/source/nothing", "/source/rgpd:art-33?version=hier"])
def test_an_unknown_source_is_one_plain_line(client: TestClient, address: str) -> None:
    response = client.get(address, headers={"accept-language": "fr"})
    assert response.status_code == 404
    assert article(client, address).text_content().strip().startswith("Ce passage n'existe pas")


def test_an_index_that_cannot_be_read_is_one_plain_line(citation: Citation) -> None:
    def broken(reference: Reference, lang: str, day: date) -> Passage:
        raise IndexMissing("nothing is indexed: run `assistant ingest`")

    response = client_of(broken).get(str(SourceLink.of(citation)), headers={"accept-language": "fr"})
    assert response.status_code == 503
    assert "Les textes ne sont pas encore indexés" in response.text


def test_words_of_the_address_and_of_the_text_never_become_markup(client: TestClient, citation: Citation) -> None:
    assert not list(article(client, SourceLink.of(citation)).iter("dit"))
    assert "<script" not in client.get("/source/rgpd:%3Cscript%3E").text


def test_the_panel_speaks_the_language_of_the_browser(client: TestClient, citation: Citation) -> None:
    page = client.get(str(SourceLink.of(citation)), headers={"accept-language": "en-GB"}).text
    assert '<html lang="en">' in page
    assert "In force" in page
    assert 'class="official" lang="fr"' in page
