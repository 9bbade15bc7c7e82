"""What there is to do, one item a thing: what ``plan`` sorts and shows (follow-up rules §6, §9)."""

from collections import namedtuple
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from coachkit import terms
from coachkit._arrays import NO_DAY, NOT_A_TIME, Array
from coachkit._events import Scene
from coachkit._own_days import holds
from coachkit._own_reasons import OwnReasons
from coachkit._verdicts import VERDICT
from coachkit.clocks import running, thanked

#: Up to how many days after an interview it is worth asking about, and sending a card.
DEBRIEF_DAYS, CARD_DAYS = 14, 3
#: How far ahead interviews are prepared; and how far ahead is still "this week".
AHEAD_DAYS = 7
#: After how many days without an entry a client with something due is asked.
QUIET_DAYS = 10

Item = dict[str, Any]


def opportunity_items(scene: Scene) -> Iterator[Item]:
    """What the opportunities ask for, whoever their client is."""
    reasons = OwnReasons(scene)
    yield from _thank_yous(scene, reasons)
    yield from _clock_items(scene, reasons)
    yield from _interviews(scene, reasons)


def _thank_yous(scene: Scene, reasons: OwnReasons) -> Iterator[Item]:
    urgent = {VERDICT["due"]: "today", VERDICT["overdue"]: "overdue"}
    for thanks in thanked(scene):
        pressing = np.flatnonzero(np.isin(thanks.dated_verdict, list(urgent)))
        few = {name: part.take(pressing) for name, part in vars(thanks).items()}
        for row in rows(few):
            yield {
                "action": "thank_you",
                "urgency": urgent[row.dated_verdict],
                "rank": 1,
                "number": row.opportunity,
                "due_on": row.deadline_on,
                "due_at": row.deadline_at,
                "interview_id": scene.visit_ids(row.event),
                "reason": reasons.thank_you(row, terms.VERDICTS[row.dated_verdict]),
                "presses": True,
            }


def _clock_items(scene: Scene, reasons: OwnReasons) -> Iterator[Item]:
    """What the running clocks ask for: an answer, a follow-up, or to let go."""
    for clock in rows(running(scene)):
        today = scene.today[clock.opportunity]
        verdict = terms.VERDICTS[clock.dated_verdict]
        item: Item = {"number": clock.opportunity}
        if clock.hold_until != NO_DAY:
            yield from _held_back(scene, reasons, clock)
        elif clock.owed:
            yield item | {
                "action": "answer",
                "urgency": _urgency(clock.answer_on, today),
                "rank": 0,
                "due_on": clock.answer_on,
                "reason": reasons.answer(clock),
                "presses": clock.answer_on <= today,
            }
        elif clock.state in ("waiting", "due", "overdue"):
            urgent = {"overdue": "overdue", "due": "today"}
            yield item | {
                "action": "follow_up",
                "urgency": urgent.get(verdict) or _urgency(clock.due_on, today),
                "rank": _follow_up_rank(clock, today, reasons),
                "due_on": clock.due_on,
                "channel": reasons.channel(clock),
                "reason": reasons.follow_up(clock, verdict),
                "presses": verdict in urgent,
            }
        elif clock.state == "let_go" and not scene.scheduled[clock.opportunity]:
            yield item | {
                "action": "let_go",
                "urgency": "today",
                "rank": 7,
                "due_on": clock.let_go_on,
                "reason": reasons.let_go(clock),
            }


def _follow_up_rank(clock: Any, today: int, reasons: OwnReasons) -> int:
    """Promised days that have passed come before plain waits."""
    passed = NO_DAY < clock.promised_on < today and reasons.promise_sets(clock)
    return 2 if passed else 3


def _held_back(scene: Scene, reasons: OwnReasons, clock: Any) -> Iterator[Item]:
    """What a held opportunity comes back with, if anything: under the day until which it is."""
    today = scene.today[clock.opportunity]
    item: Item = {"number": clock.opportunity}
    if clock.owed:
        item |= {"action": "answer", "rank": 0, "due_on": clock.answer_on}
    elif scene.scheduled[clock.opportunity]:
        return
    elif clock.let_go_on <= clock.hold_until:
        item |= {"action": "let_go", "rank": 7, "due_on": clock.let_go_on}
    elif clock.duty:
        rank = _follow_up_rank(clock, today, reasons)
        channel = reasons.channel(clock)
        item |= {"action": "follow_up", "rank": rank, "due_on": clock.due_on, "channel": channel}
    else:
        return
    item["due_on"] = max(item["due_on"], clock.hold_until)
    item["urgency"] = _urgency(item["due_on"], today)
    item["reason"] = reasons.held(clock, item["action"])
    yield item


