"""Clocks, duties and verdicts, each sentence of rules §2 to §4 in a few rows."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import coachkit as ck
from coachkit import _follow_ups, errors, terms
from tests.build import Row, case, heard, sent, tuned, visit

# Accounting waits 7 days where a test brings no policy; 2 February 2026 is a Monday.
FIRST = visit("Mon 2 Feb 10:00")

# -- §2: the policy's row --------------------------------------------------------------------------


def test_a_field_waits_by_its_latest_row_in_force_when_the_clock_started() -> None:
    """A wait tuned at ten on the 16th rules from that instant on and rewrites nothing before."""
    rows = [
        {"field": "accounting", "wait_days": 7},
        {"field": "accounting", "wait_days": 9, "effective_from": "Mon 9 Feb 10:00"},
        {"field": "accounting", "wait_days": 3, "effective_from": "Mon 16 Feb 10:00"},
    ]
    it = case(
        visit("Mon 2 Feb 10:00"),
        visit("Mon 16 Feb 09:59:59"),
        visit("Mon 16 Feb 10:00"),
        policy=rows,
        as_of="Mon 2 Mar 10:00",
    )
    assert it.follow_ups("ready_on") == ["Mon 9 Feb", "Wed 25 Feb", "Thu 19 Feb"]


@pytest.mark.parametrize(
    ("rows", "ready_on"),
    [
        ([{"field": "default", "wait_days": 4}], "Fri 6 Feb"),
        (
            [
                {"field": "default", "wait_days": 4},
                {"field": "default", "wait_days": 6, "effective_from": "Sun 1 Feb 10:00"},
            ],
            "Sun 8 Feb",
        ),
        (
            [
                {"field": "default", "wait_days": 6, "effective_from": "Wed 1 Apr 10:00"},
                {"field": "default", "wait_days": 4, "effective_from": "Sun 1 Mar 10:00"},
            ],
            "Fri 6 Feb",
        ),
        (
            [
                {"field": "accounting", "wait_days": 9, "effective_from": "Sun 1 Mar 10:00"},
                {"field": "default", "wait_days": 4},
            ],
            "Fri 6 Feb",
        ),
        (
            [
                {"field": "accounting", "wait_days": 9},
                {"field": "default", "wait_days": 4, "effective_from": "Sun 1 Feb 10:00"},
            ],
            "Wed 11 Feb",
        ),
        ([{"field": "law", "wait_days": 9}], "Sat 7 Feb"),
    ],
    ids=[
        "a field without rows takes the default",
        "of several default rows the latest in force",
        "none in force yet, the earliest default row",
        "a field whose row is not in force yet takes the default",
        "a field's own row, however old, before the default",
        "no default row at all, the five days of the rules",
    ],
)
def test_the_row_that_holds_for_a_field(rows: list[dict], ready_on: str) -> None:
    """Own row in force, else the latest default in force, else the earliest default."""
    it = case(FIRST, policy=rows, as_of="Mon 2 Feb 12:00")
    assert it.follow_ups("ready_on") == [ready_on]


def test_an_opportunitys_own_wait_wins_over_both_waits_past_included() -> None:
    """Three days after the visit and after the follow-up alike, though the field waits 7 and 9."""
    it = case(
        FIRST,
        sent("follow_up", "Thu 5 Feb 10:00"),
        wait_days=3,
        policy=tuned(wait_days=7, later_wait_days=9),
        as_of="Fri 6 Feb 10:00",
    )
    assert it.follow_ups("ready_on", "verdict") == [
        ("Thu 5 Feb", "on_time"),
        ("Sun 8 Feb", "waiting"),
    ]


def test_an_own_wait_of_none_is_ready_on_the_same_day() -> None:
    """0 days is a wait, not a missing one."""
    it = case(FIRST, sent("follow_up", "Mon 2 Feb 17:00"), wait_days=0, as_of="Mon 2 Feb 18:00")
    assert it.follow_ups("ready_on", "verdict") == [
        ("Mon 2 Feb", "on_time"),
        ("Mon 2 Feb", "due"),
    ]


def test_the_thank_you_is_judged_by_the_row_in_force_at_held_at() -> None:
    """Not by the one that began an hour later, while the visit was still on."""
    rows = [
        {"field": "accounting", "thank_you_hours": 24},
        {"field": "accounting", "thank_you_hours": 48, "effective_from": "Mon 2 Feb 11:00"},
    ]
    it = case(
        visit("Mon 2 Feb 10:00", ended_at="Mon 2 Feb 12:00"), policy=rows, as_of="Mon 2 Feb 13:00"
    )
    assert it.thank_yous("deadline_at") == ["Tue 3 Feb 12:00"]


# -- §3: follow-ups without an answer --------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "unanswered", "ready_on"),
    [
        (sent("thank_you", "Wed 11 Feb 10:00"), 1, "Fri 20 Feb"),
        (sent("other", "Wed 11 Feb 10:00"), 1, "Fri 20 Feb"),
        (sent("answer", "Wed 11 Feb 10:00"), 1, "Fri 20 Feb"),
        (heard("Wed 11 Feb 10:00"), 0, "Wed 18 Feb"),
        (visit("Wed 11 Feb 10:00"), 0, "Wed 18 Feb"),
    ],
    ids=["a thank-you", "another message", "an answer", "a reply", "an interview"],
)
def test_only_the_employer_ends_a_follow_ups_silence(
    last: Row, unanswered: int, ready_on: str
) -> None:
    """A follow-up counts until a reply or an interview; as long, the later wait of 9 holds."""
    it = case(
        FIRST,
        sent("follow_up", "Mon 9 Feb 10:00"),
        last,
        policy=tuned(wait_days=7, later_wait_days=9),
        as_of="Wed 11 Feb 12:00",
    )
    assert it.follow_ups("unanswered", "ready_on")[-1] == (unanswered, ready_on)


# -- §3: promises ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "ready_on"),
    [
        ([visit("Mon 2 Feb 10:00", promised_by="Wed 4 Feb")], "Thu 5 Feb"),
        ([visit("Mon 2 Feb 10:00", promised_by="Fri 27 Feb")], "Sat 28 Feb"),
        ([visit("Mon 2 Feb 10:00", promised_by="Mon 2 Feb")], "Tue 3 Feb"),
        ([visit("Mon 2 Feb 10:00", promised_by="Sun 1 Feb")], "Mon 9 Feb"),
        (
            [visit("Mon 2 Feb 10:00", promised_by="Wed 4 Feb"), sent("other", "Thu 5 Feb 10:00")],
            "Thu 12 Feb",
        ),
        (
            [visit("Mon 2 Feb 10:00", promised_by="Fri 27 Feb"), sent("other", "Thu 5 Feb 10:00")],
            "Sat 28 Feb",
        ),
        (
            [
                visit("Mon 2 Feb 10:00", promised_by="Fri 20 Feb"),
                sent("follow_up", "Mon 9 Feb 10:00"),
            ],
            "Sat 21 Feb",
        ),
        (
            [
                visit("Mon 2 Feb 10:00", promised_by="Tue 10 Feb"),
                sent("follow_up", "Mon 9 Feb 10:00"),
            ],
            "Mon 16 Feb",
        ),
        (
            [visit("Mon 2 Feb 10:00", promised_by="Fri 27 Feb"), visit("Mon 9 Feb 10:00")],
            "Mon 16 Feb",
        ),
        (
            [
                visit("Mon 2 Feb 10:00", promised_by="Fri 27 Feb"),
                heard("Mon 9 Feb 10:00", promised_by="Thu 12 Feb"),
            ],
            "Fri 13 Feb",
        ),
        (
            [
                visit("Mon 2 Feb 10:00", promised_by="Fri 27 Feb"),
                heard("Mon 9 Feb 10:00"),
            ],
            "Sat 28 Feb",
        ),
        (
            [
                heard("Mon 26 Jan 10:00", promised_by="Fri 27 Feb"),
                visit("Mon 2 Feb 10:00"),
            ],
            "Mon 9 Feb",
        ),
    ],
    ids=[
        "a day soon replaces the field's wait, with a day of grace",
        "a day far away is waited for",
        "the very day gives the next one",
        "a day already past lets the field's wait stand",
        "a passed day lets the wait run from a later message",
        "a day still ahead replaces the wait after a message too",
        "after a follow-up it is waited for where it is later",
        "after a follow-up the later wait stands where it is longer",
        "the next interview wipes it",
        "a later promise replaces it though it names an earlier day",
        "a reply that promises nothing leaves it",
        "one given before the first interview is none",
    ],
)
def test_a_promise_and_when_the_follow_up_is_ready(rows: list[Row], ready_on: str) -> None:
    """The employer's own word, given last, and what the field's wait of 7 days makes of it."""
    as_of = "Tue 10 Feb 12:00" if len(rows) > 1 else "Mon 2 Feb 12:00"
    assert case(*rows, as_of=as_of).follow_ups("ready_on")[-1] == ready_on


def test_without_grace_a_promise_for_today_still_leaves_them_the_day() -> None:
    """The next day is the first: max(G, d + 1), where G is the promised day itself."""
    it = case(
        visit("Mon 2 Feb 10:00", promised_by="Mon 2 Feb"),
        policy=tuned(promise_grace_days=0),
        as_of="Mon 2 Feb 12:00",
    )
    assert it.follow_ups("ready_on") == ["Tue 3 Feb"]


def test_the_grace_is_the_fields() -> None:
    """Three calendar days past the promised Friday: the Monday."""
    it = case(
        visit("Mon 2 Feb 10:00", promised_by="Fri 6 Feb"),
        policy=tuned(promise_grace_days=3),
        as_of="Mon 2 Feb 12:00",
    )
    assert it.follow_ups("ready_on") == ["Mon 9 Feb"]


# -- §3: due, until, let go ------------------------------------------------------------------------


def test_due_is_the_first_business_day_and_until_counts_business_days() -> None:
    """Ready on a Saturday, due on the Monday, on time for three business days more: Thursday."""
    it = case(
        visit("Sat 7 Feb 10:00"), policy=tuned(wait_days=7, window_days=3), as_of="Sat 7 Feb 12:00"
    )
    assert it.follow_ups("ready_on", "due_on", "until_on", "deadline_at") == [
        ("Sat 14 Feb", "Mon 16 Feb", "Thu 19 Feb", "Thu 19 Feb 23:59:59")
    ]


def test_a_window_skips_weekend_and_holiday() -> None:
    """Due on Thursday the 12th; Presidents' Day is no business day, so until Tuesday the 17th."""
    it = case(visit("Thu 5 Feb 10:00"), country="US", as_of="Thu 5 Feb 12:00")
    assert it.follow_ups("due_on", "until_on") == [("Thu 12 Feb", "Tue 17 Feb")]


