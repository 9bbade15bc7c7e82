"""Where tables lie in files and what their columns mean; the trackers are made up."""

from pathlib import Path

import pytest

from coachkit.importing import TableProposal
from coachkit.importing.vocabulary import known_name
from tests.trackers import accounted, column, meanings, refusal, table, tables

PLAIN = (
    "Company,Role,Date Applied,Status\nAcme,Clerk,2025-01-02,Applied\nBeta,Cook,2025-01-05,Denied\n"
)
CORE = ("employer", "role", "applied_on", "status")


def core(proposal: TableProposal) -> tuple[str | None, ...]:
    """The names of the columns of employer, role, application and status."""
    found = {meaning: header for header, meaning in meanings(proposal).items()}
    return tuple(found.get(meaning) for meaning in CORE)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Company,Job Title,Date Applied,Status", "Acme,Clerk,2025-01-02,Applied"),
        ("Company Name,Position,Application Date,Stage", "Acme,Clerk,1/13/2025,Final Round"),
        ("company_name,title,app_date,application_progress", "Acme,Clerk,2025-01-02,Denied"),
        ("Applied Company,Role name,Date Submitted,Result", "Acme,Clerk,2025-01-02,reeejected"),
        ("applied to,Postion Title,Applied Date,Outcome", "Acme,Clerk,14 Jan 2026,No Offer"),
        ("companyName,jobTitle,dateApplied,status", "Acme,Clerk,2025-01-02,Applied"),
        (" Company , Role / Title ,Applied On, Status", "Acme,Clerk,2025-01-02,Applied"),
        ("Compnay,Role,Date Aplied,Stauts", "Acme,Clerk,2025-01-02,Applied"),
        ("Employer,Vacancy,Submitted,Decision", "Acme,Clerk,2025-01-02,Not Selected"),
        ("Firma,Jobtitel,Einreichdatum,Status", "Acme,Sachbearbeiter,28.10.2025,abgesagt"),
        ("Unternehmen,Stelle,Beworben am,Stand", "Acme,Berater,28.10.2025,In Bearbeitung"),
        ("Empresa,Puesto,Fecha de aplicación,Estado", "Acme,Analista,28/10/2025,Rechazado"),
        ("Entreprise,Intitulé du poste,Date de candidature,Statut", "Acme,Chef,28/10/2025,Refusé"),
        ("Azienda,Posizione,Data candidatura,Stato", "Acme,Impiegato,28/10/2025,Colloquio"),
        ("Bedrijf,Functie,Sollicitatiedatum,Status", "Acme,Adviseur,28-10-2025,Afgewezen"),
        ("Empresa,Vaga,Data da candidatura,Situação", "Acme,Analista,28/10/2025,Reprovado"),
        ("公司名称,岗位,投递时间,当前状态", "三一重工,工程师,2026-06-23,已投递"),
        ("会社名,職種,応募日,選考状況", "トヨタ,営業,2025/01/12,お祈り"),
    ],
)
def test_names_of_columns_are_known(tmp_path: Path, header: str, cells: str) -> None:
    """In nine languages, in any case, with slips of the fingers, written together or apart."""
    proposal = table(tmp_path, f"{header}\n{cells}\n")
    assert core(proposal) == tuple(name.strip() for name in header.split(","))
    assert all(one.confidence >= 0.6 for one in proposal.columns if one.meaning in CORE)


@pytest.mark.parametrize(
    ("name", "content", "header_row", "count"),
    [
        ("below titles", f"My search 2025,,,\n,,,\nupdated weekly,,,\n{PLAIN}", 4, 2),
        ("far below", "\n" * 7 + PLAIN, 8, 2),
        ("trailing separators", PLAIN.replace("\n", ",,,\n"), 1, 2),
        ("empty rows between", PLAIN.replace("\nBeta", "\n,,,\n\nBeta"), 1, 2),
        ("the names again", PLAIN + PLAIN.replace("Acme", "Gamma").replace("Beta", "Delta"), 1, 4),
        ("nothing below", "Company,Role,Date Applied,Status\n", 1, 0),
        ("a name over two lines", PLAIN.replace("Date Applied", '"Date\nApplied"'), 1, 2),
        (
            "in two levels",
            "Company,Role,Application,,\n,,Date,Status,Notes\nAcme,Clerk,2025-01-02,Applied,x\n",
            2,
            1,
        ),
        (
            "under groups",
            "Job,,Progress,\nCompany,Role,Date Applied,Status\nAcme,Clerk,2025-01-02,Applied\n",
            2,
            1,
        ),
    ],
)
def test_the_names_are_found(
    tmp_path: Path, name: str, content: str, header_row: int, count: int
) -> None:
    """Below titles and gaps, in two levels, repeated, alone."""
    proposal = table(tmp_path, content)
    assert proposal.table.header_row == header_row
    assert len(proposal.table.rows) == count
    assert {"employer", "role", "applied_on", "status"} <= set(meanings(proposal).values())
    assert accounted(proposal)


def test_marks_of_a_merge_in_git_are_no_rows(tmp_path: Path) -> None:
    """Of two rows of names the one nearer to the rows counts, and the table says so."""
    proposal = table(
        tmp_path,
        "<<<<<<< HEAD\nCompany,Title,Status\n=======\nCompany,Role,Date Applied,Status\n"
        ">>>>>>> main\nAcme,Clerk,2025-01-02,Applied\n",
    )
    assert proposal.table.header_row == 4
    assert [one.employer for one in proposal.read.opportunities] == ["Acme"]
    assert "git" in proposal.says[0]


def test_a_table_without_names_is_read_by_its_cells(tmp_path: Path) -> None:
    """Employer, role, status; a bare day stays a question unless the statuses settle it."""
    rows = [
        "Acme Corp,Software Engineer,2025-01-12,Applied",
        "Beta LLC,Data Analyst,2025-01-13,Rejected",
        "Gamma,Product Manager,2025-01-14,Interview",
        "Delta,QA Engineer,2025-01-15,Applied",
    ]
    proposal = table(tmp_path, "\n".join(rows))
    assert proposal.table.header_row is None
    assert [one.meaning for one in proposal.columns] == ["employer", "role", "applied_on", "status"]
    assert len(proposal.read.opportunities) == 4


