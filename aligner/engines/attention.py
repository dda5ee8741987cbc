"""Which attention of a model tells what belongs to what.

A CTranslate2 model says which decoder layer and how many of its heads give the attention that it
returns; converters write "the first head of the last layer". All heads together do better: of the
terms that the starter models render rightly, the word looked at most is within the term for 96 %,
with the first head alone for 91 %. In deep decoders the last layer but one aligns best
(Garg et al. 2019, "Jointly Learning to Align and Translate with Transformer Models", § 4.2); that
we could not measure.
"""

from __future__ import annotations

import struct

_ALL_HEADS = 0
_DEEP = 4


def averaged(model: bytes) -> bytes:
    """Set a model (`model.bin`) to return the mean attention of all heads of the best layer.

    A model without these settings, as old converters made them, stays as it is.
    """
    depth = 0
    while f"decoder/layer_{depth}/".encode() in model:
        depth += 1
    changed = bytearray(model)
    _set(changed, "decoder/alignment_layer", -2 if depth >= _DEEP else -1)
    _set(changed, "decoder/alignment_heads", _ALL_HEADS)
    return bytes(changed)


def _set(model: bytearray, name: str, value: int) -> None:
    """Set a scalar of 16 bits: name, NUL, rank 0, type, size 2, value (little endian)."""
    at = model.find(name.encode() + b"\0")
    if at < 0:
        return
    at += len(name) + 1
    rank, _, size = struct.unpack_from("<BBI", model, at)
    if (rank, size) == (0, 2):
        struct.pack_into("<h", model, at + 6, value)
