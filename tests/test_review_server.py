"""aligner.review.server and .session: the API as a page uses it, over a real socket."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from reviewing import (
    KYRGYZ,
    NO_TERMS,
    RUSSIAN,
    SOURCES,
    article,
    reviewed,
    written,
)

from aligner import results
from aligner.formats import exchange, tmx
from aligner.memory.sources import prepared
from aligner.records import Concept, Origin, Status, Target, Term, Wording
from aligner.terminology.termbase import Termbase

OSH = Concept(
    "osh",
    {
        "en": Term(Wording("Osh"), status=Status.APPROVED),
        "ru": Term(Wording("Ош", ("m",)), (Wording("г. Ош"),), (Wording("Ошъ"),)),
        "ky": Term(Wording("Ош")),
    },
    category="place",
    note="A city.",
)
TERMS = Termbase((OSH,))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return written(tmp_path / "article")


def until(said: Callable[[], Any]) -> Any:
    """What comes true before long."""
    for _ in range(200):
        if found := said():
            return found
        time.sleep(0.02)
    raise AssertionError("it never came")


def test_the_document(place: Path) -> None:
    with reviewed(place, editor="Aida") as client:
        said = client.get("api/document").json
    assert said["name"] == "article"
    assert said["title"] == SOURCES[0]
    assert (said["source"], said["targets"], said["count"]) == ("en", ["ru", "ky"], 5)
    assert (said["revision"], said["unsaved"], said["lost"]) == (0, 0, [])
    assert (said["editor"], said["glossary"], said["memory"]) == ("Aida", False, False)
    assert said["exports"][:2] == ["tmx", "xliff"]
    assert said["documents"] == ["article"]


def test_the_units(place: Path) -> None:
    with reviewed(place, termbase=TERMS) as client:
        answer = client.get("api/units?start=1&stop=3").json
    assert answer["revision"] == 0
    first, second = answer["units"]
    assert (first["n"], first["id"], first["kind"], second["n"]) == (1, "2.1", "body", 2)
    assert first["source"] == SOURCES[1]
    assert first["terms"] == [{"concept": "osh", "start": 14, "stop": 17}]
    ru = first["targets"]["ru"]
    assert (ru["text"], ru["origin"], ru["draft"], ru["rev"]) == (RUSSIAN[1], "mt", "", 0)
    assert ru["terms"][0]["target"] == "Ош"
    assert RUSSIAN[1][ru["terms"][0]["start"] : ru["terms"][0]["stop"]] == "Ош"
    assert isinstance(ru["confidence"], float)
    assert ru["basis"]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("?start=3", [3, 4]),
        ("?start=4&stop=99", [4]),
        ("?start=9&stop=99", []),
        ("?start=3&stop=2", []),
    ],
)
def test_a_stretch_of_units(place: Path, query: str, numbers: list[int]) -> None:
    with reviewed(place) as client:
        assert [one["n"] for one in client.get(f"api/units{query}").json["units"]] == numbers


def test_a_missing_target_is_empty_and_can_be_written(place: Path) -> None:
    with reviewed(place, "ru", "de") as client:
        target = client.units()[0]["targets"]["de"]
        assert (target["text"], target["origin"], target["confidence"]) == ("", "", None)
        assert [one["check"] for one in target["issues"]] == ["empty"]
        made = client.edit(0, "de", "Putin in Bischkek", 0).json["target"]
        assert (made["text"], made["origin"], made["draft"]) == ("Putin in Bischkek", "human", "")


def test_an_edit_and_the_way_back(place: Path) -> None:
    with reviewed(place, editor="Aida") as client:
        made = client.edit(1, "ru", "Он в Оше.", 0, tab="a").json
        assert (made["revision"], made["repeats"]) == (1, [3])
        target = made["target"]
        assert (target["origin"], target["draft"]) == ("post-edited", RUSSIAN[1])
        assert (target["editor"], target["rev"], target["confidence"]) == ("Aida", 1, None)
        assert client.get("api/document").json["unsaved"] == 1
        again = client.act("revert", 1, "ru", 1).json["target"]
        assert (again["text"], again["origin"], again["rev"]) == (RUSSIAN[1], "mt", 2)
        assert client.act("undo", 1, "ru", 2).json["target"]["text"] == "Он в Оше."
        assert client.act("accept", 2, "ky", 0).json["target"]["origin"] == "post-edited"


def test_a_long_edit_is_answered_before_it_is_checked(place: Path) -> None:
    with reviewed(place, termbase=TERMS) as client, client.events(0) as events:
        target = client.edit(1, "ru", "Он приехал в Алматы. " * 1000, 0).json["target"]
        assert (target["rev"], target["issues"], target["terms"]) == (1, [], [])
        for event in events:
            if event["type"] == "checked" and 1 in event["units"]:
                break
        unit = client.get("api/units?start=1&stop=2").json["units"][0]
        assert unit["checked"]
        issues = unit["targets"]["ru"]["issues"]
        assert "term" in {one["check"] for one in issues}
        [term] = [one for one in issues if one["check"] == "term"]
        assert SOURCES[1][term["source_start"] : term["source_stop"]] == "Osh"
        assert client.post("api/save", {}).status == 200
    saved = results.load(place).units[1].targets["ru"]
    assert any(issue.startswith("term: ") for issue in saved.issues)


def test_a_stale_edit_is_told_what_is_there(place: Path) -> None:
    with reviewed(place) as client:
        client.edit(1, "ru", "one", 0, tab="a")
        answer = client.edit(1, "ru", "two", 0, tab="b")
        assert answer.status == 409
        assert (answer.json["target"]["text"], answer.json["target"]["rev"]) == ("one", 1)
        assert client.edit(1, "ru", "two", 1, tab="b").status == 200


def test_two_tabs_that_race_lose_nothing(place: Path) -> None:
    """Of edits that were made on the same revision one holds, and all others are told so."""
    with reviewed(place) as client:
        answers = []

        def work(tab: int) -> None:
            rev = 0
            for number in range(10):
                answer = client.edit(1, "ru", f"{tab} {number}", rev, tab=str(tab))
                rev = answer.json["target"]["rev"]
                answers.append(answer.status)

        threads = [threading.Thread(target=work, args=(tab,)) for tab in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert client.units()[1]["targets"]["ru"]["rev"] == answers.count(200)
        assert set(answers) <= {200, 409}


@pytest.mark.parametrize(
    "change",
    [
        {},
        [],
        "x",
        None,
        {"n": "0", "lang": "ru", "action": "edit", "text": "x", "rev": 0},
        {"n": True, "lang": "ru", "action": "edit", "text": "x", "rev": 0},
        {"n": 0, "lang": "ru", "action": "drop", "text": "x", "rev": 0},
        {"n": 0, "lang": "ru", "action": "edit", "rev": 0},
        {"n": 0, "lang": "ru", "action": "edit", "text": 7, "rev": 0},
        {"n": 0, "lang": "xx", "action": "edit", "text": "x", "rev": 0},
        {"n": -1, "lang": "ru", "action": "edit", "text": "x", "rev": 0},
        {"n": 10**30, "lang": "ru", "action": "edit", "text": "x", "rev": 0},
        {"n": 0, "lang": "ru", "action": "edit", "text": "x", "rev": 0, "tab": "x" * 999},
        {"n": 0, "lang": "ru", "action": "edit", "text": "x", "rev": 0, "editor": ["x"]},
    ],
)
def test_a_request_that_makes_no_sense(place: Path, change: object) -> None:
    with reviewed(place) as client:
        answer = client.post("api/edit", change)
        assert answer.status == 400
        assert answer.json["error"]
        assert client.get("api/document").json["revision"] == 0


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"n": 1e999}'])
def test_a_body_that_is_no_json(place: Path, body: bytes) -> None:
    with reviewed(place) as client:
        kind = {"Content-Type": "application/json"}
        assert client.ask("POST", client.path + "api/edit", body, kind).status == 400


@pytest.mark.parametrize(
    "path",
    [
        "api/units?start=-1",
        "api/units?stop=²",
        "api/matches?n=99&lang=ru",
        "api/matches?n=0&lang=de",
        "api/matches",
        "api/words?n=0",
        "api/concordance?q=x&lang=xx",
        "api/export?format=exe",
        "api/export?format=xliff",
        "api/export?format=tmx&langs=de",
        "api/export?format=tmx&langs=../../etc",
    ],
)
def test_a_question_that_makes_no_sense(place: Path, path: str) -> None:
    with reviewed(place) as client:
        answer = client.get(path.replace("²", "%C2%B2"))
        assert answer.status == 400
        assert answer.json["error"]


def test_strange_texts_come_and_go(tmp_path: Path) -> None:
    sources = (
        "<script>alert(1)</script>",
        "עברית ‏ ‮ עוד",
        "👩‍👩‍👧 Osh",
        "x" * 20_000,
        "half \ud83d",
    )
    bitext = article(sources, sources, sources)
    place = written(tmp_path / "article", bitext)
    with reviewed(place, termbase=TERMS) as client:
        units = client.units()
        assert [unit["source"] for unit in units] == list(sources)
        assert [unit["targets"]["ru"]["text"] for unit in units] == list(sources)
        # As JavaScript counts: two for each of three emoji, and two joiners.
        assert units[2]["terms"] == [{"concept": "osh", "start": 9, "stop": 12}]
        assert {one["check"] for one in units[3]["targets"]["ru"]["issues"]} <= {"unchecked"}
        for n, text in enumerate(("</script>", "‮ עוד", "👍🏽", "я" * 100_000, "\x00\x1f\ud800x")):
            made = client.edit(n, "ky", text, 0).json["target"]["text"]
            assert made == ("x" if n == 4 else text)
        assert client.post("api/save", {}).status == 200
    again = results.load(place)
    assert [unit.source.text for unit in again.units] == list(sources)
    assert again.units[3].targets["ky"].text == "я" * 100_000


# Events ----------------------------------------------------------------------------------------


def test_other_tabs_are_told(place: Path) -> None:
    with reviewed(place) as client, client.events(0) as events:
        client.edit(1, "ru", "one", 0, tab="a")
        event = next(one for one in events if one["type"] == "edit")
        assert (event["n"], event["lang"], event["tab"], event["revision"]) == (1, "ru", "a", 1)
        assert event["target"]["text"] == "one"
        assert event["unsaved"] == 1
        client.post("api/save", {})
        event = next(one for one in events if one["type"] == "saved")
        assert event["unsaved"] == 0


def test_who_comes_back_is_told_what_they_missed(place: Path) -> None:
    with reviewed(place) as client:
        for rev, text in enumerate(("one", "two", "three")):
            client.edit(1, "ru", text, rev, tab="a")
        with client.events(1) as events:
            edits = (one for one in events if one["type"] == "edit")
            assert [next(edits)["target"]["text"] for _ in range(2)] == ["two", "three"]
        with client.events(99) as events:
            assert next(one for one in events if one["type"] != "checked")["type"] == "reload"


def test_who_comes_back_after_a_new_start_loads_all(place: Path) -> None:
    with reviewed(place) as client:
        client.edit(1, "ru", "one", 0)
    with reviewed(place) as client, client.events(0) as events:
        assert next(one for one in events if one["type"] != "checked")["type"] == "reload"


def test_findings_come_when_they_are_there(tmp_path: Path) -> None:
    many = [f"He arrived in Osh {n}." for n in range(3_000)]
    place = written(tmp_path / "article", article(many, many, many))
    with reviewed(place, termbase=TERMS) as client, client.events() as events:
        seen: set[int] = set()
        for event in events:
            if event["type"] == "checked":
                seen |= set(event["units"])
            if len(seen) == len(many):
                break
        unit = client.get("api/units?start=2999&stop=3000").json["units"][0]
        assert unit["checked"]
        assert unit["terms"]


def test_a_file_that_changes_is_told_of_and_loaded_on_request(place: Path) -> None:
    with reviewed(place) as client, client.events(0) as events:
        client.edit(1, "ru", "Моё.", 0)
        written(place, article(kyrgyz=("а", "б", "в", "г", "д")))
        event = next(one for one in events if one["type"] == "disk")
        assert "article" in event["message"]
        refused = client.post("api/save", {})
        assert refused.status == 409
        assert refused.json["reason"] == "changed"
        assert refused.json["hint"]
        assert client.units()[1]["targets"]["ky"]["text"] == KYRGYZ[1]
        taken = client.post("api/reload", {}).json
        assert (taken["kept"], taken["lost"], taken["count"]) == (0, 0, 5)
        assert next(one for one in events if one["type"] == "reload")
        unit = client.units()[1]
        assert (unit["targets"]["ru"]["text"], unit["targets"]["ky"]["text"]) == ("Моё.", "б")
        assert client.post("api/save", {}).status == 200
    assert results.load(place).units[1].targets["ru"].text == "Моё."


def test_save_by_force_takes_up_what_changed_and_loses_nothing(place: Path) -> None:
    with reviewed(place) as client:
        client.edit(1, "ru", "Моё.", 0)
        written(place, article(kyrgyz=("а", "б", "в", "г", "д")))
        assert client.post("api/save", {"force": True}).status == 200
    unit = results.load(place).units[1]
    assert (unit.targets["ru"].text, unit.targets["ky"].text) == ("Моё.", "б")


def test_another_s_edit_in_a_tmx_is_not_written_over(place: Path) -> None:
    other = place / "article.en-ky.tmx"
    other.write_text(other.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with reviewed(place) as client:
        client.edit(1, "ru", "Моё.", 0)
        refused = client.post("api/save", {})
        assert (refused.status, refused.json["reason"]) == (409, "edited")
        assert client.post("api/save", {"force": True}).status == 200


def test_a_folder_that_is_gone_does_not_end_it(place: Path) -> None:
    with reviewed(place) as client:
        client.edit(1, "ru", "Моё.", 0)
        for path in place.glob("article.*"):
            path.unlink()
        assert client.post("api/save", {}).status in (409, 500)
        assert client.post("api/reload", {}).status == 500
        assert client.units()[1]["targets"]["ru"]["text"] == "Моё."


# Help ------------------------------------------------------------------------------------------


def test_what_was_edited_here_is_offered_for_what_is_like_it(place: Path) -> None:
    with reviewed(place) as client:
        assert client.get("api/matches?n=3&lang=ru").json == []
        client.edit(1, "ru", "Он в Оше.", 0)
        [match] = client.get("api/matches?n=3&lang=ru").json
        assert (match["rate"], match["target"], match["n"]) == (100, "Он в Оше.", 1)
        assert (match["origin"], match["memory"]) == ("post-edited", "")
        assert client.get("api/matches?n=3&lang=ky").json == []


def test_an_edit_goes_to_its_repeats(place: Path) -> None:
    with reviewed(place) as client, client.events(0) as events:
        assert client.edit(1, "ru", "Он в Оше.", 0).json["repeats"] == [3]
        assert client.post("api/spread", {"n": 1, "lang": "ru"}).json["units"] == [3]
        told = [next(one for one in events if one["type"] == "edit") for _ in range(2)]
        assert [one["n"] for one in told] == [1, 3]
        assert client.units()[3]["targets"]["ru"]["text"] == "Он в Оше."
        assert client.post("api/spread", {"n": 0, "lang": "ru"}).status == 400


def test_memories_are_searched(place: Path, tmp_path: Path) -> None:
    known = article(("He arrived in Osh today.",), ("Он приехал в Ош сегодня.",), ("Бүгүн келди.",))
    unit = known.units[0]
    human = {lang: Target(one.text, Origin.HUMAN) for lang, one in unit.targets.items()}
    memory = tmp_path / "client.tmx"
    tmx.write(memory, replace(known, units=(replace(unit, targets=human),)))
    stores = prepared([memory], lambda path: exchange.read(path).entries)
    with reviewed(place, memories=[path for _, path in stores]) as client:
        assert client.get("api/document").json["memory"]
        [match] = client.get("api/matches?n=1&lang=ru").json
        assert (match["rate"], match["target"]) == (80, "Он приехал в Ош сегодня.")
        assert (match["memory"], match["n"]) == ("client.tmx", None)
        found = client.get("api/concordance?q=OSH&lang=ky").json
        assert [(one["n"], one["where"]) for one in found] == [
            (1, ""),
            (3, ""),
            (None, "client.tmx"),
        ]
        assert found[-1]["target"] == "Бүгүн келди."
        assert len(client.get("api/concordance?q=%D1%81%D0%B5%D0%B3%D0%BE&lang=ru").json) == 1
        assert client.get("api/concordance?q=&lang=ru").json == []


def test_a_concept(place: Path) -> None:
    with reviewed(place, termbase=TERMS) as client:
        said = client.get("api/concept?id=osh").json
        assert said["terms"]["ru"] == {
            "preferred": "Ош",
            "variants": ["г. Ош"],
            "forbidden": ["Ошъ"],
            "status": "proposed",
        }
        assert (said["note"], said["category"]) == ("A city.", "place")
        assert client.get("api/concept?id=nothing").status == 404


def test_the_terms_of_an_edit_are_verified(place: Path) -> None:
    with reviewed(place, termbase=TERMS) as client:
        target = client.edit(1, "ru", "Он приехал.", 0).json["target"]
        assert [(one["outcome"], one["start"]) for one in target["terms"]] == [("missing", None)]
        target = client.edit(1, "ru", "👍 Он близ Оша.", 1).json["target"]
        [term] = target["terms"]
        assert (term["outcome"], term["target"], term["start"], term["stop"]) == (
            "already",
            "Оша",
            11,
            14,
        )


def test_without_a_termbase_the_file_s_terms_are_known(place: Path) -> None:
    with reviewed(place, termbase=NO_TERMS) as client:
        assert client.units()[1]["targets"]["ru"]["terms"][0]["outcome"] == "forced"
        target = client.edit(1, "ru", "Он приехал.", 0).json["target"]
        assert target["terms"] == []


def test_no_model_no_words(place: Path) -> None:
    with reviewed(place, "de") as client:
        client.edit(0, "de", "Putin in Bischkek", 0)
        empty = {"source": [], "target": [], "links": []}
        assert client.get("api/words?n=0&lang=de").json == empty


def test_words_that_belong_together(place: Path) -> None:
    with reviewed(place) as client:
        said = client.get("api/words?n=2&lang=ru").json
    source = [SOURCES[2][start:stop] for start, stop in said["source"]]
    target = [RUSSIAN[2][start:stop] for start, stop in said["target"]]
    assert ("3", "3") in [(source[one], target[other]) for one, other in said["links"]]


# Downloads -------------------------------------------------------------------------------------


def test_a_download_has_what_is_not_saved_yet(place: Path, tmp_path: Path) -> None:
    with reviewed(place) as client:
        client.edit(1, "ru", "Он в Оше.", 0)
        answer = client.get("api/export?format=tmx&langs=ru")
        assert answer.headers["content-disposition"].startswith(
            'attachment; filename="article.en-ru.tmx"'
        )
        path = tmp_path / "got.tmx"
        path.write_bytes(answer.body)
        entries = list(exchange.read(path).entries)
        assert [variant.text for variant in entries[1].variants] == [SOURCES[1], "Он в Оше."]
        answer = client.get("api/export?format=xliff&langs=ky")
        path = tmp_path / "got.xlf"
        path.write_bytes(answer.body)
        assert [variant.lang for variant in next(exchange.read(path).entries).variants] == [
            "en",
            "ky",
        ]
        assert results.load(place).units[1].targets["ru"].text == RUSSIAN[1]


def test_the_name_of_a_download_is_harmless(tmp_path: Path) -> None:
    path = tmp_path / 'a "b"; х\r\n.tsv'
    path.write_text("en\tru\nOne.\tРаз.\n", encoding="utf-8")
    with reviewed(path) as client:
        said = client.get("api/export?format=tmx").headers["content-disposition"]
    name = "a--b---{}.en-ru.tmx"
    encoded = name.format("%D1%85")
    assert said == f"attachment; filename=\"{name.format('_')}\"; filename*=UTF-8''{encoded}"


@pytest.mark.parametrize("format", ["html", "md", "epub", "docx", "pdf"])
def test_a_publication(place: Path, format: str) -> None:  # noqa: A002
    with reviewed(place) as client:
        client.edit(1, "ru", "Он в городе Ош.", 0)
        answer = client.get(f"api/export?format={format}&langs=en,ru")
        assert answer.status == 200
        if format in ("html", "md"):
            assert "Он в городе Ош." in answer.body.decode().replace("\u00a0", " ")
        else:
            assert answer.body.startswith(b"%PDF" if format == "pdf" else b"PK")


def test_json_is_what_it_says(place: Path) -> None:
    with reviewed(place) as client:
        answer = client.get("api/document")
        assert answer.headers["content-type"] == "application/json"
        json.loads(answer.body)
