"""The command line: its JSON contract, its files, and one clear line for what goes wrong."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant import wiring
from assistant.cli import app, main
from assistant.errors import QuestionError
from assistant.law.act import text_hash

ANSWER_KEYS = {
    "question", "completed_question", "lang", "kind", "refusal", "choices", "verdict", "text", "sentences", "guidance",
    "citations", "withheld", "warnings", "label", "cost", "timings", "fingerprints",
}  # fmt: skip
CITATION_KEYS = {
    "n", "act", "ref", "label", "quote", "start", "end", "sha256", "url", "lang", "version_date", "status", "applies",
    "amended_by",
}  # fmt: skip
RESULT_KEYS = {
    "rank", "score", "act", "ref", "label", "title", "text", "url", "lang", "version_date", "status", "applies",
}  # fmt: skip
BREACH = "Combien de temps pour notifier une violation de données ?"


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(indexed_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs the command line in this process over the full index."""
    monkeypatch.setenv("ASSISTANT_DATA", str(indexed_data))
    monkeypatch.setenv("ASSISTANT_OFFLINE", "true")

    def call(*arguments: str) -> Ended:
        monkeypatch.setattr("sys.argv", ["assistant", *arguments])
        with pytest.raises(SystemExit) as exit_:
            main()
        out, err = capsys.readouterr()
        code = exit_.value.code
        return Ended(code if isinstance(code, int) else 0, out, err)

    return call


def test_an_answer_has_every_key_of_the_contract(run: Any) -> None:
    answer = run("ask", BREACH, "--json", "--as-of", "2026-11-21").json
    assert set(answer) == ANSWER_KEYS
    assert answer["kind"] == "answer"
    assert all(set(citation) == CITATION_KEYS for citation in answer["citations"])
    assert answer["label"]["ai_generated"] is True


def test_the_breach_question_cites_article_33_letter_for_letter(run: Any) -> None:
    citations = run("ask", BREACH, "--json", "--as-of", "2026-11-21").json["citations"]
    breach = next(c for c in citations if c["act"] == "rgpd" and c["ref"].startswith("art-33"))
    shown = run("show", f"rgpd:{breach['ref']}", "--json").json
    assert shown["text"][breach["start"] : breach["end"]] == breach["quote"]
    assert breach["sha256"] == text_hash(shown["text"]) == shown["sha256"]


def test_article_4_of_the_ai_act_is_the_one_in_force_since_july_2026(run: Any) -> None:
    answer = run("ask", "Que dit l'article 4 du règlement IA ?", "--json", "--as-of", "2026-11-21").json
    first = answer["citations"][0]
    assert (first["act"], first["ref"], first["version_date"]) == ("ai-act", "art-4", "2026-07-27")
    assert "niveau spécifique" in first["quote"]
    assert first["amended_by"] == "32026R1744"


def test_the_same_article_on_an_earlier_day_is_the_text_of_then(run: Any) -> None:
    answer = run("ask", "Que dit l'article 4 du règlement IA ?", "--json", "--as-of", "2026-01-15").json
    first = answer["citations"][0]
    assert first["version_date"] == "2024-07-12"
    assert "niveau suffisant" in first["quote"]


def test_search_results_have_every_key_and_one_row_a_provision(run: Any) -> None:
    found = run("search", BREACH, "--json", "-k", "8").json
    assert set(found) == {"question", "lang", "results"}
    assert [row["rank"] for row in found["results"]] == list(range(1, len(found["results"]) + 1))
    assert all(set(row) == RESULT_KEYS for row in found["results"])
    places = [(row["act"], row["ref"].split(".")[0]) for row in found["results"] if not row["ref"].startswith("anx")]
    assert len(places) == len(set(places))


def test_explain_says_what_found_each_result(run: Any) -> None:
    rows = run("search", "fuite de données", "--json", "--explain").json["results"]
    assert any("words" in row["found_by"] for row in rows)


def test_a_french_text_answers_an_english_question(run: Any) -> None:
    rows = run("search", "which criteria does the Strasbourg deliberation use to assess tools?", "--json").json[
        "results"
    ]
    assert rows[0]["act"] == "deliberation-strasbourg"
    assert rows[0]["lang"] == "fr"


