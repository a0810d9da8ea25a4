"""Questions that lean on the one before: recognised by rule, completed from the conversation.

A question leans on the one before when it says so ("et à Lyon ?", "du coup", "dans ce cas", "same
thing under NIS2?"), when it is short and points back ("ils répondent pas"), or when it names too little to
stand alone ("quel délai ?"). It is then read together with the last question that stood alone and
with the one just before, and the completed question is shown. The failure this prevents: "et pour
les mineurs ?" searched as three words, or "et sous NIS 2 ?" searched in the text asked before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.question import Turn
from assistant.answering.reading.act_names import ActNames
from assistant.answering.text import content_words
from assistant.law.folding import fold

SHORT, NAMES = 9, 2
"""A question of at most so many words, of which at most so many name a subject, leans on the one before."""

_LEANS = re.compile(
    r"^(?:et|mais|donc|ok|alors|and|but|so|what about|how about)\b"
    r"|\b(?:du coup|dans ce cas|pareil|la meme chose|idem|ce cas|celui-ci|celui-la|celle-ci|celle-la|ceux-ci|ce texte"
    r"|cet article|cette regle|ce delai|same thing|in that case|that one|this one|that article|this article)\b"
)
_POINTS_BACK = re.compile(
    r"\b(?:ils?(?! (?:faut|faudra\w*|y a|est|existe|suffit))|elles?|lui|leurs?|eux|celui|celle|ceux|celles|ca|cela"
    r"|dedans|dessus|aussi|it|its|they|them|their|theirs|those|these|then|too|also|instead)\b"
)
"""Words of a short question that stand for something said before."""

_FACETS = frozenset(
    "delai delais temps duree date sanction sanctions amende amendes exception exceptions derogation risque risques"
    " obligation obligations condition conditions exemple exemples cas difference interet peut doit obligatoire droit"
    " possible autorise interdit deadline fine fines penalty example risk duty allowed"
    " required responsable qui quoi".split()
)
"""Words that say what is asked of a subject, and not which subject."""

_SAYS_NOTHING = frozenset(
    "same thing things pareil idem chose memes font fait faire fais applies apply question cas sous under chez vaut"
    " va also too".split()
)
"""Words of a follow-up that only ask the same again."""

_LONG = 25
"""A question of more words stands alone, however it begins."""

_ASKS_THE_PLACE = frozenset(
    "article articles art numero ref reference references source sources texte base legale fondement svp stp please"
    " merci exactement exact precisement precis exactly precise number text cite citer donne donner donnez ok quote"
    " legal basis basis".split()
)
"""Words of a follow-up that asks where the last answer stands, and nothing new."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that leans on another: what was asked before, and what is asked now."""

    base: str
    text: str

    @property
    def completed(self) -> str:
        """The question as it is understood, to be shown."""
        return f"{self.base} {self.text}"

    def searched(self, names: ActNames) -> str:
        """What to look for: the old question without the acts named there where the new one names its own."""
        if all(word in _ASKS_THE_PLACE for word in content_words(self.text)):
            return self.base
        base = names.without(self.base) if names.acts(self.text) else self.base
        return f"{base} {self.text}"

    def alone(self, names: ActNames) -> str:
        """What the new question asks in its own words, empty where it only asks the same of another text."""
        bare = names.without(self.text)
        return self.text if any(word not in _SAYS_NOTHING for word in content_words(bare)) else ""


def leans(text: str, history: Sequence[Turn]) -> bool:
    """Whether a question is to be read with what was asked before it."""
    if not any(turn.role == "user" for turn in history):
        return False
    plain, count = fold(text), len(text.split())
    if count <= _LONG and _LEANS.search(plain):
        return True
    subjects = [word for word in content_words(text) if word not in _FACETS and word not in _ASKS_THE_PLACE]
    return count <= SHORT and (len(subjects) <= NAMES or _POINTS_BACK.search(plain) is not None)


def follow_up(text: str, history: Sequence[Turn]) -> FollowUp | None:
    """The question with the one that it leans on; None when it stands alone."""
    if not leans(text, history):
        return None
    asked = [turn.content.strip() for turn in history if turn.role == "user" and turn.content.strip()]
    alone = next(n for n in reversed(range(len(asked))) if n == 0 or not leans(asked[n], [Turn("user", asked[n - 1])]))
    base = asked[-1] if alone == len(asked) - 1 else f"{asked[alone]} {asked[-1]}"
    return FollowUp(base, text)
