"""What several test modules share: the sample practice unless named, and a server to visit."""

import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from coachkit import cli

#: How long a server may take to start, and to end.
PATIENCE = 60.0


@pytest.fixture(autouse=True)
def _no_practice_of_ones_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whoever runs the tests may have a practice of their own: it is none of theirs."""
    monkeypatch.delenv("COACHKIT_PRACTICE", raising=False)
    nowhere = tmp_path_factory.getbasetemp() / "nobody" / "practice.coachkit"
    monkeypatch.setattr("coachkit.practice.own_path", lambda: nowhere)


@pytest.hookimpl
def pytest_configure(config: pytest.Config) -> None:
    """The same for the kernels that run notebooks, and for every other process."""
    nobody = tempfile.TemporaryDirectory(prefix="coachkit-nobody-", ignore_cleanup_errors=True)
    config.add_cleanup(nobody.cleanup)
    os.environ["COACHKIT_PRACTICE"] = "sample"
    os.environ["XDG_DATA_HOME"] = nobody.name


@dataclass(frozen=True)
class Ran:
    """What a command did: its exit code, what it printed, what it complained of."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""

    def ran(*arguments: object) -> Ran:
        try:
            code = cli.main([str(word) for word in arguments])
        except SystemExit as ending:
            code = int(ending.code or 0)
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return ran


@dataclass(frozen=True)
class Server:
    """A JupyterLab that was started for a test, in a process group of its own."""

    process: subprocess.Popen[bytes]
    log: Path
    port: int

    @property
    def said(self) -> str:
        """All that it printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    @property
    def token(self) -> str | None:
        """What lets a browser in; None while it has not been told."""
        told = re.search(r"token=(\w+)", self.said)
        return told[1] if told else None

    def address(self, path: str, token: str | None = None) -> str:
        return f"http://127.0.0.1:{self.port}/{path}" + (f"?token={token}" if token else "")

    def wait_until_it_serves(self) -> None:
        begun = time.monotonic()
        while not (self.token and self._answers()):
            if self.process.poll() is not None or time.monotonic() - begun > PATIENCE:
                pytest.fail(f"no server came up:\n{self.said}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        """It prints its address a moment before it listens there."""
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def end(self) -> int:
        """Ctrl-C, as a terminal sends it: to the whole group. Its exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(PATIENCE)


Serve = Callable[[Path, Callable[[int], list[str]]], Server]


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Start a server: ``serve(folder, command_at)``, whose command is ``command_at(port)``.

    It works in ``folder``, and keeps its settings there instead of at home.
    """
    servers: list[Server] = []

    def start(folder: Path, command_at: Callable[[int], list[str]]) -> Server:
        port = free_port()
        log = folder / "server.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                command_at(port),
                cwd=folder,
                env=settings_below(folder),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=heed_ctrl_c,
            )
        servers.append(Server(process, log, port))
        servers[-1].wait_until_it_serves()
        return servers[-1]

    yield start
    for server in servers:
        if server.process.poll() is None:
            try:
                server.end()
            except subprocess.TimeoutExpired:
                os.killpg(server.process.pid, signal.SIGKILL)
                server.process.wait()


def heed_ctrl_c() -> None:
    """Let a child hear Ctrl-C, even where the tests run in a shell's background, which does not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def settings_below(folder: Path) -> dict[str, str]:
    """The environment, but for a practice and for where Jupyter and IPython keep their settings."""
    own = ("JUPYTER", "IPYTHON", "COACHKIT")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    places = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    fresh = {name: str(folder / "jupyter" / place) for name, place in places.items()}
    return kept | fresh | {"PYTHONUNBUFFERED": "1"}