def test_a_provision_that_does_not_exist_is_refused_with_what_does(run: Any) -> None:
    answer = run("ask", "L'article 120 du RGPD il dit quoi ?", "--json").json
    assert (answer["kind"], answer["refusal"]) == ("refusal", "premisse_fausse")
    assert "99 articles" in answer["text"]


def test_the_other_city_is_answered_only_when_named(run: Any) -> None:
    unnamed = run("search", "une IA peut-elle répondre aux usagers au guichet ?", "--json", "-k", "20").json["results"]
    assert not any(row["act"] == "cadre-lyon" for row in unnamed)
    named = run("search", "à Lyon une IA peut-elle répondre aux usagers au guichet ?", "--json").json["results"]
    assert (named[0]["act"], named[0]["ref"]) == ("cadre-lyon", "eng-2")
    there = run("search", "une IA peut-elle répondre aux usagers ?", "--json", "--collectivite", "lyon").json["results"]
    assert any(row["act"] == "cadre-lyon" for row in there)


def test_batches_keep_order_and_identifiers_and_their_own_dates(run: Any, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"id": "a", "question": BREACH},
        {"id": "b", "question": "article 4 du règlement IA", "as_of": "2026-01-15"},
        {"id": "c", "question": "et le délai ?", "history": [{"role": "user", "content": BREACH}], "lang": "fr"},
    ]
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert run("ask", "--batch", str(questions), "--out", str(out), "--as-of", "2026-11-21").code == 0
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", "c"]
    assert answers[1]["citations"][0]["version_date"] == "2024-07-12"
    assert run("search", "--batch", str(questions), "--out", str(out)).code == 0


def test_bad_questions_of_a_batch_leave_the_others(run: Any, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"id": "a", "question": " "},
        {"id": "b", "question": "art 22 rgpd"},
        {"id": "c", "question": "was ?", "lang": "de"},
    ]
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    ended = run("ask", "--batch", str(questions), "--out", str(out))
    assert ended.code == 1
    assert "2 of 3 questions could not be answered, first a: the question is empty" in ended.err
    first, second, third = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert set(first) == set(third) == {"id", "error"}
    assert "lang" in third["error"]
    assert second["kind"] == "answer"


