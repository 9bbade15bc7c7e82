"""The whole caseload, for the coach: what presses, who keeps what, and everything behind it."""

from datetime import date
from typing import Any

import pandas as pd

from coachkit._wording import days
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
    Report,
    Section,
    Table,
)

#: How much of what presses stands on the first page; how many clients a grid bears.
_PRESSING, _GRID = 10, 30


def caseload_report(
    caseload: Caseload, policy: Policy, *, as_of: object, since: date | None = None
) -> Report:
    """Tell the coach how the whole caseload stands. It names clients: it is nobody else's.

    Parameters and errors as for ``client_report``; every client is told.
    """
    facts = gather(caseload, policy, as_of=as_of, since=since)
    rates = compliance(facts.duties)
    coaches = [name(coach) for coach in sorted(facts.caseload.clients["coach"].dropna().unique())]
    told = [wording.made_on(facts.today), days(facts.first_on, facts.today)]
    told += [f"coach: {', '.join(coaches)}"] if 0 < len(coaches) <= 3 else []
    return Report(
        kind="caseload",
        genre="Interviews and follow-ups",
        title="The whole caseload",
        facts=tuple(told),
        as_of=facts.today.date(),
        headlines=_headlines(facts, rates),
        sections=(
            Section("What presses", (_pressing(facts),)),
            Section("By field", _by_field(facts), True),
            Section("Week by week", _by_week(facts), True),
            Section("Client by client", (_clients(facts),), True),
            Section("Everything to do", (_todo(facts),), True),
            Section("Every open opportunity", (_opportunities(facts),), True),
            Section("How this is counted", tuple(map(Paragraph, wording.HOW_COUNTED)), True),
        ),
        paper=facts.paper,
    )


def _headlines(facts: Facts, rates: pd.DataFrame) -> tuple[Headline, ...]:
    status = facts.caseload.clients["status"].astype(object)
    active = int((status.isna() | (status == "active")).sum())
    overdue = int((facts.agenda["urgency"] == "overdue").sum())
    today = int((facts.agenda["urgency"] == "today").sum())
    return (
        Headline("Active clients", str(active), f"of {len(status)}"),
        Headline("Overdue", str(overdue), f"{today} more for today"),
        wording.rate_headline(rates, "thank_you"),
        wording.rate_headline(rates, "follow_up"),
    )


def _pressing(facts: Facts) -> Table:
    agenda = facts.agenda[facts.agenda["urgency"].isin(("overdue", "today"))]
    more = len(agenda) - _PRESSING
    caption = "Overdue and for today, most pressing first"
    if more > 0:
        caption += f" ({more} more in the details)"
    return _agenda(agenda[:_PRESSING], facts, caption)


def _todo(facts: Facts) -> Table:
    return _agenda(facts.agenda, facts, "All that is to be done, most pressing first")


def _agenda(agenda: pd.DataFrame, facts: Facts, caption: str) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            name(row.client),
            wording.when(row.due_on, facts.today, str(row.urgency)),
            wording.action(str(row.action), row.channel),
            "" if pd.isna(row.employer) else name(row.employer),
            text_of(row.reason),
        )
        for row in rows_of(agenda)
    ]
    columns = (
        Column("Client", width=1.7),
        Column("When", width=1.4),
        Column("What", width=1.6),
        Column("Employer", width=1.8),
        Column("Why then", width=4.2),
    )
    return Table(caption, columns, tuple(rows), "Nothing presses.")


def _by_field(facts: Facts) -> tuple[Any, ...]:
    from coachkit.charts import describe_on_time_by_field

    rates = compliance(facts.duties, by="field")
    rates = rates.assign(field=[name(field) for field in rates["field"]])
    drawn = rates.assign(field=rates["field"].map(for_chart))
    table = wording.rates_table(rates, "Rates by field", by="field", heading="Field")
    if rates.empty:
        return (table,)

    def draw() -> Any:
        from coachkit import charts

        fig, ax = charts.figure(width=7.1, rows=len(drawn) + 3)
        charts.on_time_by_field(drawn, ax=ax)
        return fig

    return Picture(
        "Follow-ups by field", describe_on_time_by_field(drawn), fingerprint(drawn), draw
    ), table


