"""Made-up histories, as arrays: rounds of interviews, how they ended, what was written."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from coachkit import terms

Array = np.ndarray
Columns = dict[str, Array]

#: The instant as of which the benchmark looks: everything but planned visits is behind it.
AS_OF = "2026-10-14T16:00:00Z"
NOW = pd.Timestamp(AS_OF).value // 10**9
YEARS = 5
DAY, HOUR, MINUTE = 86_400, 3_600, 60
NAT = np.iinfo(np.int64).min
NEVER = np.int64(2**62)
#: Each zone with the holiday calendar of those who live there.
ZONES = {
    "America/New_York": "US",
    "America/Chicago": "US",
    "America/Denver": "US",
    "America/Los_Angeles": "US-CA",
    "America/Toronto": None,
    "America/Sao_Paulo": None,
    "Europe/London": "GB",
    "Europe/Berlin": "DE",
    "Europe/Paris": "FR",
    "Asia/Tokyo": None,
    "Australia/Sydney": "AU",
    "Pacific/Auckland": None,
}
KIND = {word: number for number, word in enumerate(terms.KINDS)}
CHANNEL = {word: number for number, word in enumerate(terms.CHANNELS)}


def rounds_of_opportunities(rng: np.random.Generator, interviews: int) -> Array:
    """How many interviews each opportunity has: one to five, so many in all."""
    rounds = rng.choice(np.arange(1, 6), p=[0.4, 0.32, 0.17, 0.08, 0.03], size=interviews)
    rounds = rounds[: int(np.searchsorted(np.cumsum(rounds), interviews)) + 1]
    rounds[-1] -= rounds.sum() - interviews
    return rounds


@dataclass(eq=False)
class Visits:
    """The interviews, one entry each, by opportunity and time."""

    opportunity: Array
    zone: Array
    begins: Array  # local seconds since 1970, as a clock on the wall shows them
    ends: Array  # UTC microseconds; NAT where not written down
    held_at: Array  # UTC microseconds
    next_begins: Array  # the same opportunity's next; far ahead where it is the last
    is_first: Array
    day_only: Array


def make_visits(rng: np.random.Generator, rounds: Array, zone: Array) -> Visits:
    """The visits of every opportunity; a few lie ahead, a few are known by their day alone."""
    opportunity = np.repeat(np.arange(rounds.size), rounds)
    is_first = np.zeros(opportunity.size, dtype=bool)
    is_first[np.cumsum(rounds) - rounds] = True
    begins = make_rounds(rng, rounds, is_first)
    day_only = rng.random(opportunity.size) < 0.05
    begins[day_only] = begins[day_only] // DAY * DAY + 12 * HOUR
    zones = np.repeat(zone, rounds)
    order = np.lexsort((begins, opportunity))
    begins, day_only = begins[order], day_only[order]
    held_at = to_utc(begins, zones)
    minutes = rng.integers(6, 19, opportunity.size) * 5
    ends = np.where(
        (rng.random(opportunity.size) < 0.5) & ~day_only, held_at + minutes * MINUTE * 10**6, NAT
    )
    next_begins = np.append(begins[1:], NEVER)
    next_begins[np.cumsum(rounds) - 1] = NEVER
    return Visits(opportunity, zones, begins, ends, held_at, next_begins, is_first, day_only)


def make_rounds(rng: np.random.Generator, rounds: Array, is_first: Array) -> Array:
    """Local seconds: one to five weeks apart, one in ten on the same day, on working days."""
    gap = rng.integers(5, 36, is_first.size) * (rng.random(is_first.size) >= 0.1)
    gap[is_first] = 0
    since_first = np.cumsum(gap) - np.repeat(np.cumsum(gap)[is_first], rounds)
    span = since_first[np.cumsum(rounds) - 1]
    last_day = NOW // DAY + 14 - rng.integers(0, YEARS * 365, rounds.size)
    day = np.repeat(last_day - span, rounds) + since_first
    day += np.array([0, 0, 0, 0, 0, 2, 2])[(day + 3) % 7]  # no visits at weekends
    begins = day * DAY + rng.integers(32, 64, is_first.size) * 15 * MINUTE
    same_day = np.flatnonzero(~is_first & (gap == 0))
    for place in np.split(same_day, np.flatnonzero(np.diff(same_day) > 1) + 1):
        begins[place] = begins[place[:1] - 1] + (np.arange(place.size) + 1) * 75 * MINUTE
    return begins


def to_utc(local: Array, zone: Array) -> Array:
    """UTC microseconds of local seconds, each in its zone (numbers in ``ZONES``)."""
    instants = np.empty(local.size, dtype=np.int64)
    for number, name in enumerate(ZONES):
        rows = np.flatnonzero(zone == number)
        walls = pd.DatetimeIndex((local[rows] * 10**6).view("M8[us]"))
        times = walls.tz_localize(
            name, ambiguous=np.zeros(rows.size, dtype=bool), nonexistent="shift_forward"
        )
        instants[rows] = times.tz_convert("UTC").tz_localize(None).to_numpy().view(np.int64)
    return instants


def make_outcomes(rng: np.random.Generator, last_held: Array) -> Columns:
    """How opportunities ended and when (local seconds; NEVER: open, or on an unknown day)."""
    size = last_held.size
    words = ("open", "offer", "rejected", "withdrawn", "let_go")
    outcome = rng.choice(5, p=[0.2, 0.13, 0.42, 0.07, 0.18], size=size)
    let_go = outcome == words.index("let_go")
    days = np.where(let_go, rng.uniform(25, 80, size), rng.exponential(22, size) + 0.1)
    at = last_held + (days * DAY).astype(np.int64)
    to_come = at > NOW - DAY
    outcome[to_come] = words.index("open")
    undated = rng.random(size) < 0.1
    at[(outcome == words.index("open")) | undated] = NEVER
    return {"outcome": outcome, "at": at}


def make_contacts(
    rng: np.random.Generator, visits: Visits, wait: Array, outcome_at: Array
) -> Columns:
    """All touches: what was written around each visit, until the next one or the outcome."""
    parts = [
        *thank_yous(rng, visits),
        *follow_ups(rng, visits, wait[visits.opportunity]),
        *replies(rng, visits),
        *courtesies(rng, visits),
    ]
    every = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    visit, at = every["visit"], every["at"]
    ended = np.minimum(outcome_at[visits.opportunity[visit]], visits.next_begins[visit])
    stops = np.isin(every["kind"], [KIND["follow_up"], KIND["other"]])
    keep = ~stops | (at <= ended) | (rng.random(at.size) < 0.03)
    every = {name: values[keep] for name, values in every.items()}
    visit, at = every["visit"], every["at"]
    day_only = rng.random(at.size) < 0.05
    at = np.where(day_only, at // DAY * DAY + 12 * HOUR, at)
    instant = to_utc(at, visits.zone[visit])
    there = np.flatnonzero(instant <= NOW * 10**6)
    order = there[np.lexsort((instant[there], visits.opportunity[visit[there]]))]
    return {name: values[order] for name, values in every.items()} | {
        "at": instant[order],
        "time_known": ~day_only[order],
        "opportunity": visits.opportunity[visit[order]] + 1,
    }


def touches(
    rng: np.random.Generator,
    visit: Array,
    at: Array,
    kind: str,
    *,
    named: float = 0.0,
    **more: Array,
) -> Columns:
    """Touches of one kind at local seconds, out of the night; a share of them names its visit."""
    size = visit.size
    at = at + np.where(at % DAY < 7 * HOUR, 7 * HOUR, 0) + rng.integers(0, HOUR, size)
    channels = [CHANNEL[word] for word in ("email", "call", "voicemail", "text", "other")]
    columns = {
        "visit": visit,
        "at": at,
        "kind": np.full(size, KIND[kind]),
        "channel": rng.choice(channels, p=[0.65, 0.2, 0.08, 0.04, 0.03], size=size),
        "names": rng.random(size) < named,
        "promised": np.full(size, NAT),
        "asks": np.zeros(size, dtype=bool),
    }
    return columns | more


def chosen(rng: np.random.Generator, visits: Visits, share: float) -> Array:
    return np.flatnonzero(rng.random(visits.begins.size) < share)


def hours_after(rng: np.random.Generator, begins: Array, median: float, spread: float) -> Array:
    """Local seconds a random time after others: so many hours in the median."""
    hours = rng.lognormal(np.log(median), spread, begins.size)
    return begins + (hours * HOUR).astype(np.int64)


def thank_yous(rng: np.random.Generator, visits: Visits) -> list[Columns]:
    """Nine in ten visits are thanked for, a fifth too late; some by card, alone or beside it."""
    noted = chosen(rng, visits, 0.95)
    carded = chosen(rng, visits, 0.2)
    notes = touches(
        rng, noted, hours_after(rng, visits.begins[noted], 9, 1.2), "thank_you", named=0.6
    )
    cards = touches(
        rng,
        carded,
        hours_after(rng, visits.begins[carded], 30, 0.8),
        "thank_you",
        named=0.3,
        channel=np.full(carded.size, CHANNEL["card"]),
    )
    return [notes, cards]


def follow_ups(rng: np.random.Generator, visits: Visits, wait: Array) -> list[Columns]:
    """Up to five, each after its own patience: too short, about right or too long."""
    parts = []
    visit, since = np.arange(visits.begins.size), visits.begins + DAY
    for share in (0.92, 0.8, 0.72, 0.5, 0.3):
        going_on = np.flatnonzero(rng.random(visit.size) < share)
        visit, since = visit[going_on], since[going_on]
        mood = rng.choice(3, p=[0.14, 0.6, 0.26], size=visit.size)
        low, high = np.array([-0.7, 0.1, 4.0])[mood], np.array([-0.1, 2.4, 15.0])[mood]
        days = rng.uniform(low, high) * np.where(mood == 0, wait[visit], 1.0) + wait[visit]
        at = since + (days * DAY).astype(np.int64)
        part = touches(rng, visit, at, "follow_up", named=0.2)
        again = np.flatnonzero(rng.random(visit.size) < 0.05)  # voicemail, then e-mail
        twice = touches(rng, visit[again], part["at"][again] + HOUR, "follow_up")
        parts += [part, twice]
        since = part["at"]
        wait = np.maximum(wait, 7.0)
    return parts


def replies(rng: np.random.Generator, visits: Visits) -> list[Columns]:
    """The employer answers, promises a day, asks for something, and mostly is answered."""
    parts = []
    for share, median in ((0.55, 150), (0.35, 330), (0.25, 600)):
        visit = chosen(rng, visits, share)
        at = hours_after(rng, visits.begins[visit], median, 0.9)
        promised = at // DAY + rng.integers(-1, 15, visit.size)
        promised = np.where(rng.random(visit.size) < 0.25, promised * DAY * 10**6, NAT)
        asks = rng.random(visit.size) < 0.15
        part = touches(rng, visit, at, "reply", promised=promised, asks=asks)
        part["channel"][rng.random(visit.size) < 0.004] = CHANNEL["card"]
        answered = np.flatnonzero(asks & (rng.random(visit.size) < 0.8))
        at = hours_after(rng, part["at"][answered], 20, 1.0)
        parts += [part, touches(rng, visit[answered], at, "answer")]
    return parts


def courtesies(rng: np.random.Generator, visits: Visits) -> list[Columns]:
    """Scheduling and courtesy, and the application and its receipt before the first visit."""
    parts = [
        touches(rng, visit, hours_after(rng, visits.begins[visit], median, 1.0), "other")
        for visit, median in ((chosen(rng, visits, 0.45), 50), (chosen(rng, visits, 0.2), 150))
    ]
    first = np.flatnonzero(visits.is_first & (rng.random(visits.begins.size) < 0.6))
    applied = visits.begins[first] - rng.integers(3 * DAY, 40 * DAY, first.size)
    received = np.flatnonzero(rng.random(first.size) < 0.7)
    receipt = applied[received] + DAY
    return [
        *parts,
        touches(rng, first, applied, "other"),
        touches(rng, first[received], receipt, "reply"),
    ]
