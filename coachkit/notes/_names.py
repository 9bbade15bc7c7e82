"""Names that do not belong in a note: another employer's, a stranger's."""

import re
from collections.abc import Iterator

from coachkit.notes._check import Finding, Known, Severity, finding
from coachkit.notes._phrases import lexicon
from coachkit.notes._reading import Read, Span


def wrong_names(note: Read, kind: str, known: Known) -> Iterator[Finding]:
    """Another employer's name; a greeting to somebody who was met elsewhere, or to nobody met."""
    for other in known.others:
        if len(other) < 3 or (known.employer and other.lower() in known.employer.lower()):
            continue
        for found in re.finditer(rf"(?<!\w){re.escape(other)}(?!\w)", note.text):
            span = Span(found.start(), found.end(), found[0])
            advice = f"This is another employer. The note goes to {known.employer or 'one alone'}."
            yield finding(note, "wrong_company", "serious", span, advice)
            break
    if note.greeting and note.recipient and known.people:
        greeted = _parts(note.recipient)
        if greeted and not any(greeted & _parts(name) for name in known.people):
            elsewhere = any(greeted & _parts(name) for name in known.strangers)
            advice = "Nobody of this name was met there. Whom is the note for?"
            severity: Severity = "serious" if elsewhere else "hint"
            yield finding(note, "wrong_person", severity, note.greeting, advice)


def two_employers(note: Read, kind: str, known: Known) -> Iterator[Finding]:
    """An employer whom the writer would join, and another with whom they spoke: one was left over.

    Two in one sentence may be a firm and its place. Sentences about the writer's own past, or an
    offer, may name anybody.
    """
    met = {span.text for _, span in _employers(note, "met_at")}
    for sentence, span in _employers(note, "would_join"):
        if met and not any(_alike(name, span.text) or name in sentence.text for name in met):
            advice = f"The note is about {min(met)}, too. To whom does it go?"
            yield finding(note, "wrong_company", "serious", span, advice)


def _employers(note: Read, mark: str) -> Iterator[tuple[Span, Span]]:
    """The names that stand where an employer's would, each with its sentence."""
    marks = lexicon().marks
    for sentence in note.sentences:
        if marks["own_past"].search(sentence.text):
            continue
        for found in marks[mark].finditer(sentence.text):
            start = sentence.start + found.start("name")
            yield sentence, Span(start, start + len(found["name"]), found["name"])


def _alike(name: str, other: str) -> bool:
    """Whether two names may be of one employer: they share a word, or one is the other's initials.

    Words that many employers have in their names count for nothing.
    """
    of_many = lexicon().marks["of_many_employers"]
    ones, twos = (
        {word for word in re.findall(r"\w+", of_many.sub("", one.lower())) if len(word) > 1}
        for one in (name, other)
    )
    initials = {"".join(re.findall(r"\b[A-Z]", one)).lower() for one in (name, other)}
    return not ones or not twos or bool(ones & twos or initials & (ones | twos))


def _parts(name: str) -> set[str]:
    titles = {"mr", "mrs", "ms", "mx", "dr", "prof", "professor", "miss", "and"}
    return {word.lower() for word in re.findall(r"[\w'-]{2,}", name)} - titles
