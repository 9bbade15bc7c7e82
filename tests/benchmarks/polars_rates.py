"""Compliance by field (§5) in careful polars, over the polars contender's own graded frame."""

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
    counts = pl.col("len")
    of_thanks, verdict = pl.col("duty") == 0, pl.col("verdict")
    on_time, pest = _is(verdict, "on_time"), _is(verdict, "too_soon", "too_many")
    graded = on_time | _is(verdict, "late", "missed", "overdue")
    followed = pl.col("ended_by") == terms.ENDINGS.index("follow_up")
    parts = {
        "thank_you": (of_thanks & on_time, of_thanks & graded),
        "follow_up": (~of_thanks & on_time, ~of_thanks & (graded | pest)),
        "pest": (pest, pest | followed & (on_time | _is(verdict, "late"))),
        "card": (pl.col("carded") == 1, of_thanks),
    }
    sums = {
        f"{rate}_{name}": counts.filter(part).sum().cast(pl.Int64)
        for rate, both in parts.items()
        for name, part in zip(("kept", "of"), both, strict=True)
    }
    fields = pl.Series(words_of(duties["field"]))
    by_field = (
        counted(duties)
        .group_by("field")
        .agg(**sums)
        .with_columns(field=pl.lit(fields).gather(pl.col("field")))
    )
    columns = [pl.col("field"), *(column for rate in RATES for column in with_interval(rate))]
    return by_field.select(columns).sort("field").collect()


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
