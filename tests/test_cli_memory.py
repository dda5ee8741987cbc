"""`aligner memory`, and the memories of `aligner run`."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from command import ARTICLE, aligner, contents

TMX = """<tmx version="1.4"><header srclang="en"/><body>
<tu><tuv xml:lang="en"><seg>The president arrived in Osh on 5 May.</seg></tuv>
<tuv xml:lang="ru"><seg>Президент прибыл в Ош 5 мая.</seg></tuv>
<tuv xml:lang="ky"><seg>Президент Ошко 5-майда келди.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>He left.</seg></tuv><tuv xml:lang="ru"><seg>Он уехал.</seg></tuv></tu>
</body></tmx>
"""


@pytest.fixture
def tmx(tmp_path: Path) -> Path:
    path = tmp_path / "client.tmx"
    path.write_text(TMX, encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path, tmx: Path) -> Path:
    path = tmp_path / "client.db"
    done = aligner("memory", "build", path, tmx)
    assert done.status == 0
    assert done.out == "1 file taken up, 0 unchanged: 2 units\n"
    return path


def test_build_again(store: Path, tmx: Path) -> None:
    assert aligner("memory", "build", store, tmx).out.startswith("0 files taken up, 1 unchanged")
    tmx.write_text(TMX.replace("уехал", "ушёл"), encoding="utf-8")
    assert aligner("memory", "build", store, tmx.parent).out.startswith("1 file taken up, 0")
    assert "Он ушёл." in aligner("memory", "search", store, "He left.").out


def test_search(store: Path) -> None:
    done = aligner("memory", "search", store, "The president arrived in Osh on 6 May.")
    assert done.status == 0
    assert done.out.splitlines()[:2] == [
        " 87 % The president arrived in Osh on 5 May.",
        "      Президент прибыл в Ош 5 мая.",
    ]
    command = ("memory", "search", store, "--from", "ky", "--to", "en", "--json", "-")
    done = aligner(*command, stdin="Президент Ошко 5-майда келди.\n".encode())
    [match] = json.loads(done.out)
    assert (match["rate"], match["target"]) == (100, "The president arrived in Osh on 5 May.")
    assert match["file"].endswith("client.tmx")


def test_no_match(store: Path) -> None:
    done = aligner("memory", "search", store, "Quite another thing.")
    assert (done.status, done.out, done.err) == (1, "", "no match\n")
    assert json.loads(aligner("memory", "search", store, "Quite another", "--json").out) == []
    assert aligner("memory", "search", store, "x", "--to", "zz9!").status == 2


def test_stats(store: Path, tmx: Path) -> None:
    found = json.loads(aligner("memory", "stats", store, "--json").out)
    assert found["units"] == 2
    assert found["texts"] == {"en": 2, "ky": 1, "ru": 2}
    assert found["files"] == {str(tmx.resolve()): 2}
    assert "2 units, texts: 2 en, 1 ky, 2 ru" in aligner("memory", "stats", store).out


def test_remove(store: Path, tmx: Path) -> None:
    done = aligner("memory", "remove", store, tmx.parent / "other.tmx")
    assert done.status == 2
    assert "not in the memory" in done.err
    assert aligner("memory", "remove", store, tmx).out == "1 file forgotten; left: 0 units\n"
    assert aligner("memory", "search", store, "He left.").status == 1


def test_a_damaged_file(store: Path, tmx: Path) -> None:
    broken = tmx.with_name("broken.tmx")
    broken.write_text(TMX[:-20], encoding="utf-8")
    another = shutil.copy(tmx, tmx.with_name("z.tmx"))
    done = aligner("memory", "build", store, broken, another)
    assert done.status == 1
    assert "broken.tmx" in done.err
    assert done.out == "1 file taken up, 0 unchanged: 4 units\n"
    files = json.loads(aligner("memory", "stats", store, "--json").out)["files"]
    assert [Path(name).name for name in files] == [tmx.name, "z.tmx"]


def test_a_file_that_was_mended(tmp_path: Path, tmx: Path) -> None:
    tmx.write_text(TMX.replace("</seg>", "&#0;</seg>", 1), encoding="utf-8")
    done = aligner("memory", "build", tmp_path / "new.db", tmx)
    assert done.status == 0
    assert done.out == "1 file taken up, 0 unchanged: 2 units\n"
    assert "warning: " in done.err
    assert "U+0000" in done.err


def test_no_store(tmx: Path) -> None:
    done = aligner("memory", "search", tmx, "He left.")
    assert done.status == 1
    assert "aligner memory build" in done.err
    assert aligner("memory", "stats", tmx.with_name("none.db")).status == 1


def test_the_database_of_another_program_stays_as_it_is(tmp_path: Path, tmx: Path) -> None:
    other = tmp_path / "other" / "app.db"
    other.parent.mkdir()
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE mail (text TEXT)")
    before = contents(other.parent)
    done = aligner("memory", "build", other, tmx)
    assert done.status == 1
    assert "no translation memory" in done.err
    assert contents(other.parent) == before


def test_a_folder_is_no_store(tmp_path: Path, tmx: Path) -> None:
    for place in (tmp_path, "."):
        done = aligner("memory", "build", place, tmx)
        assert (done.status, done.out) == (1, "")
        assert "this is a folder" in done.err


def test_the_sentence_from_standard_input(store: Path) -> None:
    done = aligner("memory", "search", store, "-", stdin=b"He left.\n")
    assert done.status == 0
    assert done.out.startswith("100 % He left.")
    done = aligner("memory", "search", store, "-", stdin=b"He left \xff.")
    assert done.status == 1
    assert done.err.startswith("error: stdin")


# aligner run --memory


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("news.txt").write_text("The president arrived in Osh on 6 May. He left.", "utf-8")
    return tmp_path


def run(*arguments: str) -> dict[str, object]:
    done = aligner("run", "news.txt", "--to", "ru", "--out", "out", "--json", *arguments)
    assert done.status == 0, done.err
    summary: dict[str, object] = json.loads(done.out)
    return summary


def test_run_with_a_memory(folder: Path, tmx: Path) -> None:
    summary = run("--memory", str(tmx))
    assert summary["memories"] == [str(tmx)]
    assert summary["matches"] == {"ru": {"context": 0, "exact": 1, "mended": 1, "offered": 0}}
    assert summary["least_certain"] == []
    lines = (folder / "out" / "news.jsonl").read_text("utf-8").splitlines()
    targets = [json.loads(line)["targets"]["ru"] for line in lines]
    assert [target["text"] for target in targets] == ["Президент прибыл в Ош 6 мая.", "Он уехал."]
    assert [target["match"] for target in targets] == [99, 100]
    written = (folder / "out" / "news.en-ru.tmx").read_text("utf-8")
    assert '<prop type="x-memory">client.tmx@' in written
    assert '<prop type="x-match">99</prop>' in written
    done = aligner("run", "news.txt", "--to", "ru", "--out", "again", "--memory", tmx)
    assert "ru: 1 exact, 1 mended" in done.out
    assert "Least certain" not in done.out


def test_the_folder_memory_is_used_by_itself(folder: Path, tmx: Path) -> None:
    assert run()["memories"] == []
    (folder / "memory").mkdir()
    assert run("--force")["memories"] == []
    tmx.rename(folder / "memory" / "client.tmx")
    assert run("--force")["memories"] == ["memory"]
    assert run("--force", "--no-memory")["memories"] == []
    done = aligner("run", "news.txt", "--no-memory", "--memory", "x.tmx")
    assert done.status == 2
    assert "exclude each other" in done.err


def test_translate_with_a_memory(folder: Path, tmx: Path) -> None:
    done = aligner("translate", "--to", "ru", "--memory", tmx, folder / "news.txt")
    assert done.out == "Президент прибыл в Ош 6 мая. Он уехал."


# The article, by the starter models

WARRANT = {
    "ru": "17 марта 2023 года Международный уголовный суд в Гааге выдал ордер на арест Путина.",
    "ky": "2023-жылдын 17-мартында Гаагадагы сот Путинди камакка алууга ордер берди.",
}


def edited(made: Path, memory: Path) -> None:
    """What comes back from a translator: all is seen, some is changed."""
    rows = [json.loads(line) for line in made.read_text("utf-8").splitlines()]
    for row in rows:
        for lang, target in row["targets"].items():
            target["origin"] = "post-edited"
            target["editor"] = "Aida Asanova"
            if "March 17, 2023" in row["source"]:
                target["text"] = WARRANT[lang]
    memory.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def test_the_article_again(tmp_path: Path) -> None:
    assert aligner("run", ARTICLE, "--out", tmp_path / "first", "--no-glossary").status == 0
    memory = tmp_path / "edited.jsonl"
    edited(tmp_path / "first" / f"{ARTICLE.stem}.jsonl", memory)

    def again(text: str, out: str) -> dict[str, dict[str, int]]:
        source = tmp_path / f"{out}.txt"
        source.write_text(text, "utf-8")
        more = ("--out", tmp_path / out, "--no-glossary", "--memory", memory, "--json")
        matches: dict[str, dict[str, int]] = json.loads(aligner("run", source, *more).out)[
            "matches"
        ]
        return matches

    text = ARTICLE.read_text("utf-8")
    all_the_same = {"context": 85, "exact": 0, "mended": 0, "offered": 0}
    assert again(text, "same") == {"ru": all_the_same, "ky": all_the_same}
    newer = text.replace("March 17, 2023", "May 27, 2024").replace("leaders", "chiefs")
    for matches in again(newer, "newer").values():
        assert matches["mended"] == 1
        assert matches["offered"] == 2
        assert matches["context"] + matches["exact"] >= 70
