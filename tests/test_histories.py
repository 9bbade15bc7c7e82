"""Whatever a coach does, in whatever order, can be taken back, brought back, read and exported."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import coachkit as ck
from coachkit import errors, terms
from coachkit.store.schema import KEPT
from tests import writing

#: In CI; ``tests/soak.py`` has its own number.
EXAMPLES = 100
#: Where a disk costs no time, if there is such a place: these tests are not about durability.
MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else None

Rows = dict[str, list[tuple[object, ...]]]
Action = tuple[str, dict[str, Any]]

texts = st.one_of(
    st.sampled_from(["Acme", "x\ny", "=1+1", "Zoë 'Z' \"Q\"", "\x1e", "%_"]), st.text()
)
maybe_text = st.none() | texts
#: Most often there is such a row; no. 4 may come, and no. 9 never.
numbers = st.sampled_from([1, 2, 3, 1, 2, 3, 1, 2, 3, 4, 9])
days = st.none() | st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(str)
moments = st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30))
instants = moments.map(lambda at: f"{at.isoformat()}+00:00") | st.just(writing.HELD)
zones = st.sampled_from(["UTC"] * 5 + ["Mars/Base"])
flags = st.none() | st.booleans()


def words(allowed: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from([*allowed * 5, "nonsense"])


def action(verb: str, **cells: st.SearchStrategy[Any]) -> st.SearchStrategy[Action]:
    return st.tuples(st.just(verb), st.fixed_dictionaries(cells))


def some(**cells: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    """Cells under their names, for a verb that takes them all."""
    return cells


OPPORTUNITY = some(
    wait_days=st.none() | st.integers(0, 20),
    country=st.sampled_from([None, "US", "US-CA", "DE", "FR", "Nowhere"]),
    applied_on=days,
    link=maybe_text,
    notes=maybe_text,
)
INTERVIEW = some(
    ended_at=st.none() | instants,
    time_known=flags,
    promised_by=days,
    answer_fit=maybe_text,
)
CONTACT = some(
    at=st.just(writing.SENT) | instants,
    direction=words(terms.DIRECTIONS),
    channel=words(terms.CHANNELS),
    kind=words(terms.KINDS),
    interview_id=st.none() | numbers,
    needs_answer=flags,
    text=maybe_text,
)
OUT = some(
    at=st.just(writing.SENT),
    direction=st.just("out"),
    channel=st.just("email"),
    kind=st.sampled_from(terms.OUTBOUND_KINDS),
    text=maybe_text,
)
CLIENT = some(
    coach=maybe_text,
    country=st.sampled_from([None, "DE"]),
    tracked_since=st.none() | instants,
    greeting=maybe_text,
    formality=st.none() | words(terms.FORMALITIES),
)

actions = st.one_of(
    action("add_client", name=texts, timezone=zones, **CLIENT),
    action("change_client", client=numbers, name=texts, **CLIENT),
    *(action(verb, client=numbers) for verb in ("pause", "placed", "archive", "reactivate")),
    action(
        "add_opportunity",
        client=numbers,
        employer=texts,
        role=texts,
        field=st.sampled_from(["Sales", "Beekeeping"]),
        **OPPORTUNITY,
    ),
    action("change_opportunity", opportunity_id=numbers, employer=texts, **OPPORTUNITY),
    action("change_opportunity", opportunity_id=numbers, client_id=numbers),
    action(
        "set_outcome",
        opportunity_id=numbers,
        outcome=words(terms.OUTCOMES),
        at=st.none() | instants,
    ),
    action("reopen", opportunity_id=numbers),
    action("hold", opportunity_id=numbers, until=days, reason=maybe_text),
    action("pin", opportunity_id=numbers, on=days, reason=maybe_text),
    action("add_interview", opportunity_id=numbers, held_at=instants, **INTERVIEW),
    action("add_interview", opportunity_id=numbers, held_at=st.just(writing.HELD)),
    action("change_interview", interview_id=numbers, held_at=instants, **INTERVIEW),
    action("change_interview", interview_id=numbers, opportunity_id=numbers),
    action("cancel_interview", interview_id=numbers),
    action("add_interviewer", interview_id=numbers, name=maybe_text, topics=maybe_text),
    action("change_interviewer", interviewer_id=numbers, name=maybe_text),
    action("add_key_answer", interview_id=numbers, question=maybe_text),
    action("change_key_answer", key_answer_id=numbers, treatment=words(terms.TREATMENTS)),
    action("add_contact", opportunity_id=numbers, **CONTACT),
    action("add_contact", opportunity_id=numbers, **OUT),
    action(
        "add_contacts",
        contacts=st.lists(st.fixed_dictionaries({"opportunity_id": numbers, **OUT}), max_size=6),
    ),
    action("change_contact", contact_id=numbers, **CONTACT),
    action("change_contact", contact_id=numbers, opportunity_id=numbers, interview_id=st.none()),
    action("add_work_sample", client=numbers, title=maybe_text, confidential=flags),
    action("change_work_sample", sample_id=numbers, location=maybe_text),
    action(
        "add_note",
        client=numbers,
        text=texts,
        private=st.booleans(),
        opportunity_id=st.none() | numbers,
    ),
    action("change_note", note_id=numbers, text=maybe_text, private=flags),
    action("add_agreed_action", client=numbers, text=texts, due_on=days),
    action("change_agreed_action", action_id=numbers, text=maybe_text),
    action("tick_off", action_id=numbers),
    action(
        "set_wait",
        field=st.sampled_from(["Sales", "sales", "default", "Beekeeping"]),
        effective_from=instants,
        reason=maybe_text,
        wait_days=st.integers(0, 30),
    ),
    action("remove", table=st.sampled_from([*terms.TABLES]), row_id=numbers),
    action(
        "keep_draft",
        client=numbers,
        kind=st.sampled_from(["thank_you", "weekly"]),
        interview_id=st.none() | numbers,
        text=maybe_text,
        answers=st.dictionaries(texts, texts, max_size=2),
    ),
    action("drop_draft", client=numbers, kind=st.just("weekly"), interview_id=st.none()),
    action(
        "mark_imported",
        client=numbers,
        marks=st.lists(
            st.fixed_dictionaries(
                {
                    "source": st.sampled_from(["a.csv", "b.csv"]),
                    "row_key": st.sampled_from(["1", "2"]),
                    "table_name": st.just("contacts"),
                    "row_id": numbers,
                    "content": maybe_text,
                }
            ),
            max_size=3,
        ),
    ),
)
days_of_work = st.lists(
    st.one_of(
        actions.map(lambda one: [one]),
        actions.map(lambda one: [one]),
        st.lists(actions, max_size=4),
    ),
    min_size=6,
    max_size=16,
)

#: What is there before, so that verbs find something.
BEGINNING: list[Action] = [
    ("add_client", {"name": "Zed Ox", "timezone": "America/Denver"}),
    ("add_client", {"name": "Ann Lee", "timezone": "UTC"}),
    *(
        ("add_opportunity", {"client": client, "employer": "A", "role": "R", "field": "Sales"})
        for client in (1, 1, 2)
    ),
    *(
        ("add_interview", {"opportunity_id": number, "held_at": writing.HELD})
        for number in (1, 2, 3)
    ),
]


def test_every_history_can_be_taken_back_and_brought_back() -> None:
    """Step by step to the exact former state and forward again; exported, it makes an equal one."""
    histories_stand(EXAMPLES)


def test_the_proof_sees_what_is_not_taken_back() -> None:
    """A cell that stays behind is told."""
    with fresh() as practice:
        before = rows(practice)
        practice.add_client("Zed Ox", timezone="UTC")
        practice.undo()
        assert rows(practice) == before
        practice.add_client("Zed Ox", timezone="UTC")
        assert rows(practice) != before


def histories_stand(examples: int) -> str:
    """Try so many made-up histories; what was seen, in words."""
    seen = {"histories": 0, "changes": 0, "refused": 0}

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    @given(days_of_work)
    def stands(work: list[list[Action]]) -> None:
        seen["histories"] += 1
        with fresh() as practice:
            stands_one(practice, work, seen)

    stands()
    return (
        f"{seen['histories']:,} histories, {seen['changes']:,} changes, "
        f"{seen['refused']:,} days of work refused whole"
    )


def stands_one(practice: ck.Practice, work: list[list[Action]], seen: dict[str, int]) -> None:
    """Do the work; then all that must hold of what was done."""
    states = [rows(practice)]
    for day in work:
        token = practice.token()
        if not take(practice, day):
            seen["refused"] += 1
        now = rows(practice)
        if practice.changed_since(token):
            states.append(now)
        else:
            assert now == states[-1]
    seen["changes"] += len(states) - 1
    assert practice.check() == []
    before = len(BEGINNING)
    for state in reversed(states[:-1]):
        practice.undo()
        assert rows(practice) == state
    for state in states[1:]:
        practice.redo()
        assert rows(practice) == state
    with pytest.raises(errors.NothingToUndo):
        practice.redo()
    reads(practice, before + 3 * (len(states) - 1))
    makes_an_equal_one(practice, states)


def take(practice: ck.Practice, day: list[Action]) -> bool:
    """One verb by itself, or several as one change, in which one may be refused."""
    if len(day) == 1:
        return took(practice, *day[0])
    with practice.change("A day's work"):
        for verb, cells in day:
            before = rows(practice)
            assert took(practice, verb, cells) or rows(practice) == before
    return True


def took(practice: ck.Practice, verb: str, cells: dict[str, Any]) -> bool:
    """Whether a verb was not refused."""
    try:
        getattr(practice, verb)(**cells)
    except errors.CoachkitError:
        return False
    return True


def rows(practice: ck.Practice) -> Rows:
    """All that a practice follows, as the store keeps it."""
    with practice._database.reading() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        return {
            name: driver.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in KEPT
        }


def reads(practice: ck.Practice, changes: int) -> None:
    """Every change is a sentence, of each client, too."""
    history = practice.history()
    assert len(history) == changes
    assert history["what"].str.endswith(".").all()
    clients = {row[0] for row in rows(practice)["clients"]}
    for client in clients & {1, 2}:
        assert practice.history(client)["what"].str.endswith(".").all()


def makes_an_equal_one(practice: ck.Practice, states: list[Rows]) -> None:
    """Its folder makes a practice that holds, tells and takes back the same."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        practice.export(Path(folder, "out"))
        other = ck.new_practice(Path(folder, "p.coachkit"), source=Path(folder, "out"))
        assert rows(other) == states[-1]
        assert other.history().equals(practice.history())
        if len(states) > 1:
            other.undo()
            assert rows(other) == states[-2]
        other.close()


@cache
def _beginning() -> bytes:
    """The file of a practice in which only the beginning was made."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        path = Path(folder, "p.coachkit")
        practice = ck.new_practice(path, coach="Rosa Lind")
        for verb, cells in BEGINNING:
            getattr(practice, verb)(**cells)
        practice.close()
        return path.read_bytes()


@contextmanager
def fresh() -> Iterator[ck.Practice]:
    """A practice in which only the beginning was made."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        path = Path(folder, "p.coachkit")
        path.write_bytes(_beginning())
        practice = writing.opened(path)
        yield practice
        practice.close()
