"""Calendars: what stands in them, on which day, and that taking them in again doubles nothing."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

import coachkit as ck
from coachkit import errors
from coachkit.exports.ics import to_ics
from tests.build import Case, case, heard, sent, together, visit
from tests.hostile import hostile

THANKED = (visit("Mon 2 Feb 10:00"), sent("thank_you", "Mon 2 Feb 15:00"))


def calendar_of(one: Case, **about: Any) -> bytes:
    return to_ics(*one.given, as_of=one.as_of, **about)


def entries(content: bytes) -> dict[str, Any]:
    """The entries by their UIDs, which are told apart."""
    from icalendar import Calendar

    events = Calendar.from_ical(content).events
    by_uid = {str(event["uid"]): event for event in events}
    assert len(by_uid) == len(events)
    return by_uid


def titles(content: bytes) -> dict[str, Any]:
    """When each entry begins, by its title."""
    return {str(one["summary"]): one.start for one in entries(content).values()}


def test_what_is_due_on_a_day_stands_on_that_day() -> None:
    """All day, and free: it is no appointment."""
    one = case(*THANKED, as_of="Tue 3 Feb 09:00")
    content = calendar_of(one, client=1)
    assert titles(content)["Follow up by e-mail: Acme"] == date(2026, 2, 9)
    entry = next(e for e in entries(content).values() if "Follow up" in e["summary"])
    assert entry.end == date(2026, 2, 10)
    assert entry["transp"] == "TRANSPARENT"
    assert "waits 7 days after the thank-you of Mon 2 Feb" in entry["description"]


def test_what_is_overdue_stands_on_the_day_of_the_calendar() -> None:
    """Where it is seen."""
    one = case(*THANKED, as_of="Mon 16 Feb 09:00")
    assert titles(calendar_of(one, client=1))["Follow up by e-mail: Acme"] == date(2026, 2, 16)


def test_a_deadline_ends_its_entry_in_the_clients_zone() -> None:
    """A thank-you is due at an instant."""
    one = case(visit("Mon 2 Feb 10:00"), as_of="Mon 2 Feb 18:00", zone="America/Los_Angeles")
    entry = next(
        e for e in entries(calendar_of(one, client=1)).values() if "thank-you" in e["summary"]
    )
    assert entry.end.isoformat() == "2026-02-03T10:00:00-08:00"
    assert str(entry.end.tzinfo) == "America/Los_Angeles"
    assert entry.start == entry.end - timedelta(minutes=15)


def test_an_interview_ahead_is_an_appointment_with_reminders() -> None:
    """Until its end, or for an hour; a day and two hours before, with the closing questions."""
    one = case(
        visit("Mon 9 Feb 10:00"),
        visit("Tue 10 Feb 11:00", ended_at="Tue 10 Feb 12:30"),
        as_of="Tue 3 Feb 09:00",
    )
    held = [e for e in entries(calendar_of(one, client=1)).values() if "Interview" in e["summary"]]
    assert [e.end - e.start for e in held] == [timedelta(hours=1), timedelta(minutes=90)]
    assert [e["transp"] for e in held] == ["OPAQUE", "OPAQUE"]
    alarms = [alarm["trigger"].dt for alarm in held[0].walk("VALARM")]
    assert alarms == [timedelta(days=-1), timedelta(hours=-2)]
    assert "What is your timeline" in held[0]["description"]


def test_an_interview_of_which_only_the_day_is_known_takes_the_day() -> None:
    """Noon would be a lie."""
    one = case(visit("Mon 9 Feb"), as_of="Tue 3 Feb 09:00")
    assert titles(calendar_of(one, client=1))["Interview: Acme, Auditor"] == date(2026, 2, 9)


def test_an_interview_that_is_called_off_is_cancelled_where_it_stood() -> None:
    """So that it goes from a calendar that had it."""
    planned = case(visit("Mon 9 Feb 10:00"), as_of="Tue 3 Feb 09:00")
    off = case(visit("Mon 9 Feb 10:00", cancelled=True), as_of="Wed 4 Feb 09:00")
    uid = next(iter(entries(calendar_of(planned, client=1))))
    entry = entries(calendar_of(off, client=1))[uid]
    assert entry["status"] == "CANCELLED"
    assert entry["summary"] == "Called off: Interview: Acme, Auditor"
    assert not entry.walk("VALARM")


def test_a_calendar_made_later_updates_instead_of_doubling() -> None:
    """The same UID, a higher SEQUENCE, another day."""
    before = case(*THANKED, as_of="Tue 3 Feb 09:00")
    after = case(
        *THANKED, heard("Wed 4 Feb 10:00", promised_by="Fri 20 Feb"), as_of="Wed 4 Feb 11:00"
    )
    first, second = (entries(calendar_of(one, client=1)) for one in (before, after))
    uid = next(uid for uid, e in first.items() if "Follow up" in e["summary"])
    assert second[uid].start == date(2026, 2, 23)
    assert second[uid]["sequence"] > first[uid]["sequence"]


def test_a_follow_up_that_is_settled_leaves_its_day() -> None:
    """An import cannot take an entry away: it is moved to where it was settled."""
    before = case(*THANKED, as_of="Tue 3 Feb 09:00")
    after = case(
        *THANKED, outcome="rejected", outcome_at="Wed 4 Feb 10:00", as_of="Thu 5 Feb 09:00"
    )
    uid = next(
        uid for uid, e in entries(calendar_of(before, client=1)).items() if "Follow" in e["summary"]
    )
    settled = entries(calendar_of(after, client=1))[uid]
    assert settled.start == date(2026, 2, 4)
    assert settled["summary"] == "Settled: follow-up: Acme, Auditor"
    assert not settled.walk("VALARM")


def test_a_thank_you_that_went_out_is_settled_on_its_day() -> None:
    """Its deadline, which may be tomorrow, reminds nobody any more."""
    before = case(visit("Mon 2 Feb 10:00"), as_of="Mon 2 Feb 12:00")
    after = case(*THANKED, as_of="Mon 2 Feb 16:00")
    uid = next(
        uid for uid, e in entries(calendar_of(before, client=1)).items() if "thank" in e["summary"]
    )
    settled = entries(calendar_of(after, client=1))[uid]
    assert settled["summary"] == "Settled: thank-you: Acme, Auditor"
    assert settled.start == date(2026, 2, 2)


def test_a_paused_clients_follow_up_leaves_the_days_ahead() -> None:
    """Nothing is planned for them."""
    one = case(*THANKED, status="paused", as_of="Tue 3 Feb 09:00")
    ahead = list(titles(calendar_of(one, client=1)).values())
    assert all(_day(start) <= date(2026, 2, 3) for start in ahead)


def _day(start: Any) -> date:
    return start.date() if isinstance(start, datetime) else start


def test_the_same_calendar_is_the_same_bytes() -> None:
    """Without anything kept between two exports."""
    one = case(*THANKED, as_of="Tue 3 Feb 09:00")
    assert calendar_of(one) == calendar_of(one)


def test_two_practices_do_not_share_their_entries() -> None:
    """Both have a client 1; one calendar may hold both."""
    one = case(*THANKED, as_of="Tue 3 Feb 09:00")
    here, there = (entries(calendar_of(one, practice=name)) for name in ("Rosa", "Malik"))
    assert len(here) == len(there)
    assert not set(here) & set(there)


def test_an_entry_is_the_same_in_the_clients_and_the_coachs_calendar() -> None:
    """Whoever has both sees it once; the coach's names the client."""
    one = case(*THANKED, as_of="Tue 3 Feb 09:00")
    own, coachs = (entries(calendar_of(one, client=client)) for client in (1, None))
    assert set(own) <= set(coachs)
    assert {str(e["summary"]) for e in coachs.values()} >= {"Ann Lee: Follow up by e-mail: Acme"}


