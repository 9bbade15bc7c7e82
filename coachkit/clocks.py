"""Events → clocks → duties and verdicts (follow-up rules §3 and §4): ``grade`` and ``states``."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from coachkit import terms
from coachkit._arrays import DAY, NEVER, NO_DAY, NOT_A_TIME, SECOND, Array, latest
from coachkit._columns import microseconds
from coachkit._events import (
    ANSWER,
    CARD,
    DAY_ONLY,
    FOLLOW_UP,
    INBOUND,
    INTERVIEW,
    KIND,
    NEEDS_ANSWER,
    PROMISES,
    THANK_YOU,
    Scene,
)
from coachkit._frames import Duties
from coachkit.caseload import Caseload
from coachkit.policy import Policy

HOUR = 3600 * SECOND
#: What ends a clock: ``terms.ENDINGS`` by their number, an outcome being dated or not, or nothing.
OUTCOME, OUTCOME_UNDATED, RUNS, RUNS_SCHEDULED = range(6, 10)

#: Rules §4: the verdict on a follow-up by what ended its clock: before ``ready``, in time, after ``until``.
FOLLOW_UP_VERDICTS = {
    "interview": ("not_needed", "not_needed", "not_needed"),
    "inbound": ("not_needed", "not_needed", "missed"),
    "thank_you": ("superseded", "superseded", "late"),
    "answer": ("superseded", "superseded", "superseded"),
    "other": ("superseded", "superseded", "late"),
    "follow_up": ("too_soon", "on_time", "late"),
    "outcome": ("not_needed", "not_needed", "missed"),
    "outcome, undated": ("unknown", "unknown", "unknown"),
    "nothing yet": ("waiting", "due", "overdue"),
    "nothing yet, interview planned": ("not_needed", "not_needed", "not_needed"),
}
VERDICT = {word: np.int8(number) for number, word in enumerate(terms.VERDICTS)}
_VERDICT_BY_ENDING = np.array(
    [VERDICT[word] for row in FOLLOW_UP_VERDICTS.values() for word in row], dtype=np.int8
)
#: Unknown is not missed: before ``tracked_since`` it may have been done and not written down.
_UNRECORDED = np.isin(np.arange(len(VERDICT)), [VERDICT[word] for word in ("missed", "overdue", "late")])


@dataclass(eq=False)
class Clocks:
    """Clocks of some opportunities, in order: one entry an event that started one."""

    opportunity: Array  # its number in the scene
    event: Array  # the stream's row of the event that started it
    started_at: Array
    started_on: Array  # d
    code: Array
    unanswered: Array  # u
    promised_on: Array  # P, or NO_DAY
    promised_at: Array  # place, in these arrays, of the event that gave P
    asked_at: Array  # place of the first inbound contact that is owed an answer, if one is
    wait: Array
    row: Array  # the policy's
    ready_on: Array
    due_on: Array
    until_on: Array
    let_go_on: Array
    owed: Array
    duty: Array
    ended_by: Array
    ended_on: Array  # x
    dated_verdict: Array  # as state and agenda have it
    verdict: Array

    def facts(self, places: Array) -> pd.DataFrame:
        """Some of the clocks, with the stream's rows of the events that they rest on."""
        facts = {name: values.take(places) for name, values in vars(self).items()}
        for name in ("promised_at", "asked_at"):
            facts[name] = self.event.take(facts[name])
        return pd.DataFrame(facts)


@dataclass(eq=False)
class ThankYous:
    """The thank-you duties of some opportunities: one entry an interview held."""

    opportunity: Array
    event: Array
    held_at: Array
    deadline_at: Array
    deadline_on: Array
    note: Array  # the stream's row of the note that answered it; -1: none
    dated_verdict: Array
    verdict: Array
    carded: Array  # a card was sent after it and before the next


