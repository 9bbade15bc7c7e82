"""Frames in words: the agenda in sentences, rates in figures, and texts that cannot steer."""

import re
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import coachkit as ck
from coachkit import terms
from coachkit.telling import Told, plain, tell_agenda, tell_compliance
from tests.build import case, sent, together, visit

PARTS = ("kept", "of", "rate", "low", "high")


def agenda(*rows: dict[str, Any]) -> pd.DataFrame:
    """What ``plan`` returns, as far as it is told."""
    common = {
        "urgency": "today",
        "client": "Ann Lee",
        "employer": "Acme",
        "role": "Auditor",
        "reason": "Send the thank-you.",
    }
    frame = pd.DataFrame([common | row for row in rows], columns=list(common))
    return frame.assign(urgency=pd.Categorical(frame["urgency"], categories=terms.URGENCIES))


def rates(**counts: tuple[int | None, int]) -> pd.DataFrame:
    """One row of rates: kept and of by name, 0 of 0 where none is named; 20 to 60 percent."""
    row: dict[str, Any] = {"field": "Sales"}
    for name in ("thank_you", "follow_up", "pest", "card"):
        kept, of = counts.get(name, (0, 0))
        some = bool(of) and kept is not None
        cells = (
            kept,
            of,
            kept / of if some else None,
            0.2 if some else None,
            0.6 if some else None,
        )
        row |= {f"{name}_{part}": cell for part, cell in zip(PARTS, cells, strict=True)}
    frame = pd.DataFrame([row])
    whole = [name for name in frame if name.endswith(("_kept", "_of"))]
    parts = [name for name in frame if name.endswith(("_rate", "_low", "_high"))]
    return frame.astype(dict.fromkeys(whole, "Int64") | dict.fromkeys(parts, "Float64"))


# -- the agenda ------------------------------------------------------------------------------------


def test_an_agenda_is_told_who_where_what_and_why() -> None:
    """A heading with its count, a line of who and where, and the reason below it."""
    one = case(
        visit("Mon 2 Feb 10:00"), sent("thank_you", "Mon 2 Feb 15:00"), as_of="Tue 3 Feb 09:00"
    )
    plan = one.plan()
    lines = tell_agenda(plan).split("\n")
    assert lines[:2] == ["Today (1)", "  Ann Lee · Acme · Auditor"]
    told = " ".join(" ".join(lines).split())
    assert all(f"Ann Lee · Acme · Auditor {reason}" in told for reason in plan["reason"])


def test_groups_stand_in_the_order_of_urgency() -> None:
    """Overdue first and later last, whatever the order of the rows; no group without rows."""
    rows = [{"urgency": word} for word in ("later", "overdue", "later", "today")]
    lines = tell_agenda(agenda(*rows)).split("\n")
    assert [line for line in lines if line and line[0] != " "] == [
        "Overdue (1)",
        "Today (1)",
        "Later (2)",
    ]


def test_groups_are_apart_by_an_empty_line() -> None:
    """One before each heading but the first."""
    told = tell_agenda(agenda({"urgency": "overdue"}, {"urgency": "this_week"}))
    assert told == (
        "Overdue (1)\n  Ann Lee · Acme · Auditor\n      Send the thank-you.\n"
        "\nThis week (1)\n  Ann Lee · Acme · Auditor\n      Send the thank-you."
    )


def test_the_order_within_a_group_is_the_plans() -> None:
    """Telling does not sort again."""
    told = tell_agenda(agenda({"client": "Zoe"}, {"client": "Ann"}))
    assert told.index("Zoe") < told.index("Ann")


def test_a_row_that_is_about_no_opportunity_names_the_client_alone() -> None:
    """No empty dots where there is no employer."""
    told = tell_agenda(agenda({"employer": None, "role": None}))
    assert told.split("\n")[1] == "  Ann Lee"


def test_long_reasons_are_wrapped_below_their_beginning() -> None:
    """No line is longer than 100 characters, and all of it is there."""
    reason = " ".join(["word"] * 100)
    lines = tell_agenda(agenda({"reason": reason})).split("\n")[2:]
    assert len(lines) > 1
    assert all(len(line) <= 100 and line.startswith("      word") for line in lines)
    assert " ".join(" ".join(lines).split()) == reason


def test_an_empty_agenda_invites() -> None:
    """One sentence that says what to do, instead of nothing."""
    nothing = ck.plan(ck.Caseload.empty(), ck.Policy.default(), as_of="2026-11-04T15:00:00Z")
    told = tell_agenda(nothing)
    assert told == "Nothing to do today. Log an interview, and its thank-you will stand here."
    assert told in told.html


def test_telling_leaves_the_agenda_as_it_is() -> None:
    """The frame that was handed over is not changed."""
    given = agenda({"client": "Ann\nLee"}, {"urgency": "overdue"})
    before = given.copy()
    tell_agenda(given)
    assert_frame_equal(given, before)


def test_an_agenda_of_several_clients_tells_each_row_once() -> None:
    """As many reasons as rows."""
    as_of = "Tue 3 Feb 09:00"
    both = together(
        case(visit("Mon 2 Feb 10:00"), as_of=as_of),
        case(visit("Mon 2 Feb 11:00"), as_of=as_of, client_id=2, opportunity_id=2, name="Bo Hill"),
    )
    plan = both.plan()
    told = tell_agenda(plan)
    assert told.count("Ann Lee · ") + told.count("Bo Hill · ") == len(plan)


# -- in a notebook ---------------------------------------------------------------------------------


