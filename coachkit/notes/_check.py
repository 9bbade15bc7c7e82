"""The note check: what would hurt a note, each with its place and better words."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from coachkit.notes._phrases import Phrases, lexicon
from coachkit.notes._reading import Read, Span, read
from coachkit.notes._values import Note, kind_named

Severity = Literal["serious", "hint"]
#: How much of a long sentence a finding quotes.
_LONGEST_QUOTE = 200
#: What is a note to nobody outside is checked for these alone.
_FOR_EVERY_KIND = frozenset(("gap", "profanity", "shouting", "lower_case", "device"))


@dataclass(frozen=True)
class Finding:
    """One thing that would hurt a note.

    Parameters
    ----------
    rule
        Which one it breaks, in a word.
    severity
        ``serious``: do not send it so; ``hint``: it could be better.
    quote
        The place, word for word.
    advice
        What to write instead.
    start
        Where the quote begins in the text.
    """

    rule: str
    severity: Severity
    quote: str
    advice: str
    start: int


@dataclass(frozen=True)
class Known:
    """What is known of the note that a text should be: checked against it.

    Parameters
    ----------
    employer, others
        Whom it goes to; other employers of this client, whose name in it is a slip.
    people, strangers
        Who was met there, by name; who was met elsewhere.
    """

    employer: str | None = None
    others: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()


def check(text: str | Note, kind: str = "thank_you", known: Known | None = None) -> list[Finding]:
    r"""Find what would hurt a note: a draft of coachkit's, or a text that a client wrote.

    Parameters
    ----------
    text
        The note, with or without a subject line; or a ``Note``, whose own kind then counts.
    kind
        What it is meant to be: one of ``NOTE_KINDS``.
    known
        Whom it is for, if that is known: then every wrong name is found, not only two employers in
        one note.

    Returns
    -------
    list of Finding
        Serious ones first, then in the order of the text; empty for a good note.

    Raises
    ------
    UnknownWord
        There is no such kind of note.

    Examples
    --------
    >>> from coachkit.notes import check
    >>> thanks = "Thank you for showing me the north depot on Monday; I liked the loading plan."
    >>> [one.quote for one in check(f"Dear Ms. Lee,\n\n{thanks} I need this job!\n\nAnn Osei")]
    ['I need this job!']
    """
    if isinstance(text, Note):
        kind, text = text.kind, text.text
    kind = kind_named(kind)
    note = read(text)
    found = [finding for rule in _rules() for finding in rule(note, kind, known or Known())]
    found += _phrases(note)
    if kind == "weekly":
        found = [finding for finding in found if finding.rule in _FOR_EVERY_KIND]
    return sorted(_once(found), key=lambda one: (one.severity != "serious", one.start, one.rule))


def known_of(
    caseload: object, interview_id: int | None = None, opportunity_id: int | None = None
) -> Known:
    """What a client's caseload knows of the note about a visit or an opportunity."""
    from coachkit.notes._rows import known_names

    return Known(**known_names(caseload, interview_id, opportunity_id))  # type: ignore[arg-type]


Rule = Callable[[Read, str, Known], Iterator[Finding]]


def _rules() -> Sequence[Rule]:
    from coachkit.notes import _shape

    return _shape.RULES


def _phrases(note: Read) -> Iterator[Finding]:
    found = [(phrases, span) for span in _pieces(note) for phrases in _broken(note, span)]
    for phrases, span in found:
        often = phrases.serious_from is not None and _times(phrases, found) >= phrases.serious_from
        severity: Severity = "serious" if phrases.serious or often else "hint"
        yield finding(note, phrases.rule, severity, span, phrases.advice)


def _times(phrases: Phrases, found: Sequence[tuple[Phrases, Span]]) -> int:
    """How many times phrases stand in the sentences where they were found."""
    return sum(len(one.found.findall(at.text)) for one, at in found if one is phrases)


def _broken(note: Read, span: Span) -> Iterator[Phrases]:
    """What a sentence breaks: of every rule the first entry that is found in it."""
    told: set[str] = set()
    for phrases in lexicon().phrases:
        if phrases.rule in told or not phrases.found.search(span.text):
            continue
        if phrases.unless and phrases.unless.search(span.text):
            continue
        if phrases.unless_anywhere and phrases.unless_anywhere.search(note.body):
            continue
        told.add(phrases.rule)
        yield phrases


def _pieces(note: Read) -> Iterator[Span]:
    """Greeting, sentences, and what stands behind the sign-off."""
    if note.greeting:
        yield note.greeting
    yield from note.sentences
    for line in re.finditer(r"[^\n]+", note.plain[note.closing_at :]):
        yield Span(note.closing_at + line.start(), note.closing_at + line.end(), line[0])


def finding(note: Read, rule: str, severity: Severity, span: Span, advice: str) -> Finding:
    """A finding that quotes the text as it was written."""
    quote = note.text[span.start : min(span.end, span.start + _LONGEST_QUOTE)].strip()
    return Finding(rule, severity, quote, advice, span.start)


def _once(found: list[Finding]) -> list[Finding]:
    """One finding a rule and place; where a serious one stands, the hint of that rule goes."""
    serious = {(one.rule, one.start) for one in found if one.severity == "serious"}
    kept: dict[tuple[str, int], Finding] = {}
    for one in found:
        if one.severity == "hint" and (one.rule, one.start) in serious:
            continue
        kept.setdefault((one.rule, one.start), one)
    return list(kept.values())
