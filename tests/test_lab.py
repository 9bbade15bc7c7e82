"""The notebooks in JupyterLab: where they lie, how it is started, and that it really starts."""

import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from coachkit import _places, cli, lab
from coachkit.lab import lab_command, open_lab, working_notebooks
from tests.conftest import Serve, Server, free_port, settings_below

NOTEBOOK = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Coachkit as a wheel installs it: its notebooks and data lie inside the package."""
    shutil.copytree(_places.data_folder(), tmp_path / "site-packages" / "coachkit" / "data")
    package = tmp_path / "site-packages" / "coachkit"
    shipped = package / "notebooks"
    shipped.mkdir(parents=True)
    for name in ("1_today.ipynb", "3_compliance.ipynb"):
        (shipped / name).write_text(NOTEBOOK, encoding="utf-8")
    (shipped / "notes.txt").write_text("no notebook", encoding="utf-8")
    monkeypatch.setattr(_places, "_PACKAGE", package)
    return shipped


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the coach stands when they type the command."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


# -- the notebooks ---------------------------------------------------------------------------------


def test_in_a_checkout_the_notebooks_are_worked_on_in_place(desk: Path) -> None:
    """Whoever works on coachkit edits the notebooks themselves; nothing is copied."""
    assert working_notebooks(desk) == Path(lab.__file__).parents[1] / "notebooks"
    assert list(desk.iterdir()) == []


def test_from_a_wheel_the_notebooks_are_copied(wheel: Path, desk: Path) -> None:
    """Into a folder of their own where the coach stands; nothing but notebooks."""
    folder = working_notebooks(desk)
    assert folder == desk / "coachkit-notebooks"
    assert sorted(path.name for path in folder.iterdir()) == ["1_today.ipynb", "3_compliance.ipynb"]


def test_a_notebook_that_the_coach_edited_is_never_replaced(wheel: Path, desk: Path) -> None:
    """Not by the same version, and not by a later one; a new notebook comes beside it."""
    edited = working_notebooks(desk) / "1_today.ipynb"
    edited.write_text("mine", encoding="utf-8")
    (wheel / "1_today.ipynb").write_text("a later version", encoding="utf-8")
    (wheel / "5_new.ipynb").write_text(NOTEBOOK, encoding="utf-8")
    folder = working_notebooks(desk)
    assert edited.read_text(encoding="utf-8") == "mine"
    assert (folder / "5_new.ipynb").exists()


def test_the_copies_can_be_written_to(wheel: Path, desk: Path) -> None:
    """Even where the installed ones cannot, as in a system's Python."""
    for path in wheel.iterdir():
        path.chmod(0o444)
    assert all(path.stat().st_mode & 0o200 for path in working_notebooks(desk).iterdir())


def test_the_checkout_ships_the_notebooks_that_the_command_opens() -> None:
    """``coachkit lab`` opens 1_today.ipynb, so it must be there."""
    assert (_places.notebooks_folder() / "1_today.ipynb").is_file()


# -- the command -----------------------------------------------------------------------------------


@pytest.mark.parametrize("browser", [True, False])
def test_the_command_serves_this_machine_alone_and_keeps_its_token(
    tmp_path: Path, browser: bool
) -> None:
    """The loopback address, the notebooks' folder and no other, and JupyterLab's own token."""
    command = lab_command(tmp_path, port=9321, browser=browser)
    assert command[:4] == [sys.executable, "-m", "jupyterlab", str(tmp_path / "1_today.ipynb")]
    assert "--ServerApp.ip=127.0.0.1" in command
    assert "--ServerApp.port=9321" in command
    assert f"--ServerApp.root_dir={tmp_path}" in command
    assert ("--no-browser" in command) == (not browser)
    assert not [word for word in command if "token" in word or "password" in word]


@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False)])
def test_only_root_is_allowed_to_be_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int, allowed: bool
) -> None:
    """In a container there is nobody else to be; elsewhere JupyterLab's own caution holds."""
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert ("--allow-root" in lab_command(tmp_path, port=1, browser=False)) == allowed


class Started:
    """What stands in for JupyterLab: it notes how it was started, and ends as it is told."""

    code = 0

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        type(self).command, type(self).env = command, env

    def wait(self) -> int:
        return self.code


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> type[Any]:
    monkeypatch.setattr(subprocess, "Popen", type("Noted", (Started,), {}))
    return subprocess.Popen


