"""A calendar's interviews among its other events; the rest is set aside with its words.

icalendar reads the file and knows Windows' names of zones, recurring-ical-events unfolds what comes
again. An event is an interview by its own title alone: invitations mention interviews in long texts
that are none.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from coachkit import errors
from coachkit.importing.fates import (
    ROLE_NOT_NOTED,
    Flag,
    Opportunity,
    Read,
    SetAside,
    Visit,
)
from coachkit.importing.layout import Table
from coachkit.importing.meanings import Column
from coachkit.importing.proposal import TableProposal
from coachkit.importing.sheets import Row
from coachkit.importing.texts import decoded
from coachkit.importing.titles import Kind, is_cancelled, kind_of, who
from coachkit.importing.words import folded

_HEADER = ("DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "STATUS", "UID")
_MOST_EVENTS, _MOST_TIMES = 20_000, 10
_UNNEEDED = re.compile(
    r"^BEGIN:(VTIMEZONE|VALARM)\b.*?^END:\1\r?\n?|^[^:\s][^:\r\n]*\r?\n(?![ \t])",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_ELSE = "no interview by its title"
#: No interview comes again within a day, and unfolding such a rule may never end.
_WITHIN_A_DAY = {"SECONDLY", "MINUTELY", "HOURLY"}


@dataclass(frozen=True)
class _Entry:
    """An event of the file: its number, and what matters of it."""

    number: int
    summary: str
    start: date | datetime | None
    end: date | datetime | None
    location: str
    description: str
    status: str
    uid: str
    sequence: int
    recurs: bool
    instance: str
    lost_zone: str
    kind: Kind
    employers: tuple[str, ...]
    role: str
    event: Any


def propose_calendar(path: Path, name: str) -> TableProposal:
    """What a calendar holds: a row for each event, an opportunity for each employer met.

    Raises
    ------
    UnreadableFile
        It is no calendar, or breaks off.
    """
    # programs fold long lines within a letter of several bytes
    text = decoded(re.sub(rb"\r?\n[ \t]", b"", path.read_bytes()), name)
    entries = _entries(_components(text, name), text, name)
    set_aside: list[SetAside] = []
    merged: list[tuple[int, int]] = []
    found: dict[str, Opportunity] = {}
    flags: list[Flag] = []
    newest = _newest(entries)
    instances = _instances(entries)
    often = _often(entries)
    for entry in entries:
        stands_for = newest[entry.uid, entry.instance]
        if entry.instance and (entry.uid, "") in newest:
            stands_for = newest[entry.uid, ""]  # one of the times of an event that comes again
        if stands_for != entry.number:
            merged.append((entry.number, stands_for))
            continue
        opportunity = _interview(entry, instances.get(entry.uid, ()), often)
        if isinstance(opportunity, str):
            set_aside.append(SetAside(entry.number, opportunity))
            continue
        if entry.lost_zone:
            why = "its time zone is unknown: the client's own is taken"
            flags.append(Flag(entry.number, "DTSTART", entry.lost_zone, why))
        key = folded(opportunity.employer)
        if key in found:
            merged.append((entry.number, found[key].row))
            found[key] = _joined(found[key], opportunity)
        else:
            found[key] = opportunity
    rows = tuple(Row(entry.number, _cells(entry)) for entry in entries)
    read = Read(
        tuple(found.values()),
        tuple(merged),
        # what may be an interview comes before a life's other events
        tuple(sorted(set_aside, key=lambda one: (one.reason.startswith(_ELSE), one.row))),
        tuple(flags),
    )
    taken = {one.row for one in found.values()}
    columns = _columns([row for row in rows if row.number in taken] or rows)
    return TableProposal(
        Table(name, None, None, _HEADER, rows), columns, {}, read, (), calendar=True
    )


def _components(text: str, name: str) -> list[Any]:
    """The calendars or bare events of a file.

    A damaged one is read again without what no interview needs: alarms, definitions of zones (the
    events name theirs, and the names are enough) and lines that say nothing.
    """
    for attempt in (text, _UNNEEDED.sub("", text)):
        components = _parsed(attempt)
        if components is not None:
            return components
    raise errors.UnreadableFile(
        f"{errors.shown(name)} is a damaged calendar. Export it anew from the program that "
        f"keeps it."
    )


def _parsed(text: str) -> list[Any] | None:
    from icalendar import Calendar

    try:
        return list(Calendar.from_ical(text, multiple=True))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None


def _entries(components: Iterable[Any], text: str, name: str) -> list[_Entry]:
    events = [
        (event, str(component.get("METHOD", "")))
        for component in components
        for event in component.walk("VEVENT")
    ]
    if not events:
        cut = "BEGIN:VEVENT" in text.upper()
        why = "breaks off before its end. Export it anew" if cut else "holds no event"
        raise errors.UnreadableFile(f"{errors.shown(name)} {why}.")
    if len(events) > _MOST_EVENTS:
        raise errors.UnreadableFile(
            f"{errors.shown(name)} holds {len(events):,} events. Export the months of the search "
            f"alone."
        )
    return [_entry(at, event, method) for at, (event, method) in enumerate(events, 1)]


def _entry(number: int, event: Any, method: str) -> _Entry:
    start, end = _moment(event, "DTSTART"), _moment(event, "DTEND")
    if end is None and isinstance(start, datetime):
        try:
            length = event.decoded("DURATION")
            end = start + length if isinstance(length, timedelta) else None
        except (KeyError, ValueError, TypeError, OverflowError):
            end = None
    uid = str(event.get("UID", "")) or f"without uid {number}"
    try:
        sequence = int(str(event.get("SEQUENCE", 0)))
    except ValueError:
        sequence = 0
    summary = " ".join(str(event.get("SUMMARY", "")).split())
    kind = kind_of(summary)
    employers, role = who(summary, _people(event)) if kind == "interview" else ((), "")
    return _Entry(
        number,
        summary,
        start,
        end,
        " ".join(str(event.get("LOCATION", "")).split()),
        str(event.get("DESCRIPTION", "")).strip(),
        "CANCELLED" if method.upper() == "CANCEL" else str(event.get("STATUS", "")).upper(),
        uid,
        sequence,
        "RRULE" in event or "RDATE" in event,
        str(_moment(event, "RECURRENCE-ID") or ""),
        _lost_zone(event, start),
        kind,
        employers,
        role,
        event,
    )


def _people(event: Any) -> tuple[str, ...]:
    """The names of those who are invited, the organizer's apart: that may be a firm's."""
    invited = event.get("ATTENDEE", ())
    named = (
        str(getattr(one, "params", {}).get("CN", ""))
        for one in (invited if isinstance(invited, list) else [invited])
    )
    return tuple(name for name in named if name and "@" not in name)


def _moment(event: Any, name: str) -> date | datetime | None:
    """A start or an end, if the file names one that there is."""
    from icalendar import vDDDTypes

    found = event.get(name)
    try:
        moment = getattr(found, "dt", None)
    except ValueError:  # icalendar keeps what it cannot read as it stands
        try:
            moment = vDDDTypes.from_ical(str(found).strip())  # type: ignore[no-untyped-call]
        except ValueError:
            return None
    return moment if isinstance(moment, date) else None


def _lost_zone(event: Any, start: date | datetime | None) -> str:
    """The name of the start's zone where nobody knows it."""
    named = getattr(event.get("DTSTART"), "params", {}).get("TZID", "")
    floats = isinstance(start, datetime) and start.tzinfo is None
    return str(named) if floats else ""