def test_a_clients_calendar_holds_nobody_else() -> None:
    """Nor what the coach is to ask."""
    ann = case(*THANKED, as_of="Mon 16 Feb 09:00")
    bob = case(
        *THANKED,
        as_of="Mon 16 Feb 09:00",
        client_id=2,
        name="Bob Cole",
        opportunity_id=2,
        employer="Umbra",
    )
    both = together(ann, bob)
    content = calendar_of(both, client="Ann Lee")
    assert b"Bob" not in content
    assert b"Umbra" not in content
    assert not any("Ask how" in title for title in titles(content))
    assert any("Ask how" in title for title in titles(calendar_of(both)))


@pytest.mark.parametrize(
    ("zone", "winter", "summer"),
    [
        ("America/New_York", "-05:00", "-04:00"),
        ("Australia/Lord_Howe", "+11:00", "+10:30"),
        ("Asia/Kathmandu", "+05:45", "+05:45"),
        ("Pacific/Auckland", "+13:00", "+12:00"),
        ("Europe/London", "+00:00", "+01:00"),
    ],
)
def test_zones_are_right_for_a_reader_that_knows_none(zone: str, winter: str, summer: str) -> None:
    """The file says itself when clocks change, so that another program gets the same instants."""
    import vobject

    one = case(
        visit("Mon 9 Feb 10:00"), visit("Wed 10 Jun 10:00"), zone=zone, as_of="Tue 3 Feb 09:00"
    )
    content = calendar_of(one, client=1).decode("utf-8")
    assert content.count("BEGIN:VTIMEZONE") == 1
    read = vobject.readOne(content)
    starts = [
        entry.dtstart.value for entry in read.vevent_list if "Interview" in entry.summary.value
    ]
    assert [start.strftime("%H:%M %z") for start in starts] == [
        f"10:00 {winter.replace(':', '')}",
        f"10:00 {summer.replace(':', '')}",
    ]


