"""The caseload as of an instant: what is there, what ended, and every event in order (rules §3).

Opportunities are numbered in the order of their ids; every array with one entry per opportunity is
indexed by that number. Events are the rows of the *stream*: interviews held, then contacts.
"""

from collections.abc import Iterator

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
    blocks,
    sort_events,
)
from coachkit.caseload import Caseload
from coachkit.policy import Policy, Versions

#: What an event is: the first bits of its code, in the order of ``terms.ENDINGS``.
INTERVIEW, INBOUND, THANK_YOU, ANSWER, OTHER, FOLLOW_UP, CARD = range(7)
KIND = 7
#: What else its code says.
NEEDS_ANSWER, DAY_ONLY, PROMISES = 8, 16, 32

_CODE_OF_KIND = np.array(
    [{"reply": INBOUND}.get(kind, KIND) for kind in terms.KINDS], dtype=np.uint8
)
for _ending in ("thank_you", "answer", "other", "follow_up"):
    _CODE_OF_KIND[terms.KINDS.index(_ending)] = terms.ENDINGS.index(_ending)

#: How many opportunities are worked on at a time: their arrays then stay in the processor's cache.
BLOCK = 8_192


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

    def blocks(self) -> Iterator[tuple[Array, Array]]:
        """The stream in order, some opportunities at a time: their numbers and the stream's rows."""
        number, order = sort_events(
            self._number, self.at, np.minimum(self.code & KIND, THANK_YOU), self.event_ids
        )
        for part in blocks(number, BLOCK):
            yield number[part], order[part]

    def promised_on(self, rows: Array) -> Array:
        """The promised days given by some of the stream's rows, all of which promise one."""
        held = self.held.size
        promised = np.empty(rows.size, dtype=np.int64)
        by_visit = rows < held
        promised[by_visit] = self._visit_promised.take(self.held.take(rows[by_visit]))
        promised[~by_visit] = self._contact_promised.take(self.touched(rows[~by_visit]))
        return (promised // DAY).astype(np.int32)

    def named_interview(self, rows: Array) -> Array:
        """The ids of the interviews that some of the stream's contacts name; NOT_A_TIME for none."""
        return self._names.take(self.touched(rows))

    def touched(self, rows: Array) -> Array:
        """The contacts' rows, in their own table, of some of the stream's rows."""
        rows = rows - self.held.size
        return rows if self._contacts is None else self._contacts.take(rows)

    def _number_opportunities(self, caseload: Caseload) -> None:
        table = caseload.opportunities
        ids = table["opportunity_id"].to_numpy(dtype=np.int64)
        self.order = np.argsort(ids, kind="stable")
        self.ids = ids[self.order]
        self.index = IdIndex(self.ids)
        client_ids = caseload.clients["client_id"].to_numpy(dtype=np.int64)
        by_id = np.argsort(client_ids)
        self.client_id = table["client_id"].to_numpy(dtype=np.int64)[self.order]
        self.client = by_id[np.searchsorted(client_ids[by_id], self.client_id)]
        self.field = table["field"].cat.codes.to_numpy()[self.order]
        self.own_wait = table["wait_days"].to_numpy(dtype=np.int32, na_value=-1)[self.order]

    def _gather_stream(self, caseload: Caseload) -> None:
        """Interviews held and contacts there as of the instant; a card from the employer is none."""
        visits, touches = caseload.interviews, caseload.contacts
        begins = _instants(visits["held_at"])
        number = self.index(visits["opportunity_id"].to_numpy(dtype=np.int64))
        happens = ~visits["cancelled"].to_numpy(dtype=bool, na_value=False)
        self.held = np.flatnonzero(happens & (begins <= self.as_of))
        ahead = np.flatnonzero(happens & (begins > self.as_of))
        self.scheduled = np.zeros(len(self), dtype=bool)
        self.scheduled[number[ahead]] = True
        self._latest_visit = np.full(len(self), NOT_A_TIME)
        np.maximum.at(self._latest_visit, number[happens], begins[happens])
        self.first_held = np.full(len(self), NEVER)
        np.minimum.at(self.first_held, number[self.held], begins[self.held])
        self._visit_promised = _instants(visits["promised_by"])

        touched_at = _instants(touches["at"])
        codes = _CODE_OF_KIND.take(touches["kind"].cat.codes.to_numpy())
        by_card = touches["channel"].cat.codes.to_numpy() == terms.CHANNELS.index("card")
        inbound = codes == INBOUND
        there = (touched_at <= self.as_of) & ~(by_card & inbound)
        self._contact_promised = _instants(touches["promised_by"])
        codes |= PROMISES * (inbound & (self._contact_promised != NOT_A_TIME)).view(np.uint8)
        asks = touches["needs_answer"].to_numpy(dtype=bool, na_value=False) & inbound
        codes |= NEEDS_ANSWER * asks.view(np.uint8)
        codes |= DAY_ONLY * _day_only(touches)
        codes[by_card] = CARD
        self._names = touches["interview_id"].to_numpy(dtype=np.int64, na_value=NOT_A_TIME)
        self._contacts = None if there.all() else np.flatnonzero(there)
        number_touched = self.index(touches["opportunity_id"].to_numpy(dtype=np.int64))

        visit_codes = DAY_ONLY * _day_only(visits)
        visit_codes |= PROMISES * (self._visit_promised != NOT_A_TIME).view(np.uint8)
        self.at = self._stream(begins, touched_at)
        self.code = self._stream(visit_codes, codes)
        self._number = self._stream(number, number_touched)
        self.event_ids = self._stream(
            visits["interview_id"].to_numpy(dtype=np.int64),
            touches["contact_id"].to_numpy(dtype=np.int64),
        )

    def _stream(self, visits: Array, touches: Array) -> Array:
        there = touches if self._contacts is None else touches.take(self._contacts)
        return np.concatenate([visits.take(self.held), there])

    def _find_outcomes(self, caseload: Caseload) -> None:
        """Outcomes in force: not those still to come, nor a presumed let-go that was undone."""
        table = caseload.opportunities
        outcome = table["outcome"].cat.codes.to_numpy()[self.order]
        at = _instants(table["outcome_at"])[self.order]
        undated = at == NOT_A_TIME
        ended = (outcome != terms.OUTCOMES.index("open")) & (undated | (at <= self.as_of))
        let_go = ended & (outcome == terms.OUTCOMES.index("let_go"))
        if let_go.any():
            heard = self._latest_visit.copy()
            replies = np.flatnonzero((self.code & KIND == INBOUND) & let_go.take(self._number))
            np.maximum.at(heard, self._number[replies], self.at[replies])
            undone = np.where(undated, self._latest_visit > self.as_of, heard > at)
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
        zone = clients["timezone"].cat
        tracked = _instants(clients["tracked_since"])
        known = tracked[tracked != NOT_A_TIME]
        moments = [self.at, known, self.ended_at[self.ended & ~self.ended_undated]]
        first = min([self.as_of] + [int(part.min()) for part in moments if part.size])
        self.visit_ended_at = _instants(caseload.interviews["ended_at"])
        named = (self._visit_promised, self._contact_promised, self.visit_ended_at)
        latest_day = max([self.as_of] + [int(part.max()) for part in named if part.size]) // DAY
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
        self.tracked_on = np.where(is_tracked, since, NO_DAY).astype(np.int32).take(self.client)
        dated = self.ended_at != NEVER
        self.ended_on = self.days.of(np.where(dated, self.ended_at, self.as_of), self.zone_row)
        calendars, calendar = _calendars(clients, table, self.order, self.client)
        self.calendars = calendars
        self.calendar = calendar
        self.business = BusinessDays(calendars, first // DAY - 2, last)
        self.calendar_row = self.business.rows(calendar)


def _instants(times: pd.Series) -> Array:
    """Instants or days as int64 microseconds; null is ``NOT_A_TIME``."""
    if isinstance(times.dtype, pd.DatetimeTZDtype):
        times = times.dt.tz_localize(None)
    return times.to_numpy().view(np.int64)


def _day_only(table: pd.DataFrame) -> Array:
    return (~table["time_known"].to_numpy(dtype=bool, na_value=True)).view(np.uint8)


def _calendars(
    clients: pd.DataFrame, opportunities: pd.DataFrame, order: Array, client: Array
) -> tuple[list[str | None], Array]:
    """The employer's country, else the client's: the countries used, and each opportunity's number."""
    own, theirs = clients["country"].cat, opportunities["country"].cat
    countries: list[str | None] = [None, *sorted({*own.categories, *theirs.categories})]
    number = {country: place for place, country in enumerate(countries)}
    own_number = np.array([number[word] for word in own.categories] + [0])[own.codes.to_numpy()]
    their_number = np.array([number[word] for word in theirs.categories] + [0])
    chosen = their_number[theirs.codes.to_numpy()[order]]
    chosen = np.where(chosen > 0, chosen, own_number.take(client))
    return countries, chosen.astype(np.int32)
