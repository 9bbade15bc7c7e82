"""How fast ``grade`` and ``compliance`` are: ``python tests/benchmarks/engine.py``.

The contenders must agree in every cell, or this exits with 1; then they are timed turn by turn and
the figures held against their targets. A missed target is printed, never an error.
"""
# ruff: noqa: E402

import os
import sys
from pathlib import Path

for _library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR"):
    os.environ[f"{_library}_NUM_THREADS"] = "1"
os.environ["POLARS_MAX_THREADS"] = "2"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import argparse
import gc
import math
import pickle
import tempfile
from collections.abc import Sequence
from statistics import median
from time import perf_counter, process_time

import coachkit
from tests.benchmarks import generate, memory
from tests.benchmarks.contenders import (
    Contender,
    DisagreementError,
    check_all,
    check_small,
    contenders,
    slow_reference,
)

#: Small sizes are over in no time: more rounds are run until so many seconds have passed.
SECONDS, MOST_ROUNDS = 3.0, 25
SMALL_CASELOADS = 100
Times = dict[str, list[float]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print it; 1 where contenders disagree."""
    parser = argparse.ArgumentParser(description="Benchmark coachkit.grade and compliance.")
    parser.add_argument("--sizes", default="1000,100000,1000000", help="interviews, by commas")
    parser.add_argument(
        "--rounds", type=int, default=5, help="rounds at least, each contender once"
    )
    parser.add_argument("--no-memory", action="store_true", help="leave the peak memory out")
    chosen = parser.parse_args(arguments)
    sizes = sorted(int(size) for size in chosen.sizes.split(","))
    grade_times: dict[int, float] = {}
    try:
        check_small(SMALL_CASELOADS)
        for size in sizes:
            grade_times[size] = run(
                size, chosen.rounds, slowly=size == sizes[0], with_memory=not chosen.no_memory
            )
    except DisagreementError as disagreement:
        print(disagreement, file=sys.stderr)
        return 1
    print_exponent(grade_times)
    return 0


def run(size: int, rounds: int, *, slowly: bool, with_memory: bool) -> float:
    """Check, time and print one size; return the median time of ``grade``."""
    caseload, policy = generate.caseload(size), generate.policy()
    check_all(caseload, policy, slowly=slowly and size <= 10_000)
    calls = contenders(caseload, policy)
    if slowly and size <= 10_000:
        calls["reference"] = slow_reference(caseload, policy)
    times, cpu_times = interleaved(calls, rounds)
    del calls
    print_times(caseload, times, cpu_times)
    print_ratios(times, with_targets=size >= 100_000)
    if with_memory:
        print_memory(caseload, with_targets=size >= 100_000)
    print(flush=True)
    return median(times["grade"])


def interleaved(calls: dict[str, Contender], rounds: int) -> tuple[Times, Times]:
    """Seconds on the wall and of the processor (user and system, all threads), A B C A B C ….

    What a call returns is dropped, and garbage collected, outside its time.
    """
    times: Times = {name: [] for name in calls}
    cpu_times: Times = {name: [] for name in calls}
    gc.collect()
    gc.freeze()  # so that collecting between the calls costs nothing
    done, spent = 0, 0.0
    while done < rounds or (spent < SECONDS and done < MOST_ROUNDS):
        for name, call in calls.items():
            gc.collect()
            cpu_begin, begin = process_time(), perf_counter()
            result = call()
            times[name].append(perf_counter() - begin)
            cpu_times[name].append(process_time() - cpu_begin)
            spent += times[name][-1]
            del result
        done += 1
    gc.collect()
    gc.unfreeze()
    return times, cpu_times


def print_times(caseload: coachkit.Caseload, times: Times, cpu_times: Times) -> None:
    rounds = len(times["grade"])
    print(
        f"{len(caseload.interviews):,} interviews, {len(caseload.contacts):,} contacts, "
        f"{len(caseload.clients):,} clients; all contenders agree; {rounds} rounds, interleaved"
    )
    print(f"  {'':<26}{'median':>12}{'best':>12}{'CPU median':>12}")
    for name, seconds in times.items():
        figures = (median(seconds), min(seconds), median(cpu_times[name]))
        print(f"  {name:<26}" + "".join(f"{figure * 1e3:>9.1f} ms" for figure in figures))


def print_ratios(times: Times, *, with_targets: bool) -> None:
    """Ratios of medians of the same run, beside the spread of the ratios round by round."""
    for over, under, least, most in (
        ("polars", "grade", 5.0, math.inf),
        ("polars, tuned", "grade", 0.0, math.inf),
        ("grade", "floor", 0.0, 8.0),
        ("grade, shuffled", "grade", 0.0, 4.0),
        ("polars compliance", "compliance", 2.0, math.inf),
        ("polars compliance, tuned", "compliance", 0.0, math.inf),
        ("reference", "grade", 0.0, math.inf),
    ):
        if over not in times:
            continue
        ratio = median(times[over]) / median(times[under])
        paired = sorted(a / b for a, b in zip(times[over], times[under], strict=True))
        target = f"at least {least:g}" if least else f"at most {most:g}"
        has_target = with_targets and (least > 0 or most < math.inf)
        print_figure(
            f"{over} / {under}",
            f"{ratio:.2f} ({paired[0]:.2f} to {paired[-1]:.2f})",
            target if has_target else "",
            least <= ratio <= most,
        )


def print_memory(caseload: coachkit.Caseload, *, with_targets: bool) -> None:
    """Peak memory beyond what was there before, each contender in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "caseload.pickle")
        with open(path, "wb") as file:
            pickle.dump(caseload, file)
        for name in ("grade", "polars", "polars, tuned", "floor"):
            sizes = memory.measure(name, path)
            extra, whole, read, output = (
                sizes[part] / 1e6 for part in ("extra", "input", "read", "output")
            )
            most = 2 * whole + output
            target = f"at most {most:,.0f} MB" if with_targets and name == "grade" else ""
            print_figure(f"peak extra memory, {name}", f"{extra:,.0f} MB", target, extra <= most)
            if name == "grade":
                print(
                    f"  {'':<40}(input {whole:,.0f} MB, without texts {read:,.0f} MB; "
                    f"output {output:,.0f} MB)"
                )


def print_exponent(grade_times: dict[int, float]) -> None:
    """The slope of log time over log size between the two largest sizes from 100,000 on."""
    large = sorted(size for size in grade_times if size >= 100_000)
    if len(large) > 1:
        low, high = large[0], large[-1]
        slope = math.log(grade_times[high] / grade_times[low]) / math.log(high / low)
        print_figure(f"exponent, {low:,} to {high:,}", f"{slope:.2f}", "at most 1.1", slope <= 1.1)


def print_figure(name: str, figure: str, target: str, met: bool) -> None:
    """One line: what, how much, and against which target, if it has one."""
    verdict = f"target {target}: {'met' if met else 'MISSED'}" if target else ""
    print(f"  {name:<40}{figure:<26}{verdict}".rstrip())


if __name__ == "__main__":
    sys.exit(main())
