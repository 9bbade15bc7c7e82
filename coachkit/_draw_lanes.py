"""The lanes of a timeline: a marker an event, a bar a window, and what is said beside them."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import pandas as pd

from coachkit._days_in_words import day
from coachkit._drawing import (
    BAD,
    GOOD,
    INK,
    LINE,
    MID,
    MUTED,
    NAME,
    PAPER,
    STRONG,
    key,
    number_of,
    over,
)
from coachkit._reading import each
from coachkit._wording import drawn, plain, slip, stands

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: How each event is drawn: its words in the key, its marker, whether it is filled, its size, and
#: its side of the lane (1: what the client sent, above; -1: what came back, below).
MARKS: dict[str, tuple[str, Any, bool, float, int]] = {
    "interview": ("interview", "s", True, 9, 0),
    "planned": ("interview planned", "s", False, 9, 0),
    "thank_you": ("thank-you", "^", True, 8, 1),
    "follow_up": ("follow-up", "D", True, 7, 1),
    "answer": ("answer they asked for", "P", True, 8, 1),
    "card": ("card", [(-1, -0.65), (1, -0.65), (1, 0.65), (-1, 0.65), (-1, -0.65)], False, 8, 1),
    "other": ("other message", "o", False, 5, 1),
    "reply": ("word from the employer", "v", False, 8, -1),
    "outcome": ("outcome", "|", True, 17, 0),
}
#: How each window is drawn, by verdict: its words in the key, its fill, edge, line and hatch.
WINDOWS: dict[str, tuple[str, str, str, str, str | None]] = {
    "on_time": ("follow-up window, kept", GOOD, STRONG, "-", None),
    "late": ("window, sent after it", MID, INK, "-", "////"),
    "missed": ("window, missed", BAD, BAD, "-", None),
    "overdue": ("window, missed", BAD, BAD, "-", None),
    "due": ("window, open now", PAPER, INK, "-", None),
    "waiting": ("window, still to come", PAPER, INK, ":", None),
    "held": ("window, held back", PAPER, MUTED, "--", None),
    "unknown": ("window, not known if kept", PAPER, MUTED, "-", "...."),
}
_SIDE, _STEP, _BAR = 12.0, 8.0, 14.0  # points: a side's marks off the lane, a step further, a bar


def lanes_of(events: pd.DataFrame) -> dict[int, str]:
    """Order the opportunities by when they began, those without a known day last."""
    begun = events.groupby("opportunity_id")["on"].min().sort_values(kind="stable")
    names = events.drop_duplicates("opportunity_id").set_index("opportunity_id")["opportunity"]
    return {lane: names[lane] for lane in begun.index}


def lane_name(opportunity: object) -> str:
    """Write employer and role on a line each."""
    employer, _, role = plain(opportunity).partition(" · ")
    return "\n".join(drawn(part, NAME) for part in (employer, role) if part)


def placed(
    events: pd.DataFrame, windows: pd.DataFrame, rows: dict[int, int], days_a_point: float
) -> pd.DataFrame:
    """Give the events their row and x; an outcome of unknown day comes last on its lane."""
    x = (events["on"] - pd.Timestamp(0)) / pd.Timedelta(days=1) + 0.5
    until = (windows["until_on"] - pd.Timestamp(0)) / pd.Timedelta(days=1) + 1
    known = pd.concat([x, until]).groupby(
        pd.concat([events["opportunity_id"], windows["opportunity_id"]]).to_numpy()
    )
    after = events["opportunity_id"].map(known.max()).astype("float64") + 10 * days_a_point
    return events.assign(row=events["opportunity_id"].map(rows).astype("int64"), x=x.fillna(after))


def lane_key(ax: "Axes", marks: Collection[str], verdicts: Collection[str], width: float) -> None:
    """Put the key of the marks and windows that there are under a timeline."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: dict[str, Any] = {
        how[0]: Line2D([], [], **_mark_style(mark)) for mark, how in MARKS.items() if mark in marks
    }
    for verdict in (known for known in WINDOWS if known in verdicts):
        handles.setdefault(WINDOWS[verdict][0], Patch(**_window_style(verdict)))
    columns = max(2, int(width / 130))
    key(ax, list(handles.values()), list(handles), above=-36, columns=columns)


