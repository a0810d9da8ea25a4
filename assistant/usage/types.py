"""The words of a usage verdict as types: what is asked, what the catalogue and the rules say, what is answered.

Every axis of the decision table is an enumeration whose values are those of the files and of the
JSON; what could not be read is `inconnu`, a value like the others. The failure this prevents: a
question that falls between two rules because one spelt "données sensibles" otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.law.identifiers import Reference
from assistant.manifest import Bilingual


class Use(StrEnum):
    """What the tool would be used for.

    `EMOTIONS` is inferring how people feel; `BIOMETRICS` is recognising or sorting people by face,
    voice or body; `SURVEILLANCE` is any other watching of staff or of the public.
    """

    WRITE = "resumer_rediger"
    MINUTES = "compte_rendu"
    TRANSCRIBE = "transcription"
    TRANSLATE = "traduction"
    LETTER = "courrier_usager"
    IMAGE = "image"
    CODE = "code"
    TABLE = "tableau"
    RESEARCH = "recherche"
    DECISION_SUPPORT = "aide_decision"
    INDIVIDUAL_DECISION = "decision_individuelle"
    RECRUITMENT = "tri_candidatures"
    SURVEILLANCE = "surveillance"
    BIOMETRICS = "biometrie"
    EMOTIONS = "emotions"
    PUBLIC_AGENT = "agent_public"
    INTERPRETING = "traduction_orale"
    TRAINING = "formation"
    UNKNOWN = "inconnu"


class DataClass(StrEnum):
    """What is put into the tool.

    Sensitive data is that of GDPR art. 9 and 10; `MINORS` is data about children; `SECRETS` is what opens
    a system to an attacker (passwords, keys, network plans), which no tool may receive.
    """

    PUBLIC = "publiques"
    INTERNAL = "internes"
    PERSONAL = "personnelles"
    SENSITIVE = "sensibles"
    CONFIDENTIAL = "confidentielles"
    MINORS = "mineurs"
    SECRETS = "secrets"
    UNKNOWN = "inconnu"


class Audience(StrEnum):
    """Who receives the result: the staff, the people a service deals with, or everybody."""

    INTERNAL = "interne"
    USERS = "usagers"
    PUBLIC = "public"
    UNKNOWN = "inconnu"


class City(StrEnum):
    """Whose own rules apply beside the law and the charter."""

    STRASBOURG = "strasbourg"
    LYON = "lyon"
    OTHER = "autre"


class Status(StrEnum):
    """What the catalogue says of a tool; a tool that it does not name is `NOT_EVALUATED`."""

    AUTHORISED = "autorise"
    TRIAL = "experimentation"
    NOT_EVALUATED = "non_evalue"
    FORBIDDEN = "interdit"


class Sheet(StrEnum):
    """How a tool's entry bears on the question.

    `OTHER_USE` and `OTHER_DATA` are known of tools authorised or on trial only. `NO_TOOL`: the
    question named none; its status is `AUTHORISED` when some tool of the catalogue would do, else
    `NOT_EVALUATED`.
    """

    COVERED = "dans_la_fiche"
    OTHER_USE = "usage_hors_fiche"
    OTHER_DATA = "donnees_hors_fiche"
    NO_TOOL = "sans_outil"


class VerdictValue(StrEnum):
    """The answer to "may I?", from the freest to the strictest."""

    AUTHORISED = "autorise"
    CONDITIONS = "sous_conditions"
    TO_VALIDATE = "a_valider"
    NOT_EVALUATED = "non_evalue"
    FORBIDDEN = "interdit"


class Rank(StrEnum):
    """The norm that a rule's verdict rests on, highest first."""

    LAW = "loi"
    DELIBERATION = "deliberation"
    CHARTER = "charte"


class Role(StrEnum):
    """Whom a verdict sends the reader to."""

    REFERENT = "referent_ia"
    DPO = "dpo"
    SUPPORT = "support"


