import re
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.answering.answer import Answer, Sentence
from assistant.chat import message
from assistant.chat.source_link import SourceLink
from assistant.chat.texts import texts
from assistant.law.citation import Citation

FR = texts("fr")
RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.links: dict[str, str] = {}
        self._href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._href = dict(attrs).get("href") or "" if tag == "a" else self._href

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._href:
            self.links[data] = self._href
            self._href = ""


def shown(markdown: str) -> _Words:
    words = _Words()
    words.feed(RENDERER.render(markdown))
    return words


@given(st.text(st.sampled_from("ab1.)-+#*_`~<>[]()!|&;:\\= \n"), max_size=60))
def test_plain_text_is_shown_letter_for_letter(text: str) -> None:
    lines = [line.strip() for line in re.sub(r"\n\s*\n+", "\n", text).split("\n")]
    expected = re.sub(r"\s+", " ", "\n".join(lines)).strip()
    assert re.sub(r"\s+", " ", shown(message.plain(text)).text).strip() == expected


def test_a_numbered_paragraph_of_law_does_not_become_a_list() -> None:
    assert (
        shown(message.plain("1. Premier point.\n- tiret\n# dièse")).text.strip()
        == "1. Premier point.\n- tiret\n# dièse"
    )


def test_a_directive_of_the_page_s_renderer_is_not_written_by_accident() -> None:
    assert message.plain("règlement :note[x] 10:30") == r"règlement \:note\[x\] 10:30"


def test_each_number_links_to_the_passage_it_cites(citation: Citation) -> None:
    words = shown(message.linked("Vrai [1], inconnu [7].", [citation]))
    assert words.links == {"[1]": str(SourceLink.of(citation))}
    assert words.text.strip() == "Vrai [1], inconnu [7]."


def test_while_it_is_written_a_message_shows_sentences_and_what_was_found(citation: Citation) -> None:
    before = shown(message.so_far([], [], [citation], FR))
    assert before.text.split() == [*"Textes trouvés RGPD, art-33.1 (en vigueur, version du 4 mai 2016)".split()]
    after = shown(message.so_far([Sentence("Prouvé.", (1,)), Sentence("Écrit [1].", (1,))], [citation], [citation], FR))
    assert after.text.startswith("Prouvé. [1]\nÉcrit [1].")


def test_a_whole_message_holds_the_quote_its_source_and_the_label_last(answer: Answer) -> None:
    words = shown(message.whole(answer, FR))
    assert answer.citations[0].quote in words.text
    assert "[1] RGPD, art-33.1 (en vigueur, version du 4 mai 2016)" in words.text
    assert words.text.strip().endswith(answer.label.notice)


def test_what_the_text_says_already_is_not_said_twice(answer: Answer) -> None:
    words = shown(message.whole(replace(answer, guidance=(*answer.guidance, "Autre conseil.")), FR)).text
    assert words.count("Demandez à votre DPO.") == 1
    assert words.count("Autre conseil.") == 1
    assert words.count("Attention : Un texte manque.") == 1


def test_a_refusal_has_a_label_and_no_list_of_sources(answer: Answer) -> None:
    refusal = replace(answer, text="Je ne sais pas.", sentences=(), citations=(), guidance=(), warnings=())
    words = shown(message.whole(refusal, FR)).text
    assert "Sources" not in words
    assert words.strip().endswith(answer.label.notice)


def test_choices_are_offered(answer: Answer) -> None:
    words = shown(message.whole(replace(answer, choices=("RGPD, article 4", "Règlement IA, article 4")), FR)).text
    assert "Vouliez-vous dire" in words
    assert "Règlement IA, article 4" in words


def test_a_stopped_answer_says_that_it_was_stopped_and_that_an_ai_made_it() -> None:
    words = shown(message.stopped("Une phrase.\n", FR)).text
    assert words.startswith("Une phrase.\nRéponse d'un système d'IA, arrêtée à votre demande")
