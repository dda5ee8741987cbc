"""The settings of a model that say which attention it returns."""

from __future__ import annotations

import struct

from aligner.engines.attention import averaged
from aligner.engines.packages import starters


def setting(model: bytes, name: str) -> int:
    at = model.index(f"decoder/alignment_{name}\0".encode()) + len(f"decoder/alignment_{name}\0")
    [value] = struct.unpack_from("<h", model, at + 6)
    return int(value)


def scalar(name: str, value: int) -> bytes:
    return f"{name}\0".encode() + struct.pack("<BBIh", 0, 2, 2, value)


def model(layers: int) -> bytes:
    names = b"".join(f"decoder/layer_{n}/ffn\0".encode() for n in range(layers))
    return names + scalar("decoder/alignment_layer", 0) + scalar("decoder/alignment_heads", 1)


def test_all_heads_of_the_last_layer_or_in_deep_models_of_the_one_before() -> None:
    assert (setting(averaged(model(2)), "heads"), setting(averaged(model(2)), "layer")) == (0, -1)
    assert setting(averaged(model(6)), "layer") == -2


def test_the_starter_model() -> None:
    given = (starters()[0].folder / "model" / "model.bin").read_bytes()
    made = averaged(given)
    assert len(made) == len(given)
    assert sum(a != b for a, b in zip(given, made, strict=True)) <= 4
    assert setting(made, "heads") == 0


def test_a_model_without_the_settings_stays_as_it_is() -> None:
    for given in (b"", b"decoder/layer_0/x", b"decoder/alignment_heads\0\x01\x02" + bytes(20)):
        assert averaged(given) == given
