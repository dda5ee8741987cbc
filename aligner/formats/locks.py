"""Files that one process at a time may write to."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, Any


def hold(lock: IO[Any] | int, path: Path) -> bool:
    """Keep other processes away until this one closes the lock or dies.

    Args:
        lock: an open file, or a folder's descriptor.
        path: what is locked; a process that has just ended may have removed what we opened.

    Returns:
        Whether no other process was first. Where nothing can be locked nobody is kept away: on
        Windows, whose locks would keep us from reading the file, and on some network drives.
    """
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.stat()
    except (BlockingIOError, FileNotFoundError):
        return False
    except OSError:
        return True
    return True
