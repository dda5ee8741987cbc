"""Parts of speech: the tags of Universal Dependencies, and the words of TBX and of common lists."""

from __future__ import annotations

# https://universaldependencies.org/u/pos/, and the values of partOfSpeech in TBX-Basic.
_TO_TBX = {
    "": "",
    "NOUN": "noun",
    "PROPN": "properNoun",
    "VERB": "verb",
    "ADJ": "adjective",
    "ADV": "adverb",
    "X": "other",
}
_TO_UD = {name.casefold(): tag for tag, name in _TO_TBX.items()} | {"proper noun": "PROPN"}


def to_ud(name: str) -> str:
    """The tag of a part of speech; a name that we do not know stays as it is."""
    return _TO_UD.get(name.casefold(), name)


def to_tbx(tag: str) -> str:
    """What TBX-Basic calls a part of speech, "other" for those that it does not tell apart."""
    return _TO_TBX.get(tag, "other")
