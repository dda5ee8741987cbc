"""Quotes in CSV (RFC 4180) that do not close, or close too early."""

from __future__ import annotations

from aligner.errors import InputError


def broken(where: str, reason: str) -> InputError:
    """The error for a row that Python's csv module refuses.

    Args:
        where: file and line.
        reason: what the module says.
    """
    if "end of data" in reason or "field limit" in reason:
        return InputError(
            "a quote opens a cell that never ends",
            where=where,
            hint='Close it, or, where the quote is part of the text, double it: """Osh"" city".',
        )
    return InputError(
        "something follows the quote that closes a cell",
        where=where,
        hint='Quote the whole cell and double the quotes inside: """Osh"" city".',
    )
