"""Which words of a unit belong together, by the translation models that are there."""

from __future__ import annotations

from aligner.align.words import Aligner, Links
from aligner.engines import packages
from aligner.errors import ModelMissing


class Words:
    """Aligns words, unit by unit. For one thread; models are loaded when they are first needed."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._aligners: dict[str, Aligner | None] = {}

    def links(self, source: str, target: str, lang: str, english: str = "") -> Links:
        """The links of a text with its translation; none where no model serves the languages.

        Args:
            source: the text.
            target: its translation.
            lang: the translation's language.
            english: the same in English, if it is there.

        Raises:
            PackageError: the model is there but broken.
        """
        if lang not in self._aligners:
            self._aligners[lang] = Aligner(self._lang, lang) if self._is_served(lang) else None
        aligner = self._aligners[lang]
        if aligner is None:
            return Links((), (), ())
        [links] = aligner.stream([(source, target)], [english])
        return links

    def _is_served(self, lang: str) -> bool:
        try:
            packages.find(self._lang, lang)
        except ModelMissing:
            return False
        return True
