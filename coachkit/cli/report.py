"""The command that writes reports: for a client or all of them, the coach, a sponsor."""

import argparse
import sys
from datetime import date
from pathlib import Path

from coachkit import errors
from coachkit.cli.asked import Asked, Commands, add_practice

_WIDTH = 28


def add(commands: Commands) -> None:
    """Add it to the command line."""
    what = "write reports: for a client, for each of them, for the coach, for a sponsor"
    command = commands.add_parser("report", help=what, description=what)
    add_practice(command)
    whose = command.add_mutually_exclusive_group(required=True)
    whose.add_argument("--client", metavar="C", help="one client, by id or name")
    whose.add_argument("--all", action="store_true", help="every client, a report each")
    whose.add_argument("--caseload", action="store_true", help="the whole caseload, for the coach")
    whose.add_argument(
        "--sponsor", action="store_true", help="de-identified, for whoever pays: nobody is named"
    )
    command.add_argument(
        "--format",
        action="append",
        choices=("html", "pdf", "docx", "xlsx"),
        help="may be given several times (default: html)",
    )
    command.add_argument("--out", metavar="FOLDER", required=True, help="where to; made if need be")
    command.add_argument("--since", metavar="DAY", help="tell only what came due from this day on")
    command.add_argument(
        "--as-of", metavar="T", help="an instant with its offset, or a day: that day's end"
    )
    command.add_argument(
        "--jobs", type=int, metavar="N", help="processes at once (default: one a processor)"
    )
    command.set_defaults(run=_report)


def _report(options: argparse.Namespace) -> int:
    from coachkit.reports.shelf import Order, client_orders, write_reports

    forms = tuple(dict.fromkeys(options.format or ["html"]))
    since = None if options.since is None else _day(options.since)
    folder = Path(options.out).expanduser()
    options.format = "table"
    asked = Asked(options)
    if options.client is not None or options.all:
        orders = client_orders(
            asked.caseload,
            asked.policy,
            [int(one) for one in asked.caseload.clients["client_id"]],
            as_of=asked.as_of,
            since=since,
            formats=forms,
            folder=folder,
        )
    else:
        given = asked.caseload, asked.policy, asked.as_of, since, forms, folder
        orders = [Order("caseload" if options.caseload else "sponsor", *given)]
    if not orders:
        print("There is no client yet, and so no report.")
        return 0
    progress = _Progress(len(orders))
    written = there = 0
    try:
        for done in write_reports(orders, jobs=options.jobs):
            written += len(done.written)
            there += len(done.files) - len(done.written)
            progress.step()
    except KeyboardInterrupt:
        progress.end()
        print(
            f"coachkit: stopped; {progress.done} of {len(orders)} reports stand in {folder}. "
            f"The same command goes on from there.",
            file=sys.stderr,
        )
        return 130
    progress.end()
    unchanged = f", {there} unchanged" if there else ""
    print(f"{_files(written)} written to {folder}{unchanged}.")
    asked.tell_fields_without_rows()
    return 0


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise errors.UnreadableValue(
            f"--since: there is no day {errors.quoted(text)}. Write it as 2026-10-14."
        ) from None


class _Progress:
    """A bar on stderr, where somebody sees it."""

    def __init__(self, total: int) -> None:
        self.done, self._total = 0, total
        self._seen = total > 1 and sys.stderr.isatty()
        self._draw()

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        self._draw()

    def end(self) -> None:
        """Leave the line to what comes next."""
        if self._seen:
            print(file=sys.stderr)

    def _draw(self) -> None:
        if self._seen:
            full = _WIDTH * self.done // self._total
            bar = "#" * full + "." * (_WIDTH - full)
            print(f"\r[{bar}] {self.done} of {self._total}", end="", file=sys.stderr, flush=True)
