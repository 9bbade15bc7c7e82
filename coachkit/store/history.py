"""What was changed: taken back and brought back, and told in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from coachkit import errors
from coachkit.store.cells import Row, key_of
from coachkit.store.pen import CALLED, Pen, read_json
from coachkit.store.plain import as_id
from coachkit.store.schema import changed_rows, changes

UNDO, REDO, ERASE = "undo", "redo", "erase"


@dataclass(frozen=True)
class ChangedRow:
    """A row that a change touched: its cells before and after; None where it was not there."""

    table: str
    row_id: int
    client_id: int | None
    before: Row | None
    after: Row | None


@dataclass(frozen=True)
class Change:
    """A change as it was recorded."""

    change_id: int
    at: int
    who: str
    verb: str
    remark: str | None
    takes_back: int | None
    taken_back_by: int | None
    rows: tuple[ChangedRow, ...]


def read_changes(
    connection: sa.Connection,
    *,
    change_ids: Iterable[int] | None = None,
    client_id: int | None = None,
) -> list[Change]:
    """Changes from the oldest on: all, some, or one client's with that client's rows alone."""
    asked = sa.select(changed_rows).order_by(changed_rows.c.changed_row_id)
    about = sa.select(changes).order_by(changes.c.change_id)
    if client_id is not None:
        asked = asked.where(changed_rows.c.client_id == client_id)
        theirs = sa.select(changed_rows.c.change_id).where(changed_rows.c.client_id == client_id)
        about = about.where(changes.c.change_id.in_(theirs))
    if change_ids is not None:
        ids = list(change_ids)
        asked = asked.where(changed_rows.c.change_id.in_(ids))
        about = about.where(changes.c.change_id.in_(ids))
    rows: dict[int, list[ChangedRow]] = {}
    for one in connection.execute(asked):
        row = ChangedRow(
            one.table_name,
            one.row_id,
            one.client_id,
            read_json(one.before),
            read_json(one.after),
        )
        rows.setdefault(one.change_id, []).append(row)
    return [
        Change(*one, rows=tuple(rows.get(one.change_id, ())))  # type: ignore[misc]
        for one in connection.execute(about)
    ]


def undo(pen: Pen, *, change_id: int | None = None) -> int:
    """Take a change back, or the last one that who writes made and that stands; its number.

    Raises
    ------
    NothingToUndo
        There is none, or it was taken back already.
    ChangedSince
        What it wrote was changed again; taking it back would throw that away.
    """
    standing = (
        changes.c.takes_back.is_(None),
        changes.c.taken_back_by.is_(None),
        changes.c.verb != ERASE,
    )
    asked = as_id(change_id) or 0
    chosen = changes.c.who == pen.who if change_id is None else changes.c.change_id == asked
    last = sa.select(sa.func.max(changes.c.change_id)).where(*standing, chosen)
    target = pen.connection.execute(last).scalar()
    if target is None:
        raise errors.NothingToUndo("There is no change left to take back.")
    _reverse(pen, target)
    _mark(pen, target, taken_back_by=pen.change_id)
    return int(target)


def redo(pen: Pen) -> int:
    """Bring back what who writes took back last, if nothing was changed since; its number.

    Raises
    ------
    NothingToUndo
        There is none.
    ChangedSince
        What it wrote was changed again.
    """
    latest = sa.select(sa.func.max(changes.c.change_id)).where(changes.c.who == pen.who)
    undone = pen.connection.execute(
        latest.where(changes.c.verb == UNDO, changes.c.taken_back_by.is_(None))
    ).scalar()
    since = pen.connection.execute(latest.where(changes.c.takes_back.is_(None))).scalar()
    if undone is None or (since is not None and since > undone):
        raise errors.NothingToUndo("There is no change left to bring back.")
    asked = sa.select(changes.c.takes_back).where(changes.c.change_id == undone)
    target = pen.connection.execute(asked).scalar_one()
    _reverse(pen, undone)
    _mark(pen, undone, taken_back_by=pen.change_id)
    _mark(pen, target, taken_back_by=None)
    return int(target)


def _mark(pen: Pen, change_id: int, *, taken_back_by: int | None) -> None:
    """Note on a change that it was taken back, and on the one under way what it takes back."""
    about = changes.update().where(changes.c.change_id == change_id)
    pen.connection.execute(about.values(taken_back_by=taken_back_by))
    if taken_back_by is not None:
        own = changes.update().where(changes.c.change_id == taken_back_by)
        pen.connection.execute(own.values(takes_back=change_id))


def _reverse(pen: Pen, change_id: int) -> None:
    """Write every row of a change back as it was before, the last first."""
    (change,) = read_changes(pen.connection, change_ids=[change_id])
    for row in reversed(change.rows):
        _refuse_if_changed(pen, row)
        try:
            if row.before is None:
                pen.delete(row.table, row.row_id)
            elif row.after is None:
                pen.insert(row.table, [{key_of(row.table): row.row_id, **row.before}])
            else:
                pen.update(row.table, row.row_id, row.before)
        except (sa.exc.IntegrityError, errors.Orphan, errors.UnknownRow) as error:
            raise errors.ChangedSince(
                f"This cannot be taken back: other rows lean on a {CALLED[row.table]} that it "
                f"touched. Take those back first."
            ) from error


def _refuse_if_changed(pen: Pen, row: ChangedRow) -> None:
    now = pen.find(row.table, row.row_id)
    if row.after is None or now is None:
        same = row.after is None and now is None
    elif row.before is None:
        same = all(row.after.get(column) == cell for column, cell in now.items())
    else:
        same = all(now[column] == cell for column, cell in row.after.items())
    if not same:
        raise errors.ChangedSince(
            f"This cannot be taken back: a {CALLED[row.table]} that it touched was changed since. "
            f"Take the later change back first."
        )
