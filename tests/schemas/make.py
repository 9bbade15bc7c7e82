"""Write down a practice of today's schema, with data in every table: ``v1.sql``, ``v2.sql``, ….

    python tests/schemas/make.py

Run it before ``VERSION`` is raised: what it writes is never made again, because nobody can make
an older coachkit's file with a newer one. ``tests/test_migrations.py`` opens every one of them.
"""

import contextlib
import sqlite3
import sys
import tempfile
from pathlib import Path

import coachkit as ck
from coachkit.store import schema

HERE = Path(__file__).parent
HELD, ENDED, SENT = (f"2026-11-20T{hour:02}:00:00-07:00" for hour in (10, 11, 18))


def fill(practice: ck.Practice) -> None:
    """Put rows into every table: one with every cell filled, one with as few as can be."""
    practice.set_up(name="Lind Coaching", timezone="Europe/Berlin")
    practice.add_client(
        "Zoë 'Zed' Ox",
        timezone="America/Denver",
        coach="Rosa Lind",
        country="US-CA",
        tracked_since="2026-01-01T00:00:00Z",
        status="paused",
        greeting="Dear",
        sign_off="Kind regards",
        formality="warm",
    )
    practice.add_client("Ann Lee", timezone="UTC")
    practice.add_opportunity(
        1,
        employer='Acme; "Söhne"',
        role="Cook\nand baker",
        field="Sales",
        country="DE",
        wait_days=3,
        outcome="rejected",
        outcome_at=SENT,
        hold_until="2026-12-01",
        hold_reason="on holiday",
        follow_up_on="2026-12-03",
        follow_up_reason="after the fair",
        applied_on="2026-11-01",
        link="https://example.com/cook",
        location="Denver",
        outcome_words="not selected",
        notes="=1+1",
    )
    practice.add_opportunity(2, employer="Zig", role="Zag", field="Beekeeping")
    practice.add_interview(
        1,
        held_at=HELD,
        ended_at=ENDED,
        time_known=True,
        cancelled=False,
        promised_by="2026-11-27",
        answer_fit="well",
        answer_steps="two",
        answer_more="no",
        answer_timeline="a week",
    )
    practice.add_interview(2, held_at=HELD)
    touch = {"opportunity_id": 1, "at": SENT, "channel": "email"}
    practice.add_contacts(
        [
            {**touch, "direction": "out", "kind": "thank_you", "interview_id": 1, "text": "Thanks"},
            {
                **touch,
                "direction": "in",
                "kind": "reply",
                "time_known": False,
                "promised_by": "2026-11-28",
                "needs_answer": True,
            },
        ]
    )
    practice.add_interviewer(1, name="Dana", role="Chef", email="d@example.com", topics="knives")
    practice.add_key_answer(
        1, question="Why us?", answer_given="pay", treatment="modify", better_answer="the kitchen"
    )
    practice.add_work_sample(1, title="Menu", location="menu.pdf", confidential=False)
    practice.add_note(1, "is shy", opportunity_id=1)
    practice.add_note(2, "likes fish", private=False)
    practice.add_agreed_action(1, "write to Dana", due_on="2026-11-30", done_at=SENT)
    practice.set_wait("Sales", wait_days=1, reason="they answer fast")
    practice.mark_imported(
        1, [{"source": "tracker", "row_key": "a1", "table_name": "contacts", "row_id": 1}]
    )
    practice.keep_draft(1, "thank_you", interview_id=1, subject="Thanks", answers={"why": "it's"})
    practice.keep_draft(2, "weekly", text="Well done;\nand on")
    with practice.change("A day's work"):
        practice.pause(2)
        practice.change_opportunity(2, wait_days=9)
    practice.undo()
    practice.redo()
    practice.remove("notes", 2)
    practice.undo()


def main() -> None:
    """Write today's."""
    target = HERE / f"v{schema.VERSION}.sql"
    if target.exists():
        sys.exit(f"{target.name} is there already: a schema that has shipped is never changed.")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in")
        start = ck.Caseload.empty()
        known = dict(start)
        known["clients"] = known["clients"].assign(shoe_size="")
        ck.Caseload(**known).write(source)
        practice = ck.new_practice(Path(folder, "p.coachkit"), source=source, coach="Rosa Lind")
        fill(practice)
        with practice._database.writing(who="", verb="test") as pen:
            pen.connection.exec_driver_sql(
                'UPDATE clients SET extra = \'{"shoe_size": "44"}\' WHERE client_id = 1'
            )
        assert practice.check() == []
        assert practice.path is not None
        practice.close()
        with contextlib.closing(sqlite3.connect(practice.path)) as connection:
            dumped = "\n".join(connection.iterdump())
            number = connection.execute("PRAGMA application_id").fetchone()[0]
    target.write_text(f"PRAGMA application_id = {number};\n{dumped}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
