"""Where in a sheet its tables lie: titles above them, names of columns, rows below."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from coachkit import errors
from coachkit.importing.days import read_day
from coachkit.importing.sheets import Cell, Row, Sheet, is_blank, shown
from coachkit.importing.statuses import read_status
from coachkit.importing.vocabulary import is_listed, kind_of, known_name, known_names
from coachkit.importing.words import folded, wordset

#: Names of columns stand in one of so many rows from the top.
_HIGHEST = 40
#: A table on its side has no more names than this.
_MOST_NAMES = 60
#: A table with more columns than this is none of opportunities.
_WIDEST = 1000
#: What tells an opportunity first of all, and how many other names each of them is worth.
_CORE = frozenset({"employer", "role"})
_CORE_BONUS = 3
_CONFLICT = re.compile(r"<{7}( .*)?|={7}|>{7}( .*)?|\|{7}( .*)?")
_BELOW = wordset(
    "date day time round type notes name email phone result status contact link title outcome "
    "who with 1st 2nd 3rd first second third 1 2 3 4 datum name ergebnis fecha resultado"
)


@dataclass(frozen=True)
class Table:
    """A table of a sheet: the names of its columns and the rows under them.

    ``header_row`` is the row that the names stand in (the lower of two), None where there is none.
    """

    file: str
    sheet: str | None
    header_row: int | None
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    groups: tuple[str, ...] = ()
    transposed: bool = False
    notes: tuple[str, ...] = field(default=())

    def column(self, at: int) -> list[Cell]:
        """The cells of a column."""
        return [row.at(at) for row in self.rows]


def find_tables(sheet: Sheet) -> list[Table]:
    """The tables of a sheet, from the top; none where it holds no cell."""
    rows = [
        row
        for row in sheet.rows
        if any(not is_blank(cell) for cell in row.cells) and not _is_conflict_mark(row)
    ]
    marks = any(_is_conflict_mark(row) for row in sheet.rows)
    if not rows:
        return []
    if max(len(row.cells) for row in rows) > _WIDEST:
        raise errors.UnreadableFile(
            f"{errors.shown(sheet.file)} has more than {_WIDEST:,} columns, far beyond any "
            f"tracker. Save the columns that matter and import those."
        )
    turned = _turned(sheet, rows)
    if turned is not None:
        return [turned]
    head = _header_at(rows)
    if head is None:
        return [_table(sheet, None, (), rows, ())]
    tables: list[Table] = []
    while head is not None:
        header, groups, first = _names(rows, head)
        body, after = _until_other_header(rows, first, header)
        tables.append(_table(sheet, rows[first - 1].number, header, body, groups))
        head = after
    filled = [table for table in tables if table.rows] or tables[-1:]
    if marks:
        said = (
            "It holds the marks of an unfinished merge in git; the names nearest to the rows count."
        )
        filled = [replace(table, notes=(*table.notes, said)) for table in filled]
    return filled


def _is_conflict_mark(row: Row) -> bool:
    first = shown(row.cells[0]) if row.cells else ""
    return bool(_CONFLICT.fullmatch(first)) and all(is_blank(cell) for cell in row.cells[1:])


def _header_at(rows: Sequence[Row]) -> int | None:
    """Which row holds the names: the first of those that know the most; None for a bare table."""
    looked = rows[:_HIGHEST]
    known = [
        known_names(row.cells)
        if _is_of_names(row) and not _is_like(row, [*rows[:at], *rows[at + 1 : at + 30]])
        else 0
        for at, row in enumerate(looked)
    ]
    if max(known) >= 2:
        # a row of counts ("Applied", "Offer") knows names, too, but none of an employer
        worth = [
            count + _CORE_BONUS * len(_kinds(row.cells) & _CORE) if count >= 2 else 0
            for count, row in zip(known, looked, strict=True)
        ]
        best = next(at for at, value in enumerate(worth) if value >= 0.6 * max(worth))
        # of two rows of names with nothing between them the lower stands nearer to the rows
        while (
            best + 1 < len(looked)
            and known[best + 1] >= max(3, known[best])
            and not _is_second_line(looked[best], looked[best + 1])
        ):
            best += 1
        return best
    widest = _width(rows)
    for at, row in enumerate(looked):
        if _filled(row) >= max(1, 0.6 * widest):
            return at if known[at] or _could_be_names(row, rows[at + 1 : at + 30]) else None
    return None


def _kinds(cells: Iterable[Cell]) -> set[str]:
    """What the names among some cells stand for."""
    found = (known_name(cell) for cell in cells if isinstance(cell, str))
    return {known.kind for known in found if known is not None}


def _is_of_names(row: Row) -> bool:
    """Whether every filled cell is short and none is a day, a number or an address."""
    cells = [cell for cell in row.cells if not is_blank(cell)]
    odd = sum(not _is_name(cell) for cell in cells)
    return bool(cells) and odd <= len(cells) // 6


def _is_like(row: Row, others: Sequence[Row]) -> bool:
    """Whether a day or an address of the row stands among others of its kind: no row of names."""
    for at, cell in enumerate(row.cells):
        kind = _kind_of(cell)
        values = [other.at(at) for other in others if kind and not is_blank(other.at(at))]
        if values and sum(_kind_of(value) == kind for value in values) >= 0.6 * len(values):
            return True
    return False


def _kind_of(cell: Cell) -> str | None:
    if is_blank(cell):
        return None
    text = shown(cell)
    if "://" in text:
        return "address"
    return "day" if any(map(str.isdigit, text)) and read_day(cell) is not None else None


def _is_name(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return False
    text = cell.strip()
    return (
        len(text) <= 80
        and "://" not in text
        and "@" not in text
        and not text.replace(".", "").replace(",", "").isdecimal()
        and read_day(text) is None
    )


def _could_be_names(row: Row, below: Sequence[Row]) -> bool:
    """Whether the first row names columns although no list knows a name of it."""
    cells = [cell for cell in row.cells if not is_blank(cell)]
    names = [shown(cell) for cell in cells]
    if not all(_is_name(cell) for cell in cells) or len(set(names)) < len(names):
        return False
    for at, cell in enumerate(row.cells):
        values = {shown(other.at(at)) for other in below}
        if len(names) > 1 and not is_blank(cell) and shown(cell) in values:
            return False  # what comes again below is a value
        words = [read_status(value) for value in values if value]
        told = words and sum(word != "unknown" for word in words) >= 0.7 * len(words)
        if told and read_status(shown(cell)) != "unknown":
            return False
    return True


def _filled(row: Row) -> int:
    return sum(not is_blank(cell) for cell in row.cells)


def _width(rows: Sequence[Row]) -> int:
    """How many cells a row of the table has, as most rows have it."""
    widths = sorted(_filled(row) for row in rows)
    return widths[len(widths) * 3 // 4]


def _names(rows: Sequence[Row], head: int) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """The names of the columns, what stands over them, and where the rows begin."""
    lower, upper = rows[head], rows[head - 1] if head else None
    below = rows[head + 1] if head + 1 < len(rows) else None
    first = head + 1
    if below is not None and _is_second_line(lower, below):
        upper, lower, first = lower, below, head + 2
    elif upper is None or not _is_over(upper, lower):
        upper = None
    width = max(len(lower.cells), len(upper.cells) if upper else 0)
    names = [shown(lower.at(at)) for at in range(width)]
    if upper is None:
        return tuple(names), (), first
    over: list[str] = []
    for at in range(width):
        text = shown(upper.at(at))
        over.append(text or (over[-1] if over and names[at] else ""))
    joined = [
        name if name and (names.count(name) == 1 or not group) else f"{group} {name}".strip()
        for group, name in zip(over, names, strict=True)
    ]
    return tuple(joined), tuple(over), first


def _is_second_line(upper: Row, lower: Row) -> bool:
    """Whether the row below the names holds more names, under those that span several columns."""
    cells = [(at, cell) for at, cell in enumerate(lower.cells) if not is_blank(cell)]
    if not cells or not all(_is_name(cell) for _, cell in cells):
        return False
    under_blank = sum(is_blank(upper.at(at)) for at, _ in cells)
    names = sum(
        known_name(shown(cell)) is not None or folded(shown(cell)) in _BELOW for _, cell in cells
    )
    gaps = sum(is_blank(upper.at(at)) for at in range(max(len(upper.cells), len(lower.cells))))
    return names == len(cells) and under_blank >= 1 and gaps >= 1


def _is_over(upper: Row, lower: Row) -> bool:
    """Whether the row above the names groups them: several short texts with gaps between them."""
    labels = [at for at, cell in enumerate(upper.cells) if not is_blank(cell)]
    return (
        len(labels) >= 2
        and len(labels) < _filled(lower)
        and all(_is_name(upper.cells[at]) and len(shown(upper.cells[at])) <= 30 for at in labels)
        and upper.number + 1 == lower.number
    )


def _until_other_header(
    rows: Sequence[Row], first: int, header: tuple[str, ...]
) -> tuple[list[Row], int | None]:
    """The rows up to the next row of other names; a row of the same names is none of either."""
    own = [folded(name) for name in header if name]
    body: list[Row] = []
    for at in range(first, len(rows)):
        row = rows[at]
        texts = [folded(shown(cell)) for cell in row.cells if isinstance(cell, str) and cell]
        if sum(is_listed(text) or text in own for text in texts) < 2:
            body.append(row)
            continue
        if sum(text in own for text in texts) >= max(2, 0.8 * len(texts)):
            continue  # the names again, as on every printed page
        filled = _filled(row)
        if (
            filled >= 3
            and _is_of_names(row)
            and known_names(row.cells) >= max(3, 0.75 * filled)
            and at + 1 < len(rows)
        ):
            return body, at
        body.append(row)
    return body, None


def _turned(sheet: Sheet, rows: Sequence[Row]) -> Table | None:
    """A table whose names stand in its first column, each opportunity being a column."""
    if len(rows) > _MOST_NAMES:
        return None
    names = [row.at(0) for row in rows]
    texts = [cell for cell in names if isinstance(cell, str)]
    known = known_names(texts)
    # words of statuses are names of columns too ("Offer", "Not yet"), but here they may be values,
    # and so may "benefits" and other names that stand for nothing
    across = [
        known_names(
            cell
            for cell in row.cells[1:]
            if read_status(shown(cell)) == "unknown" and kind_of(shown(cell)) != "other"
        )
        for row in rows[:_HIGHEST]
        if kind_of(shown(row.at(0))) != "status"
    ]
    if known < 3 or max(across, default=0) >= 2 or known < 0.6 * len(rows):
        return None
    if len({folded(text) for text in texts}) < len(texts):
        return None
    width = max(len(row.cells) for row in rows)
    header = tuple(shown(cell) for cell in names)
    columns = [
        Row(at + 1, tuple(row.at(at) for row in rows))
        for at in range(1, width)
        if any(not is_blank(row.at(at)) for row in rows)
    ]
    said = "It is turned on its side: each column is one opportunity."
    return Table(sheet.file, sheet.name, None, header, tuple(columns), (), True, (said,))


def _table(
    sheet: Sheet,
    header_row: int | None,
    header: Sequence[str],
    rows: Sequence[Row],
    groups: Sequence[str],
) -> Table:
    """The table without the columns at its right that hold nothing at all.

    In a text file what stands beyond the last name is a stray separator's doing, not a column.
    """
    filled = [at for row in rows for at, cell in enumerate(row.cells) if not is_blank(cell)]
    width = max(
        [at + 1 for at, name in enumerate(header) if name] + [at + 1 for at in filled] + [0]
    )
    notes: tuple[str, ...] = ()
    if header and sheet.name is None:
        width = min(width, len(header))
    elif header:
        gap = _gap(header, set(filled), width)
        if gap is not None:
            rows = [replace(row, cells=row.cells[:gap]) for row in rows]
            width, notes = gap, ("What stands beside it, beyond an empty column, is left out.",)
    names = tuple(header[at] if at < len(header) else "" for at in range(width))
    return Table(sheet.file, sheet.name, header_row, names, tuple(rows), tuple(groups), notes=notes)


def _gap(header: Sequence[str], filled: set[int], width: int) -> int | None:
    """Where a sheet's table ends beside which something else stands, such as counts."""
    for at in range(1, width):
        named = at < len(header) and header[at]
        if not named and at not in filled and _kinds(header[:at]) >= _CORE:
            return None if _CORE & _kinds(header[at:]) else at
    return None
