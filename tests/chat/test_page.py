import hashlib
import re
from base64 import b64encode
from importlib.util import find_spec
from pathlib import Path

import pytest
from lxml import html

from assistant.chat.page import notice_lines, rewrite
from assistant.chat.texts import texts
from assistant.manifest import Bilingual

FR = texts("fr")
ROOT_PATH = '<meta property="og:root_path" content="">'
OG_IMAGE = '<meta property="og:image" content="https://chainlit.example/banner.png">'


@pytest.fixture(scope="module")
def template() -> str:
    """Chainlit's own page, as installed."""
    found = find_spec("chainlit")
    assert found is not None
    assert found.origin is not None
    page = (Path(found.origin).parent / "frontend" / "dist" / "index.html").read_text(encoding="utf-8")
    assert "https://" in page
    return page.replace("<!-- TAG INJECTION PLACEHOLDER -->", ROOT_PATH + OG_IMAGE)


def test_the_page_names_no_other_host(template: str) -> None:
    page = rewrite(template, FR, ("une ligne",))
    assert "http:" not in page.html
    assert "https:" not in page.html
    assert "og:root_path" in page.html


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_says_its_language(template: str, lang: str) -> None:
    spoken = texts("en" if lang == "en" else "fr")
    assert html.document_fromstring(rewrite(template, spoken, ()).html).get("lang") == lang


def test_the_notice_comes_before_the_place_where_one_types(template: str) -> None:
    page = html.document_fromstring(rewrite(template, FR, notice_lines(FR, "", ())).html)
    order = [element.get("id") for element in page.iter() if element.get("id") in {"ai-notice", "root"}]
    assert order == ["ai-notice", "root"]
    said = str(page.xpath("string(//details)"))
    assert FR.notice.summary in said
    assert "make chat MODEL=ministral-3-3b" in said
    assert "`" not in said


def test_every_inline_script_runs_by_its_hash(template: str) -> None:
    page = rewrite(template, FR, ())
    scripts = re.findall(r"<script>(.*?)</script>", page.html, re.DOTALL)
    digests = {"sha256-" + b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts}
    assert digests
    assert digests == set(page.script_hashes)


def test_the_notice_names_the_model_and_the_missing_texts() -> None:
    lines = notice_lines(FR, "ministral-3-3b", (Bilingual(fr="Cadre de Lyon"), Bilingual(fr="Délibération")))
    assert "rédigées sur cette machine par le modèle ministral-3-3b" in lines[-2]
    assert lines[-1].startswith("Textes absents\u00a0: Cadre de Lyon, Délibération.")


def test_the_boxes_that_ask_before_something_leaves_are_on_the_page(template: str) -> None:
    page = html.document_fromstring(rewrite(template, FR, ()).html)
    assert [box.get("id") for box in page.iter("dialog")] == ["guard-dialog", "export-dialog", "report-dialog"]
    assert page.xpath("//a[@href='/accessibilite']")
    assert page.xpath("//a[@href='/conversations']")
    assert page.xpath("//body/@data-accounts") == ["no"]


def test_our_script_comes_before_chainlit_s(template: str) -> None:
    page = html.document_fromstring(rewrite(template, FR, ()).html)
    sources = [script.get("src") or "" for script in page.iter("script") if script.get("type") == "module"]
    assert sources[0].startswith("/public/chat.js")
    assert sources[1].startswith("/assets/")