def _instances(entries: Sequence[_Entry]) -> dict[str, list[_Entry]]:
    """Single times of events that come again, moved or called off, by the event's uid."""
    found: dict[str, list[_Entry]] = {}
    for entry in entries:
        if entry.instance:
            found.setdefault(entry.uid, []).append(entry)
    return found


def _newest(entries: Sequence[_Entry]) -> dict[tuple[str, str], int]:
    """Of events sent again, the number of the one that counts."""
    best: dict[tuple[str, str], _Entry] = {}
    for entry in entries:
        key = entry.uid, entry.instance
        if key not in best or entry.sequence >= best[key].sequence:
            best[key] = entry
    return {key: entry.number for key, entry in best.items()}


def _often(entries: Iterable[_Entry]) -> Counter[str]:
    """In how many interviews each name stands: with an employer there are several."""
    return Counter(folded(name) for entry in entries for name in entry.employers)


def _interview(
    entry: _Entry, instances: Sequence[_Entry], often: Mapping[str, int]
) -> Opportunity | str:
    """The opportunity that an event belongs to, or why it is set aside."""
    title = errors.cut(entry.summary) if entry.summary else "an event without a title"
    if not entry.kind:
        return f"{_ELSE}: {title}"
    if entry.status == "CANCELLED" or is_cancelled(entry.summary):
        return f"cancelled, so it never happened: {title}"
    if entry.kind == "none":
        return f"about interviews, but perhaps none: {title}"
    if entry.kind == "perhaps":
        return f"perhaps an interview: {title}"
    if entry.start is None:
        return f"it says no day: {title}"
    if not entry.employers:
        return f"say which employer it was with: {title}"
    employer = max(entry.employers, key=lambda name: often[folded(name)])
    times = _times(entry, instances)
    if not times:
        return f"it comes again within a day, or more than {_MOST_TIMES} times: {title}"
    visits = tuple(_visit(start, entry) for start in times)
    return Opportunity(
        row=entry.number,
        employer=employer,
        role=entry.role or ROLE_NOT_NOTED,
        location=entry.location,
        notes=entry.summary,
        visits=visits,
    )


