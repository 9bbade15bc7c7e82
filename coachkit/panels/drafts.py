"""A table of a proposal while the coach corrects it: what was said of it, before and now."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from coachkit.importing import Correction, TableProposal
from coachkit.importing.accepting import acceptable
from coachkit.importing.days import Order
from coachkit.importing.logs import Event
from coachkit.importing.meanings import DAYS, Column, Meaning
from coachkit.importing.statuses import Status
from coachkit.importing.words import folded
from coachkit.panels.proposal_words import column_name
from coachkit.policy import Policy

NOTHING = Correction({}, {}, {})


@dataclass
class Draft:
    """What the coach says of one table; ``table`` is how it is read since it was last read."""

    table: TableProposal
    policy: Policy
    known: Correction = NOTHING
    columns: dict[str, Meaning] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    statuses: dict[str, Status] = field(default_factory=dict)
    said_fields: dict[str, str] = field(default_factory=dict)
    ticked: set[Event] = field(default_factory=set)
    fields: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fields = self.table.fields(self.policy)

    @property
    def said(self) -> Correction:
        """What was said of it now."""
        return Correction(
            dict(self.columns), dict(self.orders), dict(self.statuses), dict(self.said_fields)
        )

    @property
    def name(self) -> str:
        """The file, and where it has several the sheet."""
        place = self.table.table
        return f"{place.file}, sheet {place.sheet}" if place.sheet else place.file

    def read_anew(self, said: Correction) -> tuple[TableProposal, dict[str, str | None]]:
        """How it is read with what was said, and the field of each role; changes nothing here."""
        table = self.table.corrected(self.known.joined(said))
        return table, table.fields(self.policy)

    def asked(self) -> list[str]:
        """What is still to be said, one sentence each."""
        asked = [
            f"what {column_name(column)} is"
            for column in self.table.columns
            if column.meaning == "undecided"
        ]
        asked += [
            f"whether day or month comes first in {column_name(column)}"
            for column in self.table.columns
            if is_order_asked(column)
        ]
        unknown = sum(status == "unknown" for status in self.table.statuses.values())
        if unknown:
            words = "status" if unknown == 1 else "statuses"
            asked.append(f"what {unknown} {words} mean{'s' if unknown == 1 else ''}")
        return asked

    def correctable(self, column: Column) -> bool:
        """Whether the column can be named: it has a header, and no other has the same."""
        names = Counter(folded(one.header) for one in self.table.columns)
        name = folded(column.header)
        return bool(name) and names[name] == 1 and not column.refused and not self.table.calendar

    def tickable(self, today: date) -> tuple[Event, ...]:
        """The quoted events that may be taken in."""
        return acceptable(self.table, today=today)


def is_order_asked(column: Column) -> bool:
    """Whether it must be said what comes first, day or month."""
    return column.order == "undecided" and column.meaning in DAYS and bool(column.examples)
