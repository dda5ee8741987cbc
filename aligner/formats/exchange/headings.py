"""How columns and fields name their languages."""

from __future__ import annotations

import re
from functools import cache

from aligner import languages
from aligner.languages.codes import is_known, language

_CODE = re.compile(r"[a-z]{2,3}|[A-Z]{2,3}")
_TAG = re.compile(r"[A-Za-z]{2,3}[-_](?:[A-Za-z]{4}|[A-Za-z]{2}|\d{3})(?:[-_][A-Za-z0-9]{1,8})*")


def language_of(heading: str) -> str | None:
    """The language that a column or field is named by; None if it is not the name of one."""
    if heading.startswith("lang:"):
        return heading.removeprefix("lang:")
    if _TAG.fullmatch(heading) or (_CODE.fullmatch(heading) and is_known(heading)):
        return language(heading)
    return _names().get(heading.casefold())


@cache
def _names() -> dict[str, str]:
    """The languages that we have data on, by their English names."""
    return {languages.get(code).name.casefold(): code for code in languages.known()}
