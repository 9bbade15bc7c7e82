"""Reports and calendars from the page: into a folder that is named, beside the kernel."""

import asyncio
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import coachkit as ck
from coachkit import panels
from coachkit.panels.beside import Beside
from coachkit.panels.notes_and_reports import NotesAndReports
from coachkit.panels.reports_part import Reports
from coachkit.practice import Practice
from coachkit.reports import shelf
from tests.panels.conftest import everything_live


@pytest.fixture
def page(practice: Practice, tmp_path: Path) -> NotesAndReports:
    page = panels.notes_and_reports(practice)
    page.reports.folder.value = str(tmp_path / "out")
    return page


@pytest.fixture
def reports(page: NotesAndReports) -> Reports:
    """With Amara Osei chosen, and pages for the browser alone."""
    page.show_client(1)
    page.reports.forms["pdf"].value = False
    return page.reports


def files(reports: Reports) -> list[str]:
    folder = Path(reports.folder.value)
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return sorted(name for name in names if not name.startswith("."))


def test_a_clients_report_in_every_form_that_is_ticked(reports: Reports) -> None:
    """It says which files lie where; each opens again."""
    from docx import Document
    from openpyxl import load_workbook

    for tick in reports.forms.values():
        tick.value = True
    reports.reports["client"].click()
    assert reports.fault.text == ""
    folder = Path(reports.folder.value)
    assert reports.told.text.startswith(f"4 files written to {folder}: Amara Osei (1).html, ")
    content = {name.rpartition(".")[2]: (folder / name).read_bytes() for name in files(reports)}
    assert sorted(content) == ["docx", "html", "pdf", "xlsx"]
    assert b"Amara Osei" in content["html"]
    assert b"Askeland" not in content["html"]
    assert content["pdf"].startswith(b"%PDF-")
    assert Document(BytesIO(content["docx"])).paragraphs
    assert load_workbook(BytesIO(content["xlsx"])).sheetnames


def test_what_has_not_changed_is_not_written_again(reports: Reports) -> None:
    """And it is said."""
    reports.reports["client"].click()
    reports.reports["client"].click()
    assert reports.told.text.startswith("Nothing has changed")
    assert files(reports) == ["Amara Osei (1).html"]


def test_the_reports_on_everybody(reports: Reports) -> None:
    """One for the coach, one in which nobody is named."""
    reports.reports["caseload"].click()
    reports.reports["sponsor"].click()
    assert files(reports) == ["caseload.html", "sponsor.html"]
    folder = Path(reports.folder.value)
    assert b"Amara Osei" in (folder / "caseload.html").read_bytes()
    assert b"Amara" not in (folder / "sponsor.html").read_bytes()


def test_without_a_form_nothing_is_made(reports: Reports) -> None:
    """It is said beside the buttons."""
    reports.forms["html"].value = False
    reports.reports["client"].click()
    assert reports.fault.text == "Tick at least one form for the report."
    assert files(reports) == []


def test_a_folder_that_cannot_be_made_is_a_sentence(reports: Reports, tmp_path: Path) -> None:
    """And the buttons work again."""
    (tmp_path / "file").write_text("in the way")
    reports.folder.value = str(tmp_path / "file" / "out")
    reports.reports["client"].click()
    assert "cannot be made" in reports.fault.text
    assert not reports.reports["client"].disabled
    reports.folder.value = str(tmp_path / "other")
    reports.reports["client"].click()
    assert reports.fault.text == ""
    assert files(reports) == ["Amara Osei (1).html"]


def test_calendars(reports: Reports) -> None:
    """The client's, everybody's, the coach's; two parsers' worth of reopening is in test_ics."""
    from icalendar import Calendar

    reports.calendars["client"].click()
    assert files(reports) == ["Amara Osei (1).ics"]
    (name,) = files(reports)
    assert reports.told.text == f"1 file written to {reports.folder.value}: {name}."
    calendar = Calendar.from_ical((Path(reports.folder.value) / name).read_bytes())
    assert calendar.walk("VEVENT")
    reports.calendars["coach"].click()
    assert "calendar.ics" in files(reports)
    reports.calendars["all"].click()
    assert len(files(reports)) == len(reports._panel.practice.caseload().clients) + 1


def test_nobody_chosen_has_no_report_of_their_own(page: NotesAndReports) -> None:
    """Those for everybody are offered."""
    assert page.reports.reports["client"].layout.display == "none"
    assert page.reports.calendars["client"].layout.display == "none"
    page.show_client(1)
    assert page.reports.reports["client"].layout.display == ""


def test_what_was_written_for_one_client_is_not_told_beside_the_next(
    page: NotesAndReports, reports: Reports
) -> None:
    """The file bears a name."""
    reports.reports["client"].click()
    assert "Amara Osei (1).html" in everything_live()
    page.show_client(18)
    assert "Amara" not in everything_live()


