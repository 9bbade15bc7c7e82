"""One column at a time: what is read as what, what is refused, and how it is told."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal, assert_series_equal

from coachkit import errors, terms
from coachkit._columns import Door, conform, empty, microseconds
from coachkit.terms import Column, Kind, Table

ALLOWED = ("open", "offer")
NOTHING = [None, np.nan, pd.NA, pd.NaT, "", "  ", "\t\n"]
NOTHING_IDS = ["None", "NaN", "NA", "NaT", "empty", "blanks", "white space"]


def column(kind: Kind, *, optional: bool = True) -> Column:
    allowed = ALLOWED if kind == "choice" else ()
    return Column("it", kind, "what it is", optional=optional, allowed=allowed)


def read(
    cells: Iterable[Any], kind: Kind, *, optional: bool = True, in_file: bool = False
) -> tuple[pd.Series, list[errors.CoachkitError]]:
    """A column of its kind, and what is wrong with it."""
    series = cells if isinstance(cells, pd.Series) else pd.Series(list(cells), dtype=object)
    door = Door("them", in_file=in_file)
    frame = conform(
        series.to_frame("it"), Table("them", "one", (column(kind, optional=optional),)), door
    )
    assert frame["it"].dtype == pd.api.types.pandas_dtype(terms.DTYPES[kind]) or (
        terms.DTYPES[kind] == "category" and frame["it"].dtype == "category"
    )
    return frame["it"], door.faults


def values(cells: pd.Series) -> list[Any]:
    return [None if pd.isna(cell) else cell for cell in cells.astype(object)]


def refused(cell: Any, kind: Kind, **options: bool) -> errors.CoachkitError:
    """The one fault of the second of two cells, the first being empty."""
    cells, faults = read([None, cell], kind, **options)
    assert len(faults) == 1
    assert values(cells) == [None, None]
    assert str(faults[0]).startswith("them, column 'it', row 2: ")
    return faults[0]


# -- every kind ------------------------------------------------------------------------------------

KINDS: list[Kind] = list(terms.DTYPES)


@pytest.mark.parametrize("cell", NOTHING, ids=NOTHING_IDS)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_null_in_an_optional_column(kind: Kind, cell: object) -> None:
    """Every null of Python and pandas, and a text of blanks alone."""
    cells, faults = read([cell], kind)
    assert values(cells) == [None]
    assert faults == []


@pytest.mark.parametrize("cell", NOTHING, ids=NOTHING_IDS)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_in_a_required_column_is_told_once(kind: Kind, cell: object) -> None:
    """As missing, and not as unreadable too."""
    _, faults = read([cell], kind, optional=False)
    assert [type(fault) for fault in faults] == [errors.MissingValue]
    assert str(faults[0]) == (
        "them, column 'it', row 1: nothing is there (what it is). Fill it in."
    )


@pytest.mark.parametrize("dtype", [object, "str", "category"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_rows_are_no_fault(kind: Kind, dtype: Any) -> None:
    """An empty column has the dtype of its kind, whatever it had before."""
    cells, faults = read(pd.Series([], dtype=dtype), kind, optional=False)
    assert (len(cells), faults) == (0, [])


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_of_nulls_has_the_dtype_of_its_kind(kind: Kind) -> None:
    """The same as one that was read from nulls."""
    assert_series_equal(empty(column(kind), 2), read([None, None], kind)[0], check_names=False)


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.binary(),
    st.dates(),
    st.times(),
    st.datetimes(timezones=st.one_of(st.none(), st.timezones())),
    st.timedeltas(),
    st.decimals(allow_nan=False),
    st.complex_numbers(),
    st.lists(st.integers(), max_size=2),
    st.sampled_from([pd.NaT, pd.NA, np.datetime64("NaT"), np.datetime64("2026-02-02"), object]),
    st.sampled_from([np.int8(1), np.float32(1.5), np.bool_(True), np.str_("x"), 10**5000]),
    st.sampled_from([pd.Timestamp("2026-02-02T10:00Z"), pd.Timestamp.max, pd.Period("2026-02")]),
    st.sampled_from(["open", "UTC", "US-CA", "true", "2026-02-02", "2026-02-02T10:00Z", "1e3"]),
)


@settings(deadline=None)
@given(st.lists(ANYTHING, max_size=4), st.sampled_from(KINDS), st.booleans())
def test_whatever_stands_in_a_cell_is_read_or_refused(
    cells: list[Any], kind: Kind, optional: bool
) -> None:
    """Never another exception, every message one line that ends; what is refused is null."""
    series, faults = read(cells, kind, optional=optional)
    for fault in faults:
        assert isinstance(fault, errors.CoachkitError)
        assert re.fullmatch(r"them, column 'it', rows? [^\n]+\.", str(fault))
        assert len(str(fault)) < 400
    if not faults:
        again, none = read(series, kind, optional=optional)
        assert none == []
        assert_series_equal(again, series)


@pytest.mark.parametrize("kind", KINDS)
def test_reading_leaves_the_frame_as_it_was(kind: Kind) -> None:
    """Nor does a change of it reach what was read."""
    frame = pd.DataFrame({"it": ["1", "x", None], "own": [1, 2, 3]}, dtype=object)
    before = frame.copy(deep=True)
    after = conform(frame, Table("them", "one", (column(kind),)), Door("them"))
    assert_frame_equal(frame, before)
    kept = after.copy(deep=True)
    frame.loc[:, "own"] = 9
    frame.loc[0, "it"] = "2"
    assert_frame_equal(after, kept)


def test_a_frame_that_is_right_is_not_shared_either() -> None:
    """Columns that need no change are still the caseload's own."""
    ids = Table("them", "one", (column("id"), Column("at", "instant", "when", optional=True)))
    frame = pd.DataFrame(
        {"it": pd.array([1], "Int64"), "at": [pd.Timestamp("2026-02-02", tz="UTC")]}
    )
    after = conform(frame, ids, Door("them"))
    frame.loc[0, "it"] = 5
    frame.loc[0, "at"] = pd.NaT
    assert values(after["it"]) == [1]
    assert after["at"].notna().all()


