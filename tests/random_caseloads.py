"""Small random caseloads that go out of their way to hit the rules' edges."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pandas as pd

import coachkit as ck
from coachkit import terms

Record = dict[str, Any]
Tables = dict[str, list[Record]]

#: Zones with half hours, with clock changes at midnight, of half an hour, and far from Greenwich.
PLACES = (
    ("America/New_York", "US"),
    ("America/Los_Angeles", "US-CA"),
    ("America/St_Johns", "CA-NL"),
    ("America/Santiago", "CL"),
    ("Europe/London", "GB-SCT"),
    ("Asia/Kathmandu", None),
    ("Asia/Beirut", None),
    ("Australia/Lord_Howe", "AU"),
    ("Pacific/Auckland", "NZ"),
    ("Pacific/Kiritimati", None),
)
FIRST_DAY = datetime(2026, 2, 20, tzinfo=UTC)  # clocks change in most places in the next weeks
FIELDS = ("Brisk", "Tuned", "Later", "Nowhere")


def random_caseload(random: Random) -> tuple[Tables, list[Record], datetime]:
    """Tables, policy rows and an instant."""
    clients = [_client(random, number) for number in range(1, random.randint(1, 3) + 1)]
    tables: Tables = {"clients": clients, "opportunities": [], "interviews": [], "contacts": []}
    for number in range(1, random.randint(1, 6) + 1):
        _add_opportunity(random, number, tables)
    return tables, _policy(random), _instant(random)


def as_caseload(tables: Tables) -> ck.Caseload:
    """The tables as a ``Caseload``; columns that they lack are null."""
    return ck.Caseload(
        **{
            name: pd.DataFrame(
                tables[name], columns=[column.name for column in terms.TABLES[name]], dtype=object
            )
            for name in terms.REQUIRED_TABLES
        }
    )


def as_policy(rows: list[Record]) -> ck.Policy:
    return ck.Policy(pd.DataFrame(rows, dtype=object))


def as_records(frame: pd.DataFrame) -> list[Record]:
    """A frame as plain values: None, int, str, date for ``_on``, aware datetime for ``_at``."""
    return [
        {name: _plain(name, value) for name, value in record.items()}
        for record in frame.astype(object).to_dict("records")
    ]


def _plain(name: str, value: Any) -> Any:
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime() if name.endswith("_at") else value.date()
    return value if isinstance(value, str) else int(value)


def _instant(random: Random, days: int = 60) -> datetime:
    day = FIRST_DAY + timedelta(days=random.randint(-5, days))
    return day + random.choice(
        (
            timedelta(0),
            timedelta(hours=12),
            timedelta(hours=random.randint(0, 23)),
            timedelta(minutes=random.randint(0, 1439)),
            timedelta(microseconds=random.randint(0, 86_399_999_999)),
        )
    )


def _day(random: Random, chance: float) -> date | None:
    if random.random() > chance:
        return None
    return (FIRST_DAY + timedelta(days=random.randint(-3, 70))).date()


def _client(random: Random, number: int) -> Record:
    zone, country = random.choice(PLACES)
    return {
        "client_id": number * 7,
        "name": f"Client {number}",
        "coach": random.choice(("Rosa", "Malik", None)),
        "timezone": zone,
        "country": random.choice((country, country, None)),
        "tracked_since": _instant(random) if random.random() < 0.3 else None,
        "status": random.choice((None, "active", "active", "paused", "placed")),
    }


def _add_opportunity(random: Random, number: int, tables: Tables) -> None:
    outcome = random.choice(("open", "open", "open", "rejected", "let_go", "let_go", "offer"))
    dated = outcome != "open" and random.random() < 0.7
    key = 100 - number * 3
    tables["opportunities"].append(
        {
            "opportunity_id": key,
            "client_id": random.choice(tables["clients"])["client_id"],
            "employer": f"Employer {number}",
            "role": "Role",
            "field": random.choice(FIELDS),
            "country": random.choice((None, None, "US", "DE-BY")),
            "wait_days": random.choice((None, None, None, None, 0, 3, 30)),
            "outcome": outcome,
            "outcome_at": _instant(random) if dated else None,
            "hold_until": _day(random, 0.35),
            "follow_up_on": _day(random, 0.5),
        }
    )
    own = [_interview(random, key, tables) for _ in range(random.choice((0, 1, 1, 2, 3)))]
    moments = [interview["held_at"] for interview in own]
    for _ in range(random.randint(0, 8)):
        tables["contacts"].append(_contact(random, key, own, moments, len(tables["contacts"])))


def _interview(random: Random, opportunity: int, tables: Tables) -> Record:
    held_at = _instant(random)
    ended = held_at + timedelta(minutes=random.choice((0, 45, 600)))
    interview = {
        "interview_id": 50 + len(tables["interviews"]),
        "opportunity_id": opportunity,
        "held_at": held_at,
        "ended_at": ended if random.random() < 0.4 else None,
        "time_known": random.choice((None, True, True, False)),
        "cancelled": random.random() < 0.15,
        "promised_by": _day(random, 0.35),
        "answer_fit": random.choice((None, None, None, "not asked")),
    }
    tables["interviews"].append(interview)
    return interview


def _contact(
    random: Random, opportunity: int, own: list[Record], moments: list[datetime], count: int
) -> Record:
    """A touch, often at, right after or on the same day as another of the opportunity."""
    at = _instant(random)
    if moments and random.random() < 0.7:
        at = random.choice(moments) + random.choice(
            (
                timedelta(0),
                timedelta(seconds=random.randint(-1, 1)),
                timedelta(hours=random.randint(1, 30)),
                timedelta(hours=24),
                timedelta(days=random.randint(1, 12)),
            )
        )
    moments.append(at)
    outbound = random.random() < 0.75
    kinds = ("thank_you", "thank_you", "follow_up", "follow_up", "answer", "other")
    return {
        "contact_id": 1000 - count,
        "opportunity_id": opportunity,
        "interview_id": random.choice(own)["interview_id"]
        if own and random.random() < 0.3
        else None,
        "at": at,
        "time_known": random.choice((None, True, True, False)),
        "direction": "out" if outbound else "in",
        "channel": random.choice(("email", "email", "call", "voicemail", "card")),
        "kind": random.choice(kinds) if outbound else "reply",
        "promised_by": _day(random, 0.4),
        "needs_answer": random.random() < 0.3,
    }


def _policy(random: Random) -> list[Record]:
    """Versions of two fields and of the default, some not in force yet."""
    begins = {field: _instant(random) for field in (*FIELDS, "default")}
    return [
        {"field": "Brisk", "wait_days": 3, "later_wait_days": 4, "max_unanswered": 3},
        {"field": "Tuned", "wait_days": 7, "channels": "email call card"},
        _tuned(random, "Tuned", begins["Tuned"]),
        _tuned(random, "Later", begins["Later"]),
        {"field": "default", "effective_from": random.choice((None, begins["default"]))},
        _tuned(random, "default", begins["default"] + timedelta(days=3)),
    ]


def _tuned(random: Random, field: str, begins: datetime) -> Record:
    return {
        "field": field,
        "effective_from": begins,
        "pace": random.choice(terms.PACES),
        "wait_days": random.randint(0, 9),
        "later_wait_days": random.randint(0, 9),
        "window_days": random.randint(0, 3),
        "max_unanswered": random.randint(0, 3),
        "let_go_weeks": random.randint(0, 5),
        "promise_grace_days": random.randint(0, 3),
        "thank_you_hours": random.choice((0, 12, 24, 30, 48)),
    }
