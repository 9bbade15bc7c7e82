"""Forms: labelled fields, a sentence below each that is wrong, and nothing typed is ever lost."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, TypeAlias

import ipywidgets as widgets

from coachkit import errors

#: What a form does with what was entered; it tells what came of it, or raises a fault.
Save: TypeAlias = Callable[[dict[str, Any]], str]


class WrongFields(errors.CoachkitError):
    """What was entered will not do; ``by_field`` holds a sentence for each field."""

    def __init__(self, by_field: Mapping[str, str]) -> None:
        self.by_field = dict(by_field)
        super().__init__(" ".join(self.by_field.values()))


class Said(widgets.HTML):
    """A sentence that is read out when it changes; shown as text, whatever it holds."""

    def __init__(self, *, alarm: bool = False) -> None:
        super().__init__(layout=widgets.Layout(display="none"))
        self.add_class("ck-fault" if alarm else "ck-saying")
        self._role = "alert" if alarm else "status"
        self.text = ""

    def say(self, text: str) -> None:
        """Show a sentence; an empty one takes it away."""
        self.text = text
        self.value = f'<p role="{self._role}">{escape(text)}</p>' if text else ""
        self.layout.display = "" if text else "none"


def field(control: widgets.Widget, label: str) -> widgets.Widget:
    """Give a control its label, bound to it and above it."""
    control.description = label
    control.description_allow_html = False
    control.add_class("ck-field")
    return control


class Form(widgets.VBox):
    """Fields and a button: what is entered is checked and saved once, or kept and explained.

    Parameters
    ----------
    fields
        The controls by name, in the order in which they are shown, each labelled by ``field``.
    save
        Called with the values by name. What it returns is told to the coach, and the fields are
        emptied. A ``WrongFields`` is told field by field, another ``CoachkitError`` above the
        button; then all that was entered stays.
    button
        What the button says.
    keep
        Names of fields that stay as they are after saving.
    """

    def __init__(
        self,
        fields: Mapping[str, widgets.Widget],
        save: Save,
        *,
        button: str,
        keep: tuple[str, ...] = (),
    ) -> None:
        self.fields = dict(fields)
        self.faults = {name: Said(alarm=True) for name in self.fields}
        self.fault, self.told = Said(alarm=True), Said()
        self.button = widgets.Button(description=button, button_style="primary")
        self.button.on_click(lambda _: self.submit())
        self._save, self._keep = save, keep
        self._blank = {name: control.value for name, control in self.fields.items()}
        self._touched = False
        for control in self.fields.values():
            control.observe(self._on_touch, "value")
        pairs = [[control, self.faults[name]] for name, control in self.fields.items()]
        shown = [widgets.VBox(pair, _dom_classes=["ck-pair"]) for pair in pairs]
        super().__init__([*shown, self.fault, self.button, self.told])
        self.add_class("ck-form")

    @property
    def values(self) -> dict[str, Any]:
        """What is entered, by field; texts without the blanks around them."""
        return {name: _stripped(control.value) for name, control in self.fields.items()}

    def submit(self) -> None:
        """Save what is entered, once: a second click finds nothing new and does nothing."""
        if not self._touched:
            return
        self._explain({}, "")
        self.told.say("")
        try:
            told = self._save(self.values)
        except WrongFields as fault:
            elsewhere = [text for name, text in fault.by_field.items() if name not in self.faults]
            self._explain(fault.by_field, " ".join(elsewhere))
        except errors.CoachkitError as fault:
            self._explain({}, str(fault))
        else:
            self.clear()
            self.told.say(told)

    def clear(self) -> None:
        """Empty the fields, but for those to keep."""
        for name, control in self.fields.items():
            if name not in self._keep:
                control.value = self._blank[name]
        self._touched = False

    def fill(self, values: Mapping[str, Any]) -> None:
        """Enter values as if the coach had; nothing counts as changed yet."""
        for name, value in values.items():
            self.fields[name].value = value
        self._touched = False

    def _on_touch(self, _: object) -> None:
        self._touched = True

    def _explain(self, by_field: Mapping[str, str], fault: str) -> None:
        for name, said in self.faults.items():
            said.say(by_field.get(name, ""))
        self.fault.say(fault)


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