def test_without_a_window_only_the_due_day_is_on_time() -> None:
    """0 counts."""
    it = case(FIRST, policy=tuned(wait_days=7, window_days=0), as_of="Mon 2 Feb 12:00")
    assert it.follow_ups("due_on", "until_on") == [("Mon 9 Feb", "Mon 9 Feb")]


@pytest.mark.parametrize(
    ("rows", "rules", "let_go_on"),
    [
        ([FIRST], {"let_go_weeks": 4}, "Mon 2 Mar"),
        ([visit("Mon 2 Feb 10:00", promised_by="Fri 6 Feb")], {"let_go_weeks": 4}, "Fri 6 Mar"),
        ([FIRST], {"let_go_weeks": 1}, "Thu 12 Feb"),
        ([FIRST, sent("follow_up", "Mon 9 Feb 10:00")], {"let_go_weeks": 4}, "Mon 2 Mar"),
        ([FIRST, sent("other", "Fri 13 Feb 10:00")], {"let_go_weeks": 4}, "Mon 2 Mar"),
        ([FIRST, heard("Fri 13 Feb 10:00")], {"let_go_weeks": 4}, "Fri 13 Mar"),
        (
            [FIRST, sent("follow_up", "Mon 9 Feb 10:00")],
            {"let_go_weeks": 1, "max_unanswered": 1},
            "Wed 18 Feb",
        ),
        (
            [FIRST, sent("follow_up", "Mon 9 Feb 10:00")],
            {"let_go_weeks": 4, "max_unanswered": 1},
            "Mon 2 Mar",
        ),
    ],
    ids=[
        "weeks after the interview",
        "weeks after the promised day",
        "never before the last day on time has passed",
        "the weeks do not run anew from a follow-up",
        "nor from another message",
        "but from a reply",
        "all follow-ups sent, the later wait of 9 days after the last one",
        "all follow-ups sent, the weeks where they are longer",
    ],
)
def test_the_day_to_let_go(rows: list[Row], rules: dict[str, int], let_go_on: str) -> None:
    """The later of the weeks of silence and the end of the last chance."""
    policy = tuned(wait_days=7, later_wait_days=9, **rules)
    assert case(*rows, policy=policy, as_of="Fri 13 Feb 12:00").states("let_go_on") == [let_go_on]


