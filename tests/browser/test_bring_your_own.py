"""Bringing a tracker in as a coach does it: in a real browser, into an empty practice."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from coachkit.practice import new_practice
from tests.browser.conftest import App, StartApp

EVIL = "<img src=x onerror=alert(1)>"
TRACKER = f"""Company,Job Title,Date Applied,Status,Notes
Acme,Cook,03/04/2026,Rejected,
Bolt {EVIL},Baker,05/06/2026,Warmish,sent thank you note 2026-09-21
"""


@pytest.fixture(scope="module")
def empty(start_app: StartApp, tmp_path_factory: pytest.TempPathFactory) -> App:
    """The pages of a practice on its first day."""
    path = tmp_path_factory.mktemp("first") / "own.coachkit"
    new_practice(path, timezone="America/New_York")
    return start_app(path)


def test_a_tracker_is_chosen_corrected_imported_and_taken_back(empty: App, tmp_path: Path) -> None:
    """What is asked is answered by its label; a click writes it, and a click takes it back."""
    watched = empty.open("6_bring_your_own")
    page = watched.page
    file = tmp_path / "jobs.csv"
    file.write_text(TRACKER)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose files").click()
    chooser.value.set_files(file)
    first = page.get_by_label("Please say: what comes first in “Date Applied”")
    first.select_option(label="Day first (31/12)")
    page.get_by_label("Please say what “Warmish” means").select_option(label="Waiting for them")
    expect(page.get_by_text("2 rows in: 2 to import").first).to_be_visible()
    page.get_by_label("The new client's name").fill("Ann Lee")
    page.get_by_label("Thank-you sent, Mon 21 Sep 2026").check()
    assert empty.practice.caseload().clients.empty
    page.get_by_role("button", name="Import these").click()
    undo = page.get_by_role("button", name="Undo this import")
    undo.wait_for()
    expect(page.get_by_text("1 client, 2 opportunities")).to_be_visible()
    caseload = empty.practice.caseload()
    assert caseload.opportunities["applied_on"].dt.month.tolist() == [4, 6]
    assert len(caseload.contacts) == 1
    undo.click()
    expect(page.get_by_text("0 clients, 0 opportunities")).to_be_visible()
    assert watched.complaints == []
