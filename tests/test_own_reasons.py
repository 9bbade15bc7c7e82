"""The sentences of what the coach holds back or pins to a day, word for word (rules §9)."""

from typing import Any

import pytest

from tests.build import Row, case, heard, sent, tuned, visit

# Accounting waits 7 days where a test brings no policy; 2 February 2026 is a Monday. After FIRST
# the rule says: due Mon 9 Feb, on time until Wed 11 Feb, let go on Mon 2 Mar.
FIRST = visit("Mon 2 Feb 10:00")
WAITS = "accounting waits 7 days after the interview of Mon 2 Feb"
RULE = f"the rule would say Mon 9 Feb, as {WAITS}."
EARLY = "Wed 4 Feb 12:00"


def reason(action: str, *rows: Row, **about: Any) -> str:
    """Why the agenda's one row of an action stands there."""
    (sentence,) = case(*rows, **about).agenda("reason", action=action)
    return sentence


# -- pinned ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "begins"),
    [
        (EARLY, "Follow up by e-mail on Wed 11 Feb: "),
        ("Wed 11 Feb 12:00", "Follow up by e-mail now (set for Wed 11 Feb, until Fri 13 Feb): "),
        (
            "Mon 16 Feb 12:00",
            "Follow up by e-mail now, late (set for Wed 11 Feb, until Fri 13 Feb): ",
        ),
    ],
    ids=["upcoming", "due", "overdue"],
)
def test_a_pinned_follow_up_names_both_days(as_of: str, begins: str) -> None:
    """The coach's with the reason, and the rule's with its own."""
    about = {"follow_up_on": "Wed 11 Feb", "follow_up_reason": "the panel meets on Tuesday"}
    assert reason("follow_up", FIRST, as_of=as_of, **about) == (
        f"{begins}you set Wed 11 Feb for it (the panel meets on Tuesday); {RULE}"
    )


@pytest.mark.parametrize("given", [None, "", "  \n"])
def test_a_pin_without_a_reason_has_no_empty_brackets(given: str | None) -> None:
    """Nobody has to say why."""
    it = reason("follow_up", FIRST, follow_up_on="Wed 11 Feb", follow_up_reason=given, as_of=EARLY)
    assert it == f"Follow up by e-mail on Wed 11 Feb: you set Wed 11 Feb for it; {RULE}"


def test_a_reason_of_several_lines_is_told_on_one() -> None:
    """However it was typed in."""
    why = "the panel\n  meets\ton Tuesday"
    it = reason("follow_up", FIRST, follow_up_on="Wed 11 Feb", follow_up_reason=why, as_of=EARLY)
    assert "for it (the panel meets on Tuesday); " in it


def test_a_pin_on_the_rules_own_day_says_so() -> None:
    """No day is named twice as if it were two."""
    assert reason("follow_up", FIRST, follow_up_on="Mon 9 Feb", as_of=EARLY) == (
        "Follow up by e-mail on Mon 9 Feb: you set Mon 9 Feb for it; the rule would say the same, "
        f"as {WAITS}."
    )


PROMISED = "at the interview of Mon 2 Feb they promised word by Wed 11 Feb, and 1 day of grace is"
WARNINGS = {
    "before the field's wait is over": (
        [FIRST],
        {"follow_up_on": "Sun 8 Feb"},
        f"you set Sun 8 Feb for it, which is sooner than the field's wait allows and counts as too "
        f"soon; {RULE}",
    ),
    "before its own wait is over": (
        [FIRST],
        {"follow_up_on": "Thu 5 Feb", "wait_days": 10},
        "you set Thu 5 Feb for it, which is sooner than its own wait allows and counts as too "
        "soon; the rule would say Thu 12 Feb, as this opportunity has its own wait of 10 days "
        "after the interview of Mon 2 Feb.",
    ),
    "before the promised day": (
        [visit("Mon 2 Feb 10:00", promised_by="Wed 11 Feb")],
        {"follow_up_on": "Wed 11 Feb"},
        "you set Wed 11 Feb for it, which is sooner than the employer's promise allows and counts "
        f"as too soon; the rule would say Thu 12 Feb, as {PROMISED} allowed.",
    ),
    "on the first day that is not too soon": (
        [visit("Sat 31 Jan 10:00")],
        {"follow_up_on": "Sat 7 Feb"},
        "you set Sat 7 Feb for it; the rule would say Mon 9 Feb, as accounting waits 7 days after "
        "the interview of Sat 31 Jan; Sat 7 Feb and Sun 8 Feb are at the weekend.",
    ),
    "after the rule's last day": (
        [FIRST],
        {"follow_up_on": "Thu 12 Feb"},
        f"you set Thu 12 Feb for it, which counts as late; {RULE}",
    ),
}


