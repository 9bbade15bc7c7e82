"""From arrays to the frame of ``grade``: filled block by block, handed over without copies."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from coachkit import terms
from coachkit._arrays import DAY, NOT_A_TIME, Array

if TYPE_CHECKING:
    from coachkit._events import Scene
    from coachkit._follow_ups import Clocks
    from coachkit._thank_yous import ThankYous

_OUTBOUND = 2  # the first of ``terms.ENDINGS`` that the client does


#: The columns that are filled as integers, instants and days as microseconds.
_WHOLE = (
    "client_id",
    "opportunity_id",
    "contact_id",
    "started_at",
    "ready_on",
    "due_on",
    "until_on",
    "deadline_at",
    "let_go_on",
    "unanswered",
    "done_at",
)


class Duties:
    """The rows of ``grade``, filled in as the blocks come: thank-yous first, then follow-ups."""

    def __init__(self, scene: "Scene") -> None:
        self._scene = scene
        self._thanked = 0
        self._filled = self._thank_yous = scene.held.size
        size = scene.held.size + scene.at.size
        self._whole = dict(zip(_WHOLE, np.empty((len(_WHOLE), size), dtype=np.int64), strict=True))
        self._whole["interview_id"] = np.zeros(size, dtype=np.int64)  # untouched for follow-ups
        self._codes = {name: np.empty(size, dtype=np.int8) for name in ("ended_by", "verdict")}
        clients, opportunities = scene.caseload.clients, scene.caseload.opportunities
        self._labels = {"coach": clients["coach"].cat, "field": opportunities["field"].cat}
        self._coach = self._labels["coach"].codes.to_numpy().take(scene.client)
        self._codes["coach"] = np.empty(size, dtype=self._coach.dtype)
        self._codes["field"] = np.empty(size, dtype=scene.field.dtype)
        self._not_done = np.zeros(size, dtype=bool)
        self._carded: list[Array] = []

    def add_thank_yous(self, thanks: "ThankYous") -> None:
        part = slice(self._thanked, self._thanked + thanks.event.size)
        self._thanked = part.stop
        scene, whole = self._scene, self._whole
        self._add_whose(part, thanks.opportunity)
        whole["interview_id"][part] = scene.visit_ids(thanks.event)
        whole["started_at"][part] = thanks.held_at
        whole["ready_on"][part] = NOT_A_TIME
        whole["let_go_on"][part] = NOT_A_TIME
        whole["unanswered"][part] = 0
        np.multiply(thanks.deadline_on, DAY, out=whole["due_on"][part], dtype=np.int64)
        whole["until_on"][part] = whole["due_on"][part]
        whole["deadline_at"][part] = thanks.deadline_at
        sent = thanks.note >= 0
        self._add_done(part, sent, thanks.note, scene.at, thanks.note)
        self._codes["ended_by"][part] = -1
        self._codes["verdict"][part] = thanks.verdict
        self._carded.append(whole["interview_id"][part][thanks.carded])

    def add_follow_ups(self, clocks: "Clocks") -> None:
        part = slice(self._filled, self._filled + clocks.place.size)
        self._filled = part.stop
        scene, whole = self._scene, self._whole
        self._add_whose(part, clocks.opportunity)
        events, following = clocks.events, clocks.following
        _fill(whole["started_at"][part], events.at, clocks.place)
        for name, days in (
            ("ready_on", clocks.ready_on),
            ("due_on", clocks.due_on),
            ("until_on", clocks.until_on),
            ("let_go_on", clocks.let_go_on),
        ):
            np.multiply(days, DAY, out=whole[name][part], dtype=np.int64)
        zone_row = scene.zone_row.take(clocks.opportunity)
        scene.days.last_second(clocks.until_on, zone_row, out=whole["deadline_at"][part])
        whole["unanswered"][part] = clocks.unanswered
        done = (clocks.ended_by >= _OUTBOUND) & (clocks.ended_by < terms.ENDINGS.index("outcome"))
        self._add_done(part, done, events.rows.take(following), events.at, following)
        self._codes["ended_by"][part] = _ENDING_CODES.take(clocks.ended_by)
        self._codes["verdict"][part] = clocks.verdict

    def _add_whose(self, part: slice, number: Array) -> None:
        scene = self._scene
        for source, column in (
            (scene.client_id, self._whole["client_id"]),
            (scene.ids, self._whole["opportunity_id"]),
            (self._coach, self._codes["coach"]),
            (scene.field, self._codes["field"]),
        ):
            _fill(column[part], source, number)

    def _add_done(self, part: slice, done: Array, event: Array, at: Array, place: Array) -> None:
        """The contacts by which some were done, and when (``at[place]``).

        ``done`` marks them; the rest is null.
        """
        np.logical_not(done, out=self._not_done[part])
        undone = np.flatnonzero(self._not_done[part])
        ids, done_at = self._whole["contact_id"][part], self._whole["done_at"][part]
        if undone.size < done.size:
            self._scene.contact_ids(event, out=ids)
            _fill(done_at, at, place)
        ids[undone], done_at[undone] = 0, NOT_A_TIME

    def frame(self) -> pd.DataFrame:
        """The rows so far as the public face has them."""
        clients, rows, thank_yous = self._scene.caseload.clients, self._filled, self._thank_yous
        for_a_visit = np.zeros(rows, dtype=bool)
        for_a_visit[:thank_yous] = True
        nulls = {
            "interview_id": ~for_a_visit,
            "contact_id": self._not_done[:rows],
            "unanswered": for_a_visit,
        }
        duty = (~for_a_visit).view(np.int8)
        columns: dict[str, object] = {"duty": _categorical(duty, terms.DUTIES)}
        for name in _GRADE:
            if name in self._codes:
                words = {"ended_by": terms.ENDINGS, "verdict": terms.VERDICTS}.get(name)
                dtype = words if words is not None else self._labels[name].categories
                columns[name] = _categorical(self._codes[name][:rows], dtype)
            elif name.endswith("_at"):
                columns[name] = _utc(self._whole[name][:rows])
            elif name.endswith("_on"):
                columns[name] = self._whole[name][:rows].view("M8[us]")
            else:
                columns[name] = _integers(self._whole[name][:rows], nulls.get(name))
        duties = pd.DataFrame(columns, copy=False)
        duties.attrs["graded"] = Graded(
            carded=np.concatenate([*self._carded, np.empty(0, np.int64)]),
            timezone=pd.Series(clients["timezone"].array, index=pd.Index(clients["client_id"])),
        )
        return duties


@dataclass(frozen=True, eq=False)
class Graded:
    """What rates need beside the duties; it rides along in ``attrs`` and is never copied."""

    carded: Array  # the interviews after which, and before the next, a card was sent
    timezone: pd.Series  # each client's, by client_id

    def __deepcopy__(self, memo: object) -> "Graded":
        return self


_GRADE = (
    "client_id",
    "coach",
    "opportunity_id",
    "field",
    "interview_id",
    "contact_id",
    "started_at",
    "ready_on",
    "due_on",
    "until_on",
    "deadline_at",
    "let_go_on",
    "unanswered",
    "ended_by",
    "done_at",
    "verdict",
)
_ENDING_CODES = np.array([0, 1, 2, 3, 4, 5, 6, 6, -1, -1], dtype=np.int8)


def _fill(cells: Array, source: Array, places: Array) -> None:
    source.take(places, out=cells, mode="clip")  # any other mode would buffer


def _integers(values: Array, null: Array | None) -> pd.arrays.IntegerArray:
    mask = np.zeros(values.size, dtype=bool) if null is None else null
    return pd.arrays.IntegerArray(values, mask, copy=False)


def _utc(values: Array) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(values, dtype="datetime64[us, UTC]", copy=False)


def _categorical(codes: Array, words: Any) -> Any:
    return pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(words), validate=False)
