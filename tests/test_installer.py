from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Server

from aligner.engines import archive, download, installer, sandbox
from aligner.engines.installer import RECORD, install, install_file, remove, verify
from aligner.engines.packages import broken, find, installed
from aligner.errors import DownloadError, ModelError, ModelMissing, PackageError

Make = Callable[..., Path]


@pytest.fixture
def make(random_package: Make, argosmodel: Make) -> Make:
    """Make an .argosmodel file of random weights; `metadata` replaces fields of its own."""

    def build(
        what: str = "en-ru 1.0", *, metadata: dict[str, object] | None = None, **spec: object
    ) -> Path:
        pair, version = what.split()
        folder = random_package(pair=tuple(pair.split("-")), version=version, **spec)
        path = folder / "metadata.json"
        path.write_text(json.dumps(json.loads(path.read_bytes()) | (metadata or {})))
        return argosmodel(folder)

    return build


@pytest.fixture(autouse=True)
def nothing_left_over(packages: Path, home: Path) -> None:
    """After each test the package folder stands alone, and no download is left."""
    yield
    assert list(packages.parent.iterdir()) == [packages]
    assert list((home / "cache" / "argos-translate" / "downloads").iterdir()) == []


def names(packages: Path) -> list[str]:
    return sorted(path.name for path in packages.iterdir())


@pytest.mark.parametrize("kind", ["text", "sentencepiece", "bpe"])
def test_install_file(kind: str, make: Make, packages: Path) -> None:
    model = install_file(make(kind=kind))
    assert model.folder == packages / "translate-en_ru-1_0"
    assert find("en", "ru") == (model,)


def test_argostranslate_sees_the_same(make: Make) -> None:
    from argostranslate import package

    install_file(make())
    (seen,) = package.get_installed_packages()
    assert (seen.from_code, seen.to_code, seen.package_version) == ("en", "ru", "1.0")


def test_record(make: Make) -> None:
    path = make()
    record = json.loads((install_file(path).folder / RECORD).read_bytes())
    assert (record["name"], record["origin"]) == ("translate-en_ru-1_0", path.name)
    assert record["installed"].endswith("+00:00")
    assert {"metadata.json", "model/model.bin", "sentencepiece.model"} < set(record["sha256"])


def test_newer_version_replaces_older(make: Make, packages: Path) -> None:
    for version in ("1.0", "1.9", "1.10"):
        install_file(make(f"en-ru {version}"))
    install_file(make("en-ky 1.0"))
    assert names(packages) == ["translate-en_ky-1_0", "translate-en_ru-1_10"]


def test_older_version_needs_force(make: Make, packages: Path) -> None:
    install_file(make("en-ru 1.10"))
    with pytest.raises(PackageError, match=r"has version 1\.9, and 1\.10 is installed") as caught:
        install_file(make("en-ru 1.9"))
    assert "--force" in caught.value.hint
    install_file(make("en-ru 1.9"), force=True)
    assert names(packages) == ["translate-en_ru-1_9"]


def test_same_version_replaces_a_damaged_one(make: Make, packages: Path) -> None:
    path = make()
    model = install_file(path)
    (model.folder / "model" / "model.bin").write_bytes(b"damaged")
    install_file(path)
    assert [verdict.problem for verdict in verify()] == ["", "", ""]
    assert names(packages) == [model.name]


def test_replaces_a_stray_folder(make: Make, packages: Path) -> None:
    (packages / "translate-en_ru-1_0").mkdir()
    model = install_file(make())
    assert (installed(), broken()) == ([model], [])


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        ({"to_code": "ky"}, "translates en → ky, not en → ru"),  # its folder says en_ru
        ({"to_code": "../.."}, "impossible to_code"),
        ({"package_version": None}, "impossible package_version"),
        ({"type": "sbd"}, "not a translation model"),
        ({"languages": 5}, "cannot be read"),  # argostranslate would choke on it
    ],
)
def test_refused_metadata(
    metadata: dict[str, object], message: str, make: Make, packages: Path
) -> None:
    path = make(metadata=metadata)
    with pytest.raises(PackageError, match=message) as caught:
        install_file(path)
    assert caught.value.where == str(path)
    assert names(packages) == []


