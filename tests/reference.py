"""The follow-up rules read aloud: the slow, obvious implementation that the engine must equal.

``coachkit`` works on whole columns at once; this module on one opportunity at a time, with loops
and plain objects, so that each sentence of ``follow-up-rules.md`` can be found again (the comments
name its section). Tests grade random caseloads with both. It knows the rules only, not the engine.

``tables`` holds lists of records (clients, opportunities, interviews, contacts) of plain values:
int ids, aware UTC datetimes, dates, str, bool, None; a missing key is None. ``policy`` is a list of
records as in §2 with ``field`` and ``effective_from``; ``as_of`` is an aware datetime. The caseload
is taken to be one that §7 lets in.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from operator import itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays

Record = dict
Tables = dict[str, list[Record]]

DAY = timedelta(days=1)
POLICY_DEFAULTS = {  # §2, the table
    "pace": "moderate", "wait_days": 5, "later_wait_days": 7, "window_days": 2, "max_unanswered": 2,
    "let_go_weeks": 4, "promise_grace_days": 1, "thank_you_hours": 24, "channels": "email call",
}  # fmt: skip
GRADE = (
    "duty", "client_id", "coach", "opportunity_id", "field", "interview_id", "contact_id",
    "started_at", "ready_on", "due_on", "until_on", "deadline_at", "let_go_on", "unanswered",
    "ended_by", "done_at", "verdict",
)  # fmt: skip
AGENDA = (
    "action", "due_on", "due_at", "client_id", "opportunity_id", "interview_id", "channel",
    "urgency",
)  # fmt: skip
LABELS = ("opportunity_id", "client_id", "field")
ANSWERS = ("answer_fit", "answer_steps", "answer_more", "answer_timeline")
URGENCIES = ("overdue", "today", "this_week", "later")
RATES = ("thank_you", "follow_up", "pest", "card")


@dataclass
class Case:
    """One opportunity and what belongs to it, as far as it is there as of an instant (§3)."""

    client: Record
    opportunity: Record
    policy: list[Record]
    as_of: datetime
    held: list[Record]  # in order of (held_at, interview_id)
    planned: list[Record]
    contacts: list[Record]  # in order of (at, contact_id)
    outcome: str | None = None  # None: open
    outcome_at: datetime | None = None  # None: open, or its day is unknown

    @property
    def today(self) -> date:
        return self.day(self.as_of)

    def day(self, moment: datetime) -> date:
        """§1: days are local days in the client's time zone."""
        return moment.astimezone(ZoneInfo(self.client["timezone"])).date()

    def last_second(self, day: date) -> datetime:
        """23:59:59 of a local day."""
        zone = ZoneInfo(self.client["timezone"])
        return datetime.combine(day, time(23, 59, 59), tzinfo=zone).astimezone(UTC)

    def business_day_from(self, day: date) -> date:
        """§3: the first on or after a day: Monday to Friday less the country's holidays (§1)."""
        country = self.opportunity.get("country") or self.client.get("country")
        while day.weekday() >= 5 or (country is not None and day in holiday_calendar(country)):
            day += DAY
        return day

    def policy_row(self, moment: datetime) -> Record:
        """§2: the field's row in force at an instant; missing cells take the table's default."""

        def start(row: Record) -> datetime:  # null = always
            return row.get("effective_from") or datetime.min.replace(tzinfo=UTC)

        own = [row for row in self.policy if row["field"] == self.opportunity["field"]]
        default = [row for row in self.policy if row["field"] == "default"]
        chosen: Record = min(default, key=start, default={})  # the earliest default row
        for rows in (default, own):  # the latest in force, of the field's own before default
            chosen = max((r for r in rows if start(r) <= moment), key=start, default=chosen)
        filled = {key: value for key, value in chosen.items() if value is not None}
        row = POLICY_DEFAULTS | filled
        if self.opportunity.get("wait_days") is not None:  # wins over both waits, past included
            row["wait_days"] = row["later_wait_days"] = self.opportunity["wait_days"]
        return row