class Criterion(StrEnum):
    """The five criteria of the evaluation grid (deliberation E-2025-419)."""

    VALUE = "creation_de_valeur"
    SECURITY = "securite_des_donnees"
    ETHICS = "conformite_ethique"
    COMPLIANCE = "conformite_reglementaire"
    INTEROPERABILITY = "interoperabilite"


@dataclass(frozen=True, slots=True)
class Mark:
    """One criterion of a tool's grid: 0 (not met) to 4 (fully met), why, and when it was given."""

    criterion: Criterion
    score: int
    reason: str
    date: date


@dataclass(frozen=True, slots=True)
class Tool:
    """One entry of the catalogue. `source` dates what hosting and terms say; empty, they are to be checked."""

    slug: str
    name: str
    aliases: tuple[str, ...]
    misspellings: tuple[str, ...]
    publisher: str
    kind: Bilingual
    hosting: str
    terms: str
    source: str
    local: bool
    status: Status
    data: frozenset[DataClass]
    uses: frozenset[Use]
    conditions: tuple[Bilingual, ...]
    grid: tuple[Mark, ...]
    owner: str
    review_date: date | None


@dataclass(frozen=True, slots=True)
class Situation:
    """What is asked. `tool` is a slug of the catalogue, the words typed when it names none, "" when no tool was named.

    `status` and `sheet` follow from the catalogue: `Advisor.situation` fills them in.
    """

    tool: str = ""
    status: Status = Status.NOT_EVALUATED
    use: Use = Use.UNKNOWN
    data: DataClass = DataClass.UNKNOWN
    audience: Audience = Audience.UNKNOWN
    city: City = City.STRASBOURG
    sheet: Sheet = Sheet.COVERED


@dataclass(frozen=True, slots=True)
class Box:
    """Cells of the table: one set of values an axis."""

    status: frozenset[Status] = frozenset(Status)
    sheet: frozenset[Sheet] = frozenset(Sheet)
    use: frozenset[Use] = frozenset(Use)
    data: frozenset[DataClass] = frozenset(DataClass)
    audience: frozenset[Audience] = frozenset(Audience)
    city: frozenset[City] = frozenset(City)

    def holds(self, cell: Situation) -> bool:
        """Whether every axis of the situation is in its set."""
        return (
            cell.use in self.use
            and cell.status in self.status
            and cell.data in self.data
            and cell.sheet in self.sheet
            and cell.audience in self.audience
            and cell.city in self.city
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the table: where it holds (any box of `when`, none of `unless`), what it says, which clauses say so.

    Rules are tried by rank, then by `priority` (smallest first). `reason` is one sentence on why.
    """

    id: str
    rank: Rank
    priority: int
    when: tuple[Box, ...]
    unless: tuple[Box, ...]
    value: VerdictValue
    reason: Bilingual
    conditions: tuple[Bilingual, ...]
    contact: Role
    clauses: tuple[Reference, ...]

    def covers(self, cell: Situation) -> bool:
        """Whether the rule speaks of this situation."""
        return any(box.holds(cell) for box in self.when) and not any(box.holds(cell) for box in self.unless)


@dataclass(frozen=True, slots=True)
class Duty:
    """What goes with a use, a class of data or an audience, whichever rule decides.

    Where the verdict is one of `values`, `text` is a condition of it; where it is one of `cited`, nothing is
    asked and the clauses are only cited.
    """

    id: str
    when: tuple[Box, ...]
    values: frozenset[VerdictValue]
    cited: frozenset[VerdictValue]
    text: Bilingual | None
    clauses: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an agent can act on and a legal officer can check, in one language.

    `clauses` in the order to quote them; `alternatives` are slugs of tools allowed for the same use
    and data, freest first; `by_data` is the verdict for each class of data when the class is not known.
    """

    value: VerdictValue
    situation: Situation
    tool_name: str
    known_tool: bool
    reason: str
    conditions: tuple[str, ...]
    rule: str
    rank: Rank
    clauses: tuple[Reference, ...]
    contact: Role
    review_date: date | None
    warnings: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    by_data: tuple[tuple[DataClass, VerdictValue], ...] = ()
