"""Tiny models with random weights in the formats of sentence-transformers: real files, made in a second."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizer

WORDS = ["query", "passage", ":", "la", "ville", "protège", "les", "données", "ia", "un", "agent", "question"]
_SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def tiny_embedder(folder: Path, seed: int = 0, prompts: dict[str, str] | None = None) -> Path:
    """A sentence-transformers folder: a one-layer BERT, mean pooling."""
    _bert(folder, BertModel(_config(seed)))
    modules = [("", "Transformer"), ("1_Pooling", "Pooling")]
    _write(
        folder / "modules.json",
        [
            {"idx": number, "name": str(number), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for number, (path, kind) in enumerate(modules)
        ],
    )
    _write(folder / "sentence_bert_config.json", {"max_seq_length": 64, "do_lower_case": True})
    _write(folder / "1_Pooling" / "config.json", {"word_embedding_dimension": 32, "pooling_mode_mean_tokens": True})
    _write(folder / "config_sentence_transformers.json", {"prompts": prompts or {}})
    return folder


def tiny_reranker(folder: Path, seed: int = 0, labels: int = 1) -> Path:
    """A cross-encoder folder: a one-layer BERT with `labels` scores."""
    config = _config(seed)
    config.num_labels = labels
    return _bert(folder, BertForSequenceClassification(config))


def _config(seed: int) -> BertConfig:
    torch.manual_seed(seed)
    return BertConfig(
        vocab_size=len(_SPECIAL) + len(WORDS),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )


def _bert(folder: Path, model: BertModel | BertForSequenceClassification) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    vocabulary = {word: number for number, word in enumerate([*_SPECIAL, *WORDS])}
    BertTokenizer(vocab=vocabulary, strip_accents=False).save_pretrained(folder)
    return folder


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
