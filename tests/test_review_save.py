"""aligner.review.sources and .save: from files and back into them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from reviewing import RUSSIAN, SOURCES, article, written

from aligner import results
from aligner.entries import Entry
from aligner.errors import EditedError, InputError, UsageError
from aligner.formats import exchange, tmx
from aligner.records import Code, CodeKind, Origin
from aligner.review.analysis import Analyst
from aligner.review.book import Book
from aligner.review.changes import Change, is_accepted
from aligner.review.database import path_of
from aligner.review.save import ChangedError, Saved, snapshot
from aligner.review.sources import read
from aligner.review.store import Store
from aligner.terminology.termbase import Termbase

TMX = """<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="Tool" creationtoolversion="7" segtype="sentence"
 o-tmf="x" adminlang="en" srclang="en-US" datatype="plaintext">
<prop type="client">Me</prop></header>
<body>
<tu tuid="1" usagecount="3"><prop type="x-document">one</prop><note>Mind this.</note>
 <tuv xml:lang="en-US">
  <seg>It <bpt i="1" type="bold">&lt;b></bpt>rained<ept i="1">&lt;/b></ept>.</seg></tuv>
 <tuv xml:lang="ru-RU" creationid="Bob" creationdate="20200101T000000Z">
  <prop type="x-colour">blue</prop><note>Good.</note>
  <seg>Шёл <bpt i="1" type="bold">&lt;b></bpt>дождь<ept i="1">&lt;/b></ept>.</seg></tuv>
 <tuv xml:lang="ky-KG"><seg>Жамгыр жаады.</seg></tuv></tu>
<tu tuid="1"><prop type="x-document">two</prop>
 <tuv xml:lang="en-US"><seg>It snowed.</seg></tuv>
 <tuv xml:lang="ru-RU"><seg>Шёл снег.</seg></tuv></tu>
