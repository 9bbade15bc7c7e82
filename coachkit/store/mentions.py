"""Where else the name of an erased client stands: in texts on others, and in what is recorded."""

import json
import re
from collections.abc import Callable

import sqlalchemy as sa

from coachkit.store.cells import TERMS
from coachkit.store.pen import read_json
from coachkit.store.schema import KEPT, changed_rows, changes

#: What stands where the name stood in a record of somebody else.
COVERED = "(erased)"


def count_mentions(connection: sa.Connection, name: str) -> int:
    """How many texts of the practice's rows hold a name; nobody but the coach may change them."""
    found = _finder(name)
    if found is None:
        return 0
    count = 0
    for table in TERMS.values():
        for column in table:
            if column.kind in ("text", "label"):
                cell = KEPT[table.name].c[column.name]
                asked = sa.select(cell).where(cell.contains(name, autoescape=True))
                count += sum(
                    found.search(text) is not None for (text,) in connection.execute(asked)
                )
    return count


def cover_mentions(connection: sa.Connection, name: str) -> None:
    """Cover a name in the history of others: the remarks, and what their rows held before.

    What a row holds now stays as it is and is told (``count_mentions``); what only the history
    keeps, nobody could ever find to remove.
    """
    found = _finder(name)
    if found is None:
        return
    holds = changes.c.remark.contains(name, autoescape=True)
    for change_id, remark in connection.execute(
        sa.select(changes.c.change_id, changes.c.remark).where(holds)
    ).all():
        one = changes.update().where(changes.c.change_id == change_id)
        connection.execute(one.values(remark=found.sub(COVERED, remark)))
    in_json = json.dumps(name, ensure_ascii=False)[1:-1]
    records = sa.select(
        changed_rows.c.changed_row_id, changed_rows.c.before, changed_rows.c.after
    ).where(
        sa.or_(
            changed_rows.c.before.contains(in_json, autoescape=True),
            changed_rows.c.after.contains(in_json, autoescape=True),
        )
    )
    for record_id, before, after in connection.execute(records).all():
        one = changed_rows.update().where(changed_rows.c.changed_row_id == record_id)
        covered = {"before": _covered(before, found.sub), "after": _covered(after, found.sub)}
        connection.execute(one.values(**covered))


def _finder(name: str) -> re.Pattern[str] | None:
    """What finds a name as a word of its own: Al is not in Alice."""
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)") if name.strip() else None


def _covered(record: str | None, sub: Callable[[str, str], str]) -> str | None:
    cells = read_json(record)
    if cells is None:
        return None
    covered = {
        column: sub(COVERED, cell) if isinstance(cell, str) else cell
        for column, cell in cells.items()
    }
    return json.dumps(covered, ensure_ascii=False)