# -- §3: an answer owed ----------------------------------------------------------------------------

ASKED = heard("Wed 4 Feb 10:00", needs_answer=True)


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([], "answer"),
        ([sent("answer", "Wed 4 Feb 15:00")], "waiting"),
        ([visit("Wed 4 Feb 15:00")], "waiting"),
        ([sent("thank_you", "Wed 4 Feb 15:00")], "answer"),
        ([sent("follow_up", "Wed 4 Feb 15:00")], "answer"),
        ([heard("Wed 4 Feb 15:00")], "answer"),
        (
            [sent("answer", "Wed 4 Feb 15:00"), heard("Wed 4 Feb 16:00", needs_answer=True)],
            "answer",
        ),
    ],
    ids=[
        "nothing yet",
        "an answer settles it",
        "the next interview settles it",
        "a thank-you does not",
        "a follow-up does not",
        "another reply does not",
        "a new question after the answer",
    ],
)
def test_an_answer_is_owed_until_it_is_given(rows: list[Row], state: str) -> None:
    """From a reply that asks for something to an answer or the next interview."""
    assert case(FIRST, ASKED, *rows, as_of="Thu 5 Feb 10:00").states("state") == [state]


def test_one_answer_settles_every_question_before_it() -> None:
    """Two questions, one answer, nothing owed."""
    it = case(
        FIRST,
        ASKED,
        heard("Wed 4 Feb 12:00", needs_answer=True),
        sent("answer", "Wed 4 Feb 15:00"),
        as_of="Thu 5 Feb 10:00",
    )
    assert it.states("state") == ["waiting"]


def test_clocks_carry_no_duty_while_an_answer_is_owed() -> None:
    """The ball is with the client: a follow-up then is not graded, not even as one too many."""
    it = case(
        FIRST,
        ASKED,
        *[sent("follow_up", f"{day} 10:00") for day in ("Thu 5 Feb", "Fri 6 Feb", "Mon 9 Feb")],
        as_of="Tue 10 Feb 10:00",
    )
    assert it.follow_ups("started_at", "verdict") == [("Mon 2 Feb 10:00", "not_needed")]


def test_a_question_by_card_asks_nothing() -> None:
    """A card starts no clock, so that no answer is owed."""
    it = case(FIRST, heard("Wed 4 Feb 10:00", "card", needs_answer=True), as_of="Thu 5 Feb 10:00")
    assert it.states("state") == ["waiting"]


# -- §4: the verdict on a follow-up ----------------------------------------------------------------

# Held on Saturday 31 January, so ready on Saturday the 7th, due on Monday the 9th, on time until
# Wednesday the 11th, and let go on Saturday the 28th.
SATURDAY = visit("Sat 31 Jan 10:00")
MOMENTS = {
    "the last second before": "Fri 6 Feb 23:59:59",
    "the first second in time": "Sat 7 Feb 00:00",
    "the last second in time": "Wed 11 Feb 23:59:59",
    "the first second after": "Thu 12 Feb 00:00",
}
LATER = "Tue 17 Feb 10:00"


def ended_by_row(row: Any) -> Any:
    return lambda at: {"rows": [row(at)], "as_of": LATER}


ENDED = {
    "a follow-up": ended_by_row(lambda at: sent("follow_up", at)),
    "an answer": ended_by_row(lambda at: sent("answer", at)),
    "a thank-you": ended_by_row(lambda at: sent("thank_you", at)),
    "another message": ended_by_row(lambda at: sent("other", at)),
    "a reply": ended_by_row(heard),
    "an interview": ended_by_row(visit),
    "a dated outcome": lambda at: {
        "rows": [], "outcome": "rejected", "outcome_at": at, "as_of": LATER,
    },
    "an outcome of unknown day": lambda at: {"rows": [], "outcome": "rejected", "as_of": at},
    "nothing, the next interview planned": lambda at: {
        "rows": [visit("Mon 30 Mar 10:00")], "as_of": at,
    },
}  # fmt: skip
TABLE = {  # before, in time, after
    "a follow-up": ("too_soon", "on_time", "late"),
    "an answer": ("superseded", "superseded", "superseded"),
    "a thank-you": ("superseded", "superseded", "late"),
    "another message": ("superseded", "superseded", "late"),
    "a reply": ("not_needed", "not_needed", "missed"),
    "an interview": ("not_needed", "not_needed", "not_needed"),
    "a dated outcome": ("not_needed", "not_needed", "missed"),
    "an outcome of unknown day": ("unknown", "unknown", "unknown"),
    "nothing, the next interview planned": ("not_needed", "not_needed", "not_needed"),
}


@pytest.mark.parametrize(
    ("ending", "at", "verdict"),
    [
        pytest.param(ending, at, TABLE[ending][cell], id=f"{ending}, {moment}")
        for ending in TABLE
        for (moment, at), cell in zip(MOMENTS.items(), (0, 1, 1, 2), strict=True)
    ],
)
def test_the_verdict_table(ending: str, at: str, verdict: str) -> None:
    """Every cell of §4's table for clocks that ended, at both its edges, in the client's zone."""
    given = ENDED[ending](at)
    it = case(SATURDAY, *given.pop("rows"), **given)
    assert it.follow_ups("verdict")[0] == verdict


