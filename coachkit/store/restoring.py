"""A backup put in the place of what a practice holds now, sound or damaged."""

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from coachkit import errors
from coachkit.store import backups, files, migrations
from coachkit.store.schema import VERSION
from coachkit.store.settings import put_setting, read_settings

if TYPE_CHECKING:
    from coachkit.store.database import Database


def restore(database: "Database", source: Path) -> Path:
    """Put a backup in the place of what a practice holds now, which is backed up before.

    Whoever has the practice open sees the restored one with the next look.

    Returns
    -------
    Path
        Where what was there before lies now.

    Raises
    ------
    NoPractice, DamagedPractice, NewerPractice, PracticeUnavailable
        The backup is no practice, does not pass its check, or is another practice's, or the
        practice lies in a database server; nothing is changed.
    """
    path = backups.file_of(database)
    its_id = _checked(source)
    with database.reading() as connection:
        own = read_settings(connection)
    if its_id != own.get("practice id"):
        raise errors.PracticeUnavailable(
            f"{errors.place(source)} is a backup of another practice, so nothing is restored. Open "
            f"it by itself: it is a practice file as it stands."
        )
    with files.faults_told(database.name), backups.writable(path):
        try:
            kept = backups.before(path, database.engine, "restore")
        except errors.DamagedPractice:
            database.close()
            aside = replace(path, source)
            database.found_anew()
            assert aside is not None
            return aside
        with files.looked_at(source) as copied, database.engine.connect() as connection:
            target = connection.connection.driver_connection
            assert isinstance(target, sqlite3.Connection)
            copied.backup(target)
    database.bring_up_to_date()
    with database.writing(who=None, verb="restore") as pen:  # whoever watches counts on
        put_setting(pen.connection, "revision", own["revision"])
        pen.touch()
    return kept


def replace(path: Path, source: Path) -> Path | None:
    """Put a backup where a practice is gone, or lies in a file that cannot be opened any more.

    Returns
    -------
    Path | None
        Where the damaged file lies now, its log beside it; None: there was none.

    Raises
    ------
    NoPractice, DamagedPractice, NewerPractice, PracticeUnavailable
        The backup cannot be used, or nothing can be written; nothing is changed.
    """
    _checked(source)
    aside = backups.dated(path, "restore", "damaged") if path.exists() else None
    fresh = path.with_name(f".{path.name}.{os.getpid()}.part")
    with files.faults_told(path), backups.writable(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with files.looked_at(source) as good:
            backups.copy_from(good, fresh)
        path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
        if aside:
            aside.parent.mkdir(exist_ok=True)
            if files.log_of(path).exists():
                files.log_of(path).replace(files.log_of(aside))
            path.replace(aside)
        fresh.replace(path)
        files.sync_folder(path.parent)
    return aside


def _checked(source: Path) -> str | None:
    """The id of the practice that a backup is of, if the backup is sound."""
    files.check_header(source)
    faults = backups.check_file(source)
    if faults:
        raise errors.DamagedPractice(
            f"{errors.place(source)} does not pass its check, so nothing is restored: {faults[0]}."
        )
    with files.looked_at(source) as connection:
        kept = dict(connection.execute("SELECT name, value FROM settings"))
    migrations.refuse_newer(int(kept.get("version", VERSION)), str(source))
    return kept.get("practice id")
