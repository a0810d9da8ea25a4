"""The order of norms."""

from __future__ import annotations

from assistant.law.hierarchy import Norm, by_norm, norm_of


def test_law_stands_over_deliberation_over_charter_over_the_rest() -> None:
    kinds = ["catalogue", "charter", "framework", "directive", "deliberation", "regulation"]
    assert by_norm(kinds, norm_of) == ["directive", "regulation", "framework", "deliberation", "charter", "catalogue"]


def test_a_text_that_the_manifest_does_not_know_is_no_norm() -> None:
    assert norm_of("") is Norm.OTHER
