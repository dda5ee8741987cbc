"""`aligner publish`."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from command import aligner, contents
from lxml import html
from results_folder import paragraphs, write_results

FILE = "article.en-ru-ky.html"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of results, seen from an empty one."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return write_results(tmp_path / "results", paragraphs(["It rained.", "He left."]))


def test_a_page_is_written_here(place: Path) -> None:
    done = aligner("publish", place)
    assert (done.status, done.out) == (0, f"Written: {FILE}\n")
    assert done.err.splitlines() == [
        f"2 of 2 sentences in {lang} are not reviewed by a person: they are marked"
        for lang in ("ru", "ky")
    ]
    assert "It rained. He left." in html.parse(FILE).getroot().text_content()


def test_what_is_there_is_not_overwritten_unasked(place: Path) -> None:
    Path(FILE).write_text("edited")
    done = aligner("publish", place)
    assert done.status == 1
    assert done.err == (
        f"error: {FILE}: the file is there already\n"
        "Give --force to overwrite it, or another name with --out.\n"
    )
    assert Path(FILE).read_text() == "edited"
    assert aligner("publish", place, "--force").status == 0
    assert Path(FILE).read_text() != "edited"
    Path("mine.html").write_text("old")
    assert aligner("publish", place, "--out", "mine.html").status == 0


def test_the_name_of_the_output_tells_the_format(place: Path) -> None:
    assert aligner("publish", place, "--out", "a.epub").status == 0
    assert zipfile.is_zipfile("a.epub")
    assert aligner("publish", place, "--out", "a.markdown").status == 0
    assert Path("a.markdown").read_text("utf-8").startswith("# article")
    done = aligner("publish", place, "--out", "a.xyz")
    assert (done.status, done.err.splitlines()[0]) == (
        2,
        "error: a.xyz: its name does not tell the format",
    )


def test_an_ebook_is_interleaved_unless_asked(place: Path) -> None:
    pages = []
    for options in ([], ["--layout", "columns"]):
        assert aligner("publish", place, "--out", "a.epub", *options).status == 0
        with zipfile.ZipFile(BytesIO(Path("a.epub").read_bytes())) as book:
            pages.append(book.read("EPUB/text.xhtml"))
    assert [b"<table" in page for page in pages] == [False, True]


def test_standard_output_is_the_publication_alone(place: Path) -> None:
    done = aligner("publish", place, "--format", "md", "--langs", "ru", "--out", "-", "--final")
    assert done.out.startswith("# article\n\nru 1.1 ru 1.2\n")
    assert (
        done.err == "2 of 2 sentences in ru are not reviewed by a person: nothing in it says so\n"
    )
    assert not list(Path().iterdir())


def test_titles_and_credits_by_language(place: Path) -> None:
    titles = ["--title", "A visit", "--title", "ru=Визит"]
    credits = ["--credit", "© Us", "--credit", "ky=© Биз", "--credit", "All rights reserved"]  # noqa: A001
    done = aligner("publish", place, "--format", "md", "--out", "-", *titles, *credits)
    assert done.out.startswith("# A visit\n\n**Визит**\n\n**article**\n")
    assert "\n\n© Us\n\nAll rights reserved\n\n© Биз\n\n" in done.out


def test_results_are_never_overwritten(place: Path) -> None:
    before = contents(place)
    (place / "SHA256SUMS").write_text("")
    done = aligner("publish", place, "--format", "md", "--out", place / "SHA256SUMS")
    assert done.status == 2
    assert contents(place) == {**before, "SHA256SUMS": b""}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--langs", "de"], 'there is nothing in "de" to publish'),
        (["--langs", "??"], '"??" is not a language code'),
        (["--source-url", "javascript:alert(1)"], "is no address of the web"),
        (["--title", "xx="], ""),
    ],
)
def test_wrong_calls_say_what_is_wrong(options: list[str], message: str, place: Path) -> None:
    done = aligner("publish", place, *options)
    assert done.status == (2 if message else 0)
    assert message in done.err


def test_what_is_missing_is_said(place: Path) -> None:
    one, two = paragraphs(["It rained.", "He left."])
    write_results(place, [one, type(two)(two.source, {})])
    done = aligner("publish", place, "--langs", "en,ru")
    assert "warning: 1 of 2 sentences are not translated into ru" in done.err


def test_no_folder_and_no_file(tmp_path: Path) -> None:
    done = aligner("publish", tmp_path / "none")
    assert done.status == 1
    done = aligner("publish", tmp_path)
    assert (done.status, "there is no .jsonl" in done.err) == (1, True)


def test_help_has_examples() -> None:
    done = aligner("publish", "--help")
    assert "aligner publish corpora/article --source-url" in done.out
