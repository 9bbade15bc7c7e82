"""One client's facts → a note (follow-up rules §8)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from coachkit import errors
from coachkit._days_in_words import full_day
from coachkit.caseload import Caseload
from coachkit.notes._context import BREAK, Asking, client_names, employer_names
from coachkit.notes._facts import Facts, read_facts
from coachkit.notes._rows import people_met, the_client
from coachkit.notes._samples import chosen, samples_of, suited
from coachkit.notes._templates import Templates
from coachkit.notes._values import CARD_LINES, CARD_WORDS, Note, Sample, Wanted, kind_named
from coachkit.notes._weekly import read_week
from coachkit.policy import Policy

#: No subject line is longer.
_LONGEST_SUBJECT = 120
_SUBJECT = re.compile(r"\A\s*Subject:[^\S\n]*(?P<subject>[^\n]*)\n", re.IGNORECASE)


def compose(
    caseload: Caseload,
    policy: Policy,
    wanted: Wanted | str,
    *,
    as_of: object,
    templates: Templates | None = None,
) -> Note:
    """Write one note from what is known; what is not known becomes a visible gap.

    Parameters
    ----------
    caseload
        One client's: ``practice.caseload(client=…)`` or ``caseload.subset(…)``.
    policy
        The waits; a field's pace sets how forward the note is.
    wanted
        Which note, about what, to whom, with what (``Wanted``), or just its kind.
    as_of
        The instant at which it is written (aware datetime, Timestamp or ISO text).
    templates
        Whose words to use; None: those that came with coachkit.

    Returns
    -------
    Note
        The draft. The same facts give the same words; other people and visits at the same employer
        give other sentences.

    Raises
    ------
    UnclearNote
        What it is about cannot be told, is not there, or has not happened.
    RefusedSample
        A named work sample is confidential, may be so, is not there, or is one too many.
    UnknownWord
        There is no such kind of note.

    Examples
    --------
    >>> import coachkit as ck
    >>> from coachkit.notes import Wanted, compose
    >>> practice = ck.open_practice()
    >>> caseload = practice.caseload(client="Amara Osei")
    >>> note = compose(caseload, practice.policy(), "weekly", as_of=practice.as_of())
    >>> note.recipient
    'Amara Osei'
    """
    wanted = wanted if isinstance(wanted, Wanted) else Wanted(wanted)
    wanted = replace(wanted, kind=kind_named(wanted.kind))
    templates = templates or Templates()
    if wanted.kind == "weekly":
        return _weekly(caseload, policy, wanted, as_of, templates)
    facts = read_facts(caseload, policy, wanted, as_of)
    samples, refused = _samples(caseload, wanted, facts)
    asking = Asking(templates.language, wanted.answers)
    names = employer_names(facts, templates.language, asking, samples, wanted.kind)
    names |= {
        "turn": facts.turn + (facts.followed if wanted.kind in ("follow_up", "call") else 0),
        "seed": f"{facts.client_id}/{wanted.kind}",
    }
    rendered, slips = templates.fill(_template(wanted.kind, facts), names)
    subject, text = _tidied(rendered)
    titles = (templates.language.titled(one.title) for one in samples)
    shows = [one for one, title in zip(samples, titles, strict=True) if title in text]
    name = names["interviewer"]
    provides = names["provides"]
    return Note(
        kind=wanted.kind,
        client_id=facts.client_id,
        opportunity_id=facts.opportunity_id,
        interview_id=facts.interview_id,
        interviewer_id=facts.person.interviewer_id if facts.person else None,
        recipient=name if isinstance(name, str) else None,
        address=facts.person.email if facts.person else None,
        subject=subject,
        text=text,
        sender=facts.client,
        country=facts.country,
        gaps=tuple(asking.shown.values()),
        samples=tuple(shows),
        refused=tuple(refused),
        provides=(provides,) if provides and provides in text else (),
        cautions=(*_cautions(wanted.kind, facts), *slips),
        limit=CARD_WORDS if wanted.kind == "card" else None,
    )


def compose_each(
    caseload: Caseload,
    policy: Policy,
    wanted: Wanted,
    *,
    as_of: object,
    templates: Templates | None = None,
) -> list[Note]:
    """Write one note for each person met at a visit, each in other words.

    Parameters, errors: as for ``compose``; an ``interviewer_id`` is left aside. A visit at which
    nobody's name was written down gives one note, with a gap for the name.
    """
    templates = templates or Templates()
    if kind_named(wanted.kind) == "weekly":
        return [compose(caseload, policy, wanted, as_of=as_of, templates=templates)]
    facts = read_facts(caseload, policy, replace(wanted, interviewer_id=None), as_of)
    visit = replace(wanted, interview_id=facts.interview_id, opportunity_id=facts.opportunity_id)
    people: Sequence[int | None] = people_met(caseload, facts.interview_id) or [None]
    return [
        compose(
            caseload,
            policy,
            replace(visit, interviewer_id=person),
            as_of=as_of,
            templates=templates,
        )
        for person in people
    ]


def _samples(caseload: Caseload, wanted: Wanted, facts: Facts) -> tuple[list[Sample], list[str]]:
    """The work that the note shows, and what it does not show, each with why."""
    shown, refused = samples_of(caseload)
    if wanted.samples is not None:
        return chosen(caseload, wanted.samples, shown, refused), list(refused.values())
    if wanted.kind == "thank_you":
        return suited(shown, facts.place, facts.met), list(refused.values())
    if wanted.kind == "follow_up" and facts.standing.sent:
        links = [sample for sample in shown if sample.is_link]
        return links[-1:], list(refused.values())
    return [], []


def _template(kind: str, facts: Facts) -> str:
    if kind != "follow_up":
        return kind
    if facts.standing.sent:
        return "follow_up_later"
    promised = facts.standing.promised_on
    return "follow_up_promise" if promised and promised < facts.today else "follow_up"


def _tidied(rendered: str) -> tuple[str, str]:
    """The subject, and the text in paragraphs, each on one line but where it breaks on purpose."""
    rendered = rendered.replace("\r\n", "\n").replace("\r", "\n")
    found = _SUBJECT.match(rendered)
    subject = " ".join(found["subject"].replace(BREAK, " ").split()) if found else ""
    body = rendered[found.end() :] if found else rendered
    paragraphs = []
    for paragraph in re.split(r"\n[^\S\n\u2028]*\n", body):
        lines = [" ".join(line.split()) for line in paragraph.split(BREAK)]
        if any(lines):
            paragraphs.append("\n".join(lines))
    if len(subject) > _LONGEST_SUBJECT:
        subject = subject[: _LONGEST_SUBJECT - 1].rstrip() + "…"
    return subject, "\n\n".join(paragraphs) + "\n"


def _cautions(kind: str, facts: Facts) -> list[str]:
    """What the coach should know before the note goes out (follow-up rules §4 and §6)."""
    about = f"It is about {facts.employer} (opportunity {facts.opportunity_id})."
    return [about] * facts.guessed + _out_of_time(kind, facts)


def _out_of_time(kind: str, facts: Facts) -> list[str]:
    standing = facts.standing
    if kind == "thank_you" and facts.thanked_on:
        return [f"A thank-you for this interview went out on {full_day(facts.thanked_on)} already."]
    if kind in ("follow_up", "call"):
        return _too_soon(facts)
    if kind == "closing" and standing.outcome != "open" and standing.outcome != "let_go":
        return [f"This opportunity has ended already: {standing.outcome}."]
    if kind == "closing" and standing.state not in ("let_go", "holding"):
        until = f" It would be from {full_day(standing.let_go_on)}." if standing.let_go_on else ""
        return [f"It is not time to let go.{until}"]
    return []


def _too_soon(facts: Facts) -> list[str]:
    due = f"{full_day(facts.standing.due_on)}" if facts.standing.due_on else "later"
    told = {
        "waiting": f"It is too soon: the follow-up is due from {due}.",
        "held": f"The coach holds it until {due}.",
        "answer": "They are waiting for an answer from the client: give that first.",
        "scheduled": "An interview is planned: nothing is to be followed up before it.",
        "holding": "The follow-ups of this field are used up: one more would be too many.",
        "let_go": "It is time to let go: a follow-up would come too late.",
    }.get(facts.standing.state)
    if facts.standing.outcome != "open":
        return [f"This opportunity has ended: {facts.standing.outcome}."]
    return [told] if told else []


def _weekly(
    caseload: Caseload, policy: Policy, wanted: Wanted, as_of: object, templates: Templates
) -> Note:
    client = the_client(caseload)
    week = read_week(caseload, policy, as_of, templates.language)
    words = templates.language.words
    voice = (str(words["greeting"]["warm"]), str(words["sign_off"]["warm"]))
    names: dict[str, Any] = client_names(week.client, voice, week.coach, templates.language) | {
        "kept": week.kept,
        "kept_count": len(week.kept),
        "due": week.due,
        "agreed": week.agreed,
        "missing": week.missing,
        "pace": "moderate",
        "formality": "warm",
        "turn": week.number,
        "seed": f"{client.client_id}/weekly",
    }
    rendered, slips = templates.fill("weekly", names)
    subject, text = _tidied(rendered)
    return Note(
        kind="weekly",
        client_id=int(client.client_id),
        opportunity_id=None,
        interview_id=None,
        interviewer_id=None,
        recipient=week.client,
        address=None,
        subject=subject,
        text=text,
        sender=week.coach or "",
        country=week.country,
        cautions=tuple(slips),
    )


def must_be_ready(note: Note) -> None:
    """Refuse a note that has gaps left, or is longer than it may be.

    Raises
    ------
    UnclearNote
        It is not ready.
    """
    if note.gaps:
        questions = " ".join(gap.question for gap in note.gaps)
        raise errors.UnclearNote(f"The note is not ready. Ask the client: {questions}")
    if not note.ready:
        raise errors.UnclearNote(
            f"The note has {note.words} words on {len(note.card_lines)} lines, and a card holds "
            f"{CARD_WORDS} words on {CARD_LINES} lines. Shorten it."
        )