def test_a_place_is_what_the_other_columns_leave(tmp_path: Path) -> None:
    """A bar is a place; beside employers ``Where`` is one, and over towns ``Place`` stays one."""
    rows = "{},barista,2025-09-02,nope\n{},bar,2025-09-03,rejected\n"
    head = "place,position,applied,status\n"
    bars = table(tmp_path, head + rows.format("Tamper & Tide", "Little Kiln Coffee"))
    assert meanings(bars)["place"] == "employer"
    towns = table(tmp_path, head + rows.format("Austin", "Boston"))
    assert meanings(towns)["place"] == "location"
    named = "Name,Where,Position,Stage\nFernhill Studio,Bristol,Designer,Applied\n"
    assert meanings(table(tmp_path, named * 2))["Where"] == "location"


def test_a_column_of_people_is_whom_the_client_spoke_with(tmp_path: Path) -> None:
    """Under any name but one of the client's own."""
    content = "Company,Role,{},Status\nAcme,Clerk,Ann Lee,Applied\nBeta,Cook,Ben Ode,Rejected\n"
    assert meanings(table(tmp_path, content.format("Boss/Lead")))["Boss/Lead"] == "contact_person"
    assert "Student" not in meanings(table(tmp_path, content.format("Student")))


def test_the_day_of_an_activity_is_asked_about(tmp_path: Path) -> None:
    """In a log of all that a client does it is no application's."""
    log = "Date,Company,Activity,Status\n2025-10-06,Acme,sent CV,applied\n2025-10-07,Beta,call,no\n"
    assert column(table(tmp_path, log), "Date").meaning == "undecided"


def test_names_and_days_alone_are_asked_about(tmp_path: Path) -> None:
    """Without a role, a status or a link nothing says that they are employers."""
    proposal = table(tmp_path, "Acme,2025-01-12\nBeta,2025-01-13\nGamma,2025-01-14\n")
    assert [column.meaning for column in proposal.columns] == ["undecided", "undecided"]
    assert not proposal.read.opportunities


def test_counts_of_a_chart_are_no_tracker(tmp_path: Path) -> None:
    """Without names, a job, a link or a day nothing is certain, statuses or not."""
    flow = "Oslo,All,41\nBergen,All,17\nAll,No Response,40\nAll,Rejected,13\nAll,Offer,5\n"
    proposal = table(tmp_path, flow)
    assert proposal.table.header_row is None
    assert not {"employer", "role", "status"} & {one.meaning for one in proposal.columns}


def test_the_first_column_may_have_no_name(tmp_path: Path) -> None:
    """Various names in it are the employers' where role, day and status are known."""
    rows = "Acme,Clerk,2025-01-02,Denied\nBeta,Cook,2025-01-03,Applied\n"
    proposal = table(tmp_path, ",Position,Day Sent,Status\n" + rows)
    assert proposal.columns[0].meaning == "employer"
    fewer = table(tmp_path, ",Position,Status\nAcme,Clerk,Denied\nBeta,Cook,Applied\n")
    assert fewer.columns[0].candidates == ("employer", "other")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Job Title, Type", "role"),
        ("Company, City", "employer"),
        ("Date creation", "entered_on"),
        ("岗位类别", "other"),
        ("岗位描述", "other"),
        ("信息更新时间", "updated_on"),
        ("投递入口", "link"),
        ("面试反馈", "other"),
        ("反馈时间", "reply_on"),
    ],
)
def test_a_name_is_about_its_first_part(name: str, kind: str) -> None:
    """What stands behind a comma explains; a kind of job, or what is told of one, is no job."""
    known = known_name(name)
    assert known is not None
    assert known.kind == kind


def test_an_agency_is_the_employer_where_none_else_is(tmp_path: Path) -> None:
    """Beside an employer it is whoever passes the client on."""
    alone = table(tmp_path, "Job Title,Agency,Date Applied\nClerk,Parks Board,20250611_195549\n")
    assert meanings(alone)["Agency"] == "employer"
    assert str(alone.read.opportunities[0].applied_on) == "2025-06-11"
    beside = table(tmp_path, "Company,Role,Agency,Status\nAcme,Clerk,Temps Ltd,Applied\n")
    assert column(beside, "Agency").meaning == "other"


def test_unknown_names_are_names_all_the_same(tmp_path: Path) -> None:
    """``a,b,c`` over ``1,2,3`` names three columns; nothing is an opportunity."""
    proposal = table(tmp_path, "a,b,c\n1,2,3\n")
    assert (proposal.table.header_row, proposal.table.header) == (1, ("a", "b", "c"))
    assert "no column names an employer" in proposal.read.set_aside[0].reason


def test_a_table_on_its_side_is_turned(tmp_path: Path) -> None:
    """The names in the first column, an opportunity in each other one."""
    proposal = table(
        tmp_path,
        "Company,Acme,Beta\nRole,Clerk,Cook\nDate Applied,2025-01-12,2025-01-13\n"
        "Status,Applied,Offer\n",
    )
    assert [(one.employer, one.status) for one in proposal.read.opportunities] == [
        ("Acme", "applied"),
        ("Beta", "offer"),
    ]
    benefits = "Pros,benefits,salary\nCons,far,-\n"
    wider = table(
        tmp_path,
        "Company,Acme,Beta\nPosition,Clerk,Cook\nDate applied,2025-01-12,2025-01-13\n"
        f"Status,Phone call,Not yet\nContact person,Ann Lee,Ben Ode\nNext step,call,-\n{benefits}",
    )
    assert [(one.employer, one.status) for one in wider.read.opportunities] == [
        ("Acme", "interviewing"),
        ("Beta", "to_apply"),
    ]


def test_two_tables_in_one_file_are_two(tmp_path: Path) -> None:
    """Other names further down begin another table."""
    first, second = tables(
        tmp_path,
        PLAIN + "\nEmployer,Job Title,Applied,Outcome,Notes\nGamma,Nurse,2025-01-09,Offer,x\n",
    )
    assert (len(first.table.rows), len(second.table.rows)) == (2, 1)
    assert second.read.opportunities[0].employer == "Gamma"


