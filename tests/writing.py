"""What the tests of durability write: steps that are the same whoever takes them, and their state.

``test_crash.py``, ``test_races.py`` and ``soak.py`` take them in processes of their own, which come
from a fork server that has loaded everything already.
"""

import hashlib
import json
import multiprocessing
import random
import shutil
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import coachkit as ck
from coachkit import errors
from coachkit.store.schema import metadata

#: No process may take longer than this.
PATIENCE = 900.0
HELD = "2026-11-20T10:00:00-07:00"
SENT = "2026-11-20T18:00:00-07:00"
TOUCH = {"at": SENT, "direction": "out", "channel": "email", "kind": "other"}


def begin(path: Path) -> ck.Practice:
    """A practice of two clients with two opportunities each."""
    practice = ck.new_practice(path, coach="Rosa Lind")
    for name in ("Zed Ox", "Ann Lee"):
        client = practice.add_client(name, timezone="America/Denver")
        for employer in ("Acme", "Zig"):
            practice.add_opportunity(client, employer=employer, role="Cook", field="Sales")
    return practice


def opened(path: Path, coach: str | None = None) -> ck.Practice:
    """The same as anybody opens it."""
    practice = ck.open_practice(path, coach=coach)
    assert isinstance(practice, ck.Practice)
    return practice


def take_step(practice: ck.Practice, seed: int, number: int) -> None:
    """Do one thing that a coach does; which depends on the seed and the number alone."""
    chance = random.Random(f"{seed} {number}")
    with suppress(errors.NothingToUndo, errors.ChangedSince, errors.UnknownRow, errors.Orphan):
        chance.choice(_STEPS)(practice, chance, str(number))


def state(practice: ck.Practice) -> str:
    """A fingerprint of all that the practice holds, but for when it was written."""
    held: dict[str, list[list[object]]] = {}
    with practice._database.reading() as connection:
        for table in metadata.sorted_tables:
            kept = [column for column in table.c if (table.name, column.name) != ("changes", "at")]
            asked = sa.select(*kept).order_by(*table.primary_key)
            if table.name == "settings":
                asked = asked.where(table.c.name.in_(["revision", "coach", "name", "timezone"]))
            held[table.name] = [list(row) for row in connection.execute(asked)]
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()


def copy_of(path: Path, folder: Path) -> Path:
    """A copy of a practice's file and of its log, as they lie there."""
    folder.mkdir()
    for rest in ("", "-wal"):
        if (beside := path.with_name(path.name + rest)).exists():
            shutil.copy(beside, folder)
    return folder / path.name


def server() -> ForkServerContext:
    """Where processes come from that need not load everything anew."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.writing", "tests.loaded"])
    return context


def together(work: Callable[..., object], arguments: Sequence[tuple[object, ...]]) -> list[Any]:
    """Do the same in as many processes at once; what each gave back.

    ``work`` is called with a barrier, at which it may wait for the others, and its own arguments.
    """
    return together_as([(work, own) for own in arguments])


def together_as(
    works: Sequence[tuple[Callable[..., object], tuple[object, ...]]],
) -> list[Any]:
    """Do something else in each of several processes at once; what each gave back."""
    context = server()
    barrier = context.Barrier(len(works), timeout=PATIENCE)
    pipes, processes = [], []
    for work, own in works:
        receiver, sender = context.Pipe(duplex=False)
        processes.append(context.Process(target=_told, args=(sender, work, barrier, own)))
        processes[-1].start()
        sender.close()
        pipes.append(receiver)
    answers = []
    for receiver in pipes:
        assert receiver.poll(PATIENCE), "a process says nothing"
        answers.append(receiver.recv())
        receiver.close()
    for process in processes:
        process.join(PATIENCE)
    for answer in answers:
        if isinstance(answer, _Fault):
            raise AssertionError(answer.told)
    return answers


@dataclass(frozen=True)
class _Fault:
    """What went wrong in another process."""

    told: str


def _told(
    sender: Connection, work: Callable[..., object], barrier: object, own: tuple[object, ...]
) -> None:
    try:
        sender.send(work(barrier, *own))
    except BaseException:
        sender.send(_Fault(traceback.format_exc()))


def _opportunity(chance: random.Random) -> int:
    return chance.randint(1, 4)


def _contact(practice: ck.Practice, chance: random.Random, text: str) -> None:
    practice.add_contact(_opportunity(chance), text=text, **TOUCH)


def _six_contacts(practice: ck.Practice, chance: random.Random, text: str) -> None:
    rows = [{**TOUCH, "opportunity_id": _opportunity(chance), "text": text} for _ in range(6)]
    practice.add_contacts(rows)


def _day(practice: ck.Practice, chance: random.Random, text: str) -> None:
    with practice.change(f"Day {text}"):
        practice.add_note(chance.randint(1, 2), text, written_at=SENT)
        interview = practice.add_interview(_opportunity(chance), held_at=HELD, answer_fit=text)
        practice.add_interviewer(interview, name="Dana", topics=text)
        practice.add_key_answer(interview, question=text)


def _long_note(practice: ck.Practice, chance: random.Random, text: str) -> None:
    practice.add_note(chance.randint(1, 2), text * chance.randint(1, 20_000), written_at=SENT)


def _undo(practice: ck.Practice, chance: random.Random, text: str) -> None:
    practice.undo()


def _redo(practice: ck.Practice, chance: random.Random, text: str) -> None:
    practice.redo()


def _hold(practice: ck.Practice, chance: random.Random, text: str) -> None:
    practice.hold(_opportunity(chance), until="2026-12-01", reason=text)


def _outcome(practice: ck.Practice, chance: random.Random, text: str) -> None:
    practice.set_outcome(_opportunity(chance), chance.choice(["offer", "rejected"]), at=SENT)


def _reopen(practice: ck.Practice, chance: random.Random, text: str) -> None:
    practice.reopen(_opportunity(chance))


def _wait(practice: ck.Practice, chance: random.Random, text: str) -> None:
    at = f"2026-01-01T00:00:00.{int(text):06}Z"
    practice.set_wait("Sales", wait_days=chance.randint(1, 9), effective_from=at, reason=text)


def _remove(practice: ck.Practice, chance: random.Random, text: str) -> None:
    practice.remove(chance.choice(["contacts", "notes", "interviews"]), chance.randint(1, 9))


Step = Callable[[ck.Practice, random.Random, str], None]
_STEPS: tuple[Step, ...] = (
    _contact,
    _contact,
    _six_contacts,
    _day,
    _long_note,
    _undo,
    _redo,
    _hold,
    _outcome,
    _reopen,
    _wait,
    _remove,
)
