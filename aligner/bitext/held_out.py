"""Test sets that nothing may be learnt from.

A pair is refused when one of its sides is a held-out sentence, or shares enough words in a row with
one: the test for contamination of Brown et al. 2020 ("Language Models are Few-Shot Learners", C),
with eight words for their thirteen, since sentences are shorter than web pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aligner.text import words

SHARED_WORDS = 8


class HeldOut:
    """Sentences, and runs of words, that nothing may be learnt from; by hashes, 60 bytes a run.

    Args:
        texts: sentences, in any language.
        shared_words: so many words in a row give a text away.
    """

    def __init__(self, texts: Iterable[str], shared_words: int = SHARED_WORDS) -> None:
        self._length = shared_words
        self._runs: set[int] = set()
        for text in texts:
            self._runs.update(self._hashes(text))

    def __contains__(self, text: object) -> bool:
        """Whether a text is one of them, or shares a run of words with one."""
        return isinstance(text, str) and not self._runs.isdisjoint(self._hashes(text))

    def __len__(self) -> int:
        """How many runs are known."""
        return len(self._runs)

    def _hashes(self, text: str) -> Iterator[int]:
        """Of every run of words; a short text is one run, whole."""
        found = tuple(words(text.lower()))
        if len(found) < self._length:
            yield hash(found)
        for start in range(len(found) - self._length + 1):
            yield hash(found[start : start + self._length])
