"""Chromium, driven through pipes by its own protocol (https://chromedevtools.github.io).

No driver, no library and no open port: what it needs is Chromium itself.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

_SWITCHES = (
    "--headless",
    "--no-sandbox",  # for root, who may not have one
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--mute-audio",
    "--remote-debugging-pipe",
)
# It reads commands from descriptor 3 and writes answers to 4.
_START = """
import fcntl, os, sys
copies = [fcntl.fcntl(int(its), fcntl.F_DUPFD, 10) for its in sys.argv[1].split()]
for its, number in zip(copies, (3, 4)):
    os.dup2(its, number)
os.execvp(sys.argv[2], sys.argv[2:])
"""
_PATIENCE = 20.0  # seconds

# Bits of the protocol's modifiers, and what a key is called where its name is not its code.
_MODIFIERS = {"Alt": 1, "Ctrl": 2, "Meta": 4, "Shift": 8}
_CODES = {"Enter": 13, "Tab": 9, "Escape": 27, "Backspace": 8, "Delete": 46, "F1": 112, "F3": 114}
_CODES |= {"ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "End": 35, "Home": 36}


def found() -> str | None:
    """Where Chromium is, if it is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class BrowserError(AssertionError):
    """The browser refused, or what was waited for did not come."""


class Browser:
    """A browser with a new profile, of which nothing stays."""

    def __init__(self, profile: Path) -> None:
        to_read, its_write = os.pipe()
        its_read, to_write = os.pipe()
        command = [found() or "chromium", *_SWITCHES, f"--user-data-dir={profile}", "about:blank"]
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, f"{its_read} {its_write}", *command],
            pass_fds=(its_read, its_write),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(its_read)
        os.close(its_write)
        self._out = os.fdopen(to_write, "wb")
        self._in = os.fdopen(to_read, "rb")
        self._number = 0
        self._answers: dict[int, SimpleQueue[Any]] = {}
        self._pages: dict[str, Page] = {}
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def page(self, width: int = 1400, height: int = 900) -> Page:
        """A new tab, in front."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session, target)
        self._pages[session] = page
        for domain in ("Page", "Runtime", "Network"):
            page.ask(f"{domain}.enable")
        page.resize(width, height)
        return page

    def ask(self, method: str, session: str = "", **parameters: Any) -> Any:
        """The answer to a command."""
        self._number += 1
        number = self._number
        queue = self._answers[number] = SimpleQueue()
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        self._out.write(json.dumps(message).encode() + b"\0")
        self._out.flush()
        try:
            answer = queue.get(timeout=_PATIENCE)
        except Empty:
            raise BrowserError(f"no answer to {method}") from None
        if "error" in answer:
            raise BrowserError(f"{method}: {answer['error']}")
        return answer["result"]

    def close(self) -> None:
        """End it, with all that it has started."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._thread.join()
        self._out.close()
        self._in.close()

    def _listen(self) -> None:
        waiting = b""
        while chunk := os.read(self._in.fileno(), 1 << 16):
            *messages, waiting = (waiting + chunk).split(b"\0")
            for message in map(json.loads, messages):
                if queue := self._answers.pop(message.get("id", 0), None):
                    queue.put(message)
                elif page := self._pages.get(message.get("sessionId", "")):
                    page.heard(message["method"], message["params"])


class Page:
    """A tab.

    Attributes:
        requests: the addresses that it has asked for.
        errors: what it has thrown, or written to the console as an error.
        dialogs: the texts of `alert` and the like; each is answered with yes.
    """

    def __init__(self, browser: Browser, session: str, target: str) -> None:
        self._browser = browser
        self._session = session
        self._target = target
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.dialogs: list[str] = []

    def ask(self, method: str, **parameters: Any) -> Any:
        return self._browser.ask(method, self._session, **parameters)

    def heard(self, method: str, given: Any) -> None:
        """Take note of what goes on."""
        if method == "Network.requestWillBeSent":
            self.requests.append(given["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            self.errors.append(json.dumps(given["exceptionDetails"]))
        elif method == "Runtime.consoleAPICalled" and given["type"] in ("error", "assert"):
            self.errors.append(json.dumps(given["args"]))
        elif method == "Page.javascriptDialogOpening":
            self.dialogs.append(given["message"])
            answer = {"accept": True}
            threading.Thread(
                target=self.ask, args=("Page.handleJavaScriptDialog",), kwargs=answer, daemon=True
            ).start()

    def open(self, url: str) -> None:
        self.ask("Page.navigate", url=url)

    def front(self) -> None:
        """Bring the tab to the front: keys go to it."""
        self.ask("Page.bringToFront")

    def run(self, script: str) -> Any:
        """The value of an expression, or what it promises."""
        given = self.ask(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in given:
            raise BrowserError(f"{script}: {given['exceptionDetails']}")
        return given["result"].get("value")

    def wait(self, script: str, patience: float = _PATIENCE) -> bool:
        """Wait until an expression is true."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            with suppress(BrowserError):  # of a page that is just going, or coming
                if self.run(f"Boolean({script})"):
                    return True
            time.sleep(0.02)
        raise BrowserError(f"in {patience} s there came no {script}")

    def press(self, keys: str) -> None:
        """Press a key, perhaps with others: "Alt+ArrowDown", "Ctrl+KeyF", "Enter", "x"."""
        *held, key = keys.split("+")
        modifiers = sum(_MODIFIERS[one] for one in held)
        letter = key.removeprefix("Key").removeprefix("Digit")
        text = letter if len(letter) == 1 and not {"Ctrl", "Alt"} & set(held) else ""
        given: dict[str, Any] = {
            "key": letter if len(letter) == 1 else key,
            "code": key,
            "modifiers": modifiers,
            "windowsVirtualKeyCode": _CODES.get(key) or ord(letter[0].upper()),
        }
        if key == "Enter" and not held:
            text = "\r"
        down = {"type": "keyDown" if text else "rawKeyDown", "text": text}
        self.ask("Input.dispatchKeyEvent", **given | down)
        self.ask("Input.dispatchKeyEvent", **given | {"type": "keyUp"})

    def type(self, text: str) -> None:
        """Write where the caret is, letter by letter."""
        for letter in text:
            self.ask("Input.dispatchKeyEvent", type="char", text=letter, key=letter)

    def click(self, script: str) -> None:
        """Click the middle of an element."""
        x, y = self.run(
            f"(() => {{ const box = ({script}).getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def point(self, x: float, y: float) -> None:
        """Move the pointer."""
        self.ask("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def resize(self, width: int, height: int) -> None:
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def prefer(self, **features: str) -> None:
        """Media features: `prefers_color_scheme="dark"`."""
        named = [{"name": name.replace("_", "-"), "value": one} for name, one in features.items()]
        self.ask("Emulation.setEmulatedMedia", features=named)

    def picture(self, path: Path) -> Path:
        """What is to be seen, as a PNG."""
        path.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot")["data"]))
        return path

    def close(self) -> None:
        self._browser.ask("Target.closeTarget", targetId=self._target)


@contextmanager
def running() -> Iterator[Browser]:
    """A browser while it is needed."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(Path(profile))
        try:
            yield browser
        finally:
            browser.close()
