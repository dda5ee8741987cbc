"""Gettext PO."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from exchanged import LANGS, bundle, plain_entries, texts
from hypothesis import given
from hypothesis import strategies as st

from aligner.entries import Bundle, Entry, Header, Inline, Variant
from aligner.errors import InputError, UsageError
from aligner.formats.exchange import po

HEADER = 'msgid ""\nmsgstr "Language: ru\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
needs_gettext = pytest.mark.skipif(not shutil.which("msgfmt"), reason="needs gettext")


def read(data: str | bytes, langs: tuple[str, ...] = ()) -> Bundle:
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(data if isinstance(data, bytes) else data.encode())
        found = po.read(file.name, langs)
        return Bundle(iter(list(found.entries)), found.header)


def one(message: str) -> Entry:
    (entry,) = read(HEADER + message).entries
    return entry


def write(given_: list[Entry], langs: tuple[str, ...] = ("en", "ru")) -> bytes:
    file = io.BytesIO()
    po.write(file, bundle(given_), "po", langs)
    return file.getvalue()


def unit(source: str, target: str = "", **more: object) -> Entry:
    made = Entry("", (Variant("en", source), Variant("ru", target)), "en")
    return replace(made, **more)


def msgfmt(data: bytes) -> None:
    """Have GNU gettext check a file."""
    command = ["msgfmt", "--check", "--output-file=/dev/null", "-"]
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def held(entries: list[Entry], langs: tuple[str, str]) -> list[Entry]:
    """What PO holds of entries that have only texts."""
    found = []
    for entry in entries:
        source, target = map(entry.variant, langs)
        if source and source.text:
            variants = (source, target) if target and target.text else (source,)
            found.append(replace(entry, variants=variants, line=0))
    return found


@given(st.lists(plain_entries()), st.sampled_from([("en", "ru"), ("en", "ky")]))
def test_texts_come_back(given_: list[Entry], langs: tuple[str, str]) -> None:
    found = read(write(given_, langs))
    assert found.header.source_lang == "en"
    assert [replace(entry, line=0) for entry in found.entries] == held(given_, langs)


@needs_gettext
@given(st.lists(plain_entries()))
def test_gettext_reads_what_we_write(given_: list[Entry]) -> None:
    # Without what ends a text for it, sounds a bell, or is no line end of Unix; and both texts
    # must begin and end alike.
    trimmed = [
        replace(
            entry,
            variants=tuple(
                replace(it, text=f"a{it.text}z".translate({0: "", 4: "", 7: "", 13: ""}))
                for it in entry.variants
            ),
        )
        for entry in given_
    ]
    msgfmt(write(trimmed))


def test_translate_toolkit_reads_what_we_write() -> None:
    from translate.storage import pypo

    given_ = [
        unit('He said: "Osh\\Naryn"\n\tand left.', "Он\nушёл"),
        unit("Yes", "Да", tuid="a:1"),
        unit("Yes", "Ага", tuid="a:2"),
        unit("No", ""),
    ]
    store = pypo.pofile(io.BytesIO(write(given_)))
    found = [(str(it.source), str(it.target), it.getcontext()) for it in store.units[1:]]
    assert found == [
        ('He said: "Osh\\Naryn"\n\tand left.', "Он\nушёл", ""),
        ("Yes", "Да", ""),
        ("Yes", "Ага", "a:2"),
        ("No", "", ""),
    ]


def test_every_part_of_a_message() -> None:
    message = """\
# A greeting
# of all people
#. Said on
#. the first page
#: main.c:7 menu.c:8
#, fuzzy, c-format
msgctxt "menu"
msgid ""
"Hello, %s\\n"
"\\303\\251\\t\\x41 \\"you\\""
msgstr "Привет, %s"
"!"
"""
    entry = one(message)
    assert entry == Entry(
        "",
        (
            Variant("en", 'Hello, %s\né\tA "you"'),
            Variant(
                "ru",
                "Привет, %s!",
                props=(("x-origin", "mt"),),
                notes=("A greeting\nof all people",),
            ),
        ),
        "en",
        props=(
            ("x-msgctxt", "menu"),
            ("x-reference", "main.c:7 menu.c:8"),
            ("x-flags", "c-format"),
        ),
        notes=("Said on\nthe first page",),
        line=4,
    )
    (again,) = read(write([entry])).entries
    assert replace(again, line=4) == entry


@needs_gettext
def test_plural_forms() -> None:
    message = """\
