"""Follow-ups: events → clocks → their duties and verdicts (follow-up rules §3 and §4)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from coachkit._arrays import NO_DAY, Array, spells
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
    dated_verdict: Array  # as state and agenda have it
    verdict: Array
    events: Stream  # among which places are counted
    place: Array  # the place of the event that started it
    following: Array  # and of the one that ended it, where one did
    givers: Array  # the places since which P is what it is
    owed_after: Array  # for every event

    def facts(self) -> pd.DataFrame:
        """The clocks as a frame, with the stream's rows of the events that they rest on."""
        columns = {name: part for name, part in vars(self).items() if name not in _PLACED}
        asking = np.flatnonzero(self.owed_after[1:] > self.owed_after[:-1]) + 1
        return pd.DataFrame(columns).assign(
            event=self.events.rows.take(self.place),
            promise_event=self._last_of(self.givers),
            asking_event=self._last_of(asking),  # where an answer is owed
        )

    def _last_of(self, places: Array) -> Array:
        """The stream's row of the last of some events up to each clock's own; else its own."""
        last = np.searchsorted(places, self.place, side="right") - 1
        found = places.take(last, mode="clip") if places.size else self.place
        return self.events.rows.take(found)


_PLACED = ("events", "place", "following", "givers", "owed_after")


def follow_up_clocks(scene: Scene, stream: Stream, *, running: bool) -> Clocks:
    """The graded, or the running, clocks: what every event starts, how it ended, its verdict."""
    spans = scene.versions.spans
    events = _events(scene, stream)
    kind = events.code & KIND
    resets, spell = spells(kind <= INBOUND)  # every opportunity begins with an interview
    count = np.cumsum(kind == FOLLOW_UP)
    unanswered = count - count.take(resets).take(spell)
    owed = _owed(events.code, kind)
    row = scene.versions.at(scene.policy_stretch.take(events.number), events.at)
    spent = unanswered >= spans["max_unanswered"].take(row)
    ended_by = _endings(scene, events, kind, resets)
    wanted = ended_by >= RUNS if running else ~owed & (~spent | (ended_by == FOLLOW_UP))

    places = np.flatnonzero(wanted)
    following = np.minimum(places + 1, kind.size - 1)
    number, started_on = events.number.take(places), events.day.take(places)
    row, unanswered = row.take(places), unanswered.take(places)
    owed_then = owed.take(places) if running else np.zeros(places.size, dtype=bool)
    spent = spent.take(places)
    none = owed_then | spent
    ended_by = ended_by.take(places)
    ended_on = events.day.take(following)
    by_no_event = np.flatnonzero(ended_by >= OUTCOME)
    ended_on[by_no_event] = scene.ended_on.take(number.take(by_no_event))
    givers, given = _promises(scene, events, resets)
    spell = spell.take(places)
    promised_on = given.take(spell)
    silent_since = np.maximum(events.day.take(resets), given).take(spell)

    wait = _wait(scene, number, row, unanswered)
    grace = scene.versions.spans["promise_grace_days"]
    ready = first_day(
        unanswered, started_on, wait, promised_on, lambda places: grace.take(row.take(places))
    )
    rank = scene.business.rank(ready, scene.calendar_row.take(number))
    due = scene.business.day(rank)
    rank += spans["window_days"].take(row)
    until = scene.business.day(rank)
    last_chance = until + 1
    gone = np.flatnonzero(spent)
    last_chance[gone] = started_on[gone] + wait[gone]
    let_go = silent_since + (7 * spans["let_go_weeks"]).take(row)
    np.maximum(let_go, last_chance, out=let_go)

    late = np.add(ended_on >= ready, ended_on > until, dtype=np.int8)
    runs = np.flatnonzero(ended_by == RUNS)
    late[runs] = (ended_on[runs] >= due[runs]).view(np.int8) + (ended_on[runs] > until[runs])
    verdict = _VERDICT_BY_ENDING.take(ended_by * np.int8(3) + late)
    verdict[runs[(ended_on[runs] >= let_go[runs]) & (late[runs] == 2)]] = VERDICT["missed"]
    verdict[np.flatnonzero(none)] = VERDICT["too_many"]
    return Clocks(
        opportunity=number,
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
        owed=owed_then,
        duty=~none,
        ended_by=ended_by,
        ended_on=ended_on,
        dated_verdict=verdict,
        verdict=unless_unrecorded(verdict, until < scene.tracked_on.take(number)),
        events=events,
        place=places,
        following=following,
        givers=givers,
        owed_after=owed,
    )


