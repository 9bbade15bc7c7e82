"""Events → clocks → duties and verdicts (follow-up rules §3 and §4): ``grade`` and ``states``."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from coachkit import terms
from coachkit._arrays import DAY, NEVER, NO_DAY, NOT_A_TIME, SECOND, Array, latest, replaced
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

#: Rules §4: the verdict on a follow-up, by what ended its clock: before it was due, in time, after.
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
#: The verdict on a late thank-you, by what it is had none been sent: courtesy is never punished.
_IF_LATE = np.array(
    [VERDICT[word if word in ("not_needed", "unknown") else "late"] for word in terms.VERDICTS]
)
#: Unknown is not missed: before ``tracked_since`` it may have been done and not written down.
_UNRECORDED: Array = np.isin(
    np.arange(len(VERDICT)), [VERDICT[word] for word in ("missed", "overdue", "late")]
)


@dataclass(eq=False)
class Clocks:
    """Clocks of some opportunities, in order: one entry a clock."""

    opportunity: Array  # its number in the scene
    event: Array  # the stream's row of the event that started it
    started_at: Array
    started_on: Array  # d
    unanswered: Array  # u
    promised_on: Array  # P, or NO_DAY
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
    next_event: Array  # the stream's row of the event that ended it, where one did
    next_at: Array  # and when
    dated_verdict: Array  # as state and agenda have it
    verdict: Array
    events: "Stream"  # among which places are counted
    place: Array  # the place of the event that started it
    promise: Array  # of the event that gave P, where there is one
    requests: Array  # of the contacts since which an answer is owed

    def facts(self) -> pd.DataFrame:
        """The clocks as a frame, with the stream's rows of the events that they rest on."""
        columns = {name: part for name, part in vars(self).items() if name not in _PLACED}
        asking = np.searchsorted(self.requests, self.place, side="right") - 1
        asked = self.requests.take(asking, mode="clip") if self.requests.size else self.place
        return pd.DataFrame(columns).assign(
            promise_event=self.events.rows.take(self.promise),
            asking_event=self.events.rows.take(asked),  # where an answer is owed
        )


_PLACED = ("events", "place", "promise", "requests")


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
        duties.add_follow_ups(clocks)
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
        One row per such opportunity: the fields of ``Clocks``, asked_on (local day of the contact
        that is owed an answer), answer_on (the next business day), state and state_due_on
        (microseconds) as ``states`` has them.
    """
    found = [clocks.facts() for _, clocks in sweep(scene, running=True)]
    facts = pd.concat(found, ignore_index=True) if found else _clocks_of_nothing(scene)
    number = facts["opportunity"].to_numpy()
    asked = scene.at.take(facts["asking_event"].to_numpy())
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
    stream = Stream(none, none, none, none.astype(np.uint8), none.astype(np.int32))
    return _clocks(scene, stream, running=True).facts()


def sweep(scene: Scene, *, running: bool = False) -> Iterator[tuple[ThankYous, Clocks]]:
    """Every thank-you duty and every graded, or running, clock; some opportunities at a time."""
    for number, rows in scene.blocks():
        at, code = scene.at.take(rows), scene.code.take(rows)
        day = scene.days.of(at, scene.zone_row.take(number))
        stream = Stream(number, rows, at, code, day)
        yield _thank_yous(scene, stream), _clocks(scene, _events(scene, stream), running)


@dataclass(eq=False)
class Stream:
    """Some opportunities' interviews and contacts in order: one entry each."""

    number: Array
    rows: Array
    at: Array
    code: Array
    day: Array

    def where(self, keep: Array) -> "Stream":
        """Only the marked entries."""
        return self if keep.all() else self.take(np.flatnonzero(keep))

    def take(self, places: Array) -> "Stream":
        """Only the entries at some places."""
        return Stream(*(part.take(places) for part in vars(self).values()))


def _events(scene: Scene, stream: Stream) -> Stream:
    """Rules §3: what is an event, and what is not."""
    counts = stream.at >= scene.first_held.take(stream.number)
    counts &= stream.at <= scene.ended_at.take(stream.number)
    counts &= stream.code & KIND < CARD
    stream = stream.where(counts)
    number, day = stream.number, stream.day
    follow_up = stream.code & KIND == FOLLOW_UP
    once = np.ones(number.size, dtype=bool)  # voicemail and e-mail on one day are one touch
    once[1:] = ~(
        follow_up[1:] & follow_up[:-1] & (day[1:] == day[:-1]) & (number[1:] == number[:-1])
    )
    return stream.where(once)


