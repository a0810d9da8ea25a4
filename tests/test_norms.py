"""The level of each text."""

from __future__ import annotations

from assistant.law.hierarchy import Norm
from assistant.manifest import load_manifest
from assistant.norms import norms_of


def test_every_text_of_the_manifest_has_its_level() -> None:
    norms = norms_of(load_manifest())
    assert {norms[act] for act in ("rgpd", "ai-act", "nis2", "dsa", "data-act")} == {Norm.LAW}
    assert {norms[act] for act in ("deliberation-strasbourg", "cadre-lyon")} == {Norm.DELIBERATION}
    assert norms["charte"] is Norm.CHARTER