@pytest.mark.parametrize(
    ("as_of", "verdict"),
    [
        ("Sat 7 Feb 00:00", "waiting"),
        ("Sun 8 Feb 23:59:59", "waiting"),
        ("Mon 9 Feb 00:00", "due"),
        ("Wed 11 Feb 23:59:59", "due"),
        ("Thu 12 Feb 00:00", "overdue"),
        ("Fri 27 Feb 23:59:59", "overdue"),
        ("Sat 28 Feb 00:00", "missed"),
    ],
)
def test_the_verdict_on_a_clock_that_still_runs(as_of: str, verdict: str) -> None:
    """Waiting before due, though ready; due until its last day; overdue; missed when let go."""
    assert case(SATURDAY, as_of=as_of).follow_ups("verdict", "ended_by") == [(verdict, None)]


def test_the_shipped_table_is_the_rules_table() -> None:
    """What ``clocks`` holds per ending is what §4 says."""
    held = _follow_ups.FOLLOW_UP_VERDICTS
    assert [held[name] for name in terms.ENDINGS] == [
        TABLE[name]
        for name in (
            "an interview",
            "a reply",
            "a thank-you",
            "an answer",
            "another message",
            "a follow-up",
            "a dated outcome",
        )
    ]


@pytest.mark.parametrize(
    ("last", "verdict"),
    [
        (sent("follow_up", "Mon 2 Mar 10:00"), ["too_many"]),
        (sent("other", "Mon 2 Mar 10:00"), []),
        (heard("Mon 2 Mar 10:00"), []),
    ],
    ids=["a follow-up is one too many", "another message is not graded", "nor is a reply"],
)
def test_a_clock_after_the_last_follow_up_carries_no_duty(last: Row, verdict: list[str]) -> None:
    """Persistent, never a pest: after two without an answer a third is one too many."""
    it = case(
        FIRST,
        sent("follow_up", "Mon 9 Feb 10:00"),
        sent("follow_up", "Mon 16 Feb 10:00"),
        last,
        as_of="Mon 2 Mar 12:00",
    )
    graded = it.grade().query("duty == 'follow_up' and unanswered == 2")
    assert graded["verdict"].to_list() == verdict


def test_where_none_may_be_sent_the_first_is_one_too_many() -> None:
    """max_unanswered 0 counts."""
    it = case(
        FIRST,
        sent("follow_up", "Mon 9 Feb 10:00"),
        policy=tuned(max_unanswered=0),
        as_of="Tue 10 Feb 10:00",
    )
    assert it.follow_ups("unanswered", "verdict") == [(0, "too_many")]


def test_a_follow_up_names_the_contact_that_ended_its_clock_only_if_the_client_sent_it() -> None:
    """ended_by says what did; contact_id and done_at are the client's own doing."""
    it = case(
        FIRST,
        sent("other", "Tue 3 Feb 10:00"),
        heard("Wed 4 Feb 10:00"),
        visit("Thu 5 Feb 10:00"),
        as_of="Thu 5 Feb 12:00",
    )
    assert it.follow_ups("ended_by", "contact_id", "done_at") == [
        ("other", 101, "Tue 3 Feb 10:00"),
        ("inbound", None, None),
        ("interview", None, None),
        (None, None, None),
    ]


# -- §4: the thank-you's deadline ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("interview", "hours", "deadline_at"),
    [
        (visit("Mon 2 Feb 10:00"), 24, "Tue 3 Feb 10:00"),
        (visit("Mon 2 Feb 10:00", ended_at="Mon 2 Feb 16:30"), 24, "Tue 3 Feb 16:30"),
        (visit("Mon 2 Feb 10:00"), 0, "Mon 2 Feb 10:00"),
        (visit("Sat 7 Mar 10:00"), 24, "Sun 8 Mar 11:00"),
        (visit("Sat 31 Oct 10:00"), 24, "Sun 1 Nov 09:00"),
        (visit("Mon 2 Feb"), 0, "Mon 2 Feb 23:59:59"),
        (visit("Mon 2 Feb"), 12, "Tue 3 Feb 23:59:59"),
        (visit("Mon 2 Feb"), 24, "Tue 3 Feb 23:59:59"),
        (visit("Mon 2 Feb"), 30, "Wed 4 Feb 23:59:59"),
        (visit("Mon 2 Feb"), 48, "Wed 4 Feb 23:59:59"),
        (visit("Sat 7 Mar"), 24, "Sun 8 Mar 23:59:59"),
    ],
    ids=[
        "hours after the beginning, where no end is known",
        "hours after the end",
        "no hours at all",
        "24 hours are 24 hours when the clock springs forward",
        "and when it falls back",
        "day only, no hours",
        "day only, half a day rounds up to one",
        "day only, one day",
        "day only, 30 hours round up to two days",
        "day only, 48 hours are two days",
        "day only, to the end of a day of 23 hours",
    ],
)
def test_the_deadline_of_a_thank_you(interview: Row, hours: int, deadline_at: str) -> None:
    """To the second; where only the day is known, to the last second of a day."""
    it = case(interview, policy=tuned(thank_you_hours=hours), as_of="Mon 30 Nov 10:00")
    assert it.thank_yous("deadline_at") == [deadline_at]


def test_a_thank_yous_days_are_the_local_day_of_its_deadline() -> None:
    """In New York it is still the 2nd, in UTC the 3rd; a visit has no ready and no let-go day."""
    it = case(visit("Sun 1 Feb 22:00"), as_of="Sun 1 Feb 23:00")
    assert it.thank_yous("ready_on", "due_on", "until_on", "deadline_at", "let_go_on") == [
        (None, "Mon 2 Feb", "Mon 2 Feb", "Mon 2 Feb 22:00", None)
    ]


