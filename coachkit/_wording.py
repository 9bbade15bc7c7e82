"""How the charts speak: of rates, of shares and days, and of names that come from outside."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from coachkit._days_in_words import day

#: Under so many duties a share is told in counts (follow-up rules §5).
ENOUGH = 10
NO_EVENTS = "Nothing to show yet: no interview and no message is written down."
_REORDERING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_STANDS = {
    "due": "due by {until}",
    "overdue": "was due by {until}",
    "waiting": "due from {due}",
    "held": "held until {held}",
}
_SLIPS = ("late", "too soon", "too many")


@dataclass(frozen=True)
class Words:
    """How the charts speak of one rate."""

    what: str  # the numerator
    who: str  # the question that the grid answers
    trend: str  # the question that the trend answers
    levels: tuple[str, str, str]  # none, some, all of the numerator
    nothing: str
    lost: str = ""  # where the frame no longer tells the numerator
    wanted: bool = True  # more is better


WORDS = {
    "follow_up": Words(
        "Follow-ups on time",
        "Who followed up on time, week by week?",
        "Are follow-ups on time more often than before?",
        ("none on time", "some on time", "all on time"),
        "Nothing to judge yet: no follow-up has come due.",
    ),
    "thank_you": Words(
        "Thank-yous on time",
        "Who sent the thank-you on time, week by week?",
        "Are thank-yous on time more often than before?",
        ("none on time", "some on time", "all on time"),
        "Nothing to judge yet: no thank-you has come due.",
    ),
    "pest": Words(
        "Follow-ups sent too soon or too often",
        "Who followed up too soon or too often, week by week?",
        "Are follow-ups too soon or too many less often than before?",
        ("none too soon", "some too soon", "all too soon"),
        "Nothing to judge yet: no follow-up has been sent.",
        wanted=False,
    ),
    "card": Words(
        "Interviews followed by a card",
        "Who sent a card after the interview, week by week?",
        "Do more interviews get a card than before?",
        ("none with a card", "some with a card", "all with a card"),
        "Nothing to judge yet: no interview has been held.",
        lost="Cards cannot be told from this frame. Take the duties straight from coachkit.grade.",
    ),
}


def words(kind: str) -> Words:
    """Find the words for a rate; refuse a kind of rate that there is not."""
    if kind not in WORDS:
        raise ValueError(f"There is no rate {kind!r}. Use {', '.join(WORDS)}.")
    return WORDS[kind]


def plain(text: object, longest: int = 10_000) -> str:
    """Put text from outside on one line, without control characters, cut with an ellipsis."""
    if text is None or text is pd.NA or text is pd.NaT or text != text:  # NaN differs from itself
        return "not named"
    whole = " ".join(unicodedata.normalize("NFC", str(text)).split())
    whole = "".join(
        sign
        for sign in whole
        if unicodedata.category(sign) not in ("Cc", "Cs", "Cn") and sign not in _REORDERING
    )
    return whole if len(whole) <= longest else whole[: longest - 1].rstrip() + "…"


def drawn(text: object, longest: int) -> str:
    """Do the same for drawing: no dollar sign in it ever begins a formula."""
    return plain(text, longest).replace("$", r"\$")


def share(kept: int, of: int) -> str:
    """Say ``1 of 3`` under ten, else ``83 %`` (follow-up rules §5)."""
    return f"{kept} of {of}" if of < ENOUGH else f"{kept / of:.0%}".replace("%", " %")


def full_share(kept: int, of: int) -> str:
    """Say ``1 of 3`` under ten, else ``83 % (25 of 30)``."""
    return share(kept, of) if of < ENOUGH else f"{share(kept, of)} ({kept} of {of})"


def days(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Write ``9 Feb to 12 Oct 2026``."""
    if first == last:
        return day(first)
    return f"{day(first, year=first.year != last.year)} to {day(last)}"


def weeks_of(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Write ``weeks of 9 Feb to 12 Oct 2026``."""
    return f"{'week' if first == last else 'weeks'} of {days(first, last)}"


def counted_noun(number: int, noun: str) -> str:
    """Write ``1 client``, ``3 clients``, ``2 opportunities``."""
    many = f"{noun[:-1]}ies" if noun.endswith("ty") else f"{noun}s"
    return f"{number} {noun if number == 1 else many}"


def listed(parts: Sequence[str]) -> str:
    """Write ``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def stands(window: Any) -> str:
    """Say when a window that is not over is or was due; nothing for the others."""
    until, due = (day(when, year=False) for when in (window.until_on, window.due_on))
    held = day(window.hold_until, year=False) if window.verdict == "held" else ""
    return _STANDS.get(window.verdict, "").format(until=until, due=due, held=held)


def slip(detail: object) -> str:
    """Find what an event's detail says went wrong, if anything."""
    said = str(detail).rpartition(", ")[2]
    return said if said in _SLIPS else ""
