"""The door of a caseload: what comes in, what is refused in one sentence, what leaves again."""

import dataclasses
import pickle
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import coachkit as ck
from coachkit import errors, terms

Frames = dict[str, pd.DataFrame]
NAMES = ("Amara Osei", "Zoë Martínez")
NAUGHTY = Path(__file__).parents[2] / "shared" / "samples" / "hostile" / "blns.txt"


def frames() -> Frames:
    """Two clients, each with an opportunity, an interview, two contacts and one row of the rest."""
    return {
        "clients": pd.DataFrame(
            {
                "client_id": [1, 2],
                "name": list(NAMES),
                "coach": ["Rosa Lind", "Malik Hart"],
                "timezone": ["America/New_York", "Europe/Berlin"],
                "country": ["US", None],
                "tracked_since": [None, "2026-01-01T00:00:00Z"],
                "status": ["active", None],
            }
        ),
        "opportunities": pd.DataFrame(
            {
                "opportunity_id": [11, 12],
                "client_id": [1, 2],
                "employer": ["Acme", "Zebra"],
                "role": ["Auditor", "Nurse"],
                "field": ["Accounting & audit", "Nursing & clinical"],
                "wait_days": [None, 3],
                "outcome": ["open", "rejected"],
                "outcome_at": [None, "2026-03-01T09:00:00Z"],
            }
        ),
        "interviews": pd.DataFrame(
            {
                "interview_id": [21, 22],
                "opportunity_id": [11, 12],
                "held_at": ["2026-02-02T15:00:00Z", "2026-02-03T09:00:00Z"],
                "ended_at": ["2026-02-02T16:00:00Z", None],
                "time_known": [True, None],
                "promised_by": ["2026-02-09", None],
                "answer_fit": ["well", "not asked"],
            }
        ),
        "contacts": pd.DataFrame(
            {
                "contact_id": [31, 32, 33, 34],
                "opportunity_id": [11, 12, 11, 12],
                "interview_id": [21, None, None, 22],
                "at": [f"2026-02-0{day}T18:00:00Z" for day in (2, 4, 5, 6)],
                "direction": ["out", "in", "in", "out"],
                "channel": ["email", "call", "email", "email"],
                "kind": ["thank_you", "reply", "reply", "follow_up"],
                "needs_answer": [None, True, False, None],
            }
        ),
        "interviewers": pd.DataFrame(
            {"interviewer_id": [41, 42], "interview_id": [21, 22], "name": ["Jo", "Zed"]}
        ),
        "work_samples": pd.DataFrame(
            {"sample_id": [51, 52], "client_id": [1, 2], "title": ["Ledger", "Zine"]}
        ),
        "key_answers": pd.DataFrame(
            {
                "key_answer_id": [61, 62],
                "interview_id": [21, 22],
                "treatment": ["modify", "amplify"],
            }
        ),
        "notes": pd.DataFrame(
            {
                "note_id": [71, 72],
                "client_id": [1, 2],
                "opportunity_id": [None, None],
                "written_at": ["2026-02-03T15:00:00Z", "2026-02-04T09:00:00Z"],
                "private": [True, False],
            }
        ),
        "agreed_actions": pd.DataFrame(
            {"action_id": [81, 82], "client_id": [1, 2], "agreed_at": ["2026-02-03T15:00:00Z"] * 2}
        ),
    }


def required() -> Frames:
    return {name: frame for name, frame in frames().items() if name in terms.REQUIRED_TABLES}


def put(given: Frames, table: str, column: str, row: int, cell: Any) -> None:
    """Write a cell, whatever its column held so far; rows are counted from 1."""
    cells = given[table][column].astype(object)
    cells.iloc[row - 1] = cell
    given[table][column] = cells


def as_folder(given: Frames, folder: Path) -> Path:
    """The frames as files, written by pandas."""
    folder.mkdir(exist_ok=True)
    for name, frame in given.items():
        frame.to_csv(folder / f"{name}.csv", index=False)
    return folder


def refused(given: Frames) -> errors.CoachkitError:
    with pytest.raises(errors.CoachkitError) as caught:
        ck.Caseload(**given)
    return caught.value


def refused_folder(folder: Path) -> errors.CoachkitError:
    with pytest.raises(errors.CoachkitError) as caught:
        ck.Caseload.read(folder)
    return caught.value


def all_of(fault: errors.CoachkitError) -> list[errors.CoachkitError]:
    return list(fault.faults) if isinstance(fault, errors.SeveralFaults) else [fault]


def assert_same(one: ck.Caseload, other: ck.Caseload) -> None:
    for (name, frame), (_, its) in zip(one, other, strict=True):
        assert_frame_equal(frame, its, obj=name)


# -- what comes in ---------------------------------------------------------------------------------


def test_every_table_has_its_columns_in_their_order_and_dtypes() -> None:
    """Those that were not given too."""
    for caseload in (ck.Caseload(**frames()), ck.Caseload(**required()), ck.Caseload.empty()):
        for name, frame in caseload:
            table = terms.TABLES[name]
            assert frame.columns.tolist() == [column.name for column in table]
            for column in table:
                assert frame[column.name].dtype == column.dtype or column.dtype == "category"
                assert (frame[column.name].dtype == "category") == (column.dtype == "category")