<tu><tuv xml:lang="en-US"><seg>Line one.
Line two.</seg></tuv><tuv xml:lang="ru-RU"><seg>Раз.
Два.</seg></tuv></tu>
</body></tmx>
"""


@contextmanager
def opened(place: Path, *langs: str) -> Iterator[tuple[Book, Analyst]]:
    source = read(place, langs)
    with Store.open(source.path) as store:
        book = Book(source, store)
        yield book, Analyst(book, Termbase())


def do(book: Book, n: int, text: str | None, lang: str = "ru", action: str = "edit") -> None:
    book.change(Change(n, lang, action, text, book.rev(n, lang), "a", "Aida"))  # type: ignore[arg-type]


def save(book: Book, analyst: Analyst, *, force: bool = False) -> Saved:
    shot = snapshot(book, analyst)
    saved = shot.write(force=force)
    book.settle(shot.written, saved.source)
    return saved


def entries(path: Path) -> list[Entry]:
    return list(exchange.read(path).entries)


def texts(path: Path, lang: str) -> list[str]:
    return [one.text if (one := entry.variant(lang)) else "" for entry in entries(path)]


# Folders ---------------------------------------------------------------------------------------


def test_a_folder_is_read_whole(tmp_path: Path) -> None:
    source = read(written(tmp_path / "article"))
    assert (source.lang, source.targets, source.title) == ("en", ("ru", "ky"), SOURCES[0])
    assert [item.unit.source.text for item in source.items] == list(SOURCES)
    assert len({item.key for item in source.items}) == len(SOURCES)


def test_all_files_of_a_folder_get_the_edits(tmp_path: Path) -> None:
    place = written(tmp_path / "article")
    with opened(place) as (book, analyst):
        do(book, 1, "Он прилетел в Ош.")
        do(book, 2, None, action="accept")
        saved = save(book, analyst)
        assert book.unsaved == 0
    assert {path.name for path in saved.files} == {
        "article.jsonl",
        "article.en-ru.tmx",
        "article.en-ky.tmx",
        "article.en-ru-ky.tmx",
    }
    unit = results.load(place).units[1]
    assert unit.targets["ru"].text == "Он прилетел в Ош."
    assert unit.targets["ru"].draft == RUSSIAN[1]
    assert unit.targets["ru"].editor == "Aida"
    assert unit.targets["ky"] == article().units[1].targets["ky"]
    assert texts(place / "article.en-ru.tmx", "ru")[1] == "Он прилетел в Ош."
    [variant] = [
        one for one in entries(place / "article.en-ru-ky.tmx")[2].variants if one.lang == "ru"
    ]
    assert dict(variant.props)["x-origin"] == "post-edited"
    assert dict(variant.attributes)["changeid"] == "Aida"
    for line in (place / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((place / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("name", ["folder", "file"])
def test_files_say_what_was_accepted(tmp_path: Path, name: str) -> None:
    place = written(tmp_path / "article")
    if name == "file":
        (tmp_path / "other.tmx").write_bytes((place / "article.en-ru-ky.tmx").read_bytes())
        place = tmp_path / "other.tmx"
    with opened(place) as (book, analyst):
        do(book, 1, "Он прилетел в Ош.")
        do(book, 2, "Это стоило 3 доллара США.")
        do(book, 2, None, action="accept")
        do(book, 3, "Ошко келди!", "ky")
        do(book, 3, None, "ky", action="accept")
        save(book, analyst)
        do(book, 3, "Ошко келди…", "ky")
        save(book, analyst)
    path_of(place).unlink()  # on another computer
    with opened(place) as (book, _):
        asked = [(1, "ru"), (2, "ru"), (2, "ky"), (3, "ky")]
        assert [book.is_accepted(*key) for key in asked] == [False, True, False, False]
        target = book.target(2, "ru")
        assert target
        later = replace(target, text="Иначе.", edited="2027-01-01T00:00:00Z")
        unit = book.items[2].unit
        assert not is_accepted(unit, "ru", later, None)  # somebody has edited it since


def test_a_folder_without_edits_is_written_as_it_was(tmp_path: Path) -> None:
    place = written(tmp_path / "article")
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    with opened(place) as (book, analyst):
        do(book, 1, "x")
        do(book, 1, None, action="undo")
        save(book, analyst)
    after = {path.name: path.read_bytes() for path in place.iterdir() if path.name in before}
    assert after == before


def test_what_was_saved_can_be_undone(tmp_path: Path) -> None:
    place = written(tmp_path / "article")
    with opened(place) as (book, analyst):
        do(book, 1, "Он здесь.")
        save(book, analyst)
    with opened(place) as (book, analyst):
        assert (book.unsaved, book.taken.overtaken) == (0, 0)
        do(book, 1, None, action="undo")
        assert book.unsaved == 1
        save(book, analyst)
    assert results.load(place).units[1].targets["ru"] == article().units[1].targets["ru"]


def test_the_page_may_go_on_while_it_is_saved(tmp_path: Path) -> None:
    place = written(tmp_path / "article")
    with opened(place) as (book, analyst):
        do(book, 1, "one")
        shot = snapshot(book, analyst)
        do(book, 1, "two")
        saved = shot.write()
        book.settle(shot.written, saved.source)
        assert book.unsaved == 1
        assert results.load(place).units[1].targets["ru"].text == "one"
        save(book, analyst)
    assert results.load(place).units[1].targets["ru"].text == "two"


def test_a_folder_that_changed_is_not_written_over(tmp_path: Path) -> None:
    place = written(tmp_path / "article")
    with opened(place) as (book, analyst):
        do(book, 1, "x")
        assert not book.source.has_changed()
        written(place, article(kyrgyz=("а", "б", "в", "г", "д")))
        assert book.source.has_changed()
        with pytest.raises(ChangedError):
            save(book, analyst)
        book.load(read(place))
        analyst.forget()
        save(book, analyst)
    unit = results.load(place).units[1]
    assert (unit.targets["ru"].text, unit.targets["ky"].text) == ("x", "б")


def test_a_tmx_that_somebody_edited_is_not_written_over(tmp_path: Path) -> None:
    place = written(tmp_path / "article")
    other = place / "article.en-ky.tmx"
    other.write_text(other.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with opened(place) as (book, analyst):
        do(book, 1, "x")
        with pytest.raises(EditedError, match=r"article\.en-ky\.tmx"):
            save(book, analyst)
        assert results.load(place).units[1].targets["ru"].text == RUSSIAN[1]
        save(book, analyst, force=True)
    assert results.load(place).units[1].targets["ru"].text == "x"


def test_inline_tags_go_with_the_words(tmp_path: Path) -> None:
    bitext = article()
    unit = bitext.units[1]
    codes = (Code(3, CodeKind.OPEN, "1", "bold", "<b>"), Code(10, CodeKind.CLOSE, "1", "", "</b>"))
    there = (Code(3, CodeKind.OPEN, "1", "bold", "<b>"), Code(10, CodeKind.CLOSE, "1", "", "</b>"))
    unit = replace(
        unit,
        source=replace(unit.source, codes=codes),
        targets={**unit.targets, "ru": replace(unit.targets["ru"], codes=there)},
    )
    place = written(
        tmp_path / "article", replace(bitext, units=(bitext.units[0], unit, *bitext.units[2:]))
    )
    with opened(place) as (book, analyst):
        do(book, 1, "Вчера он приехал в Ош.")
        save(book, analyst)
    target = results.load(place).units[1].targets["ru"]
    assert [target.text[a.at : b.at] for a, b in [target.codes]] == ["приехал"]


# Files -----------------------------------------------------------------------------------------


def test_a_file_is_anyone_s(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text(TMX, encoding="utf-8")
    source = read(path)
    assert (source.lang, source.targets, source.format) == ("en", ("ru", "ky"), "tmx")
    assert [item.document for item in source.items] == ["one", "two", ""]
    assert [item.unit.source.text for item in source.items][:2] == ["It rained.", "It snowed."]
    assert source.items[0].unit.targets["ru"].origin is Origin.HUMAN
    assert "ky" not in source.items[1].unit.targets


def test_what_others_said_in_a_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text(TMX, encoding="utf-8")
    before = exchange.read(path)
    old = list(before.entries)
    with opened(path) as (book, analyst):
        do(book, 0, "Вчера шёл дождь.")
        do(book, 1, "Кар жаады.", "ky")
        do(book, 2, "Раз.\nДва!")
        assert save(book, analyst).files == (path,)
    after = exchange.read(path)
    new = list(after.entries)
    assert after.header.props == before.header.props
    assert dict(after.header.attributes)["creationtool"] == "Tool"
    assert [entry.props for entry in new] == [entry.props for entry in old]
    assert new[0].notes == ("Mind this.",)
    assert dict(new[0].attributes)["usagecount"] == "3"
    russian = new[0].variant("ru")
    assert russian
    assert russian.text == "Вчера шёл дождь."
    assert russian.notes == ("Good.",)
    assert dict(russian.props)["x-colour"] == "blue"
    assert dict(russian.props)["x-origin"] == "human"
    said = dict(russian.attributes)
    assert (said["xml:lang"], said["creationid"], said["changeid"]) == ("ru-RU", "Bob", "Aida")
    assert [part.name for part in russian.inline if not isinstance(part, str)] == ["bpt", "ept"]
    assert new[0].variant("ky") == old[0].variant("ky")
    assert [one.text for one in new[1].variants] == ["It snowed.", "Шёл снег.", "Кар жаады."]
    assert [one.text for one in new[2].variants][1] == "Раз.\nДва!"
    with opened(path) as (book, _):
        assert (book.unsaved, book.taken.overtaken, book.taken.lost) == (0, 0, ())


SMALL = {
    "a.tsv": "en\tru\nOne.\tРаз.\nTwo.\tДва.\n",
    "a.csv": "id,en,ru,ky\n1,One.,Раз.,Бир.\n2,Two.,Два.,Эки.\n",
    "a.jsonl": '{"en": "One.", "ru": "Раз."}\n{"en": "Two.", "ru": "Два.", "id": "x"}\n',
    "a.po": 'msgid ""\nmsgstr "Language: ru\\n"\n\nmsgid "One."\nmsgstr "Раз."\n\n'
    'msgid "Two."\nmsgstr "Два."\n',
    "a.xlf": '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="f"'
    ' source-language="en" target-language="ru" datatype="plaintext"><body>'
    '<trans-unit id="1"><source>One.</source><target>Раз.</target></trans-unit>'
    '<trans-unit id="2"><source>Two.</source><target>Два.</target></trans-unit>'
    "</body></file></xliff>",
    "b.xliff": '<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en"'
    ' trgLang="ru"><file id="f"><unit id="1"><segment><source>One.</source><target>Раз.</target>'
    '</segment></unit><unit id="2"><segment><source>Two.</source><target>Два.</target></segment>'
    "</unit></file></xliff>",
}


@pytest.mark.parametrize("name", SMALL)
def test_every_format_comes_back_in_itself(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(SMALL[name], encoding="utf-8")
    with opened(path) as (book, analyst):
        do(book, 1, "Двое.")
        save(book, analyst)
        assert book.unsaved == 0
    assert texts(path, "ru") == ["Раз.", "Двое."]
    assert texts(path, "en") == ["One.", "Two."]
    with opened(path) as (book, analyst):
        assert (book.unsaved, book.taken.lost) == (0, ())
        do(book, 1, None, action="undo")
        save(book, analyst)
    assert texts(path, "ru") == ["Раз.", "Два."]


def test_a_new_language_where_the_format_has_room(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(SMALL["a.tsv"], encoding="utf-8")
    with opened(path, "ru", "ky") as (book, analyst):
        do(book, 0, "Бир.", "ky")
        save(book, analyst)
    assert texts(path, "ky") == ["Бир.", ""]
    assert texts(path, "ru") == ["Раз.", "Два."]


def test_a_new_language_where_it_has_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(SMALL["a.xlf"], encoding="utf-8")
    with pytest.raises(UsageError, match="of two languages"):
        read(path, ["ky"])
    assert path.read_text(encoding="utf-8") == SMALL["a.xlf"]


def test_a_file_that_changed_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(SMALL["a.tsv"], encoding="utf-8")
    with opened(path) as (book, analyst):
        do(book, 1, "Двое.")
        path.write_text("en\tru\nZero.\tНоль.\n" + SMALL["a.tsv"][6:], encoding="utf-8")
        with pytest.raises(ChangedError):
            save(book, analyst)
        assert book.load(read(path)).lost == ()
        save(book, analyst)
    assert texts(path, "ru") == ["Ноль.", "Раз.", "Двое."]


def test_a_link_is_not_written_over(tmp_path: Path) -> None:
    real = tmp_path / "real.tsv"
    real.write_text(SMALL["a.tsv"], encoding="utf-8")
    link = tmp_path / "link.tsv"
    link.symlink_to(real)
    with opened(link) as (book, analyst):
        do(book, 1, "Двое.")
        save(book, analyst)
    assert link.is_symlink()
    assert texts(real, "ru") == ["Раз.", "Двое."]


def test_script_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    evil = "<script>alert(1)</script>"
    path.write_text(SMALL_TMX.replace("ONE", evil.replace("<", "&lt;")), encoding="utf-8")
    with opened(path) as (book, analyst):
        assert book.items[0].unit.source.text == evil
        do(book, 0, f"{evil}]]>&amp;")
        save(book, analyst)
    assert texts(path, "ru") == [f"{evil}]]>&amp;"]


SMALL_TMX = (
    '<tmx version="1.4"><header srclang="en"/><body><tu tuid="ONE"><prop type="ONE">ONE</prop>'
    '<tuv xml:lang="en"><seg>ONE</seg></tuv><tuv xml:lang="ru"><seg>ONE</seg></tuv></tu>'
    "</body></tmx>"
)


@pytest.mark.parametrize(
    ("name", "content", "error", "said"),
    [
        ("none.tmx", None, InputError, "no such file"),
        ("a.tmx", "<tmx", InputError, "XML|damaged|TMX|broken|end"),
        ("a.tmx", '<tmx version="1.4"><header/><body/></tmx>', InputError, "nothing to review"),
        ("a.txt", "One.", UsageError, "format"),
        ("a.tmx.gz", "x", UsageError, "packed"),
        ("a.tsv", "en\nOne.\n", UsageError, "no translation"),
    ],
)
def test_what_cannot_be_reviewed(
    tmp_path: Path, name: str, content: str | None, error: type[Exception], said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(error, match=said):
        read(tmp_path / name)


def test_a_folder_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no \.jsonl"):
        read(tmp_path)


def test_a_file_of_a_folder_is_reviewed_with_all_of_it(tmp_path: Path) -> None:
    place = written(tmp_path / "article")
    for path in (*place.glob("*.tmx"), place / "article.jsonl"):
        with pytest.raises(UsageError, match="one of the files of an article"):
            read(path)
    alone = (place / "article.jsonl").rename(tmp_path / "x.jsonl")
    with pytest.raises(UsageError, match="one of the files of an article"):
        read(alone)


def test_the_source_language_is_no_target(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="source language"):
        read(written(tmp_path / "article"), ["en"])


def test_a_tmx_of_ours_elsewhere_keeps_its_properties(tmp_path: Path) -> None:
    path = tmp_path / "copy.tmx"
    tmx.write(path, article(), ["ru", "ky"])
    with opened(path) as (book, analyst):
        assert book.items[1].unit.targets["ru"].origin is Origin.MT
        do(book, 1, "Он в Оше.")
        save(book, analyst)
        do(book, 1, None, action="revert")
        save(book, analyst)
    variant = entries(path)[1].variant("ru")
    assert variant
    props = dict(variant.props)
    assert (variant.text, props["x-origin"]) == (RUSSIAN[1], "mt")
    assert "x-draft" not in props
    assert props["x-model"] == "translate-en_ru-1_9"
    assert "changeid" not in dict(variant.attributes)
