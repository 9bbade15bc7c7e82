"""``Practice``: all that a coach keeps, in one file; or a folder of CSVs that is only looked at."""

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

import pandas as pd

from coachkit import errors
from coachkit._columns import microseconds
from coachkit._places import data_folder
from coachkit._verbs import Verbs
from coachkit.caseload import Caseload
from coachkit.policy import Policy

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from coachkit.store.database import Database
    from coachkit.store.erasing import Erased
    from coachkit.store.pen import Pen

SAMPLE = "the sample practice (fictional)"


class AnyPractice(Verbs, ABC):
    """What every practice can be asked, wherever it lies."""

    #: What it is called, as every screen and command says.
    name: str
    #: Whether it is only looked at.
    read_only: bool

    @abstractmethod
    def caseload(self, client: int | str | None = None, *, coach: str | None = None) -> Caseload:
        """All that the practice follows; one client's rows alone (by id or name); or a coach's.

        Raises
        ------
        UnknownClient
            There is no such client, or several share the name.
        """

    @abstractmethod
    def policy(self) -> Policy:
        """The waits by which it is judged."""

    @abstractmethod
    def as_of(self) -> pd.Timestamp:
        """The instant at which the practice is looked at."""

    @abstractmethod
    def token(self) -> str:
        """What stays the same until somebody, in whatever window, changes the practice."""

    def changed_since(self, token: str) -> bool:
        """Whether anything was changed since ``token`` was taken."""
        return self.token() != token

    @property
    def timezone(self) -> str | None:
        """The coach's zone, in which a bare day ends; None: the computer's."""
        return None


@dataclass(frozen=True)
class FolderPractice(AnyPractice):
    """A practice that lies in a folder of CSVs; it is read, never written.

    ``fields.csv`` in the folder is its policy (else the one that coachkit ships), and ``as_of.txt``
    the instant at which it stands still (else it moves with the clock).
    """

    folder: Path
    name: str
    read_only = True

    def caseload(self, client: int | str | None = None, *, coach: str | None = None) -> Caseload:
        """All that the practice follows; one client's rows alone (by id or name); or a coach's.

        Raises
        ------
        CoachkitError
            The folder is not a caseload, or has no such client.
        """
        caseload = Caseload.read(self.folder)
        if client is not None:
            caseload = caseload.subset(client)
        return caseload if coach is None else caseload.of_coach(coach)

    def policy(self) -> Policy:
        """The waits by which it is judged."""
        own = self.folder / "fields.csv"
        return Policy.read(own) if own.exists() else Policy.default()

    def as_of(self) -> pd.Timestamp:
        """The instant at which the practice is looked at: its own, or now.

        Raises
        ------
        UnreadableFile, UnreadableValue, NaiveTime, OutOfRange
            ``as_of.txt`` holds no instant.
        """
        frozen = self.folder / "as_of.txt"
        if not frozen.exists():
            return _now()
        try:
            instant = frozen.read_text(encoding="utf-8-sig").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise errors.UnreadableFile(
                "as_of.txt cannot be read. Write one instant into it, such as "
                "2026-02-02T15:00:00-05:00, and save it as UTF-8."
            ) from error
        microseconds(instant, "as_of.txt")
        return pd.Timestamp(instant).tz_convert("UTC")

    def token(self) -> str:
        """What stays the same until a file of the folder is written."""
        files = sorted(self.folder.glob("*.csv"))
        return ",".join(f"{one.name}:{one.stat().st_mtime_ns}" for one in files)

    def _pen(self, verb: str, remark: str | None = None) -> NoReturn:
        raise errors.ReadOnlyPractice(
            f"Nothing was changed: {self.name} is only looked at. Start your own with coachkit "
            f"new, or ck.new_practice(), and open that."
        )


