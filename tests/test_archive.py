from __future__ import annotations

import io
import stat
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.engines import archive
from aligner.errors import PackageError

GOOD = {"pkg/metadata.json": b"{}", "pkg/model/model.bin": bytes(range(256)) * 64}

Entry = tuple[str | zipfile.ZipInfo, bytes]


def zipped(*entries: Entry) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries:
            file.writestr(name, data)
    return out.getvalue()


def special(name: str, kind: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3  # Unix
    info.external_attr = (kind | 0o644) << 16
    return info


def packed(name: str, method: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type = method
    return info


def unpack(data: bytes, folder: Path) -> Path:
    path, into = folder / "p.argosmodel", folder / "into"
    path.write_bytes(data)
    into.mkdir()
    return archive.unpack(path, into)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder.parent).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_good(tmp_path: Path) -> None:
    top = unpack(zipped(("pkg/", b""), ("pkg/model/", b""), *GOOD.items()), tmp_path)
    assert top == tmp_path / "into" / "pkg"
    assert contents(top) == GOOD


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\\:\x7f", min_codepoint=32))
NAMES = NAMES.filter(lambda name: name not in ("", ".", "..") and len(name.encode()) < 200)


@given(st.dictionaries(NAMES.map(str.lower), st.binary(), min_size=1, max_size=5))
def test_what_goes_in_comes_out(files: dict[str, bytes]) -> None:
    files = {f"pkg/{number}{name}": data for number, (name, data) in enumerate(files.items())}
    with tempfile.TemporaryDirectory() as folder:
        assert contents(unpack(zipped(*files.items()), Path(folder))) == files


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (("../evil", b""), "not a path"),
        (("pkg/../../evil", b""), "not a path"),
        (("/evil", b""), "not a path"),
        (("pkg//evil", b""), "not a path"),
        (("pkg/./evil", b""), "not a path"),
        (("pkg\\..\\..\\evil", b""), "not a path"),
        (("C:evil", b""), "not a path"),
        (("pkg/a\nb", b""), "not a path"),
        (("pkg" + "/a" * 20, b""), "not a path"),
        ((special("pkg/link", stat.S_IFLNK), b"/etc/passwd"), "a link or a device"),
        ((special("pkg/pipe", stat.S_IFIFO), b""), "a link or a device"),
        ((special("pkg/disk", stat.S_IFBLK), b""), "a link or a device"),
        ((packed("pkg/a", zipfile.ZIP_LZMA), b""), "packed in an unusual way"),
        ((packed("pkg/a", zipfile.ZIP_BZIP2), b""), "packed in an unusual way"),
        (("pkg/METADATA.json", b""), "in the archive twice"),
        (("pkg/model", b""), "both a file and a folder"),
        (("pkg/metadata.json/a", b""), "both a file and a folder"),
        (("other/a", b""), "not one folder"),
        (("README.md", b""), "not one folder"),
        (("pkg/zeros", bytes(4 << 20)), "zip bomb"),
    ],
)
def test_hostile_entries(entry: Entry, message: str, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=message) as caught:
        unpack(zipped(*GOOD.items(), entry), tmp_path)
    assert caught.value.where == str(tmp_path / "p.argosmodel")
    assert caught.value.hint
    assert not list((tmp_path / "into").iterdir())  # refused before anything was written
    assert not (tmp_path / "evil").exists()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_repeated_name(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="twice"):
        unpack(zipped(("pkg/a", b"1"), ("pkg/a", b"2")), tmp_path)


def test_bomb_of_many_entries(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"10,001 entries"):
        unpack(zipped(*((f"pkg/{number}", b"") for number in range(10_001))), tmp_path)


def test_bomb_of_many_small_bombs(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="zip bomb"):
        unpack(zipped(*((f"pkg/{number}", bytes(1 << 20)) for number in range(20))), tmp_path)


def patched(data: bytes, change: Callable[[bytearray, int], None]) -> bytes:
    """Change the last entry of an archive's table of contents; `change` is given its place."""
    changed = bytearray(data)
    change(changed, data.rfind(b"PK\x01\x02"))
    return bytes(changed)


def test_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    def lie(data: bytearray, entry: int) -> None:
        data[entry + 24 : entry + 28] = (100).to_bytes(4, "little")

    with pytest.raises(PackageError, match="broken"):
        unpack(patched(zipped(("pkg/a/b", bytes(4 << 20))), lie), tmp_path)
    written = sum(path.stat().st_size for path in (tmp_path / "into").rglob("*") if path.is_file())
    assert written <= 100


def test_file_that_is_shorter_than_it_says(tmp_path: Path) -> None:
    def lie(data: bytearray, entry: int) -> None:
        data[entry + 24 : entry + 28] = (5000).to_bytes(4, "little")

    with pytest.raises(PackageError, match="size that it says"):
        unpack(patched(zipped(("pkg/a/b", b"1234")), lie), tmp_path)


def test_encrypted(tmp_path: Path) -> None:
    def encrypt(data: bytearray, entry: int) -> None:
        data[entry + 8] |= 1

    with pytest.raises(PackageError, match="is encrypted"):
        unpack(patched(zipped(*GOOD.items()), encrypt), tmp_path)


def test_null_in_a_name(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="not a path"):
        unpack(zipped(*GOOD.items(), ("pkg/a?b", b"")).replace(b"a?b", b"a\0b"), tmp_path)


def test_wrong_checksum(tmp_path: Path) -> None:
    data = zipped((packed("pkg/a", zipfile.ZIP_STORED), b"weights"))
    with pytest.raises(PackageError, match="broken: Bad CRC-32"):
        unpack(data.replace(b"weights", b"weighty"), tmp_path)


def test_huge_table_of_contents_is_not_read(tmp_path: Path) -> None:
    table = bytes(5 << 20)
    end = b"PK\x05\x06" + bytes(8) + len(table).to_bytes(4, "little") + bytes(6)
    with pytest.raises(PackageError, match="table of contents has 5,242,880 bytes"):
        unpack(table + end, tmp_path)


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"<html>Not found</html>", zipped(), bytes(100), b"PK\x05\x06" * 9]
)
def test_no_archive(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(PackageError):
        unpack(data, tmp_path)


@given(st.integers(0, len(zipped(*GOOD.items())) - 1))
def test_cut_off(length: int) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.raises(PackageError):
        unpack(zipped(*GOOD.items())[:length], Path(folder))


@given(st.data())
def test_any_damage_is_found_or_harmless(data: st.DataObject) -> None:
    """Whatever bytes are changed, the files come out as they went in, or not at all."""
    damaged = bytearray(zipped(*GOOD.items()))
    places = st.integers(0, len(damaged) - 1)
    for place, byte in data.draw(st.dictionaries(places, st.integers(0, 255), max_size=4)).items():
        damaged[place] = byte
    with tempfile.TemporaryDirectory() as folder:
        try:
            top = unpack(bytes(damaged), Path(folder))
        except PackageError:
            return
        # A changed name or a lost entry is another package, which later checks refuse.
        assert set(contents(top).values()) <= set(GOOD.values())
