"""How long to wait in which field: try other waits, see what they would change, then save them."""

from collections.abc import Iterable
from datetime import datetime, time
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

import ipywidgets as widgets
import pandas as pd

from coachkit import errors, terms
from coachkit._days_in_words import full_day
from coachkit.panels.base import Panel, section
from coachkit.panels.controls import Sliders
from coachkit.panels.doing import Row, records
from coachkit.panels.forms import Form, WrongFields, field, offer
from coachkit.panels.moments import coachs_day
from coachkit.policy import Policy
from coachkit.practice import AnyPractice
from coachkit.telling import plain
from coachkit.whatif import ENOUGH, LIMITS, WhatIf, what_if

#: What each slider says: its label, its unit in the singular and the plural.
SPANS = {
    "wait_days": ("Wait before the first follow-up", "day", "days"),
    "later_wait_days": ("Wait after one that got no answer", "day", "days"),
    "window_days": ("Still on time for", "business day", "business days"),
    "max_unanswered": ("Follow-ups without an answer, at most", "follow-up", "follow-ups"),
    "promise_grace_days": ("Grace past a promised day", "day", "days"),
    "let_go_weeks": ("Let go after silence of", "week", "weeks"),
}
#: How far each slider goes; what lies beyond is entered by nobody.
REACH = LIMITS | {"wait_days": 30, "later_wait_days": 30, "window_days": 10, "let_go_weeks": 26}
#: The verdicts that count, as a coach reads them.
_VERDICTS = {
    "on_time": "on time",
    "late": "late",
    "missed": "missed",
    "too_soon": "too soon",
    "too_many": "one too many",
}
_ACTIONS = {"follow_up": "follow up", "let_go": "let go", "nothing": "nothing to do"}
_HEADS = (
    *("Field", "Pace", "Wait", "Then", "Window", "At most", "Grace", "Let go", "Thank-you"),
    *("Opportunities", "What grounds it"),
)
#: No more moves than these are listed.
_LISTED = 25