def grade(caseload: Caseload, policy: Policy, *, as_of: object) -> pd.DataFrame:
    """Judge every thank-you and every follow-up: what was due when, what was done, how it stands.

    Parameters
    ----------
    caseload, policy
        What is followed, and the waits by which it is judged.
    as_of
        The instant as of which everything is seen (aware datetime, Timestamp or ISO text).

    Returns
    -------
    DataFrame
        One row per duty: the thank-you of every interview held, then every follow-up clock that
        is graded; each in the order of opportunity and time. Columns: duty (``thank_you``,
        ``follow_up``), client_id, coach, opportunity_id, field, interview_id (the visit thanked
        for), contact_id and done_at (the note; the outbound contact that ended the clock),
        started_at (instant), ready_on, due_on, until_on (local days: not before, first business
        day, last day on time), deadline_at (instant), let_go_on (local day), unanswered
        (follow-ups without an answer so far), ended_by (``terms.ENDINGS``, null while it runs),
        verdict (``terms.VERDICTS``). Null where a column does not apply. An empty caseload gives
        no rows. ``attrs["graded"]`` carries what rates need beside the rows.

    Raises
    ------
    NaiveTime, UnreadableValue
        ``as_of`` has no time zone or is no time.

    Notes
    -----
    Follow-up rules §3 and §4.

    Examples
    --------
    >>> import coachkit as ck
    >>> duties = ck.grade(ck.Caseload.empty(), ck.Policy.default(), as_of="2026-11-04T15:00:00Z")
    >>> len(duties)
    0
    """
    scene = Scene(caseload, policy, microseconds(as_of, "as_of"))
    duties = Duties(scene)
    for thanks, clocks in sweep(scene):
        duties.add_thank_yous(thanks)
        graded = clocks.duty | (clocks.ended_by == FOLLOW_UP) & ~clocks.owed
        duties.add_follow_ups(clocks, np.flatnonzero(graded))
    return duties.frame()


def states(caseload: Caseload, policy: Policy, *, as_of: object) -> pd.DataFrame:
    """Say where every opportunity stands.

    Returns
    -------
    DataFrame
        One row per opportunity, in the order of their ids: opportunity_id, client_id, field, state
        (``terms.STATES``), due_on (local day of what the state asks for: the follow-up, the answer
        owed; else null), let_go_on (local day; null unless a clock runs).

    Notes
    -----
    Follow-up rules §4, its last paragraph. Parameters and errors as for ``grade``.
    """
    scene = Scene(caseload, policy, microseconds(as_of, "as_of"))
    clocks = running(scene)
    state = np.array(terms.OUTCOMES, dtype=object)[scene.outcome]
    is_open = ~scene.ended
    state[is_open & (scene.first_held == NEVER)] = "new"
    due_on = np.full(len(scene), NOT_A_TIME)
    let_go_on = due_on.copy()
    which = clocks["opportunity"].to_numpy()
    state[which] = clocks["state"]
    due_on[which] = clocks["state_due_on"]
    let_go_on[which] = clocks["let_go_on"].to_numpy().astype(np.int64) * DAY
    state[is_open & scene.scheduled] = "scheduled"
    due_on[scene.scheduled] = let_go_on[scene.scheduled] = NOT_A_TIME
    return pd.DataFrame(
        {
            "opportunity_id": pd.array(scene.ids, dtype="Int64"),
            "client_id": pd.array(scene.client_id, dtype="Int64"),
            "field": caseload.opportunities["field"].array[scene.order],
            "state": pd.Categorical(state, categories=list(terms.STATES)),
            "due_on": due_on.view("M8[us]"),
            "let_go_on": let_go_on.view("M8[us]"),
        }
    )


