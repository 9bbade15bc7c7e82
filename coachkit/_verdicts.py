"""The verdicts as numbers, and the one that stands for "it may not have been written down"."""

import numpy as np

from coachkit import terms
from coachkit._arrays import Array, replaced

#: Each verdict's number: its place in ``terms.VERDICTS``.
VERDICT = {word: np.int8(number) for number, word in enumerate(terms.VERDICTS)}
#: Unknown is not missed: before ``tracked_since`` it may have been done and not written down.
_UNRECORDED: Array = np.isin(
    np.arange(len(VERDICT)), [VERDICT[word] for word in ("missed", "overdue", "late")]
)


def unless_unrecorded(verdict: Array, before_tracking: Array) -> Array:
    """The verdicts, unknown where the deadline lay before tracking began (rules §4)."""
    before = np.flatnonzero(before_tracking)
    unrecorded = np.flatnonzero(_UNRECORDED.take(verdict.take(before)))
    return replaced(verdict, before.take(unrecorded), VERDICT["unknown"])
