"""What stands on the agenda when, since when, until when, and in which order (rules §6)."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import coachkit as ck
from coachkit import terms
from tests.build import Case, Row, case, heard, sent, together, tuned, visit

# Accounting waits 7 days where a test brings no policy; 2 February 2026 is a Monday.
FIRST = visit("Mon 2 Feb 10:00")

# -- answer ----------------------------------------------------------------------------------------

ASKED = heard("Fri 6 Feb 10:00", needs_answer=True)


@pytest.mark.parametrize(
    ("as_of", "urgency"),
    [
        ("Fri 6 Feb 12:00", "this_week"),
        ("Mon 9 Feb 00:00", "today"),
        ("Tue 10 Feb 00:00", "overdue"),
        ("Mon 30 Mar 12:00", "overdue"),
    ],
    ids=["on the day it was asked", "on its day", "the day after", "however long ago"],
)
def test_an_answer_is_due_on_the_next_business_day(as_of: str, urgency: str) -> None:
    """Asked on a Friday, due on the Monday."""
    it = case(FIRST, ASKED, as_of=as_of)
    assert it.agenda("urgency", "due_on", "due_at", "channel", action="answer") == [
        (urgency, "Mon 9 Feb", None, None)
    ]


def test_an_answer_is_due_after_a_holiday() -> None:
    """Asked on the Friday before Presidents' Day, due on the Tuesday."""
    it = case(
        FIRST,
        heard("Fri 13 Feb 10:00", needs_answer=True),
        country="US",
        as_of="Fri 13 Feb 12:00",
    )
    assert it.agenda("due_on", action="answer") == ["Tue 17 Feb"]


def test_of_two_questions_the_first_sets_the_day() -> None:
    """The longest unanswered; one that was settled before does not count."""
    it = case(
        FIRST,
        heard("Tue 3 Feb 10:00", needs_answer=True),
        sent("answer", "Tue 3 Feb 15:00"),
        heard("Wed 4 Feb 10:00", needs_answer=True),
        heard("Fri 6 Feb 10:00", needs_answer=True),
        as_of="Fri 6 Feb 12:00",
    )
    assert it.agenda("due_on", action="answer") == ["Thu 5 Feb"]


@pytest.mark.parametrize(
    ("rows", "about", "there"),
    [
        ([], {}, 1),
        ([visit("Mon 16 Feb 10:00")], {}, 1),
        ([sent("thank_you", "Fri 6 Feb 12:00")], {}, 1),
        ([sent("answer", "Fri 6 Feb 12:00")], {}, 0),
        ([visit("Mon 9 Feb 10:00")], {}, 0),
        ([], {"outcome": "rejected", "outcome_at": "Mon 9 Feb 10:00"}, 0),
    ],
    ids=[
        "nothing yet",
        "an interview ahead does not settle it",
        "a thank-you does not",
        "an answer does",
        "the next interview does",
        "an outcome does",
    ],
)
def test_an_answer_is_asked_for_until_it_is_settled(
    rows: list[Row], about: dict[str, str], there: int
) -> None:
    """Only while the opportunity is open."""
    it = case(FIRST, ASKED, *rows, **about, as_of="Tue 10 Feb 10:00")
    assert len(it.agenda("action", action="answer")) == there


# -- thank_you -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "urgency"),
    [
        ("Mon 2 Feb 10:00", ["today"]),
        ("Tue 3 Feb 10:00", ["today"]),
        ("Tue 3 Feb 10:00:01", ["overdue"]),
        ("Tue 10 Feb 10:00", ["overdue"]),
        ("Tue 10 Feb 10:00:01", []),
    ],
    ids=["at once", "at its deadline", "a second later", "for a week", "and no longer"],
)
def test_a_thank_you_is_due_at_its_deadline(as_of: str, urgency: list[str]) -> None:
    """Today while it may still be in time, overdue for seven days, then gone."""
    it = case(FIRST, as_of=as_of)
    assert it.agenda("urgency", "due_on", "due_at", "interview_id", action="thank_you") == [
        (word, "Tue 3 Feb", "Tue 3 Feb 10:00", 11) for word in urgency
    ]


