"""The times that people name in English, one pattern and one reader each."""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from coachkit._calendars import holiday_names
from coachkit._days_in_words import full_day

#: More business days than this are not counted out.
_MOST = 400
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = tuple(name.lower() for name in calendar.month_name)[1:]
_NUMBERS = {
    **{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6},
    **{"seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "couple": 2},
}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"
_WEEKDAY = rf"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in _WEEKDAYS)}|tues|thur|thurs)"
_MONTH = rf"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in _MONTHS)}|sept)"
_NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (?P<year>20\d\d))?"
_UNIT = r"(?:(?:business|working|week) ?days?|days?|weeks?|fortnights?|months?)"


@dataclass(frozen=True)
class Reading:
    """A day, and how the words led to it."""

    on: date
    how: str


@dataclass(frozen=True)
class Days:
    """The day of the interview, and the working days that come after it."""

    today: date
    country: str | None

    @property
    def friday(self) -> date:
        """The end of this working week; at a weekend, of the week that begins."""
        return self.today + timedelta((4 - self.today.weekday()) % 7)

    def is_open(self, day: date) -> bool:
        """Whether anybody is at work."""
        return day.weekday() < 5 and day not in holiday_names(self.country, day.year)

    def business_days(self, count: int) -> date:
        """So many working days later."""
        day = self.today
        while count:
            day += timedelta(1)
            count -= self.is_open(day)
        return day

    def first_open(self, day: date) -> date:
        """The first working day on or after a day."""
        while not self.is_open(day):
            day += timedelta(1)
        return day

    def holiday(self, name: str) -> tuple[date, str] | None:
        """The next holiday whose name holds the words, and its whole name."""
        words = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
        years = (self.today.year, self.today.year + 1)
        named = (
            (day, called)
            for year in years
            for day, called in sorted(holiday_names(self.country, year).items())
            if words.search(called.replace("'s", "")) and "observed" not in called
        )
        return next((found for found in named if found[0] >= self.today), None)


def read_time(words: str, days: Days) -> Reading | None:
    """What the words mean if a time is all that they are."""
    for pattern, reader in _READERS:
        match = pattern.fullmatch(words)
        if match:
            return reader(match, days)
    return None


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS[word]


# -- spans: "two to three weeks" ---


