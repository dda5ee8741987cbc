"""`aligner run`, from the article to its TMX, and whatever may happen on the way."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command import ARTICLE, COMMAND, Done, aligner, contents, process
from lxml import etree

NAME = ARTICLE.stem
FILES = [f"{NAME}.{langs}.tmx" for langs in ("en-ru", "en-ky", "en-ru-ky")] + [f"{NAME}.jsonl"]
WHOLE = f"{NAME}.document.json"
DATE = re.compile(rb"\d{8}T\d{6}Z|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# A text of few words, where any would do.
TEXT = "© Acme 2024\n\nA Long Way\n\nIt rained in Bishkek. The president left for Osh.\n"


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """What a run on the article printed, and its folder: to be looked at, not touched."""
    out = tmp_path_factory.mktemp("article") / "out"
    return aligner("run", ARTICLE, "--out", out), out


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def undated(folder: Path) -> dict[str, bytes]:
    """The results without their dates, and so without their sums."""
    found = contents(folder)
    del found["SHA256SUMS"]
    return {name: DATE.sub(b"DATE", content) for name, content in found.items()}


def is_whole(folder: Path) -> bool:
    """Whether the sums are there and right, as `sha256sum --check --strict` sees it."""
    sums = (folder / "SHA256SUMS").read_text().splitlines()
    pairs = [re.fullmatch(r"([0-9a-f]{64})  (\S+)", line) for line in sums]
    return all(
        pair and hashlib.sha256((folder / pair[2]).read_bytes()).hexdigest() == pair[1]
        for pair in pairs
    ) and {pair[2] for pair in pairs if pair} == {path.name for path in folder.iterdir()} - {
        "SHA256SUMS"
    }


def memory(path: Path) -> list[tuple[str, dict[str, str]]]:
    """The units of a TMX: tuid, and text by language."""
    tree = etree.parse(path, etree.XMLParser(load_dtd=False, no_network=True))
    return [
        (unit.get("tuid"), {tuv.get(LANG): tuv.findtext("seg") for tuv in unit.iter("tuv")})
        for unit in tree.iter("tu")
    ]


def table(path: Path) -> list[tuple[str, dict[str, str]]]:
    """The units of a JSONL in the same form; line breaks within a segment are spaces in TMX."""
    units = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        (
            unit["id"],
            {unit["lang"]: unit["source"]}
            | {lang: target["text"] for lang, target in unit["targets"].items()},
        )
        for unit in units
    ]


def lines(path: Path) -> list[str]:
    """The source segments of a JSONL."""
    return [texts["en"] for _, texts in table(path)]


# What it makes


def test_the_article(article: tuple[Done, Path]) -> None:
    done, out = article
    assert (done.status, is_whole(out)) == (0, True)
    assert {path.name for path in out.iterdir()} == {*FILES, WHOLE, "SHA256SUMS"}
    bilingual_ru, bilingual_ky, trilingual = (memory(out / name) for name in FILES[:3])
    units = table(out / FILES[3])
    assert len(units) == 85
    assert len({tuid for tuid, _ in units}) == 85
    assert trilingual == units
    for lang, bilingual in (("ru", bilingual_ru), ("ky", bilingual_ky)):
        assert bilingual == [
            (tuid, {key: texts[key] for key in ("en", lang)}) for tuid, texts in units
        ]
    made = b"".join((out / name).read_bytes() for name in FILES).decode()
    for line in ("Bureau for Analytical Reporting", "spelling error"):
        assert line not in made
        assert line in (out / WHOLE).read_text("utf-8")


def test_the_summary(article: tuple[Done, Path]) -> None:
    done, out = article
    assert re.search(r"^85 segments, 1364 words, [\d.]+ s, [\d.]+ sentences/s$", done.out, re.M)
    assert "ru: translate-en_ru-0_2 (starter model, part of aligner)" in done.out
    assert "aligner models install en ru; aligner models install en ky" in done.out
    least = done.out.split("Least certain:\n")[1].split("Written:\n")[0].splitlines()
    assert len(least) == 2 * 5
    assert done.out.endswith("".join(f"  {out / name}\n" for name in FILES))
    assert done.err == "ru: 84 sentences\nky: 84 sentences\n"  # one stands there twice


def test_again_it_gives_the_same(article: tuple[Done, Path], tmp_path: Path) -> None:
    _, first = article
    again = tmp_path / "again"
    shutil.copytree(first, again)
    for _ in range(2):
        assert aligner("run", ARTICLE, "--out", again, "--threads", 2).status == 0
        assert undated(again) == undated(first)
        assert is_whole(again)


def test_boilerplate(tmp_path: Path) -> None:
    done = aligner("run", ARTICLE, "--to", "ru", "--boilerplate", "--out", tmp_path)
    assert done.out.startswith("90 segments")
    units = lines(tmp_path / FILES[3])
    assert "© CABAR - Central Asian Bureau for Analytical Reporting" in units
    assert units[-1].endswith("editors:")


def test_one_language(text: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert aligner("run", text, "--to", "ky", "--to", "ky", "--out", out).status == 0
    assert set(contents(out)) == {
        "text.en-ky.tmx",
        "text.document.json",
        "text.jsonl",
        "SHA256SUMS",
    }


def test_json(text: Path, tmp_path: Path) -> None:
    done = aligner("run", text, "--json", "--out", tmp_path / "out")
    summary = json.loads(done.out)
    assert (summary["segments"], summary["words"]) == (3, 12)
    assert summary["files"][0] == str(tmp_path / "out" / "text.en-ru.tmx")
    assert {lang: [m["origin"] for m in ms] for lang, ms in summary["models"].items()} == {
        "ru": ["starter"],
        "ky": ["starter"],
    }
    assert len(summary["least_certain"]) == 5
    assert summary["resumed"] is False
    assert summary["sentences_per_second"] > 0
    assert summary["signature"]["beam"] == "4"


def test_the_summary_steers_no_terminal(tmp_path: Path) -> None:
    source = b"It \x1b[31mrained\x1b[0m.\n"
    done = aligner("run", "-", "--to", "ru", "--out", tmp_path, stdin=source)
    assert "It [31mrained[0m." in done.out
    assert "\x1b" not in done.out


def test_stdin(tmp_path: Path) -> None:
    assert aligner("run", "-", "--out", tmp_path, stdin=TEXT.encode()).status == 0
    assert (tmp_path / "stdin.en-ru-ky.tmx").exists()


SEGMENTS = ["A Long Way", "It rained in Bishkek.", "The president left for Osh."]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", TEXT.replace("\n", "\r\n").encode()),
        ("a.txt", TEXT.encode("utf-8-sig")),
        ("a.txt", TEXT.encode("utf-16")),
        ("a.txt", TEXT.encode("utf-16-be")),
        ("a.md", TEXT.replace("A Long", "# A Long").encode()),
        (
            "a.html",
            b"<h1>A Long Way</h1><p>It rained in <b>Bishkek</b>. The president left for Osh.",
        ),
    ],
    ids=["CRLF", "UTF-8 with a mark", "UTF-16", "UTF-16BE without a mark", "Markdown", "HTML"],
)
def test_forms_of_input(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert aligner("run", tmp_path / name, "--to", "ru", "--out", tmp_path / "out").status == 0
    assert lines(tmp_path / "out" / "a.jsonl") == SEGMENTS


def test_another_encoding(
    tmp_path: Path, random_package: Callable[..., Path], packages: Path
) -> None:
    random_package(into=packages, pair=("ru", "en"))
    source, out = tmp_path / "a.txt", tmp_path / "out"
    source.write_bytes("Путин прилетел в Бишкек.\n".encode("cp1251"))
    arguments = ("run", source, "--from", "ru", "--to", "en", "--out", out)
    done = aligner(*arguments)
    assert done.status == 1
    assert "a.txt:1: the text is not utf-8" in done.err
    assert "--encoding cp1251" in done.err
    assert not out.exists()
    assert aligner(*arguments, "--encoding", "cp1251").status == 0
    [(_, texts)] = table(out / "a.jsonl")
    assert texts["ru"] == "Путин прилетел в Бишкек."


def test_one_long_line(tmp_path: Path) -> None:
    """A paragraph of 100 kB, and in it a sentence of 5 kB."""
    sentence = "It rained in Bishkek on day {}, and the president left for Osh. "
    endless = "and the rain fell on the old town, " * 150 + "until it stopped. "
    (tmp_path / "a.txt").write_text(
        "".join(sentence.format(n % 9) for n in range(1500)) + endless, encoding="utf-8"
    )
    done = aligner("run", tmp_path / "a.txt", "--to", "ru", "--beam", 1, "--out", tmp_path / "out")
    assert done.status == 0
    assert len(lines(tmp_path / "out" / "a.jsonl")) == 1501


def test_a_broken_model_is_named(text: Path, tmp_path: Path, packages: Path) -> None:
    (packages / "translate-en_ru-1_9").mkdir()
    done = aligner("run", text, "--to", "ru", "--out", tmp_path / "out")
    assert done.status == 0
    assert "Broken, not used: " in done.err
    assert "translate-en_ru-1_9" in done.err


# What a person has edited


def test_edited_files_stay(text: Path, tmp_path: Path) -> None:
    out, command = tmp_path / "out", ("run", text, "--to", "ru", "--out", tmp_path / "out")
    aligner(*command)
    memory = out / "text.en-ru.tmx"
    edited = memory.read_bytes().replace(b"</seg>", b"!</seg>")
    memory.write_bytes(edited)
    before = contents(out)
    done = aligner(*command)
    assert done.status == 1
    assert "text.en-ru.tmx" in done.err
    assert "--force" in done.err
    assert contents(out) == before
    assert aligner(*command[:-1], tmp_path / "elsewhere").status == 0
    assert contents(out) == before
    assert aligner(*command, "--force").status == 0
    assert memory.read_bytes() != edited
    assert is_whole(out)


@pytest.mark.parametrize("what", ["never ours", "no sums"])
def test_unknown_files_stay(text: Path, tmp_path: Path, what: str) -> None:
    out = tmp_path / "out"
    if what == "no sums":
        aligner("run", text, "--to", "ru", "--out", out)
        (out / "SHA256SUMS").unlink()
    else:
        out.mkdir()
        (out / "text.jsonl").write_bytes(b"mine")
    before = contents(out)
    done = aligner("run", text, "--to", "ru", "--out", out)
    assert done.status == 1
    assert "text.jsonl" in done.err
    assert contents(out) == before
    assert not (out / ".run").exists()


# When it is cut off


def wait(running: subprocess.Popen[bytes], out: Path, size: int) -> None:
    """Wait until the journal of a run has so many bytes, or the run has ended."""
    journal = out / ".run" / "journal.jsonl"
    while running.poll() is None and not (journal.exists() and journal.stat().st_size >= size):
        time.sleep(0.001)


def test_killed_and_resumed(article: tuple[Done, Path], tmp_path: Path) -> None:
    """At six moments of the run; what was done until then is not done again."""
    _, whole = article
    for moment in range(6):
        out = tmp_path / str(moment)
        with process("run", ARTICLE, "--out", out, "--threads", 1) as running:
            wait(running, out, 8_000 * moment)
            running.kill()
        started = re.search(rb'"started": "([^+]+)', contents(out).get(".run/journal.jsonl", b""))
        assert aligner("run", ARTICLE, "--out", out).status == 0
        assert undated(out) == undated(whole)
        assert is_whole(out)
        if started:
            assert started[1] + b"Z" in (out / FILES[3]).read_bytes()


def test_ctrl_c(article: tuple[Done, Path], tmp_path: Path) -> None:
    _, whole = article
    out = tmp_path / "out"
    with process("run", ARTICLE, "--out", out, "--threads", 1) as running:
        wait(running, out, 10_000)
        running.send_signal(signal.SIGINT)
        printed, told = running.communicate()
    assert running.returncode == 130
    assert printed == b""
    assert told.endswith(b"Stopped. The same command goes on from here.\n")
    done = aligner("run", ARTICLE, "--out", out)
    assert "s, resumed" in done.out
    assert undated(out) == undated(whole)


def test_two_at_once(article: tuple[Done, Path], tmp_path: Path) -> None:
    _, whole = article
    out = tmp_path / "out"
    with process("run", ARTICLE, "--out", out, "--threads", 1) as running:
        wait(running, out, 1)
        running.send_signal(signal.SIGSTOP)
        done = aligner("run", ARTICLE, "--out", out)
        running.send_signal(signal.SIGCONT)
        running.communicate()
    assert done.status == 1
    assert "another run is writing to this folder" in done.err
    assert running.returncode == 0
    assert undated(out) == undated(whole)


@pytest.fixture
def largest_file() -> Iterator[Callable[[int], None]]:
    """Let no file of this process grow beyond a size: a full disk, but for its errno."""
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("size", [0, 100, 30_000, 90_000])
def test_no_room(
    article: tuple[Done, Path], tmp_path: Path, largest_file: Callable[[int], None], size: int
) -> None:
    """For the journal's first line, for a batch of it, for a TMX."""
    _, whole = article
    out = tmp_path / "out"
    largest_file(size)
    done = aligner("run", ARTICLE, "--out", out)
    largest_file(1 << 30)
    assert done.status == 1
    assert done.err.splitlines()[-2].startswith(f"error: {out}")
    assert not out.exists() if size <= 100 else list(contents(out)) == [".run/journal.jsonl"]
    assert aligner("run", ARTICLE, "--out", out).status == 0
    assert undated(out) == undated(whole)


