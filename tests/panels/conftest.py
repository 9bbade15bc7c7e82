"""A practice of one's own that stands still: the sample's clients on the sample's day."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from ipywidgets import Widget
from ipywidgets.widgets.widget import _instances

from coachkit._places import data_folder
from coachkit.panels.lists import ActionList
from coachkit.practice import Practice, new_practice

NOW = pd.Timestamp("2026-10-14T16:00:00Z")


@pytest.fixture(autouse=True)
def _a_page_of_its_own() -> Iterator[None]:
    """No widget of one test is open in the next."""
    yield
    Widget.close_all()


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """A practice's now is the sample's."""
    monkeypatch.setattr(Practice, "as_of", lambda _: NOW)


@pytest.fixture
def practice(tmp_path: Path, still: None) -> Practice:
    """The sample's clients, to be written on."""
    return new_practice(
        tmp_path / "own.coachkit",
        source=data_folder() / "sample",
        coach="Rosa",
        timezone="America/New_York",
    )


@pytest.fixture
def empty(tmp_path: Path, still: None) -> Practice:
    """A practice on its first day."""
    return new_practice(tmp_path / "empty.coachkit", timezone="America/New_York")


def click(listed: ActionList, action: str, *ids: str, value: str | None = None) -> None:
    """What the browser sends when a row's button is clicked."""
    message = {"event": "act", "action": action, "ids": list(ids), "value": value}
    listed._handle_custom_msg(message, [])


def row_of(listed: ActionList, is_it: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first row that is meant."""
    return next(row for row in listed.rows if is_it(row))


def everything_live() -> str:
    """The state of every widget that is open: what the browser could know."""
    live = [widget for widget in _instances.values() if widget.comm is not None]
    return json.dumps([widget.get_state() for widget in live], default=str, ensure_ascii=False)
