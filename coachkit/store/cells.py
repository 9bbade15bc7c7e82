"""Cells as they come from outside, as the store keeps them, and as a person reads them."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd

from coachkit import errors, terms
from coachkit._columns import Door, conform, read_column
from coachkit._door import Form
from coachkit.store.plain import DOUBT, EPOCH, EPOCH_DAY, Cell, Doubt, read_plain

#: Where a row of an imported file went. It is no part of a caseload, so no part of ``terms``.
IMPORT_MARKS = terms.Table(
    "import_marks",
    "a row of an imported file, and the row of a table that it became",
    (
        terms.Column("import_mark_id", "id", "the mark"),
        terms.Column("client_id", "id", "whose file it was", refers_to="clients"),
        terms.Column("source", "text", "the shape or name of the file, never a path"),
        terms.Column("row_key", "text", "what tells the row from others of its file, hashed"),
        terms.Column("table_name", "text", "the table that it came into"),
        terms.Column("row_id", "id", "the row there that it became"),
        terms.Column("content", "text", "what it held, hashed", optional=True),
    ),
)
#: Notes that a coach began and has not sent: work in hand, so no part of a caseload either.
NOTE_DRAFTS = terms.Table(
    "note_drafts",
    "a note that was begun, as the coach left it",
    (
        terms.Column("note_draft_id", "id", "the draft"),
        terms.Column("client_id", "id", "whose note it is", refers_to="clients"),
        terms.Column("kind", "text", "which note"),
        terms.Column("interview_id", "id", "what it is about", optional=True),
        terms.Column("interviewer_id", "id", "to whom it goes", optional=True),
        terms.Column("subject", "text", "the coach's own subject", optional=True),
        terms.Column("text", "text", "the coach's own words", optional=True),
        terms.Column("answers", "text", "what was answered where it asked, as JSON", optional=True),
    ),
)
#: What lies beside the caseload, and what no two rows of it of one client share.
BESIDE = {
    "import_marks": ("client_id", "source", "row_key", "table_name"),
    "note_drafts": ("client_id", "kind", "interview_id", "interviewer_id"),
}
#: What every table that a coach fills is in the nomenclature, and those beside them.
TERMS = {
    **terms.TABLES,
    "fields": terms.POLICY,
    "import_marks": IMPORT_MARKS,
    "note_drafts": NOTE_DRAFTS,
}
Row = dict[str, Cell]

_DAY = np.timedelta64(1, "D")


def key_of(name: str) -> str:
    """The column that identifies a row in the store: a row of waits has a number there, too."""
    return "field_id" if name == "fields" else TERMS[name].key


def read_rows(name: str, rows: Sequence[Mapping[str, object]], *, whole: bool) -> list[Row]:
    """What was handed in for a table, checked and as the store keeps it.

    Parameters
    ----------
    name
        The table.
    rows
        The cells of each, by column; a row need not have them all.
    whole
        Whether these are new rows, in which every required cell must stand, or some cells of old
        ones.

    Raises
    ------
    CoachkitError
        The fault's own class, or ``SeveralFaults`` with all of them; its ``column`` says which.
    """
    table = TERMS[name]
    door: Door = Form(name, in_file=True) if len(rows) == 1 else Door(name)
    found = dict.fromkeys(column for row in rows for column in row)
    _refuse_unknown(table, found)
    kept: list[Row] = [{} for _ in rows]
    for column in table:
        if column.name == key_of(name) or (
            column.name not in found and (column.optional or not whole)
        ):
            continue
        at = [place for place, row in enumerate(rows) if whole or column.name in row]
        given = [rows[place].get(column.name) for place in at]
        cells: list[Cell | Doubt] = [read_plain(cell, column) for cell in given]
        if (
            DOUBT in cells
        ):  # the door that every column comes through reads it, or says what is wrong
            cells = [*stored(read_column(pd.Series(given, dtype=object), column, door), column)]
        for place, cell in zip(at, cells, strict=True):
            kept[place][column.name] = cell  # type: ignore[assignment]
    errors.raise_all(door.faults)
    return kept


def read_frame(name: str, frame: pd.DataFrame) -> list[Row]:
    """A frame in its dtypes as rows of the store, the columns that nobody knows as ``extra``."""
    table = TERMS[name]
    known = {
        column.name: stored(frame[column.name], column) for column in table if column.name in frame
    }
    others = [column for column in frame.columns if column not in known]
    if others:
        texts = zip(*(frame[name].astype("str").astype(object) for name in others), strict=True)
        known["extra"] = [_extra(others, row) for row in texts]
    names = list(known)
    return [dict(zip(names, cells, strict=True)) for cells in zip(*known.values(), strict=True)]


def stored(cells: pd.Series, column: terms.Column) -> list[Cell]:
    """A column in its dtype as the store keeps it: numbers and texts, None for null."""
    null = cells.isna().to_numpy()
    if column.kind == "instant":
        kept = cells.dt.tz_localize(None).to_numpy(dtype="datetime64[us]").view(np.int64)
    elif column.kind == "day":
        kept = cells.to_numpy(dtype="datetime64[D]").view(np.int64)
    elif column.kind in ("id", "number", "flag"):
        kept = cells.to_numpy(dtype=np.int64, na_value=0)
    else:
        kept = cells.astype(object).to_numpy()
    return [None if gap else cell for cell, gap in zip(kept.tolist(), null, strict=True)]


def instant(microseconds: int) -> datetime:
    """An instant of the store."""
    return EPOCH + timedelta(microseconds=microseconds)


def day(number: int) -> date:
    """A day of the store."""
    return EPOCH_DAY + timedelta(days=number)


def now() -> int:
    """The instant that it is, as the store keeps it."""
    return int((datetime.now(UTC) - EPOCH) / timedelta(microseconds=1))


def checked_frame(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A stranger's frame in the dtypes of a table; all that is wrong with it told at once."""
    door = Door(name)
    read = conform(frame, TERMS[name], door)
    errors.raise_all(door.faults)
    return read


def _refuse_unknown(table: terms.Table, found: Mapping[str, object]) -> None:
    known = [column.name for column in table]
    strange = [name for name in found if name not in known]
    if strange:
        names = errors.listed(map(errors.quoted, strange))
        raise errors.MissingColumn(
            f"{table.name} has no column {names}. Its columns are {errors.listed(known, 'and')}."
        )


def _extra(names: Sequence[str], row: Sequence[object]) -> str | None:
    kept = {name: cell for name, cell in zip(names, row, strict=True) if isinstance(cell, str)}
    return json.dumps(kept, ensure_ascii=False) if kept else None
