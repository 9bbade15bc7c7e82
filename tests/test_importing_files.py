"""Workbooks, calendars and what is neither: read whole, or refused in one sentence at once."""

import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coachkit.cli import main
from coachkit.importing import propose
from tests.trackers import accounted, column, meanings, refusal, table

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def workbook(folder: Path, fill: Callable[[Any], object], name: str = "tracker.xlsx") -> Path:
    """A workbook whose first sheet is filled by ``fill``."""
    book = openpyxl.Workbook()
    fill(book.active)
    file = folder / name
    book.save(file)
    return file


def test_a_workbook_gives_values(tmp_path: Path) -> None:
    """Excel's days are days, a formula is what it came to, every sheet is read."""

    def fill(sheet: Any) -> None:
        sheet.append(["My search", None, None, None])
        sheet.append(["Company", "Role", "Date Applied", "Status"])
        sheet.append(["Acme", "Clerk", datetime(2025, 1, 13), "Applied"])
        sheet.append([None, None, None, "=IF(A4,1,2)"])
        second = sheet.parent.create_sheet("Old")
        second.append(["Company", "Role", "Status"])
        second.append(["Beta", "Cook", "Denied"])
        hidden = sheet.parent.create_sheet("Lists")
        hidden.append(["Applied"])
        hidden.sheet_state = "hidden"

    first, second = propose([workbook(tmp_path, fill)]).tables
    assert (first.table.sheet, first.table.header_row) == ("Sheet", 2)
    assert column(first, "Date Applied").order == "excel"
    assert first.read.opportunities[0].applied_on == date(2025, 1, 13)
    assert second.table.sheet == "Old"
    assert second.read.opportunities[0].status == "rejected"


def test_merged_cells_hold_for_each_row(tmp_path: Path) -> None:
    """An employer over three rows is the employer of all three."""

    def fill(sheet: Any) -> None:
        for row in (
            ["Company", "Role", "Interview", None, "Status"],
            [None, None, "Date", "Round", None],
            ["Acme", "Clerk", datetime(2025, 1, 20, 14, 30), "1st", "Interview"],
            [None, "Cook", None, None, "Applied"],
        ):
            sheet.append(row)
        for merged in ("A1:A2", "B1:B2", "C1:D1", "E1:E2", "A3:A4"):
            sheet.merge_cells(merged)

    (proposal,) = propose([workbook(tmp_path, fill)]).tables
    assert meanings(proposal)["Date"] == "interview_at"
    assert [one.employer for one in proposal.read.opportunities] == ["Acme", "Acme"]
    (visit,) = proposal.read.opportunities[0].visits
    assert (visit.day, visit.clock) == (date(2025, 1, 20), time(14, 30))


def test_counts_above_and_beside_a_table_are_no_part_of_it(tmp_path: Path) -> None:
    """A row of counts names no columns; a list beside the table is no second status."""

    def fill(sheet: Any) -> None:
        for row in (
            ["Applied", "Interview", "Offer", "Rejected", "Total"],
            [3, 1, 0, 1, 5],
            [],
            ["Company", "Role", "Status", None, "Status", "Count"],
            ["Acme", "Clerk", "Applied", None, "Rejected", 1],
            ["Beta", "Cook", "Applied", None, "Applied", 2],
        ):
            sheet.append(row)

    (proposal,) = propose([workbook(tmp_path, fill)]).tables
    assert proposal.table.header_row == 4
    assert [one.status for one in proposal.read.opportunities] == ["applied", "applied"]
    assert "beyond an empty column" in proposal.says[0]


