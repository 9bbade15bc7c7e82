"""Duties → what to do, each with its reason (follow-up rules §6): ``plan`` and ``explain``."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from coachkit import terms
from coachkit._arrays import DAY, NO_DAY, NOT_A_TIME, Array
from coachkit._columns import microseconds
from coachkit._events import Scene
from coachkit._reasons import Reasons
from coachkit._verdicts import VERDICT
from coachkit.caseload import Caseload
from coachkit.clocks import grade, running, sweep
from coachkit.policy import Policy

#: Up to how many days after an interview it is worth asking about, and sending a card.
DEBRIEF_DAYS, CARD_DAYS = 14, 3
#: How far ahead interviews are prepared; and how far ahead is still "this week".
AHEAD_DAYS = 7
#: After how many days without an entry a client with something due is asked.
QUIET_DAYS = 10

_COLUMNS: dict[str, str | tuple[str, ...]] = {
    "urgency": terms.URGENCIES,
    "action": terms.ACTIONS,
    "due_on": "datetime64[us]",
    "due_at": "datetime64[us, UTC]",
    "client_id": "Int64",
    "client": "str",
    "opportunity_id": "Int64",
    "employer": "str",
    "role": "str",
    "interview_id": "Int64",
    "channel": terms.CHANNELS,
    "reason": "str",
}
Item = dict[str, Any]


def plan(caseload: Caseload, policy: Policy, *, as_of: object) -> pd.DataFrame:
    """List what is to be done, most pressing first, each with the reason in one plain sentence.

    Parameters
    ----------
    caseload, policy
        What is followed, and the waits by which it is planned. Only active clients are planned for.
    as_of
        The instant for which it is planned (aware datetime, Timestamp or ISO text).

    Returns
    -------
    DataFrame
        One row per thing to do: urgency (``overdue``, ``today``, ``this_week``: within 7 days,
        ``later``), action (``terms.ACTIONS``), due_on (local day), due_at (the instant where one
        counts: a thank-you's deadline, an interview's time; else null), client_id, client,
        opportunity_id, employer, role, interview_id, channel (of a follow-up), reason. Ids and
        words are null where a row is not about one. In order of urgency; within it an employer's
        question first, then thank-yous, then promised days that have passed, then plain waits,
        then the rest; then by day and client. An empty caseload gives no rows.

    Raises
    ------
    NaiveTime, UnreadableValue
        ``as_of`` has no time zone or is no time.

    Notes
    -----
    Follow-up rules §6. A follow-up or thank-you that may still go out in time is ``today``, however
    long its window; so are a let-go and a word with the client.

    Examples
    --------
    >>> import coachkit as ck
    >>> agenda = ck.plan(ck.Caseload.empty(), ck.Policy.default(), as_of="2026-11-04T15:00:00Z")
    >>> agenda.empty
    True
    """
    scene = Scene(caseload, policy, microseconds(as_of, "as_of"))
    status = caseload.clients["status"].astype(object)
    active = (status.isna() | (status == "active")).to_numpy(dtype=bool)
    items = [item for item in _opportunity_items(scene) if active[scene.client[item["number"]]]]
    items += _quiet_clients(scene, items)
    return _frame(scene, items)


def explain(caseload: Caseload, policy: Policy, *, as_of: object) -> pd.DataFrame:
    """Say for every duty, in one plain sentence, where its dates come from and how it was judged.

    Returns
    -------
    DataFrame
        The rows and columns of ``grade``, and reason. It writes a sentence a row: meant for one
        client or a few, not for a hundred thousand.

    Notes
    -----
    Parameters and errors as for ``grade``; follow-up rules §3 and §4.
    """
    scene = Scene(caseload, policy, microseconds(as_of, "as_of"))
    reasons = Reasons(scene)
    thanked: list[str] = []
    followed: list[str] = []
    for thanks, clocks in sweep(scene):
        for one in _rows(pd.DataFrame(vars(thanks))):
            done_on = reasons.day_of(one.note, one.opportunity) if one.note >= 0 else None
            thanked.append(reasons.thank_you(one, terms.VERDICTS[one.verdict], done_on))
        for clock in _rows(clocks.facts()):
            followed.append(reasons.graded_follow_up(clock, terms.VERDICTS[clock.verdict]))
    duties = grade(caseload, policy, as_of=as_of)
    return duties.assign(reason=pd.Series(thanked + followed, dtype="str"))


def _opportunity_items(scene: Scene) -> Iterator[Item]:
    reasons = Reasons(scene)
    yield from _thank_yous(scene, reasons)
    yield from _clock_items(scene, reasons)
    yield from _interviews(scene, reasons)


def _thank_yous(scene: Scene, reasons: Reasons) -> Iterator[Item]:
    urgent = {VERDICT["due"]: "today", VERDICT["overdue"]: "overdue"}
    for thanks, _ in sweep(scene):
        pressing = np.isin(thanks.dated_verdict, list(urgent))
        for row in _rows(pd.DataFrame(vars(thanks))[pressing]):
            yield {
                "action": "thank_you",
                "urgency": urgent[row.dated_verdict],
                "rank": 1,
                "number": row.opportunity,
                "due_on": row.deadline_on,
                "due_at": row.deadline_at,
                "interview_id": scene.event_ids[row.event],
                "reason": reasons.thank_you(row, terms.VERDICTS[row.dated_verdict]),
                "presses": True,
            }


def _clock_items(scene: Scene, reasons: Reasons) -> Iterator[Item]:
    """What the running clocks ask for: an answer, a follow-up, or to let go."""
    for clock in _rows(running(scene)):
        today = scene.today[clock.opportunity]
        verdict = terms.VERDICTS[clock.dated_verdict]
        item: Item = {"number": clock.opportunity}
        if clock.owed:
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
            passed = NO_DAY < clock.promised_on < today and reasons.promise_sets(clock)
            yield item | {
                "action": "follow_up",
                "urgency": urgent.get(verdict) or _urgency(clock.due_on, today),
                "rank": 2 if passed else 3,
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


def _interviews(scene: Scene, reasons: Reasons) -> Iterator[Item]:
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
    for row in np.flatnonzero(held & ~answered & (on >= today - DEBRIEF_DAYS)):
        yield item(row, "debrief", 5, on[row] + 1, reasons.debrief(on[row], today[row]))
    for row in np.flatnonzero(held & ~carded & (on >= today - CARD_DAYS)):
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


def _quiet_clients(scene: Scene, items: list[Item]) -> list[Item]:
    """Clients with something due or overdue of whom nothing was written down lately."""
    reasons = Reasons(scene)
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


def _rows(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples, whose columns no type checker can know."""
    return iter(frame.itertuples(index=False))