class Practice(AnyPractice):
    """A coach's own practice: everything is kept, every change can be seen and taken back.

    Parameters
    ----------
    database
        Where it lies.
    coach
        Who signs the changes; None: the coach that the practice's settings name.
    """

    read_only = False

    def __init__(self, database: "Database", *, coach: str | None = None) -> None:
        self._database = database
        self._coach = coach

    @property
    def name(self) -> str:  # type: ignore[override]
        """What it is called, as every screen and command says."""
        return self._setting("name") or self.where

    @property
    def path(self) -> Path | None:
        """The file that it lies in; None where it is a database elsewhere."""
        return self._database.path

    @property
    def where(self) -> str:
        """Where it lies, for a person to read."""
        return str(self._database.name)

    @property
    def coach(self) -> str:
        """Who signs the changes that are made here."""
        return self._coach or self._setting("coach") or ""

    @property
    def timezone(self) -> str | None:
        """The coach's zone, in which a bare day ends; None: the computer's."""
        return self._setting("timezone")

    def caseload(self, client: int | str | None = None, *, coach: str | None = None) -> Caseload:
        """All that the practice follows; one client's rows alone (by id or name); or a coach's.

        Of one client's, nobody else's row is even read.

        Raises
        ------
        UnknownClient
            There is no such client, or several share the name.
        """
        from coachkit.store import loading, people

        with self._database.reading() as connection:
            chosen = None if coach is None else people.clients_of(connection, coach)
            if client is not None:
                own = people.client_id(connection, client)
                chosen = [own] if chosen is None or own in chosen else []
            return Caseload.trusted(loading.load(connection, chosen))

    def policy(self) -> Policy:
        """The waits by which it is judged."""
        from coachkit.store.folders import policy_frame

        with self._database.reading() as connection:
            return Policy(policy_frame(connection))

    def as_of(self) -> pd.Timestamp:
        """Now: a real practice moves with the clock."""
        return _now()

    def token(self) -> str:
        """What stays the same until somebody, in whatever window, changes the practice."""
        from coachkit.store.settings import setting

        with self._database.reading(only_a_glance=True) as connection:
            return f"{setting(connection, 'revision')}"

    def set_up(self, **settings: str | None) -> None:
        """Set what the practice is called (``name``), its ``coach``, or the coach's ``timezone``.

        Raises
        ------
        UnknownZone
            There is no such zone.
        """
        from coachkit.store.folders import check_settings
        from coachkit.store.settings import put_setting

        check_settings(settings)
        with self._pen("set_up") as pen:
            for name, value in settings.items():
                put_setting(pen.connection, name, value or None)
            pen.touch()

    @contextmanager
    def change(self, remark: str) -> "Iterator[None]":
        """Make one change of all the verbs within: written whole or not at all, undone at once.

        Parameters
        ----------
        remark
            What it was, for the history: ``Imported tracker.csv``.
        """
        with self._pen("change", remark):
            yield

    def undo(self, change_id: int | None = None) -> str:
        """Take back the last change that this coach made, or the one of ``change_id``.

        What is taken back is a change itself: ``redo`` brings it back. Again: the one before.

        Returns
        -------
        str
            A sentence that says what was taken back.

        Raises
        ------
        NothingToUndo, ChangedSince
            There is none, or what it wrote was changed again.
        """
        from coachkit.store import history

        with self._pen(history.UNDO) as pen:
            taken = history.undo(pen, change_id=change_id)
            return f"Taken back: {self._told(pen.connection, taken)}"

    def redo(self) -> str:
        """Bring back what ``undo`` took back last, unless something was changed since.

        Returns
        -------
        str
            A sentence that says what was brought back.

        Raises
        ------
        NothingToUndo, ChangedSince
            There is none, or what it wrote was changed again.
        """
        from coachkit.store import history

        with self._pen(history.REDO) as pen:
            brought = history.redo(pen)
            return f"Brought back: {self._told(pen.connection, brought)}"

    def history(self, client: int | str | None = None) -> pd.DataFrame:
        """What was changed, by whom and when, in sentences; the newest first.

        Parameters
        ----------
        client
            One client's changes alone, by id or name; None: everybody's.

        Returns
        -------
        DataFrame
            One row per change: change_id (Int64), at (datetime64[us, UTC]), who, what (a sentence),
            state (``done``, ``taken back``). Empty where nothing was changed.
        """
        from coachkit.store import sentences

        with self._database.reading() as connection:
            return sentences.history_frame(connection, client, self._zone())

    def erase(self, client: int | str) -> "Erased":
        """Remove every trace of a client: history, free pages, log and automatic backups included.

        This cannot be taken back. What it returns lists what was removed, and what coachkit cannot
        reach.

        Raises
        ------
        UnknownClient
            There is no such client.
        PracticeUnavailable
            It is not the time: within a change, or while somebody reads the practice all along; the
            same call again finishes the work.
        """
        from coachkit.store import erasing

        with self._database.reading() as connection:
            own = erasing.whom(connection, client)
        return erasing.erase(self._database, own, who=self._coach)

    def export_client(self, client: int | str, folder: str | Path) -> Path:
        """Hand over all that is held on a client, history and private notes included, as CSVs.

        Raises
        ------
        UnknownClient, UnreadableFile
            There is no such client, or the folder cannot be written to.
        """
        from coachkit.store import folders, people

        with self._database.reading() as connection:
            own = people.client_id(connection, client)
            folders.write_folder(connection, Path(folder), clients=[own])
        return Path(folder)

    def import_marks(self, client: int | str | None = None) -> pd.DataFrame:
        """Where the rows of imported files went: of one client, by id or name, or of everybody.

        Returns
        -------
        DataFrame
            One row per mark, as ``mark_imported`` has left it: import_mark_id, client_id (Int64),
            source, row_key, table_name (str), row_id (Int64), content (str).

        Raises
        ------
        UnknownClient
            There is no such client, or several share the name.
        """
        from coachkit.store import loading, people

        with self._database.reading() as connection:
            own = None if client is None else [people.client_id(connection, client)]
            return loading.table_frame(connection, "import_marks", own)

    def export(self, folder: str | Path) -> Path:
        """Write everything as a folder of CSVs; ``new_practice`` makes an equal practice of it.

        Raises
        ------
        UnreadableFile
            The folder cannot be written to; then nothing is.
        """
        from coachkit.store import folders

        with self._database.reading() as connection:
            folders.write_folder(connection, Path(folder))
        return Path(folder)

    def backup(self, target: str | Path) -> Path:
        """Copy the practice, consistent while in use, into a file that is opened again to verify.

        Raises
        ------
        PracticeUnavailable, DamagedPractice
            The copy cannot be written, or does not pass its check.
        """
        from coachkit.store import backups

        return backups.backup(self._database, Path(target))

    def restore(self, source: str | Path) -> Path:
        """Put a backup in the place of what is there; where that is kept is returned.

        Raises
        ------
        NoPractice, DamagedPractice, NewerPractice, PracticeUnavailable
            The backup is none, or damaged, or another practice's; nothing is changed.
        """
        from coachkit.store import restoring

        return restoring.restore(self._database, Path(source))

    def newest_backup(self) -> datetime | None:
        """When the newest automatic backup was made, on this computer's clock; None: there is none.

        The first change of a day makes one.
        """
        from coachkit.store import backups

        return backups.newest(self.path) if self.path else None

    def check(self) -> list[str]:
        """What is wrong with the file, its references, cells or backups; nothing: all is well.

        A daily backup that fails keeps nobody from writing; here it is said, with its reason.
        """
        from coachkit.store import checking

        return checking.check(self._database)

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        self._database.close()

    def __repr__(self) -> str:
        return f"<Practice: {self.name}>"

    @contextmanager
    def _pen(self, verb: str, remark: str | None = None) -> "Iterator[Pen]":
        with self._database.writing(who=self._coach, verb=verb, remark=remark) as pen:
            yield pen

    def _setting(self, name: str) -> str | None:
        from coachkit.store.settings import setting

        with self._database.reading() as connection:
            return setting(connection, name)

    def _told(self, connection: "Connection", change_id: int) -> str:
        from coachkit.store import sentences

        return sentences.told(connection, change_id, self._zone())

    def _zone(self) -> ZoneInfo | None:
        return ZoneInfo(self.timezone) if self.timezone else None


