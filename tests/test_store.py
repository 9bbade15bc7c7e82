"""A coach's own practice: what is written stays, is checked, signed, and can be taken back."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import coachkit as ck
from coachkit import errors, terms
from coachkit.practice import Practice
from coachkit.store import files
from coachkit.store.database import Database

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
HELD = "2026-11-20T10:00:00-07:00"
SENT = "2026-11-20T18:00:00-07:00"


@pytest.fixture
def practice(tmp_path: Path) -> ck.Practice:
    """Zed Ox of Denver, with an interview at Acme."""
    practice = ck.new_practice(tmp_path / "mine.coachkit", coach="Rosa Lind")
    practice.add_client("Zed Ox", timezone="America/Denver")
    practice.add_opportunity("Zed Ox", employer="Acme", role="Cook", field="Sales")
    practice.add_interview(1, held_at=HELD)
    return practice


@pytest.fixture
def whole(tmp_path: Path) -> ck.Practice:
    """All of the sample practice in a file."""
    return ck.new_practice(tmp_path / "whole.coachkit", source=SAMPLE, coach="Rosa Lind")


def assert_same(one: ck.Caseload, other: ck.Caseload) -> None:
    for name, frame in one:
        assert_frame_equal(frame, dict(other)[name], obj=name)


# -- what goes in comes out ------------------------------------------------------------------------


def test_a_folder_comes_in_whole(whole: ck.Practice) -> None:
    """Every value, dtype and category is what ``Caseload.read`` gives."""
    assert_same(ck.Caseload.read(SAMPLE), whole.caseload())
    assert_frame_equal(whole.policy().table, ck.Policy.default().table)


@pytest.mark.parametrize("client", [3, "Declan Marsh"])
def test_one_clients_caseload_is_the_subset(whole: ck.Practice, client: int | str) -> None:
    """Asked of the database, it is the same as cut out of the whole."""
    assert_same(ck.Caseload.read(SAMPLE).subset(client), whole.caseload(client))


def test_a_coachs_caseload_holds_their_clients(whole: ck.Practice) -> None:
    """Of several coaches in one practice each can look at their own."""
    own = whole.caseload(coach="Malik Hart")
    assert set(own.clients["coach"]) == {"Malik Hart"}
    assert_same(ck.Caseload.read(SAMPLE).of_coach("Malik Hart"), own)
    assert whole.caseload("Amara Osei", coach="Malik Hart").clients.empty


@pytest.mark.parametrize("few", [0, 100])
def test_rows_joined_or_fetched_are_the_same(
    whole: ck.Practice, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """The database joins many clients' columns; few clients' rows are fetched as they are."""
    monkeypatch.setattr("coachkit.store.loading._FEW", few)
    assert_same(ck.Caseload.read(SAMPLE).of_coach("Rosa Lind"), whole.caseload(coach="Rosa Lind"))


def test_an_empty_practice_has_empty_tables_and_the_shipped_waits(tmp_path: Path) -> None:
    """Where every coach begins."""
    practice = ck.new_practice(tmp_path / "new.coachkit")
    assert_same(ck.Caseload.empty(), practice.caseload())
    assert_frame_equal(practice.policy().table, ck.Policy.default().table)


def test_columns_that_nobody_knows_are_kept(tmp_path: Path) -> None:
    """A folder's own columns come along and out again."""
    caseload = ck.Caseload.read(SAMPLE)
    known = dict(caseload)
    known["clients"] = known["clients"].assign(shoe_size="44")
    ck.Caseload(**known).write(tmp_path / "in")
    practice = ck.new_practice(tmp_path / "p.coachkit", source=tmp_path / "in")
    assert practice.caseload().clients["shoe_size"].tolist() == ["44"] * 24
    practice.export(tmp_path / "out")
    assert (tmp_path / "out" / "clients.csv").read_bytes() == (
        tmp_path / "in" / "clients.csv"
    ).read_bytes()


def test_export_and_new_give_an_equal_practice(practice: ck.Practice, tmp_path: Path) -> None:
    """Tables, waits, settings and history: nothing is lost either way."""
    practice.set_up(name="Lind Coaching", timezone="Europe/Berlin")
    practice.set_wait("Sales", wait_days=1, reason="they answer fast")
    practice.undo()
    practice.export(tmp_path / "out")
    other = ck.new_practice(tmp_path / "other.coachkit", source=tmp_path / "out")
    assert_same(practice.caseload(), other.caseload())
    assert_frame_equal(practice.policy().table, other.policy().table)
    assert_frame_equal(practice.history(), other.history())
    assert (other.name, other.timezone) == ("Lind Coaching", "Europe/Berlin")


