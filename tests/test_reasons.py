"""The sentence behind every date: the rule, the dates and the numbers, word for word (rules §6)."""

from typing import Any

import pytest

from tests.build import Row, case, heard, sent, together, tuned, visit

# Accounting waits 7 days where a test brings no policy; 2 February 2026 is a Monday.
FIRST = visit("Mon 2 Feb 10:00")
NOON = "Mon 2 Feb 12:00"


def reason(action: str, *rows: Row, **about: Any) -> str:
    """Why the agenda's one row of an action stands there."""
    (sentence,) = case(*rows, **about).agenda("reason", action=action)
    return sentence


# -- follow-ups ------------------------------------------------------------------------------------


def test_the_fields_wait_and_the_holiday_that_moves_it() -> None:
    """The example from which it all began."""
    assert reason(
        "follow_up",
        visit("Wed 4 Nov 10:00"),
        sent("thank_you", "Wed 4 Nov 15:00"),
        country="US",
        as_of="Thu 5 Nov 10:00",
    ) == (
        "Follow up by e-mail on Thu 12 Nov: accounting waits 7 days after the thank-you of "
        "Wed 4 Nov; Wed 11 Nov is Veterans Day."
    )


@pytest.mark.parametrize(
    ("as_of", "begins"),
    [
        ("Sun 8 Feb 12:00", "Follow up by e-mail on Mon 9 Feb: "),
        (
            "Mon 9 Feb 12:00",
            "Follow up by e-mail now (due Mon 9 Feb, on time until Wed 11 Feb): ",
        ),
        (
            "Thu 12 Feb 12:00",
            "Follow up by e-mail now, late (due Mon 9 Feb, on time until Wed 11 Feb): ",
        ),
    ],
    ids=["upcoming", "due", "overdue"],
)
def test_a_follow_up_says_whether_it_is_to_be_sent_now(as_of: str, begins: str) -> None:
    """Its due day, and from then on its last day in time."""
    assert reason("follow_up", FIRST, as_of=as_of) == (
        begins + "accounting waits 7 days after the interview of Mon 2 Feb."
    )


@pytest.mark.parametrize(
    ("channel", "how"),
    [
        ("email", " by e-mail"),
        ("call", " by phone"),
        ("voicemail", " by voicemail"),
        ("card", " by card"),
        ("text", " by text message"),
        ("other", ""),
    ],
)
def test_a_follow_up_names_its_channel(channel: str, how: str) -> None:
    """In a coach's words, not the column's."""
    sentence = reason("follow_up", FIRST, policy=tuned(channels=channel), as_of=NOON)
    assert sentence.startswith(f"Follow up{how} on Mon 9 Feb: ")


