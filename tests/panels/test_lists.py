"""A list that acts on a click: what it tells, what it does not, and what it patches."""

from typing import Any

import pytest

from coachkit.panels.lists import ActionList
from tests.panels.conftest import click

ROWS = [
    {
        "id": "1",
        "group": "now",
        "title": "Ann Lee",
        "tickable": True,
        "actions": [
            {"key": "done", "label": "Done"},
            {"key": "snooze", "label": "Snooze", "options": [["3", "3 days"], ["7", "a week"]]},
        ],
    },
    {
        "id": "2",
        "group": "now",
        "title": "Bo",
        "actions": [{"key": "off", "label": "", "off": True}],
    },
]


@pytest.fixture
def listed() -> ActionList:
    return ActionList(rows=ROWS, bulk=[{"key": "done", "label": "Done"}])


@pytest.fixture
def heard(listed: ActionList) -> list[tuple[str, list[str], str | None]]:
    told: list[tuple[str, list[str], str | None]] = []
    listed.on_act(lambda *click: told.append(click))
    return told


def test_a_click_is_told_with_its_rows(listed: ActionList, heard: list[Any]) -> None:
    """The action, the rows, and the option where one was chosen."""
    click(listed, "done", "1")
    click(listed, "snooze", "1", value="7")
    assert heard == [("done", ["1"], None), ("snooze", ["1"], "7")]


@pytest.mark.parametrize(
    ("action", "ids", "value"),
    [
        ("done", ["9"], None),  # no such row
        ("done", ["2"], None),  # not offered there
        ("off", ["2"], None),  # offered, but off
        ("erase", ["1"], None),  # offered nowhere
        ("snooze", ["1"], "9999"),  # no such option
        ("snooze", ["1"], None),
        ("done", [["1"], {}, None, 1], None),
        ("done", "1", None),
        ("done", ["1"], 7),
        (None, ["1"], None),
    ],
)
def test_what_is_not_offered_is_not_told(
    listed: ActionList, heard: list[Any], action: Any, ids: Any, value: Any
) -> None:
    """A browser may send anything; only what stands on the list is heard."""
    message = {"event": "act", "action": action, "ids": ids, "value": value}
    listed._handle_custom_msg(message, [])
    assert heard == []


@pytest.mark.parametrize("message", [None, [], "act", {"event": "else"}, {}, {"event": "act"}])
def test_a_message_that_is_no_click_is_passed_over(
    listed: ActionList, heard: list[Any], message: Any
) -> None:
    """Nothing fails."""
    listed._handle_custom_msg(message, [])
    assert heard == []


def test_a_patch_changes_what_it_names_alone() -> None:
    """Other rows stay the same objects, in their order; those removed go."""
    listed = ActionList(rows=[{"id": key, "group": "now", "title": key} for key in "abc"])
    listed.patch([{"id": "b", "group": "now", "title": "B"}], removed=["a"], said="Done.")
    assert [(row["id"], row["title"]) for row in listed.rows] == [("b", "B"), ("c", "c")]
    assert listed.said == "Done."
    listed.patch([{"id": "d", "group": "now", "title": "d"}], order=["d", "c", "b", "gone"])
    assert [row["id"] for row in listed.rows] == ["d", "c", "b"]


def test_a_patch_sends_its_own_rows_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """With three hundred clients a click moves one row, not the list."""
    listed = ActionList(rows=[{"id": str(key), "title": "x"} for key in range(300)])
    sent: list[Any] = []
    monkeypatch.setattr(listed, "_send", lambda message, buffers=None: sent.append(message))
    listed.patch([{"id": "7", "title": "y"}])
    assert [message["method"] for message in sent] == ["custom"]
    assert sent[0]["content"]["rows"] == [{"id": "7", "title": "y"}]
    assert listed.get_state()["rows"][7] == {"id": "7", "title": "y"}, "a page that is reloaded"


def test_an_answer_follows_every_click(listed: ActionList, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where what was heard failed: the row's buttons work again."""
    sent: list[Any] = []
    monkeypatch.setattr(listed, "send", sent.append)

    def fail(*_: object) -> None:
        raise RuntimeError

    listed.on_act(fail)
    with pytest.raises(RuntimeError):
        listed._told(listed, {"event": "act", "action": "done", "ids": ["1"]}, [])
    assert sent == [{"event": "heard", "ids": ["1"]}]
