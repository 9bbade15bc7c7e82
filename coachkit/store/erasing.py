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
from coachkit.store.cells import now
from coachkit.store.database import Database, step
from coachkit.store.history import ERASE
from coachkit.store.loading import own_rows
from coachkit.store.mentions import count_mentions, cover_mentions
from coachkit.store.migrations import migrate, refuse_newer, version_of
from coachkit.store.pen import CALLED
from coachkit.store.schema import KEPT, changed_rows, changes
from coachkit.store.settings import put_setting, setting

#: The setting that names the clients whose erasure was cut short.
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
        lines = f"{errors.counted(self.history, 'line')} of the history"
        told = [f"Removed: {errors.listed([*counts, lines], 'and')}."]
        if self.backups:
            names = errors.listed((path.name for path in self.backups), "and")
            told.append(f"Rewritten without them: the automatic backups {names}.")
        told += ["Beyond coachkit's reach:", *(f"- {one}" for one in self.beyond)]
        return "\n".join(told)


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
        unfinished = _unfinished(connection)
        if not unfinished:
            raise
        return int(client) if client in unfinished else unfinished[-1]


def erase(database: Database, client_id: int, *, who: str | None) -> Erased:
    """Remove every trace of a client from the practice and its automatic backups.

    Raises
    ------
    PracticeUnavailable
        Somebody else reads the practice all along, so that the log could not be emptied. What was
        removed stays removed; the same call again finishes the work.
    """
    if database.pen is not None:
        raise errors.PracticeUnavailable(
            "A client cannot be erased in the middle of a change. End the change first."
        )
    with database.writing(who=who, verb=ERASE) as pen:
        client = pen.find("clients", client_id)
        name = str(client["name"]) if client else ""
        counts, history = _remove(pen.connection, client_id, name)
        mentions = count_mentions(pen.connection, name)
        if client:
            about = {"at": now(), "who": pen.who, "verb": ERASE}
            pen.connection.execute(changes.insert(), about)
        unfinished = sorted({*_unfinished(pen.connection), client_id})
        put_setting(pen.connection, UNFINISHED, " ".join(map(str, unfinished)))
        step(pen.connection)
    _scrub(database.engine, str(database.name))
    rewritten, failed = _rewrite_backups(database, unfinished, name)
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


def _unfinished(connection: sa.Connection) -> list[int]:
    return [int(one) for one in (setting(connection, UNFINISHED) or "").split()]


def _remove(connection: sa.Connection, client_id: int, name: str) -> tuple[dict[str, int], int]:
    """Delete a client's rows, whoever leans on others first, and what is recorded of them."""
    history = _forget(connection, client_id)
    counts = {}
    for table in reversed([table for table in KEPT if table != "fields"]):
        gone = connection.execute(KEPT[table].delete().where(own_rows(table, [client_id])))
        counts[table] = gone.rowcount
    cover_mentions(connection, name)
    return dict(reversed(counts.items())), history


def _forget(connection: sa.Connection, client_id: int) -> int:
    """Delete what is recorded of a client, and of every row that is or ever was one of theirs.

    A contact that was logged with the wrong client and then moved left words of the one in the
    record of the other.
    """
    record = changed_rows.alias()
    same = (record.c.table_name == changed_rows.c.table_name) & (
        record.c.row_id == changed_rows.c.row_id
    )
    once = sa.exists().where(same, record.c.client_id == client_id)
    theirs: list[sa.ColumnElement[bool]] = [changed_rows.c.client_id == client_id, once]
    for name, table in KEPT.items():
        if name != "fields":
            own = sa.select(*table.primary_key).where(own_rows(name, [client_id]))
            theirs.append((changed_rows.c.table_name == name) & changed_rows.c.row_id.in_(own))
    found = connection.execute(
        sa.select(changed_rows.c.changed_row_id, changed_rows.c.change_id).where(sa.or_(*theirs))
    ).all()
    rows, touched = [row[0] for row in found], sorted({row[1] for row in found})
    for at in range(0, len(rows), 500):
        some = changed_rows.c.changed_row_id.in_(rows[at : at + 500])
        connection.execute(changed_rows.delete().where(some))
    left = sa.exists().where(changed_rows.c.change_id == changes.c.change_id)
    for at in range(0, len(touched), 500):
        some = changes.c.change_id.in_(touched[at : at + 500])
        connection.execute(changes.update().where(some).values(remark=None))
        connection.execute(changes.delete().where(some, ~left))
    return len(rows)


def _scrub(engine: sa.Engine, name: str) -> None:
    """Rewrite the file without its free pages, and empty the log, waiting for who still reads."""
    if engine.dialect.name != "sqlite":
        return
    with files.faults_told(name), _driver(engine) as connection:
        connection.execute("VACUUM")
        given_up = time.monotonic() + files.PATIENCE
        connection.execute("PRAGMA busy_timeout = 100")
        try:
            while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                if time.monotonic() > given_up:
                    raise errors.PracticeUnavailable(
                        "The client is removed, but another window reads the practice all along, "
                        "so its log could not be emptied. Close the others and erase the client "
                        "again."
                    )
                time.sleep(0.1)
        finally:
            connection.execute(f"PRAGMA busy_timeout = {int(files.PATIENCE * 1000)}")


@contextlib.contextmanager
def _driver(engine: sa.Engine) -> Iterator[sqlite3.Connection]:
    raw = engine.raw_connection()
    try:
        connection = raw.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        yield connection
    finally:
        raw.close()


def _rewrite_backups(
    database: Database, client_ids: Sequence[int], name: str
) -> tuple[list[Path], list[str]]:
    """Take the clients out of every automatic backup; what cannot be rewritten is named."""
    rewritten: list[Path] = []
    failed: list[str] = []
    if database.path is None:
        return rewritten, failed
    for path in backups.automatic(database.path):
        try:
            _erase_in_backup(path, client_ids, name)
            rewritten.append(path)
        except (errors.CoachkitError, OSError):
            failed.append(f"the backup {errors.place(path)}, which cannot be rewritten: delete it")
    for path in backups.leavings(database.path):
        try:
            path.unlink(missing_ok=True)
        except OSError:
            failed.append(f"the rest of a backup {errors.place(path)}: delete it")
    failed += [
        f"the damaged practice {errors.place(path)}: delete it when you are done with it"
        for path in backups.damaged(database.path)
    ]
    return rewritten, failed


def _erase_in_backup(path: Path, client_ids: Sequence[int], name: str) -> None:
    files.check_header(path)
    engine = files.engine_of(path)
    try:
        with files.faults_told(path):
            with (
                engine.connect().execution_options(writes=True) as connection,
                connection.begin(),
            ):
                version = version_of(connection)
                refuse_newer(version, str(path))
                migrate(connection, version)
                for client_id in client_ids:
                    known = people.name_of(connection, client_id)
                    _remove(connection, client_id, known or name)
            _scrub(engine, str(path))
            with _driver(engine) as driver:
                driver.execute("PRAGMA journal_mode = DELETE")
    finally:
        engine.dispose()
