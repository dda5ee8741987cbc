"""Weights as a CTranslate2 model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.training.recipe import Network

Weights = Mapping[str, NDArray[np.float32]]

_POSITIONS = 512


def write(folder: Path, weights: Weights, shape: Network, pieces: Sequence[str]) -> None:
    """Write a CTranslate2 model of 8-bit weights.

    Args:
        folder: to be made.
        weights: of `network.Transformer`, by its names.
        shape: of the network.
        pieces: the tokens, by their numbers.
    """
    from ctranslate2.specs import TransformerSpec, common_spec

    weights = {name: array.copy() for name, array in weights.items()}  # it rounds them in place
    spec = TransformerSpec.from_config(
        (shape.encoder_layers, shape.decoder_layers),
        shape.heads,
        pre_norm=True,
        activation=common_spec.Activation.RELU,
        alignment_layer=-1,
        alignment_heads=0,  # all
    )
    for name, side in (("encoder", spec.encoder), ("decoder", spec.decoder)):
        table = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        table.weight = weights["embedding.weight"]
        side.scale_embeddings = True
        side.position_encodings.encodings = _positions(shape.width)
        _norm(side.layer_norm, weights, f"{name}_norm")
        for number, layer in enumerate(side.layer):
            _layer(layer, weights, f"{name}.{number}")
    spec.decoder.projection.weight = weights["embedding.weight"]
    spec.decoder.projection.bias = weights["bias"]
    spec.register_source_vocabulary(list(pieces))
    spec.register_target_vocabulary(list(pieces))
    spec.config.add_source_eos = True
    spec.config.add_source_bos = False
    spec.config.decoder_start_token = spec.config.bos_token = "<s>"
    spec.config.eos_token, spec.config.unk_token = "</s>", "<unk>"
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))


def _layer(layer: Any, weights: Weights, name: str) -> None:
    inner = layer.self_attention
    _norm(inner.layer_norm, weights, f"{name}.self_norm")
    parts = [f"{name}.self_attention.{part}" for part in ("query", "key_value")]
    inner.linear[0].weight = np.concatenate([weights[f"{part}.weight"] for part in parts])
    inner.linear[0].bias = np.concatenate([weights[f"{part}.bias"] for part in parts])
    _linear(inner.linear[1], weights, f"{name}.self_attention.out")
    if hasattr(layer, "attention"):
        _norm(layer.attention.layer_norm, weights, f"{name}.cross_norm")
        for linear, part in zip(layer.attention.linear, ("query", "key_value", "out"), strict=True):
            _linear(linear, weights, f"{name}.cross_attention.{part}")
    _norm(layer.ffn.layer_norm, weights, f"{name}.feed_norm")
    _linear(layer.ffn.linear_0, weights, f"{name}.widen")
    _linear(layer.ffn.linear_1, weights, f"{name}.narrow")


def _linear(spec: Any, weights: Weights, name: str) -> None:
    spec.weight, spec.bias = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _norm(spec: Any, weights: Weights, name: str) -> None:
    spec.gamma, spec.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _positions(width: int) -> NDArray[np.float32]:
    """As `network.positions`, which needs PyTorch."""
    half = width // 2
    waves = np.exp(np.arange(half) * -(np.log(10_000) / (half - 1)))
    angles = np.arange(_POSITIONS)[:, None] * waves[None]
    return np.concatenate([np.sin(angles), np.cos(angles)], 1).astype(np.float32)
