"""The note check on the page: each place that would hurt, and what to write instead."""

from collections.abc import Callable, Sequence
from html import escape

import ipywidgets as widgets

from coachkit import errors
from coachkit.notes import Finding
from coachkit.panels.base import Panel
from coachkit.panels.forms import Said, field
from coachkit.panels.in_place import in_place

_SEVERE = {"serious": "Do not send it so", "hint": "Could be better"}


class PasteBox(widgets.VBox):
    """A text that the client wrote: checked as the note that is chosen, and never changed.

    Parameters
    ----------
    panel
        Whose page it is.
    check
        Finds what would hurt a text.
    """

    def __init__(self, panel: Panel, check: Callable[[str], Sequence[Finding]]) -> None:
        self._check = check
        wide = widgets.Layout(width="100%")
        self.text = field(widgets.Textarea(rows=10, layout=wide), "A text that the client wrote")
        self.button = widgets.Button(description="Check it")
        self.button.add_class("ck-check-text")
        self.fault, self.found = Said(alarm=True), widgets.HTML()
        self.button.on_click(lambda _: panel.act(in_place(self.fault, self.look)))
        super().__init__([self.text, self.button, self.fault, self.found])

    def begin(self) -> None:
        """Be another client's."""
        self.text.value = self.found.value = ""
        self.fault.say("")

    def look(self) -> None:
        """Check what stands in the box."""
        self.found.value = ""
        if not self.text.value.strip():
            raise errors.UnclearNote("Paste the client's text into the box first.")
        self.found.value = told_findings(self._check(self.text.value))


def told_findings(findings: Sequence[Finding]) -> str:
    """Findings as a list; every quote is text."""
    if not findings:
        return "<p role='status'>Checked: nothing to find fault with.</p>"
    lines = "".join(
        f"<li><strong>{_SEVERE[one.severity]}:</strong> “{escape(one.quote)}” "
        f"<span class='ck-advice'>{escape(one.advice)}</span></li>"
        for one in findings
    )
    return f"<div role='status'><p>Checked:</p><ul>{lines}</ul></div>"
