"""A practice of every earlier schema opens, keeps every value, and is as one that is made today."""

import contextlib
import os
import signal
import sqlite3
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

import coachkit as ck
from coachkit import errors
from coachkit.store import backups, migrations, schema
from tests import writing

DUMPS = {int(path.stem[1:]): path for path in Path(__file__).parent.glob("schemas/v*.sql")}
Names = dict[str, list[tuple[object, ...]]]


def test_every_schema_that_shipped_is_here() -> None:
    """A step without a practice to try it on would be tried on a coach's."""
    assert sorted(DUMPS) == list(range(1, schema.VERSION + 1))
    assert sorted(migrations.STEPS) == list(range(2, schema.VERSION + 1))


@pytest.fixture(params=sorted(DUMPS))
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The file of a practice of an earlier schema, or of today's."""
    return made_of(DUMPS[request.param], tmp_path / "old.coachkit")


def made_of(dump: Path, path: Path) -> Path:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
    return path


def values(path: Path) -> Names:
    """All that a file holds, but for what says which schema it has."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        asked = "SELECT name FROM sqlite_schema WHERE type = 'table'"
        names = [row[0] for row in connection.execute(asked)]
        held = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    held["settings"] = sorted(row for row in held["settings"] if row[0] != "version")
    held["sqlite_sequence"].sort()
    return held


def shape(path: Path) -> dict[str, object]:
    """Of every table the columns with their types, what refers where, is unique, or is checked."""
    told: dict[str, object] = {}
    with contextlib.closing(sqlite3.connect(path)) as connection:
        asked = (
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
        for name, sql in connection.execute(asked).fetchall():
            told[name] = connection.execute(f"PRAGMA table_info({name})").fetchall()
            told[f"{name} counts on"] = "AUTOINCREMENT" in sql
            told[f"{name} checks"] = sorted(
                " ".join(line.split()).rstrip(",") for line in sql.splitlines() if "CHECK" in line
            )
            refers = connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()
            told[f"{name} refers"] = sorted(row[1:] for row in by_key(refers))
            told[f"{name} indexes"] = sorted(
                (unique, origin, name if origin == "c" else "", tuple(columns(connection, name)))
                for _, name, unique, origin, _ in connection.execute(f"PRAGMA index_list({name})")
            )
    return told


def by_key(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Foreign keys as SQLite lists them, each with its columns in order, whatever their number."""
    keys: dict[object, list[tuple[object, ...]]] = {}
    for row in rows:
        keys.setdefault(row[0], []).append(row[1:])
    return [(0, *map(str, sorted(parts, key=str))) for parts in keys.values()]


def columns(connection: sqlite3.Connection, index: str) -> list[object]:
    return [row[2] for row in connection.execute(f"PRAGMA index_info({index})")]


def test_every_value_outlives_the_migration(old: Path) -> None:
    """Every cell of every table that was there, and the tables that are new are empty."""
    before = values(old)
    practice = writing.opened(old)
    assert practice.check() == []
    practice.close()
    after = values(old)
    assert {name: after[name] for name in before} == before
    assert all(not after[name] for name in after.keys() - before.keys())


def test_a_migrated_practice_is_as_one_made_today(old: Path, tmp_path: Path) -> None:
    """Names, columns, types, keys, checks and indexes."""
    writing.opened(old).close()
    ck.new_practice(tmp_path / "new.coachkit").close()
    assert shape(old) == shape(tmp_path / "new.coachkit")


