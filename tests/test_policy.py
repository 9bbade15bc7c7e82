"""The policy: which row holds for a field when, which field a text names, and what is refused."""

import dataclasses
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import coachkit as ck
from coachkit import errors, terms
from coachkit._csv import read_csv
from coachkit._places import data_folder

SPANS = [name for name, value in terms.POLICY_DEFAULTS.items() if isinstance(value, int)]
MARCH = "2026-03-01T00:00:00Z"
APRIL = "2026-04-01T00:00:00Z"
MAY = "2026-05-01T00:00:00Z"


def policy(*rows: dict[str, Any]) -> ck.Policy:
    return ck.Policy(pd.DataFrame(list(rows), dtype=object))


def row(
    field: str, wait_days: int | None = None, since: Any = None, **cells: Any
) -> dict[str, Any]:
    return {"field": field, "wait_days": wait_days, "effective_from": since} | cells


def wait(of: ck.Policy, field: str, at: Any) -> object:
    return of.row(field, at)["wait_days"]


def refused(*rows: dict[str, Any]) -> errors.CoachkitError:
    with pytest.raises(errors.CoachkitError) as caught:
        policy(*rows)
    return caught.value


# -- what it is ------------------------------------------------------------------------------------


def test_cells_and_columns_that_are_missing_take_the_defaults() -> None:
    """Rules §2: they are no fault."""
    filled = policy({"field": "sales"}, {"field": "law", "pace": None, "max_unanswered": 0})
    for field in ("sales", "law"):
        found = filled.row(field, MARCH)
        kept = {"max_unanswered": 0} if field == "law" else {}
        assert {name: found[name] for name in terms.POLICY_DEFAULTS} == terms.POLICY_DEFAULTS | kept
    assert pd.isna(filled.row("sales", MARCH)["effective_from"])


def test_the_table_has_its_columns_in_their_dtypes() -> None:
    """Unknown ones are kept behind."""
    table = policy({"basis": "a book", "field": "sales"}).table
    assert table.columns.tolist() == [*(column.name for column in terms.POLICY), "basis"]
    assert (table.dtypes[SPANS] == "Int64").all()
    assert table["effective_from"].dtype == "datetime64[us, UTC]"
    assert table["pace"].cat.categories.tolist() == list(terms.PACES)


def test_a_policy_without_rows_judges_by_the_defaults() -> None:
    """A header alone, or a column alone."""
    for table in (pd.DataFrame(columns=["field"]), pd.DataFrame({"field": [], "wait_days": []})):
        empty = ck.Policy(table)
        assert empty.fields == []
        assert {name: empty.row("any", MARCH)[name] for name in terms.POLICY_DEFAULTS} == (
            terms.POLICY_DEFAULTS
        )


def test_the_fields_are_those_with_rows_each_once() -> None:
    """In the order of the table, without the default."""
    assert policy(row("b"), row("default"), row("a"), row("b", since=MARCH)).fields == ["b", "a"]


def test_a_policy_is_frozen_and_shows_its_size() -> None:
    """A table cannot be exchanged past the door."""
    two = policy(row("a"), row("default"))
    assert repr(two) == "<Policy: 1 fields, 2 rows>"
    with pytest.raises(dataclasses.FrozenInstanceError):
        two.table = pd.DataFrame()  # type: ignore[misc]


def test_what_came_in_is_left_as_it_was() -> None:
    """And a later change of it does not reach the policy."""
    table = pd.DataFrame([row("a", 3), row("default")], dtype=object)
    before = table.copy(deep=True)
    made = ck.Policy(table)
    assert_frame_equal(table, before)
    table.loc[0, "wait_days"] = 9
    assert wait(made, "a", MARCH) == 3


# -- which row holds (rules §2) --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "days"),
    [
        ("1900-01-01T00:00:00Z", 1),
        ("2026-02-28T23:59:59.999999Z", 1),
        ("2026-03-01T00:00:00Z", 2),
        ("2026-02-28T19:00:00-05:00", 2),
        ("2026-03-31T23:59:59Z", 2),
        ("2026-04-01T00:00:00Z", 3),
        ("2199-12-31T00:00:00Z", 3),
    ],
)
def test_the_latest_row_in_force_holds(at: str, days: int) -> None:
    """From its very instant on; null holds always; the order of rows does not matter."""
    rows = [row("law", 3, APRIL), row("law", 1), row("law", 2, MARCH), row("default", 9)]
    for order in (rows, rows[::-1]):
        assert wait(policy(*order), "law", at) == days


