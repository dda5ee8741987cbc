"""`aligner train`, from a recipe to packages that Argos Translate runs, too."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pytest
from command import Done, aligner, process

from aligner.formats.exchange import read as read_units

CORPUS = Path(__file__).resolve().parents[1] / "corpora" / "central-asia-news.tmx"

RECIPE = """
name = "small"
directions = ["en-ru", "en-ky"]
vocabulary = 1000
[network]
width = 32
feed_forward = 64
heads = 2
encoder_layers = 1
decoder_layers = 1
dropout = 0.0
[schedule]
tokens = {tokens}
batch_tokens = 512
warmup = 10
[dev]
sentences = 20
[[data]]
path = "news.tsv"
"""


def torch_or_skip() -> None:
    pytest.importorskip("torch", reason="needs aligner[train]")


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    """A recipe that takes seconds."""
    return written(tmp_path, RECIPE.format(tokens=20_000), 300)


def written(folder: Path, text: str, pairs: int) -> Path:
    rows = [
        "\t".join(one.text for one in entry.variants)
        for entry in islice(read_units(CORPUS).entries, pairs)
    ]
    table = "\n".join(("en\tru\tky", *rows, ""))
    (folder / "news.tsv").write_text(table, encoding="utf-8")
    path = folder / "small.toml"
    path.write_text(text, encoding="utf-8")
    return path


def train(recipe: Path, *more: str | Path) -> Done:
    return aligner("train", recipe, "--threads", "1", *more)


def test_packages_come_of_it(recipe: Path) -> None:
    torch_or_skip()
    done = train(recipe, "--json")
    assert done.status == 0, done.err
    made = json.loads(done.out)
    run = recipe.with_suffix(".run")
    assert made["done"]
    assert [Path(one["path"]).name for one in made["packages"]] == [
        "translate-en_ru-1_0.argosmodel",
        "translate-en_ky-1_0.argosmodel",
    ]
    with zipfile.ZipFile(run / "translate-en_ky-1_0.argosmodel") as archive:
        metadata = json.loads(archive.read("translate-en_ky-1_0/metadata.json"))
        card = archive.read("translate-en_ky-1_0/README.md").decode()
    assert (metadata["from_code"], metadata["to_code"]) == ("en", "ky")
    assert metadata["target_prefix"] == "<2ky>"
    assert metadata["signature"]["target_tokens"] >= 20_000
    assert card == (run / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "| news | en-ky | 2" in card  # so many pairs: those of the dev set are left out
    installed = aligner("models", "install", run / "translate-en_ky-1_0.argosmodel")
    assert installed.status == 0, installed.err


# argostranslate as it is, but for the splitters, which need libraries of 1.5 GB.
BY_ARGOS = """
import sys, types
splitters = types.ModuleType("argostranslate.sbd")
class Splitter:
    def __init__(self, *_): pass
    def split_sentences(self, text): return text.split("|")
for name in ("SpacySentencizerSmall", "StanzaSentencizer", "MiniSBDSentencizer"):
    setattr(splitters, name, Splitter)