def _span(match: re.Match[str], days: Days) -> Reading | None:
    count = _number(match["last"])
    if match["first"] and _number(match["first"]) > count:
        return None
    unit = match["unit"].rstrip("s")
    if unit.replace(" ", "") in ("businessday", "workingday", "weekday"):
        if count > _MOST:
            return None
        return Reading(
            days.business_days(count), f"{count} business days after {full_day(days.today)}"
        )
    if unit == "month":
        day = _months_later(days.today, count)
    else:
        day = days.today + timedelta(count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    return Reading(day, f"{_counted(count, unit)} after {full_day(days.today)}")


def _week_or_two(match: re.Match[str], days: Days) -> Reading:
    unit = match["unit"]
    day = days.today + timedelta(14 if unit == "week" else 2)
    return Reading(day, f"2 {unit}s after {full_day(days.today)}")


def _months_later(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _weeks_from_weekday(match: re.Match[str], days: Days) -> Reading:
    begin = _next_weekday(_weekday(match["weekday"]), days.today)
    count = _number(match["count"])
    told = f"{_counted(count, 'week')} after {full_day(begin)}"
    return Reading(begin + timedelta(7 * count), told)


# -- days: "Friday", "tomorrow", "the 20th", "December 3rd" ---


def _today(match: re.Match[str], days: Days) -> Reading:
    return Reading(days.today, "the day itself")


def _tomorrow(match: re.Match[str], days: Days) -> Reading:
    later = 2 if "after" in match[0] else 1
    how = f"{_counted(later, 'day')} after {full_day(days.today)}"
    return Reading(days.today + timedelta(later), how)


def _weekday(word: str) -> int:
    return next(number for number, name in enumerate(_WEEKDAYS) if name.startswith(word[:3]))


def _next_weekday(weekday: int, after: date) -> date:
    return after + timedelta((weekday - after.weekday() - 1) % 7 + 1)


def _on_weekday(match: re.Match[str], days: Days) -> Reading:
    day = _next_weekday(_weekday(match["weekday"]), days.today)
    return Reading(day, f"the first {day:%A} after {full_day(days.today)}")


def _weekday_of_next_week(match: re.Match[str], days: Days) -> Reading:
    monday = _next_weekday(0, days.today)
    day = monday + timedelta(_weekday(match["weekday"]))
    return Reading(day, f"the {day:%A} of the week after that of {full_day(days.today)}")


def _next_weekday_named(match: re.Match[str], days: Days) -> Reading:
    word = match["weekday"] or match[0].rsplit(" ", 1)[1]
    monday = _next_weekday(0, days.today)
    day = monday + timedelta(_weekday(word))
    return Reading(day, f"the {day:%A} of the week after that of {full_day(days.today)}")


def _nth(match: re.Match[str], days: Days) -> Reading | None:
    number = int(match["day"])
    begin = days.today.replace(day=1)
    months = (begin, _months_later(begin, 1), _months_later(begin, 2))
    dates = (_date(month.year, month.month, number) for month in months)
    day = next((day for day in dates if day and day >= days.today), None)
    return Reading(day, f"the next day {number} of a month") if day else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _of_month(match: re.Match[str], days: Days) -> Reading | None:
    reading = _dated(int(match["day"]), _month(match["month"]), match["year"], days)
    named = match.groupdict().get("weekday")
    if reading and named and reading.on.weekday() != _weekday(named):
        return None  # Friday the 31st is a Saturday: one of the two is a slip
    return reading


def _dated(number: int, month: int, year: str | None, days: Days) -> Reading | None:
    years = (int(year),) if year else (days.today.year, days.today.year + 1)
    dates = (_date(each, month, number) for each in years)
    day = next((day for day in dates if day and day >= days.today), None)
    return Reading(day, f"the day named, a {day:%A}") if day else None


def _iso(match: re.Match[str], days: Days) -> Reading | None:
    return _dated(int(match["day"]), int(match["month"]), match["year"], days)


def _slashes(match: re.Match[str], days: Days) -> Reading | None:
    """Only where one of the two cannot be a month: 12/4 is read in two ways."""
    first, second = int(match["first"]), int(match["second"])
    if (first > 12) == (second > 12) and first != second:
        return None
    number, month = (first, second) if first > 12 else (second, first)
    return _dated(number, month, match["year"], days) if month <= 12 else None


# -- weeks: "end of next week", "the week of November 2" ---

_PARTS_OF_WEEK = {
    **{"early": 1, "beginning": 1, "start": 1, "first half": 2, "middle": 2, "mid": 2},
    **{"later": 4, "late": 4, "end": 4, "second half": 4},
}


def _week(match: re.Match[str], days: Days) -> Reading | None:
    later = 0
    if "next" in match["which"]:
        later = 2 if "after" in match["which"] or "following" in match["which"] else 1
    elif "following" in match["which"]:
        later = 1
    at_weekend = days.today.weekday() > 4
    if later == 0 and at_weekend:
        return None  # this week, said on a Sunday, is the one that ends or the one that begins
    monday = days.today - timedelta(days.today.weekday()) + timedelta(7 * later)
    part = (match["part"] or "end").strip()
    day = monday + timedelta(_PARTS_OF_WEEK[part])
    if day < days.today:
        return None
    which = "that week" if later == 0 else "the week after" if later == 1 else "two weeks later"
    return Reading(day, f"the {day:%A} of {which}")


def _week_of(match: re.Match[str], days: Days) -> Reading | None:
    begin = _dated(int(match["day"]), _month(match["month"]), match["year"], days)
    if begin is None:
        return None
    day = begin.on - timedelta(begin.on.weekday()) + timedelta(4)
    return Reading(day, f"the Friday of the week of {full_day(begin.on)}")


# -- months: "early December", "end of the month" ---

_PARTS_OF_MONTH = {
    **{"early": 10, "beginning": 10, "start": 10, "first half": 15, "first week": 7},
    **{"second week": 14, "third week": 21, "mid": 20, "middle": 20},
}


def _month(word: str) -> int:
    return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(word[:3]))


def _named_month(match: re.Match[str], days: Days) -> Reading | None:
    month = _month(match["month"])
    year = int(match["year"]) if match["year"] else days.today.year
    if not match["year"] and month < days.today.month:
        year += 1
    return _part_of_month(match["part"], date(year, month, 1), days)


def _relative_month(match: re.Match[str], days: Days) -> Reading | None:
    begin = days.today.replace(day=1)
    which = match["which"]
    return _part_of_month(match["part"], _months_later(begin, int("next" in which)), days)


def _part_of_month(part: str | None, begin: date, days: Days) -> Reading | None:
    last = calendar.monthrange(begin.year, begin.month)[1]
    part = (part or "").strip()
    number = _PARTS_OF_MONTH.get(part, last)
    day = begin.replace(day=number)
    if day < days.today:
        return None
    said = f"{part} {begin:%B}" if part in ("early", "mid") else f"that part of {begin:%B}"
    if number == last:
        return Reading(day, f"the last day of {begin:%B %Y}")
    return Reading(day, f"{said}, taken to its end, {full_day(day)}")


def _end_of_year(match: re.Match[str], days: Days) -> Reading:
    if "quarter" in match[0]:
        month = (days.today.month + 2) // 3 * 3
        day = date(days.today.year, month, calendar.monthrange(days.today.year, month)[1])
        return Reading(day, "the last day of that quarter")
    return Reading(date(days.today.year, 12, 31), "the last day of that year")


# -- holidays: "after Thanksgiving" ---


def _around_holiday(match: re.Match[str], days: Days) -> Reading | None:
    name = match["name"].replace("'s", "")
    found = days.holiday(name) if len(name) > 3 else None
    if found is None:
        return None
    day, called = found
    when = match["when"]
    if when == "after":
        first = days.first_open(day + timedelta(1))
        told = f"the first business day after {called}, {full_day(day)}; no end named"
        return Reading(first, told)
    if when == "before":
        return Reading(day - timedelta(1), f"the day before {called}")
    return Reading(day, called) if name != "new year" else None  # it has 365 days


_PART = (
    rf"(?:(?P<part>{'|'.join({**_PARTS_OF_WEEK, **_PARTS_OF_MONTH})})(?:-| (?:of|in) (?:the )?| ))?"
)
_WEEK_PART = rf"(?:(?P<part>{'|'.join(_PARTS_OF_WEEK)})(?:-| (?:of|in) (?:the )?| )?)?"
_Reader = Callable[[re.Match[str], Days], Reading | None]


def _readers() -> Iterator[tuple[str, _Reader]]:
    yield (
        r"(?:later )?(?:today|tonight|this afternoon|this evening|end of (?:the )?day|eod)",
        _today,
    )
    yield r"(?:the )?(?:day after tomorrow)|tomorrow(?: morning| afternoon| evening)?", _tomorrow
    a_couple = r"(?:an?|the) (?:next )?couple (?:of )?"
    count = (
        rf"(?:(?P<first>{_NUMBER})(?: to | or | and | ?- ?))?(?P<last>{_NUMBER}) (?P<unit>{_UNIT})"
    )
    yield count, _span
    yield rf"(?P<first>){a_couple}(?P<unit>{_UNIT})".replace("couple", "(?P<last>couple)"), _span
    yield rf"(?P<first>)(?P<last>couple) (?:of )?(?P<unit>{_UNIT})", _span
    yield r"(?:an?|one) (?P<unit>week|day) or (?:so|two)", _week_or_two
    yield rf"(?P<count>{_NUMBER}) weeks? from (?P<weekday>{_WEEKDAY})", _weeks_from_weekday
    several = rf"(?:(?:this|coming|this coming) )?(?:{_WEEKDAY} or )?(?P<weekday>{_WEEKDAY})"
    yield rf"{several}(?: (?:morning|afternoon|evening|night))?", _on_weekday
    yield rf"next (?P<weekday>{_WEEKDAY})|next week (?:on )?{_WEEKDAY}", _next_weekday_named
    yield rf"(?P<weekday>{_WEEKDAY}) (?:of )?next week", _weekday_of_next_week
    yield r"(?P<day>\d{1,2})(?:st|nd|rd|th)(?: of (?:the|this) month)?", _nth
    yield rf"{_NTH}(?: of)? (?P<month>{_MONTH}){_YEAR}", _of_month
    days_of_month = r"(?:\d{1,2}(?:st|nd|rd|th)?(?: to | or | ?- ?))?"
    weekday = rf"(?:(?P<weekday>{_WEEKDAY}),? (?:the )?)?"
    yield rf"{weekday}(?P<month>{_MONTH})\.? (?:the )?{days_of_month}{_NTH}{_YEAR}", _of_month
    yield rf"{weekday}{days_of_month}{_NTH}(?: of)? (?P<month>{_MONTH})\.?{_YEAR}", _of_month
    yield r"(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)", _iso
    yield r"(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>20\d\d))?", _slashes
    which = (
        r"(?P<which>this week|the week|next week|the following week|following week"
        r"|(?:the )?week after next|(?:the )?next following week)"
    )
    yield rf"{_WEEK_PART}{which}", _week
    yield rf"(?:the )?week of (?P<month>{_MONTH}) {_NTH}{_YEAR}", _week_of
    yield rf"(?:the )?week of (?:the )?{_NTH}(?: of)? (?P<month>{_MONTH}){_YEAR}", _week_of
    end = r"(?:end (?:of )?(?:the )?)?"
    yield r"(?:the )?end of (?:the |this )?(?:calendar )?(?:year|quarter)", _end_of_year
    in_month = rf"(?:the )?{_PART}(?:late |later )?{end}"
    yield rf"{in_month}(?P<month>{_MONTH}){_YEAR}", _named_month
    yield rf"{in_month}(?P<which>(?:this|next|the) month)", _relative_month
    yield (
        r"(?P<when>after|before|by)? ?(?:the )?(?P<name>[a-z][a-z' ]+?)(?: day| holiday)?",
        _around_holiday,
    )


_READERS = [(re.compile(pattern), reader) for pattern, reader in _readers()]
