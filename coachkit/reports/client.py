"""One client's report: a clean page that a coach hands over, then the details."""

from datetime import date
from typing import Any

import pandas as pd

from coachkit._wording import day
from coachkit.caseload import Caseload
from coachkit.compliance import compliance
from coachkit.policy import Policy
from coachkit.reports import wording
from coachkit.reports.facts import (
    Facts,
    day_of,
    fingerprint,
    for_chart,
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
    Paragraph,
    Picture,
    Points,
    Report,
    Section,
    Table,
)

#: How many rows of each kind the first page bears.
_NEXT, _AGREED, _SLIPS = 5, 4, 5
#: How many opportunities a timeline shows; the others stand in the table under it.
_LANES = 9
_SLIPPED = ("missed", "overdue", "late", "too_many", "too_soon")


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
    whether they are private, are left out; so is what the coach is to do (``ask_client``).

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
    facts = gather(caseload.subset(client), policy, as_of=as_of, since=since, reasons=True)
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
            *_details(facts, rates),
        ),
        paper=facts.paper,
    )


def _headlines(facts: Facts, rates: pd.DataFrame) -> tuple[Headline, ...]:
    ended = facts.caseload.opportunities["opportunity_id"].isin(
        facts.events.loc[facts.events["mark"] == "outcome", "opportunity_id"]
    )
    ahead = int((facts.events["mark"] == "planned").sum())
    return (
        Headline(
            "Open opportunities", str(int((~ended).sum())), f"{int(ended.sum())} came to an end"
        ),
        Headline("Interviews held", str(facts.held), f"{ahead} ahead"),
        wording.rate_headline(rates, "thank_you"),
        wording.rate_headline(rates, "follow_up"),
    )


def _todo(facts: Facts) -> pd.DataFrame:
    """What is the client's to do, day by day."""
    todo = facts.agenda[facts.agenda["action"] != "ask_client"]
    return todo.sort_values("due_on", kind="stable")


def _next(facts: Facts) -> Table:
    """What the client is to do first; the rest, where there is more, stands in the details."""
    todo = _todo(facts)
    more = len(todo) - _NEXT
    caption = "What to do next, day by day"
    if more > 0:
        caption += f" ({more} more in the details)"
    return _agenda(todo[:_NEXT], facts, caption)


def _agenda(todo: pd.DataFrame, facts: Facts, caption: str) -> Table:
    columns = (
        Column("When", width=1.5),
        Column("What", width=1.9),
        Column("Employer", width=1.9),
        Column("Why then", width=4.2),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            wording.when(row.due_on, facts.today, str(row.urgency)),
            wording.action(str(row.action), row.channel),
            name(row.employer),
            text_of(row.reason),
        )
        for row in rows_of(todo)
    ]
    return Table(caption, columns, tuple(rows), "Nothing is due: well done. The next step is free.")


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
    slips = len(_slips(facts))
    told.append(
        f"What slipped: {slips}; each stands in the details, with its dates."
        if slips
        else "Nothing slipped: no contact late, missed, too soon or too many."
    )
    return tuple(told)


def _slips(facts: Facts) -> pd.DataFrame:
    """What slipped, the latest first."""
    slips = facts.duties[facts.duties["verdict"].isin(_SLIPPED)]
    return slips.sort_values("until_on", ascending=False, kind="stable")


def _slipped(facts: Facts) -> tuple[Section, ...]:
    """What slipped, each with its reason; no section where nothing did."""
    slips = _slips(facts)
    whose = _employers(facts)
    told = [
        f"{whose[row.opportunity_id]}: {text_of(row.reason)}" for row in rows_of(slips[:_SLIPS])
    ]
    if len(slips) > _SLIPS:
        told.append(f"{len(slips) - _SLIPS} more, which stand in the table below.")
    return (Section("What slipped", (Points(tuple(told)),), True),) if told else ()


def _employers(facts: Facts) -> dict[int, str]:
    table = facts.caseload.opportunities
    return {row.opportunity_id: name(row.employer) for row in rows_of(table)}


def _details(facts: Facts, rates: pd.DataFrame) -> tuple[Section, ...]:
    todo = _todo(facts)
    plan = (
        (
            Section(
                "Everything to do",
                (_agenda(todo, facts, "All that is to be done, day by day"),),
                True,
            ),
        )
        if len(todo) > _NEXT
        else ()
    )
    notes = _notes(facts)
    return (
        Section("The timeline", _timeline(facts), True),
        *_slipped(facts),
        *plan,
        Section("Every opportunity", (_opportunities(facts),), True),
        Section("How it went", (_rates(facts, rates), _duties(facts)), True),
        *((Section("Notes", (notes,), True),) if notes.rows else ()),
        Section("How this is counted", tuple(map(Paragraph, wording.HOW_COUNTED)), True),
    )