# -- §4: what answers it ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "done_at"),
    [
        (sent("thank_you", "Mon 2 Feb 10:00"), "Mon 2 Feb 10:00"),
        (sent("thank_you", "Mon 2 Feb 09:59:59"), None),
        (sent("thank_you", "Mon 2 Feb 15:00", "card"), None),
        (sent("other", "Mon 2 Feb 15:00"), None),
        (heard("Mon 2 Feb 15:00"), None),
        (sent("thank_you", "Mon 2 Feb 15:00", "call"), "Mon 2 Feb 15:00"),
        (sent("thank_you", "Mon 2 Feb 15:00", interview_id=11), "Mon 2 Feb 15:00"),
        (sent("thank_you", "Mon 2 Feb 15:00", interview_id=12), None),
        (sent("thank_you", "Mon 9 Feb 09:59:59"), "Mon 9 Feb 09:59:59"),
        (sent("thank_you", "Mon 9 Feb 10:00"), None),
        (sent("thank_you", "Mon 9 Feb 15:00", interview_id=11), "Mon 9 Feb 15:00"),
    ],
    ids=[
        "at the very instant of the visit",
        "not a second before it",
        "not a card alone",
        "not another message",
        "not a reply",
        "by phone",
        "one that names it",
        "not one that names another visit",
        "an unnamed one a second before the next visit",
        "not an unnamed one at the next visit",
        "one that names it, after the next visit",
    ],
)
def test_what_answers_the_thank_you(note: Row, done_at: str | None) -> None:
    """A note of the client's, not by card, that names the visit or comes before the next."""
    it = case(FIRST, visit("Mon 9 Feb 10:00"), note, as_of="Mon 16 Feb 10:00")
    assert it.thank_yous("done_at")[0] == done_at


def test_the_earliest_note_answers_it() -> None:
    """A second one changes nothing."""
    it = case(
        FIRST,
        sent("thank_you", "Fri 6 Feb 10:00"),
        sent("thank_you", "Tue 3 Feb 09:00"),
        as_of="Mon 16 Feb 10:00",
    )
    assert it.thank_yous("contact_id", "verdict") == [(102, "on_time")]


def test_each_visit_has_its_own_note() -> None:
    """Unnamed, each before the next visit."""
    it = case(
        FIRST,
        sent("thank_you", "Tue 3 Feb 09:00"),
        visit("Mon 9 Feb 10:00"),
        sent("thank_you", "Mon 9 Feb 15:00"),
        as_of="Mon 16 Feb 10:00",
    )
    assert it.thank_yous("interview_id", "contact_id") == [(11, 101), (12, 102)]


def test_a_note_for_another_visit_leaves_the_next_note_to_answer() -> None:
    """Two visits of one day, the second thanked for by name first, then the first without."""
    it = case(
        visit("Mon 2 Feb 09:00"),
        visit("Mon 2 Feb 11:00"),
        sent("thank_you", "Mon 2 Feb 12:00", interview_id=12),
        sent("thank_you", "Mon 2 Feb 15:00"),
        as_of="Mon 2 Feb 18:00",
    )
    assert it.thank_yous("interview_id", "contact_id") == [(11, 102), (12, 101)]


def test_on_a_day_of_three_rounds_one_unnamed_note_serves_all_before_it() -> None:
    """The round after the note still wants one."""
    it = case(
        visit("Mon 2 Feb 09:00"),
        visit("Mon 2 Feb 11:00"),
        sent("thank_you", "Mon 2 Feb 12:00"),
        visit("Mon 2 Feb 14:00"),
        as_of="Mon 2 Feb 18:00",
    )
    assert it.thank_yous("interview_id", "contact_id", "verdict") == [
        (11, 101, "on_time"),
        (12, 101, "on_time"),
        (13, None, "due"),
    ]


def test_a_note_after_the_last_round_serves_the_day() -> None:
    """The next visit of a later day is what ends its reach, not the next round."""
    it = case(
        visit("Mon 2 Feb 09:00"),
        visit("Mon 2 Feb 14:00"),
        sent("thank_you", "Mon 2 Feb 16:00"),
        visit("Tue 3 Feb 09:00"),
        as_of="Tue 3 Feb 10:00",
    )
    assert it.thank_yous("contact_id") == [101, 101, None]


def test_a_cancelled_visit_ends_no_notes_reach() -> None:
    """It never happened."""
    it = case(
        FIRST,
        visit("Mon 9 Feb 10:00", cancelled=True),
        sent("thank_you", "Mon 9 Feb 15:00"),
        as_of="Mon 16 Feb 10:00",
    )
    assert it.thank_yous("contact_id", "verdict") == [(101, "late")]


@pytest.mark.parametrize(
    ("interview", "note", "verdict"),
    [
        (visit("Mon 2 Feb 15:00"), sent("thank_you", "Mon 2 Feb"), "on_time"),
        (visit("Mon 2 Feb"), sent("thank_you", "Mon 2 Feb 09:00"), "on_time"),
        (visit("Mon 2 Feb 15:00"), sent("thank_you", "Sun 1 Feb"), "overdue"),
        (visit("Mon 2 Feb 09:00"), sent("thank_you", "Tue 3 Feb"), "on_time"),
        (visit("Mon 2 Feb 09:00"), sent("thank_you", "Wed 4 Feb"), "late"),
        (visit("Mon 2 Feb"), sent("thank_you", "Tue 3 Feb 23:59:59.5"), "on_time"),
        (visit("Mon 2 Feb"), sent("thank_you", "Wed 4 Feb 00:00"), "late"),
    ],
    ids=[
        "a note of the visit's day, its hour unknown, counts as after it",
        "any note of the day of a visit whose hour is unknown",
        "not one of the day before",
        "a note of the deadline's day is on time, though noon is after the hour",
        "one of the day after is late",
        "all of the day after a visit of unknown hour is on time",
        "and no more",
    ],
)
def test_days_are_compared_where_an_hour_is_unknown(
    interview: Row, note: Row, verdict: str
) -> None:
    """For "at or after" and for "in time" alike."""
    assert case(interview, note, as_of="Wed 4 Feb 20:00").thank_yous("verdict") == [verdict]


