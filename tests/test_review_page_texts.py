"""The editor's page, in Chromium: texts of all sorts, many of them, for everyone."""

from __future__ import annotations

from pathlib import Path

import pages
import pytest
from browser import Browser
from pages import (
    ACTIVE,
    SAFE,
    area,
    shown,
    texts,
)
from reviewing import Client, article, reviewed, written

pytestmark = pages.chromium
browser, client = pages.browser, pages.client


EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&lt;b&gt;${1}"


def test_markup_in_a_file_stays_text(browser: Browser, tmp_path: Path) -> None:
    from lxml import etree

    tmx = etree.Element("tmx", version="1.4")
    header = {"srclang": "en", "adminlang": "en", "datatype": "plaintext", "segtype": "sentence"}
    etree.SubElement(tmx, "header", creationtool=EVIL, **header)
    unit = etree.SubElement(etree.SubElement(tmx, "body"), "tu", tuid=EVIL, creationid=EVIL)
    etree.SubElement(unit, "note").text = EVIL
    etree.SubElement(unit, "prop", type=EVIL[:20]).text = EVIL
    for lang in ("en", "ru", "ky"):
        variant = etree.SubElement(unit, "tuv", changeid=EVIL)
        variant.set("{http://www.w3.org/XML/1998/namespace}lang", lang)
        etree.SubElement(variant, "seg").text = f"{lang} {EVIL}"
    path = tmp_path / "evil <img src=x onerror=alert(3)>.tmx"
    path.write_bytes(etree.tostring(tmx, xml_declaration=True, encoding="UTF-8"))
    with reviewed(path, editor=EVIL) as client, shown(browser, client) as page:
        assert texts(page, ".source") == [f"en {EVIL}"]
        assert page.run(f"{area(0, 'ru')}.value") == f"ru {EVIL}"
        page.press("Alt+KeyV")
        page.type("x")
        page.press("Ctrl+Shift+Enter")
        page.press("Ctrl+KeyF")
        page.type("<script>")
        page.wait("document.getElementById('find-count').textContent === '3 found'")
        page.press("Escape")
        page.press("Alt+KeyC")
        page.type("script")
        page.wait("document.querySelector('#concordance li')")
        page.wait(SAFE)
        assert page.run("document.querySelectorAll('script:not([type=module]), img').length") == 0
        assert page.run("document.querySelectorAll('script').length") == 1
    # `shown` has seen that no dialog came.


UNUSUAL = (
    "مرحبا بالعالم في بيشكيك 12",
    "👩‍👩‍👧‍👦 🇰🇬 e\u0301\u0323 text",
    "w" * 400,
    "слово " * 3500,
    " ",
)


@pytest.mark.parametrize("width", [390, 800, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(
    browser: Browser, tmp_path: Path, width: int, scheme: str
) -> None:
    bitext = article([one.strip() or "x" for one in UNUSUAL], UNUSUAL, UNUSUAL)
    with reviewed(written(tmp_path / "a", bitext)) as client, shown(browser, client, width) as page:
        page.prefer(prefers_color_scheme=scheme)
        page.wait(f"{area(0, 'ru')}")
        page.press("Ctrl+KeyF")
        page.run("document.getElementById('filters').open = true")
        page.run("document.body.classList.add('has-panel')")
        assert page.run("document.documentElement.scrollWidth") == width
        assert page.run("document.getElementById('scroller').scrollWidth") <= width
        wide = (
            "[...document.querySelectorAll('header *, .unit *, #panel *')].filter(one =>"
            " one.getBoundingClientRect().right > innerWidth + 1).length"
        )
        assert page.run(wide) == 0
        # What lies behind a field is as high as its text: nothing of it is cut off.
        cut = "[...document.querySelectorAll('textarea')].filter(isCut).length"
        page.run("globalThis.isCut = one => one.scrollHeight > one.clientHeight + 1")
        assert page.run(cut) == 0


def test_what_is_worked_on_stays_in_sight(browser: Browser, tmp_path: Path) -> None:
    lines = [f"Line {n}: {'word ' * (n % 50)}" for n in range(300)]
    bitext = article(lines, lines, lines)
    with reviewed(written(tmp_path / "a", bitext)) as client, shown(browser, client) as page:
        for _ in range(40):
            page.press("Alt+ArrowDown")
        assert page.run(ACTIVE) == "Russian, unit 41.1"
        inside = (
            f"(() => {{ const box = {area(40, 'ru')}.getBoundingClientRect(), list ="
            " document.getElementById('scroller').getBoundingClientRect();"
            " return box.top >= list.top && box.bottom <= list.bottom; })()"
        )
        assert page.run(inside)
        for width in (800, 390, 1400):
            page.resize(width, 850)
            page.wait(inside)
            assert page.run(ACTIVE) == "Russian, unit 41.1"


# For everyone


NAMELESS = """
[...document.querySelectorAll("input, select, textarea, button, dialog, progress, summary")]
  .filter((one) => !(one.ariaLabel || one.labels?.length || one.textContent.trim()
    || one.getAttribute("aria-labelledby")))
  .map((one) => one.outerHTML)
"""
TWICE = """
(() => { const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  return ids.filter((one, at) => ids.indexOf(one) !== at); })()
"""


def test_each_control_has_a_name(browser: Browser, client: Client) -> None:
    with shown(browser, client) as page:
        page.press("Ctrl+KeyF")
        assert page.run(NAMELESS) == []
        assert page.run(TWICE) == []
        assert page.run("document.documentElement.lang") == "en"
        assert page.run(
            "[...document.querySelectorAll('.unit')].every(one => one.ariaSetSize === '5')"
        )


def test_what_happens_is_said(browser: Browser, client: Client) -> None:
    with shown(browser, client) as page:
        page.press("Ctrl+Enter")
        page.wait("document.querySelector('[role=status]').textContent === 'Accepted.'")


# Many units


def test_ten_thousand_units(browser: Browser, tmp_path: Path) -> None:
    from aligner.formats.exchange import tmx as _  # noqa: F401 - the format is there

    units = 10_000
    lines = [
        f'<tu><tuv xml:lang="en"><seg>Line {n} {"word " * (n % 60)}</seg></tuv>'
        f'<tuv xml:lang="ru"><seg>Строка {n} {"слово " * (n % 60)}</seg></tuv></tu>'
        for n in range(units)
    ]
    head = '<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence"'
    head += ' o-tmf="t" adminlang="en" srclang="en" datatype="plaintext"/><body>'
    path = tmp_path / "many.tmx"
    path.write_text(f"{head}{''.join(lines)}</body></tmx>", encoding="utf-8")
    with reviewed(path) as client, shown(browser, client) as page:
        assert texts(page, "#shown") == ["10,000 units"]
        assert page.run("document.querySelectorAll('.unit').length") < 100
        page.press("Ctrl+KeyF")
        page.type("Строка 9876 ")
        page.press("Enter")
        page.wait("document.getElementById('find-count').textContent === '1 of 1'")
        page.press("Escape")
        page.wait(f"{ACTIVE} === 'Russian, unit 9877'")
        inside = (
            f"(() => {{ const box = {area(9876, 'ru')}.getBoundingClientRect();"
            " return box.top > 0 && box.bottom < innerHeight; })()"
        )
        assert page.run(inside)
        page.press("Alt+ArrowDown")
        page.wait(f"{ACTIVE} === 'Russian, unit 9878'")
