"""Glossaries of OmegaT; that OmegaT reads them is tested with its TBX."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from concepts import concepts
from hypothesis import given

from aligner.errors import InputError, UsageError
from aligner.formats import termbases
from aligner.formats.termbases import omegat
from aligner.records import Concept, Status, Term, Wording

OSH = Concept("a", {"en": Term(Wording("Osh")), "ky": Term(Wording("Ош"))}, note="a city")


def write(*given_: Concept) -> tuple[str, tuple[str, ...]]:
    file = io.BytesIO()
    losses = omegat.write(file, given_, ("en", "ky"))
    return file.getvalue().decode("utf-8-sig"), losses


def test_a_line_for_each_wording_of_the_source() -> None:
    sco = Term(Wording("SCO"), (Wording("Shanghai Five"),))
    sku = Term(Wording("ШКУ"), (Wording("уюм"),), (Wording("ШОС"),))
    text, losses = write(OSH, Concept("b", {"en": sco, "ky": sku}, note="x\ty"))
    assert text == (
        "Osh\tОш\ta city\n"
        "SCO\tШКУ\tx y; also: уюм; not: ШОС\n"
        "Shanghai Five\tШКУ\tx y; also: уюм; not: ШОС\n"
    )
    assert losses == (
        "2 concepts: ids have no place in OmegaT's format",
        "1 concept: variants and forbidden wordings of the target stand in the comment",
        "1 concept: tabs and line breaks become spaces",
    )


def test_what_it_cannot_hold() -> None:
    full = Concept(
        "a",
        {
            "en": Term(Wording("US"), (), (Wording("USA"),), Status.APPROVED),
            "ky": Term(Wording("АКШ", ("frozen",))),
        },
        pos="PROPN",
        case_sensitive=True,
        extra={"x": "y"},
    )
    hashtag = Concept("b", {"en": Term(Wording("#MeToo")), "ky": Term(Wording("#MeToo"))})
    text, losses = write(full, Concept("c", {"en": Term(Wording("Rome"))}), hashtag)
    assert text == "US\tАКШ\n"
    assert {
        loss.partition(": ")[2].removesuffix(" have no place in OmegaT's format") for loss in losses
    } == {
        "ids",
        "categories, parts of speech and sources",
        "statuses",
        "features and forms of wordings",
        "forbidden wordings of the source",
        "marks of case sensitivity",
        "further fields",
        "left out, for want of a term in both languages",
        "a term that begins with # would be a comment: left out",
    }


def test_what_is_not_translated_is_the_same() -> None:
    text, _ = write(Concept("a", {"en": Term(Wording("YouTube"))}, do_not_translate=True))
    assert text == "YouTube\tYouTube\n"


def test_the_mark_by_which_omegat_knows_the_encoding() -> None:
    file = io.BytesIO()
    omegat.write(file, [OSH], ("en", "ky"))
    assert file.getvalue().startswith(b"\xef\xbb\xbf")


@given(concepts())
def test_lines_are_read_as_written(given_: list[Concept]) -> None:
    text, _ = write(*given_)
    found = list(omegat.read(text, "x", ("en", "ky")))
    pairs = [tuple(term.preferred.text for term in one.terms.values()) for one in found]
    assert all(len(pair) == 2 for pair in pairs)
    assert len(pairs) == len(text.split("\n")) - 1


@pytest.mark.parametrize("name", ["terms.en-ky.txt", "terms.EN-KY.utf8", "a.b.en-ky.tab"])
def test_languages_in_the_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes("# mine\r\nOsh\tОш\ta city\r\n\r\nNaryn\tНарын\r\n".encode())
    assert termbases.read(path) == (
        Concept("r2", OSH.terms, note="a city"),
        Concept("r4", {"en": Term(Wording("Naryn")), "ky": Term(Wording("Нарын"))}),
    )


def test_languages_as_arguments(tmp_path: Path) -> None:
    path = tmp_path / "terms.txt"
    termbases.write(path, [OSH], langs=["en", "ky"])
    assert termbases.read(path, langs=["en", "ky"])[0].terms == OSH.terms
    for call in (lambda: termbases.read(path), lambda: termbases.write(path, [OSH])):
        with pytest.raises(UsageError, match="two languages") as caught:
            call()
        assert "terms.en-ru.txt" in caught.value.hint


@pytest.mark.parametrize("line", ["Osh", "Osh\t", "\tОш", "Osh\t \tx"])
def test_errors_say_where(line: str) -> None:
    with pytest.raises(InputError) as caught:
        list(omegat.read(f"# x\nRome\tРим\n{line}\n", "terms.txt", ("en", "ky")))
    assert caught.value.where == "terms.txt:3"
