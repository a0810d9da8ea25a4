from pathlib import Path

from assistant.chat.application import absent
from assistant.library import Library
from assistant.manifest import load_manifest


def test_texts_that_are_not_installed_are_named(tmp_path: Path) -> None:
    manifest = load_manifest()
    names = [name.fr for name in absent(Library(tmp_path, manifest))]
    assert names == [act.short.fr for act in manifest.act] + [document.short.fr for document in manifest.document]
    assert len(names) >= 7