# -- numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [7, 7.0, "7", " 7 ", "7.0", "7.", "+7", "007", np.int8(7), np.uint64(7), np.float32(7)],
    ids=repr,
)
def test_a_whole_number_is_read_however_it_is_written(cell: object) -> None:
    """As a number of any width, as a float without a fraction, as digits."""
    cells, faults = read([cell, None], "id")
    assert values(cells) == [7, None]
    assert faults == []


@pytest.mark.parametrize(
    "cells",
    [
        pd.Series([7, 8], dtype="int8"),
        pd.Series([7, 8], dtype="uint64"),
        pd.Series([7, 8], dtype="float64"),
        pd.Series([7, 8], dtype="Int64"),
        pd.Series([7, 8], dtype="Float64"),
        pd.Series(["7", "8"], dtype="str"),
        pd.Series(["7", "8"], dtype="string"),
        pd.Series(["7", "8"], dtype="category"),
        pd.Series([7, 8], dtype="category"),
    ],
    ids=lambda cells: str(cells.dtype),
)
def test_ids_may_come_in_any_dtype(cells: pd.Series) -> None:
    """They are Int64 afterwards."""
    read_cells, faults = read(cells, "id")
    assert values(read_cells) == [7, 8]
    assert faults == []


@pytest.mark.parametrize("number", [2**53 + 1, 2**63 - 1, -(2**63) + 1])
def test_large_ids_keep_every_digit(number: int) -> None:
    """They do not pass through floats."""
    for cells in (
        pd.Series([number]),
        pd.Series([str(number), None]),
        pd.Series([number, None], dtype=object),
    ):
        assert values(read(cells, "id")[0])[0] == number


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("1e3", "'1e3'"),
        ("1.5", "'1.5'"),
        (1.5, "'1.5'"),
        ("1,000", "'1,000'"),
        ("1_000", "'1_000'"),
        ("0x10", "'0x10'"),
        ("7\x1b[31m", r"'7\x1b[31m'"),
        ("C-7", "'C-7'"),
        (2**63, "'9223372036854775808'"),
        (2**70, "'1180591620717411303424'"),
        (1e300, "'1e+300'"),
        (2.0**60, "'1.152921504606847e+18'"),
        ("9" * 5000, f"'{'9' * 60}…'"),
        pytest.param(10**5000, "what stands there", id="huge"),
        (True, "what stands there"),
        (np.inf, "what stands there"),
        ("seven", "what stands there"),
        ("Amara Osei", "what stands there"),
        (Decimal("7"), "'7'"),
        (date(2026, 2, 2), "'2026-02-02'"),
    ],
    ids=repr,
)
def test_what_is_no_whole_number_is_refused(cell: object, shown: str) -> None:
    """It is shown if there is a digit in it: a word may be somebody's name."""
    fault = refused(cell, "id")
    assert type(fault) is errors.UnreadableValue
    assert str(fault) == (
        f"them, column 'it', row 2: {shown} is not a whole number. Write digits only."
    )


