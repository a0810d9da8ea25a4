"""Draw entries of the everyday index for a reading against the law, always the same ones for the same seed.

    python tests/evaluation/readings/draw.py --seed 7 --count 60 --field words            # what to read
    python tests/evaluation/readings/draw.py --seed 7 --count 60 --field plain --official  # beside the law

`words` draws entries; `plain` draws sentences, as many French as English ones. An item's rank is the hash of seed
and name, so that a draw needs no generator of a given Python version, and an entry added later moves no other.
The failure this prevents: a sample that its reader chose.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime

from assistant.lexicon import Entry, load_lexicon
from assistant.library import Library

LANGS = ("fr", "en")


def draw(names: Iterable[str], seed: int, count: int) -> list[str]:
    """`count` of `names`, in the order of their hash with `seed`."""
    return sorted(names, key=lambda name: hashlib.sha256(f"{seed}:{name}".encode()).hexdigest())[:count]


def draw_sentences(names: Iterable[str], seed: int, count: int) -> list[str]:
    """`count` sentences, named "rgpd:art-33.1 fr"; half of them French, half English."""
    every = list(names)
    return [name for lang in LANGS for name in draw((f"{name} {lang}" for name in every), seed, count // len(LANGS))]


def main() -> None:
    """Print the drawn entries or sentences, beside the official text where asked."""
    asked = _arguments()
    entries = {str(reference): entry for reference, entry in load_lexicon().entries.items()}
    library = _library() if asked.official else None
    chosen = (draw if asked.field == "words" else draw_sentences)(entries, asked.seed, asked.count)
    for rank, name in enumerate(chosen, start=1):
        reference, *lang = name.split()
        entry = entries[reference]
        print(f"\n## {rank}. {name}")
        for each in lang or LANGS:
            print(entry.plain[each] if asked.field == "plain" else f"{each}: " + " | ".join(entry.words[each]))
            if library:
                print(f"   [{each}] {_official(library, entry, each)}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--field", choices=("words", "plain"), required=True)
    parser.add_argument("--official", action="store_true", help="print the official text under each (needs the index)")
    return parser.parse_args()


def _library() -> Library:
    from assistant.settings import load_settings
    from assistant.wiring import open_library

    return open_library(load_settings())


def _official(library: Library, entry: Entry, lang: str) -> str:
    passage = library.passage(entry.reference, lang, datetime.now(tz=UTC).date())
    return "\n".join(part for part in (passage.title, passage.context, passage.text) if part)


if __name__ == "__main__":
    main()