WAITS = {
    "after an unanswered follow-up": (
        [FIRST, sent("follow_up", "Mon 2 Feb 11:00")],
        {},
        "accounting waits 7 days after the follow-up of Mon 2 Feb, with 1 follow-up unanswered",
    ),
    "after their reply": (
        [FIRST, heard("Mon 2 Feb 11:00")],
        {},
        "accounting waits 7 days after their reply of Mon 2 Feb",
    ),
    "after an answer": (
        [FIRST, sent("answer", "Mon 2 Feb 11:00")],
        {},
        "accounting waits 7 days after the answer of Mon 2 Feb",
    ),
    "after another message": (
        [FIRST, sent("other", "Mon 2 Feb 11:00")],
        {},
        "accounting waits 7 days after the message of Mon 2 Feb",
    ),
    "a wait of one day": (
        [FIRST],
        {"policy": tuned(wait_days=1)},
        "accounting waits 1 day after the interview of Mon 2 Feb",
    ),
    "a field without rows": (
        [FIRST],
        {"policy": tuned("default", wait_days=7)},
        "accounting has no waits of its own, so the default holds: 7 days after the interview of "
        "Mon 2 Feb",
    ),
    "the opportunity's own wait": (
        [FIRST],
        {"wait_days": 10},
        "this opportunity has its own wait of 10 days after the interview of Mon 2 Feb",
    ),
    "a weekend": (
        [visit("Sat 31 Jan 10:00")],
        {},
        "accounting waits 7 days after the interview of Sat 31 Jan; Sat 7 Feb and Sun 8 Feb are at "
        "the weekend",
    ),
    "a Sunday": (
        [visit("Sun 1 Feb 10:00")],
        {},
        "accounting waits 7 days after the interview of Sun 1 Feb; Sun 8 Feb is at the weekend",
    ),
    "a weekend and a holiday": (
        [FIRST],
        {"wait_days": 12, "country": "US"},
        "this opportunity has its own wait of 12 days after the interview of Mon 2 Feb; Sat 14 Feb "
        "and Sun 15 Feb are at the weekend, Mon 16 Feb is Washington's Birthday",
    ),
    "a promise at the interview": (
        [visit("Mon 2 Feb 10:00", promised_by="Wed 11 Feb")],
        {},
        "at the interview of Mon 2 Feb they promised word by Wed 11 Feb, and 1 day of grace is "
        "allowed",
    ),
    "a promise in a reply": (
        [FIRST, heard("Mon 2 Feb 11:00", promised_by="Wed 11 Feb")],
        {"policy": tuned(promise_grace_days=2)},
        "their reply of Mon 2 Feb promised word by Wed 11 Feb, and 2 days of grace are allowed",
    ),
    "a promise without grace": (
        [visit("Mon 2 Feb 10:00", promised_by="Wed 11 Feb")],
        {"policy": tuned(promise_grace_days=0)},
        "at the interview of Mon 2 Feb they promised word by Wed 11 Feb",
    ),
    "a promise for the same day": (
        [visit("Mon 2 Feb 10:00", promised_by="Mon 2 Feb")],
        {"policy": tuned(promise_grace_days=0)},
        "at the interview of Mon 2 Feb they promised word by Mon 2 Feb, and the interview of "
        "Mon 2 Feb is given a day",
    ),
    "a promise later than the wait after a follow-up": (
        [visit("Mon 2 Feb 10:00", promised_by="Wed 11 Feb"), sent("follow_up", "Mon 2 Feb 11:00")],
        {},
        "at the interview of Mon 2 Feb they promised word by Wed 11 Feb, and 1 day of grace is "
        "allowed",
    ),
    "a promise that is over": (
        [visit("Mon 2 Feb 10:00", promised_by="Sun 1 Feb")],
        {},
        "accounting waits 7 days after the interview of Mon 2 Feb",
    ),
    "a promise in a field without rows": (
        [visit("Mon 2 Feb 10:00", promised_by="Wed 11 Feb")],
        {"policy": tuned("law", wait_days=9)},
        "at the interview of Mon 2 Feb they promised word by Wed 11 Feb, and 1 day of grace is "
        "allowed (accounting has no waits of its own, so the default holds)",
    ),
}


@pytest.mark.parametrize(("rows", "about", "why"), WAITS.values(), ids=WAITS)
def test_what_sets_the_day_of_a_follow_up(rows: list[Row], about: dict[str, Any], why: str) -> None:
    """The field's wait, the opportunity's own, or the employer's word; and what moves it on."""
    assert reason("follow_up", *rows, **about, as_of=NOON).split(": ", 1)[1] == f"{why}."


# -- the other actions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("interview", "as_of", "sentence"),
    [
        (
            FIRST,
            NOON,
            "Send the thank-you by e-mail by Tue 3 Feb, 10:00 New York time: 24 hours after the "
            "interview of Mon 2 Feb began.",
        ),
        (
            visit("Mon 2 Feb 10:00", ended_at="Mon 2 Feb 11:30"),
            "Wed 4 Feb 12:00",
            "Send the thank-you by e-mail now, it was due by Tue 3 Feb, 11:30 New York time: "
            "24 hours after the interview of Mon 2 Feb ended.",
        ),
        (
            visit("Mon 3 Feb 1969 10:00", ended_at="Mon 3 Feb 1969 11:30"),
            "Mon 3 Feb 1969 12:00",
            "Send the thank-you by e-mail by Tue 4 Feb, 11:30 New York time: 24 hours after the "
            "interview of Mon 3 Feb ended.",
        ),
        (
            visit("Mon 2 Feb"),
            NOON,
            "Send the thank-you by e-mail by the end of Tue 3 Feb: 24 hours after the interview of "
            "Mon 2 Feb, whose time is not known.",
        ),
    ],
    ids=["from its beginning", "from its end, overdue", "before 1970", "of unknown hour"],
)
def test_why_a_thank_you_is_due(interview: Row, as_of: str, sentence: str) -> None:
    """Its deadline, and from what it is counted."""
    assert reason("thank_you", interview, as_of=as_of) == sentence


