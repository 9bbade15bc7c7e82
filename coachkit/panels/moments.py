"""A day and a time as a coach enters them → an instant; an instant as a client's clock shows it.

Times are the client's: each field says in which place. Where a clock change makes a time doubtful,
a sentence says how it was taken, or why it cannot be.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pandas as pd

from coachkit import errors
from coachkit._days_in_words import full_day
from coachkit.practice import AnyPractice

_NOON = time(12)


@dataclass(frozen=True)
class Moment:
    """An instant, whether its time is known, and what the coach should know about it."""

    at: datetime
    time_known: bool
    remark: str | None = None


def moment(
    day: date, clock: time | None, zone: str, *, before: pd.Timestamp | None = None
) -> Moment:
    """The instant of a day and a time in a client's zone; noon of the day where no time is known.

    Parameters
    ----------
    day, clock, zone
        As the client's clock showed it; ``clock`` None: not known.
    before
        What happened today already, though nobody knows when, is no later than this.

    Raises
    ------
    UnreadableValue
        The clocks went forward over that time: it never was.

    Examples
    --------
    >>> from datetime import date, time
    >>> moment(date(2026, 11, 1), time(1, 30), "America/New_York").remark
    '01:30 came twice on Sun 1 Nov 2026 in New York: taken as the first.'
    >>> moment(date(2026, 10, 14), None, "America/New_York").time_known
    False
    """
    place = ZoneInfo(zone)
    written = datetime.combine(day, (clock or _NOON).replace(tzinfo=None))
    first, second = (written.replace(tzinfo=place, fold=fold) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(place).replace(tzinfo=None) != written:
        raise errors.UnreadableValue(
            f"There was no {written:%H:%M} on {full_day(day)} in {place_of(zone)}: the clocks went "
            f"forward over it. Enter a time before or after."
        )
    twice = first.utcoffset() != second.utcoffset() and clock is not None
    remark = (
        f"{written:%H:%M} came twice on {full_day(day)} in {place_of(zone)}: taken as the first."
        if twice
        else None
    )
    if clock is None and before is not None and first > before.to_pydatetime() > _begin(first):
        first = before.to_pydatetime()
    return Moment(first.astimezone(UTC), clock is not None, remark)


def _begin(at: datetime) -> datetime:
    return at.replace(hour=0)


def coachs_day(practice: AnyPractice) -> date:
    """Today where the coach is: in the practice's zone, or this computer's where none is set."""
    as_of, zone = practice.as_of(), practice.timezone
    if zone:
        return as_of.tz_convert(zone).date()
    return as_of.to_pydatetime().astimezone().date()


def place_of(zone: str) -> str:
    """What a zone is called: ``New York`` for ``America/New_York``.

    Examples
    --------
    >>> place_of("America/Argentina/Buenos_Aires")
    'Buenos Aires'
    """
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def local(at: pd.Timestamp, zone: str) -> pd.Timestamp:
    """An instant as the client's clock shows it."""
    return at.tz_convert(zone)


def told_moment(at: pd.Timestamp, zone: str, *, time_known: bool = True) -> str:
    """``Wed 14 Oct 2026, 15:30`` in the client's zone; the day alone where no more is known."""
    there = local(at, zone)
    return f"{full_day(there)}, {there:%H:%M}" if time_known else full_day(there)


def clock_label(zone: str) -> str:
    """What a field for a time says: in whose time, and that it may be left empty."""
    return f"Time in {place_of(zone)} (or empty)"
