"""The rows that wait, in a workbook that the coach can mend and import again."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from coachkit import errors
from coachkit.importing.fates import Read
from coachkit.importing.proposal import Proposal, TableProposal
from coachkit.importing.sheets import Cell, shown

#: The columns that say where a row comes from and why it waits; importing leaves them out.
PLACE = ("Set aside because", "From file", "From sheet", "From row")
#: The columns of a calendar's events: whoever names a company makes one an interview.
_OF_EVENTS = ("Company", "Role", "Interview date", "Notes", "Location")
#: A row without a single word needs no mending.
NOTHING = "nothing is filled in"
_UNKEEPABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_000


def write_aside(proposal: Proposal, path: Path) -> Path | None:
    """Write the rows that were set aside, a sheet for each table; None where there are none.

    A file that is there already is never overwritten: it may be half mended. Cells are texts,
    numbers and days, never formulas; columns that are refused are left out. Events of a calendar
    wait for a company to be named.

    Raises
    ------
    UnreadableFile
        Nothing can be written there.
    """
    import openpyxl  # type: ignore[import-untyped]

    tables = [one for one in proposal.tables if waiting(one.read)]
    if not tables:
        return None
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in tables:
        _fill(book.create_sheet(_title(table, book.sheetnames)), table)
    place = _free(path)
    try:
        book.save(place)
    except OSError as error:
        raise errors.UnreadableFile(
            f"The rows that were set aside cannot be written to {errors.place(place)} "
            f"({error.strerror}). Name another file for them."
        ) from error
    return place


def waiting(read: Read) -> dict[int, str]:
    """The rows that can be mended, by their place, and why they wait."""
    return {one.row: one.reason for one in read.set_aside if one.reason != NOTHING}


def _fill(sheet: Any, proposal: TableProposal) -> None:
    columns = [column for column in proposal.columns if not column.refused]
    names = [column.header or f"column {column.at + 1}" for column in columns]
    if proposal.calendar:
        names = list(_OF_EVENTS)
    elif proposal.table.header_row is None and not any(column.header for column in columns):
        names = [
            column.meaning.replace("_", " ")
            if column.meaning not in ("other", "undecided")
            else f"column {column.at + 1}"
            for column in columns
        ]
    _write_row(sheet, 1, [*names, *PLACE])
    rows = {row.number: row for row in proposal.table.rows}
    for at, (number, reason) in enumerate(waiting(proposal.read).items(), 2):
        row = rows[number]
        cells = [row.at(column.at) for column in columns]
        if proposal.calendar:
            event = dict(zip(proposal.table.header, cells, strict=True))
            cells = [None, None, event["DTSTART"], event["SUMMARY"], event["LOCATION"]]
        place = (reason, proposal.table.file, proposal.table.sheet, number)
        _write_row(sheet, at, [*cells, *place])


def _write_row(sheet: Any, row: int, cells: Sequence[Cell]) -> None:
    for at, cell in enumerate(cells, 1):
        if cell is None or cell == "":
            continue
        place = sheet.cell(row, at)
        if isinstance(cell, bool | int | float | datetime | date | time):
            place.value = cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell
        else:
            place.value = _UNKEEPABLE.sub("", shown(cell))[:_LONGEST]
            place.data_type = "s"  # never a formula


def _title(proposal: TableProposal, taken: Sequence[str]) -> str:
    """A name that a sheet may have and no other has."""
    wanted = proposal.table.sheet or Path(proposal.table.file).stem
    title = re.sub(r"[\[\]:*?/\\]", " ", _UNKEEPABLE.sub("", wanted)).strip(" '")[:25] or "rows"
    number = 1
    names = {name.casefold() for name in taken}
    while (found := title if number == 1 else f"{title} {number}").casefold() in names:
        number += 1
    return found


def _free(path: Path) -> Path:
    number = 2
    place = path
    while place.exists():
        place = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return place
