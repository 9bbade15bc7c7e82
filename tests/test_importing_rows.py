"""What becomes of each row: every one is imported, merged or set aside."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coachkit.importing import Correction, propose
from coachkit.importing.meanings import DAYS, MEANINGS
from coachkit.importing.statuses import STATUSES
from tests.trackers import accounted, table

HEADER = "Company,Role,Date Applied,Status,Interview Date,Notes,Link\n"


def reasons(folder: Path, rows: str) -> dict[int, str]:
    """Why rows are set aside, by their place in the file."""
    return {one.row: one.reason for one in table(folder, HEADER + rows).read.set_aside}


def test_a_row_is_an_opportunity(tmp_path: Path) -> None:
    """With its day of application, its status and words, its interview, link and notes."""
    (one,) = table(
        tmp_path,
        HEADER + "Acme,Clerk,2025-01-02,Interview 2/2,2025-01-20,met Bob,https://acme.example\n",
    ).read.opportunities
    assert (one.employer, one.role, one.applied_on) == ("Acme", "Clerk", date(2025, 1, 2))
    assert (one.status, one.status_words) == ("interviewing", "Interview 2/2")
    assert [(visit.day, visit.clock) for visit in one.visits] == [(date(2025, 1, 20), None)]
    assert (one.link, one.notes) == ("https://acme.example", "met Bob")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Clerk,2025-01-02,Applied,,,", "names no employer"),
        ("n/a,Clerk,2025-01-02,Applied,,,", "names no employer"),
        (",,,FALSE,,N/A,", "nothing is filled in"),
        ("Total,,,12,,,", "a total"),
        ("Total for month,,,12,,,", "a total"),
        ("GRAND TOTAL 2024,19,,,,,", "a total"),
        ("2025,,,,,,", "a heading"),
        ("ABGESCHLOSSEN,,,,,,", "nothing but 'ABGESCHLOSSEN'"),
        ("red = rejected; green = offer,,,,,,", "a remark"),
        ("Next visit to the job centre: 2 April 9:15,,,,,,", "a remark"),
        ("[Company Name],[Job Title],,Applied,,,", "template"),
        ("Acme,Clerk,2025-01-02,Warm,,,", "say what its status means: 'Warm'"),
        ("Acme,Clerk, senior,2025-01-02,Applied,2025-01-03,x,y", "put texts with separators"),
    ],
)
def test_what_is_no_opportunity_is_set_aside_with_its_reason(
    tmp_path: Path, row: str, reason: str
) -> None:
    """Nothing is dropped in silence."""
    found = reasons(tmp_path, "Beta,Cook,2025-01-02,Applied,,,\n" * 8 + row + "\n")
    assert reason in found[10]


def test_a_name_alone_is_an_employer(tmp_path: Path) -> None:
    """Even one that is a word of statuses, where names alone are what the list is made of."""
    filled = "Beta,Cook,2025-01-02,Applied,,,\n" * 8 + "Acme Tool Co. Inc.,,,,,,\n"
    assert not table(tmp_path, HEADER + filled).read.set_aside
    content = HEADER + "Total Wine,,,,,,\nPending,,,,,,\nYahoo!,,,,,,\nAcme,Clerk,,,,,\n"
    read = table(tmp_path, content).read
    assert [one.employer for one in read.opportunities] == [
        "Total Wine",
        "Pending",
        "Yahoo!",
        "Acme",
    ]


def test_pre_filled_rows_are_set_aside(tmp_path: Path) -> None:
    """999 rows of FALSE and N/A are no opportunities, and are accounted for."""
    rows = "Acme,Clerk,2025-01-02,Applied,,,\n" + ",,,FALSE,,N/A,\n" * 999
    proposal = table(tmp_path, HEADER + rows)
    assert len(proposal.read.opportunities) == 1
    assert len(proposal.read.set_aside) == 999
    assert accounted(proposal)


def test_the_same_row_twice_is_one_opportunity(tmp_path: Path) -> None:
    """What one row lacks and the other has is kept."""
    read = table(
        tmp_path,
        HEADER
        + "Acme,Clerk,2025-01-02,Applied,,,\n acme ,CLERK,,Applied,2025-01-20,met Bob,\n"
        + "Acme,Clerk,2025-03-02,Applied,,,\n",
    ).read
    assert read.merged == ((3, 2),)
    assert [one.row for one in read.opportunities] == [2, 4]
    assert read.opportunities[0].notes == "met Bob"
    assert len(read.opportunities[0].visits) == 1


def test_the_same_row_with_another_status_waits(tmp_path: Path) -> None:
    """Applied and rejected cannot both be right."""
    rows = "Acme,Clerk,2025-01-02,Applied,,,\nAcme,Clerk,2025-01-02,Rejected,,,\n"
    assert "another status" in reasons(tmp_path, rows)[3]


@pytest.mark.parametrize("ditto", ["↳", "〃", "ditto", '""""'])
def test_the_same_as_above_is_the_employer_above(tmp_path: Path, ditto: str) -> None:
    """An arrow or a ditto mark is no employer's name."""
    rows = f"Acme,Clerk,,Applied,,,\n{ditto},Cook,,Applied,,,\n{ditto},Nurse,,Saved,,,\n"
    read = table(tmp_path, HEADER + rows).read
    assert [one.employer for one in read.opportunities] == ["Acme"] * 3


