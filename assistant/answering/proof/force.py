"""The words that decide what a rule says: not, must, may, only, unless, at least, before.

One table a language, phrases before the words they hold. The failure this prevents: "peut" told as
"doit", and an exception that is lost because each check knew its own three words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.proof.numbers import read_number

FORCE, LIMIT = "force", "limit"
NOT, MUST, MAY, SHOULD, ONLY, EXCEPT, WITHOUT = "not", "must", "may", "should", "only", "except", "without"
FORBIDDEN, MUST_NOT, MAY_NOT, SHOULD_NOT = "forbidden", "must not", "may not", "should not"
REFUSED, BAN, NON, OR_NOT, OTHER_THAN = "refused", "ban", "non", "or not", "other than"

_FRENCH = {
    MAY: "peut|peuvent|pourra|pourront|pourrait|pourraient|puisse|puissent|pouvait|pouvaient|est autorise|"
    "est autorisee|sont autorises|sont autorisees|a la faculte|ont la faculte|facultatif|facultative",
    MUST: "doit|doivent|devra|devront|doive|est tenu|est tenue|sont tenus|sont tenues|soit tenu|soient tenus|"
    "tenu de|tenue de|tenus de|tenues de|tenu d|tenue d|tenus d|tenues d|"
    "il faut|obligatoire|obligatoires|obligatoirement|oblige|obligee|obliges|obligees|est contraint|sont contraints|"
    "a l obligation de|ont l obligation de",
    SHOULD: "devrait|devraient|il convient|est recommande|il est souhaitable",
    FORBIDDEN: "interdit|interdite|interdits|interdites|interdisent|interdire|interdisant|"
    "prohibe|prohibee|prohibes|prohibees|defense de",
    BAN: "interdiction|interdictions",
    NON: "non",
    OR_NOT: "ou non|ou pas",
    OTHER_THAN: "autre que|autres que|autre qu|autres qu",
    ONLY: "uniquement|seulement|exclusivement|seul|seule|seuls|seules|strictement",
    EXCEPT: "sauf|excepte|hormis|a l exception|a l exclusion|a moins|exceptionnellement|en dehors",
    WITHOUT: "sans",
    REFUSED: "refuse|refusent|refuser|refus|refusee|refusees|s abstient|s abstiennent|s abstenir|abstention|exclu|"
    "exclue|exclus|exclues|exclut|excluent|exempte|exemptee|exemptes|exemptees|dispense|dispensee|dispenses",
    NOT: "pas|jamais|aucun|aucune|ni|nul|nulle",
    "min": "au moins|minimum|minimal|minimale|minimales|minimaux|au minimum",
    "max": "au plus|maximum|maximal|maximale|maximales|maximaux|au maximum|jusqu a|plafond",
    "more": "plus de|superieur|superieure|superieurs|superieures|excede|excedent|depasse|depassent|depassant|au dela",
    "less": "moins de|inferieur|inferieure|inferieurs|inferieures|en deca",
    "latest": "au plus tard|plus tard",
    "earliest": "au plus tot|plus tot",
    "before": "avant|prealablement|prealable|prealables",
    "after": "apres|a l issue",
    "from": "a partir|a compter",
}
_ENGLISH = {
    MAY: "may|can|could|might|is allowed|are allowed|is permitted|are permitted|optional|is free to|are free to",
    MUST: "shall|must|has to|have to|is required|are required|be required|is obliged|are obliged|be obliged|mandatory|"
    "compulsory|is bound to|are bound to",
    SHOULD: "should|ought|is recommended|are recommended",
    MUST_NOT: "shall not|must not|must never|shall never",
    MAY_NOT: "may not|cannot|can not|could not|can never|may never|neither may|nor may",
    SHOULD_NOT: "should not|should never",
    FORBIDDEN: "prohibited|prohibit|prohibits|prohibiting|forbidden|forbid|forbids|banned|"
    "is not allowed|are not allowed|is not permitted|are not permitted",
    BAN: "prohibition|prohibitions|ban|bans",
    NON: "non",
    OR_NOT: "or not",
    OTHER_THAN: "other than",
    ONLY: "only|solely|exclusively|strictly|merely",
    EXCEPT: "unless|except|excepted|excepting|save|exception|exceptions|exceptionally|apart from|excluding|excluded",
    WITHOUT: "without",
    REFUSED: "refuse|refuses|refused|refusal|refrain|refrains|exempt|exempted|exempts|waive|waived|preclude|precludes",
    NOT: "not|no|never|none|nor|neither|nothing|isn t|aren t|doesn t|don t|won t",
    "min": "at least|minimum|not less than|no less than|no fewer than|not fewer than",
    "max": "at most|maximum|up to|not exceeding|no more than|not more than|capped",
    "more": "more than|exceed|exceeds|exceeding|exceeded|greater|higher|above",
    "less": "less than|fewer than|below|lower",
    "latest": "no later than|at the latest|not later than",
    "earliest": "no earlier than|at the earliest|not earlier than",
    "before": "before|prior|beforehand",
    "after": "after|expiry",
    "from": "as from|as of|starting from",
}
_LIMITS = {"min", "max", "more", "less", "latest", "earliest", "before", "after", "from"}
_IDIOMS = {
    "fr": "sans prejudice|compte tenu|tenu compte|non seulement|avant tout|d autant plus|le cas echeant|pas moins",
    "en": "without prejudice|not only|no doubt|as of right",
}
"""Phrases whose small words decide nothing."""

_WITHIN: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "fr": (("dans", "un", "delai", "de"), ("dans", "un", "delai", "d"), ("dans", "les"), ("sous",)),
    "en": (("within", "a", "period", "of"), ("within",)),
}
"""What says "at the latest" before a number."""

_SECOND_HALF = {"pas", "point", "jamais", "aucun", "aucune", "nul", "nulle", "guere", "plus", "ni", "rien", "personne"}
_DENIED = {MAY: MAY_NOT, MUST: MUST_NOT, SHOULD: SHOULD_NOT}
_PRONOUNS = {"se", "s", "le", "la", "les", "l", "y", "en", "lui", "leur"}
_REACH = 9
"""Words after "ne" within which its second half stands."""


@dataclass(frozen=True, slots=True)
class Marker:
    """What was read at a place: its family and value, the next place, and places read with it further on."""

    family: str
    value: str
    end: int
    also: tuple[int, ...] = ()


def _phrases(table: Mapping[str, str], idioms: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """By their first word, the longest first; idioms have no value."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    rows = [(value, text) for value, texts in table.items() for text in texts.split("|")]
    for value, text in [*rows, *(("", idiom) for idiom in idioms.split("|"))]:
        parts = tuple(text.split())
        by_first.setdefault(parts[0], []).append((parts, value))
    for found in by_first.values():
        found.sort(key=lambda row: -len(row[0]))
    return by_first