def test_flags_are_no_ids() -> None:
    """True is not 1 here."""
    _, faults = read(pd.Series([True, False]), "id")
    assert [type(fault) for fault in faults] == [errors.UnreadableValue]


@pytest.mark.parametrize("cell", [0, "0", terms.LONGEST_SPAN])
def test_a_span_may_be_nothing(cell: object) -> None:
    """0 counts (rules §7)."""
    cells, faults = read([cell], "number")
    assert values(cells) == [int(str(cell))]
    assert faults == []


@pytest.mark.parametrize("cell", [-1, "-1", terms.LONGEST_SPAN + 1, 2**62])
def test_a_span_out_of_bounds_is_refused(cell: object) -> None:
    """Below zero, or longer than any wait."""
    fault = refused(cell, "number")
    assert type(fault) is errors.OutOfRange
    assert f"'{cell}' is out of bounds. Write a number from 0 to 10000." in str(fault)


# -- flags -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "flag"),
    [
        *((yes, True) for yes in (True, np.bool_(True), 1, 1.0, "true", "True", " TRUE ", "1")),
        *((no, False) for no in (False, np.bool_(False), 0, 0.0, "false", "False", "FALSE", "0")),
    ],
    ids=repr,
)
def test_a_flag_is_read_however_it_is_written(cell: object, flag: bool) -> None:
    """As a bool, as 1 or 0, as the word in any case."""
    cells, faults = read([cell, None], "flag")
    assert values(cells) == [flag, None]
    assert faults == []


@pytest.mark.parametrize(
    "cells",
    [
        pd.Series([True, False], dtype="bool"),
        pd.Series([True, False], dtype="boolean"),
        pd.Series([True, False], dtype="category"),
        pd.Series([1, 0], dtype="int64"),
        pd.Series([1, 0], dtype="Float64"),
        pd.Series(["true", "false"], dtype="str"),
        pd.Series(["true", "false"], dtype="category"),
    ],
    ids=lambda cells: str(cells.dtype),
)
def test_flags_may_come_in_any_dtype(cells: pd.Series) -> None:
    """They are boolean afterwards."""
    assert values(read(cells, "flag")[0]) == [True, False]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("yes", "'yes'"), (2, "'2'"), ("x", "'x'"), ("Amara Osei", "what stands there")],
)
def test_what_is_no_flag_is_refused(cell: object, shown: str) -> None:
    """Yes and no are for the import to translate."""
    fault = refused(cell, "flag")
    assert type(fault) is errors.UnreadableValue
    assert str(fault).endswith(f"{shown} is neither true nor false. Write true or false.")


# -- texts and words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["NA", "null", "=1+1", " both ends ", "007", "a\r\nb", "🙂", "\u202eabc", "\x1b[31m"]
)
@pytest.mark.parametrize("kind", ["text", "label"])
@pytest.mark.parametrize("dtype", [object, "str", "category"])
def test_a_text_is_kept_as_it_is(text: str, kind: Kind, dtype: Any) -> None:
    """With the blanks around it and whatever it may mean elsewhere."""
    cells, faults = read(pd.Series([text, None], dtype=dtype), kind)
    assert values(cells) == [text, None]
    assert faults == []


@pytest.mark.parametrize(
    ("cell", "text"), [(7, "7"), (1.5, "1.5"), (date(2026, 2, 2), "2026-02-02")]
)
@pytest.mark.parametrize("kind", ["text", "label"])
def test_a_number_in_a_text_is_its_digits(cell: object, text: str, kind: Kind) -> None:
    """A role may be called 7."""
    assert values(read([cell], kind)[0]) == [text]


@pytest.mark.parametrize(
    "cell",
    ["a\0b", "\ud800", b"Ann", ["Ann"], {"a": 1}, pytest.param(10**5000, id="huge")],
    ids=ascii,
)
@pytest.mark.parametrize("kind", ["text", "label", "choice", "zone", "country"])
def test_what_no_file_can_keep_is_refused(cell: object, kind: Kind) -> None:
    """A NUL, half a letter, bytes, a list; never shown."""
    fault = refused(cell, kind)
    assert type(fault) is errors.UnreadableValue
    assert "Ann" not in str(fault)
    assert str(fault).endswith("Write it anew.")


