"""What an employer says about when they will answer: read to a day, or not at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachkit.timelines_in_words import FARTHEST, read_timeline

WEDNESDAY = date(2026, 10, 14)


def read(text: str, today: date = WEDNESDAY, country: str | None = "US") -> str | None:
    reading = read_timeline(text, today=today, country=country)
    return f"{reading.on:%a} {reading.on.day} {reading.on:%b %Y}" if reading else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("two to three weeks", "Wed 4 Nov 2026"),
        ("2–3 weeks", "Wed 4 Nov 2026"),
        ("in 10 days", "Sat 24 Oct 2026"),
        ("Within a week.", "Wed 21 Oct 2026"),
        ("a week or two", "Wed 28 Oct 2026"),
        ("a couple of weeks", "Wed 28 Oct 2026"),
        ("the next two weeks", "Wed 28 Oct 2026"),
        ("in a month", "Sat 14 Nov 2026"),
        ("within 5 business days", "Wed 21 Oct 2026"),
        ("a week from Friday", "Fri 23 Oct 2026"),
        ("tomorrow", "Thu 15 Oct 2026"),
        ("the day after tomorrow", "Fri 16 Oct 2026"),
    ],
)
def test_a_span_is_counted_from_the_interview_and_taken_to_its_end(text: str, day: str) -> None:
    """Of two to three weeks the third."""
    assert read(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Friday", "Fri 16 Oct 2026"),
        ("by Friday", "Fri 16 Oct 2026"),
        ("Wednesday", "Wed 21 Oct 2026"),
        ("Monday or Tuesday", "Tue 20 Oct 2026"),
        ("next Friday", "Fri 23 Oct 2026"),
        ("Wednesday of next week", "Wed 21 Oct 2026"),
        ("the 20th", "Tue 20 Oct 2026"),
        ("the 1st", "Sun 1 Nov 2026"),
        ("3 December", "Thu 3 Dec 2026"),
        ("Dec. 3rd", "Thu 3 Dec 2026"),
        ("Friday, October 30", "Fri 30 Oct 2026"),
        ("October 28th or 29th", "Thu 29 Oct 2026"),
        ("January 8", "Fri 8 Jan 2027"),
        ("10/28", "Wed 28 Oct 2026"),
        ("28/10/2026", "Wed 28 Oct 2026"),
        ("2026-12-03", "Thu 3 Dec 2026"),
    ],
)
def test_a_day_that_is_named_is_the_next_of_that_name(text: str, day: str) -> None:
    """A weekday is never the interview's own: they would have said today."""
    assert read(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("this week", "Fri 16 Oct 2026"),
        ("by the end of the week", "Fri 16 Oct 2026"),
        ("next week", "Fri 23 Oct 2026"),
        ("early next week", "Tue 20 Oct 2026"),
        ("the middle of next week", "Wed 21 Oct 2026"),
        ("by the end of next week", "Fri 23 Oct 2026"),
        ("the week after next", "Fri 30 Oct 2026"),
        ("the week of November 2", "Fri 6 Nov 2026"),
        ("end of the month", "Sat 31 Oct 2026"),
        ("next month", "Mon 30 Nov 2026"),
        ("early December", "Thu 10 Dec 2026"),
        ("mid-November", "Fri 20 Nov 2026"),
        ("first week of November", "Sat 7 Nov 2026"),
        ("late November", "Mon 30 Nov 2026"),
        ("in May", "Mon 31 May 2027"),
        ("the end of the year", "Thu 31 Dec 2026"),
    ],
)
def test_a_week_or_month_is_taken_to_the_end_of_what_was_named(text: str, day: str) -> None:
    """A week ends on its Friday; early in a month lasts until the 10th, its middle to the 20th."""
    assert read(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("after Thanksgiving", "Fri 27 Nov 2026"),
        ("after Christmas", "Mon 28 Dec 2026"),
        ("before Christmas", "Thu 24 Dec 2026"),
        ("by Thanksgiving", "Thu 26 Nov 2026"),
        ("after Labor Day", "Tue 7 Sep 2027"),
    ],
)
def test_a_holiday_is_the_next_of_the_clients_country(text: str, day: str) -> None:
    """After it: the first business day, since no end was named."""
    assert read(text) == day
    assert read(text, country=None) is None


@pytest.mark.parametrize(
    "text",
    [
        "They will call within two to three weeks, hopefully",
        "I will hear from them in two to three weeks. HR is slow.",
        "no later than November 4",
        "Two to three weeks (they see five more people)",
    ],
)
def test_a_time_is_found_among_other_words(text: str) -> None:
    """As the client tells it."""
    assert read(text) == "Wed 4 Nov 2026"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "soon",
        "we'll let you know",
        "not asked",
        "a few weeks",
        "12/4",
        "may",
        "not before Friday",
        "they won't decide by Friday",
        "in two weeks. Or by Friday.",
        "two weeks or five weeks",
        "three to two weeks",
        "Friday, October 31",
        "the role is in Boston",
        "five more people",
        "in the new year",
        "after the holidays",
        "early October",
        "32 October",
        "99999999 weeks",
        "1000 days",
        "2020-01-01",
        "' OR 1=1 --",
    ],
)
def test_what_is_no_time_or_more_than_one_is_not_read(text: str) -> None:
    """Never guessed: the coach enters the day."""
    assert read(text) is None


def test_this_week_said_at_a_weekend_is_not_read() -> None:
    """It may be the one that ends, or the one that begins."""
    assert read("this week", today=date(2026, 10, 18)) is None
    assert read("next week", today=date(2026, 10, 18)) == "Fri 23 Oct 2026"


def test_business_days_leave_holidays_out() -> None:
    """Labor Day is none in the United States."""
    assert read("2 business days", today=date(2026, 9, 4)) == "Wed 9 Sep 2026"
    assert read("2 business days", today=date(2026, 9, 4), country=None) == "Tue 8 Sep 2026"


def test_it_says_how_it_was_read() -> None:
    """So that the coach can confirm it with the client."""
    reading = read_timeline("by the end of next week", today=WEDNESDAY)
    assert reading is not None
    assert reading.how == "the Friday of the week after"
    reading = read_timeline("after Thanksgiving", today=WEDNESDAY, country="US")
    assert reading is not None
    assert "Thu 26 Nov 2026; no end named" in reading.how


@given(st.text(max_size=60), st.dates(date(1950, 1, 1), date(2190, 1, 1)))
def test_any_text_is_read_to_a_day_to_come_or_not_at_all(text: str, today: date) -> None:
    """No text fails."""
    reading = read_timeline(text, today=today)
    assert reading is None or 0 <= (reading.on - today).days <= FARTHEST


words = st.lists(
    st.sampled_from(
        [
            "two",
            "three",
            "a",
            "couple",
            "of",
            "weeks",
            "week",
            "days",
            "by",
            "the",
            "end",
            "next",
            "friday",
            "after",
            "thanksgiving",
            "early",
            "may",
            "december",
            "3",
            "31",
            "30th",
            "february",
            "or",
            "to",
            "month",
            "business",
            "-",
            ".",
            "not",
            "within",
            "from",
        ]
    ),
    max_size=7,
)


@given(words.map(" ".join), st.dates(date(2025, 1, 1), date(2029, 1, 1)))
def test_any_words_about_time_are_read_to_a_day_to_come_or_not_at_all(
    text: str, today: date
) -> None:
    """However they are thrown together."""
    reading = read_timeline(text, today=today, country="US")
    assert reading is None or 0 <= (reading.on - today).days <= FARTHEST