def test_a_large_workbook_is_streamed(tmp_path: Path) -> None:
    """With the same answers."""

    def fill(sheet: Any) -> None:
        sheet.append(["Company", "Role", "Status", "Notes"])
        for at in range(1500):
            sheet.append([f"Acme {at}", "Clerk", "Applied", f"{at} " * 2500])

    file = workbook(tmp_path, fill)
    with zipfile.ZipFile(file) as archive:
        assert sum(entry.file_size for entry in archive.infolist()) > 12 * 1024**2
    (proposal,) = propose([file]).tables
    assert len(proposal.read.opportunities) == 1500


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "a PNG picture"),
        ("a.xlsx", b"%PDF-1.7 and more", "a PDF document"),
        ("a.xls", b"<html><table></table></html>", "web page"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), "old kind"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "damaged"),
        ("a.ics", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Interview", "breaks off"),
        ("a.ics", b"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "holds no event"),
        ("a.ics", b"BEGIN:VTODO\nSUMMARY:Call them\nEND:VTODO\n", "holds no event"),
        ("a.csv", b"BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEND:VCARD\n", "an address book"),
        ("a.csv", b"", "is empty"),
    ],
)
def test_what_is_no_tracker_is_refused_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    """Whatever it calls itself."""
    sentence = refusal(tmp_path, content, name)
    assert words in sentence
    assert sentence.count("\n") == 0
    assert sentence.endswith(".")


def test_a_text_that_calls_itself_a_workbook_is_read(tmp_path: Path) -> None:
    """The first bytes say what a file is, not its name."""
    assert table(tmp_path, "Company,Role\nAcme,Clerk\n", "a.xlsx").read.opportunities


