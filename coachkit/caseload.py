"""``Caseload``: all that a coach follows, as a checked set of frames; read and write it as CSVs."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from coachkit import errors, terms
from coachkit._columns import Door, conform, empty
from coachkit._csv import read_csv, write_csvs


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
    interviewers, work_samples, key_answers, notes, agreed_actions
        One row per person met at a visit; per sample of a client's work; per key question; per
        note on a client; per action agreed in a session.

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
    notes: pd.DataFrame | None = None
    agreed_actions: pd.DataFrame | None = None

    def __post_init__(self) -> None:
        for name, frame in _checked(lambda name: getattr(self, name), in_files=False).items():
            object.__setattr__(self, name, frame)

    @classmethod
    def empty(cls) -> Self:
        """A caseload without a single row: where every practice begins."""
        return cls.trusted({name: _empty_table(table) for name, table in terms.TABLES.items()})

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
        if not os.path.isdir(folder):
            raise errors.UnreadableFile(
                f"There is no folder {str(folder)!r}. Name a folder that holds clients.csv, "
                f"opportunities.csv, interviews.csv and contacts.csv."
            )

        def load(name: str) -> pd.DataFrame | None:
            path = folder / f"{name}.csv"
            return read_csv(path) if os.path.exists(path) else None

        return cls.trusted(_checked(load, in_files=True))

    def write(self, folder: str | Path) -> None:
        """Write one CSV per table into ``folder``, made if need be; ``read`` gives them back whole.

        Columns that coachkit does not know come back as texts.

        Raises
        ------
        UnreadableFile
            A file cannot be written; then none is.
        """
        write_csvs({Path(folder) / f"{name}.csv": frame for name, frame in self})

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
        return self._of([self._client_id(client)])

    def of_coach(self, coach: str) -> Self:
        """The rows of one coach's clients alone, in every table; none where nobody is theirs."""
        theirs = (self.clients["coach"] == coach).fillna(False).to_numpy(dtype=bool)
        return self._of(self.clients["client_id"][theirs].tolist())

    def _of(self, client_ids: list[int]) -> Self:
        kept: dict[str, pd.DataFrame] = {}
        for name, frame in self:
            table = terms.TABLES[name]
            own = frame[_own_rows(table, frame, kept, client_ids)]
            kept[name] = _without_traces(table, own.reset_index(drop=True))
        return self.trusted(kept)

    def _client_id(self, client: int | str) -> int:
        by_name = isinstance(client, str)
        if not by_name and (isinstance(client, bool) or not isinstance(client, int | np.integer)):
            raise errors.UnknownClient(
                f"{errors.quoted(client)} is neither a client's id nor a name. Ask by one of them."
            )
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
        asked = f"called {errors.quoted(client)}" if by_name else f"with the id {client}"
        raise errors.UnknownClient(
            f"There is no client {asked}. Look at `clients` for who is there."
        )

    def __iter__(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """The name and frame of each table."""
        return ((part.name, getattr(self, part.name)) for part in fields(self))

    def __repr__(self) -> str:
        counts = (f"{len(getattr(self, name))} {name}" for name in terms.REQUIRED_TABLES)
        return f"<Caseload: {', '.join(counts)}>"

    @classmethod
    def trusted(cls, frames: Mapping[str, pd.DataFrame]) -> Self:
        """Frames of every table that were checked already, as they are: for who knows them good."""
        caseload = object.__new__(cls)
        for name in terms.TABLES:
            object.__setattr__(caseload, name, frames[name])
        return caseload


def _checked(
    load: Callable[[str], pd.DataFrame | None], *, in_files: bool
) -> dict[str, pd.DataFrame]:
    """The tables in their dtypes, or every fault there is, told at once."""
    doors = {
        name: Door(f"{name}.csv" if in_files else name, in_file=in_files) for name in terms.TABLES
    }
    frames: dict[str, pd.DataFrame] = {}
    faults: list[errors.CoachkitError] = []
    for name, table in terms.TABLES.items():
        try:
            frame = load(name)
            if frame is None:
                frames[name] = _instead(table, doors[name])
            else:
                frames[name] = conform(frame, table, doors[name])
        except errors.CoachkitError as fault:
            faults.append(fault)
    for name, frame in frames.items():
        _check_keys(terms.TABLES[name], frame, frames, doors)
    _check_sense(frames, doors)
    errors.raise_all(faults + [fault for door in doors.values() for fault in door.faults])
    return frames


def _instead(table: terms.Table, door: Door) -> pd.DataFrame:
    """What stands for a table that is not there."""
    if table.name in terms.REQUIRED_TABLES:
        raise errors.MissingTable(
            f"The table '{door.table}' is missing (a row is {table.row}). "
            f"Add it; with a header alone if there is nothing to tell yet."
        )
    return _empty_table(table)


def _check_keys(
    table: terms.Table,
    frame: pd.DataFrame,
    frames: Mapping[str, pd.DataFrame],
    doors: Mapping[str, Door],
) -> None:
    key = frame[table.key]
    doors[table.name].refuse(
        errors.DuplicateId,
        table.key,
        (key.duplicated(keep=False) & key.notna()).to_numpy(dtype=bool),
        "the same id stands more than once",
        "Give every row an id of its own",
    )
    for column in table:
        if column.refers_to is None or column.refers_to not in frames:
            continue
        door, its_key = doors[column.refers_to], terms.TABLES[column.refers_to].key
        there, ids = frames[column.refers_to][its_key], frame[column.name]
        orphans = ids.notna() & ~ids.isin(there)
        if its_key in door.missing or ids[orphans].nunique() <= there.isna().sum():
            continue  # they may be the very ids that are missing there, which is told already
        doors[table.name].refuse(
            errors.Orphan,
            column.name,
            orphans.to_numpy(dtype=bool),
            f"no row of {door.table} has this id",
            f"Correct the id, or add the row to {door.table}",
        )


def _check_sense(frames: Mapping[str, pd.DataFrame], doors: Mapping[str, Door]) -> None:
    """Note cells that cannot both be true (follow-up rules §7)."""
    opportunities, interviews, contacts, notes = (
        frames.get(name) for name in ("opportunities", "interviews", "contacts", "notes")
    )
    if opportunities is not None:
        doors["opportunities"].refuse(
            errors.Contradiction,
            "outcome_at",
            ((opportunities["outcome"] == "open") & opportunities["outcome_at"].notna()).to_numpy(),
            "an open opportunity has no day on which it ended",
            "Set its outcome, or empty outcome_at",
        )
    if interviews is not None:
        doors["interviews"].refuse(
            errors.Contradiction,
            "ended_at",
            (interviews["ended_at"] < interviews["held_at"]).to_numpy(),
            "it ended before it began",
            "Correct ended_at or held_at",
        )
    if contacts is not None:
        inbound = contacts["direction"] == "in"
        known = contacts["direction"].notna() & contacts["kind"].notna()
        doors["contacts"].refuse(
            errors.Contradiction,
            "kind",
            (known & (inbound != contacts["kind"].isin(terms.INBOUND_KINDS))).to_numpy(),
            "the kind does not go with the direction",
            f"out goes with {errors.listed(terms.OUTBOUND_KINDS)}; "
            f"in goes with {errors.listed(terms.INBOUND_KINDS)}",
        )
    if contacts is not None and interviews is not None:
        doors["contacts"].refuse(
            errors.Contradiction,
            "interview_id",
            _of_another(contacts, interviews, "interview_id", "opportunity_id"),
            "this interview belongs to another opportunity",
            "Name an interview of the contact's own opportunity, or none",
        )
    if notes is not None and opportunities is not None:
        doors["notes"].refuse(
            errors.Contradiction,
            "opportunity_id",
            _of_another(notes, opportunities, "opportunity_id", "client_id"),
            "this opportunity belongs to another client",
            "Name an opportunity of the note's own client, or none",
        )


def _of_another(
    frame: pd.DataFrame, named: pd.DataFrame, key: str, owner: str
) -> npt.NDArray[np.bool_]:
    """Which rows name, by ``key``, a row that has another ``owner`` than they have themselves."""
    own = named.dropna(subset=key).drop_duplicates(key).set_index(key)[owner]
    its_owner = frame[key].map(own).astype("Int64")
    return (its_owner != frame[owner]).fillna(False).to_numpy(dtype=bool)


def _own_rows(
    table: terms.Table, frame: pd.DataFrame, kept: Mapping[str, pd.DataFrame], client_ids: list[int]
) -> pd.Series:
    """Which rows are the clients', given the tables above it that were cut already."""
    if table.name == "clients":
        return frame["client_id"].isin(client_ids)
    parent, name = next((column.refers_to, column.name) for column in table if column.refers_to)
    return frame[name].isin(kept[parent][terms.TABLES[parent].key])


def _without_traces(table: terms.Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Drop what others leave beside their rows: words that only they use, notes on the frame."""
    fixed = {column.name for column in table if column.allowed}
    labels = [name for name in frame.select_dtypes("category").columns if name not in fixed]
    frame = frame.assign(**{name: frame[name].cat.remove_unused_categories() for name in labels})
    frame.attrs = {}
    return frame


def _empty_table(table: terms.Table) -> pd.DataFrame:
    return pd.DataFrame({column.name: empty(column, 0) for column in table})
