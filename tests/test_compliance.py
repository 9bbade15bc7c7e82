"""Rates and their intervals, by hand (rules §5)."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

import coachkit as ck
from coachkit import errors, terms
from coachkit.compliance import RATES, in_words, wilson
from tests.build import Case, case, heard, sent, together, told, visit

FIRST = visit("Mon 2 Feb 10:00")
#: How often each verdict stands in ``each_so_often``: powers of two, so that a sum names its parts.
OFTEN = {verdict: 2**place for place, verdict in enumerate(terms.VERDICTS)}


def duties(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as ``grade`` gives them, as far as rates read them; nothing rides along."""
    plain = {"client_id": 1, "field": "law", "coach": None, "until_on": "2026-02-11"}
    frame = pd.DataFrame([plain | {"ended_by": None, "done_at": None} | row for row in rows])
    return frame.astype({"client_id": "Int64", "until_on": "M8[us]"}).assign(
        duty=pd.Categorical(frame["duty"], terms.DUTIES),
        ended_by=pd.Categorical(frame["ended_by"], terms.ENDINGS),
        verdict=pd.Categorical(frame["verdict"], terms.VERDICTS),
        done_at=pd.to_datetime(frame["done_at"], utc=True),
    )


def each_so_often(duty: str, ended_by: str | None = None) -> pd.DataFrame:
    return duties(
        [
            {"duty": duty, "verdict": verdict, "ended_by": ended_by}
            for verdict, often in OFTEN.items()
            for _ in range(often)
        ]
    )


def counted(*verdicts: str) -> int:
    return sum(OFTEN[verdict] for verdict in verdicts)


def counts(rates: pd.DataFrame, rate: str) -> list[tuple[int, int]]:
    return told(rates, f"{rate}_kept", f"{rate}_of")


# -- numerators and denominators -------------------------------------------------------------------


def test_thank_you_rate() -> None:
    """on_time of on_time, late, missed and overdue; nothing else counts."""
    of = counted("on_time", "late", "missed", "overdue")
    assert counts(ck.compliance(each_so_often("thank_you")), "thank_you") == [(1, of)]


def test_follow_up_rate() -> None:
    """on_time of on_time, late, missed, overdue, too_soon and too_many."""
    of = counted("on_time", "late", "missed", "overdue", "too_soon", "too_many")
    assert counts(ck.compliance(each_so_often("follow_up")), "follow_up") == [(1, of)]


@pytest.mark.parametrize(
    ("ended_by", "of"),
    [
        ("follow_up", counted("too_soon", "too_many", "on_time", "late")),
        ("other", counted("too_soon", "too_many")),
    ],
    ids=["all that a follow-up ended", "what another message ended late is no follow-up sent"],
)
def test_pest_rate(ended_by: str, of: int) -> None:
    """too_soon and too_many of the follow-ups that went out."""
    rates = ck.compliance(each_so_often("follow_up", ended_by))
    assert counts(rates, "pest") == [(counted("too_soon", "too_many"), of)]


def test_one_duty_leaves_the_others_rates_alone() -> None:
    """No thank-you, no thank-you rate; a thank-you is no pest."""
    thanked = ck.compliance(each_so_often("thank_you"))
    assert (counts(thanked, "follow_up"), counts(thanked, "pest")) == ([(0, 0)], [(0, 0)])
    assert counts(ck.compliance(each_so_often("follow_up")), "thank_you") == [(0, 0)]


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([sent("other", "Mon 2 Feb 10:00", "card")], 1),
        ([sent("thank_you", "Wed 4 Feb 10:00", "card")], 1),
        ([sent("other", "Mon 2 Feb 09:59:59", "card")], 0),
        ([sent("other", "Mon 9 Feb 10:00", "card"), visit("Mon 9 Feb 09:00")], 1),
        ([sent("other", "Wed 4 Feb 10:00", "card"), visit("Mon 9 Feb 09:00")], 1),
        (
            [
                sent("other", "Wed 4 Feb 10:00", "card"),
                sent("other", "Thu 5 Feb 10:00", "card"),
                visit("Mon 9 Feb 09:00"),
                sent("other", "Tue 10 Feb 10:00", "card"),
            ],
            2,
        ),
        ([heard("Wed 4 Feb 10:00", "card")], 0),
        ([sent("other", "Wed 4 Feb 10:00")], 0),
        ([sent("other", "Wed 11 Mar 10:00", "card")], 0),
    ],
    ids=[
        "at the visit's instant",
        "two days after",
        "not a second before",
        "after the second visit it is the second's",
        "before the second visit it is the first's",
        "two cards for one visit count once, and one for the next",
        "not a card that came",
        "not an e-mail",
        "not one still to come",
    ],
)
def test_card_rate(rows: list, kept: int) -> None:
    """Interviews held with a card sent after them and before the next, of all held."""
    held = 1 + sum(table == "interviews" for table, _ in rows)
    rates = ck.compliance(case(FIRST, *rows, as_of="Tue 10 Mar 10:00").grade())
    assert counts(rates, "card") == [(kept, held)]