def test_a_migrated_practice_works(old: Path, tmp_path: Path) -> None:
    """What was done before can be taken back, and it can be written, exported and made anew."""
    practice = writing.opened(old)
    assert practice.caseload("Zoë 'Zed' Ox").clients["shoe_size"].tolist() == ["44"]
    assert practice.undo().startswith("Taken back: ")
    practice.redo()
    practice.mark_imported(
        1, [{"source": "tracker", "row_key": "a", "table_name": "contacts", "row_id": 1}]
    )
    practice.keep_draft(1, "call", text="Hello")
    practice.export(tmp_path / "out")
    other = ck.new_practice(tmp_path / "other.coachkit", source=tmp_path / "out")
    for name, frame in practice.caseload():
        assert frame.equals(dict(other.caseload())[name]), name
    assert practice.import_marks().equals(other.import_marks())
    assert practice.note_drafts().equals(other.note_drafts())
    assert practice.history().equals(other.history())
    assert practice.check() == []


def test_an_older_practice_is_backed_up_before(tmp_path: Path) -> None:
    """As it was, so that an older coachkit could still open it."""
    old = made_of(DUMPS[1], tmp_path / "old.coachkit")
    before = values(old)
    writing.opened(old)
    (backup,) = backups.automatic(old)
    assert "before update" in backup.name
    assert values(backup) == before


def test_a_crash_within_a_migration_leaves_the_old_practice_whole(tmp_path: Path) -> None:
    """Killed between two statements of a step; the next who opens it begins anew."""
    old = made_of(DUMPS[1], tmp_path / "old.coachkit")
    before, old_shape = values(old), shape(old)
    context = writing.server()
    process = context.Process(target=_killed_halfway, args=(old,))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert (values(old), shape(old)) == (before, old_shape)
    practice = writing.opened(old)
    assert practice.check() == []
    practice.close()
    assert {name: values(old)[name] for name in before} == before


def _killed_halfway(path: Path) -> None:
    first, *_ = migrations.STEPS[2]

    class Deadly(tuple[str, ...]):
        """Statements after the first of which the process is gone."""

        def __iter__(self):  # type: ignore[no-untyped-def]
            yield first
            os.kill(os.getpid(), signal.SIGKILL)

    migrations.STEPS[2] = Deadly()
    ck.open_practice(path)


def test_a_migration_that_fails_leaves_the_old_practice_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence, and not half of it written."""
    old = made_of(DUMPS[1], tmp_path / "old.coachkit")
    before, old_shape = values(old), shape(old)
    broken = (*migrations.STEPS[2], "INSERT INTO nowhere VALUES (1)")
    monkeypatch.setitem(migrations.STEPS, 2, broken)
    with pytest.raises(errors.PracticeUnavailable, match="nowhere"):
        ck.open_practice(old)
    assert (values(old), shape(old)) == (before, old_shape)


def test_two_who_open_it_at_once_migrate_it_once(tmp_path: Path) -> None:
    """The second finds it done."""
    old = made_of(DUMPS[1], tmp_path / "old.coachkit")
    assert writing.together(_opens, [(old,)] * 4) == [2] * 4


def _opens(barrier: Barrier, path: Path) -> int:
    barrier.wait()
    return len(ck.open_practice(path).caseload().clients)


def test_an_older_backup_is_brought_up_to_date_when_it_is_restored(tmp_path: Path) -> None:
    """A backup from before the update."""
    old = made_of(DUMPS[1], tmp_path / "old.coachkit")
    practice = writing.opened(old)
    (backup,) = backups.automatic(old)
    practice.pause(1)
    practice.restore(backup)
    assert practice.check() == []
    practice.pause(2)
    practice.mark_imported(
        1, [{"source": "tracker", "row_key": "a", "table_name": "contacts", "row_id": 1}]
    )
    assert len(practice.import_marks("Ann Lee")) == 0
    assert len(practice.import_marks("Zoë 'Zed' Ox")) == 1


def test_the_proof_sees_a_schema_that_differs(tmp_path: Path) -> None:
    """An index that a step forgot is told."""
    ck.new_practice(tmp_path / "new.coachkit").close()
    whole = shape(tmp_path / "new.coachkit")
    with contextlib.closing(sqlite3.connect(tmp_path / "new.coachkit")) as connection:
        connection.execute("DROP INDEX ix_import_marks_client_id")
    assert shape(tmp_path / "new.coachkit") != whole
