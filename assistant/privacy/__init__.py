"""Likely personal data in what is typed, found before it reaches a model or a log."""

from assistant.privacy.detect import findings
from assistant.privacy.finding import Finding, Kind
from assistant.privacy.mask import mask

__all__ = ["Finding", "Kind", "findings", "mask"]
