"""Units of several sentences split into units of aligned sentences."""

from __future__ import annotations

from dataclasses import replace

from aligner.align import Method
from aligner.align.entries import PROBABILITY
from aligner.align.inside import SPLIT, Count, split
from aligner.entries import Content, Entry, Inline, Variant, plain

EN = (
    "The water level of Lake Issyk-Kul has fallen by 3 metres since 1927.",
    "President Sadyr Japarov ordered drip irrigation.",
    "The World Bank will lend 50 million dollars.",
)
RU = (
    "Уровень воды в озере Иссык-Куль с 1927 года упал на 3 метра.",
    "Президент Садыр Жапаров поручил перейти на капельное орошение.",
    "Всемирный банк выделит кредит на 50 миллионов долларов.",
)
KY = (
    "Ысык-Көлдүн суусу 1927-жылдан бери 3 метрге төмөндөгөн.",
    "Президент Садыр Жапаров тамчылатып сугарууну тапшырды.",
    "Дүйнөлүк банк 50 миллион доллар насыя берет.",
)


def entry(*texts: tuple[str, str]) -> Entry:
    return Entry(
        tuid="u1",
        variants=tuple(
            Variant(lang, text, attributes=(("changeid", "Aida"),)) for lang, text in texts
        ),
        source_lang="en",
        props=(("x-topic", "lake"),),
        notes=("wet",),
        attributes=(("creationid", "B"),),
    )


def texts(entries: list[Entry]) -> list[list[str]]:
    return [[one.text for one in entry.variants] for entry in entries]


def done(entry: Entry, *, translate: bool = True) -> tuple[list[Entry], Count]:
    count = Count()
    return list(split([entry], Method(translate=translate), count)), count


def test_a_paragraph_of_three_sentences() -> None:
    whole = entry(("en", " ".join(EN)), ("ru", " ".join(RU)), ("ky", "  ".join(KY)))
    parts, count = done(whole)
    assert texts(parts) == [[*three] for three in zip(EN, RU, KY, strict=True)]
    assert [part.tuid for part in parts] == ["u1.1", "u1.2", "u1.3"]
    assert [dict(part.props)[SPLIT] for part in parts] == ["1/3", "2/3", "3/3"]
    assert all(float(dict(part.props)[PROBABILITY]) >= 0.5 for part in parts)
    for part in parts:  # all that was said of the whole stays
        assert part.props[0] == ("x-topic", "lake")
        assert (part.notes, part.attributes) == (whole.notes, whole.attributes)
        assert {one.attributes for one in part.variants} == {(("changeid", "Aida"),)}
    assert count == Count(units=1, several=1, split=1, parts=3)


def test_no_text_is_lost() -> None:
    more = entry(("en", " ".join(EN)), ("ru", f"{RU[0]} {RU[1]}"))
    parts, _ = done(more)
    assert "".join(text[0] for text in texts(parts)).replace(" ", "") == "".join(EN).replace(
        " ", ""
    )
    assert " ".join(text[1] for text in texts(parts)) == f"{RU[0]} {RU[1]}"


def test_what_stays_as_it_is() -> None:
    one = entry(("en", EN[0]), ("ru", RU[0]))
    only = entry(("en", " ".join(EN)), ("ru", RU[0]))
    alone = entry(("en", " ".join(EN)))
    for given in (one, only, alone):
        parts, count = done(given, translate=False)
        assert parts == [given]
        assert count == Count(units=1)


def coded(*contents: tuple[str, Content]) -> Entry:
    return Entry("", tuple(Variant(lang, plain(one), one) for lang, one in contents), "en")


def test_codes_stay_with_what_they_enclose() -> None:
    bold, end = Inline("bpt", (("i", "1"),), ("<b>",)), Inline("ept", (("i", "1"),), ("</b>",))
    line = Inline("ph", (), ("<br/>",))
    english = (f"{EN[0]} ", bold, EN[1], end, " ", line, EN[2])
    russian = (
        *RU[0].partition("озере")[:2],
        line,
        f"{RU[0].partition('озере')[2]} {RU[1]} {RU[2]}",
    )
    parts, count = done(coded(("en", english), ("ru", russian)))
    assert count.split == 1
    assert [part.variants[0].inline for part in parts] == [(), (bold, EN[1], end), (line, EN[2])]
    assert [part.variants[1].text for part in parts] == [*RU]
    before, _, behind = RU[0].partition("озере")
    assert parts[0].variants[1].inline == (before, "озере", line, behind)


def test_a_pair_of_codes_around_two_sentences_keeps_the_unit_whole() -> None:
    bold, end = Inline("bpt", (("i", "1"),), ("<b>",)), Inline("ept", (("i", "1"),), ("</b>",))
    marked = Inline("hi", (), (" ".join(EN),))
    for english in ((bold, " ".join(EN), end), (marked,)):
        given = coded(("en", english), ("ru", (" ".join(RU),)))
        parts, count = done(given)
        assert parts == [given]
        assert (count.several, count.split) == (1, 0)


def test_codes_that_are_not_of_the_text_keep_the_unit_whole() -> None:
    whole = entry(("en", " ".join(EN)), ("ru", " ".join(RU)))
    other = replace(whole.variants[0], inline=("Something else.", Inline("ph")))
    given = replace(whole, variants=(other, whole.variants[1]))
    assert done(given)[0] == [given]
