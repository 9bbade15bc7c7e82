"""Quoted events that the coach ticked: logged once, where their row went, never by themselves."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import coachkit as ck
from coachkit.importing import Proposal, propose, write
from coachkit.importing.accepting import accept, acceptable
from tests.trackers import table

TODAY = date(2026, 10, 14)
HEAD = "Company,Job Title,Status,Date Applied,Notes\n"


@pytest.fixture
def practice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ck.Practice:
    """A practice on its first day."""
    now = pd.Timestamp("2026-10-14T16:00:00Z")
    monkeypatch.setattr(ck.Practice, "as_of", lambda _: now)
    return ck.new_practice(tmp_path / "own.coachkit", timezone="America/New_York")


def told(folder: Path, *rows: str) -> Proposal:
    """A tracker of these rows."""
    return Proposal((table(folder, HEAD + "".join(f"{row}\n" for row in rows)),))


def take(proposal: Proposal, practice: ck.Practice) -> int:
    """Write it for Ann Lee, with every event ticked that may be."""
    write(proposal, practice, client="Ann Lee", timezone="America/New_York")
    ticked = [(one, event) for one in proposal.tables for event in acceptable(one, today=TODAY)]
    return accept(proposal, ticked, practice, client="Ann Lee")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("Phone interview on 2026-09-20", True),
        ("Phone interview on 2026-12-20", True),
        ("sent thank you note 2026-09-20", True),
        ("followed up 2026-09-20", True),
        ("they replied 2026-09-20", True),
        ("will send thank you note 2026-12-20", False),
        ("followed up in September", False),
        ("followed up on 9/20", False),
        ("applied 2026-09-20", False),
    ],
)
def test_what_may_be_ticked(tmp_path: Path, words: str, offered: bool) -> None:
    """A certain day; a touch has taken place, an interview may lie ahead."""
    (one,) = told(tmp_path, f"Acme,Cook,Applied,2026-09-01,{words}").tables
    assert bool(acceptable(one, today=TODAY)) is offered


def test_an_event_of_a_row_that_waits_is_not_offered(tmp_path: Path) -> None:
    """There is nothing that it could be logged for."""
    (one,) = told(tmp_path, "Acme,Cook,Warmish,2026-09-01,followed up 2026-09-20").tables
    assert one.read.set_aside
    assert acceptable(one, today=TODAY) == ()


def test_they_are_logged_where_their_rows_went(tmp_path: Path, practice: ck.Practice) -> None:
    """Also those of a row that was merged with another; with their words and without a time."""
    proposal = told(
        tmp_path,
        "Acme,Cook,Applied,2026-09-01,",
        "Bolt,Baker,Applied,2026-09-02,sent thank you note 2026-09-20",
        "Bolt,Baker,Applied,2026-09-02,they replied 2026-09-21",
        "Cray,Chef,Applied,2026-09-03,Phone interview on 2026-09-22",
    )
    assert proposal.counts()["merged"] == 1
    assert take(proposal, practice) == 3
    caseload = practice.caseload()
    employers = caseload.opportunities.set_index("opportunity_id")["employer"]
    sent = caseload.contacts
    assert employers[sent["opportunity_id"]].tolist() == ["Bolt", "Bolt"]
    assert sent["kind"].tolist() == ["thank_you", "reply"]
    assert sent["direction"].tolist() == ["out", "in"]
    assert sent["text"].tolist() == ["sent thank you note 2026-09-20", "they replied 2026-09-21"]
    assert not sent["time_known"].any()
    assert employers[caseload.interviews["opportunity_id"]].tolist() == ["Cray"]
    days = sent["at"].dt.tz_convert("America/New_York").dt.date
    assert days.tolist() == [date(2026, 9, 20), date(2026, 9, 21)]


def test_a_touch_of_today_is_not_ahead_of_now(tmp_path: Path, practice: ck.Practice) -> None:
    """Noon of the client's day may still be to come."""
    told_today = told(tmp_path, "Acme,Cook,Applied,2026-09-01,followed up 2026-10-14")
    early = pd.Timestamp("2026-10-14T13:00:00Z")
    with pytest.MonkeyPatch.context() as at_nine:
        at_nine.setattr(ck.Practice, "as_of", lambda _: early)
        assert take(told_today, practice) == 1
        assert practice.caseload().contacts["at"].tolist() == [early]


def test_what_is_there_is_not_logged_again(tmp_path: Path, practice: ck.Practice) -> None:
    """Neither by a second import nor by two cells that tell the same."""
    words = "Phone interview on 2026-09-20; thank you note 2026-09-21; thanked you 2026-09-21"
    proposal = told(tmp_path, f"Acme,Cook,Applied,2026-09-01,{words}")
    assert take(proposal, practice) == 2
    token = practice.token()
    assert take(proposal, practice) == 0
    assert not practice.changed_since(token)


def test_nothing_is_logged_of_what_is_not_ticked(tmp_path: Path, practice: ck.Practice) -> None:
    """Silence makes no fact."""
    file = tmp_path / "jobs.csv"
    file.write_text(HEAD + "Acme,Cook,Applied,2026-09-01,followed up 2026-09-20\n")
    proposal = propose([file])
    write(proposal, practice, client="Ann Lee", timezone="America/New_York")
    assert accept(proposal, (), practice, client="Ann Lee") == 0
    assert practice.caseload().contacts.empty
