"""What the coach holds back or pins to a day: state, agenda and windows respect it (rules §9)."""

from datetime import datetime
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import coachkit as ck
from coachkit.timeline import timeline
from tests.build import Case, Row, case, heard, sent, together, tuned, visit
from tests.random_caseloads import Record, Tables, as_caseload, as_policy, random_caseload

# Accounting waits 7 days where a test brings no policy; 2 February 2026 is a Monday. After FIRST
# the rule says: due Mon 9 Feb, on time until Wed 11 Feb, let go on Mon 2 Mar.
FIRST = visit("Mon 2 Feb 10:00", answer_fit="A good one.")
ASKED = heard("Fri 6 Feb 10:00", needs_answer=True)
AHEAD = visit("Wed 25 Feb 10:00")
NOTE = sent("thank_you", "Mon 2 Feb 15:00")
TWICE = [FIRST, sent("follow_up", "Mon 9 Feb 10:00"), sent("follow_up", "Mon 16 Feb 10:00")]
STANDS = ("state", "due_on", "let_go_on")

Random_case = tuple[Tables, list[Record], datetime]
cases = st.integers(min_value=0, max_value=2**32).map(lambda seed: random_caseload(Random(seed)))


# -- pinned ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ("Mon 9 Feb 12:00", "waiting"),
        ("Thu 12 Feb 23:59", "waiting"),
        ("Fri 13 Feb 00:00", "due"),
        ("Tue 17 Feb 23:59", "due"),
        ("Wed 18 Feb 00:00", "overdue"),
        ("Sun 1 Mar 12:00", "overdue"),
    ],
)
def test_a_pin_replaces_the_rules_day(as_of: str, state: str) -> None:
    """Waiting before Fri 13 Feb, due for two business days after it, then overdue."""
    it = case(FIRST, follow_up_on="Fri 13 Feb", as_of=as_of)
    assert it.states(*STANDS) == [(state, "Fri 13 Feb", "Mon 2 Mar")]


def test_after_the_rules_let_go_a_pinned_one_is_let_go_too() -> None:
    """Its own window was over long before."""
    it = case(FIRST, follow_up_on="Fri 13 Feb", as_of="Mon 2 Mar 00:00")
    assert it.states(*STANDS) == [("let_go", None, "Mon 2 Mar")]


@pytest.mark.parametrize(
    ("about", "last"),
    [
        ({}, "Tue 17 Feb"),
        ({"country": "US"}, "Wed 18 Feb"),
        ({"policy": tuned(window_days=1)}, "Mon 16 Feb"),
        ({"policy": tuned(window_days=0)}, "Sat 14 Feb"),
    ],
    ids=["weekend", "and a holiday on Monday", "one day", "no day"],
)
def test_a_pin_is_the_day_itself_and_its_window_counts_business_days(
    about: dict[str, Any], last: str
) -> None:
    """Sat 14 Feb stays a Saturday; the window ends so many business days after it."""

    def state(as_of: pd.Timestamp) -> list[Any]:
        it = case(
            FIRST, follow_up_on="Sat 14 Feb", as_of=f"{as_of:%a} {as_of.day} Feb 12:00", **about
        )
        return it.states("state", "due_on")

    ends = pd.Timestamp(f"2026-02-{last[4:6]}")
    assert state(pd.Timestamp("2026-02-14")) == [("due", "Sat 14 Feb")]
    assert state(ends) == [("due", "Sat 14 Feb")]
    assert state(ends + pd.Timedelta(days=1)) == [("overdue", "Sat 14 Feb")]


def test_a_pin_may_come_before_the_rules_day() -> None:
    """The coach knows better; what the rule says of letting go stays."""
    it = case(FIRST, follow_up_on="Wed 4 Feb", as_of="Wed 4 Feb 12:00")
    assert it.states(*STANDS) == [("due", "Wed 4 Feb", "Mon 2 Mar")]


@pytest.mark.parametrize(
    ("pin", "day"), [("Sun 1 Feb", "Mon 9 Feb"), ("Mon 2 Feb", "Mon 9 Feb"), ("Tue 3 Feb",) * 2]
)
def test_a_pin_no_later_than_the_clocks_own_day_is_spent(pin: str, day: str) -> None:
    """Only the day after the interview, or later, can be the day of a follow-up to it."""
    it = case(FIRST, follow_up_on=pin, as_of="Mon 2 Feb 12:00")
    assert it.states("due_on") == [day]


def test_the_follow_up_of_the_pinned_day_spends_the_pin() -> None:
    """Sent on Fri 13 Feb as agreed: the next is due by the rule, seven days later."""
    it = case(
        FIRST,
        sent("follow_up", "Fri 13 Feb 09:00"),
        follow_up_on="Fri 13 Feb",
        as_of="Fri 13 Feb 12:00",
    )
    assert it.states("state", "due_on") == [("waiting", "Fri 20 Feb")]