class WaitPeriods(Panel):
    """The waits of each field, with a preview of what others would change."""

    title = "Wait periods"

    def parts(self) -> Iterable[widgets.Widget]:
        """The field and its sliders, what they would change, saving, and all fields."""
        self.field = field(widgets.Dropdown(), "Field")
        self.field.add_class("ck-tuned-field")
        self.sliders = Sliders()
        self.grounds = widgets.HTML()
        self.preview = widgets.HTML()
        self.preview.add_class("ck-preview")
        self.form = Form(
            {
                "begins": field(widgets.DatePicker(), "From this day on"),
                "reason": field(
                    widgets.Text(layout=widgets.Layout(width="100%")), "Why (kept with the waits)"
                ),
            },
            self._save,
            button="Save these waits",
            keep=("begins",),
            columns={"effective_from": "begins"},
        )
        self.form.guard = self.write
        self.past, self.table = widgets.HTML(), widgets.HTML()
        self.undo = widgets.Button(description="Take back the last change")
        self.undo.on_click(lambda _: self.write(self._take_back))
        self._what_if: WhatIf | None = None
        self._policy = Policy.default()
        self.field.observe(lambda _: self.act(self._choose), "value")
        self.sliders.observe(lambda _: self.act(self._show_preview), "chosen")
        return (
            section("Try other waits", self.field, self.grounds, self.sliders, name="tuner"),
            section("What they would change", self.preview),
            section("Save", self.form, self.past, self.undo),
            section("All fields", self.table),
        )

    def refresh(self) -> None:
        """Read the waits and everybody's history anew."""
        self._policy = self.practice.policy()
        self._caseload = self.practice.caseload()
        used = self._caseload.opportunities["field"].astype("str").value_counts()
        known = [*used.index, *(one for one in self._policy.fields if one not in used.index)]
        offer(self.field, [*known, terms.DEFAULT_FIELD])
        if self.form.fields["begins"].value is None:
            self.form.fields["begins"].value = coachs_day(self.practice)
        self._choose()
        self._show_table(used)
        self.undo.layout.display = "none" if self._last_change() is None else ""

    def _choose(self) -> None:
        """Get ready to try out waits for the field that is chosen."""
        as_of, name = self.practice.as_of(), self.field.value
        if name is None:
            return
        row = self._policy.row(name, at=as_of)
        self.grounds.value = f"<p>{escape(_grounds(row, name))}</p>"
        self._show_past(name)
        self._what_if = None
        try:
            self._what_if = what_if(self._caseload, self._policy, name, as_of=as_of)
        finally:
            self._set_sliders({key: int(row[key]) for key in SPANS})  # type: ignore[call-overload]
        self._show_preview()

    def _set_sliders(self, now: dict[str, int]) -> None:
        with self.sliders.hold_sync():
            self.sliders.spans = [
                {
                    "name": name,
                    "label": label,
                    "unit": unit,
                    "units": units,
                    "max": min(max(REACH[name], now[name]), LIMITS[name]),
                    "now": now[name],
                }
                for name, (label, unit, units) in SPANS.items()
            ]
            self.sliders.chosen = now

    def _show_preview(self) -> None:
        """What the sliders would change: verdicts of the past, and today's actions."""
        if self._what_if is None or not self.sliders.chosen:
            self.preview.value = ""
            return
        spans = dict(self.sliders.chosen)
        judged, moves = self._what_if.judged(**spans), self._what_if.moves(**spans)
        self.preview.value = told_judged(judged) + told_moves(moves)

    def _changed(self) -> dict[str, int]:
        now = self._what_if.now if self._what_if else {}
        return {
            name: value for name, value in self.sliders.chosen.items() if value != now.get(name)
        }

    def _save(self, entered: dict[str, Any]) -> str:
        changed, name, day = self._changed(), self.field.value, entered["begins"]
        if day is None:
            raise WrongFields({"begins": "Enter the day from which the waits are to hold."})
        if not changed:
            raise errors.OutOfRange("Nothing was changed: move a slider first.")
        zone = self.practice.timezone
        begins = datetime.combine(day, time(0), ZoneInfo(zone) if zone else None).astimezone()
        self.practice.set_wait(
            name, effective_from=begins, reason=entered["reason"] or None, **changed
        )
        return f"Saved: from {full_day(day)} on, {_named(name)} has these waits."

    def _last_change(self) -> Row | None:
        history = getattr(self.practice, "history", None)
        if history is None:
            return None
        done = history()
        done = done[done["state"] == "done"]
        return None if done.empty else records(done.head(1))[0]

    def _take_back(self) -> str:
        return str(self.practice.undo())  # type: ignore[attr-defined]

    def _show_past(self, name: str) -> None:
        """The versions of a field's waits, the latest first."""
        rows = self._policy.table[self._policy.table["field"] == name]
        rows = rows.sort_values("effective_from", ascending=False, na_position="last")
        lines = [
            f"<li>{escape(_version(row, self.practice.timezone))}</li>" for row in records(rows)
        ]
        told = f"<h3>{escape(_named(name))} so far</h3><ul>{''.join(lines)}</ul>"
        self.past.value = told if lines else ""

    def _show_table(self, used: "pd.Series[int]") -> None:
        as_of = self.practice.as_of()
        lines = []
        for name in (*self._policy.fields, terms.DEFAULT_FIELD):
            row = self._policy.row(name, at=as_of)
            cells = [_named(name), str(row["pace"]), *(str(row[key]) for key in SPANS)]
            cells += [f"{row['thank_you_hours']}", str(used.get(name, 0)), _evidence(row)]
            lines.append("".join(f"<td>{escape(cell)}</td>" for cell in cells))
        head = "".join(f"<th>{words}</th>" for words in _HEADS)
        body = "".join(f"<tr>{line}</tr>" for line in lines)
        units = (
            "Wait, then and grace in days; window in business days; at most: follow-ups without an "
            "answer; let go in weeks of silence; thank-you in hours."
        )
        self.table.value = (
            f"<p>{units}</p><div class='ck-table-wrap'><table><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table></div>"
        )


def wait_periods(practice: AnyPractice | None = None) -> WaitPeriods:
    """Which wait suits which field: try it out on what happened, then save it from a day on."""
    return WaitPeriods(practice)


