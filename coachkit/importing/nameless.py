"""Columns whose names say nothing: what their cells, and what the table still lacks, tell."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from coachkit.importing.contents import Contents
from coachkit.importing.meanings import DAYS, Column, Meaning
from coachkit.importing.readings import BARE_DAY, asked, is_meant, thinkable
from coachkit.importing.vocabulary import kind_of, known_name
from coachkit.importing.words import folded_header, wordset

#: Words in a name that nobody knows, and what it is then about, if no other column is.
_ABOUT: dict[Meaning, frozenset[str]] = {
    "employer": wordset("company employer organization organisation firm"),
    "role": wordset("role position vacancy"),
    "status": wordset("status"),
}
#: What a table tells that lists applications and nothing else.
_APPLICATION: frozenset[Meaning] = frozenset({"employer", "applied_on", "status"})
#: "Kind of work", "Job category": what may be the job where no column is.
_SORTS = wordset("type kind category area field")
_WORK = wordset("work job position employment")
#: Whose search it is, and not whom they spoke with.
_OURS = wordset("client clients coachee candidate student participant owner assignee applicant me")
#: What is applied for at a school.
_COURSES = wordset("course courses degree programme studiengang formation")


def without_names(
    columns: Sequence[Column], looked: Sequence[Contents], one_of: Collection[Meaning]
) -> list[Column]:
    """Columns whose names say nothing, by their cells alone, where something is still missing."""
    settled = list(columns)
    missing = set(one_of) - {column.meaning for column in columns}
    wanted = {candidate for column in columns for candidate in column.candidates[:1]}
    nameless = [
        column for column in columns if column.meaning == "undecided" and not column.candidates
    ]
    bare = all(not column.header for column in columns)
    if "contact_person" not in thinkable(columns):
        missing.add("contact_person")
    template = len(nameless) == 1 and nameless[0].header and all(one.empty for one in looked)
    for column in nameless:
        core = [meaning for meaning in _ABOUT if template and meaning in missing - wanted]
        contents = looked[column.at]
        found = (
            asked(column, *core, "other")
            if core
            else _by_cells(column, contents, missing - wanted, bare)
        )
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


def _is_of_jobs(columns: Sequence[Column]) -> bool:
    """Whether jobs, links or days stand in a table without names, as they do in trackers."""
    meant = {column.meaning for column in columns}
    return bool(meant & {"role", "link"} or thinkable(columns) & set(DAYS))


def _by_cells(column: Column, contents: Contents, missing: set[Meaning], bare: bool) -> Column:
    words = set(folded_header(column.header).split())
    people = contents.person >= 0.5 and contents.filled > 1 and not words & _OURS
    if people and "contact_person" in missing:
        return is_meant(column, "contact_person", 0.6)
    about = [meaning for meaning in _ABOUT if meaning in missing and words & _ABOUT[meaning]]
    plain = max(contents.url, contents.number, contents.yes_no, contents.long) < 0.5
    if about and plain and contents.day < 0.5:
        return asked(column, about[0], "other")
    if contents.empty or (contents.filled < 2 and not bare):
        return is_meant(column, "other", 0.5)
    if contents.url >= 0.7:
        link = "link" in missing and contents.mailbox < 0.5
        return is_meant(column, "link", 0.7) if link else is_meant(column, "other", 0.5)
    if contents.email >= 0.7 and "contact_email" in missing:
        return is_meant(column, "contact_email", 0.7)
    if contents.day >= 0.7:
        if bare:
            return replace(asked(column, "applied_on", "saved_on", "other"), confidence=BARE_DAY)
        return asked(column, *(m for m in DAYS if m in missing or m == "interview_at"), "other")
    enough = 0.5 if bare and contents.long < 0.3 and contents.words <= 4 else 0.7
    if contents.status >= enough and "status" in missing and contents.yes_no < 0.5:
        sure = contents.variety <= 0.7 or bare or _tells_all(contents)
        return is_meant(column, "status", 0.75) if sure else asked(column, "status", "other")
    if contents.role >= 0.6 and "role" in missing and contents.long < 0.5:
        return is_meant(column, "role", 0.7) if bare else asked(column, "role", "other")
    if "employer" in missing and not bare and like_names(contents):
        first = column.at == 0 and not column.header and contents.variety >= 0.8
        if first and not missing & {"role", "status", "applied_on"}:
            return is_meant(column, "employer", 0.65)  # whose rows these are, its name left out
        return asked(column, "employer", "other")
    if "status" in missing and not bare and _like_states(contents):
        return asked(column, "status", "other")
    if bare and (contents.long >= 0.5 or contents.words > 3.5):
        titles = "role" in missing and contents.long < 0.3 and contents.words <= 8
        return asked(column, "role", "notes") if titles else is_meant(column, "notes", 0.6)
    return is_meant(column, "other", 0.3 if bare else 0.5)


def like_names(contents: Contents) -> bool:
    """Whether a column's cells might be the names of employers."""
    return contents.role < 0.3 and (
        contents.company >= 0.3
        or (
            contents.variety >= 0.5
            and contents.words <= 5
            and max(contents.number, contents.yes_no, contents.long, contents.place) < 0.3
        )
    )


