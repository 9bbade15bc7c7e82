"""The command that reads what the coach already has: import."""

import argparse
import json
import sys

from coachkit.cli.asked import Commands


def add(commands: Commands) -> None:
    """Add it to the command line."""
    command = commands.add_parser(
        "import",
        help="read trackers and calendars that you already have",
        description="Read spreadsheets and calendars: propose what they mean, then take them in.",
    )
    command.add_argument("files", nargs="+", metavar="FILE", help="a file, or a folder of files")
    command.add_argument(
        "--propose", action="store_true", help="print what would be imported, and write nothing"
    )
    command.add_argument("--format", choices=("table", "json"), default="table")
    command.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    from coachkit.importing import propose

    proposal = propose(options.files)
    for _, sentence in proposal.unread:
        print(f"coachkit: {sentence}", file=sys.stderr)
    if options.format == "json":
        if hasattr(sys.stdout, "reconfigure"):  # files are UTF-8, whatever the console speaks
            sys.stdout.reconfigure(encoding="utf-8")
        print(json.dumps(proposal.as_json(), ensure_ascii=False, indent=1))
    return 2 if proposal.unread and not proposal.tables else 0
