"""Check the header and the units of a TMX file, one at a time."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from aligner.formats.exchange.tmx.problems import Report
from aligner.formats.exchange.tmx.rules import Rule, dtd, faults, rules
from aligner.formats.exchange.tmx.values import XML_LANG, Fault, of_text, of_tuid
from aligner.languages.codes import language
from aligner.seen import Seen

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SPACE = " \t\r\n"  # what XML calls white space

_MOST_FINE = 10_000
_MOST_KINDS = 1_000  # of units; in a file with more of them few units are alike

_EMPTY = Fault("empty segment", "the segment is empty", "Translate it, or take the <tuv> out.")
_DEPRECATED = Fault("deprecated", "<ut> is deprecated", "Write <bpt>, <ept>, <it> or <ph> for it.")
_NO_BASE = Fault(
    "mapping",
    "a <map> in it has a code, but no base says in which encoding",
    "Add base: the name of that encoding.",
)
_PAIR = "Write <it> for a code whose other half is elsewhere."


class Checker:
    """Checks elements by the rules of a version; what is wrong goes to the report.

    Attributes:
        report: where problems go.
        version: of TMX, one that there is.
        may_have_debris: whether to look for control characters in the texts.
    """

    def __init__(self, report: Report, version: str) -> None:
        from lxml import etree

        self.report = report
        self.version = version
        self.may_have_debris = True
        self._rules = rules(version)
        self._dtd = dtd(version)
        # The attributes that have been found without fault, by element: most come again and again.
        self._fine: dict[object, set[tuple[str, str]]] = {
            name: set() for name in self._rules if name != "ut"
        }
        self._serialised = etree.tostring
        # Units that were found without fault, but for their texts; None if hardly any are alike.
        self._sound: set[bytes] | None = set()
        self._lang = XML_LANG if XML_LANG in self._rules["tuv"].required else "lang"
        self._source = "*all*"
        self._tuids = Seen()

    def header(self, header: Element) -> None:
        """Check the header, and keep in mind which source language it names."""
        self._source = header.get("srclang", "*all*")
        self._sound = set()
        for element in header.iter():
            self.structure(element)
            if element.tag in self._fine:
                self._values(element, element.items(), set())  # type: ignore[arg-type]
        for encoding in header.iter("ude"):
            if encoding.get("base") is None and any(one.get("code") for one in encoding):
                self.report.tell(_NO_BASE, encoding)

    def unit(self, unit: Element) -> None:
        """Check a unit."""
        self.report.units += 1
        tuid = unit.get("tuid")
        if not self._is_like_others(unit, tuid):
            before = self.report.counts.total()
            self._whole(unit)
            if self.report.counts.total() == before:
                self._learn(unit, tuid)
        if tuid and not self._tuids.add(tuid):
            self.report.tell(_repeated(tuid), unit)

    def _is_like_others(self, unit: Element, tuid: str | None) -> bool:
        """Whether a unit is without fault, as one is that only its name and texts tell from it.

        In most files most are; to look through them by their bytes takes half the time.
        """
        if self._sound is None or self.may_have_debris:
            return False
        around, texts = self._taken_apart(unit, tuid)
        if around not in self._sound or (tuid is not None and of_tuid(tuid)):
            return False
        return _are_fine(texts)

    def _learn(self, unit: Element, tuid: str | None) -> None:
        """Keep in mind that a unit is without fault."""
        if self._sound is not None:
            self._sound.add(self._taken_apart(unit, tuid)[0])
            if len(self._sound) > _MOST_KINDS:
                self._sound = None

    def _taken_apart(self, unit: Element, tuid: str | None) -> tuple[bytes, list[bytes]]:
        """What a unit is but for its name and texts, and the texts, each with "</" behind."""
        pieces = self._serialised(unit, encoding="utf-8", with_tail=False).split(b"seg>")
        if tuid:
            pieces[0] = pieces[0].replace(b' tuid="%b"' % tuid.encode(), b" tuid", 1)
        return b"\0".join(pieces[::2]), pieces[1::2]

    def _whole(self, unit: Element) -> None:
        """Check all of a unit but whether its name is new."""
        sound = self._dtd.validate(unit)
        if not sound:
            for element in unit.iter():
                self.structure(element)
        codes = []
        for element in unit.iter():
            name = element.tag
            if name == "seg":
                text = None if len(element) else element.text
                if self.may_have_debris or not text or text.strip() != text:
                    self._segment(element)
                continue
            attributes = element.items()
            fine = self._fine.get(name)
            if fine is None:
                self._odd(element)
            elif not fine.issuperset(attributes):
                self._values(element, attributes, fine)  # type: ignore[arg-type]
            if name == "tuv":
                alone = len(attributes) == 1 and attributes[0][0] == self._lang
                codes.append(attributes[0][1] if alone else self._language(element, sound=sound))
        for fault in _of_languages(unit.get("srclang", self._source), tuple(codes)):
            self.report.tell(fault, unit)

    def structure(self, element: Element) -> None:
        """Check what there may be in an element: attributes, children, text."""
        rule = self._rules.get(element.tag)
        if rule is None:
            return  # it is misplaced wherever it stands, and was told so
        names = tuple([child.tag for child in element if isinstance(child.tag, str)])
        for fault in faults(self.version, element.tag, tuple(element.keys()), names):
            self.report.tell(fault, element)
        if not rule.has_text:
            self._text(element, rule)

    def between(self, element: Element, text: str | None) -> None:
        """Check text after a child of an element that may have none."""
        if text and text.strip(_SPACE):
            shown = text.strip(_SPACE)[:30]
            self.report.tell(
                Fault(
                    "text misplaced",
                    f'<{element.tag}> must not have text: "{shown}"',
                    "Take it out, or make it a <note>; the text of a unit stands in <seg>.",
                ),
                element,
            )

    def _text(self, element: Element, rule: Rule) -> None:
        if rule.is_empty and element.text:
            fault = Fault(
                "text misplaced", f"<{element.tag}> must be empty", "Take out what is in it."
            )
            self.report.tell(fault, element)
        else:
            self.between(element, element.text)
        for child in element:
            self.between(element, child.tail)

    def _values(
        self, element: Element, attributes: list[tuple[str, str]], fine: set[tuple[str, str]]
    ) -> None:
        """Check the values of attributes; those without fault are put down as fine."""
        checks = self._rules[element.tag].values
        if len(fine) > _MOST_FINE:
            fine.clear()
        for pair in attributes:
            if pair in fine:
                continue
            name, value = pair
            if found := checks[name](value) if name in checks else None:
                self.report.tell(found, element)
            elif name != "tuid":
                fine.add(pair)

    def _odd(self, element: Element) -> None:
        if not isinstance(element.tag, str):
            fault = Fault(
                "entity",
                f"{element.text} stands for what the DOCTYPE says",
                "Write the text itself: many tools load no DTD, and lose it.",
            )
            self.report.tell(fault, element.getparent())
        elif element.tag == "ut" and self.version == "1.4":
            self.report.tell(_DEPRECATED, element)

    def _language(self, variant: Element, *, sound: bool) -> str:
        if sound and variant.get(self._lang) is None:
            self.structure(variant)  # libxml2 takes "lang" for "xml:lang"
        code, old = variant.get(XML_LANG), variant.get("lang")
        if code is not None and old is not None and code.lower() != old.lower():
            fault = Fault(
                "languages differ",
                f'xml:lang is "{code}", lang is "{old}"',
                "See which is right, write it as xml:lang, and take lang out.",
            )
            self.report.tell(fault, variant)
        return code or old or ""

    def _segment(self, segment: Element) -> None:
        text = "".join(map(str, segment.itertext()))
        if len(segment):
            self._pairs(segment)
        if not text or text.isspace():
            self.report.tell(_EMPTY, segment)
        elif fault := of_text(text):
            self.report.tell(fault, segment)

    def _pairs(self, segment: Element) -> None:
        """Check that each <bpt> has an <ept> after it, and a number of its own."""
        begun: dict[str, bool] = {}  # number: whether it is closed
        for code in segment.iter("bpt", "ept"):
            number = code.get("i")
            if number is None:
                continue  # told by the rules
            if code.tag == "bpt" and number in begun:
                message = f'<bpt i="{number}"> is there twice'
                self.report.tell(Fault("unpaired code", message, "Give each its own number."), code)
            elif code.tag == "ept" and begun.get(number, True):
                message = f'no <bpt i="{number}"> before it is open for <ept i="{number}">'
                self.report.tell(Fault("unpaired code", message, _PAIR), code)
            else:
                begun[number] = code.tag == "ept"
        for number in [number for number, closed in begun.items() if not closed]:
            message = f'no <ept i="{number}"> closes <bpt i="{number}">'
            self.report.tell(Fault("unpaired code", message, _PAIR), segment)


def _are_fine(texts: list[bytes]) -> bool:
    """Whether texts, each with "</" behind, have no fault; an element or entity may be one."""
    joined = b"".join(texts)
    if b"&" in joined or joined.count(b"<") != len(texts):
        return False
    *shown, _ = joined.decode().split("</")
    return "" not in shown and [text.strip() for text in shown] == shown


def _repeated(tuid: str) -> Fault:
    return Fault(
        "tuid repeated",
        f'another unit before it has the tuid "{tuid[:40]}"',
        "Give each its own: where tools go by it, one unit hides the other.",
    )


@lru_cache(maxsize=1 << 12)
def _of_languages(source: str, codes: tuple[str, ...]) -> tuple[Fault, ...]:
    """What there is to say of the languages of a unit, given those of its variants in order."""
    known = [code for code in (code.strip().lower().replace("_", "-") for code in codes) if code]
    found = [
        Fault(
            "language repeated",
            f'the unit has {known.count(code)} variants in "{code}"',
            "Tools take the first, or the last: keep the right one, or make units of them.",
        )
        for code in sorted({code for code in known if known.count(code) > 1})
    ]
    if len(set(known)) == 1:
        found.append(
            Fault(
                "one language",
                f'the unit has only "{known[0]}"',
                "Nothing can be filled from it: add a translation, or take it out.",
            )
        )
    wanted = language(source)
    if wanted and known and wanted not in map(language, known):
        found.append(
            Fault(
                "no source",
                f'the source language is "{source}", the unit has {", ".join(sorted(set(known)))}',
                'Write srclang in the unit, or "*all*" in the header.',
            )
        )
    return tuple(found)
