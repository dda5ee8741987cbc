"""Languages told from a text."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.languages.detection import detect

DATA = Path(__file__).parent / "data" / "alignment"


@pytest.mark.parametrize("lang", ["en", "ru", "ky"])
def test_an_article(lang: str) -> None:
    assert detect((DATA / f"lake.{lang}.txt").read_text(encoding="utf-8")) == lang


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 345, 2024!",
        "Садыр Жапаров, Бишкек, Ош, Москва",
        "Der Präsident war am Donnerstag in Bischkek, um mit dem Minister zu sprechen, was er will",
        "Le président est arrivé à Bichkek pour un sommet de la CEI, on a dit que cela a été long",
        "Він не знав, що це було на вулиці і як з ним говорити, але від того не стало краще",
        "Той не знаеше какво да прави и как да говори с него за това, което се случи на улицата",
        "Ол бұл туралы білмеді және оның үйіне барды деп айтты, бірақ ешкім жоқ еді, бар да болды",
    ],
)
def test_no_answer_for_what_is_none_of_them(text: str) -> None:
    assert detect(text) == ""


def test_kyrgyz_with_russian_quotations_is_kyrgyz() -> None:
    ky = (DATA / "lake.ky.txt").read_text(encoding="utf-8")
    assert detect(ky + "\nОн сказал, что это не так.") == "ky"


@given(st.text())
def test_any_text(text: str) -> None:
    assert detect(text) in {"", "en", "ru", "ky"}


def test_no_text_of_the_gold_is_taken_for_another_language(shared: Path) -> None:
    seen: Counter[tuple[str, str]] = Counter()
    for pair in ("en-ru", "en-ky", "ru-ky"):
        gold = shared / f"data/alignment/{pair}.medium.jsonl"
        for line in gold.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            seen.update((lang, detect("\n".join(document[lang]))) for lang in pair.split("-"))
    assert {(lang, found) for lang, found in seen if found not in ("", lang)} == set()
    assert sum(seen[lang, ""] for lang in ("en", "ru", "ky")) <= 0.01 * seen.total()
