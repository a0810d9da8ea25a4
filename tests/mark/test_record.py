"""What the mark says survives its way through the slot."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import MarkError
from assistant.mark.record import Record

PRINTABLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(model=st.none() | PRINTABLE, reviewer=PRINTABLE, editor=PRINTABLE)
def test_a_record_is_read_back_as_it_was(model: str | None, reviewer: str, editor: str) -> None:
    made = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    record = Record(made, "extractive", model, "http://exemple.fr/type", "programme 1", reviewer, editor)
    assert Record.decode(record.encode()) == record


@pytest.mark.parametrize("encoded", ["", "e30", "bnVsbA", "W10", "%%%", "eyJtYWRlX2F0IjogMX0"])
def test_anything_else_is_no_record(encoded: str) -> None:
    with pytest.raises(MarkError):
        Record.decode(encoded)
