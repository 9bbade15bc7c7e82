"""How fast the store is: ``python tests/benchmarks/store.py``.

Loads a caseload by ``practice.caseload()``, by plain ``pandas.read_sql`` of every table, and by the
bare driver (``fetchall`` of every table: the floor), turn by turn; then one client's; then writes
one contact at a time by ``add_contact`` and by a bare insert with the same pragmas.
"""
# ruff: noqa: E402

import os
import sys
from pathlib import Path

for _library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR"):
    os.environ[f"{_library}_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import argparse
import contextlib
import gc
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter

import pandas as pd

import coachkit as ck
from coachkit import terms
from coachkit.practice import AnyPractice
from coachkit.store import folders
from coachkit.store.database import Database
from tests.benchmarks import generate

SENT = "2026-11-20T18:00:00-07:00"
PRAGMAS = ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON")
Times = dict[str, list[float]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a practice, time it, and print ratios of medians of interleaved rounds."""
    parser = argparse.ArgumentParser(description="Benchmark the store of coachkit.")
    parser.add_argument("--interviews", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--writes", type=int, default=300)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "large.coachkit")
        made = generate.caseload(chosen.interviews)
        begins = folders.Folder(made, ck.Policy.default(), {}, {})
        Database.create(path, lambda empty: folders.fill(empty, begins)).close()
        practice = ck.open_practice(path)
        _same(made, practice.caseload())
        loads(path, practice, made, chosen.rounds)
        writes(Path(folder), chosen.writes)
    return 0


def loads(path: Path, practice: AnyPractice, made: ck.Caseload, rounds: int) -> None:
    """Print how long every row takes, and one client's."""
    with contextlib.closing(sqlite3.connect(path)) as bare:
        client = int(made.clients["client_id"].iloc[len(made.clients) // 2])
        times = interleaved(
            {
                "caseload": practice.caseload,
                "read_sql": lambda: _read_sql(bare),
                "fetchall": lambda: _fetchall(bare),
                "one client": lambda: practice.caseload(client),
            },
            rounds,
        )
    print(
        f"{len(made.interviews):,} interviews, {len(made.contacts):,} contacts, "
        f"{path.stat().st_size / 1e6:.0f} MB; {rounds} rounds, interleaved"
    )
    tell(times)
    ratio(times, "caseload", "read_sql", most=0.5)
    ratio(times, "caseload", "fetchall")


def writes(folder: Path, count: int) -> None:
    """Print what one durable contact costs, beside a bare insert."""
    practice = ck.new_practice(folder / "small.coachkit", coach="Rosa Lind")
    practice.add_client("Zed Ox", timezone="UTC")
    opportunity = practice.add_opportunity(1, employer="Acme", role="Cook", field="Sales")
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for pragma in PRAGMAS:
        bare.execute(f"PRAGMA {pragma}")
    bare.execute("CREATE TABLE contacts (contact_id INTEGER PRIMARY KEY, at INTEGER, kind TEXT)")

    def insert() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT INTO contacts (at, kind) VALUES (1, 'other')")
        bare.execute("COMMIT")

    def add() -> None:
        practice.add_contact(opportunity, at=SENT, direction="out", channel="email", kind="other")

    times = interleaved({"add_contact": add, "bare insert": insert}, count)
    bare.close()
    print(f"one contact, written and on the disk; {count} rounds, interleaved")
    tell(times)
    ratio(times, "add_contact", "bare insert")


def interleaved(calls: dict[str, Callable[[], object]], rounds: int) -> Times:
    """Seconds of each, A B C A B C …, after one round that does not count."""
    times: Times = {name: [] for name in calls}
    for call in calls.values():
        call()
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        for name, call in calls.items():
            gc.collect(0)
            begin = perf_counter()
            result = call()
            times[name].append(perf_counter() - begin)
            del result
    gc.unfreeze()
    return times


def tell(times: Times) -> None:
    """The median and the best of each."""
    print(f"  {'':<26}{'median':>12}{'best':>12}")
    for name, seconds in times.items():
        print(f"  {name:<26}{median(seconds) * 1e3:>9.2f} ms{min(seconds) * 1e3:>9.2f} ms")


def ratio(times: Times, over: str, under: str, *, most: float | None = None) -> None:
    """The median of one over that of another, and the least and the most of any one round."""
    whole = median(times[over]) / median(times[under])
    paired = sorted(a / b for a, b in zip(times[over], times[under], strict=True))
    figure = f"{whole:.2f} ({paired[0]:.2f} to {paired[-1]:.2f})"
    target = (
        "" if most is None else f"target at most {most:g}: {'met' if whole <= most else 'MISSED'}"
    )
    print(f"  {f'{over} / {under}':<40}{figure:<26}{target}".rstrip(), flush=True)


def _read_sql(bare: sqlite3.Connection) -> list[pd.DataFrame]:
    return [pd.read_sql(f"SELECT * FROM {name}", bare) for name in terms.TABLES]


def _fetchall(bare: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    return [bare.execute(f"SELECT * FROM {name}").fetchall() for name in terms.TABLES]


def _same(made: ck.Caseload, loaded: ck.Caseload) -> None:
    for name, frame in made:
        pd.testing.assert_frame_equal(frame, dict(loaded)[name], obj=name, check_categorical=True)


if __name__ == "__main__":
    sys.exit(main())
