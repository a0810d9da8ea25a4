"""A first proposal of the links from recitals to articles, and what the table in use makes of it.

    python -m benchmarks.propose_recital_links MIRROR [--act rgpd]

Each article gets a score for a recital: its number is mentioned, its title's words stand in the recital, its text
is near by BM25 (both languages added up). Printed one line a recital: the proposal, best first, then what
`corpus/lexique/considerants.toml` says and whether the two agree. The table is what somebody decided after reading
the recital; this is where to start for a new act, and where to look again.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant.adapters.bm25 import encode_passage, encode_question
from assistant.answering.text import content_words
from assistant.law.act import Act, Provision
from assistant.law.identifiers import Locator, LocatorKind, Reference
from assistant.manifest import ActSource, load_manifest
from assistant.recitals import RecitalLinks, load_recital_links
from ingest.parse.eurlex import parse_act

PROPOSED = 3
MENTION, TITLE = 2.0, 0.5
"""Weights beside BM25, which is scaled so that the nearest article of a recital has 1."""

_ARTICLE = re.compile(r"\b[Aa]rticles? (\d+)(?:\(\d+\))?(?! (?:TEU|TFEU|of (?:the Charter|Directive|Regulation)))")


def main() -> None:
    """Print the proposals of one act, or of all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("mirror", type=Path)
    parser.add_argument("--act")
    arguments = parser.parse_args()
    links = load_recital_links()
    for source in load_manifest().act:
        if arguments.act in {None, source.id}:
            report(source, arguments.mirror, links)


def report(source: ActSource, mirror: Path, links: RecitalLinks) -> None:
    """One line a recital, then how often the foremost article of the table is among those proposed."""
    proposals = propose(in_force(source, mirror))
    agreed = linked = 0
    for recital, articles in proposals.items():
        decided = links.explained.get(Reference(source.id, recital), ())
        agrees = bool(decided) and decided[0].locator.top in articles
        linked, agreed = linked + bool(decided), agreed + agrees
        said = ", ".join(str(place.locator) for place in decided) or "none"
        print(f"{source.id}:{recital}  {', '.join(map(str, articles))}  table: {said}{'' if agrees else '  (differs)'}")
    print(f"{source.id}: the foremost article is among the {PROPOSED} proposed for {agreed} of {linked} recitals")


def in_force(source: ActSource, mirror: Path) -> Mapping[str, Act]:
    """The last version of an act, by language."""
    version = source.version[-1]
    return {text.lang: parse_act(source, version, text, lambda path: mirror / path).act for text in version.text}


def propose(acts: Mapping[str, Act]) -> dict[Locator, list[Locator]]:
    """The articles and annexes nearest to each recital, best first."""
    totals: dict[Locator, dict[Locator, float]] = {}
    for lang, act in acts.items():
        targets = [*act.tops(LocatorKind.ARTICLE), *act.tops(LocatorKind.ANNEX)]
        near = _bm25(act.tops(LocatorKind.RECITAL), targets, lang)
        for recital, scores in near:
            total = totals.setdefault(recital.locator, defaultdict(float))
            for target in targets:
                total[target.locator] += scores[target.locator] + TITLE * _title_share(target, recital)
            for number in _ARTICLE.findall(recital.text):
                total[Locator(LocatorKind.ARTICLE, number)] += MENTION
    known = {target.locator for act in acts.values() for target in act.provisions}
    return {
        recital: [place for place in sorted(total, key=total.__getitem__, reverse=True) if place in known][:PROPOSED]
        for recital, total in totals.items()
    }


def _title_share(target: Provision, recital: Provision) -> float:
    """Share of the content words of an article's title that stand in the recital."""
    wanted = {word[:6] for word in content_words(target.title)}
    have = {word[:6] for word in content_words(recital.official_text())}
    return len(wanted & have) / len(wanted) if wanted else 0.0


def _bm25(
    recitals: Sequence[Provision], targets: Sequence[Provision], lang: str
) -> Iterator[tuple[Provision, dict[Locator, float]]]:
    """Each recital as a question to the articles; the nearest scores 1."""
    texts = {target.locator: encode_passage(f"{target.title} {target.official_text()}", lang) for target in targets}
    vectors = {place: dict(zip(text.indices, text.values, strict=True)) for place, text in texts.items()}
    having = Counter(index for vector in vectors.values() for index in vector)
    rarity = {index: math.log(1 + (len(vectors) - n + 0.5) / (n + 0.5)) for index, n in having.items()}
    for recital in recitals:
        asked = encode_question(recital.official_text(), lang).indices
        scores = {
            place: sum(vector[index] * rarity[index] for index in asked if index in vector)
            for place, vector in vectors.items()
        }
        best = max(scores.values(), default=0.0) or 1.0
        yield recital, {place: score / best for place, score in scores.items()}


if __name__ == "__main__":
    main()
