"""The fast room's pieces against loops, sorts and ``zoneinfo`` that anybody can read."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from unittest.mock import patch
from zoneinfo import ZoneInfo

import holidays
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coachkit import _arrays
from coachkit._arrays import (
    DAY,
    SECOND,
    BusinessDays,
    IdIndex,
    LocalDays,
    in_order,
    looked_up,
    replaced,
    spells,
)
from coachkit._calendars import holiday_names

EPOCH = date(1970, 1, 1)
MIDNIGHT = datetime(1970, 1, 1, tzinfo=UTC)


def integers(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


# -- order -----------------------------------------------------------------------------------------

Event = tuple[int, int, int]  # group, at, rank
few_instants = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2))
close_instants = st.tuples(
    st.integers(0, 40), st.integers(-50, 50).map(lambda at: at * SECOND), st.integers(0, 2)
)
far_apart = st.tuples(  # from 1900 to 2199, some of them a few microseconds apart
    st.sampled_from((0, 1, 4095, 3_000_000)),
    st.builds(
        lambda begin, more: begin + more,
        st.sampled_from((-2_208_988_800 * SECOND, 0, 7_258_118_399 * SECOND)),
        st.integers(-3, 3),
    ),
    st.integers(0, 2),
)


def put_in_order(events: list[Event], ids: list[int], size: int) -> list[tuple[list, list]]:
    group, at, rank = (integers(*column) for column in zip(*events, strict=True))
    blocks = in_order(group, at, lambda rows: (rank[rows], integers(*ids)[rows]), size)
    return [(groups.tolist(), rows.tolist()) for groups, rows in blocks]


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.lists(few_instants, min_size=1, max_size=60),
        st.lists(close_instants, min_size=1, max_size=60),
        st.lists(far_apart, min_size=1, max_size=40),
    ),
    st.randoms(use_true_random=False),
)
@example([(3_000_000, 3, 0), (3_000_000, 1, 0), (3_000_000, 7_258_118_399 * SECOND, 0)], Random(1))
def test_events_come_in_the_order_of_a_plain_sort(events: list[Event], random: Random) -> None:
    """By group, instant, rank and id, however many share an instant and however far they reach."""
    ids = random.sample(range(-500, 500), len(events))
    blocks = put_in_order(events, ids, 8192)
    wanted = sorted(range(len(events)), key=lambda row: (*events[row], ids[row]))
    assert [row for _, rows in blocks for row in rows] == wanted
    assert [number for groups, _ in blocks for number in groups] == [
        events[row][0] for row in wanted
    ]


def test_a_block_holds_so_many_groups() -> None:
    """Two at a time; groups without an event make no block."""
    events = [(6, 0, 0), (0, 5, 0), (1, 0, 0), (2, 0, 0), (0, 4, 0)]
    assert put_in_order(events, [1, 2, 3, 4, 5], 2) == [
        ([0, 0, 1], [4, 1, 2]),
        ([2], [3]),
        ([6], [0]),
    ]


def test_no_events_make_no_block() -> None:
    """Nothing to sort is no fault."""
    nothing = integers()
    assert list(in_order(nothing, nothing, lambda rows: (rows,), 2)) == []


def test_an_array_longer_than_a_chunk_is_worked_on_whole() -> None:
    """Chunks are for the cache's sake alone."""
    events = [(row % 3, -row, 0) for row in range(11)]
    ids = IdIndex(np.arange(100, 120))
    table = np.array([10, 20, 30], dtype=np.int16)
    with patch.object(_arrays, "_CHUNK", 4):
        ((_, rows),) = put_in_order(events, list(range(11)), 8)
        positions = ids(np.arange(105, 116))
        words = looked_up(table, np.arange(11) % 3)
    assert rows == [9, 6, 3, 0, 10, 7, 4, 1, 8, 5, 2]
    assert positions.tolist() == list(range(5, 16))
    assert words.tolist() == [10, 20, 30] * 3 + [10, 20]


