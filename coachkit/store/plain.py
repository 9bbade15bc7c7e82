"""One cell that is written as it should be, read without a frame around it.

A verb hands in a cell or ten, and pandas takes a millisecond a column, however short. What is read
here is read as ``coachkit._columns`` would (a test holds the two against each other); whatever is
written in any other way is in doubt, and goes through that door.
"""

import re
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from operator import index
from typing import Literal

import numpy as np
import pandas as pd

from coachkit import terms
from coachkit._calendars import is_country
from coachkit._words import as_text, is_zone

#: What a cell of the store may be.
Cell = int | str | None

EPOCH_DAY = date(1970, 1, 1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{3}(\d{3})?)?)?(Z|[+-]\d\d:\d\d)", re.ASCII
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class _Doubts(Enum):
    DOUBT = "not written plainly"


Doubt = Literal[_Doubts.DOUBT]
#: What is not written plainly.
DOUBT: Doubt = _Doubts.DOUBT


def read_plain(cell: object, column: terms.Column) -> Cell | Doubt:
    """What the store keeps for a cell; ``DOUBT`` where the cell is not plainly of its kind."""
    if cell is None:
        return None if column.optional else DOUBT
    if column.kind == "instant":
        return _instant(cell)
    if column.kind == "day":
        return _day(cell)
    if column.kind in ("id", "number"):
        most = terms.LONGEST_SPAN if column.kind == "number" else 2**63 - 1
        return cell if type(cell) is int and 0 <= cell <= most else DOUBT
    if column.kind == "flag":
        return int(cell) if isinstance(cell, bool) else DOUBT
    text = as_text(cell) if type(cell) is str else None
    if text is None or column.kind in ("text", "label"):
        return DOUBT if text is None else text
    word = text.strip()
    if column.kind == "choice":
        return word if word in column.allowed else DOUBT
    known = is_zone(word) if column.kind == "zone" else is_country(word)
    return word if known else DOUBT


def as_id(number: object) -> int | None:
    """A row's id as the database can look for it; None for what is none.

    An id may come straight out of a caseload's frame, as numpy's whole number. A truth value is
    none, and neither is a number past what the database holds.

    Examples
    --------
    >>> import numpy as np
    >>> as_id(np.int64(7)), as_id(True), as_id("7"), as_id(2**63)
    (7, None, None, None)
    """
    if isinstance(number, bool | np.bool_):
        return None
    try:
        whole = index(number)  # type: ignore[arg-type]
    except TypeError:
        return None
    return whole if abs(whole) < 2**63 else None


def _instant(cell: object) -> Cell | Doubt:
    if isinstance(cell, pd.Timestamp):
        if cell.tzinfo is None or cell.nanosecond:
            return DOUBT
        cell = cell.to_pydatetime()
    try:
        if type(cell) is str and _INSTANT.fullmatch(cell):
            cell = datetime.fromisoformat(cell)
        if type(cell) is not datetime or cell.utcoffset() is None:
            return DOUBT
        in_utc = cell.astimezone(UTC)
    except (ValueError, OverflowError):
        return DOUBT
    if not terms.FIRST_YEAR <= in_utc.year <= terms.LAST_YEAR:
        return DOUBT
    return (in_utc - EPOCH) // _MICROSECOND


def _day(cell: object) -> Cell | Doubt:
    try:
        if type(cell) is str and _DAY.fullmatch(cell):
            cell = date.fromisoformat(cell)
    except ValueError:
        return DOUBT
    if type(cell) is not date or not terms.FIRST_YEAR <= cell.year <= terms.LAST_YEAR:
        return DOUBT
    return (cell - EPOCH_DAY).days
