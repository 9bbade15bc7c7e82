"""A day and a time as a client's clock shows them, and back."""

from datetime import UTC, date, datetime, time

import pandas as pd
import pytest

from coachkit import errors
from coachkit.panels.moments import moment, place_of, told_moment

NEW_YORK = "America/New_York"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type]


def test_a_time_is_the_clients() -> None:
    """Ten in New York is fourteen or fifteen in Greenwich."""
    assert moment(date(2026, 7, 1), time(10), NEW_YORK).at == utc(2026, 7, 1, 14)
    assert moment(date(2026, 12, 1), time(10), NEW_YORK).at == utc(2026, 12, 1, 15)


def test_without_a_time_it_is_the_days_noon() -> None:
    """And it is said that no more is known."""
    known = moment(date(2026, 7, 1), None, "Pacific/Auckland")
    assert (known.at, known.time_known, known.remark) == (utc(2026, 7, 1, 0), False, None)


def test_what_happened_today_already_is_not_still_to_come() -> None:
    """Noon may lie ahead when something is logged at nine without its time."""
    nine = pd.Timestamp("2026-07-01T13:00:00Z")
    assert moment(date(2026, 7, 1), None, NEW_YORK, before=nine).at == nine
    tomorrow = moment(date(2026, 7, 2), None, NEW_YORK, before=nine)
    assert tomorrow.at == utc(2026, 7, 2, 16), "another day is not moved to today"
    yesterday = moment(date(2026, 6, 30), None, NEW_YORK, before=nine)
    assert yesterday.at == utc(2026, 6, 30, 16)


def test_a_time_that_the_clocks_left_out_is_refused() -> None:
    """In New York there was no half past two on 8 March 2026."""
    with pytest.raises(errors.UnreadableValue, match="There was no 02:30 on Sun 8 Mar 2026 in New"):
        moment(date(2026, 3, 8), time(2, 30), NEW_YORK)


def test_a_time_that_came_twice_is_the_first_and_says_so() -> None:
    """Summer time's, on 1 November 2026."""
    twice = moment(date(2026, 11, 1), time(1, 30), NEW_YORK)
    assert twice.at == utc(2026, 11, 1, 5, 30)
    assert twice.remark == "01:30 came twice on Sun 1 Nov 2026 in New York: taken as the first."
    assert moment(date(2026, 11, 1), time(3), NEW_YORK).remark is None


def test_an_instant_is_told_as_the_clients_clock_shows_it() -> None:
    """The day alone where no more is known."""
    at = pd.Timestamp("2026-10-14T02:30:00Z")
    assert told_moment(at, NEW_YORK) == "Tue 13 Oct 2026, 22:30"
    assert told_moment(at, NEW_YORK, time_known=False) == "Tue 13 Oct 2026"
    assert place_of("Asia/Ho_Chi_Minh") == "Ho Chi Minh"
