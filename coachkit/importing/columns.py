"""What each column of a table means, from its name and its cells together.

A name alone never decides where the cells speak against it ("Interview" over yes and no is no day),
and cells alone rarely decide. What is not certain is ``undecided`` with its candidates.
"""

from collections.abc import Sequence, Set
from dataclasses import replace

from coachkit.importing.bare_days import settle_bare_days
from coachkit.importing.contents import Contents, look_at
from coachkit.importing.layout import Table
from coachkit.importing.meanings import DAYS, Column, Meaning
from coachkit.importing.nameless import like_names, lone_roles, without_names
from coachkit.importing.readings import asked, is_meant, read_name, thinkable
from coachkit.importing.sheets import says_nothing, shown
from coachkit.importing.vocabulary import kind_of
from coachkit.importing.words import folded, folded_header, wordset

#: What an opportunity has one of; the best column has it, and near ones are asked about.
_ONE_OF: tuple[Meaning, ...] = (
    "employer",
    "role",
    "applied_on",
    "saved_on",
    "status",
    "follow_up_on",
    "last_contact_on",
    "next_step",
    "deadline_on",
    "contact_email",
    "link",
)
#: Columns that are asked about where two are as likely; of others the first has it. Two columns of
#: status words are both heard, so that nothing hangs on which comes first.
_ASKED: tuple[Meaning, ...] = ("employer", "role", "applied_on")
_NEAR = 0.08
#: Where a job was found: the employer's own site, where no other column names employers.
_SOURCES = wordset("source site platform website account workplace")
#: Whom an agency sends people to.
_CLIENTS = wordset("client customer")

#: First names, beside which a name is the rest of one.
_FIRST = frozenset({"first name", "given name", "prenom", "vorname", "voornaam", "fornavn"})
#: Without any of these a table of names may be of anything.
_OF_JOBS: Set[Meaning] = {"role", "status", "applied_on", "saved_on", "interview_at"}
#: What leaves to ``Name`` nothing but the employer.
_BESIDE_EMPLOYERS: Set[Meaning] = {"role", "status"}
#: Where it is, or who they are.
_WHERE = frozenset({"where", "place"})
#: The day by which something is to be done; of what, the columns beside it tell.
_DUE = frozenset({"due", "due date", "due on"})

#: Whether an application goes on.
_GOES_ON = frozenset({"active", "is active", "still active", "alive", "still alive", "still open"})


def read_columns(table: Table) -> tuple[Column, ...]:
    """What each column of a table means."""
    looked = [look_at(table.column(at)) for at in range(len(table.header))]
    columns = [read_name(table, at, contents) for at, contents in enumerate(looked)]
    columns = _lone_names(_places(columns, looked), looked)
    columns = _lone_agencies(columns, looked)
    columns = _one_of_each(table, _due_steps(columns), looked)
    columns = _lone_statuses(_without_clocks(columns, looked), looked)
    columns = lone_roles(without_names(columns, looked, _ONE_OF), looked)
    columns = settle_bare_days(table, columns, looked)
    columns = [_with_order(column, looked) for column in columns]
    return tuple(_with_examples(table, column) for column in columns)


def _lone_names(columns: Sequence[Column], looked: Sequence[Contents]) -> list[Column]:
    """``Name`` is a person's beside ``First name``; over job titles it is asked about.

    The latter where no other column names employers, or nothing tells of applications; beside
    roles and statuses it names employers, if it names no people.
    """
    names = [column for column in columns if kind_of(column.header) == "name"]
    others = [column for column in columns if column not in names]
    settled = list(columns)
    if any(folded_header(column.header) in _FIRST for column in columns):
        for name in names:
            settled[name.at] = is_meant(name, "other", 0.8)
    elif "employer" not in thinkable(others):
        meant = {column.meaning for column in others}
        for name in names:
            if name.meaning == "employer" and not meant & _OF_JOBS:
                settled[name.at] = asked(name, "employer", "role", "other")
            elif name.meaning == "role":
                settled[name.at] = asked(name, "role", "employer")
            elif name.candidates and meant >= _BESIDE_EMPLOYERS and looked[name.at].person < 0.2:
                settled[name.at] = is_meant(name, "employer", 0.65)
    return settled


