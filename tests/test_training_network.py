"""The network, against PyTorch's own loss and against CTranslate2."""

from __future__ import annotations

from pathlib import Path

import ctranslate2
import numpy as np
import pytest

from aligner.training import convert
from aligner.training.recipe import Network

torch = pytest.importorskip("torch", reason="needs aligner[train]")

from aligner.training.network import Dropout, Transformer  # noqa: E402
from aligner.training.precision import Weights  # noqa: E402

torch.set_num_threads(1)  # so small a network gains nothing by more

WORDS = 60
SHAPE = Network(width=32, feed_forward=64, heads=2, encoder_layers=2, decoder_layers=1, dropout=0.0)
SOURCE = torch.tensor([[7, 8, 9, 10, 11, 3], [12, 13, 3, 0, 0, 0]])
TARGET = torch.tensor([[2, 4, 20, 21, 22, 3], [2, 4, 23, 3, 0, 0]])


@pytest.fixture
def network() -> Transformer:
    torch.manual_seed(1)
    return Transformer(WORDS, SHAPE, torch.float32)


def test_the_loss_is_pytorchs(network: Transformer) -> None:
    total, count = network.loss(SOURCE, TARGET, 2, 0.1)
    total.backward()
    ours = {name: weights.grad.clone() for name, weights in network.named_parameters()}
    network.zero_grad()
    hidden = network.decode(network.encode(SOURCE), SOURCE, TARGET[:, :-1])[:, 1:]
    scores = hidden @ network.embedding.weight.t() + network.bias
    wanted = torch.nn.functional.cross_entropy(
        scores.flatten(0, 1), TARGET[:, 2:].flatten(),
        ignore_index=0, reduction="sum", label_smoothing=0.1,
    )  # fmt: skip
    wanted.backward()
    assert count == 6
    assert total.item() == pytest.approx(wanted.item(), rel=1e-5)
    for name, weights in network.named_parameters():
        assert torch.allclose(ours[name], weights.grad, atol=1e-4), name


def test_padding_changes_nothing(network: Transformer) -> None:
    together = network.decode(network.encode(SOURCE), SOURCE, TARGET)
    source, target = SOURCE[1:, :3], TARGET[1:, :4]
    alone = network.decode(network.encode(source), source, target)
    assert torch.allclose(together[1, :4], alone[0], atol=1e-5)


def test_nothing_is_known_of_what_comes(network: Transformer) -> None:
    memory = network.encode(SOURCE)
    other = TARGET.clone()
    other[:, 3:] = 30
    before, after = (network.decode(memory, SOURCE, target) for target in (TARGET, other))
    assert torch.allclose(before[:, :3], after[:, :3], atol=1e-5)
    assert not torch.allclose(before[0, 3], after[0, 3], atol=1e-3)


def test_dropout_keeps_the_mean() -> None:
    torch.manual_seed(1)
    dropout = Dropout(0.25)
    x = torch.ones(1_000, 100)
    y = dropout(x)
    assert float((y == 0).float().mean()) == pytest.approx(0.25, abs=0.01)
    assert float(y.mean()) == pytest.approx(1, abs=0.02)
    assert not torch.equal(y, dropout(x))
    assert torch.equal(dropout.eval()(x), x)


def test_ctranslate2_computes_the_same(network: Transformer, tmp_path: Path) -> None:
    arrays = {name: one.detach().numpy() for name, one in network.named_parameters()}
    pieces = ["<pad>", "<unk>", "<s>", "</s>", "<2ru>"] + [f"w{n}" for n in range(5, WORDS)]
    convert.write(tmp_path / "model", arrays, SHAPE, pieces)
    translator = ctranslate2.Translator(str(tmp_path / "model"))
    [found] = translator.score_batch(
        [[pieces[n] for n in SOURCE[0, :-1]]], [[pieces[n] for n in TARGET[0, 1:-1]]]
    )
    hidden = network.decode(network.encode(SOURCE[:1]), SOURCE[:1], TARGET[:1, :-1])
    scores = hidden @ network.embedding.weight.t() + network.bias
    wanted = scores.log_softmax(-1)[0].gather(1, TARGET[0, 1:, None])[:, 0]
    assert found.tokens == [*(pieces[n] for n in TARGET[0, 1:-1]), "</s>"]
    assert np.allclose(found.log_probs, wanted.tolist(), atol=0.05)  # of 8-bit weights


def learn(network: Transformer, weights: Weights, steps: int) -> list[float]:
    losses = []
    for _ in range(steps):
        total, count = network.loss(SOURCE, TARGET, 2, 0.0)
        (total / count).backward()
        weights.step(0.01)
        losses.append(total.item() / count)
    return losses


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16], ids=str)
def test_it_learns(dtype: torch.dtype) -> None:
    torch.manual_seed(1)
    network = Transformer(WORDS, SHAPE, dtype)
    losses = learn(network, Weights(network, 0.9), 40)
    assert losses[-1] < 0.05 < 3 < losses[0]


def test_it_goes_on_as_if_never_interrupted() -> None:
    torch.manual_seed(1)
    network = Transformer(WORDS, SHAPE, torch.float32)
    weights = Weights(network, 0.9)
    learn(network, weights, 10)
    state = weights.state()
    other = Transformer(WORDS, SHAPE, torch.float32)
    taken_up = Weights(other, 0.9)
    taken_up.load(state)
    first, second = learn(network, weights, 10), learn(other, taken_up, 10)
    assert first == pytest.approx(second, abs=0.02)  # the moments are kept in bfloat16
