"""The notebooks as pages: how Voilà is started, who is let in, and that it ends."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path

import pytest

from coachkit import app, cli, errors
from coachkit._serving import SHARE, run_server, with_practice
from tests.conftest import Serve, Server


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Where one is sent is what is looked at."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def answer(address: str) -> tuple[int, str]:
    """The status, and where one is sent."""
    try:
        with urllib.request.build_opener(NoRedirect).open(address, timeout=20) as page:
            return int(page.status), ""
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers.get("Location") or ""


# -- the command -----------------------------------------------------------------------------------


def test_the_pages_are_for_this_machine_alone(tmp_path: Path) -> None:
    """The loopback address, coachkit's template and no other, no file beside the pages."""
    command = app.app_command(tmp_path, port=9321)
    assert command[:4] == [sys.executable, "-m", "voila", str(tmp_path)]
    assert "--Voila.ip=127.0.0.1" in command
    assert "--Voila.port=9321" in command
    assert "--template=coachkit" in command
    assert not [word for word in command if "9321" not in word and word.startswith("--token")]


def test_the_token_is_not_on_the_command_line(tmp_path: Path) -> None:
    """Where every other user of the machine could read it."""
    token = "only in the environment"
    assert app.app_environment(token)["JUPYTER_TOKEN"] == token
    assert token not in " ".join(app.app_command(tmp_path, port=1))
    assert app.app_environment(token)["JUPYTER_PATH"].split(os.pathsep)[0] == str(SHARE)


def test_a_port_that_is_taken_gives_way_to_the_next() -> None:
    """Until none is left."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < app.free_port(port) < port + 20
    with pytest.raises(errors.UnreadableFile, match="Name another with --port"):
        app.free_port(65_536)


@pytest.mark.parametrize(
    ("named", "handed"),
    [("sample", "sample"), ("postgresql://host/base", "postgresql://host/base"), (None, None)],
)
def test_a_practice_is_handed_over_as_it_is_named(named: str | None, handed: str | None) -> None:
    """A path as a whole one, since the pages do not run where the coach stands."""
    assert with_practice({}, named).get("COACHKIT_PRACTICE") == handed
    assert with_practice({}, "mine")["COACHKIT_PRACTICE"] == str(Path.cwd() / "mine")


def test_a_practice_that_is_wrong_starts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line on stderr, exit code 2."""
    monkeypatch.setattr(subprocess, "Popen", None)
    assert cli.main(["app", "--practice", str(tmp_path / "nothing")]) == 2
    assert capsys.readouterr().err.startswith("coachkit: There is no practice")


def test_the_browser_is_opened_with_the_token(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else its first page would ask for one."""
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr(app, "_serves", lambda *_: True)
    monkeypatch.setattr(app, "app_command", lambda *_, **__: [sys.executable, "-c", ""])
    monkeypatch.chdir(tmp_path)
    assert app.open_app(None, port=8866, browser=True) == 0
    (address,) = opened
    assert "?token=" in address
    assert address in capsys.readouterr().out


def test_a_servers_exit_code_is_the_commands() -> None:
    """A server that fails is not told as a success."""
    assert run_server([sys.executable, "-c", "raise SystemExit(3)"], os.environ) == 3


# -- in earnest ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    def command(port: int) -> list[str]:
        return [sys.executable, "-m", "coachkit.cli", "app", "--no-browser", "--port", str(port)]

    return serve(tmp_path_factory.mktemp("app"), command)


PAGE = "voila/render/1_today.ipynb"


@pytest.mark.parametrize("path", ["", PAGE, "voila/tree"])
def test_nobody_is_let_in_without_the_token(server: Server, path: str) -> None:
    """Nor with a wrong one: the page asks for it, and gives nothing away."""
    for token in (None, "wrong"):
        status, where = answer(server.address(path, token))
        assert status == 302
        assert where.startswith("/login")


def test_a_kernel_is_closed_to_whoever_has_no_token(server: Server) -> None:
    """Its channels are what runs code."""
    kernel = "00000000-0000-0000-0000-000000000000"
    status, where = answer(server.address(f"api/kernels/{kernel}/channels"))
    assert status == 403 or where.startswith("/login")


def test_whoever_has_the_token_is_led_to_the_first_page(server: Server) -> None:
    """In the colours that the computer is set to."""
    with urllib.request.urlopen(server.address("", server.token), timeout=20) as page:
        words = page.read().decode()
    assert f"/{PAGE}?theme=" in words
    assert "https://" not in words


def test_files_beside_the_pages_are_not_served(server: Server) -> None:
    """The notebooks' code is none of a page's."""
    assert answer(server.address("voila/files/1_today.ipynb", server.token))[0] == 403


def test_a_page_that_is_not_there_says_so_and_links_nothing_outside(server: Server) -> None:
    """With a way back."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(server.address("voila/render/9.ipynb", server.token), timeout=20)
    with refused.value as page:
        words = page.read().decode()
    assert "This page is not there" in words
    assert "https://" not in words


def test_a_request_to_end_ends_the_pages_too(server: Server) -> None:
    """No Voilà outlives the command."""
    server.process.terminate()
    server.process.wait(20)
    begun = time.monotonic()
    while time.monotonic() - begun < 10:
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
        except OSError:
            return
        time.sleep(0.2)
    pytest.fail("somebody still listens there")
