"""What ipywidgets lacks: labelled sliders, a grid to click on, and what surrounds a panel."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

_STATIC = Path(__file__).parent / "static"


class Sliders(anywidget.AnyWidget):
    """A set of sliders, each bound to its label and told in words; ``chosen`` follows them.

    Parameters
    ----------
    spans
        Each a name, a label, its max, its unit in the singular and the plural, and what it is now.
    chosen
        The value of each by name.
    """

    _esm = _STATIC / "sliders.js"
    _css = _STATIC / "panels.css"
    spans = traitlets.List(traitlets.Dict()).tag(sync=True)
    chosen = traitlets.Dict().tag(sync=True)

    @traitlets.validate("chosen")
    def _within(self, proposal: dict[str, dict[str, int]]) -> dict[str, int]:
        """What a browser sends is taken only within the sliders' reach."""
        most = {span["name"]: int(span["max"]) for span in self.spans}
        given = proposal["value"]
        return {
            name: min(max(int(value), 0), most[name])
            for name, value in given.items()
            if name in most and isinstance(value, int | float)
        }


class Around(anywidget.AnyWidget):
    """Knows whether the panel that it lies in is on a page, and keeps keys from JupyterLab.

    Parameters
    ----------
    changed
        Called when the panel came to a page, or left one.
    """

    _esm = _STATIC / "around.js"

    def __init__(self, changed: Callable[[], object]) -> None:
        self._pages: int | None = None  # until the first
        self._changed = changed
        super().__init__(layout={"display": "none"})
        self.on_msg(self._told)

    @property
    def left(self) -> bool:
        """Whether it was on a page, and is on none any more."""
        return self._pages == 0

    def _told(self, _: object, content: Any, __: object) -> None:
        """A message from the browser, which may hold anything."""
        event = content.get("event") if isinstance(content, dict) else None
        if event in ("came", "left"):
            self._pages = max(0, (self._pages or 0) + (1 if event == "came" else -1))
            self._changed()


class Grid(anywidget.AnyWidget):
    """A table of marks, one of which may be chosen.

    Parameters
    ----------
    columns
        The headings.
    rows
        Each a title and cells: None, or a text, a level (``all``, ``some``, ``none``) and a label
        that says the whole of it.
    caption
        What the table is.
    chosen
        The mark that is chosen, as ``row-column`` by their places; empty: none.
    """

    _esm = _STATIC / "grid.js"
    _css = _STATIC / "panels.css"
    columns = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    caption = traitlets.Unicode("").tag(sync=True)
    chosen = traitlets.Unicode("").tag(sync=True)

    @property
    def place(self) -> tuple[int, int] | None:
        """The row and column that are chosen; None where none is, or there is no such mark."""
        row, dash, column = self.chosen.partition("-")
        if not (dash and row.isdecimal() and column.isdecimal()):
            return None
        place = int(row), int(column)
        there = place[0] < len(self.rows) and place[1] < len(self.columns)
        return place if there and self.rows[place[0]]["cells"][place[1]] else None
