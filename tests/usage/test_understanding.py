"""Questions of agents, read: tool, use, data, audience, and whether they ask permission.

`phrasings.jsonl`, all written by us. Its `held_out` half of the first 152 was written before the lexicon and is
only counted. Four later sets (`later`) were each read once before anything was mended for them: tools 0.89, 0.95,
0.97, 1.00; uses 0.73, 0.75, 0.80, 0.88; data 0.64, 0.80, 0.97, 0.84; permission 0.87, 0.93, 0.97, 0.96. Expect
the last figures of wordings that nobody has seen yet. A list of uses or data means that each is right.

`oblique` rows say what a tool does without the words of the lexicon ("une machine qui choisit les familles"). Read
before anything was mended for them, in three sets of 200, 100 and 40: tools 0.67, 0.79, 0.81; uses 0.28, 0.44,
0.66; data 0.56, 0.70, 0.75; permission 0.51, 0.64, 0.69; no verdict where none is asked 0.98, 1.00, 1.00.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ManifestError
from assistant.resources import corpus_folder
from assistant.usage.catalogue import load_catalogue
from assistant.usage.types import Audience, DataClass, Use
from assistant.usage.understanding import UsageQuestion, UsageReader
from assistant.usage.understanding_lexicon import load_usage_lexicon

Row = Mapping[str, Any]
ROWS: Sequence[Row] = [
    json.loads(line) for line in (Path(__file__).parent / "phrasings.jsonl").read_text(encoding="utf-8").splitlines()
]
PERMISSIONS = [row for row in ROWS if row["asks_permission"]]
OTHERS = [row for row in ROWS if not row["asks_permission"]]


@pytest.fixture(scope="module")
def reader() -> UsageReader:
    return UsageReader(load_catalogue().tools, load_usage_lexicon())


def read(reader: UsageReader, row: Row) -> UsageQuestion | None:
    return reader.read(row["question"], row["lang"], row.get("history", ()))


def right_tool(row: Row, question: UsageQuestion | None) -> bool:
    if question is None or question.tool != row["tool"]:
        return False
    if "named" in row:
        return question.tool_named == str(row["named"])
    return question.generic is bool(row.get("generic"))


def share(rows: Sequence[Row], right: Sequence[bool]) -> float:
    assert len(rows) == len(right) > 0
    return sum(right) / len(rows)


def test_the_phrasings_are_many_and_each_is_written_once() -> None:
    assert len(PERMISSIONS) >= 150
    assert sum(row["lang"] == "en" for row in PERMISSIONS) >= 25
    assert len(OTHERS) >= 60
    assert len({(row["question"], *row.get("history", ())) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("split", ["held_out", "tune", "later", "oblique"])
def test_tools_uses_and_data_are_read_in_nearly_every_phrasing(reader: UsageReader, split: str) -> None:
    rows = [row for row in PERMISSIONS if row["split"] == split]
    read_rows = [(row, read(reader, row)) for row in rows]
    assert share(rows, [right_tool(row, question) for row, question in read_rows]) >= 0.95
    assert share(rows, [question is not None and question.use in row["use"] for row, question in read_rows]) >= 0.90
    assert share(rows, [question is not None and question.data in row["data"] for row, question in read_rows]) >= 0.85
    assert share(rows, [question is not None and question.asks_permission for _, question in read_rows]) >= 0.95


def test_the_audience_is_read_where_it_is_said(reader: UsageReader) -> None:
    rows = [row for row in PERMISSIONS if "audience" in row]
    found = [read(reader, row) for row in rows]
    right = [q is not None and q.audience == row["audience"] for row, q in zip(rows, found, strict=True)]
    assert share(rows, right) >= 0.95


@pytest.mark.parametrize("row", OTHERS, ids=lambda row: row["id"])
def test_a_question_that_asks_something_else_asks_no_permission(reader: UsageReader, row: Row) -> None:
    question = read(reader, row)
    assert question is None or not question.asks_permission


def one(reader: UsageReader, text: str, *history: str, lang: str = "fr") -> UsageQuestion:
    question = reader.read(text, lang, history)
    assert question is not None, text
    return question


def test_the_question_of_the_first_day_is_read(reader: UsageReader) -> None:
    question = one(reader, "jpeux mettre le CR de ma reunion dans chat gpt ?")
    assert (question.tool, question.tool_named, question.tool_score) == ("chatgpt", "chat gpt", 1.0)
    assert (question.use, question.data) == (Use.MINUTES, DataClass.UNKNOWN)
    assert question.asks_permission


def test_a_misspelt_tool_is_read_and_says_how_close_it_is(reader: UsageReader) -> None:
    question = one(reader, "je peux utiliser perplexitty pour une recherche juridique ?")
    assert question.tool == "perplexity"
    assert 0.8 <= question.tool_score < 1


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("je peux résumer un CR de réunion RH dans chatgpt ?", DataClass.PERSONAL),
        ("je peux résumer une délibération publiée dans chatgpt ?", DataClass.PUBLIC),
        ("je peux résumer un dossier médical dans chatgpt ?", DataClass.SENSITIVE),
        ("je peux résumer le dossier d'un agent en situation de handicap dans chatgpt ?", DataClass.SENSITIVE),
        ("je peux résumer un tract du syndicat dans chatgpt ?", DataClass.SENSITIVE),
        ("je peux résumer les infractions du mois dans chatgpt ?", DataClass.SENSITIVE),
        ("je peux mettre les noms des élèves dans chatgpt ?", DataClass.MINORS),
        ("je peux mettre les noms des enfants de la crèche dans chatgpt ?", DataClass.MINORS),
        ("je peux résumer un marché public en cours dans chatgpt ?", DataClass.CONFIDENTIAL),
        ("je peux résumer l'offre d'un candidat dans chatgpt ?", DataClass.CONFIDENTIAL),
        ("je peux mettre des mots de passe dans chatgpt ?", DataClass.SECRETS),
        ("can i paste our api keys and the network map into chatgpt?", DataClass.SECRETS),
        ("je peux rédiger une politique de mots de passe avec chatgpt ?", DataClass.INTERNAL),
        ("je peux résumer le plan de sûreté dans chatgpt ?", DataClass.CONFIDENTIAL),
        ("je peux corriger une note interne dans chatgpt ?", DataClass.INTERNAL),
        ("je peux mettre l'organigramme dans chatgpt ?", DataClass.INTERNAL),
        ("je peux analyser des chiffres en open data dans chatgpt ?", DataClass.PUBLIC),
        ("je peux résumer ça dans chatgpt ?", DataClass.UNKNOWN),
    ],
)
def test_the_words_give_the_class_of_data(reader: UsageReader, text: str, data: DataClass) -> None:
    assert one(reader, text).data is data


def test_the_strictest_class_wins(reader: UsageReader) -> None:
    text = "je peux mettre la note interne sur les arrêts maladie des agents dans chatgpt ?"
    assert one(reader, text).data is DataClass.SENSITIVE


@pytest.mark.parametrize(
    ("text", "data", "kind"),
    [
        ("je peux résumer un dossier d'usager sans les noms avec chatgpt ?", DataClass.INTERNAL, "sans_noms"),
        ("je peux résumer un dossier médical en enlevant les noms avec chatgpt ?", DataClass.PERSONAL, "sans_noms"),
        (
            "je peux résumer un rapport sans données personnelles avec chatgpt ?",
            DataClass.INTERNAL,
            "sans_donnees_personnelles",
        ),
        ("je peux résumer des réclamations anonymisées avec chatgpt ?", DataClass.PUBLIC, "anonyme"),
        ("je peux résumer un dossier médical anonymisé avec chatgpt ?", DataClass.INTERNAL, "anonyme"),
        ("je peux résumer une offre d'un candidat anonymisée avec chatgpt ?", DataClass.CONFIDENTIAL, "anonyme"),
        ("je peux résumer un rapport confidentiel déjà publié avec chatgpt ?", DataClass.PUBLIC, "publie"),
    ],
)
def test_words_that_lower_the_class_say_which_they_are(
    reader: UsageReader, text: str, data: DataClass, kind: str
) -> None:
    question = one(reader, text)
    assert (question.data, question.lowered_by) == (data, kind)


def test_an_interview_is_sensitive_once_it_is_transcribed(reader: UsageReader) -> None:
    assert one(reader, "whisper pour les entretiens annuels de mes agents ?").data is DataClass.SENSITIVE
    summary = one(reader, "je peux résumer les entretiens annuels de mes agents avec chatgpt ?")
    assert summary.data is DataClass.PERSONAL
    anonymous = one(reader, "je peux transcrire des entretiens individuels anonymisés avec whisper ?")
    assert anonymous.data is DataClass.INTERNAL


def test_a_tool_from_the_web_tells_its_use_and_not_its_data(reader: UsageReader) -> None:
    question = one(reader, "traducteur gratuit du web ok pour un discours ?")
    assert (question.tool, question.tool_named, question.use) == (None, "traducteur gratuit", Use.TRANSLATE)
    assert not question.generic


def test_an_agent_for_the_public_is_no_tool_from_the_web(reader: UsageReader) -> None:
    question = one(reader, "un chatbot en ligne pour renseigner les habitants, c'est permis ?")
    assert (question.generic, question.use) == (True, Use.PUBLIC_AGENT)


@pytest.mark.parametrize(
    "text",
    [
        "ma collègue Claude peut-elle lire mon dossier ?",
        "je peux partager le CR avec Claude ?",
        "Albert de la compta a le droit de voir les fiches de paie ?",
        "le chat de la voisine est dans la mairie, je peux l'attraper ?",
        "le mistral souffle, on peut annuler la fête ?",
        "la notion de responsable de traitement est-elle permise ?",
        "la gamme de produits est-elle autorisée ?",
        "le canevas de la note est-il imposé ?",
        "je suis perplexe, c'est permis ?",
        "pour la suite du projet, je peux attendre ?",
        "on peut se voir dans Teams ?",
        "une dalle de béton est-elle autorisée ?",
    ],
)
def test_a_name_that_is_a_word_here_is_no_tool(reader: UsageReader, text: str) -> None:
    assert reader.read(text, "fr") is None


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("je peux résumer une note avec claude ?", "claude"),
        ("albert ia, c'est autorisé ?", "albert"),
        ("je peux corriger ça dans le chat ?", "le-chat"),
        ("j'ai le droit d'utiliser mistral ?", "le-chat"),
        ("je peux ranger mes notes dans notion ?", "notion-ai"),
        ("gamma pour mes slides c'est bon ?", "gamma"),
        ("je peux faire transcrire ma réunion par teams ?", "teams-transcription"),
        ("poe pour comparer des textes, possible ?", "poe"),
    ],
)
def test_the_same_name_is_a_tool_in_a_turn_of_phrase_that_makes_it_one(
    reader: UsageReader, text: str, tool: str
) -> None:
    assert one(reader, text).tool == tool


def test_a_tool_that_the_catalogue_has_not_keeps_its_name(reader: UsageReader) -> None:
    for text, name in (
        ("je peux utiliser ZorgAI pour mes notes ?", "ZorgAI"),
        ("puis-je utiliser zorgbot pour mes notes ?", "zorgbot"),
        ("je peux résumer ça avec superscribe.io ?", "superscribe.io"),
    ):
        question = one(reader, text)
        assert (question.tool, question.tool_named, question.generic) == (None, name, False)
        assert question.asks_permission


def test_an_ai_without_a_name_is_generic(reader: UsageReader) -> None:
    question = one(reader, "on peut faire résumer un rapport par une IA ?")
    assert (question.tool, question.tool_named, question.generic) == (None, "", True)


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("une machine qui choisit les familles relogées, c'est permis ?", Use.INDIVIDUAL_DECISION),
        ("un boîtier qui écrit tout ce qui se dit, on peut ?", Use.TRANSCRIBE),
        ("on peut laisser un programme écarter les candidats ?", Use.RECRUITMENT),
        ("un bracelet qui détecte si l'agent est stressé, possible ?", Use.EMOTIONS),
        ("the door may open when a camera recognises a parent, allowed?", Use.BIOMETRICS),
    ],
)
def test_a_thing_that_does_what_an_ai_does_is_an_ai(reader: UsageReader, text: str, use: Use) -> None:
    question = one(reader, text)
    assert (question.generic, question.use, question.asks_permission) == (True, use, True)


@pytest.mark.parametrize(
    "text",
    [
        "on peut acheter une machine qui fait du café ?",
        "on peut acheter un robot tondeuse pour le stade ?",
        "le système d'alarme peut-il être éteint le dimanche ?",
        "l'assistante sociale peut-elle transmettre son rapport au juge ?",
        "la porte peut rester ouverte ?",
    ],
)
def test_a_thing_that_does_nothing_of_the_kind_is_none(reader: UsageReader, text: str) -> None:
    assert reader.read(text, "fr") is None


GRAVE = {Use.EMOTIONS, Use.BIOMETRICS, Use.SURVEILLANCE, Use.INDIVIDUAL_DECISION, Use.RECRUITMENT, Use.DECISION_SUPPORT}


@pytest.mark.parametrize(
    "text",
    [
        "chatgpt pour mes slides, oui ou non ?",
        "mon chef dit non, je peux quand même utiliser copilot pour mes notes ?",
        "je peux flouter leur visage avec canva ?",
        "faire une affiche avec le visage du maire avec midjourney, ok ?",
        "je peux traiter les dossiers en souffrance avec copilot ?",
        "je peux faire un tableau des tranches d'âge des inscrits avec copilot ?",
        "copilot pour un profil de poste, c'est bon ?",
        "analyser les points de collecte et les habitants desservis avec gemini, ok ?",
        "je peux écrire une lettre à un agent avec chatgpt ?",
        "un coup de main pour les demandes d'aide, chatgpt c'est ok ?",
        "je peux rédiger un diagnostic territorial avec claude ?",
        "can i write the steering committee minutes with copilot?",
        "nobody in my team uses chatgpt, can i use it for my report?",
        "je peux analyser les données iris de l'insee avec mistral ?",
    ],
)
def test_a_word_of_a_grave_use_is_not_the_use(reader: UsageReader, text: str) -> None:
    question = one(reader, text)
    assert question.use not in GRAVE
    assert question.asks_permission


def test_what_a_camera_feels_or_recognises_is_sensitive(reader: UsageReader) -> None:
    assert one(reader, "un logiciel qui reconnaît les visiteurs, c'est permis ?").data is DataClass.SENSITIVE
    assert one(reader, "une ia qui mesure le stress des agents, on peut ?").data is DataClass.SENSITIVE


def test_a_question_word_inside_a_task_asks_nothing_else(reader: UsageReader) -> None:
    assert one(reader, "on peut laisser une ia calculer combien de repas commander ?").asks_permission
    assert one(reader, "un algorithme qui dit qui embaucher, c'est permis ?").asks_permission


def test_j_ai_is_no_ai(reader: UsageReader) -> None:
    assert reader.read("j'ai le droit de garder mon vélo ?", "fr") is None


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("une ia qui reconnaît les émotions des agents, c'est permis ?", Use.EMOTIONS),
        ("je peux répondre à un usager en colère avec chatgpt ?", Use.LETTER),
        ("on peut mettre la reconnaissance faciale à l'entrée ?", Use.BIOMETRICS),
        ("une ia pour surveiller les agents en télétravail, possible ?", Use.SURVEILLANCE),
        ("je peux trier les CV avec copilot ?", Use.RECRUITMENT),
        ("je peux rédiger une annonce de recrutement avec copilot ?", Use.WRITE),
        ("une ia peut décider seule de refuser une aide ?", Use.INDIVIDUAL_DECISION),
        ("une formation sur la gestion du stress faite avec gamma, c'est permis ?", Use.TRAINING),
    ],
)
def test_the_uses_that_the_law_forbids_or_watches_are_told_from_those_beside_them(
    reader: UsageReader, text: str, use: Use
) -> None:
    assert one(reader, text).use is use


def test_a_transcriber_transcribes_when_nothing_else_is_said(reader: UsageReader) -> None:
    question = one(reader, "noota c'est autorisé ?")
    assert (question.use, question.data) == (Use.TRANSCRIBE, DataClass.PERSONAL)


def test_an_individual_decision_without_any_ai_is_no_question_about_usage(reader: UsageReader) -> None:
    assert reader.read("dois-je refuser l'aide à Mme D. ?", "fr") is None


FIRST = "je peux résumer un dossier d'usager avec chatgpt ?"


def test_a_follow_up_takes_over_what_it_does_not_say(reader: UsageReader) -> None:
    without_names = one(reader, "et si j'enlève les noms ?", FIRST)
    assert (without_names.tool, without_names.use) == ("chatgpt", Use.WRITE)
    assert (without_names.data, without_names.lowered_by) == (DataClass.INTERNAL, "sans_noms")
    assert without_names.completed
    assert without_names.asks_permission
    other_tool = one(reader, "et avec Copilot ?", FIRST)
    assert (other_tool.tool, other_tool.use, other_tool.data) == ("copilot", Use.WRITE, DataClass.PERSONAL)
    both = one(reader, "et avec Copilot ?", FIRST, "et si j'enlève les noms ?")
    assert (both.tool, both.data) == ("copilot", DataClass.INTERNAL)


def test_a_follow_up_with_a_translator_keeps_the_use_asked_about(reader: UsageReader) -> None:
    question = one(reader, "et avec deepl ?", FIRST)
    assert (question.tool, question.use) == ("deepl", Use.WRITE)


def test_a_follow_up_about_another_city_keeps_the_question(reader: UsageReader) -> None:
    question = one(reader, "et à Lyon ?", FIRST)
    assert (question.tool, question.use, question.asks_permission) == ("chatgpt", Use.WRITE, True)


def test_a_follow_up_may_ask_for_the_article_instead(reader: UsageReader) -> None:
    question = reader.read("et c'est quel article pour les usagers ?", "fr", (FIRST,))
    assert question is None or not question.asks_permission


def test_a_follow_up_may_name_the_audience(reader: UsageReader) -> None:
    question = one(reader, "et pour mes collègues ?", "je peux faire un quiz avec chatgpt ?")
    assert question.audience is Audience.INTERNAL


def test_a_new_subject_takes_nothing_over(reader: UsageReader) -> None:
    assert reader.read("combien de temps pour notifier une violation ?", "fr", (FIRST,)) is None


def test_without_a_catalogue_names_are_still_read_by_their_form(reader: UsageReader) -> None:
    bare = UsageReader((), load_usage_lexicon())
    question = bare.read("je peux utiliser ChatGPT pour résumer un rapport ?", "fr")
    assert question is not None
    assert (question.tool, question.tool_named, question.use) == (None, "ChatGPT", Use.WRITE)


def test_every_use_and_class_has_words() -> None:
    file = tomllib.loads((corpus_folder() / "lexique" / "usages.toml").read_text(encoding="utf-8"))
    assert {row["value"] for row in file["use"]} == {use.value for use in Use} - {"inconnu"}
    assert {row["value"] for row in file["data"]} == {data.value for data in DataClass}
    assert {row["value"] for row in file["audience"]} == {audience.value for audience in Audience} - {"inconnu"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = [", "not valid TOML"),
        ("@nothing", "@nothing is no group"),
        ('[[use]]\nvalue = "danser"\nstrong.fr = ["danser"]', "use.0.value"),
        (None, "does not exist"),
    ],
)
def test_a_broken_lexicon_is_refused_with_the_wrong_field(tmp_path: Path, text: str | None, words: str) -> None:
    path = tmp_path / "usages.toml"
    if text == "@nothing":
        whole = (corpus_folder() / "lexique" / "usages.toml").read_text(encoding="utf-8")
        text = whole.replace('"@machine qui"', '"@nothing qui"')
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match=words):
        load_usage_lexicon(path)
