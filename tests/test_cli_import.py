"""`aligner import`: out to a translator's tool, edited there, and home again."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from command import ARTICLE, Done, aligner, contents, process
from lxml import etree

from aligner import results
from aligner.entries import Entry
from aligner.formats import exchange, units
from aligner.journal import Journal
from aligner.records import Bitext, Origin, Target

NAME = ARTICLE.stem
TRILINGUAL = f"{NAME}.en-ru-ky.tmx"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DATE = "20301123T101500Z"  # later than the run
LANGS = ("ru", "ky")

Texts = Mapping[str, str]  # by source text


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run on the article wrote: to be copied, not touched."""
    out = tmp_path_factory.mktemp("made") / "out"
    assert aligner("run", ARTICLE, "--out", out).status == 0
    return out


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(made, tmp_path / "out")


def whole(place: Path) -> bool:
    """Whether the sums hold, and all files show the same bitext."""
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    done = subprocess.run(check, cwd=place, capture_output=True, check=False)
    bitext = results.load(place)
    listed = {line.split()[1] for line in (place / "SHA256SUMS").read_text().splitlines()}
    return (
        done.returncode == 0
        and {path.name for path in place.iterdir()} == {*listed, "SHA256SUMS"}
        and all(agrees(path, bitext) for path in place.glob("*.tmx"))
    )


def agrees(path: Path, bitext: Bitext) -> bool:
    """Whether a TMX of the folder shows a bitext's targets, with drafts, editors and dates."""
    langs = path.name.split(".")[-2].split("-")[1:]
    shown = {entry.tuid: units.unit(entry).targets for entry in exchange.read(path).entries}
    ours = {
        units.tuid(bitext.document, unit.source): {
            lang: unit.targets[lang] for lang in langs if lang in unit.targets
        }
        for unit in bitext.units
    }
    return shown == {name: targets for name, targets in ours.items() if targets}


def a_persons(place: Path) -> dict[tuple[str, str], Target]:
    """The targets that a person has changed or approved, by segment and language."""
    return {
        (unit.source.id, lang): target
        for unit in results.load(place).units
        for lang, target in unit.targets.items()
        if target.origin is not Origin.MT
    }


def report(done: Done) -> dict[str, Any]:
    assert done.status == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def project_save(
    path: Path, lang: str, edited: Texts, untouched: Mapping[str, Target] | None = None
) -> Path:
    """What OmegaT saves: TMX 1.1, the units that were touched and those of tm/auto, by text."""
    person = f'changeid="aida" changedate="{DATE}"'
    rows = [(source, text, person, "aida", DATE) for source, text in edited.items()]
    for source, target in (untouched or {}).items():
        if source not in edited:
            date, maker = "20261123T101500Z", target.model
            mark = f'changeid="{maker}" changedate="{date}"'
            rows.append((source, target.text, mark, maker, date))
    body = "".join(
        f'    <tu>\n      <tuv lang="EN">\n        <seg>{escape(source)}</seg>\n      </tuv>\n'
        f'      <tuv lang="{lang}" {mark} creationid="{maker}" creationdate="{date}">\n'
        f"        <seg>{escape(text)}</seg>\n      </tuv>\n    </tu>\n"
        for source, text, mark, maker, date in sorted(rows)
    )
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx11.dtd">\n'
        '<tmx version="1.1">\n  <header creationtool="OmegaT" o-tmf="OmegaT TMX" '
        'adminlang="EN-US" datatype="plaintext" creationtoolversion="6.0.0_0_abc" '
        'segtype="sentence" srclang="EN"/>\n  <body>\n<!-- Default translations -->\n'
        f"{body}<!-- Alternative translations -->\n  </body>\n</tmx>\n",
        encoding="utf-8",
    )
    return path


def edits(bitext: Bitext, lang: str, seed: int, number: int = 20) -> dict[str, str]:
    """What a translator makes of some units, whose sentences stand once: three are left as is."""
    chance = random.Random(seed)
    sources = [unit.source.text for unit in bitext.units]
    once = [unit for unit in bitext.units if sources.count(unit.source.text) == 1]
    changes: Sequence[Callable[[str], str]] = (
        lambda text: text,
        lambda text: text + " «дагы» & <b> \"x\" 'y' \u00a0&amp;",
        lambda text: " ".join(reversed(text.split())),
        lambda _: "Бүтүндөй башка сүйлөм.",
        lambda text: text.replace("и", "ы", 1) + ".",
    )
    return {
        unit.source.text: changes[max(0, index - 2) % len(changes)](unit.targets[lang].text)
        for index, unit in enumerate(chance.sample(once, number))
    }


