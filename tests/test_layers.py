"""The house rules of imports: they point down only, and stages know nothing of one another.

    cli
    review
    pipeline, with its route, journal, folder and results; export; align; checking; publish; report;
        evaluate; train
    stages: segmentation, alignment, memory, engines, markup,
            terminology, quality, curation, evaluation,
            bitext, training                                     formats
    languages
    records, entries, errors, seen, text

A module may import from the layers below its own, and from its own part. Only the command line
prints, exits, or catches AlignerError.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import aligner

ROOT = Path(aligner.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))

# What each part of the package may import of the others.
GROUND = {"records", "entries", "errors", "seen", "text", "languages"}
STAGES = {
    "segmentation",
    "alignment",
    "memory",
    "engines",
    "markup",
    "terminology",
    "quality",
    "curation",
    "evaluation",
    "bitext",
    "training",
}
MIDDLE = {
    "pipeline",
    "targets",
    "results",
    "checking",
    "roundtrip",
    "export",
    "publish",
    "report",
    "route",
    "journal",
    "folder",
    "align",
    "evaluate",
    "train",
}
ALLOWED = {
    "records": set(),
    "entries": set(),
    "seen": set(),
    "errors": set(),
    "text": set(),
    "languages": {"records", "errors", "text"},
    **dict.fromkeys((*STAGES, "formats"), GROUND),
    **dict.fromkeys(MIDDLE, MIDDLE | STAGES | GROUND | {"formats"}),
    "review": MIDDLE | STAGES | GROUND | {"formats"},
    "cli": {"review"} | MIDDLE | STAGES | GROUND | {"formats"},
    "__main__": {"cli"},
    "": set(),
}

# Libraries that only few modules may touch.
WARDENS = {
    "argostranslate": "engines/argos.py",
    "ctranslate2": ("engines/argos.py", "training/convert.py"),
    "sentencepiece": ("engines/argos.py", "training/vocabulary.py"),
    "torch": ("training/network.py", "training/precision.py", "training/loop.py"),
    "sacrebleu": "evaluation/metrics.py",
    "typer": "cli/",
    "rich": "cli/",
    "starlette": "review/",
    "uvicorn": "review/serving.py",
}
# A program of its own, which `try_load` there runs as a child process.
PROGRAMS = {"__main__.py", "engines/sandbox.py"}
NEVER = {"argostranslate.translate", "argostranslate.sbd", "stanza", "spacy", "minisbd"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def part(path: Path) -> str:
    """The part of the package that a module belongs to; "" for the package itself."""
    first = path.relative_to(ROOT).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def imports(module: ast.Module) -> Iterator[str]:
    """The full names of all that a module imports, `a.b.c` for `from a.b import c`."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def inner(path: Path) -> set[str]:
    """The other parts of the package that a module imports."""
    names = (imported.split(".") for imported in imports(tree(path)))
    parts = {rest[0] for first, *rest in names if first == "aligner" and rest}
    return parts & ALLOWED.keys() - {part(path)}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_point_down(path: Path) -> None:
    assert part(path) in ALLOWED, "a new part of the package: say above what it may import"
    assert inner(path) <= ALLOWED[part(path)]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_one_module_touches_the_engine(path: Path) -> None:
    for imported in imports(tree(path)):
        assert not any(f"{imported}.".startswith(f"{banned}.") for banned in NEVER)
        warden = WARDENS.get(imported.split(".")[0])
        assert warden is None or name(path).startswith(warden)


def called(node: ast.AST) -> str:
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


@pytest.mark.parametrize("path", [path for path in MODULES if part(path) != "cli"], ids=name)
def test_only_the_command_line_prints_exits_and_catches(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ExceptHandler) and node.type:
            assert "AlignerError" not in ast.unparse(node.type)
        if name(path) not in PROGRAMS:
            assert called(node) not in {"print", "exit", "quit", "sys.exit", "os._exit"}
            assert not called(node).startswith(("sys.stdout.", "sys.stderr."))
            assert not isinstance(node, ast.Raise) or "SystemExit" not in ast.unparse(node)