def running(scene: Scene) -> pd.DataFrame:
    """The clock that runs for each open opportunity with an interview held.

    Returns
    -------
    DataFrame
        One row per such opportunity: the fields of ``Clocks`` (``promised_at``, ``asked_at`` as the
        stream's rows), asked_on (local day of the contact that is owed an answer), answer_on (the
        next business day), state and state_due_on (microseconds) as ``states`` has them.
    """
    found = []
    for _, clocks in sweep(scene):
        found.append(clocks.facts(np.flatnonzero(clocks.ended_by >= RUNS)))
    facts = pd.concat(found, ignore_index=True) if found else _clocks_of_nothing(scene)
    number = facts["opportunity"].to_numpy()
    asked = scene.at.take(facts["asked_at"].to_numpy())
    facts["asked_on"] = scene.days.of(asked, scene.zone_row.take(number))
    answer_rank = scene.business.rank(
        facts["asked_on"].to_numpy() + 1, scene.calendar_row.take(number)
    )
    facts["answer_on"] = scene.business.day(answer_rank)
    verdict = np.array(terms.VERDICTS, dtype=object)[facts["dated_verdict"].to_numpy()]
    stands = np.isin(verdict.astype(str), ["waiting", "due", "overdue"]) & facts["duty"].to_numpy()
    gone = (facts["ended_on"] >= facts["let_go_on"]).to_numpy()
    owed = facts["owed"].to_numpy()
    facts["state"] = np.select(
        [owed, stands, gone], ["answer", verdict, "let_go"], default="holding"
    )
    day = np.where(owed, facts["answer_on"], facts["due_on"]).astype(np.int64)
    facts["state_due_on"] = np.where(owed | stands, day * DAY, NOT_A_TIME)
    return facts


def _clocks_of_nothing(scene: Scene) -> pd.DataFrame:
    none = np.empty(0, dtype=np.int64)
    return _clocks(scene, none, none, none.astype(np.int32)).facts(none)


def sweep(scene: Scene) -> Iterator[tuple[ThankYous, Clocks]]:
    """Every thank-you duty and every clock, some opportunities at a time."""
    for number, rows in scene.blocks():
        day = scene.days.of(scene.at.take(rows), scene.zone_row.take(number))
        yield _thank_yous(scene, number, rows, day), _clocks(scene, number, rows, day)


def _clocks(scene: Scene, number: Array, rows: Array, day: Array) -> Clocks:
    """Rules §3: the clock that every event starts, and (§4) how it ended."""
    at, code = scene.at.take(rows), scene.code.take(rows)
    counts = at >= scene.first_held.take(number)
    counts &= at <= scene.ended_at.take(number)
    counts &= code & KIND != CARD
    number, rows, at, code, day = _kept(counts, number, rows, at, code, day)
    again = np.zeros(number.size, dtype=bool)  # voicemail and e-mail on one day are one touch
    follow_up = code & KIND == FOLLOW_UP
    again[1:] = follow_up[1:] & follow_up[:-1]
    again[1:] &= (number[1:] == number[:-1]) & (day[1:] == day[:-1])
    number, rows, at, code, day = _kept(~again, number, rows, at, code, day)

    kind = code & KIND
    is_interview = kind == INTERVIEW
    reset = latest(kind <= INBOUND)  # every opportunity begins with an interview
    count = np.cumsum(kind == FOLLOW_UP, dtype=np.int32)
    unanswered = count - count.take(reset)
    promised_at = latest(is_interview | (code & PROMISES != 0))
    promised_on = _promised_on(scene, rows, code).take(promised_at)
    owed, asked_at = _owed(code, is_interview | (kind == ANSWER))

    row = scene.versions.at(scene.field.take(number), at)
    span = {name: values.take(row) for name, values in scene.versions.spans.items()}
    wait = np.where(unanswered == 0, span["wait_days"], span["later_wait_days"])
    own_wait = scene.own_wait.take(number)
    wait = np.where(own_wait >= 0, own_wait, wait)
    after_promise = promised_on + span["promise_grace_days"]
    promise_rules = (unanswered == 0) & (promised_on >= day)
    ready = np.maximum(np.where(promise_rules, day + 1, day + wait), after_promise)
    rank = scene.business.rank(ready, scene.calendar_row.take(number))
    due = scene.business.day(rank)
    until = scene.business.day(rank + span["window_days"])
    more = unanswered < span["max_unanswered"]
    silent_since = np.maximum(day.take(reset), promised_on)
    let_go = np.maximum(
        silent_since + 7 * span["let_go_weeks"], np.where(more, until + 1, day + wait)
    )
    duty = more & ~owed

    ended_by, ended_on = _endings(scene, number, kind, day)
    late = np.add(ended_on >= ready, ended_on > until, dtype=np.int8)
    runs = np.flatnonzero(ended_by == RUNS)
    late[runs] = (ended_on[runs] >= due[runs]).view(np.int8) + (ended_on[runs] > until[runs])
    verdict = _VERDICT_BY_ENDING.take(ended_by * np.int8(3) + late)
    verdict[runs[(ended_on[runs] >= let_go[runs]) & (late[runs] == 2)]] = VERDICT["missed"]
    verdict[~duty] = VERDICT["too_many"]
    before = until < scene.tracked_on.take(number)
    return Clocks(
        opportunity=number,
        event=rows,
        started_at=at,
        started_on=day,
        code=code,
        unanswered=unanswered,
        promised_on=promised_on,
        promised_at=promised_at,
        asked_at=asked_at,
        wait=wait,
        row=row,
        ready_on=ready,
        due_on=due,
        until_on=until,
        let_go_on=let_go,
        owed=owed,
        duty=duty,
        ended_by=ended_by,
        ended_on=ended_on,
        dated_verdict=verdict,
        verdict=_unless_unrecorded(verdict, before),
    )


