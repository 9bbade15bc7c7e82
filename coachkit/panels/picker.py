"""Choose a client without showing the others: the list is there only while it is asked for."""

from collections.abc import Callable

import ipywidgets as widgets

from coachkit.panels.base import Panel, close_all
from coachkit.telling import plain


class Picker(widgets.VBox):
    """A button that opens the list of clients, and closes it again for good.

    While it is closed, no other client's name is in the page or in any widget; while the coach is
    presenting, it cannot be opened at all.

    Parameters
    ----------
    panel
        Whose practice is looked at.
    chosen
        Called with the id of the client who was chosen.
    marked
        Called with the id of the client who is marked in the list, and with None when it closes.
    """

    def __init__(
        self,
        panel: Panel,
        chosen: Callable[[int], None],
        marked: Callable[[int | None], None] = lambda _: None,
    ) -> None:
        self._panel, self._chosen, self._marked = panel, chosen, marked
        self.list: widgets.Select | None = None
        self._ids: list[int] = []
        self.opener = widgets.Button(description="Choose a client…", button_style="primary")
        self.opener.add_class("ck-choose")
        self.opener.on_click(lambda _: self._panel.act(self.toggle))
        self.presenting = widgets.ToggleButton(value=False, description="Presenting: off")
        self.presenting.tooltip = (
            "While presenting, the list of clients and private notes are hidden"
        )
        self.presenting.add_class("ck-presenting")
        self.presenting.observe(self._on_presenting, "value")
        bar = widgets.HBox([self.opener, self.presenting], _dom_classes=["ck-row-of-buttons"])
        super().__init__([bar])
        self.add_class("ck-picker")

    def toggle(self) -> None:
        """Open the list, or close it."""
        if self.list is not None:
            self.shut()
        elif not self.presenting.value:
            self._open()

    def shut(self) -> None:
        """Close the list: it leaves the page, and its names leave every widget."""
        parts, self.children = self.children[1:], self.children[:1]
        for part in parts:
            close_all(part)
        self.list, self._ids = None, []
        self._marked(None)
        self.opener.description = "Choose a client…"

    def _open(self) -> None:
        clients = self._panel.practice.caseload().clients
        clients = clients[clients["status"].astype(object) != "archived"]
        order = clients["name"].str.casefold().argsort()
        names = [plain(name) for name in clients["name"].iloc[order]]
        self._ids = [int(number) for number in clients["client_id"].iloc[order]]
        options = [(name, place) for place, name in enumerate(names)]
        self.list = widgets.Select(
            options=options, value=None, description="Client", rows=min(12, len(names) + 1)
        )
        self.list.observe(lambda change: self._on_mark(change["new"]), "value")
        self.list.add_class("ck-clients")
        self.list.add_class("ck-field")
        take = widgets.Button(description="Open", button_style="primary")
        take.add_class("ck-open-client")
        take.on_click(lambda _: self._panel.act(self._take))
        self.children = (*self.children, widgets.VBox([self.list, take]))
        self.opener.description = "Close the list"

    def _on_mark(self, place: int | None) -> None:
        self._marked(None if place is None else self._ids[place])

    def _take(self) -> None:
        if self.list is None or self.list.value is None:
            return
        self._chosen(self._ids[self.list.value])
        self.shut()

    def _on_presenting(self, change: dict[str, bool]) -> None:
        presenting = change["new"]
        self.presenting.description = f"Presenting: {'on' if presenting else 'off'}"
        self.opener.layout.display = "none" if presenting else ""
        if presenting and self.list is not None:
            self.shut()
