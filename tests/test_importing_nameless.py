"""Columns under names that say nothing, or something else; the trackers are made up."""

from pathlib import Path

import pytest

from tests.trackers import column, meanings, table

HEAD = "Company,Role,Applied On,{name}\n"


def test_statuses_of_every_kind_are_the_status_under_any_name(tmp_path: Path) -> None:
    """What tells of each row how it stands is nothing else, though each cell is another."""
    rows = (
        "Acme,Clerk,2025-01-02,Heard nothing\nBeta,Cook,2025-01-03,Interview on 1/20\n"
        "Cee,Nurse,2025-01-06,They said no\n"
    )
    told = table(tmp_path, HEAD.format(name="Lampe") + rows)
    assert column(told, "Lampe").meaning == "status"
    assert list(told.statuses.values()) == ["ghosted", "interviewing", "rejected"]


def test_statuses_of_one_kind_alone_are_asked_about(tmp_path: Path) -> None:
    """Three kinds of interviews may be how they were held."""
    rows = (
        "Acme,Clerk,2025-01-02,Phone screen\nBeta,Cook,2025-01-03,Onsite\n"
        "Cee,Nurse,2025-01-06,Panel interview\n"
    )
    told = table(tmp_path, HEAD.format(name="Lampe") + rows)
    assert column(told, "Lampe").candidates == ("status", "other")


TITLES = "Acme,{},2025-01-02\nBeta,{},2025-01-03\nCee,{},2025-01-06\n"


@pytest.mark.parametrize("name", ["Lampe", "Team", "Unit", "Kind of work"])
def test_titles_of_jobs_are_asked_about_under_any_name(tmp_path: Path, name: str) -> None:
    """Where no column is the role; a nurse on a unit has one as an analyst in a team has."""
    rows = TITLES.format("Charge RN", "Day Attendant", "Support Worker")
    told = table(tmp_path, f"Company,{name},Applied On\n{rows}")
    assert column(told, name).candidates == ("role", "other")
    beside = table(tmp_path, f"Company,{name},Role,Applied On\nAcme,Charge RN,Nurse,2025-01-02\n")
    assert column(beside, name).meaning == "other"


def test_the_one_column_that_nobody_knows_may_be_the_role(tmp_path: Path) -> None:
    """In words that no list knows."""
    rows = TITLES.format("Gleaning", "Thatching", "Saddlery")
    told = table(tmp_path, f"Company,Lampe,Applied On\n{rows}")
    assert column(told, "Lampe").candidates == ("role", "other")


def test_of_two_columns_that_nobody_knows_neither_is_asked_about(tmp_path: Path) -> None:
    """A question for each would be guessing aloud."""
    rows = (
        "Acme,Gleaning,2025-01-02,Oak\nBeta,Thatching,2025-01-03,Elm\nCee,Saddlery,2025-01-06,Ash\n"
    )
    told = table(tmp_path, f"Company,Lampe,Applied On,Kerze\n{rows}")
    assert set(meanings(told)) == {"Company", "Applied On"}


def test_a_list_of_companies_stays_one(tmp_path: Path) -> None:
    """No application is told of: what they do is no role."""
    content = "Company,Lampe\nAcme,Gleaning\nBeta,Thatching\nCee,Saddlery\n"
    assert "a list of companies, not of applications" in table(tmp_path, content).says


@pytest.mark.parametrize("name", ["Status", "Contact", "Location", "Resume"])
def test_names_of_files_are_no_answer(tmp_path: Path, name: str) -> None:
    """A program that writes a cell too many puts a CV under the status."""
    rows = "Acme,short_clerk.pdf\nBeta,long cook v2.docx\n"
    assert column(table(tmp_path, f"Company,{name}\n{rows}"), name).meaning == "other"


def test_a_day_that_is_asked_for_in_words_is_that_of_the_application(tmp_path: Path) -> None:
    """A cell that names none is flagged, and nothing else is asked for there."""
    rows = "Acme,Clerk,14 Jan 2025\nBeta,Cook,mid January\nCee,Nurse,yesterday\n"
    told = table(tmp_path, "Company,Role,Applied when\n" + rows)
    assert column(told, "Applied when").meaning == "applied_on"
    assert [flag.cell for flag in told.read.flags] == ["mid January", "yesterday"]