def _kept(keep: Array, *arrays: Array) -> tuple[Array, ...]:
    if keep.all():
        return arrays
    places = np.flatnonzero(keep)
    return tuple(array.take(places) for array in arrays)


def _promised_on(scene: Scene, rows: Array, code: Array) -> Array:
    """The day that each event promises; NO_DAY where it promises none."""
    promised = np.full(rows.size, NO_DAY, dtype=np.int32)
    places = np.flatnonzero(code & PROMISES)
    promised[places] = scene.promised_on(rows.take(places))
    return promised


def _owed(code: Array, settles: Array) -> tuple[Array, Array]:
    """Whether an answer is owed after each event, and the place of the first contact that asks for it."""
    asks = code & NEEDS_ANSWER != 0
    asking = np.flatnonzero(asks)
    if not asking.size:
        return asks, np.zeros(code.size, dtype=np.int32)
    count = np.cumsum(asks, dtype=np.int32)
    settled = count.take(latest(settles))
    return count > settled, asking.take(np.minimum(settled, asking.size - 1))


def _endings(scene: Scene, number: Array, kind: Array, day: Array) -> tuple[Array, Array]:
    """What ended each clock and on which local day; *as of*'s own day where nothing did."""
    ended_by, ended_on = np.empty_like(kind, dtype=np.int8), np.empty_like(day)
    ended_by[:-1], ended_on[:-1] = kind[1:], day[1:]
    last = np.flatnonzero(np.append(number[1:] != number[:-1], True)[: number.size])
    of = number[last]
    runs = np.where(scene.scheduled[of], RUNS_SCHEDULED, RUNS)
    outcome = np.where(scene.ended_undated[of], OUTCOME_UNDATED, OUTCOME)
    ended_by[last] = np.where(scene.ended[of], outcome, runs)
    ended_on[last] = np.where(scene.ended[of], scene.ended_on[of], scene.today[of])
    return ended_by, ended_on


def _unless_unrecorded(verdict: Array, before_tracking: Array) -> Array:
    if not before_tracking.any():
        return verdict
    unknown = before_tracking & _UNRECORDED.take(verdict)
    return np.where(unknown, VERDICT["unknown"], verdict)


