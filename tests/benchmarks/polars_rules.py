"""The follow-up rules (§3 and §4) in polars, tuned: the engine's own ways in polars' words.

It computes what ``coachkit.grade`` computes, column by column, with polars expressions alone. Where
several ways were open the fastest of those tried stands here (README.md tells which): integers
inside and words at the edge, small tables to gather from instead of joins with the events, running
values by ``cum_sum`` and ``forward_fill`` over rows sorted once instead of windows.
"""

import pandas as pd
import polars as pl

from coachkit import terms
from tests.benchmarks.polars_events import (
    ANSWER,
    CARD,
    FOLLOW_UP,
    INBOUND,
    INTERVIEW,
    NEVER,
    OUTCOME,
    RUNS,
    THANK_YOU,
    UNDATED,
    in_order,
    opportunities,
    stream,
    with_days,
    with_whose,
)
from tests.benchmarks.polars_tables import (
    BusinessDays,
    Days,
    Tables,
    Versions,
    calendars,
    latest,
    take,
    words_of,
)

HOUR = 3_600_000_000
NO_DAY = -(2**30)
VERDICT = {word: number for number, word in enumerate(terms.VERDICTS)}
#: §4's table: by what ended the clock, the verdict before ``ready``, in time and after ``until``.
VERDICT_BY_ENDING = [
    ("not_needed", "not_needed", "not_needed"),  # an interview
    ("not_needed", "not_needed", "missed"),  # inbound
    ("superseded", "superseded", "late"),  # a thank-you
    ("superseded", "superseded", "superseded"),  # an answer
    ("superseded", "superseded", "late"),  # other
    ("too_soon", "on_time", "late"),  # a follow-up
    ("not_needed", "not_needed", "missed"),  # a dated outcome
    ("unknown", "unknown", "unknown"),  # an outcome whose day is unknown
    ("waiting", "due", "overdue"),  # nothing yet
    ("not_needed", "not_needed", "not_needed"),  # nothing yet, an interview planned
]


def grade(tables: Tables, as_of: str) -> pl.DataFrame:
    """One row per duty: the columns of ``coachkit.grade``, and ``carded`` for every thank-you."""
    now = pd.Timestamp(as_of).value // 1000
    whose = opportunities(tables, now)
    days, business = calendars(tables, whose, now)
    whose = with_days(whose, days, now)
    versions = Versions(tables.policy, words_of(whose["field"]))
    events = in_order(stream(tables, now))
    events = with_whose(events, whose, days)
    thanks = thank_yous(events, whose, versions, days, now).collect().lazy()
    follow_ups = clocks(events, whose, versions, days, business)
    return rows(thanks, follow_ups, whose)


def clocks(
    events: pl.DataFrame,
    whose: pl.DataFrame,
    versions: Versions,
    days: Days,
    business: BusinessDays,
) -> pl.LazyFrame:
    """The graded clocks (§3, §4) in order."""
    counting = running_values(counting_events(events, whose), whose, versions).collect().lazy()
    unanswered, more = pl.col("unanswered"), pl.col("unanswered") < versions.span("max_unanswered")
    graded = counting.filter(~pl.col("owed")).with_columns(duty=more)
    graded = graded.filter(pl.col("duty") | (pl.col("ended_by") == FOLLOW_UP))
    day, promised = pl.col("day"), pl.col("promised")
    own_wait = take(whose["own_wait"], "number")
    first_wait = pl.when(unanswered == 0).then(versions.span("wait_days"))
    wait = pl.coalesce(own_wait, first_wait.otherwise(versions.span("later_wait_days")))
    earliest = pl.when((unanswered == 0) & (promised >= day)).then(day + 1)
    grace = promised + versions.span("promise_grace_days")
    ready = pl.max_horizontal(earliest.otherwise(day + pl.col("wait")), grace)
    silent = pl.max_horizontal("since", "promised") + 7 * versions.span("let_go_weeks")
    later = pl.when("duty").then(pl.col("until_on") + 1).otherwise(day + pl.col("wait"))
    return (
        graded.with_columns(wait=wait)
        .with_columns(ready_on=ready)
        .with_columns(rank=business.rank(pl.col("ready_on"), take(whose["calendar"], "number")))
        .with_columns(
            due_on=business.day(pl.col("rank")),
            until_on=business.day(pl.col("rank") + versions.span("window_days")),
        )
        .with_columns(
            let_go_on=pl.max_horizontal(silent, later),
            deadline_at=days.last_second(pl.col("until_on"), take(whose["zone"], "number")),
        )
        .with_columns(verdict=clock_verdict(whose))
    )


def counting_events(events: pl.DataFrame, whose: pl.DataFrame) -> pl.LazyFrame:
    """§3: the events, each of which starts a clock."""
    kind, number, day = pl.col("kind"), pl.col("number"), pl.col("day")
    touch = (kind == FOLLOW_UP) & (kind.shift() == FOLLOW_UP)
    again = touch & (number == number.shift()) & (day == day.shift())
    ended_at = take(whose["ended_at"].fill_null(NEVER), "number")
    return (
        events.lazy()
        .filter("begun", kind != CARD, pl.col("at") <= ended_at)
        .select("number", "at", "kind", "id", "promised", "asks", "day")
        .filter(~again.fill_null(False))
    )


