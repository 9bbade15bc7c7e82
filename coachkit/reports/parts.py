"""What a report is made of: frozen values in plain words, which every export writes out alike.

Texts that come from outside are made plain when a report is made (one line, no control signs, of
bearable length); the exports still treat every text as text.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

import pandas as pd

from coachkit._days_in_words import day

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: What a cell of a table holds; an instant is the wall clock's, in the zone that the report names.
Cell: TypeAlias = "str | int | float | date | datetime | None"
CellKind = Literal["text", "day", "instant", "number", "share"]
ReportKind = Literal["client", "caseload", "sponsor"]
Paper = Literal["us-letter", "a4"]


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, what its cells are, and how wide beside the others."""

    heading: str
    kind: CellKind = "text"
    width: float = 1

    def told(self, cell: Cell) -> str:
        """A cell in words; nothing for an empty one.

        Examples
        --------
        >>> from datetime import date, datetime
        >>> Column("Due", "day").told(date(2026, 10, 14))
        '14 Oct 2026'
        >>> Column("Held", "instant").told(datetime(2026, 10, 14, 9, 5))
        '14 Oct 2026, 09:05'
        >>> Column("Rate", "share").told(0.914), Column("Count", "number").told(3)
        ('91 %', '3')
        """
        if cell is None:
            return ""
        if isinstance(cell, datetime):
            return f"{day(pd.Timestamp(cell))}, {cell:%H:%M}"
        if isinstance(cell, date):
            return day(pd.Timestamp(cell))
        if self.kind == "share":
            return f"{cell:.0%}".replace("%", " %")
        return str(cell)

    @property
    def is_number(self) -> bool:
        """Whether its cells stand at the right, under each other."""
        return self.kind in ("number", "share")


@dataclass(frozen=True)
class Table:
    """Rows under headings, the first column naming the row; ``empty`` is said instead of none."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = "Nothing yet."

    def told(self) -> Iterator[tuple[str, ...]]:
        """The rows in words."""
        for row in self.rows:
            yield tuple(column.told(cell) for column, cell in zip(self.columns, row, strict=True))


@dataclass(frozen=True)
class Headline:
    """A figure that is read first: what it counts, the figure, and what it rests on."""

    label: str
    figure: str
    aside: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A few sentences."""

    text: str


@dataclass(frozen=True)
class Points:
    """Sentences, each for itself."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """A chart and what it shows in words; it is drawn when it is first asked for, and then kept.

    ``drawn_from`` is the fingerprint of what it shows: charts of the same are the same.
    """

    title: str
    alt: str
    drawn_from: str
    draw: "Callable[[], Figure]" = field(compare=False, repr=False)

    @cached_property
    def figure(self) -> "Figure":
        """The chart as matplotlib draws it, with fonts for every script that a name may be in."""
        from matplotlib import rc_context

        from coachkit.exports.fonts import IN_CHARTS, know_fonts

        know_fonts()
        with rc_context({"font.family": list(IN_CHARTS)}):
            return self.draw()

    @cached_property
    def svg(self) -> str:
        """The chart as vectors, the same bytes every time."""
        from coachkit.reports.pictures import as_svg

        return as_svg(self.figure)

    @cached_property
    def png(self) -> bytes:
        """The chart as pixels, fine enough for paper."""
        from coachkit.reports.pictures import as_png

        return as_png(self.figure)

    @property
    def inches(self) -> tuple[float, float]:
        """Its width and height as drawn."""
        width, height = self.figure.get_size_inches()
        return float(width), float(height)


Part: TypeAlias = "Paragraph | Points | Table | Picture"


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; ``details`` begins the pages after the first."""

    heading: str
    parts: tuple[Part, ...]
    details: bool = False


@dataclass(frozen=True)
class Report:
    """A report as every export writes it.

    Attributes
    ----------
    kind
        ``client``, ``caseload`` or ``sponsor``.
    genre, title, facts
        What kind of report it is, on whom or what, and a few words on coach, period and instant.
    as_of
        The local day as of which it holds.
    headlines, sections
        What stands on the first page, and after it.
    paper
        ``us-letter`` where the clients are in the United States or Canada, else ``a4``.
    """

    kind: ReportKind
    genre: str
    title: str
    facts: tuple[str, ...]
    as_of: date
    headlines: tuple[Headline, ...]
    sections: tuple[Section, ...]
    paper: Paper = "a4"

    @property
    def tables(self) -> Iterator[Table]:
        """Every table, in order."""
        return (
            part for section in self.sections for part in section.parts if isinstance(part, Table)
        )

    @property
    def pictures(self) -> Iterator[Picture]:
        """Every chart, in order."""
        return (
            part for section in self.sections for part in section.parts if isinstance(part, Picture)
        )
