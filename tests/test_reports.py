"""Reports: what each kind tells, to whom, and what it never tells."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest

import coachkit as ck
from coachkit import errors
from coachkit.reports import Report, Table, caseload_report, client_report, sponsor_report
from coachkit.reports.parts import Paragraph, Points
from tests.build import Case, case, heard, sent, together, visit

Given = tuple[ck.Caseload, ck.Policy, pd.Timestamp]


@pytest.fixture(scope="module")
def sample() -> Given:
    practice = ck.open_practice()
    return practice.caseload(), practice.policy(), practice.as_of()


def ann(*rows: Any, as_of: str, **cells: Any) -> Case:
    """One client with one opportunity; accounting waits 7 days."""
    return case(*rows, as_of=as_of, **cells)


def report_on(one: Case, **more: Any) -> Report:
    """Their report."""
    caseload, policy = one.given
    caseload = dataclasses.replace(caseload, **more)
    client = int(caseload.clients["client_id"].iloc[0])
    return client_report(caseload, policy, client=client, as_of=one.as_of)


def texts(report: Report) -> Iterator[str]:
    """Every text in it."""
    yield from (report.genre, report.title, *report.facts)
    for headline in report.headlines:
        yield from (headline.label, headline.figure, headline.aside)
    for section in report.sections:
        yield section.heading
        for part in section.parts:
            if isinstance(part, Table):
                yield from (part.caption, part.empty, *(one.heading for one in part.columns))
                yield from (cell for row in part.told() for cell in row)
            elif isinstance(part, Paragraph):
                yield part.text
            elif isinstance(part, Points):
                yield from part.items
            else:
                yield from (part.title, part.alt)


def section(report: Report, heading: str) -> Any:
    """The first part of the section of that heading."""
    return next(one for one in report.sections if one.heading == heading).parts[0]


def told(report: Report, heading: str) -> list[tuple[str, ...]]:
    """The rows of the table that a section begins with."""
    table = section(report, heading)
    assert isinstance(table, Table)
    return list(table.told())


def actions(client_id: int, *rows: tuple[str, str, str | None, str | None]) -> pd.DataFrame:
    """Agreed actions: text, agreed on, due on, done on."""
    return pd.DataFrame(
        [
            {
                "action_id": number,
                "client_id": client_id,
                "agreed_at": f"{agreed}T15:00:00Z",
                "text": text,
                "due_on": due,
                "done_at": None if done is None else f"{done}T15:00:00Z",
            }
            for number, (text, agreed, due, done) in enumerate(rows, 1)
        ]
    )


THANKED = (visit("Mon 2 Feb 10:00"), sent("thank_you", "Mon 2 Feb 15:00"))


def test_the_first_page_says_what_comes_next_and_why() -> None:
    """In the words of the agenda, with its reason."""
    report = report_on(ann(*THANKED, as_of="Tue 3 Feb 09:00"))
    rows = told(report, "What comes next")
    what = [row[1] for row in rows]
    assert "Follow up by e-mail" in what
    followed = rows[what.index("Follow up by e-mail")]
    assert followed[0] == "Mon 9 Feb"
    assert "waits 7 days after the thank-you of Mon 2 Feb" in followed[3]


def test_what_the_coach_is_to_ask_is_not_the_clients_to_read() -> None:
    """``ask_client`` stands in the coach's agenda alone."""
    one = ann(*THANKED, as_of="Mon 16 Feb 09:00")
    assert "ask_client" in set(one.plan()["action"])
    assert not any("Ask how things stand" in text for text in texts(report_on(one)))


def test_under_ten_a_rate_is_told_in_counts() -> None:
    """One thank-you of one is no hundred per cent."""
    report = report_on(ann(*THANKED, as_of="Tue 3 Feb 09:00"))
    thanks = report.headlines[2]
    assert (thanks.label, thanks.figure) == ("Thank-yous on time", "1 of 1")
    assert not any("100" in text for text in texts(report))


def test_from_ten_on_a_rate_comes_with_its_counts_and_interval(sample: Given) -> None:
    """Amara's thank-yous: ten of eleven."""
    caseload, policy, as_of = sample
    report = client_report(caseload, policy, client="Amara Osei", as_of=as_of)
    assert report.headlines[2].figure == "91\u00a0%"
    assert report.headlines[2].aside == "10 of 11; likely 62 to 98\u00a0%"


def test_nothing_to_judge_is_no_rate() -> None:
    """Neither 0 nor 100 per cent."""
    report = report_on(ann(as_of="Tue 3 Feb 09:00"))
    assert [one.figure for one in report.headlines[2:]] == ["–", "–"]
    assert section(report, "What was kept").items == (
        "Nothing to judge yet: the first interview starts the count.",
    )


