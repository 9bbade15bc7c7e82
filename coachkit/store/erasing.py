"""A client's right to be forgotten: every trace in the file, its free pages, log and backups."""

import contextlib
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from coachkit import errors
from coachkit.store import backups, files, people
from coachkit.store.cells import TERMS, now
from coachkit.store.database import Database, put_setting, setting, step
from coachkit.store.history import ERASE
from coachkit.store.loading import own_rows
from coachkit.store.migrations import migrate, version_of
from coachkit.store.pen import CALLED
from coachkit.store.schema import KEPT, changed_rows, changes

#: The setting that names a client whose erasure was cut short.
UNFINISHED = "erasing"


@dataclass(frozen=True)
class Erased:
    """What was removed, and what coachkit cannot reach."""

    rows: dict[str, int]
    history: int
    backups: tuple[Path, ...]
    beyond: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        counts = [errors.counted(count, CALLED[name]) for name, count in self.rows.items() if count]
        lines_of_history = f"{errors.counted(self.history, 'line')} of the history"
        told = errors.listed([*counts, lines_of_history], "and")
        lines = [f"Removed: {told}."]
        if self.backups:
            names = errors.listed((path.name for path in self.backups), "and")
            lines.append(f"Rewritten without them: the automatic backups {names}.")
        lines += ["Beyond coachkit's reach:", *(f"- {one}" for one in self.beyond)]
        return "\n".join(lines)


def whom(connection: sa.Connection, client: int | str) -> int:
    """The client who is meant, who may be one whose erasure was cut short.

    Raises
    ------
    UnknownClient
        No client answers to it, or several share the name.
    """
    try:
        return people.client_id(connection, client)
    except errors.UnknownClient:
        unfinished = setting(connection, UNFINISHED)
        if unfinished is None:
            raise
        return int(unfinished)


def erase(database: Database, client_id: int, *, who: str) -> Erased:
    """Remove every trace of a client from the practice and its automatic backups.

    Raises
    ------
    PracticeUnavailable
        Somebody else reads the practice all along, so that the log could not be emptied. What was
        removed stays removed; the same call again finishes the work.
    """
    with database.writing(who=who, verb=ERASE) as pen:
        name = pen.find("clients", client_id)
        counts, history = _remove(pen.connection, client_id)
        mentions = _mentions(pen.connection, str(name["name"])) if name else 0
        pen.connection.execute(changes.insert(), {"at": now(), "who": who, "verb": ERASE})
        put_setting(pen.connection, UNFINISHED, str(client_id))
        step(pen.connection)
    _scrub(database.engine, str(database.name))
    rewritten, failed = _rewrite_backups(database, client_id)
    with database.writing(who=who, verb=ERASE) as pen:
        put_setting(pen.connection, UNFINISHED, None)
    beyond = [
        "files that were exported before: reports, notes, calendars, CSVs, and copies of the "
        "practice made by hand or by the computer's own backup",
        "notebooks and pages that are open just now, until they are loaded again",
        *failed,
    ]
    if mentions:
        beyond.append(f"texts on others that hold the name: {mentions}. Search for it")
    return Erased(counts, history, tuple(rewritten), tuple(beyond))


def _remove(connection: sa.Connection, client_id: int) -> tuple[dict[str, int], int]:
    """Delete a client's rows, whoever leans on others first, and what is recorded of them."""
    counts = {}
    for name in reversed([name for name in KEPT if name != "fields"]):
        gone = connection.execute(KEPT[name].delete().where(own_rows(name, [client_id])))
        counts[name] = gone.rowcount
    theirs = sa.select(changed_rows.c.change_id).where(changed_rows.c.client_id == client_id)
    touched = sorted({row[0] for row in connection.execute(theirs)})
    gone = connection.execute(changed_rows.delete().where(changed_rows.c.client_id == client_id))
    some = changes.c.change_id.in_(touched)
    connection.execute(changes.update().where(some).values(remark=None))
    left = sa.exists().where(changed_rows.c.change_id == changes.c.change_id)
    connection.execute(changes.delete().where(some, ~left))
    return dict(reversed(counts.items())), gone.rowcount


def _mentions(connection: sa.Connection, name: str) -> int:
    """How many texts of other rows hold the client's name."""
    count = 0
    for table in TERMS.values():
        for column in table:
            if column.kind in ("text", "label"):
                cell = KEPT[table.name].c[column.name]
                found = sa.select(sa.func.count()).where(cell.contains(name, autoescape=True))
                count += connection.execute(found).scalar_one()
    return count


def _scrub(engine: sa.Engine, name: str) -> None:
    """Rewrite the file without its free pages, and empty the log, waiting for who still reads."""
    if engine.dialect.name != "sqlite":
        return
    with files.faults_told(name), _driver(engine) as connection:
        connection.execute("VACUUM")
        given_up = time.monotonic() + files.PATIENCE
        while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() > given_up:
                raise errors.PracticeUnavailable(
                    "The client is removed, but another window reads the practice all along, so "
                    "its log could not be emptied. Close the others and erase the client again."
                )
            time.sleep(0.1)


@contextlib.contextmanager
def _driver(engine: sa.Engine) -> Iterator[sqlite3.Connection]:
    raw = engine.raw_connection()
    try:
        connection = raw.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        yield connection
    finally:
        raw.close()


def _rewrite_backups(database: Database, client_id: int) -> tuple[list[Path], Sequence[str]]:
    """Take the client out of every automatic backup; what cannot be rewritten is named."""
    rewritten: list[Path] = []
    failed: list[str] = []
    for path in backups.automatic(database.path) if database.path else ():
        try:
            _erase_in_backup(path, client_id)
            rewritten.append(path)
        except errors.CoachkitError:
            failed.append(f"the backup {errors.place(path)}, which cannot be rewritten: delete it")
    return rewritten, failed


def _erase_in_backup(path: Path, client_id: int) -> None:
    files.check_header(path)
    engine = files.engine_of(path)
    try:
        with files.faults_told(path):
            with (
                engine.connect().execution_options(writes=True) as connection,
                connection.begin(),
            ):
                migrate(connection, version_of(connection))
                _remove(connection, client_id)
            _scrub(engine, str(path))
            with _driver(engine) as driver:
                driver.execute("PRAGMA journal_mode = DELETE")
    finally:
        engine.dispose()
