"""Erasing a client leaves no byte of them: in no file, log, backup, record or free page."""

import contextlib
import os
import signal
import sqlite3
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

import coachkit as ck
from coachkit import errors
from coachkit.store import backups, erasing, files
from coachkit.store.cells import BESIDE
from tests import writing

NAME = "Canary Jane"
#: Stands in every text of the client, so that any trace of it is one of them.
CANARY = "canary"


@pytest.fixture
def practice(tmp_path: Path) -> ck.Practice:
    """Two clients and whatever can be written on the one, changed, removed, undone and redone."""
    practice = writing.begin(tmp_path / "p.coachkit")
    write_on(practice, NAME)
    return practice


def write_on(practice: ck.Practice, name: str) -> None:
    """Take a client on and fill every table, the history and the free pages with canaries."""
    client = practice.add_client(name, timezone="UTC", coach="canary coach", greeting="canary hi")
    own = {"link": "canary link", "notes": "canary note " * 2000}
    role = practice.add_opportunity(
        client, employer="canary Inc", role="canary", field="canary field", **own
    )
    visit = practice.add_interview(role, held_at=writing.HELD, answer_fit="canary answer")
    practice.add_interviewer(visit, name="canary person", topics="canary topic")
    practice.add_key_answer(visit, question="canary question")
    practice.add_contact(role, interview_id=visit, text="canary contact", **writing.TOUCH)
    practice.add_work_sample(client, title="canary sample")
    practice.add_note(client, "canary private " * 1000)
    practice.add_agreed_action(client, "canary action")
    mark = {"source": "canary.csv", "row_key": "canary key", "table_name": "contacts"}
    practice.mark_imported(client, [{**mark, "row_id": 1, "content": "canary content"}])
    practice.keep_draft(client, "weekly", text="canary draft", answers={"why": "canary because"})
    practice.change_client(client, sign_off="canary bye")
    practice.undo()
    practice.redo()
    practice.remove("notes", int(practice.caseload(client).notes["note_id"].iloc[0]))
    with practice.change("Imported canary tracker.csv"):
        practice.pause(client)
        practice.hold(1, until="2026-12-01", reason="meanwhile")
    with practice.change(f"Spoke with {name} about the other"):
        practice.hold(2, until="2026-12-01", reason="other")


def traces(folder: Path) -> list[str]:
    """The files below a folder in which a canary sings."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and CANARY.encode() in path.read_bytes().lower():
            found.append(path.name)
    return found


def copies(practice: ck.Practice) -> list[Path]:
    """Automatic backups of several days, all with the client in them."""
    assert practice.path is not None
    folder = backups.folder_of(practice.path)
    made = [folder / f"2026-0{month}-01.coachkit" for month in (1, 2)]
    return [practice.backup(path) for path in made]


def test_no_byte_is_left(practice: ck.Practice, tmp_path: Path) -> None:
    """Of the file, its log and index, the backups, and what a killed backup left behind."""
    older = copies(practice)
    left = backups.folder_of(tmp_path / "p.coachkit") / ".2026-03-01.coachkit.99.part"
    left.write_bytes(older[0].read_bytes())
    assert {older[0].name, older[1].name, left.name} <= set(traces(tmp_path))
    erased = practice.erase(NAME)
    assert traces(tmp_path) == []
    assert not left.exists()
    assert set(older) <= set(erased.backups)
    assert all(erased.rows[name] == 1 for name in ("clients", "contacts", *BESIDE))
    assert practice.check() == []
    for path in older:
        assert writing.opened(path).check() == []
        assert len(writing.opened(path).caseload().clients) == 2
    practice.close()
    assert traces(tmp_path) == []


def test_the_proof_hears_a_canary(practice: ck.Practice, tmp_path: Path) -> None:
    """Rows that are only deleted are still found, in the history."""
    practice.close()
    assert traces(tmp_path) == ["p.coachkit"]
    with contextlib.closing(sqlite3.connect(tmp_path / "p.coachkit")) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM clients WHERE name LIKE 'canary%'")
        connection.commit()
    assert traces(tmp_path) == ["p.coachkit"]


def test_what_else_was_done_can_still_be_taken_back(practice: ck.Practice) -> None:
    """The others' part of a change that touched both; its remark is gone."""
    practice.erase(NAME)
    assert practice.undo() == "Taken back: Spoke with (erased) about the other: held Zig until " + (
        "Tue 1 Dec 2026 (other)."
    )
    assert practice.undo() == "Taken back: Held Acme until Tue 1 Dec 2026 (meanwhile)."
    assert practice.undo() == "Taken back: Added Cook at Zig."
    assert practice.redo() == "Brought back: Added Cook at Zig."
    assert practice.check() == []


def test_nothing_comes_back_by_undo_or_redo(practice: ck.Practice, tmp_path: Path) -> None:
    """However often it is tried."""
    practice.pause(NAME)
    practice.undo()
    practice.erase(NAME)
    for verb in (practice.redo, practice.undo):
        with contextlib.suppress(errors.NothingToUndo, errors.ChangedSince):
            for _ in range(50):
                verb()
    assert traces(tmp_path) == []
    assert practice.check() == []


def test_a_row_that_became_anothers_is_forgotten(practice: ck.Practice, tmp_path: Path) -> None:
    """Logged with the wrong client and moved: the record of the move held words of the one."""
    theirs = int(practice.caseload(NAME).opportunities["opportunity_id"].iloc[0])
    contact = practice.add_contact(theirs, text="canary misfiled", **writing.TOUCH)
    practice.change_contact(contact, opportunity_id=1, text="hello")
    practice.change_contact(contact, text="hello again")
    practice.erase(NAME)
    assert traces(tmp_path) == []
    assert practice.caseload("Zed Ox").contacts["text"].tolist() == ["hello again"]


