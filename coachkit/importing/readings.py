"""What a column means by its name, held against its cells: one reading for each kind of name."""

from collections.abc import Sequence
from dataclasses import replace

from coachkit.importing.contents import Contents
from coachkit.importing.layout import Table
from coachkit.importing.meanings import Column, Meaning
from coachkit.importing.statuses import Status
from coachkit.importing.vocabulary import known_name
from coachkit.importing.words import folded, folded_header, wordset

#: The confidence of a day that its name leaves open (``Date``), settled by the other columns.
BARE_DAY = 0.41
#: From this share of job titles on, a column called an employer's is asked about.
_JOBS = 0.8
#: What asks for a day, in words or in numbers.
_WHEN = wordset("when date day datum fecha data")
#: What tells how an interview is held, or which one it is, and no day.
_HOW = wordset("format mode round rounds type")


def read_name(table: Table, at: int, contents: Contents) -> Column:
    """What a column's name says, held against its cells."""
    header = table.header[at]
    known = known_name(header)
    if known is None and table.groups and at < len(table.groups):
        known = known_name(f"{table.groups[at]} {header}")
    elif known is not None and known.kind in ("day", "name", "notes", "contact_email", "other"):
        over = table.groups[at] if at < len(table.groups) else ""
        wider = known_name(f"{over} {header}") if over else None
        known = wider or known
    column = Column(at, header, "other", 0.5)
    if known is None:
        return replace(column, meaning="undecided", confidence=0.0)
    if contents.file >= 0.6 and known.kind not in ("link", "notes", "secret"):
        return is_meant(column, "other", 0.7)  # a row that a program wrote a cell too long
    return _READERS.get(known.kind, _plain)(column, known.kind, known.strength, contents)


def is_meant(column: Column, meaning: Meaning, confidence: float) -> Column:
    """The column with what it means."""
    return replace(column, meaning=meaning, confidence=round(confidence, 2), candidates=())


def asked(column: Column, *candidates: Meaning) -> Column:
    """The column with what it may mean, for the coach to say."""
    return replace(column, meaning="undecided", confidence=0.4, candidates=candidates)


def thinkable(columns: Sequence[Column]) -> set[Meaning]:
    """What the columns mean or may mean."""
    return {meaning for column in columns for meaning in (column.meaning, *column.candidates)}


