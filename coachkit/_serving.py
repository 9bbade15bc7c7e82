"""Run a Jupyter server as a child that ends when its parent does."""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

#: What coachkit brings along for Jupyter: Voilà's template, JupyterLab's settings.
SHARE = Path(__file__).resolve().parent / "share"


def run_server(
    command: list[str],
    environment: Mapping[str, str],
    then: "Callable[[subprocess.Popen[bytes]], object]" = lambda _: None,
) -> int:
    """Start a server, do what comes then, and wait until it ends; its exit code.

    Ctrl-C reaches the server by itself, which puts its house in order; a request to end (SIGTERM)
    is handed on, so that no server outlives the command that started it.
    """
    server = subprocess.Popen(command, env=dict(environment))
    before = signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        then(server)
        return server.wait()
    except KeyboardInterrupt:
        server.wait()
        return 0
    finally:
        signal.signal(signal.SIGTERM, before)


def with_practice(environment: Mapping[str, str], practice: str | None) -> dict[str, str]:
    """The environment that hands a practice over: an address, ``sample``, or a whole path."""
    if not practice:
        return dict(environment)
    elsewhere = "://" in practice or practice == "sample"
    whole = practice if elsewhere else str(Path(practice).expanduser().resolve())
    return dict(environment) | {"COACHKIT_PRACTICE": whole}


def with_path(environment: Mapping[str, str], name: str) -> dict[str, str]:
    """The environment in which one of Jupyter's search paths begins with what coachkit brings."""
    paths = [str(SHARE), *filter(None, [environment.get(name)])]
    return dict(environment) | {name: os.pathsep.join(paths)}