@pytest.mark.parametrize(("rows", "about", "why"), WARNINGS.values(), ids=WARNINGS)
def test_a_pin_outside_the_rules_days_warns(
    rows: list[Row], about: dict[str, Any], why: str
) -> None:
    """Of what the record will say, since a pin forgives nothing."""
    assert reason("follow_up", *rows, as_of=EARLY, **about).split(": ", 1)[1] == why


def test_the_warning_is_true() -> None:
    """A follow-up on such a day is judged as the warning says."""
    for day, verdict in (
        ("Sun 8 Feb", "too_soon"),
        ("Wed 11 Feb", "on_time"),
        ("Thu 12 Feb", "late"),
    ):
        it = case(
            FIRST, sent("follow_up", f"{day} 10:00"), follow_up_on=day, as_of="Fri 13 Feb 12:00"
        )
        assert it.follow_ups("verdict")[0] == verdict


def test_a_pin_that_nobody_kept_is_why_to_let_go() -> None:
    """Its window ended after the weeks of silence."""
    about = {"follow_up_on": "Fri 27 Feb", "follow_up_reason": "budget day"}
    assert reason("let_go", FIRST, as_of="Wed 4 Mar 12:00", **about) == (
        "Let it go since Wed 4 Mar, presume no offer and close it kindly: you set Fri 27 Feb for "
        "the follow-up (budget day), and it did not go out by Tue 3 Mar."
    )


def test_a_pin_before_the_rules_last_chance_leaves_its_reason_alone() -> None:
    """The rule's own window ended on Wed 11 Feb."""
    about = {"follow_up_on": "Thu 5 Feb", "policy": tuned(wait_days=7, let_go_weeks=1)}
    assert reason("let_go", FIRST, as_of="Thu 12 Feb 12:00", **about) == (
        "Let it go since Thu 12 Feb, presume no offer and close it kindly: the follow-up was on "
        "time until Wed 11 Feb and never went out."
    )


# -- held ------------------------------------------------------------------------------------------

