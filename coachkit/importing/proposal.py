"""What coachkit makes of the files before anything is written: what the coach corrects."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachkit.importing.columns import read_columns
from coachkit.importing.days import Order
from coachkit.importing.fates import Read, SetAside
from coachkit.importing.layout import Table
from coachkit.importing.meanings import DAYS, SURE, Column, Meaning
from coachkit.importing.rows import read_rows
from coachkit.importing.sheets import says_nothing, shown
from coachkit.importing.statuses import Status, read_spellings
from coachkit.importing.vocabulary import known_name
from coachkit.importing.words import folded

if TYPE_CHECKING:
    from coachkit.policy import Policy

#: So many spellings of a status are read and shown one by one.
_MOST_SPELLINGS = 2000


@dataclass(frozen=True)
class Correction:
    """What the coach said of files of one shape (the names of their columns).

    ``columns``: a header and its meaning; ``orders``: a header and its order of day and month;
    ``statuses``: a spelling and what it means; ``fields``: a role and the field it belongs to.
    """

    columns: Mapping[str, Meaning]
    orders: Mapping[str, Order]
    statuses: Mapping[str, Status]
    fields: Mapping[str, str] = field(default_factory=dict)

    def joined(self, later: "Correction") -> "Correction":
        """What was said before and later; the later counts where both speak."""
        return Correction(
            {**self.columns, **later.columns},
            {**self.orders, **later.orders},
            {**self.statuses, **later.statuses},
            {**self.fields, **later.fields},
        )


@dataclass(frozen=True)
class TableProposal:
    """A table of a file, what its columns and statuses mean, and what becomes of each row."""

    table: Table
    columns: tuple[Column, ...]
    statuses: Mapping[str, Status]
    read: Read
    says: tuple[str, ...] = ()
    calendar: bool = False
    said_fields: Mapping[str, str] = field(default_factory=dict)

    def fields(self, policy: "Policy") -> dict[str, str | None]:
        """The field that each role belongs to, as the coach said or its name; None: not certain."""
        roles = dict.fromkeys(one.role for one in self.read.opportunities)
        return {role: self.said_fields.get(role) or policy.field_for(role).field for role in roles}

    @property
    def whose(self) -> str:
        """The client it is called after: whose folder its file lies in, else the file's name."""
        folder, is_inside, name = self.table.file.rpartition("/")
        return (folder if is_inside else Path(name).stem).strip()

    @property
    def shape(self) -> tuple[str, ...]:
        """What tells files of this kind: the names of the columns."""
        return tuple(folded(name) for name in self.table.header)

    def corrected(self, correction: Correction) -> "TableProposal":
        """The same table as the coach would have it read."""
        if self.calendar:
            return replace(self, said_fields=correction.fields)
        return _read(self.table, self.table.notes, correction)

    def as_json(self) -> dict[str, Any]:
        """The proposal as ``coachkit import --propose --format json`` prints it."""
        from coachkit.policy import Policy

        return {
            "file": self.table.file,
            "sheet": self.table.sheet,
            "header_row": self.table.header_row,
            "rows": len(self.table.rows),
            "columns": [_column_json(column) for column in self.columns],
            "statuses": dict(self.statuses),
            "set_aside": [{"row": one.row, "reason": one.reason} for one in self.read.set_aside],
            "imported": len(self.read.opportunities),
            "merged": [{"row": row, "into": into} for row, into in self.read.merged],
            "flagged": [
                {"row": flag.row, "column": flag.column, "cell": flag.cell, "reason": flag.reason}
                for flag in self.read.flags
            ],
            "events": [
                {
                    "row": event.row,
                    "column": event.column,
                    "kind": event.kind,
                    "on": event.on.isoformat() if event.on else None,
                    "quote": event.quote,
                }
                for event in self.read.events
            ],
            "fields": self.fields(Policy.default()),
            "says": list(self.says),
        }


@dataclass(frozen=True)
class Proposal:
    """What coachkit makes of some files; ``unread`` are those it refuses, each with why."""

    tables: tuple[TableProposal, ...]
    unread: tuple[tuple[str, str], ...] = ()

    @property
    def rows(self) -> int:
        """Data rows in all tables."""
        return sum(len(one.table.rows) for one in self.tables)

    def counts(self) -> Counter[str]:
        """How many rows are ``imported``, ``merged`` and ``set aside``; their sum is ``rows``."""
        counts: Counter[str] = Counter({"imported": 0, "merged": 0, "set aside": 0})
        for one in self.tables:
            counts["imported"] += len(one.read.opportunities)
            counts["merged"] += len(one.read.merged)
            counts["set aside"] += len(one.read.set_aside)
        return counts

    def as_json(self) -> list[dict[str, Any]]:
        """A list of tables, each as ``TableProposal.as_json`` has it."""
        return [table.as_json() for table in self.tables]


