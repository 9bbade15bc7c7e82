"""How long a click takes on the pages, in multiples of an empty button's echo on the same page.

    python tests/benchmarks/panels.py [REPETITIONS]

300 clients and 3,000 interviews in a practice of one's own, real Voilà, Debian's Chromium. An echo
is an ipywidgets button whose click sets a label: the least that any click can cost. Medians of
interleaved repetitions, each on a page at rest; the first panel is beside the first widget of an
otherwise empty notebook. A second tab is timed from the click in the first until its own page shows
what was done, at the longest: it asks by itself, twice a second.
"""

import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
from playwright.sync_api import Browser, Page, sync_playwright

import coachkit as ck
from coachkit import terms
from coachkit.app import app_command, app_environment, free_port
from coachkit.practice import new_practice
from tests.benchmarks import generate
from tests.notebooks import write_notebook

CHROMIUM = "/usr/bin/chromium"
INTERVIEWS = 3_000
CLIENTS = 300
ECHO = """import ipywidgets as widgets
label, button = widgets.Label("0"), widgets.Button(description="echo")
label.add_class("bench-echo-label")
button.add_class("bench-echo")
def echo(_):
    label.value = str(int(label.value) + 1)
button.on_click(echo)
widgets.VBox([button, label])"""
PANEL = """import coachkit as ck
from coachkit import panels
panels.{name}(ck.open_practice())"""
#: Between two clicks, in milliseconds: what a click puts off is done by then.
REST = 1_000
#: Do something, and measure until what it must bring about is on the page.
MEASURE = """async ([act, holds]) => {
    const before = {};
    const check = new Function('before', 'first', 'return ' + holds);
    check(before, true);
    const begun = performance.now();
    new Function(act)();
    while (!check(before, false)) {
        if (performance.now() - begun > 30000) throw new Error('it never came: ' + holds);
        await new Promise(done => requestAnimationFrame(done));
    }
    return performance.now() - begun;
}"""


def write_practice(path: Path) -> int:
    """300 clients and about 3,000 interviews, the last of them about now; how many interviews."""
    made = generate.caseload(INTERVIEWS)
    shift = pd.Timestamp.now(tz="UTC").normalize() - pd.Timestamp(generate.AS_OF).normalize()
    clients = made.clients
    more = CLIENTS - len(clients)
    frames = {}
    for name, frame in made:
        moved = {
            column.name: frame[column.name] + shift
            for column in terms.TABLES[name]
            if column.kind in ("instant", "day") and len(frame)
        }
        frames[name] = frame.assign(**moved)
    if more > 0:  # the others' opportunities are spread over as many more clients
        extra = frames["clients"].iloc[[place % len(clients) for place in range(more)]]
        first = int(clients["client_id"].max()) + 1
        ids = pd.array(range(first, first + more), dtype="Int64")
        names = [f"{name} {number}" for number, name in enumerate(extra["name"])]
        extra = extra.assign(client_id=ids, name=names)
        frames["clients"] = pd.concat([frames["clients"], extra], ignore_index=True)
        every = frames["clients"]["client_id"].to_numpy()
        table = frames["opportunities"]
        spread = pd.array([every[place % len(every)] for place in range(len(table))], dtype="Int64")
        frames["opportunities"] = table.assign(client_id=spread)
    with tempfile.TemporaryDirectory() as folder:
        ck.Caseload(**frames).write(folder)
        new_practice(path, source=folder, timezone="America/New_York")
    return len(frames["interviews"])


