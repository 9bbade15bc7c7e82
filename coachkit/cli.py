"""The command line: parse, call, print, exit code. A fault is one line on stderr and code 2."""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any, NoReturn

import pandas as pd

from coachkit import errors


class _Parser(argparse.ArgumentParser):
    """A parser whose faults are one plain line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {' '.join(message.split())}; {self.prog} --help shows how\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a ``coachkit`` command and return its exit code: 0, or 2 for wrong usage or input."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console that lacks a letter shows it escaped
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            options = _parser().parse_args(arguments)
            return int(options.run(options) or 0)
        finally:
            print(end="", flush=True)  # now, while a reader who has left can still be heeded
    except errors.CoachkitError as fault:
        return _refused(str(fault))
    except BrokenPipeError:  # the reader (head, a pager) has seen enough
        _drop_output()
        return 0
    except OSError as fault:
        _drop_output()
        return _refused(f"{fault.filename or 'the output'} cannot be used: {fault.strerror}.")
    except KeyboardInterrupt:
        return 130


def _refused(fault: str) -> int:
    from coachkit.telling import plain

    print(f"coachkit: {plain(fault)}", file=sys.stderr)
    return 2


def _drop_output() -> None:
    """What is still to be written goes nowhere, so that nothing fails once more on the way out."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="coachkit", description="Who owes whom a thank-you or a follow-up, and why."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    shown = {
        "agenda": (_agenda, "what is to be done, most pressing first, each with its reason"),
        "grade": (_grade, "every thank-you and follow-up, judged"),
        "states": (_states, "where every opportunity stands"),
        "compliance": (_compliance, "how well thank-yous and follow-ups are kept"),
    }
    for name, (run, what) in shown.items():
        command = commands.add_parser(name, help=what, description=what)
        _add_practice(command)
        command.add_argument("--client", metavar="C", help="one client alone, by id or name")
        command.add_argument(
            "--as-of", metavar="T", help="an instant with its offset, or a day: that day's end"
        )
        command.add_argument("--format", choices=("table", "csv", "json"), default="table")
        command.set_defaults(run=run)
        if name == "compliance":
            command.add_argument(
                "--by",
                default="field",
                help="client, field, coach or week, or several with commas; 'all' for one row",
            )
    lab = commands.add_parser(
        "lab", help="print today's agenda and open the notebooks in JupyterLab"
    )
    _add_practice(lab)
    lab.add_argument("--no-browser", action="store_true", help="only print the address to open")
    lab.add_argument("--port", type=int, default=8888, help="where to listen (default: 8888)")
    lab.set_defaults(run=_lab)
    return parser


def _add_practice(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--practice",
        metavar="P",
        default=os.environ.get("COACHKIT_PRACTICE"),
        help="a folder of CSVs (default: COACHKIT_PRACTICE, else the sample practice)",
    )


def _agenda(options: argparse.Namespace) -> None:
    from coachkit.agenda import plan
    from coachkit.telling import tell_agenda

    asked = _Asked(options)
    agenda = plan(asked.caseload, asked.policy, as_of=asked.as_of)
    if options.format == "table":
        asked.say(tell_agenda(agenda))
    else:
        asked.print(agenda)


def _grade(options: argparse.Namespace) -> None:
    from coachkit.clocks import grade

    asked = _Asked(options)
    asked.print(grade(asked.caseload, asked.policy, as_of=asked.as_of))


def _states(options: argparse.Namespace) -> None:
    from coachkit.clocks import states

    asked = _Asked(options)
    asked.print(states(asked.caseload, asked.policy, as_of=asked.as_of))


def _compliance(options: argparse.Namespace) -> None:
    from coachkit.clocks import grade
    from coachkit.compliance import compliance
    from coachkit.telling import tell_compliance

    asked = _Asked(options)
    duties = grade(asked.caseload, asked.policy, as_of=asked.as_of)
    by = [] if options.by == "all" else [word.strip() for word in options.by.split(",")]
    rates = compliance(duties, by=by)
    if options.format != "table":
        asked.print(rates)
        return
    if "client" in rates:
        names = asked.caseload.clients.set_index("client_id")["name"]
        rates = rates.assign(client=rates["client"].map(names))
    asked.say(tell_compliance(rates))


def _lab(options: argparse.Namespace) -> int:
    from coachkit.lab import open_lab

    options.client = options.as_of = None
    options.format = "table"
    _agenda(options)
    print(end="", flush=True)
    return open_lab(options.practice, port=options.port, browser=not options.no_browser)


class _Asked:
    """What the common options ask for: whose rows, judged by what, as of when."""

    def __init__(self, options: argparse.Namespace) -> None:
        from coachkit.practice import open_practice
        from coachkit.telling import plain

        self.format = options.format
        practice = open_practice(options.practice)
        self.caseload, self.policy, self.as_of = _all_read(
            practice.caseload,
            practice.policy,
            practice.as_of if options.as_of is None else lambda: _instant(options.as_of),
        )
        if options.client is not None:
            self.caseload = self.caseload.subset(_client(self.caseload, options.client))
        self.heading = (
            f"coachkit · {plain(practice.name)} · as of {self.as_of:%a} {self.as_of.day} "
            f"{self.as_of:%b %Y, %H:%M %Z}"
        )

    def print(self, frame: pd.DataFrame) -> None:
        if self.format == "table":
            self.say(_table(frame))
            return
        _print_records(frame, self.format)
        self.tell_fields_without_rows()

    def say(self, told: str) -> None:
        """Print words for a person, below what they are about."""
        print(f"{self.heading}\n\n{told}")
        self.tell_fields_without_rows()

    def tell_fields_without_rows(self) -> None:
        fields = self.caseload.opportunities["field"]
        for row in self.policy.without_rows(fields).itertuples():
            hint = "" if pd.isna(row.suggestion) else f" Did you mean {row.suggestion!r}?"
            print(
                f"coachkit: the field {row.field!r} has no waits of its own and is judged by the "
                f"default.{hint}",
                file=sys.stderr,
            )


def _all_read(*readers: Callable[[], Any]) -> list[Any]:
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


def _client(caseload: object, asked: str) -> int | str:
    """An id if it is a number that nobody is called by, else a name."""
    names = caseload.clients["name"]  # type: ignore[attr-defined]
    return int(asked) if asked.isdecimal() and not (names == asked).any() else asked


def _instant(asked: str) -> pd.Timestamp:
    """An instant as it is written, or the last second of a bare day on this computer."""
    from coachkit._columns import microseconds

    instant: datetime | str = asked
    if re.fullmatch(r"\d{4}-\d\d-\d\d", asked):
        try:
            last_second = datetime.combine(date.fromisoformat(asked), time(23, 59, 59))
            instant = last_second.astimezone()
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


def _print_records(frame: pd.DataFrame, form: str) -> None:
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


if __name__ == "__main__":
    sys.exit(main())
