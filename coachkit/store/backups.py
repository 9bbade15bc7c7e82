"""Backups of a practice's file: consistent while it is in use, dated, verified by reopening."""

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from coachkit import errors
from coachkit.store import files
from coachkit.store.settings import put_setting

if TYPE_CHECKING:
    from coachkit.store.database import Database

#: So many daily backups are kept.
KEPT = 14
#: A daily backup that failed is tried again after so many seconds.
PATIENCE = 60.0
#: The setting that says why there is no daily backup; it is taken away by the next that succeeds.
FAULT = "backup fault"
_SUFFIX = ".coachkit"
_DAILY = "????-??-??"
_PART = ".part"


def folder_of(path: Path) -> Path:
    """Where the automatic backups of a practice's file lie: beside it."""
    return path.with_name(f"{path.name}.backups")


def automatic(path: Path) -> list[Path]:
    """The automatic backups of a practice's file, the oldest first."""
    return sorted(folder_of(path).glob(f"[!.]*{_SUFFIX}"))


def leavings(path: Path) -> list[Path]:
    """Backups and practices that were being written when somebody pulled the plug."""
    here = path.parent.glob(f".{path.name}.*{_PART}*")
    return sorted([*here, *folder_of(path).glob(f".*{_PART}*")])


def damaged(path: Path) -> list[Path]:
    """Damaged files that a restore has put aside."""
    return sorted(folder_of(path).glob("*.damaged*"))


def newest(path: Path) -> datetime | None:
    """When the newest automatic backup was written, by the clock here; None: there is none."""
    written = [one.stat().st_mtime for one in automatic(path)]
    return datetime.fromtimestamp(max(written)) if written else None


class Daily:
    """The backup that the first change of a day begins with; the last 14 days are kept.

    A backup that fails must not keep a coach from writing. It is noted in the practice's settings,
    where ``check`` finds it, and tried again with the first change after a minute.
    """

    def __init__(self, path: Path, engine: sa.Engine) -> None:
        self._path = path
        self._engine = engine
        self._tried = -PATIENCE
        self._fault: str | None = None

    def make(self, connection: sa.Connection, kept: dict[str, str]) -> None:
        """See that today's is there: within a change, so that only one process makes it."""
        today = folder_of(self._path) / f"{datetime.now():%Y-%m-%d}{_SUFFIX}"
        if today.exists():
            self._fault = None
        elif time.monotonic() >= self._tried + PATIENCE:
            self._fault = self._failed(today)
            self._tried = -PATIENCE if self._fault is None else time.monotonic()
        if kept.get(FAULT) != self._fault:
            put_setting(connection, FAULT, self._fault)

    def _failed(self, today: Path) -> str | None:
        """Why it could not be made; None: it was."""
        try:
            today.parent.mkdir(exist_ok=True)
            with files.faults_told(self._path):
                copy(self._engine, today)
            for old in sorted(today.parent.glob(f"{_DAILY}{_SUFFIX}"))[:-KEPT]:
                old.unlink(missing_ok=True)
        except (OSError, errors.CoachkitError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            return f"{today.stem}: {reason}"
        return None


def before(path: Path, engine: sa.Engine, what: str) -> Path:
    """Back the file up before something that touches all of it; kept until somebody removes it."""
    target = dated(path, what)
    target.parent.mkdir(exist_ok=True)
    copy(engine, target)
    return target


def copy(engine: sa.Engine, target: Path) -> None:
    """Copy what the engine's file holds now into ``target``, verified by opening it again.

    Raises
    ------
    DamagedPractice
        The copy does not pass its check; it is thrown away.
    """
    with engine.connect() as connection:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        copy_from(source, target)


def check_file(path: Path) -> list[str]:
    """What SQLite finds wrong with a file and with what its rows point at; nothing: all is well."""
    with files.looked_at(path) as connection:
        asked = connection.execute("PRAGMA integrity_check")
        found = [" ".join(str(row[0]).split()) for row in asked]  # a fault may have several lines
        faults = [] if found == ["ok"] else found
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            faults.append(f"{table}, row {row}, points at a row of {parent} that is not there")
    return faults


def backup(database: "Database", target: Path) -> Path:
    """Copy a practice into a file; a folder gets one that is called after the day.

    Raises
    ------
    PracticeUnavailable, DamagedPractice
        The copy cannot be written, does not pass its check, or the practice lies in a database
        server, which has its own tools.
    """
    file_of(database)
    if target.is_dir():
        target = target / f"{_stem(database)} {datetime.now():%Y-%m-%d %H%M%S}{_SUFFIX}"
    if target.exists():
        raise errors.PracticeUnavailable(
            f"There is something at {errors.place(target)} already, and it stays as it is. Choose "
            f"another name."
        )
    with files.faults_told(database.name), writable(target):
        copy(database.engine, target)
    return target


def file_of(database: "Database") -> Path:
    """The file that a practice lies in.

    Raises
    ------
    PracticeUnavailable
        It lies in none, but in a database server.
    """
    if database.path is None:
        raise errors.PracticeUnavailable(
            f"The practice {errors.place(database.name)} lies in no file that could be copied or "
            f"put back. Back it up with the tools of its database server; coachkit export writes "
            f"it as a folder of CSVs."
        )
    return database.path


def copy_from(source: sqlite3.Connection, target: Path) -> None:
    """Copy what an SQLite connection's file holds now, as ``copy`` does."""
    part = target.with_name(f".{target.name}.{os.getpid()}{_PART}")
    try:
        with contextlib.closing(sqlite3.connect(part)) as copied:
            source.backup(copied)
            copied.execute("PRAGMA journal_mode = DELETE")  # one file, which can be carried away
        faults = check_file(part)
        if faults:
            raise errors.DamagedPractice(
                f"The backup {errors.place(target)} is not kept, because it does not pass its "
                f"check: {faults[0]}. Look at the practice with coachkit check."
            )
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(target)
        files.sync_folder(target.parent)
    finally:
        for rest in (part, part.with_name(f"{part.name}-journal")):
            with contextlib.suppress(OSError):
                rest.unlink(missing_ok=True)


def dated(path: Path, what: str, suffix: str = _SUFFIX[1:]) -> Path:
    """What a backup is called that is made before something else is done."""
    return folder_of(path) / f"{datetime.now():%Y-%m-%d %H%M%S} before {what}.{suffix}"


def _stem(database: "Database") -> str:
    return database.path.stem if database.path else "practice"


@contextlib.contextmanager
def writable(target: Path) -> Iterator[None]:
    """What the system refuses within is raised as a sentence."""
    try:
        yield
    except OSError as error:
        raise errors.PracticeUnavailable(
            f"Nothing can be written at {errors.place(target)} ({error.strerror}). Choose a "
            f"folder that you may write to."
        ) from error
