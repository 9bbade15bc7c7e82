"""The rows of the fields: the share on time, and the rope between too late and too soon."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coachkit._draw_rates import draw_dots, draw_interval, scale_words
from coachkit._drawing import BAD, FAINT, INK, MID, MUTED, NAME, PAPER, measured, over
from coachkit._reading import Row
from coachkit._wording import ENOUGH, drawn, full_share, share

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROPE, _REACH = 2.12, 0.38  # where the rope hangs, right of the rates' 0 to 1, and its reach


def name_fields(
    ax: "Axes", enough: Sequence[Row], few: Sequence[Row], without: Sequence[str]
) -> list[float]:
    """Name a row for each field, in grey where there are not enough; return where the rows are."""
    names = [*(row["name"] for row in (*enough, *few)), *without]
    gap = 0.9 if few else 0.0  # room for the line that sets the few apart
    places = [place + gap * (place >= len(enough)) for place in range(len(names))]
    ax.set_yticks(places, [drawn(name, NAME) for name in names])
    for number, label in enumerate(ax.get_yticklabels()):
        label.set_color(INK if number < len(enough) else MUTED)
    ax.set_xlim(-0.03, 2.75)
    ax.set_ylim(places[-1] + 0.6, -0.6)
    return places


def draw_rows(ax: "Axes", places: Sequence[float], rows: Sequence[Row]) -> None:
    """Draw the rate and the falls of each field, the falls all to one scale."""
    roomy = measured(ax)[0] > 380
    worst = max(max(row["late"], row["soon"]) / row["of"] for row in rows)
    scale = _REACH / next(limit for limit in (0.25, 0.5, 0.75, 1.0) if worst <= limit)
    for place, row in zip(places, rows, strict=True):
        _draw_rate(ax, place, row, roomy=roomy)
        _draw_falls(ax, place, row, scale)


def write_remarks(ax: "Axes", places: Sequence[float], enough: int, few: int) -> None:
    """Say why the few are set apart, and where nothing is due yet."""
    for place in places[enough + few :]:
        ax.text(0, place, "nothing due yet", fontsize=9, color=MUTED, va="center_baseline")
    if few:
        apart = "Under ten follow-ups so far: told in counts"
        ax.text(0, places[enough] - 0.95, apart, fontsize=9, color=MUTED, va="center")


def draw_panels(ax: "Axes", last: float, *, percent: bool) -> None:
    """Draw the scale of the rates, the rope, and the words over both."""
    ax.vlines([0, 0.5, 1], -0.5, last + 0.5, color=FAINT, linewidth=1, zorder=0)
    ax.vlines(ROPE, -0.6, last + 0.5, color=INK, linewidth=2.2, zorder=3)
    ax.set_xticks([0, 0.5, 1], scale_words(percent=percent))
    ax.tick_params(axis="x", labelsize=9, labelcolor=MUTED)
    over(ax, "on time", 0, 7, data=True)
    over(ax, "← too late, or not at all", ROPE - 0.03, 7, align="right", data=True)
    over(ax, "too soon, or too many →", ROPE + 0.03, 7, data=True)


def _draw_rate(ax: "Axes", place: float, row: Row, *, roomy: bool) -> None:
    """Draw the share on time, how sure it is, and its figures."""
    solid = row["of"] >= ENOUGH
    draw_interval(ax, [row["low"]], [row["high"]], [place], solid=solid, across=True)
    draw_dots(ax, [row["rate"]], [place], solid=solid)
    told = (full_share if roomy else share)(row["kept"], row["of"])
    colour = INK if solid else MUTED
    ax.text(1.06, place, told, fontsize=9.5, color=colour, va="center_baseline")


def _draw_falls(ax: "Axes", place: float, row: Row, scale: float) -> None:
    """Draw the shares too late, left of the rope, and too soon, right of it."""
    solid = row["of"] >= ENOUGH
    for side, number in ((-1, row["late"]), (1, row["soon"])):
        if not number:
            continue
        length = side * scale * number / row["of"]
        ax.barh(
            place,
            length,
            left=ROPE,
            height=0.56,
            color=(BAD if side < 0 else MID) if solid else PAPER,
            edgecolor=(BAD if side < 0 else INK) if solid else MUTED,
            hatch="////" if side > 0 else None,
            linewidth=0.8,
            zorder=2,
        )
        ax.annotate(
            share(number, row["of"]),
            (ROPE + length, place),
            xytext=(5 * side, 0),
            textcoords="offset points",
            ha="right" if side < 0 else "left",
            va="center_baseline",
            fontsize=9,
            color=INK if solid else MUTED,
        )