# -- verbs -----------------------------------------------------------------------------------------


def test_what_is_logged_is_there(practice: ck.Practice) -> None:
    """Instants, days, flags and words as they were given."""
    practice.change_interview(1, answer_fit="well", promised_by=date(2026, 11, 27))
    practice.add_contact(
        1, at=SENT, direction="out", channel="email", kind="thank_you", interview_id=1
    )
    interview = practice.caseload().interviews.iloc[0]
    assert interview["held_at"] == pd.Timestamp(HELD)
    assert interview["promised_by"] == pd.Timestamp("2026-11-27")
    assert interview["answer_fit"] == "well"
    contact = practice.caseload().contacts.iloc[0]
    assert (contact["at"], contact["kind"], contact["interview_id"]) == (
        pd.Timestamp(SENT),
        "thank_you",
        1,
    )


def test_several_contacts_are_one_change(practice: ck.Practice) -> None:
    """What a coach calls sent these six: logged at once, taken back at once."""
    touch = {"opportunity_id": 1, "at": SENT, "direction": "out", "channel": "email"}
    assert practice.add_contacts([{**touch, "kind": "other"}] * 6) == [1, 2, 3, 4, 5, 6]
    practice.undo()
    assert practice.caseload().contacts.empty


def test_one_wrong_contact_keeps_all_of_them_out(practice: ck.Practice) -> None:
    """And the message says which."""
    touch = {"opportunity_id": 1, "direction": "out", "channel": "email", "kind": "other"}
    with pytest.raises(errors.NaiveTime, match="contacts, column 'at', row 2"):
        practice.add_contacts([{**touch, "at": SENT}, {**touch, "at": "2026-11-20T18:00:00"}])
    assert practice.caseload().contacts.empty


@pytest.mark.parametrize(
    ("verb", "status"),
    [("pause", "paused"), ("placed", "placed"), ("archive", "archived"), ("reactivate", "active")],
)
def test_a_clients_status_is_a_verb(practice: ck.Practice, verb: str, status: str) -> None:
    """As a coach says it."""
    getattr(practice, verb)("Zed Ox")
    assert practice.caseload().clients["status"].tolist() == [status]


def test_an_outcome_can_be_taken_back_by_reopening(practice: ck.Practice) -> None:
    """With its day."""
    practice.set_outcome(1, "rejected", at=SENT)
    assert practice.caseload().opportunities["outcome"].tolist() == ["rejected"]
    practice.reopen(1)
    row = practice.caseload().opportunities.iloc[0]
    assert row["outcome"] == "open"
    assert pd.isna(row["outcome_at"])


def test_hold_and_pin_keep_their_reasons(practice: ck.Practice) -> None:
    """Until they are taken off."""
    practice.hold(1, until="2026-12-01", reason="on holiday")
    practice.pin(1, on="2026-12-03", reason="after the fair")
    row = practice.caseload().opportunities.iloc[0]
    assert (row["hold_until"], row["hold_reason"]) == (pd.Timestamp("2026-12-01"), "on holiday")
    assert (row["follow_up_on"], row["follow_up_reason"]) == (
        pd.Timestamp("2026-12-03"),
        "after the fair",
    )
    practice.hold(1, until=None)
    practice.pin(1, on=None)
    row = practice.caseload().opportunities.iloc[0]
    assert row[["hold_until", "hold_reason", "follow_up_on", "follow_up_reason"]].isna().all()


def test_the_desk_is_kept(practice: ck.Practice) -> None:
    """People met, key questions, samples, notes and agreed actions."""
    practice.add_interviewer(1, name="Dana", role="Chef", email="d@example.com", topics="knives")
    practice.add_key_answer(1, question="Why us?", treatment="amplify")
    practice.add_work_sample("Zed Ox", title="Menu", location="menu.pdf", confidential=False)
    practice.add_note("Zed Ox", "is shy")
    practice.add_note("Zed Ox", "likes fish", private=False)
    practice.add_agreed_action("Zed Ox", "write to Dana", due_on="2026-11-30")
    practice.tick_off(1)
    caseload = practice.caseload()
    assert caseload.interviewers["name"].tolist() == ["Dana"]
    assert caseload.key_answers["treatment"].tolist() == ["amplify"]
    assert caseload.work_samples["confidential"].tolist() == [False]
    assert caseload.notes["private"].tolist() == [True, False]
    assert caseload.agreed_actions["done_at"].notna().tolist() == [True]


