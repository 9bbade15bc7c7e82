"""Small trackers for the tests of importing: made up, laid out as real ones are."""

from pathlib import Path

from coachkit.importing import TableProposal, propose
from coachkit.importing.meanings import Column


def tables(folder: Path, content: str | bytes, name: str = "tracker.csv") -> list[TableProposal]:
    """What is proposed for a file of this content."""
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(propose([file]).tables)


def table(folder: Path, content: str | bytes, name: str = "tracker.csv") -> TableProposal:
    """What is proposed for the only table of a file of this content."""
    (only,) = tables(folder, content, name)
    return only


def refusal(folder: Path, content: str | bytes, name: str = "tracker.csv") -> str:
    """Why a file of this content is refused."""
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    ((_, sentence),) = propose([file]).unread
    return sentence


def column(proposal: TableProposal, header: str) -> Column:
    """The column of this name."""
    return next(column for column in proposal.columns if column.header == header)


def meanings(proposal: TableProposal) -> dict[str, str]:
    """What each column means that means something, by its name."""
    return {one.header: one.meaning for one in proposal.columns if one.meaning != "other"}


def accounted(proposal: TableProposal) -> bool:
    """Whether each row is imported, merged or set aside, and none twice."""
    read = proposal.read
    places = [
        *(one.row for one in read.opportunities),
        *(row for row, _ in read.merged),
        *(one.row for one in read.set_aside),
    ]
    return sorted(places) == sorted(row.number for row in proposal.table.rows)
