"""A client's session: nobody else is in it, and what is logged there is kept."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from coachkit import panels, terms
from coachkit.panels.client_session import ClientSession
from coachkit.panels.interview_form import NEW
from coachkit.practice import Practice, open_practice
from tests.panels.conftest import NOW, click, everything_live, row_of


@pytest.fixture
def session(practice: Practice) -> ClientSession:
    """Amara Osei's."""
    session = panels.client_session(practice)
    session.show_client(1)
    return session


def log_interview(session: ClientSession, **entered: Any) -> None:
    assert session.page is not None
    session.page.interview.fill(entered)
    session.page.interview.button.click()


def latest(practice: Practice, table: str) -> dict[str, Any]:
    frame = getattr(practice.caseload(client=1), table)
    return dict(frame.sort_values(terms.TABLES[table].key).iloc[-1])


# -- nobody else -----------------------------------------------------------------------------------


def with_canaries(practice: Practice) -> dict[str, str]:
    """Put a word of its own into every text of every other client; which belongs to which cell."""
    canaries: dict[str, str] = {}
    caseload = practice.caseload()
    own = practice.caseload(client=1)
    for name, frame in caseload:
        table = terms.TABLES[name]
        theirs = frame[~frame[table.key].isin(getattr(own, name)[table.key])]
        with practice.change("Canaries"):
            for row_id in theirs[table.key]:
                cells = {}
                for column in table:
                    if column.kind in ("text", "label") and column.name != "coach":
                        canary = f"canary{len(canaries)}x"
                        canaries[canary] = f"{name}.{column.name}"
                        cells[column.name] = canary
                with practice._pen("change") as pen:
                    pen.update(name, int(row_id), cells)
    return canaries


def test_nothing_of_any_other_client_is_in_any_widget(practice: Practice) -> None:
    """Every text of everybody else's is looked for in all that the browser could know."""
    canaries = with_canaries(practice)
    assert len(canaries) > 1000
    session = panels.client_session(practice)
    session.picker.toggle()
    assert "canary" in everything_live(), "the list shows names while it is asked for"
    session.picker.list.value = 0  # type: ignore[union-attr]
    session.picker._take()
    session.show_client(1)
    assert session.page is not None
    session.page._draw()
    known = everything_live()
    assert "Amara Osei" in known
    assert [where for canary, where in canaries.items() if canary in known] == []


def test_the_list_leaves_every_widget_when_it_closes(session: ClientSession) -> None:
    """By its button, or because somebody was chosen."""
    session.picker.toggle()
    assert "Björn Askeland" in everything_live()
    session.picker.toggle()
    assert "Björn Askeland" not in everything_live()


def test_the_client_before_leaves_with_all_of_theirs(session: ClientSession) -> None:
    """Nothing of Amara's is left when Björn sits there."""
    number = 18
    assert "Quillmark" in everything_live()
    session.show_client(number)
    known = everything_live()
    assert "Björn Askeland" in known
    assert "Quillmark" not in known
    assert "Amara" not in known


def test_while_presenting_there_is_no_list_and_no_private_note(session: ClientSession) -> None:
    """The switch closes what is open, and keeps it closed."""
    page = session.page
    assert page is not None
    page.notes.form.fill({"text": "Dreads the phone.", "private": True})
    page.notes.form.button.click()
    assert "Dreads the phone." in page.notes.told.value
    session.picker.toggle()
    session.picker.presenting.value = True
    assert "Dreads the phone." not in everything_live()
    assert "Björn Askeland" not in everything_live()
    session.picker.toggle()
    assert session.picker.list is None
    session.picker.presenting.value = False
    assert "Dreads the phone." in page.notes.told.value


# -- an interview in a minute ----------------------------------------------------------------------


def test_an_interview_is_kept_with_all_that_was_told_of_it(
    session: ClientSession, practice: Practice
) -> None:
    """When in the client's zone, the four answers, the promised day, who was met."""
    opportunity = int(practice.caseload(client=1).opportunities["opportunity_id"].iloc[0])
    log_interview(
        session,
        opportunity=opportunity,
        day=date(2026, 10, 13),
        clock=time(15, 0),
        minutes=45,
        answer_fit="strong",
        not_answer_more=True,
        answer_timeline="two to three weeks",
        people="Jo Lu, CFO, jo@acme.test\nSam Roe",
        topics="the audit",
    )
    kept = latest(practice, "interviews")
    assert kept["opportunity_id"] == opportunity
    assert kept["held_at"] == pd.Timestamp("2026-10-13T19:00:00Z")
    assert kept["ended_at"] == pd.Timestamp("2026-10-13T19:45:00Z")
    assert kept["promised_by"] == pd.Timestamp("2026-11-03")
    answers = [kept[name] for name in terms.CLOSING_QUESTIONS]
    assert answers[0] == "strong"
    assert pd.isna(answers[1])
    assert answers[2:] == ["not asked", "two to three weeks"]
    met = practice.caseload(client=1).interviewers
    met = met[met["interview_id"] == kept["interview_id"]]
    assert met["name"].tolist() == ["Jo Lu", "Sam Roe"]
    assert met["topics"].tolist() == ["the audit", "the audit"]


