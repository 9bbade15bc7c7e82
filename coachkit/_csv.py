"""CSV as the public face has it: UTF-8, ISO instants with offset, ISO days, true/false, empty for null."""

import warnings
from pathlib import Path

import numpy as np
import pandas as pd

from coachkit import errors


def read_csv(path: Path) -> pd.DataFrame:
    """Every cell as the text that stands in the file; an empty one is null.

    Raises
    ------
    UnreadableFile
        It is not there, not UTF-8, or a row has more cells than the header.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            cells = pd.read_csv(
                path, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8-sig"
            )
    except pd.errors.EmptyDataError:
        raise errors.UnreadableFile(
            f"{path.name} is empty. Give it at least a row of column names."
        ) from None
    except (pd.errors.ParserError, pd.errors.ParserWarning) as error:
        raise errors.UnreadableFile(
            f"{path.name} is no regular CSV ({_brief(error)}). Every row needs as many cells as "
            f"the header; put texts with commas in double quotes."
        ) from error
    except UnicodeDecodeError as error:
        raise errors.UnreadableFile(
            f"{path.name} is not UTF-8. Save it again as 'CSV UTF-8'."
        ) from error
    except OSError as error:
        raise errors.UnreadableFile(f"{path.name} cannot be read: {error.strerror}.") from error
    if not isinstance(cells.index, pd.RangeIndex):
        raise errors.UnreadableFile(
            f"{path.name} has more cells in its rows than in its header. Give every column a name."
        )
    return cells


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write ``frame`` so that ``read_csv`` and the column kinds give every value back."""
    written(frame).to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def written(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its instants, days and flags as the texts that go into the file."""
    return pd.DataFrame({name: _written(frame[name]) for name in frame.columns})


def _brief(error: Exception) -> str:
    return str(error).strip().split("\n")[0].removeprefix("Error tokenizing data. C error: ")


def _written(cells: pd.Series) -> pd.Series:
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        return iso_instants(cells)
    if pd.api.types.is_datetime64_dtype(cells.dtype):
        return cells.dt.strftime("%Y-%m-%d")
    if pd.api.types.is_bool_dtype(cells.dtype):
        return cells.map({True: "true", False: "false"}, na_action="ignore").astype("str")
    return cells


def iso_instants(instants: pd.Series) -> pd.Series:
    """Instants as ``2026-02-02T15:00:00+00:00``, with a fraction only where there is one."""
    utc = instants.dt.tz_convert("UTC").dt.tz_localize(None)
    whole = bool((utc.dt.microsecond.fillna(0) == 0).all())
    texts = np.datetime_as_string(utc.to_numpy(dtype="datetime64[us]"), unit="s" if whole else "us")
    zoned = pd.Series(texts, index=instants.index).astype("str") + "+00:00"
    return zoned.mask(instants.isna())
