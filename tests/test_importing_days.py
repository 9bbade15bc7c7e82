"""Days as people write them, and the order of day and month in a column."""

from datetime import date, datetime, time

import pytest

from coachkit.importing.contents import look_at, read_column
from coachkit.importing.days import column_order, day_in, read_day


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-01-15", date(2024, 1, 15)),
        ("2026-06-07T21:31:26", date(2026, 6, 7)),
        ("2024/1/5", date(2024, 1, 5)),
        ("2024年1月5日", date(2024, 1, 5)),
        ("14 Jan 2026", date(2026, 1, 14)),
        ("January 5, 2024", date(2024, 1, 5)),
        ("Jan 5th 2024", date(2024, 1, 5)),
        ("5. März 2024", date(2024, 3, 5)),
        ("5 de marzo de 2024", date(2024, 3, 5)),
        ("1er mars 2024", date(2024, 3, 1)),
        ("28.10.2025", date(2025, 10, 28)),
        ("20251028_091502", date(2025, 10, 28)),
        ("Mon 3 Feb 2025", date(2025, 2, 3)),
        ("5-Mar-24", date(2024, 3, 5)),
        ("Thu, 02 Jan 2025 10:18:54 +0000", date(2025, 1, 2)),
        ("Sep 12, 2026, ~1:30 pm CDT", date(2026, 9, 12)),
        ("Tue Mar 04 2025 00:00:00 GMT-0500 (Eastern Standard Time)", date(2025, 3, 4)),
        (datetime(2024, 6, 20), date(2024, 6, 20)),
    ],
)
def test_a_day_is_read(cell: object, day: date) -> None:
    """The spellings that real trackers hold."""
    read = read_day(cell)  # type: ignore[arg-type]
    assert read is not None
    assert read.day == day


@pytest.mark.parametrize(
    ("cell", "flaw"),
    [
        ("8-Jul", "no year"),
        ("9/19", "no year"),
        ("2025-08", "no day"),
        ("2025-08-??", "no day"),
        ("Apr 2026", "no day"),
        ("8/5/2019 & 8/14/2019", "two days in one cell"),
        ("8/3/2019 and 9/9/2019", "two days in one cell"),
        ("2000-01-01", "a stand-in for no day"),
        ("0000-00-00", "a stand-in for no day"),
        ("8/82019 ", "no such day"),
        ("2024-02-31", "no such day"),
        ("13/13/2024", "no such day"),
    ],
)
def test_what_is_no_whole_day_is_flagged_and_never_completed(cell: str, flaw: str) -> None:
    """No year, no day, two of them, a stand-in: none gives a day, in whatever order."""
    read = read_day(cell)
    assert read is not None
    assert read.flaw == flaw
    assert {day_in(read, order) for order in ("iso", "dmy", "mdy", "excel", "undecided")} == {None}


@pytest.mark.parametrize(
    "cell",
    ["Before 2025-01-24", "soon", "24/7 support", "4.5", "10:30", "2015", "", "3 interviews"],
)
def test_what_is_no_day_is_none(cell: str) -> None:
    """Prose, numbers and times are no days."""
    assert read_day(cell) is None


@pytest.mark.parametrize("cell", ["3 Mar 2025 3pm EST", "Mon Mar 03 2025 00:00:00 GMT+0100"])
def test_a_time_that_nobody_can_say_is_left_out(cell: str) -> None:
    """Of a zone's letters nobody knows the summer; midnight is how programs write no time."""
    read = read_day(cell)
    assert read is not None
    assert (read.day, read.clock) == (date(2025, 3, 3), None)


def test_a_time_is_kept() -> None:
    """``11/13/23, 9:42 AM`` is a quarter to ten in the morning of the 13th."""
    read = read_day("11/13/23, 9:42\u202fAM")
    assert read is not None
    assert (read.day, read.clock) == (date(2023, 11, 13), time(9, 42))


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["1/12/15", "13/1/15"], "dmy"),
        (["1/12/15", "1/13/15"], "mdy"),
        (["1/12/15", "2/3/15"], "undecided"),
        (["13/1/15", "1/13/15"], "undecided"),
        (["5/5/2024", "6/6/2024"], "undecided"),
        (["2024-01-15", "2024-02-01"], "iso"),
        (["14 Jan 2026", "1 Feb 2026"], "dmy"),
        (["8-Jul", "9/25/2019", "8/5/2019 & 8/14/2019"], "mdy"),
        ([datetime(2024, 1, 2), datetime(2024, 1, 3), "2024-01-05"], "excel"),
        ([], "undecided"),
    ],
)
def test_the_whole_column_decides(cells: list[str], order: str) -> None:
    """One cell that can be read in one way alone decides for all; two that differ, for none."""
    assert column_order(read_day(cell) for cell in cells) == order


def test_an_undecided_cell_gives_no_day() -> None:
    """1/12/15 is two days until somebody says which."""
    read = read_day("1/12/15")
    assert read is not None
    assert day_in(read, "undecided") is None
    assert day_in(read, "dmy") == date(2015, 12, 1)
    assert day_in(read, "mdy") == date(2015, 1, 12)


def test_numbers_of_days_are_read_where_the_column_is_of_them() -> None:
    """45658 is New Year's Day 2025 among its like, and a number elsewhere."""
    days = read_column(["45658", "45659.5"])
    assert [day.day for day in days if day] == [date(2025, 1, 1), date(2025, 1, 2)]
    assert look_at(["45658", "45659"]).order == "excel"
    assert read_column(["45658", "soon", "later"]) == [None, None, None]


@pytest.mark.parametrize("cell", ["1735776000", 1735776000, "1735776000000"])
def test_seconds_since_1970_are_days_where_the_column_is_of_them(cell: str | int) -> None:
    """As programs write them; the number of a telephone begins otherwise."""
    assert [day.day for day in read_column([cell, cell]) if day] == 2 * [date(2025, 1, 2)]
    assert read_column([cell, "5551234567"]) == [None, None]