msgid "%d day"
msgid_plural "%d days"
msgstr[0] "%d день"
msgstr[1] "%d дня"
msgstr[2] "%d дней"
"""
    entry = one(message)
    assert [(it.lang, it.text, it.props) for it in entry.variants] == [
        ("en", "%d day", ()),
        ("en", "%d days", (("x-plural", "plural"),)),
        ("ru", "%d день", (("x-plural", "0"),)),
        ("ru", "%d дня", (("x-plural", "1"),)),
        ("ru", "%d дней", (("x-plural", "2"),)),
    ]
    written = write([entry])
    assert written.decode().endswith(message)
    msgfmt(written)
    file = io.BytesIO()
    assert po.write(file, bundle([entry]), "po", ("en", "ru")) == ()
    untranslated = write([replace(entry, variants=entry.variants[:2])])
    assert untranslated.count(b'msgstr[2] ""') == 1
    msgfmt(untranslated)


def test_obsolete_messages_and_matches() -> None:
    matched, old = read(
        HEADER + '#| msgid "Good day"\n#, fuzzy\nmsgid "Day"\nmsgstr "День"\n'
        '#~| msgid "x"\n#~ msgid "Old"\n#~ msgstr ""\n#~ "Старый"\n'
    ).entries
    assert matched.variants[1].props == (("x-origin", "tm"),)
    assert (old.variants[1].text, old.props) == ("Старый", (("x-obsolete", "yes"),))
    assert b'#~ msgid "Old"\n#~ msgstr "\xd0' in write([old])


@pytest.mark.parametrize(
    ("props", "is_fuzzy"),
    [
        ((("x-origin", "mt"),), True),
        ((("x-origin", "tm"), ("x-match", "85")), True),
        ((("x-origin", "tm"),), True),
        ((("x-origin", "tm"), ("x-match", "100")), False),
        ((("x-origin", "post-edited"),), False),
        ((), False),
    ],
)
def test_what_is_fuzzy(props: tuple[tuple[str, str], ...], is_fuzzy: bool) -> None:
    entry = Entry("", (Variant("en", "Day"), Variant("ru", "День", props=props)), "en")
    assert (b"#, fuzzy" in write([entry])) == is_fuzzy


@needs_gettext
def test_messages_of_one_text() -> None:
    same = [
        unit("Yes", "Да", tuid="a:1"),
        unit("Yes", "Ага", tuid="a:2"),
        unit("Yes", "Так"),
        unit("Yes", "М", props=(("x-msgctxt", "a:2"),)),
        unit("Yes", "Э", tuid="a:2"),
    ]
    written = write(same)
    msgfmt(written)
    again = [replace(entry, line=0) for entry in read(written).entries]
    assert [entry.variants for entry in again] == [entry.variants for entry in same]
    assert [entry.tuid for entry in again] == ["a:1", "a:2", "", "", "a:2"]


def test_the_header(tmp_path: Path) -> None:
    header = (
        '# Translators\nmsgid ""\nmsgstr ""\n"Project-Id-Version: lake 1\\n"\n'
        '"Language: ky_KG\\n"\n"X-Source-Language: ru\\n"\n'
        '"Content-Type: text/plain; charset=KOI8-R\\n"\n'
    )
    found = read(f'{header}\nmsgid "Ош"\nmsgstr "Osh"\n'.encode("koi8-r"), ("en", "de"))
    assert found.header == Header(
        "ru", (("x-Project-Id-Version", "lake 1"),), notes=("Translators",)
    )
    (entry,) = found.entries
    assert [(it.lang, it.text) for it in entry.variants] == [("ru", "Ош"), ("ky", "Osh")]
    file = io.BytesIO()
    po.write(file, Bundle(iter([entry]), found.header), "po")
    assert file.getvalue().startswith(
        b'# Translators\nmsgid ""\nmsgstr ""\n"Project-Id-Version: lake'
    )
    named = tmp_path / "ky.po"
    named.write_text('msgid "Osh"\nmsgstr "Ош"\n')
    assert next(po.read(named).entries).variants[1].lang == "ky"


@pytest.mark.parametrize(
    ("message", "said", "line"),
    [
        ('msgid "x"\n\nmsgid "y"\nmsgstr "z"\n', "no msgstr", 9),
        ('msgid "x\nmsgstr "z"\n', "neither a comment nor a string", 7),
        ('"x"\nmsgstr "z"\n', "belongs to nothing", 7),
        ('msgid "x" y\nmsgstr "z"\n', "neither a comment nor a string", 7),
        ('msgid "x"\n# y\nmsgstr "z"\n', "no msgstr", 8),
        ('msgctxt "x"\nmsgstr "z"\n', "no msgid", 8),
    ],
)
def test_a_broken_message_does_not_cost_the_rest(
    tmp_path: Path, message: str, said: str, line: int
) -> None:
    path = tmp_path / "x.po"
    path.write_text(f'{HEADER}msgid "a"\nmsgstr "b"\n\n{message}\nmsgid "c"\nmsgstr "d"\n', "utf-8")
    found = []
    with pytest.raises(InputError, match=said) as caught:
        found.extend(po.read(path).entries)
    assert caught.value.where == f"{path}:{line}"
    assert [entry.variants[0].text for entry in found] == ["a", "c"]


def test_a_file_that_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_text(f'{HEADER}msgid "a"\nmsgstr "b"\n\nmsgid "c"\n', "utf-8")
    with pytest.raises(InputError, match="no msgstr") as caught:
        list(po.read(path).entries)
    assert caught.value.where == f"{path}:7"


@pytest.mark.parametrize("charset", ["CHARSET", "base64", "undefined", "klingon"])
def test_encodings_that_are_none(charset: str) -> None:
    header = HEADER.replace("UTF-8", charset)
    (entry,) = read(f'{header}msgid "Osh"\nmsgstr "Ош"\n').entries
    assert entry.variants[1].text == "Ош"


def test_the_first_units_need_no_translation() -> None:
    file = io.BytesIO()
    po.write(file, bundle([Entry("", (Variant("en", "a"),)), unit("b", "c")]), "po")
    assert file.getvalue().endswith(b'msgid "b"\nmsgstr "c"\n')


def test_losses() -> None:
    coded = Variant("en", "a", inline=("a", Inline("ph")), attributes=(("changeid", "Aida"),))
    entry = Entry("", (coded, Variant("ru", "b")), props=(("x-topic", "c"),))
    file = io.BytesIO()
    late = Entry("", (Variant("en", "a"), Variant("ky", "b")))
    entries = [entry, unit("", "x"), *[unit("a", "b")] * 1000, late]
    assert set(po.write(file, bundle(entries), "po")) == {
        "1 unit: inline codes have no place in PO",
        "1 unit: properties have no place in PO",
        "1 unit: dates, authors and other attributes have no place in PO",
        "1 unit: texts in other languages have no place in PO",
        "1 unit: units without a text have no place in PO",
    }


@pytest.mark.parametrize("langs", [(), ("en",), LANGS])
def test_languages(langs: tuple[str, ...]) -> None:
    entry = Entry("", tuple(Variant(lang, "x") for lang in LANGS), "en")
    with pytest.raises(UsageError, match="a source and a target language"):
        write([entry], langs)


@given(texts)
def test_anything_is_read_or_refused(text: str) -> None:
    with suppress(InputError):
        list(read(f'{HEADER}msgid "a"\nmsgstr "b"\n{text}').entries)


def test_what_looks_like_it() -> None:
    assert po.is_mine(HEADER.encode())
    assert po.is_mine(b'\xef\xbb\xbf# Translators\n#, fuzzy\nmsgid ""\n')
    assert not po.is_mine(b"# A heading\n\nmsgid is a word\n")
