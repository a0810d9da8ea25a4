"""A chat model of a few kilobytes with random weights: a real GGUF that llama.cpp loads in milliseconds."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
import numpy.typing as npt

TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}<|end|>{% endfor %}<|assistant|>"
)
TRAINED_CONTEXT = 512
_CONTROL = ["<|end|>", "<|system|>", "<|user|>", "<|assistant|>"]
_WORDS = ["▁", *(chr(code) for code in range(ord(" ") + 1, 127)), "▁le", "▁la", "▁ville", "é", "à"]
_WIDTH, _LAYERS, _HEADS, _INNER = 64, 2, 4, 128


def tiny_gguf(
    path: Path,
    *,
    weights: npt.DTypeLike = np.float16,
    template: str | None = TEMPLATE,
    long_piece: str = "",
    seed: int = 1,
) -> Path:
    """Write a two-layer Llama. `long_piece`: a word of the vocabulary; `weights`: their type."""
    writer = gguf.GGUFWriter(path, "llama")
    words = [*_WORDS, long_piece] if long_piece else _WORDS
    tokens = ["<unk>", "<s>", *_CONTROL, *(f"<0x{byte:02X}>" for byte in range(256)), *words]
    kinds = [2, 3, *([3] * len(_CONTROL)), *([6] * 256), *([1] * len(words))]
    _describe(writer, tokens, kinds, template)
    random = np.random.default_rng(seed)
    for name, shape in _shapes(len(tokens)):
        kind = weights if len(shape) > 1 else np.float32
        values = random.normal(0, 0.3, shape) if len(shape) > 1 else np.ones(shape)
        writer.add_tensor(name, values.astype(kind))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _describe(writer: gguf.GGUFWriter, tokens: list[str], kinds: list[int], template: str | None) -> None:
    writer.add_context_length(TRAINED_CONTEXT)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(_LAYERS)
    writer.add_feed_forward_length(_INNER)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_HEADS)
    writer.add_rope_dimension_count(_WIDTH // _HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([-float(len(token) == 1) for token in tokens])
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_space_prefix(False)
    if template is not None:
        writer.add_chat_template(template)


def _shapes(vocabulary: int) -> list[tuple[str, tuple[int, ...]]]:
    shapes: list[tuple[str, tuple[int, ...]]] = [
        ("token_embd.weight", (vocabulary, _WIDTH)),
        ("output_norm.weight", (_WIDTH,)),
        ("output.weight", (vocabulary, _WIDTH)),
    ]
    for layer in range(_LAYERS):
        block = f"blk.{layer}."
        shapes += [(f"{block}{norm}_norm.weight", (_WIDTH,)) for norm in ("attn", "ffn")]
        shapes += [(f"{block}attn_{part}.weight", (_WIDTH, _WIDTH)) for part in ("q", "k", "v", "output")]
        shapes += [(f"{block}ffn_{part}.weight", (_INNER, _WIDTH)) for part in ("gate", "up")]
        shapes.append((f"{block}ffn_down.weight", (_WIDTH, _INNER)))
    return shapes
