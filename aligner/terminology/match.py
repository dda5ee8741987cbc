"""Find the terms of a termbase in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from aligner.records import Concept
from aligner.terminology.forms import Form, all_forms, term_in

_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term in a text: `text[start:stop]` is one of its forms.

    `readings` are the forms it may be, best first: Kyrgyz «уюму» is one, Russian «России» is
    genitive, dative or prepositional.
    """

    concept: Concept
    readings: tuple[Form, ...]
    start: int
    stop: int


class Matcher:
    """Finds terms in texts of one language."""

    def __init__(self, concepts: Iterable[Concept], lang: str) -> None:
        self._trie: dict[str, Any] = {}
        for concept in concepts:
            term = term_in(concept, lang)
            if term is None:
                continue
            for form in all_forms(term, lang):
                node = self._trie
                for token in _keys(form.text):
                    node = node.setdefault(token[0], {})
                node.setdefault("", {}).setdefault(concept.id, (concept, []))[1].append(form)

    def find(self, text: str) -> list[Occurrence]:
        """The terms of a text: the longest from the left, none overlapping another."""
        tokens = list(_keys(text))
        found, i = [], 0
        while i < len(tokens):
            node, end, hit = self._trie, 0, None
            for j in range(i, len(tokens)):
                node = node.get(tokens[j][0])
                if node is None:
                    break
                if "" in node:
                    end, hit = j, node[""]
            if hit is None:
                i += 1
                continue
            concept, forms = next(iter(hit.values()))
            found.append(Occurrence(concept, tuple(forms), tokens[i][1], tokens[end][2]))
            i = end + 1
        return found


def _keys(text: str) -> Iterator[tuple[str, int, int]]:
    for m in _TOKEN.finditer(text):
        yield m.group().casefold().replace("ё", "е"), m.start(), m.end()
