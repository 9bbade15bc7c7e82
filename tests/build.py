"""Small caseloads that can be checked by hand: an opportunity from a few rows in plain words.

``case(visit("Mon 2 Feb 10:00"), sent("thank_you", "Mon 2 Feb 15:00"), as_of="Tue 3 Feb 09:00")``

Times are written and told in the client's zone. The weekday must be the day's own; the year is 2026
where none is named. A day without a time is an event of which only the day is known (its noon).
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

import coachkit as ck
from coachkit import terms
from tests.random_caseloads import Record, Tables, as_caseload, as_policy

YEAR = 2026
NEW_YORK = "America/New_York"
_CLIENT = [column.name for column in terms.CLIENTS if column.name != "country"]
Row = tuple[str, Record]


def visit(held_at: str, **cells: Any) -> Row:
    """An interview, held or planned."""
    return "interviews", {"held_at": held_at} | cells


def sent(kind: str, at: str, channel: str = "email", **cells: Any) -> Row:
    """A contact from the client."""
    return "contacts", {"at": at, "direction": "out", "kind": kind, "channel": channel} | cells


def heard(at: str, channel: str = "email", **cells: Any) -> Row:
    """A contact from the employer."""
    return "contacts", {"at": at, "direction": "in", "kind": "reply", "channel": channel} | cells


def tuned(field: str = "accounting", **cells: Any) -> list[Record]:
    """A policy of one row for one field; the default is that of rules §2."""
    return [{"field": field} | cells]


def case(
    *rows: Row,
    as_of: str,
    policy: list[Record] | None = None,
    zone: str = NEW_YORK,
    employer_country: str | None = None,
    **about: Any,
) -> "Case":
    """One client's opportunity; ``about`` holds cells of either, ``country`` being the client's.

    Interviews are numbered 11, 12, … and contacts 101, 102, …, by the opportunity's id. Accounting
    waits 7 days where no policy is given.
    """
    client: Record = {"client_id": 1, "name": "Ann Lee", "country": None, "timezone": zone}
    opportunity: Record = {
        "opportunity_id": 1,
        "employer": "Acme",
        "role": "Auditor",
        "field": "accounting",
        "outcome": "open",
        "country": employer_country,
    }
    for name, cell in about.items():
        (client if name in (*_CLIENT, "country") else opportunity)[name] = cell
    opportunity["client_id"] = client["client_id"]
    key = opportunity["opportunity_id"]
    tables: Tables = {
        "clients": [_read("clients", client, zone)],
        "opportunities": [_read("opportunities", opportunity, zone)],
        "interviews": [],
        "contacts": [],
    }
    for table, cells in rows:
        own = tables[table]
        first = key * 10 if table == "interviews" else key * 100
        ids = {terms.TABLES[table].key: first + len(own) + 1, "opportunity_id": key}
        own.append(ids | _read(table, cells, zone))
    rules = tuned(wait_days=7) if policy is None else policy
    return Case(tables, [_read("fields", row, zone) for row in rules], instant(as_of, zone), zone)


def together(*cases: "Case") -> "Case":
    """Several opportunities as one caseload, under the first one's policy and as of its instant."""
    tables: Tables = {
        name: [row for one in cases for row in one.tables[name]] for name in cases[0].tables
    }
    tables["clients"] = list({row["client_id"]: row for row in tables["clients"]}.values())
    return Case(tables, cases[0].rules, cases[0].as_of, cases[0].zone)


@dataclass(frozen=True)
class Case:
    """A caseload, a policy and an instant; what comes of them, in the words of ``told``."""

    tables: Tables
    rules: list[Record]
    as_of: datetime
    zone: str

    @property
    def given(self) -> tuple[ck.Caseload, ck.Policy]:
        """What a pipeline takes first."""
        return as_caseload(self.tables), as_policy(self.rules)

    def grade(self) -> pd.DataFrame:
        return ck.grade(*self.given, as_of=self.as_of)

    def plan(self) -> pd.DataFrame:
        return ck.plan(*self.given, as_of=self.as_of)

    def thank_yous(self, *names: str) -> list[Any]:
        """Columns of the thank-you duties."""
        return told(self.grade().query("duty == 'thank_you'"), *names, zone=self.zone)

    def follow_ups(self, *names: str) -> list[Any]:
        """Columns of the follow-up duties."""
        return told(self.grade().query("duty == 'follow_up'"), *names, zone=self.zone)

    def states(self, *names: str) -> list[Any]:
        """Columns of the states."""
        return told(ck.states(*self.given, as_of=self.as_of), *names, zone=self.zone)

    def agenda(self, *names: str, action: str | None = None) -> list[Any]:
        """Columns of the agenda, of one action or of all."""
        agenda = self.plan()
        if action:
            agenda = agenda[agenda["action"] == action]
        return told(agenda, *names, zone=self.zone)

    def explained(self, duty: str) -> list[str]:
        """Why each duty of a kind stands as it does."""
        explained = ck.explain(*self.given, as_of=self.as_of)
        return explained.loc[explained["duty"] == duty, "reason"].to_list()


def told(frame: pd.DataFrame, *names: str, zone: str = NEW_YORK) -> list[Any]:
    """A column's cells, or rows of several columns' cells, times as they are written here."""
    columns = [[_told(name, cell, zone) for cell in frame[name].astype(object)] for name in names]
    return columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))


def instant(text: str, zone: str = NEW_YORK) -> datetime:
    """``Mon 2 Feb 10:00`` or ``Mon 2 Feb 2027 10:00:30`` in a zone."""
    day, clock = text.rsplit(" ", 1)
    return datetime.combine(local_day(day), time.fromisoformat(clock), ZoneInfo(zone))


def local_day(text: str) -> date:
    """``Mon 2 Feb`` or ``Mon 1 Feb 2027``."""
    written = text if text[-4:].isdigit() else f"{text} {YEAR}"
    day = datetime.strptime(written, "%a %d %b %Y").date()
    assert f"{day:%a}" == text[:3], f"{text!r} is a {day:%a}"
    return day


def _read(table: str, cells: Record, zone: str) -> Record:
    """Texts of instants and days as such; a bare day is one whose time is not known."""
    kinds = {column.name: column.kind for column in terms.TABLES.get(table, terms.POLICY)}
    read = dict(cells)
    for name, cell in cells.items():
        if kinds[name] == "day" and cell is not None:
            read[name] = local_day(cell)
        elif kinds[name] == "instant" and cell is not None and ":" in cell:
            read[name] = instant(cell, zone)
        elif kinds[name] == "instant" and cell is not None:
            read |= {name: instant(f"{cell} 12:00", zone), "time_known": False}
    return read


def _told(name: str, cell: Any, zone: str) -> Any:
    if pd.isna(cell):
        return None
    if not isinstance(cell, pd.Timestamp):
        return cell if isinstance(cell, str) else int(cell)
    if name.endswith("_at"):
        cell = cell.tz_convert(zone)
    day = f"{cell:%a} {cell.day} {cell:%b}" + (f" {cell.year}" if cell.year != YEAR else "")
    if name.endswith("_on") or name == "week":
        assert cell == cell.normalize()
        return day
    seconds = timedelta(seconds=cell.second, microseconds=cell.microsecond)
    return f"{day} {cell:%H:%M:%S}" if seconds else f"{day} {cell:%H:%M}"
