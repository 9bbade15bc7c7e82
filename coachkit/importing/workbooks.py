"""A workbook's sheets as rows of values: formulas as what they last came to, never carried out.

openpyxl reads a small workbook whole, because only then it tells which cells are merged, and
streams a large one. What it warns of (validations and styles it does not know) no tracker needs.
"""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from coachkit import errors
from coachkit.importing.sheets import Cell, Row, Sheet, is_blank

_READ_WHOLE = 12 * 1024**2
_MOST_CELLS = 3_000_000
#: After so many empty rows nothing comes any more.
_LAST_GAP = 2000
_WIDEST = 512


def read_sheets(path: Path, name: str) -> list[Sheet]:
    """The visible sheets of a workbook.

    Raises
    ------
    UnreadableFile
        openpyxl cannot read it, or it holds more cells than any tracker.
    """
    with _book(path, name) as book:
        return [
            Sheet(name, sheet.title, tuple(_rows(sheet, name)))
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        ]


@contextmanager
def _book(path: Path, name: str) -> Iterator[Any]:
    import openpyxl  # type: ignore[import-untyped]

    with zipfile.ZipFile(path) as archive:
        streamed = sum(entry.file_size for entry in archive.infolist()) > _READ_WHOLE
    book = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                book = openpyxl.load_workbook(path, read_only=streamed, data_only=True)
            except Exception:
                book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            yield book
    except errors.CoachkitError:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise errors.UnreadableFile(
            f"{errors.shown(name)} is a damaged or unusual workbook. Open it in a "
            f"spreadsheet, save it as .xlsx and import that."
        ) from error
    finally:
        if book is not None:
            book.close()


def _rows(sheet: Any, name: str) -> Iterator[Row]:
    fills = _merged(sheet)
    cells = 0
    gap: list[Row] = []
    for number, values in enumerate(
        sheet.iter_rows(values_only=True, max_col=_widest(sheet)), start=1
    ):
        row: list[Cell] = list(values)
        for column, value in fills.get(number, ()):
            row[column] = value
        while row and is_blank(row[-1]):
            row.pop()
        cells += len(row)
        if cells > _MOST_CELLS:
            raise errors.UnreadableFile(
                f"{errors.shown(name)} holds more than {_MOST_CELLS:,} cells, far beyond any "
                f"tracker. Save the sheet with the applications alone and import that."
            )
        if not row:
            gap.append(Row(number, ()))
            if len(gap) > _LAST_GAP:
                return
            continue
        yield from gap
        gap = []
        yield Row(number, tuple(row))


def _widest(sheet: Any) -> int:
    return min(sheet.max_column or _WIDEST, _WIDEST)


def _merged(sheet: Any) -> dict[int, list[tuple[int, Cell]]]:
    """What cells show that are merged with one above them, by row.

    Only down: a title over many columns names none of them but the first.
    """
    fills: dict[int, list[tuple[int, Cell]]] = {}
    ranges = getattr(sheet, "merged_cells", None)
    for merged in ranges.ranges if ranges is not None else ():
        if merged.max_row - merged.min_row > 500 or merged.max_col > _WIDEST:
            continue
        value = sheet.cell(merged.min_row, merged.min_col).value
        for number in range(merged.min_row + 1, merged.max_row + 1):
            fills.setdefault(number, []).append((merged.min_col - 1, value))
    return fills
