"""Compliance by field (§5) in polars, over a polars contender's graded frame: plain, and tuned."""

from statistics import NormalDist

import polars as pl

from coachkit import terms
from tests.benchmarks.polars_tables import words_of

RATES = ("thank_you", "follow_up", "pest", "card")
Z = NormalDist().inv_cdf(0.975)
#: The sizes of what is packed into one integer to count by: beyond every word's number.
ENDINGS, VERDICTS = 8, 16


def compliance(duties: pl.DataFrame) -> pl.DataFrame:
    """One row per field: kept, of, rate, low and high of each rate, as ``coachkit.compliance``."""
    of_thanks, verdict = pl.col("duty") == "thank_you", pl.col("verdict")
    on_time, pest = verdict == "on_time", verdict.is_in(["too_soon", "too_many"])
    graded = verdict.is_in(["on_time", "late", "missed", "overdue"])
    followed = (pl.col("ended_by") == "follow_up") & verdict.is_in(["on_time", "late"])
    parts = numerators_and_denominators(
        of_thanks, on_time, graded, pest, followed, pl.col("carded")
    )
    counts = {name: verdict.filter(part).len().cast(pl.Int64) for name, part in parts.items()}
    by_field = duties.lazy().group_by("field").agg(**counts)
    return with_rates(by_field.with_columns(pl.col("field").cast(pl.String)))


def tuned_compliance(duties: pl.DataFrame) -> pl.DataFrame:
    """The same of rows counted beforehand by one integer that packs what matters of a row."""
    of_thanks, verdict = pl.col("duty") == 0, pl.col("verdict")
    on_time, pest = _is(verdict, "on_time"), _is(verdict, "too_soon", "too_many")
    graded = _is(verdict, "on_time", "late", "missed", "overdue")
    by_one = pl.col("ended_by") == terms.ENDINGS.index("follow_up")
    parts = numerators_and_denominators(
        of_thanks,
        on_time,
        graded,
        pest,
        by_one & _is(verdict, "on_time", "late"),
        pl.col("carded") == 1,
    )
    counts = {name: pl.col("len").filter(part).sum().cast(pl.Int64) for name, part in parts.items()}
    fields = pl.lit(pl.Series(words_of(duties["field"])))
    by_field = counted(duties).group_by("field").agg(**counts)
    return with_rates(by_field.with_columns(field=fields.gather(pl.col("field"))))


def numerators_and_denominators(
    of_thanks: pl.Expr,
    on_time: pl.Expr,
    graded: pl.Expr,
    pest: pl.Expr,
    followed: pl.Expr,
    carded: pl.Expr,
) -> dict[str, pl.Expr]:
    """Which rows are counted in each rate (§5)."""
    return {
        "thank_you_kept": of_thanks & on_time,
        "thank_you_of": of_thanks & graded,
        "follow_up_kept": ~of_thanks & on_time,
        "follow_up_of": ~of_thanks & (graded | pest),
        "pest_kept": pest,
        "pest_of": pest | followed,
        "card_kept": of_thanks & carded,
        "card_of": of_thanks,
    }


def with_rates(by_field: pl.LazyFrame) -> pl.DataFrame:
    """The counts with their rates and intervals, in order."""
    columns = [pl.col("field"), *(column for rate in RATES for column in with_interval(rate))]
    return by_field.select(columns).sort("field").collect(engine="streaming")


def counted(duties: pl.DataFrame) -> pl.LazyFrame:
    """How many duties there are of each field, duty, ending, verdict and carded, as numbers."""
    field = pl.col("field").cat.physical().cast(pl.UInt32)
    ended_by = pl.col("ended_by").cat.physical().fill_null(ENDINGS - 1)
    cell = (field * 2 + pl.col("duty").cat.physical()) * ENDINGS + ended_by
    cell = (cell * VERDICTS + pl.col("verdict").cat.physical()) * 2
    cells = duties.lazy().group_by(cell=cell + pl.col("carded").fill_null(False)).len()
    counts, cell = cells.collect(engine="streaming").lazy(), pl.col("cell")
    return counts.select(
        "len",
        field=cell // (2 * VERDICTS * ENDINGS * 2),
        duty=cell // (2 * VERDICTS * ENDINGS) % 2,
        ended_by=cell // (2 * VERDICTS) % ENDINGS,
        verdict=cell // 2 % VERDICTS,
        carded=cell % 2,
    )


def with_interval(rate: str) -> list[pl.Expr]:
    """The columns of a rate, with its 95 % Wilson interval; null where there is no duty."""
    kept, of = pl.col(f"{rate}_kept"), pl.col(f"{rate}_of")
    counts = pl.when(of > 0).then(of.cast(pl.Float64))
    share = kept / counts
    scale = 1 + Z**2 / counts
    middle = (share + Z**2 / (2 * counts)) / scale
    reach = Z / scale * (share * (1 - share) / counts + Z**2 / (4 * counts**2)).sqrt()
    return [
        kept,
        of,
        share.alias(f"{rate}_rate"),
        (middle - reach).clip(lower_bound=0.0).alias(f"{rate}_low"),
        (middle + reach).clip(upper_bound=1.0).alias(f"{rate}_high"),
    ]


def _is(verdict: pl.Expr, *words: str) -> pl.Expr:
    return verdict.is_in([terms.VERDICTS.index(word) for word in words])
