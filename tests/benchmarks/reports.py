"""How long all reports of a large practice take, where the time goes, and what two cores bring.

    python tests/benchmarks/reports.py [--clients 300] [--rounds 1] [--no-processes]

The clients are the sample practice's, over and over under other ids and names, each with about five
opportunities. Every client's report is written as HTML and PDF. First in one process, with the time
of each step; then by ``write_reports``, as the command does, with one process and with two. Beside
the wall's time stands the processor's: where they differ much, the machine was busy.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

import coachkit as ck
from coachkit.exports.html import to_html
from coachkit.exports.pdf import to_pdf
from coachkit.reports import client_report
from coachkit.reports.shelf import client_orders, write_reports

KEYS = ("client_id", "opportunity_id", "interview_id")
STEPS = ("facts", "charts", "HTML", "PDF")


def many(clients: int) -> ck.Caseload:
    """The sample practice's clients, over and over."""
    sample = ck.open_practice().caseload()
    times = -(-clients // len(sample.clients))
    tables = {}
    for name, frame in sample:
        copies = []
        for number in range(times):
            moved = {key: frame[key] + 10_000 * number for key in KEYS if key in frame}
            first = frame.columns[0]
            moved[first] = frame[first] + 10_000 * number
            copies.append(frame.assign(**moved))
        tables[name] = pd.concat(copies, ignore_index=True)
    ids = tables["clients"]["client_id"]
    tables["clients"]["name"] += ids.map(lambda one: f" {one // 10_000}" if one > 10_000 else "")
    return ck.Caseload(**tables)


class Clock:
    """Adds up what steps take, on the wall and of the processor."""

    def __init__(self) -> None:
        self.wall: dict[str, float] = defaultdict(float)
        self.processor: dict[str, float] = defaultdict(float)

    @contextmanager
    def on(self, step: str) -> Iterator[None]:
        """Time a step."""
        wall, processor = time.perf_counter(), time.process_time()
        yield
        self.wall[step] += time.perf_counter() - wall
        self.processor[step] += time.process_time() - processor


def steps(caseload: ck.Caseload, policy: ck.Policy, as_of: pd.Timestamp, ids: list[int]) -> Clock:
    """Make every report in this process, step by step; libraries are loaded beforehand."""
    _one(caseload, policy, as_of, ids[0], Clock())
    clock = Clock()
    for client in ids:
        _one(caseload, policy, as_of, client, clock)
    return clock


def _one(
    caseload: ck.Caseload, policy: ck.Policy, as_of: pd.Timestamp, client: int, clock: Clock
) -> None:
    with clock.on("facts"):
        report = client_report(caseload, policy, client=client, as_of=as_of)
    with clock.on("charts"):
        for picture in report.pictures:
            assert picture.svg
    with clock.on("HTML"):
        to_html(report)
    with clock.on("PDF"):
        to_pdf(report)


def by_processes(
    caseload: ck.Caseload, policy: ck.Policy, as_of: pd.Timestamp, ids: list[int], jobs: int
) -> tuple[float, float]:
    """Seconds that the command's own way takes with so many processes: wall, processor."""
    with tempfile.TemporaryDirectory() as folder:
        before = os.times()
        wall = time.perf_counter()
        orders = client_orders(
            caseload,
            policy,
            ids,
            as_of=as_of,
            since=None,
            formats=("html", "pdf"),
            folder=Path(folder),
        )
        written = sum(len(done.written) for done in write_reports(orders, jobs=jobs))
        wall = time.perf_counter() - wall
        after = os.times()
        assert written == 2 * len(ids), written
    own = after.user + after.system - before.user - before.system
    children = (after.children_user + after.children_system) - (
        before.children_user + before.children_system
    )
    return wall, own + children


def main() -> int:
    """Print it."""
    parser = argparse.ArgumentParser(description="All reports of a large practice.")
    parser.add_argument("--clients", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=1, help="of one process and of two, in turn")
    parser.add_argument("--no-processes", action="store_true", help="the steps alone")
    options = parser.parse_args()
    practice = ck.open_practice()
    caseload, policy, as_of = many(options.clients), practice.policy(), practice.as_of()
    ids = [int(one) for one in caseload.clients["client_id"][: options.clients]]
    print(f"{len(ids)} clients, a report each as HTML and PDF; load {os.getloadavg()[0]:.1f}")
    clock = steps(caseload, policy, as_of, ids)
    whole = sum(clock.processor.values())
    print(f"\n{'step':<10}{'wall s':>9}{'cpu s':>9}{'cpu ms each':>13}{'share':>8}")
    for step in STEPS:
        cpu = clock.processor[step]
        each = 1000 * cpu / len(ids)
        print(f"{step:<10}{clock.wall[step]:>9.2f}{cpu:>9.2f}{each:>13.1f}{cpu / whole:>8.0%}")
    print(f"{'whole':<10}{sum(clock.wall.values()):>9.2f}{whole:>9.2f}")
    writing = clock.processor["HTML"] + clock.processor["PDF"]
    met = "met" if writing < clock.processor["charts"] else "MISSED"
    ratio = writing / clock.processor["charts"]
    print(f"templates and PDF together / charts: {ratio:.2f} (target: below 1, {met})")
    if options.no_processes:
        return 0
    print(f"\n{'processes':<10}{'wall s':>9}{'cpu s':>9}")
    walls: dict[int, list[float]] = defaultdict(list)
    for _ in range(options.rounds):
        for jobs in (1, 2):
            wall, cpu = by_processes(caseload, policy, as_of, ids, jobs)
            walls[jobs].append(wall)
            print(f"{jobs:<10}{wall:>9.2f}{cpu:>9.2f}", flush=True)
    ratio = min(walls[2]) / min(walls[1])
    print(f"two processes / one, by the best of each: {ratio:.2f} (target: near 0.5)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