def in_namespace(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a shell script as root of its own small world, without a network; skips without one."""
    if not shutil.which("unshare"):
        pytest.skip("needs unshare")
    world = ["unshare", "--map-root-user", "--net", "--mount"]
    probe = [*world, "mount", "-t", "tmpfs", "none", "/tmp"]  # in that world only
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("needs namespaces")
    command = [*world, "sh", "-euc", script, "sh", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_disk_full(tmp_path: Path) -> None:
    done = in_namespace(
        'mount -t tmpfs -o size=100k none "$1"; shift; "$@"',
        tmp_path,
        *COMMAND,
        "run",
        ARTICLE,
        "--out",
        tmp_path / "out",
    )
    assert done.returncode == 1
    assert re.search(r"^error: .*(No space left on device|disk is full)\nFree", done.stderr, re.M)
    assert "Traceback" not in done.stderr


def test_read_only_folder(text: Path, tmp_path: Path) -> None:
    (tmp_path / "ro").mkdir()
    done = in_namespace(
        'mount -t tmpfs -o ro none "$1"; shift; "$@"',
        tmp_path / "ro",
        *COMMAND,
        "run",
        text,
        "--out",
        tmp_path / "ro" / "out",
    )
    assert done.returncode == 1
    assert f"error: {tmp_path}/ro/out: the folder cannot be made: Read-only" in done.stderr
    assert "--out" in done.stderr


# Offline


def test_without_a_network(article: tuple[Done, Path], tmp_path: Path) -> None:
    done = in_namespace('"$@"', *COMMAND, "run", ARTICLE, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert undated(tmp_path / "out") == undated(article[1])


NO_SOCKETS = """
import sys

def hook(event, arguments):
    if event.startswith("socket."):
        raise SystemExit(f"a socket was touched: {event} {arguments}")

sys.addaudithook(hook)
from aligner.cli import main
main()
"""


@pytest.mark.parametrize("command", ["run", "translate", "segment"])
def test_no_socket_is_opened(text: Path, tmp_path: Path, command: str) -> None:
    options = ["--out", str(tmp_path / "out")] if command == "run" else []
    done = subprocess.run(
        [sys.executable, "-c", NO_SOCKETS, command, str(text), *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


# On a terminal and in a pipe


def test_bars_on_a_terminal(text: Path, tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "run", text, "--out", tmp_path / "out"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm"},
    ) as running:
        os.close(theirs)
        drawn = b""
        try:
            while part := os.read(ours, 4096):
                drawn += part
        except OSError:  # how Linux ends a terminal
            pass
        os.close(ours)
        assert running.stdout is not None
        printed = running.stdout.read().decode()
    assert running.returncode == 0
    for lang in ("ru", "ky"):
        assert re.search(rf"{lang} .*3/3", drawn.decode())
    assert printed.startswith("3 segments, 12 words, ")
    assert "\x1b" not in printed


def test_the_pipe_may_close(text: Path, tmp_path: Path) -> None:
    with process("run", text, "--out", tmp_path / "out") as running:
        assert running.stdout is not None
        running.stdout.close()
        assert running.stderr is not None
        told = running.stderr.read()
    assert b"Traceback" not in told
    assert is_whole(tmp_path / "out")


# Mistakes


@pytest.mark.parametrize(
    ("arguments", "status", "messages"),
    [
        (["--to", "xx"], 1, ["no model for en → xx", "aligner models install en xx"]),
        (["--from", "ru", "--to", "ky"], 1, ["no model for ru → ky", "aligner models install ru"]),
        (["--to", "zz9!"], 2, ['"zz9!" is not a language code', "ISO 639"]),
        (["--to", "ru", "--to", "en"], 2, ["same: en"]),
        (["--beam", "0"], 2, ["--beam"]),
        (["--device", "abacus"], 2, ["--device", "abacus"]),
        (["--srx", "none.srx"], 1, ["none.srx"]),
        (["--srx", "{text}"], 1, ["text.txt:1: ", "XML"]),
        (["--encoding", "klingon"], 2, ["klingon", "cp1251"]),
        (["--encoding", "ascii"], 1, ["text.txt:1: the text is not ascii"]),
        (["--out", "{text}"], 1, ["text.txt", "--out"]),
        (["--out", "{text}/below"], 1, ["text.txt", "--out"]),
        (["--no-such-option"], 2, ["--no-such-option"]),
    ],
)
def test_wrong_calls(
    text: Path, tmp_path: Path, arguments: list[str], status: int, messages: list[str]
) -> None:
    given = [argument.format(text=text) for argument in arguments]
    before = contents(tmp_path)
    done = aligner("run", text, "--out", tmp_path / "out", *given)
    assert (done.status, done.out) == (status, ""), done.err
    assert all(message in done.err for message in messages), done.err
    assert contents(tmp_path) == before
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "content", "messages"),
    [
        ("empty.txt", b"", ["nothing to read", "has some text"]),
        ("blank.txt", b" \n\n\t", ["nothing to read", "has some text"]),
        ("binary.txt", bytes(range(256)) * 9, ["binary", "Give a text file"]),
        ("small-print.txt", "© Acme 2024\n".encode(), ["nothing to translate", "--boilerplate"]),
        ("odd.docx", b"PK", [".docx", ".txt"]),
        ("latin.txt", "Café au lait, déjà vu.\n".encode("cp1252"), ["not utf-8", "--encoding"]),
        ("none.txt", None, ["No such file", "Check the name"]),
        (".", None, ["Is a directory", "Check the name"]),
    ],
)
def test_bad_sources(tmp_path: Path, name: str, content: bytes | None, messages: list[str]) -> None:
    source = tmp_path / "source"
    source.mkdir()
    if content is not None:
        (source / name).write_bytes(content)
    done = aligner("run", source / name, "--out", tmp_path / "out")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith(f"error: {source / name}")
    assert all(message in done.err for message in messages), done.err
    assert not (tmp_path / "out").exists()


# The glossary


def test_the_terms_of_the_article(article: tuple[Done, Path]) -> None:
    """By default those of glossaries/; at least 95 % come out right, and all others are flagged."""
    done, out = article
    assert "Glossary: glossaries/central-asia.csv" in done.out
    units = [json.loads(line) for line in (out / f"{NAME}.jsonl").read_text().splitlines()]
    for lang in ("ru", "ky"):
        assert re.search(rf"{lang}: \d+ term occurrences: \d+ already right, \d+ forced", done.out)
        targets = [unit["targets"][lang] for unit in units]
        uses = [(use, target) for target in targets for use in target["terms"]]
        missing = [(use, target) for use, target in uses if use["outcome"] == "missing"]
        assert len(uses) > 150
        assert len(missing) <= 0.05 * len(uses)
        for use, target in missing:
            assert any(use["target"] in issue for issue in target["issues"])
        for use, target in uses:
            assert use["outcome"] == "missing" or use["target"] in target["text"]


def test_verify_agrees(article: tuple[Done, Path]) -> None:
    _, out = article
    verify = ("glossary", "verify", "--json", "--glossary", "glossaries/central-asia.csv")
    [row] = map(json.loads, aligner(*verify, out / FILES[2]).out.splitlines())
    for counts in row["langs"].values():
        assert counts["satisfied"] >= 0.95 * counts["occurrences"] > 100


def test_a_glossary_of_ones_own(text: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("en,ru\nOsh,Ошград\n", encoding="utf-8")
    run = ("run", text, "--to", "ru", "--json", "--out", tmp_path / "out")
    summary = json.loads(aligner(*run, "--glossary", own).out)
    assert summary["glossaries"] == [str(own)]
    assert summary["concepts"] == 1
    assert sum(summary["terms"]["ru"].values()) == 1
    assert summary["terms"]["ru"]["missing"] == 0
    assert "Ошград" in (tmp_path / "out" / "text.en-ru.tmx").read_text("utf-8")


def test_no_glossary(text: Path, tmp_path: Path) -> None:
    done = aligner("run", text, "--to", "ru", "--json", "--no-glossary", "--out", tmp_path / "out")
    summary = json.loads(done.out)
    assert (summary["glossaries"], summary["concepts"]) == ([], 0)
    assert summary["signature"]["glossary"] == "none"
    wrong = aligner("run", text, "--no-glossary", "--glossary", "a.csv")
    assert wrong.status == 2
    assert "exclude each other" in wrong.err


def test_a_glossary_that_is_not_there(text: Path, tmp_path: Path) -> None:
    done = aligner("run", text, "--glossary", tmp_path / "none.csv", "--out", tmp_path / "out")
    assert done.status == 1
    assert "none.csv" in done.err
    assert not (tmp_path / "out" / "text.jsonl").exists()
