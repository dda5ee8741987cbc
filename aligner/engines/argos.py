"""Argos packages run by CTranslate2: the only module that imports either.

argostranslate's own `translate` is left alone: it needs stanza, spacy and torch, and translates
paragraph by paragraph in batches of 32 tokens.
"""

from __future__ import annotations

import math
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from aligner import languages
from aligner.engines import Settings, Translation
from aligner.engines.attention import averaged
from aligner.engines.clauses import split_clauses, split_protected
from aligner.engines.shortlist import vocabulary_map
from aligner.errors import ModelError, PackageError
from aligner.records import Alignment
from aligner.text import ends_sentence, for_translation, has_prose, is_looping, lost

if TYPE_CHECKING:
    from aligner.engines.packages import Model

# Padded source tokens a batch: enough batches to keep every thread busy on one article. Larger ones
# were slower with the starter models.
BATCH_TOKENS = 256
# Tokens. Longer inputs are rare in what models were trained on, and lose parts on the way. Of the
# 7,595 sentences of our news corpus three are longer.
LONGEST_PIECE = 60
# Sentences in a batch where their beginnings are given.
_FORCED = 8
# Tokens scored together; with 2,048, twice the time.
_SCORED_TOKENS = 64
# Argos's own setting; scores are divided by length to this power.
LENGTH_PENALTY = 0.2


class Tokenizer(Protocol):
    """Text to tokens and back."""

    def encode(self, sentence: str) -> list[str]:
        """Part a sentence into the tokens of the model's vocabulary."""

    def decode(self, tokens: list[str]) -> str:
        """Join tokens to text."""


class _SentencePiece:
    """SentencePiece as it is meant: argostranslate's `decode` turns every underscore to a space."""

    def __init__(self, path: Path) -> None:
        from sentencepiece import SentencePieceProcessor

        self._processor = SentencePieceProcessor(model_file=str(path))

    def encode(self, sentence: str) -> list[str]:
        tokens: list[str] = self._processor.encode(sentence, out_type=str)
        return tokens

    def decode(self, tokens: list[str]) -> str:
        text: str = self._processor.decode_pieces(tokens)
        return text


