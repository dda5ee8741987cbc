"""The editor's page, in Chromium: two windows, files that change, a server that goes away."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pages
from browser import Browser
from pages import (
    LOADED,
    SAFE,
    address,
    area,
    cell,
    focus,
    shown,
    texts,
    written_target,
)
from reviewing import Client, article, reviewed, written

pytestmark = pages.chromium
browser, client = pages.browser, pages.client


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
