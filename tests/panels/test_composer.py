"""The composer: what is missing is asked for, what the coach writes stays, sent is logged once."""

from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import coachkit as ck
from coachkit import panels
from coachkit.panels.client_session import ClientSession
from coachkit.panels.composer import Composer
from coachkit.panels.notes_and_reports import NotesAndReports
from coachkit.practice import Practice
from tests.panels.conftest import NOW, everything_live

FERNHOLLOW = 214  # Amara Osei's latest interview
THE_ANSWER = "I would count the stock twice a year."


@pytest.fixture
def page(practice: Practice, tmp_path: Path) -> NotesAndReports:
    """Amara Osei's notes and reports."""
    page = panels.notes_and_reports(practice)
    page.show_client(1)
    page.composer.out.folder.value = str(tmp_path / "out")
    return page


@pytest.fixture
def composer(page: NotesAndReports) -> Composer:
    return page.composer


def a_follow_up(composer: Composer) -> Composer:
    """A note that lacks nothing."""
    composer.kind.value = "follow_up"
    return composer


def contacts(practice: Practice) -> pd.DataFrame:
    return practice.caseload(client=1).contacts


def written(page: NotesAndReports, form: str) -> Path:
    page.composer.out.buttons[form].click()
    assert page.composer.out.fault.text == ""
    (path,) = Path(page.composer.out.folder.value).glob(f"*.{form}")
    return path


# -- the draft -------------------------------------------------------------------------------------


def test_the_note_is_about_what_asks_for_it(composer: Composer) -> None:
    """The latest interview for thanks, the one whose follow-up is due for that."""
    assert composer.about.value == FERNHOLLOW
    assert composer.whom.label == "Dolores Kestelman"
    assert composer.text.value.startswith("Dear Dolores Kestelman,")
    assert a_follow_up(composer).about.label.startswith("Quillmark Ledger Partners")
    assert composer.state.text == "Ready: read it once more."


def test_what_the_coach_chose_stays_when_the_kind_changes(composer: Composer) -> None:
    """It is about that interview until another is chosen."""
    other = composer.about.options[-1][1]
    composer.about.value = other
    composer.kind.value = "card"
    assert composer.about.value == other
    assert composer.draft is not None
    assert composer.draft.note.interview_id == other


def test_a_missing_fact_is_asked_for_and_its_answer_redraws_the_note(composer: Composer) -> None:
    """Not ready before, ready after."""
    assert composer.state.text.startswith("Not ready: 1 thing is missing.")
    box = composer.questions.boxes["answer"]
    assert box.description == (
        "Which answer to Dolores Kestelman would you give better today, and how?"
    )
    assert f"[{box.description}]" in composer.text.value
    box.value = THE_ANSWER
    assert THE_ANSWER in composer.text.value
    assert "[" not in composer.text.value
    assert composer.state.text == "Ready: read it once more."
    assert composer.questions.boxes["answer"].value == THE_ANSWER, "to be mended, if need be"
    box.value = ""
    assert f"[{box.description}]" in composer.text.value


def test_what_may_be_left_out_is_left_out_by_a_tick(composer: Composer) -> None:
    """And comes back without it."""
    tick = composer.questions.left_out["answer"]
    tick.value = True
    assert "come back to one of my answers" not in composer.text.value
    assert composer.state.text == "Ready: read it once more."
    tick.value = False
    assert "come back to one of my answers" in composer.text.value


def test_what_the_coach_wrote_is_never_lost(page: NotesAndReports, practice: Practice) -> None:
    """An answer goes to the gap's place; another kind, and another tab, leave it as it is."""
    composer = page.composer
    composer.text.value = f"{composer.text.value}P.S. Own words.\n"
    composer.questions.boxes["answer"].value = THE_ANSWER
    mine = composer.text.value
    assert THE_ANSWER in mine
    assert mine.endswith("P.S. Own words.\n")
    composer.kind.value = "card"
    assert "Own words" not in composer.text.value
    composer.kind.value = "thank_you"
    assert composer.text.value == mine
    practice.add_note(1, "From another tab")
    assert page.look()
    assert composer.text.value == mine
    composer.anew.click()
    assert "Own words" not in composer.text.value
    assert THE_ANSWER in composer.text.value


def anew(practice: Practice) -> Composer:
    """The same client's notes on a page that was loaded anew."""
    page = panels.notes_and_reports(practice)
    page.show_client(1)
    return page.composer


