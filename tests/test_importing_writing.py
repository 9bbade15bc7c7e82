"""A proposal into a practice: what is new, as one change, and nothing made out of silence."""

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

import coachkit as ck
from coachkit import errors
from coachkit.importing import Proposal, propose
from coachkit.importing.aside import write_aside
from coachkit.importing.writing import Written, write
from tests.conftest import Run

HEADER = "Company,Role,Date Applied,Status,Interview Date,Follow-up Date,Notes,Link\n"
ROWS = (
    HEADER
    + "Acme,Staff Accountant,2025-01-02,Interviewing,2025-01-20,,met Bob,https://acme.example\n"
    + "Beta,Cook,2025-01-03,Position filled,,,,\n"
    + "Gamma,Nurse,2025-01-04,Ghosted,,,,\n"
    + "Delta,Clerk,2025-01-05,Offer Declined,,,,\n"
    + "Epsilon,Clerk,,Warm,,,,\n"
)


@pytest.fixture
def practice(tmp_path: Path) -> ck.Practice:
    """An empty practice."""
    return ck.new_practice(tmp_path / "mine.coachkit", name="Mine")


def proposed(folder: Path, content: str, name: str = "tracker.csv") -> Proposal:
    """What is proposed for a file of this content."""
    (folder / name).write_text(content, encoding="utf-8")
    return propose([folder / name])


def taken(practice: ck.Practice, proposal: Proposal, client: str = "Amara") -> Written:
    """What an import did."""
    return write(proposal, practice, client=client, timezone="America/New_York")


def test_outcomes_keep_their_words_and_have_no_day(tmp_path: Path, practice: ck.Practice) -> None:
    """Ghosted is let go, closed is rejected, an offer declined is withdrawn."""
    taken(practice, proposed(tmp_path, ROWS))
    own = practice.caseload("Amara").opportunities.set_index("employer")
    assert own["outcome"].to_dict() == {
        "Acme": "open",
        "Beta": "rejected",
        "Gamma": "let_go",
        "Delta": "withdrawn",
    }
    assert own["outcome_at"].isna().all()
    assert own.loc["Beta", "outcome_words"] == "Position filled"
    assert own.loc["Acme", "applied_on"].date() == date(2025, 1, 2)
    assert own.loc["Acme", "field"] == "Accounting & audit"
    assert own.loc["Beta", "field"] == "default"
    assert (own.loc["Acme", "link"], own.loc["Acme", "notes"]) == (
        "https://acme.example",
        "met Bob",
    )


def test_a_day_without_a_time_is_a_day(tmp_path: Path, practice: ck.Practice) -> None:
    """Noon of it in the client's zone, and said to be no time."""
    taken(practice, proposed(tmp_path, ROWS))
    (visit,) = practice.caseload("Amara").interviews.to_dict("records")
    assert visit["held_at"] == pd.Timestamp("2025-01-20 12:00", tz="America/New_York")
    assert visit["time_known"] is False or not visit["time_known"]


def test_no_verdict_is_made_from_silence(tmp_path: Path, practice: ck.Practice) -> None:
    """Nothing is missed, late or overdue that a tracker does not record."""
    taken(practice, proposed(tmp_path, ROWS))
    duties = ck.grade(practice.caseload(), practice.policy(), as_of=practice.as_of())
    assert set(duties["verdict"].dropna()) <= {"unknown", "not_needed", "superseded", "waiting"}
    later = practice.as_of() + pd.Timedelta(days=400)
    duties = ck.grade(practice.caseload(), practice.policy(), as_of=later)
    assert not {"missed", "late", "overdue"} & set(duties["verdict"].dropna())


def test_a_past_visit_in_tracked_time_is_told_and_not_judged(
    tmp_path: Path, practice: ck.Practice
) -> None:
    """Of a client whose touches are written down, a tracker's silence is still no missed note."""
    practice.add_client("Amara", timezone="America/New_York")
    known = practice.add_opportunity("Amara", employer="Zeta", role="Cook", field="default")
    practice.add_interview(known, held_at="2025-01-06T15:00:00+00:00")
    practice.add_contact(
        known, at="2025-01-06T20:00:00+00:00", direction="out", channel="email", kind="thank_you"
    )
    before = ck.grade(practice.caseload(), practice.policy(), as_of=practice.as_of())
    written = taken(practice, proposed(tmp_path, ROWS))
    after = ck.grade(practice.caseload(), practice.policy(), as_of=practice.as_of())
    assert len(after) == len(before)
    assert written.interviews == 0
    own = practice.caseload("Amara").opportunities.set_index("employer")
    assert "Interview on 2025-01-20" in own.loc["Acme", "notes"]


def test_a_second_import_changes_nothing(tmp_path: Path, practice: ck.Practice) -> None:
    """Nor does a third."""
    proposal = proposed(tmp_path, ROWS)
    taken(practice, proposal)
    before = practice.caseload()
    for _ in range(2):
        again = taken(practice, proposal)
        assert (again.added, again.interviews, again.changed) == (0, 0, [])
        assert again.unchanged == 4
    for name, frame in practice.caseload():
        pd.testing.assert_frame_equal(frame, getattr(before, name))