def _clocks(scene: Scene, events: Stream, running: bool) -> Clocks:
    """Rules §3: the clock that every event starts, and (§4) how it ended and is judged."""
    kind = events.code & KIND
    is_interview = kind == INTERVIEW
    reset = latest(kind <= INBOUND)  # every opportunity begins with an interview
    count = np.cumsum(kind == FOLLOW_UP, dtype=np.int32)
    unanswered = count - count.take(reset)
    promise = latest(is_interview | (events.code & PROMISES != 0))
    owed, requests = _owed(events.code, is_interview | (kind == ANSWER))
    row = scene.versions.at(scene.field.take(events.number), events.at)
    most = scene.versions.spans["max_unanswered"].take(row)
    duty = (unanswered < most) & ~owed
    ended_by = _endings(scene, events.number, kind)
    wanted = ended_by >= RUNS if running else duty | (ended_by == FOLLOW_UP) & ~owed

    places = np.flatnonzero(wanted)
    following = np.minimum(places + 1, kind.size - 1)
    number, started_on = events.number.take(places), events.day.take(places)
    row, unanswered = row.take(places), unanswered.take(places)
    duty, owed = duty.take(places), owed.take(places)
    ended_by = ended_by.take(places)
    ended_on = _ended_on(scene, number, ended_by, events.day.take(following))
    promise = promise.take(places)
    promised_on = _promised_on(scene, events).take(promise)
    reset_on = events.day.take(reset.take(places))

    wait = _wait(scene, number, row, unanswered)
    ready = _ready(scene, row, unanswered, started_on, wait, promised_on)
    rank = scene.business.rank(ready, scene.calendar_row.take(number))
    due = scene.business.day(rank)
    until = scene.business.day(rank + scene.versions.spans["window_days"].take(row))
    silence = 7 * scene.versions.spans["let_go_weeks"].take(row)
    spent = np.flatnonzero(unanswered >= most.take(places))
    last_chance = replaced(until + 1, spent, started_on[spent] + wait[spent])
    let_go = np.maximum(np.maximum(reset_on, promised_on) + silence, last_chance)

    late = np.add(ended_on >= ready, ended_on > until, dtype=np.int8)
    runs = np.flatnonzero(ended_by == RUNS)
    late[runs] = (ended_on[runs] >= due[runs]).view(np.int8) + (ended_on[runs] > until[runs])
    verdict = _VERDICT_BY_ENDING.take(ended_by * np.int8(3) + late)
    verdict[runs[(ended_on[runs] >= let_go[runs]) & (late[runs] == 2)]] = VERDICT["missed"]
    verdict[np.flatnonzero(~duty)] = VERDICT["too_many"]
    return Clocks(
        opportunity=number,
        event=events.rows.take(places),
        started_at=events.at.take(places),
        started_on=started_on,
        unanswered=unanswered,
        promised_on=promised_on,
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
        next_event=events.rows.take(following),
        next_at=events.at.take(following),
        dated_verdict=verdict,
        verdict=_unless_unrecorded(verdict, until < scene.tracked_on.take(number)),
        events=events,
        place=places,
        promise=promise,
        requests=requests,
    )


def _wait(scene: Scene, number: Array, row: Array, unanswered: Array) -> Array:
    """The field's wait, or the later one after a follow-up; the opportunity's own wins."""
    spans = scene.versions.spans
    both = np.stack([spans["wait_days"], spans["later_wait_days"]], axis=1).ravel()
    wait = both.take(2 * row + (unanswered > 0))
    if not scene.any_own_wait:
        return wait
    own = scene.own_wait.take(number)
    places = np.flatnonzero(own >= 0)
    return replaced(wait, places, own[places])


def _ready(
    scene: Scene, row: Array, unanswered: Array, day: Array, wait: Array, promised_on: Array
) -> Array:
    """The first day on which a follow-up is not too soon."""
    ready = day + wait
    promised = np.flatnonzero(promised_on != NO_DAY)
    if promised.size:
        day, until = day[promised], promised_on[promised]
        patient = until + scene.versions.spans["promise_grace_days"].take(row[promised])
        employers_word = (unanswered[promised] == 0) & (until >= day)
        ready[promised] = np.maximum(np.where(employers_word, day + 1, ready[promised]), patient)
    return ready


