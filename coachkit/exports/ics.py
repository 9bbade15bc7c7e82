"""The agenda and the interviews ahead as a calendar that every calendar program can take in.

A calendar may be taken in again and again. Each entry has a UID of its own that never changes, so
that it is updated, not doubled; its SEQUENCE is the seconds from 2020 to ``as_of``, so that the
calendar made later wins, without anything being kept between two exports. A calendar that is taken
in anew cannot take entries away: a follow-up that is settled is moved to the day on which it was,
and says so; an interview that is called off is marked as cancelled.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import pandas as pd

from coachkit import terms
from coachkit.agenda import plan
from coachkit.caseload import Caseload
from coachkit.clocks import grade
from coachkit.policy import Policy
from coachkit.reports.facts import for_the_client, name, rows_of, text_of
from coachkit.reports.wording import action

if TYPE_CHECKING:
    from icalendar import Event

_FIRST = pd.Timestamp("2020-01-01T00:00:00Z")
#: How long an interview is taken to be whose end is not known; how long before a deadline to act.
_INTERVIEW, _BEFORE_DEADLINE = timedelta(hours=1), timedelta(minutes=15)
#: When to remind: of an interview, of a deadline, and of a day (at nine in the morning).
_REMIND_OF_INTERVIEW = (timedelta(days=-1), timedelta(hours=-2))
_REMIND_OF_DEADLINE = (timedelta(hours=-3),)
_REMIND_OF_DAY = (timedelta(hours=9),)
#: For so many days what was settled, or called off, is still told.
_SETTLED_DAYS = 60
#: Not the client's to do; and what the interview's own entry says.
_THE_COACHS, _OF_THE_INTERVIEW = ("ask_client",), ("prepare",)


def to_ics(
    caseload: Caseload,
    policy: Policy,
    *,
    as_of: object,
    client: int | str | None = None,
    practice: str = "",
) -> bytes:
    """Write what is to be done, and the interviews ahead, as a calendar.

    Parameters
    ----------
    caseload, policy, as_of
        As for ``plan``.
    client
        For one client, by id or name, from their rows alone; None for the coach, with every
        active client, each named.
    practice
        The practice's name, which tells its entries from those of another in one calendar.

    Returns
    -------
    bytes
        An iCalendar file (RFC 5545). What is due on a day stands on that day, what is overdue on
        the day of ``as_of``; what is due at an instant ends then, in the client's zone.

    Raises
    ------
    UnknownClient
        No client answers to it, or several share the name.
    NaiveTime, UnreadableValue
        ``as_of`` has no time zone or is no time.
    """
    from icalendar import Calendar

    if client is not None:
        caseload = for_the_client(caseload, client)
    diary = _Diary(caseload, policy, as_of, practice, for_coach=client is None)
    whose = "the coach" if client is None else name(caseload.clients["name"].iloc[0])
    calendar = Calendar()
    calendar.add("prodid", "-//coachkit//follow-ups//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", f"Follow-ups: {whose}")
    calendar.add("x-wr-calname", f"Follow-ups: {whose}")
    days = [diary.now.date()]
    for entry in diary.entries():
        calendar.add_component(entry)
        start = entry.start
        days.append(start.date() if isinstance(start, datetime) else start)
    calendar.add_missing_timezones(
        first_date=min(days) - timedelta(days=366), last_date=max(days) + timedelta(days=731)
    )
    return bytes(calendar.to_ical())


class _Diary:
    """Everything that a calendar is to hold, entry by entry."""

    def __init__(
        self, caseload: Caseload, policy: Policy, as_of: object, practice: str, *, for_coach: bool
    ) -> None:
        self.now = pd.Timestamp(as_of).tz_convert("UTC")  # type: ignore[arg-type]
        self._caseload, self._for_coach, self._practice = caseload, for_coach, practice
        self._agenda = plan(caseload, policy, as_of=as_of)
        self._duties = grade(caseload, policy, as_of=as_of)
        clients = caseload.clients
        self._whose = (
            caseload.opportunities[["opportunity_id", "client_id", "employer", "role"]]
            .merge(clients[["client_id", "name", "timezone"]], on="client_id")
            .set_index("opportunity_id")
        )
        self._zones = dict(zip(clients["client_id"], clients["timezone"].astype(str), strict=True))

    def entries(self) -> Iterator["Event"]:
        """The interviews, then what is to be done, then what was settled lately."""
        yield from self._interviews()
        yield from self._to_do()
        yield from self._settled()

    def _interviews(self) -> Iterator["Event"]:
        visits = self._caseload.interviews.sort_values(["held_at", "interview_id"])
        since = self.now - pd.Timedelta(days=_SETTLED_DAYS)
        for row in rows_of(visits):
            off = bool(row.cancelled) if not pd.isna(row.cancelled) else False
            if row.held_at <= (since if off else self.now):
                continue
            whose = self._whose.loc[row.opportunity_id]
            zone = ZoneInfo(str(whose["timezone"]))
            begins = row.held_at.tz_convert(zone).to_pydatetime()
            known = pd.isna(row.time_known) or bool(row.time_known)
            ends = begins + _INTERVIEW
            if not pd.isna(row.ended_at) and row.ended_at > row.held_at:
                ends = row.ended_at.tz_convert(zone).to_pydatetime()
            entry = self._entry(
                ("interview", row.interview_id),
                self._titled("Interview", whose, called_off=off),
                _QUESTIONS,
            )
            if known:
                entry.start, entry.end = begins, ends
            else:
                _on(entry, begins.date())
            entry.add("status", "CANCELLED" if off else "CONFIRMED")
            entry.add("transp", "OPAQUE" if known and not off else "TRANSPARENT")
            if not off:
                _remind(entry, _REMIND_OF_INTERVIEW if known else _REMIND_OF_DAY)
            yield entry

    def _to_do(self) -> Iterator["Event"]:
        skipped = _OF_THE_INTERVIEW if self._for_coach else (*_THE_COACHS, *_OF_THE_INTERVIEW)
        for row in rows_of(self._agenda):
            if str(row.action) in skipped:
                continue
            title = action(str(row.action), row.channel)
            if not pd.isna(row.employer):
                title = f"{title}: {name(row.employer)}"
            if self._for_coach:
                title = f"{name(row.client)}: {title}"
            entry = self._entry(_about(row, str(row.action)), title, text_of(row.reason))
            zone = ZoneInfo(self._zones[row.client_id])
            if pd.isna(row.due_at) or row.due_at <= self.now:
                today = self.now.tz_convert(zone).date()
                _on(entry, max(row.due_on.date(), today))
                if str(row.action) != "card":
                    _remind(entry, _REMIND_OF_DAY)
            else:
                deadline = row.due_at.tz_convert(zone).to_pydatetime()
                entry.start, entry.end = deadline - _BEFORE_DEADLINE, deadline
                _remind(entry, _REMIND_OF_DEADLINE)
            entry.add("status", "CONFIRMED")
            entry.add("transp", "TRANSPARENT")
            yield entry

    def _settled(self) -> Iterator["Event"]:
        """Thank-yous and follow-ups that were to be sent and no longer are, on the day of it."""
        to_do = self._agenda[self._agenda["action"].isin(terms.DUTIES)]
        asked = {_about(row, str(row.action)) for row in rows_of(to_do)}
        duties = self._duties.sort_values("started_at", kind="stable")
        latest = {_about(row, str(row.duty)): row for row in rows_of(self._with_end(duties))}
        since = self.now - pd.Timedelta(days=_SETTLED_DAYS)
        for about, row in latest.items():
            if about in asked or row.settled_at <= since:
                continue
            whose = self._whose.loc[row.opportunity_id]
            what = "thank-you" if row.duty == "thank_you" else "follow-up"
            entry = self._entry(
                about, self._titled(f"Settled: {what}", whose), "Nothing is to be sent for now."
            )
            _on(entry, row.settled_at.tz_convert(ZoneInfo(str(whose["timezone"]))).date())
            entry.add("status", "CONFIRMED")
            entry.add("transp", "TRANSPARENT")
            yield entry

    def _with_end(self, duties: pd.DataFrame) -> pd.DataFrame:
        """When each duty was settled: done, or ended otherwise; else its deadline, if not ahead."""
        ended = duties["done_at"].fillna(_ended_at(duties, self._caseload))
        deadline = duties["deadline_at"]
        passed = deadline.where(deadline < self.now, self.now)
        return duties.assign(settled_at=ended.fillna(passed))

    def _titled(self, what: str, whose: Any, *, called_off: bool = False) -> str:
        title = f"{what}: {name(whose['employer'])}, {name(whose['role'])}"
        title = f"Called off: {title}" if called_off else title
        return f"{name(whose['name'])}: {title}" if self._for_coach else title

    def _entry(self, about: tuple[Any, ...], title: str, why: str) -> "Event":
        from icalendar import Event

        entry = Event()
        told = "/".join(("coachkit", self._practice, *map(str, about)))
        entry.add("uid", f"{uuid5(NAMESPACE_URL, told)}@coachkit")
        entry.add("dtstamp", self.now.to_pydatetime())
        entry.add("last-modified", self.now.to_pydatetime())
        entry.add("sequence", int((self.now - _FIRST).total_seconds()))
        entry.add("summary", title)
        entry.add("description", why)
        return entry


def _about(row: Any, what: str) -> tuple[Any, ...]:
    """What an entry is about, which stays the same for as long as it is: the root of its UID."""
    if what == "follow_up" or pd.isna(row.interview_id):  # one at a time an opportunity
        return what, row.client_id, row.opportunity_id
    return what, row.client_id, row.opportunity_id, row.interview_id


_QUESTIONS = "Before leaving, ask:\n" + "\n".join(
    f"{number}. {question}" for number, question in enumerate(terms.CLOSING_QUESTIONS.values(), 1)
)


def _on(entry: "Event", day: date) -> None:
    """An entry that takes a day."""
    entry.start, entry.end = day, day + timedelta(days=1)


def _remind(entry: "Event", ahead: tuple[timedelta, ...]) -> None:
    from icalendar import Alarm

    for span in ahead:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", str(entry["summary"]))
        alarm.add("trigger", span)
        entry.add_component(alarm)


def _ended_at(duties: pd.DataFrame, caseload: Caseload) -> pd.Series:
    """When each clock that was ended was: at what next happened after its start."""
    ended = duties["ended_by"].notna()
    happened = [
        caseload.contacts[["opportunity_id", "at"]],
        caseload.interviews[["opportunity_id", "held_at"]].set_axis(
            ["opportunity_id", "at"], axis=1
        ),
        caseload.opportunities[["opportunity_id", "outcome_at"]].set_axis(
            ["opportunity_id", "at"], axis=1
        ),
    ]
    events = pd.concat(happened, ignore_index=True).dropna()
    both = duties.reset_index()[["index", "opportunity_id", "started_at"]].merge(
        events, on="opportunity_id"
    )
    later = both[both["at"] > both["started_at"]].groupby("index")["at"].min()
    return later.reindex(duties.index).where(ended)