@pytest.mark.parametrize(
    ("header", "cells", "meaning"),
    [
        ("Interview", ["2025-01-09", "2025-02-01"], "interview_at"),
        ("Interview", ["yes", "no"], "other"),
        ("Interviews", ["1", "3"], "other"),
        ("interview1", ["Phone", "Onsite"], "other"),
        ("Interview", ["Phone interview on 1/9/14 at 11:00", "none"], "undecided"),
        ("Kennenlerngespräch", ["ja", "nein"], "other"),
        ("Phone", ["8/5/2019 & 8/14/2019", "9/1/2019"], "other"),
        ("Phone", ["+1 555 010 7788", "555-010-2211"], "other"),
        ("Contact", ["Bob Jones", "Ann Lee"], "contact_person"),
        ("Contact", ["hr@acme.example", "jobs@beta.example"], "contact_email"),
        ("Contact", ["yes", "no"], "other"),
        ("Made contact?", ["yes", "no"], "other"),
        ("Follow-up Date", ["2025-01-09", "2025-02-01"], "follow_up_on"),
        ("FollowUpDue", ["2025-01-09", "2025-02-01"], "follow_up_on"),
        ("Follow-up Needed?", ["yes", "no"], "other"),
        ("Followed Up", ["2025-01-09", "2025-02-01"], "undecided"),
        ("Last Contact", ["2025-01-09", "2025-02-01"], "last_contact_on"),
        ("Last Action", ["wrote to Bob again", "heard nothing"], "undecided"),
        ("Last Updated", ["2025-01-09", "2025-02-01"], "undecided"),
        ("Next Step", ["call Bob", "wait"], "next_step"),
        ("Deadline", ["2025-01-09", "2025-02-01"], "deadline_on"),
        ("Date Posted", ["2025-01-09", "2025-02-01"], "other"),
        ("Company Website", ["https://acme.example", "https://beta.example"], "other"),
        ("Job Posting Link", ["https://acme.example/1", "https://beta.example/2"], "link"),
        ("Company Size", ["50", "900"], "other"),
        ("Status History", ["Applied", "Applied - Interview"], "other"),
        ("Company Rank", ["best", "worst"], "other"),
        ("Company Code", ["AC", "BE"], "other"),
        ("Job #", ["17", "18"], "other"),
        ("Previous Status", ["Rejected", "Rejected"], "other"),
        ("Application Stage Date", ["2025-01-09", "2025-02-01"], "undecided"),
        ("Application Open Date", ["2025-01-09", "2025-02-01"], "undecided"),
        ("Position ID", ["R-1", "R-2"], "other"),
        ("Mystery", ["2025-01-09", "2025-02-01"], "undecided"),
    ],
)
def test_name_and_cells_decide_together(
    tmp_path: Path, header: str, cells: list[str], meaning: str
) -> None:
    """One name over different cells is different things."""
    lines = [f"Company,Role,Date Applied,Status,{header}"]
    lines += [f'Acme {at},Clerk,2025-01-1{at},Applied,"{cell}"' for at, cell in enumerate(cells)]
    proposal = table(tmp_path, "\n".join(lines))
    assert column(proposal, header).meaning == meaning
    assert core(proposal) == ("Company", "Role", "Date Applied", "Status")


@pytest.mark.parametrize(
    ("statuses", "meaning"),
    [
        (["Applied", "Rejected", "Interview"], "applied_on"),
        (["Applied", "Saved", "Interview"], "undecided"),
        (["Warm", "Cold", "Hot"], "undecided"),
        (["Warm", "Cold", "Applied"], "applied_on"),
        (["Warm", "Cold", "Hot", "Applied"], "undecided"),
        (["Skipped", "skipped_low_score", "Applied"], "undecided"),
        (["Applied", "Rejected", "Skipped"], "applied_on"),
        (["ruled_out", "ruled_out"], "undecided"),
        (["Saved"] * 6, "saved_on"),
    ],
)
def test_a_bare_day_is_what_the_statuses_make_it(
    tmp_path: Path, statuses: list[str], meaning: str
) -> None:
    """``Date`` is the day of application if no dated row waits and enough were applied for."""
    lines = ["Date,Company,Role,Status"]
    lines += [f"2025-01-0{at + 1},Acme {at},Clerk,{word}" for at, word in enumerate(statuses)]
    proposal = table(tmp_path, "\n".join(lines))
    asked = column(proposal, "Date")
    assert asked.meaning == meaning
    assert asked.order == "iso"
    if meaning == "undecided":
        assert "applied_on" in asked.candidates


@pytest.mark.parametrize(
    ("header", "cells", "name", "meaning"),
    [
        ("Date,Company,Role,City", "Oslo", "things.csv", "undecided"),
        ("Date,Company,Role,Link", "https://acme.example/1", "jobs.csv", "undecided"),
        ("Date,Company,Role,CV Version", "v2", "things.csv", "applied_on"),
        ("Date,Company,Role,Cover Letter", "yes", "things.csv", "applied_on"),
        ("Date,Company,Role,Interviewed", "yes", "things.csv", "applied_on"),
        ("Date,Company,Interviewed", "yes", "things.csv", "applied_on"),
        ("Date,Company,Role,City", "Oslo", "Job Applications 2025.csv", "applied_on"),
        ("Date,Company,Role,City", "Oslo", "applied_jobs.csv", "applied_on"),
        ("Date,Company,Role,City", "Oslo", "Bewerbungen.csv", "applied_on"),
        ("Date,Company,Role,City", "Oslo", "applications to read.csv", "undecided"),
        ("Date,Company,City", "Oslo", "applications.csv", "undecided"),
        ("created_at,Company,Role,City", "Oslo", "applications.csv", "undecided"),
    ],
)
def test_a_bare_day_beside_no_status(
    tmp_path: Path, header: str, cells: str, name: str, meaning: str
) -> None:
    """Papers, answers, or what the file is called tell applications from jobs that were found."""
    fill = {"Company": "Acme {at}", "Role": "Clerk", "Date": "2025-01-0{at}"}
    fill |= {"created_at": fill["Date"], header.split(",")[-1]: cells}
    line = ",".join(fill[one] for one in header.split(","))
    content = "\n".join([header, *(line.format(at=at) for at in range(1, 5))])
    assert column(table(tmp_path, content, name), header.split(",")[0]).meaning == meaning


