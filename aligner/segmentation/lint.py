"""What is wrong with segmentation rules that can be read: patterns, and rules that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from aligner.errors import RuleError
from aligner.segmentation.srx import Rule, Rules

_EVERY_LANGUAGE = regex.compile(".*")


def problems(rules: Rules) -> Iterator[RuleError]:
    """Every rule that is broken or without effect, in the file's order."""
    mapped = {name for _, name in rules.maps}
    for name, own in rules.languages.items():
        if name not in mapped:
            yield RuleError(
                f"no <languagemap> names the language rule {name!r}",
                where=rules.path,
                hint="Map language codes to it, or leave it out.",
            )
        seen: dict[tuple[str, str], Rule] = {}
        for rule in own:
            first = seen.setdefault((rule.before, rule.after), rule)
            if first.breaks != rule.breaks:
                yield RuleError(
                    f"rule {rule.number} of {name!r} never decides: rule {first.number} has the "
                    "same patterns, and says the contrary",
                    where=f"{rules.path}:{rule.line}",
                    hint="Leave one of them out.",
                )
            elif broken := _broken(rule, rules):
                yield broken


def _broken(rule: Rule, rules: Rules) -> RuleError | None:
    """What is wrong with the patterns of a rule."""
    if not rule.before and not rule.after:
        return RuleError(
            f"rule {rule.number} of {rule.language!r} holds everywhere: its patterns are empty",
            where=f"{rules.path}:{rule.line}",
            hint="Say what stands before or after the break.",
        )
    alone = replace(
        rules,
        languages={rule.language: (rule,)},
        maps=((_EVERY_LANGUAGE, rule.language),),
        _matchers={},
    )
    try:
        alone.breaks("A text. To try it on.", "en")
    except RuleError as error:
        return error
    return None
