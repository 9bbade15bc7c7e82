"""The follow-up rules as a careful polars user writes them from RULES.md: the contender 'polars'.

Lazy frames, joins by key, windows ``.over("opportunity_id")``, local days by
``dt.convert_time_zone``, business days from a calendar. Where polars has several such means the
fastest of those tried stands here (README.md tells which).
"""

from datetime import date, datetime

import pandas as pd
import polars as pl
import polars.selectors as cs

from coachkit import terms
from tests import reference
from tests.benchmarks.polars_tables import Tables, calendar_frames, with_versions, words_of

ID = "opportunity_id"
UTC = pl.Datetime("us", "UTC")
KIND = pl.Enum(terms.ENDINGS)  # of an event, and of what ends a clock
DUTY, VERDICT = pl.Enum(terms.DUTIES), pl.Enum(terms.VERDICTS)
LONG_AGO = date(1, 1, 1)
#: The columns of ``coachkit.grade``; ``carded``: was the interview followed by a card?
COLUMNS = cs.by_name(*reference.GRADE, "carded", require_all=False)


def grade(tables: Tables, as_of: str | datetime) -> pl.DataFrame:
    """One row per duty, thank-yous first, by opportunity and start."""
    instant = pd.Timestamp(as_of).to_pydatetime()
    now = pl.lit(instant, UTC)
    opportunities = ready(with_outcomes(tables, now))
    versions = ready(with_versions(opportunities, tables.policy.lazy()))
    events = ready(events_in_order(tables, opportunities, now))
    evenings, business = calendar_frames(tables, instant.date())
    thanks = thank_yous(tables, events, versions, evenings, now)
    follow_ups = clocks(events, versions, business, evenings)
    both = pl.concat([thanks, follow_ups], how="diagonal").select(COLUMNS)
    return both.collect(engine="in-memory")


