"""The proofs of the store with large numbers: ``nice python tests/soak.py`` (about 20 minutes).

Prints a table: what was done, how often, how it ended, how long it took. Exits with 1 where
anything was lost. A number of 0 leaves a proof out.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import argparse
import os
import random
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence

from tests import test_crash, test_histories, test_races, writing


def main(arguments: Sequence[str] | None = None) -> int:
    """Run each proof and print how it ended."""
    parser = argparse.ArgumentParser(description="Soak the store of coachkit.")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--cuts", type=int, default=500)
    parser.add_argument("--writes", type=int, default=2000)
    parser.add_argument("--histories", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    chosen = parser.parse_args(arguments)
    os.environ["PYTHONPATH"] = os.pathsep.join([sys.path[0], os.environ.get("PYTHONPATH", "")])
    print(f"seed {chosen.seed}", flush=True)
    proofs: dict[str, Callable[[Path], str]] = {
        f"{chosen.kills:,} kills": lambda folder: test_crash.kill_often(
            folder, chosen.kills, chosen.seed
        ),
        f"{chosen.cuts:,} cuts of the log": lambda folder: test_crash.cut_often(
            folder, chosen.cuts, chosen.seed
        ),
        f"{test_races.PROCESSES} × {chosen.writes:,} writes": lambda folder: (
            test_races.write_at_once(_begun(folder), chosen.writes)
        ),
        f"{chosen.histories:,} histories": lambda _: test_histories.histories_stand(
            chosen.histories
        ),
    }
    asked = {name: proof for name, proof in proofs.items() if " 0 " not in f" {name}"}
    return max(_run(name, proof) for name, proof in asked.items())


def _run(name: str, proof: Callable[[Path], str]) -> int:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        try:
            told, failed = f"nothing lost: {proof(Path(folder))}", 0
        except BaseException:
            told, failed = traceback.format_exc(), 1
    print(f"{name:<22}{time.monotonic() - begun:>7.0f} s  {told}", flush=True)
    return failed


def _begun(folder: Path) -> Path:
    writing.begin(folder / "p.coachkit").close()
    return folder / "p.coachkit"


if __name__ == "__main__":
    sys.exit(main())
