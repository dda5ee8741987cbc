"""Finding terms in texts: by hand-made cases, by property, and against a naive matcher."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.records import Concept, Term, Wording
from aligner.terminology.forms import Standing, written
from aligner.terminology.match import Matcher, Renderings

CASES = Path(__file__).parent / "data" / "terminology" / "matching.txt"


def concept(wording: str, lang: str = "en", **more: object) -> Concept:
    """A concept from its notation: "уюму [px3, m] {case-sensitive} {VERB}"."""
    flags = re.findall(r"\{(.+?)\}", wording)
    features = re.findall(r"\[(.+?)\]", wording)
    text = re.split(r" [{\[]", wording)[0]
    known = tuple(one.strip() for one in features[0].split(",")) if features else ()
    return Concept(
        str(more.pop("id", text)),
        {lang: Term(Wording(text, known))},
        case_sensitive="case-sensitive" in flags,
        pos=next((flag for flag in flags if flag.isupper()), ""),
        **more,  # type: ignore[arg-type]
    )


def cases() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Language, termbase and marked text."""
    lang, terms = "", ()
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            lang, terms = line[3:], ()
        elif line.startswith("- "):
            terms = (*terms, line[2:])
        elif line and not line.startswith("#"):
            text = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), line)
            yield lang, terms, text.replace(r"\n", "\n")


def marked(text: str, matcher: Matcher) -> str:
    """A text with brackets about all that is found."""
    for found in reversed(matcher.find(text)):
        text = f"{text[: found.start]}[{text[found.start : found.stop]}]{text[found.stop :]}"
    return text


@pytest.mark.parametrize(("lang", "terms", "text"), list(cases()))
def test_cases(lang: str, terms: tuple[str, ...], text: str) -> None:
    matcher = Matcher([concept(term, lang) for term in terms], lang)
    assert marked(re.sub(r"[\[\]]", "", text), matcher) == text


def test_readings() -> None:
    (found,) = Matcher([concept("Россия", "ru")], "ru").find("в России")
    assert [(form.case, form.number) for form in found.readings] == [
        ("gen", "sg"),
        ("dat", "sg"),
        ("loc", "sg"),
    ]
    (found,) = Matcher([concept("Рим статуту", "ky")], "ky").find("Рим статутунан")
    assert [(form.text, form.case) for form in found.readings] == [("Рим статутунан", "abl")]
    (found,) = Matcher([concept("head of state")], "en").find("Heads of State")
    assert (found.readings[0].text, found.readings[0].number) == ("heads of state", "pl")


def test_standings() -> None:
    term = Term(Wording("Кыргызстан"), (Wording("Кыргыз Республикасы"),), (Wording("Киргизия"),))
    matcher = Matcher([Concept("kg", {"ky": term})], "ky")
    found = matcher.find("Кыргызстандын, Кыргыз Республикасынын, Киргизиянын")
    assert [one.readings[0].standing for one in found] == list(Standing)
    assert [one.readings[0].wording.text for one in found] == [
        "Кыргызстан",
        "Кыргыз Республикасы",
        "Киргизия",
    ]


def test_the_longest_from_the_left() -> None:
    terms = ["Central Asia", "Asia summit", "Central Asia summit today", "summit"]
    matcher = Matcher(map(concept, terms), "en")
    assert marked("the Central Asia summit", matcher) == "the [Central Asia] [summit]"
    assert marked("Central Asia summit today", matcher) == "[Central Asia summit today]"


def test_what_has_the_same_wording() -> None:
    bird, country = concept("turkey", id="bird"), concept("Turkey", id="country")
    again = concept("Turkey", id="again")
    matcher = Matcher([bird, country, again], "en")

    def ids(text: str) -> list[str]:
        (found,) = matcher.find(text)
        return [found.concept.id, *(other.id for other in found.others)]

    assert ids("in Turkey") == ["country", "again", "bird"]
    assert ids("a turkey") == ["bird", "country", "again"]
    assert ids("TURKEY") == ["bird", "country", "again"]


def test_a_wording_goes_before_a_form_of_another() -> None:
    matcher = Matcher([concept("migrant worker"), concept("migrant workers")], "en")
    assert [one.concept.id for one in matcher.find("migrant workers, a migrant worker")] == [
        "migrant workers",
        "migrant worker",
    ]


def test_what_prefers_a_wording_goes_before_what_forbids_it() -> None:
    forbids = Concept("a", {"ru": Term(Wording("США"), (), (Wording("Америка"),))})
    prefers = Concept("b", {"ru": Term(Wording("Америка"))})
    (found,) = Matcher([forbids, prefers], "ru").find("в Америке")
    assert (found.concept.id, [one.id for one in found.others]) == ("b", ["a"])