def test_a_card_is_the_visits_it_followed_last() -> None:
    """Of two visits by week, the card counts in the second's."""
    it = case(
        FIRST,
        visit("Mon 16 Feb 10:00"),
        sent("other", "Wed 18 Feb 10:00", "card"),
        as_of="Thu 19 Feb 10:00",
    )
    weeks = ck.compliance(it.grade(), by="week").query("card_of > 0")
    assert told(weeks, "week", "card_kept", "card_of") == [
        ("Mon 2 Feb", 0, 1),
        ("Mon 16 Feb", 1, 1),
    ]


# -- rates and intervals ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kept", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
    ],
)
def test_the_interval_is_wilsons(kept: int, of: int, low: float, high: float) -> None:
    """Newcombe (1998), Stat. Med. 17, 857-872, table I, method 3; all kept mirrors none kept."""
    assert [round(float(end[0]), 4) for end in wilson(np.array([kept]), np.array([of]))] == [
        low,
        high,
    ]


def test_rate_and_interval_stand_beside_their_counts() -> None:
    """Eight of ten: 0.8, from 0.4902 to 0.9433."""
    rows = [{"duty": "thank_you", "verdict": v} for v in ["on_time"] * 8 + ["late", "missed"]]
    (row,) = ck.compliance(duties(rows)).to_dict("records")
    assert (row["thank_you_kept"], row["thank_you_of"], row["thank_you_rate"]) == (8, 10, 0.8)
    assert (round(row["thank_you_low"], 4), round(row["thank_you_high"], 4)) == (0.4902, 0.9433)


def test_no_duty_no_rate() -> None:
    """Null, never 0 or 100 %; nothing to count is told as nothing."""
    rows = [
        {"duty": "follow_up", "verdict": verdict}
        for verdict in ("unknown", "waiting", "due", "superseded", "not_needed")
    ]
    rates = ck.compliance(duties(rows))
    assert counts(rates, "follow_up") == [(0, 0)]
    assert rates[["follow_up_rate", "follow_up_low", "follow_up_high"]].isna().all(axis=None)


# -- groups ----------------------------------------------------------------------------------------


def test_each_client_field_and_coach_has_its_own_rates() -> None:
    """In order, a null coach last and kept; the column is called as it was asked for."""
    frame = duties(
        [
            {"duty": "thank_you", "verdict": "late", "client_id": 7, "coach": "Rosa"},
            {"duty": "thank_you", "verdict": "on_time", "client_id": 2, "field": "arts"},
            {"duty": "thank_you", "verdict": "on_time", "client_id": 2, "coach": "Malik"},
            {"duty": "thank_you", "verdict": "missed", "client_id": 7, "coach": "Rosa"},
        ]
    )
    columns = ("thank_you_kept", "thank_you_of")
    wanted = {
        "client": [(2, 2, 2), (7, 0, 2)],
        "client_id": [(2, 2, 2), (7, 0, 2)],
        "field": [("arts", 1, 1), ("law", 1, 3)],
        "coach": [("Malik", 1, 1), ("Rosa", 0, 2), (None, 1, 1)],
    }
    for by, groups in wanted.items():
        assert told(ck.compliance(frame, by=by), by, *columns) == groups


