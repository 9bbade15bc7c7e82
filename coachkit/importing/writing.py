"""A proposal into a practice: what is new is added, what is there is left, in one change.

What a tracker does not record is unknown, never missed: nothing here makes a verdict out of its
silence (``_tracked_since``). Outcomes come without a day, interviews of which only the day is known
say so, and what the store has no place for stays in the words of the notes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd

from coachkit import errors, terms
from coachkit.importing.fates import Opportunity, Visit
from coachkit.importing.matching import Match, match
from coachkit.importing.proposal import Proposal
from coachkit.importing.statuses import ENDED, Status

if TYPE_CHECKING:
    from coachkit.caseload import Caseload
    from coachkit.practice import Practice

#: What the coach calls an ending, by what a tracker calls it.
OUTCOMES: dict[Status, str] = {
    "offer": "offer",
    "rejected": "rejected",
    "closed": "rejected",
    "withdrawn": "withdrawn",
    "ghosted": "let_go",
}
_NOON = time(12)
#: So many rows go to the store together; after each lot it is said how far it is.
_AT_ONCE = 500


@dataclass
class Written:
    """What an import did for one client, in numbers and in sentences."""

    client: str
    new_client: bool = False
    added: int = 0
    interviews: int = 0
    unchanged: int = 0
    changed: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)


def write(
    proposal: Proposal,
    practice: "Practice",
    *,
    client: str | int,
    timezone: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Written:
    """Take in what a proposal is certain of, as one change that can be undone.

    Parameters
    ----------
    proposal
        What was proposed, corrected or not. Rows that it sets aside are not written.
    practice
        Where to write.
    client
        Whose opportunities they are, by name or id; a name that nobody has is taken on as a client.
    timezone
        The new client's zone, or the zone in which a known client's times are written.
    progress
        Called with the rows done and all rows, now and then.

    Returns
    -------
    Written
        What was added and changed. A second import of the same files adds and changes nothing.

    Raises
    ------
    UnknownZone
        A new client without a zone.
    CoachkitError
        As the verbs of ``Practice``; then nothing at all is written.
    """
    files = ", ".join(dict.fromkeys(one.table.file for one in proposal.tables)) or "nothing"
    with practice.change(f"Imported {errors.cut(files)}"):
        known = practice.caseload()
        client_id, written = _client(practice, known, client, timezone)
        own = practice.caseload(client_id)
        pen = _Pen(practice, own, client_id, written, timezone)
        rows = [one for table in proposal.tables for one in table.read.opportunities]
        for table in proposal.tables:
            pen.fields |= table.fields(pen.policy)
        matched = list(match(rows, own.opportunities))
        pen.track_from_now(matched)
        for begin in range(0, len(matched), _AT_ONCE):
            pen.take(matched[begin : begin + _AT_ONCE])
            if progress is not None:
                progress(min(begin + _AT_ONCE, len(matched)), len(matched))
    return written


def _client(
    practice: "Practice", known: "Caseload", asked: str | int, timezone: str | None
) -> tuple[int, Written]:
    """The client's id; a new client is taken on, and what lies before is not tracked."""
    names = known.clients["name"]
    ids = known.clients["client_id"]
    mine = ids == asked if isinstance(asked, int) else names == asked
    if mine.sum() > 1:
        raise errors.UnknownClient(f"{int(mine.sum())} clients are called so: name one by id.")
    if mine.any():
        return int(ids[mine].iloc[0]), Written(str(names[mine].iloc[0]))
    if isinstance(asked, int):
        raise errors.UnknownClient(f"There is no client {asked}.")
    if timezone is None:
        raise errors.UnknownZone(
            f"{errors.quoted(asked)} is a new client: name the time zone in which their days are "
            f"counted, such as America/New_York."
        )
    new = practice.add_client(asked, timezone=timezone, tracked_since=practice.as_of())
    return new, Written(asked, new_client=True)


