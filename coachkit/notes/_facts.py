"""What is known for a note: one client's rows, as of an instant, about one visit."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from coachkit import terms
from coachkit._arrays import NO_DAY
from coachkit._columns import microseconds
from coachkit._events import Scene
from coachkit.caseload import Caseload
from coachkit.clocks import running, states
from coachkit.notes._rows import (
    Person,
    day_of,
    local,
    opportunity_meant,
    people_at,
    person_meant,
    rows,
    the_client,
    visit_meant,
    visits_held,
)
from coachkit.notes._said import name_of, text_of
from coachkit.notes._values import Wanted
from coachkit.policy import Policy

#: The states that ask for a kind of note.
_ASKING = {"follow_up": ("due", "overdue"), "call": ("due", "overdue"), "closing": ("let_go",)}
_EPOCH = date(1970, 1, 1)
#: The voice of a note where a client has none of their own.
_VOICE = "plain"


@dataclass(frozen=True)
class KeyAnswer:
    """A key question, and the answer that the client would give now."""

    question: str | None
    given: str | None
    treatment: str
    better: str | None


@dataclass(frozen=True)
class Voice:
    """How a client's notes sound."""

    formality: str
    greeting: str | None
    sign_off: str | None


@dataclass(frozen=True)
class Standing:
    """Where the opportunity stands, by the follow-up rules."""

    state: str
    sent: int
    promised_on: date | None
    due_on: date | None
    let_go_on: date | None
    outcome: str


@dataclass(frozen=True)
class Facts:
    """All that a note to an employer may say; what is not known is None or empty."""

    client_id: int
    guessed: bool  # nobody said which of several opportunities it is about
    client: str
    voice: Voice
    country: str | None
    today: date
    opportunity_id: int
    employer: str | None
    role: str | None
    pace: str
    interview_id: int
    met_on: date
    person: Person | None
    place: int  # of the person among those met at the visit
    met: int  # how many were met there
    turn: int  # how many notes of the kind came before it at this employer
    promised_on: date | None  # at the visit itself
    answer_fit: str | None
    answer_more: str | None
    key_answers: tuple[KeyAnswer, ...]
    standing: Standing
    thanked_on: date | None
    followed: int  # how many follow-ups went out for the opportunity


def read_facts(caseload: Caseload, policy: Policy, wanted: Wanted, as_of: object) -> Facts:
    """The facts of the note that is wanted.

    Raises
    ------
    UnclearNote
        The caseload is not one client's; an id is not there; several opportunities could be meant;
        no interview has been held.
    """
    client = the_client(caseload)
    scene = Scene(caseload, policy, microseconds(as_of, "as_of"))
    zone = str(client.timezone)
    instant = pd.Timestamp(scene.as_of, unit="us", tz="UTC")
    visits = visits_held(caseload, instant)
    stand = states(caseload, policy, as_of=as_of)
    likely = _likely(wanted.kind, visits, stand)
    opportunity = opportunity_meant(caseload, wanted, likely)
    visit = visit_meant(visits, opportunity, wanted)
    people = people_at(caseload, int(visit.interview_id))
    person = person_meant(people, wanted)
    standing = _standing(scene, stand, int(opportunity.opportunity_id))
    return Facts(
        client_id=int(client.client_id),
        guessed=wanted.opportunity_id is None
        and wanted.interview_id is None
        and len(caseload.opportunities) > 1,
        client=name_of(client.name) or "",
        voice=_voice(client),
        country=_country(opportunity, client),
        today=local(instant, zone),
        opportunity_id=int(opportunity.opportunity_id),
        employer=name_of(opportunity.employer),
        role=name_of(opportunity.role),
        pace=str(policy.row(str(opportunity.field), at=instant)["pace"]),
        interview_id=int(visit.interview_id),
        met_on=local(visit.held_at, zone),
        person=person,
        place=people.index(person) if person else 0,
        met=len(people),
        turn=_turn(caseload, visits, opportunity, visit, person),
        promised_on=day_of(visit.promised_by),
        answer_fit=text_of(visit.answer_fit),
        answer_more=text_of(visit.answer_more),
        key_answers=_key_answers(caseload, int(visit.interview_id)),
        standing=standing,
        thanked_on=_thanked(caseload, int(visit.interview_id), instant, zone),
        followed=_followed(caseload, int(opportunity.opportunity_id), instant),
    )


