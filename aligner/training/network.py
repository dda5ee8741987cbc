"""The network: an encoder-decoder Transformer whose every part CTranslate2 can run.

Vaswani et al. 2017, "Attention Is All You Need", with layers normalised before each part
(Xiong et al. 2020) and one table of embeddings for source, target and output (Press and Wolf 2017).
A deep encoder with a shallow decoder translates about as well as an even one, and faster (Kasai et
al. 2021).

On a CPU the linear layers work in bfloat16; what CPUs have no fast way for is done by hand: dropout
takes its masks from a pool, attention is two products, and the loss goes by slices that stay in the
cache. That made it 1.4 times as fast as PyTorch's own autocast on four cores with AVX-512.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from aligner.training.recipe import Network
from aligner.training.vocabulary import PAD

LONGEST = 512  # positions
_POOL = 1 << 23  # dropout masks
_SLICE = 256  # rows of the output layer at a time, on a CPU
_SLICE_GPU = 8_192
_SHUT = -1e4  # added where attention may not go; bfloat16 has no use for less


class Dropout(nn.Module):
    """Dropout (Srivastava et al. 2014) with masks from a pool.

    To draw random numbers anew each time took a fifth of a step on a CPU.
    """

    def __init__(self, share: float) -> None:
        super().__init__()
        self._share = share
        self._pool: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """Zero a share of the values, at random; the others grow to make up for it."""
        if not self.training or not self._share:
            return x
        if x.is_cuda or x.numel() >= _POOL:
            return functional.dropout(x, self._share)
        if self._pool is None:
            self.refill()
        start = int(torch.randint(_POOL - x.numel(), ()))
        assert self._pool is not None
        return x * self._pool[start : start + x.numel()].view(x.shape)

    def refill(self) -> None:
        """Draw new masks."""
        kept = torch.rand(_POOL) >= self._share
        self._pool = kept.to(torch.bfloat16) / (1 - self._share)


class Attention(nn.Module):
    """Attention of several heads: to its own input, or to a memory of [batch, length, width]."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self._heads = heads
        self.query = nn.Linear(width, width)
        self.key_value = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Attend; `mask` is added to the scores [batch or 1, 1, queries or 1, keys]."""
        query = self._by_head(self.query(x))
        key, value = (self._by_head(part) for part in self.key_value(memory).chunk(2, -1))
        if x.is_cuda:
            found = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        else:  # single precision here costs nothing
            scores = (query.float() * query.shape[-1] ** -0.5) @ key.float().transpose(-1, -2)
            weights = torch.softmax(scores + mask, -1)
            found = (weights @ value.float()).to(x.dtype)
        return self.out(found.transpose(1, 2).reshape(x.shape))

    def _by_head(self, x: Tensor) -> Tensor:
        """[batch, length, width] to [batch, heads, length, width of a head]."""
        return x.view(x.shape[0], x.shape[1], self._heads, -1).transpose(1, 2)


class Layer(nn.Module):
    """A layer of the encoder, or of the decoder, which attends to the encoder's output, too."""

    def __init__(self, shape: Network, dropout: Dropout, *, decodes: bool) -> None:
        super().__init__()
        width = shape.width
        self.self_norm = nn.LayerNorm(width)
        self.self_attention = Attention(width, shape.heads)
        if decodes:
            self.cross_norm = nn.LayerNorm(width)
            self.cross_attention = Attention(width, shape.heads)
        self.feed_norm = nn.LayerNorm(width)
        self.widen = nn.Linear(width, shape.feed_forward)
        self.narrow = nn.Linear(shape.feed_forward, width)
        self._dropout = dropout
        self._decodes = decodes

    def forward(
        self, x: Tensor, mask: Tensor, memory: Tensor | None = None, shut: Tensor | None = None
    ) -> Tensor:
        """Give [batch, length, width] for the same; `shut` masks the memory."""
        y = self.self_norm(x)
        x = x + self._dropout(self.self_attention(y, y, mask))
        if self._decodes:
            x = x + self._dropout(self.cross_attention(self.cross_norm(x), memory, shut))
        hidden = functional.relu(self.widen(self.feed_norm(x)))
        return x + self._dropout(self.narrow(hidden))