@pytest.mark.parametrize(
    ("next_visit", "contact_ids"),
    [("Tue 3 Feb 15:00", [101, 101]), ("Tue 3 Feb 10:00", [None, 101])],
    ids=["noon is before three: it serves both", "noon is after ten: it serves the second only"],
)
def test_before_the_next_visit_is_always_by_instant(
    next_visit: str, contact_ids: list[int | None]
) -> None:
    """A note of which only the day is known stands at its noon there."""
    it = case(FIRST, visit(next_visit), sent("thank_you", "Tue 3 Feb"), as_of="Tue 3 Feb 18:00")
    assert it.thank_yous("contact_id") == contact_ids


# -- §4: the verdict on a thank-you ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "verdict"),
    [("Tue 3 Feb 10:00", "on_time"), ("Tue 3 Feb 10:00:01", "late")],
    ids=["at the deadline", "a second past it"],
)
def test_a_note_is_on_time_up_to_and_including_the_deadline(at: str, verdict: str) -> None:
    """24 hours, to the second."""
    assert case(FIRST, sent("thank_you", at), as_of="Mon 9 Feb 10:00").thank_yous("verdict") == [
        verdict
    ]


@pytest.mark.parametrize(
    ("as_of", "verdict"),
    [
        ("Tue 3 Feb 10:00", "due"),
        ("Tue 3 Feb 10:00:01", "overdue"),
        ("Tue 10 Feb 10:00", "overdue"),
        ("Tue 10 Feb 10:00:01", "missed"),
    ],
    ids=["at the deadline", "a second past it", "a week past it", "a second more"],
)
def test_a_note_that_was_not_sent(as_of: str, verdict: str) -> None:
    """Due, overdue for 7 × 24 hours, then missed."""
    assert case(FIRST, as_of=as_of).thank_yous("verdict") == [verdict]


def test_a_week_overdue_is_168_hours_across_a_clock_change() -> None:
    """Due by ten on the 3rd of March, overdue until eleven on the 10th: an hour was lost."""
    verdicts = [
        case(visit("Mon 2 Mar 10:00"), as_of=as_of).thank_yous("verdict")
        for as_of in ("Tue 10 Mar 11:00", "Tue 10 Mar 11:00:01")
    ]
    assert verdicts == [["overdue"], ["missed"]]


IN_TIME, LATE = sent("thank_you", "Tue 3 Feb 10:00"), sent("thank_you", "Wed 4 Feb 10:00")


@pytest.mark.parametrize(
    ("notes", "outcome_at", "verdict"),
    [
        ([], "Tue 3 Feb 10:00", "not_needed"),
        ([], "Tue 3 Feb 10:00:01", "missed"),
        ([], None, "unknown"),
        ([LATE], "Tue 3 Feb 10:00", "not_needed"),
        ([LATE], "Tue 3 Feb 10:00:01", "late"),
        ([LATE], None, "unknown"),
        ([IN_TIME], "Mon 2 Feb 12:00", "on_time"),
        ([IN_TIME], None, "on_time"),
    ],
    ids=[
        "none sent, ended at the deadline",
        "none sent, ended a second later: missed at once",
        "none sent, ended on an unknown day",
        "sent late, but ended before: courtesy is never punished",
        "sent late, ended after the deadline",
        "sent late, ended on an unknown day",
        "sent in time after it ended",
        "sent in time, ended on an unknown day",
    ],
)
def test_a_thank_you_where_the_opportunity_has_ended(
    notes: list[Row], outcome_at: str | None, verdict: str
) -> None:
    """The duty is there after an outcome too, and yields to it."""
    it = case(FIRST, *notes, outcome="rejected", outcome_at=outcome_at, as_of="Wed 4 Feb 12:00")
    assert it.thank_yous("verdict") == [verdict]


def test_an_interview_after_an_outcome_is_to_be_thanked_for() -> None:
    """Once per interview held, whenever that was."""
    it = case(
        FIRST,
        visit("Mon 9 Feb 10:00"),
        sent("thank_you", "Mon 9 Feb 15:00"),
        outcome="rejected",
        outcome_at="Fri 6 Feb 10:00",
        as_of="Mon 16 Feb 10:00",
    )
    assert it.thank_yous("interview_id", "verdict") == [(11, "missed"), (12, "on_time")]


# -- §4: unknown is not missed ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "as_of", "dated"),
    [
        ([], "Tue 10 Feb 10:00:01", "missed"),
        ([], "Wed 4 Feb 10:00", "overdue"),
        ([LATE], "Wed 4 Feb 10:00", "late"),
        ([IN_TIME], "Wed 4 Feb 10:00", "on_time"),
    ],
    ids=["missed", "overdue", "late", "on time stays"],
)
def test_a_thank_you_from_before_tracking_is_not_held_against_anyone(
    note: list[Row], as_of: str, dated: str
) -> None:
    """Unknown with a deadline a second before tracked_since; at that instant it still counts."""
    verdicts = [
        case(FIRST, *note, tracked_since=since, as_of=as_of).thank_yous("verdict")
        for since in ("Tue 3 Feb 10:00", "Tue 3 Feb 10:00:01")
    ]
    assert verdicts == [[dated], ["on_time" if dated == "on_time" else "unknown"]]


@pytest.mark.parametrize(
    ("rows", "as_of", "dated"),
    [
        ([], "Sat 28 Feb 10:00", "missed"),
        ([heard("Fri 13 Feb 10:00")], "Fri 13 Feb 12:00", "missed"),
        ([], "Fri 13 Feb 10:00", "overdue"),
        ([sent("follow_up", "Fri 13 Feb 10:00")], "Fri 13 Feb 12:00", "late"),
        ([sent("other", "Fri 13 Feb 10:00")], "Fri 13 Feb 12:00", "late"),
        ([sent("follow_up", "Fri 6 Feb 10:00")], "Fri 13 Feb 12:00", "too_soon"),
    ],
    ids=["missed", "a reply came late", "overdue", "late", "late by a message", "too soon stays"],
)
def test_a_follow_up_from_before_tracking_is_not_held_against_anyone(
    rows: list[Row], as_of: str, dated: str
) -> None:
    """Day before day: on the last day on time it still counts, from the next day on it does not."""
    verdicts = [
        case(SATURDAY, *rows, tracked_since=since, as_of=as_of).follow_ups("verdict")[0]
        for since in ("Wed 11 Feb 23:59:59", "Thu 12 Feb 00:00")
    ]
    assert verdicts == [dated, "too_soon" if dated == "too_soon" else "unknown"]


