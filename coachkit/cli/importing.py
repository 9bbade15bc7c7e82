"""The command that takes in what the coach already has: import."""

import argparse
import json
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from coachkit import errors
from coachkit.cli.asked import Commands, add_practice, client_asked, own_practice

if TYPE_CHECKING:
    from coachkit.importing import Proposal, TableProposal

_ABOUT = """Read trackers (CSV, TSV, XLSX) and calendars (ICS), say what each column and status
means, and take in what is certain. Nothing is written before you say yes; what is not certain is
set aside in a workbook that you can mend and import again."""


def add(commands: Commands) -> None:
    """Add it to the command line."""
    command = commands.add_parser(
        "import", help="take in trackers and calendars that you already have", description=_ABOUT
    )
    command.add_argument("files", nargs="+", metavar="FILE", help="a file, or a folder of files")
    add_practice(command)
    command.add_argument(
        "--client",
        metavar="C",
        help="whose they are, by id or name (default: the name of its folder or file)",
    )
    command.add_argument("--timezone", metavar="ZONE", help="the client's: America/New_York")
    command.add_argument("--yes", action="store_true", help="do not ask: take what is certain")
    command.add_argument(
        "--propose", action="store_true", help="say what would be imported, and write nothing"
    )
    command.add_argument("--format", choices=("table", "json"), default="table")
    for name, what, example in (
        ("column", "what a column means", "Date=applied_on"),
        ("order", "whether day or month comes first in a column", "Date=dmy"),
        ("status", "what a status means", "Warm=waiting"),
        ("field", "which field a role belongs to", '"Line cook=Food & hospitality"'),
    ):
        command.add_argument(
            f"--{name}",
            action="append",
            default=[],
            metavar=example,
            help=f"say {what}; remembered for files with the same columns",
        )
    command.add_argument(
        "--set-aside",
        metavar="FILE",
        type=Path,
        default=Path("set-aside.xlsx"),
        help="where to put the rows that wait (default: set-aside.xlsx)",
    )
    command.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    from coachkit.importing.telling import tell
    from coachkit.practice import open_practice
    from coachkit.telling import plain

    waiting = _Waiting("Reading …")
    proposal = _proposal(options)
    waiting.end()
    for _, sentence in proposal.unread:
        print(f"coachkit: {plain(sentence)}", file=sys.stderr)
    if options.format == "json":
        if hasattr(sys.stdout, "reconfigure"):  # files are UTF-8, whatever the console speaks
            sys.stdout.reconfigure(encoding="utf-8")
        print(json.dumps(proposal.as_json(), ensure_ascii=False, indent=1))
    elif proposal.tables:
        _say(tell(proposal, open_practice(options.practice).policy()))
    if not options.propose and proposal.tables:
        _write(options, proposal)
    return 2 if proposal.unread and not proposal.tables else 0


def _proposal(options: argparse.Namespace) -> "Proposal":
    """What is proposed, with what was said now and before."""
    from coachkit.importing import propose
    from coachkit.importing.remembered import correction, recall, remember

    given = (options.column, options.order, options.status, options.field)
    said = correction(*(_pairs(pairs) for pairs in given))
    known = recall()
    proposal = propose(options.files, corrections=known)
    if not any(given):
        return proposal
    before = dict(known)
    for table in proposal.tables:
        now = before[table.shape].joined(said) if table.shape in before else said
        before[table.shape] = now
        remember(table.shape, said)
    return propose(options.files, corrections=before.items())


def _pairs(given: list[str]) -> dict[str, str]:
    for one in given:
        if "=" not in one:
            raise errors.UnreadableValue(
                f"{errors.quoted(one)} says nothing: write NAME=MEANING, such as Date=applied_on."
            )
    return {name: meaning for name, _, meaning in (one.rpartition("=") for one in given)}


def _write(options: argparse.Namespace, proposal: "Proposal") -> None:
    from coachkit.importing.aside import write_aside
    from coachkit.importing.telling import tell_written
    from coachkit.importing.writing import write
    from coachkit.telling import plain

    practice = own_practice(options)
    by_client = _by_client(options, proposal)
    if not options.yes:
        names = ", ".join(by_client)
        print(
            f"Import this for {plain(names)} into {plain(practice.name)}? [y/N] ",
            end="",
            flush=True,
        )
        if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
            print("Nothing was written.")
            return
    told = []
    files = dict.fromkeys(one.table.file for one in proposal.tables)
    with practice.change(f"Imported {errors.cut(', '.join(files))}"):
        for name, part in by_client.items():
            client = client_asked(practice, name) if options.client else name
            assert client is not None
            bar = _Progress(name)
            told.append(
                write(part, practice, client=client, timezone=options.timezone, progress=bar.show)
            )
            bar.clear()
    for written in told:
        _say(tell_written(written))
    place = write_aside(proposal, options.set_aside)
    if place is not None:
        print(f"The rows that wait are in {errors.place(place)}: mend them there and import it.")


def _say(told: str) -> None:
    """Print lines with nothing in them that could steer a terminal, indented as they are."""
    from coachkit.telling import plain

    for line in told.splitlines():
        print(" " * (len(line) - len(line.lstrip())) + plain(line.strip()))


def _by_client(options: argparse.Namespace, proposal: "Proposal") -> dict[str, "Proposal"]:
    """Whose each table is: the client's that was named, else whom it is called after."""
    from coachkit.importing import Proposal

    if options.client is not None:
        return {options.client: proposal}
    tables: dict[str, list[TableProposal]] = {}
    for table in proposal.tables:
        tables.setdefault(table.whose, []).append(table)
    return {name: Proposal(tuple(own)) for name, own in tables.items()}


class _Waiting:
    """A word on a terminal while something takes more than a second."""

    def __init__(self, word: str) -> None:
        self._timer = threading.Timer(1.0, print, [word], {"file": sys.stderr, "flush": True})
        self._timer.daemon = True
        if sys.stderr.isatty():
            self._timer.start()

    def end(self) -> None:
        """It is done, and nothing more is to be said."""
        self._timer.cancel()


class _Progress:
    """A line on a terminal that says how far it is, once it has taken a second."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._began = time.monotonic()
        self._shown = False

    def show(self, done: int, rows: int) -> None:
        """So many of all rows are done."""
        if time.monotonic() - self._began > 1 and sys.stderr.isatty():
            print(f"\r{self._name}: {done:,} of {rows:,} rows", end="", file=sys.stderr, flush=True)
            self._shown = True

    def clear(self) -> None:
        """Make room for what follows."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