def test_the_failures_of_a_program_are_no_rejections(tmp_path: Path) -> None:
    """Nor is the day of such a run that of an application."""
    run = "Company,Role,When,Status\nAcme,Clerk,2025-01-02,failed\nBeta,Cook,2025-01-03,failed\n"
    proposal = table(tmp_path, run)
    assert proposal.statuses == {"failed": "unknown"}
    assert column(proposal, "When").meaning == "undecided"


def test_two_columns_as_likely_are_asked_about(tmp_path: Path) -> None:
    """Neither of two employers is taken in silence, and no row is imported until it is said."""
    proposal = table(
        tmp_path,
        "Company,Employer,Role,Status\nAcme,Beta,Clerk,Applied\nGamma,Delta,Cook,Applied\n",
    )
    assert column(proposal, "Company").candidates == ("employer", "other")
    assert column(proposal, "Employer").meaning == "undecided"
    assert "say which column names the employer" in proposal.read.set_aside[0].reason


def test_two_columns_that_hold_the_same_are_one(tmp_path: Path) -> None:
    """Which of them is the role makes no difference; one cell apart, and it does."""
    names = "Company,Job Title,Position Title,Status\n"
    same = table(tmp_path, names + "Acme,Clerk,clerk,Applied\nBeta,Cook,Cook,Denied\n")
    assert [one.role for one in same.read.opportunities] == ["Clerk", "Cook"]
    apart = table(tmp_path, names + "Acme,Clerk,Nurse,Applied\nBeta,Cook,Cook,Denied\n")
    assert column(apart, "Job Title").candidates == ("role", "other")


def test_where_jobs_were_found_may_be_the_employers(tmp_path: Path) -> None:
    """Asked about where no column names employers and the sites are various names."""
    names = "Job Title,Source Site,Date Applied,Status\n"
    day = ",2025-01-02,Applied\n"
    various = names + f"Clerk,Acme Foods{day}Cook,Beta Mills{day}Nurse,Cee Clinic{day}"
    assert column(table(tmp_path, various), "Source Site").candidates == ("employer", "other")
    beside = "Company," + various.replace("\n", "\nAcme,").removesuffix("Acme,")
    assert column(table(tmp_path, beside), "Source Site").meaning == "other"
    boards = names + f"Clerk,Jobs Board{day}" * 4
    assert column(table(tmp_path, boards), "Source Site").meaning == "other"


def test_the_fuller_name_wins(tmp_path: Path) -> None:
    """Of ``Job Title`` and ``Position`` the first is the role, the second a category."""
    proposal = table(
        tmp_path,
        "Company,Job Title,Position,Status\nAcme,Trading Intern,Trader,Applied\n"
        "Beta,Quant Developer Intern,Trader,Applied\n",
    )
    assert column(proposal, "Job Title").meaning == "role"
    assert column(proposal, "Position").meaning == "other"


def test_an_update_in_words_is_a_status(tmp_path: Path) -> None:
    """``Update`` over days says when, over statuses what."""
    told = table(
        tmp_path, "Company,Job Title,Date Applied,Update\nAcme,Clerk,2025-01-02,Rejected\n"
    )
    assert meanings(told)["Update"] == "status"
    dated = table(tmp_path, "Company,Role,Status,Update\nAcme,Clerk,Applied,2025-01-02\n")
    assert meanings(dated)["Update"] == "undecided"


def test_a_name_alone_over_jobs_may_be_the_employers(tmp_path: Path) -> None:
    """Where no column names an employer, ``Name`` over "Acme Engineer" is asked about."""
    rows = "Acme Engineer,Applied\nBeta Data Analyst,Rejected\nGamma Manager,Applied\n"
    proposal = table(tmp_path, "Name,Stage\n" + rows)
    assert column(proposal, "Name").candidates == ("role", "employer")
    contacts = "Name,Position,Status,Contact person\nPenrose & Day,Editor,Applied,Ann Lee\n"
    assert meanings(table(tmp_path, contacts))["Name"] == "employer"
    without = "Name,Role,Status\nPenrose & Day,Editor,Applied\nThe Wren Trust,Clerk,Rejected\n"
    assert meanings(table(tmp_path, without))["Name"] == "employer"
    people = "Name,Role,Status\nAnn Lee,Editor,Applied\nBen Ode,Clerk,Rejected\n"
    assert meanings(table(tmp_path, people))["Name"] == "undecided"
    orders = "OrderDate,Region,Rep,Item,Units\n2016-01-06,East,Jones,Pencil,95\n"
    assert meanings(table(tmp_path, orders * 2))["Item"] == "undecided"
    beside = table(tmp_path, "Name,Company,Stage\nEngineer,Acme,Applied\nAnalyst,Beta,Rejected\n")
    assert meanings(beside)["Name"] == "role"


def test_the_day_of_a_template_is_that_of_the_application(tmp_path: Path) -> None:
    """Names without a row under them: a bare day beside a status; created_at stays a question."""
    proposal = table(tmp_path, "Date,Company,Role,Status\n")
    assert meanings(proposal)["Date"] == "applied_on"
    proposal = table(tmp_path, "created_at,Company,Role,Status\n")
    assert meanings(proposal)["created_at"] == "undecided"


def test_what_is_missing_is_asked_of_columns_that_nobody_knows(tmp_path: Path) -> None:
    """Names or statuses under unknown names are asked about, not left out in silence."""
    rows = "".join(
        f"{name},Clerk,2025-01-0{day},{word}\n"
        for day, (name, word) in enumerate(
            [("Acme", "zul"), ("Beta", "zul"), ("Gamma", "mek"), ("Delta", "mek"), ("Eta", "zul")],
            1,
        )
    )
    proposal = table(tmp_path, "Qux,Role,Date Applied,Vorp\n" + rows)
    assert column(proposal, "Qux").candidates == ("employer", "other")
    assert column(proposal, "Vorp").candidates == ("status", "other")


def test_a_table_without_names_may_hold_a_few_remarks(tmp_path: Path) -> None:
    """Half of its statuses known is enough where the cells are short."""
    rows = [
        "Software Engineer,Acme Corp,13/03/2024,Announcement on Friday",
        "Data Analyst,Beta LLC,15/02/2024,Rejected",
        "Product Manager,Gamma,16/07/2024,Committee in May",
        "QA Engineer,Delta,30/12/2023,Interview on Monday",
    ]
    proposal = table(tmp_path, "\n".join(rows))
    assert [one.meaning for one in proposal.columns] == ["role", "employer", "applied_on", "status"]


