"""Print rows for a termbase from the Unicode CLDR, as babel has it: English, Russian, Kyrgyz.

    python glossaries/cldr.py territories/FR currencies/KZT --first 1000

A draft to be read by a person: CLDR writes «Киргизия», and a language is «киргизский» there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from babel import Locale
from babel.core import get_cldr_version

from aligner.formats import termbases
from aligner.records import Concept, Term, Wording

LANGS = ("en", "ru", "ky")
CATEGORIES = {"territories": "place", "languages": "people", "currencies": "currency"}


def name(kind: str, code: str, lang: str) -> str:
    """What CLDR calls a territory, language or currency in a language.

    Raises:
        KeyError: it has no name for it.
    """
    names: dict[str, str] = getattr(Locale(lang), kind)
    return names[code]


def concept(kind: str, code: str, number: int) -> Concept:
    """The row of a name; `kind` is a key of `CATEGORIES`."""
    return Concept(
        f"g{number}",
        {lang: Term(Wording(name(kind, code, lang))) for lang in LANGS},
        category=CATEGORIES[kind],
        pos="PROPN" if kind == "territories" else "NOUN",
        source=f"CLDR {get_cldr_version()} {kind}/{code}",
    )


def main(argv: Sequence[str] | None = None) -> None:
    """Print the rows of the names asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="+", metavar="KIND/CODE", help=", ".join(CATEGORIES))
    parser.add_argument("--first", type=int, default=1, help="number of the first row's id")
    args = parser.parse_args(argv)
    rows = []
    for number, asked in enumerate(args.names, args.first):
        kind, _, code = asked.partition("/")
        if kind not in CATEGORIES:
            parser.error(f'"{asked}" is not KIND/CODE with one of {", ".join(CATEGORIES)}')
        try:
            rows.append(concept(kind, code, number))
        except KeyError:
            parser.error(f"CLDR does not name {asked} in each of {', '.join(LANGS)}")
    termbases.dump(sys.stdout.buffer, rows, to="csv", langs=LANGS)


if __name__ == "__main__":
    main()