def draw_windows(
    ax: "Axes", windows: pd.DataFrame, rows: dict[int, int], points: tuple[float, float]
) -> None:
    """Draw a bar a window; ``points`` is how many days and lanes a point is."""
    for window in each(windows):
        if window.verdict not in WINDOWS or window.opportunity_id not in rows:
            continue
        start, row = number_of(window.due_on), rows[window.opportunity_id]
        length = number_of(window.until_on) + 1 - start
        high = min(_BAR * points[1], 0.4)
        style = _window_style(str(window.verdict))
        ax.barh(row, length, left=start, height=high, zorder=2, **style)
        _beside(ax, stands(window), start + length, row)


def draw_events(ax: "Axes", events: pd.DataFrame, points: tuple[float, float]) -> None:
    """Draw a marker an event, at its x in its row, and what is to be said beside it."""
    side = events["mark"].astype("str").map({mark: how[4] for mark, how in MARKS.items()})
    off = _SIDE + _STEP * _tiers(events.assign(side=side), 9 * points[0])
    events = events.assign(y=events["row"] - side * off * points[1])
    for mark in MARKS:
        part = events[events["mark"] == mark]
        if len(part):
            ax.plot(part["x"], part["y"], **_mark_style(mark), zorder=5)
    for _, lane in events.groupby("row"):
        ax.hlines(
            lane["row"].iloc[0], lane["x"].min(), lane["x"].max(), color=LINE, linewidth=1, zorder=1
        )
        _write_slips(ax, lane, points)
    for ended in each(events[events["mark"] == "outcome"]):
        unknown = ", day unknown" if pd.isna(ended.on) else ""
        _beside(ax, drawn(ended.detail, 20) + unknown, ended.x, ended.row)


def draw_today(ax: "Axes", today: pd.Timestamp) -> None:
    """Draw a line at the noon of the day, which is named over it."""
    noon = number_of(today) + 0.5
    ax.axvline(noon, color=INK, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
    over(ax, f"today, {day(today, year=False)}", noon, 4, align="center", data=True)


def _mark_style(mark: str) -> dict[str, Any]:
    _, marker, filled, size, _ = MARKS[mark]
    return {
        "linestyle": "none",
        "marker": marker,
        "markersize": size,
        "color": INK,
        "markerfacecolor": INK if filled else PAPER,
        "markeredgewidth": 3 if mark == "outcome" else 1.2,
    }


def _window_style(verdict: str) -> dict[str, Any]:
    _, fill, edge, line, hatch = WINDOWS[verdict]
    names = ("facecolor", "edgecolor", "linestyle", "hatch", "linewidth")
    return dict(zip(names, (fill, edge, line, hatch, 1.3), strict=True))


def _write_slips(ax: "Axes", lane: pd.DataFrame, points: tuple[float, float]) -> None:
    """Write over contacts that they were late, too soon or too many; near ones in one."""
    said = lane.assign(slip=lane["detail"].map(slip)).sort_values("x")
    labels: list[tuple[float, float, list[str]]] = []  # from x to x, and what to say there
    for event in each(said[said["slip"] != ""]):
        half = 2.6 * len(str(event.slip)) * points[0]
        start, end, told = event.x - half, event.x + half, [event.slip]
        if labels and start < labels[-1][1] + 3 * points[0]:
            first, before, earlier = labels.pop()
            start, end, told = first, max(end, before), [*earlier, *told]
        labels.append((start, end, told))
    for start, end, told in labels:
        under = lane.loc[lane["x"].between(start, end), "y"].min()
        ax.annotate(
            ", ".join(dict.fromkeys(told)),
            ((start + end) / 2, under),
            xytext=(0, 6),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=8.5,
            color=BAD,
            zorder=6,
        )


def _beside(ax: "Axes", text: str, x: float, y: float) -> None:
    """Write to the right of a mark or bar, legible across what lies under it."""
    if text:
        ax.annotate(
            text,
            (x, y),
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            fontsize=8.5,
            color=INK,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
            zorder=4,
        )


def _tiers(events: pd.DataFrame, apart: float) -> pd.Series:
    """Count how many steps out each marker must be, so as not to hide its neighbour."""
    tiers: dict[Any, int] = {}
    for _, group in events[events["side"] != 0].sort_values("x").groupby(["row", "side"]):
        free: list[float] = []
        for index, x in group["x"].items():
            tier = next((at for at, end in enumerate(free) if end <= x), len(free))
            free[tier : tier + 1] = [x + apart]
            tiers[index] = tier
    return pd.Series([tiers.get(index, 0) for index in events.index], index=events.index)