@pytest.mark.parametrize(
    ("rows", "about"),
    [
        ([sent("thank_you", "Mon 2 Feb 12:00")], {}),
        ([], {"outcome": "offer", "outcome_at": "Mon 2 Feb 12:00"}),
        ([], {"outcome": "offer"}),
    ],
    ids=["sent", "ended", "ended on an unknown day"],
)
def test_a_thank_you_goes_when_it_was_sent_or_all_is_over(
    rows: list[Row], about: dict[str, str]
) -> None:
    """Nothing is left to do."""
    it = case(FIRST, *rows, **about, as_of="Mon 2 Feb 18:00")
    assert it.agenda("action", action="thank_you") == []


# -- follow_up -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "urgency"),
    [
        ("Sun 1 Feb 23:59:59", "later"),
        ("Mon 2 Feb 00:00", "this_week"),
        ("Sun 8 Feb 23:59:59", "this_week"),
        ("Mon 9 Feb 00:00", "today"),
        ("Wed 11 Feb 23:59:59", "today"),
        ("Thu 12 Feb 00:00", "overdue"),
        ("Fri 27 Feb 23:59:59", "overdue"),
        ("Sat 28 Feb 00:00", None),
    ],
    ids=[
        "eight days ahead",
        "seven days ahead",
        "the evening before",
        "on its day",
        "on its last day in time",
        "the day after",
        "until it is let go",
        "and no longer",
    ],
)
def test_a_follow_up_stands_there_from_afar_until_it_is_let_go(
    as_of: str, urgency: str | None
) -> None:
    """Upcoming, then today as long as it is in time, then overdue; always with its due day."""
    it = case(visit("Sat 31 Jan 10:00"), as_of=as_of)
    assert it.agenda("urgency", "due_on", "interview_id", action="follow_up") == (
        [(urgency, "Mon 9 Feb", None)] if urgency else []
    )


@pytest.mark.parametrize(
    ("channels", "suggested"),
    [("call email text", ["call", "email", "text"]), ("call email", ["call", "email", "email"])],
    ids=["one for each", "the last for all after it"],
)
def test_the_channel_is_the_fields_for_that_follow_up(channels: str, suggested: list[str]) -> None:
    """First follow-up first."""
    follow_ups = [sent("follow_up", "Mon 9 Feb 10:00"), sent("follow_up", "Mon 16 Feb 10:00")]
    policy = tuned(channels=channels, max_unanswered=3)
    found = [
        case(FIRST, *follow_ups[:count], policy=policy, as_of="Tue 17 Feb 10:00").agenda(
            "channel", action="follow_up"
        )
        for count in (0, 1, 2)
    ]
    assert found == [[channel] for channel in suggested]


@pytest.mark.parametrize(
    ("rows", "about"),
    [
        ([heard("Mon 9 Feb 12:00", needs_answer=True)], {}),
        ([visit("Mon 16 Mar 10:00")], {}),
        ([sent("follow_up", f"{day} 10:00") for day in ("Mon 9 Feb", "Mon 16 Feb")], {}),
        ([], {"outcome": "rejected"}),
    ],
    ids=["an answer is owed", "an interview is planned", "enough were sent", "all is over"],
)
def test_no_follow_up_where_none_is_called_for(rows: list[Row], about: dict[str, str]) -> None:
    """The ball is with the client, a visit is arranged, no pest, or no point."""
    it = case(FIRST, *rows, **about, as_of="Tue 17 Feb 10:00")
    assert it.agenda("action", action="follow_up") == []


# -- debrief ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "urgency"),
    [
        ("Mon 2 Feb 10:00", ["this_week"]),
        ("Tue 3 Feb 00:00", ["today"]),
        ("Wed 4 Feb 00:00", ["overdue"]),
        ("Mon 16 Feb 23:59:59", ["overdue"]),
        ("Tue 17 Feb 00:00", []),
    ],
    ids=["at once", "on its day", "the day after", "on the 14th day", "and no longer"],
)
def test_a_debrief_is_due_the_day_after(as_of: str, urgency: list[str]) -> None:
    """For fourteen days."""
    assert case(FIRST, as_of=as_of).agenda(
        "urgency", "due_on", "due_at", "interview_id", action="debrief"
    ) == [(word, "Tue 3 Feb", None, 11) for word in urgency]


