"""What a note lacks, as questions with a box each: the client's answers go in."""

from collections.abc import Callable, Mapping

import ipywidgets as widgets

from coachkit.notes import Gap
from coachkit.panels.forms import field

#: Told of an answer: the question's key, and what was answered; None: nothing (any more).
Answered = Callable[[str, str | None], None]


class Questions(widgets.VBox):
    """A box a question, and for what can be left out a tick that does so.

    Parameters
    ----------
    answered
        Told of each answer as it is given.
    """

    def __init__(self, answered: Answered) -> None:
        self._answered = answered
        self._asked: dict[str, Gap] = {}
        self._drawing = False
        self.boxes: dict[str, widgets.Text] = {}
        self.left_out: dict[str, widgets.Checkbox] = {}
        super().__init__()

    def show(self, asked: Mapping[str, Gap], answers: Mapping[str, str]) -> None:
        """Ask these questions; boxes that are there stay, so that nobody loses their place."""
        if dict(asked) != self._asked:
            self._ask(asked)
        self._drawing = True
        for key, box in self.boxes.items():
            box.value = answers.get(key, "")
            if key in self.left_out:
                self.left_out[key].value = answers.get(key) == ""
        self._drawing = False

    def _ask(self, asked: Mapping[str, Gap]) -> None:
        before, self.children = self.children, ()
        for line in before:
            for part in (*line.children, line):
                part.close()
        self.boxes, self.left_out, self._asked = {}, {}, dict(asked)
        self.children = tuple(self._line(gap) for gap in asked.values())

    def _line(self, gap: Gap) -> widgets.VBox:
        wide = widgets.Layout(width="100%")
        box = field(widgets.Text(continuous_update=False, layout=wide), gap.question)
        box.observe(lambda change: self._on_text(gap.key, change["new"]), "value")
        self.boxes[gap.key] = box
        parts = [box]
        if gap.optional:
            tick = widgets.Checkbox(description="Leave this out of the note", indent=False)
            tick.observe(lambda change: self._on_tick(gap.key, out=change["new"]), "value")
            self.left_out[gap.key] = tick
            parts.append(tick)
        return widgets.VBox(parts, _dom_classes=["ck-pair", f"ck-asks-{gap.key}"])

    def _on_text(self, key: str, text: str) -> None:
        if not self._drawing:
            self._answered(key, text.strip() or None)

    def _on_tick(self, key: str, *, out: bool) -> None:
        if not self._drawing:
            self._answered(key, "" if out else None)
