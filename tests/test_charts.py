"""Charts by their artists and labels, and the text that stands in for each."""

import sys
from collections.abc import Callable
from itertools import pairwise
from subprocess import run
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.cbook import is_math_text
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from pandas.testing import assert_frame_equal

from coachkit import _draw_fields, _draw_lanes, _drawing, _wording, charts
from coachkit.compliance import compliance, wilson
from coachkit.timeline import MARKS

NOTHING = "Nothing to judge yet: no follow-up has come due."


def rates(rows: list[tuple[Any, ...]], *by: str) -> pd.DataFrame:
    """Frames as ``compliance`` makes them: rows of keys, kept, of and, if need be, too soon."""
    keys = [dict(zip(by, row, strict=False)) for row in rows]
    frame = pd.DataFrame(keys, columns=list(by))
    if "week" in by:
        frame["week"] = pd.to_datetime(frame["week"]).astype("datetime64[us]")
    for kind in ("thank_you", "follow_up", "pest", "card"):
        kept = np.array([row[len(by)] for row in rows], dtype=int)
        of = np.array([row[len(by) + 1] for row in rows], dtype=int)
        if kind == "pest":
            kept = np.array(
                [row[len(by) + 2] if len(row) > len(by) + 2 else 0 for row in rows], int
            )
        low, high = wilson(kept, of)
        with np.errstate(invalid="ignore"):
            shares = {"rate": kept / of, "low": low, "high": high}
        frame[f"{kind}_kept"] = pd.array(kept, dtype="Int64")
        frame[f"{kind}_of"] = pd.array(of, dtype="Int64")
        for name, share in shares.items():
            frame[f"{kind}_{name}"] = pd.array(
                [None if np.isnan(value) else value for value in share], dtype="Float64"
            )
    return frame


def events(*rows: tuple[int, str, str | None, str, str]) -> pd.DataFrame:
    """Rows of opportunity_id, opportunity, day, mark and detail."""
    frame = pd.DataFrame(rows, columns=["opportunity_id", "opportunity", "on", "mark", "detail"])
    frame["on"] = pd.to_datetime(frame["on"]).astype("datetime64[us]")
    frame["at"] = frame["on"].dt.tz_localize("UTC")
    frame["mark"] = pd.Categorical(frame["mark"], categories=list(MARKS))
    return frame.assign(client_id=7)