def open_practice(path: str | Path | None = None, *, coach: str | None = None) -> AnyPractice:
    """Open a practice: a file, a folder of CSVs, a database URL, or with nothing named one's own.

    Nothing named is what COACHKIT_PRACTICE names, if that is set; else the coach's own practice
    where this computer keeps user data; else, as long as there is none, the sample practice, which
    is only looked at and stands still on its own day.

    Parameters
    ----------
    path
        Where it lies.
    coach
        Who signs the changes; None: the coach that the practice's settings name.

    Raises
    ------
    NoPractice, NewerPractice, DamagedPractice, PracticeUnavailable
        There is none, or it cannot be used; the sentence says why.

    Examples
    --------
    >>> import coachkit as ck
    >>> practice = ck.open_practice("sample")
    >>> practice.name, practice.as_of().isoformat()
    ('the sample practice (fictional)', '2026-10-14T16:00:00+00:00')
    """
    asked = path or os.environ.get("COACHKIT_PRACTICE")
    if not asked:
        own = own_path()
        asked = own if own.exists() else "sample"
    if str(asked) == "sample":
        asked = data_folder() / "sample"
    if "://" in str(asked):
        return _open_url(str(asked), coach)
    place = Path(asked).expanduser()
    if place.is_dir():
        sample = place.resolve() == (data_folder() / "sample").resolve()
        return FolderPractice(place, SAMPLE if sample else place.resolve().name)
    if not place.exists():
        raise errors.NoPractice(
            f"There is no practice at {errors.place(asked)}. Name a practice file or a folder "
            f"that holds clients.csv, opportunities.csv, interviews.csv and contacts.csv; or make "
            f"one with coachkit new."
        )
    from coachkit.store.database import Database

    return Practice(Database.open(place), coach=coach)


