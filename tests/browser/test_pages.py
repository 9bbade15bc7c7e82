"""The pages as a coach uses them: real Voilà, a real browser, a practice of one's own."""

import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

import coachkit as ck
from coachkit import terms
from coachkit._places import notebooks_folder
from tests.browser.conftest import App, Watched, leave

PAGES = [path.stem for path in sorted(notebooks_folder().glob("*.ipynb"))]
MAIN = 1  # Amara Osei


def contacts(app: App) -> int:
    return len(app.practice.caseload().contacts)


def rows_to_do(page: Page, words: str = "Follow up") -> Locator:
    """Rows of the agenda that can still be ticked."""
    return page.locator(".ck-today .ck-row:not(.ck-done)", has_text=words).filter(
        has=page.locator(".ck-tick:visible")
    )


def by_id(page: Page, row: Locator) -> Locator:
    """The same row, whatever becomes of it."""
    return page.locator(f'.ck-row[data-id="{row.get_attribute("data-id")}"]')


def until(holds: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until something holds."""
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < seconds, "it never came about"
        time.sleep(0.02)


def choose(page: Page, name: str) -> None:
    page.get_by_role("button", name="Choose a client…").click()
    page.get_by_label("Client", exact=True).select_option(label=name)
    page.locator(".ck-open-client").click()
    page.locator(".ck-client, .ck-composer").first.wait_for()


# -- every page ------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=PAGES)
def opened(app: App, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """Each page in turn."""
    watched = app.open(request.param)
    watched.page.wait_for_timeout(500)
    yield watched
    leave(watched.page)


def test_a_page_shows_no_code_and_no_complaint(opened: Watched) -> None:
    """Words and panels alone."""
    assert "import coachkit" not in opened.page.inner_text("body")
    assert "Traceback" not in opened.page.inner_text("body")
    assert opened.page.locator("h1").count() == 1
    assert opened.complaints == []


def test_a_page_that_is_left_ends_the_process_behind_it(app: App) -> None:
    """Also where it was opened straight, without the front door."""
    before = app.kernels()
    page = app.open("1_today").page
    own = app.kernels() - before
    assert len(own) == 1
    page.goto("about:blank")
    until(lambda: not own & app.kernels())


def test_nobody_outside_is_asked(opened: Watched) -> None:
    """The pages work offline, and tell nobody."""
    hosts = {
        urlsplit(url).hostname for url in opened.asked if not url.startswith(("data:", "blob:"))
    }
    assert hosts == {"127.0.0.1"}


def test_a_page_leads_to_every_other(opened: Watched) -> None:
    """And says which one it is."""
    links = opened.page.get_by_role("navigation", name="Pages").get_by_role("link")
    targets = [urlsplit(link.get_attribute("href") or "").path for link in links.all()]
    assert targets == [f"/voila/render/{name}.ipynb" for name in PAGES]
    assert opened.page.locator("a[aria-current=page]").count() == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(app: App, theme: str) -> None:
    """Labels, roles and contrast of our part of each page."""
    from axe_playwright_python.sync_playwright import Axe

    found = []
    for name in PAGES:
        page = app.open(name, theme=theme).page
        if name in ("2_client_session", "5_notes_and_reports"):
            choose(page, "Amara Osei")
        if name == "2_client_session":
            page.locator(".ck-write-note").click()
            page.get_by_role("textbox", name="The note", exact=True).wait_for()
        page.wait_for_timeout(500)
        for fault in Axe().run(page, context=".ck-panel").response["violations"]:
            if fault["impact"] in ("serious", "critical"):
                where = [node["html"][:160] for node in fault["nodes"][:3]]
                found.append((name, fault["id"], len(fault["nodes"]), where))
        page.evaluate("document.querySelector('.ck-panel').append(new Image())")
        seen = Axe().run(page, context=".ck-panel").response["violations"]
        assert "image-alt" in [fault["id"] for fault in seen], "the check itself can fail"
        leave(page)
    assert found == []


# -- today -----------------------------------------------------------------------------------------


def test_a_tick_logs_once_however_often_it_is_clicked(app: App) -> None:
    """A double click meets the same button twice, and logs one contact."""
    page = app.open("1_today").page
    before = contacts(app)
    row = by_id(page, rows_to_do(page).first)
    row.locator(".ck-first").dblclick()
    expect(row).to_contain_text("Logged: follow-up")
    row.locator(".ck-first").click(force=True)
    page.wait_for_timeout(500)
    assert contacts(app) == before + 1
    row.get_by_role("button", name="Take back").click()
    expect(row).not_to_contain_text("Logged")
    until(lambda: contacts(app) == before)


def test_several_are_logged_at_once(app: App) -> None:
    """Ticked, then done by one button, as one change."""
    page = app.open("1_today").page
    before = contacts(app)
    rows = [by_id(page, rows_to_do(page, "").nth(place)) for place in range(3)]
    for row in rows:
        row.locator(".ck-tick").check()
    page.get_by_role("button", name="Mark ticked as done (3)").click()
    for row in rows:
        expect(row).to_contain_text("Logged: ")
    assert contacts(app) == before + 3
    app.practice.undo()
    assert contacts(app) == before


def test_a_reload_loses_nothing(app: App) -> None:
    """What was done is done, in a fresh kernel, too."""
    page = app.open("1_today").page
    row = by_id(page, rows_to_do(page).first)
    row.locator(".ck-first").click()
    expect(row).to_contain_text("Logged: follow-up")
    rows = page.locator(".ck-today .ck-row").count()
    page.reload()
    page.wait_for_selector(".ck-panel", timeout=60_000)
    page.locator(".ck-today .ck-row").first.wait_for()
    expect(row).to_have_count(0)
    assert abs(page.locator(".ck-today .ck-row").count() - rows) <= 2
    app.practice.undo()


def test_a_second_tab_shows_the_truth_by_itself(app: App) -> None:
    """Whichever of them was clicked; how soon, tests/benchmarks/panels.py measures."""
    one, other = app.open("1_today").page, app.open("1_today").page
    row = rows_to_do(one).first
    here, there = by_id(one, row), by_id(other, row)
    expect(there).to_have_count(1)
    here.locator(".ck-first").click()
    expect(here).to_contain_text("Logged: follow-up")
    expect(there).to_have_count(0)
    app.practice.undo()
    expect(there).to_have_count(1)


def test_the_keyboard_alone_does_everything_on_today(app: App) -> None:
    """Arrows move, space ticks, tab reaches the buttons, enter presses them."""
    page = app.open("1_today").page
    before = contacts(app)
    page.keyboard.press("Tab")
    for _ in range(30):
        if page.evaluate("document.activeElement.classList.contains('ck-tick')"):
            break
        page.keyboard.press("Tab")
    else:
        pytest.fail("tab never reached the list")
    first = page.evaluate("document.activeElement.closest('.ck-row').dataset.id")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.closest('.ck-row').dataset.id")
    assert first != second
    assert page.locator(".ck-tick:checked").count() == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    done = page.locator(f'.ck-row[data-id="{second}"]')
    expect(done).to_contain_text("Logged: ")
    assert contacts(app) == before + 1
    assert page.evaluate("document.activeElement.closest('.ck-row').dataset.id") == second
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    until(lambda: contacts(app) == before)


# -- a client's session ----------------------------------------------------------------------------


def others_words(app: App, client: int) -> dict[str, str]:
    """Every text that only other clients' rows hold, and where."""
    caseload, own = app.practice.caseload(), app.practice.caseload(client=client)
    mine = " ".join(
        str(cell)
        for name, frame in own
        for column in terms.TABLES[name]
        if column.kind in ("text", "label")
        for cell in frame[column.name].dropna()
    )
    fields = " ".join(map(str, app.practice.policy().table.to_numpy().ravel()))
    return {
        str(cell): f"{name}.{column.name}"
        for name, frame in caseload
        for column in terms.TABLES[name]
        if column.kind in ("text", "label") and column.name != "coach"
        for cell in frame[column.name].dropna().unique()
        if len(str(cell)) > 5 and str(cell) not in mine and str(cell) not in fields
    }


@pytest.mark.parametrize("name", ["2_client_session", "5_notes_and_reports"])
def test_nothing_of_any_other_client_reaches_the_browser(app: App, name: str) -> None:
    """Not the page, and not a single message to it, but for the list while it is open."""
    canaries = others_words(app, MAIN)
    assert len(canaries) > 300
    watched = app.open(name)
    page = watched.page
    page.get_by_role("button", name="Choose a client…").click()
    page.get_by_label("Client", exact=True).wait_for()
    names = {where for word, where in canaries.items() if word in page.content()}
    assert names == {"clients.name"}, "the list holds names and nothing else"
    page.get_by_label("Client", exact=True).select_option(label="Amara Osei")
    watched.heard.clear()
    page.locator(".ck-open-client").click()
    page.get_by_text("Quillmark Ledger Partners").first.wait_for()
    page.wait_for_timeout(1500)
    if name.startswith("2"):
        page.get_by_role("button", name="Draw the timeline").click()
        page.locator(".ck-chart").wait_for()
    heard = "".join(watched.heard)
    assert "Quillmark" in heard
    assert [(word, canaries[word]) for word in canaries if word in page.content()] == []
    assert [(word, canaries[word]) for word in canaries if word in heard] == []


def test_an_interview_is_logged_in_the_page(app: App) -> None:
    """With the employer's words read to their day, and kept once."""
    page = app.open("2_client_session").page
    choose(page, "Amara Osei")
    before = len(app.practice.caseload(client=MAIN).interviews)
    page.get_by_label("What is your timeline, and when can I expect to hear back?").fill(
        "two to three weeks"
    )
    page.keyboard.press("Tab")
    expect(page.locator(".ck-log-interview")).to_contain_text("3 weeks after")
    page.get_by_label("Who was met").fill("Jo Lu, CFO")
    page.get_by_role("button", name="Log the interview").dblclick()
    expect(page.locator(".ck-log-interview")).to_contain_text("Kept: the interview of")
    kept = app.practice.caseload(client=MAIN)
    assert len(kept.interviews) == before + 1
    latest = kept.interviews.sort_values("interview_id").iloc[-1]
    assert latest["answer_timeline"] == "two to three weeks"
    assert (latest["promised_by"] - latest["held_at"].tz_localize(None)).days in (20, 21)
    app.practice.undo()


def test_a_form_keeps_what_was_typed_and_says_which_field_is_wrong(app: App) -> None:
    """In place, in a sentence."""
    page = app.open("2_client_session").page
    choose(page, "Amara Osei")
    form = page.locator(".ck-log-interview")
    form.get_by_label("Where").select_option(label="A new one…")
    form.get_by_label("Role").fill("Auditor")
    page.get_by_role("button", name="Log the interview").click()
    expect(form.locator(".ck-pair-employer")).to_contain_text("Enter the employer.")
    assert form.get_by_label("Role").input_value() == "Auditor"


def test_a_touch_takes_two_clicks(app: App) -> None:
    """The employer, and what it was."""
    page = app.open("2_client_session").page
    choose(page, "Amara Osei")
    before = contacts(app)
    page.locator(".ck-touches").get_by_label("Where").first.select_option(index=1)
    page.get_by_role("button", name="They got in touch just now").dblclick()
    until(lambda: contacts(app) == before + 1)
    page.wait_for_timeout(700)
    assert contacts(app) == before + 1
    app.practice.undo()


def test_presenting_hides_the_list_and_private_notes(app: App) -> None:
    """By one switch."""
    app.practice.add_note(MAIN, "Dreads the telephone.")
    page = app.open("2_client_session").page
    choose(page, "Amara Osei")
    page.get_by_text("Dreads the telephone.").wait_for()
    page.get_by_role("button", name="Presenting: off").click()
    expect(page.get_by_text("Dreads the telephone.")).to_have_count(0)
    expect(page.get_by_role("button", name="Choose a client…")).to_be_hidden()


def test_a_note_that_was_begun_is_there_after_a_reload(app: App) -> None:
    """As the coach left it."""
    page = app.open("5_notes_and_reports").page
    choose(page, "Amara Osei")
    note = page.get_by_role("textbox", name="The note", exact=True)
    note.fill("Dear Dolores,\n\nin my own words.")
    page.get_by_label("Subject").focus()
    until(lambda: len(app.practice.note_drafts(MAIN)) == 1)
    page.reload()
    choose(page, "Amara Osei")
    expect(note).to_have_value("Dear Dolores,\n\nin my own words.")
    page.get_by_role("button", name="Drop my changes, write it anew").click()
    until(lambda: app.practice.note_drafts(MAIN).empty)


# -- rates and waits -------------------------------------------------------------------------------


def test_a_mark_shows_what_is_behind_it(app: App) -> None:
    """By click, and by arrows and enter."""
    page = app.open("3_compliance").page
    mark = page.locator(".ck-mark").first
    mark.click()
    who = (mark.get_attribute("aria-label") or "").split(",")[0]
    expect(page.locator(".ck-behind h3")).to_contain_text(who)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    below = page.evaluate("document.activeElement.getAttribute('aria-label')").split(",")[0]
    assert below != who
    expect(page.locator(".ck-behind h3")).to_contain_text(below)


def test_waits_are_tried_saved_and_taken_back(app: App) -> None:
    """With a preview before, and a history after."""
    page = app.open("4_wait_periods").page
    page.locator(".ck-tuned-field select").select_option(label="Accounting & audit")
    slider = page.get_by_label("Wait before the first follow-up")
    expect(page.locator(".ck-slider output").first).to_contain_text("7 days (as now)")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".ck-slider output").first).to_contain_text("9 days (now 7)")
    expect(page.locator(".ck-preview")).to_contain_text("of today's actions would move")
    page.get_by_label("Why (kept with the waits)").fill("Slow this autumn")
    page.get_by_role("button", name="Save these waits").click()
    expect(page.get_by_text("Slow this autumn").first).to_be_visible()
    now = ck.open_practice(app.path).as_of()
    assert app.practice.policy().row("Accounting & audit", at=now)["wait_days"] == 9
    page.get_by_role("button", name="Take back the last change").click()
    expect(page.locator(".ck-slider output").first).to_contain_text("7 days (as now)")
    assert app.practice.policy().row("Accounting & audit", at=now)["wait_days"] == 7
