"""How many planted errors the checks find, and how often they cry wolf over right translations.

    uv run --frozen python benchmarks/checks.py --data ../shared/data

One error is planted in each of `--units` reference translations, as many of each kind; how is said
in `planting.py` and its neighbours. Clean pairs are those of the corpus' `dev` split and, with
`--data`, of FLORES-200 devtest and of the 1-1 beads of NTREX-128, from English into Russian and
Kyrgyz and from Russian into Kyrgyz. An error counts as found if a check that means its kind says
something that it did not say of the same unit before ("meant"), or any check does ("any").

Then the same checks over the clean pairs, each set and direction as one document: the share of
units with a finding by its severity, and by check. Bars: 95 % of the errors found, errors in 3 % of
the clean units at most.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import planting
import planting_numbers
import planting_text
from clean_pairs import GLOSSARY, Set, corpus_sets, data_sets
from planting import Case, Plant, Planted, in_text

from aligner import checking
from aligner.entries import Entry, Variant
from aligner.formats import termbases
from aligner.formats.codes import content
from aligner.quality import Finding, Pair, Severity
from aligner.records import Concept
from aligner.route import Terms
from aligner.terminology.termbase import Termbase

TRIES = 4000  # cases looked at for each error of a kind that needs a rare thing


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of error: how it is planted, and the ids of the checks that mean it."""

    plant: Plant
    checks: tuple[str, ...]


_NUMBERS = (
    "numbers",
    "numbers-counted",
    "numbers-repeated",
    "numbers-swapped",
    "number-words",
    "number-words-lone",
    "ranges",
)
_ORDINALS = (*_NUMBERS, "ordinals", "ordinals-lone")
_FOREIGN = (
    "untranslated",
    "untranslated-part",
    "untranslated-word",
    "language",
    "language-part",
    "transliterated",
    "transliterated-name",
    "wrong-script",
)
_COMPLETE = ("sentences", "sentences-unusual", "cut", "length", "length-unusual")
_NAMES = ("names", "names-lost", "term", "term-forbidden")
_STRINGS = ("lost", "made-up")
_WEEKDAYS = ("weekdays", "weekday-lost", "days", "date-new")
_TAGS = ("tags", "nesting")

