"""Open the notebooks in JupyterLab on this machine alone."""

import os
import shutil
import sys
from pathlib import Path

from coachkit._places import in_checkout, notebooks_folder
from coachkit._serving import run_server, with_path, with_practice

#: Where the notebooks go when coachkit is installed and not worked on.
FOLDER = "coachkit-notebooks"


def open_lab(practice: str | None, *, port: int, browser: bool) -> int:
    """Start JupyterLab on the notebooks and wait until it ends; its exit code.

    Parameters
    ----------
    practice
        The practice that the notebooks show, as ``open_practice`` takes it; None: as there.
    port
        Where to listen, on the loopback address only, with JupyterLab's own token; the next
        free port if it is taken.
    browser
        Whether to open a browser, or only to print the address.
    """
    folder = working_notebooks(Path.cwd())
    print(f"\nThe notebooks are in {folder}. JupyterLab opens them; Ctrl-C here ends it.")
    sys.stdout.flush()
    environment = with_path(os.environ, "JUPYTER_CONFIG_PATH")  # no news, no word of updates
    command = lab_command(folder, port=port, browser=browser)
    return run_server(command, with_practice(environment, practice))


def lab_command(folder: Path, *, port: int, browser: bool) -> list[str]:
    """The command that starts JupyterLab on the notebooks in ``folder``, for this machine alone."""
    command = [
        *(sys.executable, "-m", "jupyterlab", str(folder / "1_today.ipynb")),
        f"--ServerApp.root_dir={folder}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.answer_yes=True",  # Ctrl-C ends it, as was said, and asks nothing
    ]
    if not browser:
        command.append("--no-browser")
    if getattr(os, "geteuid", lambda: 1)() == 0:  # in a container there is nobody else to be
        command.append("--allow-root")
    return command


def working_notebooks(where: Path) -> Path:
    """The notebooks to work in: the checkout's own, or copies below ``where``, never replaced."""
    shipped = notebooks_folder()
    if in_checkout():
        return shipped
    folder = where / FOLDER
    folder.mkdir(exist_ok=True)
    for notebook in sorted(shipped.glob("*.ipynb")):
        if not (folder / notebook.name).exists():
            shutil.copyfile(notebook, folder / notebook.name)
    return folder