def _wait(scene: Scene, number: Array, row: Array, unanswered: Array) -> Array:
    """The field's wait, or the later one after a follow-up; the opportunity's own wins."""
    spans = scene.versions.spans
    wait = spans["wait_days"].take(row)
    later = np.flatnonzero(unanswered > 0)
    wait[later] = spans["later_wait_days"].take(row.take(later))
    if not scene.any_own_wait:
        return wait
    own = scene.own_wait.take(number)
    places = np.flatnonzero(own >= 0)
    wait[places] = own.take(places)
    return wait


def first_day(
    unanswered: Array,
    day: Array,
    wait: Array,
    promised_on: Array,
    grace: Callable[[Array], Array],
) -> Array:
    """The first day on which a follow-up is not too soon; ``grace`` gives some clocks' grace."""
    ready = day + wait
    promised = np.flatnonzero(promised_on != NO_DAY)
    if promised.size:
        day, until = day.take(promised), promised_on.take(promised)
        patient = until + grace(promised)
        employers_word = (unanswered.take(promised) == 0) & (until >= day)
        replacing = np.flatnonzero(employers_word)
        waited = ready.take(promised)
        waited[replacing] = day.take(replacing) + 1
        ready[promised] = np.maximum(waited, patient)
    return ready


def _promises(scene: Scene, events: Stream, resets: Array) -> tuple[Array, Array]:
    """The places since which P is what it is, and P after every reset; NO_DAY where there is none.

    An interview wipes older promises, whether it gives one or not.
    """
    code = events.code.take(resets)
    promises = code & PROMISES != 0
    gives, spell = spells(promises | (code & KIND == INTERVIEW))
    givers = resets.take(gives)
    promised_on = np.full(gives.size, NO_DAY)
    promising = np.flatnonzero(promises.take(gives))
    promised_on[promising] = scene.promised_on(events.rows.take(givers.take(promising)))
    return givers, promised_on.take(spell)


def _owed(code: Array, kind: Array) -> Array:
    """Whether an answer is owed after each event: the first is an interview, and asks nothing."""
    asks = code & NEEDS_ANSWER != 0
    turns, spell = spells(asks | (kind == INTERVIEW) | (kind == ANSWER))
    owed: Array = asks.take(turns).take(spell)
    return owed


def _endings(scene: Scene, events: Stream, kind: Array, resets: Array) -> Array:
    """What ended each clock: the next event, an outcome, or nothing yet."""
    ended_by = np.empty(kind.size, dtype=np.int8)
    ended_by[:-1] = kind[1:]
    whose = events.number.take(resets)
    next_ones = resets.take(np.flatnonzero(whose[1:] != whose[:-1]) + 1)
    last = np.append(next_ones, kind.size)[: resets.size] - 1
    of = events.number.take(last)
    runs = np.where(scene.scheduled.take(of), np.int8(RUNS_SCHEDULED), np.int8(RUNS))
    undated = scene.ended_undated.take(of)
    outcome = np.where(undated, np.int8(OUTCOME_UNDATED), np.int8(OUTCOME))
    ended_by[last] = np.where(scene.ended.take(of), outcome, runs)
    return ended_by


def _events(scene: Scene, stream: Stream) -> Stream:
    """Rules §3: what is an event, and what is not."""
    counts = stream.at >= scene.first_held.take(stream.number)
    counts &= stream.at <= scene.ended_at.take(stream.number)
    kind = stream.code & KIND
    counts &= kind < CARD
    places = np.flatnonzero(counts)
    follow_up = kind.take(places) == FOLLOW_UP
    again = np.flatnonzero(follow_up[1:] & follow_up[:-1]) + 1
    before, after = places.take(again - 1), places.take(again)
    same_day = stream.day.take(before) == stream.day.take(after)
    same_day &= stream.number.take(before) == stream.number.take(after)
    counts[after[same_day]] = False  # voicemail and e-mail on one day are one touch
    return stream.take(np.flatnonzero(counts))