def test_the_file_is_as_the_standard_has_it() -> None:
    """Lines end in CRLF and are folded at 75 octets; every entry has what RFC 5545 asks for."""
    practice = ck.open_practice()
    caseload = hostile(practice.caseload())
    content = to_ics(caseload, practice.policy(), as_of=practice.as_of())
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for entry in entries(content).values():
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY"} <= set(entry)
        assert 0 <= entry["sequence"] < 2**31


def test_hostile_texts_add_no_entry_and_no_line_of_their_own() -> None:
    """A name with BEGIN:VEVENT in it is a name; a second parser reads as much as the first."""
    import vobject

    practice = ck.open_practice()
    caseload = hostile(practice.caseload())
    content = to_ics(caseload, practice.policy(), as_of=practice.as_of())
    plain = to_ics(practice.caseload(), practice.policy(), as_of=practice.as_of())
    read = vobject.readOne(content.decode("utf-8"))
    assert len(read.vevent_list) == len(entries(content))
    assert len(re.findall(rb"(?m)^BEGIN:VEVENT\r$", content)) == len(entries(content))
    assert not re.search(rb"(?m)^SUMMARY:evil", content)
    assert abs(len(entries(plain)) - len(entries(content))) < 12  # other fields, other waits


def test_an_empty_caseload_is_an_empty_calendar() -> None:
    """Which can be taken in, too."""
    content = to_ics(ck.Caseload.empty(), ck.Policy.default(), as_of="2026-11-04T15:00:00Z")
    assert entries(content) == {}


def test_nobody_of_that_name_is_a_plain_fault() -> None:
    """As everywhere."""
    with pytest.raises(errors.UnknownClient):
        to_ics(ck.Caseload.empty(), ck.Policy.default(), as_of="2026-11-04T15:00:00Z", client="X")


def test_sequence_is_the_seconds_since_2020() -> None:
    """So that a calendar made a second later wins."""
    one = case(*THANKED, as_of="Tue 3 Feb 09:00")
    expected = int((one.as_of - datetime(2020, 1, 1, tzinfo=UTC)).total_seconds())
    assert {int(e["sequence"]) for e in entries(calendar_of(one)).values()} == {expected}
