"""The timeline's frames: what happened, on which local day, and when a follow-up was due."""

from datetime import datetime
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import coachkit as ck
from coachkit import terms
from coachkit._columns import microseconds
from coachkit._events import Scene
from coachkit.timeline import MARKS, timeline
from tests.random_caseloads import Record, Tables, as_caseload, as_policy, random_caseload

AS_OF = "2026-03-31T16:00:00Z"
#: Accounting waits seven days, then two business days are on time (rules §2).
POLICY = ck.Policy(pd.DataFrame([{"field": "default", "wait_days": 7}]))
ZONES = ("America/New_York", "Pacific/Auckland")
SHOWN = {"on_time", "late", "missed", "overdue", "due", "waiting", "unknown"}

Case = tuple[Tables, list[Record], datetime]
cases = st.integers(min_value=0, max_value=2**32).map(lambda seed: random_caseload(Random(seed)))
some = settings(max_examples=25, deadline=None)


def at(text: str) -> pd.Timestamp:
    return pd.Timestamp(text, tz="UTC")


def interview(number: int, when: str, **more: Any) -> dict[str, Any]:
    return {"interview_id": number, "opportunity_id": 1, "held_at": at(when), **more}


def contact(number: int, when: str, kind: str, **more: Any) -> dict[str, Any]:
    told = {"direction": "in" if kind == "reply" else "out", "channel": "email"}
    return {"contact_id": number, "opportunity_id": 1, "at": at(when), "kind": kind, **told, **more}


def caseload(
    interviews: list[dict[str, Any]],
    contacts: list[dict[str, Any]] = (),  # type: ignore[assignment]
    *,
    outcome: str = "open",
    outcome_at: str | None = None,
    timezone: str = "America/New_York",
) -> ck.Caseload:
    client = {"client_id": 7, "name": "Ann Lee", "timezone": timezone}
    opportunity = {
        "opportunity_id": 1,
        "client_id": 7,
        "employer": "Acme",
        "role": "Auditor",
        "field": "Accounting",
        "outcome": outcome,
        "outcome_at": at(outcome_at) if outcome_at else None,
    }
    return ck.Caseload(
        clients=pd.DataFrame([client]),
        opportunities=pd.DataFrame([opportunity]),
        interviews=pd.DataFrame(
            interviews, columns=[column.name for column in terms.INTERVIEWS], dtype=object
        ),
        contacts=pd.DataFrame(
            list(contacts), columns=[column.name for column in terms.CONTACTS], dtype=object
        ),
    )


