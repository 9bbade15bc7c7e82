"""Read a stranger's frame as a table of ``terms``: columns into dtypes, and every bad row told."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from coachkit import errors, terms
from coachkit._door import Door, absent
from coachkit._times import days, instants, microseconds
from coachkit._words import as_text, categorical, choices, countries, labels, texts, zones
from coachkit.terms import Column, Table

__all__ = ["Door", "conform", "empty", "microseconds", "read_column"]

_FLAGS = {"true": True, "false": False, "1": True, "0": False, "1.0": True, "0.0": False}
#: No more than so many of the columns that were found are listed.
_MANY = 12
_WHOLE = re.compile(r"([+-]?\d{1,19})(?:\.0*)?", re.ASCII)


def conform(frame: pd.DataFrame, table: Table, door: Door) -> pd.DataFrame:
    """Give ``frame`` the columns, order and dtypes of ``table``; unknown columns are kept behind.

    Optional columns that it lacks are empty. What cannot be read is told at ``door`` and left null.

    Raises
    ------
    MissingTable, MissingColumn
        It is no frame, or its columns cannot be told apart, so that there is nothing to look at.
    """
    given = _by_name(frame, table, door)
    if door.in_file:
        door.numbers = frame.index.to_numpy()
    columns: dict[str, pd.Series] = {}
    for column in table:
        if column.name in given:
            cells = given[column.name]
            columns[column.name] = read_column(cells, column, door)
        else:
            columns[column.name] = empty(column, len(frame))
    _refuse_missing(table, list(given), door)
    columns |= {name: cells for name, cells in given.items() if name not in columns}
    return pd.DataFrame(columns, copy=False)


def read_column(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    """One column in the dtype of its kind; what cannot be read is told at ``door``, left null."""
    read = _READERS[column.kind](cells, column, door)
    if not column.optional:
        what = f"nothing is there ({column.meaning})"
        door.refuse(errors.MissingValue, column.name, absent(cells), what, "Fill it in")
    return read


def empty(column: Column, length: int) -> pd.Series:
    """A column of nothing but nulls, in the dtype of its kind."""
    return pd.Series(_nothing(column).take(np.full(length, -1), allow_fill=True))


@cache
def _nothing(column: Column) -> Any:
    """An array of no cells of its kind; looking a dtype up takes longer than filling it."""
    if column.dtype == "category":
        return categorical(np.empty(0, dtype=np.int64), column.allowed).array
    return pd.Series([], dtype=pd.api.types.pandas_dtype(column.dtype)).array


def _by_name(frame: pd.DataFrame, table: Table, door: Door) -> dict[str, pd.Series]:
    """The columns by name, each name once, whatever index the frame has."""
    if not isinstance(frame, pd.DataFrame):
        raise errors.MissingTable(
            f"{door.table} is no pandas DataFrame but of the type {type(frame).__name__}. "
            f"Hand in a DataFrame in which a row is {table.row}."
        )
    if frame.columns.nlevels > 1:
        raise errors.MissingColumn(
            f"{door.table} has column names in {frame.columns.nlevels} levels. Keep one: "
            f"{door.table}.columns = {door.table}.columns.get_level_values(-1)."
        )
    names = [str(name) for name in frame.columns]
    twice = [errors.quoted(name) for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise errors.MissingColumn(
            f"{door.table} has more than one column {errors.listed(twice, 'and')}. "
            f"Give each a name of its own."
        )
    if not all(map(as_text, names)):
        raise errors.MissingColumn(
            f"{door.table} has a column without a name that can be kept. Give every column a name."
        )
    return {name: frame.iloc[:, at].reset_index(drop=True) for at, name in enumerate(names)}


def _refuse_missing(table: Table, found: list[str], door: Door) -> None:
    """Note the columns that are needed and not there, or there but for case and punctuation."""
    known = {column.name for column in table}
    nearly = {_folded(name): name for name in found if name not in known}
    door.missing = {column.name for column in table if not column.optional} - set(found)
    if door.missing and not known & set(found) and not nearly.keys() & set(map(_folded, known)):
        # perhaps a file without a header: its first row is no list of columns, and not to be shown
        needed = [column.name for column in table if column.name in door.missing]
        where = " in its first row" if door.in_file else ""
        told = f"{door.table} has none of its columns. Name at least {errors.listed(needed, 'and')}"
        door.faults.append(errors.MissingColumn(f"{told}{where}."))
        return
    for column in table:
        near = nearly.get(_folded(column.name))
        what = f"{door.table} lacks the column '{column.name}' ({column.meaning})"
        if column.name not in found and near is not None:
            in_pandas = f": {door.table}.rename(columns={{{near!r}: '{column.name}'}})"
            told = f"{what}, but has {errors.quoted(near)}. Rename it"
            told += "" if door.in_file else in_pandas
            door.faults.append(errors.MissingColumn(f"{told}."))
        elif column.name in door.missing:
            told = f"{what}. Found: {_shown(found)}. Add it, or rename the column that holds it."
            door.faults.append(errors.MissingColumn(told))


def _shown(names: list[str]) -> str:
    shown = [errors.quoted(name) for name in names[:_MANY]]
    return errors.listed(shown + [f"{len(names) - _MANY} more"] * (len(names) > _MANY), "and")


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _numbers(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    if pd.api.types.is_signed_integer_dtype(cells.dtype):
        return cells.astype("Int64")
    whole = [_whole(cell) for cell in cells.astype(object)]
    unread = np.array([number is None for number in whole], dtype=bool) & ~absent(cells)
    what = "is not a whole number"
    door.refuse_cells(errors.UnreadableValue, column, unread, cells, what, "Write digits only")
    return pd.Series(pd.array(whole, dtype="Int64"))


def _whole(cell: object) -> int | None:
    """The whole number that a cell holds; None where it holds none, or one beyond 64 bits."""
    whole = None
    if isinstance(cell, str):
        digits = _WHOLE.fullmatch(cell.strip())
        whole = int(digits[1]) if digits else None
    elif isinstance(cell, int | np.integer) and not isinstance(cell, bool):
        whole = int(cell)
    elif isinstance(cell, float | np.floating) and float(cell).is_integer():
        whole = int(cell) if abs(float(cell)) < 2**53 else None  # beyond, digits are lost
    return whole if whole is not None and abs(whole) < 2**63 else None


def _spans(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    numbers = _numbers(cells, column, door)
    values = numbers.to_numpy(dtype="int64", na_value=0)
    bad = (values < 0) | (values > terms.LONGEST_SPAN)
    what, remedy = "is out of bounds", f"Write a number from 0 to {terms.LONGEST_SPAN}"
    door.refuse_cells(errors.OutOfRange, column, bad, numbers, what, remedy)
    return numbers.mask(bad) if bad.any() else numbers


def _flags(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    if pd.api.types.is_bool_dtype(cells.dtype):
        return cells.astype("boolean")
    flags = [_FLAGS.get((as_text(cell) or "").strip().lower()) for cell in cells.astype(object)]
    unread = np.array([flag is None for flag in flags], dtype=bool) & ~absent(cells)
    what = "is neither true nor false"
    door.refuse_cells(errors.UnreadableValue, column, unread, cells, what, "Write true or false")
    return pd.Series(pd.array(flags, dtype="boolean"))


_READERS: dict[terms.Kind, Callable[[pd.Series, Column, Door], pd.Series]] = {
    "id": _numbers,
    "number": _spans,
    "flag": _flags,
    "text": texts,
    "label": labels,
    "choice": choices,
    "instant": instants,
    "day": days,
    "zone": zones,
    "country": countries,
}
