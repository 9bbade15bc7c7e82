"""A believable caseload of any size, made up at random: what the benchmark grades.

Several rounds with one employer, a thank-you after most, follow-ups that come too soon, on time,
late or once too often, replies that promise a day or ask for something, cards, and what was
written before the first visit. Rows stand as a coach's store would give them: by client and
opportunity, in the order of time. The same arguments always give the same caseload.
"""

import numpy as np
import pandas as pd

import coachkit
from coachkit import terms
from tests.benchmarks.histories import (
    AS_OF,
    DAY,
    KIND,
    NAT,
    NEVER,
    NOW,
    YEARS,
    ZONES,
    Array,
    Columns,
    Visits,
    make_contacts,
    make_outcomes,
    make_visits,
    rounds_of_opportunities,
)

__all__ = ["AS_OF", "caseload", "policy", "shuffled"]

COUNTRIES = ("AU", "DE", "FR", "GB", "US", "US-CA")
STRANGE_FIELDS = ("Astrology", "Beekeeping", "Circus", "Falconry", "Lighthouses", "Puppetry")
#: Waits that a coach tuned since: the field, from when, and what is new.
TUNED = (
    ("Sales", "2024-03-01T09:00:00Z", {"wait_days": 4, "later_wait_days": 6}),
    ("Software & IT", "2025-01-15T14:30:00Z", {"wait_days": 6, "window_days": 3}),
    ("School teaching", "2025-06-01T12:00:00Z", {"thank_you_hours": 48}),
    ("default", "2023-09-01T08:00:00Z", {"wait_days": 6, "let_go_weeks": 5}),
)


def policy() -> coachkit.Policy:
    """The waits that coachkit ships, some tuned since, so that the instant matters."""
    shipped = coachkit.Policy.default().table
    tuned = []
    for field, since, waits in TUNED:
        row = shipped[shipped["field"] == field].assign(**waits)
        tuned.append(row.assign(effective_from=pd.Timestamp(since)))
    return coachkit.Policy(pd.concat([shipped, *tuned], ignore_index=True))