# Home again


@pytest.mark.parametrize(("lang", "code"), [("ru", "RU"), ("ky", "KY-KG")])
@pytest.mark.parametrize("with_untouched", [False, True])
def test_a_project_of_omegat(
    place: Path, tmp_path: Path, lang: str, code: str, with_untouched: bool
) -> None:
    before = results.load(place)
    edited = edits(before, lang, seed=1)
    untouched = {unit.source.text: unit.targets[lang] for unit in before.units}
    saved = project_save(
        tmp_path / "project_save.tmx", code, edited, untouched if with_untouched else None
    )
    found = report(aligner("import", place, saved, "--json"))
    by_id = {unit.source.id: unit for unit in before.units}
    assert {by_id[one["unit"]].source.text: one["text"] for one in found["changes"]} == edited
    figures = found["languages"][lang]
    assert figures["kept"] == sum(
        text == unit.targets[lang].text
        for unit in before.units
        if (text := edited.get(unit.source.text))
    )
    assert figures["kept"] + figures["light"] + figures["rewritten"] == 20
    assert figures["untouched" if with_untouched else "missing"] == 85 - 20
    assert 0 < figures["hter"] < 1.5
    assert found["unmatched"] == found["conflicts"] == []

    after = results.load(place)
    assert len(after.units) == 85
    for old, new in zip(before.units, after.units, strict=True):
        assert old.source == new.source
        text = edited.get(old.source.text)
        for key, target in new.targets.items():
            if key != lang or text is None:
                assert target == old.targets[key]
            else:
                assert (target.text, target.draft) == (text, old.targets[key].text)
                assert (target.editor, target.edited) == ("aida", "2030-11-23T10:15:00Z")
                assert target.origin is Origin.POST_EDITED
    assert whole(place)


def test_three_languages_in_one_file(place: Path, tmp_path: Path) -> None:
    before = results.load(place)
    edited = {lang: edits(before, lang, seed) for seed, lang in enumerate(LANGS)}
    tree = etree.parse(place / TRILINGUAL)
    for unit in tree.iter("tu"):
        source, *targets = unit.iter("tuv")
        for target in targets:
            text = edited[target.get(LANG)].get(source.findtext("seg"))
            if text is not None:
                target.find("seg").text = text
                target.set("changeid", "aida")
                target.set("changedate", DATE)
    tree.write(tmp_path / "edited.tmx", encoding="UTF-16")
    found = report(aligner("import", place, tmp_path / "edited.tmx", "--json"))
    assert [one["lang"] for one in found["changes"]].count("ru") == 20
    assert [one["lang"] for one in found["changes"]].count("ky") == 20
    for lang in LANGS:
        assert found["languages"][lang]["untouched"] == 65
    for old, new in zip(before.units, results.load(place).units, strict=True):
        for lang in LANGS:
            expected = edited[lang].get(old.source.text, old.targets[lang].text)
            assert new.targets[lang].text == expected
    assert len(a_persons(place)) == 40
    assert whole(place)


@pytest.mark.parametrize("format", ["xliff-1.2", "xliff-2.1"])
def test_xliff(place: Path, tmp_path: Path, format: str) -> None:  # noqa: A002
    before = results.load(place)
    path = tmp_path / "a.xlf"
    with path.open("wb") as file:
        exchange.write(file, exchange.read(place / TRILINGUAL), format, ["en", "ky"])
    nothing = report(aligner("import", place, path, "--json", "--dry-run"))
    assert nothing["languages"]["ky"]["untouched"] == 85
    tree = etree.parse(path)
    edited = edits(before, "ky", seed=3)
    for source in list(tree.iter("{*}source")):
        node, parent = source.getnext(), source.getparent()
        if etree.QName(parent).localname not in {"segment", "trans-unit"}:
            continue  # a candidate
        if (text := edited.get(source.text)) is not None:
            node.text = text
            (parent if format == "xliff-2.1" else node).set("state", "final")
    tree.write(path)
    found = report(aligner("import", place, path, "--editor", "Айда", "--json"))
    ours = {unit.source.id: unit.source.text for unit in before.units}
    assert {ours[one["unit"]]: one["text"] for one in found["changes"]} == edited
    assert {target.editor for target in a_persons(place).values()} == {"Айда"}
    assert all(target.edited for target in a_persons(place).values())
    assert whole(place)


