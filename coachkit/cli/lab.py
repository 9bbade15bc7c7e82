"""The command that opens the notebooks."""

import argparse

from coachkit.cli.asked import Commands, add_practice
from coachkit.cli.show import show_agenda


def add(commands: Commands) -> None:
    """Add it to the command line."""
    lab = commands.add_parser(
        "lab", help="print today's agenda and open the notebooks in JupyterLab"
    )
    add_practice(lab)
    lab.add_argument("--no-browser", action="store_true", help="only print the address to open")
    lab.add_argument("--port", type=int, default=8888, help="where to listen (default: 8888)")
    lab.set_defaults(run=_lab)


def _lab(options: argparse.Namespace) -> int:
    from coachkit.lab import open_lab

    options.client = options.as_of = None
    options.format = "table"
    show_agenda(options)
    print(end="", flush=True)
    return open_lab(options.practice, port=options.port, browser=not options.no_browser)
