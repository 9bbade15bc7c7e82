"""The fast engine and the slow, obvious reference must say the same, row by row."""

from datetime import datetime
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import coachkit as ck
from tests import reference
from tests.random_caseloads import (
    Record,
    Tables,
    as_caseload,
    as_policy,
    as_records,
    random_caseload,
)

PLANNED = (
    "urgency",
    "action",
    "due_on",
    "due_at",
    "client_id",
    "opportunity_id",
    "interview_id",
    "channel",
)
Case = tuple[Tables, list[Record], datetime]

cases = st.integers(min_value=0, max_value=2**32).map(lambda seed: random_caseload(Random(seed)))
often = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@often
@given(cases)
def test_every_duty_is_graded_as_the_reference_grades_it(case: Case) -> None:
    """All columns of all rows are equal, in the same order."""
    tables, policy, as_of = case
    duties = ck.grade(as_caseload(tables), as_policy(policy), as_of=as_of)
    assert as_records(duties) == reference.grade(tables, policy, as_of)


@often
@given(cases)
def test_every_opportunity_stands_as_the_reference_says(case: Case) -> None:
    """States and their days are equal."""
    tables, policy, as_of = case
    states = ck.states(as_caseload(tables), as_policy(policy), as_of=as_of)
    assert as_records(states) == reference.states(tables, policy, as_of)


@often
@given(cases)
def test_the_agenda_holds_what_the_reference_plans(case: Case) -> None:
    """The same things to do, with the same days and urgency; the order is the agenda's own."""
    tables, policy, as_of = case
    agenda = ck.plan(as_caseload(tables), as_policy(policy), as_of=as_of)
    got = [{name: row[name] for name in PLANNED} for row in as_records(agenda)]
    wanted = [
        {name: row[name] for name in PLANNED} for row in reference.agenda(tables, policy, as_of)
    ]
    assert sorted(map(repr, got)) == sorted(map(repr, wanted))


@pytest.mark.parametrize("by", ["client", "field", "coach", "week"])
@settings(max_examples=60, deadline=None)
@given(case=cases)
def test_rates_count_what_the_reference_counts(by: str, case: Case) -> None:
    """Numerators and denominators of all four rates are equal, by every grouping."""
    tables, policy, as_of = case
    duties = ck.grade(as_caseload(tables), as_policy(policy), as_of=as_of)
    got = {}
    for row in ck.compliance(duties, by=by).astype(object).to_dict("records"):
        key = (
            row[by].date() if by == "week" else row[by] if isinstance(row[by], (str, int)) else None
        )
        got[key] = {rate: (row[f"{rate}_kept"], row[f"{rate}_of"]) for rate in reference.RATES}
    assert got == reference.compliance(tables, policy, as_of, by)
