"""Follow-ups: events → clocks → their duties and verdicts (follow-up rules §3 and §4)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from coachkit._arrays import NO_DAY, Array, latest, replaced
from coachkit._events import (
    ANSWER,
    CARD,
    FOLLOW_UP,
    INBOUND,
    INTERVIEW,
    KIND,
    NEEDS_ANSWER,
    PROMISES,
    Scene,
    Stream,
)
from coachkit._verdicts import VERDICT, unless_unrecorded

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
_VERDICT_BY_ENDING = np.array(
    [VERDICT[word] for row in FOLLOW_UP_VERDICTS.values() for word in row], dtype=np.int8
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
    silent_since: Array  # the later of s and P
    owed: Array
    duty: Array
    ended_by: Array
    ended_on: Array  # x
    next_event: Array  # the stream's row of the event that ended it, where one did
    next_at: Array  # and when
    dated_verdict: Array  # as state and agenda have it
    verdict: Array
    events: Stream  # among which places are counted
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


def follow_up_clocks(scene: Scene, stream: Stream, *, running: bool) -> Clocks:
    """The graded, or the running, clocks: what every event starts, how it ended, its verdict."""
    events = _events(scene, stream)
    kind = events.code & KIND
    is_interview = kind == INTERVIEW
    reset = latest(kind <= INBOUND)  # every opportunity begins with an interview
    count = np.cumsum(kind == FOLLOW_UP, dtype=np.int32)
    unanswered = count - count.take(reset)
    promise = latest(is_interview | (events.code & PROMISES != 0))
    owed, requests = _owed(events.code, is_interview | (kind == ANSWER))
    row = scene.versions.at(scene.policy_stretch.take(events.number), events.at)
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
    grace = scene.versions.spans["promise_grace_days"].take(row)
    ready = first_day(unanswered, started_on, wait, promised_on, grace)
    rank = scene.business.rank(ready, scene.calendar_row.take(number))
    due = scene.business.day(rank)
    until = scene.business.day(rank + scene.versions.spans["window_days"].take(row))
    silence = 7 * scene.versions.spans["let_go_weeks"].take(row)
    silent_since = np.maximum(reset_on, promised_on)
    spent = np.flatnonzero(unanswered >= most.take(places))
    last_chance = replaced(until + 1, spent, started_on[spent] + wait[spent])
    let_go = np.maximum(silent_since + silence, last_chance)

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
        silent_since=silent_since,
        owed=owed,
        duty=duty,
        ended_by=ended_by,
        ended_on=ended_on,
        next_event=events.rows.take(following),
        next_at=events.at.take(following),
        dated_verdict=verdict,
        verdict=unless_unrecorded(verdict, until < scene.tracked_on.take(number)),
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


def first_day(
    unanswered: Array, day: Array, wait: Array, promised_on: Array, grace: Array
) -> Array:
    """The first day on which a follow-up is not too soon."""
    ready = day + wait
    promised = np.flatnonzero(promised_on != NO_DAY)
    if promised.size:
        day, until = day[promised], promised_on[promised]
        patient = until + grace[promised]
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
    settled = settling.take(np.searchsorted(settling, asking))  # at the next first visit, or before
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