def test_the_practice_is_handed_over_in_the_environment(
    started: type[Any], desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a whole path: the notebooks do not run where the coach stands."""
    open_lab("mine", port=9321, browser=False)
    assert started.env["COACHKIT_PRACTICE"] == str(desk / "mine")
    monkeypatch.setenv("HOME", str(desk))
    open_lab("~/mine", port=9321, browser=False)
    assert started.env["COACHKIT_PRACTICE"] == str(desk / "mine")


def test_without_a_practice_the_notebooks_open_the_sample(started: type[Any], desk: Path) -> None:
    """Nothing is handed over but the settings that keep JupyterLab quiet."""
    open_lab(None, port=9321, browser=True)
    share = Path(lab.__file__).parent / "share"
    assert started.env == dict(os.environ) | {"JUPYTER_CONFIG_PATH": str(share)}
    assert (share / "labconfig" / "default_setting_overrides.json").is_file()
    assert "--no-browser" not in started.command


def test_its_exit_code_is_the_commands(
    started: type[Any], desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A JupyterLab that fails is not told as a success."""
    monkeypatch.setattr(started, "code", 3)
    assert cli.main(["lab", "--no-browser"]) == 3


def test_ctrl_c_waits_until_it_has_ended(
    started: type[Any], desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JupyterLab hears it too and ends by itself; then all is well."""
    waits = [KeyboardInterrupt, 0]

    def wait(_: object) -> int:
        ending = waits.pop(0)
        if ending is KeyboardInterrupt:
            raise KeyboardInterrupt
        return 0

    monkeypatch.setattr(started, "wait", wait)
    assert open_lab(None, port=9321, browser=False) == 0
    assert waits == []


def test_the_command_tells_the_agenda_and_where_the_notebooks_are(
    started: type[Any], wheel: Path, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """First what is to be done today, then what will open."""
    assert cli.main(["lab", "--no-browser", "--port", "9321"]) == 0
    out = capsys.readouterr().out
    assert 0 < out.index("Overdue (") < out.index("Amara Osei") < out.index("coachkit-notebooks")
    assert "--ServerApp.port=9321" in started.command


def test_a_practice_that_is_wrong_opens_nothing(
    started: type[Any], desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The fault is told, and no server starts."""
    assert cli.main(["lab", "--practice", str(desk)]) == 2
    assert "is missing" in capsys.readouterr().err
    assert not hasattr(started, "command")


def test_a_folder_that_cannot_be_made_is_one_line(
    started: type[Any], wheel: Path, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no notebooks can be put, the command says where, and starts nothing."""
    (desk / "coachkit-notebooks").write_text("in the way", encoding="utf-8")
    assert cli.main(["lab"]) == 2
    told = capsys.readouterr().err.splitlines()[-1]
    assert told.startswith(f"coachkit: {desk / 'coachkit-notebooks'} cannot be used: ")
    assert not hasattr(started, "command")


# -- in earnest ------------------------------------------------------------------------------------


def coachkit_lab(port: int) -> list[str]:
    return [sys.executable, "-m", "coachkit.cli", "lab", "--no-browser", "--port", str(port)]


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    return serve(tmp_path_factory.mktemp("lab"), coachkit_lab)


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def test_lab_prints_the_agenda_and_then_serves(server: Server) -> None:
    """The coach reads who is waiting while JupyterLab starts."""
    said = server.said
    assert said.index("coachkit · the sample practice") == 0
    assert said.index("Amara Osei") < said.index("The notebooks are in") < said.index("token=")


def test_lab_lets_in_who_has_the_token(server: Server) -> None:
    """The page and the notebooks' list answer."""
    assert status(server.address("lab", server.token)) == 200
    assert status(server.address("api/contents/1_today.ipynb", server.token)) == 200


def test_lab_lets_in_nobody_else(server: Server) -> None:
    """Without the token, or with a wrong one, nothing is given away; the page asks for it."""
    assert status(server.address("api/contents")) == 403
    assert status(server.address("api/contents", "wrong")) == 403
    with urllib.request.urlopen(server.address("lab"), timeout=20) as page:
        assert "/login" in page.url


def test_lab_listens_on_the_loopback_alone(server: Server) -> None:
    """Its address is this machine's own, and no other is told."""
    assert f"http://127.0.0.1:{server.port}/" in server.said
    assert "http://0.0.0.0" not in server.said


def test_ctrl_c_ends_lab(server: Server) -> None:
    """Cleanly, and with exit code 0."""
    assert server.end() == 0
    assert "Traceback" not in server.said


def test_a_request_to_end_ends_lab_too(serve: Serve, tmp_path: Path) -> None:
    """Whoever stops the command (SIGTERM) leaves no JupyterLab behind."""
    server = serve(tmp_path, coachkit_lab)
    server.process.terminate()
    server.process.wait(20)
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(server.address("lab", server.token), timeout=5)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals here")
def test_one_ctrl_c_in_a_terminal_is_enough(tmp_path: Path) -> None:
    """As was said when it started: it does not ask once more."""
    in_a_terminal = (
        "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
    )
    log, port = tmp_path / "server.log", free_port()
    with (
        log.open("wb") as out,
        subprocess.Popen(
            [sys.executable, "-c", in_a_terminal, *coachkit_lab(port)],
            cwd=tmp_path,
            env=settings_below(tmp_path),
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.STDOUT,
        ) as terminal,
    ):
        try:
            server = Server(terminal, log, port)
            server.wait_until_it_serves()
            assert terminal.stdin is not None
            terminal.stdin.write(b"\x03")
            terminal.stdin.flush()
            assert terminal.wait(15) == 0
        finally:
            terminal.kill()
    assert "Shut down this Jupyter server" not in server.said
