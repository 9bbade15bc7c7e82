"""Compliance: marks that can be chosen, rates, a trend, and a first day without any."""

import pytest

import coachkit as ck
from coachkit import panels
from coachkit.panels.compliance import Compliance
from coachkit.panels.controls import Grid
from coachkit.practice import Practice
from tests.panels.conftest import NOW


@pytest.fixture
def compliance(practice: Practice) -> Compliance:
    return panels.compliance(practice)


def test_the_marks_are_the_rates_by_client_and_week(
    compliance: Compliance, practice: Practice
) -> None:
    """Each as ``compliance`` counts it; a week without a duty has no mark."""
    duties = ck.grade(practice.caseload(), practice.policy(), as_of=NOW)
    rates = ck.compliance(duties, by=["client", "week"])
    rates = rates[(rates["follow_up_of"] > 0) & rates["week"].isin(compliance._weeks)]
    shown = [cell["text"] for row in compliance.grid.rows for cell in row["cells"] if cell]
    counted = [f"{row.follow_up_kept}/{row.follow_up_of}" for row in rates.itertuples()]
    assert sorted(shown) == sorted(counted)
    assert len(compliance.grid.columns) == 12


def test_behind_a_mark_stand_its_duties(compliance: Compliance) -> None:
    """As many as it counts, each with its reason."""
    for place, row in enumerate(compliance.grid.rows):
        for column, cell in enumerate(row["cells"]):
            if cell:
                compliance.grid.chosen = f"{place}-{column}"
                kept, of = cell["text"].split("/")
                assert compliance.behind.value.count("<tr>") == int(of) + 1, cell
                assert compliance.behind.value.count("<td>on time</td>") == int(kept), cell
                assert row["title"] in compliance.behind.value


def test_thank_yous_have_marks_of_their_own(compliance: Compliance) -> None:
    """And the words above them change."""
    before = compliance.grid.rows
    compliance.kind.value = "thank_you"
    assert compliance.grid.rows != before
    assert compliance.grid.caption.startswith("Thank-yous on time")


def test_rates_are_grouped_as_asked(compliance: Compliance) -> None:
    """By client with their names, by coach, or all together."""
    compliance.by.value = "client"
    assert "Amara Osei" in compliance.rates.value
    compliance.by.value = ""
    assert compliance.rates.value.count("<tr>") + compliance.rates.value.count("<tr ") <= 3


def test_the_trend_tells_in_words_what_it_shows(compliance: Compliance) -> None:
    """For those who do not see it."""
    assert '<img class="ck-chart" alt="' in compliance.trend.value
    assert "on time" in compliance.trend.value.split('src="')[0]


def test_an_empty_practice_invites(empty: Practice) -> None:
    """A sentence instead of an empty table."""
    compliance = panels.compliance(empty)
    assert "Nothing to judge yet. Log an interview" in compliance.nothing.value
    assert compliance.sections.layout.display == "none"
    assert compliance.fault.text == ""


@pytest.mark.parametrize("chosen", ["", "x", "-", "0-99", "99-0", "0-1", "1-", "0-0-0", "-1-0"])
def test_a_mark_that_is_not_there_is_none(chosen: str) -> None:
    """Whatever a browser sends."""
    grid = Grid(columns=["a", "b"], rows=[{"title": "Ann", "cells": [{"text": "1/1"}, None]}])
    grid.chosen = chosen
    assert grid.place is None
    grid.chosen = "0-0"
    assert grid.place == (0, 0)