def _times(entry: _Entry, instances: Sequence[_Entry]) -> list[date | datetime]:
    """When an event takes place; nothing where it comes again within a day, or without end."""
    assert entry.start is not None
    if not entry.recurs or entry.instance:
        return [entry.start]
    rules = entry.event.get("RRULE", ())
    for rule in rules if isinstance(rules, list) else [rules]:
        if isinstance(rule, dict) and _WITHIN_A_DAY & {str(one) for one in rule.get("FREQ", ())}:
            return []
    import recurring_ical_events  # type: ignore[import-untyped]
    from icalendar import Calendar

    calendar = Calendar()
    for one in (entry, *instances):
        calendar.add_component(one.event)
    starts: list[date | datetime] = []
    # A bare day would never get past itself: it is added to by the hour.
    timed = isinstance(entry.start, datetime)
    since = entry.start if timed else datetime.combine(entry.start, time.min)
    try:
        for occurrence in recurring_ical_events.of(calendar).after(since):
            if str(occurrence.get("STATUS", "")).upper() != "CANCELLED":
                starts.append(occurrence["DTSTART"].dt)
            if len(starts) > _MOST_TIMES:
                return []
    except (ValueError, TypeError, OverflowError, KeyError):
        return [entry.start]
    return starts or [entry.start]


def _visit(start: date | datetime, entry: _Entry) -> Visit:
    if not isinstance(start, datetime):
        return Visit(start)
    length = None
    if (
        isinstance(entry.start, datetime)
        and isinstance(entry.end, datetime)
        and (entry.start.tzinfo is None) == (entry.end.tzinfo is None)
    ):
        length = entry.end - entry.start
    ok = length is not None and timedelta() <= length <= timedelta(hours=24)
    return Visit(
        start.date(),
        start.time().replace(tzinfo=None),
        start.tzinfo,
        lasts=length if ok else None,
    )


def _joined(one: Opportunity, two: Opportunity) -> Opportunity:
    """Two visits with one employer are one opportunity."""
    role = two.role if one.role == ROLE_NOT_NOTED else one.role
    notes = one.notes if two.notes in one.notes else f"{one.notes}\n{two.notes}"
    visits = tuple(dict.fromkeys((*one.visits, *two.visits)))
    return replace(
        one, role=role, notes=notes, visits=visits, location=one.location or two.location
    )


def _cells(entry: _Entry) -> tuple[str | None, ...]:
    return (
        entry.start.isoformat() if entry.start else None,
        entry.end.isoformat() if entry.end else None,
        entry.summary or None,
        entry.location or None,
        entry.description[:500] or None,
        entry.status or None,
        entry.uid,
    )


def _columns(rows: Sequence[Row]) -> tuple[Column, ...]:
    meanings = {"DTSTART": "interview_at", "SUMMARY": "employer", "LOCATION": "location"}
    return tuple(
        Column(
            at,
            header,
            meanings.get(header, "other"),  # type: ignore[arg-type]
            0.8 if header == "SUMMARY" else 1.0,
            order="iso" if header == "DTSTART" else None,
            examples=tuple(
                dict.fromkeys(str(row.at(at))[:80] for row in rows[:3] if row.at(at) is not None)
            ),
        )
        for at, header in enumerate(_HEADER)
    )
