"""``timeline``: what happened between a client and each employer, and when to follow up."""

import pandas as pd

from coachkit import terms
from coachkit._arrays import DAY, NO_DAY
from coachkit._columns import microseconds
from coachkit._events import Scene
from coachkit.caseload import Caseload
from coachkit.clocks import grade, running
from coachkit.policy import Policy

#: What an event of a timeline can be.
MARKS = (
    "interview",
    "planned",
    "thank_you",
    "follow_up",
    "answer",
    "other",
    "card",
    "reply",
    "outcome",
)
#: No window to show: it was not needed, was taken over by another contact, or had not come when
#: the follow-up did.
_WITHOUT_WINDOW = ("superseded", "not_needed", "too_soon", "too_many")
#: Verdicts on a contact that are worth saying beside it.
_SAID = ("on_time", "late", "too_soon", "too_many")
_EVENTS = ("client_id", "opportunity_id", "opportunity", "at", "on", "mark", "detail")
_WINDOWS = ("opportunity_id", "opportunity", "due_on", "until_on", "verdict", "hold_until")


def timeline(
    caseload: Caseload, policy: Policy, *, as_of: object
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lay out what happened with each employer, and when a follow-up was or is due.

    Parameters
    ----------
    caseload, policy
        What is followed, normally ``caseload.subset(client)``, and the waits by which it is judged.
    as_of
        The instant as of which everything is seen (aware datetime, Timestamp or ISO text).

    Returns
    -------
    events : DataFrame
        One row per interview held or planned, contact and outcome, in the order of opportunity and
        time: client_id, opportunity_id, opportunity (``employer · role``), at (instant), on (its
        local day in the client's zone), mark (``MARKS``; a card sent is ``card``, whatever it
        said, and every inbound contact ``reply``), detail (a few words: which interview, the
        channel, how it was judged). An outcome whose day is unknown has null in at and on, and
        comes last.
        Cancelled interviews, and contacts and outcomes after ``as_of``, are left out.
    windows : DataFrame
        One row per follow-up that was or is to be sent, in the order of opportunity and day:
        opportunity_id, opportunity, due_on, until_on (local days, both within the window), verdict
        (``terms.VERDICTS``, or ``held`` while the coach holds it), hold_until (local day; null
        where it is not held). A pinned follow-up's window is the pinned one. Clocks that were not
        needed or superseded are left out, and those whose follow-up came before its window did: the
        event's detail says so.

        Both are empty, with their columns, for an empty caseload.

    Raises
    ------
    NaiveTime, UnreadableValue, OutOfRange
        ``as_of`` has no time zone, is no time, or lies in no sensible year.

    Notes
    -----
    Follow-up rules §3, §4 and §9.

    Examples
    --------
    >>> import coachkit as ck
    >>> from coachkit.timeline import timeline
    >>> events, windows = timeline(
    ...     ck.Caseload.empty(), ck.Policy.default(), as_of="2026-11-04T15:00:00Z"
    ... )
    >>> len(events), len(windows)
    (0, 0)
    """
    duties = grade(caseload, policy, as_of=as_of)
    now = pd.Timestamp(as_of)  # type: ignore[arg-type]
    whose = _whose(caseload)
    rows = [
        _interviews(caseload, now),
        _contacts(caseload, duties, now),
        _outcomes(caseload, now),
    ]
    events = pd.concat(rows, ignore_index=True).merge(whose, on="opportunity_id")
    events["on"] = _local_days(events)
    events["mark"] = pd.Categorical(events["mark"], categories=list(MARKS))
    events = events.sort_values(["opportunity_id", "at", "mark"], kind="stable", ignore_index=True)
    own = _own_windows(caseload, policy, as_of)
    return events[list(_EVENTS)], _windows(duties, own, whose)


def _whose(caseload: Caseload) -> pd.DataFrame:
    """Name each opportunity, its client and the client's zone."""
    table = caseload.opportunities
    return pd.DataFrame(
        {
            "opportunity_id": table["opportunity_id"],
            "client_id": table["client_id"],
            "opportunity": (table["employer"] + " · " + table["role"]).astype("str"),
        }
    ).merge(caseload.clients[["client_id", "timezone"]], on="client_id")


def _interviews(caseload: Caseload, now: pd.Timestamp) -> pd.DataFrame:
    visits = caseload.interviews
    visits = visits[~visits["cancelled"].fillna(False).astype(bool)]
    visits = visits.sort_values(["held_at", "interview_id"])
    number = visits.groupby("opportunity_id").cumcount() + 1
    held = visits["held_at"] <= now
    return pd.DataFrame(
        {
            "opportunity_id": visits["opportunity_id"],
            "at": visits["held_at"],
            "mark": held.map({True: "interview", False: "planned"}).astype("str"),
            "detail": "interview " + number.astype("str"),
        }
    )


def _contacts(caseload: Caseload, duties: pd.DataFrame, now: pd.Timestamp) -> pd.DataFrame:
    touches = caseload.contacts
    touches = touches[touches["at"] <= now].sort_values(["at", "contact_id"])
    channel = touches["channel"].astype("str")
    mark = touches["kind"].astype("str")
    card = channel.eq("card") & touches["direction"].eq("out")
    asks = touches["needs_answer"].fillna(False).astype(bool) & touches["direction"].eq("in")
    judged = _judged(duties).reindex(touches["contact_id"], fill_value="").set_axis(touches.index)
    return pd.DataFrame(
        {
            "opportunity_id": touches["opportunity_id"],
            "at": touches["at"],
            "mark": mark.mask(card, "card"),
            "detail": channel
            + judged.mask(card, "")
            + asks.map({True: ", asks for something", False: ""}).astype("str"),
        }
    )


def _judged(duties: pd.DataFrame) -> pd.Series:
    """Say how thank-yous and follow-ups were judged, by contact; of several the first verdict."""
    own = duties["duty"].eq("thank_you") | duties["ended_by"].eq("follow_up")
    judged = duties[own & duties["verdict"].isin(_SAID) & duties["contact_id"].notna()]
    verdict = judged.drop_duplicates("contact_id").set_index("contact_id")["verdict"]
    return ", " + verdict.astype("str").str.replace("_", " ")


def _outcomes(caseload: Caseload, now: pd.Timestamp) -> pd.DataFrame:
    """List the outcomes as of ``now``, less the presumed ones that were undone (rules §3)."""
    table = caseload.opportunities
    at = table["outcome_at"]
    there = table["outcome"].ne("open") & (at.isna() | (at <= now))
    let_go = there & table["outcome"].eq("let_go")
    heard = _last_heard(caseload, now, planned_only=False)
    planned = _last_heard(caseload, now, planned_only=True)
    dated_undone = _looked_up(heard, table["opportunity_id"]) > at
    undated_undone = at.isna() & (_looked_up(planned, table["opportunity_id"]) > now)
    ended = table[there & ~(let_go & (dated_undone | undated_undone))]
    return pd.DataFrame(
        {
            "opportunity_id": ended["opportunity_id"],
            "at": ended["outcome_at"],
            "mark": "outcome",
            "detail": ended["outcome"].astype("str").str.replace("_", " "),
        }
    )


def _last_heard(caseload: Caseload, now: pd.Timestamp, *, planned_only: bool) -> pd.Series:
    """Find the last interview, held or planned, or (but for cards) reply of each opportunity."""
    visits = caseload.interviews
    visits = visits[~visits["cancelled"].fillna(False).astype(bool)]
    heard = visits[["opportunity_id", "held_at"]].rename(columns={"held_at": "at"})
    if not planned_only:
        touches = caseload.contacts
        replies = (
            touches["direction"].eq("in") & touches["channel"].ne("card") & (touches["at"] <= now)
        )
        heard = pd.concat([heard, touches.loc[replies, ["opportunity_id", "at"]]])
    return heard.groupby("opportunity_id")["at"].max()


def _looked_up(values: pd.Series, ids: pd.Series) -> pd.Series:
    """Find the value of each id, null where it has none."""
    return values.reindex(ids).set_axis(ids.index)


def _local_days(events: pd.DataFrame) -> pd.Series:
    days = pd.Series(pd.NaT, index=events.index, dtype="datetime64[us]")
    for zone, at in events["at"].groupby(events["timezone"], observed=True):
        days[at.index] = at.dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()
    return days


def _own_windows(caseload: Caseload, policy: Policy, as_of: object) -> pd.DataFrame:
    """Find the windows that the coach held or pinned, by opportunity (rules §9)."""
    set_days = caseload.opportunities[["hold_until", "follow_up_on"]]
    if set_days.isna().all(axis=None):
        return pd.DataFrame()
    scene = Scene(caseload, policy, microseconds(as_of, "as_of"))
    clocks = running(scene)
    clocks.index = pd.Index(scene.ids[clocks["opportunity"]])
    held, pinned = clocks["hold_until"] != NO_DAY, clocks["pin_on"] != NO_DAY
    clocks = clocks[clocks["duty"] & (held | pinned)]
    verdict = clocks["dated_verdict"].map(dict(enumerate(terms.VERDICTS)))
    return pd.DataFrame(
        {
            "due_on": _as_days(clocks["due_on"]),
            "until_on": _as_days(clocks["until_on"]),
            "verdict": verdict.mask(held, "held"),
            "hold_until": _as_days(clocks["hold_until"]).where(held),
        }
    )


def _as_days(numbers: pd.Series) -> pd.Series:
    days = (numbers.to_numpy(dtype="int64") * DAY).view("M8[us]")
    return pd.Series(days, index=numbers.index)


def _windows(duties: pd.DataFrame, own: pd.DataFrame, whose: pd.DataFrame) -> pd.DataFrame:
    shown = duties["duty"].eq("follow_up") & ~duties["verdict"].isin(_WITHOUT_WINDOW)
    windows = duties[shown].merge(whose[["opportunity_id", "opportunity"]], on="opportunity_id")
    windows["verdict"] = windows["verdict"].astype(object)
    windows["hold_until"] = pd.Series(pd.NaT, index=windows.index, dtype="datetime64[us]")
    mine = windows.index[windows["ended_by"].isna() & windows["opportunity_id"].isin(own.index)]
    for name in ("due_on", "until_on", "verdict", "hold_until") if len(mine) else ():
        windows.loc[mine, name] = own[name].loc[windows.loc[mine, "opportunity_id"]].to_numpy()
    windows["verdict"] = pd.Categorical(windows["verdict"], categories=[*terms.VERDICTS, "held"])
    ordered = windows.sort_values(["opportunity_id", "due_on"], kind="stable", ignore_index=True)
    return ordered[list(_WINDOWS)].copy()
