import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt
from markupsafe import Markup

from assistant.chat.templates import one_line, render
from assistant.chat.texts import texts

RENDERER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
SAID = texts("fr").answer


def shown(text: str) -> html.HtmlElement:
    """A sentence of ours as Chainlit shows it: a template, then a Markdown renderer that lets HTML through."""
    page = render("working.html", said=SAID, lang="fr", sentences=[text], found=(), note="")
    return html.fragment_fromstring(RENDERER.render(str(page)), create_parent="div")


@given(st.text(st.sampled_from("ab1.)-+#*_`~<>[]()!|&;:\\= \n\t\"'"), min_size=1, max_size=60))
def test_any_text_is_shown_letter_for_letter(text: str) -> None:
    line = shown(text).find_class("answer-line")[0]
    assert line.text_content() == text
    assert not list(line)


def test_an_empty_line_in_a_text_does_not_end_the_message() -> None:
    page = shown("Un paragraphe.\n\n# Un autre\n\n    du code")
    assert len(page.find_class("answer")) == 1
    assert not page.xpath("//h1 | //pre | //code")


def test_a_control_character_becomes_a_space() -> None:
    assert one_line("a\x00b\x0bc\rd") == "a b c&#10;d"


def test_what_is_markup_already_is_not_escaped_twice() -> None:
    assert one_line(Markup("<b>&amp;</b>")) == Markup("<b>&amp;</b>")


def test_a_template_has_no_empty_line() -> None:
    page = str(render("working.html", said=SAID, lang="fr", sentences=(), found=(), note=""))
    assert not re.search(r"\n\s*\n", page)
