"""A practice as a folder of CSVs, and a folder of CSVs as a practice: nothing is lost."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import sqlalchemy as sa

from coachkit import errors
from coachkit._csv import read_csv, write_csvs
from coachkit.caseload import Caseload
from coachkit.policy import Policy
from coachkit.store import loading
from coachkit.store.cells import BESIDE, Row, checked_frame, read_frame, read_rows
from coachkit.store.schema import KEPT, changed_rows, changes, settings
from coachkit.store.settings import put_setting

#: Of the settings, those that are the practice's own and not its file's.
OWN_SETTINGS = ("name", "timezone", "coach")
_RECORDS = {"changes": changes, "changed_rows": changed_rows}


def write_folder(
    connection: sa.Connection, folder: Path, *, clients: Sequence[int] | None = None
) -> None:
    """Write all that the store holds, or all that it holds on some clients, as CSVs.

    One file per table of the nomenclature and of those beside it (``import_marks.csv``,
    ``note_drafts.csv``), ``fields.csv``, ``settings.csv`` and, for the history, ``changes.csv`` and
    ``changed_rows.csv``.

    Raises
    ------
    UnreadableFile
        A file cannot be written; then none is.
    """
    frames = loading.load(connection, clients)
    frames |= {name: loading.table_frame(connection, name, clients) for name in BESIDE}
    if clients is None:
        frames["fields"] = policy_frame(connection)
        kept = sa.select(settings).where(settings.c.name.in_(OWN_SETTINGS))
        frames["settings"] = _frame(settings, connection.execute(kept).fetchall())
    for name, table in _RECORDS.items():
        asked = sa.select(table).order_by(*table.primary_key)
        if clients is not None:
            theirs = sa.select(changed_rows.c.change_id).where(
                changed_rows.c.client_id.in_(clients)
            )
            own = changed_rows.c.client_id.in_(clients)
            asked = asked.where(changes.c.change_id.in_(theirs) if table is changes else own)
        frames[name] = _frame(table, connection.execute(asked).fetchall())
    write_csvs({folder / f"{name}.csv": frame for name, frame in frames.items()})


def policy_frame(connection: sa.Connection) -> pd.DataFrame:
    """The waits as ``Policy`` takes them."""
    return loading.table_frame(connection, "fields")


@dataclass(frozen=True)
class Folder:
    """All that a folder of CSVs holds of a practice."""

    caseload: Caseload
    policy: Policy
    settings: dict[str, str]
    records: dict[str, list[Row]]
    beside: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def check_settings(settings: Mapping[str, str | None]) -> None:
    """Refuse a setting that a practice does not have, or a zone that is none.

    Raises
    ------
    UnknownRow, UnknownZone
        What is wrong.
    """
    strange = settings.keys() - set(OWN_SETTINGS)
    if strange:
        raise errors.UnknownRow(
            f"There is no setting {errors.quoted(min(strange))}. The settings are "
            f"{errors.listed(OWN_SETTINGS, 'and')}."
        )
    if settings.get("timezone"):
        read_rows("clients", [{"timezone": settings["timezone"]}], whole=False)


def nothing_yet() -> Folder:
    """Where every practice begins: nobody, and the waits that coachkit ships."""
    return Folder(Caseload.empty(), Policy.default(), {}, {})


def read_folder(folder: Path) -> Folder:
    """Read what ``write_folder`` wrote, or any folder that is a caseload.

    Raises
    ------
    CoachkitError
        It is none; all that is wrong is told at once.
    """
    caseload = Caseload.read(folder)
    own = folder / "fields.csv"
    policy = Policy.read(own) if own.exists() else Policy.default()
    kept: dict[str, str] = {}
    if (folder / "settings.csv").exists():
        rows = read_csv(folder / "settings.csv")
        if {"name", "value"} <= set(rows):
            kept = {
                name: value
                for name, value in zip(rows["name"], rows["value"], strict=True)
                if name in OWN_SETTINGS and isinstance(value, str)
            }
    records = {
        name: _records(table, read_csv(folder / f"{name}.csv"))
        for name, table in _RECORDS.items()
        if (folder / f"{name}.csv").exists()
    }
    beside = {
        name: checked_frame(name, read_csv(folder / f"{name}.csv"))
        for name in BESIDE
        if (folder / f"{name}.csv").exists()
    }
    return Folder(caseload, policy, kept, records, beside)


def fill(connection: sa.Connection, folder: Folder) -> None:
    """Put all of it into an empty store."""
    for name, frame in (*folder.caseload, ("fields", folder.policy.table)):
        _put(connection, name, frame)
    for name, frame in folder.beside.items():
        _put(connection, name, frame)
    for name, value in folder.settings.items():
        put_setting(connection, name, value)
    for name, rows in folder.records.items():
        if rows:
            connection.execute(_RECORDS[name].insert(), rows)
    _go_on_counting(connection)


def _go_on_counting(connection: sa.Connection) -> None:
    """Give no id again that the history knows, even of a row that is gone."""
    if connection.dialect.name != "sqlite":
        return
    counted = sa.table("sqlite_sequence", sa.column("name"), sa.column("seq"))
    for name in KEPT:
        known = sa.select(sa.func.max(changed_rows.c.row_id)).where(
            changed_rows.c.table_name == name
        )
        last = connection.execute(known).scalar()
        here = counted.c.name == name
        now = connection.execute(sa.select(counted.c.seq).where(here)).scalar()
        if last is not None and now is None:
            connection.execute(counted.insert(), {"name": name, "seq": last})
        elif last is not None and now is not None and last > now:
            connection.execute(counted.update().where(here).values(seq=last))


def _put(connection: sa.Connection, name: str, frame: pd.DataFrame) -> None:
    table = KEPT[name]
    others = [column for column in frame.columns if column not in table.c]
    if others and "extra" not in table.c:
        frame, others = frame.drop(columns=others), []
    put_setting(connection, f"{loading.OTHERS}{name}", json.dumps(others) if others else None)
    rows = read_frame(name, frame)
    if rows:
        connection.execute(table.insert(), rows)


def _frame(table: sa.Table, rows: Sequence[sa.Row[tuple[object, ...]]]) -> pd.DataFrame:
    """Rows as they are, whole numbers as such."""
    frame = pd.DataFrame([tuple(row) for row in rows], columns=list(table.c.keys()), dtype=object)
    return frame.astype({column.name: _dtype(column) for column in table.c})


def _dtype(column: sa.Column[object]) -> str:
    return "str" if isinstance(column.type, sa.Text) else "Int64"


def _records(table: sa.Table, frame: pd.DataFrame) -> list[Row]:
    missing = [name for name in list(table.c.keys()) if name not in frame.columns]
    if missing:
        raise errors.MissingColumn(
            f"{table.name}.csv lacks the column '{missing[0]}'. Leave the file out, or take the "
            f"one that coachkit export wrote."
        )
    try:
        cells = frame[list(table.c.keys())].astype({c.name: _dtype(c) for c in table.c})
    except (TypeError, ValueError) as error:
        raise errors.UnreadableValue(
            f"{table.name}.csv holds something else than whole numbers where its ids stand. Leave "
            f"the file out, or take the one that coachkit export wrote."
        ) from error
    plain = cells.astype(object).where(cells.notna(), None)
    return plain.to_dict("records")  # type: ignore[return-value]
