"""What is published of a folder or a file: paragraphs, titles, rights, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from results_folder import MADE_AT, paragraphs, placed, units_of, write_results

from aligner import results
from aligner.errors import InputError, UsageError
from aligner.formats import read as read_document
from aligner.formats import tmx
from aligner.formats.publications import Form, Layout, Run, Source
from aligner.publish import Composed, Order, compose, rights
from aligner.publish.texts import Sentence, as_is, passage, safe_link, tidy
from aligner.records import (
    Bitext,
    Block,
    Code,
    CodeKind,
    Document,
    Kind,
    Origin,
    Target,
    Unit,
)

CREDIT = "© CABAR - Central Asian Bureau for Analytical Reporting"
DEMAND = "Please make active links to the source, when using materials from this website"


def heading(unit: Unit) -> Unit:
    return replace(unit, kind=Kind.HEADING)


def folder(place: Path, units: Sequence[Unit], *small_print: str) -> str:
    write_results(place, units)
    blocks = tuple(Block(Kind.BOILERPLATE, line) for line in small_print)
    document = Document("article", "en", "", blocks)
    results.write_whole(place / results.whole_name(document), document)
    return str(place)


def article(place: Path, *small_print: str) -> str:
    """A title, and a paragraph of two sentences."""
    title, *body = paragraphs(["A visit"], ["It rained.", "He left."])
    return folder(place, [heading(title), *body], *small_print)


def texts(made: Composed, lang: str) -> list[str]:
    return [one.texts[lang].text for one in made.publication.passages]


def test_paragraphs_are_put_together_and_the_first_heading_is_the_title(tmp_path: Path) -> None:
    made = compose(Order(article(tmp_path)))
    assert made.publication.titles["en"].text == "A visit"
    assert made.publication.titles["ru"].text == "ru 1.1"
    assert made.publication.langs == ("en", "ru", "ky")
    assert texts(made, "en") == ["It rained. He left."]
    assert texts(made, "ru") == ["ru 2.1 ru 2.2"]
    assert made.publication.date == MADE_AT


def test_rows_may_be_sentences(tmp_path: Path) -> None:
    made = compose(Order(article(tmp_path), rows="sentences"))
    assert texts(made, "en") == ["It rained.", "He left."]


def test_a_heading_within_the_text_is_no_title(tmp_path: Path) -> None:
    first, second = paragraphs(["It rained."], ["Later"])
    made = compose(Order(folder(tmp_path, [first, heading(second)])))
    assert made.publication.titles["en"].text == "article"
    assert [one.kind for one in made.publication.passages] == [Kind.BODY, Kind.HEADING]


def test_titles_may_be_given_by_language(tmp_path: Path) -> None:
    titles = {"": 'The "visit"', "ru": '"Визит"'}
    made = compose(Order(article(tmp_path), titles=titles)).publication
    assert [one.text for one in made.titles.values()] == ["The “visit”", "«Визит»", "ky 1.1"]


@pytest.mark.parametrize(
    ("langs", "layout", "expected"),
    [
        ((), Layout.COLUMNS, ("en", "ru", "ky")),
        ((), Layout.TARGET, ("ru", "ky")),
        (("ky", "en", "ky"), Layout.TARGET, ("ky", "en")),
        (("ru",), Layout.COLUMNS, ("ru",)),
    ],
)
def test_languages_stand_in_the_order_asked_for(
    langs: tuple[str, ...], layout: Layout, expected: tuple[str, ...], tmp_path: Path
) -> None:
    assert (
        compose(Order(article(tmp_path), langs=langs, layout=layout)).publication.langs == expected
    )


def test_a_language_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match='nothing in "de"') as caught:
        compose(Order(article(tmp_path), langs=("de",)))
    assert "en, ru, ky" in caught.value.hint


def test_a_missing_translation_is_said_to_be_missing(tmp_path: Path) -> None:
    one, two = paragraphs(["It rained.", "He left."])
    two = replace(two, targets={"ru": replace(two.targets["ru"], text=" ")})
    made = compose(Order(folder(tmp_path, [one, two])))
    assert texts(made, "ru") == ["ru 1.1 [не переведено]"]
    assert texts(made, "ky") == ["ky 1.1 [которула элек]"]
    assert [run.is_missing for run in made.publication.passages[0].texts["ru"].runs] == [
        False,
        True,
    ]
    assert made.missing == {"ru": 1, "ky": 1}


def test_what_no_person_has_reviewed_is_counted_and_said(tmp_path: Path) -> None:
    one, two = paragraphs(["It rained.", "He left."])
    reviewed = replace(two.targets["ru"], origin=Origin.POST_EDITED)
    two = replace(two, targets={**two.targets, "ru": reviewed})
    made = compose(Order(folder(tmp_path, [one, two])))
    assert made.unreviewed == {"ru": 1, "ky": 2}
    assert made.publication.notices["ru"].startswith("Часть этого текста")
    assert made.publication.notices["ky"] == "Бул машиналык котормо. Аны редактор текшере элек."
    assert "en" not in made.publication.notices
    text = made.publication.passages[0].texts["ru"]
    assert text.origins == (Origin.MT, Origin.POST_EDITED)
    assert made.publication.mark("ru", text) == "машинный перевод, не проверен"
    assert made.publication.made["ru"] == "Машинный перевод: aligner 0, a-model."


def test_a_final_version_has_no_marks_but_counts(tmp_path: Path) -> None:
    made = compose(Order(article(tmp_path), is_final=True))
    assert not made.publication.notices
    assert made.unreviewed == {"ru": 3, "ky": 3}


def test_what_a_person_has_reviewed_needs_no_notice(tmp_path: Path) -> None:
    [one] = paragraphs(["It rained."])
    one = replace(one, targets={"ru": replace(one.targets["ru"], origin=Origin.POST_EDITED)})
    made = compose(Order(folder(tmp_path, [one])))
    assert not made.unreviewed
    assert not made.publication.notices
    assert made.publication.made["ru"].endswith("проверен редактором.")


def test_the_link_that_the_source_asks_for(tmp_path: Path) -> None:
    place = article(tmp_path, CREDIT, DEMAND, "Spelling error report")
    made = compose(Order(place))
    assert made.publication.source == Source("CABAR")
    assert made.publication.credits == {"en": (CREDIT.replace(" -", "\u00a0–"), DEMAND)}
    assert "asks for an active link" in made.warnings[0]
    made = compose(Order(place, link="https://cabar.asia/en/visit"))
    assert made.publication.source == Source("CABAR", "https://cabar.asia/en/visit")
    assert made.publication.credits == {"en": (CREDIT.replace(" -", "\u00a0–"),)}
    assert not made.warnings


def test_a_demand_that_nothing_meets_is_published(tmp_path: Path) -> None:
    made = compose(Order(article(tmp_path, "© Akipress", DEMAND)))
    assert made.publication.source == Source("Akipress")
    assert made.publication.credits == {"en": ("© Akipress", DEMAND)}
    assert "there is none now" in made.warnings[0]


def test_credits_may_be_given(tmp_path: Path) -> None:
    made = compose(Order(article(tmp_path, CREDIT), credits={"": ("© Us",), "ru": ("© Мы",)}))
    assert made.publication.credits == {"en": ("© Us",), "ru": ("© Мы",)}


def test_the_rights_of_a_file_come_from_the_original(tmp_path: Path) -> None:
    original = tmp_path / "original.txt"
    original.write_text(f"{CREDIT}\n{DEMAND}\n\nA visit\n\nIt rained. He left.\n")
    place = article(tmp_path / "results")
    made = compose(Order(place, article=str(original)))
    assert made.publication.source == Source("CABAR")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["© 2023 24.kg. All rights reserved"], Source("24.kg", "https://24.kg")),
        (["© Kloop Media, kloop.kg"], Source("Kloop Media", "https://kloop.kg")),
        (["(c) Акипресс. Все права защищены"], Source("Акипресс")),
        (
            ["При перепечатке ссылка на https://vb.kg/a обязательна"],
            Source("vb.kg", "https://vb.kg/a"),
        ),
        (["All rights reserved."], None),
        ([], None),
    ],
)
def test_the_source_is_named_in_the_credit(lines: list[str], expected: Source | None) -> None:
    assert rights.source(lines) == expected


def test_small_print_that_is_not_on_rights_is_left_out(tmp_path: Path) -> None:
    made = compose(Order(article(tmp_path, "Subscribe", "Follow us on Facebook", "Menu")))
    assert made.publication.credits == {}
    assert made.publication.source is None


def test_typography_may_be_left_alone(tmp_path: Path) -> None:
    [one] = paragraphs(['"No" - he said.'])
    one = replace(one, targets={"ru": replace(one.targets["ru"], text='"Нет" - сказал он.')})
    place = folder(tmp_path, [one])
    assert texts(compose(Order(place)), "ru") == ["«Нет»\u00a0— сказал он."]
    assert texts(compose(Order(place, is_printed=False)), "ru") == ['"Нет" - сказал он.']


def test_items_of_plain_text_are_items(tmp_path: Path) -> None:
    one, two, three = paragraphs(["• wheat"], ["2) barley. More."], ["-5 degrees"])
    one = replace(one, targets={"ru": replace(one.targets["ru"], text="• пшеница")})
    made = compose(Order(folder(tmp_path, [one, two, three]))).publication
    assert [(p.form, p.number) for p in made.passages] == [
        (Form.ITEM, 1),
        (Form.NUMBERED, 2),
        (Form.PARAGRAPH, 1),
    ]
    assert [p.texts["en"].text for p in made.passages] == ["wheat", "barley. More.", "-5 degrees"]
    assert made.passages[0].texts["ru"].text == "пшеница"


def test_a_file_of_units(tmp_path: Path) -> None:
    title, *body = paragraphs(["A visit"], ["It rained.", "He left."])
    bitext = Bitext(Document("visit", "en", "", ()), (heading(title), *body), {"aligner": "0"})
    path = tmp_path / "edited.tmx"
    tmx.write(path, bitext, ["ru"], MADE_AT)
    made = compose(Order(str(path)))
    assert made.publication.id == "visit"
    assert made.publication.titles["en"].text == "A visit"
    assert texts(made, "en") == ["It rained. He left."]
    assert made.publication.langs == ("en", "ru")
    assert made.publication.date == MADE_AT


def test_units_of_other_tools_are_a_passage_each(tmp_path: Path) -> None:
    path = tmp_path / "theirs.tmx"
    seg = "".join(
        f'<tu tuid="{n}"><tuv xml:lang="en"><seg>E{n}</seg></tuv>'
        f'<tuv xml:lang="ru"><seg>Р{n}</seg></tuv></tu>'
        for n in (1, 2)
    )
    path.write_text(
        f'<tmx version="1.4"><header srclang="en"/><body>{seg}</body></tmx>', encoding="utf-8"
    )
    made = compose(Order(str(path)))
    assert texts(made, "ru") == ["Р1", "Р2"]
    assert made.publication.titles["ru"].text == "theirs"
    assert not made.unreviewed  # a person's, for all that the file says


def test_two_documents_in_a_file(tmp_path: Path) -> None:
    files = []
    for name in ("first", "second"):
        bitext = Bitext(Document(name, "en", "", ()), paragraphs([f"In {name}."]), {})
        files.append(tmp_path / f"{name}.tmx")
        tmx.write(files[-1], bitext, ["ru"], MADE_AT)
    units = [
        path.read_text("utf-8").partition("<body>")[2].partition("</body>")[0] for path in files
    ]
    both = tmp_path / "both.tmx"
    both.write_text(
        '<tmx version="1.4"><header srclang="en"/><body>' + "".join(units) + "</body></tmx>",
        "utf-8",
    )
    with pytest.raises(UsageError, match="2 documents: first, second") as caught:
        compose(Order(str(both)))
    assert "--document" in caught.value.hint
    assert texts(compose(Order(str(both), document="second")), "en") == ["In second."]
    with pytest.raises(UsageError, match='no document "third"'):
        compose(Order(str(both), document="third"))


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.tmx"
    path.write_text('<tmx version="1.4"><header srclang="en"/><body/></tmx>')
    with pytest.raises(InputError, match="no units"):
        compose(Order(str(path)))


def test_a_link_that_is_none() -> None:
    for link in ("javascript:alert(1)", "cabar.asia", "file:///etc/passwd", "mailto:a@b.example"):
        with pytest.raises(UsageError, match="no address of the web"):
            Order("x", link=link)


def test_builds_may_set_the_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    date = compose(Order(article(tmp_path))).publication.date
    assert f"{date:%Y-%m-%d}" == "1970-01-02"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example/x?y#z", "https://a.example/x?y#z"),
        ("mailto:info@cabar.asia", "mailto:info@cabar.asia"),
        ("/en/visit", "https://cabar.asia/en/visit"),
        ("javascript:alert(1)", ""),
        (" JaVa\tScRiPt:alert(1)", ""),
        ("\x01javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("vbscript:x", ""),
        ("file:///etc/passwd", ""),
        ("https://", ""),
        ("http://[broken", ""),
    ],
)
def test_only_links_to_the_web_are_links(address: str, expected: str) -> None:
    assert safe_link(address, "https://cabar.asia/ru/index") == expected


def test_the_codes_of_a_document_are_looks(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text(
        "The **big** [record *low*](https://a.example/x), `a.b()`, <https://b.example>."
    )
    html = tmp_path / "a.html"
    html.write_text(
        '<p>The <b>big</b> <a class=x href="https://a.example/x">record <i>low</i></a>, '
        '<code>a.b()</code>, <a href="javascript:alert(1)">b</a>.</p>'
    )
    expected = (
        Run("The "),
        Run("big", is_bold=True),
        Run(" "),
        Run("record ", "https://a.example/x"),
        Run("low", "https://a.example/x", is_italic=True),
        Run(", "),
        Run("a.b()", is_code=True),
    )
    for path in (source, html):
        [block] = read_document(str(path), "en").blocks
        found = passage([Sentence(block.text, block.codes)], "en", "", as_is)
        assert found.runs[:7] == expected
    assert found.runs[7:] == (Run(", b."),)
    [block] = read_document(str(source), "en").blocks
    found = passage([Sentence(block.text, block.codes)], "en", "", as_is)
    assert found.runs[8] == Run("https://b.example", "https://b.example")


def test_what_opens_in_one_sentence_may_close_in_the_next() -> None:
    first = Sentence("It rained.", (Code(3, CodeKind.OPEN, "1", "bold"),))
    second = Sentence("He left.", (Code(2, CodeKind.CLOSE, "1", "bold"),))
    found = passage([first, second], "en", "", as_is)
    assert found.runs == (Run("It "), Run("rained. He", is_bold=True), Run(" left."))


def test_controls_and_line_breaks_do_not_get_into_a_text() -> None:
    assert tidy("a\x00b\x1b[0m\r\n c\u2028d\x85e\ud800") == "ab[0m c d e"
    found = passage([Sentence("\u00a0 a \n b\t")], "en", "", as_is)
    assert found.text == "a b"


def test_languages_without_spaces_get_none() -> None:
    target = Target("你好。", Origin.HUMAN)
    both = [Sentence(target.text, (), target.origin)] * 2
    assert passage(both, "zh", "", as_is).text == "你好。你好。"
    assert passage(both, "ru", "", as_is).text == "你好。 你好。"


def test_segments_without_white_space_between_them_stay_so(tmp_path: Path) -> None:
    one, two = placed(paragraphs(["Really.", "Yes."]))
    two = replace(two, source=replace(two.source, start=7, stop=11))
    write_results(tmp_path, [one])
    made = Bitext(Document("article", "en", "", ()), (one, two), {"aligner": "0"})
    results.write(tmp_path / "article.jsonl", made, ["ru"], MADE_AT)
    assert texts(compose(Order(str(tmp_path))), "en") == ["Really.Yes."]


def test_lists_and_headings_are_what_they_were_in_the_source(tmp_path: Path) -> None:
    source = tmp_path / "a.html"
    source.write_text(
        "<h1>A</h1><p>B</p><h3>C</h3><ul><li>D</li></ul><ol><li>E</li><li>F</li></ol>"
        "<p>G</p><ol><li>H</li></ol><blockquote>I</blockquote>"
    )
    document = read_document(str(source), "en")
    units = [
        replace(one, kind=document.blocks[one.source.block].kind) for one in units_of([source])
    ]
    write_results(tmp_path, units, "a")
    results.write_whole(tmp_path / "a.document.json", document)
    made = compose(Order(str(tmp_path))).publication
    assert [(p.form, p.number) for p in made.passages if p.kind is Kind.BODY] == [
        (Form.PARAGRAPH, 1),
        (Form.ITEM, 1),
        (Form.NUMBERED, 1),
        (Form.NUMBERED, 2),
        (Form.PARAGRAPH, 1),
        (Form.NUMBERED, 1),
        (Form.QUOTE, 1),
    ]
    assert [p.level for p in made.passages if p.kind is Kind.HEADING] == [3]
