"""Reports and calendars as files: for the client, for all of them, for the coach, for a sponsor."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import ipywidgets as widgets

from coachkit import errors
from coachkit.panels.base import Panel, heading
from coachkit.panels.beside import Beside
from coachkit.panels.folders import folder_field, folder_named, put
from coachkit.panels.forms import Said, field
from coachkit.panels.in_place import in_place

if TYPE_CHECKING:
    import pandas as pd

    from coachkit.caseload import Caseload
    from coachkit.policy import Policy
    from coachkit.reports.shelf import Done, Format

_FORMS: "tuple[tuple[Format, str, bool], ...]" = (
    ("html", "Page for the browser (HTML)", True),
    ("pdf", "PDF", True),
    ("docx", "Word", False),
    ("xlsx", "Workbook (XLSX)", False),
)
#: Writes file by file; called beside the kernel.
Steps: TypeAlias = "Callable[[], Iterator[Done]]"


class Reports(widgets.VBox):
    """Buttons that write reports and calendars into a folder, which is named.

    Parameters
    ----------
    panel
        Whose practice they are made from; ``show`` says whose client report is offered.
    """

    def __init__(self, panel: Panel) -> None:
        self._panel, self._client_id = panel, 0
        self._work: Beside[Done] | None = None
        self._done, self._written, self._noun = 0, 0, "report"
        self._files: tuple[str, ...] = ()
        self.forms: dict[Format, widgets.Checkbox] = {
            form: widgets.Checkbox(value=on, description=words, indent=False)
            for form, words, on in _FORMS
        }
        self.since = field(widgets.DatePicker(), "Only what came due from this day on (or empty)")
        self.folder = folder_field("Folder for reports and calendars")
        self.reports = {
            "client": self._button("This client's report", self._client_report),
            "all": self._button("A report for every client", self._all_reports),
            "caseload": self._button("The caseload, for you", self._caseload_report),
            "sponsor": self._button("For a sponsor, nobody named", self._sponsor_report),
        }
        self.calendars = {
            "client": self._button("This client's calendar", self._client_calendar),
            "all": self._button("A calendar for every client", self._all_calendars),
            "coach": self._button("Your own calendar", self._own_calendar),
        }
        self.bar = widgets.IntProgress(description="Done", min=0)
        self.bar.add_class("ck-progress")
        self.cancel = widgets.Button(description="Cancel", button_style="warning")
        self.cancel.add_class("ck-cancel")
        self.cancel.on_click(lambda _: panel.act(self._stop))
        self.working = widgets.HBox([self.bar, self.cancel], _dom_classes=["ck-row-of-buttons"])
        self.working.layout.display = "none"
        self.told, self.fault = Said(), Said(alarm=True)
        super().__init__(
            [
                widgets.HBox(list(self.forms.values()), _dom_classes=["ck-row-of-ticks"]),
                *(self.since, self.folder, heading("Reports", 3), _row(self.reports)),
                *(heading("Calendars (ICS)", 3), _row(self.calendars)),
                *(self.working, self.told, self.fault),
            ]
        )
        self.add_class("ck-reports")
        self.add_class("ck-form")

    def show(self, client_id: int | None) -> None:
        """Offer this client's own; None: nobody is chosen."""
        if client_id != self._client_id and self._work is None:
            self.told.say("")  # which may name whoever was there before
            self.fault.say("")
        self._client_id = client_id or 0
        for buttons in (self.reports, self.calendars):
            buttons["client"].layout.display = "" if client_id else "none"

    def close(self) -> None:
        """Leave the page: work under way stops, and what was written stays."""
        if self._work is not None:
            self._work.stop()
        super().close()

    # -- reports ---------------------------------------------------------------------------------

    def _client_report(self) -> None:
        self._make([self._client_id])

    def _all_reports(self) -> None:
        clients = self._panel.practice.caseload().clients["client_id"]
        self._make([int(one) for one in clients])

    def _caseload_report(self) -> None:
        self._make_one("caseload")

    def _sponsor_report(self) -> None:
        self._make_one("sponsor")

    def _make(self, clients: list[int]) -> None:
        """A report a client, each from that client's rows alone."""
        from coachkit.reports.shelf import client_orders, write_reports

        practice = self._panel.practice
        if not clients:
            raise errors.UnknownClient(_NOBODY)
        alone = len(clients) == 1
        caseload = practice.caseload(client=clients[0]) if alone else practice.caseload()
        orders = partial(
            client_orders,
            *(caseload, practice.policy(), clients),
            as_of=practice.as_of(),
            since=self.since.value,
            formats=self._chosen(),
            folder=folder_named(self.folder.value),
        )
        self._begin(lambda: write_reports(orders()), len(clients), "report")

    def _make_one(self, kind: str) -> None:
        from coachkit.reports.shelf import Order, write_reports

        practice = self._panel.practice
        caseload = practice.caseload()
        if caseload.clients.empty:
            raise errors.UnknownClient(_NOBODY)
        about = (caseload, practice.policy(), practice.as_of(), self.since.value)
        order = Order(
            "caseload" if kind == "caseload" else "sponsor",
            *about,
            self._chosen(),
            folder_named(self.folder.value),
        )
        self._begin(lambda: write_reports([order]), 1, "report")

    def _chosen(self) -> "tuple[Format, ...]":
        chosen = tuple(form for form, tick in self.forms.items() if tick.value)
        if not chosen:
            raise errors.UnreadableValue("Tick at least one form for the report.")
        return chosen

    # -- beside the kernel -----------------------------------------------------------------------

    def _begin(self, steps: Steps, many: int, noun: str) -> None:
        folder = folder_named(self.folder.value)
        self._done = self._written = 0
        self._files = ()
        self.bar.max, self.bar.value = many, 0
        self._show_working(many, working=True)
        self._noun = noun
        self.told.say(f"Writing {told_number(many, noun)}…")
        self._work = Beside(steps, on_step=self._on_step, on_end=partial(self._on_end, folder))
        self._work.start()

    def _on_step(self, done: "Done") -> None:
        self._done += 1
        self._written += len(done.written)
        self._files = done.files
        self.bar.value = self._done

    def _on_end(self, folder: Path, fault: Exception | None) -> None:
        """Say what stands; a fault is told as any other."""
        stopped = self._work is not None and self._work.stopping and self._done < self.bar.max
        self._work = None
        self._show_working(self.bar.max, working=False)
        self.told.say("")
        if fault is None:
            self.told.say(self._told(folder, stopped=stopped))
        else:
            self._panel.act(in_place(self.fault, partial(_raise, fault)))

    def _told(self, folder: Path, *, stopped: bool) -> str:
        if stopped:
            return (
                f"Cancelled: {self._done} of {told_number(self.bar.max, self._noun)} stand in "
                f"{folder}. The same button goes on from there."
            )
        files = told_number(self._written, "file")
        names = f": {', '.join(self._files)}" if self.bar.max == 1 else ""
        if not self._written:
            return f"Nothing has changed: what lies in {folder} is as it would be now{names}."
        return f"{files} written to {folder}{names}."

    def _show_working(self, many: int, *, working: bool) -> None:
        self.working.layout.display = "" if working and many > 1 else "none"
        self.cancel.disabled = False
        for button in (*self.reports.values(), *self.calendars.values()):
            button.disabled = working

    def _stop(self) -> None:
        if self._work is not None:
            self._work.stop()
            self.cancel.disabled = True
            self.told.say("Stopping when those that are being written are whole…")

    # -- calendars -------------------------------------------------------------------------------

    def _client_calendar(self) -> None:
        self._write_calendars([self._client_id])

    def _all_calendars(self) -> None:
        clients = self._panel.practice.caseload().clients["client_id"]
        self._write_calendars([int(one) for one in clients])

    def _own_calendar(self) -> None:
        self._write_calendars([None])

    def _write_calendars(self, clients: list[int | None]) -> None:
        practice = self._panel.practice
        folder = folder_named(self.folder.value)
        alone = clients[0] if len(clients) == 1 else None
        caseload = practice.caseload(client=alone)
        if caseload.clients.empty:
            raise errors.UnknownClient(_NOBODY)
        about = (caseload, practice.policy(), practice.as_of(), practice.name)
        self._begin(lambda: calendars(*about, clients, folder), len(clients), "calendar")

    def _button(self, words: str, what: Callable[[], None]) -> widgets.Button:
        button = widgets.Button(description=words)
        button.on_click(lambda _: self._panel.act(in_place(self.fault, partial(self._do, what))))
        return button

    def _do(self, what: Callable[[], None]) -> None:
        """Once at a time: what is under way goes on."""
        if self._work is None:
            self.told.say("")
            what()


def calendars(
    caseload: "Caseload",
    policy: "Policy",
    as_of: "pd.Timestamp",
    practice: str,
    clients: list[int | None],
    folder: Path,
) -> "Iterator[Done]":
    """Write a calendar for each client, and for None the coach's; each is told as it stands."""
    from coachkit.exports.files import file_name
    from coachkit.exports.ics import to_ics
    from coachkit.reports.shelf import Done

    names = caseload.clients.set_index("client_id")["name"]
    for client in clients:
        name = "calendar.ics" if client is None else file_name(names[client], client, "ics")
        put(folder, name, to_ics(caseload, policy, as_of=as_of, client=client, practice=practice))
        yield Done((name,), (name,), {})


def told_number(number: int, noun: str) -> str:
    """``1 file``, ``2 files``."""
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"


_NOBODY = "There is no client yet, and so nothing to write. Take the first one on."


def _row(buttons: dict[str, widgets.Button]) -> widgets.HBox:
    return widgets.HBox(list(buttons.values()), _dom_classes=["ck-row-of-buttons"])


def _raise(fault: Exception) -> None:
    raise fault