@pytest.mark.parametrize("question", terms.CLOSING_QUESTIONS)
def test_one_answer_written_down_is_a_debrief(question: str) -> None:
    """Any of the four; that it was not asked is an answer too."""
    it = case(visit("Mon 2 Feb 10:00", **{question: "not asked"}), as_of="Tue 3 Feb 10:00")
    assert it.agenda("action", action="debrief") == []


# -- card ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "urgency"),
    [
        ("Mon 2 Feb 10:00", ["this_week"]),
        ("Thu 5 Feb 23:59:59", ["today"]),
        ("Fri 6 Feb 00:00", []),
    ],
    ids=["at once", "on the third day", "and no longer"],
)
def test_a_card_may_be_sent_for_three_days(as_of: str, urgency: list[str]) -> None:
    """Optional, so it is never overdue."""
    assert case(FIRST, as_of=as_of).agenda("urgency", "due_on", "interview_id", action="card") == [
        (word, "Thu 5 Feb", 11) for word in urgency
    ]


@pytest.mark.parametrize(
    ("rows", "there"),
    [
        ([sent("thank_you", "Mon 2 Feb 10:00", "card")], 0),
        ([sent("other", "Tue 3 Feb 10:00", "card")], 0),
        ([sent("other", "Mon 2 Feb 09:59:59", "card")], 1),
        ([sent("thank_you", "Tue 3 Feb 10:00")], 1),
        ([heard("Tue 3 Feb 10:00", "card")], 1),
        ([sent("other", "Thu 5 Feb 10:00", "card")], 1),
    ],
    ids=[
        "sent with the thank-you",
        "sent since",
        "one sent before does not count",
        "nor does an e-mail",
        "nor one that came",
        "nor one still to be sent",
    ],
)
def test_a_card_sent_since_is_enough(rows: list[Row], there: int) -> None:
    """By the client, after the visit."""
    it = case(FIRST, *rows, as_of="Wed 4 Feb 10:00")
    assert len(it.agenda("action", action="card")) == there


# -- prepare ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "urgency"),
    [
        ("Sun 25 Jan 23:59:59", []),
        ("Mon 26 Jan 00:00", ["this_week"]),
        ("Mon 2 Feb 00:00", ["today"]),
        ("Mon 2 Feb 09:59:59", ["today"]),
        ("Mon 2 Feb 10:00", []),
    ],
    ids=["eight days ahead", "seven days ahead", "today", "until it begins", "and no longer"],
)
def test_an_interview_is_prepared_in_the_week_before(as_of: str, urgency: list[str]) -> None:
    """Due on its day, at its time."""
    assert case(FIRST, as_of=as_of).agenda(
        "urgency", "due_on", "due_at", "interview_id", action="prepare"
    ) == [(word, "Mon 2 Feb", "Mon 2 Feb 10:00", 11) for word in urgency]


def test_an_interview_of_unknown_hour_has_no_time_to_be_ready_by() -> None:
    """Its day alone."""
    it = case(visit("Mon 2 Feb"), as_of="Mon 2 Feb 09:00")
    assert it.agenda("due_on", "due_at", action="prepare") == [("Mon 2 Feb", None)]


@pytest.mark.parametrize(
    ("cells", "about"),
    [({"cancelled": True}, {}), ({}, {"outcome": "withdrawn"})],
    ids=["cancelled", "all is over"],
)
def test_an_interview_that_will_not_be_is_not_prepared(
    cells: dict[str, bool], about: dict[str, str]
) -> None:
    """Nor is anything else asked for."""
    it = case(visit("Mon 9 Feb 10:00", **cells), **about, as_of="Fri 6 Feb 10:00")
    assert it.agenda("action") == []


