"""The editor's page, in Chromium: what a person does and sees. Nothing of it is timed."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pages
from browser import Browser
from pages import (
    ACTIVE,
    LOADED,
    SAFE,
    address,
    area,
    cell,
    choose,
    focus,
    shown,
    texts,
    written_target,
)
from reviewing import SOURCES, Client, reviewed, written

from aligner.review.server import PAGE, STATIC

pytestmark = pages.chromium
browser, client = pages.browser, pages.client


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
        page.wait(f"{SAFE} && {cell(4, 'ky')}.dataset.state === 'accepted'")
        assert "Edited, accepted" in page.run(f"{cell(4, 'ky')}.querySelector('.meta').textContent")
        text = page.run(f"{area(4, 'ky')}.value")
        page.press("Alt+KeyR")
        page.wait(f"{cell(4, 'ky')}.dataset.state === 'mt' && {area(4, 'ky')}.value === 'Аягы.'")
        page.press("Alt+KeyZ")
        page.wait(f"{cell(4, 'ky')}.dataset.state === 'accepted'")
        assert page.run(f"{area(4, 'ky')}.value") == text != "Аягы."


def test_what_is_edited_is_done_when_it_is_accepted(browser: Browser, client: Client) -> None:
    words = "document.getElementById('words-ru').textContent"
    with shown(browser, client) as page:
        focus(page, 1, "ru")
        page.type("!")
        page.wait(f"{SAFE} && {words} === '0 of 17 words · 4 edited'")
        page.press("Ctrl+Shift+Enter")
        page.wait(f"{words} === '4 of 17 words'")
        page.type("?")
        page.wait(f"{SAFE} && {words} === '0 of 17 words · 4 edited'")
        choose(page, "filter-state", "edited")
        page.wait("document.querySelectorAll('.unit').length === 1")
        choose(page, "filter-state", "open")
        page.wait("document.querySelectorAll('.unit').length === 5")


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
