"""What can go wrong around a practice: a sentence, no loss, and work goes on when it is over."""

import contextlib
import os
import resource
import shutil
import sqlite3
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

import coachkit as ck
from coachkit import errors
from coachkit.cli import main
from coachkit.store import backups, files, resting
from tests import writing

NOBODY = 65534
SAMPLE = Path(__file__).parents[1] / "data" / "sample"
LONG = "x" * 20_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a practice lies: two clients with two opportunities each."""
    writing.begin(tmp_path / "p.coachkit").close()
    return tmp_path / "p.coachkit"


def says(fault: pytest.ExceptionInfo[errors.CoachkitError], words: str) -> None:
    """A fault is one line, names the practice, and says what to do."""
    told = str(fault.value)
    assert "\n" not in told
    assert "p.coachkit" in told
    assert words in told


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What a command says that must fail: one line on stderr, exit code 2."""
    capsys.readouterr()
    assert main(arguments) == 2
    told = capsys.readouterr().err
    assert told.startswith("coachkit: ")
    assert told.count("\n") == 1
    return told


# -- the disk is full ------------------------------------------------------------------------------


def fill(practice: ck.Practice) -> tuple[int, errors.CoachkitError]:
    """Write until the disk is full; how much was acknowledged, and what was said then."""
    written = 0
    try:
        while written < 500:
            practice.add_note(1, f"{written} {LONG}", written_at=writing.SENT)
            written += 1
    except errors.CoachkitError as fault:
        return written, fault
    raise AssertionError("the disk never was full")


def holds(practice: ck.Practice, written: int) -> bool:
    """Whether all that was acknowledged is there, and nothing else."""
    notes = practice.caseload().notes["text"].tolist()
    return notes == [f"{number} {LONG}" for number in range(written)]


def full_by_limit(barrier: Barrier, path: Path) -> str:
    """In a process that may write no file beyond a size."""
    practice = writing.opened(path)
    practice.hold(1, until="2026-12-01")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, hard))
    written, fault = fill(practice)
    assert holds(practice, written)
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert holds(practice, written)
    practice.add_note(1, f"{written} {LONG}", written_at=writing.SENT)
    assert holds(practice, written + 1)
    return f"{type(fault).__name__}: {fault}"


def test_a_file_that_may_not_grow(path: Path) -> None:
    """As on a full disk or beyond a quota."""
    (told,) = writing.together(full_by_limit, [(path,)])
    assert str(told).startswith("PracticeUnavailable: The practice ")
    assert "the disk" in str(told)
    assert "do it again" in str(told)
    assert writing.opened(path).check() == []


