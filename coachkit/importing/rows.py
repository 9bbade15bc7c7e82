"""Every row of a table: what opportunity it is, with which row it is one, or why it waits."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time

from coachkit import errors
from coachkit.importing.bare_days import is_found_on
from coachkit.importing.contents import address, read_column
from coachkit.importing.days import DayCell, Order, day_in
from coachkit.importing.fates import (
    ROLE_NOT_NOTED,
    Flag,
    Opportunity,
    Read,
    SetAside,
    Visit,
)
from coachkit.importing.layout import Table
from coachkit.importing.logs import Event, read_log
from coachkit.importing.meanings import DAYS, Column, Meaning
from coachkit.importing.merging import merge
from coachkit.importing.said import row_status
from coachkit.importing.sheets import (
    Cell,
    Row,
    is_prefilled,
    says_nothing,
    says_the_same,
    shown,
)
from coachkit.importing.statuses import Status, read_status
from coachkit.importing.words import folded, wordset

_HEADING = re.compile(
    r"\d{1,4}|(?:week|woche|semaine|semana|kw) ?\d*|"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"spring|summer|fall|autumn|winter)(?: \d{2,4})?"
)
_TEMPLATE = re.compile(
    r"[\[<{(].{2,60}[\]>})]|(?:e\.?g\.?|example|sample|beispiel|ejemplo|exemple)\b.*", re.I
)
_TOTALS = wordset(
    "total totals sum summe gesamt average count subtotal grand total totale suma somme 合计 总计 "
    "合計"
)
#: "Total for month", "Total 2024": no employer is called so.
_TOTAL = re.compile(
    r"(?:grand |sub ?)?totals?(?: (?:for|of|this|the|all|month|week|year|\d+|applications?|applied|"
    r"jobs?|sent|interviews?|offers?|rejections?|rejected))+"
)
#: What no employer's name has in it, and a remark, a legend or a heading has.
_REMARK = re.compile(r"=|\d:\d\d|\s.*[!?:]$|(?:\S+\s+){4}.*\.$|^[-*•(]")
#: Meanings that an opportunity has no place for: kept as lines of its notes.
_NOTED: tuple[Meaning, ...] = (
    "next_step",
    "deadline_on",
    "last_contact_on",
    "contact_person",
    "contact_email",
)


@dataclass
class _Reading:
    """What is found on the way."""

    flags: list[Flag] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def read_rows(table: Table, columns: Sequence[Column], statuses: Mapping[str, Status]) -> Read:
    """Read every row; what is not certain is set aside or flagged, never guessed."""
    blocked = _blocked(table, columns)
    days = {
        column.at: dict(
            zip(
                (row.number for row in table.rows),
                read_column(table.column(column.at)),
                strict=True,
            )
        )
        for column in columns
        if column.order is not None
    }
    idle = _entry_days(columns, days)
    alone = {row.number for row in table.rows if _is_alone(row)}
    of_names = 2 * len(alone) > len(table.rows)
    found = _Reading()
    set_aside: list[SetAside] = []
    opportunities: list[Opportunity] = []
    for row in _spelled_out(table, columns):
        reason = _empty(row, columns) or blocked or _unfit(row, columns, table)
        if not reason and row.number in alone:
            reason = _heading(row, columns, of_names)
        read = None if reason else _opportunity(row, columns, statuses, days, idle, found)
        if isinstance(read, str):
            reason = read
        if reason:
            set_aside.append(SetAside(row.number, reason))
        elif isinstance(read, Opportunity):
            opportunities.append(read)
    kept, merged, clashes = merge(opportunities)
    return Read(
        tuple(kept),
        tuple(merged),
        tuple(sorted([*set_aside, *clashes], key=lambda one: one.row)),
        tuple(found.flags),
        tuple(found.events),
    )


def _spelled_out(table: Table, columns: Sequence[Column]) -> list[Row]:
    """The rows, with the employer of the row above where one says "the same"."""
    at = next((column.at for column in columns if column.meaning == "employer"), None)
    rows: list[Row] = []
    above: Cell = None
    for row in table.rows:
        if at is not None and says_the_same(row.at(at)) and above is not None:
            row = replace(row, cells=(*row.cells[:at], above, *row.cells[at + 1 :]))
        rows.append(row)
        if at is not None and not says_nothing(row.at(at)):
            above = row.at(at)
    return rows


def _blocked(table: Table, columns: Sequence[Column]) -> str:
    """Why no row of the table can be imported; empty where they can."""
    have = {column.meaning for column in columns}
    if "employer" in have:
        return ""
    asked = [column.header for column in columns if "employer" in column.candidates]
    if asked:
        return f"say which column names the employer: {', '.join(map(repr, asked[:3]))}?"
    return "no column names an employer, so this is no list of applications"


def _empty(row: Row, columns: Sequence[Column]) -> str:
    told = [column for column in columns if not column.refused]
    if all(is_prefilled(row.at(column.at)) for column in told):
        return "nothing is filled in"
    return ""


def _is_alone(row: Row) -> bool:
    return sum(not says_nothing(cell) for cell in row.cells) == 1


def _heading(row: Row, columns: Sequence[Column], of_names: bool) -> str:
    """What stands alone in a row may be a month, a status or a remark: of the rows around it.

    In a list of names alone a status or a remark may be one.
    """
    text = shown(_cell(row, columns, "employer"))
    if _HEADING.fullmatch(folded(text)) or (
        not of_names and (read_status(text) != "unknown" or _REMARK.search(text))
    ):
        return f"it says nothing but {errors.quoted(text)}: a heading or a remark"
    return ""


def _unfit(row: Row, columns: Sequence[Column], table: Table) -> str:
    """Why a row is no opportunity."""
    employer = shown(_cell(row, columns, "employer"))
    first = shown(row.at(0))
    name = folded(first if says_nothing(employer) else employer)
    if name in _TOTALS or _TOTAL.fullmatch(name):
        return "a total, not an opportunity"
    if says_nothing(employer):
        return "it names no employer"
    role = shown(_cell(row, columns, "role"))
    if _TEMPLATE.fullmatch(employer) and (not role or _TEMPLATE.match(role)):
        return "a template's example that nobody filled in"
    stray = [cell for cell in row.cells[len(table.header) :] if not says_nothing(cell)]
    if stray and not _in_place(row, columns):
        return (
            f"it has {len(row.cells)} cells and the header {len(table.header)}: put texts with "
            f"separators in quotes"
        )
    return ""


def _in_place(row: Row, columns: Sequence[Column]) -> bool:
    """Whether a row with cells too many still has a day where days stand."""
    dated = [column for column in columns if column.meaning in DAYS]
    cells = [row.at(column.at) for column in dated]
    filled = [cell for cell in cells if not says_nothing(cell)]
    return bool(filled) and all(day is not None for day in read_column(filled))


def _cell(row: Row, columns: Iterable[Column], meaning: Meaning) -> Cell:
    return next((row.at(column.at) for column in columns if column.meaning == meaning), None)


def _entry_days(
    columns: Sequence[Column], days: Mapping[int, Mapping[int, DayCell | None]]
) -> set[int]:
    """Columns that a program filled: one day on every row, or the day of entry again."""
    entered = [column for column in columns if column.meaning in ("applied_on", "saved_on")]
    idle: set[int] = set()
    for column in columns:
        if column.meaning not in ("interview_at", "follow_up_on"):
            continue
        told = [_on(day, column.order) for day in days[column.at].values() if day is not None]
        if len(told) >= 5 and len(set(told)) == 1:
            idle.add(column.at)
        for other in entered:
            pairs = [
                (_on(day, column.order), _on(days[other.at].get(number), other.order))
                for number, day in days[column.at].items()
                if day is not None
            ]
            if len(pairs) >= 3 and all(one is not None and one == two for one, two in pairs):
                idle.add(column.at)
    return idle


def _on(day: DayCell | None, order: Order | None) -> date | None:
    return None if day is None or order is None else day_in(day, order)


def _opportunity(
    row: Row,
    columns: Sequence[Column],
    statuses: Mapping[str, Status],
    days: Mapping[int, Mapping[int, DayCell | None]],
    idle: set[int],
    found: _Reading,
) -> Opportunity | str:
    """A row as an opportunity, or why it waits."""
    status, words = row_status(row, columns, statuses)
    if status == "unknown":
        return f"say what its status means: {words[:60]!r}"
    told: dict[Meaning, date] = {}
    visits: dict[tuple[date, time | None], Visit] = {}
    notes: list[str] = []
    for column in columns:
        cell = row.at(column.at)
        if column.refused or says_nothing(cell):
            continue
        if column.meaning in DAYS:
            day = days[column.at].get(row.number)
            on = _on(day, column.order)
            why = _why_not(day, on, column.at in idle)
            if not why and column.meaning == "applied_on" and is_found_on(column, status, words):
                why = "the day it was found: nothing was sent yet"
            if why:
                found.flags.append(Flag(row.number, column.header, shown(cell)[:80], why))
                notes.append(f"{column.header}: {shown(cell)}")
            elif day is not None and on is not None:
                if column.meaning == "interview_at":
                    visits.setdefault((on, day.clock), Visit(on, day.clock, day.zone))
                else:
                    told.setdefault(column.meaning, on)
        if column.meaning == "notes":
            notes.append(shown(cell))
        elif column.meaning in _NOTED and column.meaning not in DAYS:
            notes.append(f"{column.header or column.meaning}: {shown(cell)}")
        if isinstance(cell, str) and column.meaning in (
            "notes",
            "next_step",
            "undecided",
            "status",
        ):
            order = _order_of(columns)
            found.events += read_log(cell, row=row.number, column=column.header, order=order)
    for meaning, label in (("deadline_on", "Deadline"), ("last_contact_on", "Last contact")):
        if meaning in told:
            notes.append(f"{label}: {told[meaning].isoformat()}")
    role = shown(_cell(row, columns, "role"))
    location, link = (shown(_cell(row, columns, name)) for name in ("location", "link"))
    return Opportunity(
        row=row.number,
        employer=" ".join(shown(_cell(row, columns, "employer")).split()),
        role=ROLE_NOT_NOTED if says_nothing(role) else " ".join(role.split()),
        status=status,
        status_words=words,
        applied_on=told.get("applied_on"),
        follow_up_on=told.get("follow_up_on"),
        location="" if says_nothing(location) else location,
        link="" if says_nothing(link) else address(link),
        notes="\n".join(notes),
        visits=tuple(visits.values()),
    )


def _why_not(day: DayCell | None, on: date | None, idle: bool) -> str:
    """Why a cell of a column of days gives no day; empty where it does."""
    if day is None:
        return "no day"
    if day.flaw is not None:
        return day.flaw
    if idle:
        return "filled in by a program: one day, or the day of entry, on every row"
    if on is None:
        return "day and month may be exchanged"
    return ""


def _order_of(columns: Sequence[Column]) -> Order:
    """The order in which this hand writes numbers, if its columns agree."""
    orders = {column.order for column in columns if column.order in ("dmy", "mdy")}
    return orders.pop() if len(orders) == 1 else "undecided"