def _places(columns: Sequence[Column], looked: Sequence[Contents]) -> list[Column]:
    """``Where`` and ``Place`` name employers or places, whichever the other columns leave.

    Employers where nothing else does and jobs stand beside them: a bar or a shop is a place.
    """
    settled = list(columns)
    wheres = [column for column in columns if folded_header(column.header) in _WHERE]
    for where in wheres:
        others = [column for column in columns if column is not where]
        named = "employer" in thinkable(others)
        contents = looked[where.at]
        if where.meaning == "employer" and named and "location" not in thinkable(others):
            settled[where.at] = is_meant(where, "location", 0.7)
        elif where.meaning == "location" and not named and contents.filled > 1:
            likely = contents.place < 0.3 and contents.variety >= 0.8 and contents.words > 1
            if likely and {column.meaning for column in others} >= _BESIDE_EMPLOYERS:
                settled[where.at] = is_meant(where, "employer", 0.65)
            elif likely:
                settled[where.at] = asked(where, "employer", "location")
    return settled


def _due_steps(columns: Sequence[Column]) -> list[Column]:
    """``Due`` beside ``Next action`` is the day of that; further off it may be the post's.

    The former where no other column has the day of a follow-up.
    """
    settled = list(columns)
    steps = [column.at for column in columns if column.meaning == "next_step"]
    if not steps or "follow_up_on" in thinkable(columns):
        return settled
    for column in columns:
        if column.meaning == "deadline_on" and folded_header(column.header) in _DUE:
            near = any(abs(column.at - at) == 1 for at in steps)
            settled[column.at] = (
                is_meant(column, "follow_up_on", 0.8)
                if near
                else asked(column, "follow_up_on", "deadline_on")
            )
    return settled


def _lone_agencies(columns: Sequence[Column], looked: Sequence[Contents]) -> list[Column]:
    """``Agency`` beside roles is whom the client applied to where no column names employers.

    Various names under ``Source Site`` or ``End client`` may be: asked about, and so is the agency
    beside them.
    """
    meant = thinkable(columns)
    settled = list(columns)
    if "employer" in meant or "role" not in meant:
        return settled
    agencies = [column for column in columns if kind_of(column.header) == "agency"]
    places = _CLIENTS if len(agencies) == 1 else _CLIENTS | _SOURCES
    likely = [column for column in columns if _may_employ(column, looked[column.at], places)]
    if len(agencies) == 1 and not likely:
        settled[agencies[0].at] = is_meant(agencies[0], "employer", 0.65)
        return settled
    for column in (*(agencies if len(agencies) == 1 else ()), *likely):
        settled[column.at] = asked(column, "employer", "other")
    return settled


def _may_employ(column: Column, contents: Contents, places: Set[str]) -> bool:
    """Whether various names stand under ``Source Site`` or ``End client``."""
    various = contents.filled > 2 and contents.variety >= 0.8
    named = places & set(folded_header(column.header).split())
    return bool(named) and various and like_names(contents)


def _without_clocks(columns: Sequence[Column], looked: Sequence[Contents]) -> list[Column]:
    """``Interview Time`` beside ``Interview Date`` holds no days, filled in or not."""
    visits = [column for column in columns if column.meaning == "interview_at"]
    if not any("date" in folded_header(column.header).split() for column in visits):
        return list(columns)
    return [
        is_meant(column, "other", 0.7)
        if column in visits
        and looked[column.at].empty
        and folded_header(column.header).split()[-1:] == ["time"]
        else column
        for column in columns
    ]


def _lone_statuses(columns: Sequence[Column], looked: Sequence[Contents]) -> list[Column]:
    """Statuses under a name of something else are the status where no other column has it.

    Under ``Rejected`` or ``Offer`` they are; under other names they are asked about. So are yes and
    no under ``Active?``, of which a no has ended.
    """
    settled = list(columns)
    if "status" in thinkable(columns):
        return _only_answers(settled, looked)
    told = [column for column in columns if _tells_statuses(column, looked[column.at])]
    for column in columns if not told else ():
        contents = looked[column.at]
        yes_and_no = contents.yes_no >= 0.9 and contents.different > 1
        if yes_and_no and folded_header(column.header) in _GOES_ON:
            settled[column.at] = asked(column, "status", "other")
    flags = [column for column in told if column.also_status]
    if len(flags) == 1:
        settled[flags[0].at] = replace(is_meant(flags[0], "status", 0.65), also_status=False)
    elif not flags:
        for column in told:
            settled[column.at] = asked(column, "status", column.meaning)
    return settled


def _only_answers(settled: list[Column], looked: Sequence[Contents]) -> list[Column]:
    """Short words under ``Result`` are the status where some are known and no other has it."""
    answers = [column for column in settled if "status" in column.candidates]
    if len(answers) != 1 or any(column.meaning == "status" for column in settled):
        return settled
    contents = looked[answers[0].at]
    brief = contents.words <= 4 and contents.long == 0 and contents.filled > 2
    if set(answers[0].candidates) == {"status", "notes"} and brief and contents.reached >= 0.25:
        settled[answers[0].at] = is_meant(answers[0], "status", 0.6)
    return settled