def test_state_and_agenda_keep_the_dated_verdict() -> None:
    """What was not written down may still be done today."""
    it = case(SATURDAY, tracked_since="Thu 12 Feb 00:00", as_of="Fri 13 Feb 10:00")
    assert it.follow_ups("verdict") == ["unknown"]
    assert it.states("state") == ["overdue"]
    assert it.agenda("urgency", action="follow_up") == ["overdue"]


# -- §4: states ------------------------------------------------------------------------------------

TWICE = [FIRST, sent("follow_up", "Mon 9 Feb 10:00"), sent("follow_up", "Mon 16 Feb 10:00")]


@pytest.mark.parametrize(
    ("rows", "about", "as_of", "stands"),
    [
        ([], {}, "Mon 2 Feb 10:00", ("new", None, None)),
        ([heard("Mon 2 Feb 09:00")], {}, "Mon 2 Feb 10:00", ("new", None, None)),
        ([FIRST], {}, "Mon 26 Jan 10:00", ("scheduled", None, None)),
        ([FIRST, visit("Mon 16 Feb 10:00")], {}, "Tue 10 Feb 10:00", ("scheduled", None, None)),
        ([FIRST], {"outcome": "offer"}, "Tue 10 Feb 10:00", ("offer", None, None)),
        ([FIRST], {"outcome": "rejected"}, "Tue 10 Feb 10:00", ("rejected", None, None)),
        ([FIRST], {"outcome": "withdrawn"}, "Tue 10 Feb 10:00", ("withdrawn", None, None)),
        ([FIRST], {"outcome": "let_go"}, "Tue 10 Feb 10:00", ("let_go", None, None)),
        (
            [FIRST, visit("Mon 16 Feb 10:00")],
            {"outcome": "offer"},
            "Tue 10 Feb 10:00",
            ("offer", None, None),
        ),
        ([FIRST], {}, "Sun 8 Feb 10:00", ("waiting", "Mon 9 Feb", "Mon 2 Mar")),
        ([FIRST], {}, "Mon 9 Feb 10:00", ("due", "Mon 9 Feb", "Mon 2 Mar")),
        ([FIRST], {}, "Thu 12 Feb 10:00", ("overdue", "Mon 9 Feb", "Mon 2 Mar")),
        ([FIRST], {}, "Mon 2 Mar 10:00", ("let_go", None, "Mon 2 Mar")),
        (
            [FIRST, heard("Fri 6 Feb 10:00", needs_answer=True)],
            {},
            "Fri 6 Feb 12:00",
            ("answer", "Mon 9 Feb", "Fri 6 Mar"),
        ),
        (
            [FIRST, heard("Fri 6 Feb 10:00", needs_answer=True)],
            {},
            "Mon 30 Mar 12:00",
            ("answer", "Mon 9 Feb", "Fri 6 Mar"),
        ),
        (TWICE, {}, "Sun 1 Mar 23:59:59", ("holding", None, "Mon 2 Mar")),
        (TWICE, {}, "Mon 2 Mar 00:00", ("let_go", None, "Mon 2 Mar")),
    ],
    ids=[
        "new, nothing at all",
        "new, a letter but no interview yet",
        "scheduled, the first interview ahead",
        "scheduled, the next interview ahead",
        "offer",
        "rejected",
        "withdrawn",
        "let go by the coach",
        "an outcome before a planned interview",
        "waiting",
        "due",
        "overdue",
        "to be let go, no follow-up sent",
        "an answer owed",
        "an answer owed, however long ago",
        "holding after the last follow-up",
        "to be let go after the last follow-up",
    ],
)
def test_where_an_opportunity_stands(
    rows: list[Row], about: dict[str, str], as_of: str, stands: tuple[str | None, ...]
) -> None:
    """Its outcome, else what lies ahead, else its running clock; with the day that it asks for."""
    it = case(*rows, **about, as_of=as_of)
    assert it.states("state", "due_on", "let_go_on") == [stands]


# -- the frames ------------------------------------------------------------------------------------

INSTANT, DAY, ID = "datetime64[us, UTC]", "datetime64[us]", "Int64"
GRADE = {
    "duty": "category",
    "client_id": ID,
    "coach": "category",
    "opportunity_id": ID,
    "field": "category",
    "interview_id": ID,
    "contact_id": ID,
    "started_at": INSTANT,
    "ready_on": DAY,
    "due_on": DAY,
    "until_on": DAY,
    "deadline_at": INSTANT,
    "let_go_on": DAY,
    "unanswered": "Int64",
    "ended_by": "category",
    "done_at": INSTANT,
    "verdict": "category",
}
STATES = {
    "opportunity_id": ID,
    "client_id": ID,
    "field": "category",
    "state": "category",
    "due_on": DAY,
    "let_go_on": DAY,
}


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return {name: str(dtype) for name, dtype in frame.dtypes.items()}


@pytest.mark.parametrize("rows", [[FIRST], []], ids=["one row", "none"])
def test_grade_and_states_have_their_columns_in_their_dtypes(rows: list[Row]) -> None:
    """In the order of the public face, whether there are rows or not."""
    it = case(*rows, as_of="Mon 2 Feb 12:00")
    duties, states = it.grade(), ck.states(*it.given, as_of=it.as_of)
    assert list(dtypes(duties).items()) == list(GRADE.items())
    assert list(dtypes(states).items()) == list(STATES.items())
    assert (len(duties), len(states)) == (2 * len(rows), 1)