def test_what_slipped_is_told_with_its_reason() -> None:
    """Dated, so that nobody has to take it on trust."""
    one = ann(
        visit("Mon 2 Feb 10:00"), sent("thank_you", "Thu 5 Feb 15:00"), as_of="Fri 6 Feb 09:00"
    )
    items = section(report_on(one), "What slipped").items
    assert len(items) == 1
    assert "It went out on Thu 5 Feb: late." in items[0]


def test_agreed_actions_stand_open_first_then_the_latest_done() -> None:
    """With the day by which they are due, and the day on which they were done."""
    one = ann(*THANKED, as_of="Tue 10 Feb 09:00")
    client = one.tables["clients"][0]["client_id"]
    agreed = actions(
        client,
        ("Write the card", "2026-02-02", "2026-02-04", "2026-02-03"),
        ("Call the alumni office", "2026-02-02", "2026-02-06", None),
        ("Send the portfolio", "2026-02-05", "2026-02-20", None),
    )
    report = report_on(one, agreed_actions=agreed)
    assert told(report, "What was agreed") == [
        ("Send the portfolio", "5 Feb 2026", "20 Feb 2026", "open"),
        ("Call the alumni office", "2 Feb 2026", "6 Feb 2026", "open, past its day"),
        ("Write the card", "2 Feb 2026", "4 Feb 2026", "done 3 Feb"),
    ]
    assert section(report, "What was agreed").caption == "1 of 3 done"


def test_an_action_that_is_not_agreed_or_done_yet_is_not_told_so() -> None:
    """A report as of an earlier instant knows nothing of what came later."""
    one = ann(*THANKED, as_of="Tue 3 Feb 09:00")
    client = one.tables["clients"][0]["client_id"]
    agreed = actions(
        client,
        ("Later", "2026-02-20", None, None),
        ("Done later", "2026-02-02", None, "2026-02-20"),
    )
    report = report_on(one, agreed_actions=agreed)
    assert [row[0::3] for row in told(report, "What was agreed")] == [("Done later", "open")]


@pytest.mark.parametrize(("private", "there"), [(True, False), (None, False), (False, True)])
def test_only_notes_that_are_surely_not_private_are_told(private: bool | None, there: bool) -> None:
    """Unknown is private."""
    one = ann(*THANKED, as_of="Tue 3 Feb 09:00")
    client = one.tables["clients"][0]["client_id"]
    note = {"note_id": 1, "client_id": client, "written_at": "2026-02-02T15:00:00Z"}
    notes = pd.DataFrame([note | {"private": private, "text": "Kanari sings"}], dtype=object)
    report = report_on(one, notes=notes)
    assert any("Kanari" in text for text in texts(report)) is there


def test_what_a_coach_wrote_beside_the_record_is_not_told(sample: Given) -> None:
    """Contact texts, opportunities' notes and reasons for holds are no part of a report."""
    caseload, policy, as_of = sample
    contacts = caseload.contacts.assign(text="Kanari 1")
    opportunities = caseload.opportunities.assign(
        notes="Kanari 2",
        outcome_words="Kanari 3",
        hold_until=pd.Timestamp("2026-12-01"),
        hold_reason="Kanari 4",
        follow_up_on=pd.Timestamp("2026-12-09"),
        follow_up_reason="Kanari 5",
    )
    marked = dataclasses.replace(caseload, contacts=contacts, opportunities=opportunities)
    for report in (
        client_report(marked, policy, client=1, as_of=as_of),
        sponsor_report(marked, policy, as_of=as_of),
    ):
        assert not any("Kanari" in text for text in texts(report))


def test_since_tells_only_what_came_due_from_that_day_on(sample: Given) -> None:
    """Rates, duties and events; what comes next stays."""
    caseload, policy, as_of = sample
    whole = client_report(caseload, policy, client=1, as_of=as_of)
    part = client_report(caseload, policy, client=1, as_of=as_of, since=date(2026, 9, 1))
    assert told(part, "What comes next") == told(whole, "What comes next")
    assert part.headlines[2].figure == "5 of 6"
    assert part.facts[1] == "1 Sep to 14 Oct 2026"


def test_what_ended_before_the_period_is_not_open(sample: Given) -> None:
    """The first headline counts what stands, whatever the period."""
    caseload, policy, as_of = sample
    part = client_report(caseload, policy, client=1, as_of=as_of, since=date(2026, 9, 30))
    assert part.headlines[0].figure == "4"
    assert part.headlines[0].aside == "3 came to an end"


def test_silence_that_is_to_be_let_go_is_open_until_the_coach_says_so() -> None:
    """It is presumed, not written down."""
    report = report_on(ann(*THANKED, as_of="Mon 16 Mar 09:00"))
    assert report.headlines[0].figure == "1"
    assert told(report, "Every opportunity")[0][5] == "to be let go, kindly"