def test_what_is_over_asks_for_nothing() -> None:
    """After an outcome no debrief and no card, though the visit was yesterday."""
    it = case(
        FIRST,
        sent("thank_you", "Mon 2 Feb 12:00"),
        outcome="rejected",
        outcome_at="Mon 2 Feb 18:00",
        as_of="Tue 3 Feb 10:00",
    )
    assert it.agenda("action") == []


# -- let_go ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "about", "as_of", "there"),
    [
        ([], {}, "Sun 1 Mar 23:59:59", []),
        ([], {}, "Mon 2 Mar 00:00", [("today", "Mon 2 Mar")]),
        ([], {}, "Mon 30 Nov 10:00", [("today", "Mon 2 Mar")]),
        ([visit("Mon 14 Dec 10:00")], {}, "Mon 30 Nov 10:00", []),
        ([heard("Mon 23 Nov 10:00")], {}, "Mon 30 Nov 10:00", []),
        ([], {"outcome": "let_go"}, "Mon 30 Nov 10:00", []),
    ],
    ids=[
        "not before its day",
        "from its day on",
        "today, however long ago",
        "not with an interview ahead",
        "not after they got in touch",
        "not when it was let go",
    ],
)
def test_to_let_go(
    rows: list[Row], about: dict[str, str], as_of: str, there: list[tuple[str, str]]
) -> None:
    """Presume no offer and close it, once the silence has lasted four weeks."""
    it = case(FIRST, *rows, **about, as_of=as_of)
    assert it.agenda("urgency", "due_on", action="let_go") == there


# -- ask_client ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "as_of", "there"),
    [
        ([], "Wed 11 Feb 23:59:59", False),
        ([], "Thu 12 Feb 00:00", True),
        ([sent("other", "Tue 3 Feb 00:00", "card")], "Thu 12 Feb 12:00", False),
        ([visit("Tue 3 Feb 00:00", cancelled=True)], "Thu 12 Feb 12:00", True),
        ([heard("Mon 16 Feb 10:00")], "Thu 12 Feb 12:00", True),
        ([], "Mon 2 Mar 12:00", False),
    ],
    ids=[
        "not after nine days",
        "after ten",
        "a card is an entry too",
        "a cancelled visit is none",
        "nor is what is still to come",
        "not where nothing is due any more",
    ],
)
def test_a_client_is_asked_after_ten_days_without_an_entry(
    rows: list[Row], as_of: str, there: bool
) -> None:
    """While something of theirs is due or overdue; the follow-up is, from Monday the 9th on."""
    it = case(FIRST, *rows, as_of=as_of)
    assert it.agenda("action", action="ask_client") == ["ask_client"] * there


PATIENT = visit("Mon 2 Feb 10:00", promised_by="Tue 31 Mar")


@pytest.mark.parametrize(
    ("rows", "hours", "told"),
    [
        ([PATIENT], 24, []),
        ([PATIENT], 72, ["Ask how it goes: 1 thing is"]),
        ([PATIENT], 300, ["Ask how it goes: 1 thing is"]),
        ([FIRST, heard("Mon 2 Feb 10:00", needs_answer=True)], 24, ["Ask how it goes: 1 thing is"]),
        ([FIRST], 72, ["Ask how it goes: 2 things are"]),
    ],
    ids=[
        "a promise far away and a thank-you missed are nothing to ask about",
        "a thank-you overdue",
        "a thank-you still due",
        "an answer",
        "a follow-up and a thank-you",
    ],
)
def test_what_a_client_is_asked_about(rows: list[Row], hours: int, told: list[str]) -> None:
    """Answers, thank-yous and follow-ups that are due or overdue; ten days after the interview."""
    it = case(*rows, policy=tuned(wait_days=7, thank_you_hours=hours), as_of="Thu 12 Feb 10:00")
    asked = it.agenda("reason", action="ask_client")
    assert [reason.split(" due or overdue")[0] for reason in asked] == told


def test_asking_a_client_is_about_no_opportunity() -> None:
    """Today, with a name and no employer."""
    it = case(FIRST, as_of="Thu 12 Feb 12:00")
    columns = ("urgency", "due_on", "client_id", "client", "opportunity_id", "employer", "role")
    assert it.agenda(*columns, action="ask_client") == [
        ("today", "Thu 12 Feb", 1, "Ann Lee", None, None, None)
    ]


