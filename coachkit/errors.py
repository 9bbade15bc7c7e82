"""What can be wrong, one class a fault. Every message says what, where, and what to do next."""

from collections.abc import Iterable, Sequence


class CoachkitError(Exception):
    """The base of every fault that coachkit reports; its text is fit for a coach to read."""


class MissingTable(CoachkitError):
    """A folder or a call lacks a table without which there is no caseload."""


class MissingColumn(CoachkitError):
    """A table lacks a column that the rules need."""


class MissingValue(CoachkitError):
    """A cell is empty that the rules need."""


class UnreadableValue(CoachkitError):
    """A cell is not of its column's kind: no number, no time, no true or false."""


class NaiveTime(CoachkitError):
    """A time carries no time zone, so nobody can say which instant it is."""


class UnknownZone(CoachkitError):
    """A time zone that the IANA database does not have."""


class UnknownCountry(CoachkitError):
    """A country or subdivision without a holiday calendar."""


class UnknownWord(CoachkitError):
    """A word outside those that its column allows."""


class OutOfRange(CoachkitError):
    """A number below zero or a day outside every working life."""


class DuplicateId(CoachkitError):
    """Two rows of one table share an id."""


class Orphan(CoachkitError):
    """An id points at a row that is not there."""


class Contradiction(CoachkitError):
    """Two cells of a row, or of a row and the row it points at, cannot both be true."""


class DuplicateRow(CoachkitError):
    """Two policy rows of a field hold from the same instant."""


class UnreadableFile(CoachkitError):
    """A file is not there, or not what its name promises."""


class UnknownClient(CoachkitError):
    """No client, or more than one, answers to what was asked for."""


class UnknownGrouping(CoachkitError):
    """Rates were asked for by something that they cannot be grouped by."""


class UngradedFrame(CoachkitError):
    """A frame was handed over that is not what ``grade`` returns."""


class SeveralFaults(CoachkitError):
    """More than one fault, all told at once; ``faults`` holds each of them."""

    def __init__(self, faults: Sequence[CoachkitError]) -> None:
        self.faults = tuple(faults)
        told = "; ".join(str(fault).rstrip(".") for fault in faults)
        super().__init__(f"{len(faults)} things are wrong: {told}.")


def raise_all(faults: Sequence[CoachkitError]) -> None:
    """Raise nothing, the one fault, or all of them as ``SeveralFaults``."""
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise SeveralFaults(faults)


def listed(words: Iterable[object], last: str = "or") -> str:
    """``a, b or c``: how a message lists what is allowed."""
    shown = [str(word) for word in words]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {last} {shown[-1]}"