def test_labels_are_in_alphabetical_order_and_in_use() -> None:
    """So that the way in does not matter."""
    given = pd.Series(pd.Categorical(["b", "a", None], categories=["c", "b", "a"], ordered=True))
    for cells in (given, given.astype(object), given.astype("str")):
        labels, _ = read(cells, "label")
        assert labels.cat.categories.tolist() == ["a", "b"]
        assert not labels.cat.ordered


def test_choices_have_all_their_words_in_the_order_of_the_nomenclature() -> None:
    """In use or not."""
    for cells in (["offer"], [" offer "], [None], []):
        assert read(cells, "choice")[0].cat.categories.tolist() == list(ALLOWED)


def test_a_word_may_have_blanks_around_it() -> None:
    """Typed with a blank behind the comma, it is the same word."""
    cells, faults = read(["open", " open", "offer\n"], "choice")
    assert values(cells) == ["open", "open", "offer"]
    zones, more = read([" UTC", "UTC"], "zone")
    assert values(zones) == ["UTC", "UTC"]
    assert zones.cat.categories.tolist() == ["UTC"]
    assert faults == more == []


@pytest.mark.parametrize("cell", ["Open", "opened", "o", "7"])
def test_a_word_that_is_not_allowed_is_refused(cell: str) -> None:
    """It is shown, and what is allowed is listed."""
    fault = refused(cell, "choice")
    assert type(fault) is errors.UnknownWord
    assert str(fault) == (
        f"them, column 'it', row 2: '{cell}' is not a word it knows. Use open or offer."
    )


@pytest.mark.parametrize("kind", ["choice", "zone", "country", "flag"])
def test_several_words_are_not_shown(kind: Kind) -> None:
    """They may be somebody's name in the wrong column."""
    assert "Amara" not in str(refused("Amara Osei", kind))


@pytest.mark.parametrize("zone", ["America/New_York", "UTC", "Asia/Kathmandu", "Europe/Berlin"])
def test_a_zone_of_the_database_is_read(zone: str) -> None:
    """By its IANA name."""
    assert values(read([zone], "zone")[0]) == [zone]


@pytest.mark.parametrize(
    "zone",
    [
        *(
            "Mars/Base",
            "EST/EDT",
            "+01:00",
            "America",
            "Europe/",
            ".",
            "..",
            "../UTC",
            "/etc/passwd",
        ),
        *("localtime", "posixrules", "Factory", "tzdata.zi", "x" * 5000, "\u202e", "🙂"),
    ],
    ids=lambda zone: ascii(zone[:20]),
)
def test_an_unknown_zone_is_refused(zone: str) -> None:
    """No file beside the database, and not whatever this computer is set to."""
    fault = refused(zone, "zone")
    assert type(fault) is errors.UnknownZone
    assert "Write a name such as America/New_York or Europe/Berlin." in str(fault)
    assert len(str(fault)) < 250


@pytest.mark.parametrize("country", ["US", "US-CA", "DE", "NZ"])
def test_a_country_with_a_calendar_is_read(country: str) -> None:
    """Or a part of one."""
    assert values(read([country], "country")[0]) == [country]


@pytest.mark.parametrize("country", ["us", "XX", "US-", "US-XX", "Atlantis", "-", "countries"])
def test_an_unknown_country_is_refused(country: str) -> None:
    """It has no holidays to go by."""
    fault = refused(country, "country")
    assert type(fault) is errors.UnknownCountry
    assert f"'{country}' is not a country with a holiday calendar" in str(fault)


# -- instants --------------------------------------------------------------------------------------

TEN = datetime(2026, 2, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "2026-02-02T15:00:00+00:00",
            "2026-02-02T15:00:00Z",
            "2026-02-02 15:00Z",
            "2026-02-02T15Z",
        ),
        *("2026-02-02T10:00:00-05:00", "2026-02-02T10:00:00.000-0500", "20260202T100000-05"),
        *(" 2026-02-02T20:30+05:30 ", TEN, TEN.astimezone(ZoneInfo("Asia/Kathmandu"))),
        *(pd.Timestamp(TEN), pd.Timestamp(TEN).as_unit("ns").tz_convert("Pacific/Auckland")),
    ],
    ids=str,
)
def test_an_instant_is_read_in_whatever_zone_it_is_given(cell: object) -> None:
    """As ISO text with an offset, as a datetime, as a Timestamp."""
    cells, faults = read([cell, None], "instant")
    assert values(cells) == [pd.Timestamp(TEN), None]
    assert faults == []


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kathmandu"])
def test_instants_may_come_in_any_unit_and_zone(unit: str, zone: str) -> None:
    """They are microseconds in UTC afterwards."""
    given = pd.Series([TEN, None], dtype=f"datetime64[{unit}, UTC]").dt.tz_convert(zone)
    for cells in (given, given.astype("category"), given.astype(object)):
        assert values(read(cells, "instant")[0]) == [pd.Timestamp(TEN), None]


