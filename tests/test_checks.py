"""What each check must find, and on what it must keep silent: tests/data/checks/*.tsv.

A line is: the check that must find something, or "ok" where none of its family may; the languages;
source; translation.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner import quality
from aligner.quality import Pair, Severity
from aligner.records import Code, CodeKind

DATA = Path(__file__).parent / "data" / "checks"
FAMILIES = {
    "numbers": {
        "numbers",
        "number-words",
        "number-words-lone",
        "numbers-repeated",
        "numbers-counted",
        "numbers-swapped",
        "ranges",
        "ordinals",
        "ordinals-lone",
        "percent",
        "minus",
        "currency",
    },
    "dates": {"numbers", "months", "weekdays", "days", "month-lost", "weekday-lost", "date-new"},
    "completeness": {"empty", "cut", "sentences", "sentences-unusual", "length", "length-unusual"},
    "strings": {"lost", "made-up", "hashtags", "markup"},
}


def cases(family: str) -> Iterator[tuple[str, Pair]]:
    for line in (DATA / f"{family}.tsv").read_text(encoding="utf-8").split("\n"):
        if line:
            verdict, here, there, source, target = line.split("\t")
            yield verdict, Pair(source, target, here, there)


EVERY = [(family, *case) for family in FAMILIES for case in cases(family)]


def found(pair: Pair) -> set[str]:
    return {finding.check for finding in quality.check(pair)}


@pytest.mark.parametrize(
    ("family", "verdict", "pair"),
    EVERY,
    ids=[f"{verdict}: {pair.source} | {pair.target}" for _, verdict, pair in EVERY],
)
def test_cases(family: str, verdict: str, pair: Pair) -> None:
    mine = found(pair) & FAMILIES[family]
    assert mine == set() if verdict == "ok" else verdict in mine


@pytest.mark.parametrize("family", ["numbers", "dates"])
@pytest.mark.parametrize("lang", ["ru", "ky"])
def test_there_are_enough_right_ones(family: str, lang: str) -> None:
    right = [pair for verdict, pair in cases(family) if verdict == "ok"]
    assert sum(pair.target_lang == lang for pair in right) >= 30


def test_where_it_stands() -> None:
    pair = Pair("It costs 3.5 dollars.", "Это стоит 35 долларов.", "en", "ru")
    [finding] = [one for one in quality.check(pair) if one.check == "numbers"]
    assert str(finding) == "numbers: 3.5 has become 35"
    assert pair.source[slice(*finding.source or ())] == "3.5"
    assert pair.target[slice(*finding.target or ())] == "35"


def test_a_missing_translation_is_one_finding() -> None:
    for target in ("", " \u00a0\n"):
        pair = Pair("It costs 3.5 dollars at https://a.kg in May.", target, "en", "ru")
        [finding] = quality.check(pair)
        assert (finding.check, finding.severity) == ("empty", Severity.ERROR)


def code(at: int, kind: str, name: str) -> Code:
    return Code(at, CodeKind(kind), name)


def tagged(source: str, target: str) -> Pair:
    """Texts with codes as `[1` that opens, `1]` that closes, `{1}` that stands alone."""

    def parts(text: str) -> tuple[str, tuple[Code, ...]]:
        plain, codes = "", []
        for piece in text.split("|"):
            if piece.startswith("["):
                codes.append(code(len(plain), "open", piece[1:]))
            elif piece.endswith("]"):
                codes.append(code(len(plain), "close", piece[:-1]))
            elif piece.startswith("{"):
                codes.append(code(len(plain), "alone", piece[1:-1]))
            else:
                plain += piece
        return plain, tuple(codes)

    (here, codes), (there, target_codes) = parts(source), parts(target)
    return Pair(here, there, "en", "ru", source_codes=codes, target_codes=target_codes)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("See |[1|Osh|1]| now.", "Смотри |[1|Ош|1]| сейчас.", set()),
        ("|[1|Osh|1]| and |[2|Talas|2]|.", "|[2|Талас|2]| и |[1|Ош|1]|.", set()),
        ("A |[1|b |[2|c|2]||1]|.", "А |[1||[2|в|2]| б|1]|.", set()),
        ("An |{1}| image.", "Рисунок |{1}|.", set()),
        ("See |[1|Osh|1]| now.", "Смотри Ош сейчас.", {"tags"}),
        ("See |[1|Osh|1]| now.", "Смотри |[1|Ош сейчас.", {"tags"}),
        ("See Osh now.", "Смотри |[1|Ош|1]| сейчас.", {"tags"}),
        ("An |{1}| image.", "Рисунок |{1}| и |{1}|.", {"tags"}),
        ("|[1|Osh|1]| and |[2|Talas|2]|.", "|[1|Талас |[2|и|1]| Ош|2]|.", {"nesting"}),
        ("See |[1|Osh|1]| now.", "Смотри |1]|Ош|[1| сейчас.", {"nesting"}),
        ("A |[1|b |[2|c|2]||1]|.", "А |[2|б |[1|в|1]||2]|.", {"nesting"}),
    ],
)
def test_tags(source: str, target: str, expected: set[str]) -> None:
    assert found(tagged(source, target)) & {"tags", "nesting"} == expected


LANGS = st.sampled_from(["en", "ru", "ky", "de", "und", "zh"])


@given(st.text(), LANGS)
def test_a_copy_loses_nothing(text: str, lang: str) -> None:
    pair = Pair(text, text, lang, lang)
    family = {check for one in FAMILIES.values() for check in one}
    assert found(pair) & family == set()


@given(st.text(), st.text(), LANGS, LANGS)
def test_nothing_breaks_and_spans_are_in_the_text(
    source: str, target: str, here: str, there: str
) -> None:
    for finding in quality.check(Pair(source, target, here, there)):
        for span, text in ((finding.source, source), (finding.target, target)):
            assert span is None or 0 <= span[0] <= span[1] <= len(text)


@given(st.integers(0, 10**12), st.sampled_from(["ru", "ky"]))
def test_any_number_in_the_locales_form(number: int, lang: str) -> None:
    grouped = f"{number:,}"
    for target in (grouped.replace(",", "\u00a0"), grouped.replace(",", " "), str(number)):
        assert "numbers" not in found(Pair(f"It is {grouped}.", f"Это {target}.", "en", lang))
    assert "numbers" in found(Pair(f"It is {grouped}.", f"Это {number + 1}.", "en", lang))


@given(st.integers(0, 10**6), st.integers(1, 9999))
def test_any_decimal(whole: int, part: int) -> None:
    pair = Pair(f"It is {whole}.{part}.", f"Это {whole},{part}.", "en", "ru")
    assert "numbers" not in found(pair)


def test_across_a_document() -> None:
    sources = ["The old man left at dawn.", "He came to the city.", "It rained all day long."]
    targets = ["Старик ушёл на рассвете.", "Старик ушёл на рассвете.", "Весь день шёл дождь."]
    pairs = [Pair(*texts, "en", "ru") for texts in zip(sources, targets, strict=True)]
    checks = [{one.check for one in findings} for findings in quality.check_all(pairs)]
    assert ["repeated" in one for one in checks] == [False, True, False]
    again = [*pairs, pairs[2], Pair(sources[2], "Дождь лил целый день.", "en", "ru")]
    checks = [{one.check for one in findings} for findings in quality.check_all(again)]
    assert ["inconsistent" in one for one in checks] == [False] * 4 + [True]
    filler = [Pair(f"Line {n} of these", f"Строка {n} из этих", "en", "ru") for n in range(5)]
    far = [pairs[0], *filler, Pair(sources[1], targets[0], "en", "ru")]
    assert "same-translation" in {one.check for one in quality.check_all(far)[-1]}


def test_units_are_named_by_their_ids() -> None:
    source, targets = "It rained all day long.", ("Весь день шёл дождь.", "Дождь лил целый день.")
    pairs = [Pair(source, one, "en", "ru", id=f"a:{n}.7") for n, one in enumerate(targets)]
    [found] = [one for one in quality.check_all(pairs)[1] if one.check == "inconsistent"]
    assert "a:0.7" in found.message
    assert quality.check_all(pairs, skip={"inconsistent"})[1] == []


def test_near_sources_may_be_translated_alike() -> None:
    pairs = [
        Pair("The old man left at dawn.", "Старик ушёл на рассвете.", "en", "ru"),
        Pair("An old man left at dawn.", "Старик ушёл на рассвете.", "en", "ru"),
        Pair("Yes, sir.", "Да.", "en", "ru"),
        Pair("Of course.", "Да.", "en", "ru"),
    ]
    across = {"repeated", "same-translation", "inconsistent"}
    assert not any(one.check in across for some in quality.check_all(pairs) for one in some)


def test_severities_by_id() -> None:
    assert quality.severity("numbers") is Severity.ERROR
    assert quality.severity("memory") is Severity.WARNING  # of none of ours
    ids = [one.id for one in quality.catalogue()]
    assert len(ids) == len(set(ids))
