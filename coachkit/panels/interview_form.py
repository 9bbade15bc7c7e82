"""Log an interview in a minute: when, the four closing questions, their timeline, who was met."""

import contextlib
from contextlib import AbstractContextManager
from datetime import date, time, timedelta
from typing import Any

import ipywidgets as widgets
import pandas as pd

from coachkit import errors, terms
from coachkit._days_in_words import full_day
from coachkit.caseload import Caseload
from coachkit.panels.base import Panel
from coachkit.panels.forms import Form, Said, WrongFields, field, offer
from coachkit.panels.moments import Moment, clock_label, moment
from coachkit.practice import AnyPractice
from coachkit.telling import plain
from coachkit.timelines_in_words import read_timeline

NEW = "new"
_ABOUT_NEW = ("employer", "role", "work")
_NEEDED = {
    "employer": "Enter the employer.",
    "role": "Enter the role.",
    "work": "Enter the field of work: its waits decide when to follow up.",
}


class InterviewForm(Form):
    """The form for an interview held or planned, of one client.

    Parameters
    ----------
    panel
        Whose practice it is kept in; ``begin`` says whose interview it is.
    fields_of_work
        Which are offered for a new opportunity.
    """

    def __init__(self, panel: Panel, fields_of_work: list[str]) -> None:
        self._panel = panel
        self._client_id, self._zone = 0, "UTC"
        self._country: str | None = None
        wide = widgets.Layout(width="100%")
        self.read = Said()
        fields = {
            "opportunity": field(widgets.Dropdown(options=[]), "Where"),
            "employer": field(widgets.Text(), "Employer"),
            "role": field(widgets.Text(), "Role"),
            "work": field(
                widgets.Combobox(options=fields_of_work, ensure_option=False), "Field of work"
            ),
            "day": field(widgets.DatePicker(), "Day"),
            "clock": field(widgets.TimePicker(), clock_label(self._zone)),
            "minutes": field(widgets.BoundedIntText(min=0, max=1440), "Minutes (0: not known)"),
        }
        for name, question in terms.CLOSING_QUESTIONS.items():
            fields[name] = field(
                widgets.Text(placeholder="what they answered; empty: not known", layout=wide),
                question,
            )
            fields[f"not_{name}"] = widgets.Checkbox(
                description="was not asked", indent=False, layout=widgets.Layout(width="auto")
            )
        fields["promised_by"] = field(
            widgets.DatePicker(), "They answer by (check what was read from their words)"
        )
        fields["people"] = field(
            widgets.Textarea(placeholder="one a line: name, role, e-mail", layout=wide),
            "Who was met",
        )
        fields["topics"] = field(widgets.Textarea(layout=wide), "What was discussed")
        super().__init__(
            fields,
            self._keep_it,
            button="Log the interview",
            keep=("opportunity", "day"),
            beside=(
                ("day", "clock", "minutes"),
                ("employer", "role", "work"),
                *((name, f"not_{name}") for name in terms.CLOSING_QUESTIONS),
                ("people", "topics"),
            ),
            columns={"held_at": "day", "ended_at": "minutes", "field": "work", "name": "people"},
        )
        self.add_class("ck-log-interview")
        place = self.children.index(self.pairs["promised_by"])
        self.children = (*self.children[:place], self.read, *self.children[place:])
        self.guard = panel.write
        self.fields["opportunity"].observe(lambda _: self._show_new(), "value")
        for name in ("answer_timeline", "day"):
            self.fields[name].observe(lambda _: self._read_timeline(), "value")
        self._show_new()

    def begin(self, client: Caseload, today: date) -> None:
        """Be another client's form, with their own caseload and the coach's day; the rest goes."""
        self.reset()
        self.fields["opportunity"].options = ()
        self.read.say("")
        about = client.clients.iloc[0]
        self._client_id, self._zone = int(about["client_id"]), str(about["timezone"])
        self._country = None if pd.isna(about["country"]) else str(about["country"])
        self.fields["clock"].description = clock_label(self._zone)
        self.fields["day"].value = today
        self.show_opportunities(client)

    def show_opportunities(self, client: Caseload) -> None:
        """Offer the opportunities as they now are; what is chosen stays, if it is still there."""
        offer(self.fields["opportunity"], opportunities_of(client))
        self._show_new()

    def _show_new(self) -> None:
        shown = "" if self.fields["opportunity"].value == NEW else "none"
        for name in _ABOUT_NEW:
            self.pairs[name].layout.display = shown

    def _read_timeline(self) -> None:
        """Turn the employer's words into their day, and say how; the coach has the last word."""
        words, day = self.fields["answer_timeline"].value, self.fields["day"].value
        reading = None
        if words and day:
            reading = read_timeline(words, today=day, country=self._country)
        if reading:
            self.fields["promised_by"].value = reading.on
            self.read.say(f"Read as {full_day(reading.on)}: {reading.how}. Correct it if not.")
        else:
            unread = bool(words) and self.fields["promised_by"].value is None
            self.read.say("No day can be read from that; enter one if there is." if unread else "")

    def _keep_it(self, entered: dict[str, Any]) -> str:
        wrong: dict[str, str] = {}
        is_new = entered["opportunity"] == NEW
        if is_new:
            wrong |= {name: told for name, told in _NEEDED.items() if not entered[name]}
        if entered["day"] is None:
            wrong["day"] = "Enter the day of the interview."
        if wrong:
            raise WrongFields(wrong)
        told = any(entered[name] for name in (*terms.CLOSING_QUESTIONS, "people", "topics"))
        now = self._panel.practice.as_of() if told else None  # what is told of has been held
        held = moment_of(entered["day"], entered["clock"], self._zone, before=now)
        lasted = entered["minutes"] if held.time_known else 0
        cells: dict[str, Any] = {
            "held_at": held.at,
            "time_known": held.time_known,
            "ended_at": held.at + timedelta(minutes=lasted) if lasted else None,
            "promised_by": entered["promised_by"],
        }
        for name in terms.CLOSING_QUESTIONS:
            not_asked = "not asked" if entered[f"not_{name}"] else None
            cells[name] = entered[name] or not_asked
        practice = self._panel.practice
        with one_change(practice, "Logged an interview"):
            opportunity = entered["opportunity"]
            if is_new:
                opportunity = practice.add_opportunity(
                    self._client_id,
                    employer=entered["employer"],
                    role=entered["role"],
                    field=entered["work"],
                )
            visit = practice.add_interview(opportunity, **cells)
            for person in people(entered["people"], entered["topics"]):
                practice.add_interviewer(visit, **person)
        kept = f"Kept: the interview of {full_day(entered['day'])}."
        return f"{kept} {held.remark}" if held.remark else kept