def test_a_row_that_was_never_recorded_is_forgotten_when_it_moved(tmp_path: Path) -> None:
    """As rows of a folder that a practice was begun with: the move is recorded as the first's."""
    first = writing.begin(tmp_path / "p.coachkit")
    write_on(first, NAME)
    caseload = first.caseload()
    caseload.write(tmp_path / "in")
    (tmp_path / "b").mkdir()
    practice = ck.new_practice(tmp_path / "b" / "q.coachkit", source=tmp_path / "in")
    practice.change_contact(1, opportunity_id=1, interview_id=None, text="hello")
    practice.erase(NAME)
    assert traces(tmp_path / "b") == []


def test_a_name_in_what_is_recorded_of_others_is_covered(
    practice: ck.Practice, tmp_path: Path
) -> None:
    """What was written on another and changed since; what still stands there is told."""
    note = practice.add_note("Zed Ox", f"met {NAME} and Canary Janet's dog")
    practice.change_note(note, text="met somebody")
    practice.add_note("Ann Lee", f"asks after {NAME}.")
    erased = practice.erase(NAME)
    assert "texts on others that hold the name: 1. Search for it" in str(erased)
    with practice._database.reading() as connection:
        records = connection.exec_driver_sql(
            "SELECT coalesce(before, '') || coalesce(after, '') FROM changed_rows"
        ).scalars()
        told = " ".join(records)
    assert NAME not in told.replace("Canary Janet", "")
    assert "met (erased) and Canary Janet's dog" in told
    assert practice.caseload("Ann Lee").notes["text"].tolist() == [f"asks after {NAME}."]
    assert practice.history()["what"].str.endswith(".").all()


def test_nobody_erases_in_the_middle_of_a_change(practice: ck.Practice) -> None:
    """The change could no longer be taken back as a whole."""
    with (
        practice.change("Tidied up"),
        pytest.raises(errors.PracticeUnavailable, match="End the change first"),
    ):
        practice.erase(NAME)
    assert len(practice.caseload(NAME).clients) == 1


# -- cut short -------------------------------------------------------------------------------------


MOMENTS = ("after the rows", "after the file", "within the backups")


def _die(moment: str) -> None:
    """Let this process be killed at a moment of the erasure."""

    def killed(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if moment == "after the rows":
        erasing._scrub = killed
    elif moment == "after the file":
        erasing._rewrite_backups = killed  # type: ignore[assignment]
    else:
        real, seen = erasing._scrub, []

        def second(*given: object) -> None:
            seen.append(given)
            if len(seen) == 3:  # the file, the first backup, the second
                killed()
            real(*given)  # type: ignore[arg-type]

        erasing._scrub = second


def _erase_and_die(path: Path, moment: str) -> None:
    _die(moment)
    writing.opened(path).erase(NAME)


@pytest.mark.parametrize("moment", MOMENTS)
def test_what_a_crash_cut_short_is_told_and_finished(
    practice: ck.Practice, tmp_path: Path, moment: str
) -> None:
    """Whenever it came; by the same call, by name or by id."""
    copies(practice)
    client = int(practice.caseload(NAME).clients["client_id"].iloc[0])
    practice.close()
    path = tmp_path / "p.coachkit"
    process = writing.server().Process(target=_erase_and_die, args=(path, moment))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert traces(tmp_path) != []
    again = writing.opened(path)
    (fault,) = again.check()
    assert f"Erase them again, by the id {client}" in fault
    again.erase(client if moment == "after the file" else NAME)
    assert traces(tmp_path) == []
    assert again.check() == []
    assert len(again.caseload().clients) == 2


def test_two_that_were_cut_short_are_both_finished(practice: ck.Practice, tmp_path: Path) -> None:
    """The second does not make the first forgotten."""
    write_on(practice, "Canary Joe")
    copies(practice)
    practice.close()
    path = tmp_path / "p.coachkit"
    process = writing.server().Process(target=_erase_and_die, args=(path, MOMENTS[0]))
    process.start()
    process.join(60)
    writing.opened(path).erase("Canary Joe")
    assert traces(tmp_path) == []
    assert writing.opened(path).check() == []


# -- while somebody reads --------------------------------------------------------------------------


def _read_all_along(path: Path, told: Connection) -> None:
    with writing.opened(path)._database.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM clients").scalar_one()
        told.send("reading")
        told.recv()
    told.send("done")
    told.recv()


@contextlib.contextmanager
def reader(path: Path) -> Iterator[Connection]:
    """Another process that holds on to what it read."""
    context = writing.server()
    here, there = context.Pipe()
    process = context.Process(target=_read_all_along, args=(path, there))
    process.start()
    assert here.recv() == "reading"
    yield here
    here.send("end")
    process.join(60)


def test_who_reads_all_along_is_waited_for(
    practice: ck.Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In vain: it is said, and the same call finishes the work when the reader is gone."""
    monkeypatch.setattr(files, "PATIENCE", 0.5)
    with reader(tmp_path / "p.coachkit") as other:
        with pytest.raises(errors.PracticeUnavailable, match="another window reads the practice"):
            practice.erase(NAME)
        assert len(practice.caseload().clients) == 2
        assert "cut short" in practice.check()[0]
        practice.hold(1, until="2026-12-02", reason="others still write")
        other.send("enough")
        assert other.recv() == "done"
        practice.erase(NAME)
        assert traces(tmp_path) == []
    assert practice.check() == []
