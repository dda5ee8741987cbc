"""What several commands say of the models that they use."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aligner.engines.packages import Model


def starter_note(models: Iterable[Model]) -> str:
    """Say plainly that a starter model is at work, and what to do about it; "" if none is."""
    starters = [model for model in models if model.starter]
    pairs = ", ".join(f"{model.source} → {model.target}" for model in starters)
    commands = "; ".join(f"aligner models install {m.source} {m.target}" for m in starters)
    return (
        f"{pairs}: small starter models, which make rough drafts. "
        f"The full Argos models take over once installed: {commands}"
        if starters
        else ""
    )


def warn_of_broken_models() -> None:
    """Say on standard error which installed models are left out, and may have others stand in."""
    from aligner.engines import packages

    for error in packages.broken():
        print(f"Broken, not used: {error}", file=sys.stderr)
