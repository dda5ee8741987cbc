"""`aligner align`."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from command import Done, aligner
from lxml import etree

from aligner.alignment.evaluate import read
from aligner.formats import exchange

DATA = Path(__file__).parent / "data" / "alignment"
SEED = Path(__file__).parents[1] / "seeds" / "putin-visit-kyrgyzstan.txt"
EN, RU, KY = (DATA / f"lake.{lang}.txt" for lang in ("en", "ru", "ky"))


def align(*arguments: str | Path, stdin: bytes = b"") -> Done:
    return aligner("align", *arguments, stdin=stdin)


@pytest.fixture
def lines(tmp_path: Path) -> tuple[Path, Path]:
    """Two texts with a sentence on each line, and blank lines between paragraphs."""
    texts = (
        "Bishkek is the capital.\n\nOsh has 300 000 people.\nTalas is in the north-west.\n",
        "Бишкек — столица.\n\nВ Оше живёт 300 000 человек.\nТалас — на северо-западе.\n",
    )
    files = tmp_path / "c.en", tmp_path / "c.ru"
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")
    return files


def test_three_texts_as_tmx(tmp_path: Path) -> None:
    out = tmp_path / "lake.tmx"
    done = align(EN, RU, KY, "-o", out)
    assert done.status == 0
    assert done.out == ""
    assert "small starter models" in done.err
    bundle = exchange.read(out)
    units = list(bundle.entries)
    assert bundle.header.source_lang == "en"
    assert len(units) == 7
    merged = units[1]
    assert [one.lang for one in merged.variants] == ["en", "ru", "ky"]
    assert merged.variants[0].text.endswith("In 2024 alone it fell by 11 centimetres.")
    props = dict(merged.props)
    assert 0 < float(props["x-alignment-probability"]) <= 1
    assert props["x-segments"] == "en 2.1 2.2; ru 2.1; ky 2.1 2.2"
    assert aligner("tmx", "validate", out).status == 0


def test_standard_output_and_summary() -> None:
    done = align(EN, RU, "--no-mt", "--format", "jsonl", "--json")
    first = json.loads(done.out.splitlines()[0])
    assert [one["lang"] for one in first["variants"]] == ["en", "ru"]
    summary = json.loads(done.err[done.err.index("{") :])
    assert summary["units"] == summary["units_by_languages"]["en-ru"] == 7
    assert summary["texts"][0] == {"file": str(EN), "lang": "en", "sentences": 8, "unaligned": []}
    assert summary["pairs"]["en-ru"]["models"] == []


def test_tsv(tmp_path: Path) -> None:
    out = tmp_path / "lake.tsv"
    done = align(EN, RU, "-o", out, "--json")
    assert json.loads(done.out)["file"] == str(out)
    assert "no place" not in done.err
    head, *rows = out.read_text(encoding="utf-8-sig").splitlines()
    assert head.split("\t") == ["id", "en", "ru", "x-alignment-probability", "x-segments", "x-kind"]
    assert len(rows) == 7


def test_words() -> None:
    done = align(EN, RU, KY, "--words", "--format", "jsonl")
    assert done.status == 0
    whole = [json.loads(line) for line in done.out.splitlines()]
    props = [dict(one["props"]) for one in whole if len(one["variants"]) == 3]
    names = {f"x-words-{pair}" for pair in ("en-ru", "en-ky", "ru-ky")}
    assert props
    assert all(names <= one.keys() for one in props)
    assert re.fullmatch(r"\d+-\d+( \d+-\d+)*", props[0]["x-words-en-ru"])
    assert align(EN, RU, "--words", "--format", "vecalign").status == 2


def test_beads_count_lines(lines: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "c.beads"
    assert align(*lines, "--presegmented", "-o", out).status == 0
    found = list(read(out.read_text(encoding="utf-8").splitlines()))
    assert [(bead.source, bead.target) for bead in found] == [((i,), (i,)) for i in (0, 2, 3)]
    printed = align(*lines, "--presegmented", "--format", "vecalign").out
    assert printed == out.read_text(encoding="utf-8")


def test_ready_translation(lines: tuple[Path, Path], tmp_path: Path) -> None:
    mt = tmp_path / "mt"
    mt.write_text("Бишкек.\nВ Оше 300 000 человек.\nТалас на севере.\n", encoding="utf-8")
    done = align(*lines, "--presegmented", "--mt", mt, "--format", "vecalign")
    assert done.status == 0
    assert "starter" not in done.err
    mt.write_text("Бишкек.\n", encoding="utf-8")
    done = align(*lines, "--presegmented", "--mt", mt)
    assert done.status == 1
    assert f"{mt}: it has 1 line, and {lines[0]} has 3 sentences in 4 lines" in done.err
    assert align(*lines, "--presegmented", "--mt", mt, "--mt", mt).status == 2


def test_unaligned_sentences(tmp_path: Path) -> None:
    longer = tmp_path / "lake.en.txt"
    footer = "Subscribe to our newsletter and follow us on Facebook!"
    longer.write_text(f"{EN.read_text(encoding='utf-8')}\n{footer}\n", encoding="utf-8")
    done = align(longer, RU, "--format", "jsonl")
    assert footer not in done.out
    assert f"1 of 9 sentences of {longer} are in no unit: 5.1" in done.err
    kept = align(longer, RU, "--format", "jsonl", "--keep-unaligned").out.splitlines()
    assert [one["text"] for one in json.loads(kept[-1])["variants"]] == [footer]


def test_beads_need_no_language(tmp_path: Path) -> None:
    one, other = tmp_path / "a.txt", tmp_path / "b.txt"
    one.write_text("Der Zug nach Paris kommt an.\nWir gehen.\n", encoding="utf-8")
    other.write_text("Le train pour Paris arrive.\nNous partons.\n", encoding="utf-8")
    done = align(one, other, "--presegmented", "--no-mt", "--format", "vecalign")
    assert done.status == 0
    assert [bead.type for bead in read(done.out.splitlines())] == [(1, 1), (1, 1)]
    refused = align(one, other, "--presegmented", "--no-mt", "--format", "tsv")
    assert refused.status == 2
    assert "a.txt: its language does not show" in refused.err


def test_a_few_sentences_that_seem_unrelated_are_aligned_and_that_is_said(tmp_path: Path) -> None:
    one, other = tmp_path / "a.en", tmp_path / "b.ru"
    one.write_text("We like apples.\n", encoding="utf-8")
    other.write_text("Спасибо, хорошо.\n", encoding="utf-8")
    done = align(one, other, "--presegmented", "--no-mt", "--format", "vecalign")
    assert done.status == 0
    assert "so few sentences do not show whether they are translations" in done.err


def test_languages(tmp_path: Path) -> None:
    plain = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for path, source in zip(plain, (EN, KY), strict=True):
        shutil.copy(source, path)
    units = align(*plain, "--no-mt", "--format", "jsonl").out.splitlines()
    assert [one["lang"] for one in json.loads(units[0])["variants"]] == ["en", "ky"]
    done = align(RU, KY, "--langs", "ky,ru", "--no-mt", "-o", tmp_path / "a.tmx")
    assert done.status == 1
    assert "the texts are swapped" in done.err
    assert not (tmp_path / "a.tmx").exists()
    assert align(RU, KY, "--langs", "ky,ru", "--no-mt", "--force").status == 0
    done = align(EN, RU, "--langs", "en,ky")
    assert f"{RU} seems to be in ru, not ky" in done.err


def test_unrelated_texts(tmp_path: Path) -> None:
    out = tmp_path / "a.tmx"
    plot = tmp_path / "a.svg"
    done = align(SEED, RU, "--langs", "en,ru", "-o", out, "--plot", plot, "--report")
    assert done.status == 1
    assert f"{RU}: it does not seem to be a translation of {SEED}" in done.err
    assert "en-ru: " in done.out  # the report
    assert not out.exists()
    assert not plot.exists()
    assert align(SEED, RU, "--langs", "en,ru", "-o", out, "--force").status == 0


def test_report_and_plot(tmp_path: Path) -> None:
    longer = tmp_path / "lake.en.txt"
    more = "\n\n".join(
        f"Unrelated words come here, number {n}." for n in ("one", "two", "six", "ten")
    )
    longer.write_text(f"{EN.read_text(encoding='utf-8')}\n{more}\n", encoding="utf-8")
    plot = tmp_path / "p.svg"
    done = align(longer, RU, KY, "--report", "--plot", plot, "-o", tmp_path / "a.tmx")
    assert "only in the first" in done.out
    assert "en 5.1–8.1 : ru –" in done.out
    for pair in ("en-ru", "en-ky", "ru-ky"):
        etree.parse(tmp_path / f"p.{pair}.svg")
    align(EN, RU, "--plot", plot, "-o", tmp_path / "a.tmx")
    etree.parse(plot)


def test_the_same_file_twice() -> None:
    for call in ((EN, EN), (EN, EN, "--langs", "en,ru")):
        done = align(*call)
        assert (done.status, done.out) == (1, "")
        assert f"{EN}: it is the same text as before" in done.err
    done = align(EN, EN, "--force", "--format", "vecalign")
    assert [line.rpartition(":")[0] for line in done.out.splitlines()] == [
        f"[{i}]:[{i}]" for i in range(8)
    ]
    assert align(EN, EN, "--force", "--format", "jsonl").status == 0
    assert align(EN, EN, "--force", "--format", "tsv").status == 2


def test_realign_inside(tmp_path: Path) -> None:
    memory = tmp_path / "paragraphs.jsonl"
    texts = {
        path.suffixes[0][1:]: path.read_text(encoding="utf-8").split("\n\n") for path in (EN, RU)
    }
    units = zip(*texts.values(), strict=True)
    memory.write_text(
        "".join(
            json.dumps({"id": str(number), **dict(zip(texts, unit, strict=True)), "topic": "lake"})
            + "\n"
            for number, unit in enumerate(units)
        ),
        encoding="utf-8",
    )
    out = tmp_path / "sentences.tmx"
    done = align("--tmx", memory, "-o", out, "--json")
    assert json.loads(done.out) == {"units": 4, "several": 2, "split": 2, "parts": 5}
    found = list(exchange.read(out).entries)
    assert [one.tuid for one in found] == ["0", "1", "2.1", "2.2", "2.3", "3.1", "3.2"]
    assert {("x-topic", "lake")} <= {*found[3].props}
    assert dict(found[3].props)["x-split"] == "2/3"
    done = align("--tmx", memory, "--tmx", memory, "-o", tmp_path / "more.tmx", "--json")
    assert json.loads(done.out)["parts"] == 10
    assert align("--tmx", memory, "-o", memory).status == 2
    assert align("--tmx", memory, EN, "-o", out).status == 2


def test_wrong_calls(tmp_path: Path) -> None:
    copy = tmp_path / "lake.ru.txt"
    shutil.copy(RU, copy)
    for call in (
        (),
        (EN,),
        (EN, RU, "--langs", "en"),
        (EN, RU, "--langs", "en,1"),
        (EN, RU, "-o", tmp_path / "a.xyz"),
        (EN, RU, KY, "--format", "vecalign"),
        (EN, copy, "-o", copy),
        ("-", "-"),
    ):
        assert align(*call).status == 2, call
    assert copy.read_bytes() == RU.read_bytes()


def test_nothing_that_is_read_is_written_over(tmp_path: Path, lines: tuple[Path, Path]) -> None:
    mt, plot = tmp_path / "mt.tmx", tmp_path / "p.svg"
    mt.write_text("Бишкек.\nВ Оше 300 000 человек.\nТалас на севере.\n", encoding="utf-8")
    plot.write_bytes(EN.read_bytes())
    for call in (
        (*lines, "--mt", mt, "-o", mt),
        (*lines, "-o", lines[1], "--format", "tmx"),
        (plot, RU, "--langs", "en,ru", "--plot", plot, "-o", tmp_path / "a.tmx"),
    ):
        before = {path: path.read_bytes() for path in (*lines, mt, plot)}
        done = align(*call, "--presegmented")
        assert done.status == 2
        assert "what is read would be overwritten" in done.err
        assert {path: path.read_bytes() for path in before} == before
    assert not (tmp_path / "a.tmx").exists()


def test_nothing_is_written_where_something_cannot_be(tmp_path: Path) -> None:
    out, plot = tmp_path / "a.tmx", tmp_path / "p.svg"
    assert align(EN, RU, "--no-mt", "-o", tmp_path / "no" / "a.tmx", "--plot", plot).status == 1
    assert align(EN, RU, "--no-mt", "-o", out, "--plot", tmp_path / "no" / "p.svg").status == 1
    assert align(EN, RU, "--no-mt", "-o", out, "--plot", tmp_path / "p.pdf").status == 2
    assert list(tmp_path.iterdir()) == []


def test_a_moved_passage(tmp_path: Path) -> None:
    """Three texts, of which the last has its second half first."""
    import random

    files = [tmp_path / f"a.{lang}" for lang in ("en", "ru", "ky")]
    noise = random.Random(5)
    names = ["".join(noise.choices("abdegiklmnoprstuvz", k=7)).title() for _ in range(120)]
    texts = [" ".join(names[i : i + 4]) + "." for i in range(0, 120, 4)]
    for file, order in zip(
        files, (range(30), range(30), [*range(15, 30), *range(15)]), strict=True
    ):
        file.write_text("".join(f"{texts[i]}\n" for i in order), encoding="utf-8")
    call = (*files, "--presegmented", "--no-mt", "--force", "--format", "jsonl")
    done = align(*call)
    assert "ru-ky: 1 passage found elsewhere in the other text" in done.err
    assert "--allow-moves aligns them" in done.err
    assert "moved, " in align(*call, "--report", "-o", tmp_path / "a.jsonl").out
    done = align(*call, "--allow-moves")
    assert "--allow-moves" not in done.err
    units = [dict(json.loads(line)["props"])["x-segments"] for line in done.out.splitlines()]
    assert units == [f"en 1.{i + 1}; ru 1.{i + 1}; ky 1.{(i + 15) % 30 + 1}" for i in range(30)]


def test_bad_texts(tmp_path: Path) -> None:
    empty = tmp_path / "e.ru.txt"
    empty.write_text("", encoding="utf-8")
    for other in (empty, tmp_path / "none.ru.txt"):
        done = align(EN, other)
        assert done.status == 1
        assert str(other) in done.err
