"""Fixtures for every test: an empty home, the shared gold data, and real packages to translate."""

from __future__ import annotations

import io
import json
import shutil
import struct
import threading
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Protocol

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"

# Enough text to train a tokeniser that knows the letters of all three languages.
SENTENCES = (
    "The presidents met in Bishkek on Thursday, 27 November 2025, and signed seven documents.",
    "Trade between the two countries grew by 15.5% to $4 billion; «a record», officials said.",
    "Write to press@example.org or see https://example.org/news?id=7 for {name} and %s.",
    "Президенты встретились в Бишкеке в четверг, 27 ноября 2025 года, и подписали семь документов.",
    "Товарооборот между странами вырос на 15,5% — до 4 млрд долларов, объявил ещё один чиновник.",
    "Съешь же ещё этих мягких французских булок, да выпей чаю; эффект, цех, щука, ГЭС, Юг.",
    "Президенттер 2025-жылдын 27-ноябрында Бишкекте жолугушуп, жети документке кол коюшту.",
    "Эки өлкөнүн ортосундагы соода көлөмү 15,5 пайызга өсүп, 4 миллиард долларга жеткен.",
    "Ыйык көлдүн жээгинде мөңгүлөр эрип, айылдыктар жаңы үйлөрдү кура баштады, деп айтышты.",
)


@pytest.fixture(scope="session", autouse=True)
def home_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An empty home for what several tests share, which is made outside each one's own."""
    with pytest.MonkeyPatch.context() as patch:
        move(patch, tmp_path_factory.mktemp("home"))
        yield


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home: no test sees or touches the user's folders, settings or network."""
    home = tmp_path_factory.mktemp("home")
    move(monkeypatch, home)
    return home


