"""Weights in bfloat16 to compute with, and in single precision to learn.

Steps are too small for bfloat16's eight bits: they are taken on a copy in single precision
(Micikevicius et al. 2018, "Mixed Precision Training").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

_BETAS, _EPSILON, _DECAY, _MOMENTUM = (0.9, 0.98), 1e-9, 0.01, 0.95
_LONGEST_STEP = 1.0  # norm of the gradient


class Weights:
    """The weights of a network, what its optimisers remember, and an average.

    Muon (Jordan et al. 2024; its steps scaled as by Liu et al. 2025) moves the matrices of the
    layers, AdamW (Loshchilov and Hutter 2019) all else. With AdamW alone a run of ours took a third
    more tokens to the same loss.

    The average is that of the last weights, later ones counting more; it translates better than
    the weights of any one step (Izmailov et al. 2018).

    Args:
        network: whose weights they are; it is changed with every step.
        averaging: the share of the average that each step leaves.
    """

    def __init__(self, network: nn.Module, averaging: float) -> None:
        self._names = [name for name, _ in network.named_parameters()]
        self._used = [parameter for _, parameter in network.named_parameters()]
        self._exact = [weights.detach().float().clone() for weights in self._used]
        self._average = [weights.clone() for weights in self._exact]
        self._averaging = averaging
        self._steps = 0
        named = list(zip(self._names, self._exact, strict=True))
        self._matrices = [one for name, one in named if one.ndim == 2 and "embedding" not in name]
        matrices = set(self._matrices)
        self._others = [one for one in self._exact if one not in matrices]
        self._muon = torch.optim.Muon(
            self._matrices,
            weight_decay=_DECAY,
            momentum=_MOMENTUM,
            adjust_lr_fn="match_rms_adamw",  # so that one learning rate does for both
        )
        self._adam = torch.optim.AdamW(
            self._others, betas=_BETAS, eps=_EPSILON, weight_decay=_DECAY, fused=True
        )

    def step(self, rate: float) -> None:
        """Take a step against the gradients, at a learning rate."""
        for exact, used in zip(self._exact, self._used, strict=True):
            exact.grad = None if used.grad is None else used.grad.float()
            used.grad = None
        nn.utils.clip_grad_norm_(self._exact, _LONGEST_STEP, foreach=True)
        for optimiser in (self._muon, self._adam):
            for group in optimiser.param_groups:
                group["lr"] = rate
            optimiser.step()
        self._steps += 1
        with torch.no_grad():
            torch._foreach_copy_(self._used, self._exact)
            # The first steps count for less than a long average would have them.
            kept = min(self._averaging, self._steps / (self._steps + 10))
            torch._foreach_lerp_(self._average, self._exact, 1 - kept)

    def averaged(self) -> dict[str, Tensor]:
        """The average, by the names of the network's parameters."""
        return dict(zip(self._names, self._average, strict=True))

    def state(self) -> dict[str, object]:
        """All that a run must know to go on; what the optimisers remember in bfloat16."""
        momenta = [self._muon.state[one]["momentum_buffer"] for one in self._matrices]
        return {
            "names": self._names,
            "exact": self._exact,
            "average": self._average,
            "momenta": [momentum.bfloat16() for momentum in momenta],
            "first": [self._adam.state[one]["exp_avg"].bfloat16() for one in self._others],
            "second": [self._adam.state[one]["exp_avg_sq"].bfloat16() for one in self._others],
            "steps": self._steps,
        }

    def load(self, state: Mapping[str, Any]) -> None:
        """Go on from a `state`."""
        self._steps = steps = int(state["steps"])
        kept = zip(state["exact"], state["average"], strict=True)
        with torch.no_grad():
            for exact, average, used, (was, mean) in zip(
                self._exact, self._average, self._used, kept, strict=True
            ):
                exact.copy_(was)
                average.copy_(mean)
                used.copy_(was)
        for one, momentum in zip(self._matrices, state["momenta"], strict=True):
            self._muon.state[one]["momentum_buffer"] = momentum.to(one)
        moments = zip(state["first"], state["second"], strict=True)
        for one, (first, second) in zip(self._others, moments, strict=True):
            self._adam.state[one] = {
                "step": torch.tensor(float(steps), device=one.device),
                "exp_avg": first.to(one),
                "exp_avg_sq": second.to(one),
            }
