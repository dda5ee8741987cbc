from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from aligner.engines import sandbox
from aligner.errors import PackageError

KINDS = ["text", "sentencepiece", "bpe"]
REAL = ["translate-en_az-1_5", "translate-en_cs-1_9_6", "translate-en_ru-1_9"]


@pytest.mark.parametrize("kind", KINDS + REAL)
def test_sound_packages_of_all_generations(kind: str, random_package: Callable[..., Path]) -> None:
    sandbox.try_load(random_package(kind))


def truncate(folder: Path) -> None:
    weights = folder / "model" / "model.bin"
    os.truncate(weights, weights.stat().st_size // 2)


def claim_huge_weights(folder: Path) -> None:
    """Let the first variable have a shape of some exabytes."""
    data = bytearray((folder / "model" / "model.bin").read_bytes())
    name = data.index(b"encoder/embeddings_0/weight\0") + len(b"encoder/embeddings_0/weight\0")
    assert data[name] == 2  # dimensions
    data[name + 1 : name + 9] = struct.pack("<II", 0x7FFFFFFF, 0x7FFFFFFF)
    (folder / "model" / "model.bin").write_bytes(data)


def fill_with_garbage(folder: Path) -> None:
    (folder / "model" / "model.bin").write_bytes(os.urandom(4096))


def shorten_vocabulary(folder: Path) -> None:
    (folder / "model" / "shared_vocabulary.json").write_text('["<unk>", "<s>", "</s>"]')


def break_tokeniser(folder: Path) -> None:
    (folder / "sentencepiece.model").write_bytes(b"garbage")


@pytest.mark.parametrize(
    "damage",
    [truncate, claim_huge_weights, fill_with_garbage, shorten_vocabulary, break_tokeniser],
)
def test_broken_packages(
    damage: Callable[[Path], None], random_package: Callable[..., Path]
) -> None:
    folder = random_package()
    damage(folder)
    with pytest.raises(PackageError) as caught:
        sandbox.try_load(folder)
    assert caught.value.where == str(folder)
    assert "does not work: " in caught.value.message


def test_memory_has_a_limit(
    random_package: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "BASE_MEMORY", 100 << 20)  # too little for the libraries
    with pytest.raises(PackageError, match="does not work"):
        sandbox.try_load(random_package())


def test_time_has_a_limit(
    random_package: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 0.01)
    with pytest.raises(PackageError, match=r"within 0\.01 seconds"):
        sandbox.try_load(random_package())