def test_file_for_another_pair(make: Make, packages: Path) -> None:
    with pytest.raises(PackageError, match="translates en → ru, not en → ky"):
        install_file(make(), ("en", "ky"))
    path = make()
    with pytest.raises(PackageError, match="translates en → ru, not en → ky"):
        install_file(path.rename(path.with_name("translate-en_ky-1_4.argosmodel")))
    assert names(packages) == []


def test_model_that_does_not_load(random_package: Make, argosmodel: Make, packages: Path) -> None:
    folder = random_package()
    (folder / "model" / "model.bin").write_bytes(os.urandom(1000))
    with pytest.raises(PackageError, match="does not work"):
        install_file(argosmodel(folder))
    assert names(packages) == []


@pytest.mark.parametrize("size", [0, 100, 30_000, -1])
def test_truncated_file(size: int, make: Make, packages: Path) -> None:
    path = make()
    data = path.read_bytes()
    path.write_bytes(data[:size])
    with pytest.raises(PackageError, match="the archive is broken"):
        install_file(path)
    assert names(packages) == []


@pytest.mark.parametrize("name", ["", "missing.argosmodel"])
def test_no_file(name: str, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="no such file"):
        install_file(tmp_path / name)


def test_a_refused_package_leaves_the_installed_one(make: Make, packages: Path) -> None:
    model = install_file(make())
    bad = make("en-ru 2.0")
    bad.write_bytes(bad.read_bytes()[:-10])
    with pytest.raises(PackageError):
        install_file(bad)
    assert installed() == [model]
    assert names(packages) == [model.name]


@pytest.mark.parametrize("step", ["unpack", "sync"])
def test_full_disk(step: str, make: Make, packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(packages))

    monkeypatch.setattr(archive, step, full)
    with pytest.raises(ModelError, match="No space left on device") as caught:
        install_file(make())
    assert caught.value.where == str(packages)
    assert names(packages) == []


def test_ctrl_c(make: Make, packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sandbox, "try_load", stop)
    with pytest.raises(KeyboardInterrupt):
        install_file(make())
    assert names(packages) == []


@pytest.mark.parametrize("both", [True, False])
def test_what_a_killed_install_set_aside(both: bool, make: Make, packages: Path) -> None:
    path = make()
    place = install_file(path).folder
    place.rename(packages / f"{place.name}.old")
    assert find("en", "ru")[0].folder.name == "translate-en_ru-1_0.old"
    if both:
        install_file(path)
        shutil.copytree(place, packages / f"{place.name}.old")
    install_file(path)
    assert names(packages) == [place.name]


INSTALL = "import sys, pathlib; from aligner.engines import installer as i; "
INSTALL += "i.install_file(pathlib.Path(sys.argv[1]), force=True)"


def test_kill_at_any_moment_leaves_a_whole_package(make: Make, packages: Path) -> None:
    install_file(make("en-ru 1.0", seed=1))
    files = [make("en-ru 1.0", seed=2), make("en-ru 2.0", seed=3)]
    for number in range(12):
        child = subprocess.Popen([sys.executable, "-c", INSTALL, str(files[number % 2])])
        time.sleep(0.1 + number * 0.05)
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert broken() == []
        assert installed()
    model = install_file(files[1])
    assert names(packages) == [model.name]


def test_two_at_a_time(make: Make) -> None:
    with (
        installer._staging(),
        pytest.raises(ModelError, match="another aligner"),
    ):
        install_file(make())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_read_only_folder(make: Make, packages: Path) -> None:
    path = make()
    packages.parent.chmod(0o555)
    try:
        with pytest.raises(ModelError, match="Permission denied") as caught:
            install_file(path)
        assert "ARGOS_PACKAGES_DIR" in caught.value.hint
    finally:
        packages.parent.chmod(0o755)


