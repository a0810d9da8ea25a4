"""A GBNF grammar is judged before llama.cpp sees it.

The failure this prevents: llama.cpp crashing on a grammar that names a rule nobody defined, or
taking all memory on a repetition whose bounds are the wrong way round.
"""

from __future__ import annotations

import re

from assistant.errors import ModelError

_NOT_NAMES = re.compile(r'"(?:\\.|[^"\\])*"|\[(?:\\.|[^\]\\])*\]|#[^\n]*')
_DEFINED = re.compile(r"^\s*([A-Za-z][A-Za-z0-9-]*)\s*::=", re.MULTILINE)
_NAME = re.compile(r"(?<![\w{,])[A-Za-z][A-Za-z0-9-]*")
_BOUNDS = re.compile(r"\{\s*(\d+)\s*,\s*(\d+)\s*\}")


def refuse_unsound(grammar: str) -> None:
    """`ModelError` names the undefined rules, or the repetition that cannot be."""
    bare = _NOT_NAMES.sub(" ", grammar)
    defined = set(_DEFINED.findall(bare))
    undefined = ({"root"} | set(_NAME.findall(bare))) - defined
    if undefined:
        raise ModelError(f"the grammar does not define {', '.join(sorted(undefined))}: correct the grammar")
    for low, high in _BOUNDS.findall(bare):
        if int(low) > int(high):
            raise ModelError(f"the grammar repeats from {low} to {high} times: correct the grammar")
