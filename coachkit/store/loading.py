"""The store's tables as frames, in the dtypes of the pipelines, at the speed of the database.

Making a Python object of every cell is what costs when rows are fetched one by one. So each column
comes as one text that the database joins: numpy reads the numbers, flags and words of a short list
ride together in one number, four bits each, and texts are split again. A column of texts in which
nothing stands is not even asked for.
"""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import sqlalchemy as sa

from coachkit import terms
from coachkit._columns import Door, empty
from coachkit._words import categorical, labels
from coachkit.store.cells import TERMS, key_of
from coachkit.store.schema import KEPT, settings

Numbers = npt.NDArray[np.int64]

#: What stands for null: an id that no door lets in, a span, a day and an instant beyond all years.
_NULLS: dict[terms.Kind, int] = {
    "id": -(2**63),
    "number": -1,
    "day": 10**7,
    "instant": 10**16,
}
_BITS = 4
_NO_WORD = 2**_BITS - 1
#: What stands between joined texts: the letter that teletypes put between records.
_BETWEEN = "\x1e"
#: So many words of four bits fit into one number.
_A_NUMBER = 15
#: The setting, with a table's name behind it, that names its columns that coachkit does not know.
OTHERS = "extra columns of "
#: Up to so many clients rows are fetched as they are.
_FEW = 20


def load(
    connection: sa.Connection, clients: Sequence[int] | None = None
) -> dict[str, pd.DataFrame]:
    """Every table of a caseload; with ``clients``, only what is theirs is even asked for."""
    others = _other_columns(connection)
    return {name: _frame(connection, name, clients, others.get(name, [])) for name in terms.TABLES}


def table_frame(
    connection: sa.Connection, name: str, clients: Sequence[int] | None = None
) -> pd.DataFrame:
    """One table's rows by id, or those of some clients, in the dtypes of ``terms``.

    The columns that coachkit does not know stand behind, as texts.
    """
    return _frame(connection, name, clients, _other_columns(connection).get(name, []))


def _frame(
    connection: sa.Connection, name: str, clients: Sequence[int] | None, others: Sequence[str]
) -> pd.DataFrame:
    read = _joined if clients is None or len(clients) > _FEW else _fetched
    columns = read(connection, name, clients, others)
    # as arrays: a frame would compare the indexes of Series one by one
    return pd.DataFrame({name: column.array for name, column in columns.items()}, copy=False)


def _joined(
    connection: sa.Connection, name: str, clients: Sequence[int] | None, others: Sequence[str]
) -> dict[str, pd.Series]:
    """A table's columns, each as one text that the database joins."""
    own = sa.true() if clients is None else own_rows(name, clients)
    table = KEPT[name]
    key = table.c[key_of(name)]
    numbers, filled = _numbers(connection, name, own)
    ids = numbers.pop(key.name)
    columns: dict[str, pd.Series] = {}
    for column in TERMS[name]:
        if column.name == key.name:
            columns[column.name] = _series(column, ids)
        elif column.name in numbers:
            columns[column.name] = _series(column, numbers[column.name])
        elif filled[column.name]:
            columns[column.name] = _texts(connection, table.c[column.name], column, key, own, ids)
        else:
            columns[column.name] = empty(column, len(ids))
    return columns | (_others(connection, table, key, own, ids, others) if others else {})


def _fetched(
    connection: sa.Connection, name: str, clients: Sequence[int] | None, others: Sequence[str]
) -> dict[str, pd.Series]:
    """A table's columns from rows as they are: quicker where they are few."""
    rows = connection.execute(_rows_of(name), {"clients": clients}).all()
    cells = dict(zip(KEPT[name].c.keys(), zip(*rows, strict=True), strict=True)) if rows else {}
    columns = {column.name: _read(column, cells.get(column.name, ())) for column in TERMS[name]}
    extra = [json.loads(cell) if cell else {} for cell in cells.get("extra", ())]
    for other in others:
        columns[other] = pd.Series([row.get(other) for row in extra], dtype="str")
    return columns


@cache
def _rows_of(name: str) -> sa.Select[Any]:
    """Asks for a table's rows of ``clients``, by id."""
    table = KEPT[name]
    own = own_rows(name, sa.bindparam("clients", expanding=True))
    return sa.select(table).where(own).order_by(table.c[key_of(name)])


def _read(column: terms.Column, cells: Sequence[Any]) -> pd.Series:
    """A column of the store's cells in its dtype."""
    if all(cell is None for cell in cells):
        return empty(column, len(cells))
    if column.kind == "choice":
        cells = [column.allowed.index(cell) if cell in column.allowed else None for cell in cells]
    if column.kind in _NULLS or column.kind in ("choice", "flag"):
        null = _NULLS.get(column.kind, _NO_WORD)
        return _series(column, np.array([null if cell is None else cell for cell in cells]))
    series = pd.Series(list(cells), dtype="str")
    return series if column.kind == "text" else labels(series, column, Door(column.name))


def own_rows(name: str, clients: Sequence[int] | sa.BindParameter[int]) -> sa.ColumnElement[bool]:
    """The condition that a row of a table is one of these clients'."""
    table = KEPT[name]
    if "client_id" in table.c:
        return table.c.client_id.in_(clients)
    parent = next(column for column in TERMS[name] if column.refers_to)
    assert parent.refers_to is not None
    above = KEPT[parent.refers_to].c[key_of(parent.refers_to)]
    return table.c[parent.name].in_(sa.select(above).where(own_rows(parent.refers_to, clients)))