def _thank_yous(scene: Scene, number: Array, rows: Array, day: Array) -> ThankYous:
    """Rules §4: the thank-you duty, once per interview held, also after an outcome."""
    at, code = scene.at.take(rows), scene.code.take(rows)
    visits = np.flatnonzero(code & KIND == INTERVIEW)
    notes = np.flatnonzero(code & KIND == THANK_YOU)
    opportunity, visit = number[visits], scene.held[rows[visits]]
    held_at, held_on = at[visits], day[visits]
    day_only = code[visits] & DAY_ONLY != 0
    note = _first_notes(scene, number, rows, at, day, code, visits, notes)

    zone_row = scene.zone_row.take(opportunity)
    policy_row = scene.versions.at(scene.field.take(opportunity), held_at)
    hours = scene.versions.spans["thank_you_hours"].take(policy_row).astype(np.int64)
    ended_at = scene.visit_ended_at[visit]
    deadline = np.where(ended_at == NOT_A_TIME, held_at, ended_at) + hours * HOUR
    by_day = scene.days.last_second(held_on - (-hours // 24), zone_row)
    deadline = np.where(day_only, by_day, deadline)
    deadline_on = scene.days.of(deadline, zone_row)

    sent = note >= 0
    ended_at, undated = scene.ended_at.take(opportunity), scene.ended_undated.take(opportunity)
    days_compared = day_only | (code[note] & DAY_ONLY != 0)
    in_time = np.where(days_compared, day[note] <= deadline_on, at[note] <= deadline)
    verdict = np.select(
        [sent & in_time, undated, ended_at <= deadline, sent, ended_at != NEVER],
        [
            VERDICT["on_time"],
            VERDICT["unknown"],
            VERDICT["not_needed"],
            VERDICT["late"],
            VERDICT["missed"],
        ],
        default=np.select(
            [scene.as_of <= deadline, scene.as_of <= deadline + 7 * 24 * HOUR],
            [VERDICT["due"], VERDICT["overdue"]],
            default=VERDICT["missed"],
        ),
    )
    before = deadline < scene.tracked_since.take(opportunity)
    return ThankYous(
        opportunity=opportunity,
        event=rows[visits],
        held_at=held_at,
        deadline_at=deadline,
        deadline_on=deadline_on,
        note=np.where(sent, rows[note], -1),
        dated_verdict=verdict,
        verdict=_unless_unrecorded(verdict, before),
        carded=_carded(number, code, visits),
    )


def _first_notes(
    scene: Scene,
    number: Array,
    rows: Array,
    at: Array,
    day: Array,
    code: Array,
    visits: Array,
    notes: Array,
) -> Array:
    """The place of the earliest note that thanks for each of ``visits``; -1 where none does."""
    begin = np.searchsorted(number[notes], number[visits], side="left")
    count = np.searchsorted(number[notes], number[visits], side="right") - begin
    pair = np.repeat(np.arange(visits.size), count)  # every visit with every note of its opportunity
    visit = visits[pair]
    note = notes[np.arange(pair.size) - np.repeat(np.cumsum(count) - count - begin, count)]

    days_compared = (code[visit] | code[note]) & DAY_ONLY != 0
    after = np.where(days_compared, day[note] >= day[visit], at[note] >= at[visit])
    named = scene.named_interview(rows[note])
    names_it = named == scene.event_ids[rows[visit]]
    names_none = named == NOT_A_TIME
    serves = after & (names_it | names_none & (at[note] < _next_day_held(number, at, day, visits)[pair]))
    served = np.flatnonzero(serves)[::-1]  # backwards, so that the earliest is what remains
    first = np.full(visits.size, -1)
    first[pair[served]] = note[served]
    return first


def _next_day_held(number: Array, at: Array, day: Array, visits: Array) -> Array:
    """When the opportunity's next interview of a later local day is held; NEVER where there is none."""
    number, at, day = number[visits], at[visits], day[visits]
    if not visits.size:
        return at
    opens = np.append(True, (number[1:] != number[:-1]) | (day[1:] != day[:-1]))
    run = np.cumsum(opens) - 1  # visits of one opportunity on one day
    firsts = np.append(np.flatnonzero(opens), visits.size)
    following = firsts[run + 1]
    there = following < visits.size
    next_held = np.full(visits.size, NEVER)
    same = number[following[there]] == number[there]
    next_held[there] = np.where(same, at[following[there]], NEVER)
    return next_held


def _carded(number: Array, code: Array, visits: Array) -> Array:
    """Whether a card was sent after each visit and before the next of its opportunity."""
    cards = np.flatnonzero(code & KIND == CARD)
    before = np.searchsorted(visits, cards) - 1  # the visit just before the card
    own = (before >= 0) & (number[visits[before]] == number[cards]) if visits.size else before >= 0
    carded = np.zeros(visits.size, dtype=bool)
    carded[before[own]] = True
    return carded
