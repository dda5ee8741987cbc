"""ZIP packages that are the same bytes whenever and wherever they are written."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import BinaryIO

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""What ZIP calls the beginning of time."""


def pack(file: BinaryIO, contents: Mapping[str, bytes], moment: datetime) -> None:
    """Write a package.

    Args:
        file: takes it.
        contents: the files by name, in the order in which they are to stand.
        moment: the date of all of them.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in contents.items():
            about = zipfile.ZipInfo(name, max(moment, EARLIEST).astimezone(UTC).timetuple()[:6])
            about.compress_type = zipfile.ZIP_DEFLATED
            about.create_system = 3  # the same on every system
            about.external_attr = 0o644 << 16
            package.writestr(about, data)