def move(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Make a folder the home, in the environment and in what argostranslate has read of it."""
    data, config, stash = (home / name / "argos-translate" for name in ("data", "config", "cache"))
    packages, downloads = data / "packages", stash / "downloads"
    for folder in (packages, config, downloads):
        folder.mkdir(parents=True)
    nowhere = "http://127.0.0.1:9/"  # the discard port: nothing listens
    for name in ("ARGOS_TRANSLATE_PACKAGE_DIR", "ARGOS_DEVICE_TYPE", "ARGOS_DEV_MODE", "SNAP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(data.parent))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config.parent))
    monkeypatch.setenv("XDG_CACHE_HOME", str(stash.parent))
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(packages))
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", nowhere)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    # argostranslate reads all that once, when it is imported: the next test must not keep it.
    from argostranslate import settings

    for name, value in {
        "home_dir": home,
        "data_dir": data,
        "legacy_package_data_dir": packages,
        "package_data_dir": packages,
        "package_dirs": [packages],
        "config_dir": config,
        "settings_file": config / "settings.json",
        "cache_dir": stash,
        "downloads_dir": downloads,
        "package_index": nowhere,
        "remote_repo": nowhere.rstrip("/"),
        "remote_package_index": nowhere + "index.json",
        "local_package_index": data / "index.json",
    }.items():
        monkeypatch.setattr(settings, name, value)


@pytest.fixture
def packages(home: Path) -> Path:
    """The folder where argostranslate keeps installed packages, empty."""
    return home / "data" / "argos-translate" / "packages"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold data beside the repository; tests that need it skip without it."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared")
    return SHARED


class PackageBuilder(Protocol):
    """The signature of `random_package`."""

    def __call__(
        self,
        kind: str = "sentencepiece",
        *,
        into: Path | None = None,
        pair: tuple[str, str] = ("en", "ru"),
        version: str = "1.0",
        name: str = "",
        target_prefix: str = "",
        width: int = 16,
        layers: int = 1,
        seed: int = 0,
    ) -> Path: ...


@pytest.fixture
def random_package(tmp_path_factory: pytest.TempPathFactory) -> PackageBuilder:
    """Build an unpacked Argos package that loads and translates, with random weights.

    The function takes a kind and gives the package's folder, made in the folder `into` under the
    name that Argos would give it:

    - "text": the oldest generation: shared_vocabulary.txt, no config.json, SentencePiece
    - "sentencepiece": config.json, shared_vocabulary.json, SentencePiece
    - "bpe": config.json, shared_vocabulary.json, BPE codes
    - a name in ../shared/data/argos-packages, such as "translate-en_ru-1_9": that very package,
      its own tokeniser, vocabulary and metadata; only the weights are random
    """

    def build(
        kind: str = "sentencepiece",
        *,
        into: Path | None = None,
        pair: tuple[str, str] = ("en", "ru"),
        version: str = "1.0",
        name: str = "",
        target_prefix: str = "",
        width: int = 16,
        layers: int = 1,
        seed: int = 0,
    ) -> Path:
        into = into or tmp_path_factory.mktemp("packages")
        if kind.startswith("translate-"):
            folder = into / (name or kind)
            _copy_real(kind, folder)
        else:
            source, target = pair
            folder = into / (name or f"translate-{source}_{target}-{version.replace('.', '_')}")
            metadata = {
                "package_version": version,
                "argos_version": "1.9",
                "from_code": source,
                "from_name": source.upper(),
                "to_code": target,
                "to_name": target.upper(),
            }
            if target_prefix:
                metadata["target_prefix"] = target_prefix
            _write_own(kind, folder, metadata)
        _write_weights(folder / "model", width=width, layers=layers, seed=seed)
        return folder

    return build


@pytest.fixture
def argosmodel(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Pack a folder as an .argosmodel: `argosmodel(folder, name="")` gives the file."""

    def pack(folder: Path, name: str = "") -> Path:
        path = tmp_path_factory.mktemp("files") / (name or f"{folder.name}.argosmodel")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(folder.rglob("*")):
                archive.write(file, f"{folder.name}/{file.relative_to(folder).as_posix()}")
        return path

    return pack


class Server(ThreadingHTTPServer):
    """A web server on this computer, with the faults that a test gives it.

    Attributes:
        files: what it serves, by path.
        etag: the entity tag that it sends, if any.
        ranges: whether it can send a part of a file.
        cuts: after how many bytes it hangs up, one number a request, until none is left.
        statuses: error statuses by path, one a request, until none is left.
        requests: the path and Range header of each request that came.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, bytes] = {}
        self.etag = '"1"'
        self.ranges = True
        self.cuts: list[int] = []
        self.statuses: dict[str, list[int]] = {}
        self.requests: list[tuple[str, str]] = []

    def url(self, path: str = "") -> str:
        return f"http://127.0.0.1:{self.server_port}/{path}"

    def offer(
        self, package: Path, pair: tuple[str, str] = ("en", "ru"), version: str = "1.0"
    ) -> None:
        """Serve a package file, and an index that offers it for a pair."""
        entry = {
            "from_code": pair[0],
            "to_code": pair[1],
            "package_version": version,
            "links": [self.url(package.name)],
        }
        self.files |= {
            package.name: package.read_bytes(),
            "index.json": json.dumps([entry]).encode(),
        }


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        server, path, wanted = self.server, self.path.lstrip("/"), self.headers.get("Range", "")
        server.requests.append((path, wanted))
        if failures := server.statuses.get(path):
            self.send_error(failures.pop(0))
            return
        if path not in server.files:
            self.send_error(404)
            return
        body = server.files[path]
        start = int(wanted.removeprefix("bytes=").removesuffix("-") or 0)
        if not server.ranges or self.headers.get("If-Range", server.etag) != server.etag:
            start = 0
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        if server.etag:
            self.send_header("ETag", server.etag)
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        self.wfile.write(body[start:][: server.cuts.pop(0) if server.cuts else None])

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the tests' output clean."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A web server that stands for the Argos index, too."""
    from argostranslate import settings

    with Server() as server:
        monkeypatch.setattr(settings, "remote_package_index", server.url("index.json"))
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def _copy_real(name: str, folder: Path) -> None:
    real = SHARED / "data" / "argos-packages" / name
    if not real.is_dir():
        pytest.skip("needs ../shared")
    shutil.copytree(real, folder, copy_function=shutil.copyfile)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _write_own(kind: str, folder: Path, metadata: dict[str, str]) -> None:
    model = folder / "model"
    model.mkdir(parents=True)
    (folder / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    (folder / "README.md").write_text("Random weights, for tests.\n", encoding="utf-8")
    prefix = metadata.get("target_prefix", "")
    if kind == "bpe":
        (folder / "bpe.model").write_text(_bpe_codes(), encoding="utf-8")
        tokens = ["</s>", "<unk>", *_bpe_tokens()]
        config = {"add_source_eos": True, "eos_token": "</s>", "unk_token": "<unk>"}
    else:
        trained, pieces = _sentencepiece()
        (folder / "sentencepiece.model").write_bytes(trained)
        tokens = ["<unk>", "<blank>", "<s>", "</s>", *pieces]
        config = {"add_source_eos": False, "eos_token": "</s>", "unk_token": "<unk>"}
    if prefix and prefix not in tokens:
        tokens.append(prefix)
    if kind == "text":
        text = "".join(f"{token}\n" for token in tokens)
        (model / "shared_vocabulary.txt").write_text(text, encoding="utf-8")
        return
    config |= {"add_source_bos": False, "bos_token": "<s>", "decoder_start_token": "<s>"}
    (model / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (model / "shared_vocabulary.json").write_text(json.dumps(tokens), encoding="utf-8")


@cache
def _sentencepiece() -> tuple[bytes, tuple[str, ...]]:
    """A trained SentencePiece model and its pieces, without the special ones."""
    from sentencepiece import SentencePieceProcessor, SentencePieceTrainer

    out = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES),
        model_writer=out,
        vocab_size=300,
        hard_vocab_limit=False,
        character_coverage=1.0,
        minloglevel=2,
    )
    processor = SentencePieceProcessor(model_proto=out.getvalue())
    pieces = (processor.id_to_piece(number) for number in range(3, len(processor)))
    return out.getvalue(), tuple(pieces)


def _bpe_codes() -> str:
    """Merges in subword-nmt's format: one pair a line, `</w>` ends a word."""
    return "#version: 0.2\nt h\nth e</w>\nи н\nк ө\n"


def _bpe_tokens() -> list[str]:
    """What those merges can make of our letters: `x` ends a word, `x@@` goes on."""
    letters = sorted({letter for sentence in SENTENCES for letter in sentence if letter != " "})
    parts = [*letters, "th", "ин", "кө"]
    return ["the", *parts, *(f"{part}@@" for part in parts)]


def _write_weights(model: Path, *, width: int, layers: int, seed: int) -> None:
    """Write the model.bin of a random Transformer that fits the vocabulary in the folder.

    All else in the folder stays as it is. Without a config.json the file is marked as binary
    version 5, the last before CTranslate2 wrote one.
    """
    import numpy as np
    from ctranslate2.specs import TransformerSpec, model_spec

    described = (model / "config.json").exists()
    tokens = _read_vocabulary(model)
    spec = TransformerSpec.from_config((layers, layers), num_heads=4)
    shapes = {  # all others are (width, width)
        "encoder/embeddings_0": (len(tokens), width),
        "decoder/embeddings": (len(tokens), width),
        "decoder/projection": (len(tokens), width),
        "/self_attention/linear_0": (3 * width, width),
        "/attention/linear_1": (2 * width, width),
        "/ffn/linear_0": (4 * width, width),
        "/ffn/linear_1": (width, 4 * width),
    }
    random = np.random.default_rng(seed)

    def fill(part: model_spec.LayerSpec, name: str, value: object) -> None:
        # `decoder/layer_1/self_attention/linear_0/weight`, `encoder/layer_norm/gamma` …
        place, _, kind = name.rpartition("/")
        if value is None and kind == "weight":
            shape = next((shapes[end] for end in shapes if place.endswith(end)), (width, width))
            part.weight = random.normal(0, width**-0.5, shape).astype(np.float32)
        elif value is None:  # gamma or beta
            setattr(part, kind, np.full(width, kind == "gamma", dtype=np.float32))

    model_spec.visit_spec(spec, fill)
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.validate()
    spec.optimize()
    scratch = model / "scratch"
    scratch.mkdir()
    spec.save(str(scratch))
    (scratch / "model.bin").rename(model / "model.bin")
    shutil.rmtree(scratch)
    if not described:
        with (model / "model.bin").open("r+b") as file:
            file.write(struct.pack("<I", 5))


def _read_vocabulary(model: Path) -> list[str]:
    text = model / "shared_vocabulary.txt"
    if text.exists():
        # Not splitlines(): tokens may be odd spaces, such as U+2028.
        return text.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    tokens: list[str] = json.loads((model / "shared_vocabulary.json").read_bytes())
    return tokens