def running_values(counting: pl.LazyFrame, whose: pl.DataFrame, versions: Versions) -> pl.LazyFrame:
    """What each clock takes from the events before it, and what ended it."""
    kind, number = pl.col("kind"), pl.col("number")
    visit, reset = kind == INTERVIEW, kind <= INBOUND
    count = (kind == FOLLOW_UP).cum_sum().cast(pl.Int32)
    asked = pl.col("asks").cum_sum()
    follows = (number.shift(-1) == number).fill_null(False)
    done = follows & kind.shift(-1).is_between(THANK_YOU, FOLLOW_UP)
    ending = pl.when(follows).then(kind.shift(-1)).otherwise(take(whose["ending"], "number"))
    ended_on = pl.when(follows).then(pl.col("day").shift(-1))
    return counting.with_columns(
        unanswered=count - latest(count, reset),
        since=latest("day", reset),
        promised=latest(
            pl.col("promised").fill_null(NO_DAY), visit | pl.col("promised").is_not_null()
        ),
        owed=asked > latest(asked, visit | (kind == ANSWER)),
        row=versions.at(take(whose["field"].cat.physical(), "number"), pl.col("at")),
        ended_by=ending,
        ended_on=ended_on.otherwise(take(whose["ended_on"], "number")),
        contact_id=pl.when(done).then(pl.col("id").shift(-1)),
        done_at=pl.when(done).then(pl.col("at").shift(-1)),
    )


def clock_verdict(whose: pl.DataFrame) -> pl.Expr:
    """§4: the verdict's number, unknown where it lies before tracking."""
    table = pl.Series([VERDICT[word] for row in VERDICT_BY_ENDING for word in row], dtype=pl.UInt8)
    x, runs = pl.col("ended_on"), pl.col("ended_by") == RUNS
    start = pl.when(runs).then("due_on").otherwise("ready_on")
    late = pl.col("until_on") < x
    dated = take(table, pl.col("ended_by") * 3 + (x >= start) + late)
    verdict = (
        pl.when(~pl.col("duty"))
        .then(number_of("too_many"))
        .when(runs & late & (x >= pl.col("let_go_on")))
        .then(number_of("missed"))
        .otherwise(dated)
    )
    before = pl.col("until_on") < take(whose["tracked_on"], "number")
    return unless_unrecorded(verdict, before)


def number_of(verdict: str) -> pl.Expr:
    return pl.lit(VERDICT[verdict], pl.UInt8)


def unless_unrecorded(verdict: pl.Expr, before_tracking: pl.Expr) -> pl.Expr:
    """§4: unknown is not missed."""
    unrecorded = verdict.is_in([VERDICT[word] for word in ("missed", "overdue", "late")])
    return pl.when(before_tracking & unrecorded).then(number_of("unknown")).otherwise(verdict)


