"""A report as a workbook: a sheet a table, with typed cells, filters and a frozen header."""

import re
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from coachkit.exports._texts import xml_text
from coachkit.reports.parts import Cell, Column, Paragraph, Picture, Points, Report, Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_INK, _MUTED = "#1C2733", "#56616C"
#: What Excel bears: letters in a cell, letters in a sheet's name.
_CELL, _SHEET = 32_767, 31
#: No cell is ever read as anything but what it is.
_AS_WRITTEN = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def to_xlsx(report: Report) -> bytes:
    """Write a report as a workbook: first what it says in words, then a sheet a table.

    Days and instants are Excel's own dates (local ones: Excel knows no zones), numbers numbers,
    shares percentages; every text is a text, whatever it begins with. The same report gives the
    same bytes.
    """
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, _AS_WRITTEN)
    made = datetime.combine(report.as_of, time())
    book.set_properties(
        {
            "title": xml_text(f"{report.genre}: {report.title}")[:255],
            "subject": report.genre,
            "author": "coachkit",
            "created": made,
        }
    )
    formats = _formats(book)
    paper = 1 if report.paper == "us-letter" else 9
    names = _sheet_names(report)
    _write_overview(book.add_worksheet("Overview"), report, formats, paper)
    for table, name in zip(report.tables, names, strict=True):
        if table.rows:
            _write_table(book.add_worksheet(name), table, formats, paper)
    book.close()
    return out.getvalue()


def _formats(book: "Workbook") -> dict[str, Any]:
    plain = {"font_name": "Calibri", "font_size": 11, "font_color": _INK, "valign": "top"}
    own: dict[str, dict[str, Any]] = {
        "text": {"text_wrap": True},
        "day": {"num_format": "d mmm yyyy", "align": "left", "indent": 1},
        "instant": {"num_format": "d mmm yyyy, hh:mm", "align": "left", "indent": 1},
        "number": {"num_format": "0"},
        "share": {"num_format": "0 %"},
        "first": {"text_wrap": True, "bold": True},
        "header of number": {"bold": True, "bottom": 1, "align": "right", "font_color": _MUTED},
        "header": {"bold": True, "bottom": 1, "text_wrap": True, "font_color": _MUTED},
        "title": {"bold": True, "font_size": 18},
        "heading": {"bold": True, "font_size": 13},
        "quiet": {"font_color": _MUTED, "text_wrap": True},
        "figure": {"bold": True, "align": "left"},
    }
    return {name: book.add_format(plain | look) for name, look in own.items()}


def _write_overview(
    sheet: "Worksheet", report: Report, formats: dict[str, Any], paper: int
) -> None:
    """The words of the report: title, facts, headlines, and its sections' sentences."""
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 24)
    sheet.set_column(2, 2, 60)
    sheet.hide_gridlines(2)
    _print_on(sheet, paper)
    _put(sheet, 0, 0, report.title, formats["title"])
    _put(sheet, 1, 0, report.genre, formats["quiet"])
    _put(sheet, 1, 1, "; ".join(report.facts), formats["quiet"])
    row = 3
    for one in report.headlines:
        _put(sheet, row, 0, one.label, formats["text"])
        _put(sheet, row, 1, one.figure, formats["figure"])
        _put(sheet, row, 2, one.aside, formats["quiet"])
        row += 1
    for section in report.sections:
        told = [line for part in section.parts for line in _lines(part)]
        if told:
            row += 1
            _put(sheet, row, 0, section.heading, formats["heading"])
        for line in told:
            row += 1
            sheet.merge_range(row, 0, row, 2, "", formats["text"])
            _put(sheet, row, 0, line, formats["text"])
            sheet.set_row(row, 15 * max(1, -(-len(line[:_CELL]) // 110)))
        row += bool(told)


def _lines(part: object) -> list[str]:
    if isinstance(part, Paragraph):
        return [part.text]
    if isinstance(part, Points):
        return [f"• {item}" for item in part.items]
    if isinstance(part, Picture):
        return [part.alt]
    return [part.empty] if isinstance(part, Table) and not part.rows else []


def _write_table(sheet: "Worksheet", table: Table, formats: dict[str, Any], paper: int) -> None:
    widths = [_width(table, place, column) for place, column in enumerate(table.columns)]
    for place, column in enumerate(table.columns):
        look = "header of number" if column.is_number else "header"
        _put(sheet, 0, place, column.heading, formats[look])
        sheet.set_column(place, place, widths[place])
    for line, row in enumerate(table.rows, 1):
        sheet.set_row(line, 15.5 * _height(table.columns, row, widths))
        for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            look = "first" if place == 0 and column.kind == "text" else column.kind
            _put(sheet, line, place, cell, formats[look])
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    _print_on(sheet, paper)


def _put(sheet: "Worksheet", row: int, place: int, cell: Cell, look: Any) -> None:
    if cell is None:
        sheet.write_blank(row, place, None, look)
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, cell, look)
    elif isinstance(cell, int | float):
        sheet.write_number(row, place, cell, look)
    else:
        sheet.write_string(row, place, xml_text(cell)[:_CELL], look)


def _print_on(sheet: "Worksheet", paper: int) -> None:
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)


def _width(table: Table, place: int, column: Column) -> float:
    """As wide as its cells need, within reason."""
    if column.kind in ("day", "instant"):
        return max(15 if column.kind == "day" else 21, len(column.heading) + 4)
    longest = max((len(column.told(row[place])) for row in table.rows), default=0)
    return float(min(75, max(len(column.heading) + 4, longest + 2, 9)))


def _height(columns: tuple[Column, ...], row: tuple[Cell, ...], widths: list[float]) -> int:
    """How many lines its longest cell needs; Excel bears 26 of these."""
    cells = zip(columns, row, widths, strict=True)
    return min(
        26, max(-(-len(column.told(cell)) // int(wide)) or 1 for column, cell, wide in cells)
    )


def _sheet_names(report: Report) -> list[str]:
    """A name a table, from its section's heading, as Excel allows it: short, told apart."""
    names: list[str] = []
    for section in report.sections:
        for part in section.parts:
            if isinstance(part, Table):
                name = re.sub(r"[\[\]:*?/\\']", " ", section.heading)[:_SHEET].strip()
                taken = [one.casefold() for one in ("Overview", *names)]
                number = 1
                told = name
                while told.casefold() in taken:
                    number += 1
                    told = f"{name[: _SHEET - 3]} {number}"
                names.append(told)
    return names
