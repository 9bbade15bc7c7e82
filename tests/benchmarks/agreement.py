"""Whether the contenders say the same, row by row and column by column."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

import coachkit
from tests import reference
from tests.benchmarks.polars_tables import words_of

Columns = dict[str, Any]

NULL = np.iinfo(np.int64).min
WORDS = ("duty", "coach", "field", "ended_by", "verdict")


class DisagreementError(Exception):
    """Two contenders differ; the message names the first difference."""


def of_pandas(frame: pd.DataFrame) -> Columns:
    """Each column as int64 (ids; microseconds), floats, or a Categorical of words; null is NULL."""
    return {str(name): _of_cells(cells) for name, cells in frame.items()}


def _of_cells(cells: pd.Series) -> Any:
    if isinstance(cells.dtype, pd.CategoricalDtype | pd.StringDtype):
        return pd.Categorical(cells)
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        cells = cells.dt.tz_convert("UTC").dt.tz_localize(None)
    if cells.dtype.kind == "M":
        return cells.to_numpy(dtype="M8[us]").view(np.int64)
    if cells.dtype.kind == "f":
        return cells.to_numpy(dtype=float, na_value=np.nan)
    return cells.to_numpy(dtype=np.int64, na_value=NULL)


def of_polars(frame: pl.DataFrame) -> Columns:
    """The same of a polars frame."""
    return {name: _of_column(frame[name]) for name in frame.columns}


def _of_column(cells: pl.Series) -> Any:
    if cells.dtype == pl.Enum:
        codes = cells.cat.physical().cast(pl.Int64).fill_null(-1)
        return pd.Categorical.from_codes(codes.to_numpy(), words_of(cells))
    if cells.dtype == pl.String:
        return pd.Categorical(cells.to_list())
    if cells.dtype == pl.Float64:
        return cells.fill_null(np.nan).to_numpy()
    if cells.dtype == pl.Date:
        cells = cells.cast(pl.Datetime("us"))
    return cells.to_physical().cast(pl.Int64).fill_null(NULL).to_numpy()


def of_records(records: list[dict[str, Any]]) -> Columns:
    """The same of the reference's plain records."""
    columns: Columns = {}
    for name in reference.GRADE:
        values = [row[name] for row in records]
        whole = [] if name in WORDS else [_as_integer(value) for value in values]
        columns[name] = pd.Categorical(values) if name in WORDS else np.array(whole, dtype=np.int64)
    return columns


def _as_integer(value: Any) -> int:
    if value is None:
        return NULL
    return pd.Timestamp(value).value // 1000 if isinstance(value, date) else int(value)


def records_of(caseload: coachkit.Caseload) -> reference.Tables:
    """The caseload as the reference reads it."""
    return {name: plain_records(frame) for name, frame in caseload}


def plain_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """A frame as records of plain values, missing cells as None."""
    columns = {}
    for name, cells in frame.items():
        values = cells.astype(object).where(cells.notna(), None)
        if isinstance(cells.dtype, pd.DatetimeTZDtype):
            columns[name] = [value and value.to_pydatetime() for value in values]
        elif cells.dtype.kind == "M":
            columns[name] = [value and value.date() for value in values]
        else:
            columns[name] = values.tolist()
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def check(ours: Columns, theirs: Columns, who: str, where: str) -> None:
    """Raise ``DisagreementError`` unless all of our columns are the same in theirs."""
    rows, their_rows = (len(next(iter(columns.values()))) for columns in (ours, theirs))
    if rows != their_rows:
        raise DisagreementError(f"{where}: coachkit has {rows:,} rows, {who} {their_rows:,}.")
    for name, values in ours.items():
        differ = np.flatnonzero(~_same(values, theirs[name]))
        if differ.size:
            row = int(differ[0])
            keys = [key for key in ("duty", "opportunity_id", "field") if key in ours]
            raise DisagreementError(
                f"{where}: coachkit and {who} differ in {differ.size:,} of {rows:,} rows of "
                f"{name!r}, first in row {row} ({', '.join(f'{k} {ours[k][row]}' for k in keys)}): "
                f"{_shown(name, values[row])} against {_shown(name, theirs[name][row])}."
            )


def _same(ours: Any, theirs: Any) -> np.ndarray:
    if isinstance(ours, pd.Categorical):
        words = ours.categories.union(theirs.categories)
        return ours.set_categories(words).codes == theirs.set_categories(words).codes
    if ours.dtype.kind == "f":
        return np.isclose(ours, theirs, rtol=0, atol=1e-12, equal_nan=True)
    return ours == theirs


def _shown(name: str, value: Any) -> str:
    if value == NULL or value != value:
        return "null"
    if name.endswith(("_at", "_on")):
        return str(np.int64(value).astype("M8[us]"))
    return str(value)
