"""Instants and days out of whatever a column holds: ISO texts, datetimes, pandas' own times."""

import re
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd

from coachkit import errors, terms
from coachkit._door import Door, absent
from coachkit.terms import Column

_DATE = r"(?:\d{4}-\d\d-\d\d|\d{8})"
_TIME = r"[T ]\d\d(?::?\d\d(?::?\d\d(?:\.\d+)?)?)?"
_INSTANT = re.compile(rf"{_DATE}{_TIME}(?:Z|[+-]\d\d(?::?\d\d)?)", re.ASCII)
_WITHOUT_ZONE = re.compile(rf"{_DATE}(?:{_TIME})?|now|today", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_EXAMPLE = "2026-02-02T15:00:00-05:00"
_YEARS = f"Years run from {terms.FIRST_YEAR} to {terms.LAST_YEAR}"
_FIRST = pd.Timestamp(year=terms.FIRST_YEAR, month=1, day=1)
_LAST = pd.Timestamp(year=terms.LAST_YEAR + 1, month=1, day=1)


def microseconds(instant: object, name: str) -> int:
    """An instant (aware datetime, Timestamp or ISO text with offset) in UTC microseconds.

    Raises
    ------
    NaiveTime, UnreadableValue, OutOfRange
        It has no time zone, is no time, or lies in no sensible year.
    """
    cells = pd.Series([instant], dtype=object)
    if _without_zone(instant):
        raise errors.NaiveTime(
            f"{name}: {errors.shown(instant)} has no time zone. Write its offset too, for example "
            f"{_EXAMPLE}."
        )
    times = _read_instants(cells)
    if times.isna().all():
        raise errors.UnreadableValue(
            f"{name}: {errors.quoted(instant)} is no time. Write one such as {_EXAMPLE}."
        )
    if _outside_years(times).any():
        raise errors.OutOfRange(
            f"{name}: the year of {errors.shown(instant)} cannot be right. {_YEARS}."
        )
    return int(times.dt.as_unit("us").to_numpy(dtype="datetime64[us]").view(np.int64)[0])


def instants(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    """Aware times of any zone, or ISO texts with an offset, as UTC microseconds."""
    if isinstance(cells.dtype, pd.CategoricalDtype):
        cells = cells.astype(object)
    times = _read_instants(cells)
    unread = times.isna().to_numpy() & ~absent(cells)
    naive = unread.copy()
    naive[unread] = [_without_zone(cell) for cell in cells[unread]]
    in_pandas = f"; in pandas, {door.table}['{column.name}'].dt.tz_localize(zone)"
    door.refuse_cells(
        errors.NaiveTime,
        column,
        naive,
        cells,
        "has no time zone",
        f"Write the offset too, for example {_EXAMPLE}{'' if door.in_file else in_pandas}",
    )
    door.refuse_cells(
        errors.UnreadableValue,
        column,
        unread & ~naive,
        cells,
        "is no time",
        f"Write a time such as {_EXAMPLE}",
    )
    return _within_years(times, column, door).astype("datetime64[us, UTC]")


def days(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    """Days without a zone: dates, ISO days, or midnights."""
    if isinstance(cells.dtype, pd.CategoricalDtype):
        cells = cells.astype(object)
    read = _read_days(cells)
    door.refuse_cells(
        errors.UnreadableValue,
        column,
        read.isna().to_numpy() & ~absent(cells),
        cells,
        "is no day",
        "Write the day alone, such as 2026-02-02",
    )
    return _within_years(read, column, door).astype("datetime64[us]")


def _within_years(times: pd.Series, column: Column, door: Door) -> pd.Series:
    outside = _outside_years(times)
    what = "lies in a year that cannot be right"
    door.refuse_cells(errors.OutOfRange, column, outside.to_numpy(), times, what, _YEARS)
    return times.mask(outside) if outside.any() else times


def _outside_years(times: pd.Series) -> pd.Series:
    zone = times.dt.tz
    outside: pd.Series = (times < _FIRST.tz_localize(zone)) | (times >= _LAST.tz_localize(zone))
    return outside


def _read_instants(cells: pd.Series) -> pd.Series:
    """Instants in UTC and in their own unit; null for what is none."""
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        in_utc: pd.Series = cells.dt.tz_convert("UTC")
        return in_utc
    texts = pd.Series(
        [_instant_text(cell) for cell in cells.astype(object)], index=cells.index, dtype=object
    )
    return pd.to_datetime(texts, format="ISO8601", utc=True, errors="coerce")


def _instant_text(cell: object) -> str | None:
    if isinstance(cell, str):
        text = cell.strip()
        return text if _INSTANT.fullmatch(text) else None
    try:
        if isinstance(cell, datetime) and cell.utcoffset() is not None:
            return cell.astimezone(UTC).isoformat()
    except (ValueError, OverflowError):  # in UTC it lies before year 1 or after year 9999
        return None
    return None


def _without_zone(cell: object) -> bool:
    """Whether a cell is a time, or a day, that does not say in which time zone."""
    if isinstance(cell, str):
        return _WITHOUT_ZONE.fullmatch(cell.strip()) is not None
    if not isinstance(cell, date | np.datetime64) or pd.isna(cell):
        return False
    return not isinstance(cell, datetime) or cell.utcoffset() is None


def _read_days(cells: pd.Series) -> pd.Series:
    """Midnights without a zone in their own unit; null for what is no day."""
    if pd.api.types.is_datetime64_dtype(cells.dtype):
        return cells.where(cells == cells.dt.normalize())
    texts = pd.Series(
        [_day_text(cell) for cell in cells.astype(object)], index=cells.index, dtype=object
    )
    return pd.to_datetime(texts, format="%Y-%m-%d", errors="coerce")


def _day_text(cell: object) -> str | None:
    if isinstance(cell, datetime) and cell.tzinfo is not None:
        return None
    text = str(cell) if isinstance(cell, date | np.datetime64) else cell
    day = _DAY.fullmatch(text.strip()) if isinstance(text, str) else None
    return day[1] if day else None