def test_graded_labels_are_grouped_in_order_and_null_is_kept() -> None:
    """Categories as they come from ``grade`` sort by their words, not by their codes."""
    as_of = "Mon 9 Feb 10:00"
    it = together(
        *[
            case(FIRST, client_id=key, opportunity_id=key, coach=coach, field=field, as_of=as_of)
            for key, coach, field in ((1, "Rosa", "law"), (2, None, "arts"), (3, "Malik", "law"))
        ]
    )
    assert told(ck.compliance(it.grade(), by="coach"), "coach", "thank_you_of") == [
        ("Malik", 1),
        ("Rosa", 1),
        (None, 1),
    ]
    assert told(ck.compliance(it.grade(), by="field"), "field", "thank_you_of") == [
        ("arts", 1),
        ("law", 2),
    ]


def test_rates_by_several_columns() -> None:
    """One row per combination that occurs, in order of the first, then the next."""
    frame = duties(
        [
            {"duty": "thank_you", "verdict": "on_time", "client_id": 2, "field": "law"},
            {"duty": "thank_you", "verdict": "late", "client_id": 1, "field": "law"},
            {"duty": "thank_you", "verdict": "on_time", "client_id": 2, "field": "arts"},
        ]
    )
    rates = ck.compliance(frame, by=["client", "field"])
    assert told(rates, "client", "field", "thank_you_kept", "thank_you_of") == [
        (1, "law", 0, 1),
        (2, "arts", 1, 1),
        (2, "law", 1, 1),
    ]


def test_few_of_very_many_combinations() -> None:
    """Forty clients, each with a field and a week of their own: forty rows, not 64,000."""
    frame = duties(
        [
            {
                "duty": "thank_you",
                "verdict": "on_time" if number % 2 else "late",
                "client_id": number,
                "field": f"field {number:02}",
                "until_on": f"{pd.Timestamp('2026-02-02') + pd.Timedelta(weeks=number):%Y-%m-%d}",
            }
            for number in reversed(range(40))
        ]
    )
    rates = ck.compliance(frame, by=["client", "field", "week"])
    assert told(rates, "client", "field", "thank_you_kept", "thank_you_of") == [
        (number, f"field {number:02}", number % 2, 1) for number in range(40)
    ]


def test_rates_of_everything_are_one_row() -> None:
    """Without ``by``, also where there is nothing."""
    empty = ck.grade(ck.Caseload.empty(), ck.Policy.default(), as_of="2026-02-02T12:00:00Z")
    rates = ck.compliance(empty)
    assert [counts(rates, rate) for rate in RATES] == [[(0, 0)]] * 4
    assert rates["card_rate"].isna().all()


@pytest.mark.parametrize("by", ["client", "field", "coach", "week", ["coach", "week"]])
def test_nothing_graded_has_no_groups(by: Any) -> None:
    """An empty frame keeps its columns."""
    empty = ck.grade(ck.Caseload.empty(), ck.Policy.default(), as_of="2026-02-02T12:00:00Z")
    rates = ck.compliance(empty, by=by)
    names = [by] if isinstance(by, str) else by
    parts = ("kept", "of", "rate", "low", "high")
    assert list(rates.columns) == names + [f"{rate}_{part}" for rate in RATES for part in parts]
    assert rates.empty


def test_the_columns_and_their_dtypes() -> None:
    """Counts are Int64, shares Float64."""
    rates = ck.compliance(case(FIRST, as_of="Mon 9 Feb 10:00").grade(), by=["client", "week"])
    dtypes = {name: str(dtype) for name, dtype in rates.dtypes.items()}
    shares = {
        f"{rate}_{part}": "Int64" if part in ("kept", "of") else "Float64"
        for rate in ("thank_you", "follow_up", "pest", "card")
        for part in ("kept", "of", "rate", "low", "high")
    }
    assert list(dtypes.items()) == list(
        ({"client": "Int64", "week": "datetime64[us]"} | shares).items()
    )