def _turn(
    caseload: Caseload, visits: pd.DataFrame, opportunity: Any, visit: Any, person: Person | None
) -> int:
    """How many people of the employer come before this one, by the order of their ids.

    It tells notes to one employer apart, and stays the same when somebody is added later.
    """
    table = caseload.opportunities
    same = table["employer"].str.casefold() == str(opportunity.employer).casefold()
    ids = set(table.loc[same, "opportunity_id"])
    before = 0
    for other in rows(visits.sort_values("interview_id")):
        if other.opportunity_id not in ids:
            continue
        people = people_at(caseload, int(other.interview_id))
        if other.interview_id == visit.interview_id:
            return before + (people.index(person) if person else 0)
        before += max(1, len(people))
    return before


def _likely(kind: str, visits: pd.DataFrame, stand: pd.DataFrame) -> int | None:
    """The opportunity that a note of a kind is most likely about, where none is named.

    The one whose state asks for it, where that is one alone; else that of the latest visit held.
    """
    asked = _ASKING.get(kind, ())
    asking = stand.loc[stand["state"].isin(asked), "opportunity_id"]
    if len(asking) == 1:
        return int(asking.iloc[0])
    return None if visits.empty else int(visits["opportunity_id"].iloc[-1])


def _standing(scene: Scene, stand: pd.DataFrame, opportunity_id: int) -> Standing:
    state = stand[stand["opportunity_id"] == opportunity_id].iloc[0]
    number = int(scene.index(pd.array([opportunity_id], dtype="int64").to_numpy())[0])
    clocks = running(scene)
    clock = clocks[clocks["opportunity"] == number]
    promised = sent = None
    if len(clock):
        row = clock.iloc[0]
        sent = int(row["unanswered"])
        promised = (
            None
            if row["promised_on"] == NO_DAY
            else _EPOCH + timedelta(days=int(row["promised_on"]))
        )
    return Standing(
        state=str(state["state"]),
        sent=sent or 0,
        promised_on=promised,
        due_on=day_of(state["due_on"]),
        let_go_on=day_of(state["let_go_on"]),
        outcome=terms.OUTCOMES[int(scene.outcome[number])],
    )


def _thanked(
    caseload: Caseload, interview_id: int, instant: pd.Timestamp, zone: str
) -> date | None:
    """When a thank-you that names the visit went out."""
    contacts = caseload.contacts
    sent = contacts[
        (contacts["interview_id"] == interview_id)
        & (contacts["kind"] == "thank_you")
        & (contacts["channel"] != "card")
        & (contacts["at"] <= instant)
    ]
    return None if sent.empty else local(sent["at"].min(), zone)


def _followed(caseload: Caseload, opportunity_id: int, instant: pd.Timestamp) -> int:
    contacts = caseload.contacts
    sent = (contacts["kind"] == "follow_up") & (contacts["at"] <= instant)
    return int((sent & (contacts["opportunity_id"] == opportunity_id)).sum())


def _key_answers(caseload: Caseload, interview_id: int) -> tuple[KeyAnswer, ...]:
    assert caseload.key_answers is not None
    table = caseload.key_answers
    own = table[table["interview_id"] == interview_id].sort_values("key_answer_id")
    return tuple(
        KeyAnswer(
            text_of(row.question),
            text_of(row.answer_given),
            "amplify" if pd.isna(row.treatment) else str(row.treatment),
            text_of(row.better_answer),
        )
        for row in rows(own)
    )


def _voice(client: Any) -> Voice:
    formality = _VOICE if pd.isna(client.formality) else str(client.formality)
    return Voice(formality, name_of(client.greeting), name_of(client.sign_off))


def _country(*rows: Any) -> str | None:
    return next((str(row.country) for row in rows if not pd.isna(row.country)), None)
