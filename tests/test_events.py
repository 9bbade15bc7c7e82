"""What happened as of an instant: what is an event, what is not, and in which order (rules §3)."""

import pytest
from pandas.testing import assert_frame_equal

import coachkit as ck
from coachkit import _events
from tests.build import case, heard, instant, sent, together, visit

# Accounting waits 7 days; 2 February 2026 is a Monday.
FIRST = visit("Mon 2 Feb 10:00")

# -- what is no event ------------------------------------------------------------------------------


def test_nothing_before_the_first_interview_held_starts_a_clock() -> None:
    """An application and its follow-up are another matter."""
    it = case(
        heard("Mon 26 Jan 10:00", promised_by="Mon 16 Mar"),
        sent("follow_up", "Mon 2 Feb 09:59:59"),
        FIRST,
        as_of="Mon 2 Feb 12:00",
    )
    assert it.follow_ups("started_at", "due_on", "unanswered") == [
        ("Mon 2 Feb 10:00", "Mon 9 Feb", 0)
    ]


def test_nothing_later_than_a_dated_outcome_is_an_event() -> None:
    """A courtesy after the rejection neither ends a clock nor starts one."""
    it = case(
        FIRST,
        sent("follow_up", "Tue 10 Feb 10:00:01"),
        outcome="rejected",
        outcome_at="Tue 10 Feb 10:00",
        as_of="Mon 2 Mar 10:00",
    )
    assert it.follow_ups("ended_by", "done_at", "verdict") == [("outcome", None, "not_needed")]


def test_a_contact_at_the_instant_of_the_outcome_is_an_event() -> None:
    """Only what is later than a dated outcome is none."""
    it = case(
        FIRST,
        sent("follow_up", "Tue 10 Feb 10:00"),
        outcome="rejected",
        outcome_at="Tue 10 Feb 10:00",
        as_of="Mon 2 Mar 10:00",
    )
    assert it.follow_ups("ended_by", "verdict") == [
        ("follow_up", "on_time"),
        ("outcome", "not_needed"),
    ]


@pytest.mark.parametrize(
    "card",
    [
        sent("follow_up", "Tue 10 Feb 10:00", "card"),
        sent("other", "Tue 10 Feb 10:00", "card"),
        heard("Tue 10 Feb 10:00", "card", promised_by="Tue 24 Mar", needs_answer=True),
    ],
    ids=["a follow-up by card", "a card sent", "a card that came, whatever it promised"],
)
def test_a_card_never_touches_a_clock(card: tuple[str, dict]) -> None:
    """In or out, it starts, ends and resets nothing, and its promise does not count."""
    it = case(FIRST, card, as_of="Wed 11 Feb 10:00")
    assert it.follow_ups("started_at", "due_on", "ended_by", "verdict") == [
        ("Mon 2 Feb 10:00", "Mon 9 Feb", None, "due")
    ]


def test_voicemail_and_email_on_one_day_are_one_touch() -> None:
    """The second of two follow-ups on a local day is no event: the first one's clock runs."""
    it = case(
        FIRST,
        sent("follow_up", "Mon 9 Feb 09:00", "voicemail"),
        sent("follow_up", "Mon 9 Feb 17:00"),
        as_of="Tue 10 Feb 10:00",
    )
    assert it.follow_ups("started_at", "unanswered", "verdict") == [
        ("Mon 2 Feb 10:00", 0, "on_time"),
        ("Mon 9 Feb 09:00", 1, "waiting"),
    ]


def test_a_card_between_two_follow_ups_of_a_day_does_not_part_them() -> None:
    """Only an event that counts stands between them."""
    it = case(
        FIRST,
        sent("follow_up", "Mon 9 Feb 09:00", "voicemail"),
        sent("other", "Mon 9 Feb 12:00", "card"),
        sent("follow_up", "Mon 9 Feb 17:00"),
        as_of="Tue 10 Feb 10:00",
    )
    assert it.follow_ups("unanswered") == [0, 1]


