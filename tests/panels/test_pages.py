"""What holds for every panel: it stores nobody, invites on the first day, and never fails."""

from pathlib import Path

import pytest

import coachkit as ck
from coachkit import panels
from coachkit._places import notebooks_folder
from coachkit.panels.plain import Unstored
from coachkit.practice import Practice

PANELS = ("today", "client_session", "compliance", "wait_periods", "notes_and_reports")
ALL = (*PANELS, "bring_your_own")


@pytest.mark.parametrize("name", ALL)
def test_a_notebook_stores_nothing_of_a_panel(name: str, practice: Practice) -> None:
    """Only which panel stood there: no name, and no widget's state."""
    panel = getattr(panels, name)(practice)
    bundle = panel._repr_mimebundle_()
    assert bundle["text/plain"] == f"<{panel.title}: shown where the notebook runs>"
    assert set(bundle) == {"text/plain", "application/vnd.jupyter.widget-view+json"}


@pytest.mark.parametrize("name", ALL)
def test_a_panel_stands_on_an_empty_practice_and_on_the_sample(name: str, empty: Practice) -> None:
    """Without a fault."""
    for practice in (empty, ck.open_practice("sample")):
        assert getattr(panels, name)(practice).fault.text == ""


@pytest.mark.parametrize("name", ALL)
def test_a_practice_that_is_gone_is_a_sentence(name: str, practice: Practice) -> None:
    """Not a traceback."""
    panel = getattr(panels, name)(practice)
    assert practice.path is not None
    practice.close()
    practice.path.write_bytes(b"no practice any more")
    panel.redraw()
    if name not in ("client_session", "notes_and_reports"):  # which ask for nobody yet
        assert panel.fault.text


def test_only_the_samples_tables_are_stored(practice: Practice) -> None:
    """Those of a practice of one's own are shown by a widget, of which a notebook keeps nothing."""
    told = ck.tell("Amara Osei")
    assert panels.plain(ck.open_practice("sample"), told) is told
    shown = panels.plain(practice, told)
    assert isinstance(shown, Unstored)
    assert "Amara" in shown.value
    assert "Amara" not in shown._repr_mimebundle_()["text/plain"]


def test_a_copy_of_the_sample_is_not_the_sample(tmp_path: Path) -> None:
    """Whoever exports it and goes on has clients of their own."""
    ck.open_practice("sample").caseload().write(tmp_path)
    assert isinstance(panels.plain(ck.open_practice(tmp_path), ck.tell("x")), Unstored)


def test_every_notebook_has_its_panel() -> None:
    """And every page its link (see the template)."""
    names = [path.stem.partition("_")[2] for path in sorted(notebooks_folder().glob("*.ipynb"))]
    assert names == list(ALL)
    for path in notebooks_folder().glob("*.ipynb"):
        assert f"panels.{path.stem.partition('_')[2]}(practice)" in path.read_text(encoding="utf-8")


def test_the_pages_that_the_template_links_are_the_notebooks() -> None:
    """None is missing, none leads nowhere."""
    share = Path(panels.__file__).parents[1] / "share" / "voila" / "templates" / "coachkit"
    words = (share / "pages.macro.html.j2").read_text(encoding="utf-8")
    for path in notebooks_folder().glob("*.ipynb"):
        assert f'("{path.stem}", ' in words
    assert words.count('("') == len(ALL)


def test_notes_and_reports_show_one_client(practice: Practice) -> None:
    """What is to be written, how well it is kept, what happened, what was changed."""
    practice.add_note(1, "Seen today")
    page = panels.notes_and_reports(practice)
    page.show_client(1)
    assert "Quillmark" in page.due.value
    assert "on time" in page.record.value
    assert "Interview" in page.events.value
    assert "note" in page.history.value
    assert "Björn" not in page.due.value + page.events.value + page.history.value


def test_bringing_ones_own_takes_clients_on(empty: Practice) -> None:
    """They are counted at once."""
    page = panels.bring_your_own(empty)
    assert "0 clients" in page.summary.value
    page.taken_on.fill({"name": "Ann Lee", "timezone": "America/New_York"})
    page.taken_on.button.click()
    assert "1 client," in page.summary.value
    assert page.taken_on.told.text == "Taken on: Ann Lee."