def test_a_notebook_shows_the_agenda_as_tables() -> None:
    """A heading and a table for each urgency, with the same words."""
    told = tell_agenda(agenda({"urgency": "overdue"}, {}))
    assert isinstance(told, Told)
    html = told._repr_html_()
    assert html.count("<table") == 2
    assert "<h3>Overdue (1)</h3>" in html
    assert "<td>Ann Lee</td>" in html
    assert repr(told) == str(told)


@pytest.mark.parametrize("column", ["client", "employer", "role", "reason"])
def test_a_text_from_outside_is_no_markup(column: str) -> None:
    """Every cell is escaped before a notebook shows it."""
    html = tell_agenda(agenda({column: "<img src=x onerror=alert(1)> & co"}))._repr_html_()
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; co" in html


def test_a_text_from_outside_is_no_formula() -> None:
    """A notebook sets what stands between dollars as a formula, unless it is told not to."""
    html = tell_agenda(agenda({"role": "Buyer, $90k to $120k"}))._repr_html_()
    assert html.count("<table") == html.count("mathjax_ignore") == 1


def test_no_text_is_cut_short_in_a_notebook() -> None:
    """The 50 characters a cell that pandas shows do not bind here."""
    reason = "a" * 300
    assert reason in tell_agenda(agenda({"reason": reason})).html


# -- rates -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kept", "of", "words"),
    [
        (0, 0, "nothing yet"),
        (0, 1, "0 of 1"),
        (1, 3, "1 of 3"),
        (9, 9, "9 of 9"),
        (4, 10, "40 % (4 of 10), 20 % to 60 %"),
        (25, 30, "83 % (25 of 30), 20 % to 60 %"),
        (None, 12, "nothing yet"),
    ],
)
def test_a_rate_in_words(kept: int | None, of: int, words: str) -> None:
    """Counts under ten duties; from ten on percent, counts and interval; null is nothing yet."""
    told = tell_compliance(rates(follow_up=(kept, of)))
    assert cells(told)[1][2] == words
    assert f"<td>{words}</td>".replace(" %", "&nbsp;%") in told.html


def cells(told: Told) -> list[list[str]]:
    """A table's heading and rows, whose cells stand two blanks apart at least."""
    return [re.split(r" {2,}", line.strip()) for line in told.split("\n")]


def test_rates_stand_in_columns_behind_what_they_are_grouped_by() -> None:
    """The group's own columns come first, then the four rates, each named in words."""
    told = tell_compliance(rates(card=(1, 2)).assign(coach="Rosa"))
    heading = ["field", "coach", "thank-yous on time", "follow-ups on time"]
    assert cells(told) == [
        [*heading, "too soon or too many", "cards sent"],
        ["Sales", "Rosa", "nothing yet", "nothing yet", "nothing yet", "1 of 2"],
    ]


def test_rates_that_compliance_computed_are_told() -> None:
    """One thank-you in time, no follow-up due yet, no card; the week is a day."""
    one = case(
        visit("Mon 2 Feb 10:00"), sent("thank_you", "Mon 2 Feb 15:00"), as_of="Tue 3 Feb 09:00"
    )
    told = tell_compliance(ck.compliance(one.grade(), by=["client", "week"]))
    assert cells(told)[1:] == [
        ["1", "2026-02-02", "1 of 1", "nothing yet", "nothing yet", "0 of 1"],
        ["1", "2026-02-09", "nothing yet", "nothing yet", "nothing yet", "nothing yet"],
    ]


def test_no_rates_invite() -> None:
    """An empty frame gives one sentence that says what to do."""
    duties = ck.grade(ck.Caseload.empty(), ck.Policy.default(), as_of="2026-11-04T15:00:00Z")
    told = tell_compliance(ck.compliance(duties, by=["coach", "week"]))
    assert told == "Nothing to judge yet. Log an interview, and its thank-you counts here."
    assert told.html == f"<p>{told}</p>"


def test_a_group_without_a_name_stays_empty() -> None:
    """Clients without a coach have a row, whose coach is no NaN."""
    told = tell_compliance(rates(card=(1, 2)).assign(field=pd.Series([None], dtype="str")))
    assert cells(told)[1][0] == "nothing yet"
    assert "<td></td>" in told.html


def test_what_rates_are_grouped_by_is_text() -> None:
    """A coach's or a field's name is no markup, no formula, and steers nothing."""
    told = tell_compliance(rates().assign(field="<b>$x$</b>\x1b[31m\nred"))
    assert "&lt;b&gt;$x$&lt;/b&gt; [31m red" in told.html
    assert "mathjax_ignore" in told.html
    assert cells(told)[1][0] == "<b>$x$</b> [31m red"


def test_telling_leaves_the_rates_as_they_are() -> None:
    """The frame that was handed over is not changed."""
    given = rates(pest=(3, 12)).set_axis([7])
    before = given.copy()
    assert "25 % (3 of 12)" in tell_compliance(given)
    assert_frame_equal(given, before)


# -- texts from outside ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoë Martínez 李 🙂", "Zoë Martínez 李 🙂"),
        ("two\nlines\r\nor\tthree", "two lines or three"),
        ("\x1b[31mred\x1b[0m", "[31mred [0m"),
        ("bell\x07 and \x9bC1", "bell and C1"),
        ("\u202etfel\u202c \u2066to\u2069", "tfel to"),
        ("line\u2028and\u2029paragraph", "line and paragraph"),
        ("\ufeffmark", "mark"),
        ("  spaced   out  ", "spaced out"),
        ("", ""),
        (7, "7"),
    ],
)
def test_plain_keeps_letters_and_drops_what_steers(text: object, shown: str) -> None:
    """One line of visible letters remains of any text."""
    assert plain(text) == shown