# What a check says of an error of another kind is no help to who must mend it: an id stands here
# where its message names what is wrong.
KINDS: Mapping[str, Kind] = {
    "number changed": Kind(in_text(planting_numbers.number_changed), (*_NUMBERS, "days")),
    "number lost": Kind(in_text(planting_numbers.number_lost), _NUMBERS),
    "digit lost or doubled": Kind(in_text(planting_numbers.digit_lost), _NUMBERS),
    "decimal shifted": Kind(in_text(planting_numbers.decimal_shifted), _NUMBERS),
    "thousandfold": Kind(in_text(planting_numbers.thousandfold), _NUMBERS),
    "billion, million": Kind(in_text(planting_numbers.scale_changed), _NUMBERS),
    "percent lost": Kind(in_text(planting_numbers.percent_lost), ("percent", *_NUMBERS)),
    "number in words": Kind(in_text(planting_numbers.number_word_changed), _NUMBERS),
    "ordinal": Kind(in_text(planting_numbers.ordinal_changed), _ORDINALS),
    "day": Kind(in_text(planting_numbers.day_changed), (*_NUMBERS, "days")),
    "month": Kind(in_text(planting_numbers.month_changed), ("months", "days", "month-lost")),
    "weekday": Kind(in_text(planting_numbers.weekday_changed), _WEEKDAYS),
    "year": Kind(in_text(planting_numbers.year_changed), _NUMBERS),
    "name replaced": Kind(planting.name_replaced, _NAMES),
    "name garbled": Kind(in_text(planting_text.name_garbled), _NAMES),
    "term replaced": Kind(planting.term_replaced, _NAMES),
    "sentence lost": Kind(planting.sentence_lost, _COMPLETE),
    "sentence doubled": Kind(planting.sentence_doubled, ("doubled", "repeated-sentences")),
    "half lost": Kind(in_text(planting_text.half_lost), _COMPLETE),
    "negation lost": Kind(
        in_text(planting_text.negation_lost), ("negation-lost", "negation-lone", "at-least")
    ),
    "negation added": Kind(in_text(planting_text.negation_added), ("negation-added",)),
    "untranslated": Kind(planting.untranslated, _FOREIGN),
    "untranslated words": Kind(planting.run_untranslated, _FOREIGN),
    "other language": Kind(planting.other_language, _FOREIGN),
    "transliterated": Kind(in_text(planting_text.transliterated), _FOREIGN),
    "look-alike letter": Kind(
        in_text(planting_text.look_alike), ("script", "letters-foreign", "roman-numerals")
    ),
    "Russian letters": Kind(in_text(planting_text.russian_letters), ("letters", "letters-likely")),
    "misspelt": Kind(in_text(planting_text.misspelt), ("spelling",)),
    "end changed": Kind(in_text(planting_text.end_changed), ("end-mark",)),
    "end lost": Kind(in_text(planting_text.end_lost), ("end-mark", "cut")),
    "quotes of another kind": Kind(planting.quotes_of_another_kind, ("quote-style", "quotes")),
    "quote lost": Kind(planting.quote_lost, ("quotes", "quotes-lost")),
    "bracket lost": Kind(planting.bracket_lost, ("brackets", "brackets-lost")),
    "double space": Kind(in_text(planting_text.double_space), ("spaces",)),
    "sentence's capital lost": Kind(in_text(planting_text.capital_lost), ("first-letter",)),
    "name's capital lost": Kind(in_text(planting_text.name_without_capital), ("small-names",)),
    "word doubled": Kind(
        in_text(planting_text.word_doubled), ("repeated-words", "repeated-perhaps")
    ),
    "one source, two translations": Kind(planting.same_source_twice, ("inconsistent",)),
    "one translation, two sources": Kind(
        planting.same_target_twice, ("same-translation", "repeated")
    ),
    "URL damaged": Kind(planting.url_damaged, _STRINGS),
    "e-mail damaged": Kind(planting.mail_damaged, _STRINGS),
    "placeholder damaged": Kind(planting.placeholder_damaged, _STRINGS),
    "tag lost": Kind(planting.tag_lost, _TAGS),
    "tags crossed": Kind(planting.tags_crossed, _TAGS),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """An error that was planted, and what the checks made of it.

    Attributes:
        kind: of the error.
        where: the set of its unit.
        planted: the unit before and after.
        new: what the checks say of it after, and did not before.
    """

    kind: str
    where: str
    planted: Planted
    new: tuple[Finding, ...]

    @property
    def any(self) -> bool:
        """Whether a check says anything."""
        return bool(self.new)

    @property
    def meant(self) -> bool:
        """Whether a check does that means its kind."""
        return any(one.check in KINDS[self.kind].checks for one in self.new)


def found(
    documents: Sequence[Sequence[Pair]], concepts: Sequence[Concept]
) -> list[list[list[Finding]]]:
    """What `aligner check` finds: of each document its units, of each unit its findings."""
    entries = (_entry(pair, number) for number, pairs in enumerate(documents) for pair in pairs)
    # What a term is called in most documents says nothing of an error in one of them.
    wanted = checking.Wanted(skip=("term-inconsistent",))
    checked = checking.check(entries, concepts, wanted)
    return [[[each.finding for each in next(checked).findings] for _ in own] for own in documents]


def _entry(pair: Pair, document: int) -> Entry:
    variants = (
        Variant(pair.source_lang, pair.source, content(pair.source, pair.source_codes)),
        Variant(pair.target_lang, pair.target, content(pair.target, pair.target_codes)),
    )
    return Entry("", variants, pair.source_lang, (("x-document", str(document)),))


def judge(planted: Sequence[tuple[str, str, Planted]], concepts: Sequence[Concept]) -> list[Judged]:
    """Check units before and after an error was planted in them."""
    before = found([one.clean for _, _, one in planted], concepts)
    after = found([one.harmed for _, _, one in planted], concepts)
    return [
        Judged(kind, where, one, _new(old, new))
        for (kind, where, one), old, new in zip(planted, before, after, strict=True)
    ]


def _new(before: list[list[Finding]], after: list[list[Finding]]) -> tuple[Finding, ...]:
    known = {(number, str(one)) for number, unit in enumerate(before) for one in unit}
    return tuple(
        one for number, unit in enumerate(after) for one in unit if (number, str(one)) not in known
    )


def cases(sets: Sequence[Set], terms: Terms, rng: Random) -> Iterator[tuple[str, Case]]:
    """Units in random order, without end; all sets come as often."""
    while True:
        one = rng.choice(sets)
        at = rng.randrange(len(one.pairs))
        following = one.pairs[at + 1 : at + 3]
        yield one.name, Case(one.pairs[at], following, one.pairs, one.thirds[at], terms)


def plant(
    sets: Sequence[Set], terms: Terms, units: int, seed: int
) -> Iterator[tuple[str, str, Planted]]:
    """Plant errors of all kinds in turn; gives kind, set and units of each."""
    rng = Random(seed)
    pool = cases(sets, terms, rng)
    used: set[tuple[str, str]] = set()
    planted = 0
    possible = dict(KINDS)
    while planted < units and possible:
        for name, kind in list(possible.items())[: units - planted]:
            for where, case in (next(pool) for _ in range(TRIES)):
                key = (name, case.pair.source)
                if key not in used and (made := kind.plant(case, rng)):
                    used.add(key)
                    planted += 1
                    yield name, where, made
                    break
            else:
                del possible[name]


def figures(judged: Sequence[Judged]) -> dict[str, dict[str, int]]:
    """By kind: errors planted, found by a check that means the kind, found by any."""
    return {
        kind: {
            "planted": len(own),
            "meant": sum(one.meant for one in own),
            "any": sum(one.any for one in own),
        }
        for kind in KINDS
        if (own := [one for one in judged if one.kind == kind])
    }


def clean_figures(one: Set, concepts: Sequence[Concept]) -> dict[str, Any]:
    """Of the clean units of a set: how many have a finding, by severity and by check."""
    [units] = found([one.pairs], concepts)
    by_severity = Counter(level for own in units for level in {each.severity for each in own})
    by_check = Counter(name for own in units for name in {each.check for each in own})
    terms_aside = (one for one in units if any(map(_is_error_without_terms, one)))
    return {
        "units": len(units),
        "errors but terms": sum(1 for _ in terms_aside),
        "severity": {level: by_severity[level] for level in Severity},
        "check": dict(by_check.most_common()),
    }


def _is_error_without_terms(one: Finding) -> bool:
    return one.severity is Severity.ERROR and not one.check.startswith(checking.TERM)


def _print(kinds: Mapping[str, Mapping[str, int]], clean: Mapping[str, Mapping[str, Any]]) -> None:
    print(f"{'error':<30}{'planted':>8}{'meant':>8}{'any':>8}")
    columns = ("planted", "meant", "any")
    total = {column: sum(own[column] for own in kinds.values()) for column in columns}
    for name, own in {**kinds, "all": total}.items():
        meant, some = own["meant"] / own["planted"], own["any"] / own["planted"]
        print(f"{name:<30}{own['planted']:>8}{meant:>8.0%}{some:>8.0%}")
    head = f"{'clean':<16}{'units':>7}{'error':>8}{'but terms':>11}{'warning':>9}{'note':>7}"
    print(f"\n{head}  per 1,000, by check")
    for name, own in clean.items():
        units = own["units"]
        error, warning, note = (own["severity"][level] / units for level in Severity)
        checks = (f"{check} {1000 * times / units:.0f}" for check, times in own["check"].items())
        aside = own["errors but terms"] / units
        shares = f"{error:>8.1%}{aside:>11.1%}{warning:>9.1%}{note:>7.1%}"
        print(f"{name:<16}{units:>7}{shares}  {', '.join(checks)}")


def main() -> None:
    """Plant, check, and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="a folder with mt/ and alignment/")
    parser.add_argument("--units", type=int, default=300, help="errors to plant (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="(%(default)s)")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--missed", action="store_true", help="show the errors not found as meant")
    given = parser.parse_args()

    sets = [*corpus_sets(), *(data_sets(given.data) if given.data else ())]
    termbase = Termbase(termbases.read(GLOSSARY))
    planted = list(plant(sets, Terms(termbase), given.units, given.seed))
    judged = judge(planted, termbase.concepts)
    kinds = figures(judged)
    clean = {one.name: clean_figures(one, termbase.concepts) for one in sets}
    if given.json:
        print(json.dumps({"errors": kinds, "clean": clean}, indent=2))
        return
    _print(kinds, clean)
    for one in judged if given.missed else ():
        if not one.meant:
            print(f"\n{one.kind} ({one.where}): {', '.join(map(str, one.new)) or 'nothing'}")
            for before, after in zip(one.planted.clean, one.planted.harmed, strict=True):
                print(f"  {before.source}\n  {before.target}\n  {after.target}")


if __name__ == "__main__":
    main()
