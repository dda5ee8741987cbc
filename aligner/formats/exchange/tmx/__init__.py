"""TMX, versions 1.1 to 1.4, whoever wrote it: one unit at a time.

    bundle = tmx.read("memory.tmx")
    for entry in bundle.entries:
        for variant in entry.variants:
            print(entry.line, variant.lang, variant.text)

Standard: TMX 1.4b (LISA OSCAR, 2005), https://www.gala-global.org/tmx-14b. Real files depart from
it, and what can be understood is:

- any DOCTYPE or none (it is never loaded), `lang` beside `xml:lang`, three-letter codes,
  missing header fields; gzip and zip; UTF-16 without a byte order mark.
- Entities that a file declares itself stand in the text as they are written (`&name;`): expanding
  them is how a small file fills the memory, or reads another file.
- Elements in a segment that TMX does not have (`<b>`) are codes of its original format that were
  not escaped: they become what they should have been, `bpt` and `ept`, or `ph`.

Damage that can be mended is named by an error when all units have been taken: prefixes that are not
declared, and characters that XML does not have, written as such or by number (`&#0;`), which are
left out. Any other damage ends the reading, by an error after the units before it.
"""

from __future__ import annotations

import re

from aligner.formats.exchange.tmx.reading import read
from aligner.formats.exchange.tmx.writing import write

__all__ = ["NAMES", "is_mine", "read", "write"]

NAMES = {"tmx": ".tmx"}


def is_mine(beginning: bytes) -> bool:
    """Whether a file that begins so is TMX."""
    return re.search(rb"<(?:\w+:)?tmx\b", beginning.replace(b"\0", b"")) is not None
