"""The command line: what it prints, in which form, and how it says that something is wrong."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import coachkit as ck
from coachkit import errors, terms
from tests.build import case, sent, together, visit
from tests.conftest import Ran, Run

COMMANDS = ("agenda", "grade", "states", "compliance")
RATE_PARTS = ("_kept", "_of", "_rate", "_low", "_high")
#: The public face, as the design has it.
COLUMNS = {
    "agenda": [
        *("urgency", "action", "due_on", "due_at", "client_id", "client", "opportunity_id"),
        *("employer", "role", "interview_id", "channel", "reason"),
    ],
    "grade": [
        *("duty", "client_id", "coach", "opportunity_id", "field", "interview_id", "contact_id"),
        *("started_at", "ready_on", "due_on", "until_on", "deadline_at", "let_go_on"),
        *("unanswered", "ended_by", "done_at", "verdict"),
    ],
    "states": ["opportunity_id", "client_id", "field", "state", "due_on", "let_go_on"],
    "compliance": [
        "field",
        *("thank_you_kept", "thank_you_of", "thank_you_rate", "thank_you_low", "thank_you_high"),
        *("follow_up_kept", "follow_up_of", "follow_up_rate", "follow_up_low", "follow_up_high"),
        *("pest_kept", "pest_of", "pest_rate", "pest_low", "pest_high"),
        *("card_kept", "card_of", "card_rate", "card_low", "card_high"),
    ],
}
NO_ROWS_FOR_NONPROFIT = (
    "coachkit: the field 'Nonprofit' has no waits of its own and is judged by the default. "
    "Did you mean 'Nonprofit & social service'?\n"
)


def shell(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own, with its output buffered as in a coach's shell."""
    command = [sys.executable, "-m", "coachkit.cli", *(str(word) for word in arguments)]
    return subprocess.run(command, capture_output=True, env=shell_environment(**environment))


def shell_environment(**more: str) -> dict[str, str]:
    own = ("PYTHON", "LC_", "LANG", "COACHKIT")
    return {name: word for name, word in os.environ.items() if not name.startswith(own)} | more


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """Ann Lee at Acme, thanked on Mon 2 Feb 2026, nothing since; accounting waits 7 days."""
    folder = tmp_path / "practice"
    ann = case(
        visit("Mon 2 Feb 10:00"), sent("thank_you", "Mon 2 Feb 15:00"), as_of="Tue 3 Feb 09:00"
    )
    write(folder, ann)
    return folder


