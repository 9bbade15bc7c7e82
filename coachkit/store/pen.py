"""One change under way: rows written, and of each written what it was before and is now."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa

from coachkit import errors
from coachkit.store.cells import BESIDE, TERMS, Row, key_of, now
from coachkit.store.plain import Cell, as_id
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
    "import_marks": "import mark",
    "note_drafts": "draft of a note",
}


class Pen:
    """Writes within one transaction and keeps the record of it (a row of ``changes``).

    Nothing is recorded until something is written, and a cell that stays as it was is not written.
    """

    def __init__(
        self, connection: sa.Connection, *, who: str, verb: str, remark: str | None
    ) -> None:
        self.connection = connection
        self.who = who
        self._about = {"at": now(), "who": who, "verb": verb, "remark": remark}
        self._seen: dict[tuple[str, int], Row | None] = {}
        #: The number of the change; None while nothing was recorded.
        self.change_id: int | None = None
        #: Whether anything was written at all.
        self.wrote = False

    def insert(self, name: str, rows: Sequence[Row]) -> list[int]:
        """Add rows and return their ids; a row may bring its own."""
        ids = [self._insert(name, row) for row in rows]
        key = key_of(name)
        kept = [{column: cell for column, cell in row.items() if column != key} for row in rows]
        self._record(
            name,
            [
                (number, self._owner(name, number, row), None, row)
                for number, row in zip(ids, kept, strict=True)
            ],
        )
        return ids

    def update(self, name: str, row_id: int, cells: Row) -> None:
        """Change some cells of a row.

        Where the row becomes another client's, the change is recorded as one of whose it was: what
        it held before is theirs.

        Raises
        ------
        UnknownRow
            There is no such row.
        """
        row_id, row = self._known(name, row_id)
        after = {column: cell for column, cell in cells.items() if row[column] != cell}
        if not after:
            return
        self._see_parents(name, {**row, **after})
        before = {column: row[column] for column in after}
        table = KEPT[name]
        self._seen.pop((name, row_id), None)
        self.connection.execute(
            table.update().where(table.c[key_of(name)] == row_id).values(**after)
        )
        self._record(name, [(row_id, self._owner(name, row_id, row), before, after)])

    def delete(self, name: str, row_id: int) -> None:
        """Take a row away; with a client what lies beside their caseload.

        Raises
        ------
        UnknownRow
            There is no such row.
        Orphan
            Other rows lean on it.
        """
        row_id, row = self._known(name, row_id)
        if name == "clients":
            self._delete_beside(row_id)
        table = KEPT[name]
        owner = self._owner(name, row_id, row)
        try:
            self.connection.execute(table.delete().where(table.c[key_of(name)] == row_id))
        except sa.exc.IntegrityError as error:
            raise errors.Orphan(
                f"This {CALLED[name]} stays, because other rows lean on it. Remove those first."
            ) from error
        self._seen.pop((name, row_id), None)
        self._record(name, [(row_id, owner, row, None)])

    def _delete_beside(self, client_id: int) -> None:
        for name in BESIDE:
            table = KEPT[name]
            theirs = sa.select(table.c[key_of(name)]).where(table.c.client_id == client_id)
            for row_id in self.connection.execute(theirs).scalars().all():
                self.delete(name, row_id)

    def put(self, name: str, row: Row) -> None:
        """Add a row beside the caseload, or change the one that it takes the place of."""
        known = self.beside(name, row)
        if known is None:
            self.insert(name, [row])
        else:
            self.update(name, known, row)

    def beside(self, name: str, row: Row) -> int | None:
        """The row beside the caseload that ``row`` would take the place of; None: there is none."""
        table = KEPT[name]
        same = [table.c[column].is_not_distinct_from(row.get(column)) for column in BESIDE[name]]
        return self.connection.execute(sa.select(table.c[key_of(name)]).where(*same)).scalar()

    @contextmanager
    def part(self) -> Iterator[None]:
        """A verb within the change: whole, or not at all even if its fault is heeded by others."""
        before = self.change_id, self.wrote
        try:
            with self.connection.begin_nested():
                yield
        except BaseException:
            self.change_id, self.wrote = before
            self._seen.clear()
            raise

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
        return self._known(name, row_id)[1]

    def find(self, name: str, row_id: Cell) -> Row | None:
        """A row as the store keeps it, without its id; None where it is not there."""
        table, key, number = KEPT[name], key_of(name), as_id(row_id)
        if number is None:
            return None
        if (name, number) not in self._seen:
            asked = sa.select(table).where(table.c[key] == number)
            found = self.connection.execute(asked).first()
            self._seen[name, number] = (
                None
                if found is None
                else {column: cell for column, cell in found._mapping.items() if column != key}
            )
        return self._seen[name, number]

    def _known(self, name: str, row_id: int) -> tuple[int, Row]:
        """A row that must be there, and its id as the store keeps it."""
        row, number = self.find(name, row_id), as_id(row_id)
        if row is None or number is None:
            raise errors.UnknownRow(
                f"There is no {CALLED[name]} with the id {errors.shown(row_id)}. Look at "
                f"{name} for which are there."
            )
        return number, row

    def _owner(self, name: str, row_id: int, row: Row) -> int | None:
        """Whose a row with these cells is; None for what is nobody's."""
        if name == "clients":
            return row_id
        if "client_id" in row:
            return row["client_id"]  # type: ignore[return-value]
        parent = next((column for column in TERMS[name] if column.refers_to), None)
        above = row.get(parent.name) if parent else None
        if parent is None or parent.refers_to is None or above is None:
            return None
        return self._owner(parent.refers_to, int(above), self.row(parent.refers_to, int(above)))

    def _insert(self, name: str, row: Row) -> int:
        self._see_parents(name, row)
        done = self.connection.execute(KEPT[name].insert(), dict(row))
        key = done.inserted_primary_key
        assert key is not None
        self._seen.pop((name, key[0]), None)
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

    def _record(
        self, name: str, rows: Sequence[tuple[int, int | None, Row | None, Row | None]]
    ) -> None:
        """Keep of each row whose it is, and what it was before and is now."""
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
                    "client_id": client_id,
                    "table_name": name,
                    "row_id": row_id,
                    "before": _json(before),
                    "after": _json(after),
                }
                for row_id, client_id, before, after in rows
            ],
        )


def read_json(text: str | None) -> Row | None:
    """The cells of a record."""
    return None if text is None else json.loads(text)


def _json(cells: Row | None) -> str | None:
    if cells is None:
        return None
    return json.dumps(cells, ensure_ascii=False)
