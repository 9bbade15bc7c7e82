"""What the cells of a row say of how far an opportunity has come."""

import re
from collections.abc import Mapping, Sequence

from coachkit.importing.contents import says_yes
from coachkit.importing.days import read_day
from coachkit.importing.meanings import Column
from coachkit.importing.sheets import Cell, Row, says_nothing, shown
from coachkit.importing.statuses import ENDED, Status, read_status
from coachkit.importing.words import folded

_YES = re.compile(r"(?:yes|y|x|ja|si|oui|sim|ok|true|done|是|有)\b|[✓✔✅☑]")
_DENIED = re.compile(r"(?:no|not|none|never|nope|nein|noch nicht|aun no|pas)\b|[❌☐]")


def row_status(
    row: Row, columns: Sequence[Column], statuses: Mapping[str, Status]
) -> tuple[Status | None, str]:
    """What all status columns of a row say together, and the words."""
    said: list[Status] = []
    words: list[str] = []
    for column in columns:
        cell = row.at(column.at)
        if says_nothing(cell):
            continue
        if column.meaning == "status" or column.also_status:
            status = statuses.get(shown(cell), "unknown")
            if status == "unknown" and column.also_status:
                continue
            said.append(status)
            words.append(shown(cell))
        elif column.says is not None:
            flagged = _flagged(column.says, cell, statuses)
            if flagged is not None:
                said.append(flagged)
                words.append(f"{column.header}: {shown(cell)}")
    told = " · ".join(words)
    if not said:
        return None, told
    ended = [status for status in ENDED if status in said]
    if ended:
        if "offer" in said and "withdrawn" not in said:
            return "unknown", told
        return ("withdrawn" if "withdrawn" in said and "offer" in said else ended[0]), told
    if "unknown" in said:
        return "unknown", told
    for status in ("offer", "interviewing", "assessment", "waiting", "applied", "to_apply"):
        if status in said:
            return status, told
    return None, told


def _flagged(says: Status, cell: Cell, statuses: Mapping[str, Status]) -> Status | None:
    """What a cell under ``Offer`` says: that it came to one, unless its own words say otherwise."""
    text = shown(cell)
    if not says_yes(cell) or _DENIED.match(folded(text)):
        return None
    if read_day(cell) is not None or _YES.match(folded(text)):
        return says
    told = statuses.get(text, read_status(text))
    return says if told == "unknown" and says != "offer" else told