def _timeline(facts: Facts) -> tuple[Any, ...]:
    """The chart of the opportunities that moved last, which is what fits on a page."""
    from coachkit.charts import describe_timeline

    events, windows = facts.events, facts.windows
    latest = events.groupby("opportunity_id")["at"].max().sort_values(kind="stable")
    shown = latest.index[-_LANES:]
    events = events[events["opportunity_id"].isin(shown)].reset_index(drop=True)
    windows = windows[windows["opportunity_id"].isin(shown)].reset_index(drop=True)
    events = events.assign(opportunity=events["opportunity"].map(_lane))
    windows = windows.assign(opportunity=windows["opportunity"].map(_lane))
    if events.empty:
        return (Paragraph(describe_timeline(events, windows, as_of=facts.today)),)

    def draw() -> Any:
        from coachkit import charts

        fig, ax = charts.figure(width=7.1, rows=2.3 * len(shown) + 5)
        charts.timeline(events, windows, ax=ax, as_of=facts.today)
        return fig

    alt = describe_timeline(events, windows, as_of=facts.today)
    picture = Picture(
        "What happened with each employer, and when a follow-up is due",
        alt,
        fingerprint(events, windows),
        draw,
    )
    if len(latest) <= _LANES:
        return (picture,)
    rest = len(latest) - _LANES
    return (
        picture,
        Paragraph(
            f"Shown are the {_LANES} opportunities that moved last; {rest} more stand in the table."
        ),
    )


def _lane(opportunity: str) -> str:
    """Employer and role such that a chart has room for both."""
    return " · ".join(for_chart(part) for part in opportunity.split(" · ", 1))


def _opportunities(facts: Facts) -> Table:
    table = facts.caseload.opportunities.merge(
        facts.states[["opportunity_id", "state", "due_on"]], on="opportunity_id"
    )
    events = facts.events
    held = events[events["mark"] == "interview"].groupby("opportunity_id").size()
    last = events[events["mark"] != "planned"].groupby("opportunity_id")["on"].max()
    own = table["opportunity_id"]
    table = table.assign(
        held=held.reindex(own, fill_value=0).to_numpy(), last_on=last.reindex(own).to_numpy()
    ).sort_values(["last_on", "opportunity_id"], ascending=[False, True], kind="stable")
    rows: list[tuple[Cell, ...]] = [
        (
            name(row.employer),
            name(row.role),
            name(row.field),
            row.held,
            day_of(row.last_on),
            wording.state(row, facts.today),
        )
        for row in rows_of(table)
    ]
    columns = (
        Column("Employer", width=2.4),
        Column("Role", width=2.2),
        Column("Field", width=1.9),
        Column("Interviews", "number", 1.2),
        Column("Last moved", "day", 1.5),
        Column("Where it stands", width=2.3),
    )
    return Table(
        "Every opportunity, the one that moved last first",
        columns,
        tuple(rows),
        "No opportunity is written down yet.",
    )


def _rates(facts: Facts, rates: pd.DataFrame) -> Table:
    fields = compliance(facts.duties, by="field")
    if len(fields) < 2:
        return wording.rates_table(rates, "Rates over all")
    told = fields.assign(field=fields["field"].map(name))
    whole = rates.assign(field="All fields")
    both = pd.concat([whole, told], ignore_index=True)
    return wording.rates_table(both, "Rates over all and by field", by="field", heading="Field")


def _duties(facts: Facts) -> Table:
    whose = _employers(facts)
    duties = facts.duties[~facts.duties["verdict"].isin(("superseded", "not_needed"))]
    duties = duties.sort_values(["started_at", "opportunity_id"], ascending=[False, True])
    rows: list[tuple[Cell, ...]] = [
        (
            whose[row.opportunity_id],
            wording.DUTIES[str(row.duty)],
            day_of(row.until_on),
            local_day(row.done_at, facts.zone),
            wording.verdict(str(row.verdict)),
            text_of(row.reason),
        )
        for row in rows_of(duties)
    ]
    columns = (
        Column("Employer", width=1.9),
        Column("Contact", width=1.2),
        Column("In time until", "day", 1.4),
        Column("Sent", "day", 1.3),
        Column("How it went", width=1.2),
        Column("Why", width=4.8),
    )
    return Table(
        "Every thank-you and follow-up, the latest first",
        columns,
        tuple(rows),
        "Nothing to judge yet: the first interview starts the count.",
    )


def _notes(facts: Facts) -> Table:
    """The notes that the coach marked as not private, and no others."""
    notes = facts.caseload.notes
    assert notes is not None
    shared = notes["private"].fillna(True).eq(False)
    told = notes[shared & (notes["written_at"] <= facts.now) & notes["text"].notna()]
    if facts.since is not None:
        told = told[told["written_at"] >= pd.Timestamp(facts.since, tz=facts.zone)]
    told = told.sort_values(["written_at", "note_id"], ascending=[False, True])
    rows: list[tuple[Cell, ...]] = [
        (local_day(row.written_at, facts.zone), text_of(row.text)) for row in rows_of(told)
    ]
    return Table(
        "Notes, the latest first", (Column("Day", "day", 1.2), Column("Note", width=7)), tuple(rows)
    )