def test_two_follow_ups_of_a_day_are_two_with_another_event_between_them() -> None:
    """They answered in the morning, so the second is a follow-up of its own, and too soon."""
    it = case(
        FIRST,
        sent("follow_up", "Mon 9 Feb 09:00"),
        heard("Mon 9 Feb 12:00"),
        sent("follow_up", "Mon 9 Feb 17:00"),
        as_of="Tue 10 Feb 10:00",
    )
    assert it.follow_ups("started_at", "verdict") == [
        ("Mon 2 Feb 10:00", "on_time"),
        ("Mon 9 Feb 09:00", "not_needed"),
        ("Mon 9 Feb 12:00", "too_soon"),
        ("Mon 9 Feb 17:00", "waiting"),
    ]


def test_one_day_is_a_day_of_the_clients() -> None:
    """An hour apart in one UTC day, but across the client's midnight: two follow-ups."""
    it = case(
        FIRST,
        sent("follow_up", "Mon 9 Feb 23:30"),
        sent("follow_up", "Tue 10 Feb 00:30"),
        as_of="Tue 10 Feb 10:00",
    )
    assert it.follow_ups("verdict") == ["on_time", "too_soon"]


def test_a_third_follow_up_of_a_day_is_the_same_touch_still() -> None:
    """Each is compared with the one before it that counts."""
    it = case(
        FIRST,
        *[sent("follow_up", f"Mon 9 Feb {hour}:00") for hour in ("09", "12", "17")],
        as_of="Tue 10 Feb 10:00",
    )
    assert it.follow_ups("unanswered") == [0, 1]


# -- order -----------------------------------------------------------------------------------------


def test_at_one_instant_come_interview_reply_and_note() -> None:
    """Ties: interview, inbound, outbound, in whatever order they were written down."""
    noon = "Mon 2 Feb 12:00"
    it = case(sent("other", noon), heard(noon), visit(noon), as_of="Mon 2 Feb 13:00")
    assert it.follow_ups("started_at", "ended_by") == [
        (noon, "inbound"),
        (noon, "other"),
        (noon, None),
    ]


def test_contacts_of_one_instant_come_in_the_order_of_their_ids() -> None:
    """The lower id is the earlier touch, though it stands below."""
    it = case(
        FIRST,
        sent("thank_you", "Mon 2 Feb 12:00", contact_id=300),
        sent("other", "Mon 2 Feb 12:00", contact_id=200),
        as_of="Mon 2 Feb 13:00",
    )
    assert it.follow_ups("ended_by", "contact_id") == [
        ("other", 200),
        ("thank_you", 300),
        (None, None),
    ]


def test_rows_may_stand_in_any_order() -> None:
    """Events are put in the order of time."""
    it = case(
        sent("follow_up", "Mon 9 Feb 10:00"),
        sent("thank_you", "Mon 2 Feb 15:00"),
        FIRST,
        as_of="Tue 10 Feb 10:00",
    )
    assert it.follow_ups("started_at") == ["Mon 2 Feb 10:00", "Mon 2 Feb 15:00", "Mon 9 Feb 10:00"]


# -- what is there as of an instant ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "verdicts"),
    [("Mon 9 Feb 09:59:59", ["due"]), ("Mon 9 Feb 10:00", ["on_time", "waiting"])],
    ids=["a second before", "at its instant"],
)
def test_a_contact_is_there_from_its_instant_on(as_of: str, verdicts: list[str]) -> None:
    """What is later than *as of* is not there yet."""
    assert (
        case(FIRST, sent("follow_up", "Mon 9 Feb 10:00"), as_of=as_of).follow_ups("verdict")
        == verdicts
    )


@pytest.mark.parametrize(
    ("as_of", "state"),
    [("Mon 2 Feb 09:59:59", "scheduled"), ("Mon 2 Feb 10:00", "waiting")],
    ids=["a second before", "at its instant"],
)
def test_an_interview_is_planned_until_its_instant_and_then_held(as_of: str, state: str) -> None:
    """Its time is its held_at, not its end."""
    assert case(visit("Mon 2 Feb 10:00", ended_at="Mon 2 Feb 11:00"), as_of=as_of).states(
        "state"
    ) == [state]


def test_a_cancelled_interview_never_happened() -> None:
    """Neither held nor ahead: no duty, no clock, no state of it."""
    it = case(
        visit("Mon 2 Feb 10:00", cancelled=True),
        visit("Mon 9 Feb 10:00", cancelled=True),
        as_of="Wed 4 Feb 10:00",
    )
    assert it.grade().empty
    assert it.states("state") == ["new"]


