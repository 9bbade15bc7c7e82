"""What every kind of file is read into: sheets of rows of cells, each row with its place."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from coachkit.importing.words import wordset

Cell: TypeAlias = str | int | float | bool | datetime | date | time | timedelta | None

#: What people and programs write where there is nothing.
_NOTHING = wordset(
    "n/a na #n/a nan none null nil - -- --- – — ? ?? . / x/x undefined (blank) (none) nat "
    "#ref! #value! #name? #div/0! <na> k.a. s/o n.a. n.v.t. 无 なし"
) | {"not listed", "not specified", "not stated", "not given"}
#: What stands in the rows of a template that nobody filled in.
_PREFILLED = frozenset(
    {"false", "0", "0.0", "no", "☐", "[ ]", "select", "choose", "0%", "$0", "$0.00"}
)
#: What people write for "the same as above".
_DITTO = wordset("↳ 〃 ″ '' \" ,, do. ditto dto. dito idem → ^")
_INVISIBLE = "\u200b\u200c\u200d\ufeff\u00a0\u2060 \t\r\n"


@dataclass(frozen=True)
class Row:
    """One row: its number in the file or sheet, from 1, and its cells."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        """The cell of a column; nothing where the row ends before."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, or the whole of another file (``name`` is None)."""

    file: str
    name: str | None
    rows: tuple[Row, ...]


def shown(cell: Cell) -> str:
    """A cell as a text, without the blanks around it; empty where there is nothing to see."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time() != time() else cell.date().isoformat()
    return str(cell).replace("\0", "").strip(_INVISIBLE)  # no store keeps a NUL


def is_blank(cell: Cell) -> bool:
    """Whether there is nothing to see in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip(_INVISIBLE))


def says_nothing(cell: Cell) -> bool:
    """Whether a cell is blank, or holds what people write where there is nothing."""
    return is_blank(cell) or (isinstance(cell, str) and shown(cell).casefold() in _NOTHING)


def says_the_same(cell: Cell) -> bool:
    """Whether a cell stands for the one above it."""
    return isinstance(cell, str) and shown(cell).casefold() in _DITTO


def is_prefilled(cell: Cell) -> bool:
    """Whether a cell says nothing, or only what a template says before it is filled in."""
    return says_nothing(cell) or shown(cell).casefold() in _PREFILLED