# -- weeks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until_on", "week"),
    [
        ("2026-02-08", "Mon 2 Feb"),
        ("2026-02-09", "Mon 9 Feb"),
        ("2025-12-31", "Mon 29 Dec 2025"),
        ("1969-12-31", "Mon 29 Dec 1969"),
    ],
    ids=["a Sunday closes its week", "a Monday opens one", "across the year", "before 1970"],
)
def test_a_week_is_the_monday_of_the_deadlines_day(until_on: str, week: str) -> None:
    """Monday to Sunday."""
    frame = duties([{"duty": "thank_you", "verdict": "on_time", "until_on": until_on}])
    assert told(ck.compliance(frame, by="week"), "week") == [week]


@pytest.mark.parametrize(
    ("sunday", "monday", "weeks"),
    [
        ("Sun 1 Mar 23:30", "Mon 2 Mar 00:30", ["Mon 23 Feb", "Mon 2 Mar"]),
        ("Sun 8 Mar 23:30", "Mon 9 Mar 00:30", ["Mon 2 Mar", "Mon 9 Mar"]),
    ],
    ids=["in winter time", "on the night after the clock change"],
)
@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Auckland"])
def test_what_came_too_soon_counts_in_the_week_of_the_contact(
    sunday: str, monday: str, weeks: list[str], zone: str
) -> None:
    """Of its own local day in the client's zone, not of the deadline three weeks later."""
    found = [
        ck.compliance(
            case(
                visit("Fri 27 Feb 10:00"),
                sent("follow_up", at),
                wait_days=30,
                zone=zone,
                as_of="Tue 10 Mar 10:00",
            )
            .grade()
            .query("verdict == 'too_soon'"),
            by="week",
        )
        for at in (sunday, monday)
    ]
    assert [told(rates, "week")[0] for rates in found] == weeks
    assert [counts(rates, "pest") for rates in found] == [[(1, 1)], [(1, 1)]]


def test_what_came_too_often_counts_in_the_week_of_the_contact() -> None:
    """The third follow-up, of 2 March, though that clock's last day was in the week before."""
    it = case(
        FIRST,
        *[sent("follow_up", f"{day} 10:00") for day in ("Mon 9 Feb", "Mon 16 Feb", "Mon 2 Mar")],
        as_of="Tue 3 Mar 10:00",
    )
    weeks = ck.compliance(it.grade(), by="week").query("pest_kept > 0")
    assert told(weeks, "week", "pest_kept", "pest_of") == [("Mon 2 Mar", 1, 1)]


# -- what was done to the frame on the way ---------------------------------------------------------


def two_clients() -> Case:
    """Two clients far apart, each with a card and a follow-up that came too soon."""
    return together(
        *[
            case(
                FIRST,
                sent("other", "Tue 3 Feb 10:00", "card"),
                sent("follow_up", "Wed 4 Feb 23:30"),
                opportunity_id=key,
                client_id=key,
                zone=zone,
                as_of="Tue 10 Feb 12:00",
            )
            for key, zone in ((1, "America/New_York"), (2, "Pacific/Auckland"))
        ]
    )


@pytest.mark.parametrize(
    "part",
    [
        lambda frame: frame[frame["client_id"] == 2],
        lambda frame: frame.query("client_id == 2").reset_index(drop=True),
        lambda frame: frame.iloc[::-1].loc[lambda rows: rows["client_id"] == 2],
        lambda frame: frame[frame["client_id"] == 2].copy(deep=True),
        lambda frame: frame[frame["client_id"] == 2].assign(note="mine"),
    ],
    ids=["filtered", "renumbered", "turned round", "copied", "with a column more"],
)
def test_a_part_of_the_rows_keeps_its_cards_and_its_zones(part: Any) -> None:
    """Whatever was filtered, the second client's visit, card and too early note are counted."""
    rates = ck.compliance(part(two_clients().grade()), by=["client", "week"])
    assert told(rates, "week", "card_kept", "card_of", "pest_kept", "pest_of") == [
        ("Mon 2 Feb", 1, 1, 1, 1),
        ("Mon 9 Feb", 0, 0, 0, 0),
    ]


