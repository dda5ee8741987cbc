"""The editor's page in Chromium, as the tests of it need it.

browser, client = pages.browser, pages.client    fixtures: a test module names them as its own
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from browser import Browser, Page, found, running
from reviewing import Client, reviewed, written

chromium = pytest.mark.skipif(found() is None, reason="Chromium is not installed")

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


def choose(page: Page, name: str, value: str) -> None:
    page.run(
        f"(() => {{ const field = document.getElementById('{name}'); field.value = '{value}';"
        " field.dispatchEvent(new Event('input', { bubbles: true })); })()"
    )