def told_judged(judged: pd.DataFrame) -> str:
    """How the past would have been judged, beside how it was; with a warning where it is little."""
    # as plain lists, since this is done at every step of a slider
    now, then, count = (judged[name].tolist() for name in ("now", "then", "follow_ups"))
    pairs = list(zip(now, then, count, strict=True))
    counts = [
        (
            words,
            sum(many for before, _, many in pairs if before == key),
            sum(many for _, after, many in pairs if after == key),
        )
        for key, words in _VERDICTS.items()
    ]
    weighed = sum(many for *sides, many in pairs if not _VERDICTS.keys().isdisjoint(sides))
    if not weighed:
        return "<p>No follow-up of this field was judged yet: there is no past to compare with.</p>"
    differ = sum(many for before, after, many in pairs if before != after)
    lines = "".join(
        f"<tr><td>{words}</td><td class='ck-number'>{before}</td><td class='ck-number'>{after}</td>"
        f"<td class='ck-number'>{f'{after - before:+d}' if after != before else 'same'}</td></tr>"
        for words, before, after in counts
    )
    warning = (
        f"<p><strong>Only {weighed} were judged: too few to say what suits this field.</strong></p>"
        if weighed < ENOUGH
        else ""
    )
    return (
        f"<p><strong>{differ}</strong> of {weighed} past follow-ups would be judged otherwise, had "
        f"these waits held all along.</p>{warning}<table><thead><tr><th>Follow-ups</th>"
        f"<th class='ck-number'>Now</th><th class='ck-number'>With these waits</th>"
        f"<th class='ck-number'>Difference</th></tr></thead><tbody>{lines}</tbody></table>"
    )


def told_moves(moves: pd.DataFrame) -> str:
    """Which of today's actions would move, from when to when."""
    if moves.empty:
        return "<p>None of today's actions would move.</p>"
    lines = []
    for move in records(moves.head(_LISTED)):
        whom = " · ".join(plain(move[name]) for name in ("client", "employer", "role"))
        cells = (whom, _standing(move, "now"), _standing(move, "then"))
        lines.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    more = len(moves) - _LISTED
    rest = f"<p>And {more} more.</p>" if more > 0 else ""
    return (
        f"<p><strong>{len(moves)}</strong> of today's actions would move, once these waits hold "
        f"for them: saved from a day on, they hold for what begins from then on, and what runs "
        f"already keeps its dates.</p><div class='ck-table-wrap'><table><thead><tr>"
        f"<th>Who and where</th><th>Now</th><th>With these waits</th></tr></thead>"
        f"<tbody>{''.join(lines)}</tbody></table></div>{rest}"
    )


def _standing(move: Row, when: str) -> str:
    action, urgency, day = (move[f"{when}_{name}"] for name in ("action", "urgency", "due_on"))
    if action == "nothing":
        return _ACTIONS[action]
    words = {"this_week": "this week"}.get(urgency, urgency)
    return f"{_ACTIONS[action]}, {full_day(day)} ({words})"


def _named(name: str) -> str:
    return "every field without waits of its own" if name == terms.DEFAULT_FIELD else name


def _grounds(row: dict[str, Any], name: str) -> str:
    own = "" if row["field"] == name else " It has no waits of its own yet: the default holds."
    evidence = _evidence(row)
    return f"Pace: {row['pace']}.{own}{f' What grounds it: {evidence}.' if evidence else ''}"


def _evidence(row: dict[str, Any]) -> str:
    parts = [row.get(name) for name in ("basis", "evidence")]
    told = [plain(part).rstrip(".") for part in parts if isinstance(part, str) and part]
    return ": ".join(told)


def _version(row: Row, zone: str | None) -> str:
    begin = row["effective_from"]
    begin = begin if pd.isna(begin) or not zone else begin.tz_convert(zone)
    when: str = "From the beginning" if pd.isna(begin) else f"From {full_day(begin)}"
    waits = f"{row['wait_days']} days, then {row['later_wait_days']}"
    window = f"on time for {row['window_days']} business days"
    most = f"at most {row['max_unanswered']} unanswered, let go after {row['let_go_weeks']} weeks"
    evidence = _evidence(row)
    return f"{when}: waits {waits}; {window}; {most}.{f' {evidence}.' if evidence else ''}"