def test_a_field_none_of_whose_rows_holds_yet_is_judged_by_the_default() -> None:
    """The default of that time."""
    rules = policy(row("law", 1, APRIL), row("default", 5), row("default", 6, MARCH))
    assert [wait(rules, "law", at) for at in ("2026-02-01T00:00Z", MARCH, APRIL)] == [5, 6, 1]


def test_a_field_without_rows_is_judged_by_the_default() -> None:
    """By the row of ``default`` that holds at that time."""
    rules = policy(row("law", 1), row("default", 5), row("default", 6, MARCH))
    assert [wait(rules, "nursing", at) for at in ("2026-02-01T00:00Z", MAY)] == [5, 6]


def test_before_any_default_the_earliest_default_holds() -> None:
    """Rules §2: if there is none in force."""
    rules = policy(row("default", 6, APRIL), row("default", 7, MARCH), row("default", 8, MAY))
    assert wait(rules, "law", "2026-01-01T00:00:00Z") == 7


def test_without_a_default_row_the_rules_own_defaults_hold() -> None:
    """For a field without rows, and for one whose rows are yet to hold."""
    rules = policy(row("law", 1, MARCH))
    assert wait(rules, "nursing", MARCH) == 5
    assert wait(rules, "law", "2026-01-01T00:00:00Z") == 5
    assert wait(rules, "law", MARCH) == 1
    assert len(rules.table) == 1


def test_a_fields_own_row_holds_before_a_later_default() -> None:
    """However old it is."""
    assert wait(policy(row("law", 1), row("default", 9, MAY)), "law", "2030-01-01T00:00Z") == 1


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "default"]), st.one_of(st.none(), st.integers(0, 5))),
        unique=True,
        max_size=8,
    ),
    st.sampled_from(["a", "b", "c"]),
    st.integers(-1, 6),
)
def test_the_row_in_force_is_that_of_the_rule_read_aloud(
    begins: list[tuple[str, int | None]], field: str, at: int
) -> None:
    """The field's latest, else the default's latest, else its earliest, else that of rules §2."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    rows = [
        row(name, 100 + number, None if day is None else start + timedelta(day))
        for number, (name, day) in enumerate(begins)
    ]
    moment = start + timedelta(at)
    long_ago = datetime(1950, 1, 1, tzinfo=UTC)
    held = sorted(
        (own["field"] == field, own["effective_from"] or long_ago, own["wait_days"])
        for own in rows
        if own["field"] in (field, "default") and (own["effective_from"] or long_ago) <= moment
    )
    defaults = sorted(
        (own["effective_from"] or long_ago, own["wait_days"])
        for own in rows
        if own["field"] == "default"
    )
    wanted = held[-1][-1] if held else defaults[0][-1] if defaults else 5
    table = pd.DataFrame(rows, columns=["field", "wait_days", "effective_from"], dtype=object)
    assert wait(ck.Policy(table), field, moment) == wanted


@pytest.mark.parametrize(
    "at", [MARCH, pd.Timestamp(MARCH), datetime(2026, 3, 1, 9, tzinfo=ZoneInfo("Asia/Tokyo"))]
)
def test_an_instant_may_be_given_in_any_form(at: Any) -> None:
    """Text, Timestamp, datetime, in any zone."""
    assert wait(policy(row("law", 1), row("law", 2, MARCH)), "law", at) == 2


@pytest.mark.parametrize(
    ("at", "fault"),
    [
        ("2026-03-01", errors.NaiveTime),
        ("soon", errors.UnreadableValue),
        (None, errors.UnreadableValue),
        ("1066-10-14T09:00Z", errors.OutOfRange),
    ],
)
def test_a_row_at_no_instant_is_refused(at: Any, fault: type[errors.CoachkitError]) -> None:
    """One line that begins with the argument's name."""
    with pytest.raises(fault, match=r"^at: [^\n]+$"):
        policy(row("law")).row("law", at)


