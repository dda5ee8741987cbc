"""What the benchmarks of the aligner read: documents with gold beads, and translations of them.

A set is named by its file and what is to be done with it, "en-ru.long2k mt_ru 20000": the documents
of `en-ru.long2k.jsonl`, their source in the target's language as "mt_ru" has it, repeated to 20,000
sentences. A file has a document a line: sentences under each language, beads under "gold", machine
translation of the source under "mt_LANG". "starter" stands for the translation of the models at
hand; beside it, "mt_LANG" is a further view.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from aligner import engines
from aligner.alignment import Bead
from aligner.alignment.evaluate import read

BUILD = Path("build")  # what is fetched and made; git does not see it
STARTER = "starter"
_TEXTBERG = "de-fr"


@dataclass(frozen=True, slots=True)
class Text:
    """A document: two sides, the source in the target's language if known, and the gold.

    The views are further texts of both sides to compare by.
    """

    source: list[str]
    target: list[str]
    translated: list[str] | None
    gold: list[Bead]
    views: tuple[tuple[list[str], list[str]], ...] = ()


def texts(folder: Path, name: str) -> list[Text]:
    """The documents of a set."""
    stem, *options = name.split()
    source, target = _languages(stem)
    mt = next((option for option in options if option.startswith("mt_")), None)
    with (folder / f"{stem}.jsonl").open(encoding="utf-8") as file:
        documents = [
            Text(
                document[source],
                document[target],
                document[mt] if mt else None,
                list(read(document["gold"])),
            )
            for document in map(json.loads, file)
        ]
    if STARTER in options:
        sentences = (sentence for document in documents for sentence in document.source)
        known = starter(source, target, sentences)
        documents = [_with(one, [known[line] for line in one.source]) for one in documents]
    sizes = [int(option) for option in options if option.isdigit()]
    return [repeated(document, sizes[0]) for document in documents] if sizes else documents


def _with(text: Text, translated: list[str]) -> Text:
    """A document over another translation; that which it had is a view."""
    views = ((text.translated, text.target),) if text.translated else ()
    return replace(text, translated=translated, views=views)


def _languages(stem: str) -> tuple[str, str]:
    langs = _TEXTBERG if stem.startswith("textberg") else stem.partition(".")[0]
    source, _, target = langs.partition("-")
    return source, target


def starter(source: str, target: str, sentences: Iterable[str]) -> Mapping[str, str]:
    """What the models at hand make of each sentence; it is kept, for it takes a while."""
    legs = engines.load(source, target)
    names = "+".join(f"{engine.model.name}@{engine.model.digest()}" for engine in legs)
    kept = build() / f"align-{names}.json"
    known = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    missing = sorted(set(sentences) - known.keys())
    if missing:
        made = engines.translate(legs, missing)
        known |= {sentence: one.text for sentence, one in zip(missing, made, strict=True)}
        kept.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    return known


def build() -> Path:
    """The folder for what is fetched and made, which git is told to leave alone."""
    BUILD.mkdir(exist_ok=True)
    (BUILD / ".gitignore").write_text("*\n", encoding="utf-8")
    return BUILD


def repeated(text: Text, size: int) -> Text:
    """A text again and again, each time a little different, until it has so many sentences."""
    rng = random.Random(size)
    source: list[str] = []
    target: list[str] = []
    translated: list[str] = []
    gold: list[Bead] = []
    while len(source) < size:
        for bead in text.gold:
            if rng.random() < 0.02:
                continue
            name = f"{rng.randrange(10**4)}"
            marked = rng.random() < 0.1
            first, second = len(source), len(target)
            source += [_changed(text.source[i], name, marked) for i in bead.source]
            target += [_changed(text.target[j], name, marked) for j in bead.target]
            if text.translated:
                translated += [_changed(text.translated[i], name, marked) for i in bead.source]
            gold.append(Bead(tuple(range(first, len(source))), tuple(range(second, len(target)))))
    return Text(source, target, translated if text.translated else None, gold)


def _changed(sentence: str, word: str, marked: bool) -> str:
    return f"{sentence} {word}" if marked else sentence
