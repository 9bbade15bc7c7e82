"""The command that serves the notebooks as pages."""

import argparse

from coachkit.cli.asked import Commands, add_practice


def add(commands: Commands) -> None:
    """Add it to the command line."""
    app = commands.add_parser("app", help="show the notebooks as pages, with no code in sight")
    add_practice(app)
    app.add_argument("--no-browser", action="store_true", help="only print the address to open")
    app.add_argument("--port", type=int, default=8866, help="where to listen (default: 8866)")
    app.set_defaults(run=_app)


def _app(options: argparse.Namespace) -> int:
    from coachkit.app import open_app
    from coachkit.practice import open_practice

    open_practice(options.practice)  # what is wrong with it is told before anything starts
    return open_app(options.practice, port=options.port, browser=not options.no_browser)
