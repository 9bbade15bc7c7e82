"""Reports and calendars from the command line: which files, by whose names, whole or not at all."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import coachkit as ck
from coachkit import cli, errors
from coachkit.exports import files
from coachkit.exports.files import file_name, write_whole
from coachkit.reports.shelf import client_orders, write_reports
from tests.conftest import heed_ctrl_c
from tests.hostile import TEXTS, hostile

RESERVED = ("CON", "PRN", "AUX", "NUL", "COM1", "LPT9", "con.txt", "Aux ")


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A practice of three clients."""
    practice = ck.open_practice()
    caseload = practice.caseload()
    kept = caseload.clients["client_id"] <= 3
    frames: dict[str, Any] = {}
    for name, frame in caseload:
        key = {"clients": "client_id", "opportunities": "client_id"}.get(name)
        frames[name] = frame
        if key or name in ("notes", "agreed_actions", "work_samples"):
            frames[name] = frame[frame["client_id"].isin(caseload.clients.loc[kept, "client_id"])]
    own = frames["opportunities"]["opportunity_id"]
    for name in ("interviews", "contacts"):
        frames[name] = frames[name][frames[name]["opportunity_id"].isin(own)]
    there = frames["interviews"]["interview_id"]
    for name in ("interviewers", "key_answers"):
        frames[name] = frames[name][frames[name]["interview_id"].isin(there)]
    folder = tmp_path / "practice"
    ck.Caseload(**frames).write(folder)
    practice.policy().write(folder / "fields.csv")
    (folder / "as_of.txt").write_text(practice.as_of().isoformat(), encoding="utf-8")
    return folder


def run(*words: object) -> int:
    return cli.main([str(word) for word in words])


def report(practice: Path, out: Path, *words: object) -> int:
    """Write every client's report, in this process; as workbooks, which hold no charts to draw."""
    forms = () if "--format" in words else ("--format", "xlsx")
    command = ("report", "--all", "--practice", practice, "--out", out, "--jobs", 1)
    return run(*command, *forms, *words)


def seen(folder: Path) -> dict[str, tuple[int, int]]:
    """The files of a folder, by when and where they were written."""
    return {
        path.name: (path.stat().st_mtime_ns, path.stat().st_ino)
        for path in sorted(folder.iterdir())
    }


