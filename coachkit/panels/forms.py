"""Forms: labelled fields, a sentence below each that is wrong, and nothing typed is ever lost."""

from collections.abc import Callable, Mapping, Sequence
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
    columns
        Which field a column of the practice is entered in, where it is not called the same.
    beside
        Names of fields that stand side by side where there is room, and follow each other.
    """

    def __init__(
        self,
        fields: Mapping[str, widgets.Widget],
        save: Save,
        *,
        button: str,
        keep: tuple[str, ...] = (),
        columns: Mapping[str, str] | None = None,
        beside: Sequence[tuple[str, ...]] = (),
    ) -> None:
        self.fields = dict(fields)
        self.faults = {name: Said(alarm=True) for name in self.fields}
        self.fault, self.told = Said(alarm=True), Said()
        self.button = widgets.Button(description=button, button_style="primary")
        self.button.on_click(lambda _: self.guard(self.submit))
        #: What stands around a click: a panel puts its own ``act`` here.
        self.guard: Callable[[Callable[[], Any]], Any] = lambda submit: submit()
        self._save, self._keep, self._columns = save, keep, dict(columns or {})
        self._blank = {name: control.value for name, control in self.fields.items()}
        self._fresh = True  # not saved yet, or changed since
        for control in self.fields.values():
            control.observe(self._on_touch, "value")
        pairs = [[control, self.faults[name]] for name, control in self.fields.items()]
        #: Each field with its sentence.
        self.pairs = {
            name: widgets.VBox(pair, _dom_classes=["ck-pair", f"ck-pair-{name.replace('_', '-')}"])
            for name, pair in zip(self.fields, pairs, strict=True)
        }
        first = {names[0]: names for names in beside}
        rest = {name for names in beside for name in names[1:]}
        lines = [self._line(first.get(name, (name,))) for name in self.fields if name not in rest]
        super().__init__([*lines, self.fault, self.button, self.told])
        self.add_class("ck-form")

    def _line(self, names: tuple[str, ...]) -> widgets.Widget:
        if len(names) == 1:
            return self.pairs[names[0]]
        own = [self.pairs[name] for name in names]
        return widgets.HBox(own, _dom_classes=["ck-row-of-fields"])

    @property
    def values(self) -> dict[str, Any]:
        """What is entered, by field; texts without the blanks around them."""
        return {name: _stripped(control.value) for name, control in self.fields.items()}

    def submit(self) -> None:
        """Save what is entered, once: a second click finds nothing new and does nothing."""
        if not self._fresh:
            return
        self._explain({}, "")
        self.told.say("")
        try:
            told = self._save(self.values)
        except errors.ReadOnlyPractice:
            raise  # which is nothing that another entry could mend
        except errors.CoachkitError as fault:
            by_field = self._by_field(fault)
            self._explain(by_field, by_field.pop("", ""))
        else:
            self.clear()
            self.told.say(told)

    def clear(self) -> None:
        """Empty the fields, but for those to keep."""
        for name, control in self.fields.items():
            if name not in self._keep:
                control.value = self._blank[name]
        self._fresh = False

    def reset(self) -> None:
        """As if nobody had been here: every field, sentence and remark."""
        self.clear()
        for name in self._keep:
            self.fields[name].value = self._blank[name]
        self._explain({}, "")
        self.told.say("")
        self._fresh = True

    def fill(self, values: Mapping[str, Any]) -> None:
        """Enter values for the coach to look over."""
        for name, value in values.items():
            self.fields[name].value = value

    def _by_field(self, fault: errors.CoachkitError) -> dict[str, str]:
        """The sentences of a fault by field; under no name those of no field here."""
        if isinstance(fault, WrongFields):
            told = list(fault.by_field.items())
        else:
            parts = getattr(fault, "faults", (fault,))
            told = [(part.column or "", str(part)) for part in parts]
        by_field: dict[str, str] = {}
        for column, text in told:
            name = self._columns.get(column, column)
            name = name if name in self.faults else ""
            by_field[name] = " ".join(filter(None, (by_field.get(name), text)))
        return by_field

    def _on_touch(self, _: object) -> None:
        self._fresh = True

    def _explain(self, by_field: Mapping[str, str], fault: str) -> None:
        for name, said in self.faults.items():
            said.say(by_field.get(name, ""))
        self.fault.say(fault)


def offer(control: widgets.Dropdown, options: Sequence[Any]) -> None:
    """Offer other options; what was chosen stays where it is still offered, else the first is."""
    if tuple(control.options) == tuple(options):
        return
    chosen = control.value
    control.options = options
    offered = [one[1] if isinstance(one, tuple) else one for one in options]
    control.value = chosen if chosen in offered else next(iter(offered), None)


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
