"""A practice that is killed while it is written, or whose log ends in the middle, loses nothing."""

import os
import random
import signal
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from coachkit.store import resting
from tests import writing

#: In CI; ``tests/soak.py`` has its own numbers.
KILLS, CUTS = 25, 25
STEPS = 40
SEED = int(os.environ.get("COACHKIT_SEED", random.randrange(10**6)))


def test_what_was_acknowledged_outlives_a_kill(tmp_path: Path) -> None:
    """SIGKILL at random moments: all that was acknowledged is there, and nothing by halves."""
    print(f"COACHKIT_SEED={SEED}")
    kill_often(tmp_path, KILLS, SEED)


def test_a_log_that_was_cut_gives_every_change_before_the_cut(tmp_path: Path) -> None:
    """What an operating system that died with its cache leaves, torn pages included."""
    print(f"COACHKIT_SEED={SEED}")
    cut_often(tmp_path, CUTS, SEED)


def test_the_proof_sees_a_lost_change(tmp_path: Path) -> None:
    """A state that misses its last change is told from the whole."""
    practice = writing.begin(tmp_path / "p.coachkit")
    before = writing.state(practice)
    practice.hold(1, until="2026-12-01")
    assert writing.state(practice) != before


def kill_often(folder: Path, kills: int, seed: int) -> str:
    """Kill a writer so many times; what was seen, in words."""
    start = folder / "start.coachkit"
    writing.begin(start).close()
    states = _states(writing.copy_of(start, folder / "whole"), seed)
    chance = random.Random(seed)
    acknowledged, one_more = [], 0
    for number in range(kills):
        path = writing.copy_of(start, folder / f"kill-{number}")
        told = _killed(path, seed, chance)
        practice = writing.opened(path)
        found = writing.state(practice)
        there = [at for at in (told, told + 1) if at < len(states) and states[at] == found]
        assert there, f"kill {number} of seed {seed}, after {told} acknowledged changes"
        assert practice.check() == []
        acknowledged.append(told)
        one_more += there[0] > told
        writing.take_step(practice, seed, there[0] + 1)
        practice.close()
    return (
        f"killed after {min(acknowledged)} to {max(acknowledged)} acknowledged steps, "
        f"{one_more} times with one more on the disk"
    )


def cut_often(folder: Path, cuts: int, seed: int) -> str:
    """Cut the log at so many random places; what was seen, in words."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resting, "QUIET", 3600.0)  # the log stays where it is
        start = folder / "start.coachkit"
        writing.begin(start).close()
        practice = writing.opened(start)
        with practice._database.reading() as connection:
            connection.exec_driver_sql("PRAGMA wal_autocheckpoint = 0")
        log = start.with_name(start.name + "-wal")
        states, ends = [writing.state(practice)], [0]
        for number in range(1, STEPS + 1):
            writing.take_step(practice, seed, number)
            states.append(writing.state(practice))
            ends.append(log.stat().st_size)
        chance = random.Random(seed)
        for number in range(cuts):
            path = writing.copy_of(start, folder / f"cut-{number}")
            just_before = max(0, chance.choice(ends[1:]) - 1)
            place = chance.choice([chance.randrange(ends[-1]), just_before])
            _cut(path.with_name(path.name + "-wal"), place, chance)
            copied = writing.opened(path)
            whole = max(at for at, end in enumerate(ends) if end <= place)
            told = f"cut {number} of seed {seed}, at byte {place}"
            assert writing.state(copied) == states[whole], told
            assert copied.check() == [], told
            copied.close()
        practice.close()
    return f"log of {ends[-1]:,} bytes and {len(set(states))} states, cut at random bytes"


def _states(path: Path, seed: int) -> list[str]:
    """The state after each step, when nobody is killed."""
    practice = writing.opened(path)
    states = [writing.state(practice)]
    for number in range(1, STEPS + 1):
        writing.take_step(practice, seed, number)
        states.append(writing.state(practice))
    practice.close()
    return states


def _write(path: Path, seed: int, told: Connection) -> None:
    """Take the steps, and acknowledge each."""
    practice = writing.opened(path)
    for number in range(1, STEPS + 1):
        writing.take_step(practice, seed, number)
        told.send(number)


def _killed(path: Path, seed: int, chance: random.Random) -> int:
    """Kill a writer at a random moment; how many steps it had acknowledged."""
    context = writing.server()
    receiver, sender = context.Pipe(duplex=False)
    writer = context.Process(target=_write, args=(path, seed, sender))
    writer.start()
    sender.close()
    enough, acknowledged = chance.randrange(STEPS - 2), 0
    try:
        while acknowledged < enough and receiver.poll(60):
            acknowledged = receiver.recv()
        time.sleep(chance.random() * 0.02)
        assert writer.pid is not None
        with suppress(ProcessLookupError):  # on a busy machine it may be done by now
            os.kill(writer.pid, signal.SIGKILL)
        writer.join(60)
        while receiver.poll():
            acknowledged = receiver.recv()
    except EOFError:  # all that it had told was read
        pass
    finally:
        receiver.close()
    assert writer.exitcode == -signal.SIGKILL or (writer.exitcode, acknowledged) == (0, STEPS)
    return acknowledged


def _cut(log: Path, place: int, chance: random.Random) -> None:
    """Let a log end at a byte; or, as often, let rubbish stand from there to the end of a page."""
    whole = log.read_bytes()
    rest = bytearray(chance.randbytes(1 + chance.randrange(4096)) if chance.random() < 0.5 else b"")
    if rest:  # or, one time in 256, rubbish that follows all but the last byte would be that byte
        rest[0] = whole[place] ^ 0xFF
    log.write_bytes(whole[:place] + rest)