@pytest.mark.parametrize(
    "names",
    [
        "Företag,Tjänst,Ansökt,Status",
        "Virksomhed,Stilling,Ansøgt,Status",
        "Yritys,Tehtävä,Hakemuspäivä,Tila",
        "Firma,Stanowisko,Data aplikacji,Status",
        "Компания,Вакансия,Дата отклика,Статус",
        "Şirket / Kurum,Pozisyon / Konu,Başvuru Tarihi,Durum / Sonuç",
        "Perusahaan,Posisi,Tanggal Melamar,Status",
        "Công ty,Vị trí,Ngày nộp,Trạng thái",
    ],
)
def test_names_in_other_languages_are_known(tmp_path: Path, names: str) -> None:
    """The four that matter, beyond the nine languages that the list knows well."""
    proposal = table(tmp_path, f"{names}\nAcme,Clerk,2025-01-02,x\nBeta,Cook,2025-01-03,x\n")
    assert [one.meaning for one in proposal.columns][:3] == ["employer", "role", "applied_on"]
    assert known_name(names.split(",")[3]).kind == "status"  # type: ignore[union-attr]


def test_of_two_columns_of_statuses_the_one_called_so_is_the_status(tmp_path: Path) -> None:
    """The other is heard beside it, so that what it ended stays ended."""
    proposal = table(
        tmp_path,
        "Company,Role,Application Progress,Application Status\n"
        "Acme,Clerk,interview,submitted\nBeta,Cook,application,rejected\n",
    )
    assert column(proposal, "Application Status").meaning == "status"
    assert column(proposal, "Application Progress").also_status
    assert [one.status for one in proposal.read.opportunities] == ["interviewing", "rejected"]


def test_numbered_stages_and_words_about_interviews_are_no_status_and_no_day(
    tmp_path: Path,
) -> None:
    """``Stage 2`` is a step of one employer's process; whom and what one prepares is no day."""
    proposal = table(
        tmp_path,
        "Company,Role,Stage 1,Stage 2,Interviewer Details,Interview Prep\n"
        "Acme,Clerk,Call with recruiter,Coding challenge,Ann,Read\n"
        "Beta,Cook,Phone screen,Onsite,Bob,Cook\n",
    )
    assert meanings(proposal) == {
        "Company": "employer",
        "Role": "role",
        "Interviewer Details": "contact_person",
    }


def test_linkedin_says_what_it_exports(tmp_path: Path) -> None:
    """The columns of its ``Job Applications.csv``."""
    proposal = table(
        tmp_path,
        "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,"
        "Resume Name,Question And Answers\n"
        "03 Mar 2025,hr@acme.example,+1 555,Acme,Editor,https://acme.example/1,cv.pdf,Q: A?\n",
        "Job Applications.csv",
    )
    assert meanings(proposal) == {
        "Application Date": "applied_on",
        "Contact Email": "contact_email",
        "Company Name": "employer",
        "Job Title": "role",
        "Job Url": "link",
    }


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("Name,Title,Company,Email,Phone\nAnn Lee,Manager,Acme,a@acme.example,1\n", "people"),
        (
            "Name,Organization,Title,How we met,Date of conversation\n"
            "Ann Lee,Acme,Manager,a fair,2025-03-05\n",
            "people",
        ),
        ("Company,Website,Industry\nAcme,https://acme.example,Tools\n", "companies"),
        ("Event Name,Event Time,Status\nA fair,2025-03-05 13:00,ATTENDING\n", "events"),
    ],
)
def test_other_lists_are_no_applications(tmp_path: Path, content: str, what: str) -> None:
    """People, companies and events are set aside, and their columns mean nothing."""
    proposal = table(tmp_path, content)
    assert f"a list of {what}" in proposal.read.set_aside[0].reason
    assert not meanings(proposal)


def test_names_in_east_asian_compounds_are_known(tmp_path: Path) -> None:
    """A list cannot hold every compound; its parts say enough."""
    proposal = table(
        tmp_path,
        "応募先企業名,応募ポジション,応募した日付,現在の選考状況,次の面接日\n"
        "A社,エンジニア,2024年1月5日,一次面接,2024年1月20日\n",
    )
    assert list(meanings(proposal).values()) == [
        "employer",
        "role",
        "applied_on",
        "status",
        "interview_at",
    ]


def test_rows_that_all_hold_a_stray_separator_are_set_aside(tmp_path: Path) -> None:
    """Where a cell too many shifts the days out of their column, nothing is taken."""
    proposal = table(
        tmp_path,
        "Company,Role,Pay,Date Applied,Status\nAcme,Clerk,25,000,2025-01-02,Applied\n"
        "Beta,Cook,26,000,2025-01-03,Applied\n",
    )
    assert not proposal.read.opportunities
    assert "put texts with separators in quotes" in proposal.read.set_aside[0].reason


def test_linkedin_connections_are_no_applications(tmp_path: Path) -> None:
    """Two thousand acquaintances are two thousand rows set aside, with the reason."""
    proposal = table(
        tmp_path,
        'Notes:\n"About this file, in one long text"\n\nFirst Name,Last Name,URL,Email Address,'
        "Company,Position,Connected On\nAda,Byron,https://x.example,,Acme,Countess,05 Jun 2023\n",
    )
    assert proposal.table.header_row == 4
    assert "connections" in proposal.read.set_aside[0].reason
    assert not proposal.read.opportunities


def test_a_password_is_refused_and_never_shown(tmp_path: Path) -> None:
    """Neither among the examples nor in any note or reason."""
    content = PLAIN.replace("Status\n", "Status,Portal Password,Mot de passe\n")
    content = content.replace("Applied\n", "Applied,hunter2,sesame\n")
    proposal = table(tmp_path, content)
    assert column(proposal, "Portal Password").refused
    assert column(proposal, "Mot de passe").refused
    assert "hunter2" not in str(proposal.as_json())
    assert "hunter2" not in str(proposal.read)
    assert "sesame" not in str(proposal.read)