def test_a_day_without_a_time_is_its_noon() -> None:
    """A visit of which only the day is known comes after a note of eleven and before one of one."""
    it = case(
        visit("Mon 2 Feb"),
        sent("other", "Mon 2 Feb 11:00"),
        sent("other", "Mon 2 Feb 13:00"),
        as_of="Tue 3 Feb 10:00",
    )
    assert it.follow_ups("started_at") == ["Mon 2 Feb 12:00", "Mon 2 Feb 13:00"]


# -- outcomes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "state"),
    [("Tue 10 Feb 09:59:59", "due"), ("Tue 10 Feb 10:00", "offer")],
    ids=["a second before", "at its instant"],
)
def test_an_outcome_still_to_come_means_open(as_of: str, state: str) -> None:
    """It is there from its instant on."""
    it = case(FIRST, outcome="offer", outcome_at="Tue 10 Feb 10:00", as_of=as_of)
    assert it.states("state") == [state]


def test_an_outcome_without_a_time_is_there_though_its_day_is_unknown() -> None:
    """So is every event: none can be later than it."""
    it = case(
        FIRST, sent("follow_up", "Mon 9 Feb 10:00"), outcome="rejected", as_of="Mon 2 Mar 10:00"
    )
    assert it.states("state") == ["rejected"]
    assert it.follow_ups("ended_by", "verdict") == [
        ("follow_up", "on_time"),
        ("outcome", "unknown"),
    ]


LET_GO = {"outcome": "let_go", "outcome_at": "Mon 9 Mar 10:00"}


@pytest.mark.parametrize(
    ("after", "state"),
    [
        ((), "let_go"),
        ((heard("Mon 9 Mar 10:00:01", "call"),), "waiting"),
        ((heard("Mon 9 Mar 10:00", "call"),), "let_go"),
        ((heard("Mon 9 Mar 10:00:01", "card"),), "let_go"),
        ((sent("follow_up", "Mon 9 Mar 10:00:01"),), "let_go"),
        ((visit("Mon 9 Mar 10:00:01"),), "waiting"),
        ((visit("Mon 30 Mar 10:00"),), "scheduled"),
        ((visit("Mon 30 Mar 10:00", cancelled=True),), "let_go"),
        ((heard("Mon 30 Mar 10:00"),), "let_go"),
    ],
    ids=[
        "by nothing",
        "not by nothing but a call after it",
        "by a call at its very instant it stands",
        "by a card it stands",
        "by the client's own follow-up it stands",
        "an interview after it undoes it",
        "a planned interview undoes it",
        "a cancelled one does not",
        "a reply still to come does not",
    ],
)
def test_a_let_go_is_undone_by_word_from_the_employer(after: tuple, state: str) -> None:
    """The coach's presumption yields to a contact or an interview after it, never to a card."""
    it = case(FIRST, *after, **LET_GO, as_of="Tue 10 Mar 10:00")
    assert it.states("state") == [state]


def test_only_a_let_go_is_undone() -> None:
    """A rejection stands, whoever calls."""
    it = case(
        FIRST,
        heard("Mon 16 Mar 10:00", "call"),
        outcome="rejected",
        outcome_at="Mon 9 Mar 10:00",
        as_of="Tue 17 Mar 10:00",
    )
    assert it.states("state") == ["rejected"]


def test_contacts_after_a_let_go_that_was_undone_are_events_again() -> None:
    """The opportunity counts as open, so that the call starts its clock."""
    it = case(FIRST, heard("Mon 16 Mar 10:00", "call"), **LET_GO, as_of="Tue 17 Mar 10:00")
    assert it.follow_ups("started_at", "ended_by", "verdict") == [
        ("Mon 2 Feb 10:00", "inbound", "missed"),
        ("Mon 16 Mar 10:00", None, "waiting"),
    ]


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (heard("Mon 16 Mar 10:00", "call"), "let_go"),
        (visit("Mon 16 Mar 10:00"), "let_go"),
        (visit("Mon 30 Mar 10:00"), "scheduled"),
    ],
    ids=["not by a call", "not by an interview held", "by an interview still planned"],
)
def test_an_undated_let_go_is_undone_only_by_an_interview_still_planned(
    after: tuple[str, dict], state: str
) -> None:
    """Nobody knows whether anything else came after it."""
    assert case(FIRST, after, outcome="let_go", as_of="Tue 17 Mar 10:00").states("state") == [state]


