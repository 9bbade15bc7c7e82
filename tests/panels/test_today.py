"""Today: what is done is logged once, what waits is snoozed, and all of it can be taken back."""

import re
from pathlib import Path

import pytest

import coachkit as ck
from coachkit import panels
from coachkit.panels.today import Today
from coachkit.practice import Practice
from tests.panels.conftest import NOW, click, row_of


@pytest.fixture
def today(practice: Practice) -> Today:
    return panels.today(practice)


def contacts(practice: Practice) -> int:
    return len(practice.caseload().contacts)


def a_follow_up(today: Today) -> str:
    return str(row_of(today.list, lambda row: row["id"].startswith("follow_up-"))["id"])


def test_the_whole_agenda_is_there_in_its_order(today: Today, practice: Practice) -> None:
    """As ``plan`` has it, each with its reason, in the groups of its urgency."""
    agenda = ck.plan(practice.caseload(), practice.policy(), as_of=NOW)
    assert sorted(row["text"] for row in today.list.rows) == sorted(agenda["reason"])
    overdue = agenda[agenda["urgency"] == "overdue"]
    own = [row["text"] for row in today.list.rows if row["group"] == "overdue"]
    assert own == overdue["reason"].tolist()
    heading = f"Overdue ({len(overdue)})"
    assert today.list.groups[0] == {"key": "overdue", "heading": heading, "folded": False}
    assert f"<strong>{len(overdue)} overdue and " in today.summary.value


def test_done_logs_the_contact(today: Today, practice: Practice) -> None:
    """Now, outbound, by the channel that was suggested."""
    before = set(practice.caseload().contacts["contact_id"])
    row = a_follow_up(today)
    click(today.list, "done", row)
    after = practice.caseload().contacts
    (added,) = after[~after["contact_id"].isin(before)].to_dict("records")
    assert (added["direction"], added["kind"], added["at"]) == ("out", "follow_up", NOW)
    assert added["channel"] in ("email", "call")
    shown = row_of(today.list, lambda one: one["id"] == row)
    assert shown["done"]
    assert shown["note"].startswith("Logged: follow-up")
    assert today.list.said == shown["note"]
    assert "Overdue (8)" in [group["heading"] for group in today.list.groups]


def test_a_thank_you_names_its_interview(today: Today, practice: Practice) -> None:
    """So that it serves that one."""
    row = row_of(today.list, lambda one: one["id"].startswith("thank_you-"))["id"]
    click(today.list, "done_by", row, value="voicemail")
    latest = practice.caseload().contacts.sort_values("contact_id").iloc[-1]
    assert str(latest["interview_id"]) == row.split("-")[3]
    assert (latest["kind"], latest["channel"]) == ("thank_you", "voicemail")


def test_a_double_click_logs_once(today: Today, practice: Practice) -> None:
    """The second finds it done."""
    before, row = contacts(practice), a_follow_up(today)
    click(today.list, "done", row)
    click(today.list, "done", row)
    assert contacts(practice) == before + 1


def test_several_at_once_are_one_change(today: Today, practice: Practice) -> None:
    """All that were ticked; taken back at once by the history."""
    before = contacts(practice)
    ticked = [row["id"] for row in today.list.rows if row["tickable"]][:6]
    click(today.list, "done", *ticked)
    assert contacts(practice) == before + 6
    assert today.list.said == "6 logged as done."
    practice.undo()
    assert contacts(practice) == before


def test_what_was_done_can_be_taken_back(today: Today, practice: Practice) -> None:
    """The row is as it was, and the contact is gone."""
    before, row = contacts(practice), a_follow_up(today)
    shown = row_of(today.list, lambda one: one["id"] == row)
    click(today.list, "done", row)
    click(today.list, "undo", row)
    assert contacts(practice) == before
    assert row_of(today.list, lambda one: one["id"] == row) == shown


def test_what_is_snoozed_waits_in_its_own_group(today: Today, practice: Practice) -> None:
    """Until a day, which is kept in the practice: another page shows it there too."""
    row = a_follow_up(today)
    click(today.list, "snooze", row, value="7")
    again = panels.today(practice)
    opportunity = "-".join(row.split("-")[:3])
    shown = row_of(again.list, lambda one: one["id"].startswith(opportunity))
    assert shown["group"] == "snoozed"
    assert "Wed 21 Oct" in shown["text"]
    click(again.list, "wake", shown["id"])
    woken = panels.today(practice)
    assert row_of(woken.list, lambda one: one["id"] == row)["group"] != "snoozed"


