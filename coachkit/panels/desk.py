"""A client's desk: what was agreed in the session, and the coach's notes."""

from datetime import date
from html import escape
from typing import Any

import ipywidgets as widgets
import pandas as pd

from coachkit._days_in_words import full_day
from coachkit.caseload import Caseload
from coachkit.panels.base import Panel
from coachkit.panels.doing import Row, records, table
from coachkit.panels.forms import Form, WrongFields, field
from coachkit.panels.lists import ActionList
from coachkit.telling import plain

_WIDE = {"width": "100%"}


class AgreedActions(widgets.VBox):
    """What was agreed: checked next time, and something new agreed on."""

    def __init__(self, panel: Panel) -> None:
        self._panel, self._client_id = panel, 0
        self.list = ActionList(
            label="What was agreed", empty="Nothing is agreed yet. What will the client do next?"
        )
        self.list.add_class("ck-agreed")
        self.list.on_act(self._on_act)
        self.form = Form(
            {
                "text": field(widgets.Text(layout=widgets.Layout(**_WIDE)), "The client will"),
                "due_on": field(widgets.DatePicker(), "By (empty: no day)"),
            },
            self._keep_it,
            button="Agree",
        )
        self.form.guard = panel.write
        super().__init__([self.list, self.form])

    def begin(self, client_id: int) -> None:
        """Be another client's: everything of the one before goes."""
        self._client_id = client_id
        with self.list.hold_sync():
            self.list.rows, self.list.said = [], ""
        self.form.reset()

    def show(self, client: Caseload, today: date) -> None:
        """The agreed actions as they now are: open ones by their day, then those done."""
        rows = [
            _agreed(action, today) for action in records(_in_order(table(client, "agreed_actions")))
        ]
        counts = {key: sum(row["group"] == key for row in rows) for key in ("open", "done")}
        with self.list.hold_sync():
            self.list.groups = [
                {"key": "open", "heading": f"To do ({counts['open']})"},
                {"key": "done", "heading": f"Done ({counts['done']})", "folded": True},
            ]
            self.list.rows = rows

    def _on_act(self, action: str, ids: list[str], value: str | None) -> None:
        practice, (row_id, *_) = self._panel.practice, ids  # there is no tick: one at a time
        if action == "done":
            self._panel.write(lambda: practice.tick_off(int(row_id)), "Done.")
        else:
            reopened = {"done_at": None}
            self._panel.write(
                lambda: practice.change_agreed_action(int(row_id), **reopened), "Open again."
            )

    def _keep_it(self, entered: dict[str, Any]) -> str:
        if not entered["text"]:
            raise WrongFields({"text": "Write down what the client will do."})
        self._panel.practice.add_agreed_action(
            self._client_id, entered["text"], due_on=entered["due_on"]
        )
        return "Agreed."


class Notes(widgets.VBox):
    """The coach's notes on a client; the private ones leave the page while presenting."""

    def __init__(self, panel: Panel) -> None:
        self._panel, self._client_id = panel, 0
        self.presenting = False
        self.told = widgets.HTML()
        self.told.add_class("ck-notes")
        self.form = Form(
            {
                "text": field(widgets.Textarea(layout=widgets.Layout(**_WIDE)), "Note"),
                "private": widgets.Checkbox(
                    value=True, description="Private: for the coach alone", indent=False
                ),
            },
            self._keep_it,
            button="Keep the note",
            keep=("private",),
        )
        self.form.guard = panel.write
        super().__init__([self.told, self.form])

    def begin(self, client_id: int) -> None:
        """Be another client's: everything of the one before goes."""
        self._client_id = client_id
        self.told.value = ""
        self.form.reset()

    def show(self, client: Caseload) -> None:
        """The notes as they now are, the newest first."""
        notes = table(client, "notes").sort_values("written_at", ascending=False)
        private = notes["private"].fillna(True).astype(bool)
        if self.presenting:
            notes = notes[~private]
        zone = str(client.clients["timezone"].iloc[0])
        lines = [_noted(note, zone) for note in records(notes) if not pd.isna(note["text"])]
        nothing = "<p>No note yet.</p>"
        self.told.value = f"<ul>{''.join(lines)}</ul>" if lines else nothing
        self.form.layout.display = "none" if self.presenting else ""

    def _keep_it(self, entered: dict[str, Any]) -> str:
        if not entered["text"]:
            raise WrongFields({"text": "Write the note."})
        self._panel.practice.add_note(self._client_id, entered["text"], private=entered["private"])
        return "Kept."


def _noted(note: Row, zone: str) -> str:
    whose = "" if note["private"] is False else " (private)"
    day = _day(note["written_at"], zone)
    return f"<li><strong>{escape(day)}</strong>{whose}: {escape(plain(note['text']))}</li>"


def _in_order(actions: pd.DataFrame) -> pd.DataFrame:
    return actions.sort_values(["due_on", "agreed_at", "action_id"], na_position="last")


def _agreed(action: Row, today: date) -> Row:
    due, done = action["due_on"], action["done_at"]
    is_done = not pd.isna(done)
    late = not is_done and not pd.isna(due) and due.date() < today
    badge: str = "" if pd.isna(due) else f"{'Overdue: by' if late else 'By'} {full_day(due)}"
    act = {"key": "open", "label": "Not done"} if is_done else {"key": "done", "label": "Done"}
    return {
        "id": str(action["action_id"]),
        "group": "done" if is_done else "open",
        "title": "" if pd.isna(action["text"]) else plain(action["text"]),
        "badge": f"Done {full_day(done)}" if is_done else badge,
        "tone": "alarm" if late else "",
        "actions": [act | {"first": not is_done}],
    }


def _day(at: pd.Timestamp, zone: str) -> str:
    return full_day(at.tz_convert(zone))