def test_optional_tables_that_are_not_given_are_empty() -> None:
    """Not None."""
    caseload = ck.Caseload(**required())
    assert [len(caseload.interviewers), len(caseload.work_samples), len(caseload.key_answers)] == [
        *(0, 0, 0)
    ]


def test_optional_columns_that_are_not_given_are_null() -> None:
    """A caseload may hold only what the rules cannot do without."""
    given = required()
    for name, frame in given.items():
        needed = [column.name for column in terms.TABLES[name] if not column.optional]
        given[name] = frame[needed]
    caseload = ck.Caseload(**given)
    assert caseload.clients["coach"].isna().all()
    assert caseload.contacts["promised_by"].isna().all()


def test_unknown_columns_are_kept_behind() -> None:
    """As they came, in their order."""
    given = frames()
    given["clients"].insert(0, "notes", ["a", None])
    given["clients"]["shoe size"] = [38.5, np.nan]
    clients = ck.Caseload(**given).clients
    assert clients.columns.tolist()[-2:] == ["notes", "shoe size"]
    assert clients["shoe size"].tolist()[0] == 38.5


def test_an_empty_caseload_is_one_of_empty_frames() -> None:
    """Headers alone make the same as ``Caseload.empty``."""
    headers = {
        name: pd.DataFrame(columns=[column.name for column in table])
        for name, table in terms.TABLES.items()
    }
    assert_same(ck.Caseload(**headers), ck.Caseload.empty())


def test_what_was_checked_once_passes_again_as_it_is() -> None:
    """The frames of a caseload make the same caseload."""
    once = ck.Caseload(**frames())
    assert_same(ck.Caseload(**dict(once)), once)


@pytest.mark.parametrize("dtype", [object, "str", "category"])
def test_the_dtypes_of_what_comes_in_do_not_matter(dtype: Any) -> None:
    """Everything as objects, as texts, as categories: the same caseload."""
    given = {
        name: pd.DataFrame(
            {
                column: pd.Series([None if pd.isna(cell) else cell for cell in cells], dtype=object)
                if dtype is object
                else cells.map(_as_text, na_action="ignore").astype(dtype)
                for column, cells in frame.items()
            }
        )
        for name, frame in frames().items()
    }
    assert_same(ck.Caseload(**given), ck.Caseload(**frames()))


def _as_text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) else str(cell)


def test_the_index_of_what_comes_in_does_not_matter() -> None:
    """Rows keep their order and are numbered anew."""
    given = {name: frame.set_axis([7] * len(frame)) for name, frame in frames().items()}
    assert_same(ck.Caseload(**given), ck.Caseload(**frames()))


def test_what_came_in_is_left_as_it_was() -> None:
    """And a later change of it does not reach the caseload."""
    given, before = frames(), frames()
    caseload = ck.Caseload(**given)
    again = ck.Caseload(**dict(caseload))
    for name, frame in given.items():
        assert_frame_equal(frame, before[name])
    given["clients"].loc[0, "name"] = "Somebody Else"
    caseload.clients.loc[0, "name"] = "Nobody"
    assert again.clients["name"].tolist() == list(NAMES)


def test_frames_that_are_refused_are_left_as_they_were() -> None:
    """Nothing is mended on the way to a refusal."""
    given = frames()
    put(given, "clients", "timezone", 1, "Mars/Base")
    before = {name: frame.copy(deep=True) for name, frame in given.items()}
    refused(given)
    for name, frame in given.items():
        assert_frame_equal(frame, before[name])


def test_a_caseload_is_frozen() -> None:
    """A table cannot be exchanged past the door."""
    caseload = ck.Caseload.empty()
    with pytest.raises(dataclasses.FrozenInstanceError):
        caseload.clients = frames()["clients"]  # type: ignore[misc]


def test_a_caseload_shows_counts_and_no_names() -> None:
    """In a notebook's output it gives nobody away."""
    assert repr(ck.Caseload(**frames())) == (
        "<Caseload: 2 clients, 2 opportunities, 2 interviews, 4 contacts>"
    )


def test_a_caseload_gives_its_tables_by_name() -> None:
    """In the order of the nomenclature."""
    assert [name for name, _ in ck.Caseload(**frames())] == list(terms.TABLES)


# -- what is refused (rules §7) --------------------------------------------------------------------

Break = Callable[[Frames], None]


def cell(table: str, column: str, row: int, value: Any) -> Break:
    return lambda given: put(given, table, column, row, value)


