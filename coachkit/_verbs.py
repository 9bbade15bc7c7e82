"""What a coach does, in the coach's verbs: each one transaction, checked before it is written."""

import json
from abc import abstractmethod
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import pandas as pd

from coachkit import errors, terms
from coachkit._words import as_text
from coachkit.policy import Policy
from coachkit.store.cells import now, read_rows

if TYPE_CHECKING:
    from coachkit.store.pen import Pen


class Verbs:
    """Adding and changing what a practice follows.

    A client is named by id or by name, everything else by id. Instants are aware datetimes or ISO
    texts with their offset, days are dates or ISO days, words are those of ``coachkit.terms``; a
    cell set to None is emptied. Every verb that adds returns the new id. What is wrong is raised as
    a ``CoachkitError`` whose ``column`` names the cell, and nothing is written.
    """

    @abstractmethod
    def _pen(self, verb: str, remark: str | None = None) -> AbstractContextManager["Pen"]:
        """The transaction to write in: that of ``change``, where one is under way."""

    # -- clients ---------------------------------------------------------------------------------

    def add_client(self, name: str, *, timezone: str, **cells: Any) -> int:
        """Take a client on; ``cells`` as in ``coachkit.terms.CLIENTS``."""
        return self._add("clients", {"name": name, "timezone": timezone, **cells})

    def change_client(self, client: int | str, **cells: Any) -> None:
        """Change what is known of a client: their zone, coach, voice (greeting, sign_off, …)."""
        with self._pen("change") as pen:
            _change(pen, "clients", _client(pen, client), cells)

    def pause(self, client: int | str) -> None:
        """Leave a client out of the agenda until ``reactivate``."""
        self.change_client(client, status="paused")

    def placed(self, client: int | str) -> None:
        """Note that a client has found work."""
        self.change_client(client, status="placed")

    def reactivate(self, client: int | str) -> None:
        """Follow a client again who was paused, placed or archived."""
        self.change_client(client, status="active")

    def archive(self, client: int | str) -> None:
        """Put a client away: nothing is lost, and ``reactivate`` brings them back."""
        self.change_client(client, status="archived")

    # -- opportunities ---------------------------------------------------------------------------

    def add_opportunity(
        self, client: int | str, *, employer: str, role: str, field: str, **cells: Any
    ) -> int:
        """Add a role at an employer; open unless ``outcome`` says otherwise."""
        with self._pen("add") as pen:
            given = {"employer": employer, "role": role, "field": field, "outcome": "open"}
            return _add(pen, "opportunities", {"client_id": _client(pen, client), **given, **cells})

    def add_opportunities(
        self, client: int | str, opportunities: Iterable[Mapping[str, Any]]
    ) -> list[int]:
        """Add many at once (an import): all of them, or where one is wrong none.

        Each has the cells of ``coachkit.terms.OPPORTUNITIES``; open unless ``outcome`` is among
        them.
        """
        with self._pen("add") as pen:
            given = {"client_id": _client(pen, client), "outcome": "open"}
            rows = [{**given, **cells} for cells in opportunities]
            return pen.insert("opportunities", read_rows("opportunities", rows, whole=True))

    def change_opportunity(self, opportunity_id: int, **cells: Any) -> None:
        """Change what is known of an opportunity; ``wait_days`` is the coach's own wait for it."""
        self._change("opportunities", opportunity_id, cells)

    def set_outcome(self, opportunity_id: int, outcome: str, *, at: Any = None) -> None:
        """Note how an opportunity ended, and when; ``at`` None: the day is not known."""
        self._change("opportunities", opportunity_id, {"outcome": outcome, "outcome_at": at})

    def reopen(self, opportunity_id: int) -> None:
        """Take the outcome back: the opportunity is open again."""
        self._change("opportunities", opportunity_id, {"outcome": "open", "outcome_at": None})

    def hold(self, opportunity_id: int, *, until: Any, reason: str | None = None) -> None:
        """Snooze an opportunity until a day; ``until`` None: no longer."""
        self._change(
            "opportunities",
            opportunity_id,
            {"hold_until": until, "hold_reason": None if until is None else reason},
        )

    def pin(self, opportunity_id: int, *, on: Any, reason: str | None = None) -> None:
        """Give an opportunity its own follow-up day; ``on`` None: the rules' day again."""
        self._change(
            "opportunities",
            opportunity_id,
            {"follow_up_on": on, "follow_up_reason": None if on is None else reason},
        )

    # -- interviews and what belongs to them -----------------------------------------------------

    def add_interview(self, opportunity_id: int, *, held_at: Any, **cells: Any) -> int:
        """Log an interview held or planned, with the answers to the four closing questions.

        ``answer_fit``, ``answer_steps``, ``answer_more`` and ``answer_timeline`` hold what was
        answered, or ``not asked``; ``promised_by`` the day by which they said they would answer.
        """
        return self._add(
            "interviews", {"opportunity_id": opportunity_id, "held_at": held_at, **cells}
        )

    def add_interviews(self, interviews: Iterable[Mapping[str, Any]]) -> list[int]:
        """Log many at once (an import): all of them, or where one is wrong none.

        Each has the cells of ``coachkit.terms.INTERVIEWS``.
        """
        return self._add_many("interviews", interviews)

    def change_interview(self, interview_id: int, **cells: Any) -> None:
        """Change what is known of an interview."""
        self._change("interviews", interview_id, cells)

    def cancel_interview(self, interview_id: int) -> None:
        """Note that an interview did not take place."""
        self._change("interviews", interview_id, {"cancelled": True})

    def add_interviewer(self, interview_id: int, **cells: Any) -> int:
        """Add a person met: ``name``, ``role``, ``email``, and the ``topics`` discussed."""
        return self._add("interviewers", {"interview_id": interview_id, **cells})

    def change_interviewer(self, interviewer_id: int, **cells: Any) -> None:
        """Change what is known of a person met."""
        self._change("interviewers", interviewer_id, cells)

    def add_key_answer(self, interview_id: int, **cells: Any) -> int:
        """Add a key question: ``question``, ``answer_given``, ``treatment``, ``better_answer``."""
        return self._add("key_answers", {"interview_id": interview_id, **cells})

    def change_key_answer(self, key_answer_id: int, **cells: Any) -> None:
        """Change a key question or how the client would better its answer."""
        self._change("key_answers", key_answer_id, cells)

    # -- contacts --------------------------------------------------------------------------------

    def add_contact(
        self, opportunity_id: int, *, at: Any, direction: str, channel: str, kind: str, **cells: Any
    ) -> int:
        """Log a touch, either way, that has taken place."""
        given = {"at": at, "direction": direction, "channel": channel, "kind": kind}
        return self._add("contacts", {"opportunity_id": opportunity_id, **given, **cells})

    def add_contacts(self, contacts: Iterable[Mapping[str, Any]]) -> list[int]:
        """Log several touches at once ("sent these six"): all of them, or where one is wrong none.

        Each has the cells of ``coachkit.terms.CONTACTS``.
        """
        return self._add_many("contacts", contacts)

    def change_contact(self, contact_id: int, **cells: Any) -> None:
        """Correct a contact."""
        self._change("contacts", contact_id, cells)

    # -- the client's desk -----------------------------------------------------------------------

    def add_work_sample(self, client: int | str, **cells: Any) -> int:
        """Add a sample of a client's work: ``title``, ``location``, ``confidential``."""
        return self._add_to_client("work_samples", client, cells)

    def change_work_sample(self, sample_id: int, **cells: Any) -> None:
        """Change what is known of a work sample."""
        self._change("work_samples", sample_id, cells)

    def add_note(self, client: int | str, text: str, *, private: bool = True, **cells: Any) -> int:
        """Write a note on a client; a private one never gets into a report."""
        given = {"text": text, "private": private, "written_at": cells.pop("written_at", _now())}
        return self._add_to_client("notes", client, given | cells)

    def change_note(self, note_id: int, **cells: Any) -> None:
        """Change a note, or whether it is private."""
        self._change("notes", note_id, cells)

    def add_agreed_action(self, client: int | str, text: str, **cells: Any) -> int:
        """Write down what was agreed in a session; ``due_on`` the day by which it is to be done."""
        given = {"text": text, "agreed_at": cells.pop("agreed_at", _now())}
        return self._add_to_client("agreed_actions", client, given | cells)

    def change_agreed_action(self, action_id: int, **cells: Any) -> None:
        """Change an agreed action."""
        self._change("agreed_actions", action_id, cells)

    def tick_off(self, action_id: int, *, at: Any = None) -> None:
        """Note that an agreed action is done."""
        self._change("agreed_actions", action_id, {"done_at": _now() if at is None else at})

    # -- imports ---------------------------------------------------------------------------------

    def mark_imported(self, client: int | str, marks: Iterable[Mapping[str, Any]]) -> None:
        """Note where rows of a file went, so that the same file can be imported again.

        Part of the change under way, so that ``undo`` takes the marks back with the rows.

        Parameters
        ----------
        client
            Whose file it was.
        marks
            Of each row: ``source`` (the shape or name of the file, never a path), ``row_key`` (what
            tells the row from others of its file, hashed), ``table_name`` and ``row_id`` (what it
            became), ``content`` (what it held, hashed). One of the same source, row_key and
            table_name takes the place of the one before.
        """
        with self._pen("import") as pen:
            own = {"client_id": _client(pen, client)}
            for row in read_rows("import_marks", [{**own, **mark} for mark in marks], whole=True):
                pen.put("import_marks", row)

    # -- notes that were begun -------------------------------------------------------------------

    def keep_draft(
        self,
        client: int | str,
        kind: str,
        *,
        interview_id: int | None = None,
        interviewer_id: int | None = None,
        subject: str | None = None,
        text: str | None = None,
        answers: Mapping[str, str] | None = None,
    ) -> None:
        """Keep a note that was begun and not sent, in place of what was kept of it before.

        Parameters
        ----------
        client, kind, interview_id, interviewer_id
            Whose note, which, what it is about and to whom it goes: there is one draft of each.
        subject, text
            The coach's own words; None: as they are written from the facts.
        answers
            What was answered where the note asked, by the question's key.
        """
        words = {"subject": subject, "text": text}
        told = json.dumps(dict(answers), ensure_ascii=False) if answers else None
        with self._pen("draft") as pen:
            which = _draft(pen, client, kind, interview_id, interviewer_id)
            (row,) = read_rows("note_drafts", [{**which, **words, "answers": told}], whole=True)
            pen.put("note_drafts", row)

    def drop_draft(
        self,
        client: int | str,
        kind: str,
        *,
        interview_id: int | None = None,
        interviewer_id: int | None = None,
    ) -> None:
        """Drop the draft of a note, if one was kept; parameters as for ``keep_draft``."""
        with self._pen("draft") as pen:
            known = pen.beside(
                "note_drafts", _draft(pen, client, kind, interview_id, interviewer_id)
            )
            if known is not None:
                pen.delete("note_drafts", known)

    # -- everything ------------------------------------------------------------------------------

    def remove(self, table: str, row_id: int) -> None:
        """Take a row away that should never have been there; ``undo`` brings it back.

        Raises
        ------
        UnknownRow
            There is no such table or row.
        Orphan
            Other rows lean on it.
        """
        if table not in terms.TABLES:
            raise errors.UnknownRow(
                f"There is no table {errors.quoted(table)}. The tables are "
                f"{errors.listed(terms.TABLES, 'and')}."
            )
        with self._pen("remove") as pen:
            pen.delete(table, row_id)

    def set_wait(
        self, field: str, *, effective_from: Any = None, reason: str | None = None, **cells: Any
    ) -> None:
        """Tune a field's waits from an instant on (now, where none is given), and say why.

        Parameters
        ----------
        field
            The field, or ``default``; a new one begins with the default's waits.
        effective_from
            From when. What was judged before it stays judged as it was (follow-up rules §2).
        reason
            Kept beside the waits as what grounds them.
        **cells
            The waits that change, as in ``coachkit.terms.POLICY``; the others stay.
        """
        from coachkit.store.folders import policy_frame

        at = _now() if effective_from is None else effective_from
        with self._pen("set_wait") as pen:
            policy = Policy(policy_frame(pen.connection))
            field = policy.spelled(field)
            given = {"field": field, "effective_from": at, **cells}
            (row,) = read_rows("fields", [given], whole=True)
            held = policy.row(field, at=pd.Timestamp(row["effective_from"], unit="us", tz="UTC"))  # type: ignore[arg-type]
            kept = {column.name: held[column.name] for column in terms.POLICY}
            (old,) = read_rows("fields", [kept], whole=True)
            extra = _grounds(policy, reason)
            pen.insert("fields", [old | {name: row[name] for name in given} | {"extra": extra}])
            Policy(policy_frame(pen.connection))  # the door that every policy comes through

    def _add(self, table: str, cells: Mapping[str, Any]) -> int:
        with self._pen("add") as pen:
            return _add(pen, table, cells)

    def _add_many(self, table: str, rows: Iterable[Mapping[str, Any]]) -> list[int]:
        with self._pen("add") as pen:
            return pen.insert(table, read_rows(table, list(rows), whole=True))

    def _add_to_client(self, table: str, client: int | str, cells: Mapping[str, Any]) -> int:
        with self._pen("add") as pen:
            return _add(pen, table, {"client_id": _client(pen, client), **cells})

    def _change(self, table: str, row_id: int, cells: Mapping[str, Any]) -> None:
        with self._pen("change") as pen:
            _change(pen, table, row_id, cells)