@pytest.mark.parametrize(
    ("rows", "stands"),
    [
        ([FIRST, ASKED], ("answer", "Mon 9 Feb", "Fri 6 Mar")),
        (TWICE, ("holding", None, "Mon 2 Mar")),
        ([FIRST, AHEAD], ("scheduled", None, None)),
        ([], ("new", None, None)),
    ],
    ids=["an answer is owed", "no follow-up is left", "an interview ahead", "none held yet"],
)
def test_a_pin_waits_for_a_clock_with_a_duty(rows: list[Row], stands: tuple[str | None]) -> None:
    """Where no follow-up is to be sent, there is none to pin."""
    it = case(*rows, follow_up_on="Fri 20 Feb", as_of="Tue 17 Feb 12:00")
    assert it.states(*STANDS) == [stands]
    assert it.agenda("due_on", action="follow_up") == []


def test_a_late_pin_puts_letting_go_off() -> None:
    """Pinned to Fri 27 Feb, until Tue 3 Mar: let go on Wed 4 Mar instead of Mon 2 Mar."""
    pinned = {"follow_up_on": "Fri 27 Feb"}
    assert case(FIRST, as_of="Tue 3 Mar 12:00", **pinned).states(*STANDS) == [
        ("due", "Fri 27 Feb", "Wed 4 Mar")
    ]
    gone = case(FIRST, as_of="Wed 4 Mar 12:00", **pinned)
    assert gone.states(*STANDS) == [("let_go", None, "Wed 4 Mar")]
    assert gone.agenda("action", "due_on") == [("let_go", "Wed 4 Mar")]


def test_a_pin_takes_up_again_what_was_let_go() -> None:
    """By the rule it was to be let go since Mon 2 Mar."""
    it = case(FIRST, follow_up_on="Wed 1 Apr", as_of="Mon 16 Mar 12:00")
    assert it.states(*STANDS) == [("waiting", "Wed 1 Apr", "Sat 4 Apr")]


@pytest.mark.parametrize(
    ("as_of", "urgency"),
    [
        ("Thu 5 Feb 12:00", "later"),
        ("Fri 6 Feb 12:00", "this_week"),
        ("Tue 17 Feb 12:00", "today"),
        ("Wed 18 Feb 12:00", "overdue"),
    ],
)
def test_a_pinned_follow_up_stands_under_its_pin(as_of: str, urgency: str) -> None:
    """With the channel that the field suggests."""
    it = case(FIRST, follow_up_on="Fri 13 Feb", as_of=as_of)
    assert it.agenda("urgency", "due_on", "channel", action="follow_up") == [
        (urgency, "Fri 13 Feb", "email")
    ]


# -- held ------------------------------------------------------------------------------------------

RUNNING = {
    "answer": [FIRST, ASKED],
    "waiting": [FIRST, heard("Thu 12 Feb 10:00")],
    "due": [FIRST, heard("Thu 5 Feb 10:00")],
    "overdue": [FIRST],
    "holding": TWICE,
    "let_go": [visit("Mon 5 Jan 10:00")],
}
TODAY = "Fri 13 Feb 12:00"


@pytest.mark.parametrize(("state", "rows"), RUNNING.items(), ids=RUNNING)
def test_what_is_held_is_held_until_its_day(state: str, rows: list[Row]) -> None:
    """Whatever its clock says; and when it is let go stays."""
    about = {"as_of": "Mon 16 Feb 12:00" if state == "holding" else TODAY}
    free = case(*rows, **about)
    held = case(*rows, hold_until="Fri 20 Feb", **about)
    assert free.states("state") == [state]
    assert held.states("state", "due_on") == [("held", "Fri 20 Feb")]
    assert held.states("let_go_on") == free.states("let_go_on")


@pytest.mark.parametrize(
    ("rows", "about", "state"),
    [
        ([FIRST, AHEAD], {}, "scheduled"),
        ([], {}, "new"),
        ([FIRST], {"outcome": "offer", "outcome_at": "Tue 3 Feb 10:00"}, "offer"),
    ],
    ids=["scheduled", "new", "ended"],
)
def test_what_needs_no_holding_stands_as_it_did(
    rows: list[Row], about: dict[str, Any], state: str
) -> None:
    """An interview ahead, none yet, or an end says more than a hold."""
    it = case(*rows, hold_until="Fri 20 Feb", as_of=TODAY, **about)
    assert it.states("state", "due_on") == [(state, None)]