# -- what is refused (rules §7) --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "fault", "told"),
    [
        (
            {"field": None, "wait_days": 3},
            errors.MissingValue,
            "column 'field', row 2: nothing is there",
        ),
        ({"field": "  "}, errors.MissingValue, "column 'field', row 2: nothing is there"),
        *(
            ({span: -1}, errors.OutOfRange, f"column '{span}', row 2: '-1' is out of bounds. Write")
            for span in SPANS
        ),
        ({"wait_days": "1.5"}, errors.UnreadableValue, "row 2: '1.5' is not a whole number"),
        ({"wait_days": 10**6}, errors.OutOfRange, "Write a number from 0 to 10000."),
        (
            {"pace": "frantic"},
            errors.UnknownWord,
            "column 'pace', row 2: 'frantic' is not a word it knows. Use relaxed, moderate, brisk "
            "or aggressive.",
        ),
        (
            {"channels": "email pigeon"},
            errors.UnknownWord,
            "column 'channels', row 2: a channel that it does not know. Use email, call, "
            "voicemail, card, text or other, apart by blanks.",
        ),
        ({"channels": "email,call"}, errors.UnknownWord, "apart by blanks"),
        ({"effective_from": "2026-03-01"}, errors.NaiveTime, "'2026-03-01' has no time zone"),
        ({"effective_from": "soon"}, errors.UnreadableValue, "row 2: what stands there is no time"),
        ({"effective_from": "0206-03-01T00:00Z"}, errors.OutOfRange, "cannot be right"),
    ],
)
def test_a_fault_names_column_row_and_remedy(
    bad: dict[str, Any], fault: type[errors.CoachkitError], told: str, tmp_path: Path
) -> None:
    """By frame and by file, of which the header is row 1."""
    rows = [row("law"), {"field": "sales"} | bad]
    found = refused(*rows)
    assert type(found) is fault
    assert str(found).startswith("fields, column '")
    assert told in str(found)
    pd.DataFrame(rows, dtype=object).to_csv(tmp_path / "my fields.csv", index=False)
    with pytest.raises(fault) as caught:
        ck.Policy.read(tmp_path / "my fields.csv")
    in_file = told.replace("row 2:", "row 3 (the header is row 1):")
    assert str(caught.value).startswith("my fields.csv, column '")
    assert in_file in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (None, None),
        (None, pd.NaT),
        (MARCH, MARCH),
        (MARCH, "2026-02-28T19:00:00-05:00"),
        (MARCH, datetime(2026, 3, 1, 9, tzinfo=ZoneInfo("Asia/Tokyo"))),
    ],
)
@pytest.mark.parametrize("field", ["law", "default"])
def test_two_rows_of_a_field_from_one_instant_are_refused(
    field: str, first: Any, second: Any
) -> None:
    """Two nulls, or one instant written in two zones; both rows are named."""
    found = refused(row(field, 1, first), row("sales", 2, first), row(field, 1, second))
    assert type(found) is errors.DuplicateRow
    assert str(found) == (
        "fields, column 'effective_from', rows 1 and 3: a field has two rows that hold from the "
        "same instant. Keep one of them, or let one hold from later."
    )


@pytest.mark.parametrize("other", ["Law", "LAW", " law", "law "])
def test_a_field_spelled_in_two_ways_is_refused(other: str) -> None:
    """Which of them a text like that would name, nobody could say."""
    found = refused(row("law"), row("sales"), row(other))
    assert type(found) is errors.DuplicateRow
    assert str(found) == (
        "fields, column 'field', rows 1 and 3: a field is spelled in two ways that differ in case "
        "or blanks alone. Spell it one way; the default is 'default'."
    )