def test_an_undecided_order_is_told_by_another_column(tmp_path: Path) -> None:
    """One hand wrote both: 13/2 in one column decides for 1/2 in the other."""
    content = "Company,Role,Date Applied,Follow-up Date,Status\nAcme,Clerk,1/2/2025,{},Applied\n"
    told = table(tmp_path, content.format("13/2/2025"))
    assert column(told, "Date Applied").order == "dmy"
    asked = table(tmp_path, content.format("2/2/2025"))
    assert column(asked, "Date Applied").order == "undecided"
    assert asked.read.opportunities[0].applied_on is None
    assert "exchanged" in asked.read.flags[0].reason


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    """One sentence."""
    assert "is empty" in refusal(tmp_path, "\n , ,\n")


@pytest.mark.parametrize(
    "log",
    [
        "2026-08-12 07:00:10,board,Job Title Clerk,Acme Company,skipped,position closed\n"
        "2026-08-13 09:10:12,board,Cook,Beta,applied,\n"
        "2026-08-14 09:11:12,board,Nurse,Cee,applied,\n",
        "https://a.example/1,Company,Position,Status\nhttps://a.example/2,Acme,Clerk,Applied\n",
        "2026-08-13,Beta,Cook,https://a.example/2,Sent\n"
        "2026-08-14,Company,Job Title Nurse,https://a.example/3,Status\n",
    ],
)
def test_a_day_over_days_is_no_name_of_a_column(tmp_path: Path, log: str) -> None:
    """A log without names keeps its first row, even if names of columns stand in it."""
    proposal = table(tmp_path, log)
    assert proposal.table.header_row is None
    assert len(proposal.table.rows) == log.count("\n")


def test_an_employer_that_is_all_job_titles_is_asked_about(tmp_path: Path) -> None:
    """The name of the column says one thing and every cell another."""
    content = "Company,Date\nSoftware Developer,2025-02-08\nWeb Designer,2025-02-09\n"
    assert column(table(tmp_path, content), "Company").candidates == ("role", "employer", "other")


def test_statuses_of_which_some_are_known_are_asked_about(tmp_path: Path) -> None:
    """Under a name that no list knows: left out in silence a rejection would be lost."""
    content = "Company,Role,Lampe\nAcme,Clerk,Applied\nBeta,Cook,Seen\nCee,Nurse,Heard\n"
    assert column(table(tmp_path, content), "Lampe").candidates == ("status", "other")


def test_how_an_interview_is_held_is_no_day(tmp_path: Path) -> None:
    """Nor is which round it is, in a template that nothing is filled into yet."""
    content = "Company,Role,Status,Interview Date,Interview Round,Interview Type,HR Contact Email\n"
    found = meanings(table(tmp_path, content + "Acme,Clerk,Applied,,,,\n"))
    assert found["Interview Date"] == "interview_at"
    assert found["HR Contact Email"] == "contact_email"
    assert not {"Interview Round", "Interview Type"} & set(found)


def test_where_it_was_rejected_is_no_status(tmp_path: Path) -> None:
    """Although it is spelled much like the stage of a selection."""
    assert column(table(tmp_path, PLAIN), "Status").meaning == "status"
    known = known_name("Rejection Stage")
    assert known is not None
    assert known.kind == "other"


def test_where_a_job_was_found_is_no_rival_of_the_employer(tmp_path: Path) -> None:
    """Even if the employers are called after what they make."""
    content = (
        "Company,Job Title,Date,Status,Where\nAcme Software,Clerk,2025-01-02,Applied,Board\n"
        "Beta Software,Cook,2025-01-05,Denied,Fair\n"
    )
    assert core(table(tmp_path, content))[0] == "Company"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Accepted/Rejected", "status"),
        ("Rejected / Offered", "status"),
        ("Rejected/Declined", "flag_rejected"),
        ("Last status", "status"),
        ("Previous status", "other"),
    ],
)
def test_two_ends_in_one_name_are_a_status(name: str, kind: str) -> None:
    """A yes or a day under it would say neither; the last one is the present one."""
    known = known_name(name)
    assert known is not None
    assert known.kind == kind


@pytest.mark.parametrize(
    ("name", "meaning", "candidates"),
    [
        ("Rejected?", "status", ()),
        ("Active?", "undecided", ("status", "other")),
        ("Comments", "undecided", ("status", "notes")),
        ("Status/Notes", "status", ()),
    ],
)
def test_statuses_stand_under_other_names(
    tmp_path: Path, name: str, meaning: str, candidates: tuple[str, ...]
) -> None:
    """They count where no other column holds any, and beside one they do not."""
    rows = "Acme,Clerk,{}Applied\nBeta,Cook,{}Rejected\nCee,Nurse,{}Interview\n"
    alone = column(table(tmp_path, f"Company,Role,{name}\n{rows.replace('{}', '')}"), name)
    assert (alone.meaning, alone.candidates) == (meaning, candidates)
    beside = table(tmp_path, f"Company,Role,Status,{name}\n" + rows.replace("{}", "Applied,"))
    assert column(beside, "Status").meaning == "status"


def test_a_team_may_be_the_job(tmp_path: Path) -> None:
    """Where titles of jobs stand under it and under no other name."""
    rows = "Acme,Data Analyst,Applied\nBeta,Web Developer,Denied\n"
    told = table(tmp_path, "Company,Team,Status\n" + rows)
    assert column(told, "Team").candidates == ("role", "other")
    plain = table(tmp_path, "Company,Team,Status\nAcme,Web,Applied\nBeta,Sales,Denied\n")
    assert column(plain, "Team").meaning == "other"


def test_a_cv_is_sent_on_the_day_of_the_application(tmp_path: Path) -> None:
    """Over days it is when, over yes and no whether, over files which one."""
    head = "Company,Role,CV Sent,Status\n"
    day = table(tmp_path, head + "Acme,Clerk,2025-01-02,Applied\nBeta,Cook,2025-01-03,Denied\n")
    assert column(day, "CV Sent").meaning == "applied_on"
    yes = table(tmp_path, head + "Acme,Clerk,yes,\nBeta,Cook,no,\n")
    assert column(yes, "CV Sent").says == "applied"
    file = table(tmp_path, head + "Acme,Clerk,short.pdf,\nBeta,Cook,long.pdf,\n")
    assert column(file, "CV Sent").meaning == "other"


