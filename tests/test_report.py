"""The figures of a report: what is counted, and in how little memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.curation.distance import Rate, rate
from aligner.entries import Entry, Variant
from aligner.errors import InputError, UsageError
from aligner.formats import jsonl, termbases
from aligner.formats.reports import Figures, Part, State
from aligner.records import (
    Bitext,
    Block,
    Document,
    Kind,
    Origin,
    Outcome,
    Segment,
    Status,
    Target,
    TermUse,
    Unit,
)
from aligner.report import Report, report
from aligner.report.alignment import Alignments
from aligner.report.reading import Material, material
from aligner.report.spread import Counting
from aligner.report.stretches import MOST, Look, Strip
from aligner.terminology.termbase import Termbase

DATE = datetime(2026, 11, 23, tzinfo=UTC)

TARGETS = {
    State.HUMAN: Target("Он приехал в Ош.", Origin.HUMAN, editor="Aida"),
    State.EDITED: Target(
        "Он уехал из Оша.", Origin.POST_EDITED, draft="Он приехал в Ош.", editor="Aida"
    ),
    State.ACCEPTED: Target(
        "Он приехал в Ош.", Origin.POST_EDITED, draft="Он приехал в Ош.", editor="Bek"
    ),
    State.MEMORY: Target("Он приехал в Ош.", Origin.TM, match=100, memory="old.tmx"),
    State.MACHINE: Target("Он приехал в Ош.", Origin.MT, score=0.8, engine="argos"),
}


def folder(place: Path, targets: Sequence[Target | None], source: str = "He came to Osh.") -> Path:
    """What a run leaves, with these Russian targets."""
    place.mkdir()
    units = tuple(
        Unit(
            Segment(f"{n}.1", n - 1, 0, len(source), source),
            {"ru": target} if target else {},
            Kind.HEADING if n == 1 else Kind.BODY,
        )
        for n, target in enumerate(targets, 1)
    )
    document = Document("news", "en", "", tuple(Block(unit.kind, source) for unit in units))
    signature = {"aligner": "0.1.0", "model-ru": "tiny@abc"}
    jsonl.write(place / "news.jsonl", Bitext(document, units, signature), DATE)
    return place


def tmx(path: Path, units: Sequence[str], header: str = 'srclang="en"') -> Path:
    path.write_text(
        f'<tmx version="1.4"><header {header}/><body>{"".join(units)}</body></tmx>', "utf-8"
    )
    return path


def tu(*texts: tuple[str, str], props: Sequence[tuple[str, str]] = (), tuid: str = "") -> str:
    said = "".join(f'<prop type="{name}">{escape(value)}</prop>' for name, value in props)
    tuvs = "".join(
        f'<tuv xml:lang="{lang}"><seg>{escape(text)}</seg></tuv>' for lang, text in texts
    )
    return f'<tu tuid="{tuid}">{said}{tuvs}</tu>' if tuid else f"<tu>{said}{tuvs}</tu>"


def figures(place: Path, langs: Sequence[str] = ()) -> Figures:
    return report(material(str(place)), langs).figures


# A folder of results


def test_states(tmp_path: Path) -> None:
    found = figures(folder(tmp_path / "out", [*TARGETS.values(), None, TARGETS[State.MACHINE]]))
    [ru] = found.languages
    assert (found.units, found.words, found.source) == (7, 28, "en")
    assert found.title == "He came to Osh."
    assert found.made["model-ru"] == "tiny@abc"
    assert {state: part.units for state, part in ru.states.items()} == {
        **dict.fromkeys(TARGETS, 1),
        State.MACHINE: 2,
        State.MISSING: 1,
    }
    assert ru.reviewed == Part(3, 12)
    assert sum(part.words for part in ru.states.values()) == found.words
    assert [one.marks["ru"].states for one in found.stretches] == [
        {state: 1} for state in (*TARGETS, State.MISSING, State.MACHINE)
    ]


def test_editing(tmp_path: Path) -> None:
    [ru] = figures(folder(tmp_path / "out", list(TARGETS.values()))).languages
    edited, accepted = TARGETS[State.EDITED], TARGETS[State.ACCEPTED]
    total = rate(edited.draft, edited.text) + rate(accepted.draft, accepted.text)
    assert ru.editing
    assert (ru.editing.compared, ru.editing.edits, ru.editing.length) == (
        2,
        total.edits,
        total.length,
    )
    assert ru.editing.rate == ru.whole.edit_rate == total.value > 0
    aida, bek = sorted(ru.editors, key=lambda one: one.name)
    assert aida.states == {State.HUMAN: 1, State.EDITED: 1}
    assert aida.rate == rate(edited.draft, edited.text).value
    assert (bek.states, bek.rate) == ({State.ACCEPTED: 1}, 0.0)


def test_matches(tmp_path: Path) -> None:
    rates = [101, 100, 99, 95, 94, 85, 84, 75, 60, None]
    targets = [Target("Ош.", Origin.TM if one else Origin.MT, match=one) for one in rates]
    [ru] = figures(folder(tmp_path / "out", targets)).languages
    assert {band: part.units for band, part in ru.matches.items()} == {
        "101": 1,
        "100": 1,
        "95–99": 2,
        "85–94": 2,
        "75–84": 2,
        "< 75": 1,
        "": 1,
    }
    [ru] = figures(folder(tmp_path / "none", [TARGETS[State.MACHINE]])).languages
    assert ru.matches == {}


def test_terms_as_the_folder_says_them(tmp_path: Path) -> None:
    uses = (
        TermUse("g1", "Osh", "Ош", Outcome.ALREADY, "acc", Status.APPROVED),
        TermUse("g2", "came", "прибыть", Outcome.MISSING, "", Status.PROPOSED),
        TermUse("g1", "Osh", "Ош", Outcome.FORCED, "acc", Status.APPROVED),
    )
    target = Target("Он приехал в Ош.", Origin.MT, terms=uses)
    [ru] = figures(folder(tmp_path / "out", [target, target])).languages
    assert ru.terms
    assert ru.terms.outcomes == {"already": 2, "forced": 2, "overridden": 0, "missing": 2}
    assert ru.terms.statuses == {"approved": 4, "proposed": 2, "needs-check": 0}
    assert [(one.id, one.uses, one.missing) for one in ru.terms.used] == [
        ("g1", 4, 0),
        ("g2", 2, 2),
    ]
    assert [(one.id, one.places) for one in ru.terms.missing] == [("g2", ("1.1", "2.1"))]


def test_terms_by_a_glossary(tmp_path: Path) -> None:
    csv = tmp_path / "terms.csv"
    csv.write_text("id,en,ru\nosh,Osh,Ош\n", "utf-8")
    path = tmx(
        tmp_path / "a.tmx",
        [
            tu(("en", "He came to Osh."), ("ru", "Он приехал в Ош.")),
            tu(("en", "Osh is old."), ("ru", "Город стар.")),
        ],
    )
    found = report(material(str(path)), (), Termbase(termbases.read(csv))).figures
    [ru] = found.languages
    assert ru.terms
    assert (ru.terms.outcomes["already"], ru.terms.outcomes["missing"]) == (1, 1)
    assert [one.places for one in ru.terms.missing] == [("#2",)]
    assert found.glossary == 1
    assert "term" in {one.check for one in ru.issues}


def test_the_worst_first(tmp_path: Path) -> None:
    """Units with an error come first, then the least confidence; reviewed ones only with issues."""
    targets = [
        Target("Он приехал в Ош.", Origin.MT, score=0.9),
        Target("Он приехал в Ош.", Origin.MT, score=0.01),
        Target("He came to Osh.", Origin.MT, score=0.95),  # not translated
        TARGETS[State.EDITED],
        *[Target("Он приехал в Ош.", Origin.MT, score=0.95)] * 30,
    ]
    [ru] = figures(folder(tmp_path / "out", targets)).languages
    assert len(ru.worst) == 20
    assert [one.id for one in ru.worst[:3]] == ["3.1", "2.1", "1.1"]
    assert "error" in {issue.severity for issue in ru.worst[0].issues}
    assert ru.confidence
    assert ru.confidence.count == 33
    assert ru.bases["decoder"] == 32


def test_issues_are_found_anew_and_others_kept(tmp_path: Path) -> None:
    """What our checks no longer find is gone; what another tool said stays."""
    target = Target("Он приехал в Ош.", Origin.MT, issues=("numbers: 5 is lost", "engine: looped"))
    [ru] = figures(folder(tmp_path / "out", [target])).languages
    assert [(one.check, one.units, one.places) for one in ru.issues] == [("engine", 1, ("1.1",))]


# Anyone's files


def test_a_file_that_says_nothing(tmp_path: Path) -> None:
    path = tmx(tmp_path / "a.tmx", [tu(("en", "He left."), ("ru", "Он ушёл."))] * 2)
    [ru] = figures(path).languages
    assert ru.states == {State.UNSTATED: Part(2, 4)}
    assert not ru.is_stated
    assert (ru.confidence, ru.terms, ru.editing, ru.matches) == (None, None, None, {})


def test_documents_missing_targets_and_strange_sources(tmp_path: Path) -> None:
    units = [
        tu(("en", "One."), ("ru", "Один."), props=[("x-document", "a")], tuid="a:1.1"),
        tu(("en", "Two."), props=[("x-document", "a")], tuid="a:1.2"),
        tu(("en", "Three."), ("ky", "Үч."), ("ru", " "), props=[("x-document", "b")]),
        tu(("ru", "Четыре."), ("ky", "Төрт.")),
    ]
    found = figures(tmx(tmp_path / "a.tmx", units))
    assert [one.lang for one in found.languages] == ["ru", "ky"]
    ru, ky = found.languages
    assert found.units == 3
    assert ru.states[State.MISSING].units == ky.states[State.MISSING].units == 2
    assert [(one.name, one.units) for one in found.documents] == [("a", 2), ("b", 1)]
    assert found.documents[0].marks["ky"].states == {State.MISSING: 2}
    assert [one.name for one in found.stretches] == ["1.1", "1.2", "#3"]
    assert found.notes == ("1 unit has no text in en: left out",)
    [only] = figures(tmp_path / "a.tmx", ["ky"]).languages
    assert only == ky


def test_long_and_odd_texts(tmp_path: Path) -> None:
    texts = [("en", "word " * 4000), ("ar", "\u202eمرحبا 🙂 " * 3000)]
    found = figures(tmx(tmp_path / "a.tmx", [tu(*texts), tu(("en", "x"), ("ar", "\x85"))]))
    [ar] = found.languages
    assert found.words == 4001
    assert len(json.dumps(asdict(found))) < 20_000
    assert all(len(one.source) <= 280 for one in ar.worst)


def test_what_is_damaged_is_counted_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmx(tmp_path / "a.tmx", [tu(("en", "He left."), ("ru", "Он ушёл."))] * 3)
    path.write_bytes(path.read_bytes()[:-60])
    found = figures(path)
    assert found.units == 2
    assert "a.tmx" in found.damage


@pytest.mark.parametrize("content", ["", "<tmx><header/><body></body></tmx>"])
def test_nothing_in_it(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(content)
    with pytest.raises(InputError):
        material(str(path))


def test_nothing_of_what_is_asked_for(tmp_path: Path) -> None:
    path = tmx(tmp_path / "a.tmx", [tu(("en", "He left."), ("ru", "Он ушёл."))])
    with pytest.raises(UsageError, match="nothing in ky"):
        figures(path, ["ky"])
    other = tmx(tmp_path / "b.tmx", [tu(("ky", "Ал кетти."), ("ru", "Он ушёл."))])
    with pytest.raises(InputError, match="no unit has a text in en"):
        figures(other)


def test_no_more_is_kept_of_a_large_file() -> None:
    """However many units there are, the figures stay as small."""

    def entries(number: int) -> Iterator[Entry]:
        for n in range(number):
            props = (("x-origin", "mt"), ("x-confidence", f"0.{n % 90 + 10}"))
            texts = (Variant("en", f"He had {n} of them."), Variant("ru", "Были.", props=props))
            yield Entry(f"d{n}:1", texts, "en", (("x-document", f"d{n}"),))

    def made(number: int) -> Report:
        return report(Material("many", entries(number), "en"))

    small, large = made(600), made(2500)
    [few], [many] = small.figures.languages, large.figures.languages
    assert large.figures.units == 2500
    assert len(large.figures.stretches) <= MOST
    assert len(large.figures.documents) == 1000
    assert large.figures.more_documents == 1500
    assert len(json.dumps(asdict(many))) < 1.2 * len(json.dumps(asdict(few)))


# Counting


@given(st.lists(st.floats(0, 1), min_size=1))
def test_spread(values: list[float]) -> None:
    counting = Counting()
    for value in values:
        counting.add(value)
    spread = counting.spread(20)
    assert spread
    assert spread.count == len(values)
    assert spread.mean == pytest.approx(sum(values) / len(values))
    for place, count in enumerate(spread.bins):
        low, high = spread.edges(place)
        assert sum(low + 1e-6 < value < high - 1e-6 for value in values) <= count
    below = sum(value <= spread.median + 0.001 for value in values)
    above = sum(value >= spread.median - 0.001 for value in values)
    assert min(below, above) >= len(values) / 2


def test_edges_of_bins() -> None:
    counting = Counting()
    for value in (0.0, 0.05, 0.57, 1.0, 1.7, -3.0):
        counting.add(value)
    spread = counting.spread(20)
    assert spread
    assert (spread.bins[0], spread.bins[1], spread.bins[11], spread.bins[19]) == (2, 1, 1, 2)
    assert Counting().spread(20) is None


@given(st.integers(1, 5 * MOST))
def test_strip(number: int) -> None:
    strip = Strip()
    for n in range(number):
        look = Look(State.EDITED, 0.5, has_error=n % 3 == 0, rate=Rate(1, 4))
        strip.add(str(n), 2, {"ru": look} if n % 2 else {})
    found = strip.stretches(("ru",))
    assert len(found) <= MOST
    assert sum(one.units for one in found) == number
    assert sum(one.words for one in found) == 2 * number
    assert sum(one.marks["ru"].states.get(State.EDITED, 0) for one in found) == number // 2
    assert all(sum(one.marks["ru"].states.values()) == one.units for one in found)
    assert len({one.units for one in found[:-1]}) <= 1
    assert found[0].name.split(" – ")[0] == "0"
    assert found[-1].name.split(" – ")[-1] == str(number - 1)
    assert all(one.marks["ru"].edit_rate in (None, 0.25) for one in found)


# Alignment


def aligned(*units: tuple[str, str]) -> Alignments:
    counting = Alignments("en")
    for n, (segments, probability) in enumerate(units, 1):
        langs = [part.split()[0] for part in segments.split(";")]
        props = [("x-segments", segments)]
        props += [("x-alignment-probability", probability)] if probability else []
        texts = tuple(Variant(lang, lang) for lang in langs)
        counting.add(Entry(f"news:{n}", texts, "en", tuple(props)))
    return counting


def test_alignment() -> None:
    counting = aligned(
        ("en 1.1; ru 1.1; ky 1.1", "0.9900"),
        ("en 1.3 1.4; ru 1.2", "0.4000"),  # 1.2 is in no unit
        ("en 2.1", ""),  # alone
        ("ru 1.3; ky 1.2", "0.9000"),
    )
    found = counting.figures()
    assert found
    assert (found.units, found.unsure) == (3, 1)
    assert found.probability
    assert found.probability.mean == pytest.approx((0.99 + 0.4 + 0.9) / 3)
    assert found.kinds == {"en-ru": {"1–1": 1, "2–1": 1}, "en-ky": {"1–1": 1}}
    assert {one.lang: (one.count, one.unaligned) for one in found.sentences} == {
        "en": (5, 2),
        "ru": (3, 0),
        "ky": (2, 0),
    }
    plots = counting.plots()
    assert [one.langs for one in plots] == [("en", "ru"), ("en", "ky")]
    assert "[2–3] : [1], 0.40" in plots[0].svg
    assert "only in one" in plots[0].svg


@pytest.mark.parametrize(
    "segments",
    [
        "en 1.999999999; ru 1.1",  # no such gap
        "en 999999999.1 1.1; ru 1.1",
        "en 1.1 1.1; ru 1.1",
        "en 1.1; ru line",
        "en",
        "; ;;",
        "<script>",
    ],
)
def test_strange_segments(segments: str) -> None:
    counting = Alignments("en")
    texts = (Variant("en", "x"), Variant("ru", "y"))
    props = (("x-segments", segments), ("x-alignment-probability", "0.5000"))
    counting.add(Entry("news:1", texts, "en", props))
    found = counting.figures()
    assert found
    assert all(one.count < 10 for one in found.sentences)
    assert all(len(one.svg) < 10_000 for one in counting.plots())


def test_what_was_not_aligned() -> None:
    counting = Alignments("en")
    counting.add(Entry("1", (Variant("en", "x"), Variant("ru", "y")), "en"))
    assert counting.figures() is None
    assert counting.plots() == ()
