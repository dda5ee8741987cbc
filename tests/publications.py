"""Publications for tests of their formats, and what is read back from one."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from aligner.formats.publications import Form, Passage, Publication, Run, Source, Text
from aligner.formats.publications.labels import labels
from aligner.records import Kind, Origin

LANGS = ("en", "ru", "ky")
MADE_AT = datetime(2026, 1, 31, 12, tzinfo=UTC)

# What a text may hold that is something else in a format: markup, entities, emphasis, lists.
HOSTILE = (
    "<script>alert(1)</script>",
    "</p><img src=x onerror=alert(1)>",
    "a & b &amp; c &#60; ]]> <!-- x -->",
    "*a* **b** _c_ `d` ~~e~~ [f](g) ![h](i) \\ | $1$ #j",
    "# heading",
    "- item",
    "1. item",
    "12) item",
    "===",
    "> quote",
    "| a | b |",
    "<https://a.example>",
    "http://a.example/?a=1&b=_2_",
    "a|b\\|c",
    "שלום עולם, \u202eسلام\u202c",
    "👩\u200d🚀 🇰🇬 ң ө ү",
    "x" * 300,
    '" onmouseover="alert(1)',
    "{{7*7}} ${x} %s",
)


def text(*runs: Run | str, origin: Origin | None = None) -> Text:
    found = tuple(Run(run) if isinstance(run, str) else run for run in runs)
    return Text(found, (origin,) if origin else ())


def passage(
    *texts: str, kind: Kind = Kind.BODY, form: Form = Form.PARAGRAPH, number: int = 1
) -> Passage:
    """A passage whose targets are a machine's."""
    made = {
        lang: text(one, origin=Origin.MT if lang != "en" else None)
        for lang, one in zip(LANGS, texts, strict=False)
    }
    return Passage(kind, made, form=form, number=number)


def publication(*passages: Passage, langs: tuple[str, ...] = LANGS) -> Publication:
    return Publication(
        id="visit",
        langs=langs,
        source_lang="en",
        titles={
            lang: text(f"Title in {lang}", origin=Origin.MT if lang != "en" else None)
            for lang in langs
        },
        passages=passages,
        source=Source("CABAR & Co", "https://cabar.asia/en/visit?a=1&b=2"),
        credits={"en": ("© CABAR <2023>",)},
        made={lang: f"Made in {lang}" for lang in langs if lang != "en"},
        notices={lang: labels(lang).notice for lang in langs if lang != "en"},
        date=MADE_AT,
    )


ARTICLE = publication(
    passage("A visit.", "Визит.", "Сапар."),
    passage("What is next?", "Что дальше?", "Мындан ары?", kind=Kind.HEADING),
    Passage(
        Kind.BODY,
        {
            "en": text(
                "See ", Run("the map", "https://a.example/?q=a&b=(c)"), " of ", Run("Osh", "", True)
            ),
            "ru": text(
                Run("Смотрите", is_italic=True),
                " карту ",
                Run("x < y", is_code=True),
                origin=Origin.HUMAN,
            ),
            "ky": text(Run("[которула элек]", is_missing=True)),
        },
    ),
    passage("Photo: vb.kg", "Фото: vb.kg", "Сүрөт: vb.kg", kind=Kind.CAPTION),
    passage("wheat", "пшеница", "буудай", form=Form.ITEM),
    passage("barley", "ячмень", "арпа", form=Form.ITEM),
    passage("first", "первое", "биринчи", form=Form.NUMBERED, number=1),
    passage("second", "второе", "экинчи", form=Form.NUMBERED, number=2),
    passage("No rain, no bread.", "Нет дождя.", "Жамгыр жок.", form=Form.QUOTE),
    *(passage(one, f"ru {one}", f"{one} ky") for one in HOSTILE),
)

_letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])
_words = st.text(_letters, min_size=1, max_size=12) | st.sampled_from(
    [
        *(one for one in HOSTILE if len(one) < 50),
        *"*_`[]<>&|\\#-+=:1.)!~$\" '«»",
        "**",
        "1.",
        "a*b",
        " ",
    ]
)


def _tidy(runs: list[Run]) -> tuple[Run, ...]:
    """Runs as whoever makes a publication leaves them: no blank ends, no doubled spaces."""
    from aligner.publish.texts import _trimmed

    return tuple(_trimmed(runs))


runs = (
    st.lists(
        st.builds(
            Run,
            st.lists(_words, min_size=1, max_size=4).map("".join),
            st.sampled_from(["", "", "", "https://a.example/(b)?c=<d>&e=|f|`"]),
            st.booleans(),
            st.booleans(),
            st.booleans(),
        ),
        min_size=1,
        max_size=4,
    )
    .map(_tidy)
    .filter(bool)
)
any_text = st.builds(Text, runs, st.sampled_from([(), (Origin.MT,), (Origin.HUMAN,)]))
any_passage = st.builds(
    Passage,
    st.sampled_from([Kind.BODY, Kind.BODY, Kind.CAPTION, Kind.HEADING]),
    st.fixed_dictionaries(dict.fromkeys(LANGS, any_text)),
    st.integers(2, 6),
    st.sampled_from(Form),
    st.integers(1, 999),
)
any_publication = st.lists(any_passage, max_size=4).map(lambda found: publication(*found))
