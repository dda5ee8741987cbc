r"""Gettext PO, the format of software translation: a text and its translation, with comments.

    #. Said on the first page                       notes of the unit
    # A greeting                                    notes of the target
    #: main.c:7                                     x-reference
    #, fuzzy, c-format                              x-origin mt; all other flags: x-flags
    msgctxt "menu"                                  x-msgctxt
    msgid "Hello"                                   the source
    msgstr "Привет"                                 the target

Plural forms are further texts in their language, with the property x-plural: "plural" for
`msgid_plural`, the number of the form for `msgstr[0]` and the others. A comment `#. id: a1` holds
the name of a unit. Fuzzy, for PO, is what nobody has approved yet: machine translation, and matches
from memory under 100 %.

A field of the header is a property of the header: x-Plural-Forms. The target language is its field
Language, else the file's name (ru.po); the source language X-Source-Language, else English, as
gettext wants it.

Standard: GNU gettext, "The Format of PO Files".
"""

from __future__ import annotations

from aligner.formats.exchange.po.reading import is_mine, read
from aligner.formats.exchange.po.writing import write

__all__ = ["NAMES", "is_mine", "read", "write"]

NAMES = {"po": ".po"}
