"""The editor's page, in Chromium: what a person does and sees. Nothing of it is timed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import Browser, Page, found, running
from reviewing import SOURCES, Client, article, reviewed, written

from aligner.review.server import PAGE, STATIC

pytestmark = pytest.mark.skipif(found() is None, reason="Chromium is not installed")

LOADED = "document.documentElement?.dataset.loaded"
SAFE = "['safe', 'saved'].includes(document.getElementById('state').dataset.kind)"
ACTIVE = "document.activeElement.ariaLabel"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running() as browser:
        yield browser


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with reviewed(written(tmp_path / "article")) as client:
        yield client


@contextmanager
def shown(browser: Browser, client: Client, width: int = 1400, height: int = 900) -> Iterator[Page]:
    """The page of a review, loaded; it must not have complained in the end."""
    page = browser.page(width, height)
    try:
        page.open(address(client))
        page.wait(LOADED)
        page.front()
        yield page
        assert not page.errors
        assert not page.dialogs
    finally:
        page.close()


def address(client: Client) -> str:
    return f"http://{client.host}:{client.port}{client.path}"


def area(n: int, lang: str) -> str:
    """A script for the field of a target."""
    return f"document.querySelector('[data-n=\"{n}\"] [data-lang={lang}] textarea')"


def cell(n: int, lang: str) -> str:
    return f"document.querySelector('[data-n=\"{n}\"] .target[data-lang={lang}]')"


def focus(page: Page, n: int, lang: str) -> None:
    page.run(f"{area(n, lang)}.focus()")


def texts(page: Page, selector: str) -> list[str]:
    return page.run(f"[...document.querySelectorAll({selector!r})].map(one => one.textContent)")


def coloured(page: Page, kind: str) -> list[str]:
    """The words that are painted in a colour, in the order of the text."""
    return page.run(
        f"[...CSS.highlights.get('{kind}')].filter(one => !one.collapsed)"
        ".map(one => one.startContainer.data.slice(one.startOffset, one.endOffset))"
    )


def written_target(client: Client, n: int, lang: str) -> dict[str, object]:
    target: dict[str, object] = client.units()[n]["targets"][lang]
    return target


# Loading


def test_it_shows_all_side_by_side(browser: Browser, client: Client) -> None:
    with shown(browser, client) as page:
        assert texts(page, ".source") == list(SOURCES)
        assert page.run(f"{area(1, 'ru')}.value") == "Он приехал в Ош."
        assert page.run(f"{area(1, 'ky')}.value") == "Ал Ошко келди."
        assert page.run("document.title").startswith("Putin in Bishkek")
        assert page.run(ACTIVE) == "Russian, unit 1.1"
        assert page.run(f"{area(0, 'ky')}.lang") == "ky"
        assert page.run(f"{cell(0, 'ru')}.querySelector('.meta').textContent").startswith("Machine")


def test_each_of_its_files_is_served_and_each_served_is_there() -> None:
    assert {path.name for path in PAGE.values()} == {one.name for one in STATIC.iterdir()}


def test_it_can_show_one_language(browser: Browser, client: Client) -> None:
    with shown(browser, client) as page:
        page.click("document.querySelector('#languages input[value=ru]')")
        assert page.wait(f"{area(0, 'ru')} === null")
        assert page.run(f"{area(0, 'ky')}.value") == "Путин Бишкекте"


def test_nothing_leaves_this_computer(browser: Browser, client: Client) -> None:
    with shown(browser, client) as page:
        focus(page, 1, "ru")
        page.type("Ы")
        page.press("Alt+ArrowDown")
        page.wait(SAFE)
        page.press("Alt+KeyX")
        asked = {urlsplit(url).hostname for url in page.requests if url != "about:blank"}
        assert asked == {"127.0.0.1"}
        assert len(page.requests) > 20


# Editing


def test_what_is_typed_is_kept_at_once(browser: Browser, client: Client) -> None:
    with shown(browser, client) as page:
        focus(page, 1, "ru")
        page.press("Ctrl+KeyA")
        page.type("Он прибыл в Ош 🙂")
        page.wait(f"{SAFE} && {area(1, 'ru')}.value.endsWith('🙂')")
        page.wait(f"{cell(1, 'ru')}.dataset.state === 'edited'")
        assert written_target(client, 1, "ru")["text"] == "Он прибыл в Ош 🙂"
        assert written_target(client, 1, "ru")["draft"] == "Он приехал в Ош."
        page.run("document.activeElement.blur()")
        page.open(address(client) + "#2")
        page.wait(f"{LOADED} && {area(1, 'ru')}?.value === 'Он прибыл в Ош 🙂'")


def test_ctrl_z_takes_typing_back(browser: Browser, client: Client) -> None:
    with shown(browser, client) as page:
        focus(page, 2, "ru")
        page.type("!")
        page.wait(f"{area(2, 'ru')}.value.includes('!')")
        page.press("Ctrl+KeyZ")
        page.wait(f"{area(2, 'ru')}.value === 'Это стоило 3 доллара.'")
        page.wait(f"{SAFE} && {cell(2, 'ru')}.dataset.state === 'mt'")
        assert written_target(client, 2, "ru")["origin"] == "mt"


def test_three_units_without_a_mouse(browser: Browser, client: Client) -> None:
    with shown(browser, client) as page:
        assert page.run(ACTIVE) == "Russian, unit 1.1"
        for unit in ("2.1", "3.1", "4.1"):
            page.press("Ctrl+Enter")
            page.wait(f"{ACTIVE} === 'Russian, unit {unit}'")
        page.press("Alt+ArrowUp")
        assert page.run(ACTIVE) == "Russian, unit 3.1"
        page.press("Tab")
        assert page.run(ACTIVE) == "Kyrgyz, unit 3.1"
        page.press("Shift+Tab")
        page.wait(SAFE)
        states = [page.run(f"{cell(n, 'ru')}.dataset.state") for n in range(4)]
        assert states == ["accepted"] * 3 + ["mt"]
        assert [unit["targets"]["ru"]["origin"] for unit in client.units()] == [
            *["post-edited"] * 3,
            *["mt"] * 2,
        ]
        page.wait("document.getElementById('words-ru').textContent === '11 of 17 words'")


def test_accept_revert_undo(browser: Browser, client: Client) -> None:
    with shown(browser, client) as page:
        focus(page, 4, "ky")
        page.type("!")
        page.press("Ctrl+Shift+Enter")
        page.wait(f"{SAFE} && {cell(4, 'ky')}.dataset.state === 'edited'")
        text = page.run(f"{area(4, 'ky')}.value")
        page.press("Alt+KeyR")
        page.wait(f"{cell(4, 'ky')}.dataset.state === 'mt' && {area(4, 'ky')}.value === 'Аягы.'")
        page.press("Alt+KeyZ")
        page.wait(f"{cell(4, 'ky')}.dataset.state === 'edited'")
        assert page.run(f"{area(4, 'ky')}.value") == text != "Аягы."


def test_a_missing_target_can_be_written(browser: Browser, tmp_path: Path) -> None:
    with (
        reviewed(written(tmp_path / "a"), "ru", "ky", "de") as client,
        shown(browser, client) as page,
    ):
        page.click("document.querySelector('#languages input[value=de]')")
        page.wait(f"{cell(0, 'de')}?.dataset.state === 'missing'")
        focus(page, 0, "de")
        page.type("Putin in Bischkek")
        page.wait(f"{SAFE} && {cell(0, 'de')}.dataset.state === 'human'")
        assert written_target(client, 0, "de")["text"] == "Putin in Bischkek"


def test_repeats_take_the_same(browser: Browser, client: Client) -> None:
    with shown(browser, client) as page:
        focus(page, 1, "ru")
        page.press("Ctrl+Shift+Enter")
        page.wait(f"{cell(1, 'ru')}.querySelector('.repeats')")
        page.press("Alt+KeyP")
        page.wait(f"{area(3, 'ru')}.value === 'Он приехал в Ош.'")
        assert written_target(client, 3, "ru")["origin"] == "post-edited"


def test_a_match_is_used_by_its_key(browser: Browser, client: Client) -> None:
    with shown(browser, client) as page:
        focus(page, 1, "ru")
        page.press("Ctrl+Shift+Enter")
        page.wait(SAFE)
        focus(page, 3, "ru")
        page.wait("document.querySelector('#matches button')?.textContent.includes('100 %')")
        page.press("Ctrl+Digit1")
        page.wait(f"{SAFE} && {area(3, 'ru')}.value === 'Он приехал в Ош.'")
        page.press("Ctrl+KeyZ")
        page.wait(f"{area(3, 'ru')}.value === 'Прибыл в Ош.'")


def test_changes_against_the_draft(browser: Browser, client: Client) -> None:
    with shown(browser, client) as page:
        client.edit(1, "ru", "Он прибыл в Ош.", 0)
        page.wait(f"{area(1, 'ru')}.value === 'Он прибыл в Ош.'")
        page.press("Alt+KeyV")
        page.wait(f"{cell(1, 'ru')}.querySelector('.diff')")
        assert texts(page, "[data-n='1'] .diff del") == ["приехал"]
        assert texts(page, "[data-n='1'] .diff ins") == ["прибыл"]


# Finding one's way


def test_filter_and_sort(browser: Browser, client: Client) -> None:
    client.edit(2, "ru", "", 0)
    with shown(browser, client) as page:
        page.press("Alt+KeyQ")
        page.type("osh")
        page.wait("document.querySelectorAll('.unit').length === 2")
        assert texts(page, "#shown") == ["2 of 5 units"]
        page.click("document.getElementById('filter-clear')")
        page.wait("document.querySelectorAll('.unit').length === 5")
        choose(page, "filter-state", "missing")
        page.wait("document.querySelectorAll('.unit').length === 1")
        choose(page, "filter-state", "")
        choose(page, "filter-sort", "confidence")
        page.wait("document.querySelectorAll('.unit').length === 5")
        choose(page, "filter-text", "nowhere at all")
        page.wait("!document.getElementById('nothing').hidden")


def choose(page: Page, name: str, value: str) -> None:
    page.run(
        f"(() => {{ const field = document.getElementById('{name}'); field.value = '{value}';"
        " field.dispatchEvent(new Event('input', { bubbles: true })); })()"
    )


def test_find_and_replace(browser: Browser, client: Client) -> None:
    with shown(browser, client) as page:
        page.press("Ctrl+KeyF")
        page.type("ош")
        page.wait("document.getElementById('find-count').textContent === '4 found'")
        assert sorted(coloured(page, "find")) == ["Ош", "Ош", "Ош", "Ош"]
        page.press("Enter")
        page.wait("document.getElementById('find-count').textContent === '1 of 4'")
        page.press("Escape")
        assert page.run(ACTIVE) == "Russian, unit 2.1"
        assert page.run("getSelection().toString()") == "Ош"
        page.press("Ctrl+KeyF")
        choose(page, "find-scope", "ru")
        page.run("document.getElementById('find-text').value = '(в) (Ош)'")
        page.run("document.getElementById('find-regex').click()")
        page.wait("document.getElementById('find-count').textContent === '2 found'")
        page.run("document.getElementById('replace-text').value = 'город $2'")
        page.press("Enter")
        page.click("document.getElementById('replace-one')")
        page.wait(f"{SAFE} && {area(1, 'ru')}.value === 'Он приехал город Ош.'")
        assert written_target(client, 1, "ru")["text"] == "Он приехал город Ош."
        assert written_target(client, 3, "ru")["text"] == "Прибыл в Ош."


def test_issues_are_named_and_gone_to(browser: Browser, client: Client) -> None:
    client.edit(2, "ru", "Это стоило 30 долларов.", 0)
    with shown(browser, client) as page:
        page.wait(f"{cell(2, 'ru')}.querySelector('.chip')")
        focus(page, 0, "ru")
        for _ in range(9):
            page.press("Alt+KeyN")
            if page.run(ACTIVE) == "Russian, unit 3.1":
                break
        page.wait("!document.getElementById('issues-section').hidden")
        assert any("Error" in text for text in texts(page, "#issues li"))


def test_terms_are_underlined_and_explained(browser: Browser, tmp_path: Path) -> None:
    from aligner.records import Concept, Term, Wording
    from aligner.terminology.termbase import Termbase

    osh = Concept(
        "osh",
        {
            "en": Term(Wording("Osh")),
            "ru": Term(Wording("Ош"), forbidden=(Wording("Ошь"),)),
            "ky": Term(Wording("Ош")),
        },
        note="The city <b>.",
    )
    folder = written(tmp_path / "a", article())
    with reviewed(folder, termbase=Termbase([osh])) as client, shown(browser, client) as page:
        page.wait("CSS.highlights.get('term').size >= 4")
        assert {"Osh", "Ош"} <= set(coloured(page, "term"))
        focus(page, 1, "ru")
        page.wait("document.querySelector('#terms summary')?.textContent.startsWith('Osh')")
        page.press("Alt+KeyT")
        page.press("Enter")
        page.wait("document.querySelector('#terms .entry')?.textContent.includes('The city <b>.')")
        box = page.run(
            "(() => { const range = document.createRange();"
            " const text = document.querySelector('[data-n=\"1\"] .source').firstChild;"
            " range.setStart(text, 14); range.setEnd(text, 17);"
            " const box = range.getBoundingClientRect(); return [box.x + 3, box.y + 9]; })()"
        )
        page.point(*box)
        page.wait("document.getElementById('tip').textContent.includes('Ошь')")


def test_jumps(browser: Browser, client: Client) -> None:
    client.act("accept", 1, "ru", 0)
    with shown(browser, client) as page:
        page.press("Alt+KeyU")
        assert page.run(ACTIVE) == "Kyrgyz, unit 1.1"
        page.press("Alt+KeyU")
        assert page.run(ACTIVE) == "Kyrgyz, unit 2.1"
        page.press("Alt+Shift+KeyU")
        page.press("Alt+Shift+KeyU")
        assert page.run(ACTIVE) == "Russian, unit 1.1"
        page.press("Alt+KeyL")
        assert page.run(ACTIVE) == "Russian, unit 3.1"


def test_keys_of_other_fields_change_nothing(browser: Browser, client: Client) -> None:
    with shown(browser, client) as page:
        page.press("Alt+KeyQ")
        page.press("Ctrl+Enter")
        page.press("Alt+KeyR")
        page.press("Escape")
        page.type("!")
        page.wait(SAFE)
        assert page.run(f"{area(0, 'ru')}.value") == "Путин в Бишкеке!"
        assert client.get("api/document").json["revision"] == 1


def test_export_gives_a_file(browser: Browser, client: Client, tmp_path: Path) -> None:
    browser.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    with shown(browser, client) as page:
        page.press("End")
        page.type("!")
        page.press("Alt+KeyX")
        page.wait("document.activeElement.textContent === 'TMX'")
        page.press("Enter")
        page.wait("document.querySelector('[role=status]').textContent.includes('.tmx')")
        file = tmp_path / "article.en-ru-ky.tmx"
        until = time.monotonic() + 10
        while not file.exists() and time.monotonic() < until:
            time.sleep(0.05)
        assert "Путин в Бишкеке!" in file.read_text(encoding="utf-8")


def test_help_names_every_key(browser: Browser, client: Client) -> None:
    with shown(browser, client) as page:
        page.press("F1")
        page.wait("document.getElementById('help').open")
        assert len(texts(page, "#help dd")) > 20
        page.press("Escape")
        page.wait("!document.getElementById('help').open")


# Two windows, and a server that goes away


def test_two_windows_do_not_write_over_each_other(browser: Browser, client: Client) -> None:
    with shown(browser, client) as one, shown(browser, client) as other:
        focus(other, 1, "ru")
        client.edit(2, "ky", "Башкача.", 0)
        other.wait(f"{area(2, 'ky')}.value === 'Башкача.'")  # a window hears of what others do
        # One of them is slow: what it sends comes after what it has not seen.
        other.run("globalThis.held = fetch; globalThis.fetch = () => new Promise(() => {})")
        other.run(
            "globalThis.fetch = (...given) => given[0] === 'api/edit' && !globalThis.go"
            " ? new Promise(done => setTimeout(() => done(held(...given)), 1500))"
            " : held(...given)"
        )
        other.front()
        other.press("End")
        other.type(" Мой.")
        one.run(
            f"(() => {{ const area = {area(1, 'ru')}; area.focus(); area.value = 'Чужой.';"
            " area.dispatchEvent(new Event('input', { bubbles: true })); })()"
        )
        other.wait(f"{cell(1, 'ru')}.querySelector('.conflict')")
        assert "Чужой." in texts(other, ".conflict")[0]
        assert other.run(f"{area(1, 'ru')}.value") == "Он приехал в Ош. Мой."
        assert written_target(client, 1, "ru")["text"] == "Чужой."
        other.click("document.querySelector('.conflict button')")
        one.wait(f"{area(1, 'ru')}.value === 'Он приехал в Ош. Мой.'")
        assert written_target(client, 1, "ru")["text"] == "Он приехал в Ош. Мой."
        other.wait("!document.querySelector('.conflict')")


def test_edits_outlive_a_server_that_is_killed(browser: Browser, tmp_path: Path) -> None:
    folder = written(tmp_path / "article")
    process, client = started(folder)
    with shown(browser, client) as page:
        focus(page, 1, "ru")
        page.press("End")
        page.type(" Да.")
        page.wait(f"{SAFE} && {cell(1, 'ru')}.dataset.state === 'edited'")
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        page.type(" Нет.")
        page.wait("document.getElementById('state').textContent.includes('1 change kept')")
        page.wait("Object.keys(localStorage).length === 1")
        # On the same port, but with another secret: what waited goes to the new page.
        process, again = started(folder, client.port)
        try:
            second = browser.page()
            second.open(address(again))
            second.wait(f"{LOADED} && {area(1, 'ru')}?.value === 'Он приехал в Ош. Да. Нет.'")
            second.wait(SAFE)
            assert written_target(again, 1, "ru")["text"] == "Он приехал в Ош. Да. Нет."
            assert not second.run("Object.keys(localStorage).length")
            page.wait("document.getElementById('state').textContent.includes('out of date')")
            page.wait("document.getElementById('state').textContent.includes('went to')")
            second.close()
        finally:
            os.kill(process.pid, signal.SIGKILL)
            process.communicate()
        page.errors.clear()


def started(folder: Path, port: int = 0) -> tuple[subprocess.Popen[str], Client]:
    """`aligner review` as a process of its own."""
    command = [
        sys.executable,
        "-c",
        "from aligner.cli import main; main()",
        "review",
        str(folder),
        "--json",
    ]
    options = ["--no-browser", "--no-glossary", "--no-memory", "--port", str(port)]
    process = subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout
    return process, Client(json.loads(process.stdout.readline())["url"])


def test_files_that_change_on_disk(browser: Browser, tmp_path: Path) -> None:
    folder = written(tmp_path / "article")
    with reviewed(folder) as client, shown(browser, client) as page:
        client.edit(0, "ru", "Путин!", 0)
        page.wait(f"{area(0, 'ru')}.value === 'Путин!'")
        written(folder, article(russian=["Новый.", "Иной.", "Третий.", "Прибыл.", "Конец!"]))
        page.wait("document.getElementById('banner').textContent.includes('changed on disk')")
        page.click("document.querySelector('#banner button')")
        page.wait(f"{LOADED} && {area(1, 'ru')}.value === 'Иной.'")
        assert page.run(f"{area(0, 'ru')}.value") == "Путин!"


def test_save_writes_the_files(browser: Browser, tmp_path: Path) -> None:
    folder = written(tmp_path / "article")
    with reviewed(folder) as client, shown(browser, client) as page:
        focus(page, 1, "ru")
        page.type("Вот: ")
        page.wait("document.getElementById('state').textContent.includes('1 not yet')")
        page.press("Ctrl+KeyS")
        page.wait("document.getElementById('state').dataset.kind === 'saved'")
        assert "Вот: " in (folder / "article.jsonl").read_text(encoding="utf-8")


# Texts of all sorts

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
