"""From the sample to one's own: start a practice, bring in what there is, take clients on."""

from collections.abc import Iterable, Sized
from html import escape

import ipywidgets as widgets

from coachkit import errors
from coachkit.panels.base import Panel, section
from coachkit.panels.client_session import new_client_form
from coachkit.panels.import_desk import ImportDesk
from coachkit.panels.plain import is_sample
from coachkit.practice import AnyPractice
from coachkit.telling import plain


class BringYourOwn(Panel):
    """What practice this is, the trackers and calendars that go into it, and the first clients."""

    title = "Bring your own"

    def parts(self) -> Iterable[widgets.Widget]:
        """What there is, then files to bring in, then a form for a new client."""
        self.summary = widgets.HTML()
        self.begin = widgets.VBox([])
        self.taken_on = new_client_form(self, None)
        self.taken_on.guard = self.write
        self.desk = ImportDesk(self)
        self.files = section("Bring in trackers and calendars", self.desk)
        self.clients = section("Or take a client on", self.taken_on)
        return (self.summary, self.begin, self.files, self.clients)

    def refresh(self) -> None:
        """Say what the practice holds, or offer to start one."""
        caseload = self.practice.caseload()
        words = (
            counted(caseload.clients, "client"),
            counted(caseload.opportunities, "opportunity", "opportunities"),
            counted(caseload.interviews, "interview"),
            counted(caseload.contacts, "contact"),
        )
        counts = errors.listed(words, "and")
        where = getattr(self.practice, "where", None)
        lies = f" It lies in {plain(where)}." if where and where != self.practice.name else ""
        told = f"This is {plain(self.practice.name)}: {counts}.{lies}"
        if caseload.clients.empty and not self.practice.read_only:
            told += (
                " Begin with a tracker or a calendar that a client already has, or take your "
                "first client on below."
            )
        self.summary.value = f"<p class='ck-lead'>{escape(told)}</p>"
        self.begin.children = (self.own_practice_buttons(),) if self.practice.read_only else ()
        for part in (self.files, self.clients):
            part.layout.display = "none" if self.practice.read_only else ""
        self.desk.offer_clients(caseload.clients, self.practice.timezone)
        if is_sample(self.practice):
            self.told.say("Its clients are made up. Start your own practice to keep what you do.")


def counted(rows: Sized, one: str, many: str | None = None) -> str:
    """How many there are, in words.

    Examples
    --------
    >>> counted([1], "client"), counted([], "client")
    ('1 client', '0 clients')
    """
    return f"{len(rows)} {one if len(rows) == 1 else many or f'{one}s'}"


def bring_your_own(practice: AnyPractice | None = None) -> BringYourOwn:
    """Start a practice of one's own, bring in what clients have, and take the first ones on."""
    return BringYourOwn(practice)