class ArgosEngine:
    """One Argos package, loaded. See `aligner.engines.Engine`.

    Raises:
        PackageError: the package cannot be loaded.
    """

    def __init__(self, model: Model, settings: Settings) -> None:
        self.model = model
        self._tokenizer = load_tokenizer(model.folder)
        self._threads = settings.threads or os.cpu_count() or 1
        letters = languages.get(model.target).letters
        self._translator = load_translator(
            model.folder, settings.device, self._threads, letters, model.target_prefix
        )
        self._shortlisted = bool(letters)
        self._prefix = [model.target_prefix] if model.target_prefix else []
        self._beam = settings.beam
        # Tokenised twice otherwise, by `plan` and `translate`.
        self._pieces = lru_cache(maxsize=1 << 16)(self._cut)

    def cost(self, text: str) -> int:
        """See `Engine.cost`."""
        return len(self._tokenizer.encode(text))

    def plan(self, sentences: Sequence[str]) -> list[list[int]]:
        """See `Engine.plan`; a batch holds at most BATCH_TOKENS, padding counted."""
        lengths = [
            sum(len(piece.tokens) for piece in self._pieces(sentence)) for sentence in sentences
        ]
        # A short text is parted, too, so that all threads have some of it.
        most = min(BATCH_TOKENS, max(BATCH_TOKENS // 4, sum(lengths) // 8))
        batches: list[list[int]] = []
        room = 0
        for index in sorted(range(len(sentences)), key=lambda i: -lengths[i]):
            if room == 0:
                batches.append([])
                room = max(1, most // max(1, lengths[index]))
            batches[-1].append(index)
            room -= 1
        return batches

    def translate(
        self,
        batches: Iterable[Sequence[str]],
        *,
        careful: bool = False,
    ) -> Iterator[list[Translation]]:
        """See `Engine.translate`."""
        search: dict[str, Any] = {"beam_size": self._beam}
        if careful:
            # No phrase of three tokens may come twice. Half the beam, for what is patchwork anyway.
            search |= {"no_repeat_ngram_size": 3, "beam_size": max(1, self._beam // 2)}
        under_way: deque[tuple[list[list[_Piece]], list[Any]]] = deque()
        for sentences in batches:
            pieces = [self._pieces(sentence, careful=careful) for sentence in sentences]
            under_way.append((pieces, self._submit(_prose(pieces), search)))
            if len(under_way) > 2 * self._threads:
                yield self._collect(*under_way.popleft())
        while under_way:
            yield self._collect(*under_way.popleft())

    def align(self, sources: Sequence[str], targets: Sequence[str]) -> list[Alignment]:
        """See `Engine.align`; Garg et al. 2019, "Jointly Learning to Align and Translate"."""
        pairs = self._tokenized(sources, targets)
        limits = [len(self._prefix) + len(target) for _, target in pairs]
        results = self._decode(pairs, limits, beam_size=1, return_attention=True)
        return [
            Alignment(
                source=tuple(_spans(source, tokens)),
                target=tuple(_spans(target, written)),
                weights=tuple(map(tuple, result.attention[0][len(self._prefix) :][: len(written)])),
            )
            for source, target, (tokens, written), result in zip(
                sources, targets, pairs, results, strict=True
            )
        ]

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[tuple[float, ...]]:
        """See `Engine.score`."""
        pairs = self._tokenized(sources, targets)
        results = self._translator.score_batch(
            [source for source, _ in pairs],
            [[*self._prefix, *target] for _, target in pairs],
            max_batch_size=_SCORED_TOKENS,
            batch_type="tokens",
        )
        return [tuple(result.log_probs[len(self._prefix) :]) for result in results]

    def complete(
        self, sources: Sequence[str], beginnings: Sequence[str], best: int = 1
    ) -> list[list[str]]:
        """See `Engine.complete`; half the beam, for what has been searched once."""
        pairs = self._tokenized(sources, beginnings)
        limits = [len(beginning) + _longest_rest(len(source)) for source, beginning in pairs]
        results = self._decode(
            pairs, limits, beam_size=max(best, self._beam // 2), num_hypotheses=best
        )
        return [
            [self._tokenizer.decode(tokens[len(self._prefix) :]).strip() for tokens in found]
            for found in (result.hypotheses for result in results)
        ]

    def _decode(
        self, pairs: Sequence[tuple[list[str], list[str]]], limits: Sequence[int], **search: Any
    ) -> list[Any]:
        """Decode sources after the target tokens given, no further than `limits` tokens.

        A limit is that of a batch: sentences with similar ones go together. The vocabulary map is
        not in use here, it cannot do with forced tokens; see `shortlist`.
        """
        results: dict[int, Any] = {}
        by_limit = sorted(range(len(pairs)), key=limits.__getitem__)
        for batch in (by_limit[n : n + _FORCED] for n in range(0, len(by_limit), _FORCED)):
            under_way = self._translator.translate_batch(
                [pairs[i][0] for i in batch],
                target_prefix=[[*self._prefix, *pairs[i][1]] for i in batch],
                length_penalty=LENGTH_PENALTY,
                max_decoding_length=max(1, limits[batch[-1]]),
                asynchronous=True,
                **search,
            )
            results |= zip(batch, under_way, strict=True)
        return [results[i].result() for i in range(len(pairs))]

    def _tokenized(
        self, sources: Sequence[str], targets: Sequence[str]
    ) -> list[tuple[list[str], list[str]]]:
        encode = self._tokenizer.encode
        return [(encode(a), encode(b)) for a, b in zip(sources, targets, strict=True)]

    def _cut(self, sentence: str, *, careful: bool = False) -> list[_Piece]:
        """Part a sentence into what the model can take at once: most often itself.

        With care, e-mails, URLs and placeholders become pieces of their own, which are copied.
        """
        text = for_translation(sentence)
        parts = split_protected(text) if careful else [text]
        return [
            _Piece(piece, tuple(self._tokenizer.encode(piece)) if has_prose(piece) else ())
            for part in parts
            for piece in split_clauses(part, self._fits)
        ]

    def _fits(self, text: str) -> bool:
        # No token is shorter than a character, few are longer than ten: spare the count.
        return len(text) <= LONGEST_PIECE or (
            len(text) < 10 * LONGEST_PIECE and self.cost(text) <= LONGEST_PIECE
        )

    def _submit(self, pieces: Sequence[_Piece], search: dict[str, Any]) -> list[Any]:
        """Hand pieces to CTranslate2's queue; the results are awaited by `result()`."""
        if not pieces:
            return []
        results: list[Any] = self._translator.translate_batch(
            [list(piece.tokens) for piece in pieces],
            target_prefix=[self._prefix] * len(pieces) if self._prefix else None,
            length_penalty=LENGTH_PENALTY,
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
            max_decoding_length=_longest_output(max(len(piece.tokens) for piece in pieces)),
            return_scores=True,
            replace_unknowns=True,
            use_vmap=self._shortlisted,
            asynchronous=True,
            **search,
        )
        return results

    def _collect(self, sentences: list[list[_Piece]], results: list[Any]) -> list[Translation]:
        """Await the results of a batch and join pieces to sentences again."""
        outputs = iter([self._read(result.result()) for result in results])
        return [
            _join([(piece, next(outputs) if piece.tokens else None) for piece in sentence])
            for sentence in sentences
        ]

    def _read(self, result: Any) -> _Output:
        tokens = result.hypotheses[0][len(self._prefix) :]
        length = len(result.hypotheses[0]) + 1  # CTranslate2 counts prefix and </s>, too
        return _Output(
            text=self._tokenizer.decode(tokens).strip(),
            tokens=tuple(tokens),
            log_probability=result.scores[0] * length**LENGTH_PENALTY,
        )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a sentence; without tokens it is copied, there is nothing to translate in it."""

    text: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Output:
    """What the model made of a piece."""

    text: str
    tokens: tuple[str, ...]
    log_probability: float


def _prose(sentences: Iterable[Iterable[_Piece]]) -> list[_Piece]:
    return [piece for sentence in sentences for piece in sentence if piece.tokens]


def _longest_output(source_tokens: int) -> int:
    """Tokens after which an output is taken for a runaway."""
    return 3 * source_tokens + 24


def _longest_rest(source_tokens: int) -> int:
    """Tokens after which what follows a beginning is taken for a runaway."""
    return 2 * source_tokens + 16


def _went_wrong(piece: _Piece, output: _Output) -> str:
    """Name what is plainly wrong with an output, "" if nothing is."""
    if len(output.tokens) >= _longest_output(len(piece.tokens)) - 1:
        return "repetition: the model did not come to an end"
    if is_looping(output.text) and not is_looping(piece.text):
        return "repetition: the model repeats itself"
    if not output.text:
        return "empty: the model gave nothing"
    return ""


def _join(parts: list[tuple[_Piece, _Output | None]]) -> Translation:
    """Make the translation of a sentence from those of its pieces."""
    source = "".join(piece.text for piece, _ in parts)
    text = "".join(
        _like(piece.text, output.text, first=piece is parts[0][0]) if output else piece.text
        for piece, output in parts
    )
    outputs = [output for _, output in parts if output]
    tokens = [token for output in outputs for token in output.tokens]
    steps = len(tokens) + len(outputs)  # each output ends in </s>, which has a probability, too
    issues = [_went_wrong(piece, output) for piece, output in parts if output]
    issues += [f"lost: {string} is not in the translation" for string in lost(source, text)]
    return Translation(
        text=text.strip(),
        score=math.exp(sum(output.log_probability for output in outputs) / max(1, steps)),
        tokens=tuple(tokens),
        issues=tuple(dict.fromkeys(filter(None, issues))),
    )


def _like(source: str, target: str, *, first: bool) -> str:
    """Give a translated piece the edges of its source.

    The white space behind it; no full stop where the source has none; no capital where a piece
    only goes on with a sentence.
    """
    if target.endswith(".") and not ends_sentence(source):
        target = target.rstrip(".")
    if not first and source[:1].islower() and target[1:2].islower():
        target = target[:1].lower() + target[1:]
    return target + source[len(source.rstrip()) :]


def _spans(text: str, tokens: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where tokens stand in their text; what the tokeniser has changed has an empty span."""
    end = 0
    for token in tokens:
        spelling = token.replace("▁", " ").strip().removesuffix("@@")
        start = text.find(spelling, end, end + len(spelling) + 2) if spelling else -1
        if start < 0:
            start, stop = end, end
        else:
            stop = start + len(spelling)
        yield start, stop
        end = stop


def load_tokenizer(folder: Path) -> Tokenizer:
    """Load the SentencePiece or BPE tokeniser of an unpacked package.

    Raises:
        PackageError: there is none, or it is broken.
    """
    try:
        if (folder / "sentencepiece.model").exists():
            return _SentencePiece(folder / "sentencepiece.model")
        tokenizer: Tokenizer = read_package(folder).tokenizer
        tokenizer.encode("a")  # argostranslate loads the file on first use
    except (AttributeError, OSError, RuntimeError, ValueError, SystemExit) as error:
        raise PackageError(
            "the package has no tokeniser that works", where=str(folder), hint=_REINSTALL
        ) from error
    return tokenizer


def load_translator(
    folder: Path,
    device: str = "cpu",
    threads: int = 1,
    letters: frozenset[str] = frozenset(),
    prefix: str = "",
) -> Any:
    """Load the CTranslate2 model of an unpacked package.

    On a CPU each thread translates batches of its own: for models of this size that beats several
    threads on one batch.

    Args:
        folder: the package.
        device: "cpu" or "cuda".
        threads: CPU threads in all.
        letters: alphabet of the target language; if given, `use_vmap` keeps to it.
        prefix: token that each output begins with, or empty.

    Raises:
        ModelError: the device is not there.
        PackageError: the model is broken.
    """
    import ctranslate2

    if device == "cuda" and not ctranslate2.get_cuda_device_count():
        raise ModelError("there is no CUDA device here", hint="Leave --device out, or give cpu.")
    try:
        return ctranslate2.Translator(
            str(folder / "model"),
            files=_in_memory(folder / "model", letters, prefix),
            device=device,
            inter_threads=threads if device == "cpu" else 1,
            intra_threads=1,
        )
    except (RuntimeError, ValueError) as error:
        raise PackageError(
            f"the model cannot be loaded on {device}: {error}", where=str(folder), hint=_REINSTALL
        ) from error


def _in_memory(model: Path, letters: frozenset[str], prefix: str) -> dict[str, bytes]:
    """The files of a model as we want them: packages are not ours to change."""
    files = {file.name: file.read_bytes() for file in model.iterdir() if file.is_file()}
    if letters:
        files["vmap.txt"] = vocabulary_map(model, letters, prefix)
    if "model.bin" in files:
        files["model.bin"] = averaged(files["model.bin"])
    return files


def load_check(folder: Path) -> None:
    """Check that an unpacked package works: tokeniser and model load, fit, and translate a word.

    Raises:
        PackageError: what is wrong with it.
    """
    tokenizer, translator = load_tokenizer(folder), load_translator(folder)
    tokens = tokenizer.encode("Hello, world!")
    try:
        translator.translate_batch([tokens], max_decoding_length=8)
    except (RuntimeError, ValueError) as error:
        raise PackageError(
            f"the model fails on a first word: {error}", where=str(folder), hint=_REINSTALL
        ) from error


def read_package(folder: Path) -> Any:
    """Open an unpacked package as argostranslate's own `Package`.

    Raises:
        PackageError: its metadata are missing or broken.
    """
    try:
        return _argos_package().Package(folder)
    except (OSError, ValueError, AttributeError, TypeError, RecursionError) as error:
        raise PackageError(
            f"the package's metadata.json cannot be read: {error}", where=str(folder)
        ) from error


def packages_folder() -> Path:
    """The folder where argostranslate keeps its packages, and so do we."""
    return Path(_argos_package().settings.package_data_dir)


def downloads_folder() -> Path:
    """The folder where argostranslate keeps what it downloads."""
    return Path(_argos_package().settings.downloads_dir)


def index_url() -> str:
    """Where the list of all Argos packages is to be had."""
    return str(_argos_package().settings.remote_package_index)


def _argos_package() -> Any:
    try:
        from argostranslate import package
    except OSError as error:  # its settings make folders as they are imported
        raise ModelError(
            f"Argos Translate cannot make its folders: {error.strerror}",
            where=str(error.filename),
            hint="Set XDG_DATA_HOME, XDG_CONFIG_HOME and XDG_CACHE_HOME to writable folders.",
        ) from error
    return package


_REINSTALL = "Install the package again: aligner models install FROM TO."
