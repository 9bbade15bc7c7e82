"""Read a stranger's frame as a table of ``terms``: each column into its dtype, each bad row told.

A *place* in a message counts rows as a person does: in a file the header is row 1, in a frame the
first row is row 1.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from coachkit import errors, terms
from coachkit._calendars import is_country
from coachkit.terms import Column, Table

_WORDS_FOR_FLAGS = {"true": True, "false": False, "1": True, "0": False, "1.0": True, "0.0": False}
_HAS_OFFSET = re.compile(r"(?:[zZ]|[+-]\d{2}(?::?\d{2}){0,2})$")
_HAS_TIME = re.compile(r"\d[T ]\d")
Mask = np.ndarray
Fault = type[errors.CoachkitError]


@dataclass
class Door:
    """Where one table comes in: it knows the table's name and collects what is wrong with it."""

    table: str
    first_row: int = 1
    faults: list[errors.CoachkitError] = field(default_factory=list)

    def refuse(self, fault: Fault, column: str, bad: Mask, what: str, remedy: str) -> None:
        """Note a fault for the rows marked in ``bad``; nothing where none is."""
        rows = np.flatnonzero(bad)
        if rows.size:
            where = f"{self.table}, column '{column}', {self.rows(rows)}"
            self.faults.append(fault(f"{where}: {what}. {remedy}."))

    def rows(self, rows: np.ndarray) -> str:
        """``row 3``, ``rows 3 and 8``, or the first three and how many there are in all."""
        numbers = [int(row) + self.first_row for row in rows[:3]]
        head = " (the header is row 1)" if self.first_row == 2 else ""
        more = f", {rows.size} in all" if rows.size > len(numbers) else ""
        noun = "row" if rows.size == 1 else "rows"
        return f"{noun} {errors.listed(numbers, 'and')}{more}{head}"


def conform(frame: pd.DataFrame, table: Table, door: Door) -> pd.DataFrame:
    """Give ``frame`` the columns, order and dtypes of ``table``; unknown columns are kept behind.

    Optional columns that it lacks are empty. What cannot be read is told at ``door`` and left null.
    """
    given = {str(name): frame[name].reset_index(drop=True) for name in frame.columns}
    columns: dict[str, pd.Series] = {}
    for column in table:
        if column.name in given:
            columns[column.name] = _READERS[column.kind](given[column.name], column, door)
        else:
            columns[column.name] = empty(column, len(frame))
            if not column.optional:
                door.faults.append(_missing(table, column, list(given)))
                continue
        if not column.optional:
            _refuse_empty(columns[column.name], given, column, door)
    columns |= {name: cells for name, cells in given.items() if name not in columns}
    return pd.DataFrame(columns, copy=False)


def empty(column: Column, length: int) -> pd.Series:
    """A column of nothing but nulls, in the dtype of its kind."""
    if column.kind == "choice":
        return pd.Series(pd.Categorical([None] * length, categories=list(column.allowed)))
    cells = pd.Series([None] * length, dtype=object)
    if column.dtype == "category":
        return pd.Series(pd.Categorical(cells, categories=pd.Index([], dtype="str")))
    return cells.astype(column.dtype)


def _missing(table: Table, column: Column, found: list[str]) -> errors.MissingColumn:
    shown = errors.listed([f"'{name}'" for name in found], "and") if found else "no column at all"
    return errors.MissingColumn(
        f"{table.name} lacks the column '{column.name}' ({column.meaning}). Found: {shown}. "
        f"Add it, or rename the column that holds it."
    )


def _refuse_empty(cells: pd.Series, given: dict[str, pd.Series], column: Column, door: Door) -> None:
    empty_cells = _absent(given[column.name]) & cells.isna().to_numpy()
    door.refuse(
        errors.MissingValue,
        column.name,
        empty_cells,
        f"nothing is there ({column.meaning})",
        "Fill it in",
    )


def _absent(cells: pd.Series) -> Mask:
    """Null, or a text of nothing but blanks."""
    absent = cells.isna().to_numpy()
    if _is_text(cells):
        words = cells[~absent].map(lambda cell: isinstance(cell, str) and not cell.strip())
        absent = absent.copy()
        absent[np.flatnonzero(~absent)] = words.to_numpy(dtype=bool)
    return absent


def _is_text(cells: pd.Series) -> bool:
    return cells.dtype == object or isinstance(cells.dtype, pd.StringDtype)


def _shown(cells: pd.Series, bad: Mask) -> str:
    return repr(str(cells[bad].iloc[0])) if bad.any() else ""