def write(folder: Path, one: Any) -> None:
    caseload, policy = one.given
    caseload.write(folder)
    policy.write(folder / "fields.csv")
    (folder / "as_of.txt").write_text(f"{one.as_of.isoformat()}\n", encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def blank(folder: Path) -> Path:
    """A practice that begins: every table has its header and nothing more."""
    ck.Caseload.empty().write(folder)
    return folder


def is_one_line(text: str) -> bool:
    return text.count("\n") == 1 and text.endswith("\n")


# -- what is printed -------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_json_is_a_list_of_records_in_the_public_columns(run: Run, command: str) -> None:
    """Every record has the columns of the design, in their order."""
    ran = run(command, "--format", "json")
    records = json.loads(ran.out)
    assert ran.code == 0
    assert len(records) > 10
    assert {tuple(record) for record in records} == {tuple(COLUMNS[command])}


@pytest.mark.parametrize("command", ["agenda", "grade", "states", "compliance --by week"])
def test_json_writes_instants_days_ids_and_nulls_as_such(run: Run, command: str) -> None:
    """Instants end in +00:00, days are ISO days, ids and counts whole numbers, nothing is null."""
    records = json.loads(run(*command.split(), "--format", "json").out)
    cells = [(name, cell) for record in records for name, cell in record.items()]
    told = [(name, cell) for name, cell in cells if cell is not None]
    assert len(told) < len(cells)
    for name, cell in told:
        assert cell not in ("NaT", "nan", "None", "<NA>", "")
        if name.endswith("_at"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", cell), (name, cell)
        elif name.endswith("_on") or name == "week":
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", cell), (name, cell)
        elif name.endswith(("_id", "_kept", "_of")) or name == "unanswered":
            assert type(cell) is int, (name, cell)
        elif name.endswith(RATE_PARTS):
            assert 0 <= cell <= 1, (name, cell)
        else:
            assert type(cell) is str, (name, cell)


@pytest.mark.parametrize("command", COMMANDS)
def test_csv_and_json_say_the_same(run: Run, command: str) -> None:
    """The CSV reads back to the records of the JSON, an empty cell being null."""
    records = json.loads(run(command, "--format", "json").out)
    rows = list(csv.reader(io.StringIO(run(command, "--format", "csv").out)))
    assert rows[0] == COLUMNS[command]
    read = [
        [read_as(cell, like) for cell, like in zip(row, told.values(), strict=True)]
        for row, told in zip(rows[1:], records, strict=True)
    ]
    assert read == [list(told.values()) for told in records]


def read_as(cell: str, like: Any) -> Any:
    """A CSV's cell, read as a value of the same kind."""
    return None if cell == "" else type(like)(cell)


def test_grade_prints_what_grade_returns(run: Run) -> None:
    """The CSV is the frame of coachkit.grade as of the practice's own instant, row by row."""
    practice = ck.open_practice()
    duties = ck.grade(practice.caseload(), practice.policy(), as_of=practice.as_of())
    printed = pd.read_csv(io.StringIO(run("grade", "--format", "csv").out))
    assert printed["verdict"].tolist() == duties["verdict"].tolist()
    for name in ("started_at", "deadline_at", "done_at"):
        assert pd.to_datetime(printed[name], utc=True).equals(duties[name].astype("M8[us, UTC]"))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_table_says_of_whom_and_when(run: Run, command: str) -> None:
    """The table's first line names the practice and the instant, then comes an empty line."""
    lines = run(command).out.split("\n")
    assert lines[:2] == [
        "coachkit · the sample practice (fictional) · as of Wed 14 Oct 2026, 16:00 UTC",
        "",
    ]
    assert len(lines) > 12


def test_the_agenda_as_a_table_is_told_in_sentences(run: Run) -> None:
    """It is grouped by urgency and says who, where and why."""
    out = run("agenda").out
    assert "\nOverdue (" in out
    assert "\n  Amara Osei · Quillmark Ledger Partners · Senior accountant\n      Follow up" in out


def test_a_table_leaves_null_empty_and_shows_days_as_days(run: Run, practice: Path) -> None:
    """No NaT, NaN or midnight is ever shown."""
    out = run("grade", "--practice", practice).out
    assert "2026-02-09" in out
    assert not re.search(r"\b(NaT|nan|NaN|None|<NA>|00:00:00)\b", out)


def test_a_practice_of_ones_own_is_judged_by_its_own_waits(run: Run, practice: Path) -> None:
    """fields.csv in the folder is the policy: nine days' wait instead of seven move the due day."""
    before = json.loads(run("states", "--practice", practice, "--format", "json").out)
    change(practice / "fields.csv", ",7,7,", ",9,7,")
    after = json.loads(run("states", "--practice", practice, "--format", "json").out)
    assert (before[0]["due_on"], after[0]["due_on"]) == ("2026-02-09", "2026-02-11")


def test_without_waits_of_its_own_a_practice_takes_the_default_policy(
    run: Run, practice: Path
) -> None:
    """Without fields.csv the field 'accounting' is none of coachkit's, which suggests one."""
    (practice / "fields.csv").unlink()
    ran = run("states", "--practice", practice, "--format", "json")
    assert json.loads(ran.out)[0]["due_on"] == "2026-02-09"  # default: 5 days, Sat 7 Feb → Monday
    assert ran.err == (
        "coachkit: the field 'accounting' has no waits of its own and is judged by the default. "
        "Did you mean 'Accounting & audit'?\n"
    )


@pytest.mark.parametrize("form", ["table", "csv", "json"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_field_without_rows_is_told_once(run: Run, command: str, form: str) -> None:
    """Whatever is asked for, stderr names the one unknown field once, and what it may be."""
    assert run(command, "--format", form).err == NO_ROWS_FOR_NONPROFIT


def test_a_field_without_rows_is_told_only_to_whom_it_concerns(run: Run) -> None:
    """Amara has no such field, so her session hears nothing of it."""
    assert run("states", "--client", "Amara Osei").err == ""


def test_the_environment_names_the_practice(
    run: Run, practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """COACHKIT_PRACTICE holds where --practice does not say otherwise."""
    monkeypatch.setenv("COACHKIT_PRACTICE", str(practice))
    assert "coachkit · practice · as of Tue 3 Feb 2026, 14:00 UTC" in run("agenda").out
    assert "coachkit · begun ·" in run("agenda", "--practice", blank(practice.parent / "begun")).out


def test_an_empty_variable_names_no_practice(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """COACHKIT_PRACTICE= is as good as none."""
    monkeypatch.setenv("COACHKIT_PRACTICE", "")
    assert "the sample practice" in run("agenda").out


# -- one client ------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["Amara Osei", "1"])
def test_one_client_by_name_or_id(run: Run, asked: str) -> None:
    """Either way nobody else's row is printed."""
    for command in ("agenda", "grade", "states"):
        records = json.loads(run(command, "--client", asked, "--format", "json").out)
        assert {record["client_id"] for record in records} == {1}


def test_one_clients_rows_are_the_same_alone(run: Run) -> None:
    """What is printed for one client is what stands for them among all."""
    alone = json.loads(run("grade", "--client", "1", "--format", "json").out)
    every = json.loads(run("grade", "--format", "json").out)
    assert alone == [record for record in every if record["client_id"] == 1]


@pytest.mark.parametrize("asked", ["Nobody", "amara osei", "99", "-1", "1.0", "", "9" * 30])
def test_an_unknown_client_is_refused(run: Run, asked: str) -> None:
    """The line repeats what was asked, and names nobody who is there."""
    ran = run("agenda", f"--client={asked}")
    assert (ran.code, ran.out) == (2, "")
    assert is_one_line(ran.err)
    assert ran.err.startswith(
        f"coachkit: There is no client {'with the id' if asked.isdecimal() else 'called'}"
    )
    assert asked in ran.err
    assert "Amara Osei" not in ran.err


def test_of_two_clients_with_one_name_the_ids_are_told(run: Run, tmp_path: Path) -> None:
    """The line says how to ask instead, and asking so works."""
    as_of = "Tue 3 Feb 09:00"
    first = case(visit("Mon 2 Feb 10:00"), as_of=as_of)
    second = case(visit("Mon 2 Feb 10:00"), as_of=as_of, client_id=2, opportunity_id=2)
    write(tmp_path, together(first, second))
    ran = run("agenda", "--practice", tmp_path, "--client", "Ann Lee")
    assert ran.code == 2
    assert (
        ran.err == "coachkit: 2 clients are called 'Ann Lee': their ids are 1 and 2. Ask by id.\n"
    )
    assert run("agenda", "--practice", tmp_path, "--client", "2").code == 0


def test_a_client_whose_name_is_a_number_is_found_by_it(run: Run, practice: Path) -> None:
    """A name comes before an id."""
    change(practice / "clients.csv", "Ann Lee", "2026")
    assert run("agenda", "--practice", practice, "--client", "2026").code == 0


# -- as of -----------------------------------------------------------------------------------------


def test_as_of_takes_an_instant(run: Run, practice: Path) -> None:
    """The heading repeats it; a week after the interview the follow-up is due."""
    ran = run("agenda", "--practice", practice, "--as-of", "2026-02-09T08:30:00-05:00")
    assert "as of Mon 9 Feb 2026, 08:30 UTC-05:00" in ran.out
    assert "Today (1)\n  Ann Lee · Acme · Auditor\n      Follow up by e-mail now" in ran.out


def test_as_of_comes_before_the_practices_own_instant(run: Run) -> None:
    """The sample stands still in October 2026, unless it is asked for another time."""
    out = run("states", "--as-of", "2026-03-01T00:00:00Z").out
    assert "as of Sun 1 Mar 2026, 00:00 UTC" in out


@pytest.mark.parametrize(
    ("zone", "heading", "verdict"),
    [
        ("Pacific/Auckland", "Tue 3 Feb 2026, 23:59 NZDT", "due"),  # 10:59:59 UTC
        ("America/New_York", "Tue 3 Feb 2026, 23:59 EST", "overdue"),  # 04:59:59 UTC the next day
    ],
)
def test_a_bare_day_is_its_end_where_the_computer_stands(
    tmp_path: Path, zone: str, heading: str, verdict: str
) -> None:
    """A thank-you due on Tue 3 Feb at 10:00 in New York, at that day's end here and there."""
    write(tmp_path, case(visit("Mon 2 Feb 10:00"), as_of="Mon 2 Feb 12:00"))
    asked = ("--practice", tmp_path, "--as-of", "2026-02-03")
    assert heading in shell("agenda", *asked, TZ=zone).stdout.decode()
    first = json.loads(shell("grade", *asked, "--format", "json", TZ=zone).stdout)[0]
    assert (first["duty"], first["verdict"]) == ("thank_you", verdict)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("2026-10-14T16:00:00", "has no time zone"),
        ("2026-10-14 16:00", "has no time zone"),
        ("20261014", "has no time zone"),
        ("now", "has no time zone"),
        ("yesterday", "is no time"),
        ("nonsense", "is no time"),
        ("", "is no time"),
        ("2026-10-14T16:00:00+25:00", "is no time"),
        ("2026-10-14T16:00 Mars/Base", "is no time"),
        ("99999-01-01T00:00Z", "is no time"),
        ("2026-02-30", "there is no day '2026-02-30'"),
        ("0001-01-01", "--as-of: "),
        ("9999-12-31", "--as-of: "),
        ("1800-01-01", "Years run from 1900 to 2199"),
        ("2500-01-01T00:00:00Z", "Years run from 1900 to 2199"),
    ],
)
def test_an_as_of_that_is_no_instant_is_refused(run: Run, asked: str, told: str) -> None:
    """One line names the option, what came, and what is wanted."""
    ran = run("states", "--as-of", asked)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("coachkit: --as-of: ")
    assert told in ran.err
    assert is_one_line(ran.err)


def test_a_day_beyond_the_calendar_is_refused() -> None:
    """West of Greenwich the end of the last day there is lies after all time."""
    told = shell("states", "--as-of", "9999-12-31", TZ="America/Los_Angeles")
    assert (told.returncode, told.stdout) == (2, b"")
    assert told.stderr == b"coachkit: --as-of: there is no day '9999-12-31'.\n"


# -- compliance ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "first"),
    [
        ("client", {"client": 1}),
        ("client_id", {"client_id": 1}),
        ("coach", {"coach": "Malik Hart"}),
        ("field", {"field": "Accounting & audit"}),
        ("week", {"week": "2026-02-02"}),
        ("client,week", {"client": 1, "week": "2026-03-09"}),
        (" week , field ", {"week": "2026-02-02", "field": "University faculty"}),
        ("all", {}),
    ],
)
def test_rates_are_grouped_as_asked(run: Run, by: str, first: dict[str, Any]) -> None:
    """The groups come first, in the order asked for; 'all' is one row without any."""
    records = json.loads(run("compliance", "--by", by, "--format", "json").out)
    keys = [name for name in records[0] if not name.endswith(RATE_PARTS)]
    assert {name: records[0][name] for name in keys} == first
    assert list(records[0])[: len(keys)] == keys == list(first)
    assert (len(records) == 1) == (by == "all")


def test_rates_in_a_table_are_told_in_words(run: Run) -> None:
    """Under ten duties a table counts, from ten on it gives percent, counts and interval."""
    table = run("compliance", "--client", "Henrietta Vale").out
    assert re.search(r"University faculty +91 % \(10 of 11\), 62 % to 98 % +4 of 4 ", table)


def test_rates_by_client_name_them_in_a_table(run: Run, practice: Path) -> None:
    """A person reads a name, a machine the id."""
    asked = ("compliance", "--practice", practice, "--by", "client")
    assert re.search(r"^ *Ann Lee +1 of 1 ", run(*asked).out, re.MULTILINE)
    assert run(*asked, "--format", "csv").out.split("\n")[1].startswith("1,1,1,")


@pytest.mark.parametrize("by", ["state", "", ",", "week,all", "Client", "\x1b[31m"])
def test_an_unknown_grouping_is_refused(run: Run, by: str) -> None:
    """The line lists what there is."""
    ran = run("compliance", "--by", by)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("Use client, client_id, field, coach or week.\n")
    assert is_one_line(ran.err)
    assert "\x1b" not in ran.err


# -- an empty practice -----------------------------------------------------------------------------


@pytest.mark.parametrize("command", [*COMMANDS, "compliance --by week", "compliance --by all"])
def test_an_empty_practice_is_no_fault(run: Run, tmp_path: Path, command: str) -> None:
    """Tables with a header alone give an inviting word, and nothing on stderr."""
    ran = run(*command.split(), "--practice", blank(tmp_path))
    assert (ran.code, ran.err) == (0, "")
    assert "Log an interview" in ran.out or "nothing yet" in ran.out


@pytest.mark.parametrize("command", COMMANDS)
def test_an_empty_practice_in_the_forms_for_machines(
    run: Run, tmp_path: Path, command: str
) -> None:
    """No records, and a header alone."""
    blank(tmp_path)
    assert json.loads(run(command, "--practice", tmp_path, "--format", "json").out) == []
    header = run(command, "--practice", tmp_path, "--format", "csv").out
    assert header == ",".join(COLUMNS[command]) + "\n"


# -- faults ----------------------------------------------------------------------------------------

Break = Callable[[Path], object]
#: How a folder comes to have each fault.
BROKEN: dict[type[errors.CoachkitError], Break] = {
    errors.MissingTable: lambda at: (at / "interviews.csv").unlink(),
    errors.MissingColumn: lambda at: change(at / "clients.csv", "timezone", "zone"),
    errors.MissingValue: lambda at: change(at / "clients.csv", "America/New_York", ""),
    errors.UnreadableValue: lambda at: change(at / "interviews.csv", "\n11,", "\neleven,"),
    errors.NaiveTime: lambda at: change(at / "interviews.csv", "+00:00", ""),
    errors.UnknownZone: lambda at: change(at / "clients.csv", "America/New_York", "Mars/Base"),
    errors.UnknownCountry: lambda at: add_country(at, "Atlantis"),
    errors.UnknownWord: lambda at: change(at / "contacts.csv", "email", "pigeon"),
    errors.OutOfRange: lambda at: change(at / "fields.csv", ",7,7,", ",-7,7,"),
    errors.DuplicateId: lambda at: repeat_last_row(at / "interviews.csv"),
    errors.Orphan: lambda at: change(at / "interviews.csv", "\n11,1,", "\n11,5,"),
    errors.Contradiction: lambda at: change(at / "contacts.csv", ",out,", ",in,"),
    errors.DuplicateRow: lambda at: repeat_last_row(at / "fields.csv"),
    errors.UnreadableFile: lambda at: (at / "contacts.csv").write_bytes(b"at,\xff\n"),
    errors.SeveralFaults: lambda at: (at / "as_of.txt").write_text("2026") and add_country(at, "X"),
}
#: Those that no folder can have.
ELSEWHERE = {
    errors.UnknownClient,
    errors.UnknownGrouping,
    errors.UngradedFrame,
    errors.UnknownRow,
    errors.ReadOnlyPractice,
    errors.NoPractice,
    errors.NewerPractice,
    errors.DamagedPractice,
    errors.PracticeUnavailable,
    errors.NothingToUndo,
    errors.ChangedSince,
    errors.TooFewToTell,
    errors.UnclearNote,
    errors.RefusedSample,
    errors.BrokenTemplate,
}


def add_country(folder: Path, country: str) -> None:
    clients = pd.read_csv(folder / "clients.csv", dtype=str)
    clients.assign(country=country).to_csv(folder / "clients.csv", index=False)


def repeat_last_row(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text + text.splitlines(keepends=True)[-1], encoding="utf-8")


def test_every_fault_has_a_broken_folder() -> None:
    """A new fault is told here too."""
    faults = {one for one in vars(errors).values() if isinstance(one, type)}
    assert {*BROKEN, *ELSEWHERE} == faults & set(errors.CoachkitError.__subclasses__())


@pytest.mark.parametrize(("fault", "command"), list(zip(BROKEN, cycle(COMMANDS), strict=False)))
def test_every_fault_of_a_folder_is_one_plain_line(
    run: Run, practice: Path, fault: type[errors.CoachkitError], command: str
) -> None:
    """Exit code 2, nothing on stdout, one line: the fault's own; no traceback and no name."""
    BROKEN[fault](practice)
    ran = run(command, "--practice", practice)
    assert (ran.code, ran.out) == (2, "")
    assert is_one_line(ran.err)
    assert ran.err.startswith("coachkit: ")
    assert "Traceback" not in ran.err
    assert "Ann Lee" not in ran.err
    assert fault is errors.SeveralFaults or raised_by(practice) == (fault, ran.err[10:-1])


def raised_by(folder: Path) -> tuple[type[errors.CoachkitError], str]:
    """The fault that a folder has, and what it says."""
    practice = ck.open_practice(folder)
    with pytest.raises(errors.CoachkitError) as caught:
        (practice.caseload(), practice.policy(), practice.as_of())
    return type(caught.value), str(caught.value)


def test_all_that_is_wrong_is_told_at_once(run: Run, practice: Path) -> None:
    """Faults in five files of a folder are one line that names each of them."""
    change(practice / "clients.csv", "America/New_York", "Mars/Base")
    change(practice / "interviews.csv", "+00:00", "")
    change(practice / "contacts.csv", "email", "pigeon")
    change(practice / "fields.csv", ",7,7,", ",-7,7,")
    (practice / "as_of.txt").write_text("2026-02-03T09:00:00", encoding="utf-8")
    ran = run("agenda", "--practice", practice)
    assert ran.code == 2
    assert is_one_line(ran.err)
    assert ran.err.startswith("coachkit: 5 things are wrong: ")
    for told in (
        "clients.csv, column 'timezone', row 2 (the header is row 1): 'Mars/Base'",
        "interviews.csv, column 'held_at', row 2 (the header is row 1)",
        "contacts.csv, column 'channel', row 2 (the header is row 1): 'pigeon'",
        "fields.csv, column 'wait_days', row 2 (the header is row 1): '-7'",
        "as_of.txt: 2026-02-03T09:00:00 has no time zone",
    ):
        assert told in ran.err


@pytest.mark.parametrize("arguments", [["--client", "Ann Lee"], ["--client", "1"], []])
def test_a_fault_names_no_client(run: Run, practice: Path, arguments: list[str]) -> None:
    """Not even where one is asked for."""
    change(practice / "clients.csv", "America/New_York", "Mars/Base")
    ran = run("grade", "--practice", practice, *arguments)
    assert ran.code == 2
    assert "Ann" not in ran.err


@pytest.mark.parametrize("place", ["nowhere", "practice\n2"])
def test_a_practice_that_is_not_there_is_refused(run: Run, practice: Path, place: str) -> None:
    """A folder that is missing is one line that says what a practice is."""
    ran = run("agenda", "--practice", practice.parent / place)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("coachkit: There is no practice at ")
    assert ran.err.endswith("or make one with coachkit new.\n")
    assert is_one_line(ran.err)


def test_a_folder_of_something_else_is_no_practice(run: Run, tmp_path: Path) -> None:
    """An empty folder lacks every table, and each is named."""
    ran = run("agenda", "--practice", tmp_path)
    assert ran.code == 2
    assert is_one_line(ran.err)
    for name in terms.REQUIRED_TABLES:
        assert f"'{name}.csv' is missing" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["agend"],
        ["agenda", "--clent", "1"],
        ["agenda", "--format", "xml"],
        ["agenda", "extra"],
        ["agenda", "two\nlines"],
        ["agenda", "--client"],
        ["agenda", "--by", "week"],
        ["lab", "--port", "http"],
        ["lab", "--client", "1"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_line_that_says_where_help_is(run: Run, arguments: list[str]) -> None:
    """Exit code 2, nothing on stdout, and no page of usage."""
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert is_one_line(ran.err)
    assert re.search(r"coachkit( \w+)? --help shows how\n$", ran.err)


@pytest.mark.parametrize("command", ["", *COMMANDS, "lab"])
def test_every_command_helps(run: Run, command: str) -> None:
    """--help says what a command is for and which options it has."""
    ran = run(*command.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    wanted = ["--practice"] if command else [*COMMANDS, "lab"]
    if command in COMMANDS:
        wanted += ["--client", "--as-of", "--format"]
    assert all(word in ran.out for word in wanted), ran.out


def test_an_interruption_is_no_fault(
    run: Run, practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C ends a command with its usual code and no traceback."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("coachkit.clocks.grade", interrupted)
    assert run("grade", "--practice", practice) == Ran(130, "", "")


# -- what came from outside ------------------------------------------------------------------------

HOSTILE = {
    "steers the terminal": "Ann \x1b[2J\x1b[31mLee\x07",
    "C1 controls": "Ann \x9b31mLee\x85",
    "several lines": "Ann\nLee\r\nCarter",
    "right to left": "Ann \u202eeeL\u202c\u2066",
    "invisible": "Ann\u200b\u2060Lee\u2028",
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("command", [*COMMANDS, "compliance --by coach"])
def test_texts_from_outside_are_inert_in_a_table(
    run: Run, tmp_path: Path, command: str, name: str
) -> None:
    """Names, employers, roles, coaches, fields: none can steer the terminal or start a line."""
    one = case(
        visit("Mon 2 Feb 10:00"),
        as_of="Mon 2 Feb 12:00",
        name=name,
        coach=name,
        employer=name,
        role=name,
        field=name,
    )
    write(tmp_path, one)
    ran = run(*command.split(), "--practice", tmp_path)
    assert ran.code == 0
    steering = {"Cc", "Cf", "Zl", "Zp", "Cs"}
    for line in (ran.out + ran.err).split("\n"):
        assert not {unicodedata.category(letter) for letter in line} & steering, line


def test_a_faults_line_cannot_steer_the_terminal(run: Run, practice: Path) -> None:
    """A column's name comes from outside too."""
    change(practice / "clients.csv", "timezone", "time\x1b[2Jzone")
    ran = run("agenda", "--practice", practice)
    assert ran.code == 2
    assert "\x1b" not in ran.err
    assert is_one_line(ran.err)


def test_whatever_a_fault_says_is_one_inert_line(
    run: Run, practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even one that quotes what it found as it stands."""

    def refuse(*_: object, **__: object) -> None:
        raise errors.UnreadableValue("found \x1b[2J\n\u202ehere")

    monkeypatch.setattr("coachkit.clocks.grade", refuse)
    assert run("grade", "--practice", practice) == Ran(2, "", "coachkit: found [2J here\n")


def test_the_name_of_a_folder_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    """The heading shows it on one line, without control characters."""
    folder = blank(tmp_path / "my\x1b[31m\npractice")
    assert run("agenda", "--practice", folder).out.startswith("coachkit · my [31m practice · as of")


def test_names_keep_their_letters_in_json_and_csv(run: Run) -> None:
    """A machine gets every text as it was written."""
    for form in ("json", "csv"):
        assert "Zoë Martínez" in run("agenda", "--format", form).out


# -- in a shell ------------------------------------------------------------------------------------


def test_the_console_script_is_the_same_command() -> None:
    """``coachkit`` is installed beside Python and prints what ``python -m coachkit.cli`` prints."""
    script = shutil.which("coachkit", path=str(Path(sys.executable).parent))
    assert script is not None, "coachkit is not installed: pip install -e ."
    told = subprocess.run(
        [script, "states", "--client", "1"], capture_output=True, env=shell_environment()
    )
    assert (told.returncode, told.stderr) == (0, b"")
    assert told.stdout == shell("states", "--client", "1").stdout


def test_a_fault_in_a_shell_is_one_line_and_code_2() -> None:
    """Nothing that Python says by itself gets through."""
    told = shell("agenda", "--client", "Nobody")
    assert (told.returncode, told.stdout) == (2, b"")
    assert is_one_line(told.stderr.decode())


@pytest.mark.parametrize("arguments", [["grade"], ["grade", "--format", "csv"]], ids=" ".join)
def test_a_reader_who_has_seen_enough_is_no_fault(arguments: list[str]) -> None:
    """``coachkit grade | head -1`` ends quietly."""
    command = [sys.executable, "-m", "coachkit.cli", *arguments, "--client=1"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=shell_environment()
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()  # before it has said a word: what fits a buffer fails last
        said = running.stderr.read()
    assert (running.returncode, said) == (0, b"")


@pytest.mark.skipif(shutil.which("head") is None, reason="there is no head here")
def test_the_first_line_of_many_is_enough() -> None:
    """``coachkit grade --format json | head -1`` prints one line, and both end well."""
    line = f'"{sys.executable}" -m coachkit.cli grade --format json | head -1'
    told = subprocess.run(line, shell=True, capture_output=True, env=shell_environment())
    assert told.stdout == b"[\n"
    assert b"Error" not in told.stderr
    assert b"Traceback" not in told.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk here")
@pytest.mark.parametrize("arguments", [["states", "--client", "1"], ["grade"]])
def test_a_full_disk_is_one_line(arguments: list[str]) -> None:
    """Whether it shows at once or only when the last of it is written."""
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "coachkit.cli", *arguments]
        told = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=shell_environment())
    assert told.returncode == 2
    assert told.stderr.startswith(b"coachkit: the output cannot be used: ")
    assert is_one_line(told.stderr.decode())


ASCII = {
    "PYTHONIOENCODING": {"PYTHONIOENCODING": "ascii"},
    "LC_ALL": {"LC_ALL": "C"},
    "LC_ALL unhelped": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


@pytest.mark.parametrize("environment", ASCII.values(), ids=ASCII)
def test_a_console_that_lacks_letters_shows_them_escaped(environment: dict[str, str]) -> None:
    """A table never fails for a name; a letter that cannot be shown is written out."""
    told = shell("agenda", "--client", "2", **environment)
    assert (told.returncode, told.stderr) == (0, b"")
    assert re.search("Zo(ë|\\\\xeb) Mart".encode(), told.stdout)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_a_machine_reads_is_utf_8_whatever_the_console(form: str) -> None:
    """A console's lack of letters does not spoil a file."""
    told = shell("agenda", "--client", "2", "--format", form, PYTHONIOENCODING="ascii")
    assert told.returncode == 0
    if form == "json":
        assert json.loads(told.stdout.decode("utf-8"))[0]["client"] == "Zoë Martínez"
    assert "Zoë Martínez" in told.stdout.decode("utf-8")


def test_warnings_are_none_of_a_coachs_business(practice: Path) -> None:
    """No command rests on what Python or pandas warn of."""
    for command in COMMANDS:
        told = shell(command, "--practice", practice, PYTHONWARNINGS="error")
        assert (told.returncode, told.stderr) == (0, b"")
