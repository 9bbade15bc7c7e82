"""Make the sample practice: 24 made-up clients over nine months, one CSV per table, in ``sample/``.

Run ``python data/make_sample.py``. The same bytes come out every time and everywhere: chance is
seeded, and no clock, no holiday calendar and no set order has a say. Whom it is about stands in
``sample_clients.py``, what is out of the ordinary in ``sample_stories.py``, what people say in
``sample_texts.py``, what the coach keeps beside it in ``sample_desk.py``, and how a search unfolds
in ``sample_telling.py``.
"""

import csv
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from pathlib import Path
from zoneinfo import ZoneInfo

import sample_texts as texts
from sample_clients import CLIENTS, NON, SCH, SEARCHES, UNI, YEAR, Client, Search
from sample_desk import SESSIONS, VOICES
from sample_stories import STORIES, Story
from sample_telling import (
    AS_OF,
    Contact,
    Draw,
    Interview,
    Opportunity,
    Telling,
    day_of,
    debrief,
    lead_up,
    moment,
    tell_story,
)

FOLDER = Path(__file__).parent / "sample"
CLIENT_IDS = {client.name: place for place, client in enumerate(CLIENTS, start=1)}

#: Each table's columns, in the order of the follow-up rules §1.
HEADERS = {
    "clients": (
        "client_id name coach timezone country tracked_since status greeting sign_off formality"
    ),
    "opportunities": (
        "opportunity_id client_id employer role field country wait_days outcome outcome_at "
        "hold_until hold_reason follow_up_on follow_up_reason applied_on link location "
        "outcome_words notes"
    ),
    "interviews": (
        "interview_id opportunity_id held_at ended_at time_known cancelled promised_by "
        "answer_fit answer_steps answer_more answer_timeline"
    ),
    "contacts": (
        "contact_id opportunity_id interview_id at time_known direction channel kind "
        "promised_by needs_answer text"
    ),
    "interviewers": "interviewer_id interview_id name role email topics",
    "work_samples": "sample_id client_id title location confidential",
    "key_answers": "key_answer_id interview_id question answer_given treatment better_answer",
    "notes": "note_id client_id opportunity_id written_at private text",
    "agreed_actions": "action_id client_id agreed_at text due_on done_at",
}

Cell = str | int | bool | datetime | date | None
Row = tuple[Cell, ...]


def tell_all() -> list[Opportunity]:
    """Every opportunity of the practice, numbered in the order in which they began."""
    clients = {client.name: client for client in CLIENTS}
    opportunities = []
    for told in (*STORIES, *SEARCHES):
        opportunity = Opportunity(clients[told.client], told)
        if isinstance(told, Story):
            tell_story(opportunity, told)
        else:
            Telling(opportunity, told).tell()
        if not isinstance(told, Story) or told.lead_up:
            lead_up(opportunity)
        debrief(opportunity)
        check_time(opportunity)
        opportunities.append(opportunity)
    number(opportunities)
    return opportunities


def check_time(opportunity: Opportunity) -> None:
    """Nothing is written down before it happened: a story told wrongly stops here."""
    recorded = [contact.at for contact in opportunity.contacts]
    if opportunity.outcome != "open":
        recorded += [visit.held_at for visit in opportunity.interviews]
    if opportunity.outcome_at:
        recorded.append(opportunity.outcome_at)
    if max(recorded, default=AS_OF) > AS_OF:
        told = opportunity.told
        raise ValueError(
            f"{told.client} at {told.employer} runs past {AS_OF}: let it begin earlier."
        )


