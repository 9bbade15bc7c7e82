"""What every command asks for: whose rows, judged by what, as of when; and how it is printed."""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, TypeAlias
from zoneinfo import ZoneInfo

import pandas as pd

from coachkit import errors
from coachkit._days_in_words import full_day

if TYPE_CHECKING:
    from coachkit.caseload import Caseload
    from coachkit.practice import AnyPractice, Practice

#: Where a module of commands adds its own.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_practice(command: argparse.ArgumentParser) -> None:
    """Let a command be told which practice it is about."""
    command.add_argument(
        "--practice",
        metavar="P",
        default=os.environ.get("COACHKIT_PRACTICE"),
        help=(
            "a practice file or a folder of CSVs (default: COACHKIT_PRACTICE, else your own, else "
            "the sample practice)"
        ),
    )


def own_practice(options: argparse.Namespace) -> "Practice":
    """The practice that was asked for, which must be one that is kept in a file.

    Raises
    ------
    ReadOnlyPractice
        It is only looked at.
    """
    from coachkit.practice import Practice, open_practice

    practice = open_practice(options.practice)
    if not isinstance(practice, Practice):
        raise errors.ReadOnlyPractice(
            f"{practice.name} is a folder that is only looked at. Start your own with coachkit new"
            f" (--from FOLDER takes all of it along)."
        )
    return practice


def client_asked(practice: "AnyPractice", asked: str | None) -> int | str | None:
    """Whom ``--client`` means, if anybody."""
    return None if asked is None else _named(practice.caseload(), asked)


def _named(caseload: "Caseload", asked: str) -> int | str:
    """An id if it is a number that nobody is called by, else a name."""
    names = caseload.clients["name"]
    return int(asked) if asked.isdecimal() and not (names == asked).any() else asked


class Asked:
    """What the common options ask for: whose rows, judged by what, as of when."""

    def __init__(self, options: argparse.Namespace) -> None:
        from coachkit.practice import open_practice
        from coachkit.telling import plain

        self.format = options.format
        practice = open_practice(options.practice)
        self.practice = practice.name
        self.caseload, self.policy, self.as_of = all_read(
            practice.caseload,
            practice.policy,
            practice.as_of if options.as_of is None else lambda: _instant(options.as_of, practice),
        )
        if options.client is not None:
            self.caseload = self.caseload.subset(_named(self.caseload, options.client))
        self.heading = (
            f"coachkit · {plain(practice.name)} · as of {full_day(self.as_of)}, "
            f"{self.as_of:%H:%M %Z}"
        )

    def print(self, frame: pd.DataFrame) -> None:
        """Print a frame in the form that was asked for."""
        if self.format == "table":
            self.say(_table(frame))
            return
        print_records(frame, self.format)
        self.tell_fields_without_rows()

    def say(self, told: str) -> None:
        """Print words for a person, below what they are about."""
        print(f"{self.heading}\n\n{told}")
        self.tell_fields_without_rows()

    def tell_fields_without_rows(self) -> None:
        """Name each field that the default judges, once, beside the output."""
        fields = self.caseload.opportunities["field"]
        for row in self.policy.without_rows(fields).itertuples():
            hint = "" if pd.isna(row.suggestion) else f" Did you mean {row.suggestion!r}?"
            print(
                f"coachkit: the field {row.field!r} has no waits of its own and is judged by the "
                f"default.{hint}",
                file=sys.stderr,
            )


def all_read(*readers: Callable[[], Any]) -> list[Any]:
    """What each of them reads, or what is wrong with any of them, told at once."""
    read: list[Any] = []
    faults: list[errors.CoachkitError] = []
    for reader in readers:
        try:
            read.append(reader())
        except errors.SeveralFaults as several:
            faults += several.faults
        except errors.CoachkitError as fault:
            faults.append(fault)
    errors.raise_all(faults)
    return read


def _instant(asked: str, practice: "AnyPractice") -> pd.Timestamp:
    """An instant as it is written, or the last second of a bare day where the coach is."""
    from coachkit._columns import microseconds

    instant: datetime | str = asked
    if re.fullmatch(r"\d{4}-\d\d-\d\d", asked):
        try:
            last_second = datetime.combine(date.fromisoformat(asked), time(23, 59, 59))
            zone = ZoneInfo(practice.timezone) if practice.timezone else None
            instant = last_second.replace(tzinfo=zone) if zone else last_second.astimezone()
        except (ValueError, OverflowError):
            raise errors.UnreadableValue(f"--as-of: there is no day {asked!r}.") from None
    microseconds(instant, "--as-of")
    return pd.Timestamp(instant)


def _table(frame: pd.DataFrame) -> str:
    if frame.empty:
        return "Nothing to show yet. Log an interview, and what follows from it will stand here."
    from coachkit.telling import plain

    shown = frame.astype(object).map(lambda cell: "" if pd.isna(cell) else _cell(cell))
    return shown.map(plain).to_string(index=False)


def _cell(cell: object) -> object:
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}" if cell.tzinfo is None else f"{cell:%Y-%m-%d %H:%M:%S %Z}"
    return cell


def print_records(frame: pd.DataFrame, form: str) -> None:
    """Print a frame as CSV, or as JSON: a list of records with ISO instants."""
    if hasattr(sys.stdout, "reconfigure"):  # files are UTF-8, whatever the console speaks
        sys.stdout.reconfigure(encoding="utf-8")
    if form == "csv":
        from coachkit._csv import csv_text

        print(csv_text(frame), end="")
        return
    records = frame.astype(object).to_dict("records")
    plain = [{name: _json_value(cell) for name, cell in record.items()} for record in records]
    print(json.dumps(plain, ensure_ascii=False, indent=1))


def _json_value(cell: object) -> object:
    if pd.isna(cell):  # type: ignore[call-overload]
        return None
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat() if cell.tzinfo is None else cell.isoformat()
    return cell.item() if hasattr(cell, "item") else cell
