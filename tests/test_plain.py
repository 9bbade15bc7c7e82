"""A cell that is read by itself is read as the door of every column reads it, or not at all."""

from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachkit import terms
from coachkit._columns import Door, read_column
from coachkit.store.cells import TERMS, stored
from coachkit.store.plain import DOUBT, read_plain

COLUMNS = [column for table in TERMS.values() for column in table]
KINDS = {column.kind: column for column in COLUMNS}
OPTIONAL = {column.kind: column for column in COLUMNS if column.optional}

zones = st.sampled_from([UTC, timezone(timedelta(hours=-7)), timezone(timedelta(minutes=345))])
aware = st.datetimes(timezones=zones)
pieces = st.sampled_from(["2026-02-02", "T", " ", "15:00", ":00", ".5", ".123456", "Z", "-05:00"])
cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.integers(-3, terms.LONGEST_SPAN + 3),
    st.floats(),
    st.text(),
    st.dates(),
    st.datetimes(),
    aware,
    aware.map(datetime.isoformat),
    st.dates().map(date.isoformat),
    st.lists(pieces, max_size=5).map("".join),
    st.sampled_from([pd.NaT, pd.NA, np.int64(3), np.True_, pd.Timestamp("2026-02-02T15:00:00Z")]),
    st.sampled_from(["out", " out ", "Out", "UTC", "Europe/Berlin ", "US-CA", "us", "DE", " "]),
    st.sampled_from(["24:00", "2026-02-02T24:00:00Z", "2026-02-02T15:00:60Z", "0000-01-01"]),
    st.sampled_from(["1899-12-31", "2200-01-01", "2199-12-31", "2199-12-31T23:59:59-01:00"]),
    st.sampled_from(["\0", "\ud800", "a\0b", "×", "２０２６-02-02"]),
)


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(cell=cells)
def test_read_plainly_it_is_the_same(kind: terms.Kind, cell: object) -> None:
    """Whatever the cell and the kind of its column; else it is in doubt, and goes to the door."""
    for column in {KINDS[kind], OPTIONAL.get(kind, KINDS[kind])}:
        plain = read_plain(cell, column)
        if plain is DOUBT:
            continue
        door = Door("clients")
        (read,) = stored(read_column(pd.Series([cell], dtype=object), column, door), column)
        assert door.faults == []
        assert plain == read
        assert type(plain) is type(read)


@pytest.mark.parametrize(
    ("kind", "cell", "kept"),
    [
        ("instant", "2026-02-02T15:00:00-05:00", 1_770_062_400_000_000),
        ("instant", datetime(2026, 2, 2, 20, tzinfo=UTC), 1_770_062_400_000_000),
        ("instant", pd.Timestamp("2026-02-02T20:00:00Z"), 1_770_062_400_000_000),
        ("day", "2026-02-02", 20_486),
        ("day", date(2026, 2, 2), 20_486),
        ("number", 5, 5),
        ("flag", True, 1),
        ("text", " as it is ", " as it is "),
        ("zone", "Europe/Berlin ", "Europe/Berlin"),
        ("country", "US-CA", "US-CA"),
    ],
)
def test_what_is_written_as_it_should_be_is_read(
    kind: terms.Kind, cell: object, kept: object
) -> None:
    """So that a verb does not take the long way."""
    assert read_plain(cell, KINDS[kind]) == kept
