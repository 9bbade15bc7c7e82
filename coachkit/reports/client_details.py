"""What stands in a client's report after its first page: all of it, with dates and reasons."""

from typing import Any

import pandas as pd

from coachkit.compliance import compliance
from coachkit.reports import wording
from coachkit.reports.facts import (
    Facts,
    day_of,
    fingerprint,
    for_chart,
    local_day,
    name,
    rows_of,
    text_of,
)
from coachkit.reports.parts import (
    Cell,
    Column,
    Paragraph,
    Picture,
    Points,
    Section,
    Table,
)

#: How much of what is to be done stands on the first page.
ON_PAGE_ONE = 5
#: How many slips are told with their reasons; how many opportunities a timeline shows.
_SLIPS, _LANES = 5, 9
_SLIPPED = ("missed", "overdue", "late", "too_many", "too_soon")


def details(facts: Facts, rates: pd.DataFrame) -> tuple[Section, ...]:
    """The sections after the first page."""
    to_do = todo(facts)
    plan = (
        (
            Section(
                "Everything to do",
                (agenda_table(to_do, facts, "All that is to be done, day by day"),),
                True,
            ),
        )
        if len(to_do) > ON_PAGE_ONE
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


def todo(facts: Facts) -> pd.DataFrame:
    """What is the client's to do, day by day."""
    own = facts.agenda[facts.agenda["action"] != "ask_client"]
    return own.sort_values("due_on", kind="stable")


def agenda_table(rows_to_do: pd.DataFrame, facts: Facts, caption: str) -> Table:
    """What is to be done, with whom and why then."""
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
        for row in rows_of(rows_to_do)
    ]
    return Table(caption, columns, tuple(rows), "Nothing is due: well done. The next step is free.")


def slips(facts: Facts) -> pd.DataFrame:
    """What slipped, the latest first."""
    slips = facts.duties[facts.duties["verdict"].isin(_SLIPPED)]
    return slips.sort_values("until_on", ascending=False, kind="stable")


def _slipped(facts: Facts) -> tuple[Section, ...]:
    """What slipped, each with its reason; no section where nothing did."""
    slipped = slips(facts)
    whose = _employers(facts)
    told = [
        f"{whose[row.opportunity_id]}: {text_of(row.reason)}" for row in rows_of(slipped[:_SLIPS])
    ]
    if len(slipped) > _SLIPS:
        told.append(f"{len(slipped) - _SLIPS} more, which stand in the table below.")
    return (Section("What slipped", (Points(tuple(told)),), True),) if told else ()


def _employers(facts: Facts) -> dict[int, str]:
    table = facts.caseload.opportunities
    return {row.opportunity_id: name(row.employer) for row in rows_of(table)}


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
            wording.state(row, facts.today, facts.ended),
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