def test_waiting_is_nothing_to_ask_about() -> None:
    """A promise far away: nothing is due, so nobody is asked, however long the silence."""
    it = case(visit("Mon 2 Feb 10:00", promised_by="Tue 31 Mar"), as_of="Mon 16 Mar 12:00")
    assert it.agenda("action") == ["follow_up"]


@pytest.mark.parametrize(
    "other",
    [
        {"rows": [heard("Tue 3 Feb 00:00")]},
        {"rows": [visit("Tue 3 Feb 00:00")]},
        {"rows": [], "outcome": "offer", "outcome_at": "Tue 3 Feb 00:00"},
    ],
    ids=["a reply", "an interview", "an outcome"],
)
def test_an_entry_on_another_opportunity_is_an_entry_on_the_client(other: dict) -> None:
    """Nine days ago."""
    as_of = "Thu 12 Feb 12:00"
    it = together(
        case(FIRST, as_of=as_of),
        case(*other.pop("rows"), opportunity_id=2, as_of=as_of, **other),
    )
    assert it.agenda("action", action="ask_client") == []


def test_several_things_due_are_one_question() -> None:
    """One row a client, and only for the client who went quiet."""
    as_of = "Thu 12 Feb 12:00"
    quiet = [case(FIRST, opportunity_id=key, as_of=as_of) for key in (1, 2)]
    busy = case(
        FIRST, heard("Tue 10 Feb 10:00"), opportunity_id=3, client_id=2, name="Bo", as_of=as_of
    )
    assert together(*quiet, busy).agenda("client_id", action="ask_client") == [1]


# -- whose -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "planned"),
    [(None, True), ("active", True), ("paused", False), ("placed", False), ("archived", False)],
)
def test_only_active_clients_are_planned_for(status: str | None, planned: bool) -> None:
    """Null means active."""
    it = case(FIRST, status=status, as_of="Thu 12 Feb 12:00")
    assert ("follow_up" in it.agenda("action")) == planned
    assert it.plan().empty != planned


def test_a_row_names_client_employer_and_role() -> None:
    """As they are written down."""
    about = {"name": "Bo Li", "employer": "Gov", "role": "Clerk", "client_id": 4}
    columns = ("client_id", "client", "opportunity_id", "employer", "role")
    it = case(FIRST, **about, as_of="Wed 11 Feb 12:00")
    assert it.agenda(*columns, action="follow_up") == [(4, "Bo Li", 1, "Gov", "Clerk")]


# -- order -----------------------------------------------------------------------------------------

NOON = "Tue 10 Feb 12:00"


def one(key: int, *rows: Row, **about: str) -> Case:
    return case(*rows, opportunity_id=key, as_of=NOON, **about)


def test_a_day_begins_with_the_employers_question() -> None:
    """Then thank-yous, promised days that have passed, plain waits, the rest; all of it today's."""
    asked_yesterday = heard("Mon 9 Feb 10:00", needs_answer=True)
    promised = visit("Mon 2 Feb 10:00", promised_by="Sun 8 Feb")
    it = together(
        one(1, visit("Sat 31 Jan 10:00"), client_id=2, name="Quiet since the 31st"),
        one(2, visit("Sat 7 Feb 10:00"), sent("thank_you", "Sat 7 Feb 12:00")),  # a card's last day
        one(3, visit("Mon 5 Jan 10:00")),  # let go on 2 February
        one(4, visit("Mon 9 Feb 10:00"), sent("thank_you", "Mon 9 Feb 12:00")),  # debrief
        one(5, visit("Tue 10 Feb 15:00")),
        one(6, FIRST, sent("thank_you", "Mon 2 Feb 12:00")),
        one(7, promised, sent("thank_you", "Mon 2 Feb 11:00")),
        one(8, visit("Tue 10 Feb 09:00")),
        one(9, FIRST, asked_yesterday, sent("thank_you", "Mon 2 Feb 12:00")),
    )
    today = it.plan().query("urgency == 'today'")
    named = [
        (row.action, None if pd.isna(row.opportunity_id) else int(row.opportunity_id))
        for row in today.itertuples()
    ]
    assert named == [
        ("answer", 9),
        ("thank_you", 8),
        ("follow_up", 7),
        ("follow_up", 6),
        ("follow_up", 1),
        ("prepare", 5),
        ("debrief", 4),
        ("ask_client", None),
        ("let_go", 3),
        ("card", 2),
    ]