def number(opportunities: list[Opportunity]) -> None:
    """Give ids in the order of time, as a practice that grows would."""

    def began(opportunity: Opportunity) -> datetime:
        visits = [visit.held_at for visit in opportunity.interviews]
        return min(visits + [contact.at for contact in opportunity.contacts])

    opportunities.sort(key=began)
    for place, opportunity in enumerate(opportunities, start=1):
        opportunity.id = place
    visits = [visit for one in opportunities for visit in one.interviews]
    for place, visit in enumerate(sorted(visits, key=lambda one: one.held_at), start=1):
        visit.id = place
    contacts = [contact for one in opportunities for contact in one.contacts]
    for place, contact in enumerate(sorted(contacts, key=lambda one: one.at), start=1):
        contact.id = place


def tables(opportunities: list[Opportunity]) -> dict[str, list[Row]]:
    """Every table's rows."""
    visits = [interview_row(one, own) for own in opportunities for one in own.interviews]
    contacts = [contact_row(one, own) for own in opportunities for one in own.contacts]
    return {
        "clients": [client_row(one) for one in CLIENTS],
        "opportunities": [opportunity_row(one) for one in opportunities],
        "interviews": sorted(visits, key=itemgetter(0)),
        "contacts": sorted(contacts, key=itemgetter(0)),
        "interviewers": numbered(people_met(opportunities)),
        "work_samples": numbered(work_samples()),
        "key_answers": numbered(key_answers(opportunities)),
        "notes": numbered(notes()),
        "agreed_actions": numbered(agreed_actions()),
    }


def client_row(one: Client) -> Row:
    """A row of clients."""
    since = moment(one.tracked_since, ZoneInfo(one.timezone)) if one.tracked_since else None
    head = (CLIENT_IDS[one.name], one.name, one.coach, one.timezone, one.country)
    return (*head, since, one.status, *VOICES.get(one.name, (None, None, None)))


def opportunity_row(one: Opportunity) -> Row:
    """A row of opportunities."""
    told = one.told
    wait_days = told.wait_days if isinstance(told, Story) else None
    head = (one.id, CLIENT_IDS[told.client], told.employer, told.role, told.field, told.country)
    own = (*own_day(told, "held"), *own_day(told, "pinned"))
    where = (None, None, None, None)
    return (*head, wait_days, one.outcome, one.outcome_at, *own, applied_on(one), *where)


def own_day(told: Search | Story, which: str) -> tuple[date | None, str | None]:
    """The day until which a story is held, or to which it is pinned, and why."""
    day, why = getattr(told, which, None) or (None, None)
    return day_of(day) if day else None, why


def applied_on(one: Opportunity) -> date | None:
    """One to four weeks before anything else is known of it; not always written down."""
    draw = Draw(one.told.client, one.told.employer, "application")
    if draw.happens(0.15):
        return None
    first = min([visit.held_at for visit in one.interviews] + [own.at for own in one.contacts])
    return first.date() - timedelta(days=draw.between(7, 28))


def interview_row(one: Interview, own: Opportunity) -> Row:
    """A row of interviews."""
    times = (one.held_at, one.ended_at, one.time_known, one.cancelled, one.promised_by)
    return (one.id, own.id, *times, *one.answers)


def contact_row(one: Contact, own: Opportunity) -> Row:
    """A row of contacts."""
    about = one.interview.id if one.interview else None
    how = (one.at, one.time_known, one.direction, one.channel, one.kind)
    return (one.id, own.id, about, *how, one.promised_by, one.needs_answer, None)


def numbered(rows: Iterable[Row]) -> list[Row]:
    """Rows in the order of what they belong to, with an id of their own in front."""
    ordered = sorted(rows, key=itemgetter(0))
    return [(place, *row) for place, row in enumerate(ordered, start=1)]


