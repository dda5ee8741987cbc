"""Plain text: paragraphs, hard-wrapped lines, and the kinds of both."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.formats import txt
from aligner.records import Kind

_KINDS = {"H": Kind.HEADING, "B": Kind.BODY, "C": Kind.CAPTION, "X": Kind.BOILERPLATE}
_FILE = Path(__file__).parent / "data" / "formats" / "kinds.txt"
_SHARED = Path(__file__).parents[2] / "shared" / "data"


_CASES = re.split(r"^## ", _FILE.read_text("utf-8"), flags=re.MULTILINE)[1:]


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.partition("\n")[0])
def test_kinds(case: str) -> None:
    name, _, marked = case.partition("\n")
    lang = name.partition(":")[0]
    text = re.sub(r"^[HBCX]\| ", "", marked, flags=re.MULTILINE)
    marks = {kind: mark for mark, kind in _KINDS.items()}
    found = [f"{marks[block.kind]}| {block.text}" for block in txt.read(text, lang)]
    assert found == [line for line in marked.splitlines() if line]


def spans(text: str, lang: str = "en") -> list[str]:
    return [block.text for block in txt.read(text, lang)]


@given(st.text(alphabet="ab. \t\n\r\f\v\u2028\u2029\u0085\u00a0\u00ad\ufeff«»—1)", max_size=200))
def test_blocks_are_slices_of_the_source(text: str) -> None:
    shown = []
    for block in txt.read(text, "en"):
        (here, start), *more = block.runs
        assert (here, more) == (0, [])
        assert text[start : start + len(block.text)] == block.text
        assert block.source_span(0, len(block.text)) == (start, start + len(block.text))
        shown.append((start, start + len(block.text)))
    left = [char for i, char in enumerate(text) if not any(a <= i < b for a, b in shown)]
    assert not "".join(left).strip()
    assert shown == sorted(shown)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\f", "\n\n\n", "\n \t\n"])
def test_every_line_end_parts_lines(end: str) -> None:
    assert spans(f"Ак калпак.{end}Кара көз.{end}") == ["Ак калпак.", "Кара көз."]


def test_odd_characters_stay() -> None:
    line = "\u00a0C5+1. Про\u00adцент „так“\u202f—\u200b10\u00a0%\u00a0"
    assert spans(f"  {line}\t\n") == [line]


def test_a_line_of_no_break_spaces_is_blank() -> None:
    assert spans("One.\n\u00a0\u00a0\nTwo.") == ["One.", "Two."]


PROSE = (
    "The lake lies at sixteen hundred metres above the sea, and in winter it does not freeze, "
    "because its water is a little salty and very deep. Fishermen say that below the southern "
    "shore there is a town, and that on a still morning its walls can be seen from a boat. "
    "Scholars from Bishkek went down in 1958 and brought up cauldrons, arrowheads and a mill."
)
VERSE = (
    "Above the pass the falcon hangs\nSo still the wind forgets its name\n"
    "And all the valley under it\nIs waiting, as before a flame."
)


def wrapped(text: str, width: int, indent: str = "") -> str:
    """Greedy, as mail programs and Project Gutenberg do it."""
    lines = [indent]
    for word in text.split():
        if len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] += word if lines[-1] in ("", indent) else f" {word}"
    return "\n".join(lines)


@pytest.mark.parametrize("width", [50, 65, 72, 80, 100])
def test_hard_wrapped_paragraphs_are_joined(width: int) -> None:
    one, two = wrapped(PROSE, width), wrapped(PROSE.replace("lake", "river"), width)
    assert spans(f"{one}\n\n{two}\n") == [one, two]


def test_hard_wrapped_paragraphs_may_be_indented_and_stand_close() -> None:
    one, two = wrapped(PROSE, 70, "    "), wrapped(PROSE, 70, "    ")
    assert spans(f"{one}\n{two}\n") == [one.lstrip(), two.lstrip()]


def test_around_wrapped_paragraphs_short_lines_stay_lines() -> None:
    body = wrapped(PROSE, 72)
    text = f"THE LAKE\n\n{body}\n\n{VERSE}\n\nBest regards,\nAida Kasymova\nBishkek office\n"
    close = ["Best regards,", "Aida Kasymova", "Bishkek office"]
    assert spans(text) == ["THE LAKE", body, *VERSE.split("\n"), *close]


def test_items_of_a_wrapped_list_stay_apart() -> None:
    items = [wrapped(f"{mark} {PROSE[:150]}", 60) for mark in ("1.", "2.", "-", "•")]
    text = f"{wrapped(PROSE, 60)}\n\n" + "\n".join(items)
    assert spans(text) == [wrapped(PROSE, 60), *items]


@pytest.mark.parametrize(
    "text",
    [
        VERSE,
        "We met in Osh on Monday.\nIt was raining hard that day and the roads were closed.\n"
        "Nobody knew when they would open.\nThe driver made tea on the engine of his truck.",
        "Aigul Sadykova\nTemir Asanov\nJane Miller",
        "A short headline about the water of the river Chu\nTalks in Almaty",
        "apples from Osh\npears\nwalnuts from Arslanbob",
    ],
    ids=["verse", "a sentence a line", "names", "headlines", "a list in lower case"],
)
def test_what_is_not_wrapped_is_not_joined(text: str) -> None:
    assert spans(text) == text.split("\n")


def test_a_very_long_line_is_one_block() -> None:
    line = "слово " * 200_000 + "конец."
    assert spans(line, "ru") == [line]


@pytest.mark.skipif(not _SHARED.exists(), reason="the gold data is not here")
def test_the_commissioned_article() -> None:
    with (_SHARED / "segmentation" / "seed-article.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    gold = {row["paragraph"]: (row["kind"], int(row["start"])) for row in reversed(rows)}
    text = (_SHARED / "seed-article.txt").read_text("utf-8")
    found = [
        (block.kind, block.source_offset(len(block.text) - len(block.text.lstrip())))
        for block in txt.read(text, "en")
    ]
    assert found == list(reversed(gold.values()))