def windows(*rows: tuple[int, str, str, str, str]) -> pd.DataFrame:
    """Rows of opportunity_id, opportunity, due_on, until_on and verdict."""
    columns = ["opportunity_id", "opportunity", "due_on", "until_on", "verdict"]
    frame = pd.DataFrame(rows, columns=columns)
    for name in ("due_on", "until_on"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
    return frame


def sheet(**size: float) -> Axes:
    return charts.figure(**size)[1]


def texts(ax: Axes) -> list[str]:
    """Every text that is drawn, the way a reader sees it."""
    ax.get_figure(root=True).draw_without_rendering()
    drawn = [text for text in ax.findobj(Text) if text.get_visible() and text.get_text()]
    assert not any(is_math_text(text.get_text()) for text in drawn)
    return [text.get_text().replace(r"\$", "$") for text in drawn]


def said(ax: Axes) -> str:
    return " | ".join(texts(ax)).replace("\n", " ")


def ytexts(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def bars(ax: Axes) -> list[Rectangle]:
    return [patch for patch in ax.patches if isinstance(patch, Rectangle)]


def days(text: str) -> float:
    return (pd.Timestamp(text) - pd.Timestamp("1970-01-01")).days


GRID = rates(
    [
        ("Ann Lee", "2026-03-02", 2, 2),
        ("Ann Lee", "2026-03-16", 0, 1),
        ("Bo Ray", "2026-03-02", 1, 3),
        ("Cy Dee", "2026-03-09", 0, 0),
    ],
    "client",
    "week",
)
FIELDS = rates(
    [
        ("Sales", 10, 20, 6),
        ("Nonprofit", 1, 3, 1),
        ("Nursing", 0, 0),
        ("Law", 9, 10),
        ("Teaching", 2, 2),
    ],
    "field",
)
WEEKS = rates(
    [("2026-03-16", 1, 3), ("2026-03-02", 9, 12), ("2026-03-09", 0, 0), ("2026-03-23", 8, 10)],
    "week",
)
EVENTS = events(
    (1, "Acme · Auditor", "2026-03-02", "interview", "interview 1"),
    (1, "Acme · Auditor", "2026-03-03", "thank_you", "email, on time"),
    (1, "Acme · Auditor", "2026-03-06", "follow_up", "call, too soon"),
    (1, "Acme · Auditor", "2026-03-20", "outcome", "rejected"),
    (2, "Bolt · Clerk", "2026-03-10", "interview", "interview 1"),
    (2, "Bolt · Clerk", "2026-03-12", "reply", "email"),
    (3, "Core · Cook", "2026-04-07", "planned", "interview 1"),
)
WINDOWS = windows(
    (1, "Acme · Auditor", "2026-03-13", "2026-03-17", "missed"),
    (2, "Bolt · Clerk", "2026-03-30", "2026-04-01", "due"),
)
AS_OF = "2026-03-31T16:00:00-04:00"


# What holds for all of them


def test_importing_the_charts_loads_no_pyplot_and_changes_no_setting() -> None:
    """Not even matplotlib itself loads before something is drawn, and pyplot never does."""
    code = (
        "import io, sys, coachkit.charts as charts\n"
        "assert 'matplotlib' not in sys.modules\n"
        "import pandas as pd, matplotlib\n"
        "before = matplotlib.rcParams.copy()\n"
        "fig, ax = charts.figure()\n"
        "charts.trend(pd.DataFrame(), ax=ax)\n"
        "fig.savefig(io.BytesIO(), format='png')\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
        "assert dict.__eq__(matplotlib.rcParams, before)\n"
    )
    run([sys.executable, "-c", code], check=True)


DRAWN: list[tuple[str, Callable[..., Axes], tuple[pd.DataFrame, ...], dict[str, Any]]] = [
    ("grid", charts.caseload_grid, (GRID,), {}),
    ("fields", charts.on_time_by_field, (FIELDS,), {}),
    ("trend", charts.trend, (WEEKS,), {}),
    ("timeline", charts.timeline, (EVENTS, WINDOWS), {"as_of": AS_OF}),
]
each_chart = pytest.mark.parametrize(
    ("chart", "frames", "more"), [row[1:] for row in DRAWN], ids=[row[0] for row in DRAWN]
)


@each_chart
def test_a_chart_returns_its_axes_and_leaves_its_frames_alone(
    chart: Callable[..., Axes], frames: tuple[pd.DataFrame, ...], more: dict[str, Any]
) -> None:
    """Axes in, the same axes out, with a title; the input is as it was."""
    before = [frame.copy(deep=True) for frame in frames]
    ax = sheet()
    assert chart(*frames, ax=ax, **more) is ax
    assert ax.get_title(loc="left")
    for frame, kept in zip(frames, before, strict=True):
        assert_frame_equal(frame, kept)


@each_chart
def test_an_empty_frame_draws_a_sentence(
    chart: Callable[..., Axes], frames: tuple[pd.DataFrame, ...], more: dict[str, Any]
) -> None:
    """Without rows, with or without columns, a chart says why it is empty and is no error."""
    for empty in (tuple(frame[:0] for frame in frames), tuple(pd.DataFrame() for _ in frames)):
        ax = chart(*empty, ax=sheet(), **more)
        assert said(ax).startswith("Nothing to ")
        assert not ax.lines
        assert not ax.collections


@each_chart
def test_the_order_of_rows_does_not_matter_to_what_is_said(
    chart: Callable[..., Axes], frames: tuple[pd.DataFrame, ...], more: dict[str, Any]
) -> None:
    """Shuffled rows give the same words, but for the grid, whose rows follow its frame."""
    shuffled = tuple(frame.sample(frac=1, random_state=3) for frame in frames)
    again = sorted(texts(chart(*shuffled, ax=sheet(), **more)))
    assert again == sorted(texts(chart(*frames, ax=sheet(), **more)))


@each_chart
def test_a_narrow_figure_is_no_error(
    chart: Callable[..., Axes], frames: tuple[pd.DataFrame, ...], more: dict[str, Any]
) -> None:
    """Four inches are too little to look good, not to be drawn."""
    assert texts(chart(*frames, ax=sheet(width=4, height=4), **more))


@pytest.mark.parametrize("chart", [charts.caseload_grid, charts.trend])
def test_an_unknown_kind_of_rate_is_refused(chart: Callable[..., Axes]) -> None:
    """The message shows what was asked for and what there is."""
    with pytest.raises(ValueError, match=r"no rate 'calls'\. Use follow_up, thank_you, pest, card"):
        chart(GRID, ax=sheet(), kind="calls")


def test_figures_are_as_high_as_their_rows_need() -> None:
    """A height given is kept; else it grows with the rows."""
    assert charts.figure(width=7, height=3)[0].get_size_inches().tolist() == [7, 3]
    heights = [charts.figure(rows=rows)[0].get_size_inches()[1] for rows in (3, 24)]
    assert heights[0] < 3 < 7 < heights[1]


# Text from outside


HOSTILE = "A\x00nn\n$\\frac{1}{2}$\u202e \x1b[31mLee costs $5"
CLEAN = "Ann $\\frac{1}{2}$ [31mLee costs"


def test_names_are_drawn_as_plain_text() -> None:
    """No formula, no control character, no turned direction, on one line."""
    frame = GRID.assign(client=HOSTILE)
    assert CLEAN in charts.describe_caseload_grid(frame)
    ax = charts.caseload_grid(frame, ax=sheet())
    assert any(text.startswith("Ann $\\frac{1}{2}$") for text in texts(ax))
    for chart, frames in (
        (charts.on_time_by_field, (FIELDS.assign(field=HOSTILE),)),
        (
            charts.timeline,
            (
                EVENTS.assign(opportunity=HOSTILE, detail=HOSTILE),
                WINDOWS.assign(opportunity=HOSTILE),
            ),
        ),
    ):
        more = {"as_of": AS_OF} if len(frames) == 2 else {}
        everything = said(chart(*frames, ax=sheet(), **more))
        assert "$\\frac" in everything
        assert not any(sign in everything for sign in "\x00\x1b\u202e")


def test_a_lone_surrogate_is_left_out() -> None:
    """Half a letter cannot be drawn and must not stop the drawing."""
    assert _wording.plain("Zo\ud800ë") == "Zoë"


def test_over_long_names_end_in_an_ellipsis() -> None:
    """They leave room for the chart; the text alternative has them whole."""
    name = "Maximiliana Wolfeschlegelsteinhausenbergerdorff"
    frame = GRID.assign(client=name)
    assert ytexts(charts.caseload_grid(frame, ax=sheet())) == ["Maximiliana Wolfeschlegelsteinh…"]
    assert name in charts.describe_caseload_grid(frame)


def test_a_missing_name_is_said_to_be_missing() -> None:
    """A field or coach may be null."""
    assert [_wording.plain(name) for name in (None, pd.NA, np.nan, pd.NaT)] == ["not named"] * 4


# The caseload grid


def test_the_grid_has_a_row_a_client_and_a_column_a_week() -> None:
    """Weeks between the first and the last are there, clients without a duty too."""
    ax = charts.caseload_grid(GRID, ax=sheet(rows=3))
    assert ytexts(ax) == ["Ann Lee", "Bo Ray", "Cy Dee"]
    (mesh,) = [drawn for drawn in ax.collections if drawn.get_array() is not None]
    levels = np.ma.filled(mesh.get_array(), -1).reshape(3, 3)
    assert levels.tolist() == [[2, -1, 0], [1, -1, -1], [-1, -1, -1]]


def test_the_grid_says_how_many_of_how_many() -> None:
    """In figures, in the middle of each square, and only where something was due."""
    ax = charts.caseload_grid(GRID, ax=sheet(rows=3))
    figures = {text.get_text(): text.get_position() for text in ax.texts if "/" in text.get_text()}
    assert figures == {"2/2": (0.5, 0.5), "0/1": (2.5, 0.5), "1/3": (0.5, 1.5)}


def test_small_squares_have_circles_in_place_of_figures() -> None:
    """Full, half and empty: a mark beside the shade, at the middle of each square."""
    wide = pd.concat([GRID, rates([("Cy Dee", "2026-12-07", 1, 1)], "client", "week")])
    ax = charts.caseload_grid(wide, ax=sheet(width=6))
    assert not any("/" in text for text in texts(ax))
    circles = {line.get_fillstyle(): line.get_xydata().tolist() for line in ax.lines}
    assert circles == {
        "none": [[2.5, 0.5]],
        "bottom": [[0.5, 1.5]],
        "full": [[0.5, 0.5], [40.5, 2.5]],
    }


def test_the_grid_names_its_months_and_its_levels() -> None:
    """Weeks by their Monday where there is room, else the month in which they begin."""
    few = charts.caseload_grid(GRID, ax=sheet(rows=3))
    assert [label.get_text() for label in few.get_xticklabels()] == ["2 Mar", "9 Mar", "16 Mar"]
    legend = [text.get_text() for text in few.get_legend().get_texts()]
    assert legend == ["all on time (2/2)", "some on time (1/2)", "none on time (0/2)"]
    many = rates([("Ann", "2026-11-02", 1, 1), ("Ann", "2027-02-15", 1, 1)], "client", "week")
    ax = charts.caseload_grid(many, ax=sheet(width=6))
    labels = [label.get_text() for label in ax.get_xticklabels()]
    assert labels == ["Nov", "Dec", "Jan 2027", "Feb"]
    assert ax.get_xticks().tolist() == [0, 5, 9, 13]


def test_too_soon_is_the_dark_end_of_its_grid() -> None:
    """Where fewer are better, none is pale and all is dark, and the key says so."""
    frame = rates([("Ann", "2026-03-02", 1, 1, 1), ("Bo", "2026-03-02", 1, 1, 0)], "client", "week")
    ax = charts.caseload_grid(frame, ax=sheet(rows=2), kind="pest")
    (mesh,) = [drawn for drawn in ax.collections if drawn.get_array() is not None]
    assert mesh.get_array().ravel().tolist() == [0, 2]
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend == ["none too soon (0/2)", "some too soon (1/2)", "all too soon (2/2)"]


def test_twenty_four_clients_by_forty_weeks_fit() -> None:
    """No two names and no two months overlap, and no figure is wider than its square."""
    weeks = pd.date_range("2026-01-05", periods=40, freq="7D")
    rows = [(f"Client {number:02}", week, 1, 2) for number in range(24) for week in weeks]
    for width in (7, 10):
        ax = charts.caseload_grid(rates(rows, "client", "week"), ax=sheet(width=width, rows=24))
        ax.get_figure(root=True).draw_without_rendering()
        months = [label.get_window_extent() for label in ax.get_xticklabels()]
        assert all(left.x1 < right.x0 for left, right in pairwise(months))
        names = [label.get_window_extent() for label in ax.get_yticklabels()]
        assert all(upper.y0 >= lower.y1 for upper, lower in pairwise(names))
        square = ax.get_window_extent().width / 40
        assert all(
            text.get_window_extent().width < square for text in ax.texts if "/" in text.get_text()
        )


def test_a_name_in_another_script_takes_a_font_that_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Fonts that are installed are fallen back on; the first is the one that it always is."""
    monkeypatch.setattr(_drawing, "_MORE_FONTS", ("DejaVu Serif", "No Such Font"))
    rows = [("Ann Lee", "2026-03-02", 1, 2), ("Łucja Żak", "2026-03-02", 1, 2)]
    ax = charts.caseload_grid(rates(rows, "client", "week"), ax=sheet(rows=3))
    families = {label.get_text(): label.get_fontfamily() for label in ax.get_yticklabels()}
    assert families == {"Ann Lee": ["sans-serif"], "Łucja Żak": ["sans-serif", "DejaVu Serif"]}


def test_two_digits_make_figures_smaller_or_give_way() -> None:
    """Ten of twelve is wider than one of two."""
    weeks = pd.date_range("2026-01-05", periods=30, freq="7D")
    frame = rates([("Ann", week, 10, 12) for week in weeks], "client", "week")
    assert "10/12" in texts(charts.caseload_grid(frame, ax=sheet(width=14)))
    assert "10/12" not in texts(charts.caseload_grid(frame, ax=sheet(width=8)))


def test_the_grid_in_words() -> None:
    """All in all, then who always, who least, and for whom nothing was due."""
    assert charts.describe_caseload_grid(GRID) == (
        "Follow-ups on time, 2 clients, weeks of 2 Mar to 16 Mar 2026: 3 of 6. "
        "Most slips: Bo Ray 1 of 3 and Ann Lee 2 of 3. Nothing to judge yet: Cy Dee."
    )
    always = rates([("Ann Lee", "2026-03-02", 12, 12)], "client", "week")
    assert charts.describe_caseload_grid(always, kind="thank_you") == (
        "Thank-yous on time, 1 client, week of 2 Mar 2026: 100 % (12 of 12). "
        "Every time: Ann Lee 100 % (12 of 12)."
    )


def test_many_names_in_words_are_cut_short() -> None:
    """Five are named, the rest counted."""
    rows = [(f"Client {letter}", "2026-03-02", 1, 1) for letter in "ABCDEFGH"]
    assert charts.describe_caseload_grid(rates(rows, "client", "week"), kind="card").endswith(
        "Every time: Client A 1 of 1, Client B 1 of 1, Client C 1 of 1, Client D 1 of 1, "
        "Client E 1 of 1 and 3 more."
    )


# On time by field


def test_fields_come_by_rate_then_those_under_ten_then_those_without() -> None:
    """A field with two of two does not lead the table."""
    ax = charts.on_time_by_field(FIELDS, ax=sheet(rows=6))
    assert ytexts(ax) == ["Law", "Sales", "Teaching", "Nonprofit", "Nursing"]
    colours = [to_hex(label.get_color()) for label in ax.get_yticklabels()]
    assert len(set(colours[:2])) == 1
    assert len(set(colours[2:])) == 1
    assert colours[0] != colours[2]


def test_a_field_has_a_dot_at_its_rate_with_its_interval() -> None:
    """Nine of ten is 90 %, from 60 to 98 by Wilson; filled from ten on, hollow under."""
    ax = charts.on_time_by_field(FIELDS, ax=sheet(rows=6))
    dots = {line.get_xdata()[0]: line for line in ax.lines}
    assert sorted(dots) == [pytest.approx(1 / 3), 0.5, 0.9, 1.0]
    assert to_hex(dots[0.9].get_markerfacecolor()) == _drawing.STRONG
    assert to_hex(dots[1.0].get_markerfacecolor()) == _drawing.PAPER
    spans = [path.get_segments()[0] for path in ax.collections if len(path.get_segments()) == 1]
    law = next(span for span in spans if span[0][1] == 0 and span[1][1] == 0)
    assert law[:, 0] == pytest.approx([0.5958, 0.9821], abs=1e-4)


def test_both_sides_of_the_rope_are_drawn_and_named() -> None:
    """Sales: 10 of 20 on time, 4 too late to the left, 6 too soon to the right, to scale."""
    ax = charts.on_time_by_field(FIELDS[:1], ax=sheet())
    late, soon = bars(ax)
    assert late.get_x() == soon.get_x() == _draw_fields.ROPE
    assert late.get_width() < 0 < soon.get_width()
    assert late.get_width() / soon.get_width() == pytest.approx(-4 / 6)
    assert soon.get_hatch()
    assert not late.get_hatch()
    words = texts(ax)
    assert {"50 % (10 of 20)", "20 %", "30 %"} <= set(words)
    assert {"← too late, or not at all", "too soon, or too many →"} <= set(words)


def test_under_ten_a_field_is_told_in_counts_and_muted() -> None:
    """1 of 3, and not a percent sign anywhere; its bars are outlines."""
    ax = charts.on_time_by_field(FIELDS[1:2], ax=sheet())
    assert texts(ax).count("1 of 3") == 3  # on time, too late and too soon: one each
    assert "%" not in said(ax)
    assert "none | half | all" in said(ax)
    assert {to_hex(bar.get_facecolor()) for bar in bars(ax)} == {_drawing.PAPER}


def test_a_field_without_duties_has_a_row_and_no_rate() -> None:
    """It says so in words; no dot, no bar."""
    ax = charts.on_time_by_field(FIELDS[[False, False, True, True, False]], ax=sheet())
    assert ytexts(ax) == ["Law", "Nursing"]
    assert "nothing due yet" in texts(ax)
    assert len(ax.lines) == 1


def test_the_fields_in_words() -> None:
    """Rates from ten on, counts under, and those without named."""
    assert charts.describe_on_time_by_field(FIELDS) == (
        "Follow-ups on time by field, highest first: Law 90 % (9 of 10), 1 too late; "
        "Sales 50 % (10 of 20), 4 too late and 6 too soon. "
        "Under ten, so in counts: Teaching 2 of 2; Nonprofit 1 of 3, 1 too late and 1 too soon. "
        "Nothing due yet in Nursing."
    )
    assert charts.describe_on_time_by_field(FIELDS[1:2]) == (
        "Follow-ups on time by field, in counts: Nonprofit 1 of 3, 1 too late and 1 too soon."
    )
    assert charts.describe_on_time_by_field(FIELDS[2:3]) == NOTHING


# The trend


def test_a_week_stands_on_its_monday_at_its_rate() -> None:
    """Filled from ten on, hollow under; a week without a duty is left out."""
    ax = charts.trend(WEEKS, ax=sheet())
    solid = next(line for line in ax.lines if to_hex(line.get_markerfacecolor()) == _drawing.STRONG)
    hollow = next(
        line
        for line in ax.lines
        if line.get_marker() == "o" and to_hex(line.get_markerfacecolor()) == _drawing.PAPER
    )
    assert solid.get_xydata().tolist() == [[days("2026-03-02"), 0.75], [days("2026-03-23"), 0.8]]
    assert hollow.get_xydata().tolist() == [[days("2026-03-16"), pytest.approx(1 / 3)]]


def test_a_week_under_ten_is_told_in_counts() -> None:
    """Percentages beside it from ten on; with none of those there is no percent sign at all."""
    assert {"75 %", "1 of 3", "80 %", "100 %"} <= set(texts(charts.trend(WEEKS, ax=sheet())))
    few = charts.trend(WEEKS[:1], ax=sheet())
    assert "1 of 3" in texts(few)
    assert "%" not in said(few)
    assert ytexts(few) == ["none", "half", "all"]


def test_the_trend_draws_no_line_across_a_week_under_ten() -> None:
    """What rests on too little must not look like a turn."""
    ax = charts.trend(WEEKS, ax=sheet())
    line = next(line for line in ax.lines if line.get_marker() == "None")
    assert np.isnan(line.get_ydata()).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("weeks", "labels"),
    [
        (4, ["9 Mar\n2026", "16 Mar\n ", "23 Mar\n ", "30 Mar\n ", "6 Apr\n "]),
        (40, ["Apr\n2026", "May\n ", "Jun\n "]),
        (150, ["Apr\n2026", "Jul\n ", "Oct\n ", "Jan\n2027"]),
        (900, ["2027\n ", "2028\n "]),
    ],
)
def test_the_time_axis_has_as_many_labels_as_fit(weeks: int, labels: list[str]) -> None:
    """Mondays, months, quarters or years, the year under the first label that is in it."""
    first = days("2026-03-05")
    _, drawn = _drawing.time_ticks(first, first + 7 * weeks + 5, 600)
    assert [label.strip() for label in drawn[: len(labels)]] == [label.strip() for label in labels]


def test_the_trend_in_words() -> None:
    """All, the earlier half beside the later, the latest, and how many are in counts."""
    assert charts.describe_trend(WEEKS) == (
        "Follow-ups on time, weeks of 2 Mar to 23 Mar 2026: 72 % (18 of 25). In the earlier week "
        "75 % (9 of 12), in the later 2 weeks 69 % (9 of 13); in the latest 80 % (8 of 10). "
        "1 of 3 weeks have under ten."
    )
    assert charts.describe_trend(WEEKS[:1], kind="card") == (
        "Interviews followed by a card in the week of 16 Mar 2026: 1 of 3."
    )
    few = rates([("2026-03-02", 1, 3), ("2026-03-09", 2, 2)], "week")
    assert charts.describe_trend(few) == (
        "Follow-ups on time, weeks of 2 Mar to 9 Mar 2026: 3 of 5. In the earlier week 1 of 3, in "
        "the later week 2 of 2. Every week has under ten, so the weeks are told in counts."
    )


def test_cards_that_the_frame_does_not_tell_are_said_to_be_lost() -> None:
    """``compliance`` gives interviews without cards for frames that did not come from ``grade``."""
    lost = "Cards cannot be told from this frame. Take the duties straight from coachkit.grade."
    weeks, grid = (
        frame.assign(card_kept=pd.array([None] * len(frame), dtype="Int64"))
        for frame in (WEEKS, GRID)
    )
    assert charts.describe_trend(weeks, kind="card") == lost
    assert charts.describe_caseload_grid(grid, kind="card") == lost
    assert said(charts.trend(weeks, ax=sheet(), kind="card")) == lost
    assert said(charts.caseload_grid(grid, ax=sheet(), kind="card")) == lost


def test_without_an_interview_there_is_no_card_to_judge() -> None:
    """Where the frame still tells its cards, none of none is not a fault of the frame."""
    none = WEEKS[WEEKS["card_of"] == 0]
    assert charts.describe_trend(none, kind="card") == (
        "Nothing to judge yet: no interview has been held."
    )


# A client's timeline


def test_a_lane_for_each_opportunity_in_the_order_they_began() -> None:
    """Employer and role on a line each."""
    ax = charts.timeline(EVENTS[::-1], WINDOWS, ax=sheet(rows=12), as_of=AS_OF)
    assert ytexts(ax) == ["Acme\nAuditor", "Bolt\nClerk", "Core\nCook"]


def marks(ax: Axes) -> dict[str, Any]:
    """Find by its words in the key where the marks of each shape are."""
    drawn = {
        (str(line.get_marker()), to_hex(line.get_markerfacecolor())): line.get_xydata().tolist()
        for line in ax.lines
        if line.get_linestyle() == "None"
    }
    legend = ax.get_legend()
    handles = zip(legend.legend_handles, legend.get_texts(), strict=True)
    return {
        words.get_text(): drawn[str(handle.get_marker()), to_hex(handle.get_markerfacecolor())]
        for handle, words in handles
        if not isinstance(handle, Rectangle)
    }


def test_every_event_has_its_own_mark_on_its_day() -> None:
    """In the middle of its day; interviews on the lane, sent above it, received below."""
    drawn = marks(charts.timeline(EVENTS, WINDOWS, ax=sheet(rows=12), as_of=AS_OF))
    assert drawn["interview"] == [[days("2026-03-02") + 0.5, 0], [days("2026-03-10") + 0.5, 1]]
    assert drawn["interview planned"] == [[days("2026-04-07") + 0.5, 2]]
    assert drawn["outcome"] == [[days("2026-03-20") + 0.5, 0]]
    ((sent_x, sent_y),) = drawn["thank-you"]
    ((heard_x, heard_y),) = drawn["word from the employer"]
    assert (sent_x, heard_x) == (days("2026-03-03") + 0.5, days("2026-03-12") + 0.5)
    assert sent_y < 0  # the lanes count downwards
    assert heard_y > 1


def test_marks_of_one_day_do_not_hide_each_other() -> None:
    """A card on the day of the thank-you stands above it."""
    same = events(
        (1, "Acme · Auditor", "2026-03-02", "thank_you", "email, on time"),
        (1, "Acme · Auditor", "2026-03-02", "card", "card"),
        (1, "Acme · Auditor", "2026-06-02", "card", "card"),
    )
    drawn = marks(charts.timeline(same, WINDOWS[:0], ax=sheet(), as_of=AS_OF))
    ((_, note),), ((_, card), (_, later)) = drawn["thank-you"], drawn["card"]
    assert card < note
    assert later == note


def test_all_marks_differ_in_shape_or_filling() -> None:
    """Nothing is told apart by colour."""
    assert set(_draw_lanes.MARKS) == set(MARKS)
    shapes = [(str(shape), filled) for _, shape, filled, *_ in _draw_lanes.MARKS.values()]
    assert len(set(shapes)) == len(shapes)


def test_a_window_is_a_bar_over_its_whole_last_day() -> None:
    """From the 13th to the end of the 17th: five days; dark and plain where it was missed."""
    ax = charts.timeline(EVENTS, WINDOWS, ax=sheet(rows=12), as_of=AS_OF)
    missed, due = bars(ax)
    assert (missed.get_x(), missed.get_width()) == (days("2026-03-13"), 5)
    assert missed.get_y() + missed.get_height() / 2 == pytest.approx(0)
    assert to_hex(missed.get_facecolor()) == _drawing.BAD
    assert to_hex(due.get_facecolor()) == _drawing.PAPER
    assert {"window, missed", "window, open now", "due by 1 Apr"} <= set(texts(ax))


def test_a_window_that_is_held_says_until_when() -> None:
    """Its bar stays where the rule or the pin has it, with an edge of its own."""
    held = WINDOWS.assign(
        verdict=["missed", "held"], hold_until=pd.to_datetime([None, "2026-04-20"])
    )
    ax = charts.timeline(EVENTS, held, ax=sheet(rows=12), as_of=AS_OF)
    _, bar = bars(ax)
    assert (bar.get_x(), bar.get_width()) == (days("2026-03-30"), 3)
    assert bar.get_linestyle() == "--"
    assert {"window, held back", "held until 20 Apr"} <= set(texts(ax))
    told = charts.describe_timeline(EVENTS, held, as_of=AS_OF)
    assert "follow-up to Bolt · Clerk held until 20 Apr; " in told
    assert "1 follow-up window missed" in told


def test_slips_are_said_over_their_marks_and_outcomes_beside_theirs() -> None:
    """What was on time is not said; near ones share a label."""
    near = events(
        (1, "Acme · Auditor", "2026-03-02", "interview", "interview 1"),
        (1, "Acme · Auditor", "2026-03-05", "thank_you", "email, late"),
        (1, "Acme · Auditor", "2026-03-06", "follow_up", "call, too soon"),
        (1, "Acme · Auditor", "2026-08-01", "outcome", "let go"),
    )
    words = texts(charts.timeline(near, WINDOWS[:0], ax=sheet(), as_of=AS_OF))
    assert {"late, too soon", "let go"} <= set(words)
    assert not {"late", "too soon", "on time"} & set(words)


def test_an_outcome_of_unknown_day_stands_after_everything_else() -> None:
    """At the end of its lane, and says that its day is not known."""
    unknown = EVENTS.assign(on=EVENTS["on"].mask(EVENTS["mark"] == "outcome"))
    ax = charts.timeline(unknown, WINDOWS, ax=sheet(rows=12), as_of=AS_OF)
    ((x, y),) = marks(ax)["outcome"]
    assert y == 0
    assert x > days("2026-03-18")  # after the window, which ended with the 17th
    assert "rejected, day unknown" in texts(ax)


def test_today_is_a_line_on_the_day_as_written() -> None:
    """In the zone in which it was given."""
    ax = charts.timeline(EVENTS, WINDOWS, ax=sheet(rows=12), as_of="2026-03-31T23:30:00-04:00")
    dashed = next(line for line in ax.lines if line.get_linestyle() == "--")
    assert dashed.get_xdata() == [days("2026-03-31") + 0.5] * 2
    assert "today, 31 Mar" in texts(ax)


def test_the_timeline_in_words() -> None:
    """What there is, what slipped, what comes next and what ended."""
    assert charts.describe_timeline(EVENTS, WINDOWS, as_of=AS_OF) == (
        "As of 31 Mar 2026, 3 opportunities: 2 interviews, 1 thank-you and 1 follow-up. "
        "Slips: 1 too soon and 1 follow-up window missed. "
        "Next: follow-up to Bolt · Clerk due by 1 Apr; interview with Core · Cook on 7 Apr. "
        "Ended: Acme · Auditor (rejected)."
    )
    assert charts.describe_timeline(EVENTS[6:], WINDOWS[:0], as_of=AS_OF) == (
        "As of 31 Mar 2026, 1 opportunity: no interview yet. Next: interview with Core · Cook on "
        "7 Apr."
    )
    assert charts.describe_timeline(EVENTS[:0], WINDOWS[:0], as_of=AS_OF) == (
        "Nothing to show yet: no interview and no message is written down."
    )


# Seen in grey, and against what they read


def lightness(colour: str) -> float:
    """CIE L*, from 0 for black to 100 for white."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)
    )
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 116 * luminance ** (1 / 3) - 16


def test_shades_keep_their_order_in_grey() -> None:
    """Paper, kept, partly and not kept are at least twelve steps of lightness apart each."""
    steps = [lightness(c) for c in (_drawing.PAPER, _drawing.GOOD, _drawing.MID, _drawing.BAD)]
    assert all(lighter - darker > 12 for lighter, darker in pairwise(steps))


def test_figures_stand_out_from_their_squares() -> None:
    """Letters and their ground are at least 45 steps of lightness apart (about 4.5 to 1)."""
    for ground in (_drawing.PAPER, _drawing.GOOD, _drawing.MID):
        assert lightness(ground) - lightness(_drawing.INK) > 45
    assert lightness(_drawing.PAPER) - lightness(_drawing.BAD) > 45
    assert lightness(_drawing.PAPER) - lightness(_drawing.MUTED) > 45


def test_charts_and_compliance_agree_on_how_many_are_enough() -> None:
    """Charts may not import compliance, so that the number stands twice."""
    assert sys.modules[compliance.__module__].ENOUGH == _wording.ENOUGH
