"""How the words of a language inflect: one module a language, with `inflect`."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Collection
from functools import cache
from importlib import import_module

from aligner import languages
from aligner.errors import UsageError
from aligner.languages.morphology.forms import Forms

Inflect = Callable[[str, Collection[str]], Forms]


def inflector(lang: str) -> Inflect:
    """The function that gives all forms of a term of a language.

    Raises:
        UsageError: there is none.
    """
    code = languages.check(lang)
    if code not in served():
        raise UsageError(
            f"no forms for {languages.get(code).name}",
            hint=f"There are forms for {', '.join(served())}.",
        )
    inflect: Inflect = import_module(f"{__name__}.{code}").inflect
    return inflect


@cache
def served() -> tuple[str, ...]:
    """The languages whose words we can inflect."""
    modules = (found.name for found in pkgutil.iter_modules(__path__))
    return tuple(sorted(name for name in modules if name in languages.known()))