def ready(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Worked out once, for a frame that is used more than once."""
    return frame.collect(engine="in-memory").lazy()


def local_day(name: str, zones: list[str]) -> pl.Expr:
    """The local day of an instant; polars takes a zone as a constant only."""
    zone, at = pl.col("timezone"), pl.col(name)
    return pl.coalesce(
        pl.when(zone == each).then(at.dt.convert_time_zone(each).dt.date()) for each in zones
    )


def days(count: pl.Expr | int) -> pl.Expr:
    return pl.duration(days=count)


def look_up(frame: pl.LazyFrame, other: pl.LazyFrame, *on: str) -> pl.LazyFrame:
    """Add columns by key, keeping every row in its place."""
    return frame.join(other, on=on, how="left", nulls_equal=True, maintain_order="left")


def held(tables: Tables) -> pl.LazyFrame:
    """Interviews held or planned: cancelled ones never happened (§3)."""
    return tables.interviews.lazy().filter(~pl.col("cancelled").fill_null(False))


def with_outcomes(tables: Tables, now: pl.Expr) -> pl.LazyFrame:
    """Every opportunity with what the rules read of its client and its outcome in force (§3)."""
    zones = words_of(tables.clients["timezone"])
    outcome, at, ended_at = pl.col("outcome"), pl.col("at"), pl.col("outcome_at")
    clients = tables.clients.lazy().select(
        *["client_id", "coach", "timezone", "tracked_since"],
        home="country",
        tracked_on=local_day("tracked_since", zones),
    )
    visits = (
        held(tables)
        .group_by(ID)
        .agg(first_held_at=pl.col("held_at").min(), last_visit_at=pl.col("held_at").max())
    )
    replies = (
        tables.contacts.lazy()
        .filter(pl.col("direction") == "in", pl.col("channel") != "card", at <= now)
        .join(tables.opportunities.lazy().filter(outcome == "let_go"), on=ID, how="semi")
        .group_by(ID)
        .agg(last_reply_at=at.max())
    )
    heard_at = pl.max_horizontal("last_visit_at", "last_reply_at")
    undone = pl.when(ended_at.is_null()).then("scheduled").otherwise(heard_at > ended_at)
    stands = (outcome != "let_go") | ~undone.fill_null(False)
    there = (outcome != "open") & (ended_at.is_null() | (ended_at <= now))
    return (
        tables.opportunities.lazy()
        .join(clients, on="client_id", how="left")
        .join(visits, on=ID, how="left")
        .join(replies, on=ID, how="left")
        .with_columns(scheduled=(pl.col("last_visit_at") > now).fill_null(False))
        .with_columns(ended=there & stands)
        .with_columns(
            ended_at=pl.when("ended").then(ended_at),
            runs_to=pl.when("ended").then(ended_at).otherwise(now),
        )
        .select(
            *[ID, "client_id", "coach", "field", "timezone", "tracked_since", "tracked_on"],
            *["first_held_at", "scheduled", "ended", "ended_at"],
            runs_to_on=local_day("runs_to", zones),
            own_wait="wait_days",
            calendar=pl.coalesce("country", "home"),
        )
    )


def in_force(frame: pl.LazyFrame, versions: pl.LazyFrame) -> pl.LazyFrame:
    """Add the opportunity's columns and the policy row in force when the clock started."""
    return frame.join_asof(
        versions, left_on="started_at", right_on="begins", by=ID, check_sortedness=False
    )


def events_in_order(tables: Tables, opportunities: pl.LazyFrame, now: pl.Expr) -> pl.LazyFrame:
    """Interviews held, and contacts that count or give thanks, each with its local day (§3)."""
    inbound, at = pl.col("direction") == "in", pl.col("at")
    day_only = ~pl.col("time_known").fill_null(True)
    visits = (
        held(tables)
        .filter(pl.col("held_at") <= now)
        .select(
            ID,
            at="held_at",
            rank=pl.lit(0, pl.UInt8),
            id="interview_id",
            kind=pl.lit("interview", KIND),
            promised="promised_by",
            asks=pl.lit(False),
            day_only=day_only,
            over_at="ended_at",
        )
    )
    touches = (
        tables.contacts.lazy()
        .filter(at <= now, pl.col("channel") != "card")
        .with_columns(pl.col("kind").cast(KIND, strict=False))
        .select(
            *[ID, "at"],
            rank=pl.when(inbound).then(1).otherwise(2).cast(pl.UInt8),
            id="contact_id",
            kind=pl.when(inbound).then(pl.lit("inbound", KIND)).otherwise("kind"),
            promised=pl.when(inbound).then("promised_by"),
            asks=inbound & pl.col("needs_answer").fill_null(False),
            day_only=day_only,
            names="interview_id",
        )
    )
    whose = opportunities.select(ID, "timezone", "first_held_at", "ended_at")
    too_late = (at > pl.col("ended_at")).fill_null(False)
    found = (
        pl.concat([visits, touches], how="diagonal")
        .join(whose, on=ID)
        .with_columns(counts=(at >= pl.col("first_held_at")) & ~too_late)
        .filter(pl.col("counts") | pl.col("kind").is_in(["interview", "thank_you"]))
    )
    dated = pl.concat(
        found.filter(pl.col("timezone") == zone).with_columns(
            day=at.dt.convert_time_zone(zone).dt.date()
        )
        for zone in words_of(tables.clients["timezone"])
    )
    return dated.drop("timezone", "first_held_at", "ended_at").sort(ID, "at", "rank", "id")


def clocks(
    events: pl.LazyFrame, versions: pl.LazyFrame, business: pl.LazyFrame, evenings: pl.LazyFrame
) -> pl.LazyFrame:
    """The graded clocks (§3, §4) in order."""
    day, promised, unanswered = pl.col("day"), pl.col("promised"), pl.col("unanswered")
    first, until_on = unanswered == 0, pl.col("until_on")
    window_ends = [
        pl.when(pl.col("window_days") == int(name)).then(name)
        for name in business.select(cs.matches("^[0-9]+$")).collect_schema()
    ]
    wait = pl.when(first).then("wait_days").otherwise("later_wait_days")
    earliest = pl.when(first & (promised >= day)).then(day + days(1)).otherwise("waited_on")
    grace = promised + days(pl.col("promise_grace_days"))
    silent = pl.max_horizontal("since", promised) + days(7 * pl.col("let_go_weeks"))
    beyond = pl.when("more").then(until_on + days(1)).otherwise("waited_on")
    done = pl.col("next_kind").is_in(["thank_you", "answer", "other", "follow_up"])
    return (
        running_values(events)
        .filter(~pl.col("owed"))
        .pipe(in_force, versions)
        .with_columns(more=unanswered < pl.col("max_unanswered"))
        .filter(pl.col("more") | (pl.col("next_kind") == "follow_up"))
        .with_columns(waited_on=day + days(pl.coalesce("own_wait", wait)))
        .with_columns(ready_on=pl.max_horizontal(earliest, grace))
        .pipe(look_up, business, "calendar", "ready_on")
        .with_columns(until_on=pl.coalesce(window_ends))
        .with_columns(let_go_on=pl.max_horizontal(silent, beyond), last_day="until_on")
        .pipe(look_up, evenings, "timezone", "last_day")
        .with_columns(
            duty=pl.lit("follow_up", DUTY),
            deadline_at="last_second",
            ended_by=pl.coalesce("next_kind", pl.when("ended").then(pl.lit("outcome", KIND))),
            ended_on=pl.coalesce("next_day", "runs_to_on"),
            contact_id=pl.when(done).then("next_id"),
            done_at=pl.when(done).then("next_at"),
        )
        .with_columns(verdict=clock_verdict())
        .select(COLUMNS)
    )


def running_values(events: pl.LazyFrame) -> pl.LazyFrame:
    """What each clock takes from the events before it, and the event that ended it (§3)."""
    kind, day, sent = pl.col("kind"), pl.col("day"), pl.col("sent")
    followed, visit = kind == "follow_up", kind == "interview"
    heard = kind.is_in(["interview", "inbound"])
    # an opportunity's first event is an interview: the row above a follow-up is one of its own
    again = followed & followed.shift() & (day == day.shift())
    promised = pl.when(visit).then(pl.col("promised").fill_null(LONG_AGO)).otherwise("promised")
    owed = pl.when(visit | (kind == "answer")).then(False).when("asks").then(True)
    return (
        events.filter("counts")
        .filter(~again.fill_null(False))
        .with_columns(sent=followed.cum_sum().cast(pl.Int32), started_at="at")
        .with_columns(
            unanswered=sent - pl.when(heard).then(sent).forward_fill().over(ID),
            since=pl.when(heard).then(day).forward_fill().over(ID),
            promised=promised.forward_fill().over(ID),
            owed=owed.forward_fill().over(ID),
            next_kind=kind.shift(-1).over(ID),
            next_at=pl.col("at").shift(-1).over(ID),
            next_day=day.shift(-1).over(ID),
            next_id=pl.col("id").shift(-1).over(ID),
        )
    )


def clock_verdict() -> pl.Expr:
    """§4's table."""
    ended_by, x = pl.col("ended_by"), pl.col("ended_on")
    runs, late = ended_by.is_null(), x > pl.col("until_on")
    followed, touched = ended_by == "follow_up", ended_by.is_in(["thank_you", "other"])
    verdict = first_of(
        (~pl.col("more"), "too_many"),
        (ended_by == "answer", "superseded"),
        ((ended_by == "interview") | (runs & pl.col("scheduled")), "not_needed"),
        ((ended_by == "outcome") & pl.col("ended_at").is_null(), "unknown"),
        (followed & (x < pl.col("ready_on")), "too_soon"),
        ((followed | touched) & late, "late"),
        (followed, "on_time"),
        (touched, "superseded"),
        (~runs & late, "missed"),
        (~runs, "not_needed"),
        (x < pl.col("due_on"), "waiting"),
        (~late, "due"),
        (x < pl.col("let_go_on"), "overdue"),
        (pl.lit(True), "missed"),
    )
    return unless_unrecorded(verdict, pl.col("until_on") < pl.col("tracked_on"))


def first_of(*cases: tuple[pl.Expr, str]) -> pl.Expr:
    """The verdict of the first case that holds."""
    return pl.coalesce(pl.when(case).then(pl.lit(word, VERDICT)) for case, word in cases)


def unless_unrecorded(verdict: pl.Expr, before_tracking: pl.Expr) -> pl.Expr:
    """§4: unknown is not missed."""
    unrecorded = before_tracking & verdict.is_in(["missed", "overdue", "late"])
    return pl.when(unrecorded).then(pl.lit("unknown", VERDICT)).otherwise(verdict)


def thank_yous(
    tables: Tables,
    events: pl.LazyFrame,
    versions: pl.LazyFrame,
    evenings: pl.LazyFrame,
    now: pl.Expr,
) -> pl.LazyFrame:
    """§4: the thank-you duty of every interview held, in order."""
    hours, visits = pl.col("thank_you_hours"), visits_in_order(events)
    by_day = pl.when("day_only").then(pl.col("day") + days((hours + 23) // 24))
    by_time = pl.coalesce("over_at", "started_at") + pl.duration(hours=hours)
    return (
        visits.pipe(look_up, first_notes(events, visits), "interview_id")
        .pipe(look_up, followed_by_card(tables, visits, now), "interview_id")
        .pipe(in_force, versions)
        .with_columns(last_day=by_day)
        .pipe(look_up, evenings, "timezone", "last_day")
        .with_columns(deadline_at=pl.coalesce("last_second", by_time))
        .with_columns(due_on=local_day("deadline_at", words_of(tables.clients["timezone"])))
        .with_columns(
            duty=pl.lit("thank_you", DUTY),
            until_on="due_on",
            verdict=thank_you_verdict(now),
            carded=pl.col("carded").fill_null(False),
        )
        .select(COLUMNS)
    )


def visits_in_order(events: pl.LazyFrame) -> pl.LazyFrame:
    """Interviews held, and when the opportunity's next of a later local day began."""
    visits = events.filter(pl.col("kind") == "interview").select(
        ID, "day", "day_only", "over_at", started_at="at", interview_id="id"
    )
    return visits.join_asof(
        visits.select(ID, "day", later_at="started_at"),
        on="day",
        by=ID,
        strategy="forward",
        allow_exact_matches=False,
        check_sortedness=False,
    )


def first_notes(events: pl.LazyFrame, visits: pl.LazyFrame) -> pl.LazyFrame:
    """The earliest note that thanks for each interview that has one."""
    at, names, later_at = pl.col("done_at"), pl.col("names"), pl.col("later_at")
    notes = events.filter(pl.col("kind") == "thank_you").select(
        *[ID, "names"], done_at="at", note_on="day", note_day_only="day_only", contact_id="id"
    )
    by_day = pl.when(pl.col("day_only") | pl.col("note_day_only"))
    after = by_day.then(pl.col("note_on") >= pl.col("day")).otherwise(at >= pl.col("started_at"))
    unnamed = pl.when(names.is_null()).then(later_at.is_null() | (at < later_at))
    return (
        visits.join(notes, on=ID, maintain_order="left_right")
        .filter(after, unnamed.otherwise(names == pl.col("interview_id")))
        .group_by("interview_id")
        .agg(pl.col("done_at", "note_on", "note_day_only", "contact_id").first())
    )


def followed_by_card(tables: Tables, visits: pl.LazyFrame, now: pl.Expr) -> pl.LazyFrame:
    """The interviews after which a card was sent, before the next (§5)."""
    at, by_card = pl.col("at"), pl.col("channel") == "card"
    return (
        tables.contacts.lazy()
        .filter(pl.col("direction") == "out", by_card, at <= now)
        .sort("at")
        .join_asof(visits, left_on="at", right_on="started_at", by=ID, check_sortedness=False)
        .select(interview_id="interview_id_right", carded=pl.lit(True))
        .unique()
    )


def thank_you_verdict(now: pl.Expr) -> pl.Expr:
    """§4: in time, or what became of it."""
    deadline, sent_at = pl.col("deadline_at"), pl.col("done_at")
    by_day = pl.when(pl.col("day_only") | pl.col("note_day_only"))
    in_time = by_day.then(pl.col("note_on") <= pl.col("due_on")).otherwise(sent_at <= deadline)
    sent = sent_at.is_not_null()
    verdict = first_of(
        (sent & in_time, "on_time"),
        (pl.col("ended") & pl.col("ended_at").is_null(), "unknown"),
        (pl.col("ended_at") <= deadline, "not_needed"),
        (sent, "late"),
        (pl.col("ended"), "missed"),
        (now <= deadline, "due"),
        (now <= deadline + days(7), "overdue"),
        (pl.lit(True), "missed"),
    )
    return unless_unrecorded(verdict, deadline < pl.col("tracked_since"))
