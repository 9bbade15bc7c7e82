"""A note on the coach's desk: about what it can be, what was answered, how the coach changed it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from coachkit._days_in_words import full_day
from coachkit.caseload import Caseload
from coachkit.notes import Gap, Note
from coachkit.panels.doing import records
from coachkit.panels.interview_form import numbered
from coachkit.telling import plain

#: The kinds of note, as a coach calls them.
KINDS = (
    ("Thank-you e-mail", "thank_you"),
    ("Handwritten card", "card"),
    ("Follow-up e-mail", "follow_up"),
    ("What to say on the phone", "call"),
    ("Closing note", "closing"),
    ("Weekly message to the client", "weekly"),
)
#: Writes the note from the facts and the answers to what is missing.
Write = Callable[[Mapping[str, str]], Note]


@dataclass(frozen=True)
class Kept:
    """What is the coach's own in a draft, as the practice keeps it; None: as the facts have it."""

    subject: str | None = None
    text: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


NOTHING = Kept()


@dataclass
class Draft:
    """A note as it was written from the facts, and as the coach left it.

    Parameters
    ----------
    note
        As it was written last.
    subject, text
        As they now stand on the page.
    asked
        Every question that it ever had, so that an answer can be mended.
    answers
        What was answered; an empty answer leaves an optional part out.
    logged
        The contact that it became when it was sent.
    kept
        What the practice held of it when it was last looked at.
    """

    note: Note
    subject: str = ""
    text: str = ""
    asked: dict[str, Gap] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    logged: int | None = None
    kept: Kept = NOTHING

    def __post_init__(self) -> None:
        self._take(self.note)

    @property
    def is_changed(self) -> bool:
        """Whether the coach changed what was written from the facts."""
        return (self.subject, self.text) != (self.note.subject, self.note.text)

    @property
    def own(self) -> Kept:
        """What is the coach's own in it."""
        words = (self.subject or None, self.text or None) if self.is_changed else (None, None)
        return Kept(*words, dict(self.answers))

    def take_up(self, kept: Kept, write: Write) -> None:
        """Be as the practice keeps it, which may be as another tab has left it."""
        self.kept, self.answers = kept, dict(kept.answers)
        self.note = write(self.answers)
        self._take(self.note)
        self.subject, self.text = kept.subject or self.subject, kept.text or self.text

    @property
    def standing(self) -> Note:
        """The note as it now stands, with the gaps that still are in it."""
        open_gaps = tuple(gap for gap in self.asked.values() if self._holds(gap.mark))
        return replace(self.note, subject=self.subject, text=self.text, gaps=open_gaps)

    @property
    def questions(self) -> dict[str, Gap]:
        """The questions to ask: what the note lacks, and what was answered."""
        lacking = {gap.key for gap in (*self.note.gaps, *self.standing.gaps)} | set(self.answers)
        return {key: gap for key, gap in self.asked.items() if key in lacking}

    def renew(self, write: Write) -> None:
        """Write it from the facts as they now are; the coach's own words stay as they are."""
        changed, self.note = self.is_changed, write(self.answers)
        if not changed:
            self._take(self.note)
            return
        for gap in self.note.gaps:
            if gap.key in self.asked:  # which may be asked in other words now
                self._put(gap.mark, in_place_of=self.asked[gap.key].mark)
            self.asked[gap.key] = gap

    def fill(self, key: str, answer: str | None, write: Write) -> bool:
        """Answer a question, or no longer (None); whether the text took the answer up.

        In a text that the coach changed, the answer goes to the gap's place, and nowhere else.
        """
        mark, was_changed = self.asked[key].mark, self.is_changed
        if answer is None:
            self.answers.pop(key, None)
        else:
            self.answers[key] = answer
        self.renew(write)
        if not was_changed:
            return True
        if not (answer and self._holds(mark)):
            return False
        self._put(answer, in_place_of=mark)
        return True

    def write_anew(self, write: Write) -> None:
        """Give the coach's own words up for those from the facts."""
        self._take(self.note)
        self.renew(write)

    def _take(self, note: Note) -> None:
        self.subject, self.text = note.subject, note.text
        self.asked |= {gap.key: gap for gap in note.gaps}

    def _put(self, words: str, *, in_place_of: str) -> None:
        self.subject = self.subject.replace(in_place_of, words)
        self.text = self.text.replace(in_place_of, words)

    def _holds(self, mark: str) -> bool:
        return mark in self.text or mark in self.subject


def visits_of(client: Caseload, as_of: pd.Timestamp) -> list[tuple[str, int]]:
    """The interviews that a note can be about, the latest first: its words, its id."""
    visits = client.interviews
    held = ~visits["cancelled"].fillna(False).astype(bool) & (visits["held_at"] <= as_of)
    of = client.opportunities.set_index("opportunity_id")[["employer", "role"]]
    told = visits[held].join(of, on="opportunity_id").sort_values("held_at", ascending=False)
    zone = str(client.clients["timezone"].iloc[0])
    options = [
        (
            f"{_named(row['employer'])} · {_named(row['role'])}, "
            f"interview of {full_day(row['held_at'].tz_convert(zone))}",
            int(row["interview_id"]),
        )
        for row in records(told)
    ]
    return [(words, int(key)) for words, key in numbered(options)]


def people_of(client: Caseload, interview_id: int | None) -> list[tuple[str, int]]:
    """Who was met at an interview: the name, the id."""
    people = client.interviewers
    assert people is not None
    own = people[people["interview_id"] == interview_id].sort_values("interviewer_id")
    options = [(_named(row["name"]), int(row["interviewer_id"])) for row in records(own)]
    return [(words, int(key)) for words, key in numbered(options)]


def kept_of(drafts: pd.DataFrame) -> dict[tuple[Any, ...], Kept]:
    """What a practice keeps of notes that were begun, by kind, interview and person."""
    kept = {}
    cells = drafts.astype(object)
    for row in records(cells.where(cells.notna(), None)):
        answers = json.loads(row["answers"] or "{}")
        about = (row["kind"], row["interview_id"], row["interviewer_id"])
        kept[about] = Kept(row["subject"], row["text"], answers)
    return kept


def _named(cell: Any) -> str:
    return "(not written down)" if pd.isna(cell) else plain(cell)