def thank_yous(
    events: pl.DataFrame, whose: pl.DataFrame, versions: Versions, days: Days, now: int
) -> pl.LazyFrame:
    """§4: the thank-you of every interview held, in order."""
    number, at = pl.col("number"), pl.col("at")
    carded = (
        events.lazy()
        .select("kind", "begun", visit_id=latest("id", pl.col("kind") == INTERVIEW))
        .filter("begun", pl.col("kind") == CARD)
        .select(pl.col("visit_id").unique())
        .collect()
        .to_series()
    )
    visits = visits_in_order(events)
    notes = (
        events.lazy()
        .filter(pl.col("kind") == THANK_YOU)
        .select(
            "number",
            "names",
            note_at="at",
            note_on="day",
            note_day_only="day_only",
            contact_id="id",
        )
    )
    answered = first_notes(visits, notes)
    hours = versions.span("thank_you_hours").cast(pl.Int64)
    zone = take(whose["zone"], "number")
    by_day = days.last_second(pl.col("day") + ((hours + 23) // 24).cast(pl.Int32), zone)
    by_time = pl.coalesce("ended_at", "at") + hours * HOUR
    return (
        visits.join(answered, on="visit", how="left", maintain_order="left")
        .with_columns(row=versions.at(take(whose["field"].cat.physical(), "number"), at))
        .with_columns(deadline_at=pl.when("day_only").then(by_day).otherwise(by_time))
        .with_columns(due_on=days.of(pl.col("deadline_at"), take(whose["zone"], number)))
        .with_columns(
            verdict=thank_you_verdict(whose, now), carded=pl.col("id").is_in(carded.implode())
        )
    )


def visits_in_order(events: pl.DataFrame) -> pl.LazyFrame:
    """Interviews held, numbered, with the time of the next one of a later local day."""
    number, day = pl.col("number"), pl.col("day")
    opens = ((number != number.shift()) | (day != day.shift())).fill_null(True)
    next_number = pl.when(opens).then("number").shift(-1).backward_fill()
    next_at = pl.when(opens).then("at").shift(-1).backward_fill()
    return (
        events.lazy()
        .filter(pl.col("kind") == INTERVIEW)
        .select("number", "at", "day", "id", "day_only", "ended_at")
        .with_row_index("visit")
        .with_columns(next_at=pl.when(next_number == number).then(next_at).otherwise(NEVER))
    )


def first_notes(visits: pl.LazyFrame, notes: pl.LazyFrame) -> pl.LazyFrame:
    """The earliest note that thanks for each visit that has one."""
    names = pl.col("names")
    by_day = pl.col("day_only") | pl.col("note_day_only")
    after_by_day = pl.when(by_day).then(pl.col("note_on") >= pl.col("day"))
    after = after_by_day.otherwise(pl.col("note_at") >= pl.col("at"))
    unnamed = names.is_null() & (pl.col("note_at") < pl.col("next_at"))
    visit = pl.col("visit")
    return (
        visits.select("visit", "number", "at", "day", "id", "day_only", "next_at")
        .join(notes, on="number", how="inner", maintain_order="left_right")
        .filter(after & (unnamed | (names == pl.col("id")).fill_null(False)))
        .filter((visit != visit.shift()).fill_null(True))
        .select("visit", "note_at", "note_on", "note_day_only", "contact_id")
    )


def thank_you_verdict(whose: pl.DataFrame, now: int) -> pl.Expr:
    """§4: the verdict's number, unknown where it lies before tracking."""
    deadline, sent = pl.col("deadline_at"), pl.col("contact_id").is_not_null()
    by_day = pl.col("day_only") | pl.col("note_day_only")
    in_time_by_day = pl.when(by_day).then(pl.col("note_on") <= pl.col("due_on"))
    in_time = in_time_by_day.otherwise(pl.col("note_at") <= deadline).fill_null(False)
    ended_at, ending = take(whose["ended_at"], "number"), take(whose["ending"], "number")
    verdict = (
        pl.when(sent & in_time)
        .then(number_of("on_time"))
        .when(ending == UNDATED)
        .then(number_of("unknown"))
        .when(ended_at <= deadline)
        .then(number_of("not_needed"))
        .when(sent)
        .then(number_of("late"))
        .when(ending == OUTCOME)
        .then(number_of("missed"))
        .when(now <= deadline)
        .then(number_of("due"))
        .when(now <= deadline + 7 * 24 * HOUR)
        .then(number_of("overdue"))
        .otherwise(number_of("missed"))
    )
    return unless_unrecorded(verdict, deadline < take(whose["tracked_since"], "number"))


def rows(thanks: pl.LazyFrame, follow_ups: pl.LazyFrame, whose: pl.DataFrame) -> pl.DataFrame:
    """Both kinds of duty, one below the other, as the public face has them."""
    endings = pl.Series([0, 1, 2, 3, 4, 5, 6, 6, None, None], dtype=pl.UInt8)
    no_id, no_day = pl.lit(None, pl.Int64), pl.lit(None, pl.Int32)
    both = [
        thanks.select(
            "number",
            "contact_id",
            "deadline_at",
            "due_on",
            "verdict",
            "carded",
            duty=pl.lit(0, pl.UInt8),
            interview_id="id",
            started_at="at",
            ready_on=no_day,
            until_on="due_on",
            let_go_on=no_day,
            unanswered=no_day,
            ended_by=pl.lit(None, pl.UInt8),
            done_at="note_at",
        ),
        follow_ups.select(
            "number",
            "contact_id",
            "deadline_at",
            "due_on",
            "verdict",
            carded=pl.lit(None, pl.Boolean),
            duty=pl.lit(1, pl.UInt8),
            interview_id=no_id,
            started_at="at",
            ready_on="ready_on",
            until_on="until_on",
            let_go_on="let_go_on",
            unanswered="unanswered",
            ended_by=take(endings, "ended_by"),
            done_at="done_at",
        ),
    ]
    instant, words = pl.Datetime("us", "UTC"), {}
    for name, allowed in (
        ("duty", terms.DUTIES),
        ("ended_by", terms.ENDINGS),
        ("verdict", terms.VERDICTS),
    ):
        words[name] = pl.col(name).cat.to(pl.Enum(allowed))
    whose_columns = {
        name: take(whose[name], "number")
        for name in ("client_id", "coach", "opportunity_id", "field")
    }
    return (
        pl.concat(both, how="diagonal")
        .select(
            words["duty"],
            **whose_columns,
            interview_id="interview_id",
            contact_id="contact_id",
            started_at=pl.col("started_at").cast(instant),
            ready_on=pl.col("ready_on").cast(pl.Date),
            due_on=pl.col("due_on").cast(pl.Date),
            until_on=pl.col("until_on").cast(pl.Date),
            deadline_at=pl.col("deadline_at").cast(instant),
            let_go_on=pl.col("let_go_on").cast(pl.Date),
            unanswered="unanswered",
            ended_by=words["ended_by"],
            done_at=pl.col("done_at").cast(instant),
            verdict=words["verdict"],
            carded="carded",
        )
        .collect(engine="streaming")
    )
