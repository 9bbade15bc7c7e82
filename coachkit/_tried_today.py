"""What other waits would make of today: the clocks that run, for ``whatif``."""

from typing import Any

import numpy as np
import pandas as pd

from coachkit import terms
from coachkit._arrays import DAY, NO_DAY, NOT_A_TIME, Array
from coachkit._events import Scene
from coachkit._follow_ups import first_day
from coachkit._own_days import coachs_days, holds, pins_until
from coachkit._tried_past import LIMITS
from coachkit.agenda import AHEAD_DAYS

_ACTIONS = pd.CategoricalDtype(["follow_up", "let_go", "nothing"])
_URGENCIES = pd.CategoricalDtype([*terms.URGENCIES, "none"])


class Today:
    """The clocks that run for active clients: today's follow-ups and let-gos."""

    def __init__(self, scene: Scene, clocks: dict[str, Array], present: Scene) -> None:
        status = scene.caseload.clients["status"].astype(object)
        active = (status.isna() | (status == "active")).to_numpy(dtype=bool)
        number = clocks["opportunity"]
        counts = active[scene.client[number]] & ~scene.scheduled[number]
        self._clocks = {name: part[counts] for name, part in clocks.items()}
        self._scene = scene
        number = self._clocks["opportunity"]
        self._pin_on = coachs_days(scene, "follow_up_on").take(number)
        self._hold_until = holds(scene).take(number)
        rows = present.versions.at(present.policy_stretch.take(number), self._clocks["started_at"])
        self._now = self._standing(
            {name: present.versions.spans[name].take(rows) for name in LIMITS}
        )

    def moves(self, spans: dict[str, int]) -> pd.DataFrame:
        """What would be another, as ``WhatIf.moves`` tells."""
        size = self._clocks["opportunity"].size
        then = self._standing({name: np.full(size, value) for name, value in spans.items()})
        moved = np.zeros(size, dtype=bool)
        for before, after in zip(self._now, then, strict=True):
            moved |= before != after
        which = np.flatnonzero(moved)
        earlier = np.minimum(self._now[2][which], then[2][which])
        number = self._clocks["opportunity"][which]
        which = which[np.lexsort((self._scene.ids[number], self._scene.client[number], earlier))]
        return self._told(which, self._now, then)

    def _standing(self, spans: dict[str, Array]) -> tuple[Array, Array, Array]:
        """Each clock's action, urgency and day under some spans (follow-up rules §3 to §9)."""
        clocks, business = self._clocks, self._scene.business
        unanswered, began, today = (
            clocks[name] for name in ("unanswered", "started_on", "ended_on")
        )
        wait = np.where(unanswered > 0, spans["later_wait_days"], spans["wait_days"])
        wait = np.where(clocks["own_wait"] >= 0, clocks["own_wait"], wait)
        grace = spans["promise_grace_days"]
        ready = first_day(unanswered, began, wait, clocks["promised_on"], grace.take)
        rank = business.rank(ready, clocks["calendar_row"])
        due, until = business.day(rank), business.day(rank + spans["window_days"])
        duty = unanswered < spans["max_unanswered"]
        last_chance = np.where(duty, until + 1, began + wait)
        let_go = np.maximum(clocks["silent_since"] + 7 * spans["let_go_weeks"], last_chance)
        pinned = np.flatnonzero(duty & (self._pin_on > began))
        due[pinned] = self._pin_on[pinned]
        until[pinned] = pins_until(
            self._scene, clocks["opportunity"][pinned], due[pinned], spans["window_days"][pinned]
        )
        let_go[pinned] = np.maximum(let_go[pinned], until[pinned] + 1)
        held = self._hold_until != NO_DAY
        gone = (today >= let_go) & ~(duty & (today <= until))
        gone = np.where(held, let_go <= self._hold_until, gone)
        action = np.select([gone, duty], [1, 0], default=2)
        day = np.select([action == 0, gone], [due, let_go], default=NO_DAY)
        day = np.where(held & (action != 2), np.maximum(day, self._hold_until), day)
        ahead = np.where(day <= today + AHEAD_DAYS, 2, 3)
        urgency = np.select(
            [action == 2, held, gone | ((due <= today) & (today <= until)), today > until],
            [4, ahead, 1, 0],
            default=ahead,
        )
        return action, urgency, day.astype(np.int64)

    def _told(self, which: Array, now: tuple[Array, ...], then: tuple[Array, ...]) -> pd.DataFrame:
        scene = self._scene
        number = self._clocks["opportunity"][which]
        rows = scene.order[number]
        table, clients = scene.caseload.opportunities, scene.caseload.clients
        began = pd.Series(self._clocks["started_at"][which].view("M8[us]"))
        told: dict[str, Any] = {
            "client_id": pd.array(scene.client_id[number], dtype="Int64"),
            "client": clients["name"].array.take(scene.client[number]),
            "opportunity_id": pd.array(scene.ids[number], dtype="Int64"),
            "employer": table["employer"].array.take(rows),
            "role": table["role"].array.take(rows),
            "began_at": began.dt.tz_localize("UTC"),
        }
        for when, (action, urgency, day) in (("now", now), ("then", then)):
            instants = np.where(action[which] == 2, NOT_A_TIME, day[which] * DAY)
            told[f"{when}_action"] = pd.Categorical.from_codes(action[which], dtype=_ACTIONS)
            told[f"{when}_urgency"] = pd.Categorical.from_codes(urgency[which], dtype=_URGENCIES)
            told[f"{when}_due_on"] = instants.view("M8[us]")
        return pd.DataFrame(told)
