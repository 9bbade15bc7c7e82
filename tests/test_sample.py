"""The sample practice: its size, that it is made from its sources, and that its stories hold."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import coachkit as ck
from coachkit import terms
from coachkit.compliance import ENOUGH

DATA = Path(__file__).parents[1] / "data"
PRACTICE = ck.open_practice(DATA / "sample")
FINAL = ("on_time", "late", "missed", "overdue", "too_soon", "too_many")


@pytest.fixture(scope="module")
def caseload() -> ck.Caseload:
    return PRACTICE.caseload()


@pytest.fixture(scope="module")
def duties(caseload: ck.Caseload) -> pd.DataFrame:
    """What ``grade`` says, with each client's name and each employer beside it."""
    return named(ck.grade(caseload, PRACTICE.policy(), as_of=PRACTICE.as_of()), caseload)


@pytest.fixture(scope="module")
def states(caseload: ck.Caseload) -> pd.Series:
    """Each opportunity's state, by employer and client."""
    told = named(ck.states(caseload, PRACTICE.policy(), as_of=PRACTICE.as_of()), caseload)
    return told.set_index(["employer", "client"])["state"].astype(object).sort_index()


@pytest.fixture(scope="module")
def agenda(caseload: ck.Caseload) -> pd.DataFrame:
    return ck.plan(caseload, PRACTICE.policy(), as_of=PRACTICE.as_of())


def named(frame: pd.DataFrame, caseload: ck.Caseload) -> pd.DataFrame:
    names = caseload.clients.set_index("client_id")["name"]
    employers = caseload.opportunities.set_index("opportunity_id")["employer"]
    return frame.assign(
        client=frame["client_id"].map(names), employer=frame["opportunity_id"].map(employers)
    )


def verdicts(
    duties: pd.DataFrame, duty: str, client: str, employer: str | None = None
) -> list[str]:
    """A client's verdicts of one kind, at one employer or at all, in order of their clocks."""
    own = (duties["duty"] == duty) & (duties["client"] == client)
    if employer:
        own &= duties["employer"] == employer
    return duties[own].sort_values("started_at")["verdict"].tolist()


def judged(verdicts: list[str]) -> set[str]:
    """Those that count in a rate."""
    return set(verdicts) & set(FINAL)


def only(rows: pd.DataFrame) -> dict[str, Any]:
    """The one row that there is."""
    (row,) = rows.to_dict("records")
    return row


def todo(agenda: pd.DataFrame, employer: str, client: str | None = None) -> list[tuple[str, str]]:
    """What is to be done about an employer, with its urgency."""
    rows = agenda[agenda["employer"] == employer]
    if client:
        rows = rows[rows["client"] == client]
    return list(zip(rows["urgency"], rows["action"], strict=True))


# -- how large it is -------------------------------------------------------------------------------


def test_it_has_24_clients_of_two_coaches(caseload: ck.Caseload) -> None:
    """Each with a name of their own."""
    assert len(caseload.clients) == caseload.clients["name"].nunique() == 24
    assert set(caseload.clients["coach"]) == {"Rosa Lind", "Malik Hart"}


def test_its_clients_live_in_eight_zones(caseload: ck.Caseload) -> None:
    """Far enough apart that it is not the same day everywhere."""
    assert caseload.clients["timezone"].nunique() == 8
    assert {"America/New_York", "Pacific/Auckland"} <= set(caseload.clients["timezone"])


def test_it_spans_twelve_fields_of_which_one_has_no_waits(caseload: ck.Caseload) -> None:
    """Eleven of the policy's own, and one that it does not know."""
    fields = set(caseload.opportunities["field"])
    assert len(fields) == 12
    assert fields - set(PRACTICE.policy().fields) == {"Nonprofit"}


@pytest.mark.parametrize(
    ("table", "about"), [("opportunities", 120), ("interviews", 220), ("contacts", 700)]
)
def test_it_is_as_large_as_a_coachs_year(caseload: ck.Caseload, table: str, about: int) -> None:
    """Within a twentieth of the size that was asked for."""
    assert len(getattr(caseload, table)) == pytest.approx(about, rel=0.05)


def test_it_covers_nine_months(caseload: ck.Caseload) -> None:
    """From the first contact to the sample's own instant, with interviews in every month."""
    begun = caseload.contacts["at"].min()
    assert (PRACTICE.as_of() - begun).days == pytest.approx(9 * 30.4, abs=15)
    assert set(caseload.interviews["held_at"].dt.month) == set(range(2, 11))


