"""``Database``: a practice's tables, read in one snapshot and written one change at a time."""

import os
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from coachkit import errors
from coachkit.store import backups, files, migrations
from coachkit.store.pen import Pen
from coachkit.store.resting import Resting
from coachkit.store.schema import VERSION, settings
from coachkit.store.settings import put_setting, read_settings


class Database:
    """A practice's store: an SQLite file, or whatever a database URL names.

    Parameters
    ----------
    engine
        What connects to it.
    path
        Its file; None where it is none.
    """

    def __init__(self, engine: sa.Engine, path: Path | None) -> None:
        self.engine = engine
        self.path = path
        self.name = path or engine.url.render_as_string()
        self._own = threading.local()
        self._use = Resting(engine)
        self._file = files.identity(path) if path else None
        self._daily = backups.Daily(path, engine) if path else None
        with files.faults_told(self.name), self._use, self._begun() as connection:
            kept = _kept(connection, str(self.name))
        self._id = kept.get("practice id")
        if int(kept["version"]) < VERSION:
            self.bring_up_to_date()

    @classmethod
    def open(cls, path: Path) -> "Database":
        """Open a practice's file.

        Raises
        ------
        NoPractice, NewerPractice, DamagedPractice, PracticeUnavailable
            There is none, or it cannot be used; the sentence says why.
        """
        files.check_header(path)
        return cls(files.engine_of(path), path)

    @classmethod
    def create(cls, path: Path, fill: Callable[[sa.Connection], None]) -> "Database":
        """Make a practice's file and fill it; it has its name only when all of it is there.

        Raises
        ------
        PracticeUnavailable
            Something is there already, or nothing can be written there.
        """
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.open("x").close()  # the name is ours, and nobody else's file is replaced
        except FileExistsError as error:
            raise errors.PracticeUnavailable(
                f"There is something at {errors.place(path)} already, and it stays as it is. "
                f"Choose another name."
            ) from error
        except OSError as error:
            raise errors.PracticeUnavailable(
                f"No practice can be made at {errors.place(path)} ({error.strerror}). Choose a "
                f"folder that you may write to."
            ) from error
        try:
            part.touch()
            _make(part, fill)
            part.replace(path)
            files.sync_folder(path.parent)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        finally:
            for rest in ("", "-wal", "-shm"):
                part.with_name(part.name + rest).unlink(missing_ok=True)
        return cls.open(path)

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        self.engine.dispose()

    def found_anew(self) -> None:
        """Take the file that lies there now for the one that was opened."""
        self.close()
        self._file = files.identity(self.path) if self.path else None

    @contextmanager
    def reading(self, *, only_a_glance: bool = False) -> Iterator[sa.Connection]:
        """One snapshot; within a change, what that change has written so far.

        Parameters
        ----------
        only_a_glance
            Whether somebody merely looks again and again: the file may be let go of all the same.
        """
        pen = self.pen
        if pen is not None:
            yield pen.connection
            return
        self._check_file()
        use = self._use.glance() if only_a_glance else self._use
        with files.faults_told(self.name), use, self._begun() as connection:
            self._look(connection)
            yield connection

    @contextmanager
    def writing(self, *, who: str | None, verb: str, remark: str | None = None) -> Iterator[Pen]:
        """One change: all that is written within, or nothing; changes within are part of it.

        Parameters
        ----------
        who
            Who signs it; None: the coach that the settings name.
        """
        pen = self.pen
        if pen is not None:
            with files.faults_told(self.name), pen.part():
                yield pen
            return
        self._check_file()
        with files.faults_told(self.name), self._use, self._begun(writes=True) as connection:
            kept = self._look(connection)
            if self._daily is not None:
                self._daily.make(connection, kept)
            signed = kept.get("coach", "") if who is None else who
            self._own.pen = pen = Pen(connection, who=signed, verb=verb, remark=remark)
            try:
                yield pen
                if pen.wrote:
                    step(connection)
            finally:
                self._own.pen = None

    def bring_up_to_date(self) -> None:
        """Take an older practice to today's schema: whole, or not at all; its backup is kept."""
        with files.faults_told(self.name), self._use:
            with self._begun() as connection:
                if migrations.version_of(connection) == VERSION:
                    return
            if self.path:
                with backups.writable(self.path):
                    backups.before(self.path, self.engine, "update")
            with self._begun(writes=True) as connection:  # somebody else may have been faster
                migrations.migrate(connection, migrations.version_of(connection))

    @property
    def pen(self) -> Pen | None:
        """What is being written with in this thread just now."""
        return getattr(self._own, "pen", None)

    @contextmanager
    def _begun(self, *, writes: bool = False) -> Iterator[sa.Connection]:
        """A transaction; one that writes has the file's only writer's place from its beginning."""
        with (
            self.engine.connect().execution_options(writes=writes) as connection,
            connection.begin(),
        ):
            yield connection

    def _look(self, connection: sa.Connection) -> dict[str, str]:
        """The settings, if they are those of the practice that was opened.

        The file may have been written over, or brought up to date by a newer coachkit, since.
        """
        kept = _kept(connection, str(self.name))
        where = errors.place(self.name)
        if kept.get("practice id") != self._id:
            raise errors.PracticeUnavailable(
                f"Another practice lies at {where} now: nothing was written. Put the one that you "
                f"opened back, or open this one anew."
            )
        if int(kept["version"]) < VERSION:
            raise errors.PracticeUnavailable(
                f"An older copy of the practice lies at {where} now: nothing was written. Open it "
                f"anew."
            )
        return kept

    def _check_file(self) -> None:
        """See that the path still leads to the practice that was opened.

        A file that was replaced while it is open would take what is written and be thrown away.
        """
        if self.path is None or self._file is None:
            return
        found = files.identity(self.path)
        if found == self._file:
            if not files.log_of(self.path).exists():  # let go of; or somebody removed it, and what
                self.close()  # is still held of it goes into the file when it is let go of
            return
        self.close()
        where = errors.place(self.path)
        if found is None:
            raise errors.PracticeUnavailable(
                f"The practice {where} is gone: nothing was written. Put the file back and do it "
                f"again."
            )
        files.check_header(self.path)
        with files.faults_told(self.path), self._use, self._begun() as connection:
            self._look(connection)
        self._file = found
        faults = backups.check_file(self.path)
        if faults:
            raise errors.DamagedPractice(
                f"The file of the practice {where} was replaced, and what lies there now is "
                f"damaged ({faults[0]}). Take the newest backup with coachkit restore."
            )
        raise errors.PracticeUnavailable(
            f"The file of the practice {where} was replaced by another copy of it: nothing was "
            f"written. Look whether it is the one you mean, and do it again."
        )