def _promised_on(scene: Scene, events: Stream) -> Array:
    """The day that each event promises; NO_DAY where it promises none."""
    promised = np.full(events.rows.size, NO_DAY, dtype=np.int32)
    places = np.flatnonzero(events.code & PROMISES != 0)
    promised[places] = scene.promised_on(events.rows.take(places))
    return promised


def _owed(code: Array, settles: Array) -> tuple[Array, Array]:
    """Whether an answer is owed after each event, and the places since which one is."""
    asking = np.flatnonzero(code & NEEDS_ANSWER != 0)
    settling = np.append(np.flatnonzero(settles), code.size)
    settled = settling.take(
        np.searchsorted(settling, asking)
    )  # at the latest, the next first visit
    since = asking[np.append(True, settled[1:] != settled[:-1])[: asking.size]]
    turns = np.zeros(code.size + 1, dtype=np.int8)
    turns[since] = 1
    turns[settled] = -1
    return np.cumsum(turns[:-1], dtype=np.int8).view(bool), since


def _endings(scene: Scene, number: Array, kind: Array) -> Array:
    """What ended each clock: the next event, an outcome, or nothing yet."""
    ended_by = np.empty(kind.size, dtype=np.int8)
    ended_by[:-1] = kind[1:]
    last = np.flatnonzero(np.append(number[1:] != number[:-1], True)[: number.size])
    of = number[last]
    runs = np.where(scene.scheduled[of], RUNS_SCHEDULED, RUNS)
    outcome = np.where(scene.ended_undated[of], OUTCOME_UNDATED, OUTCOME)
    ended_by[last] = np.where(scene.ended[of], outcome, runs)
    return ended_by


def _ended_on(scene: Scene, number: Array, ended_by: Array, next_day: Array) -> Array:
    """The local day on which each clock ended; *as of*'s own where nothing ended it."""
    last = np.flatnonzero(ended_by >= OUTCOME)
    of = number.take(last)
    return replaced(next_day, last, np.where(scene.ended[of], scene.ended_on[of], scene.today[of]))


def _unless_unrecorded(verdict: Array, before_tracking: Array) -> Array:
    before = np.flatnonzero(before_tracking)
    return replaced(verdict, before[_UNRECORDED.take(verdict[before])], VERDICT["unknown"])