def test_a_report_cannot_begin_after_its_day(sample: Given) -> None:
    """It would be empty, and nobody would know why."""
    caseload, policy, as_of = sample
    with pytest.raises(errors.OutOfRange, match="cannot begin on 2026-11-01"):
        client_report(caseload, policy, client=1, as_of=as_of, since=date(2026, 11, 1))


def test_an_empty_caseload_is_told_as_such() -> None:
    """The coach's report of nobody is a report."""
    report = caseload_report(ck.Caseload.empty(), ck.Policy.default(), as_of="2026-11-04T15:00:00Z")
    assert [one.figure for one in report.headlines] == ["0", "0", "–", "–"]


def test_a_client_without_a_row_has_a_report() -> None:
    """On the day they begin."""
    clients = pd.DataFrame([{"client_id": 1, "name": "Ann", "timezone": "UTC"}])
    empty = ck.Caseload.empty()
    caseload = dataclasses.replace(empty, clients=clients)
    report = client_report(caseload, ck.Policy.default(), client=1, as_of="2026-11-04T15:00:00Z")
    assert told(report, "What comes next") == []
    assert told(report, "Every opportunity") == []


def test_the_same_caseload_gives_the_same_report(sample: Given) -> None:
    """Reports are values; what they are made of is compared, charts by what they show."""
    caseload, policy, as_of = sample
    one, other = (client_report(caseload, policy, client=1, as_of=as_of) for _ in range(2))
    assert one == other
    assert repr(one) == repr(other)
    later = client_report(caseload, policy, client=1, as_of=as_of + pd.Timedelta(days=1))
    assert later != one


def test_a_client_is_told_the_same_alone_as_in_the_whole_caseload(sample: Given) -> None:
    """Nothing of the others goes into it."""
    caseload, policy, as_of = sample
    alone = client_report(caseload.subset(7), policy, client=7, as_of=as_of)
    assert alone == client_report(caseload, policy, client=7, as_of=as_of)


def test_nothing_that_is_given_is_changed(sample: Given) -> None:
    """The frames are as they were."""
    caseload, policy, as_of = sample
    before = {name: frame.copy() for name, frame in caseload}
    client_report(caseload, policy, client=1, as_of=as_of)
    caseload_report(caseload, policy, as_of=as_of)
    sponsor_report(caseload, policy, as_of=as_of)
    for name, frame in caseload:
        pd.testing.assert_frame_equal(frame, before[name])


def test_the_paper_is_the_clients(sample: Given) -> None:
    """Letter in the United States and Canada, A4 elsewhere."""
    caseload, policy, as_of = sample
    assert client_report(caseload, policy, client="Amara Osei", as_of=as_of).paper == "us-letter"
    assert client_report(caseload, policy, client="Aroha Tāwhai", as_of=as_of).paper == "a4"


def test_the_coachs_report_tells_what_presses_of_everybody(sample: Given) -> None:
    """Overdue first; every client has a row."""
    caseload, policy, as_of = sample
    report = caseload_report(caseload, policy, as_of=as_of)
    assert [one.figure for one in report.headlines[:2]] == ["22", "9"]
    assert len(told(report, "What presses")) == 10
    assert {row[0] for row in told(report, "Client by client")} == set(caseload.clients["name"])


def test_namesakes_are_told_apart_in_the_grid(sample: Given) -> None:
    """Two clients of one name are two rows."""
    caseload, policy, as_of = sample
    clients = caseload.clients.assign(name="Kim Lee")
    report = caseload_report(dataclasses.replace(caseload, clients=clients), policy, as_of=as_of)
    grid = [part for part in report.pictures if "client and week" in part.title]
    names = [one.get_text() for one in grid[0].figure.axes[0].get_yticklabels()]
    assert len(names) == len(set(names)) > 20


# -- sponsors --------------------------------------------------------------------------------------


def numbers(report: Report) -> list[int]:
    """Every count in its tables."""
    cells = (cell for table in report.tables for row in table.rows for cell in row)
    return [cell for cell in cells if isinstance(cell, int)]


def test_a_sponsor_is_told_no_name_and_no_text(sample: Given) -> None:
    """No client, coach, employer, role, person, place or note."""
    caseload, policy, as_of = sample
    report = sponsor_report(caseload, policy, as_of=as_of)
    whole = "\n".join(texts(report))
    columns = [
        caseload.clients["name"],
        caseload.clients["coach"],
        caseload.opportunities["employer"],
        caseload.opportunities["role"],
        caseload.interviewers["name"],
        caseload.notes["text"],
        caseload.agreed_actions["text"],
    ]
    names = {str(name) for column in columns for name in column.dropna().unique()}
    assert len(names) > 200
    assert not [name for name in names if name in whole]


