"""Days and times as strangers write them, and the order of day and month in a whole column.

Written for cells, not for prose: nothing is filled in that the cell does not say. That is why
neither dateutil nor dateparser reads them: both take what is missing (a year, a day) from the
computer's clock, and read ``8/82019`` and ``May`` as days.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Literal

from coachkit.importing.sheets import Cell

Order = Literal["iso", "dmy", "mdy", "excel", "undecided"]
Flaw = Literal["no year", "no day", "two days in one cell", "a stand-in for no day", "no such day"]

#: Days that programs write where there is none.
_STAND_INS = frozenset({"2000-01-01", "1970-01-01", "1900-01-01", "1900-01-00", "1899-12-30"})
_FIRST_YEAR, _LAST_YEAR = 1990, 2099
_EXCEL_DAY_ZERO = datetime(1899, 12, 30)
#: Excel's numbers of the days from 1994 to 2078; a salary may be one too, so the column decides.
_SERIALS = range(34_335, 65_380)

#: The seconds from 1970 to the years 2010 to 2040; no number of a telephone begins so.
_EPOCHS = range(1_262_304_000, 2_208_988_800)

_MONTHS = {
    1: "january jan januar jänner janner enero ene janvier janv gennaio gen januari janeiro",
    2: "february feb februar febrero février fevrier févr fevr fev febbraio februari fevereiro",
    3: "march mar märz marz mär maerz marzo mars maart mrt março marco",
    4: "april apr abril abr avril avr aprile",
    5: "may mai mayo maggio mag mei maio",
    6: "june jun juni junio juin giugno giu junho",
    7: "july jul juli julio juillet juil luglio lug julho",
    8: "august aug agosto ago août aout augustus",
    9: "september sep sept septiembre set setiembre septembre settembre setembro",
    10: "october oct oktober okt octubre octobre ottobre ott outubro out",
    11: "november nov noviembre novembre novembro",
    12: "december dec dezember dez diciembre dic décembre decembre déc dicembre dezembro",
}
_MONTH = {word: number for number, words in _MONTHS.items() for word in words.split()}
_NAME = "(?P<name>" + "|".join(sorted(_MONTH, key=len, reverse=True)) + r")\.?"
_WEEKDAY = (
    r"(?:(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday|mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|"
    r"sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|"
    r"viernes|sábado|domingo)\.?,?\s+)?"
)
_TIME = (
    r"(?:(?:\s*,\s*|\s+|t|\s*[-–@]\s*|\s+(?:at|um|à|alle|om|a las)\s+)"
    r"~?(?P<hour>\d{1,2})(?:[:h.](?P<minute>\d{2}))?(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?:uhr|h)?\s*"
    r"(?P<zone>z|(?:utc|gmt)?[+-]\d{2}:?\d{2}|utc|gmt)?\s*"
    r"(?P<land>[pmceh][sd]?t|bst|cest|eet|eest|wet|west|ist|jst|kst|sgt|[an][ez][sd]t)?\s*"
    r"(?:\([a-z ]+\))?)?"
)
_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (form, re.compile(rf"{_WEEKDAY}{pattern}{_TIME}"))
    for form, pattern in (
        ("iso", r"(?P<year>\d{4})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})日?"),
        ("iso", r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})"),
        ("slashes", rf"(?P<first>\d{{1,2}})(?P<sep>[/.-])(?P<second_>\d{{1,2}})[/.-]{_YEAR}"),
        (
            "dmy",
            rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s/-]*(?:de\s+|of\s+)?{_NAME}"
            rf"[\s,/-]*(?:de\s+|del\s+)?{_YEAR}",
        ),
        ("mdy", rf"{_NAME}[\s-]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s,/-]+{_YEAR}"),
        ("iso", rf"(?P<year>\d{{4}})[\s/-]{_NAME}[\s/-](?P<day>\d{{1,2}})"),
    )
)
#: Days that lack something: never completed.
_LACKING: tuple[tuple[str, Flaw, str], ...] = (
    ("dmy", "no year", rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s/-]*(?:de\s+|of\s+)?{_NAME}"),
    ("mdy", "no year", rf"{_NAME}[\s-]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"),
    ("slashes", "no year", r"(?P<first>\d{1,2})(?P<sep>[/.])(?P<second_>\d{1,2})\.?"),
    ("iso", "no year", r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日"),
    ("iso", "no day", r"\d{4}[-/.年]\d{1,2}(?:月|[-/.](?:xx)?)?"),
    ("any", "no day", rf"{_NAME}[\s,/-]*(?:de\s+)?(?:\d{{4}}|'\d{{2}})"),
    ("any", "no day", r"(?:0?[1-9]|1[0-2])/\d{4}"),
)
_FLAWED = tuple(
    (form, flaw, re.compile(f"{_WEEKDAY}{pattern}")) for form, flaw, pattern in _LACKING
)
#: "20250611_195549", as programs name files and stamp rows.
_STAMP = re.compile(r"((?:19|20)\d{6})[t_-](\d{2})(\d{2})(\d{2})")
_BETWEEN = re.compile(
    r"\s*(?:&|\band\b|\bund\b|\by\b|\bet\b|;|\n|\||,|\bto\b|[–—]| - |->|→)\s*", re.I
)


@dataclass(frozen=True)
class DayCell:
    """What one cell says of a day.

    ``form`` is the order that the cell itself shows; ``either`` where day and month may be
    exchanged, and then ``day`` is the reading day first and ``other`` the reading month first.
    """

    form: Literal["iso", "dmy", "mdy", "excel", "either", "any"]
    day: date | None = None
    other: date | None = None
    clock: time | None = None
    zone: timezone | None = None
    flaw: Flaw | None = None
    number: bool = False  # in slashes, dots or dashes, so that its column's order counts


def read_day(cell: Cell) -> DayCell | None:
    """What a cell says of a day, or None where it says something else.

    Examples
    --------
    >>> read_day("14 Jan 2026").day, read_day("11/13/23, 9:42 AM").form, read_day("8-Jul").flaw
    (datetime.date(2026, 1, 14), 'mdy', 'no year')
    """
    if isinstance(cell, datetime):
        return _sound("excel", cell.date(), cell.time() if cell.time() != time() else None)
    if isinstance(cell, date):
        return _sound("excel", cell, None)
    if isinstance(cell, str):
        return _read_text(cell) if 3 <= len(cell) <= 80 else None
    return None


def read_serial(cell: Cell) -> DayCell | None:
    """The day behind Excel's number of it, as a file without formats shows it."""
    try:
        number = float(cell) if isinstance(cell, int | float | str) else 0.0
    except ValueError:
        return None
    if isinstance(cell, bool) or not _SERIALS.start <= number < _SERIALS.stop:
        return None
    instant = _EXCEL_DAY_ZERO + timedelta(days=round(number * 1440) / 1440)
    return _sound("excel", instant.date(), instant.time() if instant.time() != time() else None)


