"""Rates as dots, with a line that says how sure each is."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from coachkit._drawing import INK, LINE, MUTED, PALE, PAPER, SOFT, STRONG, WEAK
from coachkit._reading import Numbers
from coachkit._wording import ENOUGH, share

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def scale_words(*, percent: bool) -> list[str]:
    """Say 0, ½ and 1 on a scale of rates."""
    return ["0 %", "50 %", "100 %"] if percent else ["none", "half", "all"]


def draw_interval(
    ax: "Axes", low: Any, high: Any, places: Any, *, solid: bool, across: bool, width: float = 3
) -> None:
    """Draw how sure a rate is, as a line."""
    line = ax.hlines if across else ax.vlines
    line(places, low, high, color=SOFT if solid else PALE, linewidth=width, zorder=2)


def draw_dots(ax: "Axes", x: Any, y: Any, *, solid: bool, size: float = 7.5) -> None:
    """Draw rates as dots: hollow where they rest on too little."""
    colour = STRONG if solid else WEAK
    face = STRONG if solid else PAPER
    ax.plot(x, y, "o", color=colour, markerfacecolor=face, markersize=size, zorder=4)


def draw_weeks(ax: "Axes", x: Numbers, weeks: pd.DataFrame, *, room: float) -> None:
    """Draw each week's rate, with its figure; ``room`` is how many points a week has."""
    solid = (weeks["of"] >= ENOUGH).to_numpy()
    ax.plot(x, weeks["rate"].where(solid), color=LINE, linewidth=1, zorder=1)
    for sure, part in weeks.assign(x=x).groupby(solid):
        ends, style = (part["low"], part["high"], part["x"]), {"solid": bool(sure)}
        draw_interval(ax, *ends, **style, across=False, width=min(3, room / 4))
        draw_dots(ax, part["x"], part["rate"], **style, size=min(7.5, max(2.5, 0.7 * room)))
    _write_under(ax, x, weeks, room=room)


def _write_under(ax: "Axes", x: Numbers, weeks: pd.DataFrame, *, room: float) -> None:
    """Write each week's figure under its dot: across, upright, or, without room, not at all."""
    upright = room < 32
    ax.set_ylim(-0.12 if room < 9.5 else -0.36 if upright else -0.2, 1.06)
    if room < 9.5:
        return
    for place, kept, of in zip(x, weeks["kept"], weeks["of"], strict=True):
        ax.text(
            place,
            -0.1,
            share(kept, of),
            ha="center",
            va="top",
            rotation=90 if upright else 0,
            fontsize=8 if upright else 8.5,
            color=MUTED if of < ENOUGH else INK,
        )