def test_a_sponsor_is_told_no_count_under_five(sample: Given) -> None:
    """In no table, as of no day of a year."""
    caseload, policy, as_of = sample
    for weeks in range(0, 36, 3):
        report = sponsor_report(caseload, policy, as_of=as_of - pd.Timedelta(weeks=weeks))
        assert all(count >= 5 for count in numbers(report)), weeks


def test_fields_of_few_clients_are_told_together(sample: Given) -> None:
    """Where enough clients share a field it is told alone."""
    caseload, policy, as_of = sample
    few = caseload.opportunities["client_id"] > 8
    field = few.map({True: "Sales", False: "Accounting & audit"})
    two = field.mask(caseload.opportunities["client_id"] == 3, "Engineering")
    spread = dataclasses.replace(
        caseload, opportunities=caseload.opportunities.assign(field=two.astype("category"))
    )
    report = sponsor_report(spread, policy, as_of=as_of)
    rows = next(table for table in report.tables if table.columns[0].heading == "Field").rows
    assert [row[0] for row in rows] == ["Sales", "All other fields"]


def test_a_field_that_the_policy_does_not_know_is_not_named(sample: Given) -> None:
    """It is whatever somebody typed."""
    caseload, policy, as_of = sample
    typed = caseload.opportunities.assign(field="Nurse like Ann Lee")
    report = sponsor_report(dataclasses.replace(caseload, opportunities=typed), policy, as_of=as_of)
    assert not any("Ann Lee" in text for text in texts(report))


def test_a_field_that_is_named_after_somebody_is_not_named(sample: Given) -> None:
    """Even if the policy has rows for it."""
    caseload, policy, as_of = sample
    label = "As Amara Osei wants it"
    typed = caseload.opportunities.assign(field=label)
    own = ck.Policy(pd.concat([policy.table, policy.table[:1].assign(field=label)]))
    report = sponsor_report(dataclasses.replace(caseload, opportunities=typed), own, as_of=as_of)
    assert not any("Amara" in text for text in texts(report))


def test_no_report_for_a_sponsor_is_made_of_fewer_than_five_clients(sample: Given) -> None:
    """They could be told from any of its figures."""
    caseload, policy, as_of = sample
    with pytest.raises(errors.TooFewToTell, match="at least 5 clients"):
        sponsor_report(caseload.subset(1), policy, as_of=as_of)


def test_a_rate_that_is_nearly_all_or_nearly_none_is_bounded() -> None:
    """All but a few would tell the few."""
    clients = [
        case(
            visit("Mon 2 Feb 10:00"),
            sent("thank_you", "Mon 2 Feb 11:00"),
            visit("Tue 3 Feb 10:00"),
            sent("thank_you", "Tue 3 Feb 11:00"),
            as_of="Wed 4 Feb 18:00",
            client_id=number,
            opportunity_id=number,
        )
        for number in range(1, 7)
    ]
    caseload, policy = together(*clients).given
    report = sponsor_report(caseload, policy, as_of=clients[0].as_of)
    assert report.headlines[2].figure == "over 58\u00a0%"
    assert report.headlines[2].aside == "all but under 5 of 12"


def test_a_quarter_of_few_clients_takes_another_along(sample: Given) -> None:
    """The quarters' sums are the totals: one alone that is withheld could be worked out."""
    caseload, policy, as_of = sample
    clients = caseload.clients.set_index("client_id")["name"]
    owner = caseload.opportunities.set_index("opportunity_id")["client_id"]
    visits = caseload.interviews
    early = visits["held_at"] < pd.Timestamp("2026-04-01T00:00:00Z")
    few = visits["opportunity_id"].map(owner).isin(clients.index[:2])
    kept = visits[~early | few]
    there = kept["interview_id"]
    contacts = caseload.contacts
    named = contacts["interview_id"].where(contacts["interview_id"].isin(there))
    left = dataclasses.replace(
        caseload,
        interviews=kept,
        contacts=contacts.assign(interview_id=named),
        interviewers=caseload.interviewers[caseload.interviewers["interview_id"].isin(there)],
        key_answers=caseload.key_answers[caseload.key_answers["interview_id"].isin(there)],
    )
    report = sponsor_report(left, policy, as_of=as_of)
    rows = next(table for table in report.tables if table.columns[0].heading == "Quarter").rows
    assert [row[0] for row in rows if row[1] == "withheld"] == [
        "2026, quarter 1",
        "2026, quarter 4",
    ]


def test_an_answer_is_part_of_the_story() -> None:
    """An employer's answer ends the clock, and the report says so."""
    one = ann(*THANKED, heard("Thu 5 Feb 10:00"), as_of="Fri 6 Feb 09:00")
    rows = told(report_on(one), "Every opportunity")
    assert rows[0][4] == "5 Feb 2026"