ASKED = heard("Tue 3 Feb 10:00", needs_answer=True)
HELD = {
    "its day comes later": (
        "follow_up",
        [FIRST],
        {"hold_until": "Fri 6 Feb"},
        f"Held until Fri 6 Feb (she is away); follow up by e-mail on Mon 9 Feb: {WAITS}.",
    ),
    "its day passes meanwhile": (
        "follow_up",
        [FIRST],
        {"hold_until": "Wed 11 Feb"},
        "Held until Wed 11 Feb (she is away); follow up by e-mail then (due Mon 9 Feb, on time "
        f"until Wed 11 Feb): {WAITS}.",
    ),
    "its window passes meanwhile": (
        "follow_up",
        [FIRST],
        {"hold_until": "Thu 12 Feb"},
        "Held until Thu 12 Feb (she is away); follow up by e-mail then, late (due Mon 9 Feb, on "
        f"time until Wed 11 Feb): {WAITS}.",
    ),
    "pinned, too": (
        "follow_up",
        [FIRST],
        {"hold_until": "Fri 6 Feb", "follow_up_on": "Tue 10 Feb"},
        "Held until Fri 6 Feb (she is away); follow up by e-mail on Tue 10 Feb: you set Tue 10 Feb "
        f"for it; {RULE}",
    ),
    "held past the pin": (
        "follow_up",
        [FIRST],
        {"hold_until": "Thu 12 Feb", "follow_up_on": "Tue 10 Feb"},
        "Held until Thu 12 Feb (she is away); follow up by e-mail then (set for Tue 10 Feb, until "
        f"Thu 12 Feb): you set Tue 10 Feb for it; {RULE}",
    ),
    "an answer, in time": (
        "answer",
        [FIRST, ASKED],
        {"hold_until": "Wed 4 Feb", "as_of": "Tue 3 Feb 12:00"},
        "Held until Wed 4 Feb (she is away); answer what they asked for on Tue 3 Feb by Wed 4 Feb: "
        "an answer goes out by the next business day.",
    ),
    "an answer, late": (
        "answer",
        [FIRST, ASKED],
        {"hold_until": "Fri 6 Feb"},
        "Held until Fri 6 Feb (she is away); answer what they asked for on Tue 3 Feb then, late "
        "(due Wed 4 Feb): an answer goes out by the next business day.",
    ),
    "to let go": (
        "let_go",
        [FIRST],
        {"hold_until": "Fri 6 Mar"},
        "Held until Fri 6 Mar (she is away); if nothing happens before, let it go then, presume no "
        "offer and close it kindly: no word since Mon 2 Feb, and accounting lets go after 4 weeks.",
    ),
}


@pytest.mark.parametrize(("action", "rows", "about", "sentence"), HELD.values(), ids=HELD)
def test_what_is_held_says_until_when_and_what_then(
    action: str, rows: list[Row], about: dict[str, Any], sentence: str
) -> None:
    """With the coach's reason, and the rule's."""
    about = {"as_of": EARLY, "hold_reason": "she is away"} | about
    assert reason(action, *rows, **about) == sentence


def test_a_hold_without_a_reason_says_its_day_alone() -> None:
    """And the year, where it is not this one."""
    it = reason("let_go", FIRST, hold_until="Mon 4 Jan 2027", as_of=EARLY)
    assert it.startswith("Held until Mon 4 Jan 2027; ")


# -- explained -------------------------------------------------------------------------------------

LATE = f"Due Mon 9 Feb, on time until Wed 11 Feb: {WAITS}. Overdue."
EXPLAINED = {
    "pinned": (
        {"follow_up_on": "Tue 17 Feb", "follow_up_reason": "budget day"},
        " You set Tue 17 Feb for it (budget day); the agenda goes by that day.",
    ),
    "held": (
        {"hold_until": "Fri 20 Feb", "hold_reason": "she is away"},
        " Held until Fri 20 Feb (she is away); the agenda does not ask for it before.",
    ),
    "both": (
        {"hold_until": "Fri 20 Feb", "follow_up_on": "Tue 17 Feb"},
        " You set Tue 17 Feb for it; the agenda goes by that day. Held until Fri 20 Feb; the "
        "agenda does not ask for it before.",
    ),
    "neither any more": ({"hold_until": "Mon 16 Feb", "follow_up_on": "Mon 2 Feb"}, ""),
}


@pytest.mark.parametrize(("about", "more"), EXPLAINED.values(), ids=EXPLAINED)
def test_a_running_clock_says_what_the_coach_set(about: dict[str, Any], more: str) -> None:
    """The verdict stays the rule's; what the agenda does instead stands beside it."""
    it = case(FIRST, as_of="Mon 16 Feb 12:00", **about)
    assert it.explained("follow_up") == [LATE + more]


def test_a_clock_that_ended_says_nothing_of_it() -> None:
    """What is held or pinned is what comes next."""
    own = {"hold_until": "Fri 20 Feb", "follow_up_on": "Thu 19 Feb"}
    it = case(FIRST, sent("follow_up", "Tue 10 Feb 10:00"), as_of="Mon 16 Feb 12:00", **own)
    first, second = it.explained("follow_up")
    assert first.endswith("The follow-up of Tue 10 Feb was on time.")
    assert "You set Thu 19 Feb for it; " in second