def test_a_grown_file_adds_what_is_new_and_says_what_changed(
    tmp_path: Path, practice: ck.Practice
) -> None:
    """A new row, a new ending, a new line of notes; nothing else moves."""
    taken(practice, proposed(tmp_path, ROWS))
    grown = ROWS.replace("Interviewing", "Rejected").replace("met Bob", '"met Bob\nand Ann"')
    grown += "Zeta,Baker,2025-02-01,Applied,,,,\n"
    written = taken(practice, proposed(tmp_path, grown))
    assert written.added == 1
    assert written.changed == [
        "Acme, Staff Accountant: was open, is now rejected.",
        "Acme, Staff Accountant: new in its notes.",
    ]
    own = practice.caseload("Amara").opportunities.set_index("employer")
    assert own.loc["Acme", "outcome"] == "rejected"
    assert own.loc["Acme", "notes"] == "met Bob\nand Ann"


def test_what_the_coach_wrote_is_never_overwritten(tmp_path: Path, practice: ck.Practice) -> None:
    """An ending stays, whatever the tracker still says; the difference is told."""
    proposal = proposed(tmp_path, HEADER + "Acme,Cook,2025-01-02,Applied,,,,\n")
    taken(practice, proposal)
    (known,) = practice.caseload("Amara").opportunities["opportunity_id"]
    practice.set_outcome(int(known), "offer", at="2025-03-01T12:00:00+00:00")
    written = taken(practice, proposal)
    assert practice.caseload("Amara").opportunities["outcome"].tolist() == ["offer"]
    assert written.noted == ["Acme, Cook: the tracker says 'Applied', it stays offer."]


def test_one_role_applied_for_twice_stays_two(tmp_path: Path, practice: ck.Practice) -> None:
    """At one employer, on two days; importing again finds each its own."""
    rows = HEADER + "Acme,Cook,2025-01-02,Rejected,,,,\nAcme,Cook,2025-06-02,Applied,,,,\n"
    proposal = proposed(tmp_path, rows)
    taken(practice, proposal)
    assert taken(practice, proposal).unchanged == 2
    outcomes = practice.caseload("Amara").opportunities.set_index("applied_on")["outcome"]
    assert outcomes.tolist() == ["rejected", "open"]


def test_a_follow_up_day_to_come_is_pinned_and_one_gone_by_is_told(
    tmp_path: Path, practice: ck.Practice
) -> None:
    """A tracker's old reminder is no overdue duty."""
    soon = (practice.as_of() + timedelta(days=9)).date().isoformat()
    rows = f"Acme,Cook,2025-01-02,Applied,,{soon},,\nBeta,Cook,2025-01-02,Applied,,2025-01-09,,\n"
    taken(practice, proposed(tmp_path, HEADER + rows))
    own = practice.caseload("Amara").opportunities.set_index("employer")
    assert own.loc["Acme", "follow_up_on"].date().isoformat() == soon
    assert pd.isna(own.loc["Beta", "follow_up_on"])
    assert own.loc["Beta", "notes"] == "Follow-up day: 2025-01-09"


def test_an_import_is_one_change_and_is_taken_back_at_once(
    tmp_path: Path, practice: ck.Practice
) -> None:
    """The client that it took on included."""
    taken(practice, proposed(tmp_path, ROWS))
    assert len(practice.history()) == 1
    assert "Imported tracker.csv" in practice.undo()
    assert practice.caseload().clients.empty
    assert practice.caseload().opportunities.empty


def test_a_new_client_needs_a_zone(tmp_path: Path, practice: ck.Practice) -> None:
    """It is never guessed, and without it nothing is written."""
    with pytest.raises(errors.UnknownZone, match="is a new client: name the time zone"):
        write(proposed(tmp_path, ROWS), practice, client="Amara")
    assert practice.history().empty


def test_rows_that_wait_can_be_mended_and_imported_again(
    tmp_path: Path, practice: ck.Practice
) -> None:
    """With their reason and place; formulas stay texts, passwords stay out."""
    import openpyxl

    content = "Company,Role,Status,Password\n=1+1,Cook,Warm,hunter2\nAcme,Cook,Applied,hunter2\n"
    proposal = proposed(tmp_path, content)
    taken(practice, proposal)
    place = write_aside(proposal, tmp_path / "aside.xlsx")
    assert place is not None
    book = openpyxl.load_workbook(place)
    assert list(book.active.iter_rows(values_only=True)) == [
        ("Company", "Role", "Status", "Set aside because", "From file", "From sheet", "From row"),
        ("=1+1", "Cook", "Warm", "say what its status means: 'Warm'", "tracker.csv", None, 2),
    ]
    assert book.active["A2"].data_type == "s"
    book.active["C2"] = "Applied"
    book.active["C2"].data_type = "s"
    book.save(place)
    assert taken(practice, propose([place])).added == 1
    assert practice.caseload("Amara").opportunities["employer"].tolist() == ["Acme", "=1+1"]