def propose_table(table: Table) -> TableProposal:
    """What coachkit makes of one table."""
    return _read(table, table.notes, Correction({}, {}, {}))


def _read(table: Table, says: tuple[str, ...], correction: Correction) -> TableProposal:
    columns = tuple(_corrected(column, correction) for column in read_columns(table))
    stranger = "" if correction.columns else _stranger(table, columns)
    if stranger:
        columns = tuple(
            replace(column, meaning="other", confidence=0.9, candidates=(), order=None, says=None)
            for column in columns
        )
        aside = tuple(SetAside(row.number, stranger) for row in table.rows)
        return TableProposal(table, columns, {}, Read(set_aside=aside), (*says, stranger))
    columns = tuple(_asked_if_unsure(column) for column in columns)
    statuses = _spellings(table, columns) | dict(correction.statuses)
    read = read_rows(table, columns, statuses)
    return TableProposal(table, columns, statuses, read, says, said_fields=correction.fields)


def _corrected(column: Column, correction: Correction) -> Column:
    name = folded(column.header)
    for header, meaning in correction.columns.items():
        if folded(header) == name and not column.refused:
            column = replace(column, meaning=meaning, confidence=1.0, candidates=())
    for header, order in correction.orders.items():
        if folded(header) == name:
            column = replace(column, order=order)
    if column.meaning in DAYS and column.order is None:
        column = replace(column, order="undecided")
    return column


def _asked_if_unsure(column: Column) -> Column:
    if column.meaning in ("other", "undecided") or column.confidence >= SURE:
        return column
    if not column.examples:  # an empty column: whatever it means, it gives nothing
        return column
    return replace(column, meaning="undecided", candidates=(column.meaning, "other"))


def _spellings(table: Table, columns: tuple[Column, ...]) -> dict[str, Status]:
    """Every spelling in the columns of status words, and what it means."""
    spellings: dict[str, Status] = {}
    for column in columns:
        if column.meaning != "status" and not column.also_status:
            continue
        cells = (row.at(column.at) for row in table.rows)
        told = dict.fromkeys(shown(cell) for cell in cells if not says_nothing(cell))
        new = islice((text for text in told if text not in spellings), _MOST_SPELLINGS)
        spellings |= read_spellings(new)
    return spellings


#: What tells an application from a company or a person that somebody keeps in mind.
_OF_APPLICATIONS = frozenset(
    {"status", "applied_on", "saved_on", "deadline_on", "interview_at", "link", "follow_up_on"}
)


_DATED_OR_TOLD = _OF_APPLICATIONS - {"link"}
#: The names of sheets and columns that hold whom somebody knows.
_PEOPLE = re.compile(r"\b(?:network|networking|contacts?|connections?|people)\b")
_ACQUAINTED = re.compile(
    r"how (?:we|i|you) (?:met|know)|where we met|met (?:at|through|via)|relationship|"
    r"(?:last|date of) (?:talked|talk|conversation|chat|coffee)|coffee chat"
)


def _is_of_people(table: Table) -> bool:
    """Whether its own name, or that of a column, says that a table is of people somebody knows."""
    named = table.sheet or table.file.rpartition("/")[2]
    return _PEOPLE.search(folded(named)) is not None or any(
        _ACQUAINTED.search(folded(name)) is not None for name in table.header
    )


def _stranger(table: Table, columns: tuple[Column, ...]) -> str:
    """What a table is that lists no applications; empty where it may."""
    have = {column.meaning for column in columns}
    have |= {candidate for column in columns for candidate in column.candidates}
    says = any(column.says is not None for column in columns)
    kinds = {known.kind for column in columns if (known := known_name(column.header))}
    meant = {column.meaning for column in columns}
    people = "contact_person" in meant or "name" in kinds
    if people and not says and not meant & _DATED_OR_TOLD and _is_of_people(table):
        return "a list of people, not of applications"
    if "employer" in have and not says and table.header_row is not None:
        if not have & _OF_APPLICATIONS and {"name", "contact_email"} <= kinds:
            return "a list of people, not of applications"
        if not have & _DATED_OR_TOLD and "role" not in have:
            return "a list of companies, not of applications"
    names = {folded(name) for name in table.header if name}
    if {"first name", "last name", "connected on"} <= names:
        return "a list of LinkedIn connections, not of applications"
    if {"first name", "last name", "email"} <= names and not names & {"status", "date applied"}:
        return "a list of people, not of applications"
    if {"event name", "event time"} <= names:
        return "a list of events, not of applications"
    return ""


def _column_json(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {
        "header": column.header,
        "meaning": column.meaning,
        "confidence": round(column.confidence, 2),
    }
    if column.order is not None:
        told["order"] = column.order
    if column.candidates:
        told["candidates"] = list(column.candidates)
    if column.says is not None:
        told["says"] = column.says
    if column.refused:
        told["refused"] = True
    if column.examples:
        told["examples"] = list(column.examples)
    return told
