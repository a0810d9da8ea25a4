"""Names of legal provisions as types: `parse(str(x)) == x`, and the act is part of every reference.

The failure this prevents: a citation that points next to the provision it means, because
"art. 4" and "art. 4 bis", or "5(1)(b)" and "5(1)(b bis)", were handled as loose text.

Grammar (language-neutral, one spelling for French and English):

    reference = article | recital | annex | section
    article   = "art-" number { "." part }        recital = "rec-" digits
    annex     = "anx-" ROMAN { "." part }         section = slug
    number    = digits [ order ]
    part      = digits [ order ] | letters [ order ] | "al" digits
    order     = "bis" | "ter" | "quater" | ...
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.errors import UnknownReference

ORDERS = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "decies")
_ORDER = "|".join(ORDERS)
_NUMBER = re.compile(rf"(\d+)({_ORDER})?")
_PART = re.compile(rf"al\d+|\d+(?:{_ORDER})?|[a-z]+?(?:{_ORDER})?")
_ROMAN = re.compile(r"(?=[IVXLC])(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class LocatorKind(StrEnum):
    """What the first piece of a locator names."""

    ARTICLE = "art"
    RECITAL = "rec"
    ANNEX = "anx"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Locator:
    """A place inside one act: `art-5.1.c`, `rec-71`, `anx-III.5.b`, `gouvernance`.

    `unit` is the article, recital, annex or section without its prefix (`5`, `4bis`, `III`);
    `parts` are the paragraph and points below it, outermost first.
    """

    kind: LocatorKind
    unit: str
    parts: tuple[str, ...] = ()
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Hash once: a ranking looks each place up in several tables."""
        object.__setattr__(self, "_hash", hash((self.kind.value, self.unit, self.parts)))

    def __hash__(self) -> int:
        return self._hash

    def __str__(self) -> str:
        head = self.unit if self.kind is LocatorKind.SECTION else f"{self.kind.value}-{self.unit}"
        return ".".join((head, *self.parts))

    @classmethod
    def parse(cls, text: str) -> Locator:
        """Read a locator; `UnknownReference` when the grammar does not allow it."""
        head, *parts = text.split(".")
        prefix, _, unit = head.partition("-")
        if prefix == "art" and _NUMBER.fullmatch(unit):
            kind = LocatorKind.ARTICLE
        elif prefix == "rec" and unit.isascii() and unit.isdigit() and not parts:
            kind = LocatorKind.RECITAL
        elif prefix == "anx" and _ROMAN.fullmatch(unit):
            kind = LocatorKind.ANNEX
        elif prefix not in {"art", "rec", "anx"} and _SLUG.fullmatch(head) and not parts:
            kind, unit = LocatorKind.SECTION, head
        else:
            raise UnknownReference(
                f"'{text}' is not a reference: write art-5.1.c, rec-71, anx-III.5.b or a section's name"
            )
        if not all(_PART.fullmatch(part) for part in parts):
            raise UnknownReference(f"'{text}': a part after the article is a number, a letter or 'al2'")
        return cls(kind, unit, tuple(parts))

    @property
    def top(self) -> Locator:
        """The article, recital, annex or section that holds this place."""
        return Locator(self.kind, self.unit)

    @property
    def parent(self) -> Locator | None:
        """One level up, or None at the top."""
        return Locator(self.kind, self.unit, self.parts[:-1]) if self.parts else None

    def child(self, part: str) -> Locator:
        """One level down."""
        return Locator(self.kind, self.unit, (*self.parts, part))

    def holds(self, other: Locator) -> bool:
        """Whether `other` is this place or inside it."""
        return (self.kind, self.unit) == (other.kind, other.unit) and other.parts[: len(self.parts)] == self.parts


@dataclass(frozen=True, slots=True)
class Reference:
    """A provision of a named act: `ai-act:art-5.1.c`."""

    act: str
    locator: Locator
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Hash once, as the locator."""
        object.__setattr__(self, "_hash", hash((self.act, self.locator)))

    def __hash__(self) -> int:
        return self._hash

    def __str__(self) -> str:
        return f"{self.act}:{self.locator}"

    @classmethod
    def parse(cls, text: str) -> Reference:
        """Read `act:locator`; `UnknownReference` when either half is malformed."""
        act, colon, locator = text.partition(":")
        if not colon or not _SLUG.fullmatch(act):
            raise UnknownReference(f"'{text}' is not a reference: write act:place, for example rgpd:art-33.1")
        return cls(act, Locator.parse(locator))

    @property
    def top(self) -> Reference:
        """The article, recital, annex or section that holds this provision."""
        return Reference(self.act, self.locator.top)

    @property
    def unit(self) -> Reference:
        """The same; of an annex, its first-level point."""
        locator = self.locator
        if locator.kind is LocatorKind.ANNEX and locator.parts:
            return Reference(self.act, Locator(locator.kind, locator.unit, locator.parts[:1]))
        return self.top


def split_number(number: str) -> tuple[str, str]:
    """Digits or letters, and order: `4bis` -> (`4`, `bis`), `c` -> (`c`, "")."""
    match = re.fullmatch(rf"(\d+|[a-z]+?)({_ORDER})?", number)
    if match is None:
        raise UnknownReference(f"'{number}' is not a number of a provision")
    return match[1], match[2] or ""


def order_letter(order: str) -> str:
    """The English letter of a Latin order: `bis` -> `a`, `ter` -> `b`; "" -> ""."""
    return "abcdefghi"[ORDERS.index(order)] if order else ""


def order_word(letter: str) -> str:
    """The Latin order of an English letter: `a` -> `bis`; `UnknownReference` past the table."""
    position = "abcdefghi".find(letter)
    if position < 0 or len(letter) != 1:
        raise UnknownReference(f"'{letter}' does not stand for an inserted provision")
    return ORDERS[position]