@settings(deadline=None)
@given(
    st.lists(
        st.datetimes(
            datetime(terms.FIRST_YEAR, 1, 2),
            datetime(terms.LAST_YEAR, 12, 30),
            timezones=st.timezones(),
        ),
        max_size=4,
    )
)
def test_any_instants_are_the_same_as_texts_and_as_times(moments: list[datetime]) -> None:
    """To the microsecond, old offsets with seconds included."""
    wanted = [pd.Timestamp(moment.astimezone(UTC)) for moment in moments]
    assert values(read(moments, "instant")[0]) == wanted
    texts = [
        moment.astimezone(timezone(timedelta(hours=5, minutes=45))).isoformat()
        for moment in moments
    ]
    assert values(read(texts, "instant")[0]) == wanted


def test_both_nights_of_a_clock_change_keep_their_instants() -> None:
    """The hour that comes twice in New York, told by its fold and by its offset."""
    new_york = ZoneInfo("America/New_York")
    first, second = (datetime(2026, 11, 1, 1, 30, tzinfo=new_york, fold=fold) for fold in (0, 1))
    for cells in ([first, second], [first.isoformat(), second.isoformat()]):
        early, late = values(read(cells, "instant")[0])
        assert late - early == timedelta(hours=1)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("2026-02-02T10:00:00", "'2026-02-02T10:00:00'"),
        ("2026-02-02 10:00", "'2026-02-02 10:00'"),
        ("2026-02-02", "'2026-02-02'"),
        ("20260202", "'20260202'"),
        (datetime(2026, 2, 2, 10), "'2026-02-02 10:00:00'"),
        (date(2026, 2, 2), "'2026-02-02'"),
        (np.datetime64("2026-02-02T10:00"), "'2026-02-02T10:00'"),
        (pd.Timestamp("2026-02-02"), "'2026-02-02 00:00:00'"),
        ("now", "what stands there"),
    ],
    ids=repr,
)
def test_a_time_without_a_zone_is_refused(cell: object, shown: str) -> None:
    """Nobody can say which instant it is; the clock is not asked."""
    fault = refused(cell, "instant")
    assert type(fault) is errors.NaiveTime
    assert str(fault) == (
        f"them, column 'it', row 2: {shown} has no time zone. Write the offset too, for example "
        f"2026-02-02T15:00:00-05:00; in pandas, them['it'].dt.tz_localize(zone)."
    )


@pytest.mark.parametrize("unit", ["s", "ns"])
def test_a_naive_column_of_pandas_is_refused(unit: str) -> None:
    """Where it has a time; its nulls are nulls."""
    cells, faults = read(pd.Series(["2026-02-02", None], dtype=f"datetime64[{unit}]"), "instant")
    assert values(cells) == [None, None]
    assert [type(fault) for fault in faults] == [errors.NaiveTime]
    assert "row 1: '2026-02-02 00:00:00' has no time zone" in str(faults[0])


def test_a_file_is_not_told_of_pandas() -> None:
    """There is an offset to be written, nothing to be called."""
    _, faults = read(["2026-02-02"], "instant", in_file=True)
    assert str(faults[0]).endswith("for example 2026-02-02T15:00:00-05:00.")


@pytest.mark.parametrize(
    "cell",
    [
        *("2026-02-30T10:00Z", "2026-13-01T10:00Z", "2026-02-02T24:00Z", "2026-02-02T10:61Z"),
        *("2026-02-02T10:00+99:00", "10:00Z", "02/03/2026 10:00Z", "Mon 2 Feb 2026", "1767225600"),
        *("2026-W06-1T10:00Z", "2026-02-02T10:00−05:00", "99999-01-01T00:00Z", 1767225600, 1.5),
        *(time(10, tzinfo=UTC), pd.Period("2026-02-02"), "٢٠٢٦-٠٢-٠٢T10:00Z"),
        *(datetime.min.replace(tzinfo=timezone(timedelta(hours=1))), "tomorrow 9", timedelta(1)),
    ],
    ids=str,
)
def test_what_is_no_time_is_refused(cell: object) -> None:
    """No day is guessed from 02/03, no instant from a number."""
    fault = refused(cell, "instant")
    assert type(fault) is errors.UnreadableValue
    assert str(fault).endswith("is no time. Write a time such as 2026-02-02T15:00:00-05:00.")


