"""Write a corpus from its table: `python corpora/build.py TABLE.tsv --out corpora/NAME.tmx`.

The table has a header line and the columns id, en, ru, ky, topic, split; a sentence triple a line,
tabs between the columns, no quoting. The same table gives the same bytes, packed, too (.tmx.gz).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from aligner.errors import InputError
from aligner.formats import atomic, tmx
from aligner.records import Bitext, Document, Kind, Origin, Segment, Target, Unit

COLUMNS = ["id", "en", "ru", "ky", "topic", "split"]
LABEL = (
    "machine-drafted, not reviewed by native speakers; "
    "names and events are invented: never a source of fact"
)


def bitext(table: Path) -> Bitext:
    """Read the table as one document of its name with a unit a line.

    Raises:
        InputError: the table has other columns, or a line has too few or too many.
    """
    data = table.read_bytes()
    header, *lines = data.decode("utf-8").removesuffix("\n").split("\n")
    if header.split("\t") != COLUMNS:
        raise InputError(f"the columns are not {', '.join(COLUMNS)}", where=f"{table}:1")
    return Bitext(
        document=Document(table.stem, "en", table.stem, blocks=()),
        units=tuple(_unit(line, index, f"{table}:{index + 2}") for index, line in enumerate(lines)),
        signature={
            "licence": "CC0-1.0",
            "label": LABEL,
            "table": f"sha256 {hashlib.sha256(data).hexdigest()}",
        },
    )


def _unit(line: str, index: int, where: str) -> Unit:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        raise InputError(f"{len(cells)} columns instead of {len(COLUMNS)}", where=where)
    name, english, russian, kyrgyz, topic, split = cells
    return Unit(
        source=Segment(name, index, 0, len(english), english),
        targets={
            lang: Target(text, Origin.MT, engine="machine-drafted")
            for lang, text in (("ru", russian), ("ky", kyrgyz))
        },
        kind=Kind.BODY,
        properties={"topic": topic, "split": split},
    )


def write(path: Path, corpus: Bitext, created: datetime) -> None:
    """Write the corpus as TMX, packed if the name ends in .gz."""
    # Neighbours on the list are no neighbours in a text, so none is stated as context.
    if path.suffix != ".gz":
        tmx.write(path, corpus, created=created, context=False)
        return
    with TemporaryDirectory() as place, atomic.replace(path) as file:
        plain = Path(place) / path.stem
        tmx.write(plain, corpus, created=created, context=False)
        with gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
            packed.write(plain.read_bytes())


def main() -> None:
    """Run the script."""
    here = Path(__file__).parent
    parser = argparse.ArgumentParser(description="Write a corpus from its table.")
    parser.add_argument("table", type=Path)
    parser.add_argument("--out", type=Path, default=here / "central-asia-news.tmx")
    parser.add_argument(
        "--created",
        type=datetime.fromisoformat,
        default=datetime(2026, 11, 23, tzinfo=UTC),
        help="the date in the file, so that the same table gives the same bytes: %(default)s",
    )
    args = parser.parse_args()
    write(args.out, bitext(args.table), args.created)


if __name__ == "__main__":
    main()
