"""Events → clocks → duties and verdicts (follow-up rules §3 and §4): ``grade`` and ``states``."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from coachkit import terms
from coachkit._arrays import DAY, NEVER, NO_DAY, NOT_A_TIME
from coachkit._columns import microseconds
from coachkit._events import Scene, Stream
from coachkit._follow_ups import Clocks, follow_up_clocks
from coachkit._frames import Duties
from coachkit._own_days import holds, pinned
from coachkit._thank_yous import ThankYous, thank_yous
from coachkit.caseload import Caseload
from coachkit.policy import Policy


def grade(caseload: Caseload, policy: Policy, *, as_of: object) -> pd.DataFrame:
    """Judge every thank-you and every follow-up: what was due when, what was done, how it stands.

    Parameters
    ----------
    caseload, policy
        What is followed, and the waits by which it is judged.
    as_of
        The instant as of which everything is seen (aware datetime, Timestamp or ISO text).

    Returns
    -------
    DataFrame
        One row per duty: the thank-you of every interview held, then every follow-up clock that
        is graded; each in the order of opportunity and time. Columns: duty (``thank_you``,
        ``follow_up``), client_id, coach, opportunity_id, field, interview_id (the visit thanked
        for), contact_id and done_at (the note; the outbound contact that ended the clock),
        started_at (instant), ready_on, due_on, until_on (local days: not before, first business
        day, last day on time), deadline_at (instant), let_go_on (local day), unanswered
        (follow-ups without an answer so far), ended_by (``terms.ENDINGS``, null while it runs),
        verdict (``terms.VERDICTS``). Null where a column does not apply. An empty caseload gives
        no rows. ``attrs["graded"]`` carries what rates need beside the rows.

    Raises
    ------
    NaiveTime, UnreadableValue
        ``as_of`` has no time zone or is no time.

    Notes
    -----
    Follow-up rules §3 and §4.

    Examples
    --------
    >>> import coachkit as ck
    >>> duties = ck.grade(ck.Caseload.empty(), ck.Policy.default(), as_of="2026-11-04T15:00:00Z")
    >>> len(duties)
    0
    """
    scene = Scene(caseload, policy, microseconds(as_of, "as_of"))
    duties = Duties(scene)
    for stream in scene.streams():
        duties.add_thank_yous(thank_yous(scene, stream))
        for part in stream.parts():
            duties.add_follow_ups(follow_up_clocks(scene, part, running=False))
    return duties.frame()


def states(caseload: Caseload, policy: Policy, *, as_of: object) -> pd.DataFrame:
    """Say where every opportunity stands.

    Returns
    -------
    DataFrame
        One row per opportunity, in the order of their ids: opportunity_id, client_id, field, state
        (``terms.STATES``), due_on (local day of what the state asks for: the follow-up, the answer
        owed; the day until which it is held; else null), let_go_on (local day; null unless a clock
        runs).

    Notes
    -----
    Follow-up rules §4, its last paragraph, and §9. Parameters and errors as for ``grade``.
    """
    scene = Scene(caseload, policy, microseconds(as_of, "as_of"))
    clocks = running(scene)
    state = np.array(terms.OUTCOMES, dtype=object)[scene.outcome]
    is_open = ~scene.ended
    state[is_open & (scene.first_held == NEVER)] = "new"
    due_on = np.full(len(scene), NOT_A_TIME)
    let_go_on = due_on.copy()
    which = clocks["opportunity"].to_numpy()
    state[which] = clocks["state"]
    due_on[which] = clocks["state_due_on"]
    let_go_on[which] = clocks["let_go_on"].to_numpy().astype(np.int64) * DAY
    state[is_open & scene.scheduled] = "scheduled"
    due_on[scene.scheduled] = let_go_on[scene.scheduled] = NOT_A_TIME
    return pd.DataFrame(
        {
            "opportunity_id": pd.array(scene.ids, dtype="Int64"),
            "client_id": pd.array(scene.client_id, dtype="Int64"),
            "field": caseload.opportunities["field"].array[scene.order],
            "state": pd.Categorical(state, categories=list(terms.STATES)),
            "due_on": due_on.view("M8[us]"),
            "let_go_on": let_go_on.view("M8[us]"),
        }
    )


def running(scene: Scene) -> pd.DataFrame:
    """The clock that runs for each open opportunity with an interview held.

    Returns
    -------
    DataFrame
        One row per such opportunity: the fields of ``Clocks`` and of ``with_pins``, as the coach's
        pins have them; hold_until (NO_DAY where it is not held), asked_on (local day of the contact
        that is owed an answer), answer_on (the next business day), state and state_due_on
        (microseconds) as ``states`` has them.
    """
    found = [clocks.facts() for clocks in followed(scene, running=True)]
    facts = pd.concat(found, ignore_index=True) if found else _clocks_of_nothing(scene)
    facts = pinned(scene, facts)
    number = facts["opportunity"].to_numpy()
    asked = scene.at.take(facts["asking_event"].to_numpy())
    facts["asked_on"] = scene.days.of(asked, scene.zone_row.take(number))
    answer_rank = scene.business.rank(
        facts["asked_on"].to_numpy() + 1, scene.calendar_row.take(number)
    )
    facts["answer_on"] = scene.business.day(answer_rank)
    verdict = np.array(terms.VERDICTS, dtype=object)[facts["dated_verdict"].to_numpy()]
    stands = np.isin(verdict.astype(str), ["waiting", "due", "overdue"]) & facts["duty"].to_numpy()
    gone = (facts["ended_on"] >= facts["let_go_on"]).to_numpy()
    owed = facts["owed"].to_numpy()
    hold_until = holds(scene).take(number)
    held = hold_until != NO_DAY
    facts["hold_until"] = hold_until
    facts["state"] = np.select(
        [held, owed, stands, gone], ["held", "answer", verdict, "let_go"], default="holding"
    )
    day = np.select([held, owed], [hold_until, facts["answer_on"]], facts["due_on"])
    facts["state_due_on"] = np.where(held | owed | stands, day.astype(np.int64) * DAY, NOT_A_TIME)
    return facts


def _clocks_of_nothing(scene: Scene) -> pd.DataFrame:
    none = np.empty(0, dtype=np.int64)
    stream = Stream(none, none, none, none.astype(np.uint8), none)
    return follow_up_clocks(scene, stream, running=True).facts()


def thanked(scene: Scene) -> Iterator[ThankYous]:
    """Every thank-you duty, some opportunities at a time."""
    return (thank_yous(scene, stream) for stream in scene.streams())


def followed(scene: Scene, *, running: bool = False) -> Iterator[Clocks]:
    """Every graded, or running, clock; some opportunities at a time."""
    for stream in scene.streams():
        for part in stream.parts():
            yield follow_up_clocks(scene, part, running=running)