@pytest.mark.parametrize(
    "text", ["1899-12-31T23:59:59.999999Z", "2200-01-01T00:00:00Z", "9999-12-31T23:00:00-05:00"]
)
def test_a_year_that_cannot_be_right_is_refused(text: str) -> None:
    """Before the first and after the last, of UTC."""
    fault = refused(text, "instant")
    assert type(fault) is errors.OutOfRange
    assert str(fault).endswith("cannot be right. Years run from 1900 to 2199.")


def test_the_first_and_the_last_instant_are_read() -> None:
    """Both ends are within."""
    ends = ["1900-01-01T00:00:00Z", "2199-12-31T23:59:59.999999Z"]
    assert read(ends, "instant")[1] == []


def test_a_year_beyond_microseconds_is_refused() -> None:
    """A column of whole seconds reaches further than the dtype that it becomes."""
    far = pd.Series(np.array([10**15], dtype="datetime64[s]"))
    for cells, kind in ((far.dt.tz_localize("UTC"), "instant"), (far.dt.normalize(), "day")):
        read_cells, faults = read(cells, kind)
        assert values(read_cells) == [None]
        assert [type(fault) for fault in faults] == [errors.OutOfRange]


# -- days ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        *("2026-02-02", " 2026-02-02 ", "2026-02-02T00:00:00", "2026-02-02 00:00:00"),
        *(date(2026, 2, 2), datetime(2026, 2, 2), np.datetime64("2026-02-02")),
        *(pd.Timestamp("2026-02-02"), np.datetime64("2026-02-02T00:00:00.000000000")),
    ],
    ids=repr,
)
def test_a_day_is_read_however_it_is_written(cell: object) -> None:
    """As ISO text, as a date, as a midnight without a zone."""
    cells, faults = read([cell, None], "day")
    assert values(cells) == [pd.Timestamp("2026-02-02"), None]
    assert faults == []


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_days_may_come_in_any_unit(unit: str) -> None:
    """They are microseconds afterwards."""
    given = pd.Series(["2026-02-02", None], dtype=f"datetime64[{unit}]")
    for cells in (given, given.astype("category"), given.astype(object), given.dt.date):
        assert values(read(cells, "day")[0]) == [pd.Timestamp("2026-02-02"), None]


@pytest.mark.parametrize(
    "cell",
    [
        *("2026-02-30", "02/03/2026", "2.2.2026", "20260202", "2026-02", "2026-02-02T10:00"),
        *("2026-02-02T00:00:00Z", pd.Timestamp("2026-02-02", tz="UTC"), datetime(2026, 2, 2, 10)),
        *(20260202, 46055.0, "today", time(0), pd.Period("2026-02-02")),
    ],
    ids=repr,
)
def test_what_is_no_day_is_refused(cell: object) -> None:
    """A time of day is one too many; no order of day and month is guessed."""
    fault = refused(cell, "day")
    assert type(fault) is errors.UnreadableValue
    assert str(fault).endswith("is no day. Write the day alone, such as 2026-02-02.")


def test_times_of_day_in_a_column_of_days_are_refused() -> None:
    """Row by row; midnights are days."""
    cells, faults = read(
        pd.Series(["2026-02-02", "2026-02-02T10:00"], dtype="datetime64[us]"), "day"
    )
    assert values(cells) == [pd.Timestamp("2026-02-02"), None]
    assert "row 2: '2026-02-02 10:00:00' is no day" in str(faults[0])


@pytest.mark.parametrize("cell", ["1899-12-31", date(2200, 1, 1), "9999-12-31"])
def test_a_day_in_a_year_that_cannot_be_right_is_refused(cell: object) -> None:
    """As for instants."""
    assert type(refused(cell, "day")) is errors.OutOfRange


# -- rows ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ([2], "row 3: '-1' is"),
        ([2, 7], "rows 3 and 8: '-1' (the first) is"),
        ([0, 2, 7], "rows 1, 3 and 8: '-1' (the first) is"),
        (range(1, 10), "rows 2, 3 and 4, 9 in all: '-1' (the first) is"),
    ],
)
def test_the_first_three_rows_are_named_and_all_are_counted(bad: Iterable[int], told: str) -> None:
    """Rows are counted from 1, the first cell is shown."""
    cells = pd.Series(0, index=range(10))
    cells[list(bad)] = -1
    _, faults = read(cells, "number")
    assert len(faults) == 1
    assert f"them, column 'it', {told} out of bounds" in str(faults[0])


