"""What the charts are drawn with: their colours, and the headlines, keys and axes of them all.

Colours differ in lightness, so that they can be told apart in grey and by colour-blind eyes.
"""

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import pandas as pd

from coachkit._days_in_words import MONTHS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, MUTED, FAINT, PAPER = "#1c2733", "#5b6772", "#dde2e7", "#ffffff"
#: Kept, partly kept, not kept: pale blue, amber, dark red; 87, 71 and 30 in lightness (CIE L*).
GOOD, MID, BAD = "#c5def0", "#e5a646", "#7d2f22"
STRONG, SOFT = "#1f5f93", "#8fb5d4"
#: The same two for what rests on too little to be sure.
WEAK, PALE = "#5b6772", "#ccd3d9"
LINE = "#a9b3bc"

NAME = 32  # letters of a name that are drawn
#: Fonts that a computer may have for names in scripts that matplotlib's own font lacks.
_MORE_FONTS = (
    "Noto Sans",
    "Noto Sans Devanagari",
    "Noto Sans CJK SC",
    "Nirmala UI",
    "Leelawadee UI",
    "Microsoft YaHei",
    "Yu Gothic",
    "Malgun Gothic",
    "PingFang SC",
    "Arial Unicode MS",
)


def bare(ax: "Axes") -> None:
    """Make the axes a white sheet: no frame, no ticks, legible labels."""
    ax.set_facecolor(PAPER)
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.tick_params(length=0, labelsize=9.5, labelcolor=INK, pad=5)


def headline(ax: "Axes", title: str, subtitle: str, *, above: float = 6) -> float:
    """Put title and subtitle ``above`` points over the axes; return the width they broke to."""
    width = measured(ax)[0]
    lines = wrap(subtitle, max(24, int(width / 4.6)))
    over(ax, "\n".join(lines), 0, above, size=9, color=MUTED)
    ax.set_title(
        "\n".join(wrap(title, max(20, int(width / 7.2)))),
        loc="left",
        fontsize=13,
        color=INK,
        pad=above + 12.5 * len(lines) + 5,
    )
    return width


def over(
    ax: "Axes",
    text: str,
    x: float,
    above: float,
    *,
    align: str = "left",
    size: float = 9.5,
    color: str = INK,
    data: bool = False,
) -> None:
    """Write ``above`` points over the axes, at a share of their width or at ``x`` of their data."""
    ax.annotate(
        text,
        (x, 1),
        xycoords=("data" if data else "axes fraction", "axes fraction"),
        xytext=(0, above),
        textcoords="offset points",
        ha=align,
        va="bottom" if "\n" in text else "baseline",
        fontsize=size,
        color=color,
        linespacing=1.25,
        annotation_clip=False,
    )


def say(ax: "Axes", sentence: str) -> "Axes":
    """Draw an empty chart that says why it is empty."""
    bare(ax)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.text(
        0.5,
        0.5,
        "\n".join(wrap(sentence, 48)),
        transform=ax.transAxes,
        ha="center",
        va="center",
        fontsize=11,
        color=MUTED,
        linespacing=1.5,
    )
    return ax


def key(
    ax: "Axes", handles: Sequence[Any], labels: Sequence[str], *, above: float, columns: int
) -> None:
    """Put the key ``above`` points over the axes, or under them where that is negative."""
    from matplotlib.legend_handler import HandlerTuple
    from matplotlib.transforms import offset_copy

    on_top = above > 0
    ax.legend(
        list(handles),
        list(labels),
        handler_map={tuple: HandlerTuple(ndivide=1)},
        loc="lower left" if on_top else "upper left",
        bbox_to_anchor=(0, int(on_top)),
        bbox_transform=offset_copy(ax.transAxes, ax.get_figure(root=True), y=above, units="points"),
        ncols=columns,
        frameon=False,
        fontsize=9,
        labelcolor=INK,
        borderpad=0,
        borderaxespad=0,
        handlelength=1.6,
        handletextpad=0.4,
        columnspacing=1.4,
    )


def finish(ax: "Axes") -> "Axes":
    """Let every text fall back on fonts that have its letters, where they are installed.

    Of what is plain ASCII the first font is sure, and looking for the others is half of what it
    would cost to draw.
    """
    from matplotlib import rcParams
    from matplotlib.font_manager import get_font_names
    from matplotlib.text import Text

    there = set(get_font_names())
    own = rcParams["font.family"]
    every = [*own, *(name for name in _MORE_FONTS if name in there)]
    for text in ax.findobj(Text):
        assert isinstance(text, Text)
        text.set_fontfamily(own[:1] if text.get_text().isascii() else every)
    return ax


def measured(ax: "Axes") -> tuple[float, float]:
    """Measure the axes in points, once what is on them so far is laid out."""
    fig = finish(ax).get_figure(root=True)
    assert fig is not None
    if layout := fig.get_layout_engine():
        layout.execute(fig)
    box = ax.get_window_extent()
    return box.width * 72 / fig.dpi, box.height * 72 / fig.dpi


def number_of(when: object) -> float:
    """Turn a day or instant into days since 1970: where it stands on a time axis."""
    return float((pd.Timestamp(when) - pd.Timestamp(0)) / pd.Timedelta(days=1))  # type: ignore[arg-type]


def time_ticks(first: float, last: float, width: float) -> tuple[list[float], list[str]]:
    """Label a time axis of ``width`` points: Mondays, months, quarters or years."""
    if last - first < 1:
        last = first + 1
    span = pd.date_range(pd.Timestamp(first, unit="D").ceil("D"), pd.Timestamp(last, unit="D"))
    room = width / (last - first)  # points a day
    needs = {"W-MON": 44 / 7, "MS": 38 / 30, "QS": 44 / 91}
    every = next((step for step, enough in needs.items() if room >= enough), "YS")
    starts = span[span.isin(pd.date_range(span[0], span[-1], freq=every))]
    labels, year = [], 0
    for start in starts:
        name = MONTHS[start.month - 1]
        label = f"{start.day} {name}" if every == "W-MON" else name if every != "YS" else ""
        labels.append(f"{label}\n{start.year if start.year != year else ' '}".lstrip("\n"))
        year = start.year
    return [number_of(start) for start in starts], labels
