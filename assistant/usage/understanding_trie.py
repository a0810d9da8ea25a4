"""Phrases as a tree of words: whole words, beginnings of words, gaps, and groups of words written once.

`@machine` in a phrase stands for each phrase of that group, which is a tree of its own: two groups of
fifty words in one phrase are not two thousand phrases to read at every start. The failure this
prevents: an oblique question ("une machine qui choisit") read as nothing because the list had "un logiciel".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.law.folding import fold

MOST_BETWEEN = 4
"""Words that `…` may stand for."""


def folded_phrase(phrase: str) -> str:
    """A phrase as it stands in a line, its `*`, `…`, `{}` and `@` kept."""
    kept = re.sub(r"[^a-z0-9*…{}@]+", " ", fold(phrase.replace("…", " \u0001 ")).replace("\u0001", "…"))
    return " ".join(kept.split())


class Node:
    """The words that may follow in some phrase: whole words, beginnings of words by first letter, groups, or a gap."""

    __slots__ = ("ends", "gap", "groups", "stems", "words")

    def __init__(self) -> None:
        self.words: dict[str, Node] = {}
        self.stems: dict[str, list[tuple[str, Node]]] = {}
        self.groups: list[tuple[Node, Node]] = []  # a group's own tree, and the node after it
        self.gap: Node | None = None
        self.ends = 0  # one bit a set of phrases that has one ending here

    def add(self, phrase: str, bit: int, groups: Mapping[str, Node]) -> None:
        """Take a phrase of the set that `bit` stands for."""
        node = self
        for word in folded_phrase(phrase).split():
            node = node._group(word[1:], groups) if word.startswith("@") else node._child(word)
        node.ends |= bit

    def begins(self, word: str) -> bool:
        """Whether some phrase may begin with a word: most words of a question are put aside here."""
        return word in self.words or word[0] in self.stems or any(group.begins(word) for group, _ in self.groups)

    def _group(self, name: str, groups: Mapping[str, Node]) -> Node:
        """The node after a group; `ValueError` for a group that is not written above."""
        if name not in groups:
            raise ValueError(f"@{name} is no group: write it under [groups], above what uses it")
        tree = groups[name]
        known = next((node for group, node in self.groups if group is tree), None)
        if known is None:
            known = Node()
            self.groups.append((tree, known))
        return known

    def _child(self, word: str) -> Node:
        """The node after one word of a phrase, made when it is new."""
        if word == "…":
            self.gap = self.gap or Node()
            return self.gap
        if not word.endswith("*"):
            return self.words.setdefault(word, Node())
        stem = word[:-1]
        known = self.stems.setdefault(stem[0], [])
        node = next((node for beginning, node in known if beginning == stem), None)
        if node is None:
            node = Node()
            known.append((stem, node))
        return node


def grown(groups: Mapping[str, Sequence[str]]) -> dict[str, Node]:
    """A tree for each group of words; a group may name those above it."""
    trees: dict[str, Node] = {}
    for name, phrases in groups.items():
        tree = Node()
        for phrase in phrases:
            tree.add(phrase, 1, trees)
        trees[name] = tree
    return trees


def longest(node: Node, words: Sequence[str], index: int) -> int:
    """The position after the longest phrase from `index` on; 0 when none ends anywhere."""
    best = index if node.ends else 0
    for following, after in _following(node, words, index):
        best = max(best, longest(following, words, after))
    return best


def ends(node: Node, words: Sequence[str], index: int) -> Iterator[tuple[int, int]]:
    """The bits of every phrase from `index` on, and the position after it."""
    if node.ends:
        yield node.ends, index
    for following, after in _following(node, words, index):
        yield from ends(following, words, after)


def _following(node: Node, words: Sequence[str], index: int) -> Iterator[tuple[Node, int]]:
    """The nodes that the next words lead to, and the positions after those words."""
    if index < len(words):
        word = words[index]
        if word in node.words:
            yield node.words[word], index + 1
        for stem, after in node.stems.get(word[0], ()):
            if word.startswith(stem):
                yield after, index + 1
        for group, node_after in node.groups:
            if group.begins(word):
                for end in {end for _, end in ends(group, words, index)}:
                    yield node_after, end
    if node.gap is not None:
        yield from ((node.gap, start) for start in _over_the_gap(words, index))


def _over_the_gap(words: Sequence[str], index: int) -> Iterator[int]:
    """Where the words after a gap may start, in the same clause."""
    for start in range(index, min(index + MOST_BETWEEN, len(words)) + 1):
        yield start
        if start < len(words) and words[start] == "|":
            return