def test_very_many_bad_rows_are_one_short_sentence() -> None:
    """A hundred thousand, and still a line."""
    _, faults = read(pd.Series([-1] * 100_000), "number")
    assert "rows 1, 2 and 3, 100000 in all: '-1'" in str(faults[0])


def test_a_frames_own_index_does_not_matter() -> None:
    """Rows are counted by their place."""
    cells = pd.Series([0, -1], index=pd.MultiIndex.from_tuples([("b", 7), ("a", 7)]))
    read_cells, faults = read(cells, "number")
    assert isinstance(read_cells.index, pd.RangeIndex)
    assert "row 2: '-1'" in str(faults[0])


def test_rows_of_a_file_have_the_files_numbers() -> None:
    """The index of what was read from it; the header is row 1."""
    _, faults = read(pd.Series(["-1", "0", "-1"], index=[2, 5, 9]), "number", in_file=True)
    assert "rows 2 and 9 (the header is row 1): '-1' (the first) is" in str(faults[0])


# -- columns ---------------------------------------------------------------------------------------

PAIR = Table(
    "clients",
    "a client",
    (
        Column("client_id", "id", "the client"),
        Column("name", "text", "what the coach calls them"),
        Column("country", "country", "holiday calendar", optional=True),
    ),
)


def told(frame: Any, *, in_file: bool = False) -> str:
    """All that is wrong with a frame of clients."""
    door = Door("clients.csv" if in_file else "clients", in_file=in_file)
    try:
        conform(frame, PAIR, door)
        errors.raise_all(door.faults)
    except errors.CoachkitError as fault:
        return f"{type(fault).__name__}: {fault}"
    return ""


def test_columns_come_in_the_order_of_the_table_and_unknown_ones_behind() -> None:
    """Optional ones that are lacking are null; unknown ones are as they were."""
    frame = pd.DataFrame({"own": [1.5], "name": ["Ann"], "Notes": [["x"]], "client_id": [1]})
    after = conform(frame, PAIR, Door("clients"))
    assert after.columns.tolist() == ["client_id", "name", "country", "own", "Notes"]
    assert values(after["country"]) == [None]
    assert after["own"].tolist() == [1.5]
    assert after["Notes"].tolist() == [["x"]]


def test_a_missing_column_is_told_with_those_found() -> None:
    """What it means, what is there instead, and what to do."""
    frame = pd.DataFrame({"name": ["Ann"], "number": [1], "\x1b[2J": [0]})
    assert told(frame) == (
        r"MissingColumn: clients lacks the column 'client_id' (the client). Found: 'name', "
        r"'number' and '\x1b[2J'. Add it, or rename the column that holds it."
    )


def test_of_very_many_columns_the_first_twelve_are_shown() -> None:
    """A thousand columns, and still a line."""
    frame = pd.DataFrame(columns=["name", *(f"day {number}" for number in range(999))])
    assert "Found: 'name', 'day 0', " in told(frame)
    assert "'day 10' and 988 more. Add it" in told(frame)


@pytest.mark.parametrize("name", ["Client ID", "CLIENT_ID", " client_id", "clientId", "client-id"])
def test_a_column_that_differs_in_case_and_blanks_alone_is_to_be_renamed(name: str) -> None:
    """It is neither guessed nor told as missing without its likely self."""
    frame = pd.DataFrame({name: [1], "name": ["Ann"]})
    what = "MissingColumn: clients{} lacks the column 'client_id' (the client), but has "
    assert told(frame, in_file=True) == f"{what.format('.csv')}'{name}'. Rename it."
    rename = f"clients.rename(columns={{'{name}': 'client_id'}})"
    assert told(frame) == f"{what.format('')}'{name}'. Rename it: {rename}."


def test_an_optional_column_by_nearly_its_name_is_not_passed_over() -> None:
    """Else what stands in it would be ignored in silence."""
    frame = pd.DataFrame({"client_id": [1], "name": ["Ann"], "Country": ["US"]})
    assert "lacks the column 'country' (holiday calendar), but has 'Country'" in told(frame)
    assert told(frame.assign(country="US")) == ""


def test_a_table_without_any_of_its_columns_shows_none() -> None:
    """A file without a header has a client's row in its place."""
    frame = pd.DataFrame(columns=["1", "Amara Osei", "America/New_York"])
    assert told(frame, in_file=True) == (
        "MissingColumn: clients.csv has none of its columns. Name at least client_id and name in "
        "its first row."
    )
    assert told(pd.DataFrame()) == (
        "MissingColumn: clients has none of its columns. Name at least client_id and name."
    )


