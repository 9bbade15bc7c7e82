"""A client with one opportunity, one visit and the people met there, from a few words."""

from typing import Any

import pandas as pd

import coachkit as ck
from coachkit import terms

AS_OF = "2026-11-04T15:00:00+00:00"  # Wednesday
HELD = "2026-11-03T15:00:00+00:00"  # Tuesday, ten o'clock in New York


def table(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a frame with every column of its table."""
    columns = [column.name for column in terms.TABLES[name]]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def caseload(
    *,
    client: dict[str, Any] | None = None,
    opportunity: dict[str, Any] | None = None,
    interview: dict[str, Any] | None = None,
    people: tuple[dict[str, Any], ...] = (
        {"name": "Dana Whitfield", "email": "dana@example.com", "topics": "the audit in March"},
    ),
    samples: tuple[dict[str, Any], ...] = (),
    key_answers: tuple[dict[str, Any], ...] = (),
    contacts: tuple[dict[str, Any], ...] = (),
    more: dict[str, list[dict[str, Any]]] | None = None,
) -> ck.Caseload:
    """One client, Ann Lee, interviewed by Dana Whitfield at Northwind unless told otherwise."""
    tables: dict[str, list[dict[str, Any]]] = {
        "clients": [
            {
                "client_id": 1,
                "name": "Ann Lee",
                "coach": "Rosa Lind",
                "timezone": "America/New_York",
            }
            | (client or {})
        ],
        "opportunities": [
            {
                "opportunity_id": 1,
                "client_id": 1,
                "employer": "Northwind",
                "role": "Auditor",
                "field": "Accounting & audit",
                "outcome": "open",
            }
            | (opportunity or {})
        ],
        "interviews": [
            {"interview_id": 11, "opportunity_id": 1, "held_at": HELD} | (interview or {})
        ],
        "contacts": [
            {"contact_id": 100 + place, "opportunity_id": 1} | one
            for place, one in enumerate(contacts)
        ],
        "interviewers": [
            {"interviewer_id": 21 + place, "interview_id": 11} | one
            for place, one in enumerate(people)
        ],
        "work_samples": [
            {"sample_id": 31 + place, "client_id": 1} | one for place, one in enumerate(samples)
        ],
        "key_answers": [
            {"key_answer_id": 41 + place, "interview_id": 11} | one
            for place, one in enumerate(key_answers)
        ],
    }
    for name, rows in (more or {}).items():
        tables.setdefault(name, [])
        tables[name] = tables[name] + rows
    return ck.Caseload(**{name: table(name, rows) for name, rows in tables.items()})


def policy(pace: str = "moderate") -> ck.Policy:
    """One field at a pace, waiting a week."""
    return ck.Policy(
        pd.DataFrame([{"field": "Accounting & audit", "pace": pace, "wait_days": 7}], dtype=object)
    )


CLOSE = {
    "question": "How do you shorten a close?",
    "answer_given": "I described the checklist.",
    "treatment": "amplify",
    "better_answer": "The checklist took our close from nine days to six.",
}
OPEN_SAMPLE = {
    "title": "Close checklist",
    "location": "portfolio/close.pdf",
    "confidential": False,
}
LINKED_SAMPLE = {
    "title": "Talk on controls",
    "location": "https://example.org/controls",
    "confidential": False,
}