def test_a_column_of_its_own_may_end_an_opportunity(tmp_path: Path) -> None:
    """``rejected: True`` beside ``stage: Applied`` is a rejection, not an open application."""
    read = table(
        tmp_path,
        "Company,Role,Stage,rejected,offer_declined\nAcme,Clerk,Applied,True,False\n"
        "Beta,Cook,Received offer,False,True\nGamma,Nurse,Applied,False,False\n",
    ).read
    assert [one.status for one in read.opportunities] == ["rejected", "withdrawn", "applied"]


@pytest.mark.parametrize(
    ("offer", "status"),
    [
        ("Yes", "offer"),
        ("yes, in May", "offer"),
        ("2025-02-03", "offer"),
        ("No", "applied"),
        ("not yet", "applied"),
        ("Rejected", "rejected"),
        ("Ghosted", "ghosted"),
    ],
)
def test_words_under_a_yes_or_no_say_what_they_say(tmp_path: Path, offer: str, status: str) -> None:
    """A rejection noted under ``Offer`` is none."""
    rows = "Beta,Cook,2025-01-02,Applied,no\n" * 8 + f'Acme,Clerk,2025-01-02,Applied,"{offer}"\n'
    proposal = table(tmp_path, "Company,Role,Date Applied,Status,Offer\n" + rows)
    assert proposal.read.opportunities[-1].status == status


def test_words_that_nobody_knows_make_no_offer(tmp_path: Path) -> None:
    """They wait to be said; under ``Rejected`` they are one, as nothing good stands there."""
    head, row = "Company,Role,Status,Offer,Rejected\n", "Acme,Clerk,Applied,{},{}\n"
    filler = "".join(f"Firm {at},Cook,Applied,no,no\n" for at in range(8))
    unclear = table(tmp_path, head + filler + row.format("by phone", "no"))
    assert "Offer: by phone" in unclear.read.set_aside[-1].reason
    ended = table(tmp_path, head + filler + row.format("no", "by phone"))
    assert ended.read.opportunities[-1].status == "rejected"


def test_a_second_column_of_statuses_counts(tmp_path: Path) -> None:
    """Status says applied, Outcome says rejected: it is rejected."""
    read = table(
        tmp_path,
        "Company,Role,Status,Outcome\nAcme,Clerk,Applied,Rejected\nBeta,Cook,Applied,\n",
    ).read
    assert [one.status for one in read.opportunities] == ["rejected", "applied"]


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("2025-08", "no day"),
        ("8-Jul", "no year"),
        ("2000-01-01", "stand-in"),
        ("1/9/2025 & 1/14/2025", "two days"),
        ("soon", "no day"),
    ],
)
def test_what_is_no_day_is_flagged_and_kept_as_words(tmp_path: Path, cell: str, why: str) -> None:
    """Nothing is guessed into a deadline; the words stay in the notes."""
    rows = f"Acme,Clerk,2025-01-02,Applied,{cell},,\nBeta,Cook,2025-01-02,Applied,2025-01-20,,\n"
    rows += "Gamma,Cook,2025-01-02,Applied,2025-01-21,,\n"
    read = table(tmp_path, HEADER + rows).read
    (flag,) = read.flags
    assert (flag.row, flag.column, flag.cell) == (2, "Interview Date", cell)
    assert why in flag.reason
    assert read.opportunities[0].visits == ()
    assert cell in read.opportunities[0].notes


def test_an_interview_on_the_day_of_entry_on_every_row_is_none(tmp_path: Path) -> None:
    """A program filled the column; so did one that wrote one day everywhere."""
    rows = "".join(f"Acme {at},Clerk,2025-01-0{at},Applied,2025-01-0{at},,\n" for at in range(1, 6))
    assert all(not one.visits for one in table(tmp_path, HEADER + rows).read.opportunities)
    rows = "".join(f"Acme {at},Clerk,2025-01-0{at},Applied,2025-07-01,,\n" for at in range(1, 6))
    read = table(tmp_path, HEADER + rows).read
    assert all(not one.visits for one in read.opportunities)
    assert len(read.flags) == 5


