"""Which row of a tracker is which opportunity that is there already."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from coachkit.importing.fates import Opportunity
from coachkit.importing.words import folded

#: What tells two opportunities of one role at one employer apart.
_TELLING = ("applied_on", "link", "location")


@dataclass(frozen=True)
class Match:
    """An opportunity of the client as the practice has it."""

    opportunity_id: int
    outcome: str
    applied_on: date | None
    link: str
    location: str
    notes: str

    def has(self, column: str) -> bool:
        """Whether a cell of it is filled."""
        return bool(getattr(self, column))


def match(
    rows: Sequence[Opportunity], own: pd.DataFrame
) -> Iterator[tuple[Opportunity, Match | None]]:
    """Each row with the opportunity that it is, or None where it is new.

    Employer and role must be the same but for case, accents and blanks; day of application, link
    and location too where both have them. An opportunity is one row's at most, and a row that
    agrees in all of them has the first choice.
    """
    there: dict[tuple[str, str], list[Match]] = defaultdict(list)
    for cells in own.to_dict("records"):
        found = _match(cells)
        there[folded(str(cells["employer"])), folded(str(cells["role"]))].append(found)
    taken: set[int] = set()
    exact: dict[int, Match] = {}
    for row in rows:
        for found in there.get(row.key, ()):
            if found.opportunity_id not in taken and _agree(row, found) == len(_TELLING):
                exact[row_id(row)] = found
                taken.add(found.opportunity_id)
                break
    for row in rows:
        if row_id(row) in exact:
            yield row, exact[row_id(row)]
            continue
        free = [one for one in there.get(row.key, ()) if one.opportunity_id not in taken]
        likely = [one for one in free if _agree(row, one) >= 0]
        best = max(likely, key=lambda one: _agree(row, one), default=None)
        if best is not None:
            taken.add(best.opportunity_id)
        yield row, best


def row_id(row: Opportunity) -> int:
    """What tells rows apart that are equal in every cell."""
    return id(row)


def _match(cells: Mapping[Any, Any]) -> Match:
    applied_on = cells["applied_on"]
    return Match(
        int(cells["opportunity_id"]),
        str(cells["outcome"]),
        None if pd.isna(applied_on) else applied_on.date(),
        *(
            "" if pd.isna(cells[name]) else str(cells[name])
            for name in ("link", "location", "notes")
        ),
    )


def _agree(row: Opportunity, found: Match) -> int:
    """In how many cells they agree that tell opportunities apart; -1 where one differs."""
    pairs = [(getattr(row, name) or None, getattr(found, name) or None) for name in _TELLING]
    if any(one is not None and two is not None and one != two for one, two in pairs):
        return -1
    return sum(one == two for one, two in pairs)