_TABLES = {"fr": _phrases(_FRENCH, _IDIOMS["fr"]), "en": _phrases(_ENGLISH, _IDIOMS["en"])}


def _counts(words: Sequence[str], at: int) -> bool:
    return at < len(words) and read_number(words, at) is not None


def marker_starters(lang: str) -> frozenset[str]:
    """Words with which a marker may begin."""
    return frozenset(_TABLES[lang]) | {parts[0] for parts in _WITHIN[lang]} | ({"ne", "n"} if lang == "fr" else set())


def read_marker(words: Sequence[str], at: int, lang: str) -> Marker | None:
    """The marker that begins at `words[at]` (folded words of one clause), None when none does."""
    if lang == "fr" and words[at] in {"ne", "n"}:
        return _french_negation(words, at)
    for parts in _WITHIN[lang]:
        if tuple(words[at : at + len(parts)]) == parts and _counts(words, at + len(parts)):
            return Marker(LIMIT, "latest", at + len(parts))
    for parts, value in _TABLES[lang].get(words[at], ()):
        if tuple(words[at : at + len(parts)]) == parts:
            return Marker(LIMIT if value in _LIMITS else FORCE, value, at + len(parts))
    return None


def _french_negation(words: Sequence[str], at: int) -> Marker:
    """`ne … pas` is "not", `ne peut … pas` "may not", `ne … que` "only"; a lone "ne" is none ("avant que … ne")."""
    stop = min(len(words), at + _REACH)
    half = next((n for n in range(at + 1, stop) if words[n] in _SECOND_HALF or words[n] in {"que", "qu"}), None)
    if half is not None and words[half] in {"que", "qu"}:
        return Marker(FORCE, ONLY, at + 1, (half,))
    verb = next((n for n in range(at + 1, stop) if words[n] not in _PRONOUNS), at)
    also = () if half is None else (half,)
    kind = _modality(words[verb])
    if kind:
        return Marker(FORCE, kind, at + 1, (*also, verb))
    return Marker(FORCE, "" if half is None else NOT, at + 1, also)


def _modality(verb: str) -> str:
    """What "ne" and a modal verb say together, empty when the verb is none."""
    if verb in {"saurait", "sauraient"}:
        return MAY_NOT
    return next((_DENIED[value] for parts, value in _of(verb) if parts == (verb,) and value in _DENIED), "")


def _of(word: str) -> Sequence[tuple[tuple[str, ...], str]]:
    return _TABLES["fr"].get(word, ())