def test_every_optional_table_has_rows(caseload: ck.Caseload) -> None:
    """Nothing that a coach may keep is missing from the example."""
    for name, frame in caseload:
        assert len(frame) > 20, name


def test_every_status_and_outcome_and_channel_occurs(caseload: ck.Caseload) -> None:
    """All but one: nobody of the sample is archived, and one client's status is not written."""
    assert set(caseload.clients["status"].dropna()) == {"active", "paused", "placed"}
    assert caseload.clients["status"].isna().sum() == 1
    assert set(caseload.opportunities["outcome"]) == set(terms.OUTCOMES)
    assert {"email", "call", "voicemail", "card"} <= set(caseload.contacts["channel"])


def test_it_is_fictional_and_reaches_nobody(caseload: ck.Caseload) -> None:
    """Every address ends in a domain that is kept for examples (RFC 2606)."""
    addresses = caseload.interviewers["email"].dropna()
    assert len(addresses) > 100
    assert addresses.str.endswith(("@example.com", "@example.org")).all()
    links = caseload.work_samples["location"].dropna()
    assert links[links.str.contains("//")].str.match(r"https://example\.(com|org)/").all()


# -- how it is made --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"},
    ],
)
def test_it_is_made_the_same_everywhere(tmp_path: Path, surroundings: dict[str, str]) -> None:
    """Made again, wherever and however, it comes out byte for byte."""
    code = (
        "import sys; from pathlib import Path; import make_sample\n"
        "make_sample.write(Path(sys.argv[1]), make_sample.tell_all())"
    )
    folder = tmp_path / "sample"
    subprocess.run(
        [sys.executable, "-W", "error", "-c", code, str(folder)],
        cwd=DATA,
        env=os.environ | surroundings | {"PYTHONPATH": str(DATA), "PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
    )
    made = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert made == {path.name: path.read_bytes() for path in (DATA / "sample").iterdir()}


def test_it_reads_and_writes_back_whole(caseload: ck.Caseload, tmp_path: Path) -> None:
    """What Caseload writes is what the sample's maker wrote."""
    caseload.write(tmp_path)
    for name in terms.TABLES:
        written = (tmp_path / f"{name}.csv").read_text(encoding="utf-8")
        assert written == (DATA / "sample" / f"{name}.csv").read_text(encoding="utf-8"), name


# -- its agenda ------------------------------------------------------------------------------------


def test_its_own_instant_is_noon_of_a_working_day(caseload: ck.Caseload) -> None:
    """Noon in New York on Wednesday 14 October 2026; in Auckland it is Thursday already."""
    as_of = PRACTICE.as_of()
    assert f"{as_of.tz_convert('America/New_York'):%a %d %b %Y %H:%M}" == "Wed 14 Oct 2026 12:00"
    assert f"{as_of.tz_convert('Pacific/Auckland'):%a}" == "Thu"


def test_its_agenda_is_lively(agenda: pd.DataFrame) -> None:
    """Every action and every urgency occurs, for more than half of the clients."""
    assert set(agenda["action"]) == set(terms.ACTIONS)
    assert set(agenda["urgency"]) == set(terms.URGENCIES)
    assert agenda["client"].nunique() > 12
    pressing = agenda["urgency"].isin(["overdue", "today"]).sum()
    assert 15 <= pressing <= 30


def test_most_states_and_verdicts_occur(duties: pd.DataFrame, states: pd.Series) -> None:
    """Every verdict and every state is to be seen in the example."""
    assert set(duties["verdict"]) == set(terms.VERDICTS)
    assert set(states) == set(terms.STATES)


def test_some_fields_have_enough_for_a_percentage_and_some_have_not(duties: pd.DataFrame) -> None:
    """Both ways of telling a rate are shown."""
    rates = ck.compliance(duties, by="field")
    assert (rates["follow_up_of"] >= ENOUGH).sum() >= 5
    assert rates["follow_up_of"].between(1, ENOUGH - 1).any()


# -- its stories -----------------------------------------------------------------------------------


def test_accounting_waits_seven_days(agenda: pd.DataFrame) -> None:
    """Amara's second round was a week ago: her follow-up is for today, and says why."""
    rows = agenda[(agenda["employer"] == "Quillmark Ledger Partners")]
    amara = rows[rows["client"] == "Amara Osei"].to_dict("records")
    assert [(row["urgency"], row["action"]) for row in amara] == [("today", "follow_up")]
    assert "Accounting & audit waits 7 days" in amara[0]["reason"]


def test_two_clients_of_two_coaches_talk_to_one_firm(caseload: ck.Caseload) -> None:
    """Each about a role of their own, so each with a clock of their own."""
    both = caseload.opportunities.query("employer == 'Quillmark Ledger Partners'")
    assert both["role"].nunique() == both["client_id"].nunique() == 2
    coaches = caseload.clients.set_index("client_id")["coach"]
    assert both["client_id"].map(coaches).nunique() == 2


def test_a_promised_day_replaces_the_wait(agenda: pd.DataFrame) -> None:
    """They said Fri 23 Oct; a day of grace later is Saturday, so it is for Mon 26 Oct."""
    row = only(agenda[agenda["employer"] == "Fernhollow Bank"].query("action == 'follow_up'"))
    assert (row["urgency"], row["due_on"]) == ("later", pd.Timestamp("2026-10-26"))


def test_a_promised_day_that_has_passed_is_overdue(agenda: pd.DataFrame) -> None:
    """They promised Björn word by Fri 2 Oct."""
    assert ("overdue", "follow_up") in todo(agenda, "Frostline Telemetry")


def test_an_interview_tomorrow_is_to_be_prepared(agenda: pd.DataFrame, states: pd.Series) -> None:
    """Nobody follows up with whom they will sit tomorrow."""
    assert todo(agenda, "Harborfinch Audit Group") == [("this_week", "prepare")]
    assert states["Harborfinch Audit Group", "Amara Osei"] == "scheduled"


def test_the_card_writer_sends_cards(caseload: ck.Caseload, duties: pd.DataFrame) -> None:
    """Zoë's card rate stands out, and she still sends the e-mail that counts."""
    rates = ck.compliance(duties, by="client_id").set_index("client_id")
    zoe = caseload.clients.set_index("name").loc["Zoë Martínez", "client_id"]
    assert rates.loc[zoe, "card_rate"] > 0.8
    assert rates["card_rate"].drop(zoe).max() < 0.8
    assert rates.loc[zoe, "thank_you_rate"] > 0.8


def test_the_over_contacter_sends_too_many(duties: pd.DataFrame) -> None:
    """Declan follows up too soon and then too often; it ends in a rejection."""
    at_once = verdicts(duties, "follow_up", "Declan Marsh", "Bluntridge Equipment")
    assert {"too_soon", "too_many"} <= set(at_once)
    all_of_them = verdicts(duties, "follow_up", "Declan Marsh")
    assert all_of_them.count("too_soon") + all_of_them.count("too_many") >= 8


def test_one_note_serves_three_rounds(duties: pd.DataFrame) -> None:
    """Lan's single note of 1 Oct names no interview and answers for all three of that day."""
    own = duties[(duties["employer"] == "Nimbuscove Systems") & (duties["duty"] == "thank_you")]
    rounds = own[own["started_at"].dt.strftime("%m-%d") == "10-01"]
    assert rounds["verdict"].tolist() == ["on_time"] * 3
    assert len(set(rounds["contact_id"])) == 1


def test_a_committee_in_november_is_left_in_peace(agenda: pd.DataFrame) -> None:
    """Henrietta was told 16 Nov: nothing before the day after."""
    row = only(agenda[agenda["employer"] == "Wexcombe University"])
    assert row["action"] == "follow_up"
    assert row["due_on"] == pd.Timestamp("2026-11-17")


def test_an_employer_abroad_has_its_own_holidays(caseload: ck.Caseload) -> None:
    """Tobias lives by German days, one employer by British holidays."""
    countries = caseload.opportunities.set_index("employer")["country"]
    assert countries["Penhallow Wind Works"] == "GB"
    assert caseload.clients.set_index("name").loc["Tobias Krähe", "country"] == "DE"


def test_this_mornings_interview_wants_a_note_by_tomorrow(agenda: pd.DataFrame) -> None:
    """Priya met them today at nine until a quarter to ten."""
    own = agenda[agenda["employer"] == "Saltmarsh Credit Union"]
    row = only(own[own["action"] == "thank_you"])
    assert row["urgency"] == "today"
    assert row["due_at"].tz_convert("America/New_York").isoformat() == "2026-10-15T09:45:00-04:00"


def test_the_never_thanker_has_missed_his_thank_yous(duties: pd.DataFrame) -> None:
    """Caleb has never sent one, and follows up well for all that."""
    thanks = verdicts(duties, "thank_you", "Caleb Thorne")
    assert judged(thanks) == {"missed", "overdue"}
    assert thanks.count("missed") >= 5
    assert verdicts(duties, "follow_up", "Caleb Thorne").count("on_time") >= 5


def test_the_late_thanker_thanks_late(duties: pd.DataFrame) -> None:
    """Ingrid writes days after: more late than on time."""
    thanks = verdicts(duties, "thank_you", "Ingrid Solvang")
    assert thanks.count("late") > thanks.count("on_time")
    assert verdicts(duties, "thank_you", "Ingrid Solvang", "Prairie Lantern Clinic") == ["late"]


def test_in_auckland_it_is_tomorrow(agenda: pd.DataFrame) -> None:
    """Aroha's follow-up fell due on Wed 14 Oct; hers is Thursday, and still in time."""
    row = only(agenda[agenda["employer"] == "Kōwhai Freight Cooperative"])
    assert (row["urgency"], row["action"]) == ("today", "follow_up")
    assert row["due_on"] == pd.Timestamp("2026-10-14")


def test_what_was_imported_is_unknown_and_never_missed(
    caseload: ck.Caseload, duties: pd.DataFrame
) -> None:
    """Of Marcus nothing before mid-June is held against him."""
    since = caseload.clients.set_index("name").loc["Marcus Bellweather", "tracked_since"]
    own = duties[duties["client"] == "Marcus Bellweather"]
    before = own[own["deadline_at"] < since]
    assert (before["verdict"] == "unknown").sum() >= 5
    assert not set(before["verdict"]) & {"missed", "late", "overdue"}
    assert set(own[own["deadline_at"] >= since]["verdict"]) & {"missed", "late"}


def test_of_imported_searches_only_the_days_are_known(caseload: ck.Caseload) -> None:
    """Their interviews stand at noon and say so."""
    day_only = caseload.interviews[~caseload.interviews["time_known"].fillna(True).astype(bool)]
    assert len(day_only) == 4
    local = day_only["held_at"].dt.tz_convert("America/New_York")
    assert set(local.dt.strftime("%H:%M")) == {"12:00"}


def test_the_model_client_keeps_everything(caseload: ck.Caseload, duties: pd.DataFrame) -> None:
    """Grace thanks in time, follows up on the day, and asks all four questions every time."""
    assert judged(verdicts(duties, "thank_you", "Grace Lindqvist")) == {"on_time"}
    assert judged(verdicts(duties, "follow_up", "Grace Lindqvist")) == {"on_time"}
    grace = caseload.subset("Grace Lindqvist").interviews
    held = grace[(grace["held_at"] <= PRACTICE.as_of()) & ~grace["cancelled"].fillna(False)]
    assert held[list(terms.CLOSING_QUESTIONS)].notna().all(axis=None)


@pytest.mark.parametrize(
    ("client", "status"), [("Omar Haddadin", "placed"), ("Theo Abernethy", "paused")]
)
def test_who_is_placed_or_paused_is_on_no_agenda(
    caseload: ck.Caseload, agenda: pd.DataFrame, client: str, status: str
) -> None:
    """Their file stays, and nothing presses."""
    assert caseload.clients.set_index("name").loc[client, "status"] == status
    assert client not in set(agenda["client"])


def test_a_call_undoes_a_let_go(caseload: ck.Caseload, states: pd.Series) -> None:
    """Sinéad was let go in September and rung up on Monday: it counts as open again."""
    outcomes = caseload.opportunities.set_index("employer")["outcome"]
    assert outcomes["Lockhamble Group"] == "let_go"
    assert states["Lockhamble Group", "Sinéad Fallow"] == "waiting"


def test_a_rejection_of_which_nobody_knows_the_day_judges_nothing(duties: pd.DataFrame) -> None:
    """Yuki's thank-you and last follow-up there are unknown."""
    assert verdicts(duties, "thank_you", "Yuki Tanemori", "Halcyon Orrery") == ["unknown"]
    assert verdicts(duties, "follow_up", "Yuki Tanemori", "Halcyon Orrery")[-1] == "unknown"


def test_what_an_employer_asked_for_comes_first(agenda: pd.DataFrame) -> None:
    """Lucía owes one answer since last week and one since yesterday."""
    assert todo(agenda, "Sandgrouse Regional Clinic") == [("overdue", "answer")]
    assert todo(agenda, "Saint Orrin Hospital") == [("today", "answer")]
    assert agenda.iloc[0]["client"] == "Lucía Paredes"


def test_an_answer_starts_the_clock_anew(agenda: pd.DataFrame) -> None:
    """Amara answered on Fri 9 Oct: seven days later is Fri 16 Oct."""
    row = only(agenda[agenda["employer"] == "Brightsedge Tax Advisers"])
    assert (row["action"], row["due_on"]) == ("follow_up", pd.Timestamp("2026-10-16"))


def test_a_coachs_own_wait_wins(caseload: ck.Caseload, agenda: pd.DataFrame) -> None:
    """Fatima waits ten days after Sat 3 Oct: Tue 13 Oct, still in time today."""
    waits = caseload.opportunities.set_index("employer")["wait_days"]
    assert waits.dropna().to_dict() == {"Tidewell Asset Partners": 10}
    row = only(agenda[agenda["employer"] == "Tidewell Asset Partners"])
    assert (row["urgency"], row["due_on"]) == ("today", pd.Timestamp("2026-10-13"))


def test_a_held_opportunity_asks_for_nothing_until_its_day(
    duties: pd.DataFrame, states: pd.Series, agenda: pd.DataFrame
) -> None:
    """Björn's is overdue by the rule, counts so, and comes back on Mon 26 Oct."""
    assert states["Tallowmere Controls", "Björn Askeland"] == "held"
    assert verdicts(duties, "follow_up", "Björn Askeland", "Tallowmere Controls")[-1] == "overdue"
    row = only(agenda[agenda["employer"] == "Tallowmere Controls"])
    assert (row["urgency"], row["due_on"]) == ("later", pd.Timestamp("2026-10-26"))
    assert row["reason"].startswith("Held until Mon 26 Oct (hiring is frozen until the board meets")


def test_a_pinned_follow_up_waits_for_its_day(states: pd.Series, agenda: pd.DataFrame) -> None:
    """Noor's would be due today; she rings on the morning after the panel."""
    assert states["Pebblebrook Middle School", "Noor Castellane"] == "waiting"
    row = only(agenda[agenda["employer"] == "Pebblebrook Middle School"])
    assert (row["action"], row["due_on"]) == ("follow_up", pd.Timestamp("2026-10-16"))
    assert "you set Fri 16 Oct for it" in row["reason"]
    assert "the rule would say Wed 14 Oct" in row["reason"]


def test_after_weeks_of_silence_it_is_let_go(agenda: pd.DataFrame) -> None:
    """Fatima's two follow-ups at Brassbound Mutual stayed without an answer."""
    assert todo(agenda, "Brassbound Mutual") == [("today", "let_go")]


def test_a_client_gone_quiet_is_asked(agenda: pd.DataFrame) -> None:
    """Of Josué nothing was written down since the end of September, and two things are overdue."""
    asked = agenda[agenda["action"] == "ask_client"]
    assert asked["client"].tolist() == ["Josué Lacroix"]
    assert asked["employer"].isna().all()


def test_what_was_cancelled_starts_no_clock(duties: pd.DataFrame, states: pd.Series) -> None:
    """The Gilded Turnip cancelled twice: one thank-you is owed, for the interview that was held."""
    assert verdicts(duties, "thank_you", "Samuel Ferro", "The Gilded Turnip") == ["on_time"]
    assert states["Hearthwick Inns", "Samuel Ferro"] == "new"


def test_a_card_in_the_post_is_not_asked_for_again(agenda: pd.DataFrame) -> None:
    """Noor has thanked them and sent the card: only the follow-up remains."""
    assert {action for _, action in todo(agenda, "Willowquill Elementary")} == {"follow_up"}


def test_a_field_without_waits_is_judged_by_the_default(
    caseload: ck.Caseload, duties: pd.DataFrame
) -> None:
    """Wendell's follow-up there was kept by the default's five days; a field is suggested."""
    strange = PRACTICE.policy().without_rows(caseload.opportunities["field"])
    assert strange["suggestion"].tolist() == ["Nonprofit & social service"]
    assert "on_time" in verdicts(duties, "follow_up", "Wendell Pike", "Lantern Bridge Foundation")


def test_some_learn(duties: pd.DataFrame) -> None:
    """Wendell was late or silent until June, and keeps up since."""
    own = duties[(duties["client"] == "Wendell Pike") & duties["verdict"].isin(FINAL)]
    kept = own["verdict"] == "on_time"
    summer = own["started_at"] >= "2026-06-01"
    assert kept[summer].mean() > kept[~summer].mean()
