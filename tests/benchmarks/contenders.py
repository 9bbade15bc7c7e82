"""What is measured: ``grade``, ``compliance``, their polars rivals, the floor, the reference."""

from collections.abc import Callable
from random import Random
from typing import Any

import numpy as np
import pandas as pd

import coachkit
from tests import random_caseloads, reference
from tests.benchmarks import (
    generate,
    polars_idiomatic,
    polars_rates,
    polars_rules,
    polars_tables,
)
from tests.benchmarks.agreement import (
    DisagreementError,
    check,
    of_pandas,
    of_polars,
    of_records,
    plain_records,
    records_of,
)

AS_OF = generate.AS_OF
#: The contenders are also compared as of a day when much was still to come.
EARLIER = "2025-10-13T03:30:00Z"
REQUIRED = ("clients", "opportunities", "interviews", "contacts")
Contender = Callable[[], Any]
#: Each rival's way to grade and to rate by field.
RIVALS = {
    "polars": (polars_idiomatic.grade, polars_rates.compliance),
    "polars, tuned": (polars_rules.grade, polars_rates.tuned_compliance),
}


def graders(caseload: coachkit.Caseload, policy: coachkit.Policy) -> dict[str, Contender]:
    """``grade``, polars and the floor, each with its input ready; the floor knows no rules."""
    tables = polars_tables.convert(caseload, policy)
    keys = event_keys(caseload)
    frames = [getattr(caseload, name) for name in REQUIRED]

    def floor() -> object:
        return np.sort(keys), [frame.copy(deep=True) for frame in frames]

    return {
        "grade": lambda: coachkit.grade(caseload, policy, as_of=AS_OF),
        "polars": lambda: polars_idiomatic.grade(tables, AS_OF),
        "polars, tuned": lambda: polars_rules.grade(tables, AS_OF),
        "floor": floor,
    }


def contenders(caseload: coachkit.Caseload, policy: coachkit.Policy) -> dict[str, Contender]:
    """All that is timed at every size."""
    shuffled = generate.shuffled(caseload)
    found = graders(caseload, policy)
    duties, theirs = found["grade"](), found["polars"]()
    return found | {
        "grade, shuffled": lambda: coachkit.grade(shuffled, policy, as_of=AS_OF),
        "compliance": lambda: coachkit.compliance(duties, by="field"),
        "polars compliance": lambda: polars_rates.compliance(theirs),
        "polars compliance, tuned": lambda: polars_rates.tuned_compliance(theirs),
    }


def slow_reference(caseload: coachkit.Caseload, policy: coachkit.Policy) -> Contender:
    """The tests' reference, its records ready."""
    tables, rows = records_of(caseload), plain_records(policy.table)
    as_of = pd.Timestamp(AS_OF).to_pydatetime()
    return lambda: reference.grade(tables, rows, as_of)


def event_keys(caseload: coachkit.Caseload) -> np.ndarray:
    """Opportunity and time of every interview and contact, packed into one integer each."""
    parts = ((caseload.interviews, "held_at"), (caseload.contacts, "at"))
    group = np.concatenate([frame["opportunity_id"].to_numpy(dtype=np.int64) for frame, _ in parts])
    at = np.concatenate([pd.DatetimeIndex(frame[name]).asi8 for frame, name in parts])
    at = (at - at.min()) // 1_000_000
    return (group << int(at.max()).bit_length()) | at


def check_all(caseload: coachkit.Caseload, policy: coachkit.Policy, *, slowly: bool) -> None:
    """Raise ``DisagreementError`` unless every contender says the same; ``slowly``: the reference.

    Compared are all columns of ``grade`` as of two instants, from rows in order and shuffled, and
    the rates by field.
    """
    where = f"{len(caseload.interviews):,} interviews"
    shuffled = generate.shuffled(caseload)
    for as_of in (EARLIER, AS_OF):
        duties = coachkit.grade(caseload, policy, as_of=as_of)
        check_rivals(caseload, policy, as_of, duties, where)
        ours = of_pandas(duties)
        again = coachkit.grade(shuffled, policy, as_of=as_of)
        check(ours, of_pandas(again), "coachkit on shuffled rows", f"{where} as of {as_of}")
        if slowly:
            instant = pd.Timestamp(as_of).to_pydatetime()
            rows = plain_records(policy.table)
            records = reference.grade(records_of(caseload), rows, instant)
            check(ours, of_records(records), "the reference", f"{where} as of {as_of}")


def check_rivals(
    caseload: coachkit.Caseload,
    policy: coachkit.Policy,
    as_of: Any,
    duties: pd.DataFrame,
    where: str,
) -> None:
    """Raise ``DisagreementError`` unless the polars contenders say the same as ``grade``."""
    tables = polars_tables.convert(caseload, policy)
    ours, rates = of_pandas(duties), of_pandas(coachkit.compliance(duties, by="field"))
    for who, (grade, compliance) in RIVALS.items():
        theirs = grade(tables, as_of)
        check(ours, of_polars(theirs), who, f"{where} as of {as_of}")
        check(rates, of_polars(compliance(theirs)), who, f"{where} as of {as_of}, rates")


def check_small(caseloads: int) -> None:
    """The same of so many small caseloads that go out of their way to hit the rules' edges."""
    for seed in range(caseloads):
        tables, rows, as_of = random_caseloads.random_caseload(Random(seed))
        caseload = random_caseloads.as_caseload(tables)
        policy = random_caseloads.as_policy(rows)
        duties = coachkit.grade(caseload, policy, as_of=as_of)
        check_rivals(caseload, policy, as_of, duties, f"random caseload {seed}")


__all__ = [
    "DisagreementError",
    "check_all",
    "check_small",
    "contenders",
    "graders",
    "slow_reference",
]