#: What is done to the frames: the fault, its table, column and row, what it says, what to do.
FAULTS: dict[str, tuple[Break, type[errors.CoachkitError], str, str, int, str]] = {
    "a missing time zone": (
        cell("clients", "timezone", 2, None),
        *(errors.MissingValue, "clients", "timezone", 2),
        "nothing is there (IANA time zone in which their days are counted). Fill it in.",
    ),
    "an unknown time zone": (
        cell("clients", "timezone", 2, "Mars/Base"),
        *(errors.UnknownZone, "clients", "timezone", 2),
        "'Mars/Base' is not a time zone of the IANA database. Write a name such as",
    ),
    "an unknown outcome": (
        cell("opportunities", "outcome", 1, "hired"),
        *(errors.UnknownWord, "opportunities", "outcome", 1),
        "'hired' is not a word it knows. Use open, offer, rejected, withdrawn or let_go.",
    ),
    "a naive time": (
        cell("contacts", "at", 3, "2026-02-05T18:00:00"),
        *(errors.NaiveTime, "contacts", "at", 3),
        "'2026-02-05T18:00:00' has no time zone. Write the offset too, for example 2026-",
    ),
    "an interview at no time": (
        cell("interviews", "held_at", 1, pd.NaT),
        *(errors.MissingValue, "interviews", "held_at", 1),
        "nothing is there (when it begins). Fill it in.",
    ),
    "junk in place of a time": (
        cell("contacts", "at", 4, "8/82019"),
        *(errors.UnreadableValue, "contacts", "at", 4),
        "'8/82019' is no time. Write a time such as 2026-",
    ),
    "junk in place of a day": (
        cell("interviews", "promised_by", 1, "9 Feb 2026"),
        *(errors.UnreadableValue, "interviews", "promised_by", 1),
        "'9 Feb 2026' is no day. Write the day alone, such as 2026-02-02.",
    ),
    "a year before any interview": (
        cell("contacts", "at", 1, "0206-02-02T18:00:00Z"),
        *(errors.OutOfRange, "contacts", "at", 1),
        "'0206-02-02 18:00:00+00:00' lies in a year that cannot be right. Years run from 1900 to "
        "2199.",
    ),
    "out and a reply": (
        cell("contacts", "direction", 2, "out"),
        *(errors.Contradiction, "contacts", "kind", 2),
        "the kind does not go with the direction. out goes with thank_you, follow_up, answer "
        "or other; in goes with reply.",
    ),
    "in and a follow-up": (
        cell("contacts", "direction", 4, "in"),
        *(errors.Contradiction, "contacts", "kind", 4),
        "the kind does not go with the direction",
    ),
    "open and over": (
        cell("opportunities", "outcome", 2, "open"),
        *(errors.Contradiction, "opportunities", "outcome_at", 2),
        "an open opportunity has no day on which it ended. Set its outcome, or empty outcome_at.",
    ),
    "another opportunity's interview": (
        cell("contacts", "interview_id", 3, 22),
        *(errors.Contradiction, "contacts", "interview_id", 3),
        "this interview belongs to another opportunity. Name an interview of the contact's own",
    ),
    "over before it began": (
        cell("interviews", "ended_at", 2, "2026-02-03T08:59:59Z"),
        *(errors.Contradiction, "interviews", "ended_at", 2),
        "it ended before it began. Correct ended_at or held_at.",
    ),
    "a negative wait": (
        cell("opportunities", "wait_days", 2, -1),
        *(errors.OutOfRange, "opportunities", "wait_days", 2),
        "'-1' is out of bounds. Write a number from 0 to 10000.",
    ),
    "an unknown channel": (
        cell("contacts", "channel", 2, "pigeon"),
        *(errors.UnknownWord, "contacts", "channel", 2),
        "'pigeon' is not a word it knows. Use email, call, voicemail, card, text or other.",
    ),
    "an unknown treatment": (
        cell("key_answers", "treatment", 2, "embellish"),
        *(errors.UnknownWord, "key_answers", "treatment", 2),
        "'embellish' is not a word it knows. Use modify, correct or amplify.",
    ),
    "a country without a calendar": (
        cell("clients", "country", 1, "Atlantis"),
        *(errors.UnknownCountry, "clients", "country", 1),
        "'Atlantis' is not a country with a holiday calendar. Write a code such as US, US-CA or DE",
    ),
    "an orphan opportunity": (
        cell("opportunities", "client_id", 2, 9),
        *(errors.Orphan, "opportunities", "client_id", 2),
        "no row of clients{} has this id. Correct the id, or add the row to clients{}.",
    ),
    "an orphan contact": (
        cell("contacts", "opportunity_id", 2, 99),
        *(errors.Orphan, "contacts", "opportunity_id", 2),
        "no row of opportunities{} has this id. Correct the id, or add the row to",
    ),
    "an interview that is not there": (
        cell("contacts", "interview_id", 2, 99),
        *(errors.Orphan, "contacts", "interview_id", 2),
        "no row of interviews{} has this id.",
    ),
    "an orphan interviewer": (
        cell("interviewers", "interview_id", 1, 99),
        *(errors.Orphan, "interviewers", "interview_id", 1),
        "no row of interviews{} has this id.",
    ),
    "a fractional id": (
        cell("work_samples", "sample_id", 1, "1.5"),
        *(errors.UnreadableValue, "work_samples", "sample_id", 1),
        "'1.5' is not a whole number. Write digits only.",
    ),
    "neither yes nor no": (
        cell("contacts", "needs_answer", 2, "perhaps"),
        *(errors.UnreadableValue, "contacts", "needs_answer", 2),
        "'perhaps' is neither true nor false. Write true or false.",
    ),
    "a client without a name": (
        cell("clients", "name", 2, "  "),
        *(errors.MissingValue, "clients", "name", 2),
        "nothing is there (what the coach calls them). Fill it in.",
    ),
}
EACH_FAULT = pytest.mark.parametrize("fault", FAULTS)