def _interviews(scene: Scene, reasons: OwnReasons) -> Iterator[Item]:
    """What interviews ask for: to be prepared, to be talked about, perhaps a card."""
    visits = scene.caseload.interviews
    number = scene.index(visits["opportunity_id"].to_numpy(dtype=np.int64))
    at = visits["held_at"].dt.tz_localize(None).to_numpy().view(np.int64)
    on = scene.days.of(at, scene.zone_row[number])
    today = scene.today[number]
    cancelled = visits["cancelled"].to_numpy(dtype=bool, na_value=False)
    concerned = ~cancelled & ~scene.ended[number]
    answered = visits[list(terms.CLOSING_QUESTIONS)].notna().any(axis=1).to_numpy()
    day_only = ~visits["time_known"].to_numpy(dtype=bool, na_value=True)
    ids = visits["interview_id"].to_numpy(dtype=np.int64)
    held = concerned & (at <= scene.as_of)
    ahead = concerned & (at > scene.as_of) & (on <= today + AHEAD_DAYS)
    carded = _latest_card(scene)[number] >= at
    lately = held & (holds(scene)[number] == NO_DAY)  # what a held one asks for waits

    def item(row: Any, action: str, rank: int, due_on: int, reason: str) -> Item:
        return {
            "action": action,
            "urgency": _urgency(due_on, today[row]),
            "rank": rank,
            "number": number[row],
            "due_on": due_on,
            "interview_id": ids[row],
            "reason": reason,
        }

    for row in np.flatnonzero(ahead):
        reason = reasons.prepare(at[row], on[row], bool(day_only[row]), number[row])
        due_at = NOT_A_TIME if day_only[row] else at[row]
        yield item(row, "prepare", 4, on[row], reason) | {"due_at": due_at}
    for row in np.flatnonzero(lately & ~answered & (on >= today - DEBRIEF_DAYS)):
        yield item(row, "debrief", 5, on[row] + 1, reasons.debrief(on[row], today[row]))
    for row in np.flatnonzero(lately & ~carded & (on >= today - CARD_DAYS)):
        yield item(row, "card", 8, on[row] + CARD_DAYS, reasons.card(on[row], today[row]))


def _latest_card(scene: Scene) -> Array:
    """When each opportunity's latest card went out, up to the instant; long ago where none did."""
    contacts = scene.caseload.contacts
    at = contacts["at"].dt.tz_localize(None).to_numpy().view(np.int64)
    sent = ((contacts["channel"] == "card") & (contacts["direction"] == "out")).to_numpy()
    sent = sent & (at <= scene.as_of)
    latest = np.full(len(scene), NOT_A_TIME)
    number = scene.index(contacts["opportunity_id"].to_numpy(dtype=np.int64)[sent])
    np.maximum.at(latest, number, at[sent])
    return latest


def quiet_clients(scene: Scene, items: list[Item]) -> list[Item]:
    """Clients with something due or overdue of whom nothing was written down lately."""
    reasons = OwnReasons(scene)
    pressing: dict[int, int] = {}
    for item in items:
        if item.get("presses"):
            client = int(scene.client[item["number"]])
            pressing[client] = pressing.get(client, 0) + 1
    last_on = _last_entry(scene)
    asked = []
    for client, things in pressing.items():
        today = int(scene.client_today[client])
        days = today - int(last_on[client])
        if days >= QUIET_DAYS:
            asked.append(
                {
                    "action": "ask_client",
                    "urgency": "today",
                    "rank": 6,
                    "client": client,
                    "due_on": today,
                    "reason": reasons.ask_client(things, int(last_on[client]), today),
                }
            )
    return asked


def _last_entry(scene: Scene) -> Array:
    """The local day of each client's latest contact, interview held or dated outcome."""
    caseload = scene.caseload
    latest = np.full(len(caseload.clients), NOT_A_TIME)
    visits = caseload.interviews[~caseload.interviews["cancelled"].fillna(False).astype(bool)]
    outcomes = caseload.opportunities
    for frame, column in ((visits, "held_at"), (caseload.contacts, "at"), (outcomes, "outcome_at")):
        at = frame[column].dt.tz_localize(None).to_numpy().view(np.int64)
        there = (at != NOT_A_TIME) & (at <= scene.as_of)
        number = scene.index(frame["opportunity_id"].to_numpy(dtype=np.int64)[there])
        np.maximum.at(latest, scene.client[number], at[there])
    known = np.where(latest == NOT_A_TIME, scene.as_of, latest)
    return scene.days.of(known, scene.client_zone_row)


def rows(columns: pd.DataFrame | dict[str, Array]) -> Iterator[Any]:
    """The rows as named tuples of plain values, whose columns no type checker can know."""
    named = {str(name): np.asarray(cells).tolist() for name, cells in columns.items()}
    return map(_row(tuple(named))._make, zip(*named.values(), strict=True))


@cache
def _row(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names)


def _urgency(due_on: int, today: int) -> str:
    if due_on < today:
        return "overdue"
    if due_on == today:
        return "today"
    return "this_week" if due_on <= today + AHEAD_DAYS else "later"