# -- look-ups --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ids",
    [
        [4, 5, 6, 9],
        [-7, -3, 0, 2],
        [-(2**62), -5, 3, 2**62],
        [10, 2_000_000_000_000],
        [42],
    ],
    ids=["dense", "negative", "as far apart as can be", "sparse", "one"],
)
def test_every_id_finds_its_position(ids: list[int]) -> None:
    """By a table where they lie close, by a search where they do not."""
    asked = [*reversed(ids), *ids]
    assert IdIndex(integers(*ids))(integers(*asked)).tolist() == [ids.index(one) for one in asked]


def test_no_ids_and_nothing_asked_is_no_fault() -> None:
    """An empty caseload has an index too."""
    assert IdIndex(integers())(integers()).tolist() == []


def test_a_code_looks_up_its_value_and_minus_one_the_last() -> None:
    """-1 is how a category says null; the table keeps its last cell for it."""
    table = np.array([7, 8, 9], dtype=np.uint8)
    found = looked_up(table, np.array([2, 0, -1, 1], dtype=np.int8))
    assert (found.tolist(), found.dtype) == ([9, 7, 9, 8], np.uint8)


def test_a_spell_lasts_from_one_mark_to_the_next() -> None:
    """The marked places, and which of them was the last at every place."""
    marks = np.array([True, False, False, True, True, False])
    places, number = spells(marks)
    assert (places.tolist(), number.tolist()) == ([0, 3, 4], [0, 0, 0, 1, 2, 2])


def test_nothing_marked_of_nothing() -> None:
    """An empty stream has no spells."""
    places, number = spells(np.empty(0, dtype=bool))
    assert (places.tolist(), number.tolist()) == ([], [])


def test_replaced_leaves_the_original_as_it_was() -> None:
    """Values by place, in a copy."""
    values = integers(1, 2, 3)
    assert replaced(values, integers(0, 2), integers(9, 8)).tolist() == [9, 2, 8]
    assert replaced(values, integers(1), 0).tolist() == [1, 0, 3]
    assert values.tolist() == [1, 2, 3]


# -- local days ------------------------------------------------------------------------------------

#: A zone and an instant at which its clock changed: by an hour, by half of one or a quarter, at the
#: client's midnight, by a whole day, at the turn of a year, and for a month of Ramadan.
CHANGES = (
    ("America/New_York", "2026-03-08T07:00:00"),
    ("America/New_York", "2026-11-01T06:00:00"),
    ("America/St_Johns", "2006-10-29T02:31:00"),
    ("America/Santiago", "2026-04-05T03:00:00"),
    ("Australia/Lord_Howe", "2026-10-03T15:30:00"),
    ("Asia/Beirut", "2026-03-28T22:00:00"),
    ("Asia/Kathmandu", "1985-12-31T18:30:00"),
    ("Pacific/Apia", "2011-12-30T10:00:00"),
    ("Pacific/Kiritimati", "1994-12-31T10:00:00"),
    ("Africa/Casablanca", "2026-02-15T02:00:00"),
    ("Europe/Dublin", "2026-10-25T01:00:00"),
)
ZONES = sorted({zone for zone, _ in CHANGES})