def told(frame: pd.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    return list(frame[list(names)].astype(object).itertuples(index=False, name=None))


def test_an_event_stands_on_the_local_day_of_the_client() -> None:
    """Half past three in the morning in UTC is still the evening before in New York."""
    events, _ = timeline(caseload([interview(1, "2026-03-03 03:30")]), POLICY, as_of=AS_OF)
    assert told(events, "client_id", "opportunity_id", "opportunity", "on", "mark", "detail") == [
        (7, 1, "Acme · Auditor", pd.Timestamp("2026-03-02"), "interview", "interview 1")
    ]


def test_clients_of_several_zones_each_have_their_own_days() -> None:
    """One instant is two days where it must be."""
    here, there = (caseload([interview(1, "2026-03-03 03:30")], timezone=zone) for zone in ZONES)
    both = ck.Caseload(
        clients=pd.concat([here.clients, there.clients.assign(client_id=8)]),
        opportunities=pd.concat(
            [here.opportunities, there.opportunities.assign(opportunity_id=2, client_id=8)]
        ),
        interviews=pd.concat(
            [here.interviews, there.interviews.assign(interview_id=2, opportunity_id=2)]
        ),
        contacts=here.contacts,
    )
    events, _ = timeline(both, POLICY, as_of=AS_OF)
    assert [day.day for day in events["on"]] == [2, 3]


def test_every_kind_of_contact_has_its_mark() -> None:
    """What the client sends goes by its kind, what comes in is a reply."""
    contacts = [
        contact(1, "2026-03-02 20:00", "thank_you"),
        contact(2, "2026-03-03 20:00", "other", channel="text"),
        contact(3, "2026-03-04 20:00", "reply", needs_answer=True, channel="call"),
        contact(4, "2026-03-05 20:00", "answer"),
        contact(5, "2026-03-16 20:00", "follow_up", channel="call"),
    ]
    events, _ = timeline(
        caseload([interview(1, "2026-03-02 15:00")], contacts), POLICY, as_of=AS_OF
    )
    assert told(events, "mark", "detail") == [
        ("interview", "interview 1"),
        ("thank_you", "email, on time"),
        ("other", "text"),
        ("reply", "call, asks for something"),
        ("answer", "email"),
        ("follow_up", "call, on time"),  # seven days after the answer
    ]


def test_a_card_is_a_card_whatever_it_says() -> None:
    """By card the client sends a card; the employer's card is a reply."""
    contacts = [
        contact(1, "2026-03-03 20:00", "thank_you", channel="card"),
        contact(2, "2026-03-05 20:00", "follow_up", channel="card"),
        contact(3, "2026-03-06 20:00", "reply", channel="card"),
    ]
    events, _ = timeline(
        caseload([interview(1, "2026-03-02 15:00")], contacts), POLICY, as_of=AS_OF
    )
    assert told(events, "mark", "detail")[1:] == [
        ("card", "card"),
        ("card", "card"),
        ("reply", "card"),
    ]


@pytest.mark.parametrize(
    ("sent", "detail"),
    [
        ("2026-03-06 15:00", "email, too soon"),
        ("2026-03-09 15:00", "email, on time"),
        ("2026-03-11 15:00", "email, on time"),
        ("2026-03-12 15:00", "email, late"),
    ],
)
def test_a_follow_up_says_how_it_was_judged(sent: str, detail: str) -> None:
    """Seven days after Monday 2 March comes Monday 9 March; until Wednesday is on time."""
    contacts = [contact(1, sent, "follow_up")]
    events, _ = timeline(
        caseload([interview(1, "2026-03-02 15:00")], contacts), POLICY, as_of=AS_OF
    )
    assert events["detail"].iloc[-1] == detail


def test_a_follow_up_past_the_limit_says_too_many() -> None:
    """After two without an answer the third is too many."""
    contacts = [
        contact(number, f"2026-03-{day} 15:00", "follow_up")
        for number, day in ((1, "09"), (2, "16"), (3, "23"))
    ]
    events, windows = timeline(
        caseload([interview(1, "2026-03-02 15:00")], contacts), POLICY, as_of=AS_OF
    )
    assert events["detail"].tolist()[1:] == ["email, on time", "email, on time", "email, too many"]
    assert windows["verdict"].tolist() == ["on_time", "on_time"]


def test_interviews_ahead_are_planned_and_cancelled_ones_left_out() -> None:
    """They are numbered as they were held or will be."""
    visits = [
        interview(1, "2026-04-02 15:00"),
        interview(2, "2026-03-02 15:00"),
        interview(3, "2026-03-04 15:00", cancelled=True),
    ]
    events, windows = timeline(caseload(visits), POLICY, as_of=AS_OF)
    assert told(events, "mark", "detail") == [
        ("interview", "interview 1"),
        ("planned", "interview 2"),
    ]
    assert windows.empty  # the next interview is planned: no follow-up is needed


def test_contacts_and_outcomes_after_as_of_are_left_out() -> None:
    """What is still to come is not there; what happens at the very instant is."""
    contacts = [
        contact(1, "2026-03-31 16:00", "other"),
        contact(2, "2026-03-31 16:01", "reply"),
    ]
    events, _ = timeline(
        caseload(
            [interview(1, "2026-03-02 15:00")],
            contacts,
            outcome="rejected",
            outcome_at="2026-04-01 12:00",
        ),
        POLICY,
        as_of=AS_OF,
    )
    assert events["mark"].tolist() == ["interview", "other"]


def test_an_outcome_of_unknown_day_comes_last_without_one() -> None:
    """It is there, and no day is invented for it."""
    events, _ = timeline(
        caseload([interview(1, "2026-03-02 15:00")], outcome="offer"), POLICY, as_of=AS_OF
    )
    assert told(events, "mark", "detail")[-1] == ("outcome", "offer")
    assert events[["at", "on"]].iloc[-1].isna().all()


def test_letting_go_is_undone_by_word_from_the_employer() -> None:
    """A reply after it counts, a card does not, and neither does a reply before it (rules §3)."""
    visit, gone = [interview(1, "2026-03-02 15:00")], {"outcome": "let_go"}

    def marks(*contacts: dict[str, Any]) -> list[str]:
        case = caseload(visit, list(contacts), outcome_at="2026-03-20 12:00", **gone)
        return timeline(case, POLICY, as_of=AS_OF)[0]["mark"].tolist()

    assert marks(contact(1, "2026-03-21 12:00", "reply")) == ["interview", "reply"]
    assert "outcome" in marks(contact(1, "2026-03-21 12:00", "reply", channel="card"))
    assert "outcome" in marks(contact(1, "2026-03-19 12:00", "reply"))


def test_a_window_runs_from_the_due_day_to_the_last_on_time() -> None:
    """A thank-you the same day, then silence: due on the 9th, until the 11th, then overdue."""
    case = caseload(
        [interview(1, "2026-03-02 15:00")], [contact(1, "2026-03-02 20:00", "thank_you")]
    )
    due, until = pd.Timestamp("2026-03-09"), pd.Timestamp("2026-03-11")
    for as_of, verdict in (("04", "waiting"), ("10", "due"), ("12", "overdue")):
        _, windows = timeline(case, POLICY, as_of=f"2026-03-{as_of}T16:00:00Z")
        assert told(windows, "opportunity_id", "opportunity", "due_on", "until_on", "verdict") == [
            (1, "Acme · Auditor", due, until, verdict)
        ]


def test_a_follow_up_before_its_window_leaves_no_window() -> None:
    """Sent too soon on the 6th; only the window that it opened is shown."""
    case = caseload(
        [interview(1, "2026-03-02 15:00")], [contact(1, "2026-03-06 15:00", "follow_up")]
    )
    _, windows = timeline(case, POLICY, as_of="2026-03-07T16:00:00Z")
    assert told(windows, "due_on", "verdict") == [(pd.Timestamp("2026-03-13"), "waiting")]


def test_an_empty_caseload_gives_empty_frames_with_their_columns() -> None:
    """In the same order and dtypes as a full one."""
    nothing = timeline(ck.Caseload.empty(), POLICY, as_of=AS_OF)
    something = timeline(caseload([interview(1, "2026-03-02 15:00")]), POLICY, as_of=AS_OF)
    for empty, full in zip(nothing, something, strict=True):
        assert empty.empty
        assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    assert list(nothing[0]["mark"].cat.categories) == list(MARKS)


def test_a_naive_as_of_is_refused() -> None:
    """As everywhere, a time without its zone is nobody's instant."""
    with pytest.raises(ck.CoachkitError, match="as_of"):
        timeline(ck.Caseload.empty(), POLICY, as_of="2026-03-31 16:00")


@some
@given(cases, st.randoms(use_true_random=False))
def test_order_of_rows_is_irrelevant_and_nothing_is_changed(case: Case, random: Random) -> None:
    """Shuffled tables give the same frames, and the caseload stays as it was."""
    tables, rows, as_of = case
    given_caseload, policy = as_caseload(tables), as_policy(rows)
    before = {name: frame.copy(deep=True) for name, frame in given_caseload}
    frames = timeline(given_caseload, policy, as_of=as_of)
    for name, frame in given_caseload:
        assert_frame_equal(frame, before[name])
    mixed = {name: random.sample(rows, len(rows)) for name, rows in tables.items()}
    for frame, again in zip(frames, timeline(as_caseload(mixed), policy, as_of=as_of), strict=True):
        assert_frame_equal(frame, again)


@some
@given(cases)
def test_it_agrees_with_the_rules_on_what_happened(case: Case) -> None:
    """Interviews held are those thanked for; outcomes are those in force; windows are graded."""
    tables, rows, as_of = case
    for opportunity in tables["opportunities"]:
        opportunity["follow_up_on"] = None  # a pin moves its window
    given_caseload, policy = as_caseload(tables), as_policy(rows)
    events, windows = timeline(given_caseload, policy, as_of=as_of)
    duties = ck.grade(given_caseload, policy, as_of=as_of)
    assert (events["mark"] == "interview").sum() == (duties["duty"] == "thank_you").sum()
    scene = Scene(given_caseload, policy, microseconds(as_of, "as_of"))
    ended = events.loc[events["mark"] == "outcome", "opportunity_id"]
    assert sorted(ended) == scene.ids[scene.ended].tolist()
    graded = duties[(duties["duty"] == "follow_up") & duties["verdict"].isin(list(SHOWN))]
    assert sorted(windows["due_on"]) == sorted(graded["due_on"])


@some
@given(cases)
def test_a_client_alone_has_the_same_timeline_as_among_all(case: Case) -> None:
    """Nobody else's rows bear on it."""
    tables, rows, as_of = case
    given_caseload, policy = as_caseload(tables), as_policy(rows)
    events, _ = timeline(given_caseload, policy, as_of=as_of)
    for client in given_caseload.clients["client_id"]:
        alone, _ = timeline(given_caseload.subset(int(client)), policy, as_of=as_of)
        own = events[events["client_id"] == client].reset_index(drop=True)
        assert_frame_equal(alone, own)
