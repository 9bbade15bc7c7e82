"""``Policy``: how long to wait in which field, and since when (follow-up rules §2)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Self

import numpy as np
import pandas as pd

from coachkit import errors, terms
from coachkit._columns import Door, conform, microseconds
from coachkit._csv import read_csv, write_csv
from coachkit._places import data_folder

#: Below this likeness (0 to 100) a field is not worth suggesting.
_LIKELY = 72
#: No field's name is longer; what follows in a text is not looked at for suggestions.
_LONG_ENOUGH = 200
_ALWAYS = np.iinfo(np.int64).min
_FEW = 16
_SPANS = tuple(name for name, value in terms.POLICY_DEFAULTS.items() if isinstance(value, int))


@dataclass(frozen=True)
class FieldMatch:
    """What a job title or a field's name resolves to: one field for certain, or suggestions."""

    asked: str
    field: str | None
    suggestions: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.field:
            return f"{errors.quoted(self.asked)} is {self.field}."
        asked = f"{errors.quoted(self.asked)} is no field"
        if self.suggestions:
            return f"{asked}. Did you mean {errors.listed(self.suggestions)}?"
        return f"{asked}, and none comes near."


@dataclass(frozen=True, eq=False, repr=False)
class Policy:
    """The waits of each field, in versions: one row per field and instant from which it holds.

    Parameters
    ----------
    table
        Columns as in follow-up rules §2: field, effective_from (aware instant; null: always), pace,
        wait_days, later_wait_days (calendar days), window_days (business days), max_unanswered,
        let_go_weeks, promise_grace_days (calendar days), thank_you_hours, channels (words apart by
        blanks). Columns and cells that are missing take the defaults of §2; other columns (such
        as basis and evidence) are kept. The row ``default`` holds for fields without rows.

    Raises
    ------
    CoachkitError
        A field without a name or spelled in two ways, a span below zero, an unknown pace or
        channel, a naive instant, two rows of a field that hold from the same instant.

    Examples
    --------
    >>> import coachkit as ck
    >>> policy = ck.Policy.default()
    >>> policy.row("Accounting & audit", at="2026-11-04T15:00:00+00:00")["wait_days"]
    7
    """

    table: pd.DataFrame

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", _checked(self.table, Door("fields")))

    @classmethod
    def default(cls) -> Self:
        """The waits that coachkit ships, each with what grounds it (``data/fields.csv``)."""
        return cls.read(data_folder() / "fields.csv")

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """Read a CSV with the columns of ``Policy``; UTF-8, ISO instants with offset.

        Raises
        ------
        UnreadableFile
            The file is not there, or no CSV in UTF-8.
        CoachkitError
            As for ``Policy``.
        """
        path = Path(path)
        policy = object.__new__(cls)
        checked = _checked(read_csv(path), Door(errors.shown(path.name), in_file=True))
        object.__setattr__(policy, "table", checked)
        return policy

    def write(self, path: str | Path) -> None:
        """Write the table as CSV; ``read`` gives it back whole.

        Columns that coachkit does not know come back as texts.

        Raises
        ------
        UnreadableFile
            The file cannot be written; what stood there is left as it was.
        """
        write_csv(self.table, Path(path))

    @property
    def fields(self) -> list[str]:
        """The fields that have rows of their own, in the order of the table."""
        return [field for field in self.table["field"].unique() if field != terms.DEFAULT_FIELD]

    def row(self, field: str, at: pd.Timestamp | str) -> dict[str, object]:
        """The row in force for ``field``, else for ``default``, at ``at``, by column."""
        versions = Versions(self, [field])
        stretch = versions.stretch(np.zeros(1, dtype=np.intp))
        found = versions.at(stretch, np.array([microseconds(at, "at")]))
        row = versions.table.iloc[int(found[0])]
        return {str(name): value for name, value in row.to_dict().items()}

    def spelled(self, field: str) -> str:
        """A field's name as this policy spells it, whatever its case and blanks; else as it is."""
        asked = _folded(field)
        return next((name for name in self.table["field"] if _folded(name) == asked), field)

    def field_for(self, text: str) -> FieldMatch:
        """The field that a field's name or a job title stands for, or which it might.

        Only a name or an alias (``data/field_aliases.csv``) that is the same but for case and
        blanks resolves; anything else gets up to three suggestions and ``field`` is None.

        Examples
        --------
        >>> import coachkit as ck
        >>> ck.Policy.default().field_for("staff  Accountant").field
        'Accounting & audit'
        """
        from rapidfuzz import fuzz, process

        known, asked = self._known, _folded(text)
        if asked in known:
            return FieldMatch(text, known[asked])
        near = process.extract(
            asked[:_LONG_ENOUGH],
            list(known),
            scorer=fuzz.token_set_ratio,
            limit=10,
            score_cutoff=_LIKELY,
        )
        suggestions = dict.fromkeys(known[name] for name, *_ in near)
        return FieldMatch(text, None, tuple(suggestions)[:3])

    @cached_property
    def _known(self) -> dict[str, str]:
        """Every name and alias of the fields that have rows, folded, and the field it means."""
        names = {_folded(field): field for field in self.fields}
        there = set(names.values())
        return {alias: field for alias, field in _aliases().items() if field in there} | names

    def without_rows(self, fields: Iterable[str]) -> pd.DataFrame:
        """The fields that this policy does not know and so judges by ``default``, each once.

        Returns
        -------
        DataFrame
            One row per such field: field, opportunities (how many times it came), suggestion (null
            where no field comes near). Empty where every field has rows.
        """
        counts = pd.Series(list(fields), dtype="str").value_counts().sort_index()
        strange = counts[~counts.index.isin(self.table["field"])]
        first = [next(iter(_candidates(self.field_for(field))), None) for field in strange.index]
        return pd.DataFrame(
            {
                "field": pd.Series(strange.index, dtype="str"),
                "opportunities": strange.to_numpy(),
                "suggestion": pd.Series(first, dtype="str"),
            }
        )

    def __repr__(self) -> str:
        return f"<Policy: {len(self.fields)} fields, {len(self.table)} rows>"


