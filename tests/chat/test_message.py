from dataclasses import replace

from lxml import html

from assistant.answering.answer import Answer, Cost, Sentence, Withheld
from assistant.answering.wording.phrases import MORE
from assistant.chat import message
from assistant.chat.sections import Profile
from assistant.chat.source_link import SourceLink
from assistant.chat.texts import texts
from assistant.chat.view import View
from assistant.law.citation import Citation

FR = texts("fr")
VIEW = View(FR, key="0b7d")


def read(shown: str) -> html.HtmlElement:
    return html.fragment_fromstring(shown)


def classes(shown: html.HtmlElement) -> list[str]:
    return [part.get("class", "").split()[0] for part in shown if part.get("class")]


def test_each_number_links_to_the_passage_it_cites(citation: Citation) -> None:
    line = html.fragment_fromstring(str(message.linked("Vrai [1], inconnu [7].", [citation])), create_parent="div")
    assert [(link.text_content(), link.get("href")) for link in line.iter("a")] == [
        ("[1]", str(SourceLink.of(citation)))
    ]
    assert line.find("a").get("aria-label") == f"[1] {citation.label}"
    assert line.text_content() == "Vrai [1], inconnu [7]."


def test_a_message_says_at_once_that_an_ai_is_at_work() -> None:
    said = read(message.working(FR)).text_content()
    assert FR.answer.writing in said
    assert FR.answer.working in said


def test_while_it_is_written_a_message_shows_sentences_and_what_was_found(citation: Citation) -> None:
    before = read(message.so_far([], [], [citation], FR))
    assert before.find(".//li").text_content() == "RGPD, art-33.1 (en vigueur, version du 4 mai 2016)"
    after = message.so_far([Sentence("Prouvé.", (1,)), Sentence("Écrit [1].", (1,))], [citation], [citation], FR)
    assert [line.text_content() for line in read(after).find_class("answer-line")] == ["Prouvé. [1]", "Écrit [1]."]


def test_an_answer_stands_in_the_order_of_the_page(answer: Answer, citation: Citation) -> None:
    full = replace(
        answer,
        completed_question="Que dit le RGPD ?",
        verdict={"value": "sous_conditions", "conditions": ["Demander."], "citations": [1], "reason": "Un motif."},
    )
    order = [
        "answer-label", "answer-understood", "verdict", "answer-text", "answer-sources",
        "answer-cost", "answer-warning", "answer-limits", "answer-actions",
    ]  # fmt: skip
    seen = [name for name in classes(read(message.whole(full, VIEW))) if name in order or name == "answer-small"]
    shown = read(message.whole(full, VIEW))
    places = [next(i for i, part in enumerate(shown) if name in part.get("class", "").split()) for name in order]
    assert places == sorted(places)
    assert seen[0] == "answer-label"
    assert citation.quote in shown.text_content()


def test_the_label_comes_first_and_the_mark_is_in_the_markup(answer: Answer) -> None:
    shown = read(message.whole(answer, replace(VIEW, linked_data='{"digitalSourceType": "http://x"}')))
    assert answer.label.notice in shown.find_class("answer-label")[0].text_content()
    assert shown.find("script").get("type") == "application/ld+json"
    assert shown.find("script").text == '{"digitalSourceType": "http://x"}'


def test_what_has_its_own_place_is_not_said_twice(answer: Answer) -> None:
    text = f"{answer.text}\n\n{answer.warnings[0]}"
    shown = read(message.whole(replace(answer, text=text, guidance=(*answer.guidance, "Autre conseil.")), VIEW))
    said = shown.text_content()
    assert said.count("Demandez à votre DPO.") == 1
    assert said.count("Autre conseil.") == 1
    assert said.count("Un texte manque.") == 1


def test_further_reading_is_folded_but_for_lawyers(answer: Answer) -> None:
    longer = replace(answer, text=f"{answer.text}\n\n{MORE['fr']}\n\nUne autre phrase.")
    folded = read(message.whole(longer, VIEW)).find(".//details")
    assert folded.get("open") is None
    assert "Une autre phrase." in folded.text_content()
    opened = read(message.whole(longer, replace(VIEW, profile=Profile.LEGAL))).find(".//details")
    assert opened.get("open") is not None


def test_a_lawyer_gets_the_whole_passage_with_the_quote_marked(answer: Answer, citation: Citation) -> None:
    full = f"1. {citation.quote}"
    view = replace(VIEW, profile=Profile.LEGAL, full={1: full})
    source = read(message.whole(answer, view)).find_class("source-full")[0]
    assert source.get("open") is not None
    assert source.find_class("official")[0].text_content() == full
    assert [mark.text_content() for mark in source.iter("mark")] == [citation.quote]
    for words in ("version du 4 mai 2016", "s'applique à partir du 25 mai 2018", citation.sha256):
        assert words in source.text_content()


