"""One client beside the coach: since last time, what is due, an interview logged in a minute."""

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Any

import ipywidgets as widgets
import pandas as pd

from coachkit import errors
from coachkit._days_in_words import full_day
from coachkit.agenda import plan
from coachkit.caseload import Caseload
from coachkit.panels.base import Panel, close_all, section
from coachkit.panels.desk import AgreedActions, Notes
from coachkit.panels.doing import Doing, groups_of, records, table
from coachkit.panels.forms import Form, WrongFields, field
from coachkit.panels.interview_form import InterviewForm
from coachkit.panels.lists import ActionList
from coachkit.panels.moments import coachs_day, place_of
from coachkit.panels.picker import Picker
from coachkit.panels.pictures import picture
from coachkit.panels.touches import TouchForm
from coachkit.panels.writing import Writing
from coachkit.policy import Policy
from coachkit.practice import AnyPractice
from coachkit.telling import plain
from coachkit.timeline import timeline

#: How far back it is told what happened where no session is written down, in days.
_BACK = 28
#: After how many seconds the rest of a client's page follows: what was sent first leaves the kernel
#: from a thread of its own, which drawing the rest at once would keep from running.
_REST = 0.05
_TOLD = {
    "interview": "Interview",
    "planned": "Interview planned",
    "thank_you": "Thank-you sent",
    "follow_up": "Follow-up sent",
    "answer": "They were answered",
    "other": "Other word sent",
    "card": "Card sent",
    "reply": "They got in touch",
    "outcome": "Outcome",
}


class ClientSession(Panel):
    """One client's session. Nobody else's name is in it, but while the list is asked for."""

    title = "Client session"

    def __init__(self, practice: AnyPractice | None = None) -> None:
        self.client_id: int | None = None
        self.page: ClientPage | None = None
        self._waits: tuple[str, Policy] | None = None
        self._ahead: tuple[int, str, Due] | None = None
        self.shown = widgets.VBox([])
        super().__init__(practice)

    def parts(self) -> Iterable[widgets.Widget]:
        """The picker, then what there is of the client."""
        self.picker = Picker(self, self.show_client, self._read_ahead)
        self.picker.presenting.observe(lambda _: self.redraw(), "value")
        return (self.picker, self.shown)

    def show_client(self, client_id: int) -> None:
        """Show a client in place of another: what is due at once, the rest a moment later.

        All is computed before any of it is sent: a thread of the kernel's own sends, and would have
        to wait its turn.
        """
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead[:2] == (client_id, self._token()):
            due = ahead[2]
        else:
            due = self._read(client_id)
        if self.page is None:
            self.page = ClientPage(self)
            self._show_only(self.page)
        self.client_id = client_id
        self.page.begin(due)
        self.told.say("")
        self.soon(lambda: self.act(self.refresh), after=_REST)

    def _begin(self, practice: Any) -> str:
        """Show another practice; a client who is not in it leaves the page."""
        there = practice.caseload().clients["client_id"]
        if self.client_id is not None and not (there == self.client_id).any():
            self.page = self.client_id = None
            self._show_only()
        return super()._begin(practice)

    def _show_only(self, *parts: widgets.Widget) -> None:
        before, self.shown.children = self.shown.children, parts
        for part in before:
            close_all(part)

    def _read(self, client_id: int) -> "Due":
        client = self.practice.caseload(client=client_id)
        return Due(client, plan(client, self._policy(), as_of=self.practice.as_of()))

    def _read_ahead(self, client_id: int | None) -> None:
        """Read what is due for a client who is marked in the list, before they are chosen."""
        self._ahead = None
        if client_id is not None:
            with contextlib.suppress(errors.CoachkitError, OSError):
                self._ahead = (client_id, self._token(), self._read(client_id))

    def _policy(self) -> Policy:
        """The waits as they now are, read anew only when something was changed."""
        token = self._token()
        if self._waits is None or self._waits[0] != token:
            self._waits = (token, self.practice.policy())
        return self._waits[1]

    def refresh(self) -> None:
        """Draw the client as they now are, or how to begin."""
        if self.client_id is None or self.page is None:
            if not self.shown.children:
                self.shown.children = (self._beginning(),)
            return
        self.page.show(self._read(self.client_id), presenting=self.picker.presenting.value)

    def _beginning(self) -> widgets.Widget:
        """Before a client is chosen: a sentence, and a form for a new one."""
        said = widgets.HTML("<p>Choose a client, or take a new one on.</p>")
        begin = widgets.Button(description="A new client…")
        begin.add_class("ck-new-client")
        box = widgets.VBox([said, begin])
        begin.on_click(lambda _: self.act(lambda: self._begin_client(box)))
        return box

    def _begin_client(self, box: widgets.VBox) -> None:
        self.form = new_client_form(self, self.show_client)
        self.form.guard = self.act
        box.children = (box.children[0], self.form)


