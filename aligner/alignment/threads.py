"""How many threads numpy works with."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any


def one_thread() -> AbstractContextManager[Any]:
    """Let numpy multiply matrices in one thread.

    The aligner's are small and many: more threads wait for one another longer than they work, on a
    busy computer three times as long.
    """
    from threadpoolctl import threadpool_limits

    return threadpool_limits(limits=1, user_api="blas")  # type: ignore[no-any-return]