def test_what_is_not_translated() -> None:
    dnt = Concept("cnn", {"en": Term(Wording("CNN"))}, do_not_translate=True)
    assert marked("CNN CNNдин CNNге", Matcher([dnt], "ky")) == "[CNN] [CNNдин] [CNNге]"
    assert marked("CNN", Matcher([concept("CNN")], "ru")) == "CNN"


def test_forms_given_by_a_person() -> None:
    term = Term(Wording("РФ", (), {"gen": "РФдын"}))
    (found,) = Matcher([Concept("rf", {"ky": term})], "ky").find("РФдын")
    assert found.readings[0].case == "gen"


def test_renderings_find_one_concept_at_a_time() -> None:
    country, president = concept("Россия", "ru"), concept("президент России", "ru")
    renderings = Renderings("ru")
    text = "Президенту России, России"
    assert [(one.start, one.stop) for one in renderings.find(country, text)] == [(11, 17), (19, 25)]
    assert [(one.start, one.stop) for one in renderings.find(president, text)] == [(0, 17)]
    assert renderings.find(concept("Китай", "ru"), text) == []
    assert Renderings("ky").find(country, text) == []


def test_long_texts_without_spaces_take_linear_time() -> None:
    matcher = Matcher([concept("КМШ", "ky"), concept("ат {case-sensitive}", "ky")], "ky")
    assert matcher.find("а" * 200_000) == []
    assert len(matcher.find("АТ " * 20_000 + "а")) == 0


def test_nothing_to_find() -> None:
    assert Matcher([], "en").find("Russia") == []
    assert Matcher([concept("—"), concept("…")], "en").find("") == []


# Properties --------------------------------------------------------------------------------------

TERMS = {
    "en": ["Russia", "head of state", "post-Soviet space", "US", "people's republic", "C5+1"],
    "ru": ["Россия", "глава государства", "постсоветское пространство", "США", "орден Почёта"],
    "ky": ["Россия", "мамлекет башчысы", "Рим статуту", "КМШ", "«Азаттык»", "Ысык-Көл", "китеп"],
}
MATCHERS = {lang: Matcher([concept(t, lang) for t in terms], lang) for lang, terms in TERMS.items()}
FORMS = {
    lang: [form.text for term in terms for form in written(Wording(term), lang)]
    for lang, terms in TERMS.items()
}
LANGS = st.sampled_from(sorted(TERMS))


@given(st.data(), LANGS)
def test_forms_are_found_where_they_stand(data: st.DataObject, lang: str) -> None:
    forms = data.draw(st.lists(st.sampled_from(FORMS[lang]), max_size=6))
    between = data.draw(st.sampled_from([", ", " | ", "; x ", ".\n", ") ("]))
    compose = data.draw(st.sampled_from(["NFC", "NFD"]))
    text = unicodedata.normalize(compose, between.join(forms))
    found = MATCHERS[lang].find(text)
    spans = [text[one.start : one.stop] for one in found]
    assert [unicodedata.normalize("NFC", span) for span in spans] == [
        unicodedata.normalize("NFC", form) for form in forms
    ]
    for one, form in zip(found, forms, strict=True):
        assert form in [reading.text for reading in one.readings]


PIECES = st.sampled_from(
    [piece for forms in FORMS.values() for form in forms for piece in re.findall(r"\w+|\W", form)]
)


@given(LANGS, st.lists(st.one_of(PIECES, st.text(max_size=3))).map("".join))
def test_any_text(lang: str, text: str) -> None:
    stop = 0
    for one in MATCHERS[lang].find(text):
        assert stop <= one.start < one.stop <= len(text)
        assert one.readings
        assert not text[one.start].isspace()
        assert not text[one.stop - 1].isspace()
        stop = one.stop


def naive(terms: list[str], words: list[str]) -> list[tuple[int, int]]:
    """At each word the longest term that is there; then on behind it."""
    found, at = [], 0
    while at < len(words):
        sizes = [len(t.split()) for t in terms if words[at : at + len(t.split())] == t.split()]
        if sizes:
            found.append((at, at + max(sizes)))
        at += max(sizes, default=1)
    return found


WORDS = st.lists(st.sampled_from(["ka", "lo", "mi"]), min_size=1, max_size=4)


@given(st.lists(WORDS, max_size=6), st.lists(st.sampled_from(["ka", "lo", "mi", "zu"])))
def test_as_a_naive_matcher(terms: list[list[str]], words: list[str]) -> None:
    wordings = [" ".join(term) for term in terms]
    text = " ".join(words)
    starts = [len(" ".join(words[:at])) + bool(at) for at in range(len(words) + 1)]
    found = Matcher([concept(term, "xx") for term in wordings], "xx").find(text)
    assert [(one.start, one.stop + 1) for one in found] == [
        (starts[first], starts[last] if last < len(words) else len(text) + 1)
        for first, last in naive(wordings, words)
    ]
