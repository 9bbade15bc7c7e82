"""The caseload as of an instant: what is there, what ended, and every event in order (rules §3).

Opportunities are numbered in the order of their ids; every array with one entry per opportunity is
indexed by that number. Events are the rows of the *stream*: interviews held, then contacts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from coachkit import terms
from coachkit._arrays import (
    DAY,
    NEVER,
    NO_DAY,
    NOT_A_TIME,
    Array,
    BusinessDays,
    IdIndex,
    LocalDays,
    in_order,
    looked_up,
)
from coachkit.caseload import Caseload
from coachkit.policy import Policy, Versions

#: What an event is: the first bits of its code, in the order of ``terms.ENDINGS``.
INTERVIEW, INBOUND, THANK_YOU, ANSWER, OTHER, FOLLOW_UP, CARD, NOT_THERE = range(8)
KIND = 7
#: What else its code says.
NEEDS_ANSWER, DAY_ONLY, PROMISES = 8, 16, 32

#: Each contact's code by its kind and channel.
_CODES = np.array(
    [
        [
            (NOT_THERE if kind == "reply" else CARD)
            if channel == "card"
            else terms.ENDINGS.index("inbound" if kind == "reply" else kind)
            for channel in terms.CHANNELS
        ]
        for kind in terms.KINDS
    ],
    dtype=np.uint8,
)

#: How many opportunities are worked on at a time, so that their arrays stay in the processor's
#: cache: a block at once for thank-yous, which are few; a part of it for follow-ups.
BLOCK, PART = 16_384, 4_096


@dataclass(eq=False)
class Stream:
    """Some opportunities' interviews and contacts in order: one entry each."""

    number: Array
    rows: Array
    at: Array
    code: Array
    day: Array

    def take(self, places: Array) -> "Stream":
        """Only the entries at some places."""
        return Stream(*(entries.take(places) for entries in vars(self).values()))

    def parts(self) -> Iterator["Stream"]:
        """The same, fewer opportunities at a time; there must be one."""
        firsts = np.arange(self.number[0] + PART, self.number[-1] + 1, PART)
        cuts = [0, *np.searchsorted(self.number, firsts).tolist(), self.number.size]
        for begin, end in pairwise(cuts):
            if begin < end:
                yield Stream(*(entries[begin:end] for entries in vars(self).values()))