def test_a_tuned_wait_holds_from_its_instant_and_keeps_the_rest(practice: ck.Practice) -> None:
    """The row before stays: yesterday's record is not rewritten."""
    before = practice.policy().row("Sales", at=HELD)
    practice.set_wait(
        "sales", wait_days=1, effective_from="2026-11-21T00:00:00Z", reason="they answer fast"
    )
    after = practice.policy().row("Sales", at="2026-11-22T00:00:00Z")
    assert after["wait_days"] == 1
    assert after["evidence"] == "they answer fast"
    assert after["let_go_weeks"] == before["let_go_weeks"]
    assert practice.policy().row("Sales", at=HELD) == before


def test_a_new_fields_waits_begin_with_the_defaults(practice: ck.Practice) -> None:
    """Only what is given differs."""
    practice.set_wait("Beekeeping", wait_days=9, effective_from="2026-01-01T00:00:00Z")
    row = practice.policy().row("Beekeeping", at=HELD)
    default = practice.policy().row("default", at=HELD)
    assert (row["wait_days"], row["channels"]) == (9, default["channels"])


def test_a_blank_reason_is_none(practice: ck.Practice) -> None:
    """As in every other text; so an exported practice makes an equal one."""
    practice.set_wait("Sales", wait_days=1, effective_from=HELD, reason=" ")
    row = practice.policy().row("Sales", at=HELD)
    assert row["wait_days"] == 1
    assert pd.isna(row["evidence"])