def _numbers(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    absent = _absent(cells)
    if pd.api.types.is_integer_dtype(cells.dtype) and not absent.any():
        return cells.astype("Int64")
    try:  # integers beyond 2**53 would lose digits on the way through floats
        exact = cells.mask(absent, None)
        return pd.Series(pd.array([_whole(cell) for cell in exact], dtype="Int64"))
    except (TypeError, ValueError, OverflowError):
        bad = np.array([not _is_whole(cell) for cell in cells], dtype=bool) & ~absent
    door.refuse(
        errors.UnreadableValue,
        column.name,
        bad,
        f"{_shown(cells, bad)} is not a whole number",
        "Write digits only",
    )
    kept = [None if bad[row] or absent[row] else _whole(cell) for row, cell in enumerate(cells)]
    return pd.Series(pd.array(kept, dtype="Int64"))


def _whole(cell: object) -> int | None:
    if cell is None or cell is pd.NA or cell != cell:
        return None
    if isinstance(cell, str):
        cell = cell.strip()
        return int(cell.removesuffix(".0"))
    whole = int(cell)  # type: ignore[call-overload]
    if whole != cell or isinstance(cell, bool) or abs(whole) >= 2**63:
        raise ValueError(cell)
    return int(whole)


def _is_whole(cell: object) -> bool:
    try:
        whole = _whole(cell)
    except (TypeError, ValueError, OverflowError):
        return False
    return whole is None or abs(whole) < 2**63


def _spans(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    numbers = _numbers(cells, column, door)
    values = numbers.to_numpy(dtype="int64", na_value=0)
    bad = (values < 0) | (values > terms.LONGEST_SPAN)
    door.refuse(
        errors.OutOfRange,
        column.name,
        bad,
        f"{_shown(numbers, bad)} cannot be a number of {column.name.rsplit('_', 1)[-1]}",
        f"Write 0 or more, at most {terms.LONGEST_SPAN}",
    )
    return numbers.mask(bad) if bad.any() else numbers


def _flags(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    if pd.api.types.is_bool_dtype(cells.dtype):
        return cells.astype("boolean")
    absent = _absent(cells)
    words = cells.astype(str).str.strip().str.lower()
    flags = words.map(_WORDS_FOR_FLAGS)
    bad = flags.isna().to_numpy() & ~absent
    door.refuse(
        errors.UnreadableValue,
        column.name,
        bad,
        f"{_shown(cells, bad)} is neither true nor false",
        "Write true or false",
    )
    return flags.mask(absent).astype("boolean")


def _texts(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    if isinstance(cells.dtype, pd.CategoricalDtype):
        cells = cells.astype(object)
    absent = _absent(cells)
    if not _is_text(cells):
        cells = cells.astype(object)
    return cells.mask(absent, None).map(str, na_action="ignore").astype("str")


def _categories(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    if isinstance(cells.dtype, pd.CategoricalDtype):
        kept = cells.cat.remove_unused_categories().cat
        words = kept.categories.astype("str")
        if words.is_unique and all(words.str.strip()):
            return pd.Series(pd.Categorical.from_codes(kept.codes.to_numpy(), categories=words))
    texts = _texts(cells, column, door)
    words = pd.Index(sorted(texts.dropna().unique()), dtype="str")
    return pd.Series(pd.Categorical(texts, categories=words))


def _choices(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    if isinstance(cells.dtype, pd.CategoricalDtype):
        if tuple(cells.cat.categories) == column.allowed:
            return pd.Series(cells.array)
    words = _categories(cells, column, door)
    bad = words.notna().to_numpy() & ~words.isin(list(column.allowed)).to_numpy()
    door.refuse(
        errors.UnknownWord,
        column.name,
        bad,
        f"{_shown(words, bad)} is not a word it knows",
        f"Use {errors.listed(column.allowed)}",
    )
    return pd.Series(words.cat.set_categories(list(column.allowed)))


def _checked_labels(
    known: Callable[[str], bool], fault: Fault, what: str, remedy: str
) -> Callable[[pd.Series, Column, Door], pd.Series]:
    """Read a column of few words, each of which must be known to somebody else's list."""

    def read(cells: pd.Series, column: Column, door: Door) -> pd.Series:
        labels = _categories(cells, column, door)
        strange = [word for word in labels.cat.categories if not known(word)]
        bad = labels.isin(strange).to_numpy()
        door.refuse(fault, column.name, bad, f"{_shown(labels, bad)} is not {what}", remedy)
        return pd.Series(labels.cat.remove_categories(strange)) if strange else labels

    return read


@cache
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _instants(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    """Aware times of any zone, or ISO texts with an offset, as UTC microseconds."""
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        return _within_years(cells.dt.tz_convert("UTC").astype(column.dtype), column, door)
    absent = _absent(cells)
    if pd.api.types.is_datetime64_dtype(cells.dtype):
        naive = ~absent
    elif _is_text(cells):
        naive = ~absent & cells.map(_is_naive).to_numpy(dtype=bool)
    else:
        naive = np.zeros(len(cells), dtype=bool)
    door.refuse(
        errors.NaiveTime,
        column.name,
        naive,
        f"{_shown(cells, naive)} has no time zone",
        "Write the offset too, for example 2026-02-02T15:00:00-05:00; in pandas, "
        f"{column.name}.dt.tz_localize(zone)",
    )
    readable = cells.astype(object).mask(absent | naive, None)
    instants = pd.to_datetime(
        readable.map(_as_text, na_action="ignore"), format="ISO8601", utc=True, errors="coerce"
    ).astype(column.dtype)
    return _within_years(_refuse_unread(instants, readable, column, door), column, door)


def microseconds(instant: object, name: str) -> int:
    """An instant (aware datetime, Timestamp or ISO text with offset) in UTC microseconds.

    Raises
    ------
    NaiveTime, UnreadableValue, OutOfRange
        It has no time zone, is no time, or lies in no sensible year.
    """
    try:
        stamp = pd.Timestamp(instant)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        stamp = pd.NaT
    if stamp is pd.NaT:
        raise errors.UnreadableValue(
            f"{name}: {instant!r} is no time. Write one such as 2026-02-02T15:00:00-05:00."
        )
    if stamp.tzinfo is None:
        raise errors.NaiveTime(
            f"{name}: {instant!s} has no time zone. Write its offset too, for example "
            f"2026-02-02T15:00:00-05:00."
        )
    if not terms.FIRST_YEAR <= stamp.year <= terms.LAST_YEAR:
        raise errors.OutOfRange(
            f"{name}: the year of {instant!s} cannot be right. "
            f"Years run from {terms.FIRST_YEAR} to {terms.LAST_YEAR}."
        )
    return int(stamp.tz_convert("UTC").as_unit("us").asm8.view(np.int64))


def _is_naive(cell: object) -> bool:
    if isinstance(cell, str):
        text = cell.strip()
        return bool(re.match(r"\d{4}-?\d\d", text)) and not (
            _HAS_TIME.search(text) and _HAS_OFFSET.search(text)
        )
    return hasattr(cell, "tzinfo") and cell.tzinfo is None and cell is not pd.NaT


def _as_text(cell: object) -> str:
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell).strip()


def _days(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    """Days without a zone: dates, ISO days, or midnights."""
    if pd.api.types.is_datetime64_dtype(cells.dtype):
        days = cells.astype(column.dtype)
    else:
        readable = cells.astype(object).mask(_absent(cells), None)
        texts = readable.map(_as_text, na_action="ignore").str.removesuffix("T00:00:00")
        if texts.isna().all():
            texts = texts.astype(object)
        days = pd.to_datetime(texts, format="%Y-%m-%d", errors="coerce").astype(column.dtype)
        days = _refuse_unread(days, readable, column, door, "a day such as 2026-02-02")
    bad = (days != days.dt.normalize()).to_numpy() & days.notna().to_numpy()
    door.refuse(
        errors.UnreadableValue,
        column.name,
        bad,
        f"{_shown(days, bad)} is a time, not a day",
        "Write the day alone",
    )
    return _within_years(days, column, door)


def _refuse_unread(
    times: pd.Series,
    readable: pd.Series,
    column: Column,
    door: Door,
    like: str = "a time such as 2026-02-02T15:00:00-05:00",
) -> pd.Series:
    bad = times.isna().to_numpy() & readable.notna().to_numpy()
    door.refuse(
        errors.UnreadableValue,
        column.name,
        bad,
        f"{_shown(readable, bad)} cannot be read",
        f"Write {like}",
    )
    return times


def _within_years(times: pd.Series, column: Column, door: Door) -> pd.Series:
    years = times.dt.year
    bad = ((years < terms.FIRST_YEAR) | (years > terms.LAST_YEAR)).to_numpy()
    door.refuse(
        errors.OutOfRange,
        column.name,
        bad,
        f"the year of {_shown(times, bad)} cannot be right",
        f"Years run from {terms.FIRST_YEAR} to {terms.LAST_YEAR}",
    )
    return times.mask(bad) if bad.any() else times


_READERS: dict[terms.Kind, Callable[[pd.Series, Column, Door], pd.Series]] = {
    "id": _numbers,
    "number": _spans,
    "flag": _flags,
    "text": _texts,
    "label": _categories,
    "choice": _choices,
    "instant": _instants,
    "day": _days,
    "zone": _checked_labels(
        _is_zone,
        errors.UnknownZone,
        "a time zone of the IANA database",
        "Write a name such as America/New_York or Europe/Berlin",
    ),
    "country": _checked_labels(
        is_country,
        errors.UnknownCountry,
        "a country with a holiday calendar",
        "Write a code such as US, US-CA or DE, or leave it empty for weekends only",
    ),
}
