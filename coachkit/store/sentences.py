"""A recorded change in a sentence, as a coach would tell it."""

from collections.abc import Callable
from datetime import tzinfo
from zoneinfo import ZoneInfo

import pandas as pd
import sqlalchemy as sa

from coachkit import terms
from coachkit._days_in_words import full_day
from coachkit.store.cells import BESIDE, TERMS, Row, day, instant, key_of
from coachkit.store.history import ERASE, REDO, UNDO, Change, ChangedRow, read_changes
from coachkit.store.pen import CALLED, read_json
from coachkit.store.people import client_id
from coachkit.store.plain import Cell
from coachkit.store.schema import KEPT, changed_rows

#: Gives a row of a table by its id.
Look = Callable[[str, int], Row]

_SENT = {
    "thank_you": "a thank-you",
    "follow_up": "a follow-up",
    "answer": "an answer",
    "other": "a word",
    "reply": "a reply",
}
_BY = {
    "email": "by e-mail",
    "call": "by phone",
    "voicemail": "on the voicemail",
    "card": "by card",
    "text": "by text message",
    "other": "in person or otherwise",
}
_STATUS = {
    "active": "brought {} back to active",
    "paused": "paused {}",
    "placed": "noted that {} is placed",
    "archived": "archived {}",
    None: "brought {} back to active",
}
_OUTCOME = {
    "open": "reopened {}",
    "offer": "noted an offer: {}",
    "rejected": "noted a rejection: {}",
    "withdrawn": "noted that the client withdrew: {}",
    "let_go": "let {} go",
}
_ABOUT = {UNDO: "took something back", REDO: "brought something back"}
#: What a row of these tables may be called by.
_TITLES = ("name", "title", "question", "field")
_PRIVATE = "notes"


def history_frame(
    connection: sa.Connection, client: int | str | None, zone: tzinfo | None
) -> pd.DataFrame:
    """What was changed, the newest first: change_id, at, who, what (a sentence), state."""
    own = None if client is None else client_id(connection, client)
    found = read_changes(connection, client_id=own)
    if own is None:
        found = [change for change in found if change.rows or change.verb == ERASE]
    look = _Look(connection)
    at = pd.to_datetime([change.at for change in found], unit="us", utc=True)
    return (
        pd.DataFrame(
            {
                "change_id": pd.array([change.change_id for change in found], dtype="Int64"),
                "at": pd.Series(at).astype("datetime64[us, UTC]"),
                "who": pd.Series([change.who or None for change in found], dtype="str"),
                "what": pd.Series([sentence(change, look, zone) for change in found], dtype="str"),
                "state": pd.Series(
                    ["done" if change.taken_back_by is None else "taken back" for change in found],
                    dtype="str",
                ),
            }
        )
        .iloc[::-1]
        .reset_index(drop=True)
    )


def told(connection: sa.Connection, change_id: int, zone: tzinfo | None) -> str:
    """What one change did."""
    (change,) = read_changes(connection, change_ids=[change_id])
    return sentence(change, _Look(connection), zone)


class _Look:
    """Gives a row of a table as it is, or as it was when it was taken away."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._seen: dict[tuple[str, int], Row] = {}

    def __call__(self, name: str, row_id: int) -> Row:
        if (name, row_id) not in self._seen:
            self._seen[name, row_id] = self._find(name, row_id)
        return self._seen[name, row_id]

    def _find(self, name: str, row_id: int) -> Row:
        table = KEPT[name]
        asked = sa.select(table).where(table.c[key_of(name)] == row_id)
        found = self._connection.execute(asked).first()
        if found is not None:
            return dict(found._mapping)
        asked = (
            sa.select(changed_rows.c.before)
            .where(changed_rows.c.table_name == name, changed_rows.c.row_id == row_id)
            .where(changed_rows.c.after.is_(None))
            .order_by(changed_rows.c.changed_row_id.desc())
        )
        return read_json(self._connection.execute(asked).scalar()) or {}


def sentence(change: Change, look: Look, zone: tzinfo | None) -> str:
    """What a change did, without when and by whom."""
    if change.verb == ERASE:
        return "A client was erased."
    rows = [row for row in change.rows if row.table not in BESIDE] or change.rows
    told = list(dict.fromkeys(_phrase(row, look, _zone(row, look, zone)) for row in rows))
    shown = "; ".join(told[:3]) + (f"; and {len(told) - 3} more" if len(told) > 3 else "")
    if change.verb in _ABOUT:
        shown = f"{_ABOUT[change.verb]}: {shown}"
    if change.remark:
        shown = f"{change.remark}: {shown}"
    return shown[:1].upper() + shown[1:] + "."


def _zone(row: ChangedRow, look: Look, coachs: tzinfo | None) -> tzinfo | None:
    """The client's zone, in which their days are counted; of nobody's row the coach's."""
    cells = {} if row.client_id is None else look("clients", row.client_id)
    return ZoneInfo(str(cells["timezone"])) if cells.get("timezone") else coachs


