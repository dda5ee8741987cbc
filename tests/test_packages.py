from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from aligner.engines import packages as packages_module
from aligner.engines.packages import (
    best,
    broken,
    find,
    folder_name,
    installed,
    named_pair,
    order,
    parse_metadata,
    starters,
)
from aligner.errors import ModelError, ModelMissing, PackageError, UsageError

Install = Callable[..., Path]


@pytest.fixture
def install(random_package: Callable[..., Path], packages: Path) -> Install:
    """Put a random package for a pair, "ru-en 1.9", into the package folder."""

    def put(what: str, **spec: str) -> Path:
        pair, version = what.split()
        source, target = pair.split("-")
        return random_package(into=packages, pair=(source, target), version=version, **spec)

    return put


def route(source: str, target: str) -> str:
    """The chosen models, such as "ru-en 1.9 + en-ky 0.2*"; a star marks a starter model."""
    return " + ".join(
        f"{model.source}-{model.target} {model.version}{'*' * model.starter}"
        for model in find(source, target)
    )


def test_starters() -> None:
    assert [model.pair for model in starters()] == [("en", "ky"), ("en", "ru")]
    assert all(model.starter and model.version == "0.2" for model in starters())
    assert [model.target_prefix for model in starters()] == ["<2ky>", "<2ru>"]


def test_nothing_installed() -> None:
    assert installed() == []
    assert broken() == []


@pytest.mark.parametrize(
    ("here", "pair", "expected"),
    [
        ([], "en-ru", "en-ru 0.2*"),
        (["en-ru 1.9"], "en-ru", "en-ru 1.9"),
        (["en-ru 1.9", "en-ru 1.10"], "en-ru", "en-ru 1.10"),
        (["en-ru 0.0"], "en-ru", "en-ru 0.0"),
        (["ru-en 1.9"], "ru-ky", "ru-en 1.9 + en-ky 0.2*"),
        (["ru-en 1.9", "en-ky 1.4"], "ru-ky", "ru-en 1.9 + en-ky 1.4"),
        (["ru-en 1.9", "en-ky 1.4", "ru-ky 1.0"], "ru-ky", "ru-ky 1.0"),
    ],
)
def test_route(here: list[str], pair: str, expected: str, install: Install) -> None:
    for what in here:
        install(what)
    assert route(*pair.split("-")) == expected


@pytest.mark.parametrize(
    ("pair", "commands"),
    [
        ("en-de", "aligner models install en de (or"),
        ("de-en", "aligner models install de en (or"),
        ("ru-ky", "aligner models install ru en (or"),
        ("ru-de", "aligner models install ru en and aligner models install en de (or"),
    ],
)
def test_no_route(pair: str, commands: str) -> None:
    source, target = pair.split("-")
    with pytest.raises(ModelMissing, match=f"no model for {source} → {target}") as caught:
        find(source, target)
    assert "en → ky (starter), en → ru (starter)" in caught.value.message
    assert commands in caught.value.hint


def test_same_language() -> None:
    with pytest.raises(UsageError, match="the same: en"):
        find("en", "en")


def test_model(install: Install) -> None:
    folder = install("en-ky 1.4", target_prefix="<2ky>")
    (model,) = installed()
    assert (model.source, model.target, model.version) == ("en", "ky", "1.4")
    assert (model.name, model.folder) == ("translate-en_ky-1_4", folder)
    assert model.target_prefix == "<2ky>"
    assert not model.starter
    assert best([model], ("en", "ky")) == model
    assert best([model], ("ky", "en")) is None


def without(file: str) -> Callable[[Path], None]:
    return lambda folder: (folder / file).unlink()