def _numbers(
    connection: sa.Connection, name: str, own: sa.ColumnElement[bool]
) -> tuple[dict[str, Numbers], dict[str, int]]:
    """The columns of ids, numbers, times, flags and choices, null as ``_NULLS`` or ``_NO_WORD``.

    And of each of the others, in how many rows something stands.
    """
    table = KEPT[name]
    key = key_of(name)
    plain = {column.name: column for column in TERMS[name] if column.kind in _NULLS}
    plain = {key: terms.Column(key, "id", "")} | plain
    packed = [column for column in TERMS[name] if column.kind in ("flag", "choice")]
    packs = [packed[at : at + _A_NUMBER] for at in range(0, len(packed), _A_NUMBER)]
    asked: list[sa.ColumnElement[Any]] = [
        table.c[column.name]
        if not table.c[column.name].nullable
        else sa.func.coalesce(table.c[column.name], sa.literal(_NULLS[column.kind]))
        for column in plain.values()
    ]
    asked += [_packed(table, pack) for pack in packs]
    others = [column.name for column in TERMS[name] if column.name not in plain]
    others = [other for other in others if other not in {column.name for column in packed}]
    joined = [sa.func.aggregate_strings(sa.cast(one, sa.Text), ",") for one in asked]
    counted = [sa.func.count(table.c[other]) for other in others]
    found_all = connection.execute(sa.select(*joined, *counted).where(own)).one()
    read = [np.fromstring(text or "", dtype=np.int64, sep=",") for text in found_all[: len(asked)]]
    order = np.argsort(read[0], kind="stable")
    if not np.array_equal(order, np.arange(order.size)):
        read = [numbers[order] for numbers in read]
    found = dict(zip(plain, read, strict=False))
    for pack, numbers in zip(packs, read[len(plain) :], strict=True):
        for place, column in enumerate(pack):
            found[column.name] = numbers >> (place * _BITS) & _NO_WORD
    return found, dict(zip(others, map(int, found_all[len(asked) :]), strict=True))


def _packed(table: sa.Table, pack: Sequence[terms.Column]) -> sa.ColumnElement[int]:
    """Flags and choices as one number, the first in its lowest bits."""
    total: sa.ColumnElement[int] = sa.literal_column("0")
    for place, column in enumerate(pack):
        cell = table.c[column.name]
        number: sa.ColumnElement[int]
        if column.kind == "flag":
            number = sa.func.coalesce(cell, sa.literal_column(str(_NO_WORD)))
        else:
            words: dict[str, Any] = {
                word: sa.literal_column(str(at)) for at, word in enumerate(column.allowed)
            }
            number = sa.case(words, value=cell, else_=sa.literal_column(str(_NO_WORD)))
        total = total + number * sa.literal_column(str(2 ** (place * _BITS)))
    return total


def _series(column: terms.Column, numbers: Numbers) -> pd.Series:
    """A column of numbers in its dtype."""
    if column.kind == "choice":
        return categorical(np.where(numbers == _NO_WORD, -1, numbers), column.allowed)
    if column.kind == "flag":
        return pd.Series(pd.arrays.BooleanArray(numbers == 1, numbers == _NO_WORD))
    null = numbers == _NULLS[column.kind]
    if column.kind in ("id", "number"):
        return pd.Series(pd.arrays.IntegerArray(np.where(null, 1, numbers), null))
    unit = "us" if column.kind == "instant" else "D"
    times = numbers.astype(f"datetime64[{unit}]").astype("datetime64[us]")
    times[null] = np.datetime64("NaT")
    series = pd.Series(times)
    return series.dt.tz_localize("UTC") if column.kind == "instant" else series


def _texts(
    connection: sa.Connection,
    cell: sa.Column[str],
    column: terms.Column,
    key: sa.Column[int],
    own: sa.ColumnElement[bool],
    ids: Numbers,
) -> pd.Series:
    """A column of texts or labels."""
    asked = sa.select(
        sa.func.aggregate_strings(sa.cast(key, sa.Text), ","),
        sa.func.aggregate_strings(cell, _BETWEEN),
    )
    numbers, joined = connection.execute(asked.where(own, cell.is_not(None))).one()
    at = np.fromstring(numbers or "", dtype=np.int64, sep=",")
    found: Sequence[str] = joined.split(_BETWEEN) if joined is not None else []
    if len(found) != len(at):  # somebody wrote the very letter that was to stand between the texts
        rows = connection.execute(sa.select(key, cell).where(own, cell.is_not(None))).all()
        at, found = np.array([row[0] for row in rows], dtype=np.int64), [row[1] for row in rows]
    texts = np.full(len(ids), None, dtype=object)
    texts[np.searchsorted(ids, at)] = found
    series = pd.Series(texts, dtype="str")
    return series if column.kind == "text" else labels(series, column, Door(cell.table.name))


def _other_columns(connection: sa.Connection) -> dict[str, list[str]]:
    """The columns that coachkit does not know, by table, in their order."""
    kept = sa.select(settings.c.name, settings.c.value).where(settings.c.name.startswith(OTHERS))
    found = connection.execute(kept)
    return {name.removeprefix(OTHERS): json.loads(names) for name, names in found}


def _others(
    connection: sa.Connection,
    table: sa.Table,
    key: sa.Column[int],
    own: sa.ColumnElement[bool],
    ids: Numbers,
    names: Sequence[str],
) -> dict[str, pd.Series]:
    """The columns that coachkit does not know, which ride together in one cell of a row."""
    asked = sa.select(key, table.c.extra).where(own, table.c.extra.is_not(None))
    rows = {row[0]: json.loads(row[1]) for row in connection.execute(asked)}
    return {
        name: pd.Series([rows.get(number, {}).get(name) for number in ids.tolist()], dtype="str")
        for name in names
    }
