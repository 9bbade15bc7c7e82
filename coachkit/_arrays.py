"""The fast room: sorting events, local days and business days, as plain arrays.

Nothing here knows a rule. ``clocks`` states the rules with these pieces. All instants are int64 UTC
microseconds, all days int64 days since 1970-01-01. Zones and calendars are given by number.
Where every number is as wide as a place, nothing is cast on the way from one array to the next.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from coachkit._calendars import holiday_names

DAY = 86_400_000_000
SECOND = 1_000_000
NEVER = np.iinfo(np.int64).max
NOT_A_TIME = np.iinfo(np.int64).min
NO_DAY = np.int64(-(2**30))  # far below every day, and safe to add to
_CHUNK = 65_536
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Array = np.ndarray[Any, Any]


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
        if self._table is None:
            return np.searchsorted(self.ids, ids).astype(np.int32)
        found = np.empty(ids.size, dtype=np.int32)
        for part in chunks(ids.size):
            self._table.take(ids[part] - self._first, out=found[part], mode="clip")
        return found


def chunks(size: int) -> Iterator[slice]:
    """Slices of a long array, each of which stays in cache through several steps."""
    return (slice(begin, min(begin + _CHUNK, size)) for begin in range(0, size, _CHUNK))


def looked_up(table: Array, codes: Array) -> Array:
    """``table[codes]`` for codes of any width, without a wide copy of them all."""
    found = np.empty(codes.size, dtype=table.dtype)
    for part in chunks(codes.size):
        table.take(codes[part], out=found[part], mode="wrap")
    return found


def in_order(
    group: Array, at: Array, ties: Callable[[Array], Sequence[Array]], size: int
) -> Iterator[tuple[Array, Array]]:
    """Order events by group, then time, then what ``ties`` says; ``size`` groups at a time.

    Group, coarse time and row number go into one integer each, which sorts fastest; the few that
    share group and coarse time are then put in order by all their keys, of which ``ties`` gives
    the last ones for some rows.

    Yields
    ------
    tuple of ndarray
        The group of each event in order, and its row.
    """
    if not at.size:
        return
    groups = int(group.max()) + 1
    row_bits = at.size.bit_length()
    span_bits = (int(at.max()) - int(at.min())).bit_length()
    time_bits = min(63 - row_bits - (groups + size).bit_length(), span_bits)
    keys = _packed(group, at, span_bits - time_bits, time_bits, row_bits)
    keys.sort()
    firsts = np.arange(0, groups + size, size) << (time_bits + row_bits)
    cuts = np.searchsorted(keys, firsts)
    for begin, end in pairwise(cuts.tolist()):
        if begin < end:
            part = keys[begin:end]
            rows = part & ((1 << row_bits) - 1)
            part >>= row_bits
            alike = np.flatnonzero(part[1:] == part[:-1])
            if alike.size:
                pairs = np.stack([alike, alike + 1], axis=1).ravel()  # ascending
                places = pairs[np.append(True, pairs[1:] != pairs[:-1])]
                among = rows[places]
                keys_of = (part[places], at[among], *ties(among))
                rows[places] = among[np.lexsort(keys_of[::-1])]
            part >>= time_bits
            yield part, rows


def _packed(group: Array, at: Array, coarser: int, time_bits: int, row_bits: int) -> Array:
    """Group, coarse time and row number of each event, in one integer."""
    keys = np.empty(at.size, dtype=np.int64)
    first = at.min()
    for part in chunks(at.size):
        key = keys[part]
        np.subtract(at[part], first, out=key)
        key >>= coarser
        key |= np.left_shift(group[part], time_bits, dtype=np.int64)
        key <<= row_bits
        key |= np.arange(part.start, part.stop)
    return keys


def spells(mark: Array) -> tuple[Array, Array]:
    """The marked places, and for every place the number of the last one up to it.

    The first place must be marked.
    """
    number = np.cumsum(mark)
    number -= 1
    return np.flatnonzero(mark), number


def replaced(values: Array, places: Array, by: Any) -> Array:
    """A copy of ``values`` with others at some places; cheaper than ``where`` if they are few."""
    changed = values.copy()
    changed[places] = by
    return changed


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
        self._changes[self._days - 1 :: self._days] = False  # the year's end is not in the tables
        self._changing = np.flatnonzero(self._changes)
        self._changes_at = np.array(
            [
                _change(zones[cell // self._days], (cell % self._days + self._first_day) * DAY)
                for cell in self._changing.tolist()
            ],
            dtype=np.int64,
        )
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
        changing = np.flatnonzero(self._changes.take(cell))
        if changing.size:  # the zone's clock changes on that day: which side is the instant on?
            cell = cell[changing]
            after = instant[changing] >= self._changes_at[np.searchsorted(self._changing, cell)]
            local[changing] = self._offset[cell + after]
        local += instant
        local //= DAY
        return local

    def last_second(self, day: Array, row: Array, out: Array | None = None) -> Array:
        """23:59:59 of each local day, in UTC microseconds."""
        if self._midnight is None:
            self._midnight = np.concatenate(
                [_last_seconds(zone, year) for zone in self._zones for year in self._years]
                + [np.zeros(1, np.int64)]
            )
        return self._midnight.take(day + row, out=out, mode="clip")


class BusinessDays:
    """Monday to Friday less the holidays, in each of some countries (None: weekends only)."""

    def __init__(self, countries: Sequence[str | None], first: int, last: int) -> None:
        years = _years(first - 7, last + 366)
        self._first_day = _day_number(years[0], 1, 1)
        self._days = _day_number(years[-1] + 1, 1, 1) - self._first_day
        is_open = np.concatenate(
            [_open_days(country, year) for country in countries for year in years]
        )
        self._rank: Array = np.cumsum(is_open) - is_open
        self._open: Array = np.flatnonzero(is_open) % self._days + self._first_day

    def rows(self, calendar: Array) -> Array:
        """Where the calendar's stretch of the tables begins: what ``rank`` takes as ``row``."""
        return calendar.astype(np.int64) * self._days - self._first_day

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


