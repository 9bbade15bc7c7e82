"""The commands that keep a practice, as a coach types them."""

import io
from pathlib import Path

import pytest

import coachkit as ck
from tests.conftest import Run

SAMPLE = Path(__file__).parents[1] / "data" / "sample"


@pytest.fixture
def practice(tmp_path: Path) -> ck.Practice:
    """Zed Ox, alone."""
    practice = ck.new_practice(tmp_path / "mine.coachkit", coach="Rosa Lind", name="Lind Coaching")
    practice.add_client("Zed Ox", timezone="America/Denver")
    return practice


def test_new_starts_an_empty_practice(run: Run, tmp_path: Path) -> None:
    """And says how to open it."""
    path = tmp_path / "mine.coachkit"
    ran = run("new", path, "--coach", "Rosa Lind", "--timezone", "Europe/Berlin")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"The practice '{path}' is there: 0 clients.\nOpen it with coachkit lab --practice {path}\n"
    )
    practice = ck.open_practice(path)
    assert isinstance(practice, ck.Practice)
    assert (practice.coach, practice.timezone) == ("Rosa Lind", "Europe/Berlin")


def test_new_without_a_path_is_the_one_that_opens_by_itself(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where this computer keeps user data."""
    monkeypatch.setattr("coachkit.practice.own_path", lambda: tmp_path / "own.coachkit")
    assert run("new", "--name", "Mine", "--from", SAMPLE).code == 0
    ran = run("agenda")
    assert ran.out.startswith("coachkit · Mine · as of ")


def test_new_refuses_what_it_cannot_make(run: Run, practice: ck.Practice, tmp_path: Path) -> None:
    """One line, and nothing is left behind."""
    for arguments in (
        [practice.where],
        [tmp_path / "x.coachkit", "--from", tmp_path / "nowhere"],
        [tmp_path / "x.coachkit", "--timezone", "Mars/Base"],
    ):
        ran = run("new", *arguments)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert not (tmp_path / "x.coachkit").exists()


@pytest.mark.parametrize("command", ["agenda", "grade", "states", "compliance"])
def test_every_command_reads_a_practice_file(run: Run, practice: ck.Practice, command: str) -> None:
    """And says which practice it shows."""
    ran = run(command, "--practice", practice.where)
    assert ran.code == 0
    assert ran.out.startswith("coachkit · Lind Coaching · as of ")


def test_a_bare_day_ends_where_the_coach_is(run: Run, practice: ck.Practice) -> None:
    """By the practice's setting, whatever the computer says."""
    practice.set_up(timezone="Asia/Tokyo")
    ran = run("agenda", "--practice", practice.where, "--as-of", "2026-11-20")
    assert "as of Fri 20 Nov 2026, 23:59 JST" in ran.out


def test_export_and_new_go_round(run: Run, practice: ck.Practice, tmp_path: Path) -> None:
    """Everything is in the folder."""
    ran = run("export", tmp_path / "out", "--practice", practice.where)
    assert ran.out == f"Everything is in '{tmp_path / 'out'}', one CSV per table.\n"
    assert run("new", tmp_path / "b.coachkit", "--from", tmp_path / "out").code == 0
    assert ck.open_practice(tmp_path / "b.coachkit").name == "Lind Coaching"


def test_backup_and_restore_go_round(run: Run, practice: ck.Practice, tmp_path: Path) -> None:
    """What was there before the restore is kept."""
    assert run("backup", tmp_path / "copy", "--practice", practice.where).code == 0
    practice.archive("Zed Ox")
    ran = run("restore", tmp_path / "copy", "--practice", practice.where)
    assert ran.out.startswith("Restored. What was there before is kept in '")
    assert practice.caseload().clients["status"].isna().all()


def test_check_says_that_all_is_well(run: Run, practice: ck.Practice) -> None:
    """With how much there is."""
    ran = run("check", "--practice", practice.where)
    assert ran.code == 0
    assert ran.out.startswith("Lind Coaching is sound: 1 client.\n")


def test_check_tells_what_is_wrong(run: Run, practice: ck.Practice) -> None:
    """A line each, and exit code 2."""
    with practice._database.writing(who="", verb="test") as pen:
        pen.connection.exec_driver_sql("UPDATE clients SET timezone = 'Mars/Base'")
    ran = run("check", "--practice", practice.where)
    assert (ran.code, ran.err) == (2, "coachkit: Lind Coaching has 1 fault.\n")
    assert ran.out.startswith("- clients, column 'timezone'")


def test_history_reads_as_sentences(run: Run, practice: ck.Practice) -> None:
    """When, who, what."""
    ran = run("history", "--practice", practice.where, "--client", "Zed Ox")
    assert ran.out.endswith("UTC, Rosa Lind: Took on Zed Ox.\n")


@pytest.mark.parametrize(("typed", "left"), [("erase\n", 0), ("yes\n", 1), ("", 1)])
def test_erase_asks_first(
    run: Run, practice: ck.Practice, monkeypatch: pytest.MonkeyPatch, typed: str, left: int
) -> None:
    """Only the word itself goes on."""
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    ran = run("erase", "--practice", practice.where, "--client", "Zed Ox")
    assert ran.code == 0
    assert len(practice.caseload().clients) == left


@pytest.mark.parametrize("command", [["check"], ["export", "x"], ["backup", "x"], ["history"]])
def test_a_folder_is_only_looked_at(run: Run, command: list[str]) -> None:
    """And says how to start one's own."""
    ran = run(*command, "--practice", SAMPLE)
    assert (ran.code, ran.out) == (2, "")
    assert "Start your own with coachkit new" in ran.err
