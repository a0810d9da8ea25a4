"""Where the program's own data lies: beside the code in a checkout, inside the package in a wheel.

The failure this prevents: a `pip install` that works only from inside the repository.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent


def checkout() -> Path | None:
    """The repository's root when the program runs from one, else None."""
    return _CHECKOUT if (_CHECKOUT / "corpus" / "manifest.toml").is_file() else None


def corpus_folder() -> Path:
    """The folder of the manifest, the model charter and the other data written for the program."""
    root = checkout()
    return root / "corpus" if root else _PACKAGE / "_data" / "corpus"


def prompts_folder() -> Path:
    """The folder of the prompts, one file per prompt and language."""
    root = checkout()
    return root / "prompts" if root else _PACKAGE / "_data" / "prompts"