def test_a_default_that_is_not_spelled_like_it_is_refused() -> None:
    """Else it would be a field of that name, and the default another."""
    found = refused(row("law"), row("Default", 3))
    assert type(found) is errors.DuplicateRow
    assert "column 'field', row 2: " in str(found)


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Each once, in one line."""
    found = refused(
        row("law", -1),
        row("law", pace="frantic", channels="pigeon"),
        row(None),
        row("x", since="soon"),
    )
    assert isinstance(found, errors.SeveralFaults)
    assert [type(fault) for fault in found.faults] == [
        errors.MissingValue,
        errors.UnreadableValue,
        errors.UnknownWord,
        errors.OutOfRange,
        errors.UnknownWord,
        errors.DuplicateRow,
    ]
    assert "\n" not in str(found)


def test_a_missing_field_column_is_told_once() -> None:
    """Without rows that would only follow from it."""
    with pytest.raises(errors.MissingColumn, match=r"^fields lacks the column 'field' \(the field"):
        ck.Policy(pd.DataFrame({"wait_days": [1, 1]}))


def test_a_wait_under_nearly_its_name_is_not_passed_over() -> None:
    """Else the default would hold in its place, in silence."""
    with pytest.raises(errors.MissingColumn, match=r"but has 'Wait Days'\. Rename it"):
        ck.Policy(pd.DataFrame({"field": ["law"], "Wait Days": [9]}))


@pytest.mark.parametrize("table", [None, [1], {"field": ["law"]}, "fields.csv"])
def test_what_is_no_frame_is_refused(table: Any) -> None:
    """With one sentence."""
    with pytest.raises(errors.MissingTable, match="fields is no pandas DataFrame but of the type"):
        ck.Policy(table)


@pytest.mark.parametrize("place", ["nowhere.csv", "folder", "a\0b"])
def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path, place: str) -> None:
    """Or a folder, or no name at all."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(errors.UnreadableFile, match=r"cannot be read \([^\n]+$"):
        ck.Policy.read(tmp_path / place)


# -- out and back ----------------------------------------------------------------------------------


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50
)
@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
        .filter(lambda text: bool(text.strip()))
        .filter(lambda text: text.strip().casefold() != "default"),
        st.tuples(
            st.one_of(st.none(), st.integers(0, terms.LONGEST_SPAN)),
            st.one_of(
                st.none(),
                st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1), timezones=st.timezones()),
            ),
            st.one_of(st.none(), st.sampled_from(terms.PACES)),
            st.text('x,"\n ', min_size=1),
        ),
        max_size=4,
    )
)
def test_any_policy_is_read_back_as_it_was(
    tmp_path: Path, fields: dict[str, tuple[Any, ...]]
) -> None:
    """Values, dtypes, order and columns of its own."""
    rows = [(name, *cells) for name, cells in fields.items()]
    columns = ["field", "wait_days", "effective_from", "pace", "basis"]
    table = pd.DataFrame(rows, columns=columns, dtype=object).astype({"basis": "str"})
    folded = table["field"].map(lambda name: " ".join(name.split()).casefold())
    made = ck.Policy(table[~folded.duplicated()])
    made.write(tmp_path / "fields.csv")
    assert_frame_equal(ck.Policy.read(str(tmp_path / "fields.csv")).table, made.table)


def test_the_shipped_policy_is_read_back_as_it_is(tmp_path: Path) -> None:
    """With what grounds each wait."""
    shipped = ck.Policy.default()
    shipped.write(tmp_path / "fields.csv")
    again = ck.Policy.read(tmp_path / "fields.csv")
    assert_frame_equal(again.table, shipped.table)
    assert {"basis", "evidence"} <= set(again.table)


def test_a_policy_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    """One sentence, and the old file whole."""
    (tmp_path / "fields.csv").write_text("field\nlaw\n")
    bad = ck.Policy(pd.DataFrame({"field": ["law"], "own": ["\ud800"]}, dtype=object))
    with pytest.raises(errors.UnreadableFile, match=r"fields\.csv cannot be written: a text holds"):
        bad.write(tmp_path / "fields.csv")
    assert (tmp_path / "fields.csv").read_text() == "field\nlaw\n"


# -- which field a text names ----------------------------------------------------------------------


def test_the_shipped_aliases_are_each_of_one_shipped_field() -> None:
    """No alias twice, none of a field that is not there, none that is another field's name."""
    aliases = read_csv(data_folder() / "field_aliases.csv")
    folded = aliases["alias"].map(lambda alias: " ".join(alias.split()).casefold())
    fields = ck.Policy.default().fields
    assert folded.is_unique
    assert set(aliases["field"]) <= set(fields)
    names = {field.casefold(): field for field in fields}
    clashes = [
        alias
        for alias, field in zip(folded, aliases["field"], strict=True)
        if names.get(alias, field) != field
    ]
    assert clashes == []


@pytest.mark.parametrize(
    "asked",
    [
        *("Staff accountant", "staff accountant", "STAFF ACCOUNTANT", "  staff \t accountant\n"),
        *("Staff\u00a0Accountant", "Accounting & audit", "ACCOUNTING & AUDIT"),
    ],
)
def test_a_field_or_an_alias_resolves_whatever_its_case_and_blanks(asked: str) -> None:
    """To one field, with nothing left to suggest."""
    match = ck.Policy.default().field_for(asked)
    assert (match.field, match.suggestions) == ("Accounting & audit", ())
    assert match.asked == asked


def test_every_field_is_its_own_name() -> None:
    """Before any alias."""
    shipped = ck.Policy.default()
    assert [shipped.field_for(field).field for field in shipped.fields] == shipped.fields