@EACH_FAULT
def test_a_fault_in_a_frame_names_table_column_row_and_remedy(fault: str) -> None:
    """It is of its own class, and the only one."""
    broken, kind, table, column, row, told = FAULTS[fault]
    given = frames()
    broken(given)
    found = refused(given)
    assert type(found) is kind
    assert str(found).startswith(
        f"{table}, column '{column}', row {row}: {told.format('', '')}"[:-1]
    )


@EACH_FAULT
def test_a_fault_in_a_folder_names_file_column_row_and_remedy(fault: str, tmp_path: Path) -> None:
    """Rows are those of the file, of which the header is the first."""
    broken, kind, table, column, row, told = FAULTS[fault]
    given = frames()
    broken(given)
    found = refused_folder(as_folder(given, tmp_path))
    assert type(found) is kind
    where = f"{table}.csv, column '{column}', row {row + 1} (the header is row 1): "
    assert str(found).startswith(f"{where}{told.format('.csv', '.csv')}"[:-1])


@EACH_FAULT
def test_a_fault_is_one_line_without_a_name(fault: str, tmp_path: Path) -> None:
    """It ends with a full stop, and names no client."""
    given = frames()
    FAULTS[fault][0](given)
    for found in (refused(given), refused_folder(as_folder(given, tmp_path))):
        assert re.fullmatch(r"[^\n\r]+\.", str(found))
        assert not any(name in str(found) for name in ("Amara", "Osei", "Zoë", "Martínez"))


def test_two_rows_with_one_id_are_both_named() -> None:
    """In every table."""
    for name, table in terms.TABLES.items():
        given = frames()
        given[name] = pd.concat([given[name], given[name].iloc[:1]])
        rows = "1 and 5" if name == "contacts" else "1 and 3"
        assert str(refused(given)) == (
            f"{name}, column '{table.key}', rows {rows}: the same id stands more than once. "
            f"Give every row an id of its own."
        )


@pytest.mark.parametrize("ids", [["1", "1.0"], [1, " 01"], [1.0, 1]])
def test_an_id_is_the_same_however_it_is_written(ids: list[Any]) -> None:
    """It is a number, not its digits."""
    given = frames()
    given["work_samples"]["sample_id"] = pd.Series(ids, dtype=object)
    assert type(refused(given)) is errors.DuplicateId


def test_a_note_on_a_strangers_opportunity_is_refused() -> None:
    """It would tell one client of another."""
    given = frames()
    put(given, "notes", "opportunity_id", 1, 12)
    assert str(refused(given)) == (
        "notes, column 'opportunity_id', row 1: this opportunity belongs to another client. "
        "Name an opportunity of the note's own client, or none."
    )


def test_an_interview_may_end_as_it_begins() -> None:
    """Only an end before the beginning is refused."""
    given = frames()
    put(given, "interviews", "ended_at", 1, "2026-02-02T10:00:00-05:00")
    ck.Caseload(**given)


@pytest.mark.parametrize("table", terms.REQUIRED_TABLES)
def test_a_missing_table_is_told(table: str, tmp_path: Path) -> None:
    """Once, whatever points at it, by frame and by folder."""
    found = refused(frames() | {table: None})  # type: ignore[dict-item]
    row = terms.TABLES[table].row
    assert type(found) is errors.MissingTable
    assert str(found) == (
        f"The table '{table}' is missing (a row is {row}). Add it; with a header alone if there "
        f"is nothing to tell yet."
    )
    (as_folder(frames(), tmp_path) / f"{table}.csv").unlink()
    assert str(refused_folder(tmp_path)) == str(found).replace(table, f"{table}.csv", 1)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (name, column.name)
        for name, table in terms.TABLES.items()
        for column in table
        if not column.optional
    ],
)
def test_a_missing_column_is_told_once(table: str, column: str) -> None:
    """With nothing that only follows from it, such as rows that point nowhere."""
    given = frames()
    del given[table][column]
    found = refused(given)
    assert type(found) is errors.MissingColumn
    assert str(found).startswith(f"{table} lacks the column '{column}' (")
    assert str(found).endswith("Add it, or rename the column that holds it.")


@pytest.mark.parametrize("cell_", [None, "x", 1.5])
@pytest.mark.parametrize("table", ["clients", "opportunities", "interviews"])
def test_an_id_that_cannot_be_read_makes_no_orphans(table: str, cell_: object) -> None:
    """What points at that row is right as far as anybody knows."""
    given = frames()
    put(given, table, terms.TABLES[table].key, 1, cell_)
    assert type(refused(given)) in (errors.MissingValue, errors.UnreadableValue)


