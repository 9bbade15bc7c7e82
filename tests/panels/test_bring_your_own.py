"""Bring your own: files are looked over and corrected, and only a click writes them."""

import asyncio
import tempfile
import threading
import time
from pathlib import Path

import openpyxl
import pytest

import coachkit as ck
from coachkit import panels
from coachkit.importing.remembered import recall
from coachkit.panels import import_desk, taking_in
from coachkit.panels.bring_your_own import BringYourOwn
from coachkit.panels.proposal_form import NOT_SAID, ColumnChoice, TableForm
from coachkit.panels.whose import BY_FILE
from coachkit.panels.work import Work
from coachkit.practice import Practice
from tests.panels.conftest import everything_live

TRACKER = """Company,Job Title,Date Applied,Status,Notes
Acme,Cook,2026-09-01,Rejected,
Bolt,Baker,2026-09-14,Applied,Phone interview on 2026-09-20; sent thank you note 2026-09-21
Cray,Chef,2026-09-15,Warmish,
"""


@pytest.fixture(autouse=True)
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Whoever runs the tests finds nothing among their documents, and nothing is remembered."""
    folder = tmp_path / "documents"
    monkeypatch.setattr(import_desk, "aside_path", lambda: folder / "set-aside.xlsx")
    kept = tmp_path / "imports.json"
    monkeypatch.setattr("coachkit.importing.remembered.corrections_path", lambda: kept)
    return folder


@pytest.fixture
def page(empty: Practice) -> BringYourOwn:
    return panels.bring_your_own(empty)


def upload(page: BringYourOwn, content: str | bytes = TRACKER, name: str = "jobs.csv") -> None:
    """What the browser sends when files are chosen."""
    sent = content.encode() if isinstance(content, str) else content
    file = {"name": name, "type": "", "size": len(sent), "last_modified": 1_790_000_000_000}
    page.desk.upload.set_state({"value": [{**file, "content": memoryview(sent)}]})


def shown(page: BringYourOwn) -> TableForm:
    assert not page.desk.work.fault.text, page.desk.work.fault.text
    (form,) = page.desk.table.children
    assert isinstance(form, TableForm)
    return form


def import_for(page: BringYourOwn, name: str = "Ann Lee") -> None:
    page.desk.whose.name.value = name
    page.desk.take.click()


def test_an_empty_practice_invites(page: BringYourOwn) -> None:
    """Its first step is said, and stands there."""
    assert "Begin with a tracker or a calendar" in page.summary.value
    assert page.files.layout.display == ""
    assert page.desk.whose.zone.value == "America/New_York"


def test_the_sample_offers_ones_own_practice() -> None:
    """Nothing can be brought into it."""
    page = panels.bring_your_own(ck.open_practice("sample"))
    assert page.files.layout.display == "none"
    assert page.begin.children


def test_a_proposal_counts_every_row(page: BringYourOwn) -> None:
    """Rows in are imported, merged and set aside, those with their reason."""
    upload(page)
    assert "3 rows in: 2 to import, 0 merged with another, 1 set aside." in page.desk.total.value
    assert "say what its status means" in shown(page).rows.value
    assert "(row 4)" in shown(page).rows.value


def test_nothing_is_written_before_the_click(page: BringYourOwn, empty: Practice) -> None:
    """Looking and correcting leave the practice as it was."""
    token = empty.token()
    upload(page)
    shown(page).statuses.by_name["Warmish"].value = "waiting"
    assert not empty.changed_since(token)
    assert recall() == []
    import_for(page)
    assert empty.caseload().opportunities["employer"].tolist() == ["Acme", "Bolt", "Cray"]


def test_uploaded_files_are_gone_when_they_are_read(
    page: BringYourOwn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """They lay where nobody else may read, and the widget keeps nothing of them."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    modes: list[int] = []
    real = taking_in.propose

    def look(paths: list[Path], **given: object) -> object:
        modes.append(paths[0].parent.stat().st_mode & 0o777)
        return real(paths, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(taking_in, "propose", look)
    upload(page)
    assert modes == [0o700]
    assert not list(tmp_path.glob("coachkit-*"))
    assert page.desk.upload.value == ()


def test_what_is_not_certain_is_asked_first_and_in_words(page: BringYourOwn) -> None:
    """A date that may be either way, and a status that nobody knows."""
    upload(page, "Notes,Company,Job Title,Date Applied\nx,Acme,Cook,03/04/2026\n")
    first = next(one for one in shown(page)._columns.children if isinstance(one, ColumnChoice))
    assert first.order.description == "Please say: what comes first in “Date Applied”"
    assert first.order.layout.display == ""
    assert first.order.value == NOT_SAID
    assert "whether day or month comes first in “Date Applied”" in page.desk.asked.value
    first.order.value = "dmy"
    assert page.desk.asked.value == ""
    import_for(page)
    applied = page.practice.caseload().opportunities["applied_on"]
    assert str(applied.iloc[0].date()) == "2026-04-03"


def test_a_columns_meaning_is_corrected(page: BringYourOwn, empty: Practice) -> None:
    """With its examples and how sure it was beside it."""
    upload(page, "Company,Job Title,Status,Where\nAcme,Cook,Applied,Ohio\n")
    choice = shown(page).columns["Where"]
    assert "“Ohio”" in choice.about.value
    choice.meaning.value = "notes"
    assert "Certain." in choice.about.value
    import_for(page)
    assert empty.caseload().opportunities["notes"].tolist() == ["Ohio"]


def test_the_correction_is_remembered(page: BringYourOwn) -> None:
    """The next file of the same shape is read so, and says that it is."""
    upload(page)
    shown(page).statuses.by_name["Warmish"].value = "waiting"
    import_for(page)
    upload(page, TRACKER.replace("Cray", "Dyne"))
    assert "3 rows in: 3 to import" in page.desk.total.value
    assert any("as you said" in str(getattr(one, "value", "")) for one in shown(page).children)


def test_the_field_of_a_role_is_chosen(page: BringYourOwn, empty: Practice) -> None:
    """A role that no field is known for is judged by the default, unless it is said."""
    upload(page, "Company,Job Title,Status\nAcme,Grand Vizier,Applied\n")
    choice = shown(page).fields.by_name["Grand Vizier"]
    assert choice.value == NOT_SAID
    choice.value = "Accounting & audit"
    import_for(page)
    assert empty.caseload().opportunities["field"].tolist() == ["Accounting & audit"]


def test_what_was_imported_is_told_and_can_be_undone(
    page: BringYourOwn, empty: Practice, documents: Path
) -> None:
    """One click back; what waits lies in a workbook with its reason."""
    upload(page)
    import_for(page)
    assert "Ann Lee: 2 new opportunities" in page.desk.result.value
    assert "1 client, 2 opportunities" in page.summary.value
    (sheet,) = openpyxl.load_workbook(documents / "set-aside.xlsx").worksheets
    assert sheet["A2"].value == "Cray"
    assert str(documents / "set-aside.xlsx") in page.desk.result.value
    page.desk.undo.click()
    assert empty.caseload().clients.empty
    assert "Taken back" in page.desk.result.value
    assert page.desk.undo.layout.display == "none"


def test_undo_takes_the_import_back_and_not_what_came_later(
    page: BringYourOwn, empty: Practice
) -> None:
    """Whoever did something in between keeps it."""
    upload(page)
    import_for(page)
    empty.add_client("Bo Ek", timezone="Europe/Oslo")
    page.desk.undo.click()
    assert empty.caseload().clients["name"].tolist() == ["Bo Ek"]


def test_importing_again_changes_nothing(page: BringYourOwn, empty: Practice) -> None:
    """And says so, without an undo that would take back something else."""
    upload(page)
    import_for(page)
    token = empty.token()
    upload(page)
    page.desk.whose.client.value = 1
    page.desk.take.click()
    assert not empty.changed_since(token)
    assert "Nothing was new" in page.desk.result.value
    assert page.desk.undo.layout.display == "none"


def test_quoted_events_are_logged_only_when_ticked(page: BringYourOwn, empty: Practice) -> None:
    """Each is off at first; the ticked one is part of the same change."""
    upload(page)
    ticks = shown(page).ticks
    assert [tick.description.partition(":")[0] for tick in ticks.values()] == [
        "Interview, Sun 20 Sep 2026",
        "Thank-you sent, Mon 21 Sep 2026",
    ]
    assert not any(tick.value for tick in ticks.values())
    next(tick for event, tick in ticks.items() if event.kind == "thank_you").value = True
    import_for(page)
    caseload = empty.caseload()
    assert caseload.interviews.empty
    assert caseload.contacts[["kind", "direction", "channel"]].to_numpy().tolist() == [
        ["thank_you", "out", "other"]
    ]
    assert caseload.contacts["time_known"].tolist() == [False]
    assert len(empty.history()) == 1
    upload(page)
    for tick in shown(page).ticks.values():
        tick.value = True
    page.desk.whose.client.value = 1
    page.desk.take.click()
    assert len(empty.caseload().contacts) == 1
    assert len(empty.caseload().interviews) == 1


def test_a_client_must_be_said(page: BringYourOwn, empty: Practice) -> None:
    """What is missing or taken is said at its field, and nothing is written."""
    empty.add_client("Ann Lee", timezone="America/New_York")
    page.redraw()
    upload(page)
    page.desk.whose.zone.value = "Nowhere"
    page.desk.take.click()
    assert page.desk.whose.name_fault.text == "Enter the name."
    assert page.desk.whose.zone_fault.text.startswith("Choose the time zone")
    import_for(page)
    assert "called so already" in page.desk.whose.name_fault.text
    assert empty.caseload().opportunities.empty


def test_whose_the_next_file_is_is_asked_anew(page: BringYourOwn, empty: Practice) -> None:
    """It never goes to the client of the last one unasked."""
    upload(page)
    import_for(page)
    upload(page)
    page.desk.whose.client.value = 1
    page.desk.take.click()
    upload(page, TRACKER.replace("Acme", "Zeta"))
    page.desk.take.click()
    assert page.desk.whose.name_fault.text == "Enter the name."
    assert "Zeta" not in empty.caseload().opportunities["employer"].tolist()


def test_a_folder_of_many_clients_files(
    page: BringYourOwn, empty: Practice, tmp_path: Path
) -> None:
    """Each is one client's, called as its file is."""
    folder = tmp_path / "trackers"
    folder.mkdir()
    for name in ("Ann Lee", "Bo Ek"):
        (folder / f"{name}.csv").write_text(TRACKER)
    page.desk.path.value = f' "{folder}" '
    page.desk.look.click()
    assert [label for label, _ in page.desk.which.options] == [
        "Ann Lee.csv: 3 rows",
        "Bo Ek.csv: 3 rows",
    ]
    page.desk.which.value = 1
    assert shown(page).draft.name == "Bo Ek.csv"
    page.desk.whose.client.value = BY_FILE
    page.desk.take.click()
    assert empty.caseload().clients["name"].tolist() == ["Ann Lee", "Bo Ek"]
    assert len(empty.history()) == 1


def test_of_ten_thousand_lines_the_first_are_told_and_the_rest_counted(
    page: BringYourOwn,
) -> None:
    """A page that nobody reads is none."""
    rows = "".join(f"Acme {at},Cook,Warm {at}\n" for at in range(1000))
    upload(page, f"Company,Job Title,Status\n{rows}")
    assert shown(page).rows.value.count("<li>") == 13
    assert "And 988 more." in shown(page).rows.value
    assert len(shown(page).statuses.by_name) == 40
    assert "And 960 more" in shown(page).statuses._more.value


@pytest.mark.parametrize("typed", ["", "/nowhere/at/all.csv", "~nobody-here/all.csv"])
def test_a_path_that_leads_nowhere_is_a_sentence(page: BringYourOwn, typed: str) -> None:
    """In its place, and nothing else is there."""
    page.desk.path.value = typed
    page.desk.look.click()
    assert page.desk.work.fault.text or "all.csv" in page.desk.unread.value
    assert page.desk.proposal.children == ()


def test_what_is_no_tracker_is_a_sentence(page: BringYourOwn) -> None:
    """An image that is called .csv."""
    upload(page, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "photo.csv")
    assert "photo.csv" in page.desk.unread.value
    assert page.desk.proposal.children == ()


def test_cells_are_text_whatever_they_hold(page: BringYourOwn) -> None:
    """In headers, examples, statuses, reasons and quotes; a file's name leads nowhere."""
    evil = "<img src=x onerror=alert(1)>"
    upload(
        page,
        f"Company,Job Title,Status,Notes {evil}\nA{evil},{evil},{evil},"
        f"Interview on 2026-09-20 {evil}\nB,{evil},Applied,Interview on 2026-09-20 {evil}\n",
        f"../../{evil}.csv",
    )
    live = [one for one in shown(page).children if hasattr(one, "value")]
    assert "&lt;img" in shown(page).rows.value
    assert not [one for one in live if "<img" in one.value]
    for choice in (*shown(page).statuses.by_name.values(), *shown(page).ticks.values()):
        assert choice.description_allow_html is False
    import_for(page)
    assert "<img" not in page.desk.result.value


def test_a_password_is_never_shown(page: BringYourOwn) -> None:
    """Its column is refused, and its cells are in no widget."""
    upload(page, "Company,Job Title,Status,Password\nAcme,Cook,Applied,hunter2secret\n")
    assert "hunter2secret" not in everything_live()
    assert "Refused" in everything_live()


def test_putting_it_away_leaves_nothing_on_the_page(page: BringYourOwn) -> None:
    """Neither a widget nor a word of the file."""
    upload(page)
    assert "Warmish" in everything_live()
    page.desk.drop.click()
    assert "Warmish" not in everything_live()
    assert page.desk.drafts == ()


def test_a_fault_while_importing_writes_nothing(
    page: BringYourOwn, empty: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is a sentence in place, and the proposal is still there."""

    def fail(*_: object, **__: object) -> None:
        raise ck.errors.OutOfRange("It does not fit.")

    monkeypatch.setattr(taking_in, "accept", fail)
    upload(page)
    next(iter(shown(page).ticks.values())).value = True
    import_for(page)
    assert page.desk.work.fault.text == "It does not fit."
    assert empty.caseload().clients.empty
    assert page.desk.drafts


def test_while_it_is_at_work_nothing_else_begins(page: BringYourOwn, empty: Practice) -> None:
    """Neither another file nor the import, and each is told in its place."""
    upload(page)
    page.desk.work.busy = True
    import_for(page)
    assert page.desk.take_fault.text.startswith("A moment")
    upload(page, TRACKER.replace("Acme", "Zeta"))
    assert page.desk.work.fault.text.startswith("A moment")
    assert page.desk.drafts[0].table.read.opportunities[0].employer == "Acme"
    assert empty.caseload().clients.empty


def test_work_leaves_the_kernel_free() -> None:
    """It is done in a thread of its own, tells how far it is, and never twice at once."""
    seen: list[str] = []

    async def work() -> None:
        done = threading.Event()
        own = Work()

        def long(progress: taking_in.Progress) -> str:
            progress(3, 10)
            assert done.wait(10)
            return threading.current_thread().name

        assert own.start(long, seen.append, saying="Reading …")
        assert not own.start(long, seen.append, saying="Again …")
        begun = time.monotonic()
        while own.bar.value != 3 and time.monotonic() - begun < 10:
            await asyncio.sleep(0.01)
        assert own.told.text == "Reading …"
        assert own.bar.description == "3 of 10"
        done.set()
        while own.busy and time.monotonic() - begun < 10:
            await asyncio.sleep(0.01)
        assert own.told.text == ""

    asyncio.run(work())
    assert len(seen) == 1
    assert seen[0] != threading.main_thread().name
