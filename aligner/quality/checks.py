"""What can be found wrong with a translation without knowing either language."""

from __future__ import annotations

from aligner.text import lost, numbers


def check(source: str, target: str) -> list[str]:
    """List what a person should look at, each as "check: what was found"; [] when all is well.

    Strings that must not change (e-mails, URLs, placeholders) and numbers are looked for; a
    number may come in another locale's spelling, 3.5 as 3,5 and 1,000 as 1 000.
    """
    before, after = numbers(source), numbers(target)
    return [
        *(f"lost: {string} is not in the translation" for string in lost(source, target)),
        *(
            f"numbers: {number} stands {before[number]} × in the source, {after[number]} × here"
            for number in before | after
            if before[number] != after[number]
        ),
    ]