@pytest.fixture
def nothing_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening the index or a model fails the test."""

    def opened(_: object) -> None:
        pytest.fail("the index was opened")

    monkeypatch.setattr(wiring, "open_assistant", opened)
    monkeypatch.setattr(wiring, "open_searcher", opened)


@pytest.mark.usefixtures("nothing_opens")
@pytest.mark.parametrize("command", ["ask", "search"])
def test_what_is_asked_is_checked_before_anything_is_opened(command: str, tmp_path: Path) -> None:
    assert CliRunner().invoke(app, [command]).exit_code == 2
    assert CliRunner().invoke(app, [command, "--batch", "q.jsonl"]).exit_code == 2
    for arguments in (["  "], ["--batch", str(tmp_path / "absent.jsonl"), "--out", "x"]):
        assert isinstance(CliRunner().invoke(app, [command, *arguments]).exception, QuestionError)


@pytest.mark.usefixtures("nothing_opens")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "oui ?", "--batch", "q.jsonl", "--out", "a.jsonl"], "give no other beside it"),
        (["search", "oui ?", "--batch", "q.jsonl", "--out", "a.jsonl"], "give no other beside it"),
        (["ask", "--history", "h.json", "--batch", "q.jsonl", "--out", "a.jsonl"], "give no other beside it"),
        (["ask", "oui ?", "--out", "a.jsonl"], "the results of --batch"),
    ],
)
def test_an_argument_that_would_be_ignored_is_refused(arguments: list[str], said: str) -> None:
    caught = CliRunner().invoke(app, arguments).exception
    assert isinstance(caught, QuestionError)
    assert caught.exit_code == 1
    assert said in str(caught)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask", "   "), "the question is empty"),
        (("ask", "x" * 20_000), "20000 characters"),
        (("ask", "oui\x00non"), "not text"),
        (("ask", "???"), "no word"),
        (("search", "\ufffd\ufffd bonjour"), "not text"),
        (("show", "rgpd:art-120"), "does not exist"),
        (("show", "loi78:art-1"), "no text called"),
        (("show", "rgpd"), "write act:place"),
        (("show", "rgpd:article 5"), "is not a reference"),
        (("ask", "--batch", "/nowhere.jsonl", "--out", "x"), "cannot be read"),
        (("models", "pull", "gpt-9"), "no model"),
        (("models", "check", "smollm2-135m"), "models pull smollm2-135m"),
    ],
)
def test_bad_input_gets_one_line_with_the_cure(run: Any, arguments: tuple[str, ...], said: str) -> None:
    ended = run(*arguments)
    assert ended.code == 1
    assert said in ended.err
    assert ended.err.strip().count("\n") == 0
    assert not ended.out


@pytest.mark.parametrize(
    "arguments",
    [("ask",), ("ask", "oui ?", "--lang", "de"), ("ask", "oui ?", "--as-of", "hier"), ("search", "--batch", "x"),
     ("ask", "oui ?", "--collectivite", "paris"), ("nonsense",)],
)  # fmt: skip
def test_wrong_usage_ends_with_two(run: Any, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).code == 2


def test_an_unknown_setting_is_refused(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_COLECTIVITE", "lyon")
    ended = run("ask", "art 22 rgpd")
    assert ended.code == 1
    assert "ASSISTANT_COLECTIVITE is no setting" in ended.err


def test_an_index_of_another_embedder_is_refused(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDER", "all-MiniLM-L6-v2")
    ended = run("ask", "art 22 rgpd")
    assert ended.code == 1
    assert "all-MiniLM-L6-v2" in ended.err


def test_without_an_index_the_cure_is_named(run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path))
    ended = run("ask", "art 22 rgpd")
    assert ended.code == 1
    assert "run `assistant ingest`" in ended.err


def test_a_corrupt_chat_model_is_refused(run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + b"\0" * 100)
    monkeypatch.setenv("ASSISTANT_CHAT_MODEL", str(broken))
    ended = run("ask", "art 22 rgpd")
    assert ended.code == 1
    assert ended.err.strip().count("\n") == 0
    assert "broken.gguf" in ended.err


def test_the_doctor_finds_five_acts_in_two_languages_complete(run: Any) -> None:
    report = run("doctor", "--json").json
    assert report["ok"] is True
    assert {(text["act"], text["lang"]) for text in report["texts"] if text["complete"]} == {
        (act, lang) for act in ("rgpd", "ai-act", "nis2", "dsa", "data-act") for lang in ("fr", "en")
    }
    ai_act = next(text for text in report["texts"] if text["act"] == "ai-act" and text["lang"] == "fr")
    assert (ai_act["articles"], ai_act["recitals"], ai_act["annexes"]) == (119, 180, 14)
    assert all(document["present"] for document in report["documents"])


def test_the_doctor_without_texts_says_what_is_absent(
    run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path))
    ended = run("doctor")
    assert "MISSING rgpd (fr)" in ended.out
    assert "corpus/local" in ended.out


def test_a_second_ingest_says_that_nothing_changed(run: Any, mirror: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_MIRROR", str(mirror))
    assert "nothing changed" in run("ingest").out


def test_show_prints_the_text_its_version_and_its_link(run: Any) -> None:
    shown = run("show", "rgpd:art-5.1.c").out
    assert "adéquates, pertinentes" in shown
    assert "version du 2016-05-04" in shown
    assert "eur-lex.europa.eu" in shown
    assert "adequate, relevant" in run("show", "rgpd:art-5.1.c", "--lang", "en").out


def test_terminal_answers_end_with_sources_and_label(run: Any) -> None:
    out = run("ask", BREACH).out
    assert "[1] RGPD, article" in out
    assert out.strip().endswith(".")
    assert "système d'IA" in out.strip().splitlines()[-1]


def test_today_is_the_default_day(run: Any) -> None:
    assert run("ask", "art 22 rgpd", "--json").json["citations"][0]["status"] == "en_vigueur"
    assert date.today() >= date(2026, 7, 27)  # noqa: DTZ011  (the calendar, as a user sees it)