def read_epoch(cell: Cell) -> DayCell | None:
    """The instant behind the seconds (or thousandths) since 1970 that programs write for it."""
    digits = str(cell).removesuffix(".0") if isinstance(cell, int | float | str) else ""
    if not digits.isdecimal() or len(digits) not in (10, 13):
        return None
    seconds = int(digits[:10])
    if seconds not in _EPOCHS:
        return None
    instant = datetime.fromtimestamp(seconds, UTC)
    return _sound("iso", instant.date(), instant.time(), UTC)


@lru_cache(maxsize=16_384)
def _read_text(text: str) -> DayCell | None:
    plain = unicodedata.normalize("NFKC", text).strip(" ~*?\t\r\n").casefold()
    if plain[:1] + plain[-1:] in ("()", "[]"):
        plain = plain[1:-1].strip()
    if not any(letter.isdigit() for letter in plain):
        return None
    if stamp := _STAMP.fullmatch(plain):
        plain = "{} {}:{}:{}".format(*stamp.groups())
    if re.fullmatch(r"0000-00-00.*|9999-12-31.*", plain):
        return DayCell("iso", flaw="a stand-in for no day")
    for form, pattern in _PATTERNS:
        match = pattern.fullmatch(plain)
        if match:
            return _matched(form, match)
    for form, flaw, pattern in _FLAWED:
        match = pattern.fullmatch(plain)
        if match:
            return _flawed(form, flaw, match)
    parts = [part for part in _BETWEEN.split(plain) if part]
    if 2 <= len(parts) <= 6 and all(_is_day(part) for part in parts):
        days = [day for part in parts if (day := _read_text(part)) is not None]
        forms = [day.form for day in days if day.form not in ("either", "any")]
        form = forms[0] if forms else days[0].form
        return DayCell(form, flaw="two days in one cell", number=any(day.number for day in days))
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2,}\d{4}|\d{1,2}/\d{5,6}", plain):
        return DayCell("any", flaw="no such day")
    return None


def _is_day(text: str) -> bool:
    return any(pattern.fullmatch(text) for _, pattern in _PATTERNS) or any(
        pattern.fullmatch(text) for _, flaw, pattern in _FLAWED if flaw == "no year"
    )


