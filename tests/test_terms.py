"""The nomenclature: tables that hang together, and defaults that its own columns allow."""

import dataclasses
from typing import get_args

import pandas as pd
import pytest

from coachkit import terms

TABLES = [*terms.TABLES.values(), terms.POLICY]
COLUMNS = [(table, column) for table in TABLES for column in table]
EACH_COLUMN = pytest.mark.parametrize(
    ("table", "column"), COLUMNS, ids=[f"{table.name}-{column.name}" for table, column in COLUMNS]
)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_names_each_column_once(table: terms.Table) -> None:
    """A name stands for one column."""
    names = [column.name for column in table]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("table", terms.TABLES.values(), ids=lambda table: table.name)
def test_the_first_column_is_the_rows_own_id(table: terms.Table) -> None:
    """It is an id, it is required, and it points at no other table."""
    first = table.columns[0]
    assert table.key == first.name
    assert (first.kind, first.optional, first.refers_to) == ("id", False, None)


@EACH_COLUMN
def test_every_column_says_what_it_means(table: terms.Table, column: terms.Column) -> None:
    """Messages show the meaning to the coach."""
    assert column.meaning.strip()


@EACH_COLUMN
def test_every_column_has_a_dtype_of_pandas(table: terms.Table, column: terms.Column) -> None:
    """What ``DTYPES`` says, pandas understands."""
    assert str(pd.api.types.pandas_dtype(column.dtype)) == column.dtype


def test_every_kind_has_a_dtype() -> None:
    """No kind without one, and no dtype for a kind that there is not."""
    assert set(terms.DTYPES) == set(get_args(terms.Kind))


@EACH_COLUMN
def test_choices_alone_list_what_they_allow(table: terms.Table, column: terms.Column) -> None:
    """A choice has words, each once; nothing else has."""
    assert bool(column.allowed) == (column.kind == "choice")
    assert len(set(column.allowed)) == len(column.allowed)


@EACH_COLUMN
def test_the_suffix_of_a_time_says_its_kind(table: terms.Table, column: terms.Column) -> None:
    """``_at`` are instants, ``_days``, ``_weeks`` and ``_hours`` numbers (house style)."""
    if column.name.endswith("_at"):
        assert column.kind == "instant"
    if column.name.endswith(("_days", "_weeks", "_hours")):
        assert column.kind == "number"


@EACH_COLUMN
def test_an_id_points_only_at_a_table_above(table: terms.Table, column: terms.Column) -> None:
    """So tables can be read and cut in their order; the column has the name of the key there."""
    if column.refers_to:
        above = list(terms.TABLES)[: list(terms.TABLES).index(table.name)]
        assert column.refers_to in above
        assert column.name == terms.TABLES[column.refers_to].key


@pytest.mark.parametrize("table", list(terms.TABLES.values())[1:], ids=lambda table: table.name)
def test_every_table_leads_to_a_client(table: terms.Table) -> None:
    """Its first pointer says whose row it is, and is required."""
    parent = next(column for column in table if column.refers_to)
    assert not parent.optional
    while parent.refers_to != "clients":
        parent = next(column for column in terms.TABLES[parent.refers_to] if column.refers_to)


def test_the_required_tables_are_those_that_the_rules_read() -> None:
    """Rules §1: interviewers, work samples and key answers may be left out."""
    assert terms.REQUIRED_TABLES == ("clients", "opportunities", "interviews", "contacts")


def test_every_policy_column_but_the_key_has_a_default() -> None:
    """Rules §2: a cell that is missing takes the default of the table there."""
    names = [column.name for column in terms.POLICY]
    assert names == ["field", "effective_from", *terms.POLICY_DEFAULTS]


def test_the_policy_defaults_are_those_of_the_rules() -> None:
    """Rules §2, the table."""
    assert terms.POLICY_DEFAULTS == {
        "pace": "moderate",
        "wait_days": 5,
        "later_wait_days": 7,
        "window_days": 2,
        "max_unanswered": 2,
        "let_go_weeks": 4,
        "promise_grace_days": 1,
        "thank_you_hours": 24,
        "channels": "email call",
    }


def test_the_closing_questions_are_columns_of_an_interview() -> None:
    """Each has a column for its answer."""
    assert set(terms.CLOSING_QUESTIONS) <= {column.name for column in terms.INTERVIEWS}


@pytest.mark.parametrize(
    "words",
    [terms.VERDICTS, terms.STATES, terms.ACTIONS, terms.URGENCIES, terms.ENDINGS, terms.DUTIES],
)
def test_the_words_of_what_is_computed_are_distinct(words: tuple[str, ...]) -> None:
    """They become categories, of which none may come twice."""
    assert len(set(words)) == len(words)


def test_the_nomenclature_cannot_be_changed() -> None:
    """A column is what it is for the whole session."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        terms.CLIENTS.columns[0].name = "id"  # type: ignore[misc]
