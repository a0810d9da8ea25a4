"""all-MiniLM-L6-v2, the embedder that peers are measured with, pulled by the product where it is not there.

The failure this prevents: a comparison that silently lacks its peer.
"""

from __future__ import annotations

import sys

from assistant.adapters.model_files import pull
from assistant.errors import AssistantError
from assistant.ports import Embedder
from assistant.settings import Settings
from assistant.wiring import open_embedder

NAME = "all-MiniLM-L6-v2"


def open_minilm(settings: Settings) -> Embedder | None:
    """The embedder, or None after a line that says why there is none."""
    try:
        pull(settings, NAME)
        return open_embedder(settings.model_copy(update={"embedder": NAME}))
    except AssistantError as error:
        print(f"rows with MiniLM are left out: {error}", file=sys.stderr)
        return None
