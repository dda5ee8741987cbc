"""The tokens that a model may write: those of its target's alphabet, and what the source has.

Half of a shared vocabulary spells the other language; leaving it out of the search saves time. What
stands in the source can still be copied, and any name still be spelt letter by letter: so foreign
letters become rarer in a translation, but do not vanish. The list is that of a whole batch.

CTranslate2 calls the mechanism a vocabulary map. After Jean et al. 2015, "On Using Very Large
Target Vocabulary for Neural Machine Translation".
"""

from __future__ import annotations

import json
from pathlib import Path

from aligner.errors import PackageError

_ROMAN = frozenset("IVXLCDM")


def vocabulary_map(model: Path, letters: frozenset[str], prefix: str = "") -> bytes:
    """Make the vocabulary map of a model, in the format of CTranslate2's `vmap.txt`.

    Args:
        model: the CTranslate2 model's folder.
        letters: the small letters of the target language.
        prefix: token that each output begins with, or empty.

    Returns:
        A line "", tab, the tokens always allowed; then for each other one "token, tab, token": it
        may be written where the source has it.

    Raises:
        PackageError: the vocabulary cannot be read.
    """
    tokens = _target_vocabulary(model)
    # CTranslate2 (4.8) looks up where <s>, </s> and the prefix stand in a batch's list by a table
    # that it never clears. They must stand at one place in all lists, which are in the order of the
    # vocabulary: so whatever comes before them there is in every list, too. For the same reason no
    # other token may be forced while a map is in use.
    fixed = max((n for n, token in enumerate(tokens) if _is_special(token, prefix)), default=-1)
    always = [
        token for n, token in enumerate(tokens) if n <= fixed or _is_spelt_with(token, letters)
    ]
    others = set(tokens) - set(always)
    lines = ["\t" + " ".join(always), *(f"{token}\t{token}" for token in sorted(others))]
    return "\n".join(lines).encode()


def _is_special(token: str, prefix: str) -> bool:
    """Whether a token steers the decoder: <s>, </s>, <unk>, or the one that names a language."""
    return token == prefix or (token.startswith("<") and token.endswith(">"))


def _is_spelt_with(token: str, letters: frozenset[str]) -> bool:
    """Whether a target may have the token in any sentence: "век", "▁XXI", ",", "Q"."""
    spelling = [char for char in token if char.isalpha()]
    return (
        len(spelling) < 2
        or letters.issuperset(token_char.lower() for token_char in spelling)
        or _ROMAN.issuperset(spelling)
    )


def _target_vocabulary(model: Path) -> list[str]:
    """Read the vocabulary in either of its names and formats."""
    names = [f"{kind}_vocabulary.{end}" for kind in ("target", "shared") for end in ("json", "txt")]
    file = next((model / name for name in names if (model / name).is_file()), None)
    try:
        if file is None:
            raise FileNotFoundError(f"none of {', '.join(names)}")
        text = file.read_text(encoding="utf-8")
        return list(json.loads(text)) if file.suffix == ".json" else text.split("\n")
    except (OSError, ValueError, RecursionError) as error:
        raise PackageError(f"the vocabulary cannot be read: {error}", where=str(model)) from error