def test_every_client_gets_a_file_of_their_own(
    three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Named after them, in each form that was asked for."""
    out = tmp_path / "out"
    assert report(three, out, "--format", "html", "--format", "xlsx") == 0
    assert sorted(path.name for path in out.glob("[!.]*")) == [
        "Amara Osei (1).html",
        "Amara Osei (1).xlsx",
        "Declan Marsh (3).html",
        "Declan Marsh (3).xlsx",
        "Zoë Martínez (2).html",
        "Zoë Martínez (2).xlsx",
    ]
    told = capsys.readouterr()
    assert told.out == f"6 files written to {out}.\n"


def test_what_is_there_and_unchanged_is_left(
    three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second run writes nothing; nor does it touch a file."""
    out = tmp_path / "out"
    report(three, out)
    before = seen(out)
    capsys.readouterr()
    report(three, out)
    assert seen(out) == before
    assert capsys.readouterr().out == f"0 files written to {out}, 3 unchanged.\n"


def test_only_the_report_that_would_be_another_is_written_anew(three: Path, tmp_path: Path) -> None:
    """One client's name changed: their report alone is made."""
    out = tmp_path / "out"
    report(three, out)
    before = seen(out)
    path = three / "opportunities.csv"
    changed = path.read_text(encoding="utf-8").replace("Quillmark Ledger Partners", "Quillmark")
    path.write_text(changed, encoding="utf-8")
    report(three, out)
    after = seen(out)
    assert {name for name in after if after[name] != before.get(name)} == {
        "Amara Osei (1).xlsx",
        ".coachkit-reports.json",
    }


def test_a_report_that_was_damaged_or_lost_is_written_anew(three: Path, tmp_path: Path) -> None:
    """What counts is the file, not what is remembered of it."""
    out = tmp_path / "out"
    report(three, out)
    good = (out / "Amara Osei (1).xlsx").read_bytes()
    (out / "Amara Osei (1).xlsx").write_bytes(good[:1000])
    (out / "Declan Marsh (3).xlsx").unlink()
    report(three, out)
    assert (out / "Amara Osei (1).xlsx").read_bytes() == good
    assert (out / "Declan Marsh (3).xlsx").exists()


@pytest.mark.parametrize("index", ["", "{", "[1, 2]", '{"a": {"b": 1}}', "\x00"])
def test_an_unreadable_index_costs_nothing_but_time(
    three: Path, tmp_path: Path, index: str
) -> None:
    """Everything is written anew."""
    out = tmp_path / "out"
    report(three, out)
    (out / ".coachkit-reports.json").write_text(index, encoding="utf-8")
    report(three, out)
    assert len(json.loads((out / ".coachkit-reports.json").read_text(encoding="utf-8"))) == 3


def test_several_processes_write_the_same_files_as_one(three: Path, tmp_path: Path) -> None:
    """Byte for byte."""
    alone, together = tmp_path / "alone", tmp_path / "together"
    report(three, alone, "--format", "html")
    command = [sys.executable, "-m", "coachkit.cli", "report", "--all", "--practice", str(three)]
    subprocess.run([*command, "--out", str(together), "--jobs", "2"], check=True, timeout=120)
    for path in alone.iterdir():
        assert (together / path.name).read_bytes() == path.read_bytes()


def test_a_worker_is_given_one_clients_rows_alone() -> None:
    """Nobody else is in its memory."""
    practice = ck.open_practice()
    orders = client_orders(
        practice.caseload(),
        practice.policy(),
        [1, 2],
        as_of=practice.as_of(),
        since=None,
        formats=("html",),
        folder=Path("unused"),
    )
    assert [list(order.caseload.clients["name"]) for order in orders] == [
        ["Amara Osei"],
        ["Zoë Martínez"],
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_ctrl_c_stops_and_the_next_run_goes_on(tmp_path: Path) -> None:
    """What was written stands whole; code 130; the second run leaves it as it is."""
    out = tmp_path / "out"
    command = [sys.executable, "-m", "coachkit.cli", "report", "--all", "--out", str(out)]
    command += ["--jobs", "2", "--format", "html", "--format", "docx", "--format", "pdf"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=heed_ctrl_c,
    ) as started:
        deadline = time.monotonic() + 90
        while not (out / ".coachkit-reports.json").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(started.pid, signal.SIGINT)
        _, said = started.communicate(timeout=60)
    assert started.returncode == 130
    assert b"The same command goes on from there" in said
    assert b"Traceback" not in said
    stand = {path.name for path in out.glob("[!.]*.html")}
    assert 1 <= len(stand) < 24
    assert all(path.read_text(encoding="utf-8").endswith("</html>") for path in out.glob("*.html"))
    known = set(json.loads((out / ".coachkit-reports.json").read_text(encoding="utf-8")))
    before = {name: one for name, one in seen(out).items() if name in known}
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    assert len(list(out.glob("[!.]*.html"))) == 24
    after = seen(out)
    assert {name: after[name] for name in before} == before
    assert not list(out.glob(".coachkit-*[!n]"))


@pytest.mark.parametrize(
    ("kind", "title"), [("caseload", "The whole caseload"), ("sponsor", "kept")]
)
def test_the_coachs_and_the_sponsors_report_are_one_file(
    kind: str, title: str, tmp_path: Path
) -> None:
    """Named after what they are."""
    assert run("report", f"--{kind}", "--out", tmp_path) == 0
    assert title in (tmp_path / f"{kind}.html").read_text(encoding="utf-8")


def test_one_client_is_asked_for_by_name_or_id(three: Path, tmp_path: Path) -> None:
    """As in every command."""
    for who in ("Zoë Martínez", 2):
        out = tmp_path / str(who)
        given = ("--client", who, "--practice", three, "--out", out, "--format", "xlsx")
        assert run("report", *given) == 0
        assert [path.name for path in out.glob("[!.]*")] == ["Zoë Martínez (2).xlsx"]


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--client", "Nobody"), "There is no client called 'Nobody'"),
        (("--all", "--since", "soon"), "--since: there is no day 'soon'"),
        (("--all", "--since", "2027-01-01"), "cannot begin on 2027-01-01"),
        (("--sponsor",), "at least 5 clients"),
    ],
)
def test_a_fault_is_one_plain_line(
    words: tuple[str, ...],
    fault: str,
    three: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """And exit code 2."""
    assert run("report", "--practice", three, "--out", tmp_path / "out", *words) == 2
    told = capsys.readouterr().err
    assert fault in told
    assert told.count("\n") == 1


def test_a_folder_that_cannot_be_made_is_a_plain_fault(
    three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file stands where it should be."""
    (tmp_path / "taken").write_text("here", encoding="utf-8")
    assert report(three, tmp_path / "taken" / "out") == 2
    assert "Name another" in capsys.readouterr().err


def test_a_practice_without_clients_gets_no_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And is told why."""
    ck.Caseload.empty().write(tmp_path / "empty")
    assert report(tmp_path / "empty", tmp_path / "out") == 0
    assert capsys.readouterr().out == "There is no client yet, and so no report.\n"


# -- names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*TEXTS, *RESERVED])
def test_a_file_name_is_safe_on_every_system(name: str) -> None:
    """No path, no reserved name, no trailing dot or blank, not too long, nothing unseen."""
    made = file_name(name, 7, "pdf")
    assert made.endswith(" (7).pdf")
    assert not set(made) & set('<>:"/\\|?*\x00\n\r\t\x1b')
    assert len(made.encode("utf-8")) <= 120
    stem = made.removesuffix(" (7).pdf")
    assert stem == stem.strip(" .")
    assert stem
    assert Path(made).name == made
    assert not any(mark in made for mark in "\u202e\u200b\ufeff")


def test_a_name_typed_in_two_ways_is_one_file_name() -> None:
    """An é of one sign or of two looks the same, and is the same file on a Mac."""
    assert file_name("Zoé", 1, "pdf") == file_name("Zoe\u0301", 1, "pdf")


def test_namesakes_have_files_of_their_own() -> None:
    """Whatever their case: some systems see none."""
    names = {
        file_name(name, number, "pdf").casefold() for number, name in enumerate(("Kim", "kim"))
    }
    assert len(names) == 2


def test_hostile_names_make_files_in_the_folder_and_nowhere_else(tmp_path: Path) -> None:
    """Every client's report of a hostile caseload lies there."""
    practice = ck.open_practice()
    caseload = hostile(practice.caseload())
    out = tmp_path / "deep" / "out"
    orders = client_orders(
        caseload,
        practice.policy(),
        [int(one) for one in caseload.clients["client_id"]],
        as_of=practice.as_of(),
        since=None,
        formats=("xlsx",),
        folder=out,
    )
    written = [name for done in write_reports(orders, jobs=1) for name in done.written]
    assert len(set(written)) == 24
    assert {path.name for path in out.glob("[!.]*")} == set(written)
    assert [path.name for path in tmp_path.iterdir()] == ["deep"]


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was there stays, and nothing is left lying about."""
    path = tmp_path / "report.pdf"
    write_whole(path, b"first")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(errors.UnreadableFile, match="No space left"):
        write_whole(path, b"second")
    assert path.read_bytes() == b"first"
    assert [one.name for one in tmp_path.iterdir()] == ["report.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept otherwise there")
def test_a_file_has_the_rights_of_any_other(tmp_path: Path) -> None:
    """It is to be handed over."""
    write_whole(tmp_path / "ours", b"")
    (tmp_path / "any").write_bytes(b"")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "any").stat().st_mode


# -- calendars -------------------------------------------------------------------------------------


def test_the_coachs_calendar_is_one_file(
    three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With every client in it."""
    out = tmp_path / "coach.ics"
    assert run("calendar", "--practice", three, "--out", out) == 0
    assert capsys.readouterr().out == f"The calendar is written to {out}.\n"
    content = out.read_bytes()
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"Amara Osei: " in content


def test_a_clients_calendar_names_nobody_else(three: Path, tmp_path: Path) -> None:
    """Nor does a file for each hold anybody else."""
    assert run("calendar", "--client", 2, "--practice", three, "--out", tmp_path / "zoe.ics") == 0
    assert run("calendar", "--all", "--practice", three, "--out", tmp_path / "all") == 0
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == [
        "Amara Osei (1).ics",
        "Declan Marsh (3).ics",
        "Zoë Martínez (2).ics",
    ]
    zoe = (tmp_path / "zoe.ics").read_bytes()
    assert (tmp_path / "all" / "Zoë Martínez (2).ics").read_bytes() == zoe
    assert b"Amara" not in zoe
    assert b"Declan" not in zoe