def test_a_note_that_was_begun_outlives_the_page(composer: Composer, practice: Practice) -> None:
    """Own words and answers, each note's for itself; a second tab takes them up, and drops them."""
    composer.questions.boxes["answer"].value = THE_ANSWER
    composer.text.value = mine = f"{composer.text.value}P.S. Own words.\n"
    composer.kind.value = "weekly"
    composer.subject.value = "My own subject"
    other = anew(practice)
    assert other.text.value == mine
    assert other.questions.boxes["answer"].value == THE_ANSWER
    other.kind.value = "weekly"
    assert other.subject.value == "My own subject"
    other.text.value = "Hi Amara,\nWell done.\n"
    composer._panel.look()
    assert composer.text.value == "Hi Amara,\nWell done.\n"
    composer.anew.click()
    assert practice.note_drafts(1)["kind"].tolist() == ["thank_you"]
    other._panel.look()
    assert other.text.value.startswith("Hi Amara,\n\n")


def test_looking_at_notes_keeps_nothing(composer: Composer, practice: Practice) -> None:
    """Only what the coach did is a change."""
    before = len(practice.history())
    for kind in ("card", "follow_up", "call", "weekly", "thank_you"):
        composer.kind.value = kind
    assert len(practice.history()) == before
    assert practice.note_drafts().empty


def test_a_note_that_was_sent_is_begun_no_more(page: NotesAndReports, practice: Practice) -> None:
    """Logged and let go as one change, which undo takes back with the coach's words."""
    composer = a_follow_up(page.composer)
    composer.text.value = mine = composer.text.value.replace("Amara Osei", "Amara")
    composer.out.sent.click()
    assert practice.note_drafts().empty
    assert practice.history()["what"][0].startswith("Sent: logged a follow-up")
    practice.undo()
    assert page.look()
    assert composer.text.value == mine
    assert practice.note_drafts()["text"].tolist() == [mine]
    composer.out.sent.click()
    composer.out.undo.click()
    assert practice.note_drafts()["text"].tolist() == [mine]


def test_an_answer_without_a_place_is_told(composer: Composer) -> None:
    """The coach took the sentence out; nothing is put anywhere else."""
    composer.text.value = "Dear Dolores Kestelman,\n\nThank you for the hours.\n\nAmara Osei\n"
    assert composer.state.text.startswith("Nothing is missing")
    composer.questions.boxes["answer"].value = THE_ANSWER
    assert THE_ANSWER not in composer.text.value
    assert "has no place of its own left" in composer.state.text


def test_what_is_refused_is_said(composer: Composer) -> None:
    """By its name, and what is to be attached by hand."""
    assert "“Consolidation model” stays out: it is confidential." in composer.remarks.value
    assert "Attach by hand" in composer.remarks.value
    assert "went out on" in composer.remarks.value


def test_a_card_that_is_too_long_is_not_ready(composer: Composer) -> None:
    """It says what a card holds."""
    composer.kind.value = "card"
    composer.text.value = composer.text.value + "And so on. " * 40
    assert composer.state.text.startswith("Not ready: it has ")
    assert "a card holds 70 words on 11 lines" in composer.state.text


# -- the check -------------------------------------------------------------------------------------


def test_the_check_reads_what_the_coach_wrote(composer: Composer) -> None:
    """With the place and the advice; a wrong employer of this client is found, too."""
    a_follow_up(composer)
    assert "nothing to find fault with" in composer.found.value
    composer.text.value = composer.text.value + "I need this job!\nBest to all at Fernhollow Bank."
    assert "<strong>Do not send it so:</strong> “I need this job!”" in composer.found.value
    assert "“Fernhollow Bank”" in composer.found.value
    assert composer.state.text.startswith("Nothing is missing, but it should not go out so")


def test_a_text_that_the_client_wrote_is_checked_and_left_alone(composer: Composer) -> None:
    """As the note that is chosen; an empty box is told."""
    paste = composer.paste
    paste.button.click()
    assert paste.fault.text == "Paste the client's text into the box first."
    theirs = "hey, did you get my email <b>??? sent from my iPhone"
    paste.text.value = theirs
    paste.button.click()
    assert paste.fault.text == ""
    assert "Do not send it so" in paste.found.value
    assert "<b>" not in paste.found.value
    assert paste.text.value == theirs


# -- the ways out ----------------------------------------------------------------------------------


