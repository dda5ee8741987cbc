"""What the page of a report says besides its figures."""

from __future__ import annotations

from aligner import languages
from aligner.formats.reports import State

NAMES = {
    "progress": "How far the work has come",
    "look-first": "What to look at first",
    "course": "From the first unit to the last",
    "confidence": "Confidence",
    "issues": "Issues",
    "terms": "Terms",
    "editing": "Editing",
    "memory": "Translation memory",
    "lengths": "Lengths",
    "alignment": "Alignment",
    "documents": "Documents",
    "making": "How it was made",
    "unknown": "What is not known",
}

STATES = {
    State.HUMAN: "Written by a person",
    State.EDITED: "Edited by a person",
    State.ACCEPTED: "Accepted as it was",
    State.MEMORY: "From memory, not reviewed",
    State.MACHINE: "Machine, not reviewed",
    State.UNSTATED: "Origin not stated",
    State.MISSING: "No translation",
}

OUTCOMES = {
    "already": "Right by itself",
    "forced": "Put in",
    "overridden": "Put in for a forbidden one",
    "missing": "Missing",
}

STATUSES = {
    "approved": "Approved",
    "proposed": "Proposed",
    "needs-check": "Needs a check",
}

BASES = {
    "decoder": (
        "By the decoder",
        "How like a person's translation a machine's may be expected to be, by how sure the model "
        "was of its words, by its length, its terms and the issues found: of units with 43\u00a0%, "
        "the mean chrF is 43. That is no share of right words: a good translation that says it "
        "otherwise is far from 100\u00a0%. It puts the units in an order, from which to take the "
        "worst first.",
    ),
    "match": (
        "By the match",
        "How far the source of a translation from memory is the same as the one here.",
    ),
    "copied": ("Copied", "There was nothing to translate."),
    "file": ("By the file", "As the file says it, with no word on what it goes by."),
    "round trip": (
        "By a round trip",
        "How much of the source comes back when the translation is translated back.",
    ),
    "untranslated": ("Not translated", "The source stands where its translation should."),
    "wrong-script": ("In another script", "It is not in the script of its language."),
    "language": ("In another language", "It is not in the language that it should be in."),
}

MADE = {
    "aligner": "Version of aligner",
    "tool": "Written by",
    "created": "Made on",
    "source": "Source text",
    "srx": "Segmentation rules",
    "glossary": "Glossary",
    "memory": "Translation memory",
    "beam": "Beam",
    "device": "Device",
    "boilerplate": "Boilerplate translated",
    "ctranslate2": "CTranslate2",
    "licence": "Licence",
    "label": "Note",
}


def language(code: str) -> str:
    """The English name of a language, its code where we know no name."""
    return languages.get(code).name if code in languages.known() else code or "?"


def counted(number: int, noun: str) -> str:
    """A number and what is counted: "1 unit", "2 units"."""
    return f"{number:,}\u00a0{noun}{'s' if number != 1 else ''}"
