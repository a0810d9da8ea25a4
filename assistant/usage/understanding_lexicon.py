"""`corpus/lexique/usages.toml`, read, checked and compiled: how agents speak of uses, data and permission.

The failure this prevents: words of agents in the code, where nobody who knows agents can mend them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.data_files import read_toml
from assistant.errors import ManifestError
from assistant.resources import corpus_folder
from assistant.usage.types import Audience, DataClass, Use
from assistant.usage.understanding_trie import folded_phrase, grown
from assistant.usage.understanding_words import PhraseSet, RankedPhrases


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Phrases(_Strict):
    """Phrases in both languages."""

    fr: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    @property
    def both(self) -> tuple[str, ...]:
        """All of them: agents mix the languages."""
        return self.fr + self.en


class _Use(_Strict):
    value: Use
    data: DataClass = DataClass.UNKNOWN
    audience: Audience = Audience.UNKNOWN
    strong: Phrases
    weak: Phrases = Phrases()


class _Data(Phrases):
    value: DataClass


class _Audience(Phrases):
    value: Audience


class _Lowering(Phrases):
    kind: str
    to: dict[DataClass, DataClass]


class _Raising(Phrases):
    uses: frozenset[Use]
    to: DataClass


class _Permission(_Strict):
    asks: Phrases
    before: Phrases
    indirect: Phrases
    never: Phrases
    means: Phrases
    law: Phrases
    tasks: Phrases


class _Generic(Phrases):
    """`acting`: a thing that does something, which is an AI only when what it does is a use of an AI."""

    excluded: tuple[str, ...]
    acting: tuple[str, ...] = ()


class Context(_Strict):
    """Turns of phrase around a name, `{}`, that make it a tool, or something `other`."""

    tool: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


class Ambiguous(Context):
    """Names of tools that are also words or first names; `own`: the shared turns of phrase do not hold for them."""

    names: tuple[str, ...]
    own: bool = False


class _Spelling(_Strict):
    ordinary: tuple[str, ...]


class Unknown(_Strict):
    """How a tool that the catalogue has not is recognised."""

    after: tuple[str, ...]
    names_after: tuple[str, ...]
    near: tuple[str, ...]
    endings: tuple[str, ...]
    domains: tuple[str, ...]
    not_names: tuple[str, ...]


class _Web(_Strict):
    """How a tool from the web is spoken of without a name; `{}` in a turn of phrase stands for one of `things`."""

    things: Phrases
    turns: Phrases
    excluded: tuple[str, ...]


class _FollowUp(_Strict):
    opens: tuple[str, ...]
    same: tuple[str, ...]


class _File(_Strict):
    groups: dict[str, tuple[str, ...]] = {}
    use: tuple[_Use, ...]
    data: tuple[_Data, ...]
    lowering: tuple[_Lowering, ...]
    raising: tuple[_Raising, ...]
    audience: tuple[_Audience, ...]
    permission: _Permission
    generic: _Generic
    context: Context
    ambiguous: tuple[Ambiguous, ...]
    spelling: _Spelling
    unknown: Unknown
    web: _Web
    follow_up: _FollowUp


@dataclass(frozen=True, slots=True)
class UseRow:
    """One use, and what it handles and for whom by nature."""

    use: Use
    data: DataClass
    audience: Audience


@dataclass(frozen=True, slots=True)
class Lowering:
    """Words that lower a class of data, and each class's new one (unchanged where it has none)."""

    kind: str
    phrases: PhraseSet
    to: Mapping[DataClass, DataClass]


@dataclass(frozen=True, slots=True)
class Raising:
    """Words that, for some uses, raise what is said to be handled to a class."""

    uses: frozenset[Use]
    phrases: PhraseSet
    to: DataClass


@dataclass(frozen=True, slots=True)
class UsageLexicon:
    """All phrases, ready to be found; `uses`, `data` and `audiences` by priority.

    `strong` says a use, `weak` only names its object: their ranks are those of `uses`. The ranks of
    `data` are those of `data_classes`.
    """

    uses: tuple[UseRow, ...]
    strong: RankedPhrases
    weak: RankedPhrases
    data: RankedPhrases
    data_classes: tuple[DataClass, ...]
    lowerings: tuple[Lowering, ...]
    raisings: tuple[Raising, ...]
    audiences: tuple[tuple[Audience, PhraseSet], ...]
    asks: PhraseSet
    before: PhraseSet
    indirect: PhraseSet
    never: PhraseSet
    means: PhraseSet
    law: PhraseSet
    tasks: PhraseSet
    generic: Mapping[str, PhraseSet]
    not_generic: PhraseSet
    acting: PhraseSet
    context: Context
    ambiguous: tuple[Ambiguous, ...]
    ordinary: frozenset[str]
    unknown: Unknown
    web: PhraseSet
    not_web: PhraseSet
    opens: PhraseSet
    same: PhraseSet


@lru_cache(maxsize=4)
def load_usage_lexicon(path: Path | None = None) -> UsageLexicon:
    """Read and compile the file; `ManifestError` names the wrong field."""
    path = path or corpus_folder() / "lexique" / "usages.toml"
    file = read_toml(path, _File)
    try:
        return _compiled(file)
    except ValueError as error:
        raise ManifestError(f"{path.name}: {error}") from error


def _compiled(file: _File) -> UsageLexicon:
    permission = file.permission
    groups = grown(file.groups)
    phrases = partial(PhraseSet, groups=groups)
    return UsageLexicon(
        uses=tuple(UseRow(row.value, row.data, row.audience) for row in file.use),
        strong=RankedPhrases((row.strong.both for row in file.use), groups),
        weak=RankedPhrases((row.weak.both for row in file.use), groups),
        data=RankedPhrases((row.both for row in file.data), groups),
        data_classes=tuple(row.value for row in file.data),
        lowerings=tuple(Lowering(row.kind, phrases(row.both), row.to) for row in file.lowering),
        raisings=tuple(Raising(row.uses, phrases(row.both), row.to) for row in file.raising),
        audiences=tuple((row.value, phrases(row.both)) for row in file.audience),
        asks=phrases(permission.asks.both),
        before=phrases(permission.before.both),
        indirect=phrases(permission.indirect.both),
        never=phrases(permission.never.both),
        means=phrases(permission.means.both),
        law=phrases(permission.law.both),
        tasks=phrases(permission.tasks.both),
        generic={"fr": phrases(file.generic.fr), "en": phrases(file.generic.both)},
        not_generic=phrases(file.generic.excluded),
        acting=phrases(file.generic.acting),
        context=file.context,
        ambiguous=file.ambiguous,
        ordinary=_ordinary(file),
        unknown=file.unknown,
        web=phrases(_web_phrases(file.web)),
        not_web=phrases(file.web.excluded),
        opens=phrases(file.follow_up.opens),
        same=phrases(file.follow_up.same),
    )


def _web_phrases(web: _Web) -> Iterator[str]:
    for turns, things in ((web.turns.fr, web.things.fr), (web.turns.en, web.things.en)):
        yield from (turn.replace("{}", thing) for turn in turns for thing in things)


def _ordinary(file: _File) -> frozenset[str]:
    """Words that are never a misspelt tool: those listed, and every whole word of the phrases about uses and data."""
    phrases = [*file.spelling.ordinary, *(phrase for group in file.groups.values() for phrase in group)]
    for row in file.use:
        phrases += [*row.strong.both, *row.weak.both]
    for rows in (file.data, file.lowering, file.audience):
        for phrase_row in rows:
            phrases += phrase_row.both
    return frozenset(word for phrase in phrases for word in folded_phrase(phrase).split() if word.isalnum())
