"""The command that writes calendars: the agenda and the interviews ahead."""

import argparse
from pathlib import Path

from coachkit.cli.asked import Asked, Commands, add_practice


def add(commands: Commands) -> None:
    """Add it to the command line."""
    what = "write a calendar (ICS) of what is due and of the interviews ahead"
    command = commands.add_parser(
        "calendar",
        help=what,
        description=f"{what}. Import it as often as you like: entries are updated, not doubled.",
    )
    add_practice(command)
    whose = command.add_mutually_exclusive_group()
    whose.add_argument(
        "--client", metavar="C", help="one client's, by id or name (default: the coach's)"
    )
    whose.add_argument("--all", action="store_true", help="a file a client, into a folder")
    command.add_argument(
        "--out", metavar="FILE", required=True, help="the file; with --all, the folder"
    )
    command.add_argument(
        "--as-of", metavar="T", help="an instant with its offset, or a day: that day's end"
    )
    command.set_defaults(run=_calendar)


def _calendar(options: argparse.Namespace) -> None:
    from coachkit.exports.files import file_name, make_folder, write_whole
    from coachkit.exports.ics import to_ics

    options.format = "table"
    asked = Asked(options)
    out = Path(options.out).expanduser()
    about = {"as_of": asked.as_of, "practice": asked.practice}
    clients = asked.caseload.clients
    if options.all:
        make_folder(out)
        for number, name in zip(clients["client_id"], clients["name"], strict=True):
            content = to_ics(asked.caseload, asked.policy, client=int(number), **about)
            write_whole(out / file_name(name, int(number), "ics"), content)
        print(f"{len(clients)} calendars written to {out}.")
        return
    client = None if options.client is None else int(clients["client_id"].iloc[0])
    write_whole(out, to_ics(asked.caseload, asked.policy, client=client, **about))
    print(f"The calendar is written to {out}.")
