"""Peak memory of one contender, in a process of its own: ``python -m tests.benchmarks.memory``.

Given a contender's name and a pickled caseload it prints bytes as JSON: ``input`` (the four frames,
words as categoricals), ``read`` (the same without texts, which no rule reads), ``output``, and
``extra``: the highest resident memory during the call less what was resident before it.
"""

import ctypes
import gc
import json
import pickle
import resource
import subprocess
import sys
from pathlib import Path

import pandas as pd
import polars as pl

from tests.benchmarks import generate
from tests.benchmarks.contenders import REQUIRED, graders

ROOT = Path(__file__).resolve().parents[2]
Sizes = dict[str, int]


def measure(contender: str, path: Path) -> Sizes:
    """Start a fresh process that measures the contender."""
    command = [sys.executable, "-m", "tests.benchmarks.memory", contender, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def main(contender: str, path: str) -> None:
    """Measure here, after a small caseload has loaded every library and table."""
    policy = generate.policy()
    graders(generate.caseload(1_000), policy)[contender]()
    with open(path, "rb") as file:
        caseload = pickle.load(file)
    frames = [getattr(caseload, name) for name in REQUIRED]
    sizes = {
        "input": sum(bytes_of(frame) for frame in frames),
        "read": sum(bytes_of(frame.select_dtypes(exclude="str")) for frame in frames),
    }
    del frames
    call = graders(caseload, policy)[contender]
    if contender.startswith("polars"):
        del caseload
    before = settle()
    result = call()
    sizes["extra"] = peak() - before
    sizes["output"] = 0 if contender == "floor" else bytes_of(result)
    print(json.dumps(sizes))


def bytes_of(frame: object) -> int:
    if isinstance(frame, pl.DataFrame):
        return int(frame.estimated_size())
    assert isinstance(frame, pd.DataFrame)
    return int(frame.memory_usage(deep=True).sum())


def settle() -> int:
    """Give freed memory back, forget the peak so far, and return what is resident now."""
    gc.collect()
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:  # not Linux: the peak of the preparation remains, and the extra is too low
        return peak()
    return status("VmRSS")


def peak() -> int:
    try:
        return status("VmHWM")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def status(name: str) -> int:
    """A line of the process's own status, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))


if __name__ == "__main__":
    main(*sys.argv[1:])
