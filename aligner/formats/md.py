"""Markdown: CommonMark with tables and strikethrough, each character with its place in the file.

markdown-it-py says in which lines a block stands, but not where its words do. They are found by
following its tokens through the block's source in step: each says how much of it it has taken.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from aligner import languages
from aligner.formats import html, kinds
from aligner.formats.trace import Trace
from aligner.languages import Language
from aligner.records import Block, Kind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    _Rule = Callable[[StateInline, bool], bool]

EXTENSIONS: tuple[str, ...] = (".md", ".markdown")

# YAML or TOML between its marks, as the first thing in the file.
_FRONT_MATTER = re.compile(
    r"(?:---[ \t]*(?:\r\n?|\n)(?=[\w\"']+[\w -]*[\"']?\s*:).*?(?:\r\n?|\n)(?:---|\.\.\.)"
    r"|\+\+\+[ \t]*(?:\r\n?|\n).*?(?:\r\n?|\n)\+\+\+)[ \t]*(?=[\r\n]|\Z)",
    re.DOTALL,
)
_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
