from __future__ import annotations

from assistant.lexicon import load_lexicon
from benchmarks.left_out_lines import left_out, questions, thinned


def test_a_left_out_line_is_a_question_and_stands_nowhere_in_the_smaller_index() -> None:
    lexicon = load_lexicon()
    cases = questions(lexicon)
    kept = {line for entry in thinned(lexicon).entries.values() for lines in entry.words.values() for line in lines}
    total = sum(len(lines) for entry in lexicon.entries.values() for lines in entry.words.values())
    assert 0.08 < len(cases) / total < 0.12
    assert not kept & {case.question.text for case in cases}
    assert not any(left_out(line) for line in kept)


def test_the_provision_of_a_left_out_line_is_its_answer() -> None:
    lexicon = load_lexicon()
    case = questions(lexicon)[0]
    [place] = case.gold
    entry = next(e for e in lexicon.entries.values() if str(e.reference) == str(place))
    assert case.question.text in entry.words[case.lang]