class Scene:
    """A caseload, a policy and an instant, made ready for the rules."""

    def __init__(self, caseload: Caseload, policy: Policy, as_of: int) -> None:
        self.caseload = caseload
        self.as_of = as_of
        self._number_opportunities(caseload)
        self._gather_stream(caseload)
        self._find_outcomes(caseload)
        self._lay_out_days(caseload, policy)

    def __len__(self) -> int:
        return self.ids.size

    def streams(self) -> Iterator[Stream]:
        """All events in order, a block of opportunities at a time."""
        for number, rows in self.blocks():
            at = self.at.take(rows)
            day = self.days.of(at, self.zone_row.take(number))
            yield Stream(number, rows, at, self.code.take(rows), day)

    def blocks(self) -> Iterator[tuple[Array, Array]]:
        """The stream in order, some opportunities at a time: their numbers, the stream's rows."""
        return in_order(self._number, self.at, self._at_one_instant, BLOCK)

    def _at_one_instant(self, rows: Array) -> tuple[Array, Array]:
        """What orders events of one instant: interview, inbound, outbound, then by id."""
        ids = np.empty(rows.size, dtype=np.int64)
        is_visit = rows < self.held.size
        ids[is_visit] = self.visit_ids(rows[is_visit])
        ids[~is_visit] = self.contact_ids(rows[~is_visit])
        return np.minimum(self.code.take(rows) & KIND, THANK_YOU), ids

    def visit_ids(self, rows: Array) -> Array:
        """The ids of some of the stream's interviews."""
        return self._visit_ids.take(self.held.take(rows))

    def contact_ids(self, rows: Array, out: Array | None = None) -> Array:
        """The ids of some of the stream's contacts; any id where a row is no contact's."""
        return self._contact_ids.take(rows - self.held.size, out=out, mode="clip")

    def promised_on(self, rows: Array) -> Array:
        """The promised days given by some of the stream's rows, all of which promise one."""
        promised = np.empty(rows.size, dtype=np.int64)
        visits = np.flatnonzero(rows < self.held.size)
        touches = np.flatnonzero(rows >= self.held.size)
        promised[visits] = self._visit_promised.take(self.held.take(rows.take(visits)))
        promised[touches] = self._contact_promised.take(rows.take(touches) - self.held.size)
        return promised // DAY

    def named_interview(self, rows: Array) -> Array:
        """The ids of the interviews that some of the contacts name; NOT_A_TIME for none."""
        named = self._names.take(rows - self.held.size)
        found: Array = named.to_numpy(dtype=np.int64, na_value=NOT_A_TIME)
        return found

    def _number_opportunities(self, caseload: Caseload) -> None:
        table = caseload.opportunities
        ids = _integers(table["opportunity_id"])
        self.order = np.argsort(ids, kind="stable")
        self.ids = ids[self.order]
        self.index = IdIndex(self.ids)
        client_ids = _integers(caseload.clients["client_id"])
        by_id = np.argsort(client_ids)
        self.client_id = _integers(table["client_id"])[self.order]
        self.client = by_id.take(IdIndex(client_ids[by_id])(self.client_id))
        self.field = table["field"].cat.codes.to_numpy()[self.order]
        self.any_own_wait = bool(table["wait_days"].notna().any())
        self.own_wait = table["wait_days"].to_numpy(dtype=np.int64, na_value=-1)[self.order]

    def _gather_stream(self, caseload: Caseload) -> None:
        """Interviews held, then contacts, of which some are not there (yet)."""
        visits, touches = caseload.interviews, caseload.contacts
        begins = _instants(visits["held_at"])
        number = self.index(visits["opportunity_id"].to_numpy(dtype=np.int64))
        happens = ~visits["cancelled"].to_numpy(dtype=bool, na_value=False)
        self.held = np.flatnonzero(happens & (begins <= self.as_of))
        ahead = np.flatnonzero(happens & (begins > self.as_of))
        self.scheduled = np.zeros(len(self), dtype=bool)
        self.scheduled[number[ahead]] = True
        self._ahead = number[ahead], begins[ahead]
        self.first_held = np.full(len(self), NEVER)
        np.minimum.at(self.first_held, number.take(self.held), begins.take(self.held))
        self._visit_promised = _instants(visits["promised_by"])

        visit_codes = DAY_ONLY * _day_only(visits)
        visit_codes |= PROMISES * (self._visit_promised != NOT_A_TIME).view(np.uint8)
        self._contact_promised = _instants(touches["promised_by"])
        self._names: Any = touches["interview_id"].array
        touched_at = _instants(touches["at"])
        self.at = self._stream(begins, touched_at)
        self.code = self._stream(visit_codes, self._touch_codes(touches, touched_at))
        self._number = self._stream(number, self.index(_integers(touches["opportunity_id"])))
        self._visit_ids = _integers(visits["interview_id"])
        self._contact_ids = _integers(touches["contact_id"])

    def _stream(self, visits: Array, touches: Array) -> Array:
        return np.concatenate([visits.take(self.held), touches])

    def _touch_codes(self, touches: pd.DataFrame, at: Array) -> Array:
        kind, channel = (touches[name].cat.codes.to_numpy() for name in ("kind", "channel"))
        codes = looked_up(_CODES.ravel(), kind * np.int8(len(terms.CHANNELS)) + channel)
        is_reply = codes == INBOUND
        replies = np.flatnonzero(is_reply)
        asks = touches["needs_answer"].array.take(replies).to_numpy(dtype=bool, na_value=False)
        codes |= PROMISES * (is_reply & (self._contact_promised != NOT_A_TIME)).view(np.uint8)
        codes[replies.take(np.flatnonzero(asks))] |= NEEDS_ANSWER
        codes |= DAY_ONLY * _day_only(touches)
        codes[np.flatnonzero(at > self.as_of)] = NOT_THERE
        return codes

    def _find_outcomes(self, caseload: Caseload) -> None:
        """Outcomes in force: not those still to come, nor a presumed let-go that was undone."""
        table = caseload.opportunities
        outcome = table["outcome"].cat.codes.to_numpy()[self.order]
        at = _instants(table["outcome_at"])[self.order]
        undated = at == NOT_A_TIME
        ended = (outcome != terms.OUTCOMES.index("open")) & (undated | (at <= self.as_of))
        let_go = ended & (outcome == terms.OUTCOMES.index("let_go"))
        if let_go.any():
            heard = np.full(len(self), NOT_A_TIME)  # of a reply or an interview, held or planned
            np.maximum.at(heard, *self._ahead)
            rows = np.flatnonzero(self.code & KIND <= INBOUND)
            rows = rows.take(np.flatnonzero(let_go.take(self._number.take(rows))))
            np.maximum.at(heard, self._number.take(rows), self.at.take(rows))
            undone = np.where(undated, self.scheduled, heard > at)
            ended &= ~(let_go & undone)
        self.outcome = np.where(ended, outcome, terms.OUTCOMES.index("open"))
        self.ended = ended
        self.ended_undated = ended & undated
        #: The instant after which nothing is an event any more; NEVER where none is known.
        self.ended_at = np.where(ended & ~undated, at, NEVER)

    def _lay_out_days(self, caseload: Caseload, policy: Policy) -> None:
        """Zones, calendars and the policy's rows, each by number."""
        clients, table = caseload.clients, caseload.opportunities
        self.versions = Versions(policy, table["field"].cat.categories)
        self.policy_stretch = self.versions.stretch(self.field)
        zone = clients["timezone"].cat
        tracked = _instants(clients["tracked_since"])
        outcomes = _instants(table["outcome_at"])
        visits = _instants(caseload.interviews["held_at"])
        self.visit_ended_at = _instants(caseload.interviews["ended_at"])
        moments = [self.at, visits, *(part[part != NOT_A_TIME] for part in (tracked, outcomes))]
        first = min([self.as_of] + [int(part.min()) for part in moments if part.size])
        moments += [self.visit_ended_at, self._visit_promised, self._contact_promised]
        latest_day = max([self.as_of] + [int(part.max()) for part in moments if part.size]) // DAY
        spans = self.versions.spans
        longest = {name: int(values.max(initial=0)) for name, values in spans.items()}
        wait = max(longest["wait_days"], longest["later_wait_days"], self.own_wait.max(initial=0))
        reach = latest_day + int(wait) + longest["promise_grace_days"] + 2
        last = reach + 2 * longest["window_days"] + 40 + longest["thank_you_hours"] // 24
        self.days = LocalDays(list(zone.categories), first, last * DAY)
        zone_row = self.days.rows(zone.codes.to_numpy())
        self.zone_row = zone_row.take(self.client)
        today = self.days.of(np.full(len(clients), self.as_of), zone_row)
        self.today = today.take(self.client)
        self.client_today = today
        self.client_zone_row = zone_row
        self.tracked_since = tracked.take(self.client)
        is_tracked = tracked != NOT_A_TIME
        since = self.days.of(np.where(is_tracked, tracked, self.as_of), zone_row)
        self.tracked_on = np.where(is_tracked, since, NO_DAY).take(self.client)
        dated = self.ended_at != NEVER
        self.ended_on = self.days.of(np.where(dated, self.ended_at, self.as_of), self.zone_row)
        calendars, calendar = _calendars(clients, table, self.order, self.client)
        self.calendars = calendars
        self.calendar = calendar
        self.business = BusinessDays(calendars, first // DAY - 2, last)
        self.calendar_row = self.business.rows(calendar)


def _instants(times: pd.Series) -> Array:
    """Instants or days as int64 microseconds; null is ``NOT_A_TIME``."""
    return pd.DatetimeIndex(times, copy=False).asi8


def _integers(ids: pd.Series) -> Array:
    return ids.to_numpy(dtype=np.int64)


def _day_only(table: pd.DataFrame) -> Array:
    return (~table["time_known"].to_numpy(dtype=bool, na_value=True)).view(np.uint8)


def _calendars(
    clients: pd.DataFrame, opportunities: pd.DataFrame, order: Array, client: Array
) -> tuple[list[str | None], Array]:
    """The countries used, and each opportunity's number: the employer's, else the client's."""
    own, theirs = clients["country"].cat, opportunities["country"].cat
    countries: list[str | None] = [None, *sorted({*own.categories, *theirs.categories})]
    number = {country: place for place, country in enumerate(countries)}
    own_number = np.array([number[word] for word in own.categories] + [0])[own.codes.to_numpy()]
    their_number = np.array([number[word] for word in theirs.categories] + [0])
    chosen = their_number[theirs.codes.to_numpy()[order]]
    chosen = np.where(chosen > 0, chosen, own_number.take(client))
    return countries, chosen.astype(np.int32)
