"""The page of a report: safe whatever it shows, and whole without seeing it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from test_report import TARGETS, folder, tmx, tu

from aligner.entries import Entry, Variant
from aligner.formats.reports import Spread
from aligner.formats.reports import charts as c
from aligner.formats.reports.html import is_mine, write
from aligner.formats.xml import legal
from aligner.records import Origin, Outcome, Status, Target, TermUse
from aligner.report import Report, report
from aligner.report.reading import Material, material

NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;</style></title>"


def page(found: Report) -> tuple[str, html.HtmlElement]:
    file = BytesIO()
    write(file, found.figures, found.plots, NOW)
    return file.getvalue().decode(), html.fromstring(file.getvalue())


def full(tmp_path: Path) -> Report:
    """A report that has something of all there can be."""
    uses = (
        TermUse("g1", "Osh", "Ош", Outcome.FORCED, "acc", Status.NEEDS_CHECK),
        TermUse("g2", "came", "прибыть", Outcome.MISSING, "", Status.PROPOSED),
    )
    machine = Target("He came to Osh. ", Origin.MT, score=0.3, terms=uses)
    found = report(material(str(folder(tmp_path / "out", [*TARGETS.values(), machine, None]))))
    beads = iter([_bead("en 1.1; ru 1.1", "0.99"), _bead("en 2.1; ru 2.1 2.2", "0.3")])
    aligned = report(Material("beads", beads))
    return Report(replace(found.figures, alignment=aligned.figures.alignment), aligned.plots)


def _bead(segments: str, probability: str) -> Entry:
    props = (("x-segments", segments), ("x-alignment-probability", probability))
    return Entry("news:1", (Variant("en", "He left."), Variant("ru", "Он ушёл.")), "en", props)


def test_all_sections(tmp_path: Path) -> None:
    text, root = page(full(tmp_path))
    sections = [one.get("id") for one in root.iter("section")]
    assert sections == [
        "progress",
        "course",
        "look-first",
        "confidence",
        "issues",
        "terms",
        "editing",
        "memory",
        "lengths",
        "alignment",
        "making",
    ]
    links = [one.get("href") for one in root.xpath("//nav//a")]
    assert links == [f"#{name}" for name in sections]
    assert "23 November 2026, 12:30 UTC" in text
    assert is_mine(text.encode())


def test_every_chart_is_told(tmp_path: Path) -> None:
    """Charts have a title and a description, and a table of their figures beside them."""
    _, root = page(full(tmp_path))
    charts = root.xpath("//*[local-name()='svg'][@role='img']")
    assert len(charts) > 10
    names = [one.get("id") for one in root.xpath("//*[@id]")]
    assert len(names) == len(set(names))
    for chart in charts:
        told = chart.get("aria-labelledby").split()
        assert [root.get_element_by_id(name).tag for name in told] == ["title", "desc"]
        assert all(root.get_element_by_id(name).text.strip() for name in told)
        around = chart.xpath("ancestor::figure | ancestor::article")
        assert around
        assert around[-1].xpath(".//table | .//ul")
    assert not [one for one in root.xpath("//figure") if not one.xpath("./figcaption")]
    for image in root.xpath("//img"):
        assert image.get("alt")
        assert image.get("src").startswith("data:image/svg+xml;base64,")
        etree.fromstring(base64.b64decode(image.get("src").partition(",")[2]))
    for table in root.iter("table"):
        heads = [len(row) for row in table.iter("tr")]
        assert len(set(heads)) == 1
        assert table.xpath(".//th[@scope='row']")


def test_it_asks_for_nothing(tmp_path: Path) -> None:
    text, root = page(full(tmp_path))
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    [style] = re.findall("<style>(.*?)</style>", text, re.DOTALL)
    own = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{own}'; img-src data:;")
    assert "script" not in policy
    assert "@import" not in style
    assert set(re.findall(r"url\(([^)]*)\)", style)) <= {
        f"#fill-{name}" for name in ("accepted", "memory", "machine", "unstated", "missing")
    }
    for one in root.iter():
        assert one.tag not in ("script", "link", "iframe", "form", "object")
        assert not {name for name in one.attrib if name.startswith("on") or name == "style"}
        for name in ("src", "href"):
            assert one.get(name, "#").startswith(("#", "data:image/svg+xml;"))


def test_texts_stay_texts(tmp_path: Path) -> None:
    props = [(name, EVIL) for name in ("x-document", "x-kind", "x-segments", "x-foo")]
    said = "".join(
        f'<prop type="{name}">{c.safe(EVIL)}</prop>'
        for name in ("x-origin", "x-issue", "x-draft", "x-memory", "x-term", "x-model")
    )
    said += f'<prop type="x-issue">{c.safe(EVIL)}: {c.safe(EVIL)}</prop>'
    unit = tu(("en", EVIL), ("ru", EVIL), props=props, tuid="&lt;script&gt;")
    unit = unit.replace('<tuv xml:lang="ru">', f'<tuv xml:lang="ru" changeid="&lt;b&gt;">{said}')
    edited = unit.replace(
        '<prop type="x-origin">' + c.safe(EVIL), '<prop type="x-origin">post-edited'
    )
    header = 'srclang="en" creationtool="&lt;script&gt;"'
    path = tmx(tmp_path / "<script>.tmx", [unit, edited, tu(("en", "x"), ("zz", EVIL))], header)
    path.write_text(
        path.read_text().replace(
            f"<header {header}/>",
            f'<header {header}><prop type="x-&lt;script&gt;">{c.safe(EVIL)}</prop></header>',
        )
    )
    text, root = page(report(material(str(path))))
    assert not root.xpath("//script | //*[@onerror]")
    assert len(root.xpath("//style")) == 1
    assert "<script" not in text
    assert EVIL in "".join(root.xpath("//ol[@class='units']")[0].itertext())
    assert root.xpath("//main[@id='report']/section[last()]")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(min_size=1, max_size=60))
def test_any_text_is_shown(source: str, target: str) -> None:
    props = (("x-issue", f"engine: {target}"),)
    texts = (Variant("en", f"a{source}b"), Variant("ru", f"c{target}d", props=props))
    text, root = page(report(Material("n", iter([Entry("1", texts, "en")]))))
    shown = root.xpath("//p[@class='source']")[0].text_content()
    assert shown.replace("\r", "\n") == legal(f"a{source}b").replace("\r", "\n")
    text.encode()


def test_languages_of_texts(tmp_path: Path) -> None:
    path = tmx(tmp_path / "a.tmx", [tu(("en", "He left 5."), ("ar", "مرحبا"))])
    _, root = page(report(material(str(path))))
    [target] = root.xpath("//p[@class='target']")
    assert (target.get("lang"), target.get("dir")) == ("ar", "auto")
    assert root.get("lang") == "en"


def test_what_is_not_known_is_said_and_not_drawn(tmp_path: Path) -> None:
    path = tmx(tmp_path / "a.tmx", [tu(("en", "He left."), ("ru", "Он ушёл."))])
    text, root = page(report(material(str(path))))
    assert {one.get("id") for one in root.iter("section")} == {"issues", "lengths", "unknown"}
    [unknown] = root.xpath("//ul[@class='unknown']")
    said = " ".join(unknown.itertext())
    for what in ("(Russian)", "no x-origin", "no confidence", "--glossary"):
        assert what in said.replace("\u00a0", " ")
    assert "the file does not say" in text


def test_no_translation_at_all(tmp_path: Path) -> None:
    path = tmx(tmp_path / "a.tmx", [tu(("en", "He left."))])
    text, _ = page(report(material(str(path))))
    assert "no translations" in text
    assert "the file has none" in text


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0"), (0.001, "<1"), (0.5, "50"), (0.999, ">99"), (1, "100"), (1.3, "130")],
)
def test_percent(share: float, said: str) -> None:
    assert c.percent(share) == f"{said}\u00a0%"


@given(st.lists(st.integers(0, 10**6), min_size=20, max_size=20).filter(any))
def test_columns_of_a_histogram(bins: list[int]) -> None:
    """Heights are as the counts, and no count is unseen."""
    spread = Spread(0, 1, tuple(bins), 0.5, 0.5)
    svg = etree.fromstring(c.histogram("h", "title", spread, [(0, "0")], "plain", str))
    heights = [float(one.get("height")[:-1]) for one in svg.iter("rect")]
    counts = [count for count in bins if count]
    assert len(heights) == len(counts)
    assert max(heights) == 100
    for height, count in zip(heights, counts, strict=True):
        assert height == pytest.approx(max(1.2, 100 * count / max(bins)), abs=0.01)


@given(st.lists(st.floats(0, 10**6), min_size=1, max_size=7).filter(any))
def test_slices_fill_the_bar(values: list[float]) -> None:
    slices = [c.Slice(str(n), "edited", value) for n, value in enumerate(values)]
    svg = etree.fromstring(c.stacked("s", "title", slices))
    widths = [float(one.get("width")[:-1]) for one in svg.iter("rect")]
    assert sum(widths) == pytest.approx(100, abs=0.1)
