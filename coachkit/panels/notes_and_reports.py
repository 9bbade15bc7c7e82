"""What is to be written for a client: the notes, the reports, and their record in plain words."""

from collections.abc import Iterable
from html import escape

import ipywidgets as widgets
import pandas as pd

from coachkit import errors
from coachkit._days_in_words import full_day
from coachkit.agenda import plan
from coachkit.caseload import Caseload
from coachkit.clocks import grade
from coachkit.compliance import compliance as rates_of
from coachkit.panels.base import Panel, section
from coachkit.panels.client_session import told_events
from coachkit.panels.composer import Composer
from coachkit.panels.doing import LOGGED, records
from coachkit.panels.picker import Picker
from coachkit.panels.reports_part import Reports
from coachkit.practice import AnyPractice
from coachkit.telling import plain, tell_agenda, tell_compliance
from coachkit.timeline import timeline

_CHOOSE = "Choose a client to write a note. Reports and calendars for everybody are below."
_NOBODY_YET = (
    "There is nobody to write for yet. Take your first client on under “Client session”, or bring "
    "your records along under “Bring your own”."
)


class NotesAndReports(Panel):
    """One client's notes and record, and reports as files; nobody else's name is in it."""

    title = "Notes and reports"

    def __init__(self, practice: AnyPractice | None = None) -> None:
        self.client_id: int | None = None
        super().__init__(practice)

    def parts(self) -> Iterable[widgets.Widget]:
        """The picker, what is to be written, the note, the files; then the record and history."""
        self.picker = Picker(self, self.show_client)
        self.name, self.due = widgets.HTML(), widgets.HTML()
        self.record, self.events, self.history = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.composer, self.reports = Composer(self), Reports(self)
        self.page = widgets.VBox(
            [
                section("To be written", self.due),
                section("Write the note", self.composer),
            ]
        )
        self.past = widgets.VBox(
            [
                section("How well it is kept", self.record),
                section("What happened", self.events),
                section("What was written down, and by whom", self.history),
            ]
        )
        self.files = section("Reports and calendars", self.reports)
        return (self.picker, self.name, self.page, self.files, self.past)

    def show_client(self, client_id: int) -> None:
        """Show a client in the place of whoever was there."""
        client = self.practice.caseload(client=client_id)
        self.client_id = client_id
        self.composer.begin(client)
        self.refresh()

    def refresh(self) -> None:
        """Draw the client as they now are; where nobody is chosen, how to begin."""
        client = self._chosen()
        for part in (self.page, self.past):
            part.layout.display = "none" if client is None else ""
        self.reports.show(self.client_id)
        if client is None:
            nobody = bool(self.practice.caseload().clients.empty)
            self.files.layout.display = "none" if nobody else ""
            self.name.value = f"<p>{_NOBODY_YET if nobody else _CHOOSE}</p>"
            return
        policy, as_of = self.practice.policy(), self.practice.as_of()
        name = plain(client.clients["name"].iloc[0])
        self.name.value = f"<h2 class='ck-h'>{escape(name)}</h2>"
        agenda = plan(client, policy, as_of=as_of)
        self.due.value = _wrapped(tell_agenda(agenda[agenda["action"].isin(list(LOGGED))]).html)
        self.record.value = _wrapped(
            tell_compliance(rates_of(grade(client, policy, as_of=as_of))).html
        )
        events, _ = timeline(client, policy, as_of=as_of)
        self.events.value = told_events(events)
        self.history.value = self._told_history(client)
        self.composer.show(client)

    def _chosen(self) -> Caseload | None:
        """The client who was chosen, and is there: a practice of one's own may have others."""
        if self.client_id is None:
            return None
        try:
            return self.practice.caseload(client=self.client_id)
        except errors.UnknownClient:
            self.client_id = None
            return None

    def _told_history(self, client: Caseload) -> str:
        history = getattr(self.practice, "history", None)
        if history is None:
            return "<p>A practice that is only looked at keeps no history.</p>"
        zone = str(client.clients["timezone"].iloc[0])
        lines = [
            f"<li>{escape(_change(row, zone))}</li>"
            for row in records(history(client=self.client_id).head(50))
        ]
        return f"<ul>{''.join(lines)}</ul>" if lines else "<p>Nothing yet.</p>"


def notes_and_reports(practice: AnyPractice | None = None) -> NotesAndReports:
    """What is to be written for a client, and what their record says."""
    return NotesAndReports(practice)


def _wrapped(table: str) -> str:
    return f"<div class='ck-table-wrap'>{table}</div>"


def _change(row: dict[str, object], zone: str) -> str:
    at, who = pd.Timestamp(str(row["at"])).tz_convert(zone), row["who"]
    by = f", {plain(who)}" if isinstance(who, str) else ""
    state = " (taken back)" if row["state"] == "taken back" else ""
    return f"{full_day(at)}, {at:%H:%M}{by}: {plain(row['what'])}{state}"
