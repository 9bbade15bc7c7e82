"""What other waits would have made of the past: sums to look up, for ``whatif``."""

import numpy as np
import pandas as pd

from coachkit import terms
from coachkit._arrays import NO_DAY, Array
from coachkit._events import FOLLOW_UP, Scene
from coachkit._follow_ups import FOLLOW_UP_VERDICTS, RUNS, first_day
from coachkit._verdicts import VERDICT, unless_unrecorded
from coachkit.clocks import followed

#: What may be tried, and up to how much: beyond that no slider goes, and no table is kept.
LIMITS = {
    "wait_days": 60,
    "later_wait_days": 60,
    "window_days": 20,
    "max_unanswered": 10,
    "let_go_weeks": 52,
    "promise_grace_days": 30,
}

#: The number of what carries no duty, and so no verdict.
_NOT_GRADED = np.int8(len(terms.VERDICTS))
_NEEDED = (
    "opportunity",
    "started_on",
    "unanswered",
    "promised_on",
    "silent_since",
    "ended_by",
    "ended_on",
)
_WORDS = [*terms.VERDICTS, "not graded"]
#: The verdicts by ending: before it was due, in time, after (follow-up rules §4).
_BY_ENDING = np.array(
    [[VERDICT[word] for word in row] for row in FOLLOW_UP_VERDICTS.values()], dtype=np.int8
)


class Past:
    """The clocks that ended, as sums to look up: by follow-ups unanswered, wait and slack.

    A clock's *slack* under a wait is the least window with which it would still have been in time.
    """

    def __init__(self, scene: Scene, clocks: dict[str, Array], verdicts_now: Array) -> None:
        ended = clocks["ended_by"] < RUNS
        self._clocks = clocks = {name: part[ended] for name, part in clocks.items()}
        kinds = verdicts_now.take(clocks["event"]).astype(np.int64) * len(_BY_ENDING)
        kinds += clocks["ended_by"]
        found, self._kind = np.unique(kinds, return_inverse=True)
        self._now, self._ending = np.divmod(found, len(_BY_ENDING))
        self._scene = scene
        self._most = LIMITS["max_unanswered"]
        self._unanswered = np.minimum(clocks["unanswered"], self._most)
        self._promised = clocks["promised_on"] != NO_DAY
        self._sums: dict[int, tuple[Array, Array, Array]] = {}
        self._plain = self._summed(~self._promised, 0)
        shape = (self._most + 1, found.size)
        cells = self._unanswered * found.size + self._kind
        self._total = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)

    def judged(self, spans: dict[str, int]) -> pd.DataFrame:
        """Pairs of verdicts and their counts, as ``WhatIf.judged`` tells."""
        grace, window = spans["promise_grace_days"], spans["window_days"]
        if grace not in self._sums:  # only where the employer gave a day does its grace count
            promised = self._summed(self._promised, grace)
            self._sums = {grace: tuple(map(np.add, self._plain, promised))}  # type: ignore[dict-item]
        early, after, unrecorded = self._sums[grace]
        wait = np.full(self._most + 1, spans["later_wait_days"])
        wait[0] = spans["wait_days"]
        graded = np.arange(self._most + 1) < spans["max_unanswered"]
        which = np.flatnonzero(graded)
        soon = early[which, wait[which]].sum(axis=0)
        late = after[which, wait[which], window].sum(axis=0)
        unknown = unrecorded[which, wait[which], window].sum(axis=0)
        in_time = self._total[which].sum(axis=0) - soon - late
        ungraded = self._total[~graded].sum(axis=0)
        return self._pairs(soon, in_time, late, unknown, ungraded)

    def _pairs(
        self, soon: Array, in_time: Array, late: Array, unknown: Array, ungraded: Array
    ) -> pd.DataFrame:
        """The counts of each kind as pairs of verdicts."""
        verdicts = _BY_ENDING[self._ending]
        if_unrecorded = unless_unrecorded(verdicts[:, 2], np.ones(self._ending.size, dtype=bool))
        beyond = np.where(self._ending == FOLLOW_UP, VERDICT["too_many"], _NOT_GRADED)
        counts = np.concatenate([soon, in_time, late - unknown, unknown, ungraded])
        then = np.concatenate([*verdicts.T, if_unrecorded, beyond]).astype(np.int64)
        cells = np.tile(self._now, 5) * len(_WORDS) + then
        pairs = np.bincount(cells, weights=counts, minlength=len(_WORDS) ** 2).astype(np.int64)
        pairs[-1] = 0  # graded neither now nor then
        there = np.flatnonzero(pairs)
        now, then = np.divmod(there, len(_WORDS))
        return pd.DataFrame(
            {
                "now": _as_words(now),
                "then": _as_words(then),
                "follow_ups": pairs[there],
            }
        )

    def _summed(self, which: Array, grace: int) -> tuple[Array, Array, Array]:
        """How many came too soon; after; and after, their day before tracking began.

        By follow-ups unanswered, wait, window (but for those too soon) and kind.
        """
        clocks = {name: part[which] for name, part in self._clocks.items()}
        unanswered, kind = self._unanswered[which], self._kind[which]
        longest, widest = LIMITS["wait_days"], LIMITS["window_days"]
        kinds, counts = self._now.size, self._most + 1
        early = np.zeros((counts, longest + 1, kinds), dtype=np.int64)
        late = np.zeros((counts, longest + 1, widest + 2, kinds), dtype=np.int64)
        unrecorded = late.copy()
        calendar, business = clocks["calendar_row"], self._scene.business
        ended = business.rank(clocks["ended_on"], calendar)
        graces = np.full(kind.size, grace)
        for wait in range(longest + 1):
            waits = np.where(clocks["own_wait"] >= 0, clocks["own_wait"], wait)
            ready = first_day(
                clocks["unanswered"],
                clocks["started_on"],
                waits,
                clocks["promised_on"],
                graces.take,
            )
            rank = business.rank(ready, calendar)
            slack = np.clip(ended - rank, 0, widest + 1)
            lost = np.clip(np.minimum(slack, clocks["tracked_rank"] - rank), 0, widest + 1)
            soon = clocks["ended_on"] < ready
            early[:, wait] = _counted(unanswered[soon] * kinds + kind[soon], (counts, kinds))
            for table, needed in ((late, slack), (unrecorded, lost)):
                cells = (unanswered * (widest + 2) + needed) * kinds + kind
                table[:, wait] = _counted(cells, (counts, widest + 2, kinds))
        return early, _beyond(late), _beyond(unrecorded)