def test_a_required_id_that_is_null_is_no_orphan() -> None:
    """It is missing, which is told once."""
    given = frames()
    put(given, "contacts", "opportunity_id", 1, None)
    assert type(refused(given)) is errors.MissingValue


def test_orphans_are_told_beside_an_id_that_cannot_be_read() -> None:
    """Where there are more of them than it could explain."""
    given = frames()
    put(given, "opportunities", "opportunity_id", 1, None)
    put(given, "contacts", "opportunity_id", 2, 98)
    put(given, "contacts", "opportunity_id", 4, 99)
    kinds = [type(fault) for fault in all_of(refused(given))]
    assert kinds.count(errors.MissingValue) == 1
    assert errors.Orphan in kinds


def break_everything(given: Frames) -> dict[str, type[errors.CoachkitError]]:
    """Faults in every table, several in some; what each line says, and of which class it is."""
    put(given, "clients", "timezone", 1, "Mars/Base")
    put(given, "clients", "name", 2, None)
    put(given, "opportunities", "wait_days", 2, -7)
    put(given, "opportunities", "client_id", 1, 9)
    put(given, "interviews", "held_at", 2, "2026-02-03T09:00:00")
    put(given, "contacts", "channel", 1, "pigeon")
    put(given, "contacts", "channel", 4, "smoke")
    put(given, "contacts", "direction", 2, "out")
    del given["interviewers"]["interview_id"]
    given["work_samples"]["sample_id"] = 51
    put(given, "key_answers", "treatment", 1, "embellish")
    return {
        "clients{}, column 'name', row 2": errors.MissingValue,
        "clients{}, column 'timezone', row 1": errors.UnknownZone,
        "opportunities{}, column 'wait_days', row 2": errors.OutOfRange,
        "opportunities{}, column 'client_id', row 1": errors.Orphan,
        "interviews{}, column 'held_at', row 2": errors.NaiveTime,
        "contacts{}, column 'channel', rows 1 and 4": errors.UnknownWord,
        "contacts{}, column 'kind', row 2": errors.Contradiction,
        "interviewers{} lacks the column 'interview_id'": errors.MissingColumn,
        "work_samples{}, column 'sample_id', rows 1 and 2": errors.DuplicateId,
        "key_answers{}, column 'treatment', row 1": errors.UnknownWord,
    }


def test_all_that_is_wrong_with_frames_is_told_at_once() -> None:
    """Every fault of every table, each once, in one line."""
    given = frames()
    wanted = break_everything(given)
    found = refused(given)
    assert isinstance(found, errors.SeveralFaults)
    assert str(found).startswith("10 things are wrong: ")
    assert "\n" not in str(found)
    for fault, (told, kind) in zip(found.faults, wanted.items(), strict=True):
        assert str(fault).startswith(told.format(""))
        assert type(fault) is kind


def test_all_that_is_wrong_with_a_folder_is_told_at_once(tmp_path: Path) -> None:
    """The same, with a file beside them that cannot be read at all."""
    given = frames()
    wanted = break_everything(given)
    as_folder(given, tmp_path)
    (tmp_path / "key_answers.csv").write_bytes("question\nWarum Köln?\n".encode("latin-1"))
    found = refused_folder(tmp_path)
    assert isinstance(found, errors.SeveralFaults)
    told = [str(fault) for fault in found.faults]
    assert told[0] == "key_answers.csv is not UTF-8. Save it as 'CSV UTF-8'."
    assert len(told) == len(wanted)
    for line, start in zip(told[1:], list(wanted)[:-1], strict=True):
        number = re.search(r"rows? ([\d and]+)$", start)
        shifted = start.format(".csv")
        if number:
            rows = re.sub(r"\d+", lambda found: str(int(found[0]) + 1), number[1])
            shifted = f"{shifted.removesuffix(number[1])}{rows} (the header is row 1)"
        assert line.startswith(shifted)


def test_several_faults_pass_from_one_process_to_another() -> None:
    """Each of them is still there."""
    given = frames()
    break_everything(given)
    found = refused(given)
    again = pickle.loads(pickle.dumps(found))
    assert str(again) == str(found)
    assert [str(fault) for fault in again.faults] == [str(fault) for fault in all_of(found)]


def test_rows_are_those_of_the_file_behind_blank_lines_and_texts_of_several_lines(
    tmp_path: Path,
) -> None:
    """As a spreadsheet counts them."""
    as_folder(frames(), tmp_path)
    (tmp_path / "clients.csv").write_text(
        'client_id,name,timezone\n1,"Ann\nLee",UTC\n\n,,\n2,Bob,Mars/Base\n', encoding="utf-8"
    )
    assert "clients.csv, column 'timezone', row 5 (the header is row 1): 'Mars/Base'" in str(
        refused_folder(tmp_path)
    )


