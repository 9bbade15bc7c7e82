"""What a chart and its text alternative both read from a frame, and how they set it out."""

from collections.abc import Hashable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from coachkit._wording import ENOUGH, plain, words

Numbers = np.ndarray[Any, Any]
Row = dict[str, Any]

_WEEK = pd.Timedelta(days=7)


def counted(rates: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Keep the rows with anything to judge; kept, of, rate, low and high as plain numbers."""
    if rates.empty:
        return rates
    judged = rates[(rates[f"{kind}_of"].fillna(0) > 0) & rates[f"{kind}_kept"].notna()]
    numbers = {name: judged[f"{kind}_{name}"].astype("int64") for name in ("kept", "of")}
    shares = {name: judged[f"{kind}_{name}"].astype("float64") for name in ("rate", "low", "high")}
    return judged.assign(**numbers, **shares)


def why_nothing(rates: pd.DataFrame, kind: str) -> str:
    """Say why there is nothing to judge: nothing happened yet, or the frame no longer tells."""
    said, kept = words(kind), f"{kind}_kept"
    lost = kept in rates and bool(rates[kept].isna().any())
    return said.lost if said.lost and lost else said.nothing


def each(frame: pd.DataFrame) -> Iterator[Any]:
    """Go through a frame row by row."""
    return iter(frame.itertuples())


def laid_out(
    rates: pd.DataFrame, cells: pd.DataFrame
) -> tuple[list[Hashable], pd.DatetimeIndex, Numbers, Numbers]:
    """Lay out clients in order × weeks without a gap: both, then kept and due."""
    clients = list(dict.fromkeys(rates["client"]))
    row = pd.Index(clients).get_indexer(pd.Index(cells["client"]))
    first, last = cells["week"].min(), cells["week"].max()
    weeks = pd.date_range(first, last, freq="7D")
    column = ((cells["week"] - first) // _WEEK).to_numpy(int)
    kept, of = np.zeros((2, len(clients), len(weeks)), dtype=int)
    np.add.at(kept, (row, column), cells["kept"].to_numpy())
    np.add.at(of, (row, column), cells["of"].to_numpy())
    return clients, weeks, kept, of


def ranked(rates: pd.DataFrame) -> tuple[list[Row], list[Row], list[str]]:
    """Sort the fields by rate: those with ten or more, with fewer, and the names of the rest."""
    if rates.empty:
        return [], [], []
    rows: list[Row] = []
    judged = counted(rates, "follow_up")
    for record in judged.to_dict("records"):
        row: Row = {str(name): value for name, value in record.items()}
        soon = int(row["pest_kept"])
        late = row["of"] - row["kept"] - soon
        rows.append(row | {"name": plain(row["field"]), "soon": soon, "late": late})
    rows.sort(key=lambda row: (-row["rate"], -row["of"], row["name"]))
    enough = [row for row in rows if row["of"] >= ENOUGH]
    few = [row for row in rows if row["of"] < ENOUGH]
    without = rates.loc[~rates.index.isin(judged.index), "field"]
    return enough, few, sorted(plain(field) for field in without)


def day_of(as_of: object) -> pd.Timestamp:
    """Find the day of an instant as it is written, in the zone in which it was given."""
    return pd.Timestamp(as_of).tz_localize(None).normalize()  # type: ignore[arg-type]
