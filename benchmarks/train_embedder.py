"""Trains the house's static French/English embedder from aligned EU law and the everyday index.

    python -m benchmarks.train_embedder --parallel FOLDER --mirror FOLDER --out corpus/embedder [--seed N]

One vector a word piece, a text is the mean of its pieces; contrastive learning (InfoNCE with
in-batch negatives, van den Oord et al. 2018) at several lengths of the vector (Matryoshka,
Kusupati et al. 2022). Nothing of the training texts is kept but these vectors. With the same
seed, data and versions it gives the same figures; two cores, about five minutes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
from torch.nn import functional

from benchmarks.training_data import Corpus, Pair, load_corpus

PIECES = 32_000
_UNKNOWN = "[UNK]"
DIMENSIONS = 128
LENGTHS = (64, 128)
LONGEST = 80
BATCH = 768
TEMPERATURE = 0.05
LEARNING_RATE = 0.02


@dataclass(frozen=True, slots=True)
class Recipe:
    """How often each kind of pair is drawn, and for how many steps."""

    steps: int = 1200
    shares: tuple[tuple[str, float], ...] = (
        ("segments", 0.20),
        ("titles", 0.10),
        ("rests", 0.10),
        ("lines", 0.45),
        ("bilingual_lines", 0.15),
    )


def train_tokenizer(texts: Iterator[str]) -> Tokenizer:
    """A WordPiece tokenizer over lower-case text without accents."""
    tokenizer = Tokenizer(models.WordPiece(unk_token=_UNKNOWN, max_input_chars_per_word=40))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=PIECES, special_tokens=[_UNKNOWN], min_frequency=2, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


class Encoder:
    """Texts to piece numbers, each text once."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.known: dict[str, list[int]] = {}

    def __call__(self, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """Flat piece numbers and the offset of each text, as `EmbeddingBag` takes them."""
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        for text, encoding in zip(new, self.tokenizer.encode_batch(new, add_special_tokens=False), strict=True):
            self.known[text] = encoding.ids[:LONGEST] or [0]
        ids = [self.known[text] for text in texts]
        offsets = np.cumsum([0, *(len(row) for row in ids[:-1])])
        return torch.tensor([piece for row in ids for piece in row]), torch.from_numpy(offsets)


def draw(corpus: Corpus, kind: str, generator: random.Random) -> list[Pair]:
    """A batch of pairs of one kind; a passage appears once, so that no negative is a positive."""
    pool = corpus.pairs[kind]
    batch: dict[str, Pair] = {}
    for pair in generator.sample(pool, min(len(pool), BATCH * 2)):
        batch.setdefault(pair.key, pair)
        if len(batch) == BATCH:
            break
    return list(batch.values())


def loss_of(left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """Symmetric InfoNCE, the mean over the kept lengths of the vector."""
    losses = []
    target = torch.arange(len(left))
    for length in LENGTHS:
        a = functional.normalize(left[:, :length], dim=1)
        b = functional.normalize(right[:, :length], dim=1)
        scores = a @ b.T / TEMPERATURE
        losses.append(functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target))
    return torch.stack(losses).mean()


def train(corpus: Corpus, tokenizer: Tokenizer, recipe: Recipe, seed: int) -> torch.Tensor:
    """The weights, one row a piece."""
    torch.manual_seed(seed)
    generator = random.Random(seed)  # noqa: S311  (a seeded draw, no secret)
    bag = torch.nn.EmbeddingBag(tokenizer.get_vocab_size(), DIMENSIONS, mode="mean")
    torch.nn.init.normal_(bag.weight, std=0.1)
    optimizer = torch.optim.Adam(bag.parameters(), lr=LEARNING_RATE, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, LEARNING_RATE, total_steps=recipe.steps, pct_start=0.1)
    encode = Encoder(tokenizer)
    kinds, weights = zip(*recipe.shares, strict=True)
    for step in range(recipe.steps):
        pairs = draw(corpus, generator.choices(kinds, weights)[0], generator)
        left = bag(*encode([pair.left for pair in pairs]))
        right = bag(*encode([pair.right(generator) for pair in pairs]))
        loss = loss_of(left, right)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        optimizer.step()
        schedule.step()
        if step % 50 == 0:
            print(f"step {step}: {loss.item():.3f}", flush=True)
    return bag.weight.detach()


def save(weights: torch.Tensor, tokenizer: Tokenizer, folder: Path) -> None:
    """A folder that sentence-transformers loads (`StaticEmbedding`), float16."""
    from safetensors.torch import save_file

    inner = folder / "0_StaticEmbedding"
    inner.mkdir(parents=True, exist_ok=True)
    save_file({"embedding.weight": weights.to(torch.float16).contiguous()}, inner / "model.safetensors")
    tokenizer.save(str(inner / "tokenizer.json"), pretty=False)
    modules = [
        {
            "idx": 0,
            "name": "0",
            "path": "0_StaticEmbedding",
            "type": "sentence_transformers.models.StaticEmbedding",
        }
    ]
    (folder / "modules.json").write_text(json.dumps(modules, indent=1) + "\n", encoding="utf-8")


def parallel_texts(folder: Path) -> Iterator[str]:
    """All aligned segments, both languages."""
    with gzip.open(folder / "segments.tsv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield from row[:2]


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parallel", type=Path, required=True)
    parser.add_argument("--mirror", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=Recipe().steps)
    parser.add_argument("--leave-out", default="", help="an act that training must not see")
    arguments = parser.parse_args()
    corpus = load_corpus(arguments.parallel, arguments.mirror, leave_out=arguments.leave_out)
    print({kind: len(pairs) for kind, pairs in corpus.pairs.items()}, flush=True)
    tokenizer = train_tokenizer(corpus.texts())
    weights = train(corpus, tokenizer, Recipe(steps=arguments.steps), arguments.seed)
    save(weights, tokenizer, arguments.out)


if __name__ == "__main__":
    main()
