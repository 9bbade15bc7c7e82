"""Serve the notebooks as pages with no code in sight, on this machine alone."""

import os
import secrets
import socket
import subprocess
import sys
import time
import webbrowser
from pathlib import Path

from coachkit import errors
from coachkit._serving import run_server, with_path, with_practice
from coachkit.lab import working_notebooks

#: How long the server may take to come up before the browser is opened all the same, in seconds.
_PATIENCE = 60
#: How many ports after the one that was asked for are tried.
_PORTS = 20


def open_app(practice: str | None, *, port: int, browser: bool) -> int:
    """Start Voilà on the notebooks and wait until it ends; its exit code.

    Parameters
    ----------
    practice
        The practice that the pages show; None for the one of the environment, else the sample.
    port
        Where to listen, on the loopback address only; the next free port if it is taken.
    browser
        Whether to open a browser, or only to print the address.

    Raises
    ------
    UnreadableFile
        Neither the port nor one of those after it is free.
    """
    folder = working_notebooks(Path.cwd())
    port = free_port(port)
    token = secrets.token_hex(24)
    address = f"http://127.0.0.1:{port}/?token={token}"
    print(f"\nThe pages are at {address}\nKeep this window open; Ctrl-C here ends them.")
    sys.stdout.flush()

    def open_browser(server: "subprocess.Popen[bytes]") -> None:
        if browser and _serves(server, port):
            webbrowser.open(address)

    environment = with_practice(app_environment(token), practice)
    return run_server(app_command(folder, port=port), environment, open_browser)


def app_command(folder: Path, *, port: int) -> list[str]:
    """The command that serves the notebooks in ``folder`` to this machine alone."""
    return [
        *(sys.executable, "-m", "voila", str(folder)),
        "--no-browser",
        "--Voila.ip=127.0.0.1",
        f"--Voila.port={port}",
        "--Voila.port_retries=0",
        "--Voila.auto_token=True",  # which is the one in the environment
        "--Voila.log_level=WARN",
        "--template=coachkit",
        "--VoilaConfiguration.allow_template_override=NO",
        "--VoilaConfiguration.classic_tree=True",
        "--VoilaConfiguration.file_allowlist=$^",  # pages, and no file beside them
        # a page that was never left, as on a tablet that fell asleep, holds its kernel for a day
        "--MappingKernelManager.cull_idle_timeout=86400",
        "--MappingKernelManager.cull_interval=600",
    ]


def app_environment(token: str) -> dict[str, str]:
    """The environment in which Voilà finds coachkit's template and lets in who has the token."""
    return with_path(os.environ, "JUPYTER_PATH") | {"JUPYTER_TOKEN": token}


def free_port(first: int) -> int:
    """The port asked for, or the next one that is free.

    Raises
    ------
    UnreadableFile
        None of them is.
    """
    for port in range(first, min(first + _PORTS, 65_536)):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise errors.UnreadableFile(
        f"Port {first} and the {_PORTS - 1} after it are taken. Name another with --port."
    )


def _serves(server: "subprocess.Popen[bytes]", port: int) -> bool:
    """Wait until somebody listens; False where the server ended first."""
    for _ in range(_PATIENCE * 10):
        if server.poll() is not None:
            return False
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return True