sys.modules["argostranslate.sbd"] = splitters
from argostranslate import package, translate
package.install_from_path(sys.argv[1])
print(translate.translate(sys.argv[2], "en", "ru"))
"""


def by_argos(package: Path, sentences: list[str], home: Path) -> str:
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    environment = {**os.environ, **dict.fromkeys(names, str(home))}
    command = [sys.executable, "-c", BY_ARGOS, str(package), "|".join(sentences)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


OVERFIT = """
name = "learnt by heart"
directions = ["en-ru"]
vocabulary = 2000
[network]
width = 128
feed_forward = 256
heads = 4
encoder_layers = 2
decoder_layers = 1
dropout = 0.0
[schedule]
tokens = 1_000_000
batch_tokens = 1024
learning_rate = 3e-3
warmup = 100
cooldown = 0.4
label_smoothing = 0.0
averaging = 0.98
checkpoint = 0.1
[dev]
sentences = 5
[[test]]
name = "learnt"
direction = "en-ru"
source = "learnt.en"
reference = "learnt.ru"
[[data]]
path = "news.tsv"
"""
LEARNT = 200  # of 2,000 sentences are asked for


def by_heart(folder: Path, *, killed: bool) -> tuple[Path, float]:
    """Learn 2,000 pairs by heart; gives the package and its chrF2++ on some of them."""
    torch_or_skip()
    recipe = written(folder, OVERFIT, 2_000)
    rows = (folder / "news.tsv").read_text(encoding="utf-8").splitlines()[1 : LEARNT + 1]
    for column, lang in enumerate(("en", "ru")):
        side = "".join(f"{row.split(chr(9))[column]}\n" for row in rows)
        (folder / f"learnt.{lang}").write_text(side, encoding="utf-8")
    if killed:
        with running(recipe, recipe.with_suffix(".run") / "checkpoint.pt"):
            pass
    training = process("train", recipe, "--threads", "2", "--json")
    out, err = training.communicate()
    assert training.returncode == 0, err
    [package] = json.loads(out)["packages"]
    return Path(package["path"]), package["scores"]["learnt"]["chrF2++"]["value"]


def test_pairs_learnt_by_heart(tmp_path: Path) -> None:
    """All in one test, which takes minutes: a run, the same run killed, and what Argos makes."""
    for name in ("whole", "killed"):
        (tmp_path / name).mkdir()
    package, score = by_heart(tmp_path / "whole", killed=False)
    assert score >= 60
    taken_up, again = by_heart(tmp_path / "killed", killed=True)
    sittings = [line for line in log(taken_up.parent) if "began" in line]
    assert len(sittings) == 2
    assert sittings[0]["data"] == sittings[1]["data"]
    assert again >= max(60, score - 5)

    # The tag of the language is seen in no sentence of a paragraph, and the text is ours.
    sources = (tmp_path / "whole" / "learnt.en").read_text(encoding="utf-8").splitlines()[:2]
    assert by_argos(package, sources, tmp_path) == " ".join(ours(package, sources, tmp_path))


def ours(package: Path, sources: list[str], place: Path) -> list[str]:
    """The translations that we make by the package."""
    for name, lines in (("source", sources), ("reference", ["Да."] * len(sources))):
        (place / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    done = aligner(
        "evaluate", "mt", package, "--source", place / "source", "--ref", place / "reference",
        "--save", place / "ours",
    )  # fmt: skip
    assert done.status == 0, done.err
    return (place / "ours").read_text(encoding="utf-8").splitlines()


@contextmanager
def running(recipe: Path, until: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that trains, once a file is there; it is killed (-9) at the end."""
    started = process("train", recipe, "--threads", "2")
    try:
        while not until.exists():
            assert started.poll() is None, started.communicate()
            time.sleep(0.1)
        yield started
    finally:
        started.kill()
        started.communicate()


def log(run: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]


def test_a_kill_is_heard(recipe: Path) -> None:
    """SIGTERM ends the run after its step, with a checkpoint; the same command goes on."""
    torch_or_skip()
    run = recipe.with_suffix(".run")
    recipe.write_text(RECIPE.format(tokens=20_000_000), encoding="utf-8")
    with running(recipe, run / "log.jsonl") as started:
        started.terminate()
        out, err = started.communicate()
    assert started.returncode == 0, err
    assert b"the same command goes on" in out
    assert (run / "checkpoint.pt").exists()


def test_a_full_disk_leaves_the_checkpoint_before(recipe: Path) -> None:
    torch_or_skip()
    assert train(recipe).status == 0
    run = recipe.with_suffix(".run")
    before = (run / "checkpoint.pt").read_bytes()
    recipe.write_text(RECIPE.format(tokens=40_000), encoding="utf-8")
    # No file may grow beyond half of a checkpoint: writing fails as on a full disk.
    limit = len(before) // 2
    more = ["train", str(recipe), "--threads", "1"]
    command = [sys.executable, "-c", LIMITED, str(limit), *more]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"The checkpoint before is whole" in done.stderr
    assert (run / "checkpoint.pt").read_bytes() == before
    assert not list(run.glob(".*.part"))


LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
sys.argv = ["aligner", *sys.argv[2:]]
from aligner.cli import main
main()
"""


def test_one_at_a_time(recipe: Path) -> None:
    torch_or_skip()
    recipe.write_text(RECIPE.format(tokens=20_000_000), encoding="utf-8")
    with running(recipe, recipe.with_suffix(".run") / "log.jsonl"):
        done = train(recipe)
    assert done.status == 2
    assert "another process is training in this folder" in done.err


def test_a_checkpoint_of_another_network(recipe: Path) -> None:
    torch_or_skip()
    assert train(recipe).status == 0
    text = RECIPE.format(tokens=40_000).replace("width = 32", "width = 64")
    recipe.write_text(text, encoding="utf-8")
    done = train(recipe)
    assert done.status == 1
    assert "a network of other measures" in done.err


def test_a_damaged_checkpoint(recipe: Path) -> None:
    torch_or_skip()
    assert train(recipe).status == 0
    (recipe.with_suffix(".run") / "checkpoint.pt").write_bytes(b"PK\x03\x04 no more")
    done = train(recipe)
    assert done.status == 1
    assert "the checkpoint cannot be read" in done.err


def test_the_folder_moves_without_the_data(recipe: Path, tmp_path: Path) -> None:
    torch_or_skip()
    assert train(recipe).status == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    moved = Path(shutil.copy(recipe, elsewhere))
    moved.write_text(RECIPE.format(tokens=40_000), encoding="utf-8")
    shutil.copytree(recipe.with_suffix(".run"), moved.with_suffix(".run"))
    assert train(moved).status == 0
    sittings = [line["data"] for line in log(moved.with_suffix(".run")) if "began" in line]
    assert len(sittings) == 2
    assert len(set(sittings)) == 1


def test_packages_at_any_time(recipe: Path, tmp_path: Path) -> None:
    torch_or_skip()
    done = train(recipe, "--package")
    assert done.status == 1
    assert "nothing has been learnt here yet" in done.err
    assert train(recipe).status == 0
    done = train(recipe, "--package", "--out", tmp_path / "new" / "folder")
    assert done.status == 0, done.err
    assert (tmp_path / "new" / "folder" / "translate-en_ru-1_0.argosmodel").exists()


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["The cat came.\t \t "] * 3, "Left out: 6 empty."),
        (["The cat came.\tIt came.\tIt came."] * 3, "Left out: 6 script."),
        (["A cat.\tКошка.\tМышык."] * 3, "no vocabulary of 1000 units"),
    ],
)
def test_a_corpus_of_no_use(recipe: Path, rows: list[str], message: str) -> None:
    torch_or_skip()
    table = "\n".join(["en\tru\tky", *rows, ""])
    (recipe.parent / "news.tsv").write_text(table, encoding="utf-8")
    done = train(recipe)
    assert done.status == 1
    assert message in done.err


def test_half_a_corpus_with_one_side_empty(recipe: Path) -> None:
    torch_or_skip()
    path = recipe.parent / "news.tsv"
    rows = path.read_text(encoding="utf-8").splitlines()
    half = [f"{row.split(chr(9))[0]} Again.\t-\t-" for row in rows[1:]]
    path.write_text("\n".join([*rows, *half, ""]), encoding="utf-8")
    done = train(recipe)
    assert done.status == 0
    assert f"left out: {2 * len(half)} no words" in done.err


def test_a_missing_file(recipe: Path) -> None:
    torch_or_skip()
    (recipe.parent / "news.tsv").unlink()
    done = train(recipe)
    assert done.status == 1
    assert "news.tsv: the recipe's file is not there" in done.err
    assert "--data FOLDER" in done.err


def test_an_unknown_key(recipe: Path) -> None:
    torch_or_skip()
    recipe.write_text(recipe.read_text(encoding="utf-8").replace("warmup", "warmpu"))
    done = train(recipe)
    assert done.status == 1
    assert 'there is no key "warmpu"' in done.err
    assert 'Is "warmup" meant?' in done.err


def test_without_torch(recipe: Path) -> None:
    """As where the extra is not installed: nothing finds torch."""
    script = (
        "import sys; sys.modules['torch'] = None; import importlib.util as u; find = u.find_spec;"
        "u.find_spec = lambda name, *a: None if name == 'torch' else find(name, *a);"
        f"sys.argv = ['aligner', 'train', {str(recipe)!r}];"
        "from aligner.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 2
    assert b'pip install "aligner[train]"' in done.stderr


def test_no_such_device(recipe: Path) -> None:
    torch_or_skip()
    done = train(recipe, "--device", "tpu")
    assert done.status == 2
    assert "'tpu' is not one of 'auto', 'cpu', 'cuda'" in done.err