def _kept(connection: sa.Connection, name: str) -> dict[str, str]:
    """The settings of a practice that this coachkit knows."""
    kept = read_settings(connection)
    if not kept.get("version", "").isdecimal():
        raise errors.DamagedPractice(
            f"The practice {errors.place(name)} is damaged: it does not say which version it has. "
            f"Take the newest backup with coachkit restore."
        )
    migrations.refuse_newer(int(kept["version"]), name)
    return kept


def _make(path: Path, fill: Callable[[sa.Connection], None]) -> None:
    """Lay a new practice's tables into an empty file, and what it begins with."""
    engine = files.engine_of(path)
    try:
        with (
            files.faults_told(path),
            engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            connection.exec_driver_sql(f"PRAGMA application_id = {files.APPLICATION_ID}")
            migrations.create(connection)
            put_setting(connection, "practice id", uuid.uuid4().hex)
            put_setting(connection, "revision", "0")
            fill(connection)
    finally:
        engine.dispose()  # whoever closes an SQLite file last moves its log into it


def step(connection: sa.Connection) -> None:
    """Count one change more, so that whoever watches sees it."""
    number = sa.cast(sa.cast(settings.c.value, sa.BigInteger) + 1, sa.Text)
    connection.execute(settings.update().where(settings.c.name == "revision").values(value=number))