def caseload(interviews: int, seed: int = 1) -> coachkit.Caseload:
    """Make up a caseload of so many interviews, about two an opportunity, five contacts each."""
    rng = np.random.default_rng(seed)
    fields = [*coachkit.Policy.default().fields, *STRANGE_FIELDS]
    rounds = rounds_of_opportunities(rng, interviews)
    people = make_clients(rng, max(1, rounds.size // 10))
    client = np.sort(rng.integers(0, len(people["zone"]), rounds.size))
    field = rng.integers(0, len(fields), rounds.size)
    visits = make_visits(rng, rounds, people["zone"][client])
    last_held = visits.begins[np.cumsum(rounds) - 1]
    ends = make_outcomes(rng, last_held)
    touches = make_contacts(rng, visits, base_waits(fields)[field], ends["at"])
    return coachkit.Caseload(
        clients=clients_frame(rng, people),
        opportunities=opportunities_frame(rng, client, field, fields, ends),
        interviews=interviews_frame(rng, visits),
        contacts=contacts_frame(touches),
    )


def shuffled(caseload: coachkit.Caseload, seed: int = 2) -> coachkit.Caseload:
    """The same rows, every table's in an order of chance."""
    rng = np.random.default_rng(seed)
    return coachkit.Caseload(
        **{name: frame.iloc[rng.permutation(len(frame))] for name, frame in caseload}
    )


def make_clients(rng: np.random.Generator, size: int) -> Columns:
    """The clients' zones, by number in ``ZONES``: one in five lives in New York."""
    zone = rng.integers(0, len(ZONES), size)
    zone[rng.random(size) < 0.12] = 0
    return {"zone": zone}


def base_waits(fields: list[str]) -> Array:
    """The days that each field is commonly waited for."""
    shipped = coachkit.Policy.default().table.set_index("field")["wait_days"]
    return shipped.reindex(fields).fillna(5).to_numpy(dtype=float)


def clients_frame(rng: np.random.Generator, people: Columns) -> pd.DataFrame:
    """One row per client: one in ten tracked since some day, one coach for sixty of them."""
    zone = people["zone"]
    size = zone.size
    country = np.array([*COUNTRIES, None], dtype=object)
    theirs = np.array([COUNTRIES.index(home) if home else -1 for home in ZONES.values()])
    since = (NOW - rng.integers(0, YEARS * 365 * DAY, size)) * 10**6
    since[rng.random(size) >= 0.1] = NAT
    coach = rng.integers(0, size // 60 + 1, size)
    coach[rng.random(size) < 0.02] = -1
    return pd.DataFrame(
        {
            "client_id": np.arange(1, size + 1),
            "name": [f"Client {number}" for number in range(1, size + 1)],
            "coach": labels(coach, [f"Coach {number + 1}" for number in range(size // 60 + 1)]),
            "timezone": labels(zone, list(ZONES)),
            "country": labels(theirs[zone], list(country[:-1])),
            "tracked_since": instants(since),
            "status": labels(rng.choice(4, p=[0.6, 0.1, 0.2, 0.1], size=size), terms.STATUSES),
        }
    )


def opportunities_frame(
    rng: np.random.Generator, client: Array, field: Array, fields: list[str], ends: Columns
) -> pd.DataFrame:
    """One row per role that a client is after: few with a wait or a country of their own."""
    size = client.size
    country = rng.integers(0, len(COUNTRIES), size)
    country[rng.random(size) < 0.85] = -1
    wait = pd.Series(rng.integers(2, 15, size), dtype="Int64").mask(rng.random(size) >= 0.03)
    at = np.where(ends["at"] == NEVER, NAT, ends["at"] * 10**6)
    return pd.DataFrame(
        {
            "opportunity_id": np.arange(1, size + 1),
            "client_id": client + 1,
            "employer": [f"Employer {number}" for number in rng.integers(0, size // 3 + 1, size)],
            "role": [f"Role {number}" for number in rng.integers(0, 200, size)],
            "field": labels(field, fields),
            "country": labels(country, COUNTRIES),
            "wait_days": wait,
            "outcome": labels(ends["outcome"], terms.OUTCOMES),
            "outcome_at": instants(at),
        }
    )


def interviews_frame(rng: np.random.Generator, visits: Visits) -> pd.DataFrame:
    """One row per interview: one in five with a promise, one in twenty-five cancelled."""
    size = visits.begins.size
    promised = (visits.begins // DAY + rng.integers(1, 22, size)) * DAY * 10**6
    promised[rng.random(size) >= 0.2] = NAT
    return pd.DataFrame(
        {
            "interview_id": np.arange(1, size + 1),
            "opportunity_id": visits.opportunity + 1,
            "held_at": instants(visits.held_at),
            "ended_at": instants(visits.ends),
            "time_known": ~visits.day_only,
            "cancelled": rng.random(size) < 0.04,
            "promised_by": promised.view("M8[us]"),
        }
    )


def contacts_frame(rows: Columns) -> pd.DataFrame:
    """One row per touch, as ``make_contacts`` has put them in order."""
    size = rows["at"].size
    inbound = rows["kind"] == KIND["reply"]
    direction = np.where(inbound, terms.DIRECTIONS.index("in"), terms.DIRECTIONS.index("out"))
    return pd.DataFrame(
        {
            "contact_id": np.arange(1, size + 1),
            "opportunity_id": rows["opportunity"],
            "interview_id": pd.arrays.IntegerArray(rows["visit"] + 1, ~rows["names"]),
            "at": instants(rows["at"]),
            "time_known": rows["time_known"],
            "direction": labels(direction, terms.DIRECTIONS),
            "channel": labels(rows["channel"], terms.CHANNELS),
            "kind": labels(rows["kind"], terms.KINDS),
            "promised_by": rows["promised"].view("M8[us]"),
            "needs_answer": pd.arrays.BooleanArray(rows["asks"], ~inbound),
        }
    )


def labels(codes: Array, words: list[str] | tuple[str, ...]) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, categories=list(words))


def instants(microseconds: Array) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(microseconds.view("M8[us]")).tz_localize("UTC")
