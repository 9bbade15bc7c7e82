"""Two controls that ipywidgets lacks: sliders with labels of their own, and a grid to click on."""

from pathlib import Path

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
