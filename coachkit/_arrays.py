"""The fast room: sorting events, local days and business days, as plain arrays.

Nothing here knows a rule. ``clocks`` states the rules with these pieces. All instants are int64 UTC
microseconds, all days int32 days since 1970-01-01. Zones and calendars are given by number.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

import numpy as np

DAY = 86_400_000_000
SECOND = 1_000_000
NEVER = np.iinfo(np.int64).max
NOT_A_TIME = np.iinfo(np.int64).min
NO_DAY = np.int32(-(2**30))  # far below every day, and safe to add to
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Array = np.ndarray


class IdIndex:
    """From ids to their positions in ``ids``, which are unique and ascending."""

    def __init__(self, ids: Array) -> None:
        self.ids = ids
        self._first = int(ids[0]) if ids.size else 0
        span = int(ids[-1]) - self._first + 1 if ids.size else 0
        self._table = None
        if span <= 4 * ids.size + 1024:  # dense enough for one gather instead of a search
            self._table = np.zeros(span, dtype=np.int32)
            self._table[ids - self._first] = np.arange(ids.size, dtype=np.int32)

    def __call__(self, ids: Array) -> Array:
        """Positions, int32; every id must be there."""
        if self._table is not None:
            return self._table.take(ids - self._first if self._first else ids)
        return np.searchsorted(self.ids, ids).astype(np.int32)


def sort_events(group: Array, at: Array, rank: Array, ids: Array) -> tuple[Array, Array]:
    """Order events by group, then time, then rank, then id.

    Group, coarse time and row number go into one integer each, which sorts fastest; the few that
    share group and coarse time are then put in order by all four keys.

    Returns
    -------
    tuple of ndarray
        The group of each event in order, and its row.
    """
    rows = at.size
    row_bits = max(rows - 1, 0).bit_length()
    group_bits = int(group.max(initial=0)).bit_length()
    first = int(at.min(initial=NEVER))
    span_bits = (int(at.max(initial=NOT_A_TIME)) - first).bit_length() if rows else 0
    time_bits = min(63 - row_bits - group_bits, span_bits)
    keys = at - first
    keys >>= span_bits - time_bits
    keys |= group.astype(np.int64) << time_bits
    keys <<= row_bits
    keys |= np.arange(rows)
    keys.sort()
    order = keys & ((1 << row_bits) - 1)
    keys >>= row_bits
    alike = np.flatnonzero(keys[1:] == keys[:-1])
    if alike.size:
        places = np.union1d(alike, alike + 1)
        among = order[places]
        order[places] = among[np.lexsort((ids[among], rank[among], at[among], keys[places]))]
    keys >>= time_bits
    return keys, order


def blocks(group: Array, size: int) -> Iterator[slice]:
    """Slices of the sorted ``group`` that hold ``size`` groups each, so that work stays in cache."""
    if group.size:
        cuts = np.searchsorted(group, np.arange(0, int(group[-1]) + size + 1, size))
        yield from (slice(a, b) for a, b in zip(cuts[:-1], cuts[1:], strict=True) if a < b)


def latest(mark: Array) -> Array:
    """For each place, the last place up to it where ``mark`` is true; the first place must be."""
    places = np.arange(mark.size, dtype=np.int32)
    places *= mark
    return np.maximum.accumulate(places, out=places)


class LocalDays:
    """Local days of instants, and the last second of local days, in each of some time zones."""

    def __init__(self, zones: Sequence[str], first: int, last: int) -> None:
        years = _years(first // DAY - 2, last // DAY + 2)
        self._zones = zones
        self._first_day = _day_number(years[0], 1, 1)
        self._days = _day_number(years[-1] + 1, 1, 1) - self._first_day
        per_zone = [np.concatenate([_offsets(zone, year) for year in years]) for zone in zones]
        self._offset = np.concatenate([*per_zone, np.zeros(1, np.int64)])
        self._changes = np.append(self._offset[1:] != self._offset[:-1], False)
        self._years = years
        self._midnight: Array | None = None

    def rows(self, zone: Array) -> Array:
        """Where the zone's stretch of the tables begins: what the look-ups take as ``row``."""
        return zone.astype(np.int64) * self._days - self._first_day

    def of(self, instant: Array, row: Array) -> Array:
        """The local day of each instant."""
        cell = instant // DAY
        cell += row
        local = self._offset.take(cell)
        local += instant
        local //= DAY
        days = local.astype(np.int32)
        changing = np.flatnonzero(self._changes.take(cell))  # the zone's clock changes that day
        for place in changing:
            zone = self._zones[int(row[place] + self._first_day) // self._days]
            days[place] = _local_day(zone, int(instant[place]))
        return days

    def last_second(self, day: Array, row: Array) -> Array:
        """23:59:59 of each local day, in UTC microseconds."""
        if self._midnight is None:
            self._midnight = np.concatenate(
                [_last_seconds(zone, year) for zone in self._zones for year in self._years]
                + [np.zeros(1, np.int64)]
            )
        return self._midnight.take(day + row)


class BusinessDays:
    """Monday to Friday less the holidays, in each of some countries (None: weekends only)."""

    def __init__(self, countries: Sequence[str | None], first: int, last: int) -> None:
        years = _years(first - 7, last + 366)
        self._first_day = _day_number(years[0], 1, 1)
        self._days = _day_number(years[-1] + 1, 1, 1) - self._first_day
        before, opened, starts = [], [], []
        for country in countries:
            is_open = np.concatenate([_open_days(country, year) for year in years])
            starts.append(sum(map(len, opened)))
            before.append(np.cumsum(is_open) - is_open + starts[-1])
            opened.append(np.flatnonzero(is_open) + self._first_day)
        self._rank = np.concatenate(before or [np.zeros(1)]).astype(np.int32)
        self._open = np.concatenate(opened or [np.zeros(1)]).astype(np.int32)

    def rows(self, calendar: Array) -> Array:
        """Where the calendar's stretch of the tables begins: what ``rank`` takes as ``row``."""
        return calendar.astype(np.int32) * self._days - self._first_day

    def rank(self, day: Array, row: Array) -> Array:
        """The number of the first business day on or after each day; count on from it at will."""
        return self._rank.take(day + row)

    def day(self, rank: Array) -> Array:
        """The day of each business day's number."""
        return self._open.take(rank)


def _years(first_day: int, last_day: int) -> range:
    return range(
        (_EPOCH + timedelta(days=int(first_day))).year,
        (_EPOCH + timedelta(days=int(last_day))).year + 1,
    )


@cache
def _day_number(year: int, month: int, day: int) -> int:
    return (datetime(year, month, day, tzinfo=UTC) - _EPOCH).days


def _days_of(year: int) -> range:
    return range(_day_number(year, 1, 1), _day_number(year + 1, 1, 1))


@lru_cache(maxsize=4096)
def _offsets(zone: str, year: int) -> Array:
    """The zone's offset from UTC at each UTC midnight of the year, in microseconds."""
    place = ZoneInfo(zone)
    return np.array(
        [
            _microseconds((_EPOCH + timedelta(days=day)).astimezone(place).utcoffset())
            for day in _days_of(year)
        ]
    )


@lru_cache(maxsize=4096)
def _last_seconds(zone: str, year: int) -> Array:
    """23:59:59 of each local day of the year, in UTC microseconds (the first, if it comes twice)."""
    place = ZoneInfo(zone)
    last = time(23, 59, 59, tzinfo=place)
    days = ((_EPOCH + timedelta(days=day)).date() for day in _days_of(year))
    return np.array([_microseconds(datetime.combine(day, last) - _EPOCH) for day in days])


@lru_cache(maxsize=65536)
def _local_day(zone: str, instant: int) -> int:
    local = (_EPOCH + timedelta(microseconds=instant)).astimezone(ZoneInfo(zone))
    return (local.date() - _EPOCH.date()).days


def _microseconds(span: timedelta | None) -> int:
    return (span or timedelta()) // timedelta(microseconds=1)


@lru_cache(maxsize=4096)
def _open_days(country: str | None, year: int) -> Array:
    days = np.array(_days_of(year))
    is_open = (days + 3) % 7 < 5  # 1970-01-01 was a Thursday
    closed = [(day - _EPOCH.date()).days - days[0] for day in holiday_names(country, year)]
    is_open[closed] = False
    return is_open


@lru_cache(maxsize=4096)
def holiday_names(country: str | None, year: int) -> dict:
    """The holidays of a country or subdivision (``US``, ``US-CA``) in a year: date → name."""
    if country is None:
        return {}
    import holidays

    code, _, subdivision = country.partition("-")
    return dict(holidays.country_holidays(code, subdiv=subdivision or None, years=year))
