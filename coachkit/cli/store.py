"""The commands that keep a practice: new, export, backup, restore, check, history, erase."""

import argparse
import sys
from datetime import datetime

from coachkit import errors
from coachkit.cli.asked import Commands, add_practice, client_asked, own_practice


def add(commands: Commands) -> None:
    """Add them to the command line."""
    new = commands.add_parser(
        "new",
        help="start a practice of your own",
        description="Start a practice of your own: empty, or with all that a folder of CSVs holds.",
    )
    new.add_argument(
        "path", metavar="P", nargs="?", help="its file (default: where this computer keeps data)"
    )
    new.add_argument("--from", dest="source", metavar="FOLDER", help="a folder of CSVs")
    new.add_argument("--name", help="what it is called")
    new.add_argument("--coach", help="who signs its changes")
    new.add_argument("--timezone", metavar="ZONE", help="the coach's zone: Europe/Berlin")
    new.set_defaults(run=_new)
    for name, (run, what, argument, meaning) in {
        "export": (_export, "write everything as a folder of CSVs", "folder", "FOLDER"),
        "backup": (_backup, "copy the practice, verified, even while in use", "target", "FILE"),
        "restore": (_restore, "put a backup in its place; what was there is kept", "file", "FILE"),
    }.items():
        command = commands.add_parser(name, help=what, description=what)
        add_practice(command)
        command.add_argument(argument, metavar=meaning)
        command.set_defaults(run=run)
    check = commands.add_parser("check", help="see whether the practice's file is sound")
    add_practice(check)
    check.set_defaults(run=_check)
    history = commands.add_parser("history", help="what was changed, by whom and when")
    add_practice(history)
    history.add_argument("--client", metavar="C", help="one client alone, by id or name")
    history.set_defaults(run=_history)
    erase = commands.add_parser(
        "erase",
        help="remove every trace of a client, for good",
        description="Remove every trace of a client, for good: history and backups included.",
    )
    add_practice(erase)
    erase.add_argument("--client", metavar="C", required=True, help="by id or name")
    erase.add_argument("--yes", action="store_true", help="do not ask")
    erase.set_defaults(run=_erase)


def _new(options: argparse.Namespace) -> None:
    from coachkit.practice import new_practice

    settings = {"name": options.name, "timezone": options.timezone}
    practice = new_practice(options.path, source=options.source, coach=options.coach, **settings)
    told = errors.counted(len(practice.caseload().clients), "client")
    print(f"The practice {errors.place(practice.where)} is there: {told}.")
    print("Open it with coachkit lab" + (f" --practice {options.path}" if options.path else ""))


def _export(options: argparse.Namespace) -> None:
    folder = own_practice(options).export(options.folder)
    print(f"Everything is in {errors.place(folder)}, one CSV per table.")


def _backup(options: argparse.Namespace) -> None:
    target = own_practice(options).backup(options.target)
    print(f"The backup {errors.place(target)} is written and verified.")


def _restore(options: argparse.Namespace) -> None:
    from coachkit.practice import restore_practice

    kept = restore_practice(options.file, options.practice)
    told = f" What was there before is kept in {errors.place(kept)}." if kept else ""
    print(f"Restored.{told}")


def _check(options: argparse.Namespace) -> int:
    from coachkit.store.pen import CALLED
    from coachkit.telling import plain

    practice = own_practice(options)
    faults = practice.check()
    if not faults:
        caseload = practice.caseload()
        told = [errors.counted(len(frame), CALLED[name]) for name, frame in caseload if len(frame)]
        print(plain(f"{practice.name} is sound: {', '.join(told) or 'nothing in it yet'}."))
        print(_told_of_backups(practice.newest_backup()))
        return 0
    count = errors.counted(len(faults), "fault")
    print(plain(f"coachkit: {practice.name} has {count}."), file=sys.stderr)
    for fault in faults:
        print(plain(f"- {fault}"))
    print(_told_of_backups(practice.newest_backup()))
    return 2


def _told_of_backups(newest: datetime | None) -> str:
    """How old the newest automatic backup is."""
    if newest is None:
        return "There is no automatic backup yet: the first change of a day makes one."
    days = (datetime.now().date() - newest.date()).days
    ago = {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
    return f"The newest automatic backup is of {newest:%Y-%m-%d, %H:%M} ({ago})."


def _history(options: argparse.Namespace) -> None:
    from coachkit.telling import plain

    practice = own_practice(options)
    history = practice.history(client_asked(practice, options.client))
    if history.empty:
        print("Nothing was changed yet.")
    for row in history.itertuples():
        who = f", {row.who}" if isinstance(row.who, str) else ""
        state = "" if row.state == "done" else f" ({row.state})"
        print(plain(f"{row.at:%Y-%m-%d %H:%M} UTC{who}: {row.what}{state}"))


def _erase(options: argparse.Namespace) -> int:
    practice = own_practice(options)
    client = client_asked(practice, options.client)
    assert client is not None
    if not options.yes:
        print("This cannot be taken back. Type the word erase to go on: ", end="", flush=True)
        if sys.stdin.readline().strip() != "erase":
            print("Nothing was removed.")
            return 0
    print(practice.erase(client))
    return 0
