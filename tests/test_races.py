"""Several processes at one practice: all that is written stays, and each sees the others."""

import time
from datetime import datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

import coachkit as ck
from coachkit.store import backups, resting
from tests import writing

#: In CI; ``tests/soak.py`` has its own numbers.
PROCESSES, WRITES = 4, 500
#: How many seconds another's change is waited for before it counts as never seen.
PATIENCE = 30.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two clients with two opportunities each."""
    practice = writing.begin(tmp_path / "p.coachkit")
    practice.close()
    return tmp_path / "p.coachkit"


def test_whatever_is_written_at_once_is_kept_once(path: Path) -> None:
    """None lost, none doubled, and nobody is told that the database is locked."""
    write_at_once(path, WRITES)


def write_at_once(path: Path, writes: int) -> str:
    """Write so many contacts in each of four processes; what was seen, in words."""
    begun = time.monotonic()
    told = writing.together(_write, [(path, number, writes) for number in range(PROCESSES)])
    took = time.monotonic() - begun
    practice = writing.opened(path)
    contacts = practice.caseload().contacts.set_index("contact_id")["text"]
    for number, (ids, _) in enumerate(told):
        assert contacts[ids].tolist() == [f"{number}/{at}" for at in range(writes)]
    assert len(contacts) == PROCESSES * writes
    assert len(practice.history()) == 6 + PROCESSES * writes
    assert practice.check() == []
    longest = max(longest for _, longest in told)
    return f"{len(contacts):,} kept in {took:.0f} s, the longest wait {longest:.1f} s"


def _write(barrier: Barrier, path: Path, number: int, writes: int) -> tuple[list[int], float]:
    practice = writing.opened(path)
    barrier.wait()
    ids, longest = [], 0.0
    for at in range(writes):
        begun = time.monotonic()
        ids.append(practice.add_contact(number + 1, text=f"{number}/{at}", **writing.TOUCH))
        longest = max(longest, time.monotonic() - begun)
    return ids, longest


def test_each_sees_the_others_changes(path: Path) -> None:
    """Two windows that look five times a second, without loading anything again."""
    assert writing.together(_write_and_watch, [(path, 0), (path, 1)]) == [5, 5]


def _write_and_watch(barrier: Barrier, path: Path, turn: int) -> int:
    """Write every other time, watch for the other's change in between; how many were seen."""
    practice = writing.opened(path)
    saw = 0
    for round_ in range(10):
        token = practice.token()
        barrier.wait()
        if round_ % 2 == turn:
            practice.hold(turn + 1, until="2026-12-01", reason=f"{round_}")
        else:
            given_up = time.monotonic() + PATIENCE
            while not (seen := practice.changed_since(token)) and time.monotonic() < given_up:
                time.sleep(0.2)
            saw += seen
        barrier.wait()
    return saw


def test_two_coaches_undo_at_once(path: Path) -> None:
    """Each takes back all of their own, and everything is as it was."""
    before = writing.opened(path).caseload()
    coaches = ["Malik Hart", "Ines Roth"]
    told = writing.together(
        _write_and_undo, [(path, coach, at + 1) for at, coach in enumerate(coaches)]
    )
    assert told == [30, 30]
    practice = writing.opened(path)
    for name, frame in practice.caseload():
        assert frame.equals(dict(before)[name]), name
    history = practice.history()
    assert (history["state"] == "taken back").sum() == 60
    assert practice.check() == []


def _write_and_undo(barrier: Barrier, path: Path, coach: str, opportunity: int) -> int:
    practice = writing.opened(path, coach)
    barrier.wait()
    for at in range(30):
        practice.hold(opportunity, until="2026-12-01", reason=f"{at}")
    barrier.wait()
    return sum(practice.undo().startswith("Taken back: ") for _ in range(30))


def test_the_daily_backup_is_made_once(path: Path) -> None:
    """Though four begin the day at the same moment."""
    folder = backups.folder_of(path)
    (today,) = folder.iterdir()
    today.unlink()
    made = writing.together(_begin_the_day, [(path, number) for number in range(PROCESSES)])
    assert sum(made) == 1
    assert [one.name for one in folder.iterdir()] == [f"{datetime.now():%Y-%m-%d}.coachkit"]
    assert len(ck.open_practice(today).caseload().clients) == 2


def _begin_the_day(barrier: Barrier, path: Path, number: int) -> int:
    made = []
    copy = backups.copy

    def counted(*given: object) -> None:
        made.append(number)
        copy(*given)  # type: ignore[arg-type]

    backups.copy = counted  # this process is nobody else's
    practice = writing.opened(path)
    barrier.wait()
    practice.hold(number + 1, until="2026-12-01")
    return len(made)


def test_opening_it_again_does_not_open_it_to_others(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes and goes leaves the log to those who still write to it.

    A process that opens and closes a file drops every lock that it has on it; the next to leave
    would think that it is the last, and take the log away.
    """
    monkeypatch.setattr(resting, "QUIET", 3600.0)
    practice = writing.opened(path)
    practice.hold(1, until="2026-12-01")
    writing.opened(path)
    for at in range(3):
        assert writing.together(_come_and_go, [(path,)]) == [2]
        practice.hold(1, until="2026-12-01", reason=f"{at}")
        (seen,) = writing.together(_reason, [(path,)])
        assert seen == f"{at}"
    assert practice.check() == []


def _come_and_go(barrier: Barrier, path: Path) -> int:
    practice = writing.opened(path)
    clients = len(practice.caseload().clients)
    practice.close()
    return clients


def _reason(barrier: Barrier, path: Path) -> str:
    return str(writing.opened(path).caseload().opportunities["hold_reason"].iloc[0])


def test_the_file_is_let_go_of_in_the_quiet(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So a copy of the file alone is whole, though the practice is open and looked at all along."""
    monkeypatch.setattr(resting, "QUIET", 0.2)
    practice = writing.opened(path)
    practice.hold(1, until="2026-12-01")
    log = path.with_name(f"{path.name}-wal")
    assert log.exists()
    given_up = time.monotonic() + 30
    while log.exists() and time.monotonic() < given_up:
        practice.token()
        time.sleep(0.1)
    assert not log.exists()
    assert practice.caseload().opportunities["hold_until"].notna().sum() == 1