def test_a_name_that_holds_what_is_missing_is_asked_about(tmp_path: Path) -> None:
    """Whatever else it says; so is the one unknown name of an empty template."""
    rows = "Acme,Clerk,Applied\nBeta,Cook,Denied\n"
    told = table(tmp_path, "Company,Role Wished,Status\n" + rows)
    assert column(told, "Role Wished").candidates == ("role", "other")
    template = table(tmp_path, "Company,Lampe,Date Applied,Status\n")
    assert column(template, "Lampe").candidates == ("role", "other")
    full = table(tmp_path, "Company,Role,Lampe,Date Applied,Status\n")
    assert column(full, "Lampe").meaning == "other"


def test_the_status_of_a_posting_is_none_of_an_application(tmp_path: Path) -> None:
    """Where nobody knows what it says and another column is the application's."""
    names = "Company,Role,Status,Application Status\n"
    line = "Firm {},Clerk,{},\n"
    posted = table(tmp_path, names + "".join(line.format(at, "official page") for at in "abcd"))
    assert column(posted, "Status").candidates == ("status", "other")
    assert column(posted, "Application Status").meaning == "status"
    told = table(tmp_path, names + "".join(line.format(at, "Applied") for at in "abcd"))
    assert column(told, "Status").meaning == "status"


def test_a_name_beside_a_first_name_is_a_persons(tmp_path: Path) -> None:
    """A form that people filled in lists no employers."""
    people = table(tmp_path, "Vorname,Name,Datum\nAda,Lund,2025-01-02\nBo,Berg,2025-01-03\n")
    assert column(people, "Name").meaning == "other"


def test_a_course_may_be_what_is_applied_for(tmp_path: Path) -> None:
    """Where no column is the role; beside one it is something else."""
    rows = "Oslo University,MSc Rivers,Applied\nBergen University,MSc Hills,Denied\n"
    told = table(tmp_path, "University,Course,Status\n" + rows)
    assert column(told, "Course").candidates == ("role", "other")


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("tracker.csv", "applied_on"),
        ("interviews.csv", "undecided"),
        ("outreach_tracker.csv", "undecided"),
        ("job applications and interviews.csv", "applied_on"),
    ],
)
def test_the_day_of_an_interview_or_a_contact_is_asked_about(
    tmp_path: Path, name: str, meaning: str
) -> None:
    """The name of the file says what its days are of."""
    rows = "2025-01-02,Acme,Clerk,Rejected\n2025-01-03,Beta,Cook,Rejected\n"
    told = table(tmp_path, "Date,Company,Role,Status\n" + rows, name)
    assert column(told, "Date").meaning == meaning


def test_the_name_of_a_file_does_not_settle_what_a_program_stamped(tmp_path: Path) -> None:
    """It may have drafted an application that day; a day alone a person wrote."""
    rows = "2025-01-02T10:11:1{at},Acme,Clerk\n"
    stamped = "Date,Company,Role\n" + "".join(rows.format(at=at) for at in range(4))
    assert column(table(tmp_path, stamped, "applied.csv"), "Date").meaning == "undecided"
    plain = "Date,Company,Role\n" + "2025-01-02,Acme,Clerk\n" * 4
    assert column(table(tmp_path, plain, "job_apps.csv"), "Date").meaning == "applied_on"


def test_a_job_that_waits_among_applications_has_no_day_of_one(tmp_path: Path) -> None:
    """``Date`` is the day of application of all others; of many that wait it is asked about."""
    head, sent = "Date,Company,Role,Status\n", "2025-01-0{at},Firm {at},Clerk,Applied\n"
    waits = "2025-01-09,Acme,Cook,Wishlist\n"
    many = "".join(sent.format(at=at) for at in range(1, 8))
    one = table(tmp_path, head + many + waits)
    assert column(one, "Date").meaning == "applied_on"
    days = [opportunity.applied_on for opportunity in one.read.opportunities]
    assert days[-1] is None
    assert None not in days[:-1]
    assert "nothing was sent yet" in one.read.flags[-1].reason
    assert "Date: 2025-01-09" in one.read.opportunities[-1].notes
    half = table(tmp_path, head + sent.format(at=1) + sent.format(at=2) + waits)
    assert column(half, "Date").meaning == "undecided"


def test_a_day_that_is_called_so_stays_the_day_of_application(tmp_path: Path) -> None:
    """Whatever the status says, nobody names a day of finding ``Date Applied``."""
    row = "Acme,Clerk,2025-01-02,Wishlist\n"
    told = table(tmp_path, "Company,Role,Date Applied,Status\n" + row)
    assert told.read.opportunities[0].applied_on is not None


def test_the_time_of_an_interview_is_beside_its_day(tmp_path: Path) -> None:
    """Alone it may hold both."""
    both = table(tmp_path, "Company,Role,Status,Interview Date,Interview Time\nAcme,Cook,Sent,,\n")
    assert column(both, "Interview Date").meaning == "interview_at"
    assert column(both, "Interview Time").meaning == "other"
    alone = table(tmp_path, "Company,Role,Status,Interview Time\nAcme,Cook,Sent,\n")
    assert column(alone, "Interview Time").meaning == "interview_at"


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Next action,Due,Notes", "follow_up_on"),
        ("Next action,Notes,Due", "undecided"),
        ("Contact,Due,Notes", "deadline_on"),
        ("Next action,Due,Follow-up Date", "deadline_on"),
    ],
)
def test_what_is_due_is_the_step_beside_it(tmp_path: Path, header: str, meaning: str) -> None:
    """Not the day by which to apply, which has long passed."""
    cells = {"Due": "2026-08-12", "Follow-up Date": "2026-08-14"}
    row = ",".join(cells.get(name, "Write again") for name in header.split(","))
    told = table(tmp_path, f"Company,Role,Applied,{header}\nAcme,Clerk,2026-08-05,{row}\n")
    assert column(told, "Due").meaning == meaning


@pytest.mark.parametrize("role", ["Vaga / Role", "Role / Track", "Stelle/Position"])
def test_two_names_for_one_column_mean_what_both_mean(tmp_path: Path, role: str) -> None:
    """Whether or not anything stands in it yet."""
    told = table(tmp_path, f"Empresa / Company,{role},Status\n,,Applied\n")
    assert column(told, role).meaning == "role"
    filled = table(tmp_path, "Company,Vaga / Role,Status\nAcme,Gardening,Applied\n")
    assert column(filled, "Vaga / Role").meaning == "role"


