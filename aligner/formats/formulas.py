"""Cells that a spreadsheet would run as a formula: how they are written, and read again.

Such a cell gets an apostrophe in front, and one that already begins like that gets one more. See
https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def defused(cell: str) -> str:
    """The cell as a spreadsheet takes it for text.

    >>> defused("=1+1"), defused("'-5"), defused("'tis")
    ("'=1+1", "''-5", "'tis")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def restored(cell: str) -> str:
    """The cell as it was before `defused`."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell
