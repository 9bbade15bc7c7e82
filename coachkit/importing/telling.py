"""A proposal in words, for a coach to read before saying yes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from coachkit import errors
from coachkit.importing.meanings import Column
from coachkit.importing.proposal import Proposal, TableProposal
from coachkit.importing.writing import Written

if TYPE_CHECKING:
    from coachkit.policy import Policy

_MOST = 8
_CERTAIN = 0.95
_WORDS = {
    "employer": "employer",
    "role": "role",
    "applied_on": "day of application",
    "saved_on": "day it was saved",
    "status": "status",
    "interview_at": "interview",
    "follow_up_on": "day to follow up",
    "last_contact_on": "last contact",
    "next_step": "next step",
    "deadline_on": "deadline",
    "contact_person": "contact",
    "contact_email": "contact's e-mail",
    "location": "location",
    "link": "link",
    "notes": "notes",
}
_ORDERS = {
    "dmy": "day first",
    "mdy": "month first",
    "undecided": "SAY whether day or month comes first",
}


def tell(proposal: Proposal, policy: "Policy") -> str:
    """What would be imported, table by table, with what is to be said first."""
    counts = proposal.counts()
    tables = ["\n".join([_table(one), *_fields(one, policy)]) for one in proposal.tables]
    total = (
        f"{errors.counted(proposal.rows, 'row')}: {counts['imported']} to import, "
        f"{counts['merged']} the same as another, {counts['set aside']} set aside."
    )
    return "\n\n".join([*tables, total])


def tell_written(written: Written) -> str:
    """What an import did."""
    told = [
        f"{written.client}: {errors.counted(written.added, 'new opportunity')}, "
        f"{errors.counted(written.interviews, 'new interview')}, {written.unchanged} unchanged."
    ]
    told += _some("changed", written.changed)
    told += _some("left as it was", written.noted)
    return "\n".join(told)


def _table(one: TableProposal) -> str:
    sheet = f", sheet {one.table.sheet}" if one.table.sheet else ""
    head = f"{errors.shown(one.table.file)}{sheet}: {errors.counted(len(one.table.rows), 'row')}"
    lines = [head, *(f"  {said}" for said in one.says)]
    lines += [f"  {_column(column)}" for column in one.columns if _matters(column)]
    left = [column.header for column in one.columns if not _matters(column) and column.header]
    if left:
        lines.append(f"  left out: {', '.join(map(errors.shown, left))}")
    unknown = [spelling for spelling, status in one.statuses.items() if status == "unknown"]
    lines += _some("  SAY what this status means", map(errors.quoted, unknown))
    flags = [f"row {one.row}, {errors.shown(one.column)}: {one.reason}" for one in one.read.flags]
    lines += _some("  left out of its row", flags)
    aside = [f"row {one.row}: {one.reason}" for one in one.read.set_aside]
    lines += _some("  set aside", aside)
    events = [f"row {one.row}, {one.kind}: {errors.quoted(one.quote)}" for one in one.read.events]
    lines += _some("  told in a text, for you to log", events)
    return "\n".join(lines)


def _fields(one: TableProposal, policy: "Policy") -> list[str]:
    """Which fields the roles belong to, and which roles no field is known for."""
    fields = one.fields(policy)
    known = sorted({field for field in fields.values() if field})
    lines = [f"  fields: {', '.join(known)}"] if known else []
    lost = [errors.quoted(role) for role, field in fields.items() if field is None]
    return lines + _some("  judged by the default, unless you say its field", lost)


def _matters(column: Column) -> bool:
    heard = column.says is not None or column.also_status
    return column.meaning != "other" or column.refused or heard


def _column(column: Column) -> str:
    name = errors.quoted(column.header or f"column {column.at + 1}")
    if column.refused:
        return f"{name} is refused: it looks like a password and was not read"
    if column.meaning == "undecided":
        can = errors.listed(_WORDS.get(one, "nothing of these") for one in column.candidates)
        told = f"SAY what {name} is: {can}"
    elif column.also_status:
        told = f"{name} tells the status, too"
    elif column.says is not None:
        told = f"{name}: yes means {column.says.replace('_', ' ')}"
    else:
        sure = "certain" if column.confidence >= _CERTAIN else f"{column.confidence:.0%} sure"
        told = f"{name} is the {_WORDS[column.meaning]}, {sure}"
    order = _ORDERS.get(column.order or "") if column.examples else None
    examples = ", ".join(errors.quoted(one) for one in column.examples[:2])
    return told + (f", {order}" if order else "") + (f" (such as {examples})" if examples else "")


def _some(what: str, told: Iterable[str]) -> list[str]:
    """Each on its line, the first few."""
    found = list(told)
    lines = [f"{what}: {one}" for one in found[:_MOST]]
    if len(found) > _MOST:
        lines.append(f"{what}: … and {len(found) - _MOST} more")
    return lines
