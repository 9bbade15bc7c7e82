"""``what_if``: what other waits would change, before they are saved.

A field's follow-ups are looked at once: how many business days each came after the first day that
any wait would allow. Every other choice of waits is then answered by looking up sums, so that a
slider's move costs the same for a hundred interviews as for a million.
"""

from typing import Any

import numpy as np
import pandas as pd

from coachkit import errors, terms
from coachkit._columns import microseconds
from coachkit._events import Scene
from coachkit._tried_past import LIMITS, Past, clocks_of_row, verdicts_now
from coachkit._tried_today import Today
from coachkit.caseload import Caseload
from coachkit.policy import Policy

__all__ = ["ENOUGH", "LIMITS", "WhatIf", "tuned", "what_if"]

#: Under how many follow-ups a comparison says too little (follow-up rules §5).
ENOUGH = 10


def tuned(policy: Policy, field: str, *, at: object, **spans: int) -> Policy:
    """The policy in which one field had, all along, the waits in force at ``at`` with some changed.

    Parameters
    ----------
    policy
        Whose other fields stay as they are.
    field
        A field's name, or ``default``. One without rows of its own begins from the default's.
    at
        The instant whose row is the field's present one.
    spans
        Columns of the policy and what they are to be: days, weeks or a count.

    Raises
    ------
    CoachkitError
        As for ``Policy``: a span is below zero or beyond all measure.

    Examples
    --------
    >>> import coachkit as ck
    >>> patient = tuned(ck.Policy.default(), "Sales", at="2026-11-04T15:00:00Z", wait_days=10)
    >>> patient.row("Sales", at="2020-01-01T00:00:00Z")["wait_days"]
    10
    """
    row = policy.row(field, at=at) | spans | {"field": field, "effective_from": pd.NaT}  # type: ignore[arg-type]
    others = policy.table[policy.table["field"] != field]
    return Policy(pd.concat([others, _one_row(row, others)], ignore_index=True))


def what_if(caseload: Caseload, policy: Policy, field: str, *, as_of: object) -> "WhatIf":
    """Get ready to say what other waits would change for one field.

    Parameters
    ----------
    caseload, policy
        What is followed, and the waits by which it is judged now.
    field
        The field to tune, or ``default`` for all that have no rows of their own.
    as_of
        The instant as of which everything is seen (aware datetime, Timestamp or ISO text).

    Returns
    -------
    WhatIf
        Ask it for ``judged`` and ``moves``, as often as a slider moves.

    Raises
    ------
    NaiveTime, UnreadableValue
        ``as_of`` has no time zone or is no time.
    OutOfRange
        The field's present waits are longer than ``LIMITS``.

    Examples
    --------
    >>> import coachkit as ck
    >>> asked = what_if(
    ...     ck.Caseload.empty(), ck.Policy.default(), "Sales", as_of="2026-11-04T15:00:00Z"
    ... )
    >>> asked.now["wait_days"], len(asked.judged(wait_days=10)), len(asked.moves(wait_days=10))
    (3, 0, 0)
    """
    return WhatIf(caseload, policy, field, as_of=as_of)


class WhatIf:
    """One field's follow-ups, ready to be judged by any waits; made by ``what_if``.

    Attributes
    ----------
    field : str
        The field.
    now : dict
        The spans of ``LIMITS`` as they are in force for it as of the instant asked about.
    """

    def __init__(self, caseload: Caseload, policy: Policy, field: str, *, as_of: object) -> None:
        instant = microseconds(as_of, "as_of")
        self.field = field
        row = policy.row(field, at=as_of)  # type: ignore[arg-type]
        self.now = {name: int(row[name]) for name in LIMITS}  # type: ignore[call-overload]
        self._within_limits(self.now)
        # Every clock that any of the waits could grade, in a calendar that reaches far enough.
        widest = LIMITS | {"max_unanswered": terms.LONGEST_SPAN}
        open_policy = tuned(policy, field, at=as_of, **widest)
        scene = Scene(caseload, open_policy, instant)
        number = int(np.flatnonzero((scene.versions.table["field"] == field).to_numpy())[0])
        present = Scene(caseload, policy, instant)
        self._scene = scene
        self._past = Past(scene, clocks_of_row(scene, number, running=False), verdicts_now(present))
        self._today = Today(scene, clocks_of_row(scene, number, running=True), present)

    def judged(self, **spans: int) -> pd.DataFrame:
        """Count how the past follow-ups would have been judged, had these waits held all along.

        Parameters
        ----------
        spans
            Any of ``LIMITS``; what is not named stays as it is now.

        Returns
        -------
        DataFrame
            One row per pair of verdicts that occurs: now, then (``terms.VERDICTS``, and ``not
            graded`` where no follow-up was due), follow_ups (how many). Clocks that still run are
            not among them: see ``moves``. Ordered by now and then; no follow-ups, no rows.

        Raises
        ------
        OutOfRange
            A span is none of ``LIMITS``, below zero or beyond its limit.
        """
        return self._past.judged(self._asked(spans))

    def moves(self, **spans: int) -> pd.DataFrame:
        """List which of today's follow-ups and let-gos these waits would move.

        Returns
        -------
        DataFrame
            One row per open opportunity of an active client whose action, urgency or day would be
            another: client_id, client, opportunity_id, employer, role, began_at (when its clock
            began: a wait that is saved from a later day on leaves it as it is), now_action
            (``follow_up``, ``let_go`` or ``nothing``), now_urgency (``terms.URGENCIES`` or
            ``none``), now_due_on, then_action, then_urgency, then_due_on. By the earlier day, then
            by client.

        Raises
        ------
        OutOfRange
            A span is none of ``LIMITS``, below zero or beyond its limit.
        """
        return self._today.moves(self._asked(spans))

    def _asked(self, spans: dict[str, int]) -> dict[str, int]:
        self._within_limits(spans)
        return self.now | {name: int(value) for name, value in spans.items()}

    def _within_limits(self, spans: dict[str, int]) -> None:
        for name, value in spans.items():
            if name not in LIMITS:
                raise errors.OutOfRange(
                    f"{errors.quoted(name)} cannot be tried out. Try {errors.listed(LIMITS)}."
                )
            if not 0 <= value <= LIMITS[name]:
                raise errors.OutOfRange(
                    f"{self.field}: {name} = {errors.shown(value)} cannot be tried out. "
                    f"Choose 0 to {LIMITS[name]}."
                )


def _one_row(row: dict[str, Any], like: pd.DataFrame) -> pd.DataFrame:
    names = list(dict.fromkeys([*(column.name for column in terms.POLICY), *like.columns]))
    return pd.DataFrame({name: [row.get(name)] for name in names}, dtype=object)