def new_practice(
    path: str | Path | None = None,
    *,
    source: str | Path | None = None,
    coach: str | None = None,
    **settings: str | None,
) -> Practice:
    """Start a practice: empty, or with all that a folder of CSVs holds.

    Parameters
    ----------
    path
        The file to make; None: the coach's own, where this computer keeps user data.
    source
        A folder of CSVs: what ``Practice.export`` or ``Caseload.write`` wrote. Its ``as_of.txt``
        is left where it is: a real practice moves with the clock.
    coach
        Who signs the changes, from now on.
    **settings
        As for ``Practice.set_up``: ``name``, ``timezone``.

    Raises
    ------
    PracticeUnavailable
        There is something at the path already, or nothing can be written there.
    CoachkitError
        The folder is not a caseload; then no practice is made.
    """
    from coachkit.store import folders
    from coachkit.store.database import Database

    place = own_path() if path is None else Path(path).expanduser()
    if source is None:
        begins = folders.nothing_yet()
    else:
        begins = folders.read_folder(Path(source).expanduser())
    given = {name: value for name, value in {"coach": coach, **settings}.items() if value}
    folders.check_settings(given)
    begins = replace(begins, settings=begins.settings | given)
    return Practice(Database.create(place, lambda empty: folders.fill(empty, begins)))


def restore_practice(source: str | Path, path: str | Path | None = None) -> Path | None:
    """Put a backup where a practice lies, is damaged, or lay before it was lost.

    Parameters
    ----------
    source
        The backup.
    path
        The practice's file; None: as for ``open_practice``.

    Returns
    -------
    Path | None
        Where what was there before is kept; None: nothing was there.

    Raises
    ------
    NoPractice, DamagedPractice, NewerPractice, PracticeUnavailable
        The backup cannot be used, or is another practice's; nothing is changed.
    ReadOnlyPractice
        At the path is a folder that is only looked at.
    """
    from coachkit.store import backups, restoring

    place = Path(path or os.environ.get("COACHKIT_PRACTICE") or own_path()).expanduser()
    try:
        practice = open_practice(place)
    except (errors.DamagedPractice, errors.NoPractice) as fault:
        was_one = isinstance(fault, errors.DamagedPractice) or backups.folder_of(place).is_dir()
        if place.exists() and not was_one:
            raise  # nothing tells that it ever was a practice
        return restoring.replace(place, Path(source))
    if not isinstance(practice, Practice):
        raise errors.ReadOnlyPractice(
            f"{practice.name} is a folder that is only looked at. Name a practice file."
        )
    return practice.restore(source)


def own_path() -> Path:
    """Where the coach's own practice lies: in the folder that the platform keeps user data in."""
    from platformdirs import user_data_path

    return user_data_path("coachkit", appauthor=False) / "practice.coachkit"


def _open_url(url: str, coach: str | None) -> Practice:
    """A practice in a database that is named by its URL."""
    import sqlalchemy as sa

    from coachkit.store import files
    from coachkit.store.database import Database

    try:
        parsed = sa.make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return Practice(Database.open(Path(parsed.database or "")), coach=coach)
        engine = sa.create_engine(parsed)
    except (sa.exc.ArgumentError, ModuleNotFoundError) as error:
        raise errors.NoPractice(
            f"{errors.quoted(url)} names no database that can be opened here "
            f"({errors.shown(error)}). Write it as sqlite:///practice.coachkit, or install what it "
            f"needs."
        ) from error
    with files.faults_told(url):
        return Practice(Database(engine, None), coach=coach)


def _now() -> pd.Timestamp:
    return pd.Timestamp(datetime.now().astimezone()).tz_convert("UTC")