class Transformer(nn.Module):
    """The whole network.

    Embeddings and the output's bias are kept in single precision, the rest in `dtype`.

    Args:
        vocabulary: how many tokens there are.
        shape: its measures.
        dtype: of the layers.
    """

    def __init__(self, vocabulary: int, shape: Network, dtype: torch.dtype) -> None:
        super().__init__()
        self._scale = shape.width**0.5
        self._dtype = dtype
        self._dropout = Dropout(shape.dropout)
        self.embedding = nn.Embedding(vocabulary, shape.width, padding_idx=PAD)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.encoder = self._layers(shape, shape.encoder_layers, decodes=False)
        self.decoder = self._layers(shape, shape.decoder_layers, decodes=True)
        self.encoder_norm = nn.LayerNorm(shape.width)
        self.decoder_norm = nn.LayerNorm(shape.width)
        self.register_buffer("_positions", positions(LONGEST, shape.width), persistent=False)
        nn.init.normal_(self.embedding.weight, std=shape.width**-0.5)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
            if isinstance(module, nn.Linear | nn.LayerNorm):
                module.to(dtype)

    def _layers(self, shape: Network, depth: int, *, decodes: bool) -> nn.ModuleList:
        return nn.ModuleList(Layer(shape, self._dropout, decodes=decodes) for _ in range(depth))

    def refresh(self) -> None:
        """Draw new dropout masks."""
        self._dropout.refill()

    def loss(self, source: Tensor, target: Tensor, given: int, smoothing: float) -> tuple[Any, int]:
        """Cross entropy with smoothed labels (Szegedy et al. 2016), summed over the tokens.

        Args:
            source: token numbers [batch, source length], padded with `PAD`.
            target: token numbers [batch, target length], beginning with what is given.
            given: so many first tokens of a target are given, and not to be learnt.
            smoothing: share of the probability that goes to all tokens alike.

        Returns:
            The sum, and the number of tokens it is of.
        """
        hidden = self.decode(self.encode(source), source, target[:, :-1])[:, given - 1 :]
        wanted = target[:, given:]
        real = wanted != PAD
        rows, wanted = hidden[real], wanted[real]
        total = _SmoothedLoss.apply(rows, self.embedding.weight, self.bias, wanted, smoothing)
        return total, int(wanted.numel())

    def encode(self, source: Tensor) -> Tensor:
        """Read sources [batch, length]; gives [batch, length, width]."""
        mask = self._padding(source)
        x = self._embed(source)
        for layer in self.encoder:
            x = layer(x, mask)
        return self.encoder_norm(x)

    def decode(self, memory: Tensor, source: Tensor, target: Tensor) -> Tensor:
        """What follows each token of the targets [batch, length]; gives [batch, length, width]."""
        length = target.shape[1]
        ahead = torch.full((length, length), _SHUT, dtype=memory.dtype, device=memory.device)
        ahead = ahead.triu(1)[None, None]
        shut = self._padding(source)
        x = self._embed(target)
        for layer in self.decoder:
            x = layer(x, ahead, memory, shut)
        return self.decoder_norm(x)

    def _embed(self, tokens: Tensor) -> Tensor:
        vectors = self.embedding(tokens) * self._scale + self._positions[: tokens.shape[1]]
        return self._dropout(vectors.to(self._dtype))

    def _padding(self, tokens: Tensor) -> Tensor:
        mask = torch.zeros(tokens.shape, dtype=self._dtype, device=tokens.device)
        return mask.masked_fill_(tokens == PAD, _SHUT)[:, None, None, :]


class _SmoothedLoss(torch.autograd.Function):
    """The loss of `rows @ table.T + bias`, by slices; the gradients are made on the way.

    The scores of all tokens for all words, hundreds of megabytes, are never held.
    """

    @staticmethod
    def forward(
        ctx: Any, rows: Tensor, table: Tensor, bias: Tensor, wanted: Tensor, smoothing: float
    ) -> Tensor:
        words = table.to(rows.dtype)
        rows_grad, table_grad = torch.empty_like(rows), torch.zeros_like(table)
        bias_grad = torch.zeros_like(bias)
        total = torch.zeros((), device=rows.device)
        size = _SLICE_GPU if rows.is_cuda else _SLICE
        for start in range(0, rows.shape[0], size):
            part = rows[start : start + size]
            right = wanted[start : start + size, None]
            scores = (part @ words.t()).float().add_(bias)
            highest = scores.amax(1, keepdim=True)
            chances = torch.softmax(scores, 1)
            # The highest chance is 1 / the sum that softmax divides by.
            normaliser = highest - chances.amax(1, keepdim=True).log_()
            of_right, mean = scores.gather(1, right), scores.mean(1, keepdim=True)
            total += (normaliser - (1 - smoothing) * of_right - smoothing * mean).sum()
            grad = chances.sub_(smoothing / table.shape[0])
            grad.scatter_add_(1, right, torch.full_like(of_right, smoothing - 1))
            bias_grad += grad.sum(0)
            low = grad.to(rows.dtype)
            rows_grad[start : start + size] = low @ words
            table_grad += low.t() @ part
        ctx.save_for_backward(rows_grad, table_grad, bias_grad)
        return total

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        rows_grad, table_grad, bias_grad = ctx.saved_tensors
        scale = grads[0]
        return rows_grad * scale.to(rows_grad.dtype), table_grad * scale, bias_grad * scale, *_NONE


_NONE = (None, None)  # numbers of tokens and the smoothing have no gradient


def positions(length: int, width: int) -> Tensor:
    """Sines and cosines by position [length, width], sines first, as CTranslate2 has them."""
    half = width // 2
    waves = torch.exp(torch.arange(half) * -(math.log(10_000) / (half - 1)))
    angles = torch.arange(length)[:, None] * waves[None]
    return torch.cat([angles.sin(), angles.cos()], 1)
