"""English numbers."""

from __future__ import annotations

import re
from fractions import Fraction

from aligner.languages.numerals import Numerals, Role, grouped, named

_UNITS = (
    ("one", "first"),
    ("two", "second"),
    ("three", "thirds?"),
    ("four", "fourths?"),
    ("five", "fifths?"),
    ("six", "sixths?"),
    ("seven", "sevenths?"),
    ("eight", "eighths?"),
    ("nine", "ninths?"),
    ("ten", "tenths?"),
    ("eleven", "eleventh"),
    ("twelve", "twelfth"),
    ("thirteen", "thirteenth"),
    ("fourteen", "fourteenth"),
    ("fifteen", "fifteenth"),
    ("sixteen", "sixteenth"),
    ("seventeen", "seventeenth"),
    ("eighteen", "eighteenth"),
    ("nineteen", "nineteenth"),
)
_TENS = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")
# What shows that a word is a month: "May 5", "May and June", "in May"; not "Mrs May and others".
_DATED = (
    r"(?=\s+\d|\s+(?:of\s+)?(?:this|last|next)\b|\s+of\s+(?:the|that)\s+year"
    r"|(?:,|\s+(?:and|or|to|until|through))\s+"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)
_IN_DATE = (
    r"(?:(?<=\d )|(?<=\b(?:in|of|by) )|(?<=(?:till|late|last|this|next|from|past) )"
    r"|(?<=(?:early|since|until) )|(?<=mid-))"
)

NUMERALS = Numerals(
    table=(
        *((cardinal, n, Role.CARDINAL) for n, (cardinal, _) in enumerate(_UNITS, start=1)),
        *((ordinal, n, Role.ORDINAL) for n, (_, ordinal) in enumerate(_UNITS, start=1)),
        *((f"{cardinal}fold", n, Role.HINT) for n, (cardinal, _) in enumerate(_UNITS, start=1)),
        *((f"{stem}y", n * 10, Role.CARDINAL) for n, stem in enumerate(_TENS, start=2)),
        *((f"{stem}ieth", n * 10, Role.ORDINAL) for n, stem in enumerate(_TENS, start=2)),
        *((f"{stem}ies", n * 10, Role.HINT) for n, stem in enumerate(_TENS, start=2)),
        ("zero|nil|nought", 0, Role.HINT),
        ("once|single|sole|solo|alone|an?", 1, Role.HINT),
        (
            "twice|both|couple|pairs?|double[ds]?|doubling|twofold|twins?|duo|bilateral",
            2,
            Role.HINT,
        ),
        ("dual|halves|twos|biennial|second(?:ly|ary|s)", 2, Role.HINT),
        ("thrice|trio|trios|triple[ds]?|threefold|trilateral|tripartite|threes", 3, Role.HINT),
        ("triplets?|thirdly", 3, Role.HINT),
        ("quarters?|quarterly|quadruple[ds]?|fours|quartets?|quart|quarterfinals?", 4, Role.HINT),
        ("seven(?:s|fold)", 7, Role.HINT),
        ("decades?", 10, Role.HINT),
        ("noon|midday|dozens?", 12, Role.HINT),
        ("fortnight|fortnightly", 14, Role.HINT),
        ("scores?", 20, Role.HINT),
        ("midnight", 24, Role.HINT),
        ("century|centuries|centenary|centennial", 100, Role.HINT),
        ("teens?|teenagers?|teenaged?", 10, Role.HINT),
        ("half", Fraction(1, 2), Role.PART),
        ("hundreds?", 100, Role.SCALE),
        ("hundredths?", 100, Role.ORDINAL),
        ("thousands?|k", 10**3, Role.SCALE),
        ("thousandth|millennium|millennia", 10**3, Role.ORDINAL),
        ("millions?|mn|mln|mio", 10**6, Role.SCALE),
        ("millionth|millionaires?", 10**6, Role.HINT),
        ("billions?|bn|bln", 10**9, Role.SCALE),
        ("billionaires?", 10**9, Role.HINT),
        ("trillions?|tn|trn", 10**12, Role.SCALE),
        ("semi\\w*|bi\\w{4,}", 2, Role.HINT),
        ("tri\\w{4,}", 3, Role.HINT),
    ),
    joints="and|a",
    decimals=".",
    months=named(
        (
            r"January|Jan(?=\.|\s\d)",
            r"February|Feb(?=\.|\s\d)",
            rf"March{_DATED}|{_IN_DATE}March|Mar(?=\.|\s\d)|March(?='s)",
            r"April|Apr(?=\.|\s\d)",
            rf"May{_DATED}|{_IN_DATE}May",
            r"June|Jun(?=\.|\s\d)",
            r"July|Jul(?=\.|\s\d)",
            r"August|Aug(?=\.|\s\d)",
            r"September|Sept?(?=\.|\s\d)",
            r"October|Oct(?=\.|\s\d)",
            r"November|Nov(?=\.|\s\d)",
            r"December|Dec(?=\.|\s\d)",
        ),
        {3: "March", 5: "May"},
        first="JFMASOND",
        flags=0,
    ),
    weekdays=named(
        (
            r"Mondays?",
            r"Tuesdays?",
            r"Wednesdays?",
            r"Thursdays?",
            r"Fridays?",
            r"Saturdays?",
            r"Sundays?",
        ),
        {},
        first="MTWFS",
        flags=0,
    ),
    percent=re.compile(r"per\s?cent(?:age)?s?\b|pct\b", re.IGNORECASE),
    currencies=grouped(
        {
            "USD": r"(?:US|U\.S\.)?\$|dollars?|USD|bucks?",
            "EUR": r"€|euros?|EUR",
            "GBP": r"£|pounds? sterling|sterling|GBP",
            "RUB": r"₽|roubles?|rubles?|RUB",
            "KGS": r"soms?|KGS",
            "KZT": r"₸|tenges?|KZT",
            "CNY": r"yuans?|CNY|renminbi",
        },
        first="$€£₽₸UEGRKCbdeprsty",
        flags=0,
    ),
    below_zero=re.compile(
        r"\bminus\b|\bbelow (?:zero|freezing)\b|\bnegative\b|(?<![\w\d])[-−–](?=\d)", re.IGNORECASE
    ),
    afternoon=re.compile(
        r"(?<![^\W\d])p\.?\s?m\b|\bin the (?:afternoon|evening)\b|\bat night\b|\btonight\b",
        re.IGNORECASE,
    ),
)
