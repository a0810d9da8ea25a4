"""Each export is signed to the byte: whatever is altered in it, in any format, is found."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import MarkError
from assistant.mark.key import InstanceKey, instance_key
from assistant.mark.slot import PART, find_slot, seal
from assistant.mark.verify import State, check
from assistant.render.export import Format, export
from assistant.render.export_content import Publication
from tests.render.answers import MADE, answer, generated

EVERY_FORMAT = pytest.mark.parametrize("form", list(Format))
SHORT = (Format.MARKDOWN, Format.HTML, Format.JSON)


@pytest.fixture(scope="session")
def files(key: InstanceKey) -> dict[Format, bytes]:
    return {form: export([answer()], form, key, MADE) for form in Format}


@EVERY_FORMAT
def test_an_export_is_intact_and_says_when_and_by_which_model(form: Format, key: InstanceKey) -> None:
    file = export([generated()], form, key, MADE, Publication.of("Ana Bel", "Service communication"))
    result = check(file, {key.public})
    assert result.state is State.INTACT
    assert result.record is not None
    assert (result.record.made_at, result.record.model) == (MADE, "ministral-3-3b")
    assert (result.record.reviewer, result.record.editor) == ("Ana Bel", "Service communication")
    assert result.record.digital_source_type.endswith("/trainedAlgorithmicMedia")


@pytest.mark.parametrize("form", SHORT)
def test_every_single_byte_is_covered(form: Format, files: dict[Format, bytes], key: InstanceKey) -> None:
    file = files[form]
    for place in range(len(file)):
        altered = file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :]
        assert check(altered, {key.public}).state is not State.INTACT, place


@pytest.mark.parametrize("form", [Format.DOCX, Format.PDF])
def test_every_byte_of_the_signature_and_behind_it_is_covered(
    form: Format, files: dict[Format, bytes], key: InstanceKey
) -> None:
    file = files[form]
    slot = find_slot(file)
    assert slot is not None
    for place in range(slot.start() - 80, len(file)):
        altered = file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :]
        assert check(altered, {key.public}).state is not State.INTACT, place


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_random_bytes_are_found_in_each_format(
    data: st.DataObject, files: dict[Format, bytes], key: InstanceKey
) -> None:
    file = files[data.draw(st.sampled_from(list(Format)))]
    start = data.draw(st.integers(0, len(file)))
    end = data.draw(st.integers(start, min(len(file), start + 200)))
    altered = file[:start] + data.draw(st.binary(max_size=200)) + file[end:]
    assert (check(altered, {key.public}).state is State.INTACT) == (altered == file)


@EVERY_FORMAT
def test_another_spelling_of_the_same_signature_is_found(
    form: Format, files: dict[Format, bytes], key: InstanceKey
) -> None:
    file = files[form]
    slot = find_slot(file)
    assert slot is not None
    end = slot.end("signature")
    last = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".index(file[end - 1])
    spelt = base64.urlsafe_b64encode(bytes([0, 0, last + 1]))[-1:]
    assert check(file[: end - 1] + spelt + file[end:], {key.public}).state is State.ALTERED


@EVERY_FORMAT
def test_an_export_of_another_installation_is_told_apart(
    form: Format, files: dict[Format, bytes], tmp_path: Path
) -> None:
    other = instance_key(tmp_path)
    assert check(files[form], {other.public}).state is State.OTHER_KEY
    assert check(files[form], ()).state is State.OTHER_KEY
    with pytest.raises(MarkError, match="no place"):
        seal(files[form], other)


@EVERY_FORMAT
def test_a_second_slot_behind_the_first_does_not_help(
    form: Format, files: dict[Format, bytes], key: InstanceKey
) -> None:
    slot = find_slot(files[form])
    assert slot is not None
    assert check(files[form] + slot[0], {key.public}).state is State.ALTERED


@EVERY_FORMAT
def test_a_question_that_holds_a_slot_is_signed_like_any_other(form: Format, key: InstanceKey) -> None:
    fake = "ai-mark:1:e30:" + "0" * 64 + ":" + "B" * 86
    assert check(export([answer(question=fake)], form, key, MADE), {key.public}).state is State.INTACT


def test_a_file_without_a_mark_says_so() -> None:
    assert check(b"un texte", ()).state is State.NO_MARK
    assert check(b"", ()).state is State.NO_MARK


def test_a_slot_without_a_file_around_it_is_altered() -> None:
    assert check(b"PK\x03\x04ai-mark:1:e30:" + b"0" * 64 + b":" + b"A" * 86, ()).state is State.ALTERED


def test_the_part_of_the_slot_is_stored_last(files: dict[Format, bytes]) -> None:
    file = files[Format.DOCX]
    assert file.rindex(b"PK\x03\x04") == file.index(PART.encode() + b"ai-mark:1:") - 30
