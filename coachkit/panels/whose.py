"""Whose the files are: a client who is there, a new one, or each the one it is called by."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

import ipywidgets as widgets

from coachkit._words import is_zone
from coachkit.panels.drafts import Draft
from coachkit.panels.forms import Said, field, offer
from coachkit.telling import plain

if TYPE_CHECKING:
    import pandas as pd

#: Whose files they are, where it is no client who is there already.
NEW, BY_FILE = "new", "by file"


class Whose(widgets.VBox):
    """A choice of clients, and beside it the name and the zone of a new one."""

    def __init__(self) -> None:
        zones = sorted(zone for zone in available_timezones() if "/" in zone)
        self._names: set[str] = set()
        self.client = field(widgets.Dropdown(options=[("A new client", NEW)]), "Whose are they?")
        self.client.observe(lambda _: self._show(), "value")
        self.name = field(widgets.Text(), "The new client's name")
        self.zone = field(
            widgets.Combobox(options=zones),
            "Time zone of the new client (such as America/New_York)",
        )
        self.name_fault, self.zone_fault = Said(alarm=True), Said(alarm=True)
        super().__init__([self.client, self.name, self.name_fault, self.zone, self.zone_fault])

    @property
    def timezone(self) -> str | None:
        """The zone of whoever is new."""
        return self.zone.value.strip() or None

    def offer(self, clients: "pd.DataFrame", zone: str | None, *, several: bool) -> None:
        """Offer the clients as they now are; a new one lives where the practice is, unless said.

        Parameters
        ----------
        clients
            The practice's.
        zone
            The practice's own.
        several
            Whether there are several files, which may each be another client's.
        """
        own = clients.sort_values("name", key=lambda names: names.str.casefold())
        options: list[tuple[str, str | int]] = [("A new client", NEW)]
        if several:
            options.append(("Each file or folder is one client's, called as it is", BY_FILE))
        names = zip(own["name"], own["client_id"], strict=True)
        offer(self.client, [*options, *((plain(name), int(number)) for name, number in names)])
        self._names = set(own["name"])
        if not self.zone.value:
            self.zone.value = zone or ""
        self._show()

    def begin_anew(self) -> None:
        """Ask anew: the next file is never silently whose the last one was."""
        self.client.value, self.name.value = NEW, ""
        self._show()

    def by_client(self, drafts: Sequence[Draft]) -> dict[str | int, list[Draft]]:
        """What is whose, by id or by name."""
        chosen = self.client.value
        if chosen == NEW:
            return {self.name.value.strip(): list(drafts)}
        if chosen != BY_FILE:
            return {int(chosen): list(drafts)}
        found: dict[str | int, list[Draft]] = {}
        for draft in drafts:
            found.setdefault(draft.table.whose, []).append(draft)
        return found

    def is_said(self, drafts: Sequence[Draft]) -> bool:
        """Whether it is known whose they are; what is wrong is said at its field."""
        name, is_new = self.name.value.strip(), self.client.value == NEW
        name_fault = zone_fault = ""
        if is_new and not name:
            name_fault = "Enter the name."
        elif is_new and name in self._names:
            name_fault = "A client is called so already. Choose them above, or enter another name."
        by_name = self.client.value in (NEW, BY_FILE)
        if by_name and {*self.by_client(drafts)} - self._names and not is_zone(self.timezone or ""):
            zone_fault = "Choose the time zone, such as America/New_York."
        self.name_fault.say(name_fault)
        self.zone_fault.say(zone_fault)
        return not (name_fault or zone_fault)

    def _show(self) -> None:
        self.name.layout.display = "" if self.client.value == NEW else "none"
        self.zone.layout.display = "" if self.client.value in (NEW, BY_FILE) else "none"
        self.name_fault.say("")
        self.zone_fault.say("")
