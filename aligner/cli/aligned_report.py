"""What `aligner align` says of an alignment: its figures, and what a person should look at."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from aligner.cli import notes
from aligner.cli.tmx.streams import number

if TYPE_CHECKING:
    from aligner.align import Aligned
    from aligner.align.texts import Text
    from aligner.alignment.join import Pair

_SHOWN = 12  # sentences that are in no unit; --json lists all


def name(aligned: Aligned, pair: Pair) -> str:
    """What a pair of texts is called: "en-ru"."""
    return f"{aligned.texts[pair.first].lang}-{aligned.texts[pair.second].lang}"


def summary(aligned: Aligned, out: str) -> dict[str, Any]:
    """The figures of an alignment, as a script would want them."""
    from aligner.alignment.relatedness import certainty

    langs = [text.lang for text in aligned.texts]
    units = [group for group in aligned.groups if group.is_aligned]
    kinds = Counter(
        "-".join(lang for lang, side in zip(langs, group.sides, strict=True) if side)
        for group in units
    )
    return {
        "file": out,
        "texts": [
            {
                "file": text.name,
                "lang": text.lang,
                "sentences": len(text.sentences),
                "unaligned": [
                    text.ids[group.sides[place][0]]
                    for group in aligned.groups
                    if group.sides[place] and not group.is_aligned
                ],
            }
            for place, text in enumerate(aligned.texts)
        ],
        "units": len(units),
        "units_by_languages": dict(kinds.most_common()),
        "mean_probability": _mean([group.probability for group in units]),
        "pairs": {
            name(aligned, pair): {
                "probability": round(certainty(pair.beads), 4),
                "related": round(related, 4),
                "models": [model.name for model in models],
                "moved": len(moved),
            }
            for pair, related, models, moved in zip(
                aligned.pairs, aligned.related, aligned.models, aligned.moved, strict=True
            )
        },
    }


def _mean(values: list[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def tell(aligned: Aligned, figures: dict[str, Any], *, allow_moves: bool) -> None:
    """The summary for people; on standard error, for the units may go to standard output."""
    kinds = ", ".join(f"{count} {langs}" for langs, count in figures["units_by_languages"].items())
    sure = f", mean probability {figures['mean_probability']:.2f}" if figures["units"] else ""
    lines = [f"{number(figures['units'], 'unit')}{f' ({kinds})' if kinds else ''}{sure}"]
    for text in figures["texts"]:
        if text["unaligned"]:
            shown = " ".join(text["unaligned"][:_SHOWN])
            more = " …" if len(text["unaligned"]) > _SHOWN else ""
            lines.append(
                f"{len(text['unaligned'])} of {text['sentences']} sentences of {text['file']} "
                f"are in no unit: {shown}{more}"
            )
    lines += [
        f"{pair}: {number(one['moved'], 'passage')} found elsewhere in the other text"
        for pair, one in figures["pairs"].items()
        if one["moved"]
    ]
    lines += [
        f"{pair}: so few sentences do not show whether they are translations of one another"
        for pair, one in figures["pairs"].items()
        if one["related"] < 0.5
    ]
    if any(aligned.moved) and not allow_moves:
        lines.append("--report says which passages, --allow-moves aligns them.")
    used = {model.name: model for models in aligned.models for model in models}
    if note := notes.starter_note(used.values()):
        lines.append(note)
    print("\n".join(lines), file=sys.stderr)


def stretches(aligned: Aligned, *, to_stderr: bool) -> None:
    """List what a person should look at."""
    from aligner.alignment.relatedness import certainty
    from aligner.alignment.stretches import Finding, Stretch
    from aligner.alignment.stretches import stretches as find

    file = sys.stderr if to_stderr else sys.stdout
    for pair, related, moved in zip(aligned.pairs, aligned.related, aligned.moved, strict=True):
        found = [one for one in find(pair.beads) if one.finding is not Finding.MOVED]
        passages = (
            Stretch(Finding.MOVED, one.source, one.target, one.probability) for one in moved
        )
        found = sorted([*found, *passages], key=lambda one: (one.source or one.target)[0])
        count = "1 stretch" if len(found) == 1 else f"{len(found)} stretches"
        print(
            f"{name(aligned, pair)}: probability {certainty(pair.beads):.2f}, "
            f"related {related:.2f}, "
            f"{count} to look at",
            file=file,
        )
        for one in found:
            sides = ((pair.first, one.source), (pair.second, one.target))
            where = " : ".join(_span(aligned.texts[text], side) for text, side in sides)
            print(f"  {one.finding}, {one.probability:.2f}, {where}", file=file)
            for text, side in sides:
                if side:
                    sentence = aligned.texts[text].sentences[side[0]]
                    print(f"    {aligned.texts[text].lang} {_short(sentence)}", file=file)


def _span(text: Text, side: tuple[int, ...]) -> str:
    ids = [text.ids[index] for index in side]
    return (
        f"{text.lang} {ids[0]}–{ids[-1]}" if len(ids) > 1 else f"{text.lang} {' '.join(ids) or '–'}"
    )


def _short(sentence: str, width: int = 80) -> str:
    line = "".join(char for char in sentence if char.isprintable())
    return line if len(line) <= width else line[: width - 1] + "…"