def test_a_file_without_a_header_gives_no_name_away(tmp_path: Path) -> None:
    """Its first row is a client's."""
    as_folder(frames(), tmp_path)
    (tmp_path / "clients.csv").write_text("1,Amara Osei,UTC\n2,Zoë Martínez,UTC\n", "utf-8")
    assert str(refused_folder(tmp_path)) == (
        "clients.csv has none of its columns. Name at least client_id, name and timezone in its "
        "first row."
    )


def test_cells_that_slipped_give_no_name_away() -> None:
    """A name in any other column of its row is not shown."""
    for column in ("client_id", "timezone", "country", "tracked_since", "status"):
        given = frames()
        put(given, "clients", column, 1, "Amara Osei")
        assert "Amara" not in str(refused(given))


@pytest.mark.parametrize("frame", [[1], {"client_id": [1]}, "clients.csv", 5])
def test_what_is_no_frame_is_told_beside_the_rest(frame: object) -> None:
    """In an optional table too."""
    given: dict[str, Any] = frames()
    put(given, "opportunities", "wait_days", 2, -7)
    found = refused(given | {"clients": frame, "interviewers": frame})
    kinds = [type(fault) for fault in all_of(found)]
    assert kinds == [errors.MissingTable, errors.MissingTable, errors.OutOfRange]
    assert "clients is no pandas DataFrame but of the type" in str(found)


def test_very_many_faults_stay_a_short_line() -> None:
    """Ten thousand contacts of nobody: the count and three rows."""
    given = frames()
    given["contacts"] = pd.DataFrame(
        {
            "contact_id": range(10_000),
            "opportunity_id": range(1000, 11_000),
            "at": "2026-02-02T15:00:00Z",
            "direction": "out",
            "channel": "email",
            "kind": "follow_up",
        }
    )
    assert str(refused(given)).startswith(
        "contacts, column 'opportunity_id', rows 1, 2 and 3, 10000 in all: no row of opportunities"
    )


# -- a folder --------------------------------------------------------------------------------------


def test_what_is_written_is_read_back_whole(tmp_path: Path) -> None:
    """Values, dtypes and order, in every table; twice written, the same files."""
    caseload = ck.Caseload(**frames())
    caseload.write(tmp_path / "a" / "b")
    again = ck.Caseload.read(str(tmp_path / "a" / "b"))
    assert_same(again, caseload)
    again.write(tmp_path / "c")
    for path in (tmp_path / "a" / "b").iterdir():
        assert (tmp_path / "c" / path.name).read_bytes() == path.read_bytes()


def test_an_empty_caseload_is_written_and_read_back(tmp_path: Path) -> None:
    """As headers."""
    ck.Caseload.empty().write(tmp_path)
    assert_same(ck.Caseload.read(tmp_path), ck.Caseload.empty())
    assert len(list(tmp_path.iterdir())) == len(terms.TABLES)


def test_a_folder_need_not_hold_the_optional_tables(tmp_path: Path) -> None:
    """Files that are not caseload's are left alone."""
    as_folder(required(), tmp_path)
    (tmp_path / "notes.txt").write_bytes(b"\xff")
    assert_same(ck.Caseload.read(tmp_path), ck.Caseload(**required()))


def test_texts_of_unknown_columns_are_read_back(tmp_path: Path) -> None:
    """Under their own names."""
    given = frames()
    given["clients"]['own, "notes"\nof mine'] = ["=1+1", " x "]
    caseload = ck.Caseload(**given)
    caseload.write(tmp_path)
    assert_same(ck.Caseload.read(tmp_path), caseload)


TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1
).filter(lambda text: text.strip() != "")
MOMENTS = st.datetimes(
    datetime(terms.FIRST_YEAR, 1, 2), datetime(terms.LAST_YEAR, 12, 30), timezones=st.timezones()
)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), values)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(
    st.lists(
        st.tuples(
            *(TEXTS, maybe(TEXTS), TEXTS, maybe(st.integers(0, terms.LONGEST_SPAN)), MOMENTS),
            *(maybe(st.timedeltas(timedelta(0), timedelta(days=1))), maybe(st.booleans())),
            *(maybe(st.dates(datetime(1900, 1, 1).date(), datetime(2199, 12, 31).date())),),
            *(maybe(st.integers(-(2**63) + 1, 2**63 - 1)),),
        ),
        max_size=4,
    )
)
def test_any_caseload_is_read_back_as_it_was(tmp_path: Path, rows: list[tuple[Any, ...]]) -> None:
    """Texts, labels, spans, instants to the microsecond, flags, days and large ids."""
    given = {
        "clients": pd.DataFrame(
            [
                (number, name, coach, "UTC", moment)
                for number, (name, coach, _, _, moment, *_) in enumerate(rows)
            ],
            columns=["client_id", "name", "coach", "timezone", "tracked_since"],
            dtype=object,
        ),
        "opportunities": pd.DataFrame(
            [
                (number, number, role, role, role, wait, "open")
                for number, (_, _, role, wait, *_) in enumerate(rows)
            ],
            columns=[
                "opportunity_id",
                "client_id",
                "employer",
                "role",
                "field",
                "wait_days",
                "outcome",
            ],
            dtype=object,
        ),
        "interviews": pd.DataFrame(
            [
                (number, number, moment, _later(moment, span), known, promised, name)
                for number, (name, _, _, _, moment, span, known, promised, _) in enumerate(rows)
            ],
            columns=[
                *("interview_id", "opportunity_id", "held_at", "ended_at", "time_known"),
                *("promised_by", "answer_fit"),
            ],
            dtype=object,
        ),
        "contacts": ck.Caseload.empty().contacts,
        "work_samples": pd.DataFrame(
            [(key, number) for number, (*_, key) in enumerate(rows) if key is not None],
            columns=["sample_id", "client_id"],
            dtype=object,
        ).drop_duplicates("sample_id"),
    }
    caseload = ck.Caseload(**given)
    caseload.write(tmp_path)
    assert_same(ck.Caseload.read(tmp_path), caseload)