@pytest.mark.parametrize(
    ("zone", "state"), [("America/New_York", "held"), ("Pacific/Auckland", "overdue")]
)
def test_a_hold_ends_with_the_clients_own_day(zone: str, state: str) -> None:
    """At 08:00 in New York on Thu 19 Feb it is Fri 20 Feb in Auckland already."""
    new_york = case(FIRST, hold_until="Fri 20 Feb", as_of="Thu 19 Feb 08:00")
    it = case(FIRST, hold_until="Fri 20 Feb", zone=zone, as_of="Thu 19 Feb 08:00")
    stands = ck.states(*it.given, as_of=new_york.as_of)
    assert stands["state"].tolist() == [state]


def test_from_its_day_on_all_is_as_if_it_had_not_been_held() -> None:
    """States and agenda are equal to the last cell."""
    free = case(FIRST, as_of="Fri 20 Feb 00:00")
    held = case(FIRST, hold_until="Fri 20 Feb", hold_reason="Away", as_of="Fri 20 Feb 00:00")
    for pipeline in (ck.states, ck.plan, ck.explain):
        assert_frame_equal(
            pipeline(*held.given, as_of=held.as_of), pipeline(*free.given, as_of=free.as_of)
        )


@pytest.mark.parametrize(
    ("hold_until", "comes_back"),
    [
        ("Sat 7 Feb", ("follow_up", "this_week", "Mon 9 Feb", "email")),
        ("Tue 10 Feb", ("follow_up", "this_week", "Tue 10 Feb", "email")),
        ("Fri 13 Feb", ("follow_up", "later", "Fri 13 Feb", "email")),
        ("Sun 1 Mar", ("follow_up", "later", "Sun 1 Mar", "email")),
        ("Mon 2 Mar", ("let_go", "later", "Mon 2 Mar", None)),
        ("Wed 4 Mar", ("let_go", "later", "Wed 4 Mar", None)),
    ],
)
def test_what_is_held_comes_back_with_what_its_day_will_ask_for(
    hold_until: str, comes_back: tuple[str, ...]
) -> None:
    """One row, on the later of its own day and the day until which it is held."""
    it = case(FIRST, NOTE, hold_until=hold_until, as_of="Wed 4 Feb 12:00")
    assert it.agenda("action", "urgency", "due_on", "channel") == [comes_back]


@pytest.mark.parametrize(
    ("rows", "hold_until", "due_on"),
    [
        ([FIRST, NOTE, ASKED], "Sun 8 Feb", "Mon 9 Feb"),
        ([FIRST, NOTE, ASKED], "Wed 11 Feb", "Wed 11 Feb"),
        ([FIRST, NOTE, ASKED, AHEAD], "Wed 11 Feb", "Wed 11 Feb"),
    ],
    ids=["before its day", "after it", "with an interview ahead"],
)
def test_an_answer_that_is_held_comes_back_as_such(
    rows: list[Row], hold_until: str, due_on: str
) -> None:
    """Asked on Fri 6 Feb, owed by Mon 9 Feb."""
    it = case(*rows, hold_until=hold_until, as_of="Fri 6 Feb 12:00")
    assert it.agenda("action", "urgency", "due_on") == [("answer", "this_week", due_on)]


def test_what_holds_on_by_itself_comes_back_with_nothing() -> None:
    """Two follow-ups went out; until Mon 2 Mar there is nothing to do but wait."""
    it = case(*TWICE, hold_until="Fri 20 Feb", as_of="Tue 17 Feb 12:00")
    assert it.agenda("action") == []


def test_an_interview_ahead_is_prepared_however_it_is_held() -> None:
    """It takes place; and no follow-up comes back beside it."""
    it = case(FIRST, NOTE, visit("Mon 16 Feb 10:00"), hold_until="Fri 20 Feb", as_of=TODAY)
    assert it.agenda("action", "due_on") == [("prepare", "Mon 16 Feb")]


def test_a_thank_you_cannot_wait_but_a_debrief_and_a_card_can() -> None:
    """On the day of the interview, of which nothing is written down."""
    day = {"as_of": "Mon 2 Feb 12:00"}
    free = case(visit("Mon 2 Feb 10:00"), **day)
    held = case(visit("Mon 2 Feb 10:00"), hold_until="Fri 20 Feb", **day)
    assert free.agenda("action") == ["thank_you", "follow_up", "debrief", "card"]
    assert held.agenda("action", "due_on") == [
        ("thank_you", "Tue 3 Feb"),
        ("follow_up", "Fri 20 Feb"),
    ]


def test_a_client_is_not_asked_about_what_is_held_alone() -> None:
    """Nothing was written down for 17 days, but only the held follow-up is overdue."""
    quiet = {"as_of": "Thu 19 Feb 12:00"}
    held = case(FIRST, hold_until="Fri 20 Feb", **quiet)
    other = case(FIRST, opportunity_id=2, **quiet)
    assert held.agenda("action", action="ask_client") == []
    (reason,) = together(held, other).agenda("reason", action="ask_client")
    assert reason.startswith("Ask how it goes: 1 thing is due or overdue")


