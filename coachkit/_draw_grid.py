"""The squares of the caseload grid: a row a client, a column a week."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from coachkit._days_in_words import MONTHS, day
from coachkit._drawing import BAD, FAINT, GOOD, INK, MID, PAPER, STRONG, key, measured
from coachkit._reading import Numbers
from coachkit._wording import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def lay_out_grid(ax: "Axes", weeks: pd.DatetimeIndex, rows: int) -> tuple[float, float]:
    """Set limits and labels so that squares are never huge; return the size of one in points."""
    width, height = measured(ax)
    across, down = max(len(weeks), width / 46), max(rows, height / 30)
    ax.set_xlim(0, across)
    ax.set_ylim(down, 0)
    size = width / across, height / down
    ax.tick_params(axis="y", labelsize=min(9.5, size[1] * 0.85))
    places, labels, free = [], [], 0.0
    for place, week in enumerate(weeks):
        new_month = place == 0 or week.month != weeks[place - 1].month
        label = MONTHS[week.month - 1] if size[0] < 36 else day(week, year=False)
        label += f" {week.year}" if place and week.year != weeks[place - 1].year else ""
        if (new_month or size[0] >= 36) and place * size[0] >= free:
            places.append(place)
            labels.append(label)
            free = place * size[0] + 5.6 * len(label) + 4
    ax.xaxis.tick_top()
    ax.set_xticks(places, labels, ha="left")
    return size


def draw_squares(
    ax: "Axes", kept: Numbers, of: Numbers, said: Words, size: tuple[float, float]
) -> None:
    """Shade every square, with figures in it or, where they do not fit, circles; and the key."""
    levels = np.where(kept == of, 2, np.where(kept == 0, 0, 1))
    levels = np.where(of == 0, -1, levels if said.wanted else 2 - levels)
    _shade(ax, levels)
    longest = 2 * len(str(of.max())) + 1  # letters, each about 0.63 of its height wide
    letters = min(10.0, size[0] / (0.63 * longest), size[1] * 0.6)
    if letters >= 7:
        _write_figures(ax, kept, of, levels, letters)
    else:
        _put_circles(ax, levels, 0.5 * min(size))
    _put_key(ax, said, figures=letters >= 7)


def _shade(ax: "Axes", levels: Numbers) -> None:
    """Draw a square for every level: 2 kept, 1 partly, 0 not; none where it is negative."""
    from matplotlib.colors import ListedColormap

    rows, columns = levels.shape
    ax.hlines(range(rows + 1), 0, columns, color=FAINT, linewidth=0.7, zorder=2)
    ax.pcolormesh(
        np.arange(columns + 1),
        np.arange(rows + 1),
        np.ma.masked_less(levels, 0),
        cmap=ListedColormap([BAD, MID, GOOD]),
        vmin=-0.5,
        vmax=2.5,
        edgecolors=PAPER,
        linewidth=1,
    )


def _write_figures(ax: "Axes", kept: Numbers, of: Numbers, levels: Numbers, size: float) -> None:
    """Write how many of how many in every square."""
    for row, column in np.argwhere(of > 0):
        ax.text(
            column + 0.5,
            row + 0.5,
            f"{kept[row, column]}/{of[row, column]}",
            ha="center",
            va="center_baseline",
            fontsize=size,
            color=PAPER if levels[row, column] == 0 else INK,
        )


def _put_circles(ax: "Axes", levels: Numbers, size: float) -> None:
    """Put a full, half or empty circle in every square, as its level is."""
    for level, style in enumerate(_circles(size)):
        rows, columns = np.nonzero(levels == level)
        if rows.size:
            ax.plot(columns + 0.5, rows + 0.5, **style)


def _put_key(ax: "Axes", said: Words, *, figures: bool) -> None:
    """Put the key of a grid, best first, with an example of each where the grid has figures."""
    from matplotlib.lines import Line2D

    levels = list(zip(said.levels, ("0/2", "1/2", "2/2"), strict=True))[:: 1 if said.wanted else -1]
    handles: list[Any] = []
    for colour, circle in zip((BAD, MID, GOOD), _circles(6), strict=True):
        square = Line2D([], [], linestyle="none", marker="s", markersize=11, color=colour)
        handles.append(square if figures else (square, Line2D([], [], **circle)))
    labels = [f"{label} ({example})" if figures else label for label, example in levels]
    key(ax, handles[::-1], labels[::-1], above=20, columns=3)


def _circles(size: float) -> list[dict[str, Any]]:
    """Style an empty, a half and a full circle, each in a colour that shows on its square."""
    styles = zip(("none", "bottom", "full"), (PAPER, INK, STRONG), strict=True)
    common = {"linestyle": "none", "marker": "o", "markersize": size, "markeredgewidth": 0.9}
    return [
        common | {"fillstyle": fill, "color": colour, "markerfacecoloralt": "none"}
        for fill, colour in styles
    ]
