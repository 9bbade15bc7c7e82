"""What may not be told to a sponsor: counts so small that a person could be told from them.

A count under five is withheld. A withheld count could be worked out from a total and its other
parts, so that more is withheld until at least two rows are, and together they count five or more.
"""

from typing import Any

import numpy as np

#: No count below this is told to those who may not know whom it counts.
SMALLEST = 5

Array = np.ndarray[Any, Any]


def withheld(parts: Array, already: Array | None = None) -> Array:
    """Say which rows of a table that adds up may not be told.

    Parameters
    ----------
    parts
        Whole numbers, a row a group and a column a part that adds up over the rows, such as what
        was kept and what was not.
    already
        Rows that are withheld for another reason.

    Returns
    -------
    Array
        A flag a row: true where any part is under five or the row was withheld already, and for as
        many of the smallest other rows as keep those from being worked out.

    Examples
    --------
    >>> withheld(np.array([[30], [3], [12], [8]])).tolist()
    [False, True, False, True]
    >>> withheld(np.array([[30], [12]])).tolist()
    [False, False]
    """
    hidden: Array = np.any(parts < SMALLEST, axis=1)
    if already is not None:
        hidden = hidden | already
    smallest_first = np.argsort(parts.sum(axis=1), kind="stable")
    for row in smallest_first:
        if not hidden.any() or not _could_be_worked_out(parts, hidden):
            break
        hidden[row] = True
    return hidden


def _could_be_worked_out(parts: Array, hidden: Array) -> bool:
    """Whether the total less what is told gives one row away, or a small sum."""
    return bool(hidden.sum() < 2 or (parts[hidden].sum(axis=0) < SMALLEST).any())


def total_in_words(kept: int, of: int) -> str | None:
    """A share of all, unless it or what is missing of it is too small; None where it is.

    Examples
    --------
    >>> total_in_words(25, 40), total_in_words(38, 40), total_in_words(2, 40), total_in_words(2, 4)
    ('25 of 40', 'all but under 5 of 40', 'under 5 of 40', None)
    """
    if of < SMALLEST:
        return None
    if of - kept < SMALLEST <= kept:
        return f"all but under {SMALLEST} of {of}"
    return f"{kept} of {of}" if kept >= SMALLEST else f"under {SMALLEST} of {of}"
