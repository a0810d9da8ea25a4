"""All texts at once: what was found, what is missing and why, with a bar on a terminal.

The failure this prevents: one text that nobody can reach today, and none of the others indexed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from assistant.adapters.download import Progress as Report
from assistant.adapters.http_response import Unavailable
from assistant.errors import CorpusError
from assistant.manifest import Manifest, SourceFile
from ingest.fetch import Accept, Fetched, Places, fetch_document, fetch_file


@dataclass(frozen=True, slots=True)
class Texts:
    """By the manifest's paths: the files found, and for each other one the error that says why."""

    found: dict[str, Fetched] = field(default_factory=dict)
    missing: dict[str, CorpusError] = field(default_factory=dict)


def needed_files(manifest: Manifest) -> tuple[SourceFile, ...]:
    """The files that the versions are made of, each once, in the manifest's order."""
    paths = (path for act in manifest.act for version in act.version for text in version.text for path in text.paths)
    return tuple(manifest.source(path) for path in dict.fromkeys(paths))


def fetch_texts(manifest: Manifest, places: Places, accept: Accept, console: Console | None = None) -> Texts:
    """Fetch every file and document; an error of one leaves the others.

    Once the publisher does not answer, it is not asked again: without a network this ends at once.
    """
    texts = Texts()
    with _bars(console or Console(stderr=True)) as bar:
        for source in needed_files(manifest):
            try:
                texts.found[source.path] = fetch_file(source, places, accept, bar(source.path))
            except CorpusError as error:
                texts.missing[source.path] = error
                if isinstance(error, Unavailable):
                    places = replace(places, no_network="the publisher does not answer")
    for document in manifest.document:
        try:
            texts.found[document.path] = fetch_document(document, places)
        except CorpusError as error:
            texts.missing[document.path] = error
    return texts


@contextmanager
def _bars(console: Console) -> Iterator[Callable[[str], Report]]:
    """A bar a download, from its first byte on; none where there is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:

        def bar(name: str) -> Report:
            tasks: list[TaskID] = []

            def report(done: int, total: int | None) -> None:
                if not tasks:
                    tasks.append(progress.add_task(name))
                progress.update(tasks[0], completed=done, total=total)

            return report

        yield bar
