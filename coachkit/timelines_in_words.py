"""What an employer says about when they will answer, turned into the day it means.

"Two to three weeks", "by the end of next week", "early December": of a range its end is taken, so
that a client is never told to chase while the employer is still within their word. What could be
read in two ways is not read at all. The coach confirms the day.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from coachkit._spoken_times import Days, Reading, read_time

__all__ = ["FARTHEST", "Reading", "read_timeline"]

#: A timeline beyond this many days from the interview is a slip of the tongue or of the reader.
FARTHEST = 400
#: Words before a time that do not change it.
_LEAD = re.compile(
    r"^(?:(?:by|in|within|on|at|during|around|about|approximately|roughly|probably|likely|hopefully"
    r"|maybe|perhaps|sometime|some time|no later than|not later than|at the latest|up to|until|till"
    r"|over|say|expect|anywhere from|between|from|the next|next few|give us|give it|allow|takes?"
    r"|another|latest|as early as|or so|of|come) )+"
)
_TAIL = re.compile(
    r"(?: (?:or so|at the latest|at latest|latest|from now|from today|hence|probably|i think"
    r"|hopefully|time|tops|max|at most|if all goes well|close of business|eod|cob))+$"
)
#: Where the time begins in "they will call by Friday".
_PREPOSITIONS = re.compile(
    r"\b(?:by|in|within|on|before|after|around|about|until|early|late|mid)\b"
)
_NEGATED = re.compile(r"\b(?:not|never|no|won't|don't|can't|cannot|didn't|isn't|unlikely|nobody)\b")


def read_timeline(text: str, *, today: date, country: str | None = None) -> Reading | None:
    """Read the day by which an employer said they would answer.

    Parameters
    ----------
    text
        What they said, in English, as the client tells it.
    today
        The local day on which it was said: the interview's.
    country
        Whose holidays "after Thanksgiving" and business days mean; None: weekends only.

    Returns
    -------
    Reading or None
        The day, of a range its end, and a clause that says how it was read. None where the text
        names no time, names several, denies one, or could mean two days that lie apart.

    Examples
    --------
    >>> from datetime import date
    >>> wednesday = date(2026, 10, 14)
    >>> reading = read_timeline("Two to three weeks", today=wednesday)
    >>> reading.on, reading.how
    (datetime.date(2026, 11, 4), '3 weeks after Wed 14 Oct 2026')
    >>> read_timeline("We will let you know", today=wednesday) is None
    True
    """
    days = Days(today, country)
    parts = re.split(r"(?<!\d)/|[;!?()\n]|(?<![A-Z][a-z]{2})\.| [-–—] ", text)
    clauses = [_plain(clause) for clause in parts]
    found = {reading.on: reading for clause in clauses if (reading := _read_clause(clause, days))}
    if len(found) != 1:
        return None
    (reading,) = found.values()
    return reading if timedelta(0) <= reading.on - today <= timedelta(FARTHEST) else None


def _plain(clause: str) -> str:
    clause = clause.lower().replace("’", "'").replace("–", "-").replace("—", "-")
    clause = re.sub(r"[\"“”:.]", " ", clause)
    return re.sub(r"\s+", " ", clause).strip(" ,-")


def _read_clause(clause: str, days: Days) -> Reading | None:
    """The one time that a clause names, wherever in it the time begins."""
    if clause == "may":
        return None  # perhaps the month, perhaps they may
    denied = re.sub(r"\b(?:no|not) later than\b", "", clause)
    if _NEGATED.search(denied):
        return None
    for part in (clause, *(clause[begin:] for begin in _beginnings(clause))):
        stripped = _TAIL.sub("", _LEAD.sub("", part)).strip(" ,")
        for words in dict.fromkeys((part, stripped, re.sub(r"^the ", "", stripped))):
            reading = read_time(words, days)
            if reading:
                return reading
    return None


def _beginnings(clause: str) -> Iterator[int]:
    return (match.start() for match in _PREPOSITIONS.finditer(clause))