def _thank_yous(scene: Scene, stream: Stream) -> ThankYous:
    """Rules §4: the thank-you duty, once per interview held, also after an outcome."""
    kind = stream.code & KIND
    visited = np.flatnonzero(kind == INTERVIEW)
    visits, notes = stream.take(visited), stream.take(np.flatnonzero(kind == THANK_YOU))
    sent_before = np.cumsum(kind == THANK_YOU, dtype=np.int32).take(visited).astype(np.intp)
    note = _first_notes(scene, visits, notes, sent_before)
    opportunity, held_at = visits.number, visits.at
    day_only = visits.code & DAY_ONLY != 0

    zone_row = scene.zone_row.take(opportunity)
    policy_row = scene.versions.at(scene.field.take(opportunity), held_at)
    hours = scene.versions.spans["thank_you_hours"].take(policy_row).astype(np.int64)
    visit_ended_at = scene.visit_ended_at[scene.held[visits.rows]]
    deadline = np.where(visit_ended_at == NOT_A_TIME, held_at, visit_ended_at) + hours * HOUR
    days = np.flatnonzero(day_only)
    last_days = visits.day[days] - (-hours[days] // 24)
    deadline[days] = scene.days.last_second(last_days, zone_row[days])
    deadline_on = scene.days.of(deadline, zone_row)

    sent = np.flatnonzero(note >= 0)
    sent_note = note[sent]
    days_compared = day_only[sent] | (notes.code[sent_note] & DAY_ONLY != 0)
    in_time = np.where(
        days_compared,
        notes.day[sent_note] <= deadline_on[sent],
        notes.at[sent_note] <= deadline[sent],
    )
    verdict = _unsent_verdict(scene, opportunity, deadline)
    verdict[sent] = np.where(in_time, VERDICT["on_time"], _IF_LATE.take(verdict[sent]))
    event = np.full(visits.rows.size, -1)
    event[sent] = notes.rows[sent_note]
    return ThankYous(
        opportunity=opportunity,
        event=visits.rows,
        held_at=held_at,
        deadline_at=deadline,
        deadline_on=deadline_on,
        note=event,
        dated_verdict=verdict,
        verdict=_unless_unrecorded(verdict, deadline < scene.tracked_since.take(opportunity)),
        carded=_carded(stream, kind, visits),
    )


def _unsent_verdict(scene: Scene, opportunity: Array, deadline: Array) -> Array:
    """The verdict on each thank-you if none was sent."""
    waited = scene.as_of - deadline
    verdict = np.full(deadline.size, VERDICT["missed"])
    verdict[waited <= 7 * 24 * HOUR] = VERDICT["overdue"]
    verdict[waited <= 0] = VERDICT["due"]
    ended = np.flatnonzero(scene.ended.take(opportunity))
    ended_at = scene.ended_at.take(opportunity[ended])
    verdict[ended] = np.where(ended_at <= deadline[ended], VERDICT["not_needed"], VERDICT["missed"])
    verdict[ended[ended_at == NEVER]] = VERDICT["unknown"]  # its day is unknown
    return verdict


def _first_notes(scene: Scene, visits: Stream, notes: Stream, note: Array) -> Array:
    """The place in ``notes`` of the earliest that thanks for each visit; -1 where none does.

    ``note`` is the place of the first note sent after each visit, where the search begins.
    """
    first = np.full(visits.rows.size, -1)
    if not notes.rows.size or not visits.rows.size:
        return first
    _step_back_to_the_days_first(note, visits, notes)
    named = scene.named_interview(notes.rows)
    visit_ids = scene.event_ids.take(visits.rows)
    next_held = _next_day_held(visits)
    seeking = np.arange(first.size)
    while seeking.size:  # each visit tries its opportunity's notes in turn
        own = notes.number.take(note, mode="clip") == visits.number.take(seeking)
        own &= note < notes.rows.size
        seeking, note = seeking[own], note[own]
        at, code, name = notes.at.take(note), notes.code.take(note), named.take(note)
        days_compared = (code | visits.code.take(seeking)) & DAY_ONLY != 0
        same_day = notes.day.take(note) >= visits.day.take(seeking)
        after = (at >= visits.at.take(seeking)) | (days_compared & same_day)
        in_turn = (name == NOT_A_TIME) & (at < next_held.take(seeking))
        serves = after & (in_turn | (name == visit_ids.take(seeking)))
        found = np.flatnonzero(serves)
        first[seeking.take(found)] = note.take(found)
        left = np.flatnonzero(~serves)
        seeking, note = seeking.take(left), note.take(left) + 1
    return first


def _step_back_to_the_days_first(note: Array, visits: Stream, notes: Stream) -> None:
    """Move each visit's first note back over those of its own day: a day may be all we know."""
    moving = np.arange(note.size)
    while moving.size:
        before = note.take(moving) - 1
        back = (before >= 0) & (notes.number.take(before) == visits.number.take(moving))
        back &= notes.day.take(before) == visits.day.take(moving)
        moving = moving[back]
        note[moving] -= 1


def _next_day_held(visits: Stream) -> Array:
    """When the opportunity's next interview of a later local day is held; NEVER if none is."""
    number, day = visits.number, visits.day
    opens = np.append(True, (number[1:] != number[:-1]) | (day[1:] != day[:-1]))
    run = np.cumsum(opens)  # visits of one opportunity on one day; the next run's number, from 0
    firsts = np.flatnonzero(opens)
    following = firsts.take(np.minimum(run, firsts.size - 1))
    there = (run < firsts.size) & (number.take(following) == number)
    return np.where(there, visits.at.take(following), NEVER)


def _carded(stream: Stream, kind: Array, visits: Stream) -> Array:
    """Whether a card was sent after each visit and before the next of its opportunity."""
    carded = np.zeros(visits.rows.size, dtype=bool)
    cards = np.flatnonzero(kind == CARD)
    if not carded.size or not cards.size:
        return carded
    visits_before = np.cumsum(kind == INTERVIEW, dtype=np.int32).take(cards) - 1
    own = visits_before >= 0
    own &= visits.number.take(visits_before, mode="clip") == stream.number.take(cards)
    carded[visits_before[own]] = True
    return carded