def test_the_words_of_a_frame_are_those_of_the_nomenclature() -> None:
    """Categories are told in full, also those that do not occur."""
    it = case(FIRST, as_of="Mon 2 Feb 12:00")
    duties, states = it.grade(), ck.states(*it.given, as_of=it.as_of)
    assert tuple(duties["duty"].cat.categories) == terms.DUTIES
    assert tuple(duties["ended_by"].cat.categories) == terms.ENDINGS
    assert tuple(duties["verdict"].cat.categories) == terms.VERDICTS
    assert tuple(states["state"].cat.categories) == terms.STATES


@pytest.mark.parametrize("empty_of", ["everything", "all but the client"])
def test_an_empty_caseload_gives_frames_without_rows(empty_of: str) -> None:
    """The columns and dtypes are there all the same."""
    caseload = ck.Caseload.empty()
    if empty_of == "all but the client":
        clients = case(as_of="Mon 2 Feb 12:00").given[0].clients
        others = {name: frame for name, frame in caseload if name != "clients"}
        caseload = ck.Caseload(clients=clients, **others)
    duties = ck.grade(caseload, ck.Policy.default(), as_of="2026-02-02T12:00:00Z")
    states = ck.states(caseload, ck.Policy.default(), as_of="2026-02-02T12:00:00Z")
    assert (len(duties), dtypes(duties)) == (0, GRADE)
    assert (len(states), dtypes(states)) == (0, STATES)


def test_every_column_of_one_thank_you_and_one_follow_up() -> None:
    """One visit, one note, one clock that runs: each cell by hand."""
    it = case(
        FIRST,
        sent("thank_you", "Mon 2 Feb 15:00"),
        coach="Rosa",
        opportunity_id=4,
        client_id=7,
        as_of="Mon 9 Feb 10:00",
    )
    # By the opportunity's number 4: the visit is 41, the note 401.
    whose = (7, "Rosa", 4, "accounting")
    by = (None, "Tue 3 Feb", "Tue 3 Feb", "Tue 3 Feb 10:00", None)
    days = ("Mon 9 Feb", "Mon 9 Feb", "Wed 11 Feb", "Wed 11 Feb 23:59:59", "Mon 2 Mar")
    held, noted = "Mon 2 Feb 10:00", "Mon 2 Feb 15:00"
    assert it.thank_yous(*GRADE) == [
        ("thank_you", *whose, 41, 401, held, *by, None, None, noted, "on_time")
    ]
    assert it.follow_ups(*GRADE) == [
        ("follow_up", *whose, None, 401, held, *days, 0, "thank_you", noted, "superseded"),
        ("follow_up", *whose, None, None, noted, *days, 0, None, None, "due"),
    ]


def test_thank_yous_come_first_then_follow_ups_each_by_opportunity_and_time() -> None:
    """And not in the order in which they were written down."""
    it = case(visit("Mon 9 Feb 10:00"), FIRST, as_of="Mon 9 Feb 12:00")
    duties = it.grade()
    assert duties["duty"].to_list() == ["thank_you"] * 2 + ["follow_up"] * 2
    assert duties["interview_id"].to_list()[:2] == [12, 11]
    assert it.follow_ups("started_at") == ["Mon 2 Feb 10:00", "Mon 9 Feb 10:00"]


def test_states_are_in_the_order_of_their_ids() -> None:
    """Whatever order the opportunities stand in."""
    caseload, policy = case(as_of="Mon 2 Feb 12:00").given
    rows = caseload.opportunities
    three = pd.concat([rows.assign(opportunity_id=key) for key in (30, 4, -5)])
    others = {name: frame for name, frame in caseload if name != "opportunities"}
    states = ck.states(ck.Caseload(opportunities=three, **others), policy, as_of="2026-02-02T12Z")
    assert states["opportunity_id"].to_list() == [-5, 4, 30]


@pytest.mark.parametrize(
    "as_of",
    [
        "2026-02-09T15:00:00+00:00",
        "2026-02-09T10:00:00-05:00",
        datetime(2026, 2, 9, 15, tzinfo=UTC),
        datetime(2026, 2, 10, 4, tzinfo=ZoneInfo("Pacific/Auckland")),
        pd.Timestamp("2026-02-09 15:00", tz="UTC"),
        pd.Timestamp("2026-02-09 10:00", tz="America/New_York"),
    ],
    ids=[
        "text",
        "text of another offset",
        "datetime",
        "datetime of another zone",
        "stamp",
        "stamp of another zone",
    ],
)
def test_one_instant_is_one_instant_however_it_is_written(as_of: Any) -> None:
    """Text, datetime or Timestamp, of any zone."""
    it = case(FIRST, sent("follow_up", "Mon 9 Feb 10:00"), as_of="Mon 9 Feb 10:00")
    assert_frame_equal(ck.grade(*it.given, as_of=as_of), it.grade())
    assert_frame_equal(ck.states(*it.given, as_of=as_of), ck.states(*it.given, as_of=it.as_of))
    assert_frame_equal(ck.plan(*it.given, as_of=as_of), it.plan())


@pytest.mark.parametrize("pipeline", [ck.grade, ck.states, ck.plan, ck.explain])
@pytest.mark.parametrize(
    ("as_of", "fault"),
    [
        (datetime(2026, 2, 9, 15), errors.NaiveTime),
        ("2026-02-09T15:00:00", errors.NaiveTime),
        ("2026-02-09", errors.NaiveTime),
        ("tomorrow-ish", errors.UnreadableValue),
        (None, errors.UnreadableValue),
        ("1066-10-14T09:00:00Z", errors.OutOfRange),
    ],
    ids=["naive", "naive text", "a bare day", "no time", "nothing", "long ago"],
)
def test_an_instant_that_is_none_is_refused(pipeline: Any, as_of: Any, fault: type) -> None:
    """It names the argument and what was found."""
    with pytest.raises(fault, match=r"^as_of: "):
        pipeline(*case(FIRST, as_of="Mon 2 Feb 12:00").given, as_of=as_of)
