"""Write a note where one is needed: a button that opens the composer, and closes it again."""

from typing import TYPE_CHECKING

import ipywidgets as widgets

from coachkit import errors
from coachkit.caseload import Caseload
from coachkit.panels.base import Panel, close_all
from coachkit.telling import plain

if TYPE_CHECKING:
    from coachkit.panels.composer import Composer


class Writing(widgets.VBox):
    """A button that opens the composer for the client who is there, and closes it again.

    Parameters
    ----------
    panel
        Whose practice is read, and who is told.
    only_to_close
        Whether the button stands there only while there is a note to close.
    """

    def __init__(self, panel: Panel, *, only_to_close: bool = False) -> None:
        self._panel, self._only_to_close = panel, only_to_close
        self.composer: Composer | None = None
        self._client_id: int | None = None
        self.opener = widgets.Button(description="Write the note", button_style="primary")
        self.opener.add_class("ck-write-note")
        self.opener.on_click(lambda _: panel.act(self.toggle))
        super().__init__([] if only_to_close else [self.opener])

    def begin(self, client_id: int) -> None:
        """Be another client's: the composer closes with all that was in it."""
        self.shut()
        self._client_id = client_id

    def show(self, client: Caseload | None = None) -> None:
        """Draw the composer, if it is open, from the client's rows as they now are."""
        if self.composer is not None:
            client = client or self._panel.practice.caseload(client=self._client_id)
            self.composer.show(client)

    def write(self, client_id: int, kind: str, about: int | None) -> None:
        """Open the composer on a note of a kind, about an interview where one is known."""
        self.shut()
        self._client_id = client_id
        self.toggle()
        assert self.composer is not None
        self.composer.kind.value = kind
        if about in [key for _, key in self.composer.about.options]:
            self.composer.about.value = about
        self.composer.kind.focus()

    def toggle(self) -> None:
        """Open the composer, or close it."""
        if self.composer is not None:
            self.shut()
            return
        from coachkit.panels.composer import Composer  # a page without a note needs none of it

        client = self._panel.practice.caseload(client=self._client_id)
        composer = Composer(self._panel)
        composer.begin(client)
        composer.show(client)
        self.composer = composer
        self.children = [self.opener, composer]
        whose = f" for {errors.cut(plain(client.clients['name'].iloc[0]))}"
        self.opener.description = f"Close the note{whose if self._only_to_close else ''}"

    def shut(self) -> None:
        """Close the composer: it leaves the page and every model."""
        if self.composer is not None:
            self.children = [] if self._only_to_close else [self.opener]
            close_all(self.composer)
            self.composer = None
            self.opener.description = "Write the note"