def test_a_passage_that_is_not_the_quoted_one_any_more_is_not_shown_around_the_quote(
    answer: Answer, citation: Citation
) -> None:
    view = replace(VIEW, profile=Profile.LEGAL, full={1: "Un texte plus récent."})
    source = read(message.whole(answer, view)).find_class("source-full")[0]
    assert source.find_class("official")[0].text_content() == citation.quote


def test_what_was_withheld_is_counted_for_all_and_shown_with_its_reason_to_lawyers(answer: Answer) -> None:
    some = replace(answer, withheld=(Withheld("Une phrase sans preuve.", "no citation"),))
    assert (
        "Phrases retirées, faute de preuve dans les textes\u00a0: 1." in read(message.whole(some, VIEW)).text_content()
    )
    legal = read(message.whole(some, replace(VIEW, profile=Profile.LEGAL))).find_class("answer-withheld")[0]
    assert legal.text_content().strip() == "Une phrase sans preuve. : aucune source citée"


def test_a_trainer_gets_examples_as_buttons(answer: Answer) -> None:
    view = replace(VIEW, profile=Profile.TRAINER, examples=("faut-il prévenir la cnil",))
    button = read(message.whole(answer, view)).xpath(".//button[@data-ask]")[0]
    assert button.get("data-ask") == button.text_content() == "faut-il prévenir la cnil"


def test_choices_are_buttons(answer: Answer) -> None:
    shown = read(message.whole(replace(answer, choices=("RGPD, article 4", "Règlement IA, article 4")), VIEW))
    assert [button.get("data-ask") for button in shown.xpath(".//button[@data-ask]")] == [
        "RGPD, article 4",
        "Règlement IA, article 4",
    ]


def test_the_cost_names_its_method_and_claims_no_more_than_it_knows(answer: Answer) -> None:
    little = read(message.whole(answer, VIEW)).find_class("answer-cost")[0].text_content()
    assert "0,10 s" in little
    assert "moins de 0,001 Wh (estimé" in little
    costly = replace(answer, cost=Cost(2.5, 800, 60, 0.0423, "measured: processor package energy counter"))
    said = read(message.whole(costly, VIEW)).find_class("answer-cost")[0].text_content()
    assert "jetons lus\u00a0: 800, jetons écrits\u00a0: 60, 0,042 Wh (mesuré" in said


def test_the_cost_of_an_answer_without_a_model_speaks_of_no_tokens(answer: Answer) -> None:
    quick = replace(answer, cost=Cost(0.002, 0, 0, 0.0, "none"))
    said = read(message.whole(quick, VIEW)).find_class("answer-cost")[0].text_content()
    assert said.startswith("Coût\u00a0: moins de 0,01 s, sans modèle de langage, ")
    assert "jeton" not in said


def test_a_refusal_has_a_label_actions_and_no_list_of_sources(answer: Answer) -> None:
    refusal = replace(answer, text="Je ne sais pas.", sentences=(), citations=(), guidance=(), warnings=())
    shown = read(message.whole(refusal, VIEW))
    assert not shown.find_class("answer-sources")
    assert answer.label.notice in shown.text_content()
    assert [part.get("data-action") for part in shown.xpath(".//button[@data-action]")] == [
        "copy", "export", "publish", "report",
    ]  # fmt: skip


def test_an_answer_without_an_address_has_no_buttons(answer: Answer) -> None:
    assert not read(message.whole(answer, View(FR))).xpath(".//button")


def test_markup_in_a_question_stays_text(answer: Answer) -> None:
    shown = read(message.whole(replace(answer, completed_question="<img src=x onerror=alert(1)>"), VIEW))
    assert not list(shown.iter("img"))


def test_a_stopped_answer_says_that_it_was_stopped_and_that_an_ai_made_it(citation: Citation) -> None:
    shown = read(message.stopped([Sentence("Une phrase.", (1,))], [citation], [citation], FR))
    assert FR.answer.stopped in shown.find_class("answer-label")[0].text_content()
    assert "Une phrase. [1]" in shown.text_content()
    assert FR.answer.working not in shown.text_content()


def test_a_table_written_with_bars_becomes_one_with_its_links(answer: Answer, citation: Citation) -> None:
    text = "| Texte | Ce qu'il dit |\n|---|---|\n| RGPD | Une phrase. [1] |"
    table = read(message.whole(replace(answer, text=text), VIEW)).find(".//table")
    assert [head.text_content() for head in table.iter("th")] == ["Texte", "Ce qu'il dit"]
    assert [cell.text_content() for cell in table.iter("td")] == ["RGPD", "Une phrase. [1]"]
    assert table.find(".//a").get("href") == str(SourceLink.of(citation))