@pytest.mark.parametrize(
    ("asked", "suggested"),
    [
        ("Acountant", "Accounting & audit"),
        ("Senior staff accountant", "Accounting & audit"),
        ("Nonprofit & social", "Nonprofit & social service"),
        ("Nursing or clinical", "Nursing & clinical"),
        ("Sales.", "Sales"),
    ],
)
def test_a_near_miss_is_suggested_and_never_taken(asked: str, suggested: str) -> None:
    """At most three fields, each once."""
    match = ck.Policy.default().field_for(asked)
    assert match.field is None
    assert suggested in match.suggestions
    assert len(match.suggestions) <= 3
    assert len(set(match.suggestions)) == len(match.suggestions)


@pytest.mark.parametrize(
    "asked", ["", "   ", "xqzw", "🙂", "\0", "\ud800", "\u202e", "()[]*"], ids=ascii
)
def test_nonsense_names_no_field_and_suggests_none(asked: str) -> None:
    """Nothing comes near."""
    match = ck.Policy.default().field_for(asked)
    assert (match.field, match.suggestions) == (None, ())


@pytest.mark.parametrize("asked", ["x" * 10**6, "accountant " * 10**5, "\U0001f642" * 10**5])
def test_a_very_long_text_is_answered(asked: str) -> None:
    """And shown in part."""
    match = ck.Policy.default().field_for(asked)
    assert match.field is None
    assert len(str(match)) < 300


@settings(deadline=None)
@given(st.text())
def test_any_text_resolves_to_a_field_or_to_suggestions(asked: str) -> None:
    """Never both, never to what has no rows, always told in one line."""
    fields = ("Sales", "Legal")
    match = policy(row("Sales"), row("Legal"), row("default")).field_for(asked)
    assert match.field is None or (match.field in fields and match.suggestions == ())
    assert set(match.suggestions) <= set(fields)
    assert re.fullmatch(r"[^\n\r\x1b]+[.?]", str(match))


def test_the_default_is_no_field() -> None:
    """It stands for those without rows."""
    assert ck.Policy.default().field_for("default").field is None


def test_an_alias_of_a_field_without_rows_names_nothing() -> None:
    """A policy knows its own fields alone."""
    match = policy(row("Sales")).field_for("Staff accountant")
    assert match.field is None
    assert "Accounting & audit" not in match.suggestions


def test_a_field_of_ones_own_wins_over_an_alias() -> None:
    """Who has a field called Accountant means that."""
    own = policy(row("Accountant"), row("Accounting & audit"))
    assert own.field_for("accountant").field == "Accountant"


@pytest.mark.parametrize(
    ("match", "told"),
    [
        (ck.FieldMatch("staff accountant", "Sales"), "'staff accountant' is Sales."),
        (ck.FieldMatch("sails", None, ("Sales",)), "'sails' is no field. Did you mean Sales?"),
        (
            ck.FieldMatch("sails", None, ("Sales", "Retail", "Legal")),
            "'sails' is no field. Did you mean Sales, Retail or Legal?",
        ),
        (ck.FieldMatch("a\n\x1b[2J", None), r"'a\n\x1b[2J' is no field, and none comes near."),
    ],
)
def test_a_match_says_what_it_found(match: ck.FieldMatch, told: str) -> None:
    """In one line, with nothing in it that steers a terminal."""
    assert str(match) == told


# -- fields without rows ---------------------------------------------------------------------------


def test_fields_without_rows_are_told_once_with_a_suggestion() -> None:
    """In alphabetical order; how many opportunities have them; nulls are nobody's field."""
    found = policy(row("Sales"), row("Legal"), row("default")).without_rows(
        pd.Categorical(["sales ", "Zoo", "Sales", "Zoo", None, "Legals"])
    )
    assert found.columns.tolist() == ["field", "opportunities", "suggestion"]
    assert found["field"].tolist() == ["Legals", "Zoo", "sales "]
    assert found["opportunities"].tolist() == [1, 2, 1]
    assert found["suggestion"].tolist()[::2] == ["Legal", "Sales"]
    assert pd.isna(found["suggestion"][1])


@pytest.mark.parametrize("fields", [[], ["Sales"], pd.Series([], dtype="category"), [None]])
def test_where_every_field_has_rows_nothing_is_told(fields: Any) -> None:
    """An empty frame, with its columns and dtypes."""
    found = policy(row("Sales")).without_rows(fields)
    assert len(found) == 0
    assert found.dtypes.astype(str).tolist() == ["str", "int64", "str"]


def test_a_row_is_plain_values_by_column() -> None:
    """In the order of the table; a notebook shows 3 and not a number of numpy's."""
    found = policy(row("Sales", 3, own="x")).row("Sales", MARCH)
    assert list(found) == [*(column.name for column in terms.POLICY), "own"]
    assert (found["wait_days"], type(found["wait_days"])) == (3, int)