# -- calendars -------------------------------------------------------------------------------------

# Seven days after Monday 9 February is Presidents' Day in the United States, and Rose Monday, a
# working day by law, in Germany.


@pytest.mark.parametrize(
    ("country", "employer_country", "due_on", "until_on"),
    [
        ("US", None, "Tue 17 Feb", "Thu 19 Feb"),
        ("DE", "US", "Tue 17 Feb", "Thu 19 Feb"),
        ("US", "DE", "Mon 16 Feb", "Wed 18 Feb"),
        (None, None, "Mon 16 Feb", "Wed 18 Feb"),
        (None, "US", "Tue 17 Feb", "Thu 19 Feb"),
    ],
    ids=[
        "the client's, where the employer's is not known",
        "the employer's before the client's",
        "the employer's, though the client has a holiday",
        "weekends only, where neither is known",
        "the employer's alone",
    ],
)
def test_business_days_are_those_of_the_opportunitys_country(
    country: str | None, employer_country: str | None, due_on: str, until_on: str
) -> None:
    """The employer's country, else the client's, else weekends only."""
    it = case(
        visit("Mon 9 Feb 10:00"),
        country=country,
        employer_country=employer_country,
        as_of="Mon 9 Feb 12:00",
    )
    assert it.follow_ups("ready_on", "due_on", "until_on") == [("Mon 16 Feb", due_on, until_on)]


def test_a_subdivision_has_its_own_holidays() -> None:
    """Cesar Chavez Day, Tuesday 31 March, is a holiday in California."""
    days = {
        country: case(
            visit("Tue 24 Mar 10:00"), country=country, as_of="Tue 24 Mar 12:00"
        ).follow_ups("due_on")
        for country in ("US", "US-CA")
    }
    assert days == {"US": ["Tue 31 Mar"], "US-CA": ["Wed 1 Apr"]}


# -- many opportunities ----------------------------------------------------------------------------


def test_opportunities_keep_their_own_clocks() -> None:
    """A follow-up to one employer does not end another's clock, whatever order their ids have."""
    it = together(
        case(FIRST, opportunity_id=5, as_of="Tue 10 Feb 10:00"),
        case(
            FIRST,
            sent("follow_up", "Mon 9 Feb 10:00"),
            opportunity_id=2,
            as_of="Tue 10 Feb 10:00",
        ),
    )
    verdicts = it.follow_ups("opportunity_id", "verdict")
    assert verdicts == [(2, "on_time"), (2, "waiting"), (5, "due")]


def test_a_caseload_longer_than_a_block_comes_out_as_in_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Blocks are for the processor's sake alone: five opportunities, two at a time or at once."""
    it = together(
        *[
            case(
                FIRST,
                sent("thank_you", "Mon 2 Feb 15:00"),
                sent("other", "Tue 3 Feb 15:00", "card"),
                *[sent("follow_up", f"{day} 10:00") for day in days],
                heard("Fri 20 Feb 10:00", needs_answer=True),
                opportunity_id=key,
                client_id=key,
                zone=zone,
                as_of="Tue 24 Feb 10:00",
            )
            for key, zone, days in (
                (9, "America/New_York", ()),
                (7, "Pacific/Auckland", ("Mon 9 Feb",)),
                (5, "Asia/Kathmandu", ("Mon 9 Feb", "Tue 10 Feb")),
                (3, "Europe/London", ("Thu 5 Feb", "Fri 13 Feb", "Mon 16 Feb")),
                (1, "America/New_York", ("Mon 16 Feb",)),
            )
        ]
    )

    def everything() -> list:
        caseload, policy = it.given
        frames = [
            pipeline(caseload, policy, as_of=it.as_of)
            for pipeline in (ck.grade, ck.states, ck.plan, ck.explain)
        ]
        return [*frames, ck.compliance(frames[0], by="client")]

    at_once = everything()
    monkeypatch.setattr(_events, "BLOCK", 2)
    blocks = _events.Scene(*it.given, int(instant("Tue 24 Feb 10:00").timestamp()) * 10**6).blocks()
    assert [sorted(set(numbers.tolist())) for numbers, _ in blocks] == [[0, 1], [2, 3], [4]]
    for whole, in_blocks in zip(at_once, everything(), strict=True):
        assert_frame_equal(whole, in_blocks)