def test_the_same_file_twice(place: Path, tmp_path: Path) -> None:
    saved = project_save(tmp_path / "s.tmx", "KY", edits(results.load(place), "ky", seed=4))
    first = report(aligner("import", place, saved, "--json"))
    before = contents(place)
    again = report(aligner("import", place, saved, "--json"))
    assert contents(place) == before
    assert again["languages"]["ky"]["known"] == 20
    assert again["languages"]["ky"]["hter"] == first["languages"]["ky"]["hter"]
    ours = report(aligner("import", place, place / TRILINGUAL, "--json"))
    assert contents(place) == before
    assert ours["languages"]["ky"] == again["languages"]["ky"] | {"untouched": 65, "missing": 0}


def test_a_new_language(place: Path, tmp_path: Path) -> None:
    source = results.load(place).units[0].source.text
    saved = project_save(tmp_path / "s.tmx", "de-AT", {source: "Putins Besuch"})
    russian = project_save(tmp_path / "ru.tmx", "ru", {source: "Приезд Путина"})
    found = report(aligner("import", place, saved, russian, "--json"))
    assert found["languages"]["de"] | {"new": 1, "missing": 84} == found["languages"]["de"]
    names = {path.name for path in place.glob("*.tmx")}
    assert names >= {f"{NAME}.en-de.tmx", f"{NAME}.en-ru-ky-de.tmx", TRILINGUAL}
    target = results.load(place).units[0].targets["de"]
    assert (target.text, target.origin, target.editor) == ("Putins Besuch", Origin.HUMAN, "aida")
    assert whole(place)


def test_characters_that_xml_cannot_hold(place: Path) -> None:
    """Files show the texts without them: that is no edit."""
    path = place / f"{NAME}.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for line in lines:
        line["source"], line["targets"]["ru"]["text"] = (
            text[:-1] + "\a" + text[-1] for text in (line["source"], line["targets"]["ru"]["text"])
        )
        line["stop"] += 1
    starts: dict[int, int] = {}  # the characters put in move what comes after
    for line in lines:
        moved = starts.get(line["block"], 0)
        starts[line["block"]] = moved + 1
        line["start"], line["stop"] = line["start"] + moved, line["stop"] + moved
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    found = report(aligner("import", place, place / TRILINGUAL, "--dry-run", "--json"))
    assert found["languages"]["ru"]["untouched"] == 85
    assert found["unmatched"] == []


def test_the_report(place: Path, tmp_path: Path) -> None:
    unit = results.load(place).units[1]
    saved = project_save(
        tmp_path / "s.tmx",
        "RU",
        {unit.source.text: unit.targets["ru"].text + " Вот!", "No such text.": "Нет."},
    )
    done = aligner("import", place, saved, "--dry-run")
    assert done.status == 0
    assert f"{saved}: 2 units, 1 of this article\n" in done.out
    assert re.search(r"^ru +0 +1 +0 +0 +0 +0 +0 +84 +0\.\d\d$", done.out, re.MULTILINE)
    assert "\nky  is in none of the files\n" in done.out
    assert "4.1 ru edited lightly: 2 words, TER 0." in done.out
    assert f"    - {unit.targets['ru'].text}\n    + {unit.targets['ru'].text} Вот!\n" in done.out
    assert "Of no unit of this article: 1\n" in done.out
    assert "the source text is not that of any unit\n    No such text. | Нет.\n" in done.out
    assert done.out.endswith("Nothing was written.\n")