def _by_week(facts: Facts) -> tuple[Any, ...]:
    from coachkit.charts import describe_caseload_grid, describe_trend

    weeks = compliance(facts.duties, by="week")
    if weeks.empty:
        return (Paragraph("Nothing to judge yet."),)

    def draw_trend() -> Any:
        from coachkit import charts

        fig, ax = charts.figure(width=7.1, height=3.4)
        charts.trend(weeks, ax=ax)
        return fig

    trend = Picture(
        "Follow-ups on time, week by week", describe_trend(weeks), fingerprint(weeks), draw_trend
    )
    shown, more = _most_slips(facts)
    grid = compliance(facts.duties, by=["client", "week"])
    grid = grid[grid["client"].isin(shown.index)]
    grid = grid.assign(client=grid["client"].map(shown)).sort_values(
        ["client", "week"], ignore_index=True
    )

    def draw_grid() -> Any:
        from coachkit import charts

        fig, ax = charts.figure(width=7.1, rows=len(shown))
        charts.caseload_grid(grid, ax=ax)
        return fig

    words = describe_caseload_grid(grid)
    who = Picture("Follow-ups on time, by client and week", words, fingerprint(grid), draw_grid)
    if more <= 0:
        return trend, who
    rest = f"Shown are the {_GRID} clients with most slips; {more} more stand in the table below."
    return trend, who, Paragraph(rest)


def _most_slips(facts: Facts) -> tuple[pd.Series, int]:
    """The names to show, told apart, by client id, and how many others there are."""
    rates = compliance(facts.duties, by="client").set_index("client")
    rates = rates[rates["follow_up_of"] > 0]
    slips = (rates["follow_up_of"] - rates["follow_up_kept"]).sort_values(
        ascending=False, kind="stable"
    )
    names = facts.caseload.clients.set_index("client_id")["name"].map(for_chart)
    twice = names.duplicated(keep=False)
    names = names.mask(twice, names + " (" + names.index.astype(str) + ")")
    return names[names.index.isin(slips.index[:_GRID])], len(slips) - _GRID


def _clients(facts: Facts) -> Table:
    clients = facts.caseload.clients
    rates = compliance(facts.duties, by="client").set_index("client")
    stands = facts.states.assign(open=~facts.states["opportunity_id"].isin(facts.ended))
    still = stands.groupby("client_id")["open"].sum()
    overdue = facts.agenda[facts.agenda["urgency"] == "overdue"].groupby("client_id").size()
    last = facts.events[facts.events["mark"] != "planned"].groupby("client_id")["on"].max()
    rows: list[tuple[Cell, ...]] = []
    for row in rows_of(clients):
        counts = [
            count
            for rate in ("thank_you", "follow_up")
            for count in (
                wording.counts(rates.loc[row.client_id], rate)
                if row.client_id in rates.index
                else (0, 0)
            )
        ]
        rows.append(
            (
                name(row.name),
                "active" if pd.isna(row.status) else str(row.status),
                int(still.get(row.client_id, 0)),
                int(overdue.get(row.client_id, 0)),
                *counts,
                day_of(last.get(row.client_id, pd.NaT)),
            )
        )
    columns = (
        Column("Client", width=2.4),
        Column("Status", width=1.1),
        Column("Open", "number"),
        Column("Overdue", "number", 1.1),
        Column("Thank-yous on time", "number", 1.4),
        Column("of", "number", 0.7),
        Column("Follow-ups on time", "number", 1.4),
        Column("of", "number", 0.7),
        Column("Last moved", "day", 1.5),
    )
    return Table("Every client", columns, tuple(rows), "No client yet.")


def _opportunities(facts: Facts) -> Table:
    clients = facts.caseload.clients.set_index("client_id")["name"]
    table = facts.caseload.opportunities.merge(
        facts.states[["opportunity_id", "state", "due_on"]], on="opportunity_id"
    )
    table = table[~table["opportunity_id"].isin(facts.ended)]
    table = table.assign(client=table["client_id"].map(clients)).sort_values(
        ["client", "client_id", "opportunity_id"]
    )
    rows: list[tuple[Cell, ...]] = [
        (
            name(row.client),
            name(row.employer),
            name(row.role),
            name(row.field),
            wording.state(row, facts.today, facts.ended),
        )
        for row in rows_of(table)
    ]
    columns = (
        Column("Client", width=1.8),
        Column("Employer", width=2.2),
        Column("Role", width=2),
        Column("Field", width=1.8),
        Column("Where it stands", width=2.2),
    )
    return Table("Every open opportunity, by client", columns, tuple(rows), "None is open.")