def test_an_event_becomes_an_interview_when_its_company_is_named(
    tmp_path: Path, practice: ck.Practice
) -> None:
    """What may be one stands first; what nobody names a company for goes on waiting."""
    import openpyxl

    events = (
        ("20250106T090000Z", "Dentist"),
        ("20250109T150000Z", "Interview"),
        ("20250110T150000Z", "Dropbox recruiter"),
        ("20250113T150000Z", "Interview with Acme"),
    )
    inside = "".join(
        f"BEGIN:VEVENT\nUID:{start}\nDTSTART:{start}\nSUMMARY:{title}\nEND:VEVENT\n"
        for start, title in events
    )
    file = tmp_path / "search.ics"
    file.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\n{inside}END:VCALENDAR\n", encoding="utf-8")
    proposal = propose([file])
    assert taken(practice, proposal).interviews == 1
    place = write_aside(proposal, tmp_path / "aside.xlsx")
    assert place is not None
    book = openpyxl.load_workbook(place)
    waits = list(book.active.iter_rows(min_row=2, values_only=True))
    assert [row[3] for row in waits] == ["Interview", "Dropbox recruiter", "Dentist"]
    book.active["A2"] = "Beta"
    book.active["A3"] = "Dropbox"
    book.save(place)
    mended = propose([place])
    assert [one.row for one in mended.tables[0].read.set_aside] == [4]
    assert taken(practice, mended).interviews == 2
    interviews = practice.caseload("Amara").interviews
    assert sorted(interviews["held_at"].dt.strftime("%m-%d %H:%M")) == [
        "01-09 15:00",
        "01-10 15:00",
        "01-13 15:00",
    ]
    assert taken(practice, propose([file])).interviews == 0


def test_a_file_half_mended_is_not_overwritten(tmp_path: Path) -> None:
    """The next takes the next name."""
    proposal = proposed(tmp_path, HEADER + "Acme,Cook,,Warm,,,,\n")
    names = [write_aside(proposal, tmp_path / "aside.xlsx") for _ in range(2)]
    assert [place.name for place in names if place] == ["aside.xlsx", "aside-2.xlsx"]


def test_the_command_asks_before_it_writes(
    run: Run, tmp_path: Path, practice: ck.Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No is no; ``--yes`` takes what is certain and sets the rest aside."""
    monkeypatch.setattr("sys.stdin", __import__("io").StringIO("n\n"))
    file = tmp_path / "Amara Osei.csv"
    file.write_text(ROWS, encoding="utf-8")
    common = ("import", file, "--practice", practice.where, "--timezone", "America/New_York")
    ran = run(*common)
    assert ran.code == 0
    assert ran.out.endswith("Import this for Amara Osei into Mine? [y/N] Nothing was written.\n")
    assert practice.caseload().clients.empty
    aside = tmp_path / "aside.xlsx"
    ran = run(*common, "--yes", "--set-aside", aside)
    assert "Amara Osei: 4 new opportunities, 1 new interview, 0 unchanged." in ran.out
    assert aside.exists()
    assert len(practice.caseload("Amara Osei").opportunities) == 4


def test_what_was_said_is_remembered(
    run: Run, tmp_path: Path, practice: ck.Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For the next file with the same columns."""
    kept = tmp_path / "imports.json"
    monkeypatch.setattr("coachkit.importing.remembered.corrections_path", lambda: kept)
    (tmp_path / "a.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "b.csv").write_text(ROWS, encoding="utf-8")
    said = run("import", tmp_path / "a.csv", "--propose", "--status", "Warm=waiting")
    assert "5 to import" in said.out
    again = run("import", tmp_path / "b.csv", "--propose")
    assert "5 to import" in again.out
    fields = run("import", tmp_path / "b.csv", "--propose", "--field", "Cook=Food & hospitality")
    assert "Accounting & audit, Food & hospitality" in fields.out
    wrong = run("import", tmp_path / "b.csv", "--propose", "--status", "Warm=lukewarm")
    assert (wrong.code, wrong.out) == (2, "")
    assert "cannot be 'lukewarm'" in wrong.err


def test_a_second_column_of_statuses_is_not_told_as_left_out(run: Run, tmp_path: Path) -> None:
    """What it says counts: who reads that it was left out would look for its rejections."""
    file = tmp_path / "c.csv"
    rows = "Acme,Cook,Applied,Phone screen\nBeta,Cook,Applied,Rejected\nCee,Cook,Applied,\n"
    file.write_text("Company,Role,Status,Response\n" + rows, encoding="utf-8")
    told = run("import", file, "--propose").out
    assert "'Response' tells the status, too (such as 'Phone screen', 'Rejected')" in told
    assert "left out" not in told
