"""Sentences of English, Russian and Kyrgyz, by the rules that come with the package."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import RuleError
from aligner.records import Block, Document, Kind
from aligner.segmentation import Rules, explain, segment, segment_document

DATA = Path(__file__).parent / "data" / "segmentation"
ARTICLE = Path(__file__).parents[1] / "seeds" / "putin-visit-kyrgyzstan.txt"


def lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def cut(text: str, lang: str) -> list[str]:
    return [found.text for found in segment(text.replace("¦", ""), lang)]


def pieces(text: str) -> list[str]:
    return [piece.strip() for piece in text.split("¦")]


@pytest.mark.parametrize("lang", ["en", "ru", "ky"])
def test_hard_cases(lang: str) -> None:
    wrong = [line for line in lines(f"hard_{lang}.txt") if cut(line, lang) != pieces(line)]
    assert wrong == []


def test_known_failures_still_fail() -> None:
    failures = [line.split(": ", 1) for line in lines("failures.txt")]
    assert [text for lang, text in failures if cut(text, lang) == pieces(text)] == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        # a blank line ends a sentence, a line break does not
        ("en", "He came to St.¦\n\nPetersburg is big"),
        ("en", "no mark here¦\r\n \r\nnext"),
        ("ru", "Встреча прошла\nв г. Ош.¦\nОна была долгой."),
        ("en", "Bring:¦\n• a pen¦\n• some paper"),
        ("ru", "Нужно:¦\n1) Ручка¦\n2) Бумага"),
        # social media
        ("ru", "Как красиво😍¦ Вид потрясающий ❤️¦ @user спасибо"),
        ("ru", "Спасибо! 💐¦ Ждём вас"),
        ("ru", "🔥 Скидки на всё"),
        ("ru", "как красиво)))¦ Зима просто прекрасна"),
        ("ru", "богатырь (смелый) Попович"),
        ("ru", "Ты где?¦ я уже тут.¦ мы ждём"),
        # white space of all kinds
        ("ru", "Он\u00a0ушёл.\u00a0¦Она осталась у\u00a0С.\u00a0Жапарова."),
        # the fallback
        ("de", "Er ging.¦ „Wohin?“¦ Nach Wien."),
        ("tr", "Geldi.¦ Gitti."),
    ],
)
def test_cuts(lang: str, text: str) -> None:
    assert cut(text, lang) == pieces(text)


def test_a_segment_has_its_place() -> None:
    first, second = segment("  One.\n Two! ", "en")
    assert (first.id, first.block, first.start, first.stop, first.text) == ("1.1", 0, 2, 6, "One.")
    assert (second.id, second.start, second.stop) == ("1.2", 8, 12)


@pytest.mark.parametrize("text", ["", " ", "\n\n\u00a0\t"])
def test_nothing_has_no_segments(text: str) -> None:
    assert segment(text, "en") == []


@given(
    st.text(alphabet=st.sampled_from("aбң AЖ.!?…,;:«»\"'()-—–\n\r\t\u00a0😍\ufe0f@#1г/")),
    st.sampled_from(["en", "ru", "ky", "fr"]),
)
def test_nothing_is_lost(text: str, lang: str) -> None:
    found = segment(text, lang)
    stops = [0, *(one.stop for one in found)]
    starts = [*(one.start for one in found), len(text)]
    assert all(text[i:j].strip() == "" for i, j in zip(stops, starts, strict=True))
    assert all(one.text == text[one.start : one.stop] == one.text.strip() != "" for one in found)


def test_a_document_counts_its_paragraphs() -> None:
    blocks = (
        Block(Kind.HEADING, "News"),
        Block(Kind.BOILERPLATE, "© CABAR"),
        Block(Kind.BODY, " One. Two."),
    )
    found = list(segment_document(Document("d", "en", "News", blocks)))
    assert [(one.id, one.block, one.start) for one in found] == [
        ("1.1", 0, 0),
        ("2.1", 1, 0),
        ("3.1", 2, 1),
        ("3.2", 2, 6),
    ]


def test_the_article() -> None:
    from aligner.formats import read

    document = read(str(ARTICLE), "en")
    found = [
        (*one.id.split("."), block.kind, *map(str, block.source_span(one.start, one.stop)))
        for one in segment_document(document)
        for block in [document.blocks[one.block]]
    ]
    columns = ("paragraph", "sentence", "kind", "start", "end")
    with (DATA / "seed-article.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        assert found == [tuple(row[column] for column in columns) for row in rows]


def test_explains_every_break() -> None:
    text = "Dr. Fox left. He ran."
    refused, made = explain(text, "en")
    assert (text[: refused.position], refused.breaks) == ("Dr.", False)
    assert "Dr" in refused.rule.before
    assert (text[: made.position], made.breaks) == ("Dr. Fox left.", True)
    assert made.rule.language == "Common"


def test_other_rules(tmp_path: Path) -> None:
    path = tmp_path / "my.srx"
    path.write_text(
        """<srx version="2.0"><header cascade="no"/><body><languagerules>
        <languagerule languagerulename="A"><rule break="yes"><beforebreak>;</beforebreak>
        <afterbreak/></rule></languagerule></languagerules><maprules>
        <languagemap languagepattern=".*" languagerulename="A"/></maprules></body></srx>""",
        encoding="utf-8",
    )
    assert [one.text for one in segment("a. b; c", "en", Rules.load(path))] == ["a. b;", "c"]
    path.write_text("", encoding="utf-8")
    with pytest.raises(RuleError):
        Rules.load(path)


@pytest.mark.parametrize(
    "text",
    [
        "слово " * 50_000,
        "." * 100_000,
        ")" * 100_000,
        '"' * 100_000,
        "a. " + " " * 100_000 + "B",
        "http://" * 20_000,
        "😍 " * 50_000,
        "(ab) A " * 15_000,
    ],
    ids=["words", "dots", "brackets", "quotes", "spaces", "links", "emoji", "groups"],
)
def test_a_long_line_without_breaks_is_no_trouble(text: str) -> None:
    # a rule that looked back or ahead without bound would run into its time limit here
    for lang in ("en", "ru", "ky"):
        assert len(segment(text, lang)) <= 2
