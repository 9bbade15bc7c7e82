"""A browser, a practice of one's own as of today, and the pages that show it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import psutil
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import coachkit as ck
from coachkit import terms
from coachkit._places import data_folder
from coachkit.practice import Practice, new_practice, open_practice
from tests.conftest import Serve, Server

NO_CHROMIUM = "No Chromium found: apt-get install chromium"
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser")
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]
SAMPLES_DAY = pd.Timestamp("2026-10-14", tz="UTC")
#: How long a page may take until its panel is there, in milliseconds.
PATIENCE = 60_000
#: The same for what a click brings about; a busy machine is no fault. No speed is asserted here.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is."""
    found = [place for place in CHROMIUM if Path(place).exists()]
    found += [place for name in ("chromium", "chromium-browser") if (place := shutil.which(name))]
    if found:
        return found[0]
    if os.environ.get("CI") == "true":
        pytest.fail(NO_CHROMIUM)
    return pytest.skip(NO_CHROMIUM)


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def _leave_no_page_open(browser: Browser) -> Iterator[None]:
    """A page that a test opened is left as a coach leaves it, which ends the kernel behind it."""
    before = {page for context in browser.contexts for page in context.pages}
    yield
    opened = [page for context in browser.contexts for page in context.pages if page not in before]
    for page in opened:
        leave(page)


def leave(page: Page) -> None:
    """Leave a page as a coach does, which ends the kernel behind it; closing it alone does not."""
    page.goto("about:blank")
    page.context.close()


def write_practice_of_today(path: Path) -> Path:
    """The sample's clients, their days moved so that the sample's day is today."""
    shift = pd.Timestamp.now(tz="UTC").normalize() - SAMPLES_DAY
    frames = {}
    for name, frame in ck.Caseload.read(data_folder() / "sample"):
        moved = {
            column.name: frame[column.name] + shift
            for column in terms.TABLES[name]
            if column.kind in ("instant", "day")
        }
        frames[name] = frame.assign(**moved)
    folder = path.with_suffix(".csvs")
    ck.Caseload(**frames).write(folder)
    new_practice(path, source=folder, coach="Rosa", timezone="America/New_York")
    return path


@dataclass
class Watched:
    """A page, and all that it asked for, was told, and complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def _is_kernel(process: psutil.Process) -> bool:
    try:
        return "ipykernel_launcher" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:  # it ended while they were listed
        return False


@dataclass(frozen=True)
class App:
    """The pages that ``coachkit app`` serves, and the practice behind them."""

    browser: Browser
    server: Server
    path: Path

    @property
    def practice(self) -> Practice:
        opened = open_practice(self.path)
        assert isinstance(opened, Practice)
        return opened

    def kernels(self) -> set[int]:
        """The Python processes that work behind its pages."""
        below = psutil.Process(self.server.process.pid).children(recursive=True)
        return {process.pid for process in below if _is_kernel(process)}

    def open(self, name: str, *, theme: str = "light", width: int = 1400) -> Watched:
        """A page of its own, once its panel is there."""
        page = self.browser.new_page(viewport={"width": width, "height": 1000})
        page.set_default_timeout(20_000)
        watched = Watched(page)
        page.on("request", lambda request: watched.asked.append(request.url))
        page.on("dialog", lambda one: (watched.complaints.append(one.message), one.dismiss()))
        page.on("pageerror", lambda fault: watched.complaints.append(str(fault)))

        def listen(socket: object) -> None:
            socket.on("framereceived", lambda frame: watched.heard.append(str(frame)))  # type: ignore[attr-defined]

        page.on("websocket", listen)
        path = f"voila/render/{name}.ipynb"
        page.goto(self.server.address(path, self.server.token) + f"&theme={theme}")
        page.wait_for_selector(".ck-panel", timeout=PATIENCE)
        return watched


StartApp = Callable[[Path], App]


@pytest.fixture(scope="package")
def start_app(serve: Serve, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> StartApp:
    """Serve a practice's pages, as ``coachkit app`` does."""

    def start(path: Path) -> App:
        def command(port: int) -> list[str]:
            app = [sys.executable, "-m", "coachkit.cli", "app", "--no-browser"]
            return [*app, "--port", str(port), "--practice", str(path)]

        return App(browser, serve(tmp_path_factory.mktemp("app"), command), path)

    return start


@pytest.fixture(scope="package")
def app(start_app: StartApp, tmp_path_factory: pytest.TempPathFactory) -> App:
    """The pages of the sample's clients, whose day is today."""
    folder = tmp_path_factory.mktemp("practice")
    return start_app(write_practice_of_today(folder / "own.coachkit"))
