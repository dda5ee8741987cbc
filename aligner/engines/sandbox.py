"""Loading a package that nobody vouches for: in a process of its own, with limits.

A damaged or hostile model.bin can make CTranslate2 crash, loop or ask for all memory. Then only
the child process goes down.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from aligner.errors import PackageError

SECONDS = 300
# What Python and CTranslate2 reserve, and what weights may grow to: int8 becomes float32 on
# processors that lack int8, beside the bytes as read.
BASE_MEMORY = 2 << 30
MEMORY_PER_BYTE = 5


def try_load(folder: Path) -> None:
    """Load a package in a child process and translate a word with it.

    Args:
        folder: the unpacked package.

    Raises:
        PackageError: it does not load or not translate, crashes, or takes too much time or memory.
    """
    size = sum(file.stat().st_size for file in (folder / "model").iterdir())
    memory = BASE_MEMORY + MEMORY_PER_BYTE * size
    # -P: no module is taken from the folder where the user happens to be.
    command = [sys.executable, "-P", "-m", __name__, str(folder), str(memory)]
    try:
        child = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env=os.environ | {"CUDA_VISIBLE_DEVICES": "", "PYTHONIOENCODING": "utf-8"},
        )
    except subprocess.TimeoutExpired as error:
        raise PackageError(
            f"the model does not load within {SECONDS} seconds", where=str(folder)
        ) from error
    if child.returncode:
        reason = child.stdout.decode("utf-8", "replace").strip() or "it crashes as it is loaded"
        raise PackageError(f"the model does not work: {reason}", where=str(folder))


def _limit_memory(size: int) -> None:
    with suppress(ImportError):  # Windows has none
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard == resource.RLIM_INFINITY or hard > size:
            resource.setrlimit(resource.RLIMIT_AS, (size, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main(folder: Path, memory: int) -> int:
    """The child: say on stdout what is wrong; the exit status is 0 if nothing is."""
    _limit_memory(memory)
    from aligner.engines import argos

    try:
        argos.load_check(folder)
    except MemoryError:
        sys.stdout.write(f"it takes more than {memory / (1 << 30):.1f} GiB of memory")
    except Exception as error:
        sys.stdout.write(getattr(error, "message", f"{type(error).__name__}: {error}"))
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(_main(Path(sys.argv[1]), int(sys.argv[2])))