@dataclass(frozen=True)
class Due:
    """A client's own rows, and what is due for them."""

    client: Caseload
    agenda: pd.DataFrame


class ClientPage(widgets.VBox):
    """All that is shown of one client; drawn anew in place, so that nothing typed is lost."""

    def __init__(self, panel: ClientSession) -> None:
        self._panel = panel
        self.name, self.since = widgets.HTML(), widgets.HTML()
        self.due = ActionList(
            label="What is due",
            empty="Nothing is due for this client.",
            bulk=[{"key": "done", "label": "Mark ticked as done"}],
        )
        self.due.add_class("ck-due")
        self.due.on_act(self._on_act)
        self._doing = Doing(panel.practice, with_client=False)
        self.interview = InterviewForm(panel, panel.practice.policy().fields)
        self.touches = TouchForm(panel)
        self.agreed, self.notes = AgreedActions(panel), Notes(panel)
        self.writing = Writing(panel)
        self.events, self.chart = widgets.HTML(), widgets.HTML()
        draw = widgets.Button(description="Draw the timeline")
        draw.on_click(lambda _: panel.act(self._draw))
        super().__init__(
            [
                self.name,
                section("Since we last met", self.since),
                section("What is due", self.due, self.writing),
                section("Agreed", self.agreed),
                section("Log a touch", self.touches),
                section("Log an interview", self.interview),
                section("Notes", self.notes),
                section("Timeline", self.events, draw, self.chart),
            ]
        )
        self.add_class("ck-client")

    def begin(self, due: Due) -> None:
        """Be another client's page: everything of one goes, and what is due for the other comes."""
        client = due.client
        client_id = int(client.clients["client_id"].iloc[0])
        today = coachs_day(self._panel.practice)
        self._show_due(due)
        self.due.said = ""
        self._show_name(client)
        for part in (self.since, self.events, self.chart):
            part.value = ""
        for desk in (self.agreed, self.notes, self.writing):
            desk.begin(client_id)
        with contextlib.ExitStack() as at_once:  # each field is sent once, as it is in the end
            for control in (*self.touches.form.fields.values(), *self.interview.fields.values()):
                at_once.enter_context(control.hold_sync())
            self.touches.begin(client, today)
            self.interview.begin(client, today)

    def show(self, due: Due, *, presenting: bool) -> None:
        """Draw everything but what is typed in the forms, from the client's own rows."""
        client, practice = due.client, self._panel.practice
        as_of, policy = practice.as_of(), practice.policy()
        zone = str(client.clients["timezone"].iloc[0])
        self._show_name(client)
        self._show_due(due)
        events, _ = timeline(client, policy, as_of=as_of)
        self.since.value = told_since(client, events, as_of.tz_convert(zone).date())
        self.events.value = told_events(events)
        self.agreed.show(client, coachs_day(practice))
        self.notes.presenting = presenting
        self.notes.show(client)
        self.writing.show(client)
        self.interview.show_opportunities(client)
        self.touches.show_opportunities(client)

    def _show_name(self, client: Caseload) -> None:
        about = client.clients.iloc[0]
        name, status = plain(about["name"]), about["status"]
        more = "" if pd.isna(status) or status == "active" else f", {status}"
        where = f"Days and times are those of {place_of(str(about['timezone']))}{more}."
        self.name.value = f"<h2 class='ck-h'>{escape(name)}</h2><p>{escape(where)}</p>"

    def _show_due(self, due: Due) -> None:
        self._doing = Doing(self._panel.practice, with_client=False)
        rows = self._doing.rows(due.agenda, due.client.opportunities)
        with self.due.hold_sync():
            self.due.groups = groups_of(rows)
            self.due.rows = rows

    def _on_act(self, action: str, ids: list[str], value: str | None) -> None:
        if action == "note":
            self._panel.act(lambda: self.writing.write(*self._doing.note_for(ids[0])))
            return
        told: list[str] = []

        def do() -> None:
            told.append(self._doing.do(action, ids, value))

        if self._panel.write(do):
            self.due.said = told[0]

    def _draw(self) -> None:
        client = self._panel.practice.caseload(client=self._panel.client_id)
        self.chart.value = drawn_timeline(
            client, self._panel.practice.policy(), self._panel.practice.as_of()
        )


