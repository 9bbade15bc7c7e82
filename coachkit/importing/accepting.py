"""What a tracker's own words tell of, taken into the record: only what the coach ticked.

A quoted event is no fact until then (``logs``). Its day is known and its time is not; how a touch
was made is not either, so its channel is ``other``.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd

from coachkit.importing.logs import Event, EventKind
from coachkit.importing.matching import match, row_id
from coachkit.importing.proposal import Proposal, TableProposal

if TYPE_CHECKING:
    from coachkit.practice import Practice

#: Which touches can be taken in, and whose word each is.
_DIRECTIONS: Mapping[EventKind, str] = {"thank_you": "out", "follow_up": "out", "reply": "in"}
_NOON = time(12)
Place = tuple[int, int]


def acceptable(table: TableProposal, *, today: date) -> tuple[Event, ...]:
    """The events of a table that may be ticked: of rows that are imported, on a certain day.

    A touch must have taken place by ``today``; an interview may lie ahead.
    """
    rows = {one.row for one in table.read.opportunities} | {row for row, _ in table.read.merged}
    return tuple(
        event
        for event in dict.fromkeys(table.read.events)
        if event.on is not None
        and event.row in rows
        and (event.kind == "interview" or (event.kind in _DIRECTIONS and event.on <= today))
    )


def accept(
    proposal: Proposal,
    ticked: Iterable[tuple[TableProposal, Event]],
    practice: "Practice",
    *,
    client: str | int,
) -> int:
    """Log events that the coach ticked, by the verbs of the practice; how many were new.

    Call it within the change that wrote the proposal. An interview that is there on that day, and
    a touch of the kind that is there on that day, is not logged again.

    Parameters
    ----------
    proposal
        What was just written for the client.
    ticked
        Events of its tables, each with its table.
    practice
        Where to write.
    client
        Whose they are, by name or id.
    """
    own = practice.caseload(client)
    zone = ZoneInfo(str(own.clients["timezone"].iloc[0]))
    places = _places(proposal, own.opportunities)
    visits = _days(own.interviews, "held_at", zone)
    sent = own.contacts
    touches = {kind: _days(sent[sent["kind"] == kind], "at", zone) for kind in _DIRECTIONS}
    tables = [id(table) for table in proposal.tables]
    new_visits: list[dict[str, Any]] = []
    new_touches: list[dict[str, Any]] = []
    for table, event in ticked:
        number = places.get((tables.index(id(table)), event.row))
        known = visits if event.kind == "interview" else touches.get(event.kind)
        if number is None or event.on is None or known is None or (number, event.on) in known:
            continue
        known.add((number, event.on))
        at = datetime.combine(event.on, _NOON, zone)
        row = {"opportunity_id": number, "time_known": False}
        if event.kind == "interview":
            new_visits.append({**row, "held_at": at})
            continue
        new_touches.append(
            {
                **row,
                "at": min(at, practice.as_of().to_pydatetime()),
                "direction": _DIRECTIONS[event.kind],
                "channel": "other",
                "kind": event.kind,
                "text": event.quote,
            }
        )
    if new_visits:
        practice.add_interviews(new_visits)
    if new_touches:
        practice.add_contacts(new_touches)
    return len(new_visits) + len(new_touches)


def _places(proposal: Proposal, own: pd.DataFrame) -> dict[Place, int]:
    """Which opportunity each row of each table became."""
    rows = [row for table in proposal.tables for row in table.read.opportunities]
    found = {row_id(row): there for row, there in match(rows, own) if there is not None}
    places: dict[Place, int] = {}
    for at, table in enumerate(proposal.tables):
        for row in table.read.opportunities:
            if row_id(row) in found:
                places[at, row.row] = found[row_id(row)].opportunity_id
        for row_number, into in table.read.merged:
            if (at, into) in places:
                places[at, row_number] = places[at, into]
    return places


def _days(rows: pd.DataFrame, column: str, zone: ZoneInfo) -> set[tuple[int, date]]:
    """On which days of which opportunity there is one."""
    days = rows[column].dt.tz_convert(zone).dt.date
    return set(zip(map(int, rows["opportunity_id"]), days, strict=True))