@cache
def holiday_calendar(country: str) -> holidays.HolidayBase:
    """The calendar of `US`, or of a part of it, `US-CA`."""
    name, _, part = country.partition("-")
    return holidays.country_holidays(name, subdiv=part or None)


def cases(tables: Tables, policy: list[Record], as_of: datetime) -> list[Case]:
    """One case per opportunity, in order of its id."""
    clients = {client["client_id"]: client for client in tables.get("clients", [])}
    interviews = by_opportunity(tables.get("interviews", []), "held_at", "interview_id")
    contacts = by_opportunity(tables.get("contacts", []), "at", "contact_id")
    found = []
    for opportunity in sorted(tables.get("opportunities", []), key=itemgetter("opportunity_id")):
        mine = [i for i in interviews[opportunity["opportunity_id"]] if not i.get("cancelled")]
        held = [interview for interview in mine if interview["held_at"] <= as_of]
        planned = [interview for interview in mine if interview["held_at"] > as_of]
        there = [c for c in contacts[opportunity["opportunity_id"]] if c["at"] <= as_of]
        client = clients[opportunity["client_id"]]
        case = Case(client, opportunity, policy, as_of, held, planned, there)
        if outcome_stands(case):
            case.outcome, case.outcome_at = opportunity["outcome"], opportunity.get("outcome_at")
        found.append(case)
    return found


def by_opportunity(records: list[Record], *order: str) -> dict[int, list[Record]]:
    """The records of each opportunity, in order."""
    found = defaultdict(list)
    for record in sorted(records, key=itemgetter(*order)):
        found[record["opportunity_id"]].append(record)
    return found


def outcome_stands(case: Case) -> bool:
    """§3: whether the recorded outcome is in effect."""
    outcome, outcome_at = case.opportunity.get("outcome"), case.opportunity.get("outcome_at")
    if outcome in (None, "open") or (outcome_at is not None and outcome_at > case.as_of):
        return False  # an outcome still to come means open
    if outcome != "let_go":
        return True
    if outcome_at is None:
        return not case.planned  # undated: undone only by an interview still planned
    calls = [c["at"] for c in case.contacts if c["direction"] == "in" and c["channel"] != "card"]
    visits = [i["held_at"] for i in case.held + case.planned]
    return all(at <= outcome_at for at in calls + visits)


class Event(NamedTuple):
    kind: str  # interview, inbound, or the kind of an outbound contact
    at: datetime
    id: int
    record: Record


def events(case: Case) -> list[Event]:
    """§3: an opportunity's events in time order (ties: interview, inbound, outbound, by id)."""
    rows = [Event("interview", i["held_at"], i["interview_id"], i) for i in case.held]
    for c in case.contacts:
        kind = "inbound" if c["direction"] == "in" else c["kind"]
        rows.append(Event(kind, c["at"], c["contact_id"], c))
    ranks = {"interview": 0, "inbound": 1}
    counting: list[Event] = []
    for event in sorted(rows, key=lambda row: (row.at, ranks.get(row.kind, 2), row.id)):
        if not counting and event.kind != "interview":
            continue  # anything before the first interview held
        after_outcome = case.outcome_at is not None and event.at > case.outcome_at
        if after_outcome or event.record.get("channel") == "card":
            continue  # anything later than a dated outcome, anything by card, in or out
        repeated = event.kind == "follow_up" and counting[-1].kind == "follow_up"
        if repeated and case.day(event.at) == case.day(counting[-1].at):
            continue  # voicemail and e-mail on one day are one touch
        counting.append(event)
    return counting


@dataclass
class Clock:
    """§3: what an event starts, and how it ended."""

    event: Event
    row: Record  # the policy row in force when it started
    u: int  # follow-ups without an answer, the event included
    ready: date
    due: date
    until: date
    let_go_on: date
    asked_at: datetime | None  # when the contact came to which an answer is owed after the event
    duty: bool  # u < max_unanswered and no answer owed after the event
    ending: Event | None  # the event that ended it
    ended_by: str | None = None
    verdict: str | None = None  # the dated one; None: not graded


