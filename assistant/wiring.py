"""Settings to adapters to pipelines; heavy libraries are imported here, late.

The failure this prevents: a `show` that waits four seconds for a neural network it does not use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from assistant.answering.absent.find import AbsentTexts
from assistant.answering.answer import Fingerprints
from assistant.answering.composition.compose import VARIABLES, Composer
from assistant.answering.composition.points import Teller
from assistant.answering.composition.prompts import load_template
from assistant.answering.pipeline import Assistant, Profile
from assistant.answering.reading.act_names import ActNames
from assistant.answering.reading.advice import UsageDesk
from assistant.answering.reading.understand import Reader
from assistant.answering.refusal.scope import load_scope
from assistant.answering.retrieval.ranking import Priors
from assistant.answering.retrieval.retrieve import Retriever
from assistant.errors import AssistantError, IndexMissing, StoreError
from assistant.law.identifiers import Locator, Reference
from assistant.lexicon import load_lexicon
from assistant.library import Library
from assistant.manifest import ActSource, Manifest, load_manifest
from assistant.models import load_catalogue, require
from assistant.resources import prompts_folder
from assistant.settings import Settings
from assistant.text_names import names_of_acts
from assistant.thesaurus import load_thesaurus
from assistant.usage.advise import open_advisor
from assistant.usage.understanding import UsageReader
from assistant.usage.understanding_lexicon import load_usage_lexicon
from assistant.versions import changed_days

if TYPE_CHECKING:
    from assistant.adapters.generations import Draft, Generation, Generations, Recipe
    from assistant.adapters.index import IndexBackend, IndexStore, OpenIndex
    from assistant.ports import Embedder, LanguageModel, Reranker


def today() -> date:
    """The day on which the program runs; nothing below this module asks."""
    return datetime.now(tz=UTC).astimezone().date()


def open_assistant(settings: Settings) -> Assistant:
    """Everything that answers need; errors of index and models come through as `AssistantError`."""
    return _opened(settings, _chat_model)


def open_searcher(settings: Settings) -> Assistant:
    """The same without a chat model: it searches, and answers by extracts."""
    return _opened(settings, lambda _settings, _resources: None)


def open_library(settings: Settings) -> Library:
    """The parsed acts of the index in use, whatever it was embedded with."""
    generation = current_index(settings)
    if generation is None:
        raise IndexMissing("nothing was indexed yet: run `assistant ingest`")
    return Library(generation.folder / "acts", load_manifest())


def current_index(settings: Settings) -> Generation | None:
    """The generation in use where it can be read and was made with these settings, else None."""
    generations, _ = _index(settings)
    try:
        generation = generations.current()
    except StoreError:
        return None
    return generation


def index_fits(settings: Settings) -> bool:
    """Whether the index in use was made with the embedder and store that the settings name."""
    generation = current_index(settings)
    return generation is not None and generation.meta.recipe == recipe(settings)


def check_index(settings: Settings) -> str:
    """Why the index cannot answer, empty when it can."""
    generations, _ = _index(settings)
    try:
        generations.require(recipe(settings))
    except AssistantError as error:
        return str(error)
    return ""


def recipe(settings: Settings) -> Recipe:
    """What an index for these settings is made with."""
    from assistant.adapters.generations import Recipe

    return Recipe.of(embedder_name(settings), _index(settings)[1].kind)


def embedder_name(settings: Settings) -> str:
    """The name that the configured embedder will have, without loading it."""
    from assistant.adapters.model_folder import revision

    folder = require(settings, settings.embedder, "embedder")
    model = load_catalogue().find(settings.embedder)
    prefixes = (model.prefixes.question, model.prefixes.passage) if model and model.prefixes else ()
    return f"{folder.name}@{revision(folder, *prefixes)}"


def open_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings name, for passages."""
    from assistant.adapters.embedder import load_embedder

    return load_embedder(settings)


@contextmanager
def open_draft(settings: Settings) -> Iterator[Draft]:
    """A new generation; swapped in on leaving, if `Draft.complete` was called."""
    generations, _ = _index(settings)
    with generations.build(recipe(settings)) as draft:
        yield draft