def lone_roles(columns: Sequence[Column], looked: Sequence[Contents]) -> list[Column]:
    """Job titles under another name, or courses, are asked about where no column is the role.

    So are words that look like no job under what may be the name of one, and the one column of
    short texts under a name that nobody knows. Where all else tells of applications, a name that
    says role first is believed.
    """
    if "role" in thinkable(columns):
        return list(columns)
    left = [column for column in columns if column.meaning == "other" and not column.refused]
    likely = [column for column in left if _may_be_jobs(column, looked[column.at])]
    meant = {column.meaning for column in columns}
    if len(likely) == 1 and meant >= _APPLICATION and _is_named_role(likely[0]):
        return [is_meant(column, "role", 0.6) if column in likely else column for column in columns]
    if not likely and "employer" in meant and meant & {"status", "applied_on", "interview_at"}:
        strange = [
            column
            for column in left
            if column.header and not kind_of(column.header) and _like_titles(looked[column.at])
        ]
        likely = strange if len(strange) == 1 else []
    return [asked(column, "role", "other") if column in likely else column for column in columns]


def _is_named_role(column: Column) -> bool:
    """Whether a name says role first: ``Position/Grade``."""
    known = known_name(column.header)
    return known is not None and known.kind == "role" and known.strength >= 0.8


def _may_be_jobs(column: Column, contents: Contents) -> bool:
    words = set(folded_header(column.header).split())
    course = _COURSES & words and contents.variety >= 0.5
    sort = words & _SORTS and words & _WORK and _like_titles(contents)
    named = kind_of(column.header) == "role" and max(contents.number, contents.yes_no) < 0.5
    others = max(contents.file, contents.url, contents.long, contents.status)
    titles = contents.holder >= 0.6 and others < 0.3
    return bool(course or sort) or named or titles


def _like_titles(contents: Contents) -> bool:
    """Whether a column's cells might be titles, in words of which lists know few or none."""
    return (
        contents.filled > 2
        and contents.variety >= 0.5
        and contents.words <= 8
        and max(contents.number, contents.yes_no, contents.long, contents.place) < 0.3
        and max(contents.url, contents.file, contents.email, contents.day, contents.status) < 0.3
    )


def _tells_all(contents: Contents) -> bool:
    """Whether a column tells of every row how it stands, whatever its name is."""
    return contents.status >= 0.8 and contents.statuses > 2


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
    told = {"role", "link", "status"} & {column.meaning for column in settled}
    if len(likely) == 1 and told and _is_of_jobs(settled):
        settled[likely[0].at] = is_meant(likely[0], "employer", 0.65)
    else:
        for column in likely:
            settled[column.at] = asked(column, "employer", "role", "other")