def _secret(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    return replace(column, meaning="other", confidence=1.0, refused=True)


def _other(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    return is_meant(column, "other", 0.9)


def _plain(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    return is_meant(column, kind, strength)  # type: ignore[arg-type]


def _employer(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    if contents.email >= 0.6:
        return is_meant(column, "contact_email", 0.7)
    if contents.url >= 0.7:
        return asked(column, "employer", "link")
    if contents.day >= 0.6:
        return (
            is_meant(column, "applied_on", 0.8)
            if "applied" in folded(column.header)
            else asked(column, "other")
        )
    if (contents.number >= 0.8 and contents.filled > 1) or contents.yes_no >= 0.9:
        return is_meant(column, "other", 0.8)
    if contents.holder >= _JOBS and contents.filled > 1:
        return asked(column, "role", "employer", "other")
    return is_meant(column, "employer", strength)


def _role(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    if contents.url >= 0.6:
        return is_meant(column, "link", 0.8)
    if (contents.number >= 0.8 and contents.filled > 1) or contents.yes_no >= 0.9:
        return is_meant(column, "other", 0.8)
    if contents.day >= 0.6:
        return asked(column, "other")
    if contents.status >= 0.8 and contents.role < 0.2 and contents.filled > 3:
        return asked(column, "status", "role")
    if strength < 0.9 and contents.role < 0.3 and not contents.empty:
        return is_meant(column, "other", 0.5)
    if contents.long >= 0.7 and contents.role < 0.3 and strength < 1:
        return asked(column, "role", "notes")
    return is_meant(column, "role", min(1.0, strength + (0.05 if contents.role >= 0.5 else 0.0)))


def _dated(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    """A column named as a day, if days stand in it."""
    meaning: Meaning = kind  # type: ignore[assignment]
    if contents.empty:
        if kind == "interview_at" and _HOW & set(folded_header(column.header).split()):
            return is_meant(column, "other", 0.7)
        return is_meant(column, meaning, 0.7 * strength)
    if contents.day >= 0.6:
        return is_meant(column, meaning, strength)
    if contents.yes_no >= 0.7:
        says: dict[str, Status] = {"applied_on": "applied", "interview_at": "interviewing"}
        return replace(is_meant(column, "other", 0.8), says=says.get(kind))
    if kind == "applied_on" and contents.status >= 0.6:
        return is_meant(column, "status", 0.7)
    steps = contents.status >= 0.6 and contents.day_inside < 0.2
    if kind == "interview_at" and (contents.number >= 0.7 or steps):
        return replace(is_meant(column, "other", 0.8), says="interviewing")
    if contents.day >= 0.3 and strength >= 1:
        return is_meant(column, meaning, 0.8 * strength)
    if contents.url >= 0.6 and kind == "applied_on":
        return is_meant(column, "link", 0.7)
    prose: Meaning = "next_step" if kind == "follow_up_on" else "notes"
    if contents.day > 0 or contents.day_inside >= 0.2:
        when = _WHEN & set(folded_header(column.header).split())
        if kind == "applied_on" and when and strength >= 0.9:
            return is_meant(column, meaning, 0.65)  # nothing else is asked there
        return asked(column, meaning, prose)
    return asked(column, prose, meaning, "other")


def _papers_sent(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    """``CV sent``: when, or whether, and with that the application; else which one."""
    if contents.day >= 0.6 or contents.yes_no >= 0.7:
        return _dated(column, "applied_on", strength, contents)
    return is_meant(column, "other", 0.8)


def _bare_day(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    """A column called ``Date`` or ``created_at``: read once the others are known."""
    if contents.empty or contents.day >= 0.5:
        return replace(asked(column, "applied_on", "saved_on", "other"), confidence=BARE_DAY)
    return asked(column, "other", "notes") if kind == "day" else is_meant(column, "other", 0.7)


def _updated(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    if contents.day >= 0.5 or contents.empty:
        return asked(column, "last_contact_on", "other")
    if contents.status >= 0.6 and contents.long < 0.3 and contents.day_inside < 0.2:
        return is_meant(column, "status", 0.65)  # "Update: shortlisted"
    return is_meant(column, "notes" if contents.words > 3 else "other", 0.7)


def _followed_up(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    if contents.yes_no >= 0.7:
        return is_meant(column, "other", 0.8)
    return asked(column, "last_contact_on", "follow_up_on", "notes")


def _status(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    if contents.empty:
        return is_meant(column, "status", strength)
    if contents.day >= 0.6:
        return asked(column, "last_contact_on", "other")
    if contents.url >= 0.5:
        return is_meant(column, "other", 0.6)
    if folded(column.header) == "state" and (contents.status < 0.5):
        return is_meant(column, "location", 0.7)
    if contents.number >= 0.8 and contents.filled > 1:
        return asked(column, "status", "other")
    if contents.status >= 0.3 or (strength >= 1 and contents.variety <= 0.6):
        return is_meant(column, "status", strength)
    if strength >= 1:
        return is_meant(column, "status", 0.8 if contents.long < 0.5 else 0.7)
    return asked(column, "status", "notes")


def _response(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    if contents.empty or contents.yes_no >= 0.8:
        return is_meant(column, "other", 0.6)
    if contents.day >= 0.5:
        return asked(column, "last_contact_on", "other")
    if contents.status >= 0.5:
        return is_meant(column, "status", strength)
    return asked(column, "notes", "status")


def _contact(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    """A person, a yes, an address or a number, as its cells have it."""
    if contents.empty:
        return is_meant(column, "contact_person", 0.6)
    if contents.yes_no >= 0.7 or contents.phone >= 0.6:
        return is_meant(column, "other", 0.8)
    if contents.email >= 0.6:
        return is_meant(column, "contact_email", 0.8)
    if contents.day >= 0.5:
        return asked(column, "last_contact_on", "other")
    if contents.url >= 0.5:
        return is_meant(column, "other", 0.6)
    if contents.email >= 0.15 or contents.phone >= 0.15 or contents.long >= 0.3:
        return asked(column, "contact_person", "contact_email", "notes")
    return is_meant(column, "contact_person", strength)


def _person(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    read = _contact(column, kind, strength, contents)
    if read.meaning == "other" and contents.phone < 0.6 and contents.url < 0.5:
        return is_meant(column, "other", 0.8)
    return read


def _link(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    if contents.empty or max(contents.url, contents.linked) >= 0.4:
        return is_meant(column, "link", strength)
    if contents.day >= 0.5 or contents.yes_no >= 0.7 or contents.number >= 0.7:
        return is_meant(column, "other", 0.7)
    if contents.role >= 0.5:
        return asked(column, "role", "other")
    if contents.variety <= 0.5 and strength < 1:
        return is_meant(column, "other", 0.6)  # the names of a few job boards
    return is_meant(column, "link", 0.6 if strength >= 1 else 0.4)


def _email(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    if contents.empty or contents.email >= 0.4:
        return is_meant(column, "contact_email", strength)
    return is_meant(column, "other", 0.7)


def _place(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    if contents.yes_no >= 0.8 or contents.number >= 0.8 or contents.url >= 0.5:
        return is_meant(column, "other", 0.7)
    if contents.day >= 0.5:
        return asked(column, "other")
    return is_meant(column, "location", strength)


def _words(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    """Notes and next steps: any text, but no column of addresses, yes and no, or days."""
    if contents.day >= 0.8 and contents.filled > 1:
        if kind == "next_step":
            return asked(column, "follow_up_on", "interview_at", "other")
        return asked(column, "other", "last_contact_on")
    if contents.yes_no >= 0.9 and contents.filled > 2:
        return is_meant(column, "other", 0.7)
    if contents.status >= 0.6 and "status" in folded_header(column.header).split():
        return is_meant(column, "status", 0.8)  # "Status/Notes" over statuses
    return is_meant(column, kind, strength)  # type: ignore[arg-type]


def _name(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    """``Name``: an employer's, a job's or a person's, as its cells have it."""
    if contents.empty:
        return asked(column, "employer", "role", "contact_person")
    if contents.role >= 0.6:
        return is_meant(column, "role", 0.7)
    named = contents.company + contents.one_word >= 0.6
    if named and max(contents.role, contents.person) < 0.5:
        return is_meant(column, "employer", 0.65)
    return asked(column, "employer", "role", "contact_person")


def _flag(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    """A column of its own for one thing that may come: rejected, offer, applied."""
    says: Status = kind.removeprefix("flag_")  # type: ignore[assignment]
    if contents.empty:
        return is_meant(column, "other", 0.8)
    if contents.yes_no >= 0.6 or contents.day >= 0.6:
        if says == "applied" and contents.day >= 0.6:
            return is_meant(column, "applied_on", 0.8)
        return replace(is_meant(column, "other", 0.8), says=says)
    if contents.status >= 0.5:
        return replace(is_meant(column, "other", 0.6), also_status=True)
    return is_meant(column, "other", 0.6)


def _combined(column: Column, kind: str, strength: float, contents: Contents) -> Column:
    return asked(column, "employer", "role")


_READERS = {
    "secret": _secret,
    "other": _other,
    "agency": _other,
    "employer": _employer,
    "role": _role,
    "applied_on": _dated,
    "saved_on": _dated,
    "interview_at": _dated,
    "follow_up_on": _dated,
    "deadline_on": _dated,
    "last_contact_on": _dated,
    "day": _bare_day,
    "entered_on": _bare_day,
    "papers_sent": _papers_sent,
    "updated_on": _updated,
    "reply_on": _updated,
    "followed_up": _followed_up,
    "status": _status,
    "response": _response,
    "contact": _contact,
    "contact_person": _person,
    "contact_email": _email,
    "link": _link,
    "location": _place,
    "notes": _words,
    "next_step": _words,
    "name": _name,
    "combined": _combined,
    **dict.fromkeys(
        (
            "flag_rejected",
            "flag_offer",
            "flag_withdrawn",
            "flag_ghosted",
            "flag_closed",
            "flag_applied",
        ),
        _flag,
    ),
}