def with_metadata(text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / "metadata.json").write_text(text) and None


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (shutil.rmtree, "metadata.json cannot be read"),
        (without("metadata.json"), "metadata.json cannot be read"),
        (without("model/model.bin"), "no model/model.bin"),
        (without("sentencepiece.model"), "no sentencepiece.model or bpe.model"),
        (with_metadata("{"), "metadata.json cannot be read"),
        (with_metadata("[" * 100_000), "metadata.json cannot be read"),
        (with_metadata(" " * (2 << 20) + "{}"), "metadata.json cannot be read"),
        (with_metadata("[]"), "no JSON object"),
        (with_metadata("{}"), "impossible from_code: None"),
    ],
)
def test_a_broken_package_does_not_hide_others(
    damage: Callable[[Path], None], problem: str, install: Install
) -> None:
    good, bad = install("en-ky 1.4"), install("en-ru 1.9")
    damage(bad)
    bad.mkdir(exist_ok=True)
    assert [model.folder for model in installed()] == [good]
    (error,) = broken()
    assert problem in error.message
    assert error.where == str(bad)


def test_stray_files_are_none_of_our_business(packages: Path) -> None:
    (packages / ".DS_Store").touch()
    assert installed() == []
    assert broken() == []


def test_package_folder_that_is_gone(packages: Path) -> None:
    packages.rmdir()
    with pytest.raises(ModelError, match="cannot be read"):
        installed()


METADATA = {"from_code": "en", "to_code": "ru", "package_version": "1.9"}


@pytest.mark.parametrize(
    "change",
    [
        {"type": "sbd"},
        {"from_code": "../en"},
        {"to_code": ["ru"]},
        {"to_code": "Russian language"},
        {"package_version": 1.9},
        {"package_version": "../1"},
        {"package_version": ""},
        {"target_prefix": "a b"},
        {"target_prefix": 5},
    ],
)
def test_impossible_metadata(change: dict[str, object]) -> None:
    with pytest.raises(PackageError):
        parse_metadata(METADATA | change)


def test_metadata() -> None:
    metadata = parse_metadata(METADATA | {"to_code": "pt_BR", "from_name": "English"})
    assert (metadata.source, metadata.target, metadata.version) == ("en", "pt_BR", "1.9")
    assert metadata.target_prefix == ""


def test_real_packages(shared: Path, random_package: Callable[..., Path], packages: Path) -> None:
    names = sorted(folder.name for folder in (shared / "data" / "argos-packages").glob("*/"))
    for name in names:
        random_package(name, into=packages)
    assert [model.name for model in installed()] == sorted(names)
    assert [named_pair(model.name) for model in installed()] == [m.pair for m in installed()]
    assert broken() == []


@pytest.mark.parametrize("file", ["metadata.json", "sentencepiece.model", "model/model.bin"])
def test_digest_changes_with_what_bears_on_the_translation(file: str, install: Install) -> None:
    folder = install("en-ru 1.9")
    (model,) = installed()
    before = model.digest()
    assert len(before) == 12
    with (folder / file).open("ab") as stream:
        stream.write(b" ")
    assert model.digest() != before


def test_digest_is_that_of_the_content(install: Install, tmp_path: Path) -> None:
    folder = install("en-ru 1.9")
    (model,) = installed()
    (folder / "README.md").write_text("other")
    (folder / "aligner.json").write_text(json.dumps({}))
    copy = packages_module.read(Path(shutil.copytree(folder, tmp_path / "copy")))
    assert copy.digest() == model.digest()


def test_versions_in_order() -> None:
    versions = ["2", "1.10", "0.1", "1.9.6", "1.9", "1.0"]
    assert sorted(versions, key=order) == ["0.1", "1.0", "1.9", "1.9.6", "1.10", "2"]


@pytest.mark.parametrize(
    ("name", "pair"),
    [
        (folder_name("en", "ru", "1.9"), ("en", "ru")),
        (folder_name("pt_BR", "en", "1.9"), ("pt_BR", "en")),
        (folder_name("en", "pt_BR", "1.9"), ("en", "pt_BR")),
        ("translate-en_ru-1_9 (1)", ("en", "ru")),
        ("my-model", None),
        ("en_ru", None),
    ],
)
def test_named_pair(name: str, pair: tuple[str, str] | None) -> None:
    assert named_pair(name) == pair
