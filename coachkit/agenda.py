"""Duties → what to do, each with its reason (follow-up rules §6): ``plan`` and ``explain``."""

from typing import Any

import numpy as np
import pandas as pd

from coachkit import terms
from coachkit._arrays import DAY, NOT_A_TIME
from coachkit._columns import microseconds
from coachkit._events import Scene
from coachkit._items import AHEAD_DAYS as AHEAD_DAYS
from coachkit._items import DEBRIEF_DAYS as DEBRIEF_DAYS
from coachkit._items import Item, opportunity_items, quiet_clients, rows
from coachkit._own_days import with_pins
from coachkit._own_reasons import OwnReasons
from coachkit.caseload import Caseload
from coachkit.clocks import followed, grade, thanked
from coachkit.policy import Policy

_WORDS = pd.StringDtype(na_value=np.nan)  # the dtype "str"
_COLUMNS: dict[str, Any] = {  # the dtype of each; of times, their zone
    "urgency": pd.CategoricalDtype(list(terms.URGENCIES)),
    "action": pd.CategoricalDtype(list(terms.ACTIONS)),
    "due_on": None,
    "due_at": "UTC",
    "client_id": pd.Int64Dtype(),
    "client": _WORDS,
    "opportunity_id": pd.Int64Dtype(),
    "employer": _WORDS,
    "role": _WORDS,
    "interview_id": pd.Int64Dtype(),
    "channel": pd.CategoricalDtype(list(terms.CHANNELS)),
    "reason": _WORDS,
}


def plan(caseload: Caseload, policy: Policy, *, as_of: object) -> pd.DataFrame:
    """List what is to be done, most pressing first, each with the reason in one plain sentence.

    Parameters
    ----------
    caseload, policy
        What is followed, and the waits by which it is planned. Only active clients are planned for.
    as_of
        The instant for which it is planned (aware datetime, Timestamp or ISO text).

    Returns
    -------
    DataFrame
        One row per thing to do: urgency (``overdue``, ``today``, ``this_week``: within 7 days,
        ``later``), action (``terms.ACTIONS``), due_on (local day), due_at (the instant where one
        counts: a thank-you's deadline, an interview's time; else null), client_id, client,
        opportunity_id, employer, role, interview_id, channel (of a follow-up), reason. Ids and
        words are null where a row is not about one. In order of urgency; within it an employer's
        question first, then thank-yous, then promised days that have passed, then plain waits,
        then the rest; then by day and client. An empty caseload gives no rows.

    Raises
    ------
    NaiveTime, UnreadableValue
        ``as_of`` has no time zone or is no time.

    Notes
    -----
    Follow-up rules §6. A follow-up or thank-you that may still go out in time is ``today``, however
    long its window; so are a let-go and a word with the client. Of what is held, only what cannot
    wait is asked for, and one row stands under the day until which it is held; a pinned follow-up
    stands under its pin (§9).

    Examples
    --------
    >>> import coachkit as ck
    >>> agenda = ck.plan(ck.Caseload.empty(), ck.Policy.default(), as_of="2026-11-04T15:00:00Z")
    >>> agenda.empty
    True
    """
    scene = Scene(caseload, policy, microseconds(as_of, "as_of"))
    status = caseload.clients["status"].astype(object)
    active = (status.isna() | (status == "active")).to_numpy(dtype=bool)
    items = [item for item in opportunity_items(scene) if active[scene.client[item["number"]]]]
    items += quiet_clients(scene, items)
    return _frame(scene, items)


def explain(caseload: Caseload, policy: Policy, *, as_of: object) -> pd.DataFrame:
    """Say for every duty, in one plain sentence, where its dates come from and how it was judged.

    Returns
    -------
    DataFrame
        The rows and columns of ``grade``, and reason. It writes a sentence a row: meant for one
        client or a few, not for a hundred thousand.

    Notes
    -----
    Parameters and errors as for ``grade``; follow-up rules §3 and §4. Where the coach holds an
    opportunity or pinned its follow-up (§9), the running clock's reason says so.
    """
    scene = Scene(caseload, policy, microseconds(as_of, "as_of"))
    reasons = OwnReasons(scene)
    for_visits: list[str] = []
    graded: list[str] = []
    for thanks in thanked(scene):
        for one in rows(vars(thanks)):
            done_on = reasons.day_of(one.note, one.opportunity) if one.note >= 0 else None
            for_visits.append(reasons.thank_you(one, terms.VERDICTS[one.verdict], done_on))
    for clocks in followed(scene):
        for clock in rows(with_pins(scene, clocks.facts())):
            graded.append(reasons.graded_follow_up(clock, terms.VERDICTS[clock.verdict]))
    duties = grade(caseload, policy, as_of=as_of)
    return duties.assign(reason=pd.Series(for_visits + graded, dtype="str"))


def _frame(scene: Scene, items: list[Item]) -> pd.DataFrame:
    """The rows in order, in the columns and dtypes of the public face."""
    clients = scene.caseload.clients
    opportunities = scene.caseload.opportunities
    names, ids = clients["name"].to_list(), clients["client_id"].to_list()
    employers, roles = opportunities["employer"].to_list(), opportunities["role"].to_list()
    for item in items:
        if "number" in item:
            number = item["number"]
            row = scene.order[number]
            item |= {
                "client": scene.client[number],
                "opportunity_id": scene.ids[number],
                "employer": employers[row],
                "role": roles[row],
            }
        item["client_id"], item["client"] = ids[item["client"]], names[item["client"]]
        item["due_on"] = int(item["due_on"]) * DAY
    items = sorted(items, key=_pressing_first)
    return pd.DataFrame({name: _column(name, items, kind) for name, kind in _COLUMNS.items()})


def _pressing_first(item: Item) -> tuple[Any, ...]:
    return (
        terms.URGENCIES.index(item["urgency"]),
        item["rank"],
        item["due_on"],
        item["client"],
        item["client_id"],
        item.get("opportunity_id", 0),
        item.get("interview_id", 0),
    )


def _column(name: str, items: list[Item], dtype: Any) -> Any:
    values = [item.get(name) for item in items]
    if isinstance(dtype, pd.CategoricalDtype):
        codes = dtype.categories.get_indexer(pd.Index(values, dtype=object))
        return pd.Categorical.from_codes(codes, dtype=dtype)
    if name in ("due_on", "due_at"):
        times = [NOT_A_TIME if value is None else int(value) for value in values]
        return pd.DatetimeIndex(np.array(times, dtype=np.int64).view("M8[us]"), tz=dtype)
    return pd.array(values, dtype=dtype)
