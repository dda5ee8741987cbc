"""How fast the editor's page is with many units: first paint, an edit, a key.

    uv run python benchmarks/review.py [--units 10000]

Builds a TMX in three languages, opens it with `aligner review` in a headless Chromium, and prints a
table. Edits are sent one after the other from the start on, while all units are looked at; each is
on the disk when it is answered. A key's time is from the event's own time stamp to the first task
after the frame in which the letter is painted; the keys go to units at the beginning, in the middle
and at the end of the list, and to one of 20,000 characters.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser import Page, running  # noqa: E402 - the helpers of the tests
from reviewing import Client  # noqa: E402

SENTENCES = {
    "en": "the president of Kyrgyzstan met in Bishkek with 3.5 million people on October 12",
    "ru": "президент Кыргызстана встретился в Бишкеке с 3,5 миллиона человек 12 октября",
    "ky": "Кыргызстандын президенти Бишкекте 3,5 миллион адам менен 12-октябрда жолугушту",
}
LONG = 20_000  # characters
KEYS = 40  # in each place
EDITS = 400

# From a key to the first task after the frame that shows its letter.
MEASURE = """
globalThis.times = [];
addEventListener("keydown", (event) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => times.push(performance.now() - event.timeStamp);
  port2.postMessage(0);
}), true);
"""


def write_tmx(path: Path, units: int) -> None:
    """A TMX of sentences of 5 to 40 words, and one very long one."""
    dice = random.Random(6)
    with path.open("w", encoding="utf-8") as file:
        file.write('<tmx version="1.4"><header creationtool="bench" creationtoolversion="1"')
        file.write(' segtype="sentence" o-tmf="tmx" adminlang="en" srclang="en"')
        file.write(' datatype="plaintext"/><body>')
        for n in range(units):
            size = LONG // 7 if n == units // 4 else dice.randint(5, 40)
            file.write(f'<tu tuid="{n}">')
            for lang, sentence in SENTENCES.items():
                text = escape(" ".join(dice.choices(sentence.split(), k=size)))
                file.write(f'<tuv xml:lang="{lang}"><seg>{n} {text}.</seg></tuv>')
            file.write("</tu>")
        file.write("</body></tmx>")


def timed_edits(url: str) -> list[float]:
    """Milliseconds of edits over HTTP."""
    client = Client(url)
    revs: dict[int, int] = {}
    times = []
    for edit in range(EDITS):
        n = 7 * edit % 200
        text = f"{SENTENCES['ru']} {edit}."
        began = time.perf_counter()
        answer = client.edit(n, "ru", text, revs.get(n, 0), tab="bench")
        times.append(1000 * (time.perf_counter() - began))
        revs[n] = answer.json["target"]["rev"]
    return times


def timed_keys(page: Page, n: int) -> list[float]:
    """Milliseconds from a key to its painted letter, in one unit."""
    area = f"document.querySelector('[data-n=\"{n}\"] textarea')"
    page.press("Ctrl+KeyF")
    page.run(f"document.getElementById('find-text').value = '{n} '")
    page.run("document.getElementById('find-text').dispatchEvent(new Event('input'))")
    page.press("Enter")
    page.wait(area)
    page.press("Escape")
    page.run(f"{area}.focus()")
    time.sleep(0.6)
    page.run("times.length = 0")
    for _ in range(KEYS):
        page.press("x")
        time.sleep(0.03)
    page.wait(f"times.length >= {KEYS}")
    times: list[float] = page.run("times")
    return times


def row(name: str, times: list[float]) -> str:
    """A line of the table."""
    ordered = sorted(times)
    most = ordered[int(0.95 * (len(ordered) - 1))]
    return f"{name:<32}{statistics.median(times):>9.0f}{most:>9.0f}{max(times):>9.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description="The speed of the editor's page.")
    parser.add_argument("--units", type=int, default=10_000)
    units = parser.parse_args().units
    with tempfile.TemporaryDirectory() as folder, running() as browser:
        path = Path(folder) / "many.tmx"
        write_tmx(path, units)
        began = time.perf_counter()
        start = "from aligner.cli import main; main()"
        command = [sys.executable, "-c", start, "review", str(path), "--json", "--no-browser"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout
            url = json.loads(process.stdout.readline())["url"]
            print(f"{'ready':<32}{1000 * (time.perf_counter() - began):>9.0f}")
            print(f"\n{'':<32}{'median':>9}{'p95':>9}{'most':>9}")
            print(row("edit over HTTP, on the disk", timed_edits(url)) + "\n")
            measure(browser.page(), url, units)
        finally:
            process.kill()
            process.wait()


def measure(page: Page, url: str, units: int) -> None:
    """Print the table."""
    began = time.perf_counter()
    page.open(url)
    page.wait("document.documentElement?.dataset.loaded", 120)
    loaded = 1000 * (time.perf_counter() - began)
    paint = page.run("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    drawn = page.run("performance.getEntriesByName('units')[0].startTime")
    print(f"{units:,} units                 ms")
    print(f"{'first paint':<32}{paint:>9.0f}")
    print(f"{'first units drawn':<32}{drawn:>9.0f}")
    print(f"{'all units loaded':<32}{loaded:>9.0f}")
    page.run(MEASURE)
    print(f"\n{'key to painted letter':<32}{'median':>9}{'p95':>9}{'most':>9}")
    every = []
    places = {"first unit": 0, "in the middle": units // 2, "at the end": units - 1}
    for name, n in (places | {f"a unit of {LONG:,} characters": units // 4}).items():
        times = timed_keys(page, n)
        print(row(name, times))
        every += times
    print(row("all", every))


if __name__ == "__main__":
    main()