def test_a_day_that_is_not_known_yet_is_no_yes_or_no(tmp_path: Path) -> None:
    """``TBD`` says nothing of a column of days."""
    rows = "Acme,Clerk,TBD,TBD\nBeta,Cook,TBD,?\n"
    told = table(tmp_path, "Company,Role,Follow-up Date,Interview Date\n" + rows)
    assert column(told, "Follow-up Date").meaning == "follow_up_on"
    assert column(told, "Interview Date").meaning == "interview_at"


def test_a_date_that_is_not_filled_in_yet_is_asked_of_nobody(tmp_path: Path) -> None:
    """Nothing hangs on what ``Date`` means where no day is there."""
    told = table(tmp_path, "Date,Company,Role,Status\n,Acme,Clerk,Wishlist\n,Beta,Cook,Wishlist\n")
    assert column(told, "Date").meaning == "applied_on"


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("联系人/内推人", "contact_person"),
        ("联系人邮箱", "contact_email"),
        ("加入日期", "saved_on"),
        ("Base地", "location"),
        ("현재 단계", "status"),
        ("Próx. ação", "next_step"),
        ("Obs.", "notes"),
        ("Descoberta", "saved_on"),
        ("Локація", "location"),
        ("Data wysłania CV", "applied_on"),
        ("Versandt", "applied_on"),
        ("Applied Dt", "applied_on"),
        ("Date App Sent", "applied_on"),
        ("网申时间", "applied_on"),
        ("Versanddatum", "applied_on"),
        ("Sent", "applied_on"),
        ("Care home", "employer"),
        ("Where I applied", "employer"),
        ("Name und Sitz des Unternehmens", "employer"),
        ("Post", "role"),
        ("応募した役職", "role"),
        ("Where I'm at", "status"),
        ("What happened", "response"),
        ("Name of Person Contacted", "contact_person"),
        ("Portfolio sent", "papers_sent"),
        ("Dropped resume", "papers_sent"),
        ("Last chased", "last_contact_on"),
        ("Where it landed", "status"),
        ("Job applying for", "role"),
        ("Company applied for", "employer"),
        ("Date applied for", "applied_on"),
        ("Boat / Company", "employer"),
        ("Where I heard of it", "other"),
        ("What they told me", "response"),
        ("Latest update", "updated_on"),
        ("Data em que me candidatei", "applied_on"),
        ("Date sent off", "applied_on"),
        ("next_action_date", "follow_up_on"),
        ("Action due", "follow_up_on"),
        ("Next actions", "next_step"),
        ("Name and Address of Employer Contacted", "employer"),
        ("Date employer contacted", "contact_person"),
        ("Airline", "employer"),
        ("Type of Work Sought", "role"),
        ("Where it all stands", "status"),
        ("Where it's at", "status"),
        ("Specific role", "role"),
        ("Card Name", "name"),
        ("Dept/Agency", "employer"),
        ("Which company did you apply to?", "employer"),
        ("What position did you apply for?", "role"),
        ("Отклик", "applied_on"),
        ("Beschäftigung als", "role"),
        ("Da fare", "next_step"),
        ("City / remote", "location"),
        ("URL oferta", "link"),
        ("Relance prévue", "follow_up_on"),
        ("Gesprek op", "interview_at"),
        ("Taetigkeit", "role"),
        ("erste_bewerbung", "applied_on"),
        ("ES提出日", "applied_on"),
        ("次にやること", "next_step"),
        ("Contact at firm", "contact_person"),
        ("Spoke with", "contact_person"),
        ("Who I talked to", "contact_person"),
    ],
)
def test_names_of_columns_of_the_field(header: str, meaning: str) -> None:
    """In whatever language the tracker is kept."""
    known = known_name(header)
    assert known is not None
    assert known.kind == meaning


def test_the_day_of_a_round_is_asked_about(tmp_path: Path) -> None:
    """Where each round has a row, their days are those of interviews, but of the first perhaps."""
    rows = "Acme,Clerk,Phone,2025-06-02,Rejected\nAcme,Clerk,{second},2025-06-12,Rejected\n"
    head = "Company,Role,Round,Date,Result\n"
    each = table(tmp_path, head + rows.format(second="Onsite"))
    assert column(each, "Date").candidates == ("interview_at", "applied_on", "other")
    one = table(tmp_path, head + "Acme,Clerk,Phone,2025-06-02,Rejected\n")
    assert column(one, "Date").meaning == "applied_on"


def test_when_a_firm_was_reminded_may_lie_behind_or_ahead(tmp_path: Path) -> None:
    """Without its accent ``Relancé le`` is ``Relance le``."""
    told = table(tmp_path, "Société,Poste,Statut,Relancé le\nAcme,Chef,Refus,15/02/2025\n")
    assert column(told, "Relancé le").candidates[:2] == ("last_contact_on", "follow_up_on")


def test_words_under_what_may_be_a_job_are_asked_about(tmp_path: Path) -> None:
    """Left out, the role would be lost; beside a role they are something else."""
    alone = table(tmp_path, "Company,Role/Reason,Status\nAcme,Gardening,Sent\nBeta,Choir,Sent\n")
    assert column(alone, "Role/Reason").candidates == ("role", "other")
    beside = table(tmp_path, "Company,Role,Role/Reason,Status\nAcme,Clerk,Gardening,Sent\n")
    assert column(beside, "Role/Reason").meaning == "other"


def test_whether_an_application_goes_on_is_asked_about(tmp_path: Path) -> None:
    """Where nothing else tells; a no is no open application."""
    rows = "Acme,Clerk,2025-01-02,No\nBeta,Cook,2025-01-03,Yes\n"
    told = table(tmp_path, "Company,Role,Applied On,Active?\n" + rows)
    assert column(told, "Active?").candidates == ("status", "other")
    head = "Company,Role,Applied On,Active?,Status\n"
    beside = table(
        tmp_path, head + "Acme,Clerk,2025-01-02,No,Denied\nBeta,Cook,2025-01-03,Yes,Sent\n"
    )
    assert column(beside, "Active?").meaning == "other"
