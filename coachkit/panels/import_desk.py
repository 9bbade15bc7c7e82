"""Bring trackers and calendars in: chosen, looked over, corrected, and only then imported."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import ipywidgets as widgets

from coachkit import errors
from coachkit.importing.proposal import Proposal
from coachkit.panels import proposal_words as told
from coachkit.panels.base import Panel, close_all, heading, html
from coachkit.panels.drafts import Draft
from coachkit.panels.forms import Said, field
from coachkit.panels.moments import coachs_day
from coachkit.panels.proposal_form import TableForm
from coachkit.panels.taking_in import (
    Looked,
    Progress,
    Taken,
    Upload,
    aside_path,
    look_at,
    look_at_uploads,
    take_in,
)
from coachkit.panels.whose import Whose
from coachkit.panels.work import Work
from coachkit.practice import Practice
from coachkit.telling import plain

if TYPE_CHECKING:
    import pandas as pd

#: How long after the last choice a table is read anew, in seconds.
_AFTER_A_CHOICE = 0.4
_WIDE = {"width": "100%"}


class ImportDesk(widgets.VBox):
    """From files to a practice; nothing is written until "Import these" is clicked.

    Parameters
    ----------
    panel
        Whose practice it is written into.
    """

    def __init__(self, panel: Panel) -> None:
        self._panel = panel
        self.drafts: tuple[Draft, ...] = ()
        self.forms: dict[int, TableForm] = {}
        self._stale: set[int] = set()
        self._change_id: int | None = None
        self.work = Work()
        self.upload = widgets.FileUpload(
            accept=".csv,.tsv,.tab,.txt,.xlsx,.xlsm,.ics",
            multiple=True,
            description="Choose files…",
        )
        self.upload.observe(lambda _: panel.act(self._take_uploads), "value")
        self.path = field(
            widgets.Text(layout=widgets.Layout(**_WIDE)),
            "Or where a file lies on this computer, or a folder of them (for files over 10 MB)",
        )
        self.look = widgets.Button(description="Look at it")
        self.look.on_click(lambda _: panel.act(self.look_at_path))
        #: Where the work is told of while no proposal is shown; then it is beside the last click.
        self.upper = widgets.VBox([self.work])
        self.unread, self.result = widgets.HTML(), widgets.HTML()
        self.undo = widgets.Button(description="Undo this import")
        self.undo.layout.display = "none"
        self.undo.on_click(lambda _: self._take_back())
        self.proposal = widgets.VBox()
        self.proposal.add_class("ck-proposal")
        self._make_taking()
        about = (
            "First you see what a file is taken for, and correct it. Nothing is written until you "
            "say so."
        )
        super().__init__(
            [
                html(told.words(about)),
                self.upload,
                self.path,
                self.look,
                self.upper,
                self.unread,
                self.result,
                self.undo,
                self.proposal,
            ]
        )
        self.add_class("ck-import")
        self.add_class("ck-form")

    def _make_taking(self) -> None:
        """What is chosen when all is looked over: whose it is, and the click that writes it."""
        self.which = field(widgets.Dropdown(options=[]), "Which table to look over")
        self.which.observe(lambda _: self._show_table(), "value")
        self.total, self.asked = widgets.HTML(), widgets.HTML()
        self.whose = Whose()
        self.take = widgets.Button(description="Import these", button_style="primary")
        self.take.add_class("ck-import-these")
        self.take.on_click(lambda _: self._panel.act(self.import_these))
        self.drop = widgets.Button(description="Put it away")
        self.drop.on_click(lambda _: self._begin_anew())
        self.take_fault = Said(alarm=True)
        self.table = widgets.VBox()

    # -- looking ---------------------------------------------------------------------------------

    def offer_clients(self, clients: "pd.DataFrame", zone: str | None) -> None:
        """Offer the clients as they now are, and the practice's own zone for a new one."""
        several = len({draft.table.table.file for draft in self.drafts}) > 1
        self.whose.offer(clients, zone, several=several)

    def look_at_path(self) -> None:
        """Read what lies at the path that was typed."""
        typed = self.path.value.strip().strip("\"'")
        if not typed:
            self.work.fault.say("Choose files, or write where one lies.")
            return
        path = Path(typed)
        with contextlib.suppress(RuntimeError):  # ~ of somebody who is not there
            path = path.expanduser()
        policy = self._panel.practice.policy()
        self._look(lambda progress: look_at([path], policy, progress))

    def _take_uploads(self) -> None:
        given = self.upload.value
        if not given:
            return
        uploads = [Upload(str(one["name"]), bytes(one["content"])) for one in given]
        self.upload.value = ()  # the widget keeps nothing of them
        policy = self._panel.practice.policy()
        self._look(lambda progress: look_at_uploads(uploads, policy, progress))

    def _look(self, look: Callable[[Progress], Looked]) -> None:
        if self.work.busy:
            self.work.fault.say("A moment: it is still at work. Then choose the files again.")
            return
        self._begin_anew()
        self.work.start(look, self._show_proposal, saying="Reading …")

    def _show_proposal(self, looked: Looked) -> None:
        self.drafts = looked.drafts
        refused = [plain(sentence) for _, sentence in looked.unread]
        self.unread.value = told.lines("Not read:", refused, most=40)
        if not self.drafts:
            return
        self.path.value = ""
        self.which.options = [
            (f"{plain(draft.name)}: {errors.counted(len(draft.table.table.rows), 'row')}", at)
            for at, draft in enumerate(self.drafts)
        ]
        self.which.value = 0
        self.which.layout.display = "" if len(self.drafts) > 1 else "none"
        self.offer_clients(self._panel.practice.caseload().clients, self._panel.practice.timezone)
        self.proposal.children = [
            heading("Look it over", 3),
            self.which,
            self.table,
            heading("Import", 3),
            self.total,
            self.asked,
            self.whose,
            self.take_fault,
            self.work,
            widgets.HBox([self.take, self.drop], _dom_classes=["ck-row-of-buttons"]),
        ]
        self.upper.children = ()
        self._show_table()
        self._show_total()

    def _show_table(self) -> None:
        at = self.which.value
        if at is None or at >= len(self.drafts):
            return
        if at not in self.forms:
            today = coachs_day(self._panel.practice)
            self.forms[at] = TableForm(self.drafts[at], lambda: self._on_said(at), today=today)
        self.table.children = [self.forms[at]]

    def _show_total(self) -> None:
        self.total.value = told.words(told.counts(self._all()))
        several = len(self.drafts) > 1
        asked = [
            f"{plain(draft.name)}: {one}" if several else one
            for draft in self.drafts
            for one in draft.asked()
        ]
        self.asked.value = told.lines("Still to be said; what hangs on it waits:", asked)

    def _all(self) -> Proposal:
        return Proposal(tuple(draft.table for draft in self.drafts))

    # -- correcting ------------------------------------------------------------------------------

    def _on_said(self, at: int) -> None:
        self._stale.add(at)
        self._panel.soon(self._read_anew, after=_AFTER_A_CHOICE)

    def _read_anew(self) -> None:
        """Read the tables anew of which something was said."""
        if self.work.busy:
            self._panel.soon(self._read_anew, after=_AFTER_A_CHOICE)
            return
        stale = {at: self.drafts[at].said for at in self._stale if at < len(self.drafts)}
        self._stale = set()
        drafts = self.drafts

        def show(read: dict) -> None:  # type: ignore[type-arg]
            if drafts is not self.drafts:
                return  # put away meanwhile
            for at, (table, fields) in read.items():
                drafts[at].table, drafts[at].fields = table, fields
                self.forms[at].show()
            self._show_total()

        self.work.start(
            lambda _: {at: drafts[at].read_anew(said) for at, said in stale.items()},
            show,
            saying="Reading it as you say …",
        )

    # -- importing -------------------------------------------------------------------------------

    def import_these(self) -> None:
        """Write what is shown, if it is said whose it is."""
        practice = self._panel.practice
        self.take_fault.say("")
        if self.work.busy or self._stale:
            self.take_fault.say("A moment: it is still at work. Then look at it again.")
            return
        if not self.whose.is_said(self.drafts) or not isinstance(practice, Practice):
            return
        if not self._all().counts()["imported"]:
            self.take_fault.say("No row of it can be imported as things stand.")
            return
        drafts, zone = self.drafts, self.whose.timezone
        by_client = self.whose.by_client(drafts)
        self.work.start(
            lambda progress: take_in(
                drafts, practice, by_client, timezone=zone, aside=aside_path(), progress=progress
            ),
            self._show_taken,
            saying="Importing …",
        )

    def _show_taken(self, taken: Taken) -> None:
        self._begin_anew()
        self.result.value = told.words("Imported.") + told.lines(
            "What was done:", taken.told, most=60
        )
        if taken.change_id is None:
            self.result.value = told.words("Nothing was new, so nothing was changed.") + told.lines(
                "What was found:", taken.told, most=60
            )
        self._change_id = taken.change_id
        self.undo.layout.display = "none" if taken.change_id is None else ""
        self.work.fault.say(" ".join(taken.faults))
        self._panel.redraw()

    def _take_back(self) -> None:
        practice, change_id = self._panel.practice, self._change_id
        if change_id is None or not isinstance(practice, Practice):
            return

        def show(sentence: str) -> None:
            self._change_id = None
            self.undo.layout.display = "none"
            self.result.value = told.words(plain(sentence))
            self._panel.redraw()

        self.work.start(lambda _: practice.undo(change_id), show, saying="Taking it back …")

    def _begin_anew(self) -> None:
        """Put the proposal away; nothing of it stays on the page."""
        for form in self.forms.values():
            close_all(form)
        self.drafts, self.forms, self._stale = (), {}, set()
        self.table.children = self.proposal.children = ()
        self.upper.children = (self.work,)
        self.which.options = ()
        self.unread.value = self.result.value = ""
        self._change_id = None
        self.undo.layout.display = "none"
        self.whose.begin_anew()
        self.take_fault.say("")
        self.work.fault.say("")
