"""Write the aligner's lexicons, learnt from central-asia-news.tmx: `python corpora/lexicon.py`.

A file for each two languages, aligner/alignment/stems/SOURCE-TARGET.tsv. A line has a stem as
`features.stems` has it, a tab, and the stem that it goes together with most often. Only the
sentences of the `train` split are used, so that the others stay good to measure with. The same
corpus gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aligner.alignment.features import STEM, stems
from aligner.alignment.keys import fold
from aligner.alignment.lexicon import KNOWN, associations
from aligner.formats import exchange

CORPUS = Path(__file__).parent / "central-asia-news.tmx"
FOLDER = Path(__file__).parents[1] / "aligner" / "alignment" / "stems"
LEAST = 0.06
FEWEST = 3


def sentences(language: str) -> list[str]:
    """The corpus in a language."""
    return [
        variant.text
        for entry in exchange.read(CORPUS).entries
        if ("x-split", "train") in entry.props
        for variant in entry.variants
        if variant.lang == language
    ]


def written(texts: Sequence[str]) -> dict[int, str]:
    """The stems of texts by their numbers."""
    known = sorted({word[:STEM] for text in texts for word in fold(text).split()})
    return dict(zip(stems(known).features.tolist(), known, strict=True))


def table(source: Sequence[str], target: Sequence[str]) -> str:
    """The lines of a lexicon, sorted; figures and marks stay what they are."""
    pairs = associations(stems(source), stems(target), least=LEAST, fewest=FEWEST)
    left, right = written(source), written(target)
    found = [(left[one], right[other]) for one, other in zip(*map(list, pairs), strict=True)]
    return "".join(f"{one}\t{other}\n" for one, other in sorted(found) if one.isalpha())


def main() -> None:
    """Learn and write."""
    FOLDER.mkdir(exist_ok=True)
    for source, target in KNOWN:
        lines = table(sentences(source), sentences(target))
        (FOLDER / f"{source}-{target}.tsv").write_text(lines, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