class Versions:
    """Which row of a policy holds for which field when, as a small table to look up.

    ``table`` has the rows, ``spans[name]`` a span's value by row; ``at`` gives row numbers.
    """

    def __init__(self, policy: Policy, fields: Iterable[str]) -> None:
        table = _with_builtin_default(policy.table)
        self.table = table
        self.spans = {name: table[name].to_numpy(dtype=np.int64) for name in _SPANS}
        begins: dict[str, dict[int, int]] = defaultdict(dict)
        for row, (field, begin) in enumerate(
            zip(table["field"].tolist(), _begin(table).tolist(), strict=True)
        ):
            begins[field][begin] = row
        default = begins[terms.DEFAULT_FIELD]
        periods = sorted({_ALWAYS}.union(*begins.values()))
        self._changes = np.array(periods[1:], dtype=np.int64)
        self._rows = np.array(
            [[*_rows_in_force(begins.get(field, {}), default, periods)] for field in fields],
            dtype=np.intp,
        ).reshape(-1, len(periods))

    def stretch(self, field: np.ndarray) -> np.ndarray:
        """Where each field's rows begin, by its number: what ``at`` takes."""
        return field.astype(np.intp) * self._rows.shape[1]

    def at(self, stretch: np.ndarray, instant: np.ndarray) -> np.ndarray:
        """The rows in force at each instant, which is in UTC microseconds."""
        if self._changes.size > _FEW:
            period = np.searchsorted(self._changes, instant, side="right")
        else:  # a policy is tuned now and then: comparing is cheaper than searching
            period = np.zeros(instant.size, dtype=np.int8)
            for change in self._changes:
                period += (instant >= change).view(np.int8)
        return self._rows.take(stretch + period)


def _rows_in_force(
    own: dict[int, int], default: dict[int, int], periods: Iterable[int]
) -> Iterator[int]:
    """Follow-up rules §2: the field's latest row, else the default's latest, else its earliest."""
    row, of_its_own = default[min(default)], False
    for period in periods:
        if period in own:
            row, of_its_own = own[period], True
        elif not of_its_own:
            row = default.get(period, row)
        yield row


def _begin(table: pd.DataFrame) -> np.ndarray:
    """``effective_from`` in UTC microseconds; null, which is always, before everything."""
    return pd.DatetimeIndex(table["effective_from"], copy=False).asi8  # NaT is _ALWAYS


def _checked(table: pd.DataFrame, door: Door) -> pd.DataFrame:
    """The table in its dtypes, its gaps filled with the defaults of §2."""
    rows = conform(table, terms.POLICY, door)
    rows = rows.fillna(dict(terms.POLICY_DEFAULTS))
    channels = rows["channels"].map(lambda words: set(words.split()) <= set(terms.CHANNELS))
    door.refuse(
        errors.UnknownWord,
        "channels",
        ~channels.to_numpy(dtype=bool),
        "a channel that it does not know",
        f"Use {errors.listed(terms.CHANNELS)}, apart by blanks",
    )
    door.refuse(
        errors.DuplicateRow,
        "effective_from",
        rows.duplicated(["field", "effective_from"], keep=False).to_numpy()
        & rows["field"].notna().to_numpy(),
        "a field has two rows that hold from the same instant",
        "Keep one of them, or let one hold from later",
    )
    folded = rows["field"].map(_folded, na_action="ignore")
    spellings = rows["field"].groupby(folded).transform("nunique")
    other_default = (folded == terms.DEFAULT_FIELD) & (rows["field"] != terms.DEFAULT_FIELD)
    door.refuse(
        errors.DuplicateRow,
        "field",
        ((spellings > 1) | other_default).to_numpy(dtype=bool),
        "a field is spelled in two ways that differ in case or blanks alone",
        f"Spell it one way; the default is '{terms.DEFAULT_FIELD}'",
    )
    errors.raise_all(door.faults)
    return rows


def _with_builtin_default(table: pd.DataFrame) -> pd.DataFrame:
    """A policy without any ``default`` row is judged by the defaults of §2 themselves."""
    if (table["field"] == terms.DEFAULT_FIELD).any():
        return table
    builtin = pd.DataFrame({"field": [terms.DEFAULT_FIELD]})
    return pd.concat([table, _checked(builtin, Door("fields"))], ignore_index=True)


def _candidates(match: FieldMatch) -> tuple[str, ...]:
    return (match.field,) if match.field else match.suggestions


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()


@cache
def _aliases() -> dict[str, str]:
    """Job titles and other names of fields, folded, and the field that each stands for."""
    table = read_csv(data_folder() / "field_aliases.csv")
    return {
        _folded(alias): field for alias, field in zip(table["alias"], table["field"], strict=True)
    }
