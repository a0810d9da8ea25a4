from __future__ import annotations

import pytest

from assistant.adapters.grammar import refuse_unsound
from assistant.errors import ModelError


def test_words_in_literals_classes_and_comments_are_no_rules() -> None:
    refuse_unsound('root ::= "foo \\" bar" [a-z\\]x]{1,20} item # baz\nitem ::= "{3,1}" | [^"]{2}')


@pytest.mark.parametrize(
    ("grammar", "message"),
    [
        ("", "does not define root"),
        ('root ::= item | "b"', "does not define item"),
        ('root ::= (first "," second-one)*', "does not define first, second-one"),
        ('root ::= "a"{2, 1}', "from 2 to 1"),
    ],
)
def test_an_unsound_grammar_is_named(grammar: str, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        refuse_unsound(grammar)
