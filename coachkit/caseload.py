"""``Caseload``: all that a coach follows, as a checked set of frames; read and write it as CSVs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

import numpy as np
import pandas as pd

from coachkit import errors, terms
from coachkit._columns import Door, conform, empty
from coachkit._csv import read_csv, write_csv


@dataclass(frozen=True, eq=False, repr=False)
class Caseload:
    """All that a coach follows, checked at the door (follow-up rules §1 and §7).

    Every frame has the columns of its table in ``coachkit.terms``, in that order, then whatever
    other columns it came with. Ids are Int64, instants ``datetime64[us, UTC]``, days
    ``datetime64[us]``, flags ``boolean``, words of a short list ``category``, texts ``str``.
    Optional columns and tables that are not given are empty. Treat the frames as read-only: to
    change one, build a new caseload.

    Parameters
    ----------
    clients, opportunities, interviews, contacts
        One row per client; per client × role at an employer; per visit held or planned; per touch.
    interviewers, work_samples, key_answers
        One row per person met at a visit; per sample of a client's work; per key question.

    Raises
    ------
    CoachkitError
        The fault's own class, or ``SeveralFaults`` with all of them: a missing column or value, a
        naive time, an unknown zone, country or word, a number below zero, a duplicate id, an id
        that points nowhere, cells that contradict each other. It names table, column and rows.

    Examples
    --------
    >>> import coachkit as ck
    >>> ck.Caseload.empty()
    <Caseload: 0 clients, 0 opportunities, 0 interviews, 0 contacts>
    """

    clients: pd.DataFrame
    opportunities: pd.DataFrame
    interviews: pd.DataFrame
    contacts: pd.DataFrame
    interviewers: pd.DataFrame | None = None
    work_samples: pd.DataFrame | None = None
    key_answers: pd.DataFrame | None = None

    def __post_init__(self) -> None:
        given = {part.name: getattr(self, part.name) for part in fields(self)}
        for name, frame in _checked(given, names={}, first_row=1).items():
            object.__setattr__(self, name, frame)

    @classmethod
    def empty(cls) -> Self:
        """A caseload without a single row: where every practice begins."""
        return cls._trusted({name: _empty_table(table) for name, table in terms.TABLES.items()})

    @classmethod
    def read(cls, folder: str | Path) -> Self:
        """Read a folder with one CSV per table: ``clients.csv``, ``opportunities.csv`` and so on.

        The files are UTF-8 with ISO instants that carry their offset, ISO days, ``true`` and
        ``false``, and nothing for null. Row numbers in messages are the file's, its header row 1.

        Raises
        ------
        UnreadableFile
            The folder is not there, or a file in it is not a CSV in UTF-8.
        CoachkitError
            As for ``Caseload``; all that is wrong with the folder is told at once.
        """
        folder = Path(folder)
        if not folder.is_dir():
            raise errors.UnreadableFile(
                f"There is no folder {str(folder)!r}. Name a folder that holds clients.csv, "
                f"opportunities.csv, interviews.csv and contacts.csv."
            )
        paths = {name: folder / f"{name}.csv" for name in terms.TABLES}
        frames = {name: read_csv(path) if path.exists() else None for name, path in paths.items()}
        names = {name: f"{name}.csv" for name in terms.TABLES}
        return cls._trusted(_checked(frames, names=names, first_row=2))

    def write(self, folder: str | Path) -> None:
        """Write one CSV per table into ``folder``, made if need be; ``read`` gives them back whole."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for name, frame in self:
            write_csv(frame, folder / f"{name}.csv")

    def subset(self, client: int | str) -> Self:
        """One client's rows alone, in every table; nobody else is in what comes back.

        Parameters
        ----------
        client
            The client's id, or their name as it is written in ``clients``.

        Raises
        ------
        UnknownClient
            No client answers to it, or several share the name.
        """
        client_id = self._client_id(client)
        kept: dict[str, pd.DataFrame] = {}
        for name, frame in self:
            own = _own_rows(terms.TABLES[name], frame, kept, client_id)
            kept[name] = _without_unused_words(frame[own].reset_index(drop=True))
        return self._trusted(kept)

    def _client_id(self, client: int | str) -> int:
        by_name = isinstance(client, str)
        ids = self.clients.loc[
            self.clients["name" if by_name else "client_id"] == client, "client_id"
        ]
        if len(ids) == 1:
            return int(ids.iloc[0])
        if len(ids) > 1:
            numbers = errors.listed(ids.tolist(), "and")
            raise errors.UnknownClient(
                f"{len(ids)} clients are called {client!r}: their ids are {numbers}. Ask by id."
            )
        asked = f"called {client!r}" if by_name else f"with the id {client}"
        raise errors.UnknownClient(f"There is no client {asked}. Look at `clients` for who is there.")

    def __iter__(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """The name and frame of each table."""
        return ((part.name, getattr(self, part.name)) for part in fields(self))

    def __repr__(self) -> str:
        counts = (f"{len(getattr(self, name))} {name}" for name in terms.REQUIRED_TABLES)
        return f"<Caseload: {', '.join(counts)}>"

    @classmethod
    def _trusted(cls, frames: Mapping[str, pd.DataFrame]) -> Self:
        """Frames that were checked already, as they are."""
        caseload = object.__new__(cls)
        for name in terms.TABLES:
            object.__setattr__(caseload, name, frames[name])
        return caseload


def _checked(
    given: Mapping[str, pd.DataFrame | None], *, names: Mapping[str, str], first_row: int
) -> dict[str, pd.DataFrame]:
    """The tables in their dtypes, or every fault there is, told at once."""
    doors = {name: Door(names.get(name, name), first_row) for name in terms.TABLES}
    frames: dict[str, pd.DataFrame] = {}
    faults: list[errors.CoachkitError] = []
    for name, table in terms.TABLES.items():
        frame = given[name]
        if frame is not None:
            frames[name] = conform(frame, table, doors[name])
        elif name in terms.REQUIRED_TABLES:
            faults.append(
                errors.MissingTable(
                    f"The table {names.get(name, name)!r} is missing (one row per {table.row}). "
                    f"Add it; with a header alone if there is nothing to tell yet."
                )
            )
        else:
            frames[name] = _empty_table(table)
    for name, frame in frames.items():
        _check_keys(terms.TABLES[name], frame, frames, doors[name])
    if all(name in frames for name in terms.REQUIRED_TABLES):
        _check_sense(frames, doors)
    errors.raise_all(faults + [fault for door in doors.values() for fault in door.faults])
    return frames


def _check_keys(
    table: terms.Table, frame: pd.DataFrame, frames: Mapping[str, pd.DataFrame], door: Door
) -> None:
    key = frame[table.key]
    door.refuse(
        errors.DuplicateId,
        table.key,
        (key.duplicated(keep=False) & key.notna()).to_numpy(dtype=bool),
        "the same id stands more than once",
        "Give every row an id of its own",
    )
    for column in table:
        if column.refers_to and column.refers_to in frames:
            there = frames[column.refers_to][terms.TABLES[column.refers_to].key]
            ids = frame[column.name]
            door.refuse(
                errors.Orphan,
                column.name,
                (ids.notna() & ~ids.isin(there)).to_numpy(dtype=bool),
                f"no row of {column.refers_to} has this id",
                f"Correct the id, or add the row to {column.refers_to}",
            )


def _check_sense(frames: Mapping[str, pd.DataFrame], doors: Mapping[str, Door]) -> None:
    """Cells that cannot both be true (follow-up rules §7)."""
    opportunities, interviews, contacts = (
        frames[name] for name in ("opportunities", "interviews", "contacts")
    )
    doors["opportunities"].refuse(
        errors.Contradiction,
        "outcome_at",
        ((opportunities["outcome"] == "open") & opportunities["outcome_at"].notna()).to_numpy(),
        "an open opportunity has no day on which it ended",
        "Set its outcome, or empty outcome_at",
    )
    doors["interviews"].refuse(
        errors.Contradiction,
        "ended_at",
        (interviews["ended_at"] < interviews["held_at"]).to_numpy(),
        "it ended before it began",
        "Correct ended_at or held_at",
    )
    inbound = contacts["direction"] == "in"
    known = contacts["direction"].notna() & contacts["kind"].notna()
    doors["contacts"].refuse(
        errors.Contradiction,
        "kind",
        (known & (inbound != contacts["kind"].isin(terms.INBOUND_KINDS))).to_numpy(),
        "the kind does not go with the direction",
        f"out goes with {errors.listed(terms.OUTBOUND_KINDS)}; in goes with reply",
    )
    doors["contacts"].refuse(
        errors.Contradiction,
        "interview_id",
        _at_another_opportunity(contacts, interviews),
        "this interview belongs to another opportunity",
        "Name an interview of the contact's own opportunity, or none",
    )


def _at_another_opportunity(contacts: pd.DataFrame, interviews: pd.DataFrame) -> np.ndarray:
    own = interviews.dropna(subset="interview_id").drop_duplicates("interview_id")
    opportunity = own.set_index("interview_id")["opportunity_id"]
    named = contacts["interview_id"].map(opportunity).astype("Int64")
    return (named != contacts["opportunity_id"]).fillna(False).to_numpy(dtype=bool)


def _own_rows(
    table: terms.Table, frame: pd.DataFrame, kept: Mapping[str, pd.DataFrame], client_id: int
) -> pd.Series:
    """Which rows are the client's, given the tables above it that were cut already."""
    if "client_id" in frame.columns and any(column.name == "client_id" for column in table):
        return frame["client_id"] == client_id
    parent = next(column for column in table if column.refers_to)
    assert parent.refers_to is not None
    return frame[parent.name].isin(kept[parent.refers_to][parent.name])


def _without_unused_words(frame: pd.DataFrame) -> pd.DataFrame:
    """Drop the categories that only other clients' rows used: they are other clients' data."""
    labels = [
        name
        for name in frame.select_dtypes("category").columns
        if not any(
            column.name == name and column.kind == "choice"
            for table in terms.TABLES.values()
            for column in table
        )
    ]
    return frame.assign(**{name: frame[name].cat.remove_unused_categories() for name in labels})


def _empty_table(table: terms.Table) -> pd.DataFrame:
    return pd.DataFrame({column.name: empty(column, 0) for column in table})