def clocks(case: Case) -> list[Clock]:
    """§3: the clock of every event, in order, each with its dated verdict (§4)."""
    found: list[Clock] = []
    u, s, promise, asked_at = 0, date.min, None, None
    every = events(case)
    for event, ending in zip(every, [*every, None][1:], strict=True):
        d, row = case.day(event.at), case.policy_row(event.at)
        if event.kind in ("interview", "inbound"):
            u, s = 0, d
        elif event.kind == "follow_up":
            u += 1
        if event.kind == "interview":  # wipes older promises
            promise = event.record.get("promised_by")
        elif event.kind == "inbound":  # a later promise replaces an earlier one
            promise = event.record.get("promised_by") or promise
        if event.kind in ("interview", "answer"):
            asked_at = None
        elif event.kind == "inbound" and event.record.get("needs_answer"):
            asked_at = asked_at or event.at

        wait = DAY * (row["wait_days"] if u == 0 else row["later_wait_days"])
        ready, silent_since = d + wait, s
        if promise is not None:
            grace = promise + DAY * row["promise_grace_days"]  # G
            ready = max(grace, d + DAY) if u == 0 and promise >= d else max(d + wait, grace)
            silent_since = max(s, promise)
        due = until = case.business_day_from(ready)
        for _ in range(row["window_days"]):
            until = case.business_day_from(until + DAY)
        more_allowed = u < row["max_unanswered"]
        let_go_on = max(
            silent_since + 7 * DAY * row["let_go_weeks"], until + DAY if more_allowed else d + wait
        )
        duty = more_allowed and asked_at is None
        clock = Clock(event, row, u, ready, due, until, let_go_on, asked_at, duty, ending)
        clock.ended_by = ending.kind if ending else "outcome" if case.outcome else None
        clock.verdict = clock_verdict(case, clock)
        found.append(clock)
    return found


def clock_verdict(case: Case, clock: Clock) -> str | None:
    """§4: the dated verdict of a clock; None where it is not graded."""
    ended_by = clock.ended_by
    if not clock.duty:
        return "too_many" if ended_by == "follow_up" and clock.asked_at is None else None
    if ended_by == "answer":
        return "superseded"
    if ended_by == "interview" or (ended_by is None and case.planned):
        return "not_needed"
    if ended_by == "outcome" and case.outcome_at is None:
        return "unknown"
    if ended_by is None:
        x = case.today
        if x <= clock.until:
            return "waiting" if x < clock.due else "due"
        return "overdue" if x < clock.let_go_on else "missed"
    x = case.day(case.outcome_at if ended_by == "outcome" else clock.ending.at)
    if ended_by == "follow_up":
        if x < clock.ready:
            return "too_soon"
        return "on_time" if x <= clock.until else "late"
    if ended_by in ("thank_you", "other"):
        return "superseded" if x <= clock.until else "late"
    return "not_needed" if x <= clock.until else "missed"  # an inbound contact, a dated outcome


ThankYou = tuple[Record, datetime, Record | None, str]  # interview, deadline, note, dated verdict


