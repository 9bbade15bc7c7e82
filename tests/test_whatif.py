"""What other waits would change: looked up, and equal to grading and planning all of it anew."""

from collections import Counter
from datetime import datetime
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import coachkit as ck
from coachkit import errors, terms
from coachkit.whatif import LIMITS, tuned, what_if
from tests.build import case, heard, sent, together, visit
from tests.build import tuned as rules
from tests.random_caseloads import Record, Tables, as_caseload, as_policy, random_caseload

Case = tuple[Tables, list[Record], datetime]
cases = st.integers(min_value=0, max_value=2**32).map(lambda seed: random_caseload(Random(seed)))
some = settings(max_examples=150, deadline=None)
fields = st.sampled_from(("Brisk", "Tuned", "Later", "Nowhere", "default"))
#: Mostly near what is usual, where verdicts turn; now and then as far as a slider goes.
choices = st.fixed_dictionaries(
    {},
    optional={
        name: st.one_of(st.integers(0, min(9, limit)), st.integers(0, limit))
        for name, limit in LIMITS.items()
    },
)
#: Which clock it is: of two that start at one instant, what ended each.
CLOCK = ["opportunity_id", "started_at", "unanswered", "ended_by", "contact_id"]
WHAT = ["action", "urgency", "due_on"]


def ended_clocks(caseload: ck.Caseload, policy: ck.Policy, as_of: object) -> "pd.Series[str]":
    """The verdict of every graded clock that ended, by which clock it is."""
    duties = ck.grade(caseload, policy, as_of=as_of)
    clocks = duties[(duties["duty"] == "follow_up") & duties["ended_by"].notna()]
    # an outcome of unknown day ends a clock too; nothing else leaves ended_by null but running
    place = clocks.groupby(CLOCK, dropna=False, observed=True).cumcount()
    # each cell by itself: a column of times is written as finely as its finest, which may differ
    keys = [clocks[name].astype(object).map(str, na_action="ignore").fillna("") for name in CLOCK]
    return clocks["verdict"].astype("str").set_axis(pd.MultiIndex.from_arrays([*keys, place]))


def pairs_anew(given: Any, changed: ck.Policy, as_of: object) -> Counter[tuple[str, str]]:
    """How verdicts pair up when all is graded twice."""
    caseload, policy = given
    both = pd.concat(
        {
            "now": ended_clocks(caseload, policy, as_of),
            "then": ended_clocks(caseload, changed, as_of),
        },
        axis=1,
    ).fillna("not graded")
    return Counter(zip(both["now"], both["then"], strict=True))


def pairs(judged: pd.DataFrame) -> Counter[tuple[str, str]]:
    rows = judged.astype({"now": str, "then": str}).itertuples(index=False)
    return Counter({(row.now, row.then): row.follow_ups for row in rows})


def planned(caseload: ck.Caseload, policy: ck.Policy, as_of: object) -> dict[int, tuple[Any, ...]]:
    agenda = ck.plan(caseload, policy, as_of=as_of)
    mine = agenda[agenda["action"].isin(["follow_up", "let_go"])]
    return {
        int(row.opportunity_id): (row.action, row.urgency, row.due_on)
        for row in mine.itertuples(index=False)
    }


def moves_anew(given: Any, changed: ck.Policy, as_of: object) -> dict[int, Any]:
    """What moves when all is planned twice."""
    now, then = (planned(given[0], policy, as_of) for policy in (given[1], changed))
    nothing = ("nothing", "none", None)
    return {
        key: (now.get(key, nothing), then.get(key, nothing))
        for key in now.keys() | then.keys()
        if now.get(key) != then.get(key)
    }


def moved(moves: pd.DataFrame) -> dict[int, Any]:
    def side(row: Any, when: str) -> tuple[Any, ...]:
        cells = [getattr(row, f"{when}_{name}") for name in WHAT]
        return tuple(None if pd.isna(cell) else cell for cell in cells)

    return {
        int(row.opportunity_id): (side(row, "now"), side(row, "then"))
        for row in moves.itertuples(index=False)
    }


@some
@example(random_caseload(Random(14349)), "Tuned", {"max_unanswered": 0})
@example(random_caseload(Random(1)), "Later", dict.fromkeys(LIMITS, 0))
@given(cases, fields, choices)
def test_looking_up_equals_grading_and_planning_anew(
    one: Case, field: str, spans: dict[str, int]
) -> None:
    """Whatever the waits: the same verdicts and the same moves as from the full pipelines."""
    tables, rows, as_of = one
    given = as_caseload(tables), as_policy(rows)
    changed = tuned(given[1], field, at=as_of, **spans)
    asked = what_if(*given, field, as_of=as_of)
    assert moved(asked.moves(**spans)) == moves_anew(given, changed, as_of)
    looked_up, anew = pairs(asked.judged(**spans)), pairs_anew(given, changed, as_of)
    differing = {pair: count for pair, count in anew.items() if pair[0] != pair[1]}
    assert {pair: n for pair, n in looked_up.items() if pair[0] != pair[1]} == differing
    if field != "default":  # the default judges what has no row, which grade does not tell apart
        mine = [row for row in tables["opportunities"] if row["field"] == field]
        own = as_caseload(tables | only(tables, mine))
        assert looked_up == pairs_anew((own, given[1]), changed, as_of)


