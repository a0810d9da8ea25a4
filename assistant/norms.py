"""The level of each text of the manifest in the hierarchy of norms.

The failure this prevents: an order of norms that each part of the program works out for itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.law.hierarchy import Norm, norm_of
from assistant.manifest import Manifest


def norms_of(manifest: Manifest) -> Mapping[str, Norm]:
    """Levels by act code; a code that is missing here is `Norm.OTHER`."""
    laws = {act.id: norm_of(act.kind) for act in manifest.act}
    return laws | {document.id: norm_of(document.kind) for document in manifest.document}
