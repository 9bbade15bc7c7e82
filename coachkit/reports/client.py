"""One client's report: a clean page that a coach hands over, then the details."""

from datetime import date
from typing import Any

import pandas as pd

from coachkit._days_in_words import day
from coachkit.caseload import Caseload
from coachkit.compliance import compliance
from coachkit.policy import Policy
from coachkit.reports import wording
from coachkit.reports.client_details import ON_PAGE_ONE, agenda_table, details, slips, todo
from coachkit.reports.facts import (
    Facts,
    day_of,
    for_the_client,
    gather,
    local_day,
    name,
    rows_of,
    text_of,
)
from coachkit.reports.parts import (
    Cell,
    Column,
    Headline,
    Points,
    Report,
    Section,
    Table,
)

#: How many agreed actions the first page bears.
_AGREED = 4


def client_report(
    caseload: Caseload,
    policy: Policy,
    *,
    client: int | str,
    as_of: object,
    since: date | None = None,
) -> Report:
    """Tell one client what was agreed, what was kept, how it went and what comes next.

    Only the client's own rows are looked at. Private notes, and notes of which it is not known
    whether they are private, are left out; so are what the coach is to do (``ask_client``) and why
    the coach holds or pinned something.

    Parameters
    ----------
    caseload, policy
        What is followed, and the waits by which it is judged.
    client
        The client's id, or their name as it is written in ``clients``.
    as_of
        The instant as of which everything is seen (aware datetime, Timestamp or ISO text).
    since
        The local day from which on duties and events are told; None for all.

    Raises
    ------
    UnknownClient
        No client answers to it, or several share the name.
    NaiveTime, UnreadableValue, OutOfRange
        ``as_of`` has no time zone or is no time, or ``since`` lies after it.
    """
    facts = gather(for_the_client(caseload, client), policy, as_of=as_of, since=since, reasons=True)
    who = facts.caseload.clients.iloc[0]
    rates = compliance(facts.duties)
    first = wording.period(facts.first_on, facts.today)
    told = [wording.made_on(facts.today), first]
    if not pd.isna(who["coach"]):
        told.append(f"coach: {name(who['coach'])}")
    return Report(
        kind="client",
        genre="Interviews and follow-ups",
        title=name(who["name"]),
        facts=tuple(told),
        as_of=facts.today.date(),
        headlines=_headlines(facts, rates),
        sections=(
            Section("What comes next", (_next(facts),)),
            Section("What was agreed", (_agreed(facts),)),
            Section("What was kept", (Points(_kept(facts, rates)),)),
            *details(facts, rates),
        ),
        paper=facts.paper,
    )


def _headlines(facts: Facts, rates: pd.DataFrame) -> tuple[Headline, ...]:
    opportunities = len(facts.caseload.opportunities)
    ahead = int((facts.events["mark"] == "planned").sum())
    return (
        Headline(
            "Open opportunities",
            str(opportunities - len(facts.ended)),
            f"{len(facts.ended)} came to an end",
        ),
        Headline("Interviews held", str(facts.held), f"{ahead} ahead"),
        wording.rate_headline(rates, "thank_you"),
        wording.rate_headline(rates, "follow_up"),
    )


def _next(facts: Facts) -> Table:
    """What the client is to do first; the rest, where there is more, stands in the details."""
    to_do = todo(facts)
    more = len(to_do) - ON_PAGE_ONE
    caption = "What to do next, day by day"
    if more > 0:
        caption += f" ({more} more in the details)"
    return agenda_table(to_do[:ON_PAGE_ONE], facts, caption)


def _agreed(facts: Facts) -> Table:
    """What was agreed in the sessions: the open first, then the latest done."""
    actions = facts.caseload.agreed_actions
    assert actions is not None
    actions = actions[actions["agreed_at"] <= facts.now]
    if facts.since is not None:
        first = pd.Timestamp(facts.since, tz=facts.zone)
        actions = actions[(actions["agreed_at"] >= first) | actions["done_at"].isna()]
    done = actions["done_at"].notna() & (actions["done_at"] <= facts.now)
    actions = actions.assign(open=~done).sort_values(
        ["open", "agreed_at", "action_id"], ascending=[False, False, True]
    )
    rows: list[tuple[Cell, ...]] = [
        (
            text_of(row.text) or "not written down",
            local_day(row.agreed_at, facts.zone),
            day_of(row.due_on),
            _stands(row, facts),
        )
        for row in rows_of(actions)
    ]
    kept = int(done.sum())
    caption = f"{kept} of {len(actions)} done" if len(actions) else "Agreed actions"
    columns = (
        Column("What", width=4.5),
        Column("Agreed on", "day", 1.4),
        Column("By", "day", 1.4),
        Column("Done?", width=1.8),
    )
    shown = tuple(rows) if len(rows) <= _AGREED else tuple(rows[:_AGREED])
    return Table(caption, columns, shown, "Nothing agreed is written down yet.")


def _stands(row: Any, facts: Facts) -> str:
    if not row.open:
        done_on = pd.Timestamp(row.done_at).tz_convert(facts.zone).tz_localize(None)
        return f"done {day(done_on, year=done_on.year != facts.today.year)}"
    return "open, past its day" if row.due_on < facts.today else "open"


def _kept(facts: Facts, rates: pd.DataFrame) -> tuple[str, ...]:
    """What went out as it should, in a sentence each, and how much did not."""
    sentences = {
        "thank_you": "Thank-yous that went out in time: {}.",
        "follow_up": "Follow-ups that went out in their window: {}.",
        "card": "Interviews that got a card besides: {}.",
    }
    told = []
    for rate, sentence in sentences.items():
        kept, of = wording.counts(rates.iloc[0], rate)
        if not of or (rate == "card" and not kept):
            continue
        counts = f"{kept} of {of}" if kept < of else f"all {of}" if of > 1 else "the one there was"
        told.append(sentence.format(counts))
    if not told:
        return ("Nothing to judge yet: the first interview starts the count.",)
    number = len(slips(facts))
    told.append(
        f"What slipped: {number}; each stands in the details, with its dates."
        if number
        else "Nothing slipped: no contact late, missed, too soon or too many."
    )
    return tuple(told)
