"""How the terms of a termbase stand in translations."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from aligner.errors import InputError, UsageError
from aligner.evaluate.systems import Job, gather
from aligner.evaluate.terms import Counted, Outcome, Tally, count, ranked
from aligner.evaluate.texts import read
from aligner.formats import termbases
from aligner.records import Concept, Term, Wording
from aligner.terminology.check import Translated, verify

ROOT = Path(__file__).resolve().parents[1]
GLOSSARY = ROOT / "glossaries" / "central-asia.csv"


def concept(name: str, en: str, ru: str, *forbidden: str) -> Concept:
    russian = Term(Wording(ru), forbidden=tuple(map(Wording, forbidden)))
    return Concept(name, {"en": Term(Wording(en)), "ru": russian}, "place", "PROPN")


CONCEPTS = (
    concept("kg", "Kyrgyzstan", "Кыргызстан", "Киргизия"),
    concept("osh", "Osh", "Ош"),
    Concept("dw", {"en": Term(Wording("DWX"))}, do_not_translate=True),
    concept("un", "Tashkent", "Ташкент"),
)
#        English                        Russian                                   a person's
ROWS = (
    ("Kyrgyzstan and Osh.", "Кыргызстан и Ош.", "О Кыргызстане и Оше."),
    ("Osh, Osh, Osh.", "Ош и Бишкек.", "В Оше, из Оша, под Ошем."),
    ("In Kyrgyzstan.", "В Киргизии.", "В Кыргызстане."),
    ("In Osh and Tashkent.", "В Оше и Таш.", "В Оше и Tашкенте."),  # with a Latin T
    ("DWX wrote it.", "ДВХ так писала.", "DWX об этом писала."),
    ("It rained.", "Шёл дождь в Оше.", "Шёл дождь."),
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    for n, name in ((1, "mt.tsv"), (2, "person.tsv")):
        rows = "".join(f"{row[0]}\t{row[n]}\n" for row in ROWS)
        (tmp_path / name).write_text(f"en\tru\n{rows}", encoding="utf-8")
    return str(tmp_path / "mt.tsv"), str(tmp_path / "person.tsv")


def counted(*systems: str, **more: object) -> list[Counted]:
    return count(gather(Job(systems, **more)), CONCEPTS)  # type: ignore[arg-type]


def test_what_becomes_of_terms(files: tuple[str, str]) -> None:
    [mt] = counted(files[0])
    outcomes = [
        [(use.concept.id, str(use.outcome), use.times) for use in segment.uses]
        for segment in mt.segments
    ]
    assert outcomes == [
        [("kg", "right", 1), ("osh", "right", 1)],
        [("osh", "right", 3)],  # people put a pronoun, too
        [("kg", "forbidden", 1)],
        [("osh", "right", 1), ("un", "missing", 1)],
        [("dw", "altered", 1)],
    ]
    assert [segment.number for segment in mt.segments] == [1, 2, 3, 4, 5]
    assert mt.langs == {"ru": mt.total}
    assert mt.total.outcomes == {"right": 6, "forbidden": 1, "missing": 1, "altered": 1}
    assert (mt.total.occurrences, mt.total.wrong) == (9, 3)
    assert mt.total.rate == pytest.approx(6 / 9)
    assert mt.concepts["ru", "kg"].outcomes == {"right": 1, "forbidden": 1}
    assert ranked([mt])[:2] == [("ru", "dw"), ("ru", "un")]
    assert ranked([mt])[2:] == [("ru", "kg"), ("ru", "osh")]


def test_references_are_counted_and_their_forms_compared(files: tuple[str, str]) -> None:
    mt, person = counted(files[0], references=(files[1],))
    assert person.name == files[1]
    assert person.total.outcomes == {"right": 8, "altered": 1}
    assert person.total.comparable == 0
    osh = mt.concepts["ru", "osh"]
    # Оше | Оше, Оша, Ошем | Оше; the machine has Ош | Ош | Оше.
    assert (osh.comparable, osh.alike) == (5, 1)
    assert (mt.total.comparable, mt.total.alike) == (8, 1)
    [again, _] = counted(files[1], references=(files[1],))
    assert again.total.comparable == again.total.alike == 8


def test_one_of_several_references_is_enough(files: tuple[str, str]) -> None:
    mt, *_ = counted(files[0], references=files)
    assert mt.concepts["ru", "osh"].alike == 3


def test_sources_and_languages_of_plain_text(files: tuple[str, str], tmp_path: Path) -> None:
    plain = {}
    for n, lang in enumerate(("en", "ru", "person")):
        path = tmp_path / f"plain.{lang}"
        path.write_text("".join(f"{row[n]}\n" for row in ROWS), encoding="utf-8")
        plain[lang] = str(path)
    whole = counted(plain["ru"], source=plain["en"], lang="ru", source_lang="en")[0]
    assert whole.langs == counted(files[0])[0].langs
    # What another file says holds for plain text, too.
    mt, other, person = counted(files[0], plain["ru"], references=(plain["person"],))
    assert mt.langs == other.langs
    assert person.source_lang == "en"
    with pytest.raises(UsageError, match="no source texts"):
        counted(plain["ru"], lang="ru")
    with pytest.raises(UsageError, match=r"plain.en(.|\n)*--from"):
        counted(plain["ru"], source=plain["en"], lang="ru")
    with pytest.raises(UsageError, match=r"plain.ru(.|\n)*--lang"):
        counted(plain["ru"], source=plain["en"], source_lang="en")
    german = gather(Job((plain["ru"],), source=plain["en"], lang="de", source_lang="en"))
    with pytest.raises(InputError, match="from en into de, the glossary has en, ru"):
        count(german, CONCEPTS[:2])
    [kept] = count(german, CONCEPTS)
    assert kept.total.outcomes == {"altered": 1}, "what is not translated is the same everywhere"
    with pytest.raises(InputError, match="from ky into ru"):
        counted(plain["ru"], source=plain["en"], lang="ru", source_lang="ky")


def test_what_has_no_translation_is_not_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("en\tru\tky\nIn Osh.\tВ Оше.\t\nIn Osh.\t\tОшто.\n", encoding="utf-8")
    assert counted(str(path))[0].total.outcomes == {"right": 1}
    plain, source = tmp_path / "b.ru", tmp_path / "b.en"
    plain.write_text("В Оше.\n\n", encoding="utf-8")
    source.write_text("In Osh.\nIn Osh.\n", encoding="utf-8")
    [empty] = counted(str(plain), source=str(source), lang="ru", source_lang="en")
    assert empty.total.outcomes == {"right": 1, "missing": 1}


def test_a_model(tmp_path: Path) -> None:
    path = tmp_path / "a.en"
    path.write_text("In Osh.\nIn Tashkent.\n", encoding="utf-8")
    [made] = counted("en-ru", source=str(path))
    assert made.total.occurrences == 2
    assert (made.source_lang, list(made.langs)) == ("en", ["ru"])


def test_sums_are_those_of_the_check() -> None:
    """On our own corpus, in both languages."""
    corpus = str(ROOT / "corpora" / "central-asia-news.tmx")
    concepts = tuple(termbases.read(GLOSSARY))
    [found] = count(gather(Job((corpus,))), concepts)
    texts = read(corpus)
    units = (
        Translated(
            "", n, "en", source, tuple((lang, texts.targets[lang][n]) for lang in found.langs)
        )
        for n, source in enumerate(texts.sources)
    )
    report = verify(units, concepts)
    assert {lang: (one.occurrences, one.satisfied) for lang, one in report.langs.items()} == {
        lang: (one.occurrences, one.outcomes[Outcome.RIGHT]) for lang, one in found.langs.items()
    }
    by_concept: Counter[str] = Counter()
    for (lang, _), tally in found.concepts.items():
        by_concept[lang] += tally.occurrences
    assert by_concept == {lang: one.occurrences for lang, one in found.langs.items()}


def test_nothing_to_find() -> None:
    assert Tally().rate == 1.0
