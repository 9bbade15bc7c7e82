"""The store's tables: those of ``terms``, the waits, the settings, and every change ever made.

An instant is kept as UTC microseconds since 1970, a day as days since 1970, a flag as 0 or 1, words
and texts as they are. ``extra`` holds the columns that coachkit does not know, as JSON. What two
cells of a row, or of a row and the row it points at, may not say together is refused by the
database itself, whoever writes (follow-up rules §7).
"""

from typing import Any

import sqlalchemy as sa

from coachkit import terms
from coachkit.store.cells import BESIDE, TERMS, key_of

#: The number of the newest migration: what a new practice is made as.
VERSION = 3

#: Long enough for ids and microseconds; SQLite numbers rows by itself in an INTEGER only.
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TYPES: dict[terms.Kind, sa.types.TypeEngine[Any]] = {
    "id": _NUMBER,
    "instant": _NUMBER,
    "day": sa.Integer(),
    "number": sa.Integer(),
    "flag": sa.SmallInteger(),
    "choice": sa.Text(),
    "label": sa.Text(),
    "zone": sa.Text(),
    "country": sa.Text(),
    "text": sa.Text(),
}

metadata = sa.MetaData()


def _kept(name: str, *constraints: sa.schema.SchemaItem) -> sa.Table:
    """A table of ``terms`` as the store has it."""
    table, key = TERMS[name], key_of(name)
    columns: list[sa.Column[Any]] = [sa.Column(key, _NUMBER, primary_key=True)]
    for column in table:
        if column.name == key:
            continue
        refers = [sa.ForeignKey(_target(column.refers_to))] if column.refers_to else []
        columns.append(
            sa.Column(
                column.name,
                _TYPES[column.kind],
                *refers,
                nullable=column.optional,
                index=bool(column.refers_to),
            )
        )
    if name not in BESIDE:
        columns.append(sa.Column("extra", sa.Text()))
    return sa.Table(name, metadata, *columns, *constraints, sqlite_autoincrement=True)


def _target(name: str) -> str:
    return f"{name}.{terms.TABLES[name].key}"


clients = _kept("clients")
opportunities = _kept(
    "opportunities",
    sa.CheckConstraint("outcome <> 'open' OR outcome_at IS NULL", name="open_without_outcome_at"),
    sa.UniqueConstraint("opportunity_id", "client_id"),
)
interviews = _kept(
    "interviews",
    sa.CheckConstraint("ended_at IS NULL OR ended_at >= held_at", name="ended_after_held"),
    sa.UniqueConstraint("interview_id", "opportunity_id"),
)
contacts = _kept(
    "contacts",
    sa.CheckConstraint("(direction = 'in') = (kind = 'reply')", name="kind_goes_with_direction"),
    sa.ForeignKeyConstraint(
        ["interview_id", "opportunity_id"],
        ["interviews.interview_id", "interviews.opportunity_id"],
    ),
)
interviewers = _kept("interviewers")
work_samples = _kept("work_samples")
key_answers = _kept("key_answers")
notes = _kept(
    "notes",
    sa.ForeignKeyConstraint(
        ["opportunity_id", "client_id"],
        ["opportunities.opportunity_id", "opportunities.client_id"],
    ),
)
agreed_actions = _kept("agreed_actions")

#: The policy: one row per field and instant from which its waits hold.
fields = _kept("fields", sa.UniqueConstraint("field", "effective_from"))

#: Where the rows of an imported file went: no part of a caseload, but of what is held on a client.
import_marks = _kept(
    "import_marks", sa.UniqueConstraint("client_id", "source", "row_key", "table_name")
)

#: Notes that were begun: no part of a caseload either. An interview may go before its draft does.
note_drafts = _kept("note_drafts")

#: What the practice is called, whose it is, and how often it was changed.
settings = sa.Table(
    "settings",
    metadata,
    sa.Column("name", sa.Text(), primary_key=True),
    sa.Column("value", sa.Text(), nullable=False),
)

#: One row per change: a transaction that somebody meant.
changes = sa.Table(
    "changes",
    metadata,
    sa.Column("change_id", _NUMBER, primary_key=True),
    sa.Column("at", _NUMBER, nullable=False),
    sa.Column("who", sa.Text(), nullable=False),
    sa.Column("verb", sa.Text(), nullable=False),
    sa.Column("remark", sa.Text()),
    sa.Column("takes_back", _NUMBER),
    sa.Column("taken_back_by", _NUMBER),
    sqlite_autoincrement=True,
)

#: One row per row that a change touched: its cells before and after, as JSON; null: no such row.
changed_rows = sa.Table(
    "changed_rows",
    metadata,
    sa.Column("changed_row_id", _NUMBER, primary_key=True),
    sa.Column("change_id", _NUMBER, sa.ForeignKey("changes.change_id"), nullable=False, index=True),
    sa.Column("client_id", _NUMBER, index=True),
    sa.Column("table_name", sa.Text(), nullable=False),
    sa.Column("row_id", _NUMBER, nullable=False),
    sa.Column("before", sa.Text()),
    sa.Column("after", sa.Text()),
    sa.Index("ix_changed_rows_row", "table_name", "row_id"),
    sqlite_autoincrement=True,
)

#: The tables that a coach fills, in the order in which a row may refer to another's.
KEPT = {name: metadata.tables[name] for name in TERMS}
