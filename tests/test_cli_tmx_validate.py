"""`aligner tmx validate`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import ARTICLE, aligner

HEADER = (
    '<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" '
    'adminlang="en" srclang="en" datatype="plaintext"/>'
)
EN = '<tuv xml:lang="en"><seg>Osh</seg></tuv>'
KY = '<tuv xml:lang="ky"><seg>Ош</seg></tuv>'


def memory(*units: str) -> str:
    inner = "\n".join(f"<tu>{unit}</tu>" for unit in units)
    doctype = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    return f'{doctype}\n<tmx version="1.4">\n{HEADER}\n<body>\n{inner}\n</body>\n</tmx>\n'


GOOD = memory(EN + KY)
BAD = memory(EN + KY, EN + KY.replace("xml:", ""))
ODD = memory(EN)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    found = {}
    for name, content in {"good": GOOD, "bad": BAD, "odd": ODD}.items():
        found[name] = tmp_path / f"{name}.tmx"
        found[name].write_text(content, encoding="utf-8")
    return found


def test_a_valid_file(files: dict[str, Path]) -> None:
    done = aligner("tmx", "validate", files["good"])
    assert done.status == 0
    assert done.out == f"{files['good']}: valid; TMX 1.4, 1 unit\n"


def test_an_invalid_file_is_explained(files: dict[str, Path]) -> None:
    done = aligner("tmx", "validate", files["bad"])
    assert done.status == 1
    assert done.out.splitlines() == [
        f"{files['bad']}: INVALID; TMX 1.4, 2 units, 1 error",
        "  error: attribute missing",
        '    line 6: <tuv> has no xml:lang, only "lang"',
        '      → That is its name in TMX 1.1 and 1.2: write "xml:lang" instead of "lang"; '
        "`aligner tmx convert IN OUT` does that.",
    ]


def test_warnings_alone_are_no_reason_to_fail(files: dict[str, Path]) -> None:
    done = aligner("tmx", "validate", files["odd"])
    assert done.status == 0
    assert "valid; TMX 1.4, 1 unit, 1 warning" in done.out


def test_json_is_a_line_a_file(files: dict[str, Path], tmp_path: Path) -> None:
    none = tmp_path / "none.tmx"
    done = aligner("tmx", "validate", "--json", *files.values(), none)
    assert done.status == 1
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["file"] for row in rows] == [str(path) for path in (*files.values(), none)]
    assert [row["valid"] for row in rows] == [True, False, True, False]
    assert rows[1]["problems"] == [
        {
            "severity": "error",
            "kind": "attribute missing",
            "line": 6,
            "element": "tuv",
            "message": '<tuv> has no xml:lang, only "lang"',
            "hint": 'That is its name in TMX 1.1 and 1.2: write "xml:lang" instead of "lang"; '
            "`aligner tmx convert IN OUT` does that.",
        }
    ]
    assert rows[2]["problems"][0]["severity"] == "warning"


def test_standard_input() -> None:
    assert aligner("tmx", "validate", "-", stdin=GOOD.encode()).status == 0
    done = aligner("tmx", "validate", "-", stdin=GOOD.replace("</tu>", "", 1).encode())
    assert done.status == 1
    assert "tag mismatch" in done.out


def test_many_problems_are_summed_up(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text(memory(*[EN] * 30), encoding="utf-8")
    out = aligner("tmx", "validate", path).out
    assert "warning: one language (30 times)" in out
    assert "… and 25 more" in out
    row = json.loads(aligner("tmx", "validate", "--json", "--limit", "7", path).out)
    assert (len(row["problems"]), row["warnings"]) == (7, 30)


def test_the_published_corpus_is_valid() -> None:
    corpus = ARTICLE.parents[1] / "corpora" / "central-asia-news.tmx"
    done = aligner("tmx", "validate", "--json", corpus)
    assert done.status == 0
    assert json.loads(done.out)["problems"] == []
