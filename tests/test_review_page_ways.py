"""The editor's page, in Chromium: filter, find, jump, and what helps with a unit."""

from __future__ import annotations

import time
from pathlib import Path

import pages
from browser import Browser
from pages import (
    ACTIVE,
    SAFE,
    area,
    cell,
    choose,
    coloured,
    focus,
    shown,
    texts,
    written_target,
)
from reviewing import Client, article, reviewed, written

pytestmark = pages.chromium
browser, client = pages.browser, pages.client


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


def test_what_an_issue_is_about_stands_out_in_both_texts(browser: Browser, client: Client) -> None:
    target = client.edit(2, "ru", "Это стоило 30 долларов.", 0).json["target"]
    assert any(one["source_start"] is not None for one in target["issues"])
    with shown(browser, client) as page:
        focus(page, 2, "ru")
        page.wait("document.querySelector('#issues button')")
        kinds = {kind: coloured(page, kind) for kind in ("error", "warning")}
        assert any("3" in found for found in kinds["error"] + kinds["warning"])
        assert any("30" in found for found in kinds["error"] + kinds["warning"])
        page.click("document.querySelector('#issues button')")
        page.wait("CSS.highlights.get('found').size === 1")
        assert page.run(ACTIVE) == "Russian, unit 3.1"
        focus(page, 2, "ky")  # of which nothing is said
        page.wait(
            "![...CSS.highlights.get('error')].some(one =>"
            " one.startContainer.parentElement.className === 'source')"
        )


def test_the_word_at_the_caret_is_shown_in_the_source(browser: Browser, client: Client) -> None:
    with shown(browser, client) as page:
        focus(page, 2, "ru")
        page.press("End")
        for _ in range(len("3 доллара.")):
            page.press("ArrowLeft")
        page.wait("CSS.highlights.get('linked').size === 2")
        assert sorted(coloured(page, "linked")) == ["3", "3"]


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