def test_logs_are_proposed_and_never_taken(tmp_path: Path) -> None:
    """Each event has its words; the row is what it was without them."""
    log = (
        '"Phone interview on 13/9/14 at 11:00; sent thank you note 14/9/14. Bugged recruiter 20/9"'
    )
    read = table(tmp_path, HEADER + f"Acme,Clerk,13/9/2014,Applied,,{log},\n").read
    assert [(one.kind, one.on) for one in read.events] == [
        ("interview", date(2014, 9, 13)),
        ("thank_you", date(2014, 9, 14)),
        ("follow_up", None),
    ]
    assert read.events[0].quote.startswith("Phone interview on 13/9/14")
    assert read.opportunities[0].visits == ()


def test_cells_are_texts_whatever_they_hold(tmp_path: Path) -> None:
    """No formula, markup, template, path or Python is acted on."""
    rows = (
        '"=HYPERLINK(""http://x"")",<script>,2025-01-02,Applied,,"[{\'stage\': exit()}]",\n'
        "../../etc/passwd,{{ 7*7 }},2025-01-02,Applied,,,\n"
    )
    read = table(tmp_path, HEADER + rows).read
    assert [one.employer for one in read.opportunities] == [
        '=HYPERLINK("http://x")',
        "../../etc/passwd",
    ]
    assert [one.role for one in read.opportunities] == ["<script>", "{{ 7*7 }}"]


def test_a_correction_is_taken_and_remembered_for_files_of_the_shape(tmp_path: Path) -> None:
    """What the coach said once holds for the next file with the same columns."""
    content = "Company,Employer,Role,Date,Status\nAcme,Beta,Clerk,1/2/2025,Warm\n"
    first = table(tmp_path, content)
    said = Correction(
        {"Company": "employer", "Date": "applied_on"}, {"Date": "mdy"}, {"Warm": "waiting"}
    )
    corrected = first.corrected(said)
    (one,) = corrected.read.opportunities
    assert (one.employer, one.status, one.applied_on) == ("Acme", "waiting", date(2025, 1, 2))
    other = tmp_path / "other.csv"
    other.write_text(content.replace("Acme", "Gamma"), encoding="utf-8")
    (again,) = propose([other], corrections=[(first.shape, said)]).tables
    assert [one.employer for one in again.read.opportunities] == ["Gamma"]


NAMES = st.sampled_from(
    (
        "Company",
        "Role",
        "Date",
        "Status",
        "Notes",
        "Rejected",
        "Interview Date",
        "Password",
        "URL",
        "公司",
        "x",
        "Offer",
        "",
    )
)
CELLS = st.one_of(
    st.sampled_from(
        (
            "Acme",
            "Beta GmbH",
            "Engineer",
            "Applied",
            "Rejected",
            "Offer",
            "no offer",
            "1/2/25",
            "",
            "13/2/25",
            "2025-01-02",
            "FALSE",
            "N/A",
            "Total",
            "yes",
            "8-Jul",
            "Company",
            "Role",
            "Status",
            "https://x.example",
            "<<<<<<< HEAD",
            "=======",
            ">>>>>>> b",
        )
    ),
    st.text(max_size=12),
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    preamble=st.lists(st.lists(CELLS, max_size=3), max_size=3),
    header=st.lists(NAMES, min_size=1, max_size=8),
    rows=st.lists(st.lists(CELLS, max_size=10), max_size=12),
    separator=st.sampled_from(",;\t|"),
    quoted=st.booleans(),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_rows_in_are_rows_imported_merged_and_set_aside(
    tmp_path: Path,
    preamble: list[list[str]],
    header: list[str],
    rows: list[list[str]],
    separator: str,
    quoted: bool,
    end: str,
) -> None:
    """Whatever a file holds, each data row is in exactly one of the three."""

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if quoted else text

    lines = [separator.join(map(cell, line)) for line in [*preamble, header, *rows]]
    file = tmp_path / "messy.csv"
    file.write_bytes(end.join(lines).encode("utf-8", "ignore"))
    proposal = propose([file])
    assert proposal.tables or proposal.unread
    assert sum(proposal.counts().values()) == proposal.rows
    assert all(accounted(one) for one in proposal.tables)
    for one in proposal.tables:
        assert set(one.statuses.values()) <= set(STATUSES)
        for column in one.columns:
            assert column.meaning in MEANINGS
            assert bool(column.candidates) == (column.meaning == "undecided")
            assert (column.order is not None) or column.meaning not in DAYS


def test_the_address_behind_words_is_the_link(tmp_path: Path) -> None:
    """Tables written in Markdown have both in one cell."""
    rows = "Acme,Clerk,[Open](https://acme.example/7)\nBeta,Cook,[Open](https://beta.example/8)\n"
    told = table(tmp_path, "Company,Role,URL\n" + rows)
    links = [opportunity.link for opportunity in told.read.opportunities]
    assert links == ["https://acme.example/7", "https://beta.example/8"]
