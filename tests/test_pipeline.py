"""The order of the stages, with an engine that can be foreseen."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from command import ARTICLE, contents
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aligner import engines, pipeline
from aligner.engines import Translation
from aligner.engines.packages import Model
from aligner.errors import EditedError, InputError, ModelMissing, UsageError
from aligner.formats import jsonl
from aligner.pipeline import Job
from aligner.records import Kind, Origin, Outcome, Target, Unit

Make = Callable[..., Path]


class Marker:
    """An engine that puts «» around what it is given; it counts what it translates."""

    def __init__(self, folder: Path, target: str = "ru") -> None:
        name = f"translate-en_{target}-1_0"
        self.model = Model("en", target, name, "1.0", folder / name, starter=False)
        self.translated = 0
        self.fails_after: float = float("inf")

    def plan(self, sentences: Sequence[str]) -> list[list[int]]:
        return [[index] for index in reversed(range(len(sentences)))]

    def translate(
        self, batches: Iterable[Sequence[str]], *, careful: bool = False
    ) -> Iterator[list[Translation]]:
        assert not careful
        for batch in batches:
            if self.translated >= self.fails_after:
                raise KeyboardInterrupt
            self.translated += 1
            yield [Translation(_marked(sentence), 0.5) for sentence in batch]

    def cost(self, text: str) -> int:
        return len(text)


def _marked(sentence: str) -> str:
    return f"«{sentence}»" if sentence.strip() else ""


@pytest.fixture
def marker(random_package: Make, packages: Path, monkeypatch: pytest.MonkeyPatch) -> Marker:
    """The engine for every pair."""
    random_package(into=packages)
    marker = Marker(packages)
    monkeypatch.setattr(engines, "load", lambda *_: [marker])
    return marker


def article(tmp_path: Path, text: str, name: str = "article.txt") -> str:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return str(path)


TEXT = "© Acme 2024\n\nA Long Way\n\nIt rained. He left.\n"


def test_boilerplate_stays_in_the_document(tmp_path: Path) -> None:
    document, segments = pipeline.prepare(Job(article(tmp_path, TEXT)))
    assert [block.kind for block in document.blocks] == [
        Kind.BOILERPLATE,
        Kind.HEADING,
        Kind.BODY,
    ]
    assert [segment.id for segment in segments] == ["2.1", "3.1", "3.2"]
    _, segments = pipeline.prepare(Job(article(tmp_path, TEXT), boilerplate=True))
    assert segments[0].text == "© Acme 2024"


@pytest.mark.parametrize(
    ("text", "hint"), [("© Acme 2024\n", "--boilerplate"), ("", "some text"), (" \n", "some text")]
)
def test_nothing_to_translate(tmp_path: Path, text: str, hint: str) -> None:
    with pytest.raises(InputError) as raised:
        pipeline.prepare(Job(article(tmp_path, text)))
    assert hint in raised.value.hint
    assert raised.value.where.endswith("article.txt")


@pytest.mark.parametrize(("lang", "target"), [("zz9!", "ru"), ("en", "zz9!")])
def test_languages_are_checked_first(lang: str, target: str) -> None:
    with pytest.raises(UsageError, match="zz9!"):
        Job("no such file", lang, ("ru", target))


def test_a_run(tmp_path: Path, marker: Marker) -> None:
    out = tmp_path / "out"
    report = pipeline.run(Job(article(tmp_path, TEXT), targets=("ru",), out=out))
    assert report.files == (out / "article.en-ru.tmx", out / "article.jsonl")
    assert report.words == 7
    assert report.models == {"ru": (marker.model,)}
    units = report.bitext.units
    assert [unit.targets["ru"].text for unit in units] == [
        "«A long way»",  # titles are translated, and here come out, as sentences
        "«It rained.»",
        "«He left.»",
    ]
    assert {unit.targets["ru"].origin for unit in units} == {Origin.MT}
    assert [unit.kind for unit in units] == [Kind.HEADING, Kind.BODY, Kind.BODY]
    assert [entry.unit for entry in jsonl.read(out / "article.jsonl")] == list(units)
    assert report.bitext.signature["beam"] == "4"


def test_the_default_folder(
    tmp_path: Path, marker: Marker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pipeline.run(Job(article(tmp_path, TEXT, "Визит (2).txt"), targets=("ru",)))
    assert (tmp_path / "corpora" / "визит-2" / "визит-2.en-ru.tmx").exists()
    assert marker.translated == 3


def test_an_equal_sentence_is_translated_once(tmp_path: Path, marker: Marker) -> None:
    job = Job(article(tmp_path, "He left.\n\n" * 5), targets=("ru",), out=tmp_path / "out")
    assert len(pipeline.run(job).bitext.units) == 5
    assert marker.translated == 1


def test_what_is_in_the_journal_is_not_translated_again(tmp_path: Path, marker: Marker) -> None:
    job = Job(article(tmp_path, TEXT), targets=("ru",), out=tmp_path / "out")
    marker.fails_after = 2
    with pytest.raises(KeyboardInterrupt):
        pipeline.run(job)
    assert list(contents(tmp_path / "out")) == [".run/journal.jsonl"]
    marker.fails_after = float("inf")
    report = pipeline.run(job)
    assert report.resumed
    assert marker.translated == 3
    assert not (tmp_path / "out" / ".run").exists()


def test_interrupted_before_the_first_batch(tmp_path: Path, marker: Marker) -> None:
    marker.fails_after = 0
    with pytest.raises(KeyboardInterrupt):
        pipeline.run(Job(article(tmp_path, TEXT), targets=("ru",), out=tmp_path / "out"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "other",
    [
        {"boilerplate": True},
        {"settings": engines.Settings(beam=2)},
        {"targets": ("ky",)},
        {"lang": "ru", "targets": ("en",)},
    ],
)
def test_a_journal_of_other_settings_is_not_used(
    tmp_path: Path, marker: Marker, other: dict[str, object]
) -> None:
    source, out = article(tmp_path, TEXT), tmp_path / "out"
    marker.fails_after = 2
    with pytest.raises(KeyboardInterrupt):
        pipeline.run(Job(source, targets=("ru",), out=out))
    marker.fails_after = float("inf")
    report = pipeline.run(Job(source, **{"targets": ("ru",), "out": out} | other))  # type: ignore[arg-type]
    assert not report.resumed
    assert marker.translated == 2 + len(report.bitext.units)
    assert not (out / ".run").exists()


def test_threads_are_no_part_of_the_signature(tmp_path: Path, marker: Marker) -> None:
    source = article(tmp_path, TEXT)
    signatures = [
        pipeline.run(
            Job(
                source, targets=("ru",), out=tmp_path / f"{n}", settings=engines.Settings(threads=n)
            )
        ).bitext.signature
        for n in (1, 2)
    ]
    assert signatures[0] == signatures[1]
    assert marker.translated == 6


def test_edits_made_during_the_run_stay(tmp_path: Path, marker: Marker) -> None:
    out = tmp_path / "out"
    job = Job(article(tmp_path, TEXT), targets=("ru",), out=out)
    pipeline.run(job)

    def edit(*_: object) -> None:
        (out / "article.en-ru.tmx").write_bytes(b"a person's work")

    with pytest.raises(EditedError, match=r"article\.en-ru\.tmx"):
        pipeline.run(job, edit)
    assert (out / "article.en-ru.tmx").read_bytes() == b"a person's work"
    before = marker.translated
    assert (out / ".run" / "journal.jsonl").exists()
    (out / "article.en-ru.tmx").unlink()
    assert pipeline.run(job).resumed
    assert marker.translated == before


def test_edits_made_while_it_is_cut_off_stay(tmp_path: Path, marker: Marker) -> None:
    source, out = article(tmp_path, TEXT), tmp_path / "out"
    pipeline.run(Job(source, targets=("ru",), out=out))
    marker.fails_after = marker.translated + 2
    more = Job(source, targets=("ru",), out=out, boilerplate=True)
    with pytest.raises(KeyboardInterrupt):
        pipeline.run(more)
    (out / "article.en-ru.tmx").write_bytes(b"a person's work")
    with pytest.raises(EditedError, match=r"article\.en-ru\.tmx"):
        pipeline.run(more)
    assert (out / "article.en-ru.tmx").read_bytes() == b"a person's work"


def test_no_model_leaves_no_folder(tmp_path: Path) -> None:
    job = Job(article(tmp_path, TEXT), lang="ru", targets=("ky",), out=tmp_path / "out")
    with pytest.raises(ModelMissing, match="ru → ky") as raised:
        pipeline.run(job)
    assert "aligner models install ru" in raised.value.hint
    assert not (tmp_path / "out").exists()


def test_progress_of_each_language(tmp_path: Path, marker: Marker) -> None:
    told: list[tuple[str, int, int]] = []
    job = Job(article(tmp_path, TEXT), out=tmp_path / "out", targets=("ru", "ky"))
    # The two targets share the engine, and with it the journal's batches.
    pipeline.run(job, lambda *step: told.append(step))
    assert told == [(lang, done, 3) for lang in ("ru", "ky") for done in (1, 2, 3)]
    assert marker.translated == 3


def plain(tmp_path: Path, text: str, *, lines: bool = False) -> str:
    translate = pipeline.translate_lines if lines else pipeline.translate_text
    return translate(Job(article(tmp_path, text), targets=("ru",), boilerplate=True)).text


SENTENCES = ["It rained.", "“Why?” he asked.", "THE END", "A Title", "Dr. Fox paid $3!", "Көл…"]
GAPS = [" ", "\t", "  ", "\u00a0", "\n", "\r\n", "\r", "\n\n\n", "\f", "\u2028", "- ", "1) "]
TEXTS = st.lists(st.sampled_from(SENTENCES + GAPS), max_size=30).map("".join)


@pytest.mark.usefixtures("marker")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=TEXTS)
def test_what_stands_between_segments_stays(tmp_path: Path, text: str) -> None:
    made = plain(tmp_path, text)
    # The source, but for letter case, and line breaks within a segment.
    pieces = re.split("«([^»]*)»", made)
    pieces[::2] = map(re.escape, pieces[::2])
    pieces[1::2] = [r"\s+".join(map(re.escape, piece.split())) for piece in pieces[1::2]]
    assert re.fullmatch("".join(pieces), text, re.IGNORECASE)
    assert not any(char.isalpha() for piece in pieces[::2] for char in re.sub(r"\\.", "", piece))


@pytest.mark.usefixtures("marker")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.lists(st.sampled_from([*SENTENCES, "", " ", "\n", "\r\n", "\r"])).map("".join))
def test_line_for_line(tmp_path: Path, text: str) -> None:
    lines = re.split("(\r\n|\n|\r)", text)
    lines[::2] = map(_marked, lines[::2])
    assert plain(tmp_path, text, lines=True) == "".join(lines)


@pytest.mark.usefixtures("marker")
@pytest.mark.parametrize("lines", [False, True])
@pytest.mark.parametrize("text", ["", "\n", "\n\n", "\r\n\r\n"])
def test_blank_in_blank_out(tmp_path: Path, text: str, lines: bool) -> None:
    assert plain(tmp_path, text, lines=lines) == text


@pytest.mark.usefixtures("marker")
@pytest.mark.parametrize("lines", [False, True])
@pytest.mark.parametrize("name", ["a.html", "a.md"])
def test_markup_is_no_plain_text(tmp_path: Path, name: str, lines: bool) -> None:
    translate = pipeline.translate_lines if lines else pipeline.translate_text
    with pytest.raises(InputError, match="markup") as raised:
        translate(Job(article(tmp_path, "Hi", name), targets=("ru",)))
    assert "aligner run" in raised.value.hint


def test_the_starter_models(tmp_path: Path) -> None:
    """Two legs of the real thing, from the real article."""
    report = pipeline.run(Job(str(ARTICLE), out=tmp_path / "out"))
    assert len(report.bitext.units) == 85
    for line in (tmp_path / "out" / "putin-visit-kyrgyzstan.jsonl").read_text().splitlines():
        unit = json.loads(line)
        for lang in ("ru", "ky"):
            assert unit["targets"][lang]["text"]
            assert 0 < unit["targets"][lang]["score"] <= 1


# Glossaries


GLOSSARY = """id,en,ru,ru_features,ky,note
kachkynbai,Seitek Kachkynbai,Сейтек Качкынбай,"person,m",Сейтек Качкынбай,
osh,Osh,Ош,,Ош,a city
rust,Rust,Ржавчина,,,Russian only
"""


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    path = tmp_path / "terms.csv"
    path.write_text(GLOSSARY, encoding="utf-8")
    return path


def test_a_run_with_a_glossary(tmp_path: Path, glossary: Path) -> None:
    text = "SEITEK KACHKYNBAI IN OSH\n\nSeitek Kachkynbai came to Osh in May. He left."
    job = Job(article(tmp_path, text), out=tmp_path / "out", glossaries=(glossary,))
    report = pipeline.run(job)
    assert report.concepts == 3
    heading, body, last = report.bitext.units
    for lang in ("ru", "ky"):
        assert [use.source for use in body.targets[lang].terms] == ["Seitek Kachkynbai", "Osh"]
        for unit in (heading, body):
            target = unit.targets[lang]
            assert all(use.outcome is not Outcome.MISSING for use in target.terms)
            assert all(use.target in target.text for use in target.terms)
        assert heading.targets[lang].text.isupper()
        assert last.targets[lang].terms == ()
    assert re.fullmatch("[0-9a-f]{12}", report.bitext.signature["glossary"])
    assert [entry.unit for entry in jsonl.read(report.files[-1])] == list(report.bitext.units)
    written = report.files[0].read_text("utf-8")
    assert "Seitek Kachkynbai → Сейтек" in written
    assert "<note>Terms: " in written


def test_another_glossary_is_another_run(tmp_path: Path, glossary: Path) -> None:
    source = article(tmp_path, "Osh is old.")
    first = Job(source, targets=("ru",), out=tmp_path / "out", glossaries=(glossary,))
    made = pipeline.run(first).bitext.signature["glossary"]
    glossary.write_text(GLOSSARY.replace("a city", "a town"), encoding="utf-8")
    assert pipeline.run(first).bitext.signature["glossary"] == made  # a note changes nothing
    glossary.write_text(GLOSSARY.replace("Ош,,Ош", "г. Ош,,Ош"), encoding="utf-8")
    assert pipeline.run(first).bitext.signature["glossary"] != made


def test_a_term_that_is_not_there_is_an_issue(tmp_path: Path, glossary: Path) -> None:
    text = "Seitek Kachkynbai " + "and the old river " * 60
    job = Job(article(tmp_path, text), targets=("ru",), glossaries=(glossary,), out=tmp_path / "o")
    [unit] = pipeline.run(job).bitext.units
    assert (
        "term: no form of «Сейтек Качкынбай» for “Seitek Kachkynbai”" in unit.targets["ru"].issues
    )


def test_the_later_glossary_wins(tmp_path: Path, glossary: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("id,en,ru\nours,Osh,Ошград\n", encoding="utf-8")
    source = article(tmp_path, "He lives in Osh.")
    for glossaries, name in (((glossary, own), "Ошград"), ((own, glossary), "Ош")):
        job = Job(source, targets=("ru",), glossaries=glossaries, out=tmp_path / name)
        [use] = pipeline.run(job).bitext.units[0].targets["ru"].terms
        assert use.target.startswith(name)
        assert use.concept == ("ours" if name == "Ошград" else "osh")


def test_a_broken_glossary(tmp_path: Path, glossary: Path) -> None:
    glossary.write_text("id,en,ru,status\nx,Osh,Ош,perfect\n", encoding="utf-8")
    with pytest.raises(InputError, match="perfect") as raised:
        pipeline.run(Job(article(tmp_path, "Osh."), glossaries=(glossary,), out=tmp_path / "o"))
    assert raised.value.where.startswith(f"{glossary}:2")


@pytest.mark.parametrize("translate", [pipeline.translate_text, pipeline.translate_lines])
def test_plain_text_with_a_glossary(
    translate: Callable[[Job], pipeline.PlainText], tmp_path: Path, glossary: Path
) -> None:
    source = article(tmp_path, "Seitek Kachkynbai spoke in Osh.\n")
    made = translate(Job(source, targets=("ru",), glossaries=(glossary,)))
    assert "Качкынба" in made.text
    assert "Ош" in made.text
    assert made.text.endswith("\n")


# Memories


MEMORY = "It rained. He left. In 2025 it fell by 5%. The old man came to the town of Osh."


@pytest.fixture
def memory(tmp_path: Path, marker: Marker) -> Path:
    """A result of ours that a person has been through: [it] stands for their words."""
    path = tmp_path / "memory.jsonl"
    job = Job(article(tmp_path, MEMORY, "memory.txt"), targets=("ru",), out=tmp_path / "made")
    bitext = pipeline.run(job).bitext
    units = tuple(
        replace(
            unit,
            targets={
                "ru": Target(f"[{unit.source.text}]", Origin.POST_EDITED, editor="Aida Asanova")
            },
        )
        for unit in bitext.units
    )
    jsonl.write(path, replace(bitext, units=units))
    marker.translated = 0
    return path


def recalled(tmp_path: Path, text: str, memory: Path, **more: object) -> tuple[Unit, ...]:
    source = article(tmp_path, text, "new.txt")
    out = tmp_path / f"out{len(list(tmp_path.iterdir()))}"
    job = Job(source, targets=("ru",), out=out, memories=(memory,), **more)  # type: ignore[arg-type]
    return pipeline.run(job).bitext.units


def test_what_a_memory_has_is_not_translated(tmp_path: Path, marker: Marker, memory: Path) -> None:
    units = recalled(tmp_path, MEMORY, memory)
    assert marker.translated == 0
    for unit in units:
        target = replace(unit.targets["ru"], issues=())  # the brackets are none of the source's
        assert target == Target(
            f"[{unit.source.text}]",
            Origin.TM,
            match=101,
            memory="memory.jsonl",
            editor="Aida Asanova",
        )
        assert unit.properties == {}


def test_out_of_context_mended_offered_and_new(
    tmp_path: Path, marker: Marker, memory: Path
) -> None:
    text = "He left. In 2026 it fell by 7%. The old man came to the city of Osh. Quite new."
    exact, mended, offered, new = recalled(tmp_path, text, memory)
    assert marker.translated == 2
    assert (exact.targets["ru"].text, exact.targets["ru"].match) == ("[He left.]", 100)
    target = mended.targets["ru"]
    assert (target.text, target.match) == ("[In 2026 it fell by 7%.]", 99)
    assert target.origin is Origin.TM
    assert target.issues[0] == "memory: 2025 → 2026, 5 → 7 was put in"
    assert offered.targets["ru"].text == "«The old man came to the city of Osh.»"
    assert offered.targets["ru"].origin is Origin.MT
    assert offered.properties == {
        "offer-ru": "[The old man came to the town of Osh.]",
        "offer-ru-source": "The old man came to the town of Osh.",
        "offer-ru-match": "88",
        "offer-ru-memory": "memory.jsonl",
    }
    assert new.targets["ru"].text == "«Quite new.»"
    assert new.properties == {}


def test_the_least_match(tmp_path: Path, memory: Path) -> None:
    text = "The old man came to the city of Osh."
    [unit] = recalled(tmp_path, text, memory, least_match=90)
    assert unit.properties == {}


@pytest.mark.usefixtures("memory")
def test_a_machine_is_no_memory(tmp_path: Path, marker: Marker) -> None:
    folder = tmp_path / "made"  # what the machine had made of it
    assert recalled(tmp_path, "He left.", folder)[0].targets["ru"].origin is Origin.MT
    [unit] = recalled(tmp_path, "He left.", folder, machine_memory=True)
    assert unit.targets["ru"].origin is Origin.TM
    assert marker.translated == 1


@pytest.mark.usefixtures("marker")
def test_terms_in_a_memory_are_verified_not_changed(tmp_path: Path, glossary: Path) -> None:
    path = tmp_path / "osh.tmx"
    path.write_text(
        "<tmx version='1.4'><header srclang='en'/><body>"
        "<tu><tuv xml:lang='en'><seg>He saw Osh.</seg></tuv>"
        "<tuv xml:lang='ru'><seg>Он видел город.</seg></tuv></tu>"
        "<tu><tuv xml:lang='en'><seg>Osh is old.</seg></tuv>"
        "<tuv xml:lang='ru'><seg>Возраст Оша велик.</seg></tuv></tu>"
        "</body></tmx>",
        encoding="utf-8",
    )
    lost, right = recalled(tmp_path, "He saw Osh. Osh is old.", path, glossaries=(glossary,))
    assert lost.targets["ru"].text == "Он видел город."
    [use] = lost.targets["ru"].terms
    assert (use.outcome, use.target) == (Outcome.MISSING, "Ош")
    assert lost.targets["ru"].issues == ("term: no form of «Ош» for “Osh”",)
    [use] = right.targets["ru"].terms
    assert (use.outcome, use.target, use.case) == (Outcome.ALREADY, "Оша", "gen")


def test_another_memory_is_another_run(tmp_path: Path, memory: Path) -> None:
    source, out = article(tmp_path, TEXT), tmp_path / "out"
    plain = Job(source, targets=("ru",), out=out)
    assert "memory" not in pipeline.run(plain).bitext.signature
    job = replace(plain, memories=(memory,), force=True)
    first = pipeline.run(job).bitext.signature
    assert re.fullmatch(r"memory\.jsonl@[0-9a-f]{12}", first["memory"])
    assert pipeline.run(job).bitext.signature == first
    memory.write_bytes(memory.read_bytes().replace(b"[He left.]", b"[He went.]"))
    second = pipeline.run(job)
    assert second.bitext.signature["memory"] != first["memory"]
    assert second.bitext.units[-1].targets["ru"].text == "[He went.]"


def test_a_memory_without_a_match_changes_nothing(tmp_path: Path, memory: Path) -> None:
    text = "# All new\n\nNothing that anybody had said before.\n"
    source = article(tmp_path, text, "a.md")
    plain = pipeline.run(Job(source, targets=("ru",), out=tmp_path / "one"))
    with_memory = pipeline.run(
        Job(source, targets=("ru",), out=tmp_path / "two", memories=(memory,))
    )
    assert with_memory.bitext.units == plain.bitext.units


def test_a_damaged_memory(tmp_path: Path, marker: Marker) -> None:
    path = tmp_path / "broken.tmx"
    path.write_text("<tmx version='1.4'><header/><body><tu><tuv", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        recalled(tmp_path, "Hi.", path)
    assert raised.value.where.startswith(str(path))
    assert marker.translated == 0


@pytest.mark.usefixtures("marker")
def test_an_empty_folder_is_no_memory(tmp_path: Path) -> None:
    (tmp_path / "memories").mkdir()
    with pytest.raises(InputError, match="no memory"):
        recalled(tmp_path, "Hi.", tmp_path / "memories")


@pytest.mark.parametrize("lines", [False, True])
def test_plain_text_with_a_memory(tmp_path: Path, memory: Path, lines: bool) -> None:
    translate = pipeline.translate_lines if lines else pipeline.translate_text
    source = article(tmp_path, "It rained.\n\nHe spoke.\n")
    made = translate(Job(source, targets=("ru",), boilerplate=True, memories=(memory,)))
    assert made.text == "[It rained.]\n\n«He spoke.»\n"