def test_the_hours_are_the_fields_and_the_default_is_told() -> None:
    """One hour, from a default row."""
    sentence = reason("thank_you", FIRST, policy=tuned("default", thank_you_hours=1), as_of=NOON)
    assert sentence == (
        "Send the thank-you by e-mail now, it was due by Mon 2 Feb, 11:00 New York time: 1 hour "
        "after the interview of Mon 2 Feb began (accounting has no waits of its own, so the "
        "default holds)."
    )


@pytest.mark.parametrize(
    ("zone", "place"),
    [
        ("Asia/Kathmandu", "Kathmandu"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("Pacific/Auckland", "Auckland"),
        ("UTC", "UTC"),
    ],
)
def test_a_time_is_the_clients_and_names_its_zone(zone: str, place: str) -> None:
    """Ten o'clock where the client is."""
    assert reason("prepare", FIRST, zone=zone, as_of="Sun 1 Feb 12:00") == (
        f"Prepare the interview of Mon 2 Feb, 10:00 {place} time: take the four closing questions "
        f"along."
    )


def test_an_answer_says_what_it_answers() -> None:
    """The day that they asked, and the next business day."""
    asked = heard("Fri 6 Feb 10:00", needs_answer=True)
    assert reason("answer", FIRST, asked, as_of="Fri 6 Feb 12:00") == (
        "Answer what they asked for on Fri 6 Feb by Mon 9 Feb: an answer goes out by the next "
        "business day; Sat 7 Feb and Sun 8 Feb are at the weekend."
    )


def test_why_a_client_is_debriefed() -> None:
    """What is missing."""
    assert reason("debrief", FIRST, as_of=NOON) == (
        "Ask about the interview of Mon 2 Feb, due the day after it: none of the answers to the "
        "four closing questions is written down."
    )


def test_why_a_card_may_be_sent() -> None:
    """That it may, and for how long."""
    assert reason("card", FIRST, as_of=NOON) == (
        "A handwritten card is better still (optional, by Thu 5 Feb, 3 days after the interview of "
        "Mon 2 Feb): none has gone out since."
    )


def test_an_interview_of_unknown_hour_is_prepared_for_its_day() -> None:
    """No noon that nobody said."""
    assert reason("prepare", visit("Mon 2 Feb"), as_of="Sun 1 Feb 12:00") == (
        "Prepare the interview of Mon 2 Feb: take the four closing questions along."
    )


@pytest.mark.parametrize(("things", "told"), [(1, "1 thing is"), (2, "2 things are")])
def test_why_a_client_is_asked(things: int, told: str) -> None:
    """How much is due, and since when nothing was written down."""
    quiet = [case(FIRST, opportunity_id=key, as_of="Thu 12 Feb 12:00") for key in (1, 2)]
    assert together(*quiet[:things]).agenda("reason", action="ask_client") == [
        f"Ask how it goes: {told} due or overdue, and nothing has been written down for 10 days, "
        f"since Mon 2 Feb."
    ]


LET_GO = {
    "silence": (
        [FIRST],
        {},
        "Let it go since Mon 2 Mar, presume no offer and close it kindly: no word since Mon 2 Feb, "
        "and accounting lets go after 4 weeks.",
    ),
    "silence since a promised day": (
        [visit("Mon 2 Feb 10:00", promised_by="Fri 6 Feb")],
        {},
        "Let it go since Fri 6 Mar, presume no offer and close it kindly: no word since Fri 6 Feb "
        "(the day they promised word by), and accounting lets go after 4 weeks.",
    ),
    "the last day in time": (
        [FIRST],
        {"policy": tuned(wait_days=7, let_go_weeks=1)},
        "Let it go since Thu 12 Feb, presume no offer and close it kindly: the follow-up was on "
        "time until Wed 11 Feb and never went out.",
    ),
    "the wait after the last follow-up": (
        [FIRST, sent("follow_up", "Mon 2 Mar 10:00")],
        {"policy": tuned(max_unanswered=1)},
        "Let it go since Mon 9 Mar, presume no offer and close it kindly: 7 days have passed since "
        "the follow-up of Mon 2 Mar.",
    ),
}


@pytest.mark.parametrize(("rows", "about", "sentence"), LET_GO.values(), ids=LET_GO)
def test_why_to_let_go(rows: list[Row], about: dict[str, Any], sentence: str) -> None:
    """Whichever ended last: the silence, or the last chance."""
    assert reason("let_go", *rows, **about, as_of="Mon 16 Mar 12:00") == sentence


# -- years -----------------------------------------------------------------------------------------


def test_a_year_is_named_where_it_is_not_this_one() -> None:
    """Seen from January, December was last year's."""
    sentence = reason("follow_up", visit("Wed 30 Dec 10:00"), as_of="Mon 4 Jan 2027 10:00")
    assert sentence == (
        "Follow up by e-mail on Wed 6 Jan: accounting waits 7 days after the interview of "
        "Wed 30 Dec 2026."
    )


def test_this_year_is_the_clients() -> None:
    """On the evening of 31 December in New York it is still 2026, whatever it is in Greenwich."""
    sentence = reason("follow_up", visit("Wed 30 Dec 10:00"), as_of="Thu 31 Dec 20:00")
    assert sentence == (
        "Follow up by e-mail on Wed 6 Jan 2027: accounting waits 7 days after the interview of "
        "Wed 30 Dec."
    )


def test_this_year_is_not_another_clients() -> None:
    """What is said of a client is the same beside one for whom the new year has begun."""
    new_york = case(visit("Wed 30 Dec 10:00"), as_of="Thu 31 Dec 20:00")
    auckland = case(
        visit("Wed 30 Dec 10:00"),
        zone="Pacific/Auckland",
        as_of="Fri 1 Jan 2027 14:00",
        client_id=2,
        opportunity_id=2,
    )
    alone = new_york.plan()["reason"].tolist()
    both = together(new_york, auckland).plan()
    assert both.loc[both["client_id"] == 1, "reason"].tolist() == alone


# -- explained -------------------------------------------------------------------------------------

DUE = (
    "Due Mon 9 Feb, on time until Wed 11 Feb: accounting waits 7 days after the interview of "
    "Mon 2 Feb. "
)
LATER = "Mon 2 Mar 12:00"
FOLLOW_UPS = {
    "on_time": (
        [sent("follow_up", "Tue 10 Feb 10:00")],
        {},
        LATER,
        "The follow-up of Tue 10 Feb was on time.",
    ),
    "late": (
        [sent("follow_up", "Fri 13 Feb 10:00")],
        {},
        LATER,
        "The follow-up of Fri 13 Feb came late.",
    ),
    "late, by a message": (
        [sent("other", "Fri 13 Feb 10:00")],
        {},
        LATER,
        "The message of Fri 13 Feb came late.",
    ),
    "late, by a thank-you": (
        [sent("thank_you", "Fri 13 Feb 10:00")],
        {},
        LATER,
        "The thank-you of Fri 13 Feb came late.",
    ),
    "too_soon": (
        [sent("follow_up", "Fri 6 Feb 10:00")],
        {},
        LATER,
        "The follow-up of Fri 6 Feb came too soon, before Mon 9 Feb.",
    ),
    "superseded": (
        [sent("answer", "Fri 6 Feb 10:00")],
        {},
        LATER,
        "The answer of Fri 6 Feb took its place.",
    ),
    "not_needed, they called": (
        [heard("Tue 10 Feb 10:00")],
        {},
        LATER,
        "They got in touch on Tue 10 Feb: none was needed.",
    ),
    "not_needed, the next interview": (
        [visit("Tue 10 Feb 10:00")],
        {},
        LATER,
        "The next interview was on Tue 10 Feb: none was needed.",
    ),
    "not_needed, an interview ahead": (
        [visit("Mon 30 Mar 10:00")],
        {},
        LATER,
        "An interview is planned.",
    ),
    "not_needed, an outcome": (
        [],
        {"outcome": "offer", "outcome_at": "Tue 10 Feb 10:00"},
        LATER,
        "It ended on Tue 10 Feb: none was needed.",
    ),
    "missed, they called": (
        [heard("Fri 13 Feb 10:00")],
        {},
        LATER,
        "They got in touch on Fri 13 Feb, and none had gone out: missed.",
    ),
    "missed, an outcome": (
        [],
        {"outcome": "rejected", "outcome_at": "Fri 13 Feb 10:00"},
        LATER,
        "It ended on Fri 13 Feb, and none had gone out: missed.",
    ),
    "missed, nothing": ([], {}, LATER, "No follow-up went out: missed."),
    "unknown": (
        [],
        {"tracked_since": "Thu 12 Feb 00:00"},
        LATER,
        "Too little was written down to judge it: unknown.",
    ),
    "waiting": ([], {}, "Sun 8 Feb 12:00", "Not due yet."),
    "due": ([], {}, "Mon 9 Feb 12:00", "Due now."),
    "overdue": ([], {}, "Thu 12 Feb 12:00", "Overdue."),
}


@pytest.mark.parametrize(
    ("verdict", "rows", "about", "as_of", "sentence"),
    [pytest.param(key.split(",")[0], *given, id=key) for key, given in FOLLOW_UPS.items()],
)
def test_how_a_follow_up_was_judged(
    verdict: str, rows: list[Row], about: dict[str, Any], as_of: str, sentence: str
) -> None:
    """Where its dates come from, then what ended the clock and what that makes it."""
    it = case(FIRST, *rows, **about, as_of=as_of)
    assert it.follow_ups("verdict")[0] == verdict
    assert it.explained("follow_up")[0] == DUE + sentence


def test_how_a_follow_up_too_many_was_judged() -> None:
    """After how many without an answer."""
    it = case(
        FIRST,
        *[sent("follow_up", f"{day} 10:00") for day in ("Mon 9 Feb", "Mon 16 Feb", "Mon 2 Mar")],
        as_of=LATER,
    )
    assert it.explained("follow_up")[2] == (
        "Due Mon 23 Feb, on time until Wed 25 Feb: accounting waits 7 days after the follow-up of "
        "Mon 16 Feb, with 2 follow-ups unanswered. The follow-up of Mon 2 Mar was one too many "
        "(2 without an answer before it)."
    )


WHEN = "by Tue 3 Feb, 10:00 New York time: 24 hours after the interview of Mon 2 Feb began."
BY = f"Thank-you due {WHEN} "
THANK_YOUS = {
    "on_time": (
        [sent("thank_you", "Mon 2 Feb 15:00")],
        {},
        LATER,
        BY + "It went out on Mon 2 Feb: on time.",
    ),
    "late": (
        [sent("thank_you", "Wed 4 Feb 23:30")],
        {},
        LATER,
        BY + "It went out on Wed 4 Feb: late.",
    ),
    "missed": ([], {}, LATER, BY + "No note is written down: missed."),
    "not_needed": (
        [],
        {"outcome": "offer", "outcome_at": "Mon 2 Feb 18:00"},
        LATER,
        BY + "No note is written down: not needed.",
    ),
    "due": (
        [],
        {},
        NOON,
        f"Send the thank-you by e-mail {WHEN}",
    ),
    "overdue": (
        [],
        {},
        "Tue 3 Feb 12:00",
        f"Send the thank-you by e-mail now, it was due {WHEN}",
    ),
    "unknown": ([], {"outcome": "rejected"}, LATER, BY + "No note is written down: unknown."),
}


@pytest.mark.parametrize(
    ("verdict", "rows", "about", "as_of", "sentence"),
    [pytest.param(key, *given, id=key) for key, given in THANK_YOUS.items()],
)
def test_how_a_thank_you_was_judged(
    verdict: str, rows: list[Row], about: dict[str, Any], as_of: str, sentence: str
) -> None:
    """Its deadline, and the local day of the note."""
    it = case(FIRST, *rows, **about, as_of=as_of)
    assert it.thank_yous("verdict") == [verdict]
    assert it.explained("thank_you") == [sentence]