def test_whom_an_agency_sends_people_to_may_be_the_employer(tmp_path: Path) -> None:
    """Two names for each job: which of them the client applied to is for the coach to say."""
    rows = "Temps Ltd,Acme,Clerk\nStaff Co,Beta,Cook\nHands Inc,Cee,Nurse\n"
    told = table(tmp_path, "Agency,End client,Role\n" + rows)
    assert column(told, "Agency").candidates == ("employer", "other")
    assert column(told, "End client").candidates == ("employer", "other")
    found = table(tmp_path, "Agency,Source,Role\n" + rows)
    assert column(found, "Agency").meaning == "employer"


def test_a_kind_of_work_may_be_the_role(tmp_path: Path) -> None:
    """Where no column is one; a kind that comes again and again is none."""
    rows = TITLES.format("Gleaning", "Thatching", "Saddlery")
    told = table(tmp_path, f"Company,Type of work,Applied On\n{rows}")
    assert column(told, "Type of work").candidates == ("role", "other")
    rows = TITLES.format("indoor", "indoor", "indoor")
    told = table(tmp_path, f"Company,Type of work,Applied On\n{rows}")
    assert column(told, "Type of work").meaning == "other"


def test_words_under_a_result_are_the_status_where_some_are_known(tmp_path: Path) -> None:
    """The others are asked about one by one, as they are in any status."""
    head = "Company,Role,Applied On,Result\n"
    rows = (
        "Acme,Clerk,2025-01-02,never heard\nBeta,Cook,2025-01-03,sunk\n"
        "Cee,Nurse,2025-01-06,on the shelf\nDee,Baker,2025-01-07,thumbs\n"
    )
    told = table(tmp_path, head + rows)
    assert column(told, "Result").meaning == "status"
    assert told.statuses["sunk"] == "unknown"
    strange = table(tmp_path, head + rows.replace("never heard", "oak"))
    assert column(strange, "Result").candidates == ("status", "notes")


def test_long_titles_without_names_of_columns_are_no_notes(tmp_path: Path) -> None:
    """Where nothing else is the role, they may be the titles of jobs."""
    rows = (
        "Acme,2025-01-02,lifts and swings of the old mill\n"
        "Beta,2025-01-03,hats for horses and other cattle\n"
        "Cee,2025-01-06,bells and ropes in seven towers\n"
    )
    last = table(tmp_path, rows).columns[-1]
    assert last.candidates == ("role", "notes")


def test_messages_of_a_mailbox_are_no_link(tmp_path: Path) -> None:
    """They prove that an application arrived; the posting is elsewhere."""
    rows = TITLES.format(*(f"https://mail.example.test/u/0/#inbox/{one}" for one in "abc"))
    told = table(tmp_path, f"Company,Lampe,Applied On\n{rows}")
    assert column(told, "Lampe").meaning == "other"
    told = table(tmp_path, f"Company,Lampe,Applied On\n{rows.replace('mail.', 'jobs.')}")
    assert column(told, "Lampe").meaning == "link"


def test_a_role_and_something_else_is_the_role(tmp_path: Path) -> None:
    """Though no list knows its words, where the table tells of applications."""
    rows = "Acme,Gleaning,2025-01-02,Rejected\nBeta,Thatching,2025-01-03,Sent\n"
    told = table(tmp_path, f"Company,Position/Guild,Applied On,Status\n{rows}")
    assert column(told, "Position/Guild").meaning == "role"


def test_the_latest_news_in_sentences_are_notes(tmp_path: Path) -> None:
    """In a word or two they are left out, and statuses are the status."""
    rows = TITLES.format("Ann will ring next week", "the panel meets on Monday", "Bo is away")
    told = table(tmp_path, f"Company,Latest news,Applied On\n{rows}")
    assert column(told, "Latest news").meaning == "notes"