def test_overdue_comes_before_today_and_today_before_later() -> None:
    """Whatever it is."""
    it = together(
        one(1, visit("Mon 16 Feb 10:00")),
        one(2, visit("Mon 9 Feb 09:00", promised_by="Mon 2 Mar")),
        one(3, visit("Tue 10 Feb 09:00", answer_fit="well", promised_by="Mon 2 Mar")),
        one(4, heard("Thu 5 Feb 11:00", needs_answer=True), visit("Thu 5 Feb 10:00")),
    )
    urgencies = it.agenda("urgency")
    assert urgencies == sorted(urgencies, key=terms.URGENCIES.index)
    assert set(urgencies) == set(terms.URGENCIES)


def test_within_one_kind_the_earlier_day_then_the_name_comes_first() -> None:
    """Not the id."""
    it = together(
        one(1, visit("Mon 2 Feb 10:00"), client_id=1, name="Zoe"),
        one(2, visit("Mon 2 Feb 10:00"), client_id=2, name="Amara"),
        one(3, visit("Sat 31 Jan 10:00"), client_id=3, name="Mo", wait_days=6),
    )
    due = it.plan().query("action == 'follow_up'")
    assert due["client"].to_list() == ["Mo", "Amara", "Zoe"]
    assert [f"{day:%d}" for day in due["due_on"]] == ["06", "09", "09"]


# -- the frames ------------------------------------------------------------------------------------

PLAN = {
    "urgency": "category",
    "action": "category",
    "due_on": "datetime64[us]",
    "due_at": "datetime64[us, UTC]",
    "client_id": "Int64",
    "client": "str",
    "opportunity_id": "Int64",
    "employer": "str",
    "role": "str",
    "interview_id": "Int64",
    "channel": "category",
    "reason": "str",
}


@pytest.mark.parametrize(
    ("rows", "length"),
    [([FIRST], 3), ([visit("Mon 16 Feb 10:00")], 1), ([], 0)],
    ids=["several rows", "one", "none"],
)
def test_an_agenda_has_its_columns_in_their_dtypes(rows: list[Row], length: int) -> None:
    """In the order of the public face, and its words are those of the nomenclature."""
    agenda = case(*rows, as_of="Thu 12 Feb 12:00").plan()
    assert [(name, str(dtype)) for name, dtype in agenda.dtypes.items()] == list(PLAN.items())
    assert len(agenda) == length
    assert tuple(agenda["action"].cat.categories) == terms.ACTIONS
    assert tuple(agenda["urgency"].cat.categories) == terms.URGENCIES
    assert tuple(agenda["channel"].cat.categories) == terms.CHANNELS


def test_an_empty_caseload_gives_an_empty_agenda_and_nothing_to_explain() -> None:
    """With their columns."""
    nobody, policy = ck.Caseload.empty(), ck.Policy.default()
    agenda = ck.plan(nobody, policy, as_of="2026-02-12T12:00:00Z")
    explained = ck.explain(nobody, policy, as_of="2026-02-12T12:00:00Z")
    assert (len(agenda), list(agenda)) == (0, list(PLAN))
    assert (len(explained), list(explained)[-2:]) == (0, ["verdict", "reason"])
    assert str(explained["reason"].dtype) == "str"


def test_explained_duties_are_the_graded_ones_with_a_reason() -> None:
    """The same rows, in the same order."""
    it = case(FIRST, sent("follow_up", "Mon 9 Feb 10:00"), as_of="Thu 12 Feb 12:00")
    explained = ck.explain(*it.given, as_of=it.as_of)
    assert_frame_equal(explained.drop(columns="reason"), it.grade())
    assert explained.columns[-1] == "reason"