def _draft(
    pen: "Pen", client: int | str, kind: str, interview_id: int | None, interviewer_id: int | None
) -> dict[str, Any]:
    """What tells the draft of a note from others."""
    return {
        "client_id": _client(pen, client),
        "kind": kind,
        "interview_id": interview_id,
        "interviewer_id": interviewer_id,
    }


def _add(pen: "Pen", table: str, cells: Mapping[str, Any]) -> int:
    return pen.insert(table, read_rows(table, [cells], whole=True))[0]


def _change(pen: "Pen", table: str, row_id: int, cells: Mapping[str, Any]) -> None:
    (row,) = read_rows(table, [cells], whole=False)
    pen.update(table, row_id, row)


def _client(pen: "Pen", client: int | str) -> int:
    """The id of a client who is named by it or by name."""
    from coachkit.store.people import client_id

    return client_id(pen.connection, client)


def _now() -> pd.Timestamp:
    return pd.Timestamp(now(), unit="us", tz="UTC")


def _grounds(policy: Policy, reason: str | None) -> str | None:
    """What grounds a tuned wait, in the columns of the policy that tell it."""
    told = as_text(reason)
    if told is None and isinstance(reason, str) and reason.strip():
        fault = errors.UnreadableValue(
            "reason: it holds a letter that cannot be kept. Write it anew."
        )
        fault.column = "reason"
        raise fault
    if told is None or "evidence" not in policy.table:
        return None
    return json.dumps({"basis": "the coach's own", "evidence": told}, ensure_ascii=False)
