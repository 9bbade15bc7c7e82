"""Which of a client's rows a note is about: the opportunity, the visit, the people met there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from coachkit import errors
from coachkit.caseload import Caseload
from coachkit.notes._said import name_of, text_of
from coachkit.notes._values import Wanted

_ADDRESS_LONGEST = 254


@dataclass(frozen=True)
class Person:
    """Somebody met at a visit."""

    interviewer_id: int
    name: str | None
    email: str | None
    topics: str | None


def rows(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples, whose columns no type checker can know."""
    return iter(frame.itertuples(index=False))


def the_client(caseload: Caseload) -> Any:
    """The one client whose caseload it is."""
    if len(caseload.clients) != 1:
        raise errors.UnclearNote(
            f"A note is one client's, and this caseload has {len(caseload.clients)}. "
            f"Take caseload.subset(client) first."
        )
    return next(rows(caseload.clients))


def people_met(caseload: Caseload, interview_id: int) -> list[int]:
    """The ids of the people met at a visit, in their order."""
    return [person.interviewer_id for person in people_at(caseload, interview_id)]


def opportunity_meant(caseload: Caseload, wanted: Wanted, likely_id: int | None = None) -> Any:
    """The opportunity that is named, that of the named visit, the only one, or the likely one."""
    named = wanted.opportunity_id
    if wanted.interview_id is not None:
        visits = caseload.interviews
        of = visits.loc[visits["interview_id"] == wanted.interview_id, "opportunity_id"]
        if of.empty:
            raise errors.UnclearNote(f"This client has no interview {wanted.interview_id}.")
        if named is not None and named != of.iloc[0]:
            raise errors.UnclearNote(
                f"Interview {wanted.interview_id} belongs to opportunity {of.iloc[0]}, "
                f"not to {named}. Name one of them."
            )
        named = int(of.iloc[0])
    table = caseload.opportunities
    found = table if named is None else table[table["opportunity_id"] == named]
    if named is not None and found.empty:
        raise errors.UnclearNote(f"This client has no opportunity {named}.")
    if found.empty:
        raise errors.UnclearNote("This client has no opportunity yet. Add one first.")
    if len(found) == 1:
        return next(rows(found))
    likely = found[found["opportunity_id"] == (likely_id or 0)]
    if len(likely):
        return next(rows(likely))
    few = [
        f"{row.opportunity_id} ({errors.shown(row.employer)}, {errors.shown(row.role)})"
        for row in rows(found.sort_values("opportunity_id", ascending=False).head(5))
    ]
    raise errors.UnclearNote(
        f"This client has {len(found)} opportunities. Name one: {errors.listed(few)}."
    )


def visits_held(caseload: Caseload, instant: pd.Timestamp) -> pd.DataFrame:
    """The visits that took place up to an instant, the latest last."""
    visits = caseload.interviews
    happened = ~visits["cancelled"].fillna(False).astype(bool) & (visits["held_at"] <= instant)
    return visits[happened].sort_values(["held_at", "interview_id"], kind="stable")


def visit_meant(visits: pd.DataFrame, opportunity: Any, wanted: Wanted) -> Any:
    """The visit that is named, or the latest one held."""
    own = visits[visits["opportunity_id"] == opportunity.opportunity_id]
    if wanted.interview_id is not None:
        own = own[own["interview_id"] == wanted.interview_id]
        if own.empty:
            raise errors.UnclearNote(
                f"Interview {wanted.interview_id} has not been held, or was cancelled: "
                f"there is nothing to write about."
            )
    if wanted.interviewer_id is not None and wanted.interview_id is None:
        raise errors.UnclearNote("Name the interview at which the person was met, too.")
    if own.empty:
        raise errors.UnclearNote(
            f"No interview has been held for opportunity {opportunity.opportunity_id}: "
            f"there is nothing to write about yet."
        )
    return list(rows(own))[-1]


def people_at(caseload: Caseload, interview_id: int) -> list[Person]:
    """The people met at a visit, in the order of their ids."""
    assert caseload.interviewers is not None
    table = caseload.interviewers
    own = table[table["interview_id"] == interview_id].sort_values("interviewer_id")
    return [
        Person(
            int(row.interviewer_id),
            name_of(row.name),
            text_of(row.email, _ADDRESS_LONGEST),
            text_of(row.topics),
        )
        for row in rows(own)
    ]


def person_meant(people: list[Person], wanted: Wanted) -> Person | None:
    """The person named, or the first one met; None where nobody was written down."""
    if wanted.interviewer_id is None:
        return people[0] if people else None
    for person in people:
        if person.interviewer_id == wanted.interviewer_id:
            return person
    raise errors.UnclearNote(f"Nobody with the id {wanted.interviewer_id} was met at that visit.")


def local(instant: pd.Timestamp, zone: str) -> date:
    """The day of an instant in a zone."""
    return instant.tz_convert(zone).date()


def day_of(cell: Any) -> date | None:
    """A day's cell; None where it is empty."""
    return None if pd.isna(cell) else pd.Timestamp(cell).date()


def known_names(
    caseload: Caseload, interview_id: int | None, opportunity_id: int | None
) -> dict[str, Any]:
    """Who is meant by a note, and who is not: ``coachkit.notes.Known``'s parts.

    Raises
    ------
    UnclearNote
        The caseload is not one client's, or the opportunity cannot be told.
    """
    the_client(caseload)
    wanted = Wanted("thank_you", opportunity_id=opportunity_id, interview_id=interview_id)
    opportunity = opportunity_meant(caseload, wanted)
    table = caseload.opportunities
    others = table.loc[table["opportunity_id"] != opportunity.opportunity_id, "employer"]
    assert caseload.interviewers is not None
    visits = caseload.interviews
    own = visits.loc[visits["opportunity_id"] == opportunity.opportunity_id, "interview_id"]
    met = caseload.interviewers["interview_id"].isin(own)
    names = caseload.interviewers["name"]
    return {
        "employer": name_of(opportunity.employer),
        "others": tuple(name for cell in others.unique() if (name := name_of(cell))),
        "people": tuple(name for cell in names[met] if (name := name_of(cell))),
        "strangers": tuple(name for cell in names[~met] if (name := name_of(cell))),
    }
