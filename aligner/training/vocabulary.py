"""The vocabulary: SentencePiece units, shared by all languages of a model.

Kudo and Richardson 2018, "SentencePiece". The text is left as it is (no NFKC, which would make «№»
two Latin letters), digits stand alone, so that numbers are copied one by one.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from aligner import languages
from aligner.errors import InputError

PAD, UNKNOWN, BEGIN, END = range(4)
FIRST_TAG = 4

# What must be known even if the data hardly have it.
_MARKS = "0123456789.,;:!?…-–—()[]/%&+=°№$€«»„“”‘’'\""
_ALL_PARTINGS = -1  # to draw from
_COVERAGE = 0.9998  # of the characters; the rarest are unknown


def tag(target: str) -> str:
    """The token that a translation begins with: which language is wanted.

    It is a control symbol: no text is parted into it, and decoding leaves it out. argostranslate
    decodes all sentences of a paragraph as one and takes a tag only from its beginning.
    """
    return f"<2{target}>"


def learn(
    texts: Iterable[str], size: int, targets: Sequence[str], langs: Iterable[str], seed: int
) -> bytes:
    """Learn a vocabulary; the same texts give the same.

    Args:
        texts: sentences of all languages, as many letters of each as it is to be good at.
        size: units, special ones among them.
        targets: languages that need a tag.
        langs: all languages; their alphabets will be known whole.
        seed: of what SentencePiece draws.

    Returns:
        The bytes of a `sentencepiece.model`.

    Raises:
        InputError: the texts do not have so many units.
    """
    from sentencepiece import SentencePieceTrainer, set_random_generator_seed

    letters = {letter for lang in langs for letter in languages.get(lang).letters}
    needed = "".join(sorted(letters | {letter.upper() for letter in letters} | set(_MARKS)))
    set_random_generator_seed(seed)
    model = io.BytesIO()
    try:
        SentencePieceTrainer.train(
            sentence_iterator=iter(texts),
            model_writer=model,
            vocab_size=size,
            model_type="unigram",
            character_coverage=_COVERAGE,
            required_chars="".join(letter for letter in needed if len(letter) == 1),
            normalization_rule_name="identity",
            split_digits=True,
            control_symbols=[tag(target) for target in targets],
            pad_id=PAD,
            unk_id=UNKNOWN,
            bos_id=BEGIN,
            eos_id=END,
            num_threads=4,
            minloglevel=2,
        )
    except RuntimeError as error:
        raise InputError(
            f"no vocabulary of {size} units can be made of the data",
            where="recipe: vocabulary",
            hint=f"Give more data, or a smaller vocabulary. SentencePiece says: {error}",
        ) from error
    return model.getvalue()


class Tokens:
    """Text to token numbers.

    Args:
        model: the bytes of a `sentencepiece.model`.
    """

    def __init__(self, model: bytes) -> None:
        from sentencepiece import SentencePieceProcessor

        self._processor = SentencePieceProcessor(model_proto=model)

    def __len__(self) -> int:
        """How many tokens there are."""
        return int(self._processor.get_piece_size())

    def encode(self, texts: list[str], sampling: float = 0.0, seed: int = 0) -> list[list[int]]:
        """Part texts into tokens; see `recipe.Data.subword_sampling`. The seed decides the draw."""
        if not sampling:
            likeliest: list[list[int]] = self._processor.encode(texts)
            return likeliest
        from sentencepiece import set_random_generator_seed

        set_random_generator_seed(seed)
        drawn: list[list[int]] = self._processor.encode(
            texts,
            enable_sampling=True,
            alpha=sampling,
            nbest_size=_ALL_PARTINGS,
            num_threads=1,  # each thread would draw the same
        )
        return drawn

    def tag(self, target: str) -> int:
        """The number of a language's tag."""
        return int(self._processor.piece_to_id(tag(target)))

    def pieces(self) -> list[str]:
        """The tokens, by their numbers."""
        return [self._processor.id_to_piece(number) for number in range(len(self))]
