"""What the mark of a file says: that an AI system made it, when, how, with which model, and who answers for it.

The failure this prevents: a checker that can say "unaltered" but not what was signed.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from assistant.errors import MarkError

IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
"""The IPTC vocabulary that `digital_source_type` is taken from."""


@dataclass(frozen=True, slots=True)
class Record:
    """The facts that are signed with a file.

    `model` is None where no language model wrote; `digital_source_type` is the IPTC term as a URI;
    `reviewer` and `editor` are both empty unless a person reviewed the text and another, or the
    same, takes editorial responsibility for it (AI Act, art. 50(4)).
    """

    made_at: datetime
    mode: str
    model: str | None
    digital_source_type: str
    program: str
    reviewer: str = ""
    editor: str = ""

    def to_json(self) -> dict[str, Any]:
        """Key for key, the date in ISO 8601."""
        return {**asdict(self), "made_at": self.made_at.isoformat(timespec="seconds")}

    def encode(self) -> str:
        """URL-safe base64 without padding, so that it fits into a comment of any format."""
        text = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, encoded: str) -> Record:
        """Read `encode` back; `MarkError` when it holds anything else."""
        try:
            facts = json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
            return cls(**{**facts, "made_at": datetime.fromisoformat(facts["made_at"])})
        except (binascii.Error, ValueError, TypeError, KeyError) as error:
            raise MarkError(f"the mark cannot be read ({error}): the file was altered") from error
