"""How well are thank-yous and follow-ups kept? Who, in which week, and what is behind each mark."""

from collections.abc import Iterable
from html import escape

import ipywidgets as widgets
import pandas as pd

from coachkit._days_in_words import full_day
from coachkit.agenda import explain
from coachkit.clocks import grade
from coachkit.compliance import compliance as rates_of
from coachkit.compliance import weeks_of
from coachkit.panels.base import Panel, section
from coachkit.panels.controls import Grid
from coachkit.panels.doing import records
from coachkit.panels.forms import field
from coachkit.panels.pictures import picture
from coachkit.practice import AnyPractice
from coachkit.telling import plain, tell_compliance

#: So many weeks are shown, the last ones.
WEEKS = 12
KINDS = {"Follow-ups": "follow_up", "Thank-yous": "thank_you"}
GROUPINGS = {"Field": "field", "Client": "client", "Coach": "coach", "All together": ""}
_COUNTED = {
    "thank_you": ("on_time", "late", "missed", "overdue"),
    "follow_up": ("on_time", "late", "missed", "overdue", "too_soon", "too_many"),
}
_EMPTY = (
    "Nothing to judge yet. Log an interview on the page “Client session”: its thank-you and its "
    "follow-ups count here."
)


class Compliance(Panel):
    """Marks by client and week, rates with how sure they are, and whether it gets better."""

    title = "Compliance"

    def parts(self) -> Iterable[widgets.Widget]:
        """The grid and what is behind a mark, the rates, the trend."""
        self.kind = field(widgets.Dropdown(options=KINDS), "Show")
        self.by = field(widgets.Dropdown(options=GROUPINGS), "By")
        self.grid, self.behind = Grid(), widgets.HTML()
        self.behind.add_class("ck-behind")
        self.rates, self.trend = widgets.HTML(), widgets.HTML()
        self.nothing = widgets.HTML()
        self._clients: list[int] = []
        self._weeks: list[pd.Timestamp] = []
        self.kind.observe(lambda _: self.act(self.refresh), "value")
        self.by.observe(lambda _: self.act(self._show_rates), "value")
        self.grid.observe(lambda _: self.act(self._show_behind), "chosen")
        self.sections = widgets.VBox(
            [
                section("Who, week by week", self.kind, self.grid, self.behind),
                section("How often", self.by, self.rates),
                section("Does it get better?", self.trend),
            ]
        )
        return (self.nothing, self.sections)

    def refresh(self) -> None:
        """Grade everybody."""
        caseload = self.practice.caseload()
        self._duties = grade(caseload, self.practice.policy(), as_of=self.practice.as_of())
        self._names = caseload.clients.set_index("client_id")["name"].map(plain)
        judged = not self._duties.empty
        self.nothing.value = "" if judged else f"<p>{escape(_EMPTY)}</p>"
        self.sections.layout.display = "" if judged else "none"
        if not judged:
            return
        self._show_grid()
        self._show_behind()
        self._show_rates()
        self._show_trend()

    def _show_grid(self) -> None:
        kind = self.kind.value
        cells = rates_of(self._duties, by=["client", "week"])
        cells = cells[cells[f"{kind}_of"] > 0].dropna(subset="week")
        self._weeks = sorted(cells["week"].unique())[-WEEKS:]
        cells = cells[cells["week"].isin(self._weeks)]
        names = self._names.loc[list(cells["client"].unique())]
        self._clients = [int(key) for key in names.sort_values(key=_folded).index]
        marks = {
            (int(row["client"]), row["week"]): (row[f"{kind}_kept"], row[f"{kind}_of"])
            for row in records(cells)
        }
        rows = [
            {
                "title": self._names[client],
                "cells": [
                    _mark(marks.get((client, week)), self._names[client], week)
                    for week in self._weeks
                ],
            }
            for client in self._clients
        ]
        words = next(words for words, key in KINDS.items() if key == kind)
        with self.grid.hold_sync():
            self.grid.caption = (
                f"{words} on time, of all that were due, in each of the last {WEEKS} weeks with "
                f"any. Choose a mark to see what is behind it."
            )
            self.grid.columns = [f"{week.day} {week:%b}" for week in self._weeks]
            self.grid.rows = rows

    def _show_behind(self) -> None:
        """The duties behind the mark that is chosen, each with its reason."""
        place = self.grid.place
        if place is None:
            self.behind.value = ""
            return
        client, week = self._clients[place[0]], self._weeks[place[1]]
        alone = self.practice.caseload(client=client)
        as_of = self.practice.as_of()
        duties = explain(alone, self.practice.policy(), as_of=as_of)
        kind = self.kind.value
        mine = (duties["duty"] == kind) & (weeks_of(duties) == week)
        mine &= duties["verdict"].isin(_COUNTED[kind])
        where = alone.opportunities.set_index("opportunity_id")[["employer", "role"]]
        lines = []
        for duty in records(duties[mine]):
            employer, role = where.loc[duty["opportunity_id"]]
            whom = f"{plain(employer)} · {plain(role)}"
            verdict = str(duty["verdict"]).replace("_", " ")
            cells = (whom, verdict, plain(duty["reason"]))
            lines.append("".join(f"<td>{escape(cell)}</td>" for cell in cells))
        head = f"{self._names[client]}, week of {full_day(week)}"
        body = "".join(f"<tr>{line}</tr>" for line in lines)
        self.behind.value = (
            f"<h3 role='status'>{escape(head)}</h3><div class='ck-table-wrap'><table><thead><tr>"
            f"<th>Where</th><th>Verdict</th><th>Why</th></tr></thead><tbody>{body}</tbody></table>"
            f"</div>"
        )

    def _show_rates(self) -> None:
        by = [self.by.value] if self.by.value else []
        rates = rates_of(self._duties, by=by)
        if "client" in rates:
            rates = rates.assign(client=rates["client"].map(self._names))
        self.rates.value = f"<div class='ck-table-wrap'>{tell_compliance(rates).html}</div>"

    def _show_trend(self) -> None:
        from coachkit import charts

        weekly = rates_of(self._duties, by="week")
        kind = self.kind.value
        fig, ax = charts.figure(width=11)
        charts.trend(weekly, ax=ax, kind=kind)
        self.trend.value = picture(fig, charts.describe_trend(weekly, kind=kind))


def compliance(practice: AnyPractice | None = None) -> Compliance:
    """How well thank-yous and follow-ups are kept, by whom, and whether it gets better."""
    return Compliance(practice)


def _mark(counts: tuple[int, int] | None, name: str, week: pd.Timestamp) -> dict[str, str] | None:
    if counts is None:
        return None
    kept, of = counts
    level = "all" if kept == of else "some" if kept else "none"
    label = f"{name}, week of {full_day(week)}: {kept} of {of} on time"
    return {"text": f"{kept}/{of}", "level": level, "label": label}


def _folded(names: "pd.Series[str]") -> "pd.Series[str]":
    return names.str.casefold()
