"""Charts: a computed frame and an ``ax`` in, the ``ax`` out; each with its text alternative.

They read what ``compliance`` and ``timeline`` return, draw on the given axes and compute nothing
but places. Under ten duties a rate is shown as counts (follow-up rules §5). Names come from outside
and are drawn as plain text. An empty frame gives a chart of one sentence that says why it is empty;
so does one that no longer tells its cards.

Examples
--------
>>> import pandas as pd
>>> from coachkit.charts import describe_trend, figure, trend
>>> fig, ax = figure(width=8, height=4)
>>> trend(pd.DataFrame(), ax=ax) is ax
True
>>> describe_trend(pd.DataFrame())
'Nothing to judge yet: no follow-up has come due.'
"""

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coachkit._describing import (
    describe_caseload_grid,
    describe_on_time_by_field,
    describe_timeline,
    describe_trend,
)
from coachkit._draw_fields import draw_panels, draw_rows, name_fields, write_remarks
from coachkit._draw_grid import draw_squares, lay_out_grid
from coachkit._draw_lanes import (
    draw_events,
    draw_today,
    draw_windows,
    lane_key,
    lane_name,
    lanes_of,
    placed,
)
from coachkit._draw_rates import draw_weeks, scale_words
from coachkit._drawing import (
    FAINT,
    NAME,
    PAPER,
    bare,
    finish,
    headline,
    measured,
    number_of,
    say,
    time_ticks,
)
from coachkit._reading import counted, day_of, laid_out, ranked, why_nothing
from coachkit._wording import ENOUGH, NO_EVENTS, WORDS, days, drawn, words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "caseload_grid",
    "describe_caseload_grid",
    "describe_on_time_by_field",
    "describe_timeline",
    "describe_trend",
    "figure",
    "on_time_by_field",
    "timeline",
    "trend",
]


def figure(
    *, width: float = 9.0, height: float | None = None, rows: float = 0
) -> "tuple[Figure, Axes]":
    """Make a white figure with one axes, which no pyplot keeps: show it, save it or let it go.

    Parameters
    ----------
    width, height
        Inches; a notebook shows a hundred pixels an inch.
    rows
        Where no height is given: how many rows of names it must have room for.
    """
    if height is None:
        height = 1.5 + 0.27 * rows if rows else 4.0
    size = (width, max(height, 2.4))
    fig = _shown_figure()(figsize=size, dpi=100, facecolor=PAPER, layout="constrained")
    return fig, fig.add_subplot()


@cache
def _shown_figure() -> "type[Figure]":
    """A figure that a notebook shows by itself, without pyplot, which would change the session."""
    from matplotlib.figure import Figure

    class ShownFigure(Figure):
        def _repr_png_(self) -> bytes:
            picture = BytesIO()
            self.savefig(picture, format="png")
            return picture.getvalue()

    return ShownFigure


def caseload_grid(rates: pd.DataFrame, *, ax: "Axes", kind: str = "follow_up") -> "Axes":
    """Draw who kept what in which week: a square a client and week, figures in it where they fit.

    Parameters
    ----------
    rates
        ``compliance(duties, by=["client", "week"])``, its client column replaced by names that
        tell the clients apart. Rows of the chart follow its order; weeks without a duty are blank.
    ax
        The axes to draw on; ``figure(rows=number of clients)`` has room.
    kind
        ``follow_up``, ``thank_you``, ``pest`` or ``card``.

    Returns
    -------
    Axes
        ``ax``. The lightness of a square says all, some or none kept; so do its figures (``2/3``)
        or, where squares are small, a full, half or empty circle.

    Raises
    ------
    ValueError
        There is no such kind.
    """
    said = words(kind)
    cells = counted(rates, kind)
    if cells.empty:
        return say(ax, why_nothing(rates, kind))
    clients, weeks, kept, of = laid_out(rates, cells)
    bare(ax)
    ax.set_yticks(np.arange(len(clients)) + 0.5, [drawn(name, NAME) for name in clients])
    span = f"One column a week, {days(weeks[0], weeks[-1])}. Blank: nothing to judge."
    headline(ax, said.who, span, above=40)
    size = lay_out_grid(ax, weeks, len(clients))
    draw_squares(ax, kept, of, said, size)
    return finish(ax)


