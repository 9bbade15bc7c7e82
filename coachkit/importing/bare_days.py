"""``Date`` over days: what the statuses, the other columns and the file's name make of it."""

import re
from collections.abc import Sequence

from coachkit.importing.contents import Contents
from coachkit.importing.layout import Table
from coachkit.importing.meanings import Column
from coachkit.importing.readings import BARE_DAY, asked, is_meant
from coachkit.importing.sheets import says_nothing, shown
from coachkit.importing.statuses import Status, read_spellings
from coachkit.importing.vocabulary import kind_of
from coachkit.importing.words import folded, folded_header, wordset

#: From this share of the dated rows on, statuses of what came of an application settle the day.
_ENOUGH = 1 / 3
#: Among many applications a few jobs that wait to be applied for leave it so (``is_found_on``).
_FEW, _MOST = 0.2, 0.6
#: A job that the client passed over was found that day and never applied for.
_PASSED_OVER = re.compile(r"\b(?:skip|skipped|ruled out|discarded|filtered|not applying)\b")
#: What a tracker notes of an application only: its papers, and what came back.
_OF_AN_APPLICATION = wordset(
    "resume cv cover lebenslauf anschreiben curriculum referral interviewed response reply replied "
    "feedback outcome rejection rejected offer"
)
#: "applied_jobs.csv", "Job Applications 2025.xlsx", "bewerbungen - Sheet1.csv"
_NAMED_FOR = re.compile(
    r"(?:applications?|(?:job )?apps|applied|applied jobs?|jobs? applied|"
    r"bewerbungen|candidatures|candidaturas|postulaciones|solicitudes|candidature|sollicitaties|投递|応募)"
    r"(?: (?:tracker|log|list|sheet ?\d*|csv|tsv|xlsx|\d+))*$"
)
#: The step that a row is about, where each step of an application has a row of its own.
_STEPS = wordset("round rounds runde ronda rodada ronde 轮次 面试轮次")
#: What was done that day, where a row is of anything that a client does.
_ACTS = frozenset({"activity", "action taken"})
_STAMP = re.compile(r"\d:\d\d:\d\d")
#: "interviews.csv", "outreach_tracker.csv": its days are those of something else.
_OF_ELSE = re.compile(r"\b(?:interviews?|outreach|networking|contacts?|connections?|referrals?)\b")
_OF_APPLICATIONS = re.compile(r"appl|\bapps\b|bewerb|candidat|postula|sollicit|投递|応募")


def settle_bare_days(
    table: Table, columns: Sequence[Column], looked: Sequence[Contents]
) -> list[Column]:
    """``Date``: the day of the application where that is certain, else a question.

    It is that where the statuses of the dated rows say so; without statuses where the table notes
    papers or answers of applications, or its name says that it lists them; and beside a status
    where no day is filled in yet. Where the name says that it lists interviews or contacts, their
    days are a question.
    """
    settled = list(columns)
    taken = {column.meaning for column in columns}
    bare = [
        column
        for column in columns
        if column.meaning == "undecided" and column.confidence == BARE_DAY
    ]
    for column in bare if not _is_of_else(table) else ():
        entered = kind_of(column.header) == "entered_on"
        if "applied_on" in taken:
            if entered and "saved_on" not in taken:
                settled[column.at] = is_meant(column, "saved_on", 0.7)
            else:
                settled[column.at] = asked(column, "saved_on", "last_contact_on", "other")
        elif not entered and len(bare) == 1 and not looked[column.at].empty:
            settled[column.at] = _settled(table, column, columns, looked)
        elif not entered and len(bare) == 1 and ("status" in taken or _is_named_for(table)):
            settled[column.at] = is_meant(column, "applied_on", 0.6)  # not filled in yet
    return settled


def is_found_on(column: Column, status: Status | None, words: str) -> bool:
    """Whether a row's day under ``Date`` is of a job that waits, or was passed over."""
    if column.header and kind_of(column.header) != "day":
        return False
    return status == "to_apply" or _PASSED_OVER.search(folded(words)) is not None


def _settled(
    table: Table, day: Column, columns: Sequence[Column], looked: Sequence[Contents]
) -> Column:
    if any(folded_header(c.header) in _ACTS and not looked[c.at].empty for c in columns):
        return asked(day, "last_contact_on", "applied_on", "other")
    if _has_rows_of_steps(table, columns):
        return asked(day, "interview_at", "applied_on", "other")
    states = [
        column
        for column in columns
        if not looked[column.at].empty
        and (column.meaning == "status" or "status" in column.candidates)
    ]
    if states:
        return _by_statuses(table, day, states[0]) if states[0].meaning == "status" else day
    meant = {column.meaning for column in columns}
    named = "role" in meant and _is_named_for(table) and not _is_stamped(table, day)
    told = _notes_answers(columns) or named
    if "employer" in meant and told:
        return is_meant(day, "applied_on", 0.65)
    return day


def _by_statuses(table: Table, day: Column, status: Column) -> Column:
    told = [
        shown(row.at(status.at))
        for row in table.rows
        if not says_nothing(row.at(day.at)) and not says_nothing(row.at(status.at))
    ]
    if not told:
        return day
    says = read_spellings(told)
    words = [says[text] for text in told]
    before = sum(word == "to_apply" for word in words) / len(words)
    passed = sum(_PASSED_OVER.search(folded(text)) is not None for text in told) / len(told)
    since = sum(word not in ("to_apply", "unknown") for word in words) / len(words) - passed
    few = before == 0 or (before <= _FEW and since >= _MOST)
    if few and since >= _ENOUGH and since > passed:
        return is_meant(day, "applied_on", 0.75)
    if before == 1 and len(words) >= 5:
        return is_meant(day, "saved_on", 0.65)
    return day


def _has_rows_of_steps(table: Table, columns: Sequence[Column]) -> bool:
    """Whether a column numbers steps, and an employer and job come again with another of them."""
    steps = [c.at for c in columns if _STEPS & set(folded_header(c.header).split())]
    whose = [column.at for column in columns if column.meaning in ("employer", "role")]
    seen: dict[tuple[str, ...], str] = {}
    for row in table.rows if steps and whose else ():
        step = folded(shown(row.at(steps[0])))
        job = tuple(folded(shown(row.at(at))) for at in whose)
        if step and any(job) and seen.setdefault(job, step) != step:
            return True
    return False


def _notes_answers(columns: Sequence[Column]) -> bool:
    """Whether a column is about the papers of an application or what came of it."""
    return any(
        column.says is not None or _OF_AN_APPLICATION & set(folded_header(column.header).split())
        for column in columns
    )


def _is_named_for(table: Table) -> bool:
    """Whether the name of the sheet or the file ends in what lists of applications are called."""
    return any(_NAMED_FOR.search(folded(name)) for name in (table.sheet or "", table.file))


def _is_of_else(table: Table) -> bool:
    """Whether the name of the sheet or the file says that it lists interviews or contacts."""
    name = " ".join(folded(name) for name in (table.sheet or "", table.file))
    name = name.replace("_", " ")
    return _OF_ELSE.search(name) is not None and _OF_APPLICATIONS.search(name) is None


def _is_stamped(table: Table, day: Column) -> bool:
    """Whether a program wrote the days, to the second: of what it did, it does not say."""
    cells = [shown(cell) for cell in table.column(day.at) if not says_nothing(cell)]
    return 2 * sum(_STAMP.search(cell) is not None for cell in cells) > len(cells)