def _later(moment: datetime, span: timedelta | None) -> datetime | None:
    return None if span is None else moment.astimezone(UTC) + span


@pytest.mark.skipif(not NAUGHTY.is_file(), reason="the list of naughty strings is not there")
def test_naughty_names_are_read_back_or_refused(tmp_path: Path) -> None:
    """Each line of the big list of naughty strings, blanks and all, as a client's name."""
    lines = NAUGHTY.read_bytes().decode().split("\n")
    names = [line for line in lines if line.strip()]
    assert len(names) > 500
    given = frames() | {
        "clients": pd.DataFrame(
            {"client_id": range(1, len(names) + 1), "name": names, "timezone": "UTC"}
        )
    }
    ck.Caseload(**given).write(tmp_path)
    assert ck.Caseload.read(tmp_path).clients["name"].tolist() == names
    blank = next(line for line in lines if not line.strip())
    put(given, "clients", "name", 1, blank)
    assert type(refused(given)) is errors.MissingValue


@pytest.mark.parametrize("name", ["a\0b", "\ud800"], ids=ascii)
def test_a_name_that_no_file_can_keep_is_refused(name: str) -> None:
    """Rather than written and lost."""
    given = frames()
    put(given, "clients", "name", 1, name)
    found = refused(given)
    assert type(found) is errors.UnreadableValue
    assert str(found).startswith("clients, column 'name', row 1: no text that can be kept")


@pytest.mark.parametrize("place", ["nowhere", "clients.csv", "a\0b", "x" * 5000])
def test_a_folder_that_is_none_is_one_sentence(tmp_path: Path, place: str) -> None:
    """Missing, a file, or no name at all."""
    as_folder(frames(), tmp_path)
    with pytest.raises(
        errors.UnreadableFile, match=r"There is no folder '.*clients\.csv"
    ) as caught:
        ck.Caseload.read(tmp_path / place)
    assert "\n" not in str(caught.value)


def test_a_folder_called_like_a_table_is_one_sentence(tmp_path: Path) -> None:
    """clients.csv is a folder."""
    (tmp_path / "clients.csv").mkdir()
    as_folder({name: frame for name, frame in frames().items() if name != "clients"}, tmp_path)
    assert str(refused_folder(tmp_path)).startswith("clients.csv cannot be read (Is a directory).")


def test_a_folder_that_cannot_be_written_keeps_what_it_had(tmp_path: Path) -> None:
    """All tables or none."""
    ck.Caseload.empty().write(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / "key_answers.csv").unlink()
    (tmp_path / "key_answers.csv").mkdir()
    with pytest.raises(errors.UnreadableFile, match=r"key_answers\.csv cannot be written"):
        ck.Caseload(**frames()).write(tmp_path)
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert after == {name: text for name, text in before.items() if name != "key_answers.csv"}


# -- one client alone ------------------------------------------------------------------------------

CANARY = "Zanzibar"


