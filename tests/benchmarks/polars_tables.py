"""What the polars contenders are given and look up: frames, days by zone, business days, waits.

Small tables by whole years are kept between calls, as the engine keeps its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays
import numpy as np
import pandas as pd
import polars as pl

import coachkit
from coachkit import terms

DAY = 86_400_000_000
NEVER = 2**62
NO_WORD = "-"
SPANS = tuple(name for name, value in terms.POLICY_DEFAULTS.items() if isinstance(value, int))


@dataclass(frozen=True, eq=False)
class Tables:
    """The caseload and the policy as polars frames, words as Enum, days as Date."""

    clients: pl.DataFrame
    opportunities: pl.DataFrame
    interviews: pl.DataFrame
    contacts: pl.DataFrame
    policy: pl.DataFrame


def convert(caseload: coachkit.Caseload, policy: coachkit.Policy) -> Tables:
    """The frames as a polars user would hold them: only columns that the rules read."""
    given = {"clients": caseload.clients, "opportunities": caseload.opportunities}
    words = [frame["country"].cat.categories for frame in given.values()]
    countries = sorted({*words[0], *words[1]})
    for name, frame in given.items():
        given[name] = frame.assign(country=frame["country"].cat.set_categories(countries))
    table = policy.table
    if not (table["field"] == terms.DEFAULT_FIELD).any():
        builtin = pd.DataFrame([terms.POLICY_DEFAULTS | {"field": terms.DEFAULT_FIELD}])
        table = pd.concat([table, coachkit.Policy(builtin).table], ignore_index=True)
    spans = table[["effective_from", *SPANS]]
    return Tables(
        clients=to_polars(given["clients"]),
        opportunities=to_polars(given["opportunities"]),
        interviews=to_polars(caseload.interviews),
        contacts=to_polars(caseload.contacts),
        policy=to_polars(spans).with_columns(field=pl.Series(table["field"].tolist())),
    )


def to_polars(frame: pd.DataFrame) -> pl.DataFrame:
    """A caseload's frame without its texts (pyarrow is not needed)."""
    columns = {}
    for name, cells in frame.items():
        null = cells.isna().to_numpy()
        if isinstance(cells.dtype, pd.CategoricalDtype):
            codes = np.maximum(cells.cat.codes.to_numpy(), 0)
            small = np.uint8 if len(cells.cat.categories) <= 255 else np.uint16
            words = pl.Enum(list(cells.cat.categories) or [NO_WORD])
            column = pl.Series(codes.astype(small)).cat.to(words)
        elif cells.dtype.kind == "M":
            naive = cells if name == "promised_by" else cells.dt.tz_localize(None)
            column = pl.Series(naive.to_numpy())
            column = column.cast(pl.Date) if name == "promised_by" else utc(column)
        elif pd.api.types.is_integer_dtype(cells.dtype):
            column = pl.Series(cells.to_numpy(dtype=np.int64, na_value=0))
        elif pd.api.types.is_bool_dtype(cells.dtype):
            column = pl.Series(cells.to_numpy(dtype=bool, na_value=False))
        else:
            continue
        columns[str(name)] = pl.select(
            pl.when(~pl.lit(pl.Series(null))).then(pl.lit(column))
        ).to_series()
    return pl.DataFrame(columns)


def utc(column: pl.Series) -> pl.Series:
    return column.dt.replace_time_zone("UTC")


def us(name: str) -> pl.Expr:
    """A column of instants as integer UTC microseconds."""
    return pl.col(name).to_physical()


def words_of(cells: pl.Series) -> list[str]:
    """All words that an Enum column may hold."""
    assert isinstance(cells.dtype, pl.Enum)
    return cells.dtype.categories.to_list()


def latest(value: pl.Expr | str, where: pl.Expr) -> pl.Expr:
    """The value at the last row up to here where something holds."""
    return pl.when(where).then(value).forward_fill()


def take(values: pl.Series, place: pl.Expr | str) -> pl.Expr:
    """Look a small table up by row number."""
    return pl.lit(values).gather(place)


