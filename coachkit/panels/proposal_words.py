"""A proposal in words on the page; every cell of a file is text there, whatever it holds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from html import escape
from itertools import chain, islice, repeat

from coachkit import errors
from coachkit._days_in_words import full_day
from coachkit.importing.days import Order
from coachkit.importing.logs import Event, EventKind
from coachkit.importing.meanings import Column, Meaning
from coachkit.importing.proposal import Proposal, TableProposal
from coachkit.importing.statuses import Status
from coachkit.telling import plain

MEANINGS: Mapping[Meaning, str] = {
    "employer": "The employer",
    "role": "The role",
    "applied_on": "The day of application",
    "saved_on": "The day it was saved",
    "status": "The status",
    "interview_at": "The interview",
    "follow_up_on": "The day to follow up",
    "last_contact_on": "The last contact",
    "next_step": "The next step",
    "deadline_on": "The deadline",
    "contact_person": "A person to talk to",
    "contact_email": "That person's e-mail",
    "location": "The location",
    "link": "The link",
    "notes": "Notes",
    "other": "Nothing of these: leave it out",
}
ORDERS: Mapping[Order, str] = {"dmy": "Day first (31/12)", "mdy": "Month first (12/31)"}
STATUSES: Mapping[Status, str] = {
    "to_apply": "To apply",
    "applied": "Applied",
    "waiting": "Waiting for them",
    "assessment": "Doing a test for them",
    "interviewing": "Interviewing",
    "offer": "They offered",
    "rejected": "They declined",
    "withdrawn": "The client withdrew",
    "ghosted": "They fell silent: let go",
    "closed": "Closed by them",
}
EVENTS: Mapping[EventKind, str] = {
    "interview": "Interview",
    "thank_you": "Thank-you sent",
    "follow_up": "Follow-up sent",
    "applied": "Application",
    "reply": "They got in touch",
    "other": "Something else",
}
#: No more lines than these are told of one thing.
MOST = 12
_CERTAIN = 0.95
_NUMBERED = 6
_LONGEST = 60
#: What keeps a page from setting words between dollar signs as a formula.
_NO_FORMULA = "tex2jax_ignore mathjax_ignore"


def words(*sentences: str) -> str:
    """Sentences as paragraphs of text."""
    told = "".join(f"<p>{escape(one)}</p>" for one in sentences if one)
    return f"<div class='{_NO_FORMULA}'>{told}</div>" if told else ""


def lines(heading: str, told: Iterable[str], *, most: int = MOST) -> str:
    """Lines of text below a sentence, the first few; empty where there are none.

    What is past them is only counted.
    """
    waiting = iter(told)
    shown = [f"<li>{escape(one)}</li>" for one in islice(waiting, most)]
    more = sum(1 for _ in waiting)
    if more:
        shown.append(f"<li>And {more:,} more.</li>")
    body = f"<p>{escape(heading)}</p><ul>{''.join(shown)}</ul>"
    return f"<div class='{_NO_FORMULA}'>{body}</div>" if shown else ""


def cell(text: str) -> str:
    """A cell in quotes, on one line and no longer than a line."""
    kept = plain(text)
    return f"“{kept if len(kept) <= _LONGEST else kept[: _LONGEST - 1].rstrip() + '…'}”"


def column_name(column: Column) -> str:
    """What a column is called."""
    return cell(column.header) if column.header.strip() else f"Column {column.at + 1}"


def about_column(column: Column) -> str:
    """How sure it is, and examples."""
    examples = ", ".join(cell(one) for one in column.examples[:3])
    such = f"Such as {examples}." if examples else "No cell of it is filled."
    if column.meaning == "undecided":
        can = errors.listed(MEANINGS.get(one, "nothing of these") for one in column.candidates)
        return f"Not certain: {can}? {such}" if column.candidates else f"Not certain. {such}"
    if column.says is not None:
        return f"“Yes” in it is read as: {STATUSES.get(column.says, column.says)}. {such}"
    if column.confidence >= _CERTAIN:
        return f"Certain. {such}"
    return f"{column.confidence:.0%} sure. {such}"


def counts(proposal: Proposal) -> str:
    """Every row that came in, and what becomes of it."""
    found = proposal.counts()
    if not proposal.rows:
        return "There is no row in it."
    return (
        f"{errors.counted(proposal.rows, 'row')} in: {found['imported']:,} to import, "
        f"{found['merged']:,} merged with another, {found['set aside']:,} set aside."
    )


def fates(table: TableProposal) -> str:
    """Why rows of a table are set aside, and which cells were left out of theirs."""
    read = table.read
    reasons: dict[str, list[int]] = defaultdict(list)
    for one in read.set_aside:
        reasons[one.reason].append(one.row)
    often = sorted(reasons.items(), key=lambda item: -len(item[1]))
    aside = [f"{plain(reason)} ({_numbers(rows)})" for reason, rows in often[:MOST]]
    flags = [
        f"row {flag.row}, {cell(flag.column)}: {cell(flag.cell)}, {plain(flag.reason)}"
        for flag in read.flags[:MOST]
    ]
    merged = [f"row {row} with row {into}" for row, into in read.merged[:MOST]]
    return (
        lines("Set aside, because:", _of(aside, len(often)))
        + lines("Merged, because they are the same:", _of(merged, len(read.merged)))
        + lines("Left out of their rows, but kept in the notes:", _of(flags, len(read.flags)))
    )


def told_event(event: Event) -> str:
    """A quoted event on a line."""
    day = "day not certain" if event.on is None else full_day(event.on)
    quote = plain(event.quote)
    return f"{EVENTS[event.kind]}, {day}: “{quote}” (row {event.row})"


def _of(told: list[str], count: int) -> Iterable[str]:
    """The first lines of so many: a file may have ten thousand, of which nobody reads the rest."""
    return chain(told, repeat("", count - len(told)))


def _numbers(rows: list[int]) -> str:
    """Which rows of the file."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    shown = ", ".join(map(str, rows[:_NUMBERED]))
    return f"{len(rows):,} rows: {shown}{' …' if len(rows) > _NUMBERED else ''}"
