from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from memories import unit

from aligner import checking, results
from aligner.checking import Wanted
from aligner.entries import Entry, Variant
from aligner.quality import Severity
from aligner.records import Concept, Term, Wording

WRONG = unit("a:1", en="It costs 5 dollars.", ru="Это стоит 6 долларов.", ky="Ал 5 доллар турат.")
RIGHT = unit("a:2", en="It rained.", ru="Шёл дождь.", ky="Жамгыр жаады.")

NAMES = {"en": "Osh", "ru": "Ош", "ky": "Ош"}


def said(entries: list[Entry], **wanted: object) -> list[tuple[str, str, str]]:
    """Unit, language and check of each finding."""
    return [
        (checked.entry.tuid, found.lang, found.finding.check)
        for checked in checking.check(entries, (), Wanted(**wanted))  # type: ignore[arg-type]
        for found in checked.findings
    ]


def test_every_unit_comes_back_with_what_was_found() -> None:
    checked = list(checking.check([WRONG, RIGHT]))
    assert [one.entry for one in checked] == [WRONG, RIGHT]
    [found] = checked[0].findings
    assert (found.lang, str(found.finding)) == ("ru", "numbers: 5 has become 6")
    assert (found.source, found.target) == ("It costs 5 dollars.", "Это стоит 6 долларов.")
    assert checked[1].findings == ()


def test_what_is_wanted() -> None:
    empty = unit("a:3", en="It rained on Monday.", ru="", ky="Жамгыр жаады.")
    entries = [WRONG, empty]
    assert said(entries) == [
        ("a:1", "ru", "numbers"),
        ("a:3", "ru", "empty"),
        ("a:3", "ky", "weekday-lost"),
    ]
    assert said(entries, langs={"ky"}) == [("a:3", "ky", "weekday-lost")]
    assert said(entries, only={"empty"}) == [("a:3", "ru", "empty")]
    assert said(entries, skip={"numbers", "empty"}) == [("a:3", "ky", "weekday-lost")]
    assert said(entries, errors=True) == [("a:1", "ru", "numbers"), ("a:3", "ru", "empty")]


def test_documents_are_looked_at_each_by_itself() -> None:
    one, other = (
        unit(name, (("x-document", name),), en="He came to the city.", ru=text)
        for name, text in (("a", "Он приехал в город."), ("b", "Он прибыл в город."))
    )
    assert said([one, other]) == []
    together = unit("c", (("x-document", "a"),), en="He came to the city.", ru="Он прибыл в город.")
    assert said([one, together]) == [("c", "ru", "inconsistent")]


def test_no_more_is_read_than_needed() -> None:
    taken = 0

    def endless() -> Iterator[Entry]:
        nonlocal taken
        while True:
            taken += 1
            yield unit(f"u{taken}", en="It rained.", ru="Шёл дождь.")

    units = checking.check(endless())
    assert next(units).entry.tuid == "u1"
    assert taken <= 20_000


def test_terms_are_verified() -> None:
    osh = Concept("osh", {lang: Term(Wording(name)) for lang, name in NAMES.items()})
    wrong = unit("a:1", en="He left for Osh.", ru="Он уехал в Талас.", ky="Ал Ошко кетти.")
    [checked] = checking.check([wrong], [osh], checking.Wanted(only={"term"}))
    [found] = checked.findings
    assert (found.lang, found.finding.check) == ("ru", "term")
    assert found.finding.severity is Severity.ERROR
    assert found.finding.source == (12, 15)


def test_only_a_missing_name_is_an_error() -> None:
    gas = Concept("gas", {"en": Term(Wording("gas")), "ru": Term(Wording("газ"))})
    other = unit("a:1", en="He spoke about gas.", ru="Он говорил о топливе.")
    [checked] = checking.check([other], [gas], checking.Wanted(only={"term"}))
    assert [one.finding.severity for one in checked.findings] == [Severity.WARNING]


def test_marks_of_earlier_checks_go() -> None:
    old = (
        ("x-origin", "mt"),
        ("x-issue", "numbers: 7 is not there"),
        ("x-issue", "memory: 7 → 8 was put in"),
    )
    entry = unit(
        "a:1", en="It costs 5 dollars.", ru=Variant("ru", "Это стоит 6 долларов.", props=old)
    )
    [checked] = checking.check([entry])
    marked = checking.marked(checked)
    assert marked.variants[1].props == (
        ("x-origin", "mt"),
        ("x-issue", "memory: 7 → 8 was put in"),
        ("x-issue", "numbers: 5 has become 6"),
    )
    [again] = checking.check([marked])
    assert checking.marked(again) == marked


def test_a_unit_without_languages_or_texts() -> None:
    strange = [
        Entry("x", ()),
        Entry("y", (Variant("", "One."),)),
        Entry("z", (Variant("", "One 5."), Variant("", "Eins 6."))),
    ]
    assert len(list(checking.check(strange))) == 3


@pytest.mark.parametrize("name", ["numbers", "term", "term-case", "inconsistent"])
def test_all_checks_are_listed(name: str) -> None:
    severity, says = checking.ids()[name]
    assert isinstance(severity, Severity)
    assert says


def test_a_corpus() -> None:
    """Clean references of news are seldom called wrong: in 1 of 100 at most."""
    from aligner.formats.exchange import tmx

    corpus = Path(__file__).parents[1] / "corpora" / "central-asia-news.tmx"
    entries = [entry for n, entry in enumerate(tmx.read(corpus).entries) if n % 10 == 0]
    flagged = sum(bool(one.findings) for one in checking.check(entries, (), Wanted(errors=True)))
    assert flagged <= len(entries) / 100


def test_a_folder_keeps_its_engine_s_issues(tmp_path: Path) -> None:
    from results_folder import paragraphs, write_results

    folder = write_results(tmp_path / "out", paragraphs(["It costs 5 dollars."]))
    bitext = results.load(folder)
    marked = checking.with_issues(bitext, checking.check(checking.entries(bitext)))
    issues = marked.units[0].targets["ru"].issues
    assert issues[0] == "number: 5 is missing"  # of the engine
    assert any(issue.startswith("numbers: ") for issue in issues)
