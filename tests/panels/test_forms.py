"""Forms: what is wrong is said in place, nothing typed is lost, and nothing is saved twice."""

from typing import Any

import ipywidgets as widgets
import pytest

from coachkit import errors
from coachkit.panels.forms import Form, Said, WrongFields, field, offer


def form_of(save: Any, **given: Any) -> Form:
    fields = {"name": field(widgets.Text(), "Name"), "day": field(widgets.Text(), "Day")}
    return Form(fields, save, button="Save", **given)


def test_what_was_entered_is_saved_without_the_blanks_around_it() -> None:
    """And then the fields are empty, and the coach is told."""
    saved: list[dict[str, Any]] = []
    form = form_of(lambda values: saved.append(values) or "Kept.")  # type: ignore[func-returns-value]
    form.fill({"name": "  Ann ", "day": "Monday"})
    form.button.click()
    assert saved == [{"name": "Ann", "day": "Monday"}]
    assert form.fields["name"].value == ""
    assert form.told.text == "Kept."


def test_a_double_click_saves_once() -> None:
    """The second click finds nothing that is not saved yet."""
    saved: list[Any] = []
    form = form_of(lambda values: saved.append(values) or "Kept.", keep=("name",))  # type: ignore[func-returns-value]
    form.fill({"name": "Ann"})
    form.button.click()
    form.button.click()
    assert len(saved) == 1
    form.fields["day"].value = "Tuesday"
    form.button.click()
    assert [values["name"] for values in saved] == ["Ann", "Ann"]


def refuse(_: object) -> str:
    raise WrongFields({"day": "Enter the day.", "elsewhere": "And that."})


def test_each_fault_stands_below_its_field() -> None:
    """And what was typed stays."""
    form = form_of(refuse)
    form.fill({"name": "Ann"})
    form.button.click()
    assert form.faults["day"].text == "Enter the day."
    assert form.faults["name"].text == ""
    assert form.fault.text == "And that.", "what is no field's stands above the button"
    assert form.fields["name"].value == "Ann"


def test_faults_go_when_it_is_put_right() -> None:
    """The next attempt begins anew."""
    attempts = iter([refuse, lambda _: "Kept."])
    form = form_of(lambda values: next(attempts)(values))
    form.fill({"name": "Ann"})
    form.button.click()
    form.button.click()
    assert (form.faults["day"].text, form.fault.text, form.told.text) == ("", "", "Kept.")


def test_a_fault_of_the_practice_stands_below_the_field_of_its_column() -> None:
    """Several of them below several."""

    def save(_: object) -> str:
        first, second = errors.MissingValue("No name."), errors.NaiveTime("No offset.")
        first.column, second.column = "name", "held_at"
        raise errors.SeveralFaults([first, second])

    form = form_of(save, columns={"held_at": "day"})
    form.button.click()
    assert (form.faults["name"].text, form.faults["day"].text) == ("No name.", "No offset.")


def test_a_practice_that_is_only_looked_at_is_no_fault_of_the_form() -> None:
    """The panel hears of it, and offers to start one's own."""

    def save(_: object) -> str:
        raise errors.ReadOnlyPractice("Only to be looked at.")

    with pytest.raises(errors.ReadOnlyPractice):
        form_of(save).submit()


def test_a_sentence_is_text_whatever_it_holds() -> None:
    """No name in it becomes markup."""
    said = Said(alarm=True)
    said.say("<img src=x onerror=alert(1)>")
    assert said.value == '<p role="alert">&lt;img src=x onerror=alert(1)&gt;</p>'
    said.say("")
    assert (said.value, said.layout.display) == ("", "none")


def test_other_options_keep_what_was_chosen_where_they_can() -> None:
    """Else the first is chosen."""
    control = widgets.Dropdown(options=[("A", 1), ("B", 2)], value=2)
    offer(control, [("B", 2), ("C", 3)])
    assert control.value == 2
    offer(control, [("C", 3)])
    assert control.value == 3
    offer(control, [])
    assert control.value is None