@pytest.mark.parametrize("status", ["paused", "placed", "archived"])
def test_a_client_who_is_not_active_has_no_agenda(status: str) -> None:
    """Held or not."""
    it = case(FIRST, hold_until="Fri 20 Feb", status=status, as_of=TODAY)
    assert it.agenda("action") == []


@pytest.mark.parametrize(
    ("hold_until", "stands", "asked"),
    [
        ("Tue 10 Feb", ("held", "Tue 10 Feb"), "Fri 13 Feb"),
        ("Wed 18 Feb", ("held", "Wed 18 Feb"), "Wed 18 Feb"),
        ("Thu 5 Feb", ("waiting", "Fri 13 Feb"), "Fri 13 Feb"),
    ],
    ids=["held, then pinned", "held past the pin", "no longer held"],
)
def test_what_is_held_and_pinned_is_due_on_the_later_day(
    hold_until: str, stands: tuple[str, str], asked: str
) -> None:
    """Pinned to Fri 13 Feb."""
    it = case(
        FIRST, NOTE, follow_up_on="Fri 13 Feb", hold_until=hold_until, as_of="Fri 6 Feb 12:00"
    )
    assert it.states("state", "due_on") == [stands]
    assert it.agenda("action", "due_on") == [("follow_up", asked)]


# -- what they leave alone -------------------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@given(cases)
def test_a_hold_or_a_pin_changes_no_verdict_and_no_rate(given_case: Random_case) -> None:
    """Duties and rates are those of the same caseload without them."""
    tables, policy, as_of = given_case
    own = ck.grade(as_caseload(tables), as_policy(policy), as_of=as_of)
    for opportunity in tables["opportunities"]:
        opportunity["hold_until"] = opportunity["follow_up_on"] = None
    without = ck.grade(as_caseload(tables), as_policy(policy), as_of=as_of)
    assert_frame_equal(own, without)
    assert_frame_equal(ck.compliance(own, by="field"), ck.compliance(without, by="field"))


@settings(max_examples=50, deadline=None)
@given(cases)
def test_one_opportunitys_hold_and_pin_bear_on_no_other(given_case: Random_case) -> None:
    """The states of all others are as they were."""
    tables, policy, as_of = given_case
    before = ck.states(as_caseload(tables), as_policy(policy), as_of=as_of)
    changed = tables["opportunities"][0]
    changed |= {"hold_until": None, "follow_up_on": None}
    after = ck.states(as_caseload(tables), as_policy(policy), as_of=as_of)
    others = before["opportunity_id"] != changed["opportunity_id"]
    assert_frame_equal(before[others], after[others])


# -- their windows on the timeline -----------------------------------------------------------------


def windows(it: Case) -> list[tuple[Any, ...]]:
    _, found = timeline(*it.given, as_of=it.as_of)
    told = found[["due_on", "until_on", "hold_until"]].apply(lambda days: days.dt.strftime("%d %b"))
    told.insert(2, "verdict", found["verdict"].astype(object))
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in told.to_numpy()]


@pytest.mark.parametrize(
    ("about", "window"),
    [
        ({}, ("09 Feb", "11 Feb", "overdue", None)),
        ({"follow_up_on": "Mon 16 Feb"}, ("16 Feb", "18 Feb", "waiting", None)),
        ({"follow_up_on": "Thu 12 Feb"}, ("12 Feb", "16 Feb", "due", None)),
        ({"hold_until": "Fri 20 Feb"}, ("09 Feb", "11 Feb", "held", "20 Feb")),
        ({"hold_until": TODAY[:10]}, ("09 Feb", "11 Feb", "overdue", None)),
        (
            {"hold_until": "Fri 20 Feb", "follow_up_on": "Mon 16 Feb"},
            ("16 Feb", "18 Feb", "held", "20 Feb"),
        ),
    ],
    ids=["the rule's", "pinned", "pinned, open now", "held", "no longer held", "held and pinned"],
)
def test_a_timeline_shows_the_coachs_own_window(
    about: dict[str, Any], window: tuple[str | None, ...]
) -> None:
    """In place of the rule's; windows of follow-ups that went out stay as they are."""
    sent_before = [visit("Mon 5 Jan 10:00"), sent("follow_up", "Tue 13 Jan 10:00")]
    kept = ("12 Jan", "14 Jan", "on_time", None)
    other = case(*sent_before, FIRST, as_of=TODAY, **about)
    assert windows(other) == [kept, window]


def test_a_timeline_shows_no_window_where_no_follow_up_is_asked_for() -> None:
    """An interview ahead, an answer owed: held or not."""
    for rows in ([FIRST, AHEAD], [FIRST, heard("Tue 3 Feb 10:00", needs_answer=True)]):
        it = case(*rows, hold_until="Fri 20 Feb", follow_up_on="Fri 27 Feb", as_of=TODAY)
        assert windows(it) == []