def test_the_report_shows_what_was_changed(place: Path, tmp_path: Path) -> None:
    units = results.load(place).units
    long = next(one for one in units if len(one.targets["ru"].text) > 150)
    kept = next(one for one in units if len(one.targets["ru"].text) < 80)
    edited = {
        long.source.text: long.targets["ru"].text + " Вот!",
        kept.source.text: kept.targets["ru"].text,
    }
    saved = project_save(tmp_path / "s.tmx", "RU", edited)
    done = aligner("import", place, saved, "--dry-run", "--editor", "Бермет")
    end = long.targets["ru"].text[-15:]
    assert re.search(rf"\n    - ….*{re.escape(end)}\n    \+ ….*{re.escape(end)} Вот!\n", done.out)
    assert f"\n    = {kept.targets['ru'].text}\n" in done.out
    assert done.out.count(", Бермет, ") == 2
    assert "aida" not in done.out


def test_what_belongs_nowhere_goes_over_no_work(place: Path, tmp_path: Path) -> None:
    saved = shutil.copy(place / TRILINGUAL, tmp_path / "edited.tmx")
    for path in (Path(saved), place / f"{NAME}.jsonl", place / TRILINGUAL):
        before = path.read_bytes()
        done = aligner("import", place, saved, "--unmatched", path)
        assert (done.status, path.read_bytes()) == (2, before)
        assert "would be overwritten" in done.err


def test_what_was_exported_before_the_last_run(place: Path, tmp_path: Path) -> None:
    """The machine's text in it is nobody's edit, a person's is."""
    unit = results.load(place).units[1]
    bundle = exchange.read(place / f"{NAME}.en-ru.tmx")
    path = tmp_path / "before.tmx"
    with path.open("wb") as file:
        exchange.write(file, replace(bundle, entries=map(of_another_day, bundle.entries)), "tmx")
    found = report(aligner("import", place, path, "--dry-run", "--json"))["languages"]["ru"]
    assert (found["untouched"], found["light"], found["rewritten"]) == (85, 0, 0)
    saved = project_save(tmp_path / "s.tmx", "RU", {unit.source.text: "Мой текст."})
    found = report(aligner("import", place, path, saved, "--dry-run", "--json"))["languages"]["ru"]
    assert (found["untouched"], found["rewritten"]) == (84, 1)


def of_another_day(entry: Entry) -> Entry:
    """What a run of an earlier day, with other settings, may have made."""
    source, target = entry.variants
    dated = {**dict(target.attributes), "creationdate": "20200101T101500Z"}
    text = f"{target.text} А раньше иначе."
    made = replace(target, text=text, inline=None, attributes=tuple(dated.items()))
    return replace(entry, variants=(source, made))


def test_a_dry_run_writes_nothing(place: Path, tmp_path: Path) -> None:
    before = contents(place)
    saved = project_save(tmp_path / "s.tmx", "KY", edits(results.load(place), "ky", seed=5))
    found = report(aligner("import", place, saved, "--dry-run", "--json"))
    assert (len(found["changes"]), found["written"]) == (20, [])
    assert contents(place) == before


def test_of_two_files_the_newest_edit_holds(place: Path, tmp_path: Path) -> None:
    source = results.load(place).units[0].source.text
    newer = project_save(tmp_path / "newer.tmx", "RU", {source: "Новее"})
    older = project_save(tmp_path / "older.tmx", "RU", {source: "Старее"})
    older.write_text(older.read_text("utf-8").replace("20301123", "20301122"), encoding="utf-8")
    for order in ([newer, older], [older, newer]):
        found = report(aligner("import", place, *order, "--json", "--dry-run"))
        assert [one["text"] for one in found["changes"]] == ["Новее"]
        [conflict] = found["conflicts"]
        assert conflict["taken"]["file"] == str(newer)
        assert conflict["other"]["text"] == "Старее"
    assert "Edited in two ways" in aligner("import", place, newer, older).out
    done = aligner("import", place, older)
    assert "The bitext has a later edit" in done.out
    assert a_persons(place)["3.1", "ru"].text == "Новее"
    assert aligner("import", place, older, "--force").status == 0
    assert a_persons(place)["3.1", "ru"].text == "Старее"


def test_standard_input(place: Path, tmp_path: Path) -> None:
    saved = project_save(tmp_path / "s.tmx", "KY", edits(results.load(place), "ky", seed=6))
    found = report(aligner("import", place, "-", "--json", stdin=saved.read_bytes()))
    assert len(found["changes"]) == 20


# What a person did is not lost