def test_a_database_that_may_not_grow(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own word for a full disk."""
    monkeypatch.setattr(resting, "QUIET", 3600.0)
    practice = writing.opened(path)
    limit = "PRAGMA max_page_count = {}"
    with practice._database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(limit.format(pages + 20))
    written, fault = fill(practice)
    assert isinstance(fault, errors.PracticeUnavailable)
    assert "the disk is full. Make room" in str(fault)
    assert written
    assert holds(practice, written)
    practice.hold(1, until="2026-12-01")  # what needs no room still goes
    with practice._database.reading() as connection:
        connection.exec_driver_sql(limit.format(10**6))
    practice.add_note(1, f"{written} {LONG}", written_at=writing.SENT)
    assert holds(practice, written + 1)
    assert practice.check() == []


def can_mount() -> bool:
    """Whether whoever runs the tests may mount a small disk."""
    with tempfile.TemporaryDirectory() as folder:
        tried = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True
        )
        if tried.returncode == 0:
            subprocess.run(["umount", folder], check=True)
        return tried.returncode == 0


if os.geteuid() == 0 and can_mount():  # elsewhere the two above are all that can be done

    @pytest.fixture
    def small_disk(tmp_path: Path) -> Iterator[Path]:
        """A disk of two megabytes."""
        folder = tmp_path / "disk"
        folder.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], check=True)
        yield folder
        subprocess.run(["umount", "-l", folder], check=True)

    def test_a_disk_that_is_full(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Written to the last byte; then room is made. The backup of the day waits for it, too."""
        ballast = small_disk / "holiday.mp4"
        ballast.write_bytes(b"\0" * 700_000)
        practice = writing.begin(small_disk / "p.coachkit")
        shutil.rmtree(backups.folder_of(small_disk / "p.coachkit"))
        with ballast.open("ab") as file, contextlib.suppress(OSError):
            while True:
                file.write(b"\0" * 4096)
                file.flush()
                if shutil.disk_usage(small_disk).free < 150_000:
                    break
        written, fault = fill(practice)
        assert isinstance(fault, errors.PracticeUnavailable)
        assert "the disk" in str(fault)
        assert holds(practice, written)
        ballast.unlink()
        practice.add_note(1, f"{written} {LONG}", written_at=writing.SENT)
        assert holds(practice, written + 1)
        monkeypatch.setattr(backups, "PATIENCE", 0.0)
        practice.hold(1, until="2026-12-01")
        assert practice.check() == []
        assert practice.newest_backup() is not None


# -- it may not be written -------------------------------------------------------------------------


@pytest.fixture
def public(tmp_path: Path) -> Iterator[Path]:
    """A folder that everybody can look into; pytest's own only its owner can."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


def read_only(barrier: Barrier, path: Path) -> tuple[str, str]:
    """What somebody is told who may not write; and what they write when they may."""
    practice = writing.opened(path)
    assert len(practice.caseload().clients) == 2
    practice.close()
    barrier.wait()
    barrier.wait()  # now it may not be written any more
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        practice.hold(1, until="2026-12-01", reason="never")
        told = "nothing"
    except errors.CoachkitError as fault:
        told = f"{type(fault).__name__}: {fault}"
    practice.close()
    barrier.wait()
    barrier.wait()  # now it may
    practice.hold(1, until="2026-12-01", reason="at last")
    return told, str(practice.caseload().opportunities["hold_reason"].iloc[0])


def forbid_and_allow(barrier: Barrier, path: Path, what: str) -> tuple[str, str]:
    """Forbid writing at the right moment, and allow it again."""
    target = path if what == "file" else path.parent
    barrier.wait()
    os.chmod(path.parent, 0o777 if what == "file" else 0o555)
    os.chmod(path, 0o444 if what == "file" else 0o666)
    barrier.wait()
    barrier.wait()
    os.chmod(target, 0o777)
    os.chmod(path, 0o666)
    for one in (path.parent, *path.parent.rglob("*")):
        os.chmod(one, 0o777)
    barrier.wait()
    return "", ""


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_may_not_be_written_is_said(public: Path, what: str) -> None:
    """And as soon as it may, the same window writes."""
    path = public / "p.coachkit"
    writing.begin(path).close()
    (_, (told, reason)) = writing.together_as(
        [(forbid_and_allow, (path, what)), (read_only, (path,))]
    )
    assert told.startswith("PracticeUnavailable: The practice ")
    assert "nothing was written" in told
    assert "its file or folder" in told
    assert reason == "at last"


def test_a_backup_folder_that_cannot_be_written(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Keeps nobody from writing; check says so until it is mended."""
    folder = backups.folder_of(path)
    shutil.rmtree(folder)
    folder.write_text("in the way", encoding="utf-8")
    practice = writing.opened(path)
    practice.hold(1, until="2026-12-01", reason="kept")
    assert practice.caseload().opportunities["hold_reason"].iloc[0] == "kept"
    assert practice.newest_backup() is None
    (told,) = practice.check()
    assert told.startswith(f"The automatic backup fails ({datetime.now():%Y-%m-%d}: ")
    assert main(["check", "--practice", str(path)]) == 2
    said = capsys.readouterr()
    assert said.err.endswith(" has 1 fault.\n")
    assert "- The automatic backup fails" in said.out
    assert "There is no automatic backup yet" in said.out
    folder.unlink()
    practice.pause(1)
    assert practice.check() == [told]  # it is not tried with every click
    monkeypatch.setattr(backups, "PATIENCE", 0.0)
    practice.reactivate(1)
    assert practice.check() == []
    made = practice.newest_backup()
    assert made is not None
    assert made.date() == datetime.now().date()
    assert main(["check", "--practice", str(path)]) == 0
    assert "The newest automatic backup is of" in capsys.readouterr().out


# -- it is none, or damaged ------------------------------------------------------------------------


def other_database(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE clients (name TEXT)")
        connection.commit()


NO_PRACTICE: dict[str, Callable[[Path], object]] = {
    "a text": lambda path: path.write_text("Dear Dana,\n" * 500, encoding="utf-8"),
    "a picture": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
    "another program's database": other_database,
    "an empty file": lambda path: path.write_bytes(b""),
    "a folder": lambda path: path.mkdir(),
}


@pytest.mark.parametrize("what", NO_PRACTICE)
def test_what_is_no_practice_is_left_alone(
    tmp_path: Path, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sentence, and not a byte of it changed nor a file laid beside it."""
    path = tmp_path / "p.coachkit"
    NO_PRACTICE[what](path)
    before = sorted((one.name, one.is_file() and one.read_bytes()) for one in tmp_path.rglob("*"))
    with pytest.raises(errors.CoachkitError) as fault:
        ck.open_practice(path).caseload()
    assert "\n" not in str(fault.value)
    assert what == "a folder" or "is no practice of coachkit" in str(fault.value)
    told = refused(["check", "--practice", str(path)], capsys)
    assert "practice" in told or "folder" in told
    backup = writing.begin(tmp_path / "q.coachkit").backup(tmp_path / "b.coachkit")
    with pytest.raises((errors.NoPractice, errors.ReadOnlyPractice)):
        ck.restore_practice(backup, path)
    after = [
        (one.name, one.is_file() and one.read_bytes())
        for one in sorted(tmp_path.rglob("*"))
        if one.name.startswith("p.coachkit")
    ]
    assert after == before


@pytest.mark.parametrize("left", [0, 50, 4096, 3 * 4096 + 100, -4096, -1])
def test_a_truncated_file_is_told_and_restored(
    path: Path, left: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever is left of it; what was there is put aside, not thrown away."""
    practice = writing.opened(path)
    for number in range(30):
        writing.take_step(practice, 1, number)
    whole = writing.state(practice)
    backup = practice.backup(path.with_name("b.coachkit"))
    practice.close()
    os.truncate(path, left if left >= 0 else path.stat().st_size + left)
    rest = path.read_bytes()
    try:
        faults = writing.opened(path).check()
    except (errors.NoPractice, errors.DamagedPractice) as fault:
        faults = [str(fault)]
    assert faults
    assert all("\n" not in fault for fault in faults)
    assert main(["check", "--practice", str(path)]) == 2
    capsys.readouterr()
    assert main(["restore", "--practice", str(path), str(backup)]) == 0
    told = capsys.readouterr().out
    (aside,) = backups.folder_of(path).glob("*before restore.damaged")
    assert aside.name in told
    assert aside.read_bytes() == rest
    restored = writing.opened(path)
    assert writing.state(restored) == whole
    assert restored.check() == []
    restored.pause(1)


def test_a_file_truncated_while_open_is_told(path: Path) -> None:
    """And when it is whole again, the same window goes on."""
    practice = writing.opened(path)
    practice.hold(1, until="2026-12-01")
    practice.close()
    whole = path.read_bytes()
    os.truncate(path, 5000)
    with pytest.raises(errors.DamagedPractice) as fault:
        practice.pause(1)
    says(fault, "coachkit restore")
    practice.close()
    path.write_bytes(whole)
    practice.pause(1)
    assert practice.check() == []


def test_a_lost_practice_comes_back_from_a_backup(path: Path, tmp_path: Path) -> None:
    """Where nothing lies any more."""
    backup = writing.opened(path).backup(tmp_path / "b.coachkit")
    path.unlink()
    assert ck.restore_practice(backup, path) is None
    assert writing.opened(path).check() == []


def test_a_restore_keeps_to_its_own_practice(path: Path, tmp_path: Path) -> None:
    """Another's backup, a damaged or a newer one: a sentence, and nothing is changed."""
    practice = writing.opened(path)
    before = writing.state(practice)
    other = writing.begin(tmp_path / "q.coachkit").backup(tmp_path / "other.coachkit")
    with pytest.raises(errors.PracticeUnavailable, match="a backup of another practice"):
        practice.restore(other)
    damaged = practice.backup(tmp_path / "damaged.coachkit")
    os.truncate(damaged, damaged.stat().st_size - 8192)
    with pytest.raises(errors.DamagedPractice):
        practice.restore(damaged)
    newer = practice.backup(tmp_path / "newer.coachkit")
    put_version(newer, 999)
    with pytest.raises(errors.NewerPractice, match="newer coachkit"):
        practice.restore(newer)
    assert writing.state(practice) == before


def test_whoever_watches_sees_a_restore(path: Path, tmp_path: Path) -> None:
    """Though the backup had counted as many changes as the practice has by then."""
    practice = writing.opened(path)
    backup = practice.backup(tmp_path / "b.coachkit")
    practice.pause(1)
    token = practice.token()
    practice.restore(backup)
    assert practice.changed_since(token)


def put_version(path: Path, number: int) -> None:
    """As a newer coachkit would leave it."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE settings SET value = ? WHERE name = 'version'", (number,))
        connection.commit()


def test_a_newer_practice_is_left_alone(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """When it is opened, and when somebody brought it up to date while it was."""
    practice = writing.opened(path)
    (today,) = backups.folder_of(path).iterdir()
    put_version(path, 999)
    token = None
    for use in (
        lambda: ck.open_practice(path),
        lambda: practice.pause(1),
        practice.caseload,
        practice.token,
    ):
        with pytest.raises(errors.NewerPractice) as fault:
            token = use()
        says(fault, "Update: pip install -U coachkit")
    assert token is None
    assert "newer coachkit" in refused(["check", "--practice", str(path)], capsys)
    put_version(path, int(_version(today)))
    practice.pause(1)
    assert practice.caseload().clients["status"].notna().sum() == 1


def _version(path: Path) -> str:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        asked = "SELECT value FROM settings WHERE name = 'version'"
        return str(connection.execute(asked).fetchone()[0])


# -- it is replaced while it is open ---------------------------------------------------------------


@pytest.mark.parametrize("in_place", [False, True])
def test_another_practice_in_its_place_is_not_written_to(
    path: Path, tmp_path: Path, in_place: bool
) -> None:
    """Nor read as if it were the one that was opened; put back, work goes on."""
    practice = writing.opened(path)
    practice.hold(1, until="2026-12-01", reason="mine")
    practice.close()
    other = tmp_path / "other.coachkit"
    writing.begin(other).close()
    theirs = writing.state(writing.opened(other))
    mine = tmp_path / "mine.coachkit"
    shutil.copy(path, mine)
    (shutil.copyfile if in_place else os.replace)(other, path)
    for use in (lambda: practice.pause(1), practice.caseload, practice.undo):
        with pytest.raises(errors.PracticeUnavailable) as fault:
            use()
        says(fault, "Another practice lies at")
    assert writing.state(writing.opened(path)) == theirs
    practice.close()
    (shutil.copyfile if in_place else os.replace)(mine, path)
    with contextlib.suppress(errors.PracticeUnavailable):  # another file: said once
        practice.caseload()
    assert practice.caseload().opportunities["hold_reason"].iloc[0] == "mine"
    practice.pause(1)
    assert practice.check() == []


@pytest.mark.parametrize("quiet", [True, False])
def test_a_copy_of_itself_in_its_place_is_told_once(
    path: Path, tmp_path: Path, quiet: bool
) -> None:
    """Then it is the practice; whether or not the log of the old one was still in use."""
    practice = writing.opened(path)
    practice.hold(1, until="2026-12-01", reason="mine")
    copy = practice.backup(tmp_path / "copy.coachkit")
    if quiet:
        practice.close()
    os.replace(copy, path)
    with pytest.raises(errors.PracticeUnavailable) as fault:
        practice.pause(1)
    says(fault, "was replaced by another copy of it: nothing was written")
    practice.pause(1)
    caseload = writing.opened(path).caseload()
    assert caseload.opportunities["hold_reason"].iloc[0] == "mine"
    assert caseload.clients["status"].iloc[0] == "paused"
    assert practice.check() == []


def test_a_file_that_is_away_for_a_while(path: Path) -> None:
    """Told while it is gone; put back, nothing is lost, not even what was still in the log."""
    practice = writing.opened(path)
    practice.hold(1, until="2026-12-01", reason="mine")
    away = path.with_name("away")
    path.rename(away)
    for use in (lambda: practice.pause(1), practice.caseload, practice.check):
        with pytest.raises(errors.PracticeUnavailable) as fault:
            use()
        says(fault, "is gone: nothing was written")
    assert not path.exists()
    away.rename(path)
    assert practice.caseload().opportunities["hold_reason"].iloc[0] == "mine"
    practice.pause(1)
    assert practice.check() == []


def test_a_log_that_somebody_removes_is_not_written_into_the_void(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is held of it goes into the file, and the next change into a new log."""
    monkeypatch.setattr(resting, "QUIET", 3600.0)
    practice = writing.opened(path)
    practice.hold(1, until="2026-12-01", reason="mine")
    files.log_of(path).unlink()
    practice.pause(1)
    (seen,) = writing.together(_seen, [(path,)])
    assert seen == ("mine", "paused")
    assert practice.check() == []


def _seen(barrier: Barrier, path: Path) -> tuple[str, str]:
    caseload = writing.opened(path).caseload()
    return caseload.opportunities["hold_reason"].iloc[0], caseload.clients["status"].iloc[0]


def test_a_file_without_its_log_opens_while_somebody_writes_it(path: Path) -> None:
    """As a copy that was carried here: SQLite refuses it the log at once, so coachkit waits."""
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    with contextlib.closing(other), contextlib.closing(sqlite3.connect(path)) as bare:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            bare.execute("PRAGMA journal_mode = WAL")
        done = threading.Timer(0.3, other.rollback)
        done.start()
        assert len(writing.opened(path).caseload().clients) == 2
        done.join()
