"""Finding the format of a file of translation units, and unpacking it."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from aligner.entries import Bundle, Entry, Header, Variant
from aligner.errors import InputError, UsageError
from aligner.formats import exchange
from aligner.formats.exchange.opened import opened

TMX = (
    '<?xml version="1.0"?>\n<tmx version="1.4"><header srclang="en"/><body>'
    '<tu><tuv xml:lang="ky"><seg>Ош</seg></tuv></tu></body></tmx>'
).encode()


def texts(bundle: Bundle) -> list[str]:
    return [variant.text for entry in bundle.entries for variant in entry.variants]


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.tmx", TMX),
        ("a.TMX", TMX),
        ("a.tmx.gz", gzip.compress(TMX, mtime=0)),
        ("a.gz", gzip.compress(TMX, mtime=0)),
        ("a.tmx", gzip.compress(TMX, mtime=0)),
        ("a.tmx.zip", zipped(a_tmx=TMX)),
        ("a.zip", zipped(readme_txt=b"hello", a_tmx=TMX, __MACOSX=b"")),
        ("a.zip", zipped(**{"../../a_tmx": TMX})),
        ("a", TMX),
        ("a.xml", TMX),
        ("a.bak", TMX.decode().encode("utf-16")),
    ],
)
def test_read(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert texts(exchange.read(tmp_path / name)) == ["Ош"]
    assert [path.name for path in tmp_path.iterdir()] == [name]


class _Pipe(io.RawIOBase):
    """Standard input as a pipe is: it cannot go back."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        return self._data.readinto(buffer)


@pytest.mark.parametrize("data", [TMX, gzip.compress(TMX, mtime=0), zipped(a_tmx=TMX)])
@pytest.mark.parametrize("opened", [io.BytesIO, lambda data: io.BufferedReader(_Pipe(data))])
def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, opened: Callable[[bytes], io.BufferedIOBase], data: bytes
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(opened(data)))
    assert texts(exchange.read("-")) == ["Ош"]
    assert not sys.stdin.buffer.closed


def test_standard_input_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="standard input is closed"):
        exchange.read("-")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.zip", zipped(a_tmx=TMX, b_tmx=TMX), "holds 2 files: a.tmx, b.tmx"),
        ("a.zip", zipped(), "packed file is damaged|holds 0 files|does not say"),
        ("a.zip", zipped(a_tmx=TMX)[:-30], "packed file is damaged"),
        ("a.gz", gzip.compress(TMX, mtime=0)[:20], "packed file is damaged|does not say"),
        ("a.bak", b"\x00\x01\x02", "does not say in which format"),
        ("a.bak", b"", "does not say in which format"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=said) as caught:
        exchange.read(tmp_path / name)
    assert caught.value.where == str(tmp_path / name)
    assert caught.value.hint


@pytest.mark.parametrize("name", ["none.tmx", ".", "a\0b"])
def test_what_cannot_be_opened(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot read the file"):
        exchange.read(tmp_path / name)


def test_a_zip_file_that_is_encrypted(tmp_path: Path) -> None:
    data = bytearray(zipped(a_tmx=TMX))
    data[6] |= 1  # the flag, in the file's own header and in the list
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(InputError, match="encrypted"):
        exchange.read(tmp_path / "a.zip")


def test_what_stands_before_the_damage_of_a_packed_file(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(bytes(range(256)) * 1000, 0)[:-2000])
    read = bytearray()

    def take() -> None:
        with opened(path) as file:
            while data := file.read1(1 << 16):
                read.extend(data)

    with pytest.raises(InputError, match="packed file is damaged"):
        take()
    assert len(read) > 250_000


def test_a_named_format(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TMX)
    assert texts(exchange.read(path, "tmx")) == ["Ош"]
    with pytest.raises(UsageError, match='no format "docx"') as caught:
        exchange.read(path, "docx")
    assert "tmx" in caught.value.hint


def test_write() -> None:
    file = io.BytesIO()
    bundle = Bundle(iter([Entry("1", (Variant("ky", "Ош\0"),))]), Header("en"))
    lost = exchange.write(file, bundle, "tmx", ["ky"])
    assert "<seg>Ош</seg>" in file.getvalue().decode()
    assert len(lost) == 1
    with pytest.raises(UsageError, match='no format "docx"'):
        exchange.write(file, bundle, "docx")


def test_formats() -> None:
    assert exchange.FORMATS["tmx"] == ".tmx"
    assert "docx" not in exchange.FORMATS
    assert len(exchange.FORMATS) == len(set(exchange.FORMATS))
    assert exchange.format_of(Path("a.b.TMX")) == "tmx"
    with pytest.raises(UsageError, match="does not say") as caught:
        exchange.format_of("a.docx")
    assert all(name in caught.value.hint for name in exchange.FORMATS)
