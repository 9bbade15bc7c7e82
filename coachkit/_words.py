"""Texts and words out of whatever a column holds: free texts, labels, words of a known list."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from coachkit import errors
from coachkit._calendars import is_country
from coachkit._door import Door, Fault, Mask, absent
from coachkit.terms import Column

#: What a database or UTF-8 cannot hold: the letter that ends a text, and half a letter.
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
#: Zones that mean another place on every computer, or none.
_NO_PLACE = ("localtime", "posixrules", "Factory")


def texts(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    """Texts as they are, the blanks around them included; nothing but blanks is null."""
    kept = [as_text(cell) for cell in cells.astype(object)]
    _refuse_unkeepable(_is_none(kept) & ~absent(cells), column, door)
    return pd.Series(kept, dtype="str")


def labels(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    """Words that come again and again, as categories in alphabetical order."""
    if not isinstance(cells.dtype, pd.CategoricalDtype | pd.StringDtype):
        cells = texts(cells, column, door)
    codes, found = pd.factorize(cells)
    words = [as_text(word) for word in found]
    unkeepable = _is_none(words) & ~absent(pd.Series(found, dtype=object))
    _refuse_unkeepable(_of_words(unkeepable, codes), column, door)
    return _recoded(codes, words, _in_order(words))


def choices(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    """Words that the column allows, as categories in the order of the nomenclature."""
    return _known(
        cells,
        column,
        door,
        column.allowed.__contains__,
        errors.UnknownWord,
        "is not a word it knows",
        f"Use {errors.listed(column.allowed)}",
    )


def zones(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    """Names of time zones, as categories in alphabetical order."""
    return _known(
        cells,
        column,
        door,
        is_zone,
        errors.UnknownZone,
        "is not a time zone of the IANA database",
        "Write a name such as America/New_York or Europe/Berlin",
    )


def countries(cells: pd.Series, column: Column, door: Door) -> pd.Series:
    """Codes of holiday calendars, as categories in alphabetical order."""
    return _known(
        cells,
        column,
        door,
        is_country,
        errors.UnknownCountry,
        "is not a country with a holiday calendar",
        "Write a code such as US, US-CA or DE, or leave it empty for weekends only",
    )


def categorical(codes: np.ndarray, categories: Sequence[str]) -> pd.Series:
    """A column of words by their number in ``categories``; -1 is null."""
    return pd.Series(
        pd.Categorical.from_codes(codes, categories=pd.Index(list(categories), dtype="str"))
    )


def _known(
    cells: pd.Series,
    column: Column,
    door: Door,
    known: Callable[[str], bool],
    fault: Fault,
    what: str,
    remedy: str,
) -> pd.Series:
    """Words of which every one must be known; the blanks around them do not count."""
    words = labels(cells, column, door)
    codes = words.cat.codes.to_numpy()
    found = [word.strip() for word in words.cat.categories]
    strange = np.array([not known(word) for word in found], dtype=bool)
    door.refuse_cells(fault, column, _of_words(strange, codes), words, what, remedy)
    kept = [None if bad else word for word, bad in zip(found, strange, strict=True)]
    return _recoded(codes, kept, column.allowed or _in_order(kept))


def as_text(cell: object) -> str | None:
    """The text of a cell; None where it holds none, or one that cannot be kept."""
    if not isinstance(cell, str):
        if not pd.api.types.is_scalar(cell) or isinstance(cell, bytes) or pd.isna(cell):  # type: ignore[call-overload]
            return None
        try:
            cell = str(cell)
        except ValueError:  # a number of thousands of digits
            return None
    return cell if cell.strip() and not _UNKEEPABLE.search(cell) else None


def _refuse_unkeepable(bad: Mask, column: Column, door: Door) -> None:
    door.refuse(
        errors.UnreadableValue,
        column.name,
        bad,
        "no text that can be kept (it holds a NUL or half a letter, or is no text at all)",
        "Write it anew",
    )


def _is_none(words: Sequence[str | None]) -> Mask:
    return np.array([word is None for word in words], dtype=bool)


def _in_order(words: Sequence[str | None]) -> list[str]:
    return sorted({word for word in words if word is not None})


def _of_words(marked: Mask, codes: np.ndarray) -> Mask:
    """The rows whose word is marked; null, which is -1, never is."""
    rows: Mask = np.append(marked, False)[codes]
    return rows


def _recoded(
    codes: np.ndarray, words: Sequence[str | None], categories: Sequence[str]
) -> pd.Series:
    """Numbers of ``words`` as numbers of ``categories``; null where a word is None."""
    place: dict[str | None, int] = {word: at for at, word in enumerate(categories)}
    new = np.array([*(place.get(word, -1) for word in words), -1], dtype=np.intp)
    return categorical(new[codes], categories)


@cache
def is_zone(name: str) -> bool:
    """Whether the IANA database has a zone of this name, which is the same everywhere."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return name not in _NO_PLACE
