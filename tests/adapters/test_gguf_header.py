from __future__ import annotations

from collections import namedtuple
from contextlib import suppress
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.adapters import gguf_header
from assistant.adapters.gguf_header import read_header, refuse_if_too_large
from assistant.errors import ModelAbsent, ModelBroken, ModelTooLarge
from tests.gguf_factory import TRAINED_CONTEXT, tiny_gguf


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_gguf(tmp_path_factory.mktemp("gguf") / "tiny.gguf")


def test_a_header_is_read_without_the_weights(file: Path) -> None:
    header = read_header(file)
    assert header.number("context_length") == TRAINED_CONTEXT
    assert header.number("no_such_key", 7) == 7
    assert {tensor.name for tensor in header.tensors} >= {"token_embd.weight", "blk.1.ffn_down.weight"}


def test_a_file_that_is_not_there_is_absent(tmp_path: Path) -> None:
    with pytest.raises(ModelAbsent, match="does not exist"):
        read_header(tmp_path / "none.gguf")


def test_a_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelBroken, match="cannot be read"):
        read_header(tmp_path)


def test_a_file_that_is_no_gguf_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "page.gguf"
    path.write_text("<html>not a model</html>")
    with pytest.raises(ModelBroken, match="is no GGUF file"):
        read_header(path)


@pytest.mark.parametrize("kept", [0.0, 0.02, 0.5, 0.999])
def test_a_cut_file_is_broken(file: Path, tmp_path: Path, kept: float) -> None:
    data = file.read_bytes()
    path = tmp_path / "cut.gguf"
    path.write_bytes(data[: max(6, int(len(data) * kept))])
    with pytest.raises(ModelBroken, match="cut"):
        read_header(path)


@given(at=st.integers(4, 12_000), byte=st.integers(0, 255))
def test_a_damaged_header_is_read_or_broken_and_nothing_else(file: Path, at: int, byte: int) -> None:
    data = bytearray(file.read_bytes())
    data[at] = byte
    path = file.with_name("damaged.gguf")
    path.write_bytes(data)
    with suppress(ModelBroken):
        assert read_header(path).memory(512) > 0


def test_another_version_of_the_format_is_refused(file: Path, tmp_path: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4] = 1
    path = tmp_path / "old.gguf"
    path.write_bytes(data)
    with pytest.raises(ModelBroken, match="version 1"):
        read_header(path)


def test_counts_that_no_file_can_hold_are_broken(file: Path, tmp_path: Path) -> None:
    data = bytearray(file.read_bytes())
    data[8:24] = b"\xff" * 16
    path = tmp_path / "huge.gguf"
    path.write_bytes(data)
    with pytest.raises(ModelBroken, match="cut or damaged"):
        read_header(path)


def test_weights_in_f32_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelBroken, match="F32 weights"):
        read_header(tiny_gguf(tmp_path / "f32.gguf", weights=np.float32))


def test_a_model_larger_than_the_memory_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = namedtuple("memory", "available")
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory(50_000_000))
    with pytest.raises(ModelTooLarge, match=r"needs about 0\.1 GB .* 512 tokens and 0\.1 GB are free"):
        refuse_if_too_large(read_header(file), 512)


def test_a_longer_context_needs_more_memory(file: Path) -> None:
    header = read_header(file)
    layers, width, bytes_each = 2, 64, 2
    assert header.memory(1000) - header.memory(0) == 1000 * layers * 2 * width * bytes_each


def test_the_sizes_of_tensor_types_are_those_of_the_format() -> None:
    published: dict[Any, tuple[int, int]] = gguf.GGML_QUANT_SIZES
    ours = {kind: sizes for kind, sizes in gguf_header.BLOCKS.items() if kind in {int(known) for known in published}}
    assert ours == {int(kind): sizes for kind, sizes in published.items() if int(kind) in ours}
