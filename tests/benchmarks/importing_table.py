"""What importing makes of each file of some folders: ``importing_table.py FOLDER…``.

A line for each table: rows in, imported, merged, set aside (they add up), whether a second import
would change anything, and which columns were taken for employer, role, application and status. With
``--speed ROWS`` instead: how long reading and understanding, and writing, take for a tracker of so
many rows, and the memory at the most.
"""

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

from coachkit.importing import Proposal, TableProposal, propose
from coachkit.importing.writing import write
from coachkit.practice import new_practice

CORE = ("employer", "role", "applied_on", "status")
SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".ics", ".xls", ".ods", ".md")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--speed", type=int, metavar="ROWS")
    options = parser.parse_args()
    if options.speed:
        _speed(options.speed)
        return 0
    wrong = 0
    print("| file | rows | imported | merged | set aside | second import | proposed |")
    print("|---|---|---|---|---|---|---|")
    for folder in options.folders:
        for file in sorted(one for one in folder.rglob("*") if one.suffix in SUFFIXES):
            wrong += _file(file)
    return 1 if wrong else 0


def _file(file: Path) -> int:
    """Tell a file's tables; how many of them do not add up."""
    proposal = propose([file])
    for _, sentence in proposal.unread:
        print(f"| {file.name} | – | – | – | – | – | refused: {_cell(sentence)} |")
    second = _second(proposal)
    wrong = 0
    for table in proposal.tables:
        read = table.read
        counts = len(read.opportunities), len(read.merged), len(read.set_aside)
        rows = len(table.table.rows)
        wrong += sum(counts) != rows
        shown = " | ".join(map(str, counts))
        sheet = f" [{table.table.sheet}]" if table.table.sheet else ""
        print(f"| {file.name}{_cell(sheet)} | {rows} | {shown} | {second} | {_told(table)} |")
    return wrong


def _second(proposal: Proposal) -> str:
    """What a second import of the same file adds and changes."""
    with tempfile.TemporaryDirectory() as folder:
        practice = new_practice(Path(folder) / "trial.coachkit")
        write(proposal, practice, client="Trial", timezone="Europe/London")
        again = write(proposal, practice, client="Trial")
        practice.close()
    moved = again.added + again.interviews + len(again.changed)
    return "nothing" if not moved else f"{moved} CHANGES"


def _told(table: TableProposal) -> str:
    told = []
    for meaning in CORE:
        found = [one for one in table.columns if one.meaning == meaning]
        asked = [one for one in table.columns if meaning in one.candidates]
        if found:
            order = f" ({found[0].order})" if found[0].order else ""
            told.append(f"{meaning}: {_cell(found[0].header) or '(no name)'}{order}")
        elif asked:
            told.append(f"{meaning}? {' or '.join(_cell(one.header) for one in asked)}")
    if table.read.set_aside and not table.read.opportunities:
        told.append(_cell(table.read.set_aside[0].reason))
    return "; ".join(told) or "nothing"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split())[:120]


def _speed(rows: int) -> None:
    lines = ["Company,Role,Date Applied,Status,Interview Date,Notes"]
    lines += [
        f"Employer {at},Clerk,{at % 12 + 1}/{at % 28 + 1}/2024,Applied,"
        f"2024-05-{at % 28 + 1:02},{at}"
        for at in range(rows)
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.csv"
        file.write_text("\n".join(lines), encoding="utf-8")
        begin = time.perf_counter()
        proposal = propose([file])
        understood = time.perf_counter()
        practice = new_practice(Path(folder) / "trial.coachkit")
        write(proposal, practice, client="Trial", timezone="Europe/London")
        written = time.perf_counter()
        practice.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{rows:,} rows: reading and understanding {understood - begin:.1f} s, writing "
        f"{written - understood:.1f} s, at most {peak:.0f} MB"
    )


if __name__ == "__main__":
    sys.exit(main())
