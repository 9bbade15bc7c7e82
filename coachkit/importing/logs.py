"""Cells that are small logs ("Phone interview on 1/9/14 at 11:00; sent thank you note 1/10").

What they tell is proposed as events with their words quoted, for the coach to take or leave.
Nothing in them becomes a fact by itself.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from coachkit.importing.days import DayCell, Order, day_in, read_day

EventKind = Literal["interview", "thank_you", "follow_up", "applied", "reply", "other"]

_KINDS: tuple[tuple[EventKind, re.Pattern[str]], ...] = (
    (
        "thank_you",
        re.compile(
            r"\bthank(?:s|ed)?[ -]?(?:you|note|letter|e-?mail)|"
            r"\bdank(?:schreiben|esmail)|remerciement|agradecimiento",
            re.I,
        ),
    ),
    (
        "follow_up",
        re.compile(
            r"\bfollow(?:ed|ing)?[ -]?up|\bbugged|\bnudged|\bchecked in|\bpinged|"
            r"\bnachgehakt|\bnachgefragt|\brelanc|\bseguimiento",
            re.I,
        ),
    ),
    (
        "interview",
        re.compile(
            r"\binterview|\bphone screen|\bscreening|\bonsite|\bon-site|"
            r"\b(?:first|second|third|final|1st|2nd|3rd) round|\bspoke|\bcall with|\bphone call|"
            r"\bgespr[äa]ch|\bentretien|\bentrevista|\bcolloquio|面试|面接",
            re.I,
        ),
    ),
    (
        "applied",
        re.compile(r"\bappl(?:ied|ication)|\bsubmitted|\bbeworben|\bpostul[ée]|投递|応募", re.I),
    ),
    (
        "reply",
        re.compile(
            r"\b(?:heard|replied|reply|responded|response|rejected|rejection|"
            r"e-?mailed me|called me|got back|received)\b|\bantwort|\babsage|\brefus",
            re.I,
        ),
    ),
)
_DAY = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?"
    r"(?:,? \d{4})?|"
    r"\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"(?: \d{4})?|"
    r"\d{1,2}/\d{1,2}|\d{1,2}\.\d{1,2}\.",
    re.I,
)
_SENTENCE = re.compile(r"[^.;\n!?]*(?:\.(?=\d)[^.;\n!?]*)*[.;\n!?]?")
_LONGEST, _MOST = 4000, 12


@dataclass(frozen=True)
class Event:
    """An event that a cell's words may tell of; ``on`` is null where they name no certain day."""

    row: int
    column: str
    kind: EventKind
    on: date | None
    quote: str


def read_log(text: str, *, row: int, column: str, order: Order) -> list[Event]:
    """The events that a text may tell of, each with its words.

    A day counts only where it has its year and the order of its column is known.

    Examples
    --------
    >>> [(e.kind, str(e.on)) for e in read_log(
    ...     "Phone interview on 13/9/14 at 11:00; sent thank you note 14/9",
    ...     row=2, column="Notes", order="dmy")]
    [('interview', '2014-09-13'), ('thank_you', 'None')]
    """
    events: list[Event] = []
    for sentence in _SENTENCE.findall(text[:_LONGEST]):
        words = sentence.strip(" ;\n")
        found = _DAY.search(words)
        if not words or found is None:
            continue
        kind = next((kind for kind, pattern in _KINDS if pattern.search(words)), None)
        if kind is None:
            continue
        cell = read_day(found[0])
        events.append(Event(row, column, kind, _certain(cell, order), words[:200]))
        if len(events) == _MOST:
            break
    return events


def _certain(cell: DayCell | None, order: Order) -> date | None:
    return None if cell is None else day_in(cell, order)