def test_a_later_run_leaves_the_edits(place: Path, tmp_path: Path) -> None:
    edited = edits(results.load(place), "ky", seed=7)
    aligner("import", place, project_save(tmp_path / "s.tmx", "KY", edited))
    before = contents(place)
    for langs in (["--to", "ru"], ["--to", "ky"], []):
        done = aligner("run", ARTICLE, "--out", place, *langs)
        assert done.status == 1
        assert "edits of 20 translations are in it" in done.err
        assert "--force" in done.err
        assert contents(place) == before
    assert aligner("run", ARTICLE, "--out", place, "--force").status == 0
    assert a_persons(place) == {}


def test_a_run_that_was_cut_off_can_still_go_on(place: Path, tmp_path: Path) -> None:
    """An import neither needs nor harms what the run has done until then."""
    (place / ".run").mkdir()
    journal = place / ".run" / "journal.jsonl"
    journal.write_bytes(b'{"signature": {"beam": "9"}, "started": "2026-01-01T00:00:00+00:00"}\n')
    whole_line = b'{"batch": "ky 0", "translations": []}\n'
    journal.write_bytes(journal.read_bytes() + whole_line + b'{"batch": "ky')
    saved = project_save(tmp_path / "s.tmx", "KY", edits(results.load(place), "ky", seed=8))
    assert aligner("import", place, saved).status == 0
    with Journal(journal, {"beam": "9"}) as taken_up:
        assert taken_up.resumed
        assert "ky 0" in taken_up


def test_a_file_that_was_edited_in_its_place(place: Path) -> None:
    path = place / f"{NAME}.en-ru.tmx"
    text = path.read_text("utf-8")
    seg = re.findall("<seg>(.*)</seg>", text)[1]
    path.write_text(text.replace(seg, "Визит Путина"), encoding="utf-8")
    before = contents(place)
    done = aligner("import", place, place / TRILINGUAL)
    assert done.status == 1
    assert f"edited since aligner wrote it: {path.name}" in done.err
    assert contents(place) == before
    found = report(aligner("import", place, path, "--json"))
    assert [one["text"] for one in found["changes"]] == ["Визит Путина"]
    assert whole(place)


def test_a_unit_that_was_added_there(place: Path, tmp_path: Path) -> None:
    path, kept = place / f"{NAME}.en-ru.tmx", tmp_path / "kept.tmx"
    tuvs = (("en", "New &amp; old."), ("ru", "Новое."))
    unit = "".join(f'<tuv xml:lang="{lang}"><seg>{seg}</seg></tuv>' for lang, seg in tuvs)
    text = path.read_text("utf-8").replace("</body>", f"<tu>{unit}</tu></body>")
    path.write_text(text, encoding="utf-8")
    before = contents(place)
    done = aligner("import", place, path)
    assert (done.status, contents(place)) == (1, before)
    assert "1 of its units belong nowhere" in done.err
    assert aligner("import", place, path, "--unmatched", kept).status == 0
    [entry] = exchange.read(kept).entries
    assert [variant.text for variant in entry.variants] == ["New & old.", "Новое."]
    assert whole(place)


# Wrong files


def damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2000])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def without_units(path: Path) -> None:
    path.write_text(re.sub("<tu>.*</tu>", "", path.read_text("utf-8"), flags=re.DOTALL), "utf-8")


def in_other_languages(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace('"EN"', '"FR"'), "utf-8")


def of_another_article(path: Path) -> None:
    text = re.sub("(EN.*\n.*<seg>)", "\\1But ", path.read_text("utf-8"))
    path.write_text(text, "utf-8")


def bomb(path: Path) -> None:
    entity = '<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    text = path.read_text("utf-8").replace('<!DOCTYPE tmx SYSTEM "tmx11.dtd">', entity)
    path.write_text(text.replace("</seg>", "&b;</seg>"), "utf-8")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (damaged, r"s\.tmx:\d+: .*; 1\d units could be read"),
        (emptied, r"s\.tmx"),
        (without_units, "the file has no units"),
        (
            in_other_languages,
            "0 of its 20 units .*\nThe first of the others: there is no text in en",
        ),
        (of_another_article, "0 of its 20 units are among the 85"),
        (bomb, "0 of its 20 units"),
        (Path.unlink, "cannot read the file"),
    ],
)
def test_files_that_are_refused(
    place: Path, tmp_path: Path, spoil: Callable[[Path], object], reason: str
) -> None:
    saved = project_save(tmp_path / "s.tmx", "KY", edits(results.load(place), "ky", seed=9))
    spoil(saved)
    before = contents(place)
    done = aligner("import", place, saved)
    assert done.status == 1
    assert re.search(reason, done.err), done.err
    assert contents(place) == before
    assert not (place / ".run").exists()