def test_two_columns_of_one_name_are_refused() -> None:
    """Nobody can say which of them is meant."""
    frame = pd.DataFrame([[1, "Ann", "Bob"]], columns=["client_id", "name", "name"])
    assert told(frame) == (
        "MissingColumn: clients has more than one column 'name'. Give each a name of its own."
    )
    assert "'5'" in told(pd.DataFrame([[1, "Ann", 1, 2]], columns=["client_id", "name", 5, "5"]))


@pytest.mark.parametrize("name", ["", "  ", "a\0b", "\ud800"], ids=ascii)
def test_a_column_without_a_name_is_refused(name: str) -> None:
    """Or with one that no file could keep."""
    names = pd.Index(["client_id", "name", name], dtype=object)
    frame = pd.DataFrame([[1, "Ann", 1]], columns=names)
    assert told(frame).endswith(
        "clients has a column without a name that can be kept. Give every column a name."
    )


def test_column_names_in_levels_are_refused() -> None:
    """With the way out of it."""
    frame = pd.DataFrame([[1, "Ann"]], columns=[["a", "a"], ["client_id", "name"]])
    assert told(frame) == (
        "MissingColumn: clients has column names in 2 levels. Keep one: clients.columns = "
        "clients.columns.get_level_values(-1)."
    )


@pytest.mark.parametrize(
    "frame", [[1, 2], {"client_id": [1]}, "clients.csv", 5, pd.Series([1], name="client_id")]
)
def test_what_is_no_frame_is_refused(frame: object) -> None:
    """It says what it is instead; not what is in it."""
    assert told(frame) == (
        f"MissingTable: clients is no pandas DataFrame but of the type {type(frame).__name__}. "
        f"Hand in a DataFrame in which a row is a client."
    )


# -- an instant on its own -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "instant",
    ["2026-02-02T10:00:00-05:00", " 2026-02-02T15:00Z", TEN, pd.Timestamp(TEN).as_unit("ns")],
)
def test_an_instant_on_its_own_is_microseconds(instant: object) -> None:
    """Since 1970 in UTC."""
    assert microseconds(instant, "as_of") == 1_770_044_400_000_000


@pytest.mark.parametrize(
    ("instant", "fault", "told"),
    [
        ("2026-02-02", errors.NaiveTime, "2026-02-02 has no time zone. Write its offset too"),
        (datetime(2026, 2, 2), errors.NaiveTime, "2026-02-02 00:00:00 has no time zone"),
        (date(2026, 2, 2), errors.NaiveTime, "2026-02-02 has no time zone"),
        (np.datetime64("2026-02-02"), errors.NaiveTime, "2026-02-02 has no time zone"),
        ("now", errors.NaiveTime, "now has no time zone"),
        ("02/03/2026 10:00Z", errors.UnreadableValue, "'02/03/2026 10:00Z' is no time."),
        ("2026-02-02 10:00 EST", errors.UnreadableValue, "is no time. Write one such as 2026-"),
        ("2026-02-30T10:00Z", errors.UnreadableValue, "is no time"),
        ("", errors.UnreadableValue, "'' is no time"),
        ("two\nlines", errors.UnreadableValue, r"'two\nlines' is no time"),
        ("x" * 5000, errors.UnreadableValue, "…' is no time"),
        (None, errors.UnreadableValue, "'None' is no time"),
        (pd.NaT, errors.UnreadableValue, "'NaT' is no time"),
        (float("nan"), errors.UnreadableValue, "is no time"),
        (1_770_044_400, errors.UnreadableValue, "'1770044400' is no time"),
        pytest.param(10**5000, errors.UnreadableValue, "is no time", id="huge"),
        ([TEN], errors.UnreadableValue, "is no time"),
        ("1066-10-14T09:00Z", errors.OutOfRange, "the year of 1066-10-14T09:00Z cannot be right"),
        (datetime.max.replace(tzinfo=UTC), errors.OutOfRange, "Years run from 1900 to 2199."),
    ],
    ids=lambda given: repr(given)[:30],
)
def test_what_is_no_instant_on_its_own_is_refused(
    instant: object, fault: type[errors.CoachkitError], told: str
) -> None:
    """One line that begins with the argument's name."""
    with pytest.raises(fault) as caught:
        microseconds(instant, "as_of")
    assert str(caught.value).startswith("as_of: ")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250