@cache
def _midnights(year: int) -> list[datetime]:
    return [_EPOCH + timedelta(days=day) for day in _days_of(year)]


@lru_cache(maxsize=4096)
def _offsets(zone: str, year: int) -> Array:
    """The zone's offset from UTC at each UTC midnight of the year, in microseconds."""
    place = ZoneInfo(zone)
    offsets = [midnight.astimezone(place).utcoffset() for midnight in _midnights(year)]
    return np.array(offsets, dtype="m8[us]").view(np.int64)


@lru_cache(maxsize=4096)
def _last_seconds(zone: str, year: int) -> Array:
    """23:59:59 of each local day of a year, in UTC microseconds; the first, if it comes twice."""
    offset = _offsets(zone, year)
    seconds = (np.array(_days_of(year)) + 1) * DAY - SECOND - offset
    is_steady = np.zeros(offset.size, dtype=bool)  # from the UTC day before to the one after
    same = offset[1:] == offset[:-1]
    is_steady[1:-2] = same[:-2] & same[1:-1] & same[2:]
    last = time(23, 59, 59, tzinfo=ZoneInfo(zone))
    for place in np.flatnonzero(~is_steady).tolist():
        local = datetime.combine(_midnights(year)[place], last)
        seconds[place] = _microseconds(local - _EPOCH)
    return seconds


@lru_cache(maxsize=65536)
def _change(zone: str, midnight: int) -> int:
    """The instant on the UTC day from ``midnight`` at which the zone's offset changes."""
    place = ZoneInfo(zone)

    def offset(instant: int) -> int:
        moment = _EPOCH + timedelta(microseconds=instant)
        return _microseconds(moment.astimezone(place).utcoffset())

    before, after = midnight, midnight + DAY
    while after - before > SECOND:  # zones change their clocks at whole seconds
        middle = (before + after) // (2 * SECOND) * SECOND
        if offset(middle) == offset(midnight):
            before = middle
        else:
            after = middle
    return after


def _microseconds(span: timedelta | None) -> int:
    return (span or timedelta()) // timedelta(microseconds=1)


@lru_cache(maxsize=4096)
def _open_days(country: str | None, year: int) -> Array:
    days = np.array(_days_of(year))
    is_open = (days + 3) % 7 < 5  # 1970-01-01 was a Thursday
    closed = [(day - _EPOCH.date()).days - days[0] for day in holiday_names(country, year)]
    is_open[closed] = False
    return is_open