def only(tables: Tables, opportunities: list[Record]) -> Tables:
    """The tables with some opportunities alone."""
    kept = {row["opportunity_id"] for row in opportunities}
    below = {
        name: [row for row in tables[name] if row["opportunity_id"] in kept]
        for name in ("interviews", "contacts")
    }
    return {"opportunities": opportunities} | below


@some
@given(cases, fields)
def test_the_present_waits_change_nothing_where_they_always_held(one: Case, field: str) -> None:
    """A policy of one version per field, tuned to itself: no move, and no verdict differs."""
    tables, rows, as_of = one
    policy = tuned(as_policy(rows), field, at=as_of)
    asked = what_if(as_caseload(tables), policy, field, as_of=as_of)
    judged = asked.judged()
    assert (judged["now"].astype(str) == judged["then"].astype(str)).all()
    assert asked.moves().empty


# -- by hand ---------------------------------------------------------------------------------------

FOLLOWED = case(
    visit("Mon 2 Feb 10:00"),
    sent("thank_you", "Mon 2 Feb 15:00"),
    sent("follow_up", "Mon 9 Feb 10:00"),
    as_of="Thu 12 Feb 12:00",
)


def test_a_follow_up_on_time_would_have_come_too_soon() -> None:
    """After a thank-you of Monday the 2nd, the 9th is a week later; ten days are not over."""
    asked = what_if(*FOLLOWED.given, "accounting", as_of=FOLLOWED.as_of)
    assert pairs(asked.judged()) == {("superseded", "superseded"): 1, ("on_time", "on_time"): 1}
    longer = pairs(asked.judged(wait_days=8))
    assert longer == {("superseded", "superseded"): 1, ("on_time", "too_soon"): 1}
    shorter = pairs(asked.judged(wait_days=2, window_days=0))
    assert shorter == {("superseded", "superseded"): 1, ("on_time", "late"): 1}


def test_without_follow_ups_allowed_one_is_too_many() -> None:
    """And the clocks that carried a duty no longer do."""
    asked = what_if(*FOLLOWED.given, "accounting", as_of=FOLLOWED.as_of)
    none = pairs(asked.judged(max_unanswered=0))
    assert none == {("superseded", "not graded"): 1, ("on_time", "too_many"): 1}


def test_todays_follow_up_moves_to_its_new_day() -> None:
    """One follow-up is out since the 9th: the second is due on the 16th, or, with 3 days, today."""
    asked = what_if(*FOLLOWED.given, "accounting", as_of=FOLLOWED.as_of)
    moves = asked.moves(later_wait_days=3)
    row = moves.iloc[0]
    assert (row["client"], row["employer"]) == ("Ann Lee", "Acme")
    assert (row["now_urgency"], f"{row['now_due_on']:%a %d %b}") == ("this_week", "Mon 16 Feb")
    assert (row["then_urgency"], f"{row['then_due_on']:%a %d %b}") == ("today", "Thu 12 Feb")
    assert row["began_at"] == pd.Timestamp("2026-02-09T15:00:00Z")


def test_a_clients_own_wait_stays() -> None:
    """The coach's own number for one opportunity wins, in what-if as in the rules."""
    own = case(*FOLLOWED_ROWS, as_of="Thu 12 Feb 12:00", wait_days=7)
    asked = what_if(*own.given, "accounting", as_of=own.as_of)
    assert asked.moves(later_wait_days=3, wait_days=1).empty


FOLLOWED_ROWS = (visit("Mon 2 Feb 10:00"), sent("follow_up", "Mon 9 Feb 10:00"))


def test_a_held_opportunitys_action_moves_no_nearer_than_its_day() -> None:
    """A snooze hides it all the same; a pinned day is the coach's own, whatever the field waits."""
    held = case(*FOLLOWED_ROWS, as_of="Thu 12 Feb 12:00", hold_until="Tue 24 Feb")
    asked = what_if(*held.given, "accounting", as_of=held.as_of)
    assert asked.moves(later_wait_days=3).empty
    assert asked.moves(later_wait_days=20)["then_due_on"].dt.day.tolist() == [2]
    pinned = case(*FOLLOWED_ROWS, as_of="Thu 12 Feb 12:00", follow_up_on="Fri 13 Feb")
    asked = what_if(*pinned.given, "accounting", as_of=pinned.as_of)
    assert asked.moves(later_wait_days=20).empty


def test_a_paused_clients_actions_do_not_move_but_their_past_counts() -> None:
    """Only active clients are planned for."""
    paused = case(*FOLLOWED_ROWS, as_of="Thu 12 Feb 12:00", status="paused")
    asked = what_if(*paused.given, "accounting", as_of=paused.as_of)
    assert asked.moves(later_wait_days=3).empty
    assert pairs(asked.judged(wait_days=8)) == {("on_time", "too_soon"): 1}