def test_the_employers_words_become_a_day_that_the_coach_can_correct(
    session: ClientSession,
) -> None:
    """It says how they were read; what cannot be read is said, too."""
    assert session.page is not None
    form = session.page.interview
    form.fill({"day": date(2026, 10, 13), "answer_timeline": "by the end of next week"})
    assert form.fields["promised_by"].value == date(2026, 10, 23)
    assert "Fri 23 Oct 2026: the Friday of the week after" in form.read.text
    form.clear()
    form.fill({"answer_timeline": "when the stars are right"})
    assert form.fields["promised_by"].value is None
    assert "No day can be read" in form.read.text


def test_a_double_click_keeps_one_interview(session: ClientSession, practice: Practice) -> None:
    """The second finds nothing new."""
    before = len(practice.caseload(client=1).interviews)
    log_interview(session, day=date(2026, 10, 13))
    assert session.page is not None
    session.page.interview.button.click()
    assert len(practice.caseload(client=1).interviews) == before + 1


def test_an_interview_with_a_new_employer_needs_to_know_which(
    session: ClientSession, practice: Practice
) -> None:
    """Each field says what it lacks; then both are kept as one change."""
    assert session.page is not None
    form = session.page.interview
    before = len(practice.caseload(client=1).opportunities)
    log_interview(session, opportunity=NEW, day=None, role="Auditor")
    told = {name: said.text for name, said in form.faults.items() if said.text}
    assert set(told) == {"employer", "work", "day"}
    assert form.fields["role"].value == "Auditor", "what was typed stays"
    assert len(practice.caseload(client=1).opportunities) == before
    log_interview(session, employer="Acme", work="Accounting & audit", day=date(2026, 10, 13))
    kept = latest(practice, "opportunities")
    assert (kept["employer"], kept["role"], kept["outcome"]) == ("Acme", "Auditor", "open")
    practice.undo()
    assert len(practice.caseload(client=1).opportunities) == before


def test_a_time_that_never_was_is_said_at_the_time(session: ClientSession) -> None:
    """The clocks went over it."""
    log_interview(session, day=date(2026, 3, 8), clock=time(2, 30))
    assert session.page is not None
    assert "There was no 02:30" in session.page.interview.faults["clock"].text


