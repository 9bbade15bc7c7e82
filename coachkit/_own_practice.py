"""``Practice``: all that a coach keeps, in one file that is read and written."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pandas as pd

from coachkit._practices import AnyPractice, now
from coachkit.caseload import Caseload
from coachkit.policy import Policy

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from coachkit.store.database import Database
    from coachkit.store.erasing import Erased
    from coachkit.store.pen import Pen


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
        return now()

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
        return self._beside("import_marks", client)

    def note_drafts(self, client: int | str | None = None) -> pd.DataFrame:
        """The notes that were begun and not sent: of one client, by id or name, or of everybody.

        Returns
        -------
        DataFrame
            One row per draft, as ``keep_draft`` has left it: note_draft_id, client_id (Int64), kind
            (str), interview_id, interviewer_id (Int64), subject, text, answers (str, JSON).

        Raises
        ------
        UnknownClient
            There is no such client, or several share the name.
        """
        return self._beside("note_drafts", client)

    def _beside(self, name: str, client: int | str | None) -> pd.DataFrame:
        from coachkit.store import loading, people

        with self._database.reading() as connection:
            own = None if client is None else [people.client_id(connection, client)]
            return loading.table_frame(connection, name, own)

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
