"""What becomes of a row: an opportunity, part of another row's, or set aside with its reason."""

from dataclasses import dataclass
from datetime import date, time, timedelta, tzinfo

from coachkit.importing.logs import Event
from coachkit.importing.statuses import Status
from coachkit.importing.words import folded

#: What an opportunity is called whose role nobody wrote down.
ROLE_NOT_NOTED = "role not noted"


@dataclass(frozen=True)
class SetAside:
    """A row that is not imported as things stand, and why."""

    row: int
    reason: str


@dataclass(frozen=True)
class Flag:
    """A cell that was left out of its row because it does not say one certain thing."""

    row: int
    column: str
    cell: str
    reason: str


@dataclass(frozen=True)
class Visit:
    """An interview that a column of interview days names; without a time only its day is known."""

    day: date
    clock: time | None = None
    zone: tzinfo | None = None
    lasts: timedelta | None = None


@dataclass(frozen=True)
class Opportunity:
    """A row as it would be imported."""

    row: int
    employer: str
    role: str
    status: Status | None = None
    status_words: str = ""
    applied_on: date | None = None
    follow_up_on: date | None = None
    location: str = ""
    link: str = ""
    notes: str = ""
    visits: tuple[Visit, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What tells one opportunity of a client from another, first of all."""
        return folded(self.employer), folded(self.role)


@dataclass(frozen=True)
class Read:
    """All rows of a table, each in exactly one of the first three."""

    opportunities: tuple[Opportunity, ...] = ()
    merged: tuple[tuple[int, int], ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    flags: tuple[Flag, ...] = ()
    events: tuple[Event, ...] = ()