@pytest.mark.parametrize(("zone", "change"), CHANGES)
def test_a_zones_clock_does_change_then(zone: str, change: str) -> None:
    """The cases below stand where they should."""
    at = datetime.fromisoformat(change).replace(tzinfo=UTC)
    before, after = (
        moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in (at - timedelta(seconds=1), at)
    )
    assert before != after


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(CHANGES),
            st.one_of(
                st.integers(-2, 2),
                st.integers(-86_400, 86_400).map(lambda seconds: seconds * SECOND),
                st.integers(-400 * DAY, 400 * DAY),
            ),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_local_days_are_those_of_zoneinfo(near: list[tuple[tuple[str, str], int]]) -> None:
    """To the microsecond around a change, in the hours around it, and a year to either side."""
    moments = [
        datetime.fromisoformat(change).replace(tzinfo=UTC) + timedelta(microseconds=offset)
        for (_, change), offset in near
    ]
    instants = integers(*[(at - MIDNIGHT) // timedelta(microseconds=1) for at in moments])
    days = LocalDays(ZONES, int(instants.min()), int(instants.max()))
    rows = days.rows(np.array([ZONES.index(zone) for (zone, _), _ in near]))
    assert days.of(instants, rows).tolist() == [
        (at.astimezone(ZoneInfo(zone)).date() - EPOCH).days
        for at, ((zone, _), _) in zip(moments, near, strict=True)
    ]


def test_instants_before_1970_have_local_days_too() -> None:
    """Midnight of 1900 and of 1970 in UTC are still the evening before in New York."""
    days = LocalDays(["America/New_York"], -2_208_988_800 * SECOND, 0)
    instants = integers(-2_208_988_800 * SECOND, -1, 0)
    assert days.of(instants, days.rows(integers(0, 0, 0))).tolist() == [-25_568, -1, -1]


SKIPPED = {("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Kiritimati", date(1994, 12, 31))}
zone_days = st.tuples(st.sampled_from(CHANGES), st.integers(-3, 400)).map(
    lambda near: (near[0][0], datetime.fromisoformat(near[0][1]).date() + timedelta(days=near[1]))
)


@settings(max_examples=40, deadline=None)
@given(st.lists(zone_days.filter(lambda there: there not in SKIPPED), min_size=1, max_size=40))
def test_a_days_last_second_is_23_59_59_on_it(there: list[tuple[str, date]]) -> None:
    """The first one where that hour comes twice, on the last day of the range too."""
    numbers = np.array([(day - EPOCH).days for _, day in there])
    days = LocalDays(ZONES, int(numbers.min()) * DAY, int(numbers.max()) * DAY)
    rows = days.rows(np.array([ZONES.index(zone) for zone, _ in there]))
    for second, (zone, day) in zip(days.last_second(numbers, rows).tolist(), there, strict=True):
        told = (MIDNIGHT + timedelta(microseconds=second)).astimezone(ZoneInfo(zone))
        assert (told.date(), f"{told:%H:%M:%S.%f}", told.fold) == (day, "23:59:59.000000", 0)


# -- business days ---------------------------------------------------------------------------------

COUNTRIES: tuple[str | None, ...] = (None, "US", "US-CA", "GB-SCT", "DE-BY", "NZ")


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(COUNTRIES),
    st.dates(date(2024, 12, 20), date(2027, 1, 10)),
    st.integers(0, 15),
)
@example(None, date(2027, 1, 10), 250)
def test_business_days_are_counted_as_on_fingers(country: str | None, day: date, more: int) -> None:
    """The first on or after a day, and so many further ones, over weekends and holidays."""
    business = BusinessDays(
        COUNTRIES, (date(2024, 12, 20) - EPOCH).days, (date(2027, 1, 10) - EPOCH).days
    )
    row = business.rows(np.array([COUNTRIES.index(country)]))
    rank = business.rank(np.array([(day - EPOCH).days]), row)

    code, _, part = (country or "").partition("-")
    closed = holidays.country_holidays(code, subdiv=part or None) if country else {}

    def on_or_after(day: date) -> date:
        while day.weekday() >= 5 or day in closed:
            day += timedelta(days=1)
        return day

    wanted = on_or_after(day)
    for _ in range(more):
        wanted = on_or_after(wanted + timedelta(days=1))
    assert EPOCH + timedelta(days=int(business.day(rank + more)[0])) == wanted


def test_thanksgiving_and_the_weekend_by_hand() -> None:
    """From Thursday 26 November 2026: Friday in the United States, Thursday without a calendar."""
    thursday = (date(2026, 11, 26) - EPOCH).days
    business = BusinessDays([None, "US"], thursday, thursday)
    row = business.rows(np.array([0, 1]))
    rank = business.rank(np.array([thursday, thursday]), row)
    assert (business.day(rank) - thursday).tolist() == [0, 1]
    assert (business.day(rank + 2) - thursday).tolist() == [4, 5]


def test_no_country_has_no_holidays() -> None:
    """Null means weekends only; a country's days carry their names."""
    assert holiday_names(None, 2026) == {}
    assert holiday_names("US", 2026)[date(2026, 11, 11)] == "Veterans Day"