def one_change(practice: AnyPractice, remark: str) -> AbstractContextManager[Any]:
    """All that is written within is one change; a practice that is only read refuses the first."""
    change = getattr(practice, "change", None)
    return contextlib.nullcontext() if change is None else change(remark)


def opportunities_of(client: Caseload, *, new: bool = True) -> list[tuple[str, int | str]]:
    """A client's opportunities to choose from, those still open first."""
    names = ("outcome", "opportunity_id", "employer", "role")
    rows = zip(*(client.opportunities[name].tolist() for name in names), strict=True)
    ordered = sorted(rows, key=lambda row: (row[0] != "open", -row[1]))
    told = [
        (f"{plain(employer)} · {plain(role)}", int(number)) for _, number, employer, role in ordered
    ]
    return [*numbered(told), *([("A new one…", NEW)] if new else [])]


def numbered(options: list[tuple[str, int]]) -> list[tuple[str, int | str]]:
    """Options whose words differ: two roles of one name get their number."""
    words = [word for word, _ in options]
    return [(f"{word} ({key})" if words.count(word) > 1 else word, key) for word, key in options]


def people(lines: str, topics: str) -> list[dict[str, str | None]]:
    """Those met, one a line: name, role, e-mail; what was discussed goes with each.

    Examples
    --------
    >>> people("Ann Lee, CFO, ann@acme.test", "the audit")
    [{'name': 'Ann Lee', 'role': 'CFO', 'email': 'ann@acme.test', 'topics': 'the audit'}]
    """
    met = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        parts = [part.strip() for part in line.split(",")]
        email = next((part for part in parts if "@" in part), None)
        others = [part for part in parts if part != email]
        role = ", ".join(others[1:]) or None
        met.append({"name": others[0] if others else None, "role": role, "email": email})
    if topics and not met:
        met = [{"name": None, "role": None, "email": None}]
    return [person | {"topics": topics or None} for person in met]


def moment_of(
    day: date, clock: time | None, zone: str, *, before: pd.Timestamp | None = None
) -> Moment:
    """The instant; a time that never was is the fault of the field that it was entered in."""
    try:
        return moment(day, clock, zone, before=before)
    except errors.UnreadableValue as fault:
        raise WrongFields({"clock": str(fault)}) from fault