def test_the_mail_draft_is_what_the_coach_left(page: NotesAndReports) -> None:
    """Reopened by Python's own parser."""
    page.composer.text.value = page.composer.text.value + "P.S. Own words.\n"
    message = message_from_bytes(written(page, "eml").read_bytes(), policy=default)
    assert message["Subject"] == page.composer.subject.value
    assert message.get_content().replace("\r\n", "\n") == page.composer.text.value
    assert "Written: " in page.composer.out.told.text
    assert "what is missing is marked" in page.composer.out.told.text


def test_the_work_samples_are_attached_from_the_folder_that_is_named(
    page: NotesAndReports, tmp_path: Path
) -> None:
    """And a folder that lacks them is told where it was named."""
    out = page.composer.out
    out.samples.value = str(tmp_path)
    out.buttons["eml"].click()
    assert "Month-end close checklist is not in the folder" in out.fault.text
    (tmp_path / "portfolio").mkdir()
    (tmp_path / "portfolio" / "close-checklist.pdf").write_bytes(b"%PDF-")
    message = message_from_bytes(written(page, "eml").read_bytes(), policy=default)
    assert [part.get_filename() for part in message.iter_attachments()] == ["close-checklist.pdf"]  # type: ignore[attr-defined]


def test_word_and_print_open_again(page: NotesAndReports) -> None:
    """The document holds the note's paragraphs; the page is a PDF."""
    from docx import Document

    document = Document(BytesIO(written(page, "docx").read_bytes()))
    assert document.paragraphs[1].text == "Dear Dolores Kestelman,"
    assert written(page, "pdf").read_bytes().startswith(b"%PDF-")


def test_files_are_told_apart_and_lie_where_it_is_said(page: NotesAndReports) -> None:
    """A name that is a path is none."""
    page.practice.change_client(1, name="../../<b>evil</b>")
    page.redraw()
    path = written(page, "pdf")
    assert path.parent == Path(page.composer.out.folder.value)
    assert str(path) in page.composer.out.told.text
    page.composer.kind.value = "card"
    page.composer.out.buttons["pdf"].click()
    assert len(list(path.parent.iterdir())) == 2


def test_a_folder_that_cannot_be_is_told_beside_its_button(composer: Composer) -> None:
    """And nothing is raised."""
    composer.out.folder.value = " "
    composer.out.buttons["pdf"].click()
    assert composer.out.fault.text == "Name the folder that the files are to go into."


def test_a_link_opens_the_mail_program_with_the_text(composer: Composer) -> None:
    """An e-mail has one; a card has none."""
    assert "href='mailto:" in a_follow_up(composer).out.link.value
    composer.kind.value = "card"
    assert composer.out.link.value == ""


# -- sent ------------------------------------------------------------------------------------------


def test_a_sent_note_is_logged_once_with_its_text(composer: Composer, practice: Practice) -> None:
    """A double click is one; the note stays as it went out."""
    before = len(contacts(practice))
    a_follow_up(composer)
    composer.text.value = composer.text.value + "P.S. Own words.\n"
    text = composer.text.value
    composer.out.sent.click()
    composer.out.sent.click()
    assert len(contacts(practice)) == before + 1
    kept: dict[str, Any] = dict(contacts(practice).sort_values("contact_id").iloc[-1])
    assert (kept["direction"], kept["channel"], kept["kind"], kept["at"]) == (
        *("out", "email", "follow_up"),
        NOW,
    )
    assert kept["text"] == f"Subject: {composer.subject.value}\n\n{text}"
    assert composer.text.value == text
    assert composer.out.told.text == "That is logged already."


def test_nothing_is_logged_before_it_was_sent(composer: Composer, practice: Practice) -> None:
    """Not by composing, checking, or writing a file."""
    before = len(contacts(practice))
    composer.out.buttons["eml"].click()
    composer.paste.text.value = "Thanks"
    composer.paste.button.click()
    assert len(contacts(practice)) == before


def test_what_was_logged_can_be_taken_back(composer: Composer, practice: Practice) -> None:
    """And then sent after all."""
    before = len(contacts(practice))
    assert a_follow_up(composer).out.undo.layout.display == "none"
    composer.out.sent.click()
    assert composer.out.undo.layout.display == ""
    composer.out.undo.click()
    assert len(contacts(practice)) == before
    assert composer.out.undo.layout.display == "none"
    composer.out.sent.click()
    assert len(contacts(practice)) == before + 1


