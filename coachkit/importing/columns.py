"""What each column of a table means, from its name and its cells together.

A name alone never decides where the cells speak against it ("Interview" over yes and no is no day),
and cells alone rarely decide. What is not certain is ``undecided`` with its candidates.
"""

from collections.abc import Sequence
from dataclasses import replace

from coachkit.importing.bare_days import settle_bare_days
from coachkit.importing.contents import Contents, look_at
from coachkit.importing.layout import Table
from coachkit.importing.meanings import DAYS, Column, Meaning
from coachkit.importing.readings import BARE_DAY, asked, is_meant, read_name
from coachkit.importing.sheets import says_nothing, shown
from coachkit.importing.vocabulary import known_name
from coachkit.importing.words import folded, folded_header

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


def read_columns(table: Table) -> tuple[Column, ...]:
    """What each column of a table means."""
    looked = [look_at(table.column(at)) for at in range(len(table.header))]
    columns = [read_name(table, at, contents) for at, contents in enumerate(looked)]
    columns = _lone_agencies(_lone_names(columns))
    columns = _one_of_each(columns, looked)
    columns = _without_names(columns, looked)
    columns = settle_bare_days(table, columns, looked)
    columns = [_with_order(column, looked) for column in columns]
    return tuple(_with_examples(table, column) for column in columns)


def _lone_names(columns: Sequence[Column]) -> list[Column]:
    """``Name`` over job titles is asked about where no other column names employers."""
    if any("employer" in (column.meaning, *column.candidates) for column in columns):
        return list(columns)
    return [
        asked(column, "role", "employer")
        if column.meaning == "role" and _kind(column) == "name"
        else column
        for column in columns
    ]


def _lone_agencies(columns: Sequence[Column]) -> list[Column]:
    """``Agency`` beside roles is whom the client applied to where no column names employers."""
    meant = _thinkable(columns)
    agencies = [column for column in columns if _kind(column) == "agency"]
    settled = list(columns)
    if len(agencies) == 1 and "role" in meant and "employer" not in meant:
        settled[agencies[0].at] = is_meant(agencies[0], "employer", 0.65)
    return settled


def _kind(column: Column) -> str:
    known = known_name(column.header)
    return known.kind if known is not None else ""


def _one_of_each(columns: Sequence[Column], looked: Sequence[Contents]) -> list[Column]:
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
        if near and meaning in _ASKED and not _same(looked, best, near):
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


def _same(looked: Sequence[Contents], best: Column, near: Sequence[Column]) -> bool:
    """Whether of columns that are as likely only one holds anything."""
    return all(looked[other.at].empty for other in near) and not looked[best.at].empty


def _without_names(columns: Sequence[Column], looked: Sequence[Contents]) -> list[Column]:
    """Columns whose names say nothing, by their cells alone, where something is still missing."""
    settled = list(columns)
    missing = set(_ONE_OF) - {column.meaning for column in columns}
    wanted = {candidate for column in columns for candidate in column.candidates[:1]}
    nameless = [
        column for column in columns if column.meaning == "undecided" and not column.candidates
    ]
    bare = all(not column.header for column in columns)
    for column in nameless:
        contents = looked[column.at]
        found = _by_cells(column, contents, missing - wanted, bare)
        settled[column.at] = found
        if found.meaning not in ("other", "undecided"):
            missing -= {found.meaning}
    if bare and "employer" in missing:
        _only_name_left(settled, looked)
    if bare and not _is_of_jobs(settled):
        settled = [
            asked(column, "status", "other") if column.meaning == "status" else column
            for column in settled
        ]
    return settled


def _thinkable(columns: Sequence[Column]) -> set[Meaning]:
    """What the columns mean or may mean."""
    return {meaning for column in columns for meaning in (column.meaning, *column.candidates)}


def _is_of_jobs(columns: Sequence[Column]) -> bool:
    """Whether jobs, links or days stand in a table without names, as they do in trackers."""
    meant = {column.meaning for column in columns}
    return bool(meant & {"role", "link"} or _thinkable(columns) & set(DAYS))


def _by_cells(column: Column, contents: Contents, missing: set[Meaning], bare: bool) -> Column:
    if contents.empty or (contents.filled < 2 and not bare):
        return is_meant(column, "other", 0.5)
    if contents.url >= 0.7:
        return (
            is_meant(column, "link", 0.7) if "link" in missing else is_meant(column, "other", 0.5)
        )
    if contents.email >= 0.7 and "contact_email" in missing:
        return is_meant(column, "contact_email", 0.7)
    if contents.day >= 0.7:
        if bare:
            return replace(asked(column, "applied_on", "saved_on", "other"), confidence=BARE_DAY)
        return asked(column, *(m for m in DAYS if m in missing or m == "interview_at"), "other")
    enough = 0.5 if bare and contents.long < 0.3 and contents.words <= 4 else 0.7
    if contents.status >= enough and "status" in missing and contents.yes_no < 0.5:
        return (
            is_meant(column, "status", 0.75)
            if contents.variety <= 0.7 or bare
            else asked(column, "status", "other")
        )
    if contents.role >= 0.6 and "role" in missing and contents.long < 0.5:
        return is_meant(column, "role", 0.7) if bare else asked(column, "role", "other")
    if "employer" in missing and not bare and _like_names(contents):
        first = column.at == 0 and not column.header and contents.variety >= 0.8
        if first and not missing & {"role", "status", "applied_on"}:
            return is_meant(column, "employer", 0.65)  # whose rows these are, its name left out
        return asked(column, "employer", "other")
    if "status" in missing and not bare and _like_states(contents):
        return asked(column, "status", "other")
    if bare and (contents.long >= 0.5 or contents.words > 3.5):
        return is_meant(column, "notes", 0.6)
    return is_meant(column, "other", 0.3 if bare else 0.5)


def _like_names(contents: Contents) -> bool:
    """Whether a column's cells might be the names of employers."""
    return contents.role < 0.3 and (
        contents.company >= 0.3
        or (
            contents.variety >= 0.5
            and contents.words <= 5
            and max(contents.number, contents.yes_no, contents.long, contents.place) < 0.3
        )
    )


def _like_states(contents: Contents) -> bool:
    """Whether a column's cells might be statuses, in words of which lists know few or none."""
    few = contents.filled >= 4 and contents.variety <= 0.5 and contents.different > 1
    return (
        (few or contents.reached >= 0.3)
        and contents.words <= 4
        and max(contents.number, contents.yes_no, contents.long, contents.place, contents.url) < 0.3
    )


def _only_name_left(settled: list[Column], looked: Sequence[Contents]) -> None:
    """In a table without names: the one column of various short texts is the employer."""
    likely = [
        column
        for column in settled
        if column.meaning == "other"
        and not looked[column.at].empty
        and looked[column.at].number < 0.5
        and looked[column.at].yes_no < 0.5
        and looked[column.at].long < 0.3
        and looked[column.at].place < 0.4
        and looked[column.at].variety >= 0.5
    ]
    if len(likely) == 1 and _is_of_jobs(settled):
        settled[likely[0].at] = is_meant(likely[0], "employer", 0.65)
    else:
        for column in likely:
            settled[column.at] = asked(column, "employer", "role", "other")


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
