"""A stranger's spreadsheets and calendars: what they hold, proposed before anything is written.

The way through: ``opening`` says what a file is, ``texts``, ``workbooks`` and ``calendars`` read
it into ``sheets``, ``layout`` finds the tables, ``columns`` what each column means (by
``vocabulary`` and ``contents``), ``rows`` what becomes of each row (by ``days``, ``statuses`` and
``logs``), and ``proposal`` holds it all for the coach to correct. ``writing`` takes it into a
practice (by ``matching``), ``accepting`` what the coach ticked of quoted words, ``aside`` keeps
what waits, ``remembered`` what the coach said.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from coachkit import errors
from coachkit.importing.proposal import Correction, Proposal, TableProposal
from coachkit.importing.writing import Written, write

__all__ = ["Correction", "Proposal", "TableProposal", "Written", "propose", "write"]

#: What a folder is searched for.
_SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".ics")
#: Hidden files, the marks that Excel leaves beside an open workbook, and what macOS packs along.
_PROGRAMS_OWN = (".", "~$", "__MACOSX")


def propose(
    files: Iterable[str | Path],
    *,
    corrections: Iterable[tuple[tuple[str, ...], Correction]] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Proposal:
    """What coachkit makes of trackers and calendars; nothing is written.

    Parameters
    ----------
    files
        CSV, TSV and other text files with a table, XLSX workbooks, ICS calendars, or folders of
        them and of one folder a client (searched so deep and no deeper).
    corrections
        What the coach said before, each with the shape of the tables that it holds for.
    progress
        Called with the files read and all files, before each.

    Returns
    -------
    Proposal
        A table for each table found, in the order of the files, and the files that are refused,
        each with one sentence that says why and what to do. No file, no table. A file goes by its
        name; one in a client's folder, or beside another of that name, by ``folder/name``.

    Examples
    --------
    >>> from coachkit.importing import propose
    >>> propose([]).tables
    ()
    """
    known = dict(corrections)
    tables: list[TableProposal] = []
    unread: list[tuple[str, str]] = []
    paths = _files(files)
    for at, (path, name) in enumerate(paths.items()):
        if progress is not None:
            progress(at, len(paths))
        try:
            tables += _read_file(path, name)
        except errors.CoachkitError as fault:
            unread.append((name, str(fault)))
    tables = [
        table.corrected(known[table.shape]) if table.shape in known else table for table in tables
    ]
    return Proposal(tuple(tables), tuple(unread))


def _files(asked: Iterable[str | Path]) -> dict[Path, str]:
    """The files asked for, each once, and what each goes by."""
    found: dict[Path, str] = {}
    for one in asked:
        path = Path(one)
        inside = _inside(path) if path.is_dir() else []
        for file in inside or [path]:
            name = file.relative_to(path).as_posix() if inside else path.name
            found.setdefault(file, name)
    often = Counter(found.values())
    return {
        path: f"{path.absolute().parent.name}/{path.name}" if often[name] > 1 else name
        for path, name in found.items()
    }


def _inside(folder: Path) -> list[Path]:
    """What a folder, and each folder in it, has to read; not what programs keep there."""
    return sorted(
        file
        for pattern in ("*", "*/*")
        for file in folder.glob(pattern)
        if file.suffix.casefold() in _SUFFIXES
        and not any(part.startswith(_PROGRAMS_OWN) for part in file.relative_to(folder).parts)
    )


def _read_file(path: Path, name: str) -> list[TableProposal]:
    """The tables of one file."""
    from coachkit.importing.layout import find_tables
    from coachkit.importing.opening import kind_of
    from coachkit.importing.proposal import propose_table

    kind = kind_of(path, name)
    if kind == "calendar":
        from coachkit.importing.calendars import propose_calendar

        return [propose_calendar(path, name)]
    if kind == "workbook":
        from coachkit.importing.workbooks import read_sheets

        sheets = read_sheets(path, name)
    else:
        from coachkit.importing.texts import read_sheet

        sheets = [read_sheet(path, name)]
    found = [propose_table(table) for sheet in sheets for table in find_tables(sheet)]
    if not found:
        raise errors.UnreadableFile(f"{errors.shown(name)} is empty: no cell holds anything.")
    return found
