"""Thank-yous: one duty for every interview held, answered by a note (follow-up rules §4)."""

from dataclasses import dataclass

import numpy as np

from coachkit import terms
from coachkit._arrays import NEVER, NOT_A_TIME, SECOND, Array, replaced
from coachkit._events import CARD, DAY_ONLY, INTERVIEW, KIND, THANK_YOU, Scene, Stream
from coachkit._verdicts import VERDICT, unless_unrecorded

HOUR = 3600 * SECOND
WEEK = 7 * 24 * HOUR
#: The verdict on a late thank-you, by what it is had none been sent: courtesy is never punished.
_IF_LATE = np.array(
    [VERDICT[word if word in ("not_needed", "unknown") else "late"] for word in terms.VERDICTS]
)


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


def thank_yous(scene: Scene, stream: Stream) -> ThankYous:
    """Rules §4: the thank-you duty, once per interview held, also after an outcome."""
    kind = stream.code & KIND
    visited = np.flatnonzero(kind == INTERVIEW)
    visits, notes = stream.take(visited), stream.take(np.flatnonzero(kind == THANK_YOU))
    sent_before = np.cumsum(kind == THANK_YOU).take(visited)
    note = _first_notes(scene, visits, notes, sent_before)
    opportunity, held_at = visits.number, visits.at
    day_only = visits.code & DAY_ONLY != 0

    zone_row = scene.zone_row.take(opportunity)
    policy_row = scene.versions.at(scene.policy_stretch.take(opportunity), held_at)
    hours = scene.versions.spans["thank_you_hours"].take(policy_row)
    visit_ended_at = scene.visit_ended_at[scene.held[visits.rows]]
    deadline = np.maximum(held_at, visit_ended_at)  # an end not known lies before every time
    deadline += hours * HOUR
    days = np.flatnonzero(day_only)
    last_days = visits.day[days] - (-hours[days] // 24)
    deadline[days] = scene.days.last_second(last_days, zone_row[days])
    deadline_on = scene.days.of(deadline, zone_row)

    sent = np.flatnonzero(note >= 0)
    sent_note = note.take(sent)
    is_late = notes.at.take(sent_note) > deadline.take(sent)
    compared = day_only.take(sent) | (notes.code.take(sent_note) & DAY_ONLY != 0)
    by_day = np.flatnonzero(compared)
    is_late[by_day] = notes.day[sent_note[by_day]] > deadline_on[sent[by_day]]
    verdict = _unsent_verdict(scene, opportunity, deadline)
    late = sent.take(np.flatnonzero(is_late))
    if_late = _IF_LATE.take(verdict.take(late))
    verdict[sent] = VERDICT["on_time"]
    verdict[late] = if_late
    event = np.full(visits.rows.size, -1)
    event[sent] = notes.rows.take(sent_note)
    return ThankYous(
        opportunity=opportunity,
        event=visits.rows,
        held_at=held_at,
        deadline_at=deadline,
        deadline_on=deadline_on,
        note=event,
        dated_verdict=verdict,
        verdict=unless_unrecorded(verdict, deadline < scene.tracked_since.take(opportunity)),
        carded=_carded(stream, kind, visited),
    )


def _unsent_verdict(scene: Scene, opportunity: Array, deadline: Array) -> Array:
    """The verdict on each thank-you if none was sent."""
    verdict = np.full(deadline.size, VERDICT["missed"])
    running = ~scene.ended.take(opportunity)
    verdict[np.flatnonzero(running & (deadline >= scene.as_of - WEEK))] = VERDICT["overdue"]
    verdict[np.flatnonzero(running & (deadline >= scene.as_of))] = VERDICT["due"]
    ended_in_time = scene.ended_at.take(opportunity) <= deadline
    verdict[np.flatnonzero(ended_in_time)] = VERDICT["not_needed"]
    verdict[np.flatnonzero(scene.ended_undated.take(opportunity))] = VERDICT["unknown"]
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
    visit_ids = scene.visit_ids(visits.rows)
    next_held = _next_day_held(visits)
    seeking = np.arange(first.size)
    while seeking.size:  # each visit tries its opportunity's notes in turn
        own = notes.number.take(note, mode="clip") == visits.number.take(seeking)
        own &= note < notes.rows.size
        own = np.flatnonzero(own)
        seeking, note = seeking.take(own), note.take(own)
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
        moving = moving.take(np.flatnonzero(back))
        note[moving] -= 1


def _next_day_held(visits: Stream) -> Array:
    """When the opportunity's next interview of a later local day is held; NEVER if none is."""
    number, day = visits.number, visits.day
    opens = np.append(True, (number[1:] != number[:-1]) | (day[1:] != day[:-1]))
    run = np.cumsum(opens)  # visits of one opportunity on one day; the next run's number, from 0
    firsts = np.flatnonzero(opens)
    following = firsts.take(np.minimum(run, firsts.size - 1))
    there = (run < firsts.size) & (number.take(following) == number)
    return replaced(visits.at.take(following), np.flatnonzero(~there), NEVER)


def _carded(stream: Stream, kind: Array, visited: Array) -> Array:
    """Whether a card was sent after each visit and before the next of its opportunity."""
    carded = np.zeros(visited.size, dtype=bool)
    cards = np.flatnonzero(kind == CARD)
    if not carded.size or not cards.size:
        return carded
    visits_before = np.searchsorted(visited, cards) - 1
    own = visits_before >= 0
    whose = stream.number.take(visited.take(visits_before, mode="clip"))
    own &= whose == stream.number.take(cards)
    carded[visits_before[own]] = True
    return carded
