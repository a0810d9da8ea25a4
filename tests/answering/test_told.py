"""What an answer without a model tells, on the real texts: plain words, official words, exceptions, verdicts."""

from __future__ import annotations

from datetime import date

from assistant.answering.answer import Answer
from assistant.answering.pipeline import Assistant
from assistant.answering.question import Question

TODAY = date(2026, 11, 21)


def ask(assistant: Assistant, text: str) -> Answer:
    return assistant.answer(Question(text, as_of=TODAY))


def places(answer: Answer) -> list[str]:
    return [str(citation.reference) for citation in answer.citations]


def test_the_plain_sentence_comes_first_and_the_official_words_under_it(assistant: Assistant) -> None:
    answer = ask(assistant, "sous combien de temps signaler une fuite de données à la CNIL ?")
    first, second = answer.sentences[:2]
    assert places(answer)[0] == "rgpd:art-33.1"
    assert "72 heures" in first.text
    assert "«" not in first.text
    assert answer.citations[0].quote in second.text
    assert first.citations == second.citations == (1,)


def test_a_sentence_that_no_lawyer_read_is_said_to_be_so(assistant: Assistant) -> None:
    answer = ask(assistant, "sous combien de temps signaler une fuite de données à la CNIL ?")
    assert "Reformulation non relue : le texte officiel fait foi." in answer.warnings


def test_an_exception_of_the_same_article_is_told_with_the_rule(assistant: Assistant) -> None:
    answer = ask(assistant, "faut-il prévenir les habitants dont les données ont fuité ?")
    assert {"rgpd:art-34.1", "rgpd:art-34.3"} <= set(places(answer))


def test_what_is_told_before_further_reading_is_short(assistant: Assistant) -> None:
    answer = ask(assistant, "quels droits a une personne sur ses données ?")
    assert len(answer.text.split("En savoir plus :")[0].split()) <= 220


def test_an_article_asked_for_is_quoted_whole(assistant: Assistant) -> None:
    answer = ask(assistant, "Que dit l'article 4 du règlement IA ?")
    citation = answer.citations[0]
    assert str(citation.reference) == "ai-act:art-4"
    assert citation.quote == assistant.provision(citation.reference, "fr", TODAY).text


def test_two_acts_compared_stand_in_a_table(assistant: Assistant) -> None:
    answer = ask(assistant, "portabilité : quelle différence entre le RGPD et le Data Act ?")
    assert "| Texte | Ce qu'il dit |" in answer.text
    assert {"rgpd", "data-act"} <= {citation.reference.act for citation in answer.citations}


def test_an_english_question_gets_english_words_and_quotes(assistant: Assistant) -> None:
    answer = ask(assistant, "how soon must a data breach be notified?")
    assert answer.lang == "en"
    assert "72 hours" in answer.sentences[0].text
    in_french_only = {document.id for document in assistant.library.manifest.document}
    assert {c.lang for c in answer.citations if c.reference.act not in in_french_only} == {"en"}
    assert answer.citations[0].lang == "en"


def test_a_text_that_exists_in_french_only_is_quoted_in_french_under_an_english_sentence(assistant: Assistant) -> None:
    answer = ask(assistant, "what does Lyon's engagement 2 say about direct interactions?")
    citation = next(c for c in answer.citations if str(c.reference) == "cadre-lyon:eng-2")
    assert citation.lang == "fr"
    assert answer.sentences[0].text.startswith("For its future projects, Lyon bans AI")


def test_a_question_about_usage_gets_its_verdict_first_and_every_clause_is_cited(assistant: Assistant) -> None:
    answer = ask(assistant, "je peux coller le dossier médical d'un agent dans ChatGPT pour le résumer ?")
    assert answer.verdict is not None
    assert answer.verdict["value"] == "interdit"
    assert answer.text.startswith("✕ Interdit")
    cited = {citation.n for citation in answer.citations}
    assert answer.verdict["citations"]
    assert set(answer.verdict["citations"]) <= cited  # type: ignore[call-overload]  # a mapping of JSON values


def test_the_city_named_in_the_question_decides_whose_rules_hold(assistant: Assistant) -> None:
    text = "un chatbot qui répond directement aux habitants, on a le droit ?"
    strasbourg, lyon = ask(assistant, text), ask(assistant, f"à Lyon, {text}")
    assert strasbourg.verdict is not None
    assert lyon.verdict is not None
    assert (strasbourg.verdict["collectivite"], lyon.verdict["collectivite"]) == ("strasbourg", "lyon")
    assert lyon.verdict["value"] == "interdit"


def test_names_taken_out_recall_that_people_may_still_be_recognised(assistant: Assistant) -> None:
    answer = ask(assistant, "je peux mettre le CR de la réunion RH dans ChatGPT si j'enlève les noms ?")
    assert "rgpd:art-4.5" in places(answer)