def _tells_statuses(column: Column, contents: Contents) -> bool:
    """Whether a column that is left out, or is notes, holds several statuses and little else."""
    return (
        column.meaning in ("other", "notes")
        and not column.refused
        and contents.status >= 0.6
        and contents.reached > 0.3
        and contents.different > 1
        and contents.filled > 2
        and max(contents.yes_no, contents.long, contents.day_inside) < 0.3
    )


def _one_of_each(
    table: Table, columns: Sequence[Column], looked: Sequence[Contents]
) -> list[Column]:
    """The best column for what an opportunity has one of; two as good are asked about."""
    settled = list(columns)
    for meaning in _ONE_OF:
        rivals = sorted(
            (column for column in settled if column.meaning == meaning),
            key=lambda column: (-_score(column, looked[column.at]), column.at),
        )
        if len(rivals) < 2:
            continue
        best, *others = rivals
        near = [
            other
            for other in others
            if _score(best, looked[best.at]) - _score(other, looked[other.at]) < _NEAR
        ]
        if meaning == "status" and _tells_nothing(looked[best.at]):
            near = [other for other in others if _is_of_applications(other)]
            if near:
                settled[best.at] = asked(best, meaning, "other")
                settled[near[0].at] = is_meant(near[0], "status", 0.8)
                continue
        if near and meaning in _ASKED and not _same(table, looked, best, near):
            for column in (best, *near):
                settled[column.at] = asked(column, meaning, "other")
            others = [other for other in others if other not in near]
        for other in others:
            # a second column of the same name is a list beside the table, not a second answer
            answers = (
                meaning == "status"
                and folded(other.header) != folded(best.header)
                and looked[other.at].status >= 0.5
            )
            settled[other.at] = replace(is_meant(other, "other", 0.6), also_status=answers)
    for meaning in ("location", "contact_person"):
        named = [column for column in settled if column.meaning == meaning]
        best_score = max((column.confidence for column in named), default=0)
        for column in named:
            if column.confidence < best_score:
                settled[column.at] = is_meant(column, "other", 0.6)
    return settled


def _tells_nothing(contents: Contents) -> bool:
    """Whether a column holds texts that nobody knows for statuses."""
    return contents.filled > 2 and contents.status == 0


def _is_of_applications(column: Column) -> bool:
    """``Application Status``, which is of the client's and of no posting."""
    return bool({"application", "my"} & set(folded_header(column.header).split()))


def _score(column: Column, contents: Contents) -> float:
    """How well a column would do; cells count where names do not tell."""
    score = column.confidence
    if contents.empty:
        return score - 0.3
    if column.meaning == "role":
        score += 0.15 * contents.role + 0.1 * min(1.0, contents.variety)
    if column.meaning == "status":
        score += 0.15 * contents.status
        score += 0.1 * ("status" in folded_header(column.header).split())
    if column.meaning == "employer":
        score += 0.1 * min(1.0, contents.variety) - 0.3 * contents.holder
    if column.meaning in DAYS:
        score += 0.1 * contents.day
    return score


def _same(table: Table, looked: Sequence[Contents], best: Column, near: Sequence[Column]) -> bool:
    """Whether of columns that are as likely only one holds anything, or all hold the same."""
    if looked[best.at].empty:
        return False
    return all(
        looked[other.at].empty
        or all(
            folded(shown(row.at(best.at))) == folded(shown(row.at(other.at))) for row in table.rows
        )
        for other in near
    )


def _with_order(column: Column, looked: Sequence[Contents]) -> Column:
    """A column of days with the order of day and month in it.

    Where its own cells do not tell, another column of the table may: one hand wrote both.
    """
    open_day = column.meaning == "undecided" and set(column.candidates) & set(DAYS)
    if column.meaning not in DAYS and not open_day and column.says is None:
        return column
    own = looked[column.at]
    if column.meaning not in DAYS and own.day < 0.3:
        return column
    order = own.order
    if order == "undecided" and own.day > 0 and not own.contradicts:
        others = {
            contents.order
            for contents in looked
            if contents.numbers and contents.order in ("dmy", "mdy") and contents.day >= 0.6
        }
        if len(others) == 1:
            order = others.pop()
    return replace(column, order=order)


def _with_examples(table: Table, column: Column) -> Column:
    """The column with a few of its cells to show; none of a column that is refused."""
    if column.refused:
        return column
    seen: dict[str, None] = {}
    for row in table.rows[:500]:
        cell = row.at(column.at)
        if not says_nothing(cell):
            seen.setdefault(shown(cell)[:80])
        if len(seen) == 3:
            break
    return replace(column, examples=tuple(seen))