def test_an_empty_practice_invites(empty: Practice) -> None:
    """There is nothing to press yet."""
    page = panels.notes_and_reports(empty)
    assert "Take your first client on" in page.name.value
    assert page.files.layout.display == "none"
    page.reports.reports["all"].click()
    assert page.reports.fault.text.startswith("There is no client yet")
    number = empty.add_client("Ann Lee", timezone="America/New_York")
    assert page.look()
    assert page.files.layout.display == ""
    page.show_client(number)
    assert page.fault.text == ""


def test_the_sample_can_be_reported_on(tmp_path: Path) -> None:
    """Writing files changes no practice."""
    page = panels.notes_and_reports(ck.open_practice("sample"))
    page.reports.folder.value = str(tmp_path)
    page.reports.forms["pdf"].value = False
    page.reports.reports["sponsor"].click()
    assert (page.fault.text, page.reports.fault.text) == ("", "")
    assert (tmp_path / "sponsor.html").exists()


def test_a_practice_without_the_client_asks_for_another(page: NotesAndReports) -> None:
    """As when one's own is started from the sample, empty."""
    page.show_client(1)
    page.practice.erase(1)  # type: ignore[attr-defined]
    page.redraw()
    assert page.fault.text == ""
    assert page.client_id is None
    assert page.name.value.startswith("<p>Choose a client")


# -- beside the kernel -----------------------------------------------------------------------------


def in_a_kernel(do: Any) -> None:
    """Do something in a running loop, as a kernel has one."""
    asyncio.run(asyncio.wait_for(do(), timeout=120))


async def until_done(reports: Reports) -> int:
    """Wait until nothing is under way; how often the loop could do other things meanwhile."""
    turns = 0
    while reports._work is not None:
        await asyncio.sleep(0.01)
        turns += 1
    return turns


def test_a_report_for_every_client_leaves_the_page_alive(reports: Reports) -> None:
    """The bar moves, the buttons wait, the loop goes on."""
    number = len(reports._panel.practice.caseload().clients)

    async def journey() -> None:
        reports.reports["all"].click()
        assert reports.told.text == f"Writing {number} reports…"
        assert reports.working.layout.display == ""
        assert reports.reports["all"].disabled
        assert await until_done(reports) > number

    in_a_kernel(journey)
    assert reports.bar.value == number
    assert reports.working.layout.display == "none"
    assert not reports.reports["all"].disabled
    assert reports.told.text == f"{number} files written to {reports.folder.value}."
    assert len(files(reports)) == number


def test_cancel_leaves_whole_reports_and_the_same_button_goes_on(
    reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that stand are not made again."""
    monkeypatch.setattr(shelf, "_processors", lambda: 1)
    number = len(reports._panel.practice.caseload().clients)

    async def journey() -> None:
        reports.reports["all"].click()
        while reports.bar.value < 2:
            await asyncio.sleep(0.01)
        reports.cancel.click()
        assert reports.cancel.disabled
        await until_done(reports)

    in_a_kernel(journey)
    stands = reports.bar.value
    assert 2 <= stands < number
    assert reports.told.text.startswith(f"Cancelled: {stands} of {number} reports stand in ")
    assert len(files(reports)) == stands
    reports.reports["all"].click()
    assert reports.told.text.startswith(f"{number - stands} files written to ")


def test_a_fault_beside_the_kernel_is_a_sentence(
    reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of ours in place, another by the panel; neither ends the page."""

    async def journey() -> None:
        reports.reports["caseload"].click()
        await until_done(reports)

    def broken(*_: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(shelf, "export", broken)
    in_a_kernel(journey)
    assert "Something went wrong here" in reports._panel.fault.text
    assert not reports.reports["caseload"].disabled

    def full(*_: object) -> bytes:
        raise ck.errors.UnreadableFile("The disk is full.")

    monkeypatch.setattr(shelf, "export", full)
    in_a_kernel(journey)
    assert reports.fault.text == "The disk is full."


def test_leaving_the_page_stops_what_is_under_way(reports: Reports) -> None:
    """Nobody is left to tell."""

    async def journey() -> None:
        reports.calendars["all"].click()
        work = reports._work
        assert work is not None
        reports.close()
        assert work.stopping
        await until_done(reports)

    in_a_kernel(journey)


def test_steps_are_closed_when_they_are_stopped() -> None:
    """So that the processes behind them end."""
    told: list[object] = []
    closed: list[bool] = []

    def steps() -> Iterator[int]:
        try:
            yield from range(10)
        finally:
            closed.append(True)

    def on_step(step: int) -> None:
        told.append(step)
        if step == 2:
            work.stop()

    work = Beside(steps, on_step=on_step, on_end=told.append)
    work.start()
    assert told == [0, 1, 2, None]
    assert closed == [True]