def people_met(opportunities: Iterable[Opportunity]) -> list[Row]:
    """Who was met at most interviews: one or two of an employer's three."""
    rows: list[Row] = []
    for opportunity in opportunities:
        told = opportunity.told
        draw = Draw(told.client, told.employer, "people")
        domain = "example.org" if told.field in (SCH, UNI, NON) else "example.com"
        staff = people_at(told.employer, told.field)
        for visit in opportunity.interviews:
            if visit.cancelled or not visit.time_known or draw.happens(0.14):
                continue
            first = draw.between(0, len(staff) - 1)
            for step in range(2 if draw.happens(0.28) else 1):
                name, role = staff[(first + step) % len(staff)]
                email = None if draw.happens(0.22) else f"{mailbox(name)}@{domain}"
                topics = draw.pick(texts.TOPICS[told.field]) if visit.held_at <= AS_OF else None
                rows.append((visit.id, name, role, email, topics))
    return rows


def people_at(employer: str, field: str) -> list[tuple[str, str]]:
    """Three people of an employer and their roles, the same for whoever visits it."""
    draw = Draw(employer)
    names: list[str] = []
    while len(names) < 3:
        name = f"{draw.pick(texts.FIRST_NAMES)} {draw.pick(texts.LAST_NAMES)}"
        if name not in names:
            names.append(name)
    return list(zip(names, texts.INTERVIEWER_ROLES[field], strict=False))


def mailbox(name: str) -> str:
    """``Élodie Grønvold`` writes from ``elodie.gronvold``."""
    plain = unicodedata.normalize("NFKD", name.replace("ø", "o"))
    return plain.encode("ascii", "ignore").decode().lower().replace(" ", ".")


def work_samples() -> list[Row]:
    """What clients can show."""
    return [
        (CLIENT_IDS[name], *sample) for name, own in texts.WORK_SAMPLES.items() for sample in own
    ]


def key_answers(opportunities: Iterable[Opportunity]) -> list[Row]:
    """Each field's key questions, spread over its debriefed interviews, each asked once."""
    visits_of: dict[str, list[Interview]] = {}
    for opportunity in opportunities:
        visits = visits_of.setdefault(opportunity.told.field, [])
        visits.extend(visit for visit in opportunity.interviews if any(visit.answers))
    rows: list[Row] = []
    for field, questions in texts.KEY_ANSWERS.items():
        latest_first = sorted(visits_of[field], key=lambda visit: -visit.id)
        for place, question in enumerate(questions):
            visit = latest_first[place * len(latest_first) // len(questions)]
            rows.append((visit.id, *question))
    return rows


def local(client: str, told: str) -> datetime:
    """A moment of the client's day."""
    zone = next(one.timezone for one in CLIENTS if one.name == client)
    return moment(told, ZoneInfo(zone))


def notes() -> list[Row]:
    """What the coach noted in sessions."""
    return [
        (CLIENT_IDS[one.client], None, local(one.client, one.at), one.private, one.note)
        for one in SESSIONS
    ]


def agreed_actions() -> list[Row]:
    """What was agreed in sessions."""
    return [
        (
            CLIENT_IDS[one.client],
            local(one.client, one.at),
            text,
            date.fromisoformat(f"{YEAR}-{due_on}"),
            local(one.client, done_at) if done_at else None,
        )
        for one in SESSIONS
        for text, due_on, done_at in one.agreed
    ]


def written(cell: Cell) -> str:
    """A cell as CSV has it: ISO instants in UTC, ISO days, true and false, empty for null."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat()
    return str(cell)


def write(folder: Path, opportunities: list[Opportunity]) -> None:
    """One CSV per table, and the sample's own instant."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables(opportunities).items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADERS[name].split())
            writer.writerows([written(cell) for cell in row] for row in rows)
    (folder / "as_of.txt").write_bytes(f"{AS_OF.isoformat()}\n".encode())


def main() -> None:
    """Write the sample practice, and have coachkit check it where coachkit is installed."""
    write(FOLDER, tell_all())
    try:
        from coachkit import Caseload
    except ImportError:
        print(f"{FOLDER.name} is written. coachkit is not installed, so nothing checked it.")
    else:
        print(f"{FOLDER.name} is written and read back: {Caseload.read(FOLDER)}")


if __name__ == "__main__":
    main()
