"""Help and documentation: complete, and true of the commands as they are."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from command import aligner

from aligner.cli import app

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("corpora/*.md")]

_FENCED = re.compile(r"^```.*?\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(aligner [^`\n]+)`")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def commands(command: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command and group, the whole app's () first."""
    command = command or typer.main.get_command(app)
    yield path
    for name, child in getattr(command, "commands", {}).items():
        yield from commands(child, (*path, name))


ALL = list(commands())
# Commands that only hold others: these have the examples.
GROUPS = {path for path in ALL if any(one[:-1] == path for one in ALL if one)}


def examples(text: str) -> list[list[str]]:
    """The calls of aligner in a text, as words: each line or part of a pipe that begins so."""
    lines = text.replace("\\\n", " ").splitlines()
    calls = []
    for line in lines:
        for part in re.split(r"\s[|;&]+\s", line):
            call = re.sub(r"^\W*(?:uv run(?: --\S+)* )?", "", part.strip())
            if call.startswith("aligner "):
                words = shlex.split(re.sub(r"\s\(.*\)$|\s<\s.*$|\s2?>.*$", "", call), comments=True)
                calls.append(words[1:])
    return calls


def calls_in(page: Path) -> list[list[str]]:
    text = page.read_text(encoding="utf-8")
    return [
        call for code in (*_FENCED.findall(text), *_INLINE.findall(text)) for call in examples(code)
    ]


def check(call: list[str]) -> None:
    """A call names a command, and only options that the command has."""
    path = max((path for path in ALL if tuple(call[: len(path)]) == path), key=len)
    help_text = aligner(*path, "--help").out
    known = set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", help_text))
    used = {word.split("=")[0] for word in call[len(path) :] if re.match(r"--?[a-z]", word)}
    assert used <= known, f"{' '.join(call)}: no such option: {used - known}"
    is_group = "COMMAND" in help_text.split("\n\n")[0]
    rest = [word for word in call[len(path) :] if not word.startswith("-")]
    assert not (is_group and rest and re.fullmatch("[a-z]+", rest[0])), f"no command: {call}"


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_has_help(path: tuple[str, ...]) -> None:
    done = aligner(*path, "--help")
    assert done.status == 0
    _, purpose, *_ = done.out.split("\n\n")
    assert re.fullmatch(r"[A-Z].+\.", purpose.strip(), re.DOTALL), "it says what it does"


@pytest.mark.parametrize("path", [path for path in ALL if path not in GROUPS], ids=" ".join)
def test_every_command_has_an_example_that_is_true(path: tuple[str, ...]) -> None:
    shown = examples(aligner(*path, "--help").out)
    mine = [call for call in shown if tuple(call[: len(path)]) == path]
    assert mine
    for call in shown:
        check(call)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_calls_in_the_documentation(page: Path) -> None:
    for call in calls_in(page):
        check(call)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:|#", link):
            assert (page.parent / link.partition("#")[0]).exists(), link


def test_calls_are_found() -> None:
    text = (
        "$ uv run --frozen aligner run a.txt \\\n  --to ky > log\n"
        "cat a.txt | aligner translate -   # so\n"
    )
    assert examples(text) == [["run", "a.txt", "--to", "ky"], ["translate", "-"]]
    with pytest.raises(AssertionError, match="--fast"):
        check(["run", "a.txt", "--fast"])
    with pytest.raises(AssertionError, match="no command"):
        check(["models", "polish"])
    with pytest.raises(AssertionError, match="no command"):
        check(["fly", "a.txt"])
