"""Whom do I call? The whole caseload, most pressing first, to be ticked off as it is done."""

from collections.abc import Iterable

import ipywidgets as widgets

from coachkit._days_in_words import full_day
from coachkit.agenda import plan
from coachkit.panels.base import Panel
from coachkit.panels.doing import GROUPS, Doing, Row, groups_of
from coachkit.panels.lists import ActionList
from coachkit.panels.moments import coachs_day
from coachkit.panels.writing import Writing
from coachkit.practice import AnyPractice

_KEYS = list(GROUPS)
#: After how many seconds without a click the touched clients' other rows are drawn anew.
_MOMENT = 0.3
_EMPTY = (
    "Nothing to do today. Log an interview on the page “Client session”, or bring what you already "
    "have on “Bring your own”: its thank-you will stand here."
)


class Today(Panel):
    """The agenda of all clients: tick off, snooze, write the note, and see who has gone quiet."""

    title = "Today"

    def __init__(self, practice: AnyPractice | None = None) -> None:
        self.list = ActionList(
            bulk=[{"key": "done", "label": "Mark ticked as done"}],
            empty=_EMPTY,
            label="What is to be done",
        )
        self.list.add_class("ck-today")
        self.list.on_act(self._on_act)
        self.summary = widgets.HTML()
        super().__init__(practice)

    def parts(self) -> Iterable[widgets.Widget]:
        """A line that counts, the note that is being written, then the list."""
        self._doing = Doing(self.practice)
        self._touched: set[int] = set()
        self.writing = Writing(self, only_to_close=True)
        return (self.summary, self.writing, self.list)

    def refresh(self) -> None:
        """Plan for everybody."""
        as_of = self.practice.as_of()
        caseload = self.practice.caseload()
        self._policy = self.practice.policy()
        agenda = plan(caseload, self._policy, as_of=as_of)
        self._doing = Doing(self.practice)
        self._touched.clear()
        rows = self._doing.rows(agenda, caseload.opportunities)
        with self.list.hold_sync():
            self.list.groups = groups_of(rows)
            self.list.rows = rows
        self.writing.show()
        self._count()

    def _count(self) -> None:
        day = full_day(coachs_day(self.practice))
        counts = dict.fromkeys(GROUPS, 0)
        for row in self.list.rows:
            counts[row["group"]] += not row.get("done")
        clients = {row["title"] for row in self.list.rows if row["group"] in ("overdue", "today")}
        told = f"{counts['overdue']} overdue and {counts['today']} for today"
        whom = f", {len(clients)} clients" if clients else ""
        self.summary.value = f"<p class='ck-lead'>{day}: <strong>{told}</strong>{whom}.</p>"

    def _on_act(self, action: str, ids: list[str], value: str | None) -> None:
        if self._token() != self._seen:  # somebody else changed it, and it is not drawn yet
            self.redraw()
        doing = self._doing
        wanted = doing.done if action == "undo" else doing.item_of
        still = [row_id for row_id in ids if row_id in wanted]
        told: list[str] = []
        if not still:
            self.list.said = "That was changed in the meantime: look at the list as it is now."
        elif action == "note":
            self.act(lambda: self.writing.write(*doing.note_for(still[0])))
        elif self.act(lambda: told.append(doing.do(action, still, value))):
            self._seen = self._token()
            self._answer(doing, still, told[0])
            self._touched |= {int(doing.item_of[row_id]["client_id"]) for row_id in still}
            self.soon(lambda: self.act(self._show_touched), after=_MOMENT)

    def _answer(self, doing: Doing, ids: list[str], told: str) -> None:
        """Show at once what was done, in the rows themselves."""
        was = {row["id"]: row for row in self.list.rows}
        groups = {row_id: was[row_id]["group"] for row_id in ids}
        rows = [doing.row(row_id) | {"group": groups[row_id]} for row_id in ids]
        left = was | {row["id"]: row for row in rows}
        self.list.patch(rows, groups=groups_of(left.values()), said=told)
        self._count()

    def _show_touched(self) -> None:
        """Draw anew what belongs to the clients that were touched; all else stands."""
        doing, as_of = self._doing, self.practice.as_of()
        touched, self._touched = self._touched, set()
        was = {row["id"]: row for row in self.list.rows}
        mine = [row_id for row_id in was if doing.item_of[row_id]["client_id"] in touched]
        now: dict[str, Row] = {}
        for client in touched:
            caseload = self.practice.caseload(client=client)
            agenda = plan(caseload, self._policy, as_of=as_of)
            now |= {row["id"]: row for row in doing.rows(agenda, caseload.opportunities)}
        for row_id in mine:  # what was done stays where it was until all is drawn anew
            if row_id in doing.done:
                now[row_id] = doing.row(row_id) | {"group": was[row_id]["group"]}
        removed = [row_id for row_id in mine if row_id not in now]
        every = {row_id: row for row_id, row in was.items() if row_id not in removed} | now
        order = sorted(every, key=lambda row_id: _KEYS.index(every[row_id]["group"]))
        self.list.patch(
            now.values(), removed=removed, order=order, groups=groups_of(every.values())
        )
        self._count()


def today(practice: AnyPractice | None = None) -> Today:
    """Whom do I call today? Everything that is to be done, most pressing first, with its reason."""
    return Today(practice)
