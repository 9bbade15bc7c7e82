"""The coach's own days over the rules' (follow-up rules §9): what is held, and what is pinned."""

import numpy as np
import pandas as pd

from coachkit._arrays import DAY, NO_DAY, NOT_A_TIME, Array, BusinessDays, replaced
from coachkit._events import Scene
from coachkit._follow_ups import RUNS
from coachkit._verdicts import VERDICT


def holds(scene: Scene) -> Array:
    """Until which day each opportunity is held; NO_DAY where it is not, no longer, or ended."""
    until = coachs_days(scene, "hold_until")
    until[scene.ended | (until <= scene.today)] = NO_DAY
    return until


def with_pins(scene: Scene, clocks: pd.DataFrame) -> pd.DataFrame:
    """Set the pins that are in force beside the clocks' own days.

    Returns
    -------
    DataFrame
        ``clocks`` and pin_on, pin_until (NO_DAY where no pin is in force), rule_due_on and
        rule_until_on (what due_on and until_on say before a pin replaces them).
    """
    pin_on = coachs_days(scene, "follow_up_on").take(clocks["opportunity"].to_numpy())
    in_force = pin_on > clocks["started_on"].to_numpy()
    in_force &= clocks["duty"].to_numpy() & (clocks["ended_by"].to_numpy() == RUNS)
    pin_on = np.where(in_force, pin_on, NO_DAY)
    return clocks.assign(
        pin_on=pin_on,
        pin_until=_until(scene, clocks, pin_on, np.flatnonzero(in_force)),
        rule_due_on=clocks["due_on"],
        rule_until_on=clocks["until_on"],
    )


def pinned(scene: Scene, clocks: pd.DataFrame) -> pd.DataFrame:
    """The running clocks as their pins have them: due_on, until_on, let_go_on, dated_verdict."""
    clocks = with_pins(scene, clocks)
    places = np.flatnonzero(clocks["pin_on"] != NO_DAY)
    if not places.size:
        return clocks
    few = clocks.iloc[places]
    due, until, today = (few[name].to_numpy() for name in ("pin_on", "pin_until", "ended_on"))
    let_go = np.maximum(few["let_go_on"].to_numpy(), until + 1)
    verdict = np.select(
        [today < due, today <= until, today < let_go],
        [VERDICT["waiting"], VERDICT["due"], VERDICT["overdue"]],
        default=VERDICT["missed"],
    )
    own = {"due_on": due, "until_on": until, "let_go_on": let_go, "dated_verdict": verdict}
    return clocks.assign(
        **{name: replaced(clocks[name].to_numpy(), places, days) for name, days in own.items()}
    )


def coachs_days(scene: Scene, column: str) -> Array:
    """A day of each opportunity; NO_DAY for null."""
    at = scene.caseload.opportunities[column].to_numpy().view(np.int64)
    there = at != NOT_A_TIME
    days = np.full(at.size, NO_DAY, dtype=np.int32)
    if there.any():
        days[there] = at[there] // DAY
        days = days.take(scene.order)
    return days


def _until(scene: Scene, clocks: pd.DataFrame, pin_on: Array, places: Array) -> Array:
    """The last day of each pin's window: so many business days after it, which may be none."""
    if not places.size:
        return pin_on
    window = scene.versions.spans["window_days"].take(clocks["row"].to_numpy().take(places))
    number = clocks["opportunity"].to_numpy().take(places)
    return replaced(pin_on, places, pins_until(scene, number, pin_on.take(places), window))


def pins_until(scene: Scene, number: Array, pins: Array, window: Array) -> Array:
    """The last day of each pin's window: that many business days after it; itself where none."""
    if not pins.size:
        return pins
    far = 2 * int(window.max()) + 40
    business = BusinessDays(scene.calendars, int(pins.min()), int(pins.max()) + far)
    rank = business.rank(pins + 1, business.rows(scene.calendar.take(number)))
    after = business.day(rank + np.maximum(window, 1) - 1)
    return np.where(window > 0, after, pins)
