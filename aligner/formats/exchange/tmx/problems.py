"""What is wrong with a TMX file: its problems, each with its place and how to mend it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from aligner.formats.exchange.parsing import line_of, name_of
from aligner.formats.exchange.tmx.values import Fault

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Severity = Literal["error", "warning", "note"]

# Each kind of problem. What makes a file invalid is an error, and nothing else is.
SEVERITIES: dict[str, Severity] = {
    "damage": "error",
    "not TMX": "error",
    "encoding": "error",
    "namespace": "error",
    "version": "error",
    "element missing": "error",
    "element misplaced": "error",
    "element repeated": "error",
    "order": "error",
    "text misplaced": "error",
    "attribute missing": "error",
    "attribute unknown": "error",
    "value": "error",
    "version missing": "warning",
    "encoding declared": "warning",
    "entity": "warning",
    "property file": "warning",
    "language code": "warning",
    "language repeated": "warning",
    "languages differ": "warning",
    "one language": "warning",
    "no source": "warning",
    "unpaired code": "warning",
    "empty segment": "warning",
    "control character": "warning",
    "tuid": "warning",
    "tuid repeated": "warning",
    "date": "warning",
    "value odd": "warning",
    "mapping": "warning",
    "white space": "note",
    "deprecated": "note",
    "doctype": "note",
    "no units": "note",
}
_KEPT_OF_A_KIND = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend.

    Attributes:
        severity: an error makes the file invalid; a warning is what the standard's schemas let pass
            and tools trip over; a note is what one may want to know.
        kind: one of `SEVERITIES`.
        line: where, from 1; 0 where it is the file as a whole.
        element: the element that it is in, "" if none.
        message: what is wrong, without a full stop.
        hint: how to mend it.
    """

    severity: Severity
    kind: str
    line: int
    element: str
    message: str
    hint: str


@dataclass(slots=True)
class Report:
    """What there is to say of a file.

    Attributes:
        limit: how many problems are kept; the first few of each kind are always.
        version: of TMX, as the file has it; "" if it says none.
        units: how many it has, up to any damage.
        problems: in the file's order, as far as they are kept.
        counts: how many there are of each kind.
    """

    limit: int
    version: str = ""
    units: int = 0
    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def is_valid(self) -> bool:
        """Whether there is no error."""
        return not self.count("error")

    def count(self, severity: Severity) -> int:
        """How many problems there are of a severity."""
        return sum(n for kind, n in self.counts.items() if SEVERITIES[kind] == severity)

    def tell(
        self, fault: Fault, node: Element | None = None, line: int = 0, element: str = ""
    ) -> None:
        """Add a problem: of a node, or in a line and an element, or of the file as a whole."""
        self.counts[fault.kind] += 1
        if len(self.problems) >= self.limit and self.counts[fault.kind] > _KEPT_OF_A_KIND:
            return
        if node is not None:
            line, element = line_of(node), name_of(node.tag)
        severity = SEVERITIES[fault.kind]
        self.problems.append(
            Problem(severity, fault.kind, line, element, fault.message, fault.hint)
        )
