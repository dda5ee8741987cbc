"""What TMX asks of each element, version by version: attributes, children, values.

These are the rules of the standard's DTDs, and for 1.4 those of the XML schema that OmegaT ≥ 6.1
enforces, as tables of our own: a file that has no fault here is valid by them.

Standard: TMX 1.1 to 1.4b (LISA OSCAR, 1998–2005), https://www.gala-global.org/tmx-14b.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from io import StringIO
from typing import TYPE_CHECKING

from aligner.formats.exchange.tmx.values import XML_LANG, Check, Fault, checks

if TYPE_CHECKING:
    from lxml.etree import DTD

VERSIONS = ("1.1", "1.2", "1.3", "1.4")
# Any XML document may name its schema.
_ANYWHERE = frozenset(
    f"{{http://www.w3.org/2001/XMLSchema-instance}}{name}"
    for name in ("schemaLocation", "noNamespaceSchemaLocation")
)

_STAMP = "creationdate creationid changedate changeid"
_USE = (
    f"o-encoding datatype usagecount lastusagedate creationtool creationtoolversion o-tmf {_STAMP}"
)

# Element: its attributes ("!": required), and its children in their order, groups of alternatives
# ("*": any number, "+": one or more, else just one; "text": text may stand between them).
_RULES_14 = {
    "tmx": ("version", "header body"),
    "header": (
        "creationtool! creationtoolversion! segtype! o-tmf! adminlang! srclang! datatype! "
        f"o-encoding {_STAMP}",
        "note|prop|ude*",
    ),
    "body": ("", "tu*"),
    "note": ("o-encoding xml:lang lang", "text"),
    "prop": ("type! o-encoding xml:lang lang", "text"),
    "ude": ("name! base", "map+"),
    "map": ("unicode! code ent subst", ""),
    "tu": (f"tuid srclang segtype {_USE}", "note|prop* tuv+"),
    "tuv": (f"xml:lang! lang {_USE}", "note|prop* seg"),
    "seg": ("", "text bpt|ept|it|ph|hi|ut*"),
    "sub": ("datatype type", "text bpt|ept|it|ph|hi|ut*"),
    "hi": ("x type", "text bpt|ept|it|ph|hi|ut*"),
    "bpt": ("i! x type", "text sub*"),
    "ept": ("i!", "text sub*"),
    "it": ("pos! x type", "text sub*"),
    "ph": ("x assoc type", "text sub*"),
    "ut": ("x", "text sub*"),
}
# What was otherwise before, each on top of the version after it.
_OTHERWISE: dict[str, dict[str, tuple[str, str] | None]] = {
    "1.3": {
        "tmx": ("version", "header body"),
        "prop": ("type! o-encoding xml:lang", "text"),
        "ut": ("x", "text"),
    },
    "1.2": {
        "tmx": ("version!", "header body"),
        "note": ("o-encoding lang", "text"),
        "prop": ("type! o-encoding lang", "text"),
        "tuv": (f"lang! {_USE}", "note|prop* seg"),
    },
    "1.1": {
        "seg": ("", "text bpt|ept|it|ph|ut|sub*"),
        "sub": ("", "text bpt|ept|it|ph|ut*"),
        "hi": None,
    },
}


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives in the children of an element.

    Attributes:
        names: the elements that may stand here.
        sign: how many, as a DTD says it: "*" any, "+" one or more, "" just one.
    """

    names: frozenset[str]
    sign: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What a version of TMX asks of an element.

    Attributes:
        required: the attributes that it must have.
        optional: those that it may have.
        groups: its children, in order.
        has_text: whether text may stand in it.
        is_empty: whether nothing may, not even white space.
        values: what there is to say of an attribute's value, by its name.
    """

    required: frozenset[str]
    optional: frozenset[str]
    groups: tuple[Group, ...]
    has_text: bool
    is_empty: bool
    values: Mapping[str, Check] = field(hash=False)


@cache
def rules(version: str) -> Mapping[str, Rule]:
    """The rules of a version, by element; those of 1.4 for one that is none."""
    table: dict[str, tuple[str, str] | None] = {**_RULES_14}
    for older in sorted(_OTHERWISE, reverse=True):
        if version in VERSIONS and version <= older:
            table |= _OTHERWISE[older]
    return {
        name: _rule(*row, checks(version, name)) for name, row in table.items() if row is not None
    }


@cache
def dtd(version: str) -> DTD:
    """The rules of a version but those of values, as libxml2 checks them in no time.

    What it takes for valid has no `faults`. It cannot say well what is wrong; they can.
    """
    from lxml import etree

    # lxml declares "xml" on what is validated as a part of a document.
    lines = ["<!ATTLIST tu xmlns:xml CDATA #IMPLIED>"]
    for name, rule in rules(version).items():
        lines.append(f"<!ELEMENT {name} {_content_model(rule)}>")
        for attributes, default in ((rule.required, "REQUIRED"), (rule.optional, "IMPLIED")):
            names = (spelt(attribute) for attribute in attributes - _ANYWHERE)
            lines += [f"<!ATTLIST {name} {attribute} CDATA #{default}>" for attribute in names]
    return etree.DTD(StringIO("\n".join(lines)))


def _content_model(rule: Rule) -> str:
    if rule.is_empty:
        return "EMPTY"
    if rule.has_text:
        return f"({'|'.join(['#PCDATA', *(name for one in rule.groups for name in one.names)])})*"
    groups = [f"({'|'.join(one.names)}){one.sign}" for one in rule.groups]
    return f"({', '.join(groups)})"


def _rule(attributes: str, content: str, values: Mapping[str, Check]) -> Rule:
    names = attributes.replace("xml:lang", XML_LANG).split()
    groups = content.split()
    return Rule(
        required=frozenset(name[:-1] for name in names if name.endswith("!")),
        optional=frozenset(name for name in names if not name.endswith("!")) | _ANYWHERE,
        groups=tuple(_group(group) for group in groups if group != "text"),
        has_text="text" in groups,
        is_empty=not groups,
        values=values,
    )


def _group(text: str) -> Group:
    names = text.rstrip("*+")
    return Group(frozenset(names.split("|")), text[len(names) :])


@lru_cache(maxsize=1 << 12)
def faults(
    version: str, name: str, attributes: tuple[str, ...], children: tuple[str, ...]
) -> tuple[Fault, ...]:
    """What is wrong with the attributes and the children of an element.

    Args:
        version: of TMX.
        name: the element, one that the version knows.
        attributes: the names of those that it has.
        children: the names of its child elements, in order.
    """
    rule = rules(version)[name]
    return (
        *_missing(version, name, rule, attributes),
        *_unknown(version, name, rule, attributes),
        *_children(version, name, rule, children),
    )


_MEANT = {
    "creationtool": "the name of the program that wrote the file",
    "creationtoolversion": "the version of the program that wrote the file",
    "segtype": '"sentence", or "block", "paragraph", "phrase"',
    "o-tmf": 'the format that the memory had before, such as "unknown"',
    "adminlang": 'the language of notes and properties, such as "en"',
    "srclang": 'the source language, such as "en", or "*all*" where any may be it',
    "datatype": '"plaintext", or the kind of file that the text is from',
    "type": "the name of the property",
    "i": "the same number for <bpt> and the <ept> that closes it",
    "pos": '"begin" or "end"',
}


def _missing(version: str, name: str, rule: Rule, attributes: tuple[str, ...]) -> Iterator[Fault]:
    for missing in sorted(rule.required.difference(attributes)):
        message = f"<{name}> has no {spelt(missing)}"
        if missing == XML_LANG and "lang" in attributes:
            yield Fault(
                "attribute missing",
                f'{message}, only "lang"',
                'That is its name in TMX 1.1 and 1.2: write "xml:lang" instead of "lang"; '
                "`aligner tmx convert IN OUT` does that.",
            )
        elif missing == "lang" and XML_LANG in attributes:
            yield Fault(
                "attribute missing",
                f'{message}, only "xml:lang"',
                f'TMX {version} does not know that yet: say version="1.4", or write "lang"; '
                "`aligner tmx convert IN OUT` makes it 1.4.",
            )
        else:
            what = _MEANT.get(missing)
            if missing in {XML_LANG, "lang"}:
                what = 'the language of the text, such as "ky"'
            yield Fault("attribute missing", message, f"Add it{f': {what}' if what else ''}.")


def _unknown(version: str, name: str, rule: Rule, attributes: tuple[str, ...]) -> Iterator[Fault]:
    for unknown in attributes:
        if unknown in rule.required or unknown in rule.optional:
            continue
        if unknown == XML_LANG and "lang" in rule.required and "lang" not in attributes:
            continue  # told as the one that is missing
        hint = "Take it out; a <prop> holds what the standard has no attribute for."
        if unknown.lower() in rule.required | rule.optional:
            hint = f'Write "{unknown.lower()}": names are in lower case.'
        elif unknown in {XML_LANG, "lang"}:
            hint = "Take it out: the languages are those of <tuv>, <note> and <prop>."
            if "lang" in rule.optional:
                hint = f'Write "lang": TMX {version} does not know "xml:lang" yet.'
            elif XML_LANG in rule.optional:
                hint = 'Write "xml:lang".'
        yield Fault("attribute unknown", f'<{name}> must not have "{spelt(unknown)}"', hint)


def _children(version: str, name: str, rule: Rule, children: tuple[str, ...]) -> Iterator[Fault]:
    allowed = frozenset[str]().union(*(group.names for group in rule.groups))
    for odd in dict.fromkeys(child for child in children if child not in allowed):
        yield _misplaced(version, name, odd)
    at, found = 0, False  # the group that we are in, and whether it has had a child
    for child in children:
        if child not in allowed:
            continue
        place = next(n for n, group in enumerate(rule.groups) if child in group.names)
        if place < at:
            yield Fault(
                "order",
                f"<{child}> comes too late in <{name}>",
                f"Move it before <{_listed(rule.groups[at].names)}>.",
            )
            break
        if place == at and found and not rule.groups[at].sign:
            yield Fault(
                "element repeated",
                f"<{name}> has more than one <{child}>",
                "Keep one" + (": a <tuv> for each text." if child == "seg" else ", or join them."),
            )
            break
        at, found = place, True
    for group in rule.groups:
        if group.sign != "*" and group.names.isdisjoint(children):
            needed = _listed(group.names)
            hint = "Add it"
            if name in {"tu", "tuv"}:
                hint += f", or take the <{name}> out"
            yield Fault("element missing", f"<{name}> has no <{needed}>", f"{hint}.")


def _misplaced(version: str, name: str, odd: str) -> Fault:
    hint = "Take it out, or write it as text: &lt; for <."
    if odd.startswith("{"):
        hint = "Take it out: TMX has no elements of other namespaces."
    elif odd.lower() in rules(version) and odd != odd.lower():
        hint = f"Write <{odd.lower()}>: names are in lower case."
    elif odd in rules(version):
        places = sorted(
            f"<{other}>"
            for other, rule in rules(version).items()
            if any(odd in group.names for group in rule.groups)
        )
        hint = f"It stands in {', '.join(places) or 'no other element'} only."
    elif odd in _RULES_14:
        hint = f'TMX {version} does not know it yet: say version="1.4".'
    return Fault(
        "element misplaced", f"<{_without_namespace(odd)}> must not stand in <{name}>", hint
    )


def spelt(name: str) -> str:
    """An attribute as it stands in a file."""
    return name.replace("{http://www.w3.org/XML/1998/namespace}", "xml:")


def _without_namespace(name: str) -> str:
    return re.sub(r"^\{.*\}", "", name)


def _listed(names: frozenset[str]) -> str:
    return "> or <".join(sorted(names))
