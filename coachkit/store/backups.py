"""Backups of a practice's file: consistent while it is in use, dated, verified by reopening."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from coachkit import errors
from coachkit.store import files

if TYPE_CHECKING:
    from coachkit.store.database import Database

#: So many daily backups are kept.
KEPT = 14
_SUFFIX = ".coachkit"


def folder_of(path: Path) -> Path:
    """Where the automatic backups of a practice's file lie: beside it."""
    return path.with_name(f"{path.name}.backups")


def automatic(path: Path) -> list[Path]:
    """The automatic backups of a practice's file, the oldest first."""
    return sorted(folder_of(path).glob(f"*{_SUFFIX}"))


def daily(path: Path, engine: sa.Engine) -> None:
    """Back the file up if today's backup is not there yet; the last 14 days are kept.

    A backup that fails must not keep a coach from writing: it is tried again with the next change.
    """
    folder = folder_of(path)
    today = folder / f"{datetime.now():%Y-%m-%d}{_SUFFIX}"
    if today.exists():
        return
    with contextlib.suppress(OSError, sqlite3.Error, sa.exc.DBAPIError, errors.CoachkitError):
        folder.mkdir(exist_ok=True)
        copy(engine, today)
        for old in [one for one in automatic(path) if len(one.stem) == len("2026-11-23")][:-KEPT]:
            old.unlink(missing_ok=True)


def before(path: Path, engine: sa.Engine, what: str) -> Path:
    """Back the file up before something that touches all of it; kept until somebody removes it."""
    folder = folder_of(path)
    folder.mkdir(exist_ok=True)
    target = folder / f"{datetime.now():%Y-%m-%d %H%M%S} before {what}{_SUFFIX}"
    copy(engine, target)
    return target


def copy(engine: sa.Engine, target: Path) -> None:
    """Copy what the engine's file holds now into ``target``, verified by opening it again.

    Raises
    ------
    DamagedPractice
        The copy does not pass its check; it is thrown away.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with engine.connect() as connection, contextlib.closing(sqlite3.connect(part)) as copied:
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)
            source.backup(copied)
            copied.execute("PRAGMA journal_mode = DELETE")  # one file, which can be carried away
        faults = check_file(part)
        if faults:
            raise errors.DamagedPractice(
                f"The backup {errors.place(target)} is not kept, because it does not pass its "
                f"check: {faults[0]}. Look at the practice with coachkit check."
            )
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(target)
    finally:
        for rest in (part, part.with_name(f"{part.name}-journal")):
            rest.unlink(missing_ok=True)


def check_file(path: Path) -> list[str]:
    """What SQLite finds wrong with a file and with what its rows point at; nothing: all is well."""
    with _looked_at(path) as connection:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        faults = [] if found == ["ok"] else found
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            faults.append(f"{table}, row {row}, points at a row of {parent} that is not there")
    return faults


def backup(database: "Database", target: Path) -> Path:
    """Copy a practice into a file; a folder gets one that is called after the day.

    Raises
    ------
    PracticeUnavailable, DamagedPractice
        The copy cannot be written, or does not pass its check.
    """
    if target.is_dir():
        target = target / f"{_stem(database)} {datetime.now():%Y-%m-%d %H%M%S}{_SUFFIX}"
    if target.exists():
        raise errors.PracticeUnavailable(
            f"There is something at {errors.place(target)} already, and it stays as it is. Choose "
            f"another name."
        )
    with files.faults_told(database.name), _writable(target):
        copy(database.engine, target)
    return target


def restore(database: "Database", source: Path) -> Path:
    """Put a backup in the place of what a practice holds now, which is backed up before.

    Whoever has the practice open sees the restored one with the next look.

    Returns
    -------
    Path
        Where what was there before lies now.

    Raises
    ------
    NoPractice, DamagedPractice
        The backup is no practice, or does not pass its check; nothing is changed.
    """
    files.check_header(source)
    faults = check_file(source)
    if faults:
        raise errors.DamagedPractice(
            f"{errors.place(source)} does not pass its check, so nothing is restored: {faults[0]}."
        )
    assert database.path is not None
    with files.faults_told(database.name), _writable(database.path):
        kept = before(database.path, database.engine, "restore")
        with _looked_at(source) as copied, database.engine.connect() as connection:
            target = connection.connection.driver_connection
            assert isinstance(target, sqlite3.Connection)
            copied.backup(target)
    return kept


def _stem(database: "Database") -> str:
    return database.path.stem if database.path else "practice"


@contextlib.contextmanager
def _writable(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise errors.PracticeUnavailable(
            f"Nothing can be written at {errors.place(target)} ({error.strerror}). Choose a "
            f"folder that you may write to."
        ) from error


@contextlib.contextmanager
def _looked_at(path: Path) -> Iterator[sqlite3.Connection]:
    with files.faults_told(path):
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            yield connection
        finally:
            connection.close()
