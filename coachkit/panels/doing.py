"""The agenda as rows to act on, and what each action writes into the practice."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pandas as pd

from coachkit import terms
from coachkit._days_in_words import full_day
from coachkit.caseload import Caseload
from coachkit.panels.moments import coachs_day
from coachkit.practice import AnyPractice
from coachkit.telling import plain

#: What each thing to do is logged as when it is done: kind, channel.
LOGGED = {
    "thank_you": ("thank_you", "email"),
    "follow_up": ("follow_up", "email"),
    "answer": ("answer", "email"),
    "card": ("thank_you", "card"),
}
#: Which note goes with what is to be done.
NOTES = {"thank_you": "thank_you", "follow_up": "follow_up", "card": "card", "let_go": "closing"}
GROUPS = {
    "overdue": "Overdue",
    "today": "Today",
    "quiet": "Clients gone quiet",
    "this_week": "This week",
    "later": "Later",
    "snoozed": "Snoozed",
}
_FOLDED = ("later", "snoozed")
_BY = {"email": "by e-mail", "call": "by phone", "voicemail": "by voicemail", "card": "by card"}
_WORDS = {"thank_you": "Thank-you", "follow_up": "Follow-up", "answer": "Answer", "card": "Card"}
#: What a snooze puts off: a thank-you cannot wait, and an interview takes place (RULES.md §9).
_SNOOZED = ("answer", "follow_up", "let_go")
_SNOOZES = (
    ("1", "Until tomorrow"),
    ("3", "For 3 days"),
    ("7", "For a week"),
    ("14", "For two weeks"),
)
Row = dict[str, Any]


@dataclass
class Done:
    """What a click wrote, how to take it back, and how the row tells of it."""

    told: str
    take_back: Callable[[], Any]


@dataclass
class Doing:
    """A practice's agenda as rows; what was done stays in its row until it is drawn anew."""

    practice: AnyPractice
    item_of: dict[str, Row] = field(default_factory=dict)
    done: dict[str, Done] = field(default_factory=dict)
    with_client: bool = True

    def rows(self, agenda: pd.DataFrame, opportunities: pd.DataFrame) -> list[Row]:
        """The agenda as rows of an ``ActionList``, by group; ``item_of`` knows what each is."""
        today = coachs_day(self.practice)
        held = _held(opportunities)
        rows = []
        for item in records(agenda):
            row_id = _id_of(item)
            self.item_of[row_id] = item
            until = held.get(item["opportunity_id"])
            waits = item["action"] in _SNOOZED and until is not None and until > today
            rows.append(self.row(row_id, snoozed=waits))
        return sorted(rows, key=lambda row: list(GROUPS).index(row["group"]))

    def row(self, row_id: str, *, snoozed: bool = False) -> Row:
        """One thing to do as a row."""
        item = self.item_of[row_id]
        action = item["action"]
        about = [plain(item[name]) for name in ("employer", "role") if not pd.isna(item[name])]
        row: Row = {
            "id": row_id,
            "group": "quiet" if action == "ask_client" else str(item["urgency"]),
            "title": plain(item["client"]) if self.with_client else " · ".join(about),
            "subtitle": " · ".join(about) if self.with_client else "",
            "text": plain(item["reason"]),
            "tone": "alarm" if item["urgency"] == "overdue" else "",
            "tickable": action in LOGGED,
            "actions": _actions(action, item),
        }
        if snoozed:
            row["group"] = "snoozed"
            row["actions"] = [{"key": "wake", "label": "No longer snooze"}, *row["actions"]]
        if row_id in self.done:
            undo = {"key": "undo", "label": "Take back"}
            off = [one | {"off": True, "options": None} for one in row["actions"][:1]]
            row |= {"done": True, "note": self.done[row_id].told, "tickable": False}
            row["actions"] = [*off, undo]
        return row

    def note_for(self, row_id: str) -> tuple[int, str, int | None]:
        """Whose note a row asks for, which, and about which interview: else the one held last."""
        item = self.item_of[row_id]
        client = int(item["client_id"])
        by_voice = item["action"] == "follow_up" and _channel(item) in ("call", "voicemail")
        kind = "call" if by_voice else NOTES[item["action"]]
        if not pd.isna(item["interview_id"]):
            return client, kind, int(item["interview_id"])
        visits = self.practice.caseload(client=client).interviews
        own = visits["opportunity_id"] == item["opportunity_id"]
        held = visits[own & (visits["held_at"] <= self.practice.as_of())].sort_values("held_at")
        return client, kind, None if held.empty else int(held["interview_id"].iloc[-1])

    def do(self, action: str, ids: Iterable[str], value: str | None) -> str:
        """Do one action for some rows, as one change; tells the coach what came of it."""
        chosen = [row_id for row_id in ids if row_id in self.item_of]
        if action == "undo":
            for row_id in chosen:
                self.done.pop(row_id).take_back()
            return "Taken back."
        fresh = [row_id for row_id in chosen if row_id not in self.done]
        if len(fresh) > 1:
            return self._log_several(fresh)
        for row_id in fresh:
            self.done[row_id] = self._one(action, self.item_of[row_id], value)
            return self.done[row_id].told
        return "That was done already."

    def _log_several(self, ids: list[str]) -> str:
        """All of them, or where one cannot be logged none."""
        contacts = [self._contact(self.item_of[row_id], None) for row_id in ids]
        numbers = self.practice.add_contacts(contacts)
        for row_id, contact, number in zip(ids, contacts, numbers, strict=True):
            self.done[row_id] = self._logged(self.item_of[row_id], contact, number)
        return f"{len(ids)} logged as done."

    def _one(self, action: str, item: Row, value: str | None) -> Done:
        practice, opportunity = self.practice, item["opportunity_id"]
        if action in ("done", "done_by"):
            contact = self._contact(item, value)
            return self._logged(item, contact, practice.add_contact(**contact))
        if action == "snooze":
            until = coachs_day(practice) + timedelta(days=int(value or 1))
            practice.hold(opportunity, until=until)
            told = f"Snoozed until {full_day(until)}."
            return Done(told, lambda: practice.hold(opportunity, until=None))
        if action == "wake":
            practice.hold(opportunity, until=None)
            return Done("No longer snoozed.", lambda: None)
        if action == "let_go":
            practice.set_outcome(opportunity, "let_go", at=practice.as_of())
            return Done("Let go: no offer is presumed.", lambda: practice.reopen(opportunity))
        visit = item["interview_id"]
        asked = dict.fromkeys(terms.CLOSING_QUESTIONS, "not asked")
        practice.change_interview(visit, **asked)
        nothing = dict.fromkeys(terms.CLOSING_QUESTIONS)
        return Done(
            "Written down: the four questions were not asked.",
            lambda: practice.change_interview(visit, **nothing),
        )

    def _contact(self, item: Row, channel: str | None) -> Row:
        kind = LOGGED[item["action"]][0]
        visit = item["interview_id"] if item["action"] in ("thank_you", "card") else None
        return {
            "opportunity_id": int(item["opportunity_id"]),
            "interview_id": None if visit is None or pd.isna(visit) else int(visit),
            "at": self.practice.as_of(),
            "direction": "out",
            "channel": channel or _channel(item),
            "kind": kind,
        }

    def _logged(self, item: Row, contact: Row, number: int) -> Done:
        by = _BY.get(contact["channel"], "")
        told = f"Logged: {_WORDS[item['action']].lower()} {by}, {full_day(contact['at'])}."
        if item["action"] == "card":
            told = f"Logged: a card, {full_day(contact['at'])}."
        return Done(told, lambda: self.practice.remove("contacts", number))


