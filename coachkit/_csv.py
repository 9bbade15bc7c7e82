"""CSV as the public face has it: UTF-8, ISO instants and days, true and false, empty for null."""

import contextlib
import csv
import errno
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from coachkit import errors
from coachkit._door import Door

_NEEDS_QUOTES = re.compile('[",\r\n]')
#: The csv module refuses longer cells than its limit; this is the longest limit it takes anywhere.
_LONGEST_CELL = 2**31 - 1


def read_csv(path: Path) -> pd.DataFrame:
    """Every cell as the text that stands in the file; an empty one is null.

    The index holds the row's number in the file, its header being row 1. Rows without a single
    cell filled are left out, and so are columns without a name if they are empty. A row that stops
    early has nothing in the rest: spreadsheets leave out the commas at the end.

    Raises
    ------
    UnreadableFile
        It is not there, no CSV in UTF-8, or a row has more cells than the header.
    """
    header, *rows = _records(path)
    numbers = [number for number, row in enumerate(rows, 2) if any(row)]
    filled = [row for row in rows if any(row)]
    width = len(header)
    overlong = np.array([any(row[width:]) for row in filled], dtype=bool)
    if overlong.any():
        door = Door(path.name, in_file=True, numbers=np.array(numbers))
        raise errors.UnreadableFile(
            f"{errors.shown(path.name)}, {door.rows(np.flatnonzero(overlong))}: more cells than "
            f"the header has. Put texts with commas in double quotes, or give every column a name."
        )
    cells = [
        [*(cell or None for cell in row[:width]), *[None] * (width - len(row))] for row in filled
    ]
    frame = pd.DataFrame(cells, columns=pd.Index(header, dtype="str"), index=numbers, dtype="str")
    named = np.array([bool(name.strip()) for name in header], dtype=bool)
    return frame.loc[:, named | frame.notna().any().to_numpy()]


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write ``frame`` so that ``read_csv`` and the column kinds give every value back."""
    write_csvs({path: frame})


def write_csvs(frames: Mapping[Path, pd.DataFrame]) -> None:
    """Write each frame to its path, or where one cannot be written none of them.

    Raises
    ------
    UnreadableFile
        A file or its folder cannot be written.
    """
    parts = {path: path.with_name(f".{path.name}.part") for path in frames}
    path = next(iter(frames))
    try:
        for path, frame in frames.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            parts[path].write_text(csv_text(frame), encoding="utf-8", newline="")
        for path, part in parts.items():
            part.replace(path)
    except UnicodeEncodeError as error:
        raise errors.UnreadableFile(
            f"{errors.shown(path.name)} cannot be written: a text holds half a letter. "
            f"Write that text anew."
        ) from error
    except (OSError, ValueError) as error:
        raise errors.UnreadableFile(
            f"{errors.shown(path.name)} cannot be written ({_why(error)}). Close it where it is "
            f"open, or choose a folder that you may write to."
        ) from error
    finally:
        for part in parts.values():
            with contextlib.suppress(OSError, ValueError):
                part.unlink(missing_ok=True)


def csv_text(frame: pd.DataFrame) -> str:
    """The frame as the text of a CSV file, its lines ended by a line feed."""
    columns = [[_quoted(str(name)), *_cells(frame.iloc[:, at])] for at, name in enumerate(frame)]
    return "".join(f"{','.join(row)}\n" for row in zip(*columns, strict=True))


def iso_instants(instants: pd.Series) -> pd.Series:
    """Instants as ``2026-02-02T15:00:00+00:00``, with a fraction only where there is one."""
    texts = _iso(instants.dt.tz_convert("UTC").dt.tz_localize(None)) + "+00:00"
    return texts.mask(instants.isna())


def _records(path: Path) -> list[list[str]]:
    """The rows of the file, the header first."""
    name = errors.shown(path.name)
    records: list[list[str]] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines, _cells_of_any_length():
            records.extend(csv.reader(lines, strict=True))
    except csv.Error as error:
        raise errors.UnreadableFile(
            f"{name}, row {len(records) + 1} (the header is row 1): no regular CSV ({error}). "
            f"Put texts with quotes in double quotes, and double the quotes within."
        ) from error
    except UnicodeDecodeError as error:
        raise errors.UnreadableFile(f"{name} is not UTF-8. Save it as 'CSV UTF-8'.") from error
    except (OSError, ValueError) as error:
        raise errors.UnreadableFile(
            f"{name} cannot be read ({_why(error)}). Name a CSV file that you may open."
        ) from error
    if not records or not any(cell.strip() for cell in records[0]):
        raise errors.UnreadableFile(
            f"{name} {'has no header' if records else 'is empty'}. "
            f"Give it at least a first row of column names."
        )
    if any("\0" in cell for cell in records[0]):
        raise errors.UnreadableFile(f"{name} is not UTF-8. Save it as 'CSV UTF-8'.")
    if len(records[0]) == 1 and re.search("[;\t]", records[0][0]):
        raise errors.UnreadableFile(
            f"{name} has no commas between its cells. Save it as 'CSV UTF-8 (comma delimited)'."
        )
    return records


def _why(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or "no file can be called so"


@contextlib.contextmanager
def _cells_of_any_length() -> Iterator[None]:
    usual = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(usual)


def _cells(cells: pd.Series) -> list[str]:
    if isinstance(cells.dtype, pd.CategoricalDtype):
        words = [_quoted(str(word)) for word in cells.cat.categories] + [""]
        return [words[code] for code in cells.cat.codes]
    texts = _written(cells)
    return [
        "" if null else _quoted(str(cell)) for cell, null in zip(texts, texts.isna(), strict=True)
    ]


def _quoted(text: str) -> str:
    # pandas and the csv module of Python 3.11 leave a lone carriage return bare, which ends a row
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def _written(cells: pd.Series) -> pd.Series:
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        return iso_instants(cells)
    if pd.api.types.is_datetime64_dtype(cells.dtype):
        midnight = bool((cells.isna() | (cells == cells.dt.normalize())).all())
        return cells.dt.strftime("%Y-%m-%d") if midnight else _iso(cells).mask(cells.isna())
    if pd.api.types.is_bool_dtype(cells.dtype):
        return cells.map({True: "true", False: "false"}, na_action="ignore").astype("str")
    return cells


def _iso(times: pd.Series) -> pd.Series:
    whole = bool((times.dt.microsecond.fillna(0) == 0).all())
    texts = np.datetime_as_string(
        times.to_numpy(dtype="datetime64[us]"), unit="s" if whole else "us"
    )
    return pd.Series(texts, index=times.index).astype("str")