def test_a_file_that_could_be_mended(place: Path, tmp_path: Path) -> None:
    edited = edits(results.load(place), "ky", seed=10)
    saved = project_save(tmp_path / "s.tmx", "KY", edited)
    saved.write_bytes(saved.read_bytes().replace(b"</seg>", b"&#0;</seg>"))
    done = aligner("import", place, saved)
    assert done.status == 0
    assert "warning: " in done.err
    assert {target.text for target in a_persons(place).values()} == set(edited.values())
    assert whole(place)


def test_what_stands_before_the_damage(place: Path, tmp_path: Path) -> None:
    edited = edits(results.load(place), "ky", seed=10)
    saved = project_save(tmp_path / "s.tmx", "KY", edited)
    damaged(saved)
    done = aligner("import", place, saved, "--force")
    assert done.status == 0
    assert "units that could be read are taken" in done.err
    there = {target.text for target in a_persons(place).values()}
    assert 10 < len(there) < 20
    assert there < set(edited.values())
    assert whole(place)


def test_no_folder_of_results(tmp_path: Path) -> None:
    saved = project_save(tmp_path / "s.tmx", "KY", {"a": "b"})
    done = aligner("import", tmp_path / "nowhere", saved)
    assert (done.status, "no such folder" in done.err) == (1, True)
    assert not (tmp_path / "nowhere").exists()
    assert aligner("import", tmp_path, saved).status == 1
    assert aligner("import", tmp_path).status == 2


# Two at once, and cut off


def test_while_another_is_writing(place: Path, tmp_path: Path) -> None:
    saved = project_save(tmp_path / "s.tmx", "KY", edits(results.load(place), "ky", seed=11))
    before = contents(place)
    (place / ".run").mkdir()
    with Journal(place / ".run" / "journal.jsonl", {}):
        done = aligner("import", place, saved)
    assert done.status == 1
    assert "another run is writing to this folder, or an import" in done.err
    assert contents(place).items() >= before.items()
    assert aligner("import", place, saved).status == 0
    assert whole(place)


def test_two_imports_at_once(place: Path, tmp_path: Path) -> None:
    before = results.load(place)
    files = [
        project_save(tmp_path / f"{lang}.tmx", lang, edits(before, lang, seed=12)) for lang in LANGS
    ]
    started = [process("import", place, file) for file in files * 2]
    ended = [(one.communicate()[1], one.returncode) for one in started]
    assert all(status == 0 or b"another run is writing" in error for error, status in ended)
    assert whole(place)
    done = {lang for _, lang in a_persons(place)}
    taken = {lang for lang, (_, status) in zip(LANGS * 2, ended, strict=True) if status == 0}
    assert taken
    assert done == taken
    for file in files:
        assert aligner("import", place, file).status == 0
    assert len(a_persons(place)) == 40


# Imports a file into copies of a folder; each child dies, as by SIGKILL, one file operation later.
DRIVER = """
import os, shutil, signal, sys
from pathlib import Path
from aligner import results  # now, and not once in each child
from aligner.cli import main
from aligner.curation import distance
from aligner.formats import exchange

distance.rate("a b", "b c")
list(exchange.read(sys.argv[2]).entries)
made, saved, out = map(Path, sys.argv[1:])
step, alive = 0, True
while alive:
    step += 1
    place = out / str(step)
    shutil.copytree(made, place)
    child = os.fork()
    if child == 0:
        left = step
        def hook(event, arguments):
            global left
            if event.split(".")[0] in ("os", "open") and str(arguments[0]).startswith(str(place)):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(hook)
        sys.argv[1:] = ["import", str(place), str(saved)]
        sys.stdout = open(os.devnull, "w")
        main()
        os._exit(0)
    alive = os.waitpid(child, 0)[1] != 0
print(step)
"""


