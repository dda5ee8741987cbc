"""What a text's small print says of its rights: the credit, and whether a link is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from aligner.formats.publications import Source
from aligner.publish.texts import safe_link
from aligner.text import protected

# Among boilerplate, which the readers know already, the lines on rights are easily told from menus.
_RIGHTS = re.compile(
    r"©|^\(c\)\s|\bcopyright\b|\ball rights reserved\b|\b(?:reprint|reproduc|republi)|\blicen[cs]e"
    r"|\bправа\b|\bправообладат|\bперепечат|\bлицензи|\bукук|\bкөчүр|\bуруксат",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\b(?:active|direct|hyper|back)[ -]?(?:hyper)?links?\b"
    r"|\blinks? to the (?:source|site|website)\b"
    r"|ссылк|шилтеме",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"^[\s«“\"]*(?:copyright\s*)?(?:©|\(c\))?\s*(?:\d{4}(?:\s*[-–—]\s*\d{4})?)?[\s,.]*", re.I
)
_NAME_END = re.compile(
    r"\s[-–—|]\s|[.,;]\s|[.,;]$|\s*\ball rights\b|\s*\bвсе права\b", re.IGNORECASE
)


def is_credit(line: str) -> bool:
    """Whether a line of boilerplate is on the rights in the text."""
    return bool(_RIGHTS.search(line))


def asks_for_link(line: str) -> bool:
    """Whether a line of boilerplate asks whoever uses the text for a link to its source."""
    return bool(_LINK.search(line))


def holder(credits: Iterable[str]) -> str:  # noqa: A002
    """The name in the first credit that has a © and a name, without what explains it.

    >>> holder(["© CABAR - Central Asian Bureau for Analytical Reporting"])
    'CABAR'
    """
    for line in credits:
        if re.search(r"©|\(c\)|copyright", line, re.IGNORECASE):
            name = _NAME_END.split(_MARK.sub("", line, count=1), maxsplit=1)[0].strip()
            if any(map(str.isalpha, name)):
                return name
    return ""


def source(credits: Iterable[str], link: str = "") -> Source | None:  # noqa: A002
    """Where a text comes from.

    Args:
        credits: the lines of its small print on rights and links.
        link: its address, if it is known; else that of a site in the credits.
    """
    credits = list(credits)  # noqa: A001
    name = holder(credits)
    found = link or next(
        (
            safe_link(match[0] if "://" in match[0] else f"https://{match[0]}")
            for line in credits
            for match in protected(line)
            if match.lastgroup == "url"
        ),
        "",
    )
    return Source(name or _host(found), found) if name or found else None


def _host(link: str) -> str:
    return link.partition("://")[2].partition("/")[0].removeprefix("www.")