def clocks_of_row(scene: Scene, row: int, *, running: bool) -> dict[str, Array]:
    """The clocks that a policy's row judges, owed answers apart, with what their days rest on."""
    found: list[dict[str, Array]] = []
    for clocks in followed(scene, running=running):
        which = np.flatnonzero((clocks.row == row) & ~clocks.owed)
        part = {name: getattr(clocks, name)[which] for name in _NEEDED}
        found.append(part | {"event": clocks.events.rows.take(clocks.place[which])})
    if not found:
        found.append({name: np.empty(0, dtype=np.int64) for name in (*_NEEDED, "event")})
    parts = {name: np.concatenate([part[name] for part in found]) for name in found[0]}
    parts["started_at"] = scene.at.take(parts["event"])
    number = parts["opportunity"]
    calendar = scene.calendar_row.take(number)
    tracked = scene.tracked_on.take(number)
    known = np.where(tracked == NO_DAY, parts["started_on"], tracked)
    rank = scene.business.rank(known, calendar)
    return parts | {
        "own_wait": scene.own_wait.take(number),
        "calendar_row": calendar,
        # the first business day of tracking; long before everything where it always was
        "tracked_rank": np.where(tracked == NO_DAY, NO_DAY, rank),
    }


def verdicts_now(scene: Scene) -> Array:
    """Each event's verdict, by its row in the stream, of the clock that it started."""
    verdicts = np.full(scene.at.size, _NOT_GRADED)
    for clocks in followed(scene):
        verdicts[clocks.events.rows.take(clocks.place)] = clocks.verdict
    return verdicts


def _as_words(codes: Array) -> pd.Categorical:
    return pd.Categorical(np.array(_WORDS, dtype=object)[codes], categories=_WORDS)


def _counted(cells: Array, shape: tuple[int, ...]) -> Array:
    return np.bincount(cells, minlength=int(np.prod(shape))).reshape(shape)


def _beyond(table: Array) -> Array:
    """From counts by the least window that is enough to counts that a window is too short for."""
    shorter = np.cumsum(table[:, :, ::-1], axis=2)[:, :, ::-1]
    beyond: Array = shorter[:, :, 1:]
    return np.ascontiguousarray(beyond)