def test_letting_go_closes_it_and_can_be_taken_back(today: Today, practice: Practice) -> None:
    """The presumption is the coach's, and so is taking it back."""
    row = row_of(today.list, lambda one: one["id"].startswith("let_go-"))["id"]
    opportunity = today._doing.item_of[row]["opportunity_id"]

    def outcome() -> str:
        table = practice.caseload().opportunities.set_index("opportunity_id")
        return str(table.loc[opportunity, "outcome"])

    click(today.list, "let_go", row)
    assert outcome() == "let_go"
    click(today.list, "undo", row)
    assert outcome() == "open"


def test_another_tabs_change_is_seen(today: Today, practice: Practice) -> None:
    """Within a second it is drawn anew."""
    row = a_follow_up(today)
    assert not today.look()
    click(panels.today(practice).list, "done", row)
    assert today.look()
    assert not [one for one in today.list.rows if one["id"] == row]
    assert not today.look()


def test_a_panel_that_left_every_page_draws_nothing_until_it_is_back(
    today: Today, practice: Practice
) -> None:
    """As when its cell was run again; what a browser says may be anything."""

    def hear(content: object) -> None:
        today._around._handle_custom_msg(content, [])

    for content in ({"event": "came"}, {"event": "left"}, {"event": "left"}, "left", {"event": 1}):
        hear(content)
    practice.add_client("Ida Lund", timezone="Europe/Oslo")
    assert not today.look()
    seen = today._seen
    hear({"event": "came"})
    assert today._seen != seen


def test_a_click_on_what_another_tab_did_already_logs_nothing(
    today: Today, practice: Practice
) -> None:
    """The second tab still shows the row when it is clicked there, too."""
    row = a_follow_up(today)
    click(panels.today(practice).list, "done", row)
    before = contacts(practice)
    click(today.list, "done", row)
    assert contacts(practice) == before
    assert "meantime" in today.list.said


def test_clients_gone_quiet_have_a_group_of_their_own(today: Today) -> None:
    """With the reason, and nothing to tick."""
    quiet = row_of(today.list, lambda row: row["group"] == "quiet")
    assert quiet["actions"] == []
    assert not quiet["tickable"]


def test_the_sample_offers_to_start_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written; a copy of the sample takes its place, and can be."""
    monkeypatch.setattr("coachkit.practice.own_path", lambda: tmp_path / "mine.coachkit")
    today = panels.today(ck.open_practice("sample"))
    click(today.list, "done", a_follow_up(today))
    assert "only to be looked at" in today.fault.text
    assert "done" not in row_of(today.list, lambda row: row["id"] == a_follow_up(today))
    (buttons,) = today._own.children
    buttons.children[1].click()
    assert (tmp_path / "mine.coachkit").exists()
    assert not today.practice.read_only
    assert today._own.children == ()
    assert "your own practice" in today.told.text
    assert today.list.rows


def test_an_empty_practice_invites(empty: Practice) -> None:
    """A sentence instead of a list."""
    today = panels.today(empty)
    assert today.list.rows == []
    assert "Log an interview" in today.list.empty
    assert "0 overdue" in today.summary.value


def test_a_fault_within_is_a_sentence(today: Today, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever happens: never a traceback."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(Practice, "add_contact", fail)
    click(today.list, "done", a_follow_up(today))
    assert today.fault.text.startswith(
        "Something went wrong here (ZeroDivisionError: division by zero)."
    )


@pytest.mark.parametrize(
    ("action", "kinds"),
    [("thank_you", {"thank_you"}), ("follow_up", {"follow_up", "call"}), ("let_go", {"closing"})],
)
def test_the_note_is_written_where_it_is_due(today: Today, action: str, kinds: set[str]) -> None:
    """Whose it is, which it is, and about the interview it follows; it closes with all of it."""
    row = row_of(today.list, lambda one: one["id"].startswith(f"{action}-"))
    click(today.list, "note", row["id"])
    composer = today.writing.composer
    assert composer is not None
    assert composer.kind.value in kinds
    about = {key: told for told, key in composer.about.options}[composer.about.value]
    assert row["subtitle"].split(" · ")[0] in about
    assert composer.text.value
    today.writing.opener.click()
    assert today.writing.children == ()


def test_a_note_that_was_sent_is_done_on_the_list(today: Today, practice: Practice) -> None:
    """The list is drawn anew from what was logged."""
    row = row_of(today.list, lambda one: one["id"].startswith("thank_you-"))
    click(today.list, "note", row["id"])
    composer = today.writing.composer
    assert composer is not None
    before = contacts(practice)
    composer.text.value = re.sub(r"\[[^]]*\]", "the new ledger", composer.text.value)
    composer.out.sent.click()
    assert contacts(practice) == before + 1
    assert row["id"] not in [one["id"] for one in today.list.rows]
