"""What can be wrong, one class a fault. Every message says what, where, and what to do next."""

from collections.abc import Iterable, Sequence
from typing import Self

#: No more than so many letters of what was found are shown.
_LONGEST = 60


class CoachkitError(Exception):
    """The base of every fault that coachkit reports; its text is one line that a coach can read.

    ``column`` is the one whose cell is wrong, so that a form can say it beside the right box; None
    where no single cell is to blame.
    """

    column: str | None = None

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


class MissingTable(CoachkitError):
    """A folder or a call lacks a table without which there is no caseload, or it is no table."""


class MissingColumn(CoachkitError):
    """A table lacks a column that the rules need, or has several of which it might be any."""


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
    """A number below zero or beyond all measure, or a day outside every working life."""


class DuplicateId(CoachkitError):
    """Two rows of one table share an id."""


class Orphan(CoachkitError):
    """An id points at a row that is not there."""


class Contradiction(CoachkitError):
    """Two cells of a row, or of a row and the row it points at, cannot both be true."""


class DuplicateRow(CoachkitError):
    """Two policy rows of a field hold from the same instant, or spell one field in two ways."""


class UnreadableFile(CoachkitError):
    """A file is not there, is not what its name promises, or cannot be written."""


class UnknownClient(CoachkitError):
    """No client, or more than one, answers to what was asked for."""


class UnknownRow(CoachkitError):
    """There is no row with the id that was asked for."""


class ReadOnlyPractice(CoachkitError):
    """A practice that is only looked at was to be changed."""


class NoPractice(CoachkitError):
    """There is no practice at a path, or what is there is none."""


class NewerPractice(CoachkitError):
    """A practice was written by a newer coachkit than this one."""


class DamagedPractice(CoachkitError):
    """A practice's file is damaged."""


class PracticeUnavailable(CoachkitError):
    """A practice cannot be read or written right now; nothing of it was changed."""


class NothingToUndo(CoachkitError):
    """There is no change to take back, or none to bring back."""


class ChangedSince(CoachkitError):
    """A change cannot be taken back because what it wrote was changed again."""


class UnknownGrouping(CoachkitError):
    """Rates were asked for by something that they cannot be grouped by."""


class UngradedFrame(CoachkitError):
    """A frame was handed over that is not what ``grade`` returns."""


class TooFewToTell(CoachkitError):
    """So few people stand behind a figure that they could be told from it."""


class UnclearNote(CoachkitError):
    """A note was asked for, and what it is about cannot be told or is not there."""


class RefusedSample(CoachkitError):
    """A work sample may not be shown, is not there, or would be one too many."""


class BrokenTemplate(CoachkitError):
    """A template of a note cannot be read; it names the file, the line and the reason."""


class SeveralFaults(CoachkitError):
    """More than one fault, all told at once; ``faults`` holds each of them."""

    def __init__(self, faults: Sequence[CoachkitError]) -> None:
        self.faults = tuple(faults)
        told = "; ".join(str(fault).rstrip(".") for fault in faults)
        super().__init__(f"{len(faults)} things are wrong: {told}.")

    def __reduce__(self) -> tuple[type[Self], tuple[Sequence[CoachkitError]]]:
        """Let another process hand it back."""
        return type(self), (self.faults,)


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


def counted(count: int, noun: str) -> str:
    """``1 client``, ``2 clients``, ``3 opportunities``, ``4 people met``."""
    if count == 1:
        return f"1 {noun}"
    if noun.startswith("person"):
        return f"{count} people{noun.removeprefix('person')}"
    return f"{count} {noun[:-1]}ies" if noun.endswith("ty") else f"{count} {noun}s"


def cut(value: object) -> str:
    """What was found, as a text that is no longer than a message can bear."""
    try:
        text = str(value)
    except ValueError:  # a number of thousands of digits
        text = f"a {type(value).__name__} beyond all measure"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def quoted(value: object) -> str:
    """What was found, in quotes, with nothing in it that could steer a terminal."""
    return repr(cut(value))


def place(path: object) -> str:
    """Where something lies, in quotes and whole, so that it can be found."""
    return repr(str(path))


def shown(value: object) -> str:
    """The same without the quotes."""
    return quoted(value)[1:-1]
