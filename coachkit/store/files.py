"""One SQLite file: opened durably, and everything that can be wrong with it told in a sentence."""

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from coachkit import errors

#: What tells a practice from other SQLite files ("coac" in letters); SQLite keeps it in the header.
APPLICATION_ID = 0x636F6163
#: So many seconds one writer waits for another before it gives up.
PATIENCE = 60.0
_MAGIC = b"SQLite format 3\x00"


def engine_of(path: Path, *, patience: float = PATIENCE) -> sa.Engine:
    """An engine on an SQLite file that is there: write-ahead log, every commit on the disk.

    A transaction of a connection with the execution option ``writes`` takes the file's only
    writer's place when it begins, so that it never finds out late that somebody else has it.
    """

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=rw",
            uri=True,
            timeout=patience,
            isolation_level=None,  # transactions begin when we say so
            check_same_thread=False,
        )

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.pool.QueuePool)
    sa.event.listen(engine, "connect", lambda connection, _: _prepare(connection, patience))
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, patience: float) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    _begin_the_log(connection, patience)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")


def _begin_the_log(connection: sqlite3.Connection, patience: float) -> None:
    """Go over to the write-ahead log; where two do so at once, SQLite waits for neither."""
    begun = time.monotonic()
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorcode == sqlite3.SQLITE_BUSY
            if not is_busy or time.monotonic() - begun >= patience:
                raise
            time.sleep(0.01)
        else:
            return


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def identity(path: Path) -> tuple[int, int] | None:
    """Which file a path leads to just now; None where it leads to none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def log_of(path: Path) -> Path:
    """The log that SQLite keeps beside a file while it is open."""
    return path.with_name(f"{path.name}-wal")


def check_header(path: Path) -> None:
    """Refuse what is no practice before anything is done to it.

    SQLite itself looks: whoever opens and closes a file beside it drops the locks that this process
    holds on it, and another process would then take away the log that is written to here.

    Raises
    ------
    NoPractice
        It is not there, no file, no SQLite database, or one of another program.
    DamagedPractice
        It is an SQLite database, and damaged.
    PracticeUnavailable
        It cannot be read.
    """
    where = errors.place(path)
    if not path.exists():
        raise errors.NoPractice(
            f"There is no practice at {where}. Make one: coachkit new {errors.shown(path)}"
        )
    number = None
    if path.is_file():
        try:
            with contextlib.closing(_looked_at(path, "immutable=1")) as connection:
                (number,) = connection.execute("PRAGMA application_id").fetchone()
        except sqlite3.Error as error:
            if _name(error).startswith("SQLITE_CANTOPEN"):
                raise errors.PracticeUnavailable(
                    f"The practice {where} cannot be read. Choose a file that you may open."
                ) from error
            if not _name(error).startswith("SQLITE_NOTADB"):
                raise _sentence(error, path) from error
    if number != APPLICATION_ID:
        raise errors.NoPractice(
            f"{where} is no practice of coachkit. Name a practice file, a folder of CSVs, or make "
            f"a practice with coachkit new."
        )


@contextmanager
def looked_at(path: Path) -> Iterator[sqlite3.Connection]:
    """A file that is only read."""
    with faults_told(path), contextlib.closing(_looked_at(path)) as connection:
        yield connection


def _looked_at(path: Path, *how: str) -> sqlite3.Connection:
    options = "&".join(("mode=ro", *how))
    return sqlite3.connect(f"{path.resolve().as_uri()}?{options}", uri=True, timeout=PATIENCE)


def sync_folder(folder: Path) -> None:
    """See that the names in a folder outlast a power cut, where the system lets us."""
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@contextmanager
def faults_told(path: Path | str) -> Iterator[None]:
    """Whatever the database refuses within is raised as a sentence."""
    try:
        yield
    except (sa.exc.DBAPIError, sqlite3.Error) as error:
        raise _sentence(getattr(error, "orig", error), path) from error


def _sentence(error: object, path: Path | str) -> errors.CoachkitError:
    where = f"The practice {errors.place(path)}"
    name = _name(error)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or name == "SQLITE_IOERR_SHORT_READ":
        return errors.DamagedPractice(
            f"{where} is damaged. Look with coachkit check, and take the newest backup with "
            f"coachkit restore; they lie beside it in the folder that ends in .backups."
        )
    if name.startswith("SQLITE_CONSTRAINT"):
        return _contradiction(str(error))
    reasons = {
        "SQLITE_FULL": "the disk is full. Make room and do it again",
        "SQLITE_READONLY": "its file or folder may not be written to. Allow it, or move it",
        "SQLITE_CANTOPEN": "its file or folder cannot be opened. See that it is there and yours",
        "SQLITE_BUSY": "somebody else has been writing all along. Wait a moment and do it again",
        "SQLITE_IOERR": "the disk does not take it (full, or gone?). See to it and do it again",
    }
    for start, reason in reasons.items():
        if name.startswith(start):
            return errors.PracticeUnavailable(f"{where}: nothing was written, because {reason}.")
    return errors.PracticeUnavailable(f"{where} cannot be used: {errors.shown(error)}.")


def _name(error: object) -> str:
    """What SQLite calls the fault: ``SQLITE_FULL``."""
    return getattr(error, "sqlite_errorname", None) or ""


#: What the database itself refuses, by the name of its constraint.
_CONTRADICTIONS = {
    "open_without_outcome_at": (
        "outcome_at: an open opportunity has no day on which it ended. Set its outcome, or empty "
        "outcome_at."
    ),
    "ended_after_held": "ended_at: it ended before it began. Correct ended_at or held_at.",
    "kind_goes_with_direction": (
        "kind: the kind does not go with the direction. out goes with thank_you, follow_up, answer "
        "or other; in goes with reply."
    ),
}


def _contradiction(told: str) -> errors.CoachkitError:
    for name, sentence in _CONTRADICTIONS.items():
        if name in told:
            fault: errors.CoachkitError = errors.Contradiction(sentence)
            fault.column = sentence.partition(":")[0]
            return fault
    if "UNIQUE" in told and "fields" in told:
        return errors.DuplicateRow(
            "effective_from: the field has a row from that very instant already. Let this one hold "
            "from later."
        )
    if "UNIQUE" in told:
        return errors.DuplicateId(
            "The same id stands there already. Give the row an id of its own."
        )
    return errors.Orphan(
        "A row would point at one that is not there, or at another client's or opportunity's. "
        "Name one that belongs to it."
    )
