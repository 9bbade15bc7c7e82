"""What every practice can be asked, and the one that is only looked at: a folder of CSVs."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import pandas as pd

from coachkit import errors
from coachkit._columns import microseconds
from coachkit._verbs import Verbs
from coachkit.caseload import Caseload
from coachkit.policy import Policy

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
            return now()
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


def now() -> pd.Timestamp:
    """The instant that it is."""
    return pd.Timestamp(datetime.now().astimezone()).tz_convert("UTC")
