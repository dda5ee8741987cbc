"""Machine translation: whole documents in, scored translations out.

route = engines.load("en", "ru")
for translation in engines.translate(route, sentences): ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from aligner.engines.packages import Model
    from aligner.records import Alignment


@dataclass(frozen=True, slots=True)
class Settings:
    """How models run.

    Attributes:
        device: "cpu" or "cuda".
        threads: CPU threads in all; 0 takes every core.
        beam: hypotheses kept while decoding.
    """

    device: Literal["cpu", "cuda"] = "cpu"
    threads: int = 0
    beam: int = 4


@dataclass(frozen=True, slots=True)
class Translation:
    """What an engine made of one sentence.

    Attributes:
        text: the translation.
        score: geometric mean of the token probabilities, 0 to 1; 1 for what was copied.
        tokens: the target tokens, empty for what was copied.
        issues: what went wrong, as `Target.issues`.
    """

    text: str
    score: float
    tokens: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


class Engine(Protocol):
    """A model that translates from one language into another.

    The work is planned first, so that a caller may keep the batches as they come and, after an
    interruption, ask for the missing ones only: the same plan gives the same translations.
    """

    model: Model

    def plan(self, sentences: Sequence[str]) -> list[list[int]]:
        """Part the sentences into batches of similar length, longest first; gives indexes."""

    def translate(
        self, batches: Iterable[Sequence[str]], *, careful: bool = False
    ) -> Iterator[list[Translation]]:
        """Translate batch by batch, in the order given; several are under way at a time.

        Args:
            batches: the sentences of each batch.
            careful: search in a way that cannot loop and loses no e-mail, URL or placeholder.
        """

    def cost(self, text: str) -> int:
        """Count the source tokens of a text: few for what the model has often seen."""

    def align(self, sources: Sequence[str], targets: Sequence[str]) -> list[Alignment]:
        """Align each target with its source, by the attention of the model as it writes it."""

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[tuple[float, ...]]:
        """Log probability of each token of the targets; the last is that of the end (</s>)."""

    def complete(
        self, sources: Sequence[str], beginnings: Sequence[str], best: int = 1
    ) -> list[list[str]]:
        """Translate each source by a text that begins as given; the `best` texts, best first."""


class Store(Protocol):
    """Keeps the translations of finished batches, by a key that says which batch of which pass."""

    def __contains__(self, batch: str, /) -> bool:
        """Whether the batch is there."""

    def __getitem__(self, batch: str, /) -> list[Translation]:
        """The translations of a batch, in its order."""

    def __setitem__(self, batch: str, translations: list[Translation], /) -> None:
        """Keep a batch."""


# Told how many sentences of how many are done.
Progress = Callable[[int, int], None]


def silent(*_: object) -> None:
    """Report progress to nobody."""


def load(source: str, target: str, settings: Settings = Settings()) -> list[Engine]:
    """Load the route for a language pair: one engine, or two that meet in English.

    Raises:
        ModelMissing: no installed or starter model serves the pair.
        PackageError: the model is there but broken.
    """
    from aligner.engines import packages
    from aligner.engines.argos import ArgosEngine

    return [ArgosEngine(model, settings) for model in packages.find(source, target)]


def translate(
    route: Sequence[Engine],
    sentences: Sequence[str],
    store: Store | None = None,
    progress: Progress = silent,
) -> list[Translation]:
    """Translate sentences along a route; the results stand in their order.

    Scores of the legs of a route multiply; the issues of all are kept.

    Args:
        route: engines, each taking what the one before it gave.
        sentences: the source sentences; equal ones are translated once.
        store: keeps finished batches. What it holds already is not translated again.
        progress: told after each batch how many sentences of how many are done, leg by leg.
    """
    store = {} if store is None else store
    results = [Translation(sentence, 1.0) for sentence in sentences]
    for engine in route:
        outputs = _one_leg(engine, [half.text for half in results], store, progress)
        results = [
            replace(output, score=half.score * output.score, issues=(*half.issues, *output.issues))
            for half, output in zip(results, outputs, strict=True)
        ]
    return results


def _one_leg(
    engine: Engine,
    sentences: Sequence[str],
    store: Store,
    progress: Progress,
) -> Iterator[Translation]:
    """Translate by one engine; what went wrong is tried once more, with care."""
    distinct = list(dict.fromkeys(sentences))
    done = dict(_one_pass(engine, distinct, store, progress))
    wrong = [sentence for sentence in distinct if done[sentence].issues]
    done |= _one_pass(engine, wrong, store, silent, careful=True)
    return (done[sentence] for sentence in sentences)


def _one_pass(
    engine: Engine,
    sentences: Sequence[str],
    store: Store,
    progress: Progress,
    *,
    careful: bool = False,
) -> Iterator[tuple[str, Translation]]:
    """Translate each sentence once, batch by batch, but for the batches that the store holds."""
    key = f"{engine.model.name} {'careful' if careful else 'first'}"
    batches = {f"{key} {n}": batch for n, batch in enumerate(engine.plan(sentences))}
    missing = [name for name in batches if name not in store]
    results = engine.translate(
        ([sentences[i] for i in batches[name]] for name in missing), careful=careful
    )
    done = 0
    for name, batch in batches.items():
        if name not in store:
            store[name] = next(results)
        done += len(batch)
        progress(done, len(sentences))
        yield from zip((sentences[i] for i in batch), store[name], strict=True)