Verb = Callable[[ck.Practice], object]
REFUSED: dict[str, tuple[type[errors.CoachkitError], str | None, Verb]] = {
    "a naive time": (
        errors.NaiveTime,
        "held_at",
        lambda p: p.add_interview(1, held_at="2026-11-20T10:00:00"),
    ),
    "an unknown zone": (
        errors.UnknownZone,
        "timezone",
        lambda p: p.add_client("x", timezone="Mars/Base"),
    ),
    "a blank name": (errors.MissingValue, "name", lambda p: p.add_client(" ", timezone="UTC")),
    "an unknown word": (errors.UnknownWord, "outcome", lambda p: p.set_outcome(1, "won")),
    "a day for an open one": (
        errors.Contradiction,
        "outcome_at",
        lambda p: p.set_outcome(1, "open", at=SENT),
    ),
    "an end before the beginning": (
        errors.Contradiction,
        "ended_at",
        lambda p: p.change_interview(1, ended_at="2026-11-20T09:00:00-07:00"),
    ),
    "a kind against its direction": (
        errors.Contradiction,
        "kind",
        lambda p: p.add_contact(1, at=SENT, direction="in", channel="email", kind="other"),
    ),
    "an interview that is not there": (
        errors.UnknownRow,
        "interview_id",
        lambda p: p.add_contact(
            1, at=SENT, direction="out", channel="email", kind="other", interview_id=9
        ),
    ),
    "another opportunity's interview": (
        errors.Contradiction,
        "interview_id",
        lambda p: p.add_contact(
            2, at=SENT, direction="out", channel="email", kind="other", interview_id=1
        ),
    ),
    "an opportunity that is not there": (
        errors.UnknownRow,
        None,
        lambda p: p.change_opportunity(9, employer="x"),
    ),
    "a client who is not there": (errors.UnknownClient, None, lambda p: p.pause("Nobody")),
    "a column that is not there": (
        errors.MissingColumn,
        None,
        lambda p: p.change_client(1, shoe_size=44),
    ),
    "a row that others lean on": (errors.Orphan, None, lambda p: p.remove("opportunities", 1)),
    "a table that is not there": (errors.UnknownRow, None, lambda p: p.remove("shoes", 1)),
    "a negative wait": (
        errors.OutOfRange,
        "wait_days",
        lambda p: p.set_wait("Sales", wait_days=-1),
    ),
    "a reason that cannot be kept": (
        errors.UnreadableValue,
        "reason",
        lambda p: p.set_wait("Sales", wait_days=1, reason="a\0b"),
    ),
    "an unknown setting": (errors.UnknownRow, None, lambda p: p.set_up(colour="red")),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_wrong_is_refused_and_nothing_is_written(practice: ck.Practice, what: str) -> None:
    """A sentence, the column where there is one, and the practice as it was."""
    fault, column, verb = REFUSED[what]
    practice.add_opportunity(1, employer="Zig", role="Zag", field="Sales")
    token, before = practice.token(), practice.caseload()
    with pytest.raises(fault) as caught:
        verb(practice)
    assert caught.value.column == column
    assert_same(before, practice.caseload())
    assert practice.token() == token


def test_a_change_of_several_verbs_is_whole_or_not_at_all(practice: ck.Practice) -> None:
    """What was written before the fault is gone with it."""
    before = practice.caseload()

    def work() -> None:
        with practice.change("a day's work"):
            practice.add_client("Ann Lee", timezone="UTC")
            practice.pause("Nobody")

    with pytest.raises(errors.UnknownClient):
        work()
    assert_same(before, practice.caseload())
    with practice.change("a day's work"):
        practice.add_client("Ann Lee", timezone="UTC")
        assert practice.caseload("Ann Lee").clients["client_id"].tolist() == [2]
        practice.pause("Ann Lee")
    assert practice.undo().startswith("Taken back: A day's work: took on Ann Lee")
    assert_same(before, practice.caseload())


def test_a_verb_that_is_refused_within_a_change_leaves_nothing(practice: ck.Practice) -> None:
    """Though its fault is caught: what it had begun is neither kept nor recorded."""
    before = practice.caseload()
    touch = {"at": SENT, "direction": "out", "channel": "email", "kind": "other"}
    with practice.change("Imported tracker.csv"):
        with pytest.raises(errors.UnknownRow):
            practice.add_contacts([{**touch, "opportunity_id": number} for number in (1, 1, 99)])
        practice.pause(1)
    assert practice.caseload().contacts.empty
    assert practice.undo() == "Taken back: Imported tracker.csv: paused Zed Ox."
    assert_same(before, practice.caseload())


def test_marks_of_an_import_are_kept_beside_the_caseload(
    practice: ck.Practice, tmp_path: Path
) -> None:
    """One for each row of a file; the next import changes it, and undo takes it back."""
    mark = {"source": "tracker", "row_key": "k1", "table_name": "interviews", "row_id": 1}
    with practice.change("Imported tracker.csv"):
        practice.mark_imported("Zed Ox", [{**mark, "content": "old"}, {**mark, "row_key": "k2"}])
    practice.mark_imported("Zed Ox", [{**mark, "content": "new"}])
    marks = practice.import_marks("Zed Ox")
    assert marks["row_key"].tolist() == ["k1", "k2"]
    assert marks["content"][0] == "new"
    assert "import_marks" not in dict(practice.caseload())
    practice.export_client("Zed Ox", tmp_path / "out")
    assert "k2" in (tmp_path / "out" / "import_marks.csv").read_text(encoding="utf-8")
    practice.undo()
    assert practice.import_marks()["content"][0] == "old"
    practice.undo()
    assert practice.import_marks().empty
    with pytest.raises(errors.MissingValue, match="row_key: nothing is there"):
        practice.mark_imported("Zed Ox", [{**mark, "row_key": ""}])


def test_a_note_that_was_begun_is_kept_beside_the_caseload(
    practice: ck.Practice, tmp_path: Path
) -> None:
    """One of each kind, interview and person; the next takes its place, and undo brings it back."""
    practice.keep_draft("Zed Ox", "weekly", text="first")
    practice.keep_draft("Zed Ox", "weekly", text="second", answers={"why": "é"})
    practice.keep_draft("Zed Ox", "thank_you", interview_id=1, subject="Thanks")
    kept = practice.note_drafts("Zed Ox")
    assert kept["text"].fillna("").tolist() == ["second", ""]
    assert kept["answers"][0] == '{"why": "é"}'
    assert kept["interview_id"].isna().tolist() == [True, False]
    assert "note_drafts" not in dict(practice.caseload())
    practice.export_client("Zed Ox", tmp_path / "out")
    assert "second" in (tmp_path / "out" / "note_drafts.csv").read_text(encoding="utf-8")
    told = practice.history("Zed Ox")["what"].tolist()[:3]
    assert told == [
        "Added a draft of a note.",
        "Changed a draft of a note.",
        "Added a draft of a note.",
    ]
    practice.drop_draft("Zed Ox", "weekly")
    practice.drop_draft("Zed Ox", "call")
    assert practice.note_drafts()["kind"].tolist() == ["thank_you"]
    practice.undo()
    assert practice.note_drafts()["text"][0] == "second"
    with pytest.raises(errors.UnknownClient):
        practice.keep_draft("Nobody", "weekly", text="x")


def test_a_client_with_marks_can_be_removed_and_brought_back(practice: ck.Practice) -> None:
    """The marks go and come with them; a client on whom others lean stays with theirs."""
    mark = {"source": "tracker", "row_key": "k1", "table_name": "clients", "row_id": 2}
    client = practice.add_client("Ann Lee", timezone="UTC")
    for one in (1, client):
        practice.mark_imported(one, [mark])
    practice.remove("clients", client)
    assert len(practice.import_marks()) == 1
    practice.undo()
    assert len(practice.import_marks(client)) == 1
    with practice.change("Tidied up"), pytest.raises(errors.Orphan):
        practice.remove("clients", 1)
    assert len(practice.import_marks(1)) == 1


def test_texts_of_every_letter_are_loaded(practice: ck.Practice) -> None:
    """Those that the store puts between texts while it loads them, too."""
    for text in ("a\x1eb", "x\x1e", "c", "=1+1\n,"):
        practice.add_note("Zed Ox", text)
    assert practice.caseload().notes["text"].tolist() == ["a\x1eb", "x\x1e", "c", "=1+1\n,"]


def test_ids_that_the_history_knows_are_not_given_again(
    practice: ck.Practice, tmp_path: Path
) -> None:
    """Not by a practice that was made of an exported one either."""
    practice.remove("clients", practice.add_client("Ann Lee", timezone="UTC"))
    practice.export(tmp_path / "out")
    other = ck.new_practice(tmp_path / "other.coachkit", source=tmp_path / "out")
    assert other.add_client("Joe Fox", timezone="UTC") == 3


def test_a_number_of_a_row_never_comes_again(practice: ck.Practice) -> None:
    """An id that was given once means one row for ever."""
    first = practice.add_client("Ann Lee", timezone="UTC")
    practice.remove("clients", first)
    assert practice.add_client("Ann Lee", timezone="UTC") == first + 1


@pytest.mark.parametrize("whole", [np.int64, np.int32, np.uint8])
def test_an_id_may_come_straight_from_a_frame(
    practice: ck.Practice, whole: Callable[[int], int]
) -> None:
    """Whichever verb it is given to, also in a list; what is written is a plain number."""
    one = whole(1)
    touch = {"direction": "out", "channel": "email", "kind": "other"}
    practice.change_client(one, status="paused")
    practice.change_opportunity(one, location="Denver")
    practice.hold(one, until="2026-12-01")
    practice.add_opportunities(one, [{"employer": "Bo", "role": "Cook", "field": "Sales"}])
    practice.add_interviews([{"opportunity_id": one, "held_at": HELD}])
    practice.add_contact(one, at=SENT, interview_id=one, **touch)
    practice.add_contacts([{"opportunity_id": one, "at": SENT, **touch}])
    practice.change_contact(one, kind="follow_up")
    practice.add_note(one, "Seen")
    practice.remove("contacts", whole(2))
    caseload = practice.caseload(one)
    assert caseload.clients["status"].tolist() == ["paused"]
    assert caseload.opportunities["location"].iloc[0] == "Denver"
    assert caseload.contacts["kind"].tolist() == ["follow_up"]
    assert len(practice.history(one)) == len(practice.history(1)) == 13
    practice.undo(practice.history()["change_id"].iloc[0])
    assert len(practice.caseload().contacts) == 2


@pytest.mark.parametrize("odd", [True, np.True_, 1.0, "1", None, 2**63])
def test_what_is_no_whole_number_is_no_id(practice: ck.Practice, odd: object) -> None:
    """Nobody's row is changed because something compares equal to its number."""
    with pytest.raises(errors.UnknownRow, match="no opportunity with the id"):
        practice.change_opportunity(odd, location="Denver")  # type: ignore[arg-type]


# -- undo and history ------------------------------------------------------------------------------


def test_undo_goes_back_step_by_step_and_redo_forward(practice: ck.Practice) -> None:
    """Until nothing is left."""
    states = [practice.caseload()]
    for status in ("paused", "placed", "archived"):
        practice.change_client(1, status=status)
        states.append(practice.caseload())
    for state in reversed(states[:-1]):
        practice.undo()
        assert_same(state, practice.caseload())
    for state in states[1:]:
        practice.redo()
        assert_same(state, practice.caseload())
    with pytest.raises(errors.NothingToUndo, match="no change left to bring back"):
        practice.redo()


def test_a_new_change_ends_what_can_be_brought_back(practice: ck.Practice) -> None:
    """As in every editor."""
    practice.pause(1)
    practice.undo()
    practice.placed(1)
    with pytest.raises(errors.NothingToUndo):
        practice.redo()


def test_undo_brings_back_what_was_removed_under_its_id(practice: ck.Practice) -> None:
    """So that everything that names it is right again."""
    before = practice.caseload()
    practice.remove("interviews", 1)
    practice.undo()
    assert_same(before, practice.caseload())


def test_nothing_is_taken_back_over_a_later_change(practice: ck.Practice) -> None:
    """Somebody else's work would be lost."""
    practice.pause(1)
    change = int(practice.history()["change_id"][0])
    practice.placed(1)
    with pytest.raises(errors.ChangedSince, match="a client that it touched was changed since"):
        practice.undo(change)
    assert practice.caseload().clients["status"].tolist() == ["placed"]


def test_undo_takes_back_ones_own_change(practice: ck.Practice) -> None:
    """Of two coaches in one practice each undoes what they did."""
    other = ck.open_practice(practice.where, coach="Malik Hart")
    assert isinstance(other, ck.Practice)
    practice.change_client(1, coach="Rosa Lind")
    other.add_client("Ann Lee", timezone="UTC")
    practice.undo()
    assert practice.caseload().clients["coach"].isna().all()
    assert practice.caseload().clients["name"].tolist() == ["Zed Ox", "Ann Lee"]


def test_history_reads_as_sentences(practice: ck.Practice) -> None:
    """Newest first, with who, and days as the client counts them."""
    practice.add_contact(1, at=SENT, direction="out", channel="email", kind="thank_you")
    practice.hold(1, until="2026-12-01", reason="on holiday")
    practice.change_opportunity(1, wait_days=3)
    practice.add_note(1, "is shy")
    practice.set_outcome(1, "offer")
    history = practice.history("Zed Ox")
    assert history["what"].tolist() == [
        "Noted an offer: Acme.",
        "Added a private note.",
        "Changed Cook at Acme: wait days from nothing to 3.",
        "Held Acme until Tue 1 Dec 2026 (on holiday).",
        "Logged a thank-you by e-mail to Acme of Fri 20 Nov 2026.",
        "Logged the interview of Fri 20 Nov 2026 at Acme.",
        "Added Cook at Acme.",
        "Took on Zed Ox.",
    ]
    assert set(history["who"]) == {"Rosa Lind"}
    assert (pd.Timestamp.now("UTC") - history["at"]).max() < pd.Timedelta(minutes=10)


def test_history_says_what_was_taken_back(practice: ck.Practice) -> None:
    """And that it was."""
    practice.pause(1)
    assert practice.undo() == "Taken back: Paused Zed Ox."
    history = practice.history()
    assert history["what"][:2].tolist() == [
        "Took something back: brought Zed Ox back to active.",
        "Paused Zed Ox.",
    ]
    assert history["state"][:2].tolist() == ["done", "taken back"]


def test_what_stays_as_it_was_is_no_change(practice: ck.Practice) -> None:
    """Writing the same again leaves no trace."""
    token, lines = practice.token(), len(practice.history())
    practice.change_client(1, name="Zed Ox")
    assert (practice.token(), len(practice.history())) == (token, lines)


# -- erasing and handing over ----------------------------------------------------------------------


def bytes_of(folder: Path) -> bytes:
    """Every byte of every file in a folder."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_erasing_leaves_no_trace(tmp_path: Path) -> None:
    """In no byte of the file, its log, its backups, the history included."""
    practice = ck.new_practice(tmp_path / "p.coachkit", source=SAMPLE)
    practice.add_note("Declan Marsh", "canary-note")
    practice.change_client("Declan Marsh", name="Declan Canary")
    practice.add_contact(
        int(practice.caseload("Declan Canary").opportunities["opportunity_id"][0]),
        at=SENT,
        direction="out",
        channel="email",
        kind="other",
        text="canary-text",
    )
    practice.undo()
    traces = [b"Declan", b"canary", b"Canary"]
    employers = practice.caseload("Declan Canary").opportunities["employer"].unique()
    others = set(practice.caseload().opportunities.query("client_id != 3")["employer"])
    traces += [name.encode() for name in employers if name not in others]
    assert all(trace in bytes_of(tmp_path) for trace in traces)
    erased = practice.erase("Declan Canary")
    found = [trace for trace in traces if trace in bytes_of(tmp_path)]
    assert found == []
    assert erased.rows["clients"] == 1
    assert [path.name for path in erased.backups] == [f"{datetime.now():%Y-%m-%d}.coachkit"]
    assert "Removed: 1 client" in str(erased)
    assert "exported before" in str(erased)
    assert practice.check() == []
    assert len(practice.caseload().clients) == 23


def test_erasing_cannot_be_taken_back(practice: ck.Practice) -> None:
    """And what else was done still can."""
    practice.add_client("Ann Lee", timezone="UTC")
    practice.erase("Zed Ox")
    assert practice.undo() == "Taken back: Took on Ann Lee."
    with pytest.raises(errors.NothingToUndo):
        practice.undo()
    assert "A client was erased." in practice.history()["what"].tolist()


def test_erasing_says_where_the_name_still_stands(practice: ck.Practice) -> None:
    """In a note on somebody else, which nobody but the coach may change."""
    practice.add_client("Ann Lee", timezone="UTC")
    practice.add_note("Ann Lee", "knows Zed Ox from school")
    assert "texts on others that hold the name: 1" in str(practice.erase("Zed Ox"))


def test_a_client_is_handed_over_whole(whole: ck.Practice, tmp_path: Path) -> None:
    """With private notes and history, and nobody else."""
    whole.add_note("Declan Marsh", "canary-note")
    whole.export_client("Declan Marsh", tmp_path / "out")
    assert ck.Caseload.read(tmp_path / "out").clients["name"].tolist() == ["Declan Marsh"]
    handed = bytes_of(tmp_path / "out")
    assert b"canary-note" in handed
    assert b"Amara" not in handed
    assert "added" not in handed.decode() or "change_id" in handed.decode()


# -- opening ---------------------------------------------------------------------------------------


def test_every_commit_is_on_the_disk(practice: ck.Practice) -> None:
    """Write-ahead log, foreign keys, full synchronisation, deleted bytes overwritten."""
    with practice._database.reading() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "secure_delete")
        }
    assert asked == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "secure_delete": 1}


def test_nothing_named_opens_ones_own_if_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the sample; so a coach who has begun never works in the sample by mistake."""
    assert ck.open_practice().read_only
    monkeypatch.setattr("coachkit.practice.own_path", lambda: tmp_path / "x" / "own.coachkit")
    ck.new_practice(name="Mine")
    assert ck.open_practice().name == "Mine"
    assert not ck.open_practice().read_only


def test_ones_own_lies_where_the_platform_keeps_user_data(tmp_path: Path) -> None:
    """As platformdirs has it; asked of another process, because here it is nobody's."""
    code = "from coachkit import practice; print(practice.own_path())"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"XDG_DATA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    said = Path(ran.stdout.strip())
    assert said.parts[-2:] == ("coachkit", "practice.coachkit")
    assert sys.platform != "linux" or said.is_relative_to(tmp_path)


def test_a_url_opens_the_same(practice: ck.Practice) -> None:
    """An SQLite file by its database URL."""
    opened = ck.open_practice(f"sqlite:///{practice.where}")
    assert_same(practice.caseload(), opened.caseload())


def test_a_real_practice_is_looked_at_now(practice: ck.Practice) -> None:
    """It moves with the clock."""
    assert abs((practice.as_of() - pd.Timestamp(datetime.now(UTC))).total_seconds()) < 60


@pytest.mark.parametrize(
    "verb",
    [
        lambda p: p.add_client("x", timezone="UTC"),
        lambda p: p.hold(1, until="2026-12-01"),
        lambda p: p.set_wait("Sales", wait_days=1),
        lambda p: p.remove("contacts", 1),
    ],
)
def test_the_sample_offers_to_start_ones_own(verb: Verb) -> None:
    """Nothing of it is changed."""
    with pytest.raises(errors.ReadOnlyPractice, match="Start your own with coachkit new"):
        verb(ck.open_practice("sample"))  # type: ignore[arg-type]


def test_nothing_is_made_over_what_is_there(practice: ck.Practice, tmp_path: Path) -> None:
    """Neither a practice nor any other file."""
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    for path in (practice.where, tmp_path / "letter.txt"):
        with pytest.raises(errors.PracticeUnavailable, match=r"something at .* already"):
            ck.new_practice(path)
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "dear"
    assert practice.check() == []


def test_a_folder_that_is_no_caseload_makes_no_practice(tmp_path: Path) -> None:
    """All is said, and no file is left behind."""
    with pytest.raises(errors.CoachkitError):
        ck.new_practice(tmp_path / "p.coachkit", source=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_others_see_a_change_at_the_next_look(practice: ck.Practice) -> None:
    """Each window knows that something was changed without reading it all."""
    other = ck.open_practice(practice.where)
    token = other.token()
    assert not other.changed_since(token)
    practice.pause(1)
    assert other.changed_since(token)
    assert other.caseload().clients["status"].tolist() == ["paused"]


# -- backups ---------------------------------------------------------------------------------------


def test_a_backup_is_a_practice_of_its_own(practice: ck.Practice, tmp_path: Path) -> None:
    """One file that opens."""
    target = practice.backup(tmp_path / "copy.coachkit")
    practice.pause(1)
    copy = ck.open_practice(target)
    assert copy.caseload().clients["status"].isna().all()
    with pytest.raises(errors.PracticeUnavailable, match="already"):
        practice.backup(target)


def test_a_practice_in_no_file_is_backed_up_by_its_server(
    practice: ck.Practice, tmp_path: Path
) -> None:
    """And says so, rather than copy half of it or fail."""
    kept = tmp_path / "kept.coachkit"
    practice.backup(kept)
    assert practice.path is not None
    served = Practice(Database(files.engine_of(practice.path), None))
    with pytest.raises(errors.PracticeUnavailable, match="tools of its database server"):
        served.backup(tmp_path / "b.coachkit")
    with pytest.raises(errors.PracticeUnavailable, match="tools of its database server"):
        served.restore(kept)
    assert not (tmp_path / "b.coachkit").exists()


def test_restoring_keeps_what_was_there(practice: ck.Practice, tmp_path: Path) -> None:
    """So that a restore can be taken back, too; open windows see it."""
    target = practice.backup(tmp_path / "copy.coachkit")
    other = ck.open_practice(practice.where)
    practice.pause(1)
    kept = practice.restore(target)
    for window in (practice, other):
        assert window.caseload().clients["status"].isna().all()
    assert ck.open_practice(kept).caseload().clients["status"].tolist() == ["paused"]
    practice.placed(1)
    assert other.caseload().clients["status"].tolist() == ["placed"]
    assert practice.check() == []


def test_the_first_change_of_a_day_makes_a_backup(practice: ck.Practice) -> None:
    """Beside the file, called after the day; the last fourteen are kept."""
    folder = Path(f"{practice.where}.backups")
    today = f"{datetime.now():%Y-%m-%d}.coachkit"
    assert [path.name for path in folder.iterdir()] == [today]
    (folder / today).unlink()
    for number in range(1, 20):
        (folder / f"2025-01-{number:02}.coachkit").write_bytes(b"")
    practice.pause(1)
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 14
    assert names[-1] == today
    assert ck.open_practice(folder / today).caseload().clients["status"].isna().all()


def test_a_sound_practice_passes_its_check(whole: ck.Practice) -> None:
    """The whole sample."""
    assert whole.check() == []


def test_a_check_finds_what_slipped_in_behind(whole: ck.Practice) -> None:
    """A word that nobody knows, written by another program."""
    with whole._database.writing(who="", verb="test") as pen:
        pen.connection.exec_driver_sql(
            "UPDATE clients SET timezone = 'Mars/Base' WHERE client_id=1"
        )
    assert len(whole.check()) == 1
    assert "Mars/Base" in whole.check()[0]


def test_every_table_of_the_nomenclature_is_kept() -> None:
    """And every column, under its own name."""
    from coachkit.store.schema import KEPT

    for name, table in terms.TABLES.items():
        assert [column.name for column in KEPT[name].c] == [
            *(column.name for column in table),
            "extra",
        ]