class _Pen:
    """What one client has, and what is written beside it."""

    def __init__(
        self,
        practice: "Practice",
        known: "Caseload",
        client_id: int,
        written: Written,
        timezone: str | None,
    ) -> None:
        self._practice = practice
        self.policy = practice.policy()
        #: The field of each role, where it is certain.
        self.fields: dict[str, str | None] = {}
        self._known = known
        self._client_id = client_id
        self._written = written
        self._now = practice.as_of()
        client = known.clients.iloc[0]
        self._zone = ZoneInfo(timezone or str(client["timezone"]))
        held = known.interviews["held_at"].dt.tz_convert(self._zone).dt.date
        self._days = held.groupby(known.interviews["opportunity_id"]).agg(set).to_dict()
        since = client["tracked_since"]
        self._silent_before: pd.Timestamp | None = None if pd.isna(since) else since

    def track_from_now(self, matched: Sequence[tuple[Opportunity, Match | None]]) -> None:
        """Of a client on whom no touch was ever written down, what lies before now is unknown."""
        past = any(
            self._held_at(visit) < self._now and self._is_new(visit, found)
            for row, found in matched
            for visit in row.visits
        )
        if past and self._known.contacts.empty:
            self._practice.change_client(self._client_id, tracked_since=self._now)
            self._silent_before = self._now

    def take(self, matched: Sequence[tuple[Opportunity, Match | None]]) -> None:
        """Add what is new of some rows."""
        new = [row for row, found in matched if found is None]
        visits: list[tuple[int, Visit]] = []
        told = [self._told(row) for row in new]
        cells = [self._cells(row, lines) for row, (_, lines) in zip(new, told, strict=True)]
        ids = self._practice.add_opportunities(self._client_id, cells) if cells else []
        self._written.added += len(ids)
        for number, (own, _) in zip(ids, told, strict=True):
            visits += [(number, visit) for visit in own]
        for row, found in matched:
            if found is not None:
                visits += [(found.opportunity_id, visit) for visit in self._grow(row, found)]
        if visits:
            self._practice.add_interviews([self._visit(*visit) for visit in visits])
            self._written.interviews += len(visits)

    def _cells(self, row: Opportunity, told: Sequence[str]) -> dict[str, Any]:
        """A new opportunity."""
        cells = {
            "employer": row.employer,
            "role": row.role,
            "field": self.fields.get(row.role) or terms.DEFAULT_FIELD,
            "applied_on": row.applied_on,
            "link": row.link or None,
            "location": row.location or None,
            "notes": _with_lines(row.notes, told) or None,
            "outcome": OUTCOMES.get(row.status or "unknown", "open"),
            "outcome_words": row.status_words if row.status in (*ENDED, "offer") else None,
        }
        if row.follow_up_on is not None and cells["outcome"] == "open":
            cells |= self._pinned(row.follow_up_on, cells)
        return cells

    def _pinned(self, on: date, cells: dict[str, Any]) -> dict[str, Any]:
        """A follow-up day to come is the coach's own; one gone by is only told."""
        if on >= self._now.tz_convert(self._zone).date():
            return {"follow_up_on": on, "follow_up_reason": "as the tracker has it"}
        return {"notes": _with_lines(cells["notes"], [f"Follow-up day: {on.isoformat()}"])}

    def _grow(self, row: Opportunity, found: Match) -> list[Visit]:
        """Fill what was empty, tell what differs, overwrite nothing; the visits that are new."""
        name = f"{row.employer}, {row.role}"
        new: dict[str, Any] = {}
        for column, value in (
            ("applied_on", row.applied_on),
            ("link", row.link),
            ("location", row.location),
        ):
            if value and not found.has(column):
                new[column] = value
                self._written.changed.append(f"{name}: {column} is now {value}.")
        outcome = OUTCOMES.get(row.status or "unknown", "open")
        if outcome != found.outcome and found.outcome == "open":
            new |= {"outcome": outcome, "outcome_words": row.status_words or None}
            self._written.changed.append(f"{name}: was open, is now {outcome}.")
        elif outcome != found.outcome and row.status is not None:
            self._written.noted.append(
                f"{name}: the tracker says {row.status_words!r}, it stays {found.outcome}."
            )
        visits, told = self._told(row)
        lines = [
            line
            for line in [*row.notes.splitlines(), *told]
            if line.strip() and line not in found.notes.splitlines()
        ]
        if lines:
            new["notes"] = _with_lines(found.notes or None, lines)
            self._written.changed.append(f"{name}: new in its notes.")
        if new:
            self._practice.change_opportunity(found.opportunity_id, **new)
        fresh = [visit for visit in visits if self._is_new(visit, found)]
        if not new and not fresh:
            self._written.unchanged += 1
        return fresh

    def _is_new(self, visit: Visit, found: Match | None) -> bool:
        """Whether the practice has no interview of the opportunity on that day."""
        if found is None:
            return True
        day = self._held_at(visit).tz_convert(self._zone).date()
        return day not in self._days.get(found.opportunity_id, ())

    def _told(self, row: Opportunity) -> tuple[list[Visit], list[str]]:
        """The visits to write, and those that only the notes tell.

        A past visit in tracked time has no thank-you in any tracker, and that is no sign that none
        was sent: it is told in the notes, and the coach logs it with what was sent.
        """
        visits: list[Visit] = []
        told: list[str] = []
        for visit in row.visits:
            held_at = self._held_at(visit)
            tracked = self._silent_before is None or held_at >= self._silent_before
            if held_at < self._now and tracked:
                told.append(f"Interview on {visit.day.isoformat()}, as the tracker has it")
            else:
                visits.append(visit)
        return visits, told

    def _held_at(self, visit: Visit) -> pd.Timestamp:
        moment = datetime.combine(visit.day, visit.clock or _NOON)
        zone = visit.zone if visit.zone is not None and visit.clock is not None else self._zone
        return pd.Timestamp(moment.replace(tzinfo=zone)).tz_convert("UTC")

    def _visit(self, opportunity_id: int, visit: Visit) -> dict[str, Any]:
        """A new interview."""
        held_at = self._held_at(visit)
        timed = visit.clock is not None
        return {
            "opportunity_id": opportunity_id,
            "held_at": held_at,
            "ended_at": held_at + visit.lasts if timed and visit.lasts is not None else None,
            "time_known": None if timed else False,
        }


def _with_lines(text: str | None, lines: Iterable[str]) -> str:
    return "\n".join(filter(None, (text, *lines)))