@dataclass(frozen=True, eq=False)
class Days:
    """Local days in each zone, by day of UTC: its offsets from UTC and when it changes."""

    first: int
    size: int
    before: pl.Series
    after: pl.Series
    changes_at: pl.Series
    last_seconds: pl.Series

    def of(self, at: pl.Expr, zone: pl.Expr) -> pl.Expr:
        """The local day of an instant in microseconds, as days since 1970."""
        cell = (zone * self.size + (at // DAY - self.first)).cast(pl.UInt32)
        changed = at >= take(self.changes_at, cell)
        offset = pl.when(changed).then(take(self.after, cell)).otherwise(take(self.before, cell))
        return ((at + offset) // DAY).cast(pl.Int32)

    def last_second(self, day: pl.Expr, zone: pl.Expr) -> pl.Expr:
        """23:59:59 of a local day, in UTC microseconds."""
        return take(self.last_seconds, zone * self.size + (day - self.first))


@lru_cache(maxsize=8)
def zone_days(zones: Sequence[str], first_year: int, last_year: int) -> Days:
    """The tables of ``Days`` for whole years."""
    ends = datetime(first_year, 1, 1), datetime(last_year, 12, 31, 23, 45)
    quarters = pl.datetime_range(*ends, interval="15m", time_zone="UTC", eager=True).alias("at")
    instant = pl.col("at").to_physical()
    parts, last_seconds = [], []
    for zone in zones:
        wall = pl.col("at").dt.convert_time_zone(zone).dt.replace_time_zone(None).to_physical()
        by_day = (
            quarters.to_frame()
            .select(day=instant // DAY, at=instant, offset=wall - instant)
            .group_by("day", maintain_order=True)
        )
        changes = pl.col("at").filter(pl.col("offset") != pl.col("offset").first()).min()
        offset = pl.col("offset")
        parts.append(
            by_day.agg(before=offset.first(), after=offset.last(), at=changes.fill_null(NEVER))
        )
        days = pl.datetime_range(*ends, interval="1d", eager=True) + timedelta(seconds=86_399)
        zoned = days.dt.replace_time_zone(zone, ambiguous="earliest")
        last_seconds.append(zoned.dt.timestamp("us"))
    table = pl.concat(parts)
    first = int(quarters.to_physical()[0]) // DAY
    size = len(parts[0])
    return Days(first, size, table["before"], table["after"], table["at"], pl.concat(last_seconds))


@dataclass(frozen=True, eq=False)
class BusinessDays:
    """Business days by number, in each calendar: number 0 has weekends only."""

    first: int
    size: int
    ranks: pl.Series
    opened: pl.Series

    def rank(self, day: pl.Expr, calendar: pl.Expr) -> pl.Expr:
        """The number of the first business day on or after a day."""
        return take(self.ranks, calendar * self.size + (day - self.first))

    def day(self, rank: pl.Expr) -> pl.Expr:
        return take(self.opened, rank)


@lru_cache(maxsize=8)
def business_days(countries: Sequence[str], first_year: int, last_year: int) -> BusinessDays:
    """The tables of ``BusinessDays`` for whole years."""
    days = pl.date_range(date(first_year, 1, 1), date(last_year, 12, 31), eager=True)
    years = range(first_year, last_year + 1)
    ranks, opened, known = [], [], 0
    for country in (None, *countries):
        is_open = days.dt.is_business_day(holidays=closed_days(country, years))
        ranks.append(is_open.cast(pl.Int32).cum_sum() - is_open.cast(pl.Int32) + known)
        opened.append(days.filter(is_open).to_physical())
        known += len(opened[-1])
    first = int(days.to_physical()[0])
    return BusinessDays(first, len(days), pl.concat(ranks), pl.concat(opened))


def calendars(tables: Tables, whose: pl.DataFrame, now: int) -> tuple[Days, BusinessDays]:
    """Tables of days that reach from the first instant to the last day that any rule may name."""
    held, touched = tables.interviews, tables.contacts
    instants = [held["held_at"], touched["at"], tables.clients["tracked_since"]]
    early = [column.to_physical().min() for column in [*instants, whose["ended_at"]]]
    named = [held["ended_at"], held["promised_by"], touched["promised_by"]]
    late = [column.cast(pl.Datetime("us")).to_physical().max() for column in named]
    first, last = (
        (datetime(1970, 1, 1) + timedelta(microseconds=int(value))).year
        for value in (min(filter(None, [now, *early])), max(filter(None, [now, *late])))
    )
    longest = {name: int(tables.policy[name].max() or 0) for name in SPANS}
    own = tables.opportunities["wait_days"].max() or 0
    reach = max(longest["wait_days"], longest["later_wait_days"], int(own)) + 60
    reach += longest["promise_grace_days"] + 2 * longest["window_days"]
    reach += longest["thank_you_hours"] // 24
    zones = tuple(words_of(tables.clients["timezone"]))
    countries = tuple(words_of(tables.clients["country"]))
    years = (first - 1, last + 1 + reach // 365)
    return zone_days(zones, *years), business_days(countries, *years)


def calendar_frames(tables: Tables, today: date) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """What is joined by day: when it ends in each zone, and the business days from it on."""
    promised = [frame["promised_by"].max() for frame in (tables.interviews, tables.contacts)]
    spans = tables.policy.select(pl.col(SPANS).max()).row(0)
    reach = 2 * sum(spans) + (tables.opportunities["wait_days"].max() or 0) + 30
    first_held_at = tables.interviews["held_at"].min()
    first = first_held_at.date() if first_held_at else today
    days = first - timedelta(2), max(filter(None, [today, *promised])) + timedelta(reach)
    windows = tuple(tables.policy["window_days"].unique().sort())
    evenings = last_seconds(tables.clients.schema["timezone"], *days)
    return evenings.lazy(), business_frame(tables.clients.schema["country"], windows, *days).lazy()


@lru_cache(maxsize=8)
def last_seconds(zones: pl.Enum, first: date, last: date) -> pl.DataFrame:
    """When each local day ends in each zone: 23:59:59."""
    days = pl.date_range(first, last, eager=True).alias("last_day").to_frame()
    wall = pl.col("last_day").cast(pl.Datetime("us")) + timedelta(seconds=86_399)
    parts = []
    for zone in zones.categories:
        at = wall.dt.replace_time_zone(zone, ambiguous="earliest").dt.convert_time_zone("UTC")
        parts.append(days.select("last_day", timezone=pl.lit(zone, zones), last_second=at))
    return pl.concat(parts)


@lru_cache(maxsize=8)
def business_frame(
    countries: pl.Enum, windows: tuple[int, ...], first: date, last: date
) -> pl.DataFrame:
    """Each day's first business day on or after it, and those so many business days later."""
    days = pl.date_range(first, last, eager=True).alias("ready_on").to_frame()
    years, ready_on, parts = range(first.year, last.year + 1), pl.col("ready_on"), []
    for country in (None, *countries.categories):
        closed = closed_days(country, years)
        due = ready_on.dt.add_business_days(0, holidays=closed, roll="forward")
        until = {
            str(window): due.dt.add_business_days(window, holidays=closed) for window in windows
        }
        whose = pl.lit(country, countries)
        parts.append(days.select("ready_on", calendar=whose, due_on=due, **until))
    return pl.concat(parts)


def closed_days(country: str | None, years: range) -> list[date]:
    if country in (None, NO_WORD):
        return []
    name, _, part = country.partition("-")
    return list(holidays.country_holidays(name, subdiv=part or None, years=years))


class Versions:
    """The policy's rows by number, and which holds for which field in which period (§2)."""

    def __init__(self, policy: pl.DataFrame, fields: Sequence[str]) -> None:
        rows = policy.with_row_index("row").with_columns(
            begins=us("effective_from").fill_null(-NEVER)
        )
        begins = rows["begins"].unique().append(pl.Series([-NEVER])).unique().sort()
        self.changes = begins.slice(1)
        self.periods = len(begins)
        grid = (
            pl.DataFrame({"field": fields})
            .with_row_index("number")
            .join(begins.to_frame("begins"), how="cross")
            .sort("begins", maintain_order=True)
        )
        default = rows.filter(pl.col("field") == terms.DEFAULT_FIELD).sort("begins")
        ordered = rows.select("field", "begins", "row").sort("begins")
        found = grid.join_asof(
            ordered, on="begins", by="field", strategy="backward", check_sortedness=False
        ).join_asof(default.select("begins", fallback="row"), on="begins", strategy="backward")
        row = pl.coalesce("row", "fallback", pl.lit(default["row"][0]))
        self.rows = found.sort("number", "begins").select(row).to_series()
        self.spans = {name: rows[name].cast(pl.Int32) for name in SPANS}

    def at(self, field: pl.Expr, instant: pl.Expr) -> pl.Expr:
        """The number of the row in force."""
        if not len(self.changes):
            return take(self.rows, field)
        period = pl.lit(self.changes).search_sorted(instant, side="right")
        return take(self.rows, field * self.periods + period)

    def span(self, name: str, row: str = "row") -> pl.Expr:
        return take(self.spans[name], row)


def with_versions(opportunities: pl.LazyFrame, policy: pl.LazyFrame) -> pl.LazyFrame:
    """Every opportunity with each policy row of its field and since when it holds (§2)."""
    begins, field = pl.col("begins"), pl.col("field")
    long_ago = pl.lit(datetime(1, 1, 1)).dt.replace_time_zone("UTC")
    rows = policy.select(
        "field",
        *[pl.col(name).cast(pl.Int32) for name in SPANS],
        begins=pl.col("effective_from").fill_null(long_ago),
    )
    words = opportunities.collect_schema()["field"]
    own = rows.with_columns(field.cast(words, strict=False))
    own_begins = own.group_by("field").agg(own_begins=begins.min())
    always = pl.when(begins == begins.min()).then(long_ago).otherwise(begins)
    default = rows.filter(field == terms.DEFAULT_FIELD).with_columns(begins=always).drop("field")
    fallback = (
        opportunities.select("field")
        .unique()
        .join(own_begins, on="field", how="left")
        .join(default, how="cross")
        .filter((begins < pl.col("own_begins")).fill_null(True))
        .drop("own_begins")
    )
    every = pl.concat([own, fallback], how="diagonal")
    return opportunities.join(every, on="field").sort("opportunity_id", "begins")