def _phrase(row: ChangedRow, look: Look, zone: tzinfo | None) -> str:
    if row.before is None:
        return _added(row, look, zone)
    if row.after is None:
        return f"removed {_named(row.table, row.before, look, zone)}"
    if row.table == "clients" and "status" in row.after:
        name = look("clients", row.row_id).get("name")
        return _STATUS[row.after["status"]].format(name)  # type: ignore[index]
    if row.table == "opportunities" and "outcome" in row.after:
        name = _opportunity(row.row_id, look)
        return _OUTCOME[str(row.after["outcome"])].format(name)
    if row.table == "opportunities" and row.after.keys() & {"hold_until", "follow_up_on"}:
        return _held(row, look)
    if row.table == "interviews" and row.after.get("cancelled") == 1:
        return (
            f"noted that {_named(row.table, look(row.table, row.row_id), look, zone)} is cancelled"
        )
    if row.table == "agreed_actions" and row.after.get("done_at") is not None:
        return f"ticked off {_named(row.table, look(row.table, row.row_id), look, zone)}"
    cells = [
        f"{_called(column)} from {_shown(row.table, column, row.before.get(column), zone)} "
        f"to {_shown(row.table, column, cell, zone)}"
        for column, cell in row.after.items()
    ]
    what = _named(row.table, look(row.table, row.row_id) | row.after, look, zone)
    if row.table in (_PRIVATE, *BESIDE):
        return f"changed {what}"
    return f"changed {what}: {', '.join(cells)}"


def _added(row: ChangedRow, look: Look, zone: tzinfo | None) -> str:
    cells = row.after or {}
    if row.table == "clients":
        return f"took on {cells.get('name')}"
    if row.table == "contacts":
        where = _opportunity(cells.get("opportunity_id"), look)
        direction = "to" if cells.get("direction") == "out" else "from"
        kind, by = _SENT[str(cells["kind"])], _BY[str(cells["channel"])]
        when = instant(int(cells["at"] or 0)).astimezone(zone)
        return f"logged {kind} {by} {direction} {where} of {full_day(when)}"
    if row.table == "interviews":
        when = instant(int(cells["held_at"] or 0)).astimezone(zone)
        where = _opportunity(cells.get("opportunity_id"), look)
        return f"logged the interview of {full_day(when)} at {where}"
    return f"added {_named(row.table, cells, look, zone)}"


def _held(row: ChangedRow, look: Look) -> str:
    after = row.after or {}
    name = _opportunity(row.row_id, look)
    told = []
    for column, said, unsaid in (
        ("hold_until", "held {} until {}", "no longer holds {}"),
        ("follow_up_on", "set the follow-up to {} for {}", "took the day set for {} off"),
    ):
        if column in after:
            cell = after[column]
            told.append(
                unsaid.format(name) if cell is None else said.format(name, full_day(day(int(cell))))
            )
    reason = after.get("hold_reason") or after.get("follow_up_reason")
    return " and ".join(told) + (f" ({reason})" if reason else "")


def _named(table: str, cells: Row, look: Look, zone: tzinfo | None) -> str:
    """``the work sample 'Ledger'``; of a private note not a word."""
    if table == "opportunities":
        return f"{cells.get('role')} at {cells.get('employer')}"
    if table == "interviews":
        held = instant(int(cells["held_at"] or 0)).astimezone(zone)
        where = _opportunity(cells.get("opportunity_id"), look)
        return f"the interview of {full_day(held)} at {where}"
    if table == "contacts":
        return f"a contact with {_opportunity(cells.get('opportunity_id'), look)}"
    if table == _PRIVATE:
        return "a shareable note" if cells.get("private") == 0 else "a private note"
    title = next((cells[name] for name in _TITLES if cells.get(name)), None)
    title = cells.get("text") if table == "agreed_actions" else title
    return f"the {CALLED[table]} {str(title)!r}" if title else f"a {CALLED[table]}"


def _opportunity(row_id: Cell, look: Look) -> str:
    cells = look("opportunities", int(row_id)) if row_id is not None else {}
    return str(cells.get("employer") or "an employer")


def _called(column: str) -> str:
    return terms.CLOSING_QUESTIONS.get(column, column.replace("_", " "))


def _shown(table: str, column: str, cell: Cell, zone: tzinfo | None) -> str:
    if cell is None:
        return "nothing"
    kind = next((one.kind for one in TERMS[table] if one.name == column), "text")
    if kind == "instant":
        when = instant(int(cell)).astimezone(zone)
        return f"{full_day(when)}, {when:%H:%M}"
    if kind == "day":
        return full_day(day(int(cell)))
    if kind == "flag":
        return "yes" if cell else "no"
    return repr(cell) if isinstance(cell, str) else str(cell)