def test_an_interview_told_of_before_noon_has_been_held(
    session: ClientSession, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its time not known, it would else lie ahead until noon."""
    nine = pd.Timestamp("2026-10-14T13:00:00Z")
    monkeypatch.setattr(Practice, "as_of", lambda _: nine)
    log_interview(session, day=date(2026, 10, 14), answer_fit="strong")
    assert latest(practice, "interviews")["held_at"] == nine


# -- a touch in two clicks -------------------------------------------------------------------------


def test_a_touch_takes_one_click_where_the_employer_is_chosen(
    session: ClientSession, practice: Practice
) -> None:
    """And a second click within the minute is the same touch."""
    assert session.page is not None
    before = len(practice.caseload(client=1).contacts)
    session.page.touches.buttons["follow_up"].click()
    session.page.touches.buttons["follow_up"].click()
    assert len(practice.caseload(client=1).contacts) == before + 1
    kept = latest(practice, "contacts")
    assert (kept["direction"], kept["kind"], kept["channel"], kept["at"]) == (
        *("out", "follow_up", "email"),
        NOW,
    )


def test_a_reply_with_its_promise(session: ClientSession, practice: Practice) -> None:
    """What they said, and the day that it means."""
    assert session.page is not None
    form = session.page.touches.form
    form.fill({"what": "reply", "day": date(2026, 10, 13), "timeline": "Friday", "asks": True})
    form.fields["text"].value = "We will be in touch"
    form.button.click()
    kept = latest(practice, "contacts")
    assert (kept["direction"], kept["kind"], kept["text"]) == ("in", "reply", "We will be in touch")
    assert kept["promised_by"] == pd.Timestamp("2026-10-16")
    assert kept["needs_answer"]
    assert "Fri 16 Oct 2026" in form.told.text


@pytest.mark.parametrize(
    ("entered", "field"),
    [
        ({"day": None}, "day"),
        ({"day": date(2027, 1, 1)}, "day"),
        ({"what": "reply", "timeline": "soon"}, "timeline"),
        ({"what": "follow_up", "asks": True}, "what"),
        ({"what": "follow_up", "timeline": "Friday"}, "what"),
    ],
)
def test_a_touch_that_cannot_be_is_said_at_its_field(
    session: ClientSession, practice: Practice, entered: dict[str, Any], field: str
) -> None:
    """Nothing is written, and what was entered stays."""
    assert session.page is not None
    form = session.page.touches.form
    before = len(practice.caseload(client=1).contacts)
    form.fill(entered)
    form.button.click()
    assert [name for name, said in form.faults.items() if said.text] == [field]
    assert len(practice.caseload(client=1).contacts) == before
    assert {name: form.fields[name].value for name in entered} == entered


# -- agreed, noted, due ----------------------------------------------------------------------------


def test_what_was_agreed_is_checked_next_time(session: ClientSession, practice: Practice) -> None:
    """Open until it is done, and done can be taken back."""
    assert session.page is not None
    agreed = session.page.agreed
    agreed.form.button.click()
    assert agreed.form.faults["text"].text == "Write down what the client will do."
    agreed.form.fill({"text": "Send the CV", "due_on": date(2026, 10, 12)})
    agreed.form.button.click()
    row = row_of(agreed.list, lambda one: one["title"] == "Send the CV")
    assert (row["group"], row["badge"]) == ("open", "Overdue: by Mon 12 Oct 2026")
    click(agreed.list, "done", row["id"])
    assert row_of(agreed.list, lambda one: one["title"] == "Send the CV")["group"] == "done"
    assert latest(practice, "agreed_actions")["done_at"] is not pd.NaT
    click(agreed.list, "open", row["id"])
    assert row_of(agreed.list, lambda one: one["title"] == "Send the CV")["group"] == "open"


def test_what_is_due_is_the_clients_alone_and_can_be_done(
    session: ClientSession, practice: Practice
) -> None:
    """As on Today, without the name."""
    assert session.page is not None
    due = session.page.due
    row = row_of(due, lambda one: one["tickable"])
    before = len(practice.caseload(client=1).contacts)
    click(due, "done", row["id"])
    assert len(practice.caseload(client=1).contacts) == before + 1
    assert due.said.startswith("Logged: ")
    assert row["id"] not in [one["id"] for one in due.rows]


def test_several_that_are_due_are_done_at_once(session: ClientSession, practice: Practice) -> None:
    """Ticked, then logged as one change."""
    assert session.page is not None
    due = session.page.due
    ticked = [row["id"] for row in due.rows if row["tickable"]][:2]
    before = len(practice.caseload(client=1).contacts)
    click(due, "done", *ticked)
    assert len(practice.caseload(client=1).contacts) == before + 2
    practice.undo()
    assert len(practice.caseload(client=1).contacts) == before


def test_what_was_typed_outlives_what_others_change(
    session: ClientSession, practice: Practice
) -> None:
    """Drawing anew leaves the forms alone."""
    assert session.page is not None
    session.page.interview.fields["topics"].value = "half a sentence"
    practice.add_note(1, "From another tab", private=False)
    assert session.look()
    assert session.page.interview.fields["topics"].value == "half a sentence"
    assert "From another tab" in session.page.notes.told.value


def test_names_are_text(practice: Practice) -> None:
    """No name, employer or note becomes markup."""
    markup = "<img src=x onerror=alert(1)>"
    client = practice.add_client(markup, timezone="America/New_York")
    where = practice.add_opportunity(client, employer=markup, role=markup, field=markup)
    practice.add_interview(where, held_at="2026-10-12T10:00-04:00")
    practice.add_note(client, markup)
    session = panels.client_session(practice)
    session.show_client(client)
    page = session.page
    assert page is not None
    for widget in (page.name, page.since, page.events, page.notes.told):
        assert "<img" not in widget.value
        assert "&lt;img" in widget.value


# -- the first client ------------------------------------------------------------------------------


def test_on_the_first_day_a_client_is_taken_on(empty: Practice) -> None:
    """The form says what it lacks, then opens the new client's page."""
    session = panels.client_session(empty)
    (beginning,) = session.shown.children
    beginning.children[1].click()
    session.form.fill({"name": "Ann Lee", "timezone": "Nowhere"})
    session.form.button.click()
    assert "not a time zone" in session.form.faults["timezone"].text
    assert session.form.fields["name"].value == "Ann Lee"
    session.form.fill({"timezone": "America/New_York", "country": "US"})
    session.form.button.click()
    assert session.page is not None
    assert "Ann Lee" in session.page.name.value
    assert "Log an interview first" in session.page.touches.children[0].value


def test_a_practice_of_ones_own_begins_without_the_samples_client(
    still: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who was looked at in the sample is not in it: the page says how to begin."""
    monkeypatch.setattr("coachkit.practice.own_path", lambda: tmp_path / "own.coachkit")
    session = panels.client_session(open_practice("sample"))
    session.show_client(1)
    session._start_own(copy=False)
    assert session.fault.value == ""
    assert session.client_id is None
    assert "Choose a client" in session.shown.children[0].children[0].value


def test_what_is_read_ahead_is_the_truth_and_nobody_elses(practice: Practice) -> None:
    """A client who is marked is read; a change elsewhere, or the list's closing, drops that."""
    session = panels.client_session(practice)
    session.picker.toggle()
    listed = session.picker.list
    assert listed is not None
    listed.value = session.picker._ids.index(1)
    assert session._ahead is not None
    assert session._ahead[0] == 1
    listed.value = None
    assert session._ahead is None
    listed.value = session.picker._ids.index(1)
    practice.change_client(1, name="Amara Newname")
    session.picker._take()
    assert session.page is not None
    assert "Amara Newname" in session.page.name.value
    session.picker.toggle()
    assert session.picker.list is not None
    session.picker.list.value = 0
    session.picker.shut()
    assert session._ahead is None
