"""A client's week: what was kept, what is due, what was agreed, and what is not known yet."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from coachkit import terms
from coachkit._columns import microseconds
from coachkit.agenda import DEBRIEF_DAYS, plan
from coachkit.caseload import Caseload
from coachkit.clocks import grade
from coachkit.notes._language import Language, filled
from coachkit.notes._rows import rows, the_client
from coachkit.notes._said import name_of, text_of
from coachkit.policy import Policy

#: How many things of each kind a short message names.
MOST = 5
_WEEK = pd.Timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """What a weekly message says, each line a thing."""

    client: str
    coach: str | None
    country: str | None
    number: int
    kept: tuple[str, ...]
    due: tuple[str, ...]
    agreed: tuple[str, ...]
    missing: tuple[str, ...]


class _Reading:
    def __init__(self, caseload: Caseload, as_of: object, language: Language) -> None:
        client = the_client(caseload)
        self.caseload, self.language = caseload, language
        self.now = pd.Timestamp(microseconds(as_of, "as_of"), unit="us", tz="UTC")
        self.zone = str(client.timezone)
        self.country = None if pd.isna(client.country) else str(client.country)
        table = caseload.opportunities
        self.employers = dict(zip(table["opportunity_id"], table["employer"], strict=True))
        visits = caseload.interviews
        self.held = dict(zip(visits["interview_id"], visits["held_at"], strict=True))

    def employer(self, opportunity_id: Any) -> str:
        return name_of(self.employers[opportunity_id]) or ""

    def local(self, instant: pd.Timestamp) -> date:
        return instant.tz_convert(self.zone).date()

    @property
    def today(self) -> date:
        return self.local(self.now)

    def line(self, name: str, **parts: str) -> str:
        return filled(str(self.language.words["weekly"][name]), parts)

    def day(self, day: date) -> str:
        return self.language.day(day, self.country)


def read_week(caseload: Caseload, policy: Policy, as_of: object, language: Language) -> Week:
    """The week that ends at an instant, and the one that begins there.

    Raises
    ------
    UnclearNote
        The caseload is not one client's.
    """
    client = the_client(caseload)
    reading = _Reading(caseload, as_of, language)
    return Week(
        client=name_of(client.name) or "",
        coach=name_of(client.coach),
        country=reading.country,
        number=reading.today.toordinal() // 7,
        kept=_few(_kept(reading, grade(caseload, policy, as_of=as_of))),
        due=_few(_due(reading, plan(caseload, policy, as_of=as_of))),
        agreed=_few(_agreed(reading)),
        missing=_few(_missing(reading)),
    )


def _few(lines: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))[:MOST]


def _kept(reading: _Reading, duties: pd.DataFrame) -> list[str]:
    """What was sent in time during the last seven days."""
    done = duties[
        (duties["verdict"] == "on_time") & (duties["done_at"] > reading.now - _WEEK)
    ].sort_values("done_at")
    return [
        reading.line(f"kept_{row.duty}", employer=reading.employer(row.opportunity_id))
        for row in rows(done)
    ]


def _due(reading: _Reading, agenda: pd.DataFrame) -> list[str]:
    """What the agenda has for this week, but for the coach's own errands."""
    own = agenda[
        agenda["urgency"].isin(("overdue", "today", "this_week"))
        & ~agenda["action"].isin(("debrief", "ask_client"))
    ]
    lines = []
    for row in rows(own):
        on = row.due_on.date()
        when = reading.line(_when(row, on, reading.today), day=reading.day(on))
        employer = name_of(row.employer) or ""
        lines.append(reading.line(f"due_{row.action}", employer=employer, when=when))
    return lines


def _when(row: Any, on: date, today: date) -> str:
    """By a day; on it, where it is a visit's own or the first on which to follow up."""
    if row.urgency == "overdue" or on < today:
        return "as_soon_as_possible"
    if on == today:
        return "today"
    return "on" if row.action in ("follow_up", "prepare") else "by"


def _agreed(reading: _Reading) -> list[str]:
    """What was agreed in a session and is not done."""
    assert reading.caseload.agreed_actions is not None
    table = reading.caseload.agreed_actions
    is_open = table["done_at"].isna() & (table["agreed_at"] <= reading.now) & table["text"].notna()
    lines = []
    for row in rows(table[is_open].sort_values(["due_on", "action_id"])):
        what = (text_of(row.text) or "").rstrip(".")
        if not what:
            continue
        if pd.isna(row.due_on):
            lines.append(what)
        else:
            lines.append(reading.line("agreed", what=what, day=reading.day(row.due_on.date())))
    return lines


def _missing(reading: _Reading) -> list[str]:
    """What was not written down about the interviews of the last two weeks."""
    visits = reading.caseload.interviews
    since = reading.now - pd.Timedelta(days=DEBRIEF_DAYS)
    recent = visits[
        (visits["held_at"] <= reading.now)
        & (visits["held_at"] > since)
        & ~visits["cancelled"].fillna(False).astype(bool)
    ].sort_values("held_at", ascending=False)
    assert reading.caseload.interviewers is not None
    people = reading.caseload.interviewers
    lines = []
    for row in recent.to_dict("records"):
        parts = {
            "employer": reading.employer(row["opportunity_id"]),
            "day": reading.day(reading.local(row["held_at"])),
        }
        met = people[people["interview_id"] == row["interview_id"]]
        if all(pd.isna(row[answer]) for answer in terms.CLOSING_QUESTIONS):
            lines.append(reading.line("missing_answers", **parts))
        if met["name"].isna().all():
            lines.append(reading.line("missing_people", **parts))
        elif met["topics"].isna().all():
            lines.append(reading.line("missing_topics", **parts))
    return lines