def test_a_field_without_rows_begins_from_the_default() -> None:
    """What it would be if it were given waits of its own."""
    strange = case(visit("Mon 2 Feb 10:00"), as_of="Tue 3 Feb 12:00", field="Falconry")
    asked = what_if(*strange.given, "Falconry", as_of=strange.as_of)
    assert asked.now["wait_days"] == terms.POLICY_DEFAULTS["wait_days"]
    assert len(asked.moves(wait_days=9)) == 1
    assert asked.moves(wait_days=9)["then_due_on"].dt.day.tolist() == [11]


def test_tuning_one_field_leaves_the_others() -> None:
    """Their clocks are not so much as counted."""
    other = case(
        visit("Mon 2 Feb 10:00"),
        heard("Tue 3 Feb 10:00"),
        as_of="Thu 12 Feb 12:00",
        field="sales",
        opportunity_id=2,
        client_id=2,
    )
    both = together(FOLLOWED, other)
    asked = what_if(*both.given, "accounting", as_of=both.as_of)
    assert asked.judged(wait_days=8)["follow_ups"].sum() == 2
    assert asked.moves(wait_days=30, later_wait_days=30)["opportunity_id"].tolist() == [1]


def test_moves_come_by_the_earlier_day() -> None:
    """First what a coach meets first."""
    early = case(visit("Mon 9 Feb 10:00"), as_of="Thu 12 Feb 12:00", opportunity_id=5)
    late = case(visit("Tue 10 Feb 10:00"), as_of="Thu 12 Feb 12:00", opportunity_id=4, client_id=2)
    both = together(early, late)
    asked = what_if(*both.given, "accounting", as_of=both.as_of)
    assert asked.moves(wait_days=8)["opportunity_id"].tolist() == [5, 4]


def test_an_empty_caseload_gives_no_rows() -> None:
    """With their columns, so that a panel draws them all the same."""
    asked = what_if(ck.Caseload.empty(), ck.Policy.default(), "Sales", as_of="2026-02-02T15:00Z")
    assert list(asked.judged(wait_days=1).columns) == ["now", "then", "follow_ups"]
    assert asked.judged(wait_days=1).empty
    assert asked.moves(wait_days=1).empty
    assert asked.moves().columns.tolist()[-3:] == ["then_action", "then_urgency", "then_due_on"]


@pytest.mark.parametrize("spans", [{"wait_days": -1}, {"wait_days": 61}, {"pace": 3}])
def test_what_cannot_be_tried_is_refused(spans: dict[str, int]) -> None:
    """Below zero, beyond the slider, or no span at all."""
    asked = what_if(*FOLLOWED.given, "accounting", as_of=FOLLOWED.as_of)
    for question in (asked.judged, asked.moves):
        with pytest.raises(errors.OutOfRange, match="cannot be tried out"):
            question(**spans)


def test_waits_beyond_the_sliders_are_refused() -> None:
    """A field that waits a hundred days now cannot be shown on a slider of sixty."""
    patient = case(*FOLLOWED_ROWS, as_of="Thu 12 Feb 12:00", policy=rules(wait_days=100))
    with pytest.raises(errors.OutOfRange, match="accounting: wait_days = 100"):
        what_if(*patient.given, "accounting", as_of=patient.as_of)


def test_nothing_that_is_given_is_changed() -> None:
    """Neither the caseload nor the policy."""
    caseload, policy = FOLLOWED.given
    before = {name: frame.copy() for name, frame in caseload}
    table = policy.table.copy()
    asked = what_if(caseload, policy, "accounting", as_of=FOLLOWED.as_of)
    asked.judged(wait_days=3)
    asked.moves(wait_days=3)
    for name, frame in caseload:
        assert_frame_equal(frame, before[name])
    assert_frame_equal(policy.table, table)


def test_tuning_keeps_what_else_the_row_says() -> None:
    """Its pace, channels and grounds stay; only what was named is another."""
    policy = ck.Policy.default()
    at = "2026-02-02T15:00Z"
    changed = tuned(policy, "Sales", at=at, wait_days=11)
    before, after = policy.row("Sales", at=at), changed.row("Sales", at=at)
    differing = {name for name in before if not same(before[name], after[name])}
    assert differing == {"wait_days"}
    assert len(changed.table) == len(policy.table)


def same(one: object, other: object) -> bool:
    return bool(one == other or (pd.isna(one) and pd.isna(other)))  # type: ignore[call-overload]


def test_later_answers_do_not_depend_on_earlier_questions() -> None:
    """Sliders go back and forth, the grace among them."""
    asked = what_if(*FOLLOWED.given, "accounting", as_of=FOLLOWED.as_of)
    first = asked.judged(promise_grace_days=3, wait_days=8)
    asked.judged(promise_grace_days=0)
    assert_frame_equal(asked.judged(promise_grace_days=3, wait_days=8), first)
    assert int(np.sum(first["follow_ups"])) == 2
