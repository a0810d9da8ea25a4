"""Markdown shows every text letter for letter."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.render.document import printable
from assistant.render.export_markdown import escaped
from tests.render.reading import page_of

SIGNS = st.text("ab1 .)(#*_-+=~`\\<>[]!|&;:'\"éœ«»\u00a0/{}$^@,?%\t", min_size=1, max_size=30)


@settings(deadline=None)
@given(line=SIGNS | st.text(st.characters(exclude_categories=["Cs", "Zl", "Zp"]), min_size=1, max_size=30))
def test_a_line_is_shown_letter_for_letter(line: str) -> None:
    line = " ".join(printable(line).replace("\n", " ").split())
    shown = page_of(f"<div>{MarkdownIt('commonmark').render(escaped(line))}</div>")
    assert " ".join(shown.text_content().split()) == line
    assert len(shown.xpath(".//*[not(self::p)]")) == 0