def test_a_huge_file_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    """Two gigabytes are not read to say so."""
    file = tmp_path / "huge.csv"
    with file.open("wb") as written:
        written.seek(2 * 1024**3)
        written.write(b"x")
    ((_, sentence),) = propose([file]).unread
    assert "2.0 GB" in sentence


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    """By what its own list of contents says."""
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "x")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (220 * 1024**2))
    ((_, sentence),) = propose([file]).unread
    assert "unpacks to 220 MB" in sentence


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    """Each client's tracker in it; what cannot be read does not hold up the rest."""
    (tmp_path / "a.csv").write_text("Company,Role\nAcme,Clerk\n", encoding="utf-8")
    (tmp_path / "b.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "notes.docx").write_bytes(b"x")
    proposal = propose([tmp_path])
    assert [one.table.file for one in proposal.tables] == ["a.csv"]
    assert [name for name, _ in proposal.unread] == ["b.csv"]


def test_each_clients_folder_is_read_and_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Whose a tracker is says its folder; files are searched for no deeper than that."""
    rows = "Company,Role\nAcme,Clerk\n"
    for name in (
        "Ann Lee/tracker.csv",
        "Ben Ode/tracker.csv",
        "Cy Day.csv",
        "Ann Lee/~$tracker.xlsx",
        ".git/config.csv",
        "Ann Lee/old/years/tracker.csv",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(rows, encoding="utf-8")
    proposal = propose([tmp_path])
    assert {one.table.file: one.whose for one in proposal.tables} == {
        "Ann Lee/tracker.csv": "Ann Lee",
        "Ben Ode/tracker.csv": "Ben Ode",
        "Cy Day.csv": "Cy Day",
    }
    assert not proposal.unread
    two = [tmp_path / "Ann Lee" / "tracker.csv", tmp_path / "Ben Ode" / "tracker.csv"]
    assert [one.whose for one in propose([*two, two[0]]).tables] == ["Ann Lee", "Ben Ode"]


def calendar(*events: str) -> str:
    """A calendar of these events."""
    inside = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{inside}END:VCALENDAR\n"


def test_interviews_are_found_among_other_events(tmp_path: Path) -> None:
    """With employer and role as the title names them; the rest is set aside with its title."""
    proposal = table(
        tmp_path,
        calendar(
            "UID:1\nDTSTART:20250109T150000Z\nDTEND:20250109T160000Z\n"
            "SUMMARY:Interview with Acme for Data Engineer",
            "UID:2\nDTSTART:20250110T150000Z\nSUMMARY:Dentist",
            "UID:3\nDTSTART;TZID=Europe/Berlin:20250111T093000\nSUMMARY:Phone screen - Beta",
            "UID:4\nDTSTART;VALUE=DATE:20250112\nSUMMARY:Onsite @ Acme",
            "UID:5\nDTSTART:20250113T150000Z\nSTATUS:CANCELLED\nSUMMARY:Interview with Gamma",
            "UID:6\nDTSTART:20250114T150000Z\nSUMMARY:Mock interview practice",
            "UID:7\nDTSTART:20250115T150000\nSUMMARY:Interview",
        ),
        "search.ics",
    )
    assert accounted(proposal)
    acme, beta = proposal.read.opportunities
    assert (acme.employer, acme.role) == ("Acme", "Data Engineer")
    assert [(one.day, one.clock) for one in acme.visits] == [
        (date(2025, 1, 9), time(15)),
        (date(2025, 1, 12), None),
    ]
    assert str(beta.visits[0].zone) == "Europe/Berlin"
    assert {one.row: one.reason.split(":")[0] for one in proposal.read.set_aside} == {
        2: "no interview by its title",
        5: "cancelled, so it never happened",
        6: "about interviews, but perhaps none",
        7: "say which employer it was with",
    }


def test_the_employer_is_the_name_that_comes_again(tmp_path: Path) -> None:
    """A title names a lab or a building, too; with an employer there are several interviews."""
    proposal = table(
        tmp_path,
        calendar(
            "UID:1\nDTSTART:20250109T150000Z\nSUMMARY:Interview w/ Okonjo lab\\, Cornell",
            "UID:2\nDTSTART:20250116T150000Z\nSUMMARY:Cornell campus visit",
        ),
        "search.ics",
    )
    assert [one.employer for one in proposal.read.opportunities] == ["Cornell"]


def test_a_letter_may_be_folded(tmp_path: Path) -> None:
    """Lines are cut after 75 bytes, wherever that is."""
    folded = "SUMMARY:面接 楽天".encode()
    content = calendar("UID:1\nDTSTART:20250109T150000Z\nX").encode()
    content = content.replace(b"\nX\n", b"\n" + folded[:10] + b"\r\n " + folded[10:] + b"\n")
    assert table(tmp_path, content, "search.ics").read.opportunities[0].employer == "楽天"


def test_an_event_sent_again_counts_once(tmp_path: Path) -> None:
    """The one with the highest sequence; the other is merged into it."""
    proposal = table(
        tmp_path,
        calendar(
            "UID:1\nSEQUENCE:0\nDTSTART:20250109T150000Z\nSUMMARY:Interview with Acme",
            "UID:1\nSEQUENCE:1\nDTSTART:20250110T150000Z\nSUMMARY:Interview with Acme",
        ),
        "search.ics",
    )
    assert proposal.read.merged == ((1, 2),)
    assert [one.day for one in proposal.read.opportunities[0].visits] == [date(2025, 1, 10)]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY;COUNT=3", 3),
        ("FREQ=DAILY", 0),
        ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", 0),
        ("FREQ=MONTHLY;UNTIL=NEVER", 1),
    ],
)
def test_what_comes_again_is_unfolded_or_set_aside(tmp_path: Path, rule: str, days: int) -> None:
    """Three rounds are three visits; what never ends is no interview; a broken rule is none."""
    event = f"UID:1\nDTSTART:20250109T150000Z\nRRULE:{rule}\nSUMMARY:Interview with Acme"
    proposal = table(tmp_path, calendar(event), "search.ics")
    assert sum(len(one.visits) for one in proposal.read.opportunities) == days
    assert accounted(proposal)


def test_whole_days_that_come_again_are_unfolded(tmp_path: Path) -> None:
    """A day is no time: recurring-ical-events asked from a bare day on never gets past it."""
    event = (
        "UID:1\nDTSTART;VALUE=DATE:20250303\nRRULE:FREQ=DAILY;COUNT=4\n"
        "EXDATE;VALUE=DATE:20250304\nSUMMARY:Onsite with Acme"
    )
    (opportunity,) = table(tmp_path, calendar(event), "search.ics").read.opportunities
    assert [(one.day.day, one.clock) for one in opportunity.visits] == [
        (3, None),
        (5, None),
        (6, None),
    ]


def test_a_damaged_event_costs_no_other(tmp_path: Path) -> None:
    """A day that there is not, a value after a blank, a senseless alarm, a line of nothing."""
    content = calendar(
        "UID:1\nDTSTART:INVALID-DATE\nDTEND:20250109T160000Z\nSUMMARY:Interview with Acme",
        "UID:2\nDTSTART: 20250109T150000Z\nDTEND: 20250109T154500Z\nSUMMARY:Interview with Beta\n"
        "BEGIN:VALARM\nTRIGGER:a20021028120000\nACTION:DISPLAY\nEND:VALARM",
        "UID:3\nDTSTART:20250110T150000Z\nRECURRENCE-ID:SOMEDAY\nSUMMARY;X-LONG=\n"
        " on:Interview with Gamma",
    ).replace("END:VCALENDAR", "X\nEND:VCALENDAR")
    read = table(tmp_path, content, "search.ics").read
    assert [(one.row, one.reason) for one in read.set_aside] == [
        (1, "it says no day: Interview with Acme")
    ]
    beta, gamma = read.opportunities
    (visit,) = beta.visits
    assert (visit.day, visit.clock, str(visit.zone)) == (date(2025, 1, 9), time(15), "UTC")
    assert visit.lasts == timedelta(minutes=45)
    assert (gamma.employer, gamma.visits[0].day) == ("Gamma", date(2025, 1, 10))


def test_a_moved_and_a_cancelled_time_of_a_series_count(tmp_path: Path) -> None:
    """The series has its times as they are now; the changes are no events of their own."""
    proposal = table(
        tmp_path,
        calendar(
            "UID:1\nDTSTART:20250106T150000Z\nRRULE:FREQ=WEEKLY;COUNT=3\n"
            "SUMMARY:Interview with Acme",
            "UID:1\nRECURRENCE-ID:20250113T150000Z\nDTSTART:20250114T150000Z\n"
            "SUMMARY:Interview with Acme",
            "UID:1\nRECURRENCE-ID:20250120T150000Z\nDTSTART:20250120T150000Z\n"
            "STATUS:CANCELLED\nSUMMARY:Interview with Acme",
        ),
        "search.ics",
    )
    assert proposal.read.merged == ((2, 1), (3, 1))
    days = [one.day for one in proposal.read.opportunities[0].visits]
    assert days == [date(2025, 1, 6), date(2025, 1, 14)]


def test_an_unknown_zone_is_flagged(tmp_path: Path) -> None:
    """The client's own is taken, and that is said."""
    event = "UID:1\nDTSTART;TZID=FOO:20250109T150000\nSUMMARY:Interview with Acme"
    (flag,) = table(tmp_path, calendar(event), "search.ics").read.flags
    assert (flag.cell, flag.reason) == (
        "FOO",
        "its time zone is unknown: the client's own is taken",
    )


def test_zones_by_windows_names_and_damaged_zones_are_read(tmp_path: Path) -> None:
    """Windows has names of its own; a definition with an impossible offset is left out."""
    zone = (
        "BEGIN:VTIMEZONE\nTZID:New Zealand Standard Time\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        "TZOFFSETFROM:+5328\nTZOFFSETTO:+1300\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    event = (
        "UID:1\nDTSTART;TZID=New Zealand Standard Time:20250109T150000\nSUMMARY:Interview with Acme"
    )
    content = calendar(event).replace("VERSION:2.0\n", f"VERSION:2.0\n{zone}")
    (visit,) = table(tmp_path, content, "search.ics").read.opportunities[0].visits
    moment = datetime.combine(visit.day, visit.clock or time(), visit.zone)
    assert moment.utcoffset() is not None
    assert moment.utcoffset().total_seconds() == 13 * 3600  # type: ignore[union-attr]


def test_the_command_prints_the_proposal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A list of tables, in the form that is promised."""
    file = tmp_path / "tracker.csv"
    file.write_text(
        "Company,Role,Date,Status\nAcme,Clerk,13/1/2025,Applied\n,x,,\n", encoding="utf-8"
    )
    assert main(["import", str(file), "--propose", "--format", "json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["file"], told["sheet"], told["header_row"], told["rows"]) == (
        "tracker.csv",
        None,
        1,
        2,
    )
    assert told["columns"][2] | {"examples": None} == {
        "header": "Date",
        "meaning": "applied_on",
        "confidence": 0.75,
        "order": "dmy",
        "examples": None,
    }
    assert told["statuses"] == {"Applied": "applied"}
    assert told["set_aside"] == [{"row": 3, "reason": "it names no employer"}]


def test_a_file_that_is_refused_is_a_line_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And exit code 2 where nothing else could be read."""
    assert main(["import", str(tmp_path / "none.csv"), "--propose", "--format", "json"]) == 2
    told = capsys.readouterr()
    assert json.loads(told.out) == []
    assert told.err == "coachkit: There is no file none.csv. Check its name and folder.\n"
