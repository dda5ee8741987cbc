"""`aligner translate`, plain text in and out, by the starter models."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command import ARTICLE, aligner, process

CYRILLIC = re.compile("[а-яёңөү]", re.IGNORECASE)


def test_layout(tmp_path: Path) -> None:
    source = "The visit\r\n\r\n\r\n  It rained in Bishkek.  The president left.\r\n\t\r\n- Why?\r\n"
    (tmp_path / "a.txt").write_bytes(source.encode())
    done = aligner("translate", tmp_path / "a.txt")
    assert done.status == 0
    # What the models make of the words, nobody can foresee.
    pattern = r"(.+)\r\n\r\n\r\n  (.+\.)  (.+\.)\r\n\t\r\n- (.+)\r\n"
    made = re.fullmatch(pattern, done.out)
    assert made
    assert all(CYRILLIC.search(sentence) for sentence in made.groups())
    assert "starter models" in done.err


def test_boilerplate_too() -> None:
    done = aligner("translate", ARTICLE, "--to", "ky", "--beam", 1)
    source = ARTICLE.read_text(encoding="utf-8")
    assert done.out.count("\n") == source.count("\n")
    assert CYRILLIC.search(done.out.splitlines()[1])


def test_stdin() -> None:
    done = aligner("translate", "--to", "ky", "-", stdin=b"The president arrived in Bishkek.\n")
    assert (done.status, done.out.count("\n")) == (0, 1)
    assert CYRILLIC.search(done.out)


@pytest.mark.parametrize(
    ("source", "pattern"),
    [
        ("It rained.\n\nHe left. She came.\n", r".+\n\n.+\n"),
        ("It rained.\r\nHe left.", r".+\r\n[^\n]+"),
        ("THE END\n12.5%\nhttps://example.org/a\n", r".+\n12\.5%\nhttps://example\.org/a\n"),
        ("\n\n\n", r"\n\n\n"),
        ("", ""),
    ],
)
def test_presegmented(source: str, pattern: str) -> None:
    done = aligner("translate", "--presegmented", "--no-glossary", "-", stdin=source.encode())
    assert done.status == 0
    assert re.fullmatch(pattern, done.out)


@pytest.mark.parametrize("source", ["", "\n", "\n\n", "\r\n\r\n", " \n"])
def test_blank_in_blank_out(source: str) -> None:
    done = aligner("translate", "-", stdin=source.encode())
    assert (done.status, done.out) == (0, source)


def test_a_broken_model_is_named(packages: Path) -> None:
    (packages / "translate-en_ru-1_9").mkdir()
    done = aligner("translate", "-", stdin=b"It rained.")
    assert done.status == 0
    assert "Broken, not used: " in done.err


def test_output_is_utf8_whatever_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    with process("translate", ARTICLE, "--to", "ky", "--beam", "1") as running:
        printed, _ = running.communicate()
    assert running.returncode == 0
    assert CYRILLIC.search(printed.decode("utf-8"))


def test_ctrl_c(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("aligner.pipeline.translate_text", interrupt)
    done = aligner("translate", ARTICLE)
    assert (done.status, done.out, done.err) == (130, "", "")


@pytest.mark.parametrize(
    ("name", "content", "arguments", "status", "messages"),
    [
        ("a.html", b"<p>Hi", [], 1, ["a.html: it has markup", "aligner run"]),
        ("a.md", b"# Hi", ["--presegmented"], 1, ["a.md: it has markup", "aligner run"]),
        ("a.txt", b"\xcf\xf0\xe8\xe2\xe5\xf2\n", [], 1, ["a.txt:1: the text is not utf-8"]),
        ("a.txt", bytes(range(256)), [], 1, ["a.txt: the file is binary"]),
        ("a.txt", b"Hi", ["--to", "xx"], 1, ["en → xx", "aligner models install en xx"]),
        ("a.txt", b"Hi", ["--to", "en"], 2, ["same: en"]),
        ("a.txt", b"Hi", ["--to", "zz9!"], 2, ['"zz9!"', "ISO 639"]),
        ("a.txt", b"Hi", ["--from", "zz9!"], 2, ['"zz9!"', "ISO 639"]),
        ("a.txt", b"Hi", ["--beam", "0"], 2, ["--beam"]),
        ("a.txt", b"Hi", ["--srx", "none.srx"], 1, ["none.srx"]),
    ],
)
def test_mistakes(
    tmp_path: Path,
    name: str,
    content: bytes,
    arguments: list[str],
    status: int,
    messages: list[str],
) -> None:
    (tmp_path / name).write_bytes(content)
    done = aligner("translate", tmp_path / name, *arguments)
    assert (done.status, done.out) == (status, "")
    assert all(message in done.err for message in messages), done.err