def groups_of(rows: Iterable[Row]) -> list[Row]:
    """The groups with how many rows of each are still to be done."""
    counts = dict.fromkeys(GROUPS, 0)
    for row in rows:
        counts[row["group"]] += not row.get("done")
    return [
        {"key": key, "heading": f"{words} ({counts[key]})", "folded": key in _FOLDED}
        for key, words in GROUPS.items()
    ]


def _actions(action: str, item: Row) -> list[Row]:
    note = [{"key": "note", "label": "Write the note"}] if action in NOTES else []
    return [*_acts(action, item), *note]


def _acts(action: str, item: Row) -> list[Row]:
    snooze = {"key": "snooze", "label": "Snooze", "options": [list(one) for one in _SNOOZES]}
    if action in LOGGED:
        channel = _channel(item)
        label = "Card sent" if action == "card" else f"Done {_BY.get(channel, '')}".strip()
        acts: list[Row] = [{"key": "done", "label": label, "first": True}]
        if action != "card":
            others = [
                [key, words.capitalize()]
                for key, words in _BY.items()
                if key not in (channel, "card")
            ]
            acts.append({"key": "done_by", "label": "Done otherwise", "options": others})
        return [*acts, snooze] if action in _SNOOZED else acts
    if action == "let_go":
        return [{"key": "let_go", "label": "Let go", "first": True}, snooze]
    if action == "debrief":
        return [{"key": "not_asked", "label": "They were not asked"}]
    return []


def _channel(item: Row) -> str:
    """By what it is to go out: as the agenda suggests, else as is usual for its kind."""
    suggested = item["channel"]
    return LOGGED[item["action"]][1] if pd.isna(suggested) else str(suggested)


def _id_of(item: Row) -> str:
    """What is to be done, and by when: the next follow-up with somebody is another row."""
    names = ("action", "client_id", "opportunity_id", "interview_id")
    parts = ["" if pd.isna(item[name]) else str(item[name]) for name in names]
    return "-".join([*parts, f"{item['due_on']:%Y%m%d}"])


def _held(opportunities: pd.DataFrame) -> dict[int, date]:
    """Until when each opportunity that is snoozed is."""
    until = opportunities["hold_until"]
    held = until.notna().to_numpy()
    ids = opportunities["opportunity_id"].array[held]
    return dict(zip(ids, until.array[held].date, strict=True))


def table(caseload: Caseload, name: str) -> pd.DataFrame:
    """One of a caseload's frames, which is there even where it is empty."""
    frame: pd.DataFrame = getattr(caseload, name)
    return frame


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows by column; a cell is what it is."""
    plain = frame.astype(object)
    return [dict(zip(plain.columns, row, strict=True)) for row in plain.to_numpy()]
