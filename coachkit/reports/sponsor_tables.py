"""A sponsor's tables: counts by field or quarter, and which of them may be told."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from coachkit.compliance import ENOUGH
from coachkit.reports.parts import (
    Cell,
    Column,
    Table,
)
from coachkit.reports.withholding import SMALLEST, withheld

WITHHELD = "withheld"
#: Fields that are no category of the practice's own, or that are too small to be told alone.
OTHERS = "All other fields"
COUNTED = {
    "thank_you": ("on_time", "late", "missed", "overdue"),
    "follow_up": ("on_time", "late", "missed", "overdue", "too_soon", "too_many"),
}


class Told:
    """The duties by field or quarter, and what of it may be told."""

    def __init__(self, counted: pd.DataFrame, by: str) -> None:
        self.sizes = sizes_by(counted, by)
        self.whole = withheld(self.sizes.to_numpy())
        self.kept = {
            duty: _kept_and_not(counted, by, self.sizes.index, duty, self.whole) for duty in COUNTED
        }

    def table(self, heading: str, caption: str) -> Table:
        """Everything that may be told, a row a group."""
        rows: list[tuple[Cell, ...]] = []
        for place, (group, row) in enumerate(self.sizes.iterrows()):
            sizes = (int(row["clients"]), int(row["interviews"]))
            rates = [cell for duty in self.kept.values() for cell in duty.cells(place)]
            told = (WITHHELD, WITHHELD) if self.whole[place] else sizes
            rows.append((str(group), *told, *rates))
        columns = (
            Column(heading, width=2.6),
            Column("Clients", "number"),
            Column("Interviews", "number", 1.2),
            Column("Thank-yous on time", "number", 1.4),
            Column("of", "number", 1.1),
            Column("Follow-ups on time", "number", 1.4),
            Column("of", "number", 1.1),
        )
        return Table(caption, columns, tuple(rows), "Nothing yet.")

    def follow_ups(self) -> list[tuple[str, int, int]]:
        """The follow-up rates that may be told, of enough for a percentage: group, kept, of."""
        duty = self.kept["follow_up"]
        rows = [
            (str(group), int(duty.kept[place]), int(duty.kept[place] + duty.missed[place]))
            for place, group in enumerate(self.sizes.index)
            if not duty.hidden[place]
        ]
        return [row for row in rows if row[2] >= ENOUGH]


def sizes_by(counted: pd.DataFrame, by: str) -> pd.DataFrame:
    """Clients and interviews of each group: quarters in order, fields the largest first."""
    visits = counted[counted["duty"] == "thank_you"]
    sizes = pd.DataFrame(
        {
            "clients": counted.groupby(by)["client_id"].nunique(),
            "interviews": visits.groupby(by).size(),
        }
    )
    sizes = sizes.fillna(0).astype("int64").rename_axis(by).reset_index()
    order = [by] if by == "quarter" else ["last", "interviews", by]
    ascending = [True] if by == "quarter" else [True, False, True]
    sizes = sizes.assign(last=sizes[by] == OTHERS).sort_values(order, ascending=ascending)
    return sizes.set_index(by)[["clients", "interviews"]]


@dataclass(frozen=True)
class Kept:
    """A duty's counts by field, and which of them are withheld."""

    kept: np.ndarray[Any, Any]
    missed: np.ndarray[Any, Any]
    hidden: np.ndarray[Any, Any]

    def cells(self, place: int) -> tuple[Cell, Cell]:
        """What was kept, of how many."""
        if self.hidden[place]:
            return WITHHELD, WITHHELD
        return int(self.kept[place]), int(self.kept[place] + self.missed[place])


def _kept_and_not(
    counted: pd.DataFrame, by: str, groups: pd.Index, duty: str, whole: np.ndarray[Any, Any]
) -> Kept:
    judged = counted[(counted["duty"] == duty) & counted["verdict"].isin(COUNTED[duty])]
    grouped = judged.groupby(by)
    of = grouped.size().reindex(groups, fill_value=0).to_numpy(dtype=np.int64)
    clients = grouped["client_id"].nunique().reindex(groups, fill_value=0).to_numpy(dtype=np.int64)
    on_time = judged[judged["verdict"] == "on_time"].groupby(by).size()
    kept = on_time.reindex(groups, fill_value=0).to_numpy(dtype=np.int64)
    hidden = withheld(np.column_stack([kept, of - kept]), whole | (clients < SMALLEST))
    return Kept(kept, of - kept, hidden)
