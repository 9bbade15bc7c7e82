"""What a table is taken for, with a choice beside each thing that the coach may say otherwise."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

import ipywidgets as widgets

from coachkit.importing.logs import Event
from coachkit.importing.meanings import DAYS, Column
from coachkit.importing.proposal import Proposal
from coachkit.panels import proposal_words as told
from coachkit.panels.base import heading, html
from coachkit.panels.drafts import Draft, is_order_asked
from coachkit.panels.forms import field
from coachkit.telling import plain

#: What stands in a choice that nobody made.
NOT_SAID = ""
#: No more choices, and no more ticks, than these of one kind are shown for a table.
MOST_CHOICES, MOST_TICKS = 40, 50
_DEFAULT_WAITS = "Not said: the default waits"


class TableForm(widgets.VBox):
    """One table of a proposal: columns, statuses, fields, rows, and the events that it quotes.

    Parameters
    ----------
    draft
        The table, and what is said of it; every choice is written there.
    said
        Called when the coach chose something.
    today
        The coach's day: what lies ahead has not been sent yet.
    """

    def __init__(self, draft: Draft, said: Callable[[], Any], *, today: date) -> None:
        self.draft, self._said, self._today = draft, said, today
        self.columns: dict[str, ColumnChoice] = {}
        self.statuses = Choices("What each status means", "Statuses that are understood")
        self.fields = Choices("Which field each role belongs to", "Roles whose field is known")
        self.ticks: dict[Event, widgets.Checkbox] = {}
        self.rows, self.asked = widgets.HTML(), widgets.HTML()
        self._columns = widgets.VBox(self._column_rows())
        self._events = widgets.VBox()
        says = [plain(one) for one in draft.table.says]
        if draft.known.columns or draft.known.orders or draft.known.statuses:
            says.append("It is read as you said of files like it before.")
        super().__init__(
            [
                heading(plain(draft.name), 3),
                html(told.words(*says)),
                self.asked,
                self._columns,
                self.statuses,
                self.fields,
                heading("What becomes of the rows", 4),
                self.rows,
                self._events,
            ]
        )
        self.add_class("ck-table-form")
        self.show()

    def show(self) -> None:
        """Draw what became of the rows since the table was last read; choices stay in place."""
        table = self.draft.table
        for column in table.columns:
            if column.header in self.columns:
                self.columns[column.header].show(column)
        asked = self.draft.asked()
        self.asked.value = told.lines("Please say first, else it waits:", asked)
        self.rows.value = told.words(told.counts(Proposal((table,)))) + told.fates(table)
        unknown = {one for one, status in table.statuses.items() if status == "unknown"}
        lost = {role for role, name in self.draft.fields.items() if name is None}
        self.statuses.show(table.statuses, unknown, self._status)
        self.fields.show(self.draft.fields, lost, self._field)
        self._events.children = self._event_rows()

    # -- columns ---------------------------------------------------------------------------------

    def _column_rows(self) -> list[widgets.Widget]:
        draft = self.draft
        named = [column for column in draft.table.columns if draft.correctable(column)]
        open_ones = [one for one in named if one.meaning == "undecided" or is_order_asked(one)]
        known = [
            one for one in named if one not in open_ones and (one.meaning != "other" or one.says)
        ]
        left = [one for one in named if one not in open_ones and one not in known]
        for column in [*open_ones, *known, *left[:MOST_CHOICES]]:
            self.columns[column.header] = ColumnChoice(draft, column, self._said)
        rows: list[widgets.Widget] = [heading("What each column means", 4)] if named else []
        rows += [self.columns[one.header] for one in [*open_ones, *known]]
        if left:
            inner = [self.columns[one.header] for one in left[:MOST_CHOICES]]
            if len(left) > MOST_CHOICES:
                inner.append(html(told.words(f"And {len(left) - MOST_CHOICES} more.")))
            rows.append(_folded(f"Columns that are left out ({len(left)})", inner))
        return [*rows, html(self._unnamed())]

    def _unnamed(self) -> str:
        """Columns of which nothing can be said here, and why."""
        table = self.draft.table
        refused = [told.column_name(one) for one in table.columns if one.refused]
        unnamed = [
            f"{told.column_name(one)}: {told.MEANINGS.get(one.meaning, 'not certain')}"
            for one in table.columns
            if not (one.refused or self.draft.correctable(one) or table.calendar)
            and (one.examples or one.header)
        ]
        return told.lines("Refused: it looks like a password, and was not read:", refused) + (
            told.lines(
                "These have no name, or share it. To say what they are, name each in the file:",
                unnamed,
            )
        )

    # -- statuses and fields ---------------------------------------------------------------------

    def _status(self, spelling: str, status: str) -> widgets.Dropdown:
        asked = status == "unknown"
        options = [(words, key) for key, words in told.STATUSES.items()]
        choice = field(
            widgets.Dropdown(
                options=[("— please say —", NOT_SAID), *options] if asked else options,
                value=NOT_SAID if asked else status,
            ),
            f"{'Please say what' if asked else 'Status'} {told.cell(spelling)}"
            f"{' means' if asked else ''}",
        )
        choice.observe(
            lambda change: self._say(self.draft.statuses, spelling, change["new"]), "value"
        )
        return choice

    def _field(self, role: str, name: str | None) -> widgets.Dropdown:
        known = list(self.draft.policy.fields)
        if name is not None and name not in known:
            known.append(name)
        options = [(plain(one), one) for one in known]
        if name is None:
            options = [(_DEFAULT_WAITS, NOT_SAID), *options]
        choice = field(
            widgets.Dropdown(options=options, value=name or NOT_SAID),
            f"Field of {told.cell(role)}",
        )
        choice.observe(
            lambda change: self._say(self.draft.said_fields, role, change["new"]), "value"
        )
        return choice

    # -- events ----------------------------------------------------------------------------------

    def _event_rows(self) -> list[widgets.Widget]:
        quoted = list(dict.fromkeys(self.draft.table.read.events))
        if not quoted:
            self.draft.ticked = set()
            return []
        can = self.draft.tickable(self._today)
        self.draft.ticked &= set(can)
        for event in can[:MOST_TICKS]:
            if event not in self.ticks:
                self.ticks[event] = self._tick(event)
        only = [told.told_event(one) for one in quoted if one not in can[:MOST_TICKS]]
        rows = [heading("Told in their own words", 4)]
        if can:
            rows.append(
                html(told.words("Nothing of this is logged but what you tick; read it first."))
            )
        rows += [self.ticks[event] for event in can[:MOST_TICKS]]
        rows.append(html(told.lines("Only quoted; log it yourself if it is so:", only)))
        return rows

    def _tick(self, event: Event) -> widgets.Checkbox:
        tick = widgets.Checkbox(
            value=False, description=told.told_event(event), indent=False, layout={"width": "auto"}
        )
        tick.description_allow_html = False
        tick.add_class("ck-tick-event")

        def on_tick(change: Mapping[str, Any]) -> None:
            (self.draft.ticked.add if change["new"] else self.draft.ticked.discard)(event)

        tick.observe(on_tick, "value")
        return tick

    def _say(self, said: dict[str, Any], what: str, value: str) -> None:
        if value == NOT_SAID:
            said.pop(what, None)
        else:
            said[what] = value
        self._said()


class Choices(widgets.VBox):
    """Choices by name: those that are asked for, then folded away those that are understood.

    What was once asked for stays where it is when it is answered.
    """

    def __init__(self, title: str, folded: str) -> None:
        self.by_name: dict[str, widgets.Dropdown] = {}
        self._asked: list[str] = []
        self._folded = folded
        self._title, self._more = heading(title, 4), widgets.HTML()
        self._top, self._rest = widgets.VBox(), widgets.VBox()
        self._fold = widgets.Accordion([self._rest], titles=(folded,))
        super().__init__()

    def show(
        self,
        found: Mapping[str, Any],
        asked: Collection[str],
        make: Callable[[str, Any], widgets.Dropdown],
    ) -> None:
        """Show a choice for each name that there now is, as many as fit."""
        for name in sorted(found, key=lambda one: one not in asked):
            if name not in self.by_name and len(self.by_name) < MOST_CHOICES:
                self.by_name[name] = make(name, found[name])
                if name in asked:
                    self._asked.append(name)
        there = [name for name in self.by_name if name in found]
        rest = [name for name in there if name not in self._asked]
        self._top.children = [self.by_name[name] for name in there if name in self._asked]
        self._rest.children = [self.by_name[name] for name in rest]
        self._fold.titles = (f"{self._folded} ({len(rest)})",)
        more = len(found) - len(there)
        self._more.value = told.words(f"And {more:,} more that do not fit here." if more else "")
        shown = [self._title, self._top, *([self._fold] if rest else []), self._more]
        self.children = shown if there else []


class ColumnChoice(widgets.VBox):
    """What a column means, and where it names days which comes first, day or month."""

    def __init__(self, draft: Draft, column: Column, said: Callable[[], Any]) -> None:
        self._draft, self._header, self._said = draft, column.header, said
        first = list(dict.fromkeys(one for one in column.candidates if one in told.MEANINGS))
        order = [*first, *(one for one in told.MEANINGS if one not in first)]
        options = [(told.MEANINGS[one], one) for one in order]
        asked = column.meaning == "undecided"
        self.meaning = field(
            widgets.Dropdown(
                options=[("— please say —", NOT_SAID), *options] if asked else options,
                value=NOT_SAID if asked else column.meaning,
            ),
            "",
        )
        self.order = field(
            widgets.Dropdown(
                options=[
                    ("— please say —", NOT_SAID),
                    *((words, key) for key, words in told.ORDERS.items()),
                ],
                value=column.order if column.order in told.ORDERS else NOT_SAID,
            ),
            "",
        )
        self.about = widgets.HTML()
        self.meaning.observe(lambda change: self._say(draft.columns, change["new"]), "value")
        self.order.observe(lambda change: self._say(draft.orders, change["new"]), "value")
        choices = widgets.HBox([self.meaning, self.order], _dom_classes=["ck-row-of-fields"])
        super().__init__([choices, self.about])
        self.add_class("ck-column")
        self.show(column)

    def show(self, column: Column) -> None:
        """Draw the column as it is now read."""
        name = told.column_name(column)
        asked = column.meaning == "undecided"
        self.meaning.description = f"Please say what {name} is" if asked else f"{name} is"
        numeric = column.order in (*told.ORDERS, "undecided") and column.meaning in DAYS
        self.order.layout.display = "" if numeric else "none"
        what = "What comes first in"
        self.order.description = (
            f"Please say: {what.lower()} {name}" if is_order_asked(column) else f"{what} {name}"
        )
        self.about.value = told.words(told.about_column(column))

    def _say(self, said: dict[str, Any], value: str) -> None:
        if value == NOT_SAID:
            said.pop(self._header, None)
        else:
            said[self._header] = value
        self._said()


def _folded(title: str, inner: Iterable[widgets.Widget]) -> widgets.Accordion:
    return widgets.Accordion([widgets.VBox(list(inner))], titles=(title,))