def test_killed_at_every_step(tmp_path: Path) -> None:
    """Whatever a kill leaves, the same command mends, and no run takes it for its own."""
    article, made, out = tmp_path / "article.txt", tmp_path / "made", tmp_path / "killed"
    article.write_text("It rained in Osh. He left.\n\nThey stayed at home.\n", encoding="utf-8")
    aligner("run", article, "--out", made)
    saved = project_save(tmp_path / "s.tmx", "KY", edits(results.load(made), "ky", 13, number=2))
    command = [sys.executable, "-c", DRIVER, made, saved, out]
    steps = int(subprocess.run(command, capture_output=True, check=True).stdout)
    assert 15 < steps < 150
    complete = contents(out / str(steps))
    untouched = contents(made)
    for step in range(1, steps):
        place = out / str(step)
        files = {path.name: path.read_bytes() for path in place.iterdir() if path.is_file()}
        hidden = {name for name in files if name.startswith(".")}
        for name, data in files.items():
            assert name in hidden or data in (untouched[name], complete[name])
        begun = any(files[name] != untouched[name] for name in untouched if name != "SHA256SUMS")
        if step % 5 == 0:
            again = shutil.copytree(place, tmp_path / f"{step} run")
            assert aligner("run", article, "--out", again).status == begun
        assert aligner("import", place, saved).status == 0
        assert contents(place) == complete


# OmegaT itself

# Edits every fourth segment; 5 gets a note, 9 an alternative translation.
EDIT = """
import org.omegat.core.Core
import org.omegat.core.data.PrepareTMXEntry
if (binding.hasVariable('eventType') && eventType.toString() != 'LOAD') return
def project = Core.getProject()
project.getAllEntries().eachWithIndex { entry, number ->
    if (number % 4 == 1) {
        def edited = new PrepareTMXEntry(project.getTranslationInfo(entry))
        edited.source = entry.getSrcText()
        edited.translation = edited.translation + ' & <b> "x"'
        if (number == 5) edited.note = 'ask <him>'
        project.setTranslation(entry, edited, number != 9, null)
    }
}
def memory = org.omegat.core.data.RealProject.class.getDeclaredField('projectTMX')
memory.setAccessible(true)
def settings = project.getProjectProperties()
memory.get(project).save(settings, settings.getProjectInternal() + 'project_save.tmx', true)
"""


@pytest.mark.skipif(shutil.which("omegat") is None, reason="OmegaT is not installed")
@pytest.mark.parametrize("lang", LANGS)
def test_what_omegat_saves(place: Path, home: Path, tmp_path: Path, lang: str) -> None:
    before = results.load(place).units
    project, script = tmp_path / "project", tmp_path / "edit.groovy"
    done = aligner("export", "omegat", place, "--lang", lang, "--out", project)
    assert done.status == 0, done.err
    script.write_text(EDIT)
    omegat = subprocess.run(
        [
            *("omegat", project, "--mode=console-translate", "--no-team"),
            *(f"--config-dir={home / 'omegat'}", f"--script={script}"),
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    assert omegat.returncode == 0, omegat.stdout + omegat.stderr

    sources = [unit.source.text for unit in before]
    touched = {source for number, source in enumerate(sources) if number % 4 == 1}
    edited = [number for number, source in enumerate(sources) if source in touched]
    assert 20 < len(touched) <= len(edited)
    found = report(aligner("import", place, project / "omegat" / "project_save.tmx", "--json"))
    assert [one["unit"] for one in found["changes"]] == [before[at].source.id for at in edited]
    how = {one["unit"]: one["matched_by"] for one in found["changes"]}
    assert {unit for unit, by in how.items() if by == "context"} == {before[9].source.id}
    assert found["languages"][lang]["untouched"] == 85 - len(edited)
    assert found["unmatched"] == []
    for number, (old, new) in enumerate(zip(before, results.load(place).units, strict=True)):
        if number not in edited:
            assert new == old
            continue
        target = new.targets[lang]
        assert target.text == old.targets[lang].text + ' & <b> "x"'
        assert target.draft == old.targets[lang].text
        assert target.editor
        assert target.edited > "2026"
        assert new.properties == ({f"note-{lang}": "ask <him>"} if number == 5 else {})
    assert whole(place)
    # The memory that OmegaT exports for others says the same.
    exported = report(aligner("import", place, project / "project-omegat.tmx", "--json"))
    assert exported["languages"][lang]["known"] == len(edited)