@contextmanager
def open_writer(settings: Settings, draft: Draft, dimensions: int) -> Iterator[IndexStore]:
    """The store of a draft; left without an error, all is written."""
    with _index(settings)[1].writer(draft, dimensions) as store:
        yield store


def priors_of(manifest: Manifest) -> Priors:
    """Whose each local text is, and what some articles are for."""

    def articles(refs: Callable[[ActSource], Iterable[str]]) -> frozenset[Reference]:
        return frozenset(Reference(act.id, Locator.parse(ref)).top for act in manifest.act for ref in refs(act) if ref)

    return Priors(
        owners={document.id: document.collectivite for document in manifest.document if document.collectivite},
        remote=articles(lambda act: act.remote),
        definitions=articles(lambda act: (act.definitions,)),
        application=articles(lambda act: (rule.basis for rule in act.application)),
    )


def _opened(settings: Settings, model_of: Callable[[Settings, ExitStack], LanguageModel | None]) -> Assistant:
    """The assistant over the index in use; its `close`, or an error on the way, lets go of all that was opened."""
    resources = ExitStack()
    try:
        index = _open_index(settings)
        resources.callback(index.close)
        return _assistant(settings, index, model_of(settings, resources), resources.close)
    except BaseException:
        resources.close()
        raise


def _assistant(
    settings: Settings, index: OpenIndex, model: LanguageModel | None, close: Callable[[], None]
) -> Assistant:
    from assistant.adapters.embedder import load_question_embedder
    from assistant.adapters.energy import energy_meter

    manifest = load_manifest()
    library = Library(index.acts, manifest)
    priors = priors_of(manifest)
    retriever = Retriever(
        index.store, index.lines, load_question_embedder(settings), library, priors, settings.retrieval.candidates
    )
    return Assistant(
        library=library,
        reader=_reader(settings, library, priors),
        retriever=retriever,
        composer=_composer(settings, library, model),
        absent=AbsentTexts(library, load_lexicon(), retriever, load_scope()),
        reranker=_reranker(settings),
        profile=Profile(
            contact=_contact(settings),
            fingerprints=Fingerprints(index.generation.meta.corpus, settings.fingerprint(), index.generation.id),
        ),
        today=today,
        energy=energy_meter(),
        close=close,
    )


def _reader(settings: Settings, library: Library, priors: Priors) -> Reader:
    return Reader(
        ActNames.of(
            names_of_acts(library.manifest, library, load_lexicon()),
            (document.collectivite for document in library.manifest.document),
        ),
        load_thesaurus(),
        _desk(settings, library),
        priors.owners,
        changed_days(library),
        settings.language,
        settings.collectivite,
    )


def _composer(settings: Settings, library: Library, model: LanguageModel | None) -> Composer:
    templates = {lang: load_template(prompts_folder(), "answer", lang, VARIABLES) for lang in ("fr", "en")}
    teller = Teller(load_lexicon(), library)
    return Composer(model, teller, templates, settings.retrieval.evidence, settings.generation.max_tokens)


def _desk(settings: Settings, library: Library) -> UsageDesk:
    """The rules of use over the city's catalogue."""
    advisor = open_advisor(settings, library)
    return UsageDesk(UsageReader(advisor.catalogue.tools, load_usage_lexicon()), advisor, settings.contacts)


def _index(settings: Settings) -> tuple[Generations, IndexBackend]:
    from assistant.adapters.generations import Generations
    from assistant.adapters.index import backend

    where = backend(settings.qdrant_url)
    return Generations(settings.data / "index", where.remove), where


def _open_index(settings: Settings) -> OpenIndex:
    from assistant.adapters.index import open_index

    generations, where = _index(settings)
    return open_index(generations, recipe(settings), where)


def _chat_model(settings: Settings, resources: ExitStack) -> LanguageModel | None:
    if not settings.chat_model:
        return None
    from assistant.adapters.llama_cpp import load_chat_model

    model = load_chat_model(settings)
    resources.callback(model.close)
    return model


def _reranker(settings: Settings) -> Reranker | None:
    if not settings.reranker:
        return None
    from assistant.adapters.reranker import load_reranker

    return load_reranker(settings)


def _contact(settings: Settings) -> str:
    people = [person for person in (settings.contacts.referent_ia, settings.contacts.dpo) if person]
    return " ou ".join(people)