def test_install_from_the_index(make: Make, server: Server) -> None:
    server.offer(make("en-ru 1.9"), version="1.9")
    calls: list[tuple[int, int | None]] = []
    model = install("en", "ru", lambda *call: calls.append(call))
    assert installed() == [model]
    assert calls[-1][0] == calls[-1][1]
    record = json.loads((model.folder / RECORD).read_bytes())
    assert record["origin"] == server.url("translate-en_ru-1_9.argosmodel")


def test_install_goes_on_after_a_broken_connection(
    make: Make, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "PAUSE", 0)
    server.offer(make())
    server.cuts = [10_000, 20_000]  # the first request is for the index
    install("en", "ru")
    assert ("translate-en_ru-1_0.argosmodel", "bytes=20000-") in server.requests


def test_install_what_is_there(make: Make, server: Server) -> None:
    server.offer(make())
    model = install("en", "ru")
    assert install("en", "ru") == model
    assert install("en", "ru", force=True) == model
    downloads = [path for path, _ in server.requests if path.endswith(".argosmodel")]
    assert len(downloads) == 2


def test_index_gives_another_pair(make: Make, server: Server, packages: Path) -> None:
    server.offer(make("en-ky 1.0"), pair=("en", "ru"))
    with pytest.raises(PackageError, match="translates en → ky, not en → ru"):
        install("en", "ru")
    assert names(packages) == []


def test_index_gives_a_broken_package(make: Make, server: Server, packages: Path) -> None:
    path = make()
    server.offer(path)
    server.files[path.name] = server.files[path.name][:-100]
    with pytest.raises(PackageError, match="broken"):
        install("en", "ru")
    assert names(packages) == []


def test_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "PAUSE", 0)
    with pytest.raises(DownloadError, match="cannot be reached") as caught:
        install("en", "ru")
    assert "aligner models install FILE" in caught.value.hint


def test_remove(make: Make, packages: Path) -> None:
    model = install_file(make())
    install_file(make("en-ky 1.0"))
    assert remove("en", "ru") == [model]
    assert names(packages) == ["translate-en_ky-1_0"]
    assert find("en", "ru")[0].starter


def test_remove_a_starter() -> None:
    with pytest.raises(ModelError, match="part of aligner and cannot be removed"):
        remove("en", "ru")


def test_remove_what_is_not_there() -> None:
    with pytest.raises(ModelMissing, match="no model de → en is installed"):
        remove("de", "en")


def test_verify(make: Make, random_package: Make, packages: Path) -> None:
    changed = install_file(make("en-ru 1.0")).folder
    (changed / "model" / "shared_vocabulary.json").write_bytes(b"[]")
    (changed / "README.md").unlink()
    install_file(make("en-ky 1.0"))
    by_argostranslate = random_package(into=packages, pair=("ru", "en"))
    (by_argostranslate / "model" / "model.bin").write_bytes(b"damaged")
    random_package(into=packages, pair=("ky", "en"), name="translate-en_de-1_0")
    (packages / "stray").mkdir()
    problems = {verdict.name: verdict.problem for verdict in verify()}
    loading = problems.pop("translate-ru_en-1_0")
    assert "does not work" in loading
    assert "cannot be read" in problems.pop("stray")
    assert problems == {
        "translate-en_ru-1_0": "not as it was installed: README.md, model/shared_vocabulary.json",
        "translate-en_ky-1_0": "",
        "translate-en_de-1_0": "the package translates ky → en, not en → de",
        "translate-en_ru-0_2": "",
        "translate-en_ky-0_2": "",
    }


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"sha256": 5}'])
def test_verify_with_a_broken_record(record: str, make: Make) -> None:
    model = install_file(make())
    (model.folder / RECORD).write_text(record)
    assert next(verify()).problem == f"not as it was installed: {RECORD}"