def with_canaries() -> ck.Caseload:
    """The first client with plain cells; the second with canaries wherever a text may stand."""
    given = frames()
    for frame in given.values():
        frame["own"] = ["plain", CANARY] * (len(frame) // 2)
        frame["status" if "status" not in frame else "own_status"] = pd.Categorical(frame["own"])
        frame["direction" if "direction" not in frame else "own_direction"] = frame["own"]
    for table, column in (
        *(("clients", "name"), ("clients", "coach"), ("opportunities", "employer")),
        *(("opportunities", "role"), ("opportunities", "field"), ("interviews", "answer_fit")),
        *(("interviewers", "name"), ("work_samples", "title")),
    ):
        put(given, table, column, 2, CANARY)
    put(given, "clients", "country", 2, "NZ")
    put(given, "clients", "timezone", 2, "Pacific/Auckland")
    caseload = ck.Caseload(**given)
    for _, frame in caseload:
        frame.attrs["note"] = CANARY
    return caseload


def everything(frame: pd.DataFrame) -> str:
    """Every cell, category, name and note of a frame."""
    words = [
        word
        for column in frame.columns
        if frame[column].dtype == "category"
        for word in frame[column].cat.categories
    ]
    notes = [frame.attrs, frame.index.tolist(), frame.index.name, frame.columns.name]
    notes += [frame[column].attrs for column in frame.columns]
    return repr([frame.astype(object).to_numpy().tolist(), words, frame.columns.tolist(), notes])


def test_the_canaries_are_there_to_be_found() -> None:
    """The check itself can fail."""
    for name, frame in with_canaries():
        assert CANARY in everything(frame), name


def test_a_subset_has_no_trace_of_anybody_else() -> None:
    """Not in a cell, a category, an unknown column or a note on a frame."""
    for name, frame in with_canaries().subset(1):
        assert CANARY not in everything(frame), name
        assert "Auckland" not in everything(frame), name
        assert "NZ" not in everything(frame), name


def test_a_subset_pickled_has_no_trace_of_anybody_else() -> None:
    """Nothing lies in memory behind the frames that would go with them."""
    assert CANARY.encode() in pickle.dumps(dict(with_canaries()))
    assert CANARY.encode() not in pickle.dumps(dict(with_canaries().subset(1)))


def test_a_subset_has_all_rows_of_its_client() -> None:
    """In every table, in their order, numbered anew."""
    caseload = ck.Caseload(**frames())
    own = caseload.subset(2)
    keys = {name: frame[terms.TABLES[name].key].tolist() for name, frame in own}
    assert keys == {
        "clients": [2],
        "opportunities": [12],
        "interviews": [22],
        "contacts": [32, 34],
        "interviewers": [42],
        "work_samples": [52],
        "key_answers": [62],
        "notes": [72],
        "agreed_actions": [82],
    }
    assert all(frame.index.equals(pd.RangeIndex(len(frame))) for _, frame in own)


def test_a_subset_is_the_caseload_of_those_rows_alone() -> None:
    """Values, dtypes and categories: as if nobody else had ever been there."""
    alone = {
        name: frame[frame[terms.TABLES[name].key] % 10 == 1] for name, frame in frames().items()
    }
    alone["contacts"] = frames()["contacts"].query("opportunity_id == 11")
    assert_same(ck.Caseload(**frames()).subset(1), ck.Caseload(**alone))


def test_the_subsets_of_all_clients_are_the_caseload() -> None:
    """No row is lost or comes twice."""
    caseload = ck.Caseload(**frames())
    parts = [caseload.subset(client) for client in (1, 2)]
    for name, frame in caseload:
        key = terms.TABLES[name].key
        ids = [number for part in parts for number in dict(part)[name][key]]
        assert sorted(ids) == frame[key].tolist()


def test_a_subset_leaves_the_caseload_as_it_was() -> None:
    """Cutting is copying."""
    caseload = ck.Caseload(**frames())
    own = caseload.subset(1)
    own.clients.loc[0, "name"] = "Somebody"
    assert_same(caseload, ck.Caseload(**frames()))


def test_a_subset_of_a_client_without_rows_has_none() -> None:
    """A new client is there with empty tables."""
    caseload = ck.Caseload.empty()
    given = dict(caseload) | {"clients": frames()["clients"]}
    own = ck.Caseload(**given).subset(1)
    assert [len(frame) for _, frame in own] == [1] + [0] * 8


@pytest.mark.parametrize("client", [2, "Zoë Martínez", np.int64(2), np.uint8(2), np.str_(NAMES[1])])
def test_a_client_is_asked_for_by_id_or_by_name(client: Any) -> None:
    """Python's numbers or numpy's."""
    assert ck.Caseload(**frames()).subset(client).clients["client_id"].tolist() == [2]


@pytest.mark.parametrize(
    ("client", "told"),
    [
        (9, "There is no client with the id 9. Look at `clients` for who is there."),
        (2**70, "There is no client with the id 1180591620717411303424."),
        ("Amara", "There is no client called 'Amara'. Look at `clients` for who is there."),
        ("amara osei", "There is no client called 'amara osei'."),
        ("1", "There is no client called '1'."),
        ("", "There is no client called ''."),
        ("two\nlines", r"There is no client called 'two\nlines'."),
        (True, "'True' is neither a client's id nor a name. Ask by one of them."),
        (None, "'None' is neither a client's id nor a name."),
        (1.0, "'1.0' is neither a client's id nor a name."),
        (pd.NA, "'<NA>' is neither a client's id nor a name."),
        ([1, 2], "'[1, 2]' is neither a client's id nor a name."),
    ],
    ids=repr,
)
def test_a_client_who_is_not_there_is_refused(client: Any, told: str) -> None:
    """No likely name is offered: that would be somebody else's."""
    with pytest.raises(errors.UnknownClient) as caught:
        ck.Caseload(**frames()).subset(client)
    assert str(caught.value).startswith(told)
    assert "Osei" not in str(caught.value)


def test_a_name_that_two_share_is_not_guessed() -> None:
    """Their ids are told."""
    given = frames()
    given["clients"]["name"] = "Ann Lee"
    with pytest.raises(errors.UnknownClient) as caught:
        ck.Caseload(**given).subset("Ann Lee")
    assert str(caught.value) == "2 clients are called 'Ann Lee': their ids are 1 and 2. Ask by id."
