"""Where a table comes in: what is wrong with its rows is noted here, and told all at once."""

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from coachkit import errors
from coachkit.terms import Column

Mask = np.ndarray
Fault = type[errors.CoachkitError]


@dataclass
class Door:
    """Knows the name of one table and collects what is wrong with it.

    A message counts rows as a person does: in a file the header is row 1, in a frame the first row.
    """

    table: str
    in_file: bool = False
    faults: list[errors.CoachkitError] = field(default_factory=list)
    #: The required columns that are not there.
    missing: set[str] = field(default_factory=set)
    #: The number of each row in its file; None: a frame's rows, from 1.
    numbers: np.ndarray | None = None

    def refuse(self, fault: Fault, column: str, bad: Mask, what: str, remedy: str) -> None:
        """Note a fault for the rows marked in ``bad``; nothing where none is."""
        rows = np.flatnonzero(bad)
        if rows.size:
            told = fault(f"{self.where(column, rows)}: {what}. {remedy}.")
            told.column = column
            self.faults.append(told)

    def where(self, column: str, rows: np.ndarray) -> str:
        """Which cells are meant."""
        return f"{self.table}, column '{column}', {self.rows(rows)}"

    def refuse_cells(
        self, fault: Fault, column: Column, bad: Mask, cells: pd.Series, what: str, remedy: str
    ) -> None:
        """The same for cells that are ``what``; shows the first, unless it may be a client's name.

        Cells slip into the wrong column. So a number or a time is shown only if it has a digit, and
        of words only a single one.
        """
        rows = np.flatnonzero(bad)
        if rows.size:
            found = errors.cut(cells.iloc[rows[0]])
            has_digits = column.kind in ("id", "number", "instant", "day")
            harmless = bool(re.search(r"\d", found)) if has_digits else len(found.split()) == 1
            subject = repr(found) if harmless else "what stands there"
            first = " (the first)" if harmless and rows.size > 1 else ""
            self.refuse(fault, column.name, bad, f"{subject}{first} {what}", remedy)

    def rows(self, rows: np.ndarray) -> str:
        """``row 3``, ``rows 3 and 8``, or the first three and how many there are in all."""
        first = rows[:3]
        numbers = (first + 1 if self.numbers is None else self.numbers[first]).tolist()
        head = " (the header is row 1)" if self.in_file else ""
        more = f", {rows.size} in all" if rows.size > len(numbers) else ""
        noun = "row" if rows.size == 1 else "rows"
        return f"{noun} {errors.listed(numbers, 'and')}{more}{head}"


def absent(cells: pd.Series) -> Mask:
    """Null, or a text of nothing but blanks."""
    null: Mask = cells.isna().to_numpy()
    if isinstance(cells.dtype, pd.CategoricalDtype):
        blank = [
            word for word in cells.cat.categories if isinstance(word, str) and not word.strip()
        ]
        null = null | cells.isin(blank).to_numpy(dtype=bool)
    if cells.dtype == object or isinstance(cells.dtype, pd.StringDtype):
        blanks = [isinstance(cell, str) and not cell.strip() for cell in cells.astype(object)]
        null = null | np.array(blanks, dtype=bool)
    return null


class Form(Door):
    """The door through which one row comes that somebody typed: a message names its box alone."""

    def where(self, column: str, rows: np.ndarray) -> str:
        """Which cell is meant."""
        return column