def test_what_was_taken_back_elsewhere_is_no_longer_logged_here(
    page: NotesAndReports, practice: Practice
) -> None:
    """The button logs it again."""
    a_follow_up(page.composer).out.sent.click()
    practice.undo()
    before = len(contacts(practice))
    assert page.look()
    page.composer.out.sent.click()
    assert len(contacts(practice)) == before + 1


def test_a_note_that_is_not_ready_is_not_logged(composer: Composer, practice: Practice) -> None:
    """It says what to ask."""
    before = len(contacts(practice))
    composer.out.sent.click()
    assert len(contacts(practice)) == before
    assert composer.out.fault.text.startswith("The note is not ready. Ask the client: Which answer")


def test_the_weekly_message_is_no_contact(composer: Composer) -> None:
    """It goes to the client: there is nothing to log, and nobody to choose."""
    composer.kind.value = "weekly"
    assert composer.text.value.startswith("Hi Amara,")
    assert composer.out.logging.layout.display == "none"
    assert composer.about.layout.display == "none"


def test_on_the_sample_a_sent_note_offers_ones_own_practice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files may be written all the same."""
    page = panels.notes_and_reports(ck.open_practice("sample"))
    page.show_client(1)
    a_follow_up(page.composer).out.folder.value = str(tmp_path)
    page.composer.text.value = mine = f"{page.composer.text.value}P.S. Own words.\n"
    assert page.composer.text.value == mine
    page.composer.out.buttons["eml"].click()
    page.composer.out.sent.click()
    assert "Start your own practice" in page.fault.text
    assert page._own.children
    assert page.composer.draft is not None
    assert page.composer.draft.logged is None
    assert len(list(tmp_path.glob("*.eml"))) == 1


# -- whose -----------------------------------------------------------------------------------------


def test_without_an_interview_there_is_nothing_to_write(practice: Practice) -> None:
    """But the weekly message."""
    number = practice.add_client("Ann Lee", timezone="America/New_York")
    page = panels.notes_and_reports(practice)
    page.show_client(number)
    assert page.fault.text == ""
    assert page.composer.state.text.startswith("There is nothing to write about yet.")
    assert page.composer.desk.layout.display == "none"
    page.composer.kind.value = "weekly"
    assert page.composer.desk.layout.display == ""
    assert page.composer.text.value.startswith("Hi Ann,")


def test_another_client_finds_nothing_of_the_one_before(page: NotesAndReports) -> None:
    """No draft, answer, pasted text or file name is left in any widget."""
    page.composer.questions.boxes["answer"].value = THE_ANSWER
    page.composer.paste.text.value = "Amara's own letter"
    page.composer.out.buttons["eml"].click()
    page.reports.folder.value = page.composer.out.folder.value
    page.reports.reports["client"].click()
    page.show_client(18)
    known = everything_live()
    assert "Björn Askeland" in known
    for word in ("Amara", "Dolores", "Quillmark", "twice a year"):
        assert word not in known


def test_the_session_opens_the_note_and_closes_it_for_good(practice: Practice) -> None:
    """It is the client's who is there; with the next one it is closed."""
    session: ClientSession = panels.client_session(practice)
    session.show_client(1)
    assert session.page is not None
    writing = session.page.writing
    assert writing.composer is None
    assert "Dear Dolores Kestelman" not in everything_live()
    writing.opener.click()
    assert writing.composer is not None
    assert "Dear Dolores Kestelman" in everything_live()
    practice.add_note(1, "From another tab")
    assert session.look()
    writing.composer.kind.value = "follow_up"
    writing.composer.out.sent.click()
    assert contacts(practice)["text"].notna().any()
    session.show_client(18)
    assert writing.composer is None
    assert "Dolores Kestelman" not in everything_live()
    writing.opener.click()
    writing.opener.click()
    assert writing.composer is None


def test_whatever_comes_from_outside_is_text(practice: Practice) -> None:
    """In remarks, findings and the link."""
    with practice.change("Hostile"):
        practice.change_opportunity(109, employer="<img src=x onerror=alert(1)>'\">")
        practice.add_work_sample(1, title="<script>alert(1)</script>", confidential=True)
    page = panels.notes_and_reports(practice)
    page.show_client(1)
    composer = page.composer
    composer.text.value = composer.text.value + "<script>alert(2)</script> I need this job!!!"
    shown = composer.remarks.value + composer.found.value + composer.out.link.value
    assert "alert(1)" in shown
    for word in ("<script", "<img", "'\">"):
        assert word not in shown