def client_session(practice: AnyPractice | None = None) -> ClientSession:
    """Sit with one client: what happened, what is due, and an interview logged in a minute."""
    return ClientSession(practice)


def told_since(client: Caseload, events: pd.DataFrame, today: date) -> str:
    """What happened since the coach and the client last met, in sentences."""
    zone = str(client.clients["timezone"].iloc[0])
    written = [table(client, "notes")["written_at"], table(client, "agreed_actions")["agreed_at"]]
    days = pd.concat(written).dropna().dt.tz_convert(zone).dt.date
    earlier = sorted(day for day in days if day < today)
    since = earlier[-1] if earlier else today - timedelta(days=_BACK)
    recent = events[(events["on"].dt.date >= since) & (events["mark"] != "planned")]
    begin = f"Since {full_day(since)}, when something was last noted or agreed"
    begin = begin if earlier else f"No session is written down yet; in the last {_BACK} days"
    if recent.empty:
        return f"<p>{escape(begin)}: nothing happened that was written down.</p>"
    return f"<p>{escape(begin)}:</p>{told_events(recent)}"


def told_events(events: pd.DataFrame) -> str:
    """Events as a list in words, the newest first; every word of theirs is text."""
    if events.empty:
        return "<p>Nothing yet. Log the first interview below.</p>"
    rows = []
    for event in records(events.iloc[::-1].sort_values("at", ascending=False, kind="stable")):
        day: str = "Day unknown" if pd.isna(event["on"]) else full_day(event["on"])
        what = f"{_TOLD[event['mark']]}: {plain(event['opportunity'])}"
        detail: str = "" if pd.isna(event["detail"]) else f" ({plain(event['detail'])})"
        rows.append(f"<tr><td>{day}</td><td>{escape(what + detail)}</td></tr>")
    return f"<table class='ck-events'><tbody>{''.join(rows)}</tbody></table>"


def drawn_timeline(client: Caseload, policy: Policy, as_of: pd.Timestamp) -> str:
    """The timeline as a picture, and what it shows in words for those who do not see it."""
    from coachkit import charts

    events, windows = timeline(client, policy, as_of=as_of)
    here = as_of.tz_convert(str(client.clients["timezone"].iloc[0]))
    fig, ax = charts.figure(width=11, rows=2.5 * len(client.opportunities) + 5)
    charts.timeline(events, windows, ax=ax, as_of=here)
    return picture(fig, charts.describe_timeline(events, windows, as_of=here))


def new_client_form(panel: Panel, then: Callable[[int], None] | None) -> Form:
    """The form that takes a new client on, and what comes then."""
    from zoneinfo import available_timezones

    zones = sorted(zone for zone in available_timezones() if "/" in zone)

    def keep_it(entered: dict[str, Any]) -> str:
        wanted = {"name": "Enter the name.", "timezone": "Choose the client's time zone."}
        wrong = {name: told for name, told in wanted.items() if not entered[name]}
        if wrong:
            raise WrongFields(wrong)
        number = panel.practice.add_client(
            entered["name"], timezone=entered["timezone"], country=entered["country"] or None
        )
        if then is not None:
            then(number)
        return f"Taken on: {plain(entered['name'])}."

    zone = panel.practice.timezone or ""
    return Form(
        {
            "name": field(widgets.Text(), "Name"),
            "timezone": field(
                widgets.Combobox(options=zones, value=zone), "Time zone (such as America/New_York)"
            ),
            "country": field(widgets.Text(), "Holidays of (such as US or US-CA; empty: none)"),
        },
        keep_it,
        button="Take the client on",
        keep=("timezone", "country"),
    )