def _urgency(due_on: int, today: int) -> str:
    if due_on < today:
        return "overdue"
    if due_on == today:
        return "today"
    return "this_week" if due_on <= today + AHEAD_DAYS else "later"


def _frame(scene: Scene, items: list[Item]) -> pd.DataFrame:
    """The rows in order, in the columns and dtypes of the public face."""
    clients = scene.caseload.clients
    opportunities = scene.caseload.opportunities
    names, ids = clients["name"].to_list(), clients["client_id"].to_list()
    employers, roles = opportunities["employer"].to_list(), opportunities["role"].to_list()
    for item in items:
        if "number" in item:
            number = item["number"]
            row = scene.order[number]
            item |= {
                "client": scene.client[number],
                "opportunity_id": scene.ids[number],
                "employer": employers[row],
                "role": roles[row],
            }
        item["client_id"], item["client"] = ids[item["client"]], names[item["client"]]
        item["due_on"] = int(item["due_on"]) * DAY
    items = sorted(items, key=_pressing_first)
    return pd.DataFrame({name: _column(name, items, kind) for name, kind in _COLUMNS.items()})


def _pressing_first(item: Item) -> tuple[Any, ...]:
    return (
        terms.URGENCIES.index(item["urgency"]),
        item["rank"],
        item["due_on"],
        item["client"],
        item["client_id"],
        item.get("opportunity_id", 0),
        item.get("interview_id", 0),
    )


def _column(name: str, items: list[Item], kind: str | tuple[str, ...]) -> Any:
    values = [item.get(name) for item in items]
    if isinstance(kind, tuple):
        return pd.Categorical(values, categories=list(kind))
    if kind.startswith("datetime64"):
        times = [NOT_A_TIME if value is None else int(value) for value in values]
        stamps = pd.Series(np.array(times, dtype=np.int64).view("M8[us]"))
        return stamps.dt.tz_localize("UTC") if "UTC" in kind else stamps
    return pd.Series(values, dtype=object).astype(kind)  # type: ignore[call-overload]
