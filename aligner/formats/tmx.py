"""TMX 1.4, the exchange format of translation memories.

Standard: TMX 1.4b (LISA OSCAR, 2005), https://www.gala-global.org/tmx-14b; its DTD fixes `version`
at "1.4". White space inside `seg` is significant. `aligner.formats.units` says what stands where.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from aligner.entries import Bundle, Entry
from aligner.formats import atomic, units
from aligner.formats.exchange.tmx import writing
from aligner.formats.units import tuid
from aligner.records import Bitext

__all__ = ["tuid", "write"]


def write(
    path: Path,
    bitext: Bitext,
    langs: Sequence[str] | None = None,
    created: datetime | None = None,
    *,
    context: bool = True,
) -> int:
    """Write the units of a bitext that have a target, one at a time.

    Memory does not grow with the number of units, which may come from any iterable. The line breaks
    of hard-wrapped segments become spaces; everything else in a text is kept as it is.

    Args:
        path: the file, replaced only when all is written.
        bitext: units without a target in any of `langs` are left out.
        langs: the target languages, in the order of their variants; by default all that a unit has.
        created: the date of the file and its targets; by default now.
        context: state the neighbours of each segment; not for collections of unrelated sentences.

    Returns:
        How many characters of the segments were dropped because XML 1.0 cannot hold them.

    Raises:
        OutputError: the file cannot be written.
    """
    bundle = units.bundle(bitext, langs, created, context=context)
    dropped = 0

    def counted() -> Iterator[Entry]:
        nonlocal dropped
        for entry in bundle.entries:
            dropped += int(dict(entry.props).get("x-dropped-characters", 0))
            yield entry

    with atomic.replace(path) as file:
        writing.write(file, Bundle(counted(), bundle.header))
    return dropped
