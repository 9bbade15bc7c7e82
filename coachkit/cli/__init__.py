"""The command line: parse, call, print, exit code. A fault is one line on stderr and code 2."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from coachkit import errors
from coachkit.cli import app, calendar, importing, lab, note, report, show, store


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
    for command in (show, importing, note, report, calendar, lab, app, store):
        command.add(commands)
    return parser
