"""How the reports speak: of what is to be done, how it went, where things stand, and rates."""

from datetime import date
from typing import Any

import pandas as pd

from coachkit._days_in_words import day, full_day
from coachkit._wording import counted_noun, days, share
from coachkit.compliance import ENOUGH
from coachkit.reports.parts import Cell, Column, Headline, Table

_BY = {
    "email": " by e-mail",
    "call": " by phone",
    "voicemail": " by voicemail",
    "card": " by card",
    "text": " by text message",
}
_ACTIONS = {
    "answer": "Send what they asked for",
    "thank_you": "Send the thank-you",
    "follow_up": "Follow up",
    "prepare": "Prepare the interview",
    "debrief": "Note the four closing answers",
    "ask_client": "Ask how things stand",
    "let_go": "Let it go, kindly",
    "card": "Write a card, if you like",
}
_VERDICTS = {
    "on_time": "on time",
    "due": "due now",
    "waiting": "still to come",
    "superseded": "not needed: they had been in touch",
    "not_needed": "not needed",
    "unknown": "not known",
}
DUTIES = {"thank_you": "Thank-you", "follow_up": "Follow-up"}
_STATES = {
    "scheduled": "interview ahead",
    "new": "no interview yet",
    "answer": "they asked for something",
    "holding": "waiting for word",
    "let_go": "let go",
}
RATES = {
    "thank_you": "Thank-yous on time",
    "follow_up": "Follow-ups on time",
    "pest": "Follow-ups too soon or too many",
    "card": "Interviews followed by a card",
}


def action(word: str, channel: Any = None) -> str:
    """What is to be done."""
    by = _BY.get(channel, "") if word == "follow_up" and isinstance(channel, str) else ""
    return _ACTIONS.get(word, word.replace("_", " ").capitalize()) + by


def verdict(word: str) -> str:
    """How a duty went."""
    return _VERDICTS.get(word, word.replace("_", " "))


def state(row: Any, today: pd.Timestamp, ended: frozenset[int]) -> str:
    """Where an opportunity stands, with its day; ``ended`` are those that have an outcome."""
    word = str(row.state)
    if word == "let_go" and row.opportunity_id not in ended:
        return "to be let go, kindly"
    if pd.isna(row.due_on):
        return _STATES.get(word, word.replace("_", " "))
    on = day(row.due_on, year=row.due_on.year != today.year)
    with_day = {
        "waiting": f"follow up from {on}",
        "due": f"follow up now, due {on}",
        "overdue": f"follow-up overdue since {on}",
        "held": f"on hold until {on}",
        "answer": f"they asked for something, due {on}",
    }
    return with_day.get(word) or _STATES.get(word, word.replace("_", " "))


def when(due_on: Any, today: pd.Timestamp, urgency: str) -> str:
    """When something is to be done, as one says it."""
    if pd.isna(due_on):
        return ""
    if urgency == "overdue":
        return f"Overdue since {day(due_on, year=due_on.year != today.year)}"
    if urgency == "today" or due_on == today:
        return "Today"
    return full_day(due_on, year=due_on.year != today.year)


def period(first: pd.Timestamp, today: pd.Timestamp) -> str:
    """From when to when the report tells."""
    return days(first, today)


def counts(row: Any, rate: str) -> tuple[int, int]:
    """The numerator and denominator of a row's rate; 0 of 0 where it is not told."""
    kept, of = row[f"{rate}_kept"], row[f"{rate}_of"]
    return (0, 0) if pd.isna(kept) or pd.isna(of) else (int(kept), int(of))


def rate_headline(rates: pd.DataFrame, rate: str) -> Headline:
    """A rate as a figure: in counts under ten, else in percent with counts and interval."""
    row = rates.iloc[0]
    kept, of = counts(row, rate)
    if not of:
        return Headline(RATES[rate], "–", "nothing to judge yet")
    if of < ENOUGH:
        return Headline(RATES[rate], share(kept, of), "under ten: in counts")
    low, high = (100 * float(row[f"{rate}_{end}"]) for end in ("low", "high"))
    aside = f"{kept} of {of}; likely {low:.0f} to {high:.0f}\u00a0%"
    return Headline(RATES[rate], share(kept, of).replace(" %", "\u00a0%"), aside)


def rates_table(
    rates: pd.DataFrame, caption: str, by: str | None = None, heading: str = "", width: float = 2.6
) -> Table:
    """Rates in rows, a rate or a group and rate each: counts, from ten on share and interval too.

    ``by`` names the column whose values stand first in the row.
    """
    columns = (
        *((Column(heading, width=width),) if by else ()),
        Column("What", width=2.6),
        Column("Kept", "number"),
        Column("Of", "number"),
        Column("Rate", "share"),
        Column("Likely from", "share", 1.1),
        Column("to", "share"),
    )
    rows: list[tuple[Cell, ...]] = []
    for record in rates.to_dict("records"):
        for rate, what in RATES.items():
            kept, of = counts(record, rate)
            if not of:
                continue
            shares = [record[f"{rate}_{part}"] for part in ("rate", "low", "high")]
            told = [float(one) if of >= ENOUGH else None for one in shares]
            rows.append((*((str(record[by]),) if by else ()), what, kept, of, *told))
    return Table(caption, columns, tuple(rows), "Nothing to judge yet.")


def made_on(today: pd.Timestamp) -> str:
    """As of which day."""
    return f"As of {day(today)}"


def count(number: int, noun: str) -> str:
    """``3 interviews``."""
    return counted_noun(number, noun)


def as_date(when: pd.Timestamp) -> date:
    """A local day as a plain date."""
    return when.date()


#: What every report says of its own figures.
HOW_COUNTED = (
    "A thank-you is on time when it goes out within the hours that the field allows after the "
    "interview; a follow-up when it goes out within its window, which the field's wait, or the day "
    "that the employer promised, opens.",
    "A rate counts what was on time, of all that was on time, late, missed or overdue; for "
    "follow-ups, what came too soon or too often counts too. What is not known is never counted "
    "as missed, and what became needless is not counted at all.",
    "The interval says how sure a rate is: with few cases the true share may lie anywhere in it "
    "(95 %, Wilson). Under ten, counts are told instead of a rate.",
)