@contextmanager
def served(folder: Path, practice: Path) -> Iterator[Callable[[str], str]]:
    """The notebooks of a folder as pages; the address of each by its name."""
    port, token = free_port(8900), secrets.token_hex(16)
    environment = app_environment(token) | {"COACHKIT_PRACTICE": str(practice)}
    server = subprocess.Popen(
        app_command(folder, port=port),
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield lambda name: f"http://127.0.0.1:{port}/voila/render/{name}.ipynb?token={token}"
    finally:
        server.terminate()
        server.wait(30)


def opened(browser: Browser, address: str, ready: str) -> tuple[Page, float]:
    """A page, and after how many seconds what is waited for was there."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    begun = time.monotonic()
    page.goto(address, timeout=120_000)
    page.wait_for_selector(ready, timeout=120_000)
    return page, time.monotonic() - begun


ECHO_CLICK = (
    "document.querySelector('.bench-echo').click()",
    "first ? (before.was = document.querySelector('.bench-echo-label').textContent)"
    " : document.querySelector('.bench-echo-label').textContent !== before.was",
)
TICK = (
    "document.querySelector('.ck-today .ck-row:not(.ck-done) .ck-first').click()",
    "first ? (before.was = document.querySelectorAll('.ck-done').length)"
    " : document.querySelectorAll('.ck-done').length > before.was",
)
CHANGE = (  # until the name and what is due are those of the other client
    "document.querySelector('.ck-open-client').click()",
    "first ? (before.was = document.querySelector('.ck-due')?.innerText ?? '',"
    " before.name = document.querySelector('.ck-client h2')?.textContent ?? '')"
    " : (document.querySelector('.ck-client h2')?.textContent ?? before.name) !== before.name"
    " && document.querySelector('.ck-client p')?.textContent.startsWith('Days and times')",
)
SLIDE = (
    "const one = document.querySelector('.ck-slider input');"
    "one.value = Number(one.value) % 8 + 1;"  # among these each step changes something
    "one.dispatchEvent(new Event('input', {bubbles: true}))",
    "first ? (before.was = document.querySelector('.ck-preview').textContent)"
    " : document.querySelector('.ck-preview').textContent !== before.was",
)


def compared(page: Page, act: tuple[str, str], repetitions: int, ready: Any = None) -> list[float]:
    """Medians in milliseconds: of the echo, of the action, by turns."""
    echoes, actions = [], []
    for turn in range(repetitions + 2):
        echo = page.evaluate(MEASURE, list(ECHO_CLICK))
        if ready is not None:
            ready(page, turn)
        page.wait_for_timeout(REST)
        action = page.evaluate(MEASURE, list(act))
        page.wait_for_timeout(REST)
        if turn > 1:  # the first ones warm up
            echoes.append(echo)
            actions.append(action)
    return [statistics.median(echoes), statistics.median(actions)]


def seen_beside(browser: Browser, address: str, repetitions: int) -> list[float]:
    """Seconds until a second tab shows what was clicked in the first."""
    one, other = (opened(browser, address, ".ck-today .ck-row")[0] for _ in range(2))
    took = []
    for _ in range(repetitions):
        one.wait_for_timeout(REST)
        row = one.locator(".ck-today .ck-row:not(.ck-done)", has=one.locator(".ck-tick:visible"))
        same = other.locator(f'.ck-row[data-id="{row.first.get_attribute("data-id")}"]')
        same.wait_for(state="attached")
        begun = time.monotonic()
        row.first.locator(".ck-first").click()
        same.wait_for(state="detached")
        took.append(time.monotonic() - begun)
    one.close()
    other.close()
    return took


def pick_another(page: Page, turn: int) -> None:
    """Open the list and mark another client; opening them is what is measured."""
    page.locator(".ck-choose").click()
    page.locator(".ck-clients select").select_option(index=turn * 7 % 290)
    page.wait_for_timeout(150)


def main() -> None:
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    measured = (
        ("tick done", "today", TICK, 3),
        ("change client", "client_session", CHANGE, 4),
        ("move a wait slider", "wait_periods", SLIDE, 3),
    )
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place) / "notebooks"
        folder.mkdir()
        practice = Path(place) / "own.coachkit"
        interviews = write_practice(practice)
        write_notebook(folder / "empty.ipynb", [ECHO])
        for _, name, _, _ in measured:
            write_notebook(folder / f"{name}.ipynb", [ECHO, PANEL.format(name=name)])
        write_notebook(folder / "first.ipynb", [PANEL.format(name="today")])
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        with served(folder, practice) as address:
            print(f"{CLIENTS} clients, {interviews} interviews, {os.cpu_count()} cores\n")
            print(f"{'':28}{'echo':>8}{'action':>9}{'multiple':>10}{'at most':>9}")
            for words, name, act, most in measured:
                page, _ = opened(browser, address(name), ".ck-panel")
                page.wait_for_timeout(2000)
                ready = pick_another if name == "client_session" else None
                echo, action = compared(page, act, repetitions, ready)
                told = f"{echo:>5.0f} ms{action:>6.0f} ms{action / echo:>10.1f}{most:>8} ×"
                print(f"{words:28}{told}")
                page.close()
            loads: dict[str, list[float]] = {"empty": [], "first": []}
            for _ in range(max(3, repetitions // 3)):
                for name, ready_at in (("empty", ".bench-echo"), ("first", ".ck-today .ck-row")):
                    page, took = opened(browser, address(name), ready_at)
                    loads[name].append(took)
                    page.close()
            empty, first = (statistics.median(took) for took in loads.values())
            told = f"{empty:>6.1f} s{first:>7.1f} s{first / empty:>10.1f}{2:>8} ×"
            print(f"{'first panel on screen':28}{told}")
            slowest = max(seen_beside(browser, address("first"), repetitions))
            print(f"{'shown by a second tab':28}{slowest:>15.1f} s{'':10}{2:>8} s")


if __name__ == "__main__":
    main()
