"""Wait periods: the preview beside now, saved from a day on, taken back."""

from datetime import date

import pandas as pd
import pytest

from coachkit import panels
from coachkit.panels.controls import Sliders
from coachkit.panels.wait_periods import WaitPeriods, told_judged
from coachkit.practice import Practice
from coachkit.whatif import what_if
from tests.panels.conftest import NOW

FIELD = "Accounting & audit"


@pytest.fixture
def waits(practice: Practice) -> WaitPeriods:
    waits = panels.wait_periods(practice)
    waits.field.value = FIELD
    return waits


def slide(waits: WaitPeriods, **spans: int) -> None:
    waits.sliders.chosen = {**waits.sliders.chosen, **spans}


def test_the_sliders_begin_as_the_field_is_now(waits: WaitPeriods) -> None:
    """Nothing is tried yet, and nothing would change."""
    assert waits.sliders.chosen["wait_days"] == 7
    assert (
        "<strong>0</strong> of 14 past follow-ups would be judged otherwise" in waits.preview.value
    )
    assert "None of today's actions would move." in waits.preview.value


def test_a_slider_shows_what_would_change(waits: WaitPeriods, practice: Practice) -> None:
    """The counts of ``what_if``, and who moves from when to when."""
    slide(waits, wait_days=9)
    asked = what_if(practice.caseload(), practice.policy(), FIELD, as_of=NOW)
    judged, moves = asked.judged(wait_days=9), asked.moves(wait_days=9)
    assert told_judged(judged) in waits.preview.value
    assert f"<strong>{len(moves)}</strong> of today's actions would move" in waits.preview.value
    assert "Amara Osei · Quillmark Ledger Partners" in waits.preview.value
    assert "follow up, Fri 16 Oct 2026 (this week)" in waits.preview.value


def test_too_few_cases_are_said_to_be_too_few(waits: WaitPeriods) -> None:
    """Under ten follow-ups nothing can be told."""
    few = pd.DataFrame({"now": ["on_time"], "then": ["too_soon"], "follow_ups": [9]})
    assert "Only 9 were judged: too few" in told_judged(few)
    enough = few.assign(follow_ups=10)
    assert "too few" not in told_judged(enough)
    assert "no past to compare with" in told_judged(few.iloc[:0])


def test_what_is_saved_holds_from_its_day_on(waits: WaitPeriods, practice: Practice) -> None:
    """With the reason; the past stays as it was, and so does what was not moved."""
    slide(waits, wait_days=9)
    waits.form.fill({"begins": date(2026, 10, 14), "reason": "They are slow this autumn"})
    waits.form.button.click()
    policy = practice.policy()
    assert policy.row(FIELD, at="2026-10-14T03:59Z")["wait_days"] == 7
    after = policy.row(FIELD, at="2026-10-14T04:00Z")
    assert (after["wait_days"], after["later_wait_days"]) == (9, 7)
    assert after["evidence"] == "They are slow this autumn"
    assert "From Wed 14 Oct 2026: waits 9 days" in waits.past.value
    assert "They are slow this autumn" in waits.past.value
    assert waits.sliders.chosen["wait_days"] == 9


def test_what_was_saved_can_be_taken_back(waits: WaitPeriods, practice: Practice) -> None:
    """The waits are as they were."""
    slide(waits, wait_days=9)
    waits.form.fill({"begins": date(2026, 10, 14)})
    waits.form.button.click()
    waits.undo.click()
    assert practice.policy().row(FIELD, at=NOW)["wait_days"] == 7
    assert "Taken back" in waits.told.text
    assert waits.sliders.chosen["wait_days"] == 7


def test_nothing_changed_is_nothing_saved(waits: WaitPeriods, practice: Practice) -> None:
    """It says so; a day is needed, too."""
    rows = len(practice.policy().table)
    waits.form.button.click()
    assert "move a slider first" in waits.form.fault.text
    slide(waits, wait_days=9)
    waits.form.fill({"begins": None})
    waits.form.button.click()
    assert waits.form.faults["begins"].text.startswith("Enter the day")
    assert len(practice.policy().table) == rows


def test_every_field_stands_in_the_table_with_what_grounds_it(waits: WaitPeriods) -> None:
    """And how many opportunities it has here."""
    assert waits.table.value.count("<tr>") == len(waits._policy.fields) + 2
    assert "source rule: The article: accounting is relaxed" in waits.table.value


def test_waits_beyond_the_sliders_are_said_and_nothing_is_tried(
    waits: WaitPeriods, practice: Practice
) -> None:
    """A field that waits a hundred days now keeps its page."""
    practice.set_wait(FIELD, effective_from="2020-01-01T00:00Z", wait_days=100)
    waits.look()
    assert "wait_days = 100 cannot be tried out" in waits.fault.text
    assert waits.preview.value == ""
    waits.field.value = "Sales"
    assert "past follow-ups would be judged otherwise" in waits.preview.value


def test_an_empty_practice_shows_the_waits(empty: Practice) -> None:
    """There is nothing to compare with, and everything to read."""
    waits = panels.wait_periods(empty)
    assert waits.fault.text == ""
    assert "no past to compare with" in waits.preview.value
    assert "<td>Sales</td>" in waits.table.value


@pytest.mark.parametrize(
    ("sent", "taken"),
    [({"a": 5}, {"a": 5}), ({"a": 99}, {"a": 9}), ({"a": -1}, {"a": 0}), ({"b": 1}, {}), ({}, {})],
)
def test_a_slider_takes_nothing_beyond_its_reach(
    sent: dict[str, int], taken: dict[str, int]
) -> None:
    """Whatever a browser sends."""
    sliders = Sliders(spans=[{"name": "a", "max": 9}])
    sliders.chosen = sent
    assert sliders.chosen == taken
