"""The notebooks as a coach sees them: in JupyterLab, in a browser, with nobody else on the line."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from coachkit._places import notebooks_folder
from coachkit._serving import SHARE
from coachkit.lab import lab_command
from coachkit.practice import open_practice
from tests.browser.conftest import write_practice_of_today
from tests.build import case, visit
from tests.conftest import Serve, Server
from tests.notebooks import write_notebook

NOTEBOOKS = sorted(path.name for path in notebooks_folder().glob("*.ipynb"))
#: What each notebook must say to the coach.
SAID = {
    "1_today.ipynb": ("Overdue (9)", "Amara Osei", "Quillmark Ledger Partners", "waits 7 days"),
    "2_client_session.ipynb": ("Choose a client", "Presenting: off", "Follow up by e-mail"),
    "3_compliance.ipynb": ("Accounting & audit", "95 % (18 of 19), 75 % to 99 %"),
    "4_wait_periods.ipynb": ("Wait before the first follow-up", "past follow-ups", "All fields"),
    "5_notes_and_reports.ipynb": ("Choose a client", "thank-yous on time"),
    "6_bring_your_own.ipynb": ("24 clients", "Start my own, empty"),
}
#: No word of news, and every cell drawn at once instead of when it is scrolled to.
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "doNotDisturbMode": True,
        "fetchNews": "false",
    },
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}
#: The idle indicator is idle before there is a kernel, so ask the session itself; and never wait
#: for good, which a dialog would have it do.
RUN_ALL = """async () => {
    const app = window.jupyterapp;
    const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));
    const run = async () => {
        await app.restored;
        const panel = app.shell.currentWidget;
        await panel.context.ready;
        await panel.sessionContext.ready;
        await panel.sessionContext.session.kernel.info;
        const idle = () => panel.sessionContext.session.kernel.status === 'idle';
        while (!idle()) await pause(50);
        await app.commands.execute('notebook:run-all-cells');
        while (!idle()) await pause(50);
        return panel.content.model.toJSON();
    };
    const giveUp = async () => {
        await pause(60000);
        throw new Error('after a minute on the page: ' + document.body.innerText);
    };
    return Promise.race([run(), giveUp()]);
}"""


#: What the kernel says of an expression.
ASK = """async it => {
    const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
    const { content } = await kernel.requestExecute({ code: '', user_expressions: { it } }).done;
    return content.user_expressions.it.data['text/plain'];
}"""


@pytest.fixture(scope="module")
def lab(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """JupyterLab as ``coachkit lab`` starts it, on copies of the notebooks, open to questions."""
    folder = tmp_path_factory.mktemp("browser")
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    for name in NOTEBOOKS:
        shutil.copyfile(notebooks_folder() / name, notebooks / name)
    write_hostile_practice(folder / "hostile")
    write_notebook(notebooks / "hostile.ipynb", HOSTILE_CELLS)
    settings = folder / "jupyter" / "config" / "labconfig"
    settings.mkdir(parents=True)
    (settings / "default_setting_overrides.json").write_text(json.dumps(SETTINGS))
    return serve(
        folder,
        lambda port: [
            *lab_command(notebooks, port=port, browser=False),
            "--LabApp.expose_app_in_browser=True",
        ],
    )


@dataclass(frozen=True)
class Visit:
    """What came of opening a notebook and running all of it."""

    name: str
    page: Page
    outputs: list[dict[str, Any]]
    asked: list[str]
    dialogs: list[str]

    def of_type(self, kind: str) -> list[dict[str, Any]]:
        return [output for output in self.outputs if kind in output.get("data", {})]


def visit_notebook(browser: Browser, lab: Server, name: str) -> Iterator[Visit]:
    """Open a notebook, run every cell, and wait until it is idle."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(40_000)
    asked: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(lab.address(f"lab/tree/{name}", lab.token) + "&reset")
    page.wait_for_function("window.jupyterapp?.shell?.currentWidget?.content?.model")
    cells = page.evaluate(RUN_ALL)["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    yield Visit(name, page, outputs, asked, dialogs)
    page.close()


@pytest.fixture(scope="module", params=NOTEBOOKS)
def shown(browser: Browser, lab: Server, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Each notebook in turn, as it stands on the page when all of it has run."""
    yield from visit_notebook(browser, lab, request.param)


# -- the notebooks ---------------------------------------------------------------------------------


def test_there_are_notebooks_to_look_at() -> None:
    """A folder without notebooks would pass every check of none."""
    assert set(NOTEBOOKS) >= set(SAID)


def test_every_cell_runs(shown: Visit) -> None:
    """No cell ends in an error, and none warns."""
    assert shown.outputs
    assert [output for output in shown.outputs if output["output_type"] == "error"] == []
    assert [output for output in shown.outputs if output.get("name") == "stderr"] == []


def test_the_words_are_on_the_page(shown: Visit, tmp_path: Path) -> None:
    """The coach reads whose turn it is, and the rates in words."""
    shown.page.screenshot(path=tmp_path / "notebook.png")
    outputs = shown.page.locator(".jp-OutputArea-output")
    for words in SAID[shown.name]:
        outputs.filter(has_text=words).first.wait_for()


def test_nobody_outside_is_asked(shown: Visit) -> None:
    """Every request stays on this machine: the notebooks work offline, and tell nobody."""
    assert len(shown.asked) > 10
    hosts = {
        urlsplit(url).hostname for url in shown.asked if not url.startswith(("data:", "blob:"))
    }
    assert hosts <= {"127.0.0.1", "localhost"}
    assert shown.dialogs == []


# -- what came from outside ------------------------------------------------------------------------

MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script><b>bold</b>"
FORMULA = "$x^2$ and \\(y\\) at $$z$$"
HOSTILE_CELLS = (
    "import coachkit as ck\n"
    "practice = ck.open_practice('../hostile')\n"
    "caseload, policy = practice.caseload(), practice.policy()\n"
    "agenda = ck.plan(caseload, policy, as_of=practice.as_of())\n"
    "ck.tell_agenda(agenda)",
    "duties = ck.grade(caseload, policy, as_of=practice.as_of())\n"
    "ck.tell_compliance(ck.compliance(duties, by=['coach', 'field']))",
    "from IPython.display import HTML\nHTML('a formula: $a^2$')",
)


def write_hostile_practice(folder: Path) -> None:
    """Names that are markup, and employers that are formulas."""
    one = case(
        visit("Mon 2 Feb 10:00"),
        as_of="Mon 2 Feb 12:00",
        name=MARKUP,
        role=MARKUP,
        employer=FORMULA,
        coach=MARKUP,
        field=FORMULA,
    )
    one.given[0].write(folder)
    (folder / "as_of.txt").write_text(one.as_of.isoformat(), encoding="utf-8")


@pytest.fixture(scope="module")
def hostile(browser: Browser, lab: Server) -> Iterator[Visit]:
    yield from visit_notebook(browser, lab, "hostile.ipynb")


def test_a_name_is_never_markup(hostile: Visit) -> None:
    """Its letters are shown, and nothing of it is an element or runs."""
    outputs = hostile.page.locator(".jp-OutputArea-output")
    assert MARKUP in outputs.first.inner_text()
    assert outputs.locator("img, script, b").count() == 0
    assert hostile.dialogs == []


def test_an_employer_is_never_a_formula(hostile: Visit) -> None:
    """Dollars and backslashes stay as they were written."""
    hostile.page.locator("mjx-container").first.wait_for()  # from here on a formula would be set
    tables = hostile.page.locator(".ck-table")
    assert {FORMULA in text for text in tables.all_inner_texts()} == {True}
    assert tables.locator("mjx-container").count() == 0


# -- a practice of one's own -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def own_lab(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """JupyterLab as ``coachkit lab`` starts it, on notebooks over a practice of one's own."""
    folder = tmp_path_factory.mktemp("own")
    practice = write_practice_of_today(folder / "own.coachkit")
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    source = (notebooks_folder() / "1_today.ipynb").read_text(encoding="utf-8")
    opening = f"ck.open_practice({str(practice)!r})"
    (notebooks / "1_today.ipynb").write_text(source.replace("ck.open_practice()", opening))
    again = f"shown.append(panels.client_session({opening})); shown[-1]"
    imports = "import coachkit as ck; from coachkit import panels"
    write_notebook(
        notebooks / "again.ipynb", [f"{imports}; shown = globals().get('shown', [])", again]
    )
    return serve(
        folder,
        lambda port: [
            *("env", f"JUPYTER_CONFIG_PATH={SHARE}"),  # as ``coachkit lab`` has it
            *lab_command(notebooks, port=port, browser=False),
            "--LabApp.expose_app_in_browser=True",
        ],
    )


@pytest.fixture(scope="module")
def own(browser: Browser, own_lab: Server) -> Iterator[Visit]:
    """Today on a practice of one's own."""
    yield from visit_notebook(browser, own_lab, "1_today.ipynb")


@pytest.fixture(scope="module")
def again(browser: Browser, own_lab: Server) -> Iterator[Visit]:
    """A client's session, in a notebook that is run more than once."""
    yield from visit_notebook(browser, own_lab, "again.ipynb")


def cells_after_deleting_on(visit: Visit, control: str) -> tuple[int, int]:
    """How many cells there are before and after ``dd`` is typed on a control."""
    cells = "document.querySelectorAll('.jp-Notebook .jp-Cell').length"
    before = visit.page.evaluate(cells)
    visit.page.locator(control).first.focus()
    visit.page.keyboard.press("d")
    visit.page.keyboard.press("d")
    visit.page.wait_for_timeout(300)
    return before, visit.page.evaluate(cells)


def test_letters_typed_in_the_list_do_not_reach_jupyterlab(own: Visit) -> None:
    """In its command mode ``dd`` deletes a cell."""
    before, after = cells_after_deleting_on(own, ".ck-today .ck-first")
    assert after == before


def test_letters_typed_on_a_plain_button_do_not_reach_jupyterlab(again: Visit) -> None:
    """Nor from those controls of a panel that are ipywidgets' own."""
    before, after = cells_after_deleting_on(again, "button.ck-choose")
    assert after == before


def test_a_panel_whose_cell_is_run_again_listens_no_more(again: Visit) -> None:
    """The one on the page does."""

    def left() -> str:
        return str(again.page.evaluate(ASK, "[one._around.left for one in shown]"))

    assert left() == "[False]"
    again.page.evaluate(RUN_ALL)
    for _ in range(100):
        if left() == "[True, False]":
            break
        again.page.wait_for_timeout(100)
    assert left() == "[True, False]"


def test_a_click_in_jupyterlab_logs_the_contact(own: Visit) -> None:
    """As on the pages."""
    row = own.page.locator(".ck-today .ck-row", has_text="Follow up").first
    row.locator(".ck-first").click()
    own.page.locator(".ck-today .ck-note", has_text="Logged: follow-up").first.wait_for()


def test_the_saved_notebook_holds_no_client(
    own: Visit, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Neither in its outputs nor among its widgets."""
    assert "Amara Osei" in own.page.locator(".jp-Notebook").inner_text()
    own.page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    own.page.wait_for_timeout(1500)
    saved = tmp_path_factory.getbasetemp() / "own0" / "notebooks" / "1_today.ipynb"
    written = saved.read_text(encoding="utf-8")
    assert "<Today: shown where the notebook runs>" in written
    caseload = open_practice(saved.parents[1] / "own.coachkit").caseload()
    words = [*caseload.clients["name"], *caseload.opportunities["employer"]]
    assert [word for word in words if word in written] == []


def test_jupyterlab_asks_about_no_news(own: Visit) -> None:
    """The coach's first sight is the list."""
    assert own.page.get_by_text("Would you like to").count() == 0
    assert own.page.locator(".jp-toastContainer").all_inner_texts() in ([], [""])