def _matched(form: str, match: re.Match[str]) -> DayCell:
    found = match.groupdict()
    clock, zone, sound = _clock(found)
    if not sound:
        return DayCell("any", flaw="no such day")
    year = _year(found["year"])
    if form == "slashes":
        return _numbers(int(found["first"]), int(found["second_"]), year, found["sep"], clock, zone)
    month = _MONTH[found["name"]] if found.get("name") else int(found["month"])
    day = _day(year, month, int(found["day"]))
    known: Literal["iso", "dmy", "mdy"]
    known = "iso" if form == "iso" else "dmy" if form == "dmy" else "mdy"
    if day is None:
        return DayCell(known, flaw="no such day")
    return _sound(known, day, clock, zone)


def _numbers(
    first: int, second: int, year: int, sep: str, clock: time | None, zone: timezone | None
) -> DayCell:
    """Two numbers and a year: which is the day is known where one of them can be no month."""
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if day_first and month_first and day_first != month_first:
        return DayCell("either", day_first, month_first, clock, zone, number=True)
    if day_first and month_first:  # 5/5: right either way, and proof of neither
        return DayCell("any", day_first, day_first, clock, zone, number=True)
    day = day_first or month_first
    if day is None:
        return DayCell("any", flaw="no such day", number=True)
    return _sound("dmy" if day_first else "mdy", day, clock, zone, number=True)


def _flawed(form: str, flaw: Flaw, match: re.Match[str]) -> DayCell | None:
    if form != "slashes":
        return DayCell(form, flaw=flaw)  # type: ignore[arg-type]
    first, second = int(match["first"]), int(match["second_"])
    sound = {"dmy": _day(2000, second, first), "mdy": _day(2000, first, second)}
    if not any(sound.values()):
        return None  # "24/7" and "4.5" are no days
    if match["sep"] == "." and not match[0].endswith("."):
        return None
    both = all(sound.values())
    shown: Literal["either", "dmy", "mdy"] = "either" if both else "dmy" if sound["dmy"] else "mdy"
    return DayCell(shown, flaw=flaw, number=True)


def _sound(
    form: Literal["iso", "dmy", "mdy", "excel"],
    day: date,
    clock: time | None,
    zone: timezone | None = None,
    *,
    number: bool = False,
) -> DayCell:
    if day.isoformat() in _STAND_INS:
        return DayCell(form, flaw="a stand-in for no day", number=number)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return DayCell(form, flaw="no such day", number=number)
    return DayCell(form, day, None, clock, zone, number=number)


def _clock(found: dict[str, str | None]) -> tuple[time | None, timezone | None, bool]:
    """The time and the offset that a cell shows, and whether there is such a time."""
    if not found.get("hour"):
        return None, None, True
    hour, half = int(found["hour"] or 0), (found["half"] or "").replace(".", "")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif not found["minute"]:
        return None, None, True  # a bare number after a day may be anything
    try:
        clock = time(hour, int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        return None, None, False
    zone = found["zone"]
    if found["land"]:
        return None, None, True  # whose time "EST" is, summer or winter, nobody can say
    if not zone:
        return clock if clock != time() or half else None, None, True
    if zone in ("z", "utc", "gmt"):
        return clock, UTC, True
    zone = zone.removeprefix("utc").removeprefix("gmt")
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    if minutes >= 24 * 60:
        return None, None, False
    if minutes and clock == time():
        return None, None, True  # a program's way to write a day without a time
    return clock, timezone(timedelta(minutes=minutes if zone[0] == "+" else -minutes)), True


def _year(text: str | None) -> int:
    digits = (text or "").strip("'")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def column_order(cells: Iterable[DayCell | None]) -> Order:
    """The order of a column's days, from all of its cells; ``undecided`` where they do not tell.

    One cell such as 13/2 decides for every other cell written with numbers. Where some can only be
    day first and others only month first, nobody can say: undecided.
    """
    seen = [cell for cell in cells if cell is not None]
    forms = Counter(cell.form for cell in seen)
    if 2 * forms["excel"] > len(seen):
        return "excel"
    numbers = {cell.form for cell in seen if cell.number} - {"any"}
    if "either" in numbers:
        orders = numbers - {"either"}
        if len(orders) != 1:
            return "undecided"
        return "dmy" if "dmy" in orders else "mdy"
    if {"dmy", "mdy"} <= numbers:
        return "undecided"
    for number_order in ("dmy", "mdy"):
        if number_order in numbers:
            return number_order
    shown = [form for form, _ in forms.most_common() if form in ("iso", "dmy", "mdy", "excel")]
    if not shown:
        return "undecided"
    return shown[0]


def day_in(cell: DayCell, order: Order) -> date | None:
    """The day that a cell means in a column of this order; None where that is not certain."""
    if cell.flaw is not None:
        return None
    if cell.form == "either":
        return cell.day if order == "dmy" else cell.other if order == "mdy" else None
    return cell.day
