"""What must hold for every caseload, whatever is in it."""

import re
from datetime import datetime, timedelta
from random import Random

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import coachkit as ck
from tests.random_caseloads import (
    Record,
    Tables,
    as_caseload,
    as_policy,
    as_records,
    random_caseload,
)

Case = tuple[Tables, list[Record], datetime]
cases = st.integers(min_value=0, max_value=2**32).map(lambda seed: random_caseload(Random(seed)))
some = settings(max_examples=50, deadline=None)


@some
@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(case: Case, random: Random) -> None:
    """Shuffled tables and policy rows give the same duties, states and agenda."""
    tables, policy, as_of = case
    mixed = {name: random.sample(rows, len(rows)) for name, rows in tables.items()}
    mixed_policy = as_policy(random.sample(policy, len(policy)))
    for pipeline in (ck.grade, ck.states, ck.plan):
        assert_frame_equal(
            pipeline(as_caseload(mixed), mixed_policy, as_of=as_of),
            pipeline(as_caseload(tables), as_policy(policy), as_of=as_of),
        )


@some
@given(cases)
def test_every_interview_held_has_exactly_one_thank_you_verdict(case: Case) -> None:
    """No more, no fewer, and none for those cancelled or still ahead."""
    tables, policy, as_of = case
    duties = ck.grade(as_caseload(tables), as_policy(policy), as_of=as_of)
    thanked = duties.loc[duties["duty"] == "thank_you", "interview_id"]
    held = [
        interview["interview_id"]
        for interview in tables["interviews"]
        if not interview["cancelled"] and interview["held_at"] <= as_of
    ]
    assert sorted(thanked) == sorted(held)
    assert duties["verdict"].notna().all()


@some
@given(cases)
def test_a_client_alone_is_graded_as_in_the_whole_caseload(case: Case) -> None:
    """Nobody's rows depend on anybody else's."""
    tables, policy, as_of = case
    caseload, rules = as_caseload(tables), as_policy(policy)
    for pipeline in (ck.grade, ck.states, ck.plan):
        whole = as_records(pipeline(caseload, rules, as_of=as_of))
        for client in caseload.clients["client_id"]:
            alone = as_records(pipeline(caseload.subset(int(client)), rules, as_of=as_of))
            assert alone == [row for row in whole if row["client_id"] == client]


@some
@given(cases, st.integers(min_value=0, max_value=40))
def test_a_later_as_of_never_unsends_a_contact(case: Case, days: int) -> None:
    """What a contact answered stays answered by it; at most its verdict learns of an outcome."""
    tables, policy, as_of = case
    caseload, rules = as_caseload(tables), as_policy(policy)
    earlier = ck.grade(caseload, rules, as_of=as_of)
    later = ck.grade(caseload, rules, as_of=as_of + timedelta(days=days))
    notes = earlier[(earlier["duty"] == "thank_you") & earlier["contact_id"].notna()]
    still = later[later["duty"] == "thank_you"].set_index("interview_id")["contact_id"]
    assert notes["interview_id"].map(still).tolist() == notes["contact_id"].tolist()


@some
@given(cases)
def test_contacts_still_to_come_change_nothing(case: Case) -> None:
    """As of an instant, what is later than it is not there."""
    tables, policy, as_of = case
    past = tables | {"contacts": [row for row in tables["contacts"] if row["at"] <= as_of]}
    rules = as_policy(policy)
    for pipeline in (ck.grade, ck.states, ck.plan):
        assert_frame_equal(
            pipeline(as_caseload(tables), rules, as_of=as_of),
            pipeline(as_caseload(past), rules, as_of=as_of),
        )


@some
@given(cases)
def test_no_pipeline_changes_what_it_is_given(case: Case) -> None:
    """Frames in, new frames out."""
    tables, policy, as_of = case
    caseload, rules = as_caseload(tables), as_policy(policy)
    before = {name: frame.copy(deep=True) for name, frame in caseload}
    table = rules.table.copy(deep=True)
    duties = ck.grade(caseload, rules, as_of=as_of)
    graded = duties.copy(deep=True)
    ck.states(caseload, rules, as_of=as_of)
    ck.plan(caseload, rules, as_of=as_of)
    ck.explain(caseload, rules, as_of=as_of)
    ck.compliance(duties, by=["client", "week"])
    for name, frame in caseload:
        assert_frame_equal(frame, before[name])
    assert_frame_equal(rules.table, table)
    assert_frame_equal(duties, graded)


@some
@given(cases)
def test_every_row_of_the_agenda_and_every_duty_says_why(case: Case) -> None:
    """One plain sentence each, with a day in it, and no gap where a fact should be."""
    tables, policy, as_of = case
    caseload, rules = as_caseload(tables), as_policy(policy)
    planned = ck.plan(caseload, rules, as_of=as_of)["reason"]
    judged = ck.explain(caseload, rules, as_of=as_of)["reason"]
    for reason in pd.concat([planned, judged]):
        assert reason.endswith(".")
        assert any(f" {month}" in reason for month in ("Feb", "Mar", "Apr", "May", "Jun", "Jul"))
        assert not re.search(r"\b(None|nan|NaT)\b|<NA>|[{}]|  ", reason), reason
