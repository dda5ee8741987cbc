"""A model as an Argos package: what argostranslate, and anybody who has it, installs and runs."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from aligner import languages
from aligner.training import convert
from aligner.training.recipe import Direction, Network
from aligner.training.vocabulary import Tokens, tag

_ARGOS = "1.9"  # the version of argostranslate from which on packages may ask for a prefix
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date of a zip file: the same model, the same bytes


def write(
    folder: Path,
    weights: convert.Weights,
    shape: Network,
    vocabulary: bytes,
    direction: Direction,
    version: str,
    signature: Mapping[str, Any],
    card: str,
) -> None:
    """Write an unpacked package.

    Args:
        folder: to be made.
        weights: of the network.
        shape: of the network.
        vocabulary: the bytes of its `sentencepiece.model`.
        direction: which of its directions the package is for.
        version: of the package.
        signature: how the model was made, for its metadata.
        card: its README.
    """
    source, target = direction
    convert.write(folder / "model", weights, shape, Tokens(vocabulary).pieces())
    (folder / "sentencepiece.model").write_bytes(vocabulary)
    (folder / "README.md").write_text(card, encoding="utf-8")
    metadata = {
        "package_version": version,
        "argos_version": _ARGOS,
        "from_code": source,
        "from_name": languages.get(source).name,
        "to_code": target,
        "to_name": languages.get(target).name,
        "target_prefix": tag(target),
        "signature": signature,
    }
    text = json.dumps(metadata, ensure_ascii=False, indent=1)
    (folder / "metadata.json").write_text(text + "\n", encoding="utf-8")


def pack(folder: Path, file: BinaryIO) -> None:
    """Pack a package's folder: an `.argosmodel` is a zip file with that folder in it."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
