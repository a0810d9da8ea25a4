from lxml import html
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.chat.accessibility import PATH, statement
from assistant.settings import Contacts


def page_for(contacts: Contacts, accept_language: str = "fr") -> html.HtmlElement:
    client = TestClient(Starlette(routes=[Route(PATH, statement(contacts, "fr"))]))
    return html.document_fromstring(client.get(PATH, headers={"accept-language": accept_language}).text)


def test_the_statement_claims_no_conformity_that_nobody_audited() -> None:
    page = page_for(Contacts())
    assert page.get("lang") == "fr"
    said = page.text_content()
    assert "pas conforme" in said
    assert "aucun audit" in said
    assert "Défenseur des droits" in said


def test_the_statement_says_whom_to_write_to() -> None:
    assert "écrivez à support@ville.example" in page_for(Contacts(support="support@ville.example")).text_content()
    assert "assure le support" in page_for(Contacts()).text_content()


def test_the_statement_speaks_the_language_of_the_browser() -> None:
    page = page_for(Contacts(), "en-GB")
    assert page.get("lang") == "en"
    assert "Accessibility statement" in page.text_content()
