"""Errors in the numbers and dates of a translation's text, as in `planting_text.py`."""

from __future__ import annotations

from random import Random

from planting_text import one_of, swapped

_NUMBER = r"(?<![\w.,/-])\d+(?:[  .,]\d+)*(?![\w/])"
_DECIMAL = r"(?<![\d.,])(\d+)[.,](\d{1,2})(?![\d.,])"


def number_changed(text: str, _: str, rng: Random) -> str | None:
    """A digit of a number is another: 215 → 245."""
    found = one_of(r"\d", text, rng)
    return found and swapped(text, found, rng.choice([d for d in "123456789" if d != found[0]]))


def number_lost(text: str, _: str, rng: Random) -> str | None:
    """A number is not there at all."""
    found = one_of(rf"{_NUMBER} ", text, rng)
    return found and swapped(text, found, "")


def digit_lost(text: str, _: str, rng: Random) -> str | None:
    """A digit is left out, or typed twice: 2025 → 225, 20225."""
    found = one_of(r"\d(?=\d)|(?<=\d)\d", text, rng)
    return found and swapped(text, found, rng.choice(["", found[0] * 2]))


def decimal_shifted(text: str, _: str, rng: Random) -> str | None:
    """The decimal sign is lost or at another place: 3,5 → 35, 0,35."""
    found = one_of(_DECIMAL, text, rng)
    return found and swapped(
        text, found, rng.choice([found[1] + found[2], f"0,{found[1]}{found[2]}"])
    )


def thousandfold(text: str, _: str, rng: Random) -> str | None:
    """Three zeros too many, or a group of thousands too few."""
    found = one_of(r"(?<![\d.,])(\d{1,3})([  ])(\d{3})(?!\d)", text, rng)
    if found:
        return swapped(text, found, rng.choice([found[1], f"{found[0]}{found[2]}000"]))
    found = one_of(r"(?<![\w.,-])(?<!\d[ \u00a0])\d{1,3}(?![ \u00a0]?\d|[\w.,/-])", text, rng)
    return found and swapped(text, found, f"{found[0]} 000")


def percent_lost(text: str, _: str, rng: Random) -> str | None:
    """The percent sign or word is not there."""
    found = one_of(r" ?%|(?<=\d) (?:процент|пайыз)\w*", text, rng)
    return found and swapped(text, found, "")


_SCALES = {"миллиард": "миллион", "миллион": "миллиард", "млрд": "млн", "млн": "млрд"}
_THOUSANDS = {
    "тысяч": "миллионов",
    "тысячи": "миллионы",
    "тысяча": "миллион",
    "миң": "миллион",
}


def scale_changed(text: str, _: str, rng: Random) -> str | None:
    """Billions for millions, millions for thousands."""
    if found := one_of(r"миллиард|миллион|млрд|млн", text, rng):
        return swapped(text, found, _SCALES[found[0]])
    found = one_of(rf"\b(?:{'|'.join(_THOUSANDS)})\b", text, rng)
    return found and swapped(text, found, _THOUSANDS[found[0]])


_ALIKE_MONTHS = (  # stems that take the same endings
    ("январ", "феврал", "апрел", "июн", "июл", "сентябр", "октябр", "ноябр", "декабр"),
    ("март", "август"),
    ("Январ", "Феврал", "Апрел", "Июн", "Июл", "Сентябр", "Октябр", "Ноябр", "Декабр"),
)
_MONTH = (
    rf"\b(?:{'|'.join(stem for row in _ALIKE_MONTHS for stem in row)})(?!ышк|ен)(?=\w{{0,4}}\b)"
)


def month_changed(text: str, _: str, rng: Random) -> str | None:
    """Another month."""
    found = one_of(_MONTH, text, rng)
    if not found:
        return None
    row = next(row for row in _ALIKE_MONTHS if found[0] in row)
    return swapped(text, found, rng.choice([stem for stem in row if stem != found[0]]))


def day_changed(text: str, _: str, rng: Random) -> str | None:
    """Another day of the month."""
    found = one_of(rf"\b(\d{{1,2}})(?=[ -]{_MONTH})", text, rng)
    return found and swapped(
        text, found, str(rng.choice([d for d in range(1, 29) if str(d) != found[0]]))
    )


def year_changed(text: str, _: str, rng: Random) -> str | None:
    """Another year."""
    found = one_of(r"\b(?:1[89]|20)\d\d(?!\d)", text, rng)
    return found and swapped(text, found, str(int(found[0]) + rng.choice([-10, -2, -1, 1, 2, 10])))


_ORDINALS = {
    "ru": (
        "перв",
        "втор",
        "четверт",
        "четвёрт",
        "пят",
        "шест",
        "седьм",
        "восьм",
        "девят",
        "десят",
    ),
    "ky": (
        "биринчи",
        "экинчи",
        "үчүнчү",
        "төртүнчү",
        "бешинчи",
        "алтынчы",
        "жетинчи",
        "сегизинчи",
        "тогузунчу",
        "онунчу",
    ),
}
_ENDINGS = {"ru": r"(?:ый|ого|ому|ым|ом|ая|ой|ое|ые|ых|ыми)\b", "ky": r"\b"}


def ordinal_changed(text: str, lang: str, rng: Random) -> str | None:
    """Second for first, in words or digits."""
    stems = _ORDINALS[lang]
    found = one_of(rf"\b({'|'.join(stems)})(?={_ENDINGS[lang]})", text, rng)
    if found:
        return swapped(text, found, rng.choice([stem for stem in stems if stem != found[0]]))
    suffix = r"-(?:й|я|е|го|м|му|ю|х)\b" if lang == "ru" else r"-(?:кылым|орун|класс|жолу|түр|күн)"
    found = one_of(rf"\b(\d{{1,2}})(?={suffix})", text, rng)
    return found and swapped(text, found, str(int(found[0]) + rng.choice([1, 2, 10])))


_WEEKDAYS = {
    "ru": (("понедельник", "вторник", "четверг"), ("среду", "пятницу", "субботу")),
    "ky": (("дүйшөмбү", "шейшемби", "шаршемби", "бейшемби", "ишемби", "жекшемби"), ("жума",)),
}


def weekday_changed(text: str, lang: str, rng: Random) -> str | None:
    """Another day of the week; a word that takes the same endings."""
    rows = _WEEKDAYS[lang]
    ending = r"(?:а|у|ом|и|ам)?" if lang == "ru" else r"\w{0,5}"
    found = one_of(rf"\b({'|'.join(day for row in rows for day in row)})(?={ending}\b)", text, rng)
    others = [day for row in rows if found and found[0] in row for day in row if day != found[0]]
    return swapped(text, found, rng.choice(others)) if found and others else None


_WORDS = {  # with endings alike, as far as they go
    "ru": (
        ("два", "три", "четыре"),
        ("двух", "трёх", "четырёх"),
        ("пять", "шесть", "семь", "девять", "десять"),
    ),
    "ky": (("эки", "үч", "төрт", "беш", "алты", "жети", "сегиз", "тогуз"),),
}


def number_word_changed(text: str, lang: str, rng: Random) -> str | None:
    """Four for three, in words."""
    rows = _WORDS[lang]
    found = one_of(rf"\b(?:{'|'.join(word for row in rows for word in row)})\b", text, rng)
    row = next((row for row in rows if found and found[0] in row), ())
    return found and swapped(text, found, rng.choice([word for word in row if word != found[0]]))
