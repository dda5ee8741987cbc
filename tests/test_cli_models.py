from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Server
from typer.testing import CliRunner

from aligner.cli import models
from aligner.errors import DownloadError, ModelError, PackageError, UsageError

Make = Callable[..., Path]


def run(*arguments: str, status: int = 0) -> str:
    """What `aligner models …` prints; an AlignerError goes on to the caller, as in the app."""
    result = CliRunner().invoke(models.app, arguments, catch_exceptions=False)
    assert result.exit_code == status, result.output
    return result.stdout


def table(printed: str) -> list[str]:
    """The lines of the list, with single spaces."""
    return [" ".join(line.split()) for line in printed.split("\n\n")[0].splitlines()]


def test_list_of_starters() -> None:
    printed = run("list")
    assert table(printed) == [
        "en → ky 0.2 starter used translate-en_ky-0_2",
        "en → ru 0.2 starter used translate-en_ru-0_2",
    ]
    assert "aligner models install en ru" in printed


def test_installed_takes_over(random_package: Make, packages: Path) -> None:
    for pair, version in [(("en", "ru"), "1.9"), (("en", "ru"), "1.7"), (("en", "ky"), "1.4")]:
        random_package(into=packages, pair=pair, version=version)
    printed = run("list")
    assert table(printed) == [
        "en → ky 1.4 installed used translate-en_ky-1_4",
        "en → ky 0.2 starter not used translate-en_ky-0_2",
        "en → ru 1.9 installed used translate-en_ru-1_9",
        "en → ru 1.7 installed not used translate-en_ru-1_7",
        "en → ru 0.2 starter not used translate-en_ru-0_2",
    ]
    assert "Starter models are small" not in printed


def test_list_json(random_package: Make, packages: Path) -> None:
    folder = random_package(into=packages, pair=("en", "ru"), version="1.9")
    rows = json.loads(run("list", "--json"))
    assert [(row["from"], row["to"], row["origin"], row["active"]) for row in rows] == [
        ("en", "ky", "starter", True),
        ("en", "ru", "installed", True),
        ("en", "ru", "starter", False),
    ]
    assert rows[1]["version"] == "1.9"
    assert rows[1]["name"] == folder.name
    assert rows[1]["path"] == str(folder)
    assert len(rows[1]["digest"]) == 12


def test_list_tells_of_broken_packages(packages: Path) -> None:
    (packages / "stray").mkdir()
    result = CliRunner().invoke(models.app, ["list", "--json"])
    assert len(json.loads(result.stdout)) == 2
    assert "stray" in result.stderr


def test_install_a_file(random_package: Make, argosmodel: Make, packages: Path) -> None:
    path = argosmodel(random_package())
    folder = packages / "translate-en_ru-1_0"
    assert run("install", str(path)) == f"en → ru 1.0 is installed in {folder}\n"
    assert run("install", "en", "ru", str(path), "--force").startswith("en → ru 1.0")
    with pytest.raises(PackageError, match="not en → ky"):
        run("install", "en", "ky", str(path))


def test_install_from_the_index(server: Server, random_package: Make, argosmodel: Make) -> None:
    server.offer(argosmodel(random_package()))
    assert run("install", "en", "ru").startswith("en → ru 1.0 is installed")
    assert run("remove", "en", "ru") == "en → ru 1.0 is removed\n"


@pytest.mark.usefixtures("server")
def test_install_without_an_index() -> None:
    with pytest.raises(DownloadError, match="answers 404"):
        run("install", "en", "ru")


def test_install_what() -> None:
    with pytest.raises(UsageError, match="two languages or a file"):
        run("install", "en", "ru", "ky", "de")


def test_remove_a_starter() -> None:
    with pytest.raises(ModelError, match="cannot be removed"):
        run("remove", "en", "ru")


def test_verify(random_package: Make, packages: Path) -> None:
    assert run("verify") == "translate-en_ky-0_2: good\ntranslate-en_ru-0_2: good\n"
    folder = random_package(into=packages)
    (folder / "model" / "model.bin").write_bytes(b"damaged")
    assert "translate-en_ru-1_0: the model does not work" in run("verify", status=1)


@pytest.mark.parametrize("command", [[], ["list"], ["install"], ["remove"], ["verify"]])
def test_help(command: list[str]) -> None:
    assert "aligner models" in run(*command, "--help") or not command


def test_start_needs_no_engine() -> None:
    heavy = {"argostranslate", "ctranslate2", "sentencepiece", "rich", "numpy"}
    code = f"import aligner.cli.models, sys; print(sorted({heavy} & set(sys.modules)))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert printed.stdout == b"[]\n"