def test_a_frame_that_lost_what_rode_along_has_no_card_rate() -> None:
    """Its other rates stand; cards are null, not 0."""
    frame = two_clients().grade()
    whole = ck.compliance(frame)
    frame.attrs.clear()
    rates = ck.compliance(frame)
    assert told(rates, "card_kept", "card_of", "card_rate") == [(None, 2, None)]
    assert counts(rates, "pest") == counts(whole, "pest") == [(2, 2)]
    assert list(rates.dtypes) == list(whole.dtypes)


def test_a_frame_that_lost_its_zones_cannot_be_told_by_week() -> None:
    """The week of a contact that came too soon needs the client's zone; it says what to do."""
    frame = two_clients().grade()
    frame.attrs.clear()
    with pytest.raises(errors.UngradedFrame) as fault:
        ck.compliance(frame, by="week")
    assert str(fault.value) == (
        "These rows lost their clients' time zones, so their weeks cannot be told. Take them from "
        "one frame that coachkit.grade returned."
    )


def test_without_a_pest_the_weeks_need_no_zone() -> None:
    """A deadline's local day is in the frame."""
    frame = case(FIRST, as_of="Mon 9 Feb 10:00").grade()
    frame.attrs.clear()
    assert told(ck.compliance(frame, by="week"), "week") == ["Mon 2 Feb", "Mon 9 Feb"]


def test_two_halves_of_one_frame_are_the_whole() -> None:
    """Put together again, in the other order."""
    frame = two_clients().grade()
    halves = pd.concat([frame[frame["client_id"] == 2], frame[frame["client_id"] == 1]])
    for by in ("client", "week"):
        pd.testing.assert_frame_equal(ck.compliance(halves, by=by), ck.compliance(frame, by=by))


@pytest.mark.parametrize("by", ["client", "week", "field", ["coach", "week"]])
def test_rows_that_stand_twice_count_twice(by: Any) -> None:
    """A frame put under itself repeats its row labels; that is no fault."""
    frame = two_clients().grade()
    once, twice = ck.compliance(frame, by=by), ck.compliance(pd.concat([frame, frame]), by=by)
    for rate in RATES:
        assert counts(twice, rate) == [(2 * kept, 2 * of) for kept, of in counts(once, rate)]


def test_frames_of_two_caseloads_have_rates_but_no_cards() -> None:
    """Which cards and zones are whose is lost; fields of either are there."""
    other = case(FIRST, field="law", as_of="Mon 9 Feb 10:00", opportunity_id=9, client_id=9)
    both = pd.concat([two_clients().grade(), other.grade()])
    rates = ck.compliance(both, by="field")
    assert told(rates, "field", "thank_you_of", "card_kept", "card_of") == [
        ("accounting", 2, None, 2),
        ("law", 1, None, 1),
    ]


# -- refused ---------------------------------------------------------------------------------------


def test_an_unknown_grouping_is_refused() -> None:
    """It says which there are."""
    frame = case(FIRST, as_of="Mon 9 Feb 10:00").grade()
    with pytest.raises(errors.UnknownGrouping) as fault:
        ck.compliance(frame, by=["client", "month"])
    assert str(fault.value) == (
        "Rates cannot be grouped by 'month'. Use client, client_id, field, coach or week."
    )


def test_a_frame_that_was_not_graded_is_refused() -> None:
    """It names the columns that are missing."""
    frame = case(FIRST, as_of="Mon 9 Feb 10:00").grade().drop(columns=["verdict", "duty"])
    with pytest.raises(errors.UngradedFrame) as fault:
        ck.compliance(frame)
    assert str(fault.value) == (
        "The frame lacks duty and verdict. Rates need what coachkit.grade returns."
    )


# -- in words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kept", "of", "words"),
    [
        (0, 0, "nothing yet"),
        (None, 4, "nothing yet"),
        (0, 1, "0 of 1"),
        (9, 9, "9 of 9"),
        (10, 10, "100 % (10 of 10)"),
        (25, 30, "83 % (25 of 30)"),
        (0, 12, "0 % (0 of 12)"),
    ],
)
def test_a_rate_in_words(kept: Any, of: int, words: str) -> None:
    """Counts under ten duties, then a percentage with them."""
    assert in_words(kept, of) == words
