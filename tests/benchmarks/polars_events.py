"""The caseload as of an instant, in tuned polars: outcomes in force and events in order (§3)."""

import polars as pl

from coachkit import terms
from tests.benchmarks.polars_tables import Days, Tables, latest, take, us

INTERVIEW, INBOUND, THANK_YOU, ANSWER, OTHER, FOLLOW_UP, CARD = range(7)
OUTCOME, UNDATED, RUNS, SCHEDULED = range(6, 10)
NEVER = 2**62
KIND_OF = {"thank_you": THANK_YOU, "follow_up": FOLLOW_UP, "answer": ANSWER, "other": OTHER}


def opportunities(tables: Tables, now: int) -> pl.DataFrame:
    """Every opportunity in the order of ids: whose it is, where, and its outcome in force (§3)."""
    clients = tables.clients.lazy().select(
        "client_id",
        "coach",
        home="country",
        zone=pl.col("timezone").cat.physical().cast(pl.Int32),
        tracked_since=us("tracked_since"),
    )
    visits = tables.interviews.lazy().filter(~pl.col("cancelled").fill_null(False))
    ahead = visits.filter(us("held_at") > now).select("opportunity_id").unique()
    undone = let_go_undone(tables, visits, now)
    ended = (pl.col("outcome") != "open") & (us("outcome_at") <= now).fill_null(True)
    own_country = pl.coalesce("country", "home").cat.physical().cast(pl.Int32) + 1
    return (
        tables.opportunities.lazy()
        .join(clients, on="client_id", how="left", maintain_order="left")
        .sort("opportunity_id")
        .join(
            ahead.with_columns(scheduled=True),
            on="opportunity_id",
            how="left",
            maintain_order="left",
        )
        .join(
            undone.with_columns(undone=True), on="opportunity_id", how="left", maintain_order="left"
        )
        .with_columns(ended=ended & pl.col("undone").is_null())
        .select(
            "opportunity_id",
            "client_id",
            "coach",
            "field",
            "zone",
            "tracked_since",
            calendar=own_country.fill_null(0),
            own_wait=pl.col("wait_days").cast(pl.Int32),
            ended_at=pl.when("ended").then(us("outcome_at")),
            ending=pl.when(pl.col("ended") & pl.col("outcome_at").is_null())
            .then(UNDATED)
            .when("ended")
            .then(OUTCOME)
            .when(pl.col("scheduled").is_not_null())
            .then(SCHEDULED)
            .otherwise(RUNS)
            .cast(pl.UInt8),
        )
        .collect()
    )


def let_go_undone(tables: Tables, visits: pl.LazyFrame, now: int) -> pl.LazyFrame:
    """The opportunities whose let-go was undone: something came, or is planned, after it."""
    let_go = (
        tables.opportunities.lazy()
        .filter(pl.col("outcome") == "let_go")
        .select("opportunity_id", after=us("outcome_at").fill_null(now))
    )
    replies = tables.contacts.lazy().filter(
        pl.col("direction") == "in", pl.col("channel") != "card", us("at") <= now
    )
    heard = pl.concat(
        [
            visits.select("opportunity_id", at=us("held_at")),
            replies.select("opportunity_id", at=us("at")),
        ]
    )
    return (
        heard.join(let_go, on="opportunity_id", how="inner")
        .filter(pl.col("at") > pl.col("after"))
        .select("opportunity_id")
        .unique()
    )


def with_days(whose: pl.DataFrame, days: Days, now: int) -> pl.DataFrame:
    """Add the local days of *as of*, of the outcome and of the start of tracking."""
    zone = pl.col("zone")
    ended = pl.coalesce("ended_at", pl.lit(now))
    return whose.with_columns(
        ended_on=days.of(ended, zone),
        tracked_on=days.of(pl.col("tracked_since"), zone),
    )


def stream(tables: Tables, now: int) -> pl.DataFrame:
    """Interviews held and contacts there as of the instant, in no order; no card of an employer."""
    day_only = ~pl.col("time_known").fill_null(True)
    inbound, by_card = pl.col("direction") == "in", pl.col("channel") == "card"
    kinds = pl.Series([KIND_OF.get(word, INBOUND) for word in terms.KINDS], dtype=pl.UInt8)
    visits = (
        tables.interviews.lazy()
        .filter(~pl.col("cancelled").fill_null(False), us("held_at") <= now)
        .select(
            "opportunity_id",
            at=us("held_at"),
            kind=pl.lit(INTERVIEW, pl.UInt8),
            id="interview_id",
            promised=us("promised_by"),
            asks=pl.lit(False),
            day_only=day_only,
            ended_at=us("ended_at"),
            names=pl.lit(None, pl.Int64),
        )
    )
    touches = (
        tables.contacts.lazy()
        .filter(us("at") <= now, ~(inbound & by_card))
        .select(
            "opportunity_id",
            at=us("at"),
            kind=pl.when(by_card)
            .then(pl.lit(CARD, pl.UInt8))
            .otherwise(take(kinds, pl.col("kind").cat.physical())),
            id="contact_id",
            promised=pl.when(inbound).then(us("promised_by")),
            asks=inbound & pl.col("needs_answer").fill_null(False),
            day_only=day_only,
            ended_at=pl.lit(None, pl.Int64),
            names="interview_id",
        )
    )
    return pl.concat([visits, touches]).collect()


def in_order(events: pl.DataFrame) -> pl.DataFrame:
    """By opportunity, time, rank and id: packed into one integer where ids ascend already."""
    group, at, id_ = pl.col("opportunity_id"), pl.col("at"), pl.col("id")
    rank = pl.col("kind").clip(upper_bound=THANK_YOU)
    in_turn = events.lazy().sort(group, at, rank, id_)
    visit = pl.col("kind") == INTERVIEW
    if events.is_empty():
        return events
    first_group, last_group, first, last, steps_back = events.select(
        group.min(),
        group.max().alias("b"),
        at.min(),
        at.max().alias("d"),
        ((id_ < id_.shift()) & (visit == visit.shift())).sum(),
    ).row(0)
    span_bits = (last - first).bit_length()
    shift = max(0, span_bits + 2 + (last_group - first_group).bit_length() - 63)
    if steps_back or shift > 16:  # not visits by id, then contacts by id
        return in_turn.collect()
    packed = (group - first_group) * 2 ** (span_bits - shift + 2)
    packed += (at - first) // 2**shift * 4 + rank
    ordered = events.with_columns(key=packed).sort("key", maintain_order=True)
    key = pl.col("key") // 4
    mixed = ordered.select(((key == key.shift()) & (at != at.shift())).any()).item()
    return in_turn.collect() if mixed else ordered.drop("key")


def with_whose(events: pl.DataFrame, whose: pl.DataFrame, days: Days) -> pl.DataFrame:
    """Add each event's opportunity by number, its local day, and whether a visit came before."""
    id_ = pl.col("opportunity_id")
    present = events.lazy().select("opportunity_id").filter((id_ != id_.shift()).fill_null(True))
    numbers = present.join(
        whose.lazy().select("opportunity_id").with_row_index("number"),
        on="opportunity_id",
        how="left",
        maintain_order="left",
    ).collect()["number"]
    return (
        events.lazy()
        .with_columns(number=take(numbers, id_.rle_id()))
        .with_columns(
            day=days.of(pl.col("at"), take(whose["zone"], "number")),
            begun=latest("number", pl.col("kind") == INTERVIEW) == pl.col("number"),
        )
        .collect()
    )