def on_time_by_field(rates: pd.DataFrame, *, ax: "Axes") -> "Axes":
    """Draw each field's follow-ups on time, and to which side of the tightrope the others fell.

    Parameters
    ----------
    rates
        ``compliance(duties, by="field")``.
    ax
        The axes to draw on; ``figure(rows=number of fields)`` has room.

    Returns
    -------
    Axes
        ``ax``. A row a field, highest rate first: the share on time with its Wilson interval; then
        a rope, with the too late (or missing) to its left and the too soon or too many to its
        right. Fields with under ten follow-ups come after, in grey outlines and in counts; fields
        with none come last.
    """
    enough, few, without = ranked(rates)
    judged = [*enough, *few]
    if not judged:
        return say(ax, WORDS["follow_up"].nothing)
    bare(ax)
    places = name_fields(ax, enough, few, without)
    headline(
        ax,
        "On time, too late or too soon: how does each field follow up?",
        "Dot: share on time. Line: how sure that is; the longer, the less sure.",
        above=24,
    )
    draw_rows(ax, places[: len(judged)], judged)
    write_remarks(ax, places, len(enough), len(few))
    draw_panels(ax, places[len(judged) - 1], percent=bool(enough))
    return finish(ax)


def trend(rates: pd.DataFrame, *, ax: "Axes", kind: str = "follow_up") -> "Axes":
    """Draw a rate week by week, with how sure each week's is.

    Parameters
    ----------
    rates
        ``compliance(duties, by="week")``.
    ax
        The axes to draw on.
    kind
        ``follow_up``, ``thank_you``, ``pest`` or ``card``.

    Returns
    -------
    Axes
        ``ax``. A dot a week (its Monday) with its Wilson interval and, under it, its figure. Weeks
        of under ten are hollow and in counts; weeks without a duty are left out.

    Raises
    ------
    ValueError
        There is no such kind.
    """
    said = words(kind)
    weeks = counted(rates, kind)
    if weeks.empty:
        return say(ax, why_nothing(rates, kind))
    weeks = weeks.sort_values("week", ignore_index=True)
    x = np.array([number_of(week) for week in weeks["week"]])
    bare(ax)
    first, last = x[0] - 5.0, x[-1] + 5.0
    ax.set_xlim(first, last)
    ax.set_yticks([0, 0.5, 1], scale_words(percent=bool((weeks["of"] >= ENOUGH).any())))
    width = headline(
        ax,
        said.trend,
        f"{said.what}, by week. Line: how sure that is; the longer, the less sure. "
        "Hollow: under ten, told in counts.",
    )
    ax.set_xticks(*time_ticks(first, last, width))
    ax.hlines([0, 0.5, 1], first, last, color=FAINT, linewidth=1, zorder=0)
    draw_weeks(ax, x, weeks, room=7 * width / (last - first))
    return finish(ax)


def timeline(events: pd.DataFrame, windows: pd.DataFrame, *, ax: "Axes", as_of: object) -> "Axes":
    """Draw one client's timeline, a lane an opportunity, with the windows for following up.

    Parameters
    ----------
    events, windows
        What ``coachkit.timeline.timeline`` returned for one client's caseload.
    ax
        The axes to draw on; ``figure(rows=2.5 * opportunities + 5)`` has room.
    as_of
        The instant or day to draw as today, as written: give it in the client's zone.

    Returns
    -------
    Axes
        ``ax``. On each lane the interviews and how it ended, above it what the client sent, below
        it what came back, each by a marker of its own; what was late, too soon or too many says
        so. A bar from the first to the last day of each window, its lightness by verdict.
    """
    if events.empty:
        return say(ax, NO_EVENTS)
    today = day_of(as_of)
    lanes = lanes_of(events)
    bare(ax)
    ax.set_yticks(range(len(lanes)), [lane_name(name) for name in lanes.values()])
    ax.set_ylim(len(lanes) - 0.5, -0.7)
    days_there = (*events["on"].dropna(), *windows["until_on"])
    places = [number_of(today) + 0.5, *(number_of(when) for when in days_there)]
    begin, end = min(places), max(places)
    begin, end = begin - 0.02 * (end - begin) - 2, end + 0.14 * (end - begin) + 5
    ax.set_xlim(begin, end)
    width = headline(
        ax,
        "What happened with each employer, and when is a follow-up due?",
        "Above each line what was sent, below it what came back; bars are the days to follow up.",
        above=22,
    )
    ax.set_xticks(*time_ticks(begin, end, width))
    lane_key(ax, set(events["mark"]), set(windows["verdict"]), width)
    width, height = measured(ax)
    points = (end - begin) / width, (len(lanes) + 0.2) / height
    rows = {lane: row for row, lane in enumerate(lanes)}
    draw_windows(ax, windows, rows, points)
    draw_events(ax, placed(events, windows, rows, points[0]), points)
    draw_today(ax, today)
    return finish(ax)
