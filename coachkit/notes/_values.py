"""What a note is: its kinds, what is asked for, what comes back, and what is missing from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: The six texts; all but the last go to an employer, ``weekly`` goes to the client.
NOTE_KINDS = ("thank_you", "card", "follow_up", "call", "closing", "weekly")
#: Other words that people use for them.
ALSO_CALLED = {"voicemail": "call", "script": "call", "email": "thank_you", "let_go": "closing"}
#: No note shows more samples of work (follow-up rules §8).
MOST_SAMPLES = 2
#: What a card holds, greeting and name included: ruled lines in a hand of usual size.
CARD_WORDS, CARD_LINES, CARD_COLUMNS = 70, 11, 48
#: Words a minute on a voicemail: slower than talk, so that a number can be written down.
SPOKEN_PACE = 140


@dataclass(frozen=True)
class Wanted:
    """Which note is to be written, and what the coach chose for it.

    Parameters
    ----------
    kind
        One of ``NOTE_KINDS``.
    opportunity_id, interview_id, interviewer_id
        About which opportunity and visit, to whom. An interview names its opportunity. What is not
        named is the opportunity whose state asks for such a note, else that of the latest visit;
        the latest visit held there; the first person met at it.
    samples
        The titles or ids of the work samples to show; None: those that suit, at most two.
    answers
        What the client answered to the questions of the gaps, by the gap's key; an empty answer
        leaves an optional part of the note out.
    """

    kind: str
    opportunity_id: int | None = None
    interview_id: int | None = None
    interviewer_id: int | None = None
    samples: tuple[int | str, ...] | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Gap:
    """A fact that is missing: where the note shows it, and what to ask the client.

    ``optional`` gaps may be left out by answering them with an empty text.
    """

    key: str
    question: str
    optional: bool = False

    @property
    def mark(self) -> str:
        """How the gap stands in the note."""
        return f"[{self.question}]"


@dataclass(frozen=True)
class Sample:
    """A sample of the client's work that a note may show."""

    sample_id: int
    title: str
    location: str | None

    @property
    def is_link(self) -> bool:
        """Whether it lies on the web, so that naming its address is enough."""
        return (self.location or "").lower().startswith(("https://", "http://"))


@dataclass(frozen=True)
class Note:
    """A note as it stands: a draft, and what keeps it from being sent.

    Parameters
    ----------
    kind
        One of ``NOTE_KINDS``.
    recipient, address
        To whom, and their e-mail address; null where it is not known.
    subject
        The subject line; empty where the kind has none.
    text
        The note itself, lines ended by a newline alone.
    gaps
        The facts that are missing, in the order in which the text shows them.
    samples
        The work that it shows, never more than two.
    refused
        The work that it must not show, each with why, by name.
    provides
        What the employer asked for and the note says is sent along.
    cautions
        What the coach should know before it goes out, each a sentence.
    limit
        How many words it may have; None: no hard limit.
    """

    kind: str
    client_id: int
    opportunity_id: int | None
    interview_id: int | None
    interviewer_id: int | None
    recipient: str | None
    address: str | None
    subject: str
    text: str
    sender: str
    country: str | None = None
    gaps: tuple[Gap, ...] = ()
    samples: tuple[Sample, ...] = ()
    refused: tuple[str, ...] = ()
    provides: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    limit: int | None = None

    @property
    def ready(self) -> bool:
        """Whether it may go out: no gap is open, and it is no longer than it may be."""
        return not self.gaps and self.fits

    @property
    def fits(self) -> bool:
        """Whether it is no longer than it may be; a card must hold it on one side, too."""
        if self.limit is None:
            return True
        return self.words <= self.limit and len(self.card_lines) <= CARD_LINES

    @property
    def card_lines(self) -> tuple[str, ...]:
        """The lines as they would be written on a card by hand."""
        from textwrap import wrap

        return tuple(
            line
            for paragraph in self.text.split("\n")
            if paragraph.strip()
            for line in wrap(paragraph, CARD_COLUMNS, break_on_hyphens=False)
        )

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def seconds(self) -> int | None:
        """How long a script takes to say; None for what is read."""
        return round(self.words * 60 / SPOKEN_PACE) if self.kind == "call" else None

    @property
    def to_attach(self) -> tuple[Sample, ...]:
        """The samples that must be attached, lying on no web page."""
        return tuple(sample for sample in self.samples if not sample.is_link)

    def as_sent(self, at: object, channel: str | None = None) -> dict[str, Any]:
        """The contact that it becomes when it has gone out: ``practice.add_contact(**cells)``.

        Parameters
        ----------
        at
            When it went out (an instant).
        channel
            By what; None: as its kind goes.

        Raises
        ------
        UnclearNote
            It went to the client, and is no contact with an employer.
        """
        from coachkit import errors

        if self.opportunity_id is None:
            raise errors.UnclearNote("This message is for the client: there is no contact to log.")
        usual, kind = _SENT[self.kind]
        return {
            "opportunity_id": self.opportunity_id,
            "interview_id": self.interview_id,
            "at": at,
            "direction": "out",
            "channel": channel or usual,
            "kind": kind,
            "text": str(self),
        }

    def __str__(self) -> str:
        return f"Subject: {self.subject}\n\n{self.text}" if self.subject else self.text


#: The channel and the kind of the contact that a sent note is.
_SENT = {
    "thank_you": ("email", "thank_you"),
    "card": ("card", "thank_you"),
    "follow_up": ("email", "follow_up"),
    "call": ("voicemail", "follow_up"),
    "closing": ("email", "other"),
}


def kind_named(kind: str) -> str:
    """The kind of note that a word stands for.

    Raises
    ------
    UnknownWord
        No kind of note is called so.
    """
    from coachkit import errors

    named = kind.strip().lower().replace("-", "_").replace(" ", "_")
    named = ALSO_CALLED.get(named, named)
    if named not in NOTE_KINDS:
        raise errors.UnknownWord(
            f"There is no kind of note {errors.quoted(kind)}. Use {errors.listed(NOTE_KINDS)}."
        )
    return named
