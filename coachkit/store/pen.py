"""One change under way: rows written, and of each written what it was before and is now."""

import json
from collections.abc import Sequence

import sqlalchemy as sa

from coachkit import errors
from coachkit.store.cells import TERMS, Cell, Row, key_of, now
from coachkit.store.schema import KEPT, changed_rows, changes

#: How a person calls a row of each table.
CALLED = {
    "clients": "client",
    "opportunities": "opportunity",
    "interviews": "interview",
    "contacts": "contact",
    "interviewers": "person met",
    "work_samples": "work sample",
    "key_answers": "key question",
    "notes": "note",
    "agreed_actions": "agreed action",
    "fields": "row of waits",
}


class Pen:
    """Writes within one transaction and keeps the record of it (a row of ``changes``).

    Nothing is recorded until something is written, and a cell that stays as it was is not written.
    """

    def __init__(
        self, connection: sa.Connection, *, who: str, verb: str, remark: str | None
    ) -> None:
        self.connection = connection
        self._about = {"at": now(), "who": who, "verb": verb, "remark": remark}
        self._owners: dict[tuple[str, int], int | None] = {}
        #: The number of the change; None while nothing was recorded.
        self.change_id: int | None = None
        #: Whether anything was written at all.
        self.wrote = False

    def insert(self, name: str, rows: Sequence[Row]) -> list[int]:
        """Add rows and return their ids; a row may bring its own."""
        ids = [self._insert(name, row) for row in rows]
        key = key_of(name)
        kept = [{column: cell for column, cell in row.items() if column != key} for row in rows]
        self._record(name, [(number, None, row) for number, row in zip(ids, kept, strict=True)])
        return ids

    def update(self, name: str, row_id: int, cells: Row) -> None:
        """Change some cells of a row.

        Raises
        ------
        UnknownRow
            There is no such row.
        """
        row = self.row(name, row_id)
        after = {column: cell for column, cell in cells.items() if row[column] != cell}
        if not after:
            return
        self._see_parents(name, {**row, **after})
        before = {column: row[column] for column in after}
        table = KEPT[name]
        self.connection.execute(
            table.update().where(table.c[key_of(name)] == row_id).values(**after)
        )
        self._record(name, [(row_id, before, after)])

    def delete(self, name: str, row_id: int) -> None:
        """Take a row away.

        Raises
        ------
        UnknownRow
            There is no such row.
        """
        row = self.row(name, row_id)
        self._record(name, [(row_id, row, None)])  # while it can still be seen whose it is
        table = KEPT[name]
        try:
            self.connection.execute(table.delete().where(table.c[key_of(name)] == row_id))
        except sa.exc.IntegrityError as error:
            raise errors.Orphan(
                f"This {CALLED[name]} stays, because other rows lean on it. Remove those first."
            ) from error

    def touch(self) -> None:
        """Say that something was written beside the tables, which nobody records."""
        self.wrote = True

    def row(self, name: str, row_id: int) -> Row:
        """A row as the store keeps it, without its id.

        Raises
        ------
        UnknownRow
            There is no such row.
        """
        row = self.find(name, row_id)
        if row is None:
            raise errors.UnknownRow(
                f"There is no {CALLED[name]} with the id {errors.shown(row_id)}. Look at "
                f"{name} for which are there."
            )
        return row

    def find(self, name: str, row_id: Cell) -> Row | None:
        """A row as the store keeps it, without its id; None where it is not there."""
        table, key = KEPT[name], key_of(name)
        if isinstance(row_id, bool) or not isinstance(row_id, int) or abs(row_id) >= 2**63:
            return None
        found = self.connection.execute(sa.select(table).where(table.c[key] == row_id)).first()
        if found is None:
            return None
        row = dict(found._mapping)
        del row[key]
        return row

    def client_of(self, name: str, row_id: int) -> int | None:
        """Whose a row is; None for what is nobody's, or not there."""
        if name == "clients":
            return row_id
        key = (name, row_id)
        if key not in self._owners:
            row = self.find(name, row_id)
            self._owners[key] = None if row is None else self._owner(name, row)
        return self._owners[key]

    def _owner(self, name: str, row: Row) -> int | None:
        if "client_id" in row:
            return row["client_id"]  # type: ignore[return-value]
        parent = next((column for column in TERMS[name] if column.refers_to), None)
        if parent is None or parent.refers_to is None or row.get(parent.name) is None:
            return None
        return self.client_of(parent.refers_to, int(row[parent.name]))  # type: ignore[arg-type]

    def _insert(self, name: str, row: Row) -> int:
        self._see_parents(name, row)
        done = self.connection.execute(KEPT[name].insert(), dict(row))
        key = done.inserted_primary_key
        assert key is not None
        return int(key[0])

    def _see_parents(self, name: str, row: Row) -> None:
        """Say which row it points at is not there, or not its own; the database only says no."""
        for column in TERMS[name]:
            cell = row.get(column.name)
            if column.refers_to is None or cell is None:
                continue
            called = CALLED[column.refers_to]
            parent = self.find(column.refers_to, cell)
            shared = {} if parent is None else {one: row.get(one) for one in parent.keys() & row}
            if parent is None:
                told = f"there is no {called} with the id {cell}. Look at {column.refers_to}"
                fault: errors.CoachkitError = errors.UnknownRow(f"{column.name}: {told}.")
            elif any(one.endswith("_id") and parent[one] != its for one, its in shared.items()):
                told = f"this {called} belongs to another. Name one of its own, or none"
                fault = errors.Contradiction(f"{column.name}: {told}.")
            else:
                continue
            fault.column = column.name
            raise fault

    def _record(self, name: str, rows: Sequence[tuple[int, Row | None, Row | None]]) -> None:
        if not rows:
            return
        self.wrote = True
        if self.change_id is None:
            done = self.connection.execute(changes.insert(), self._about)
            key = done.inserted_primary_key
            assert key is not None
            self.change_id = int(key[0])
        self.connection.execute(
            changed_rows.insert(),
            [
                {
                    "change_id": self.change_id,
                    "client_id": self.client_of(name, row_id),
                    "table_name": name,
                    "row_id": row_id,
                    "before": _json(before),
                    "after": _json(after),
                }
                for row_id, before, after in rows
            ],
        )


def read_json(text: str | None) -> Row | None:
    """The cells of a record."""
    return None if text is None else json.loads(text)


def _json(cells: Row | None) -> str | None:
    if cells is None:
        return None
    return json.dumps(cells, ensure_ascii=False)