def thank_yous(case: Case) -> list[ThankYou]:
    """§4: the thank-you duty, once per interview held, also after an outcome."""
    found = []
    for interview in case.held:
        hours = case.policy_row(interview["held_at"])["thank_you_hours"]
        if interview.get("time_known") is False:
            days = -(-hours // 24)  # rounded up
            deadline = case.last_second(case.day(interview["held_at"]) + DAY * days)
        else:
            end = interview.get("ended_at") or interview["held_at"]
            deadline = end.astimezone(UTC) + timedelta(hours=hours)
        note = thank_you_note(case, interview)
        found.append((interview, deadline, note, note_verdict(case, interview, deadline, note)))
    return found


def no_later(case: Case, first: datetime, second: datetime, *records: Record) -> bool:
    """§4: first <= second, by local days where the time of any of the records is unknown."""
    if any(record.get("time_known") is False for record in records):
        return case.day(first) <= case.day(second)
    return first <= second


def thank_you_note(case: Case, interview: Record) -> Record | None:
    """§4: the earliest outbound thank_you, not by card, that answers the interview's duty."""
    held_day = case.day(interview["held_at"])
    visits = [i["held_at"] for i in case.held + case.planned]
    next_at = min((at for at in visits if case.day(at) > held_day), default=None)
    for note in case.contacts:
        if (note["direction"], note["kind"]) != ("out", "thank_you") or note["channel"] == "card":
            continue
        if not no_later(case, interview["held_at"], note["at"], interview, note):
            continue
        if note.get("interview_id") is None:  # the next interview of a later local day, by instant
            if next_at is None or note["at"] < next_at:
                return note
        elif note["interview_id"] == interview["interview_id"]:
            return note
    return None


def note_verdict(case: Case, interview: Record, deadline: datetime, note: Record | None) -> str:
    """§4: the dated verdict of a thank-you duty."""
    if note is not None and no_later(case, note["at"], deadline, interview, note):
        return "on_time"
    if case.outcome is not None:  # for none sent, and for a note that is not on time
        if case.outcome_at is None:
            return "unknown"
        if case.outcome_at <= deadline:
            return "not_needed"
        return "missed" if note is None else "late"
    if note is not None:
        return "late"
    if case.as_of <= deadline:
        return "due"
    return "overdue" if case.as_of <= deadline + timedelta(hours=7 * 24) else "missed"


def grade(tables: Tables, policy: list[Record], as_of: datetime) -> list[Record]:
    """One row per duty: thank-yous first, each by opportunity and in the order of their start."""
    thank_you_rows, follow_up_rows = [], []

    def excused(verdict: str, deadline: date, tracked: date | None) -> str:
        """§4: unknown is not missed; instant before instant, or day before day."""
        untracked = tracked is not None and deadline < tracked
        return "unknown" if untracked and verdict in ("missed", "overdue", "late") else verdict

    for case in cases(tables, policy, as_of):
        tracked = case.client.get("tracked_since")
        every = dict.fromkeys(GRADE) | {label: case.opportunity[label] for label in LABELS}
        every["coach"] = case.client.get("coach")
        for interview, deadline, note, verdict in thank_yous(case):
            row = every | {"duty": "thank_you", "interview_id": interview["interview_id"]}
            row["started_at"], row["deadline_at"] = interview["held_at"], deadline
            row["due_on"] = row["until_on"] = case.day(deadline)
            if note is not None:
                row["contact_id"], row["done_at"] = note["contact_id"], note["at"]
            row["verdict"] = excused(verdict, deadline, tracked)
            thank_you_rows.append(row)
        for clock in clocks(case):
            if clock.verdict is None:
                continue
            row = every | {"duty": "follow_up", "started_at": clock.event.at}
            row["ready_on"], row["due_on"], row["until_on"] = clock.ready, clock.due, clock.until
            row["deadline_at"], row["let_go_on"] = case.last_second(clock.until), clock.let_go_on
            row["unanswered"], row["ended_by"] = clock.u, clock.ended_by
            if clock.ending is not None and clock.ended_by not in ("interview", "inbound"):
                row["contact_id"], row["done_at"] = clock.ending.id, clock.ending.at
            row["verdict"] = excused(clock.verdict, clock.until, tracked and case.day(tracked))
            follow_up_rows.append(row)
    return thank_you_rows + follow_up_rows


def state_of(case: Case) -> tuple[str, date | None, date | None]:
    """§4 and §9: the state of an opportunity, the day it is due on and the day to let it go."""
    if case.outcome is not None or case.planned or not case.held:
        return case.outcome or ("scheduled" if case.planned else "new"), None, None
    state, due, let_go_on = state_on(case, case.today)
    if is_on_hold(case):
        return "held", case.opportunity["hold_until"], let_go_on
    return state, due, let_go_on


def is_on_hold(case: Case) -> bool:
    """§9: while the local day of *as of* is before hold_until."""
    hold_until = case.opportunity.get("hold_until")
    return hold_until is not None and case.today < hold_until


def state_on(case: Case, day: date) -> tuple[str, date | None, date]:
    """§4 and §9: how the running clock stands on a day, nothing more happening until then."""
    running = clocks(case)[-1]
    if running.asked_at is not None:
        return "answer", answer_due(case, running), running.let_go_on
    due, until, let_go_on = own_days(case, running)
    if day >= let_go_on:
        return "let_go", None, let_go_on
    if not running.duty:
        return "holding", None, let_go_on
    state = "waiting" if day < due else "due" if day <= until else "overdue"
    return state, due, let_go_on


def own_days(case: Case, running: Clock) -> tuple[date, date, date]:
    """§9: `due`, `until` and `let_go_on`, the coach's where a pin is in force, else the rule's."""
    pin = case.opportunity.get("follow_up_on")
    spent = pin is None or pin <= case.day(running.event.at)
    if spent or not running.duty or case.planned:
        return running.due, running.until, running.let_go_on
    until = pin
    for _ in range(running.row["window_days"]):
        until = case.business_day_from(until + DAY)
    return pin, until, max(running.let_go_on, until + DAY)


def answer_due(case: Case, running: Clock) -> date:
    """§6: the next business day after the contact that asked."""
    return case.business_day_from(case.day(running.asked_at) + DAY)


def states(tables: Tables, policy: list[Record], as_of: datetime) -> list[Record]:
    """One row per opportunity, in order of its id."""
    rows = []
    for case in cases(tables, policy, as_of):
        row = {label: case.opportunity[label] for label in LABELS}
        row["state"], row["due_on"], row["let_go_on"] = state_of(case)
        rows.append(row)
    return rows


def cards_sent(case: Case) -> list[datetime]:
    """When the client sent a card."""
    return [c["at"] for c in case.contacts if (c["direction"], c["channel"]) == ("out", "card")]


def card_sent(case: Case, interview: Record) -> bool:
    """§5: whether a card was sent after the interview and before the next."""
    visits = case.held + case.planned
    later = [i["held_at"] for i in visits[visits.index(interview) + 1 :]]
    end = later[0] if later else datetime.max.replace(tzinfo=UTC)
    return any(interview["held_at"] <= at < end for at in cards_sent(case))


def compliance(tables: Tables, policy: list[Record], as_of: datetime, by: str) -> Record:
    """§5: {group: {rate: (numerator, denominator)}} by `client`, `field`, `coach` or `week`."""
    groups: dict = {}
    by_id = {case.opportunity["opportunity_id"]: case for case in cases(tables, policy, as_of)}
    for row in grade(tables, policy, as_of):
        case, verdict = by_id[row["opportunity_id"]], row["verdict"]
        pest = verdict in ("too_soon", "too_many")
        on_time, graded = verdict == "on_time", verdict in ("on_time", "late", "missed", "overdue")
        if row["duty"] == "thank_you":
            (interview,) = (i for i in case.held if i["interview_id"] == row["interview_id"])
            counts = {"thank_you": (on_time, graded), "card": (card_sent(case, interview), True)}
        else:
            late = verdict == "late" and row["ended_by"] == "follow_up"
            counts = {"follow_up": (on_time, graded or pest)}
            counts["pest"] = (pest, pest or on_time or late)
        key = row.get("client_id" if by == "client" else by)
        if by == "week":  # Monday of the local day of the deadline; for pests, of the contact
            day = case.day(row["done_at"]) if pest else row["until_on"]
            key = day - DAY * day.weekday()
        group = groups.setdefault(key, dict.fromkeys(RATES, (0, 0)))
        for rate, (kept, of) in counts.items():
            group[rate] = (group[rate][0] + kept, group[rate][1] + of)
    return groups


def agenda(tables: Tables, policy: list[Record], as_of: datetime) -> list[Record]:
    """§6: one row per thing to do, by urgency, day, client, opportunity, interview and action."""
    rows: list[Record] = []
    last_noted: dict[int, date] = {}  # by client: the latest day on which something was noted
    pressing: dict[int, date] = {}  # by client with something due or overdue: today
    for case in cases(tables, policy, as_of):
        client_id = case.client["client_id"]
        if case.client.get("status") not in (None, "active"):
            continue
        rows += (mine := todo(case))
        urgent = {row["action"] for row in mine if row["urgency"] in ("overdue", "today")}
        if urgent & {"answer", "thank_you", "follow_up"}:
            pressing[client_id] = case.today
        noted = [c["at"] for c in case.contacts] + [i["held_at"] for i in case.held]
        outcome_at = case.opportunity.get("outcome_at")
        if outcome_at is not None and outcome_at <= as_of:
            noted.append(outcome_at)
        latest = last_noted.get(client_id, date.min)
        last_noted[client_id] = max([latest, *(case.day(at) for at in noted)])
    for client_id, today in pressing.items():
        if last_noted[client_id] <= today - 10 * DAY:
            ask = {"action": "ask_client", "due_on": today, "urgency": "today"}
            rows.append(dict.fromkeys(AGENDA) | ask | {"client_id": client_id})

    ids = ("client_id", "opportunity_id", "interview_id")
    rows.sort(key=lambda row: (row["due_on"], [row[key] or 0 for key in ids], row["action"]))
    return sorted(rows, key=lambda row: URGENCIES.index(row["urgency"]))


def todo(case: Case) -> list[Record]:
    """§6: what one opportunity asks for."""
    rows: list[Record] = []

    def add(action: str, due_on: date, urgency: str | None = None, **more: object) -> None:
        if urgency is None:  # by its day
            days = (due_on - case.today).days
            urgency = URGENCIES[0 if days < 0 else 1 if days == 0 else 2 if days <= 7 else 3]
        row = dict.fromkeys(AGENDA) | {key: case.opportunity[key] for key in LABELS[:2]}
        rows.append(row | {"action": action, "due_on": due_on, "urgency": urgency} | more)

    by_verdict = {"overdue": "overdue", "due": "today", "waiting": None}
    for interview, deadline, _, verdict in thank_yous(case):
        if verdict in ("due", "overdue"):
            named = {"interview_id": interview["interview_id"], "due_at": deadline}
            add("thank_you", case.day(deadline), by_verdict[verdict], **named)
    if case.outcome is not None:
        return rows  # all else is for open ones
    on_hold = is_on_hold(case)
    if case.held:
        day = case.opportunity["hold_until"] if on_hold else case.today
        running = clocks(case)[-1]
        state, due, let_go_on = state_on(case, day)
        channel, urgency = None, None
        if state == "answer":  # also while an interview lies ahead
            action = "answer"
        elif case.planned or state == "holding":
            action = None
        elif state == "let_go":
            action, due, urgency = "let_go", let_go_on, "today"
        else:
            channels = running.row["channels"].split()
            channel = channels[min(running.u, len(channels) - 1)]
            action, urgency = "follow_up", by_verdict[state]
        if action and on_hold:
            add(action, max(day, due), channel=channel)
        elif action:
            add(action, due, urgency, channel=channel)
    cards = cards_sent(case)
    for interview in [] if on_hold else case.held:
        held_on, id_ = case.day(interview["held_at"]), interview["interview_id"]
        unrecorded = all(interview.get(answer) is None for answer in ANSWERS)
        if held_on >= case.today - 14 * DAY and unrecorded:
            add("debrief", held_on + DAY, interview_id=id_)
        if held_on >= case.today - 3 * DAY and all(at < interview["held_at"] for at in cards):
            add("card", held_on + 3 * DAY, interview_id=id_)
    for interview in case.planned:
        held_on, id_ = case.day(interview["held_at"]), interview["interview_id"]
        if held_on <= case.today + 7 * DAY:
            known_at = None if interview.get("time_known") is False else interview["held_at"]
            add("prepare", held_on, interview_id=id_, due_at=known_at)
    return rows
