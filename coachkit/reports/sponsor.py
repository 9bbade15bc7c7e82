"""The report for a sponsor: what the coaching brought about, in which nobody can be told."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from coachkit import errors
from coachkit._days_in_words import day
from coachkit._wording import days, plain, share
from coachkit.caseload import Caseload
from coachkit.compliance import ENOUGH, wilson
from coachkit.policy import Policy
from coachkit.reports import wording
from coachkit.reports.facts import NAME, Facts, gather, judged_on
from coachkit.reports.parts import (
    Column,
    Headline,
    Paragraph,
    Picture,
    Report,
    Section,
    Table,
)
from coachkit.reports.sponsor_tables import COUNTED, OTHERS, WITHHELD, Told, sizes_by
from coachkit.reports.withholding import SMALLEST, total_in_words, withheld

_OUTCOMES = {
    "open": "Still open",
    "offer": "Offer",
    "rejected": "Turned down by the employer",
    "withdrawn": "Withdrawn by the client",
    "let_go": "Let go after silence",
}
_PROTECTED = (
    "Nobody is named here: no client, coach, employer or role, and nothing that anybody wrote.",
    f"A count under {SMALLEST}, of people, interviews or contacts, is withheld, and so is as much "
    f"more as keeps it from being worked out from the totals. Fields with fewer than {SMALLEST} "
    f"clients are told together.",
)


def sponsor_report(
    caseload: Caseload, policy: Policy, *, as_of: object, since: date | None = None
) -> Report:
    """Tell a sponsor how well a whole caseload keeps its contacts, and how its searches end.

    No name, employer, role or free text is told, and no count under five: neither itself nor by
    subtraction. Fields are told only where the policy has rows for them.

    Parameters
    ----------
    caseload, policy, as_of, since
        As for ``client_report``.

    Raises
    ------
    TooFewToTell
        There are fewer than five clients.
    NaiveTime, UnreadableValue, OutOfRange
        ``as_of`` has no time zone or is no time, or ``since`` lies after it.
    """
    facts = gather(caseload, policy, as_of=as_of, since=since)
    counted = _counted(facts)
    served = int(counted["client_id"].nunique())
    if served < SMALLEST:
        raise errors.TooFewToTell(
            f"A report for a sponsor needs interviews of at least {SMALLEST} clients, or they "
            f"could be told from it. Here are fewer."
        )
    return Report(
        kind="sponsor",
        genre="Interviews and follow-ups",
        title="What the coaching kept",
        facts=(wording.made_on(facts.today), days(facts.first_on, facts.today), "de-identified"),
        as_of=facts.today.date(),
        headlines=(
            Headline("Clients with interviews", str(served)),
            _interviews(facts),
            _rate(counted, "thank_you"),
            _rate(counted, "follow_up"),
        ),
        sections=(
            _by_field(counted),
            _by_quarter(facts, counted),
            Section("How the searches stand", (_outcomes(facts),)),
            Section("How people are protected", tuple(map(Paragraph, _PROTECTED))),
            Section("How this is counted", tuple(map(Paragraph, wording.HOW_COUNTED))),
        ),
        paper=facts.paper,
    )


def _counted(facts: Facts) -> pd.DataFrame:
    """The duties that count, and one for every interview held; their fields as categories."""
    duties = facts.duties[["duty", "client_id", "opportunity_id", "field", "verdict"]].copy()
    duties["duty"], duties["verdict"] = duties["duty"].astype(str), duties["verdict"].astype(str)
    known = set(facts.policy.fields) - _revealing(facts)
    label = duties["field"].astype(object)
    duties["field"] = [plain(one, NAME) if one in known else OTHERS for one in label]
    return duties[(duties["duty"] == "thank_you") | duties["verdict"].isin(COUNTED["follow_up"])]


def _revealing(facts: Facts) -> set[str]:
    """Fields whose very name holds somebody's: it has happened."""
    caseload = facts.caseload
    names = {
        str(name).casefold()
        for names in (
            caseload.clients["name"],
            caseload.clients["coach"],
            caseload.opportunities["employer"],
        )
        for name in names.dropna().unique()
        if len(str(name)) > 2
    }
    return {
        field for field in facts.policy.fields if any(name in field.casefold() for name in names)
    }


def _interviews(facts: Facts) -> Headline:
    told = str(facts.held) if facts.held >= SMALLEST else f"under {SMALLEST}"
    return Headline("Interviews held", told)


def _rate(counted: pd.DataFrame, duty: str) -> Headline:
    """A rate over all, unless it is too small; where nearly all was kept, that it was."""
    judged = counted[(counted["duty"] == duty) & counted["verdict"].isin(COUNTED[duty])]
    kept, of = int((judged["verdict"] == "on_time").sum()), len(judged)
    label = wording.RATES[duty]
    words = total_in_words(kept, of) if judged["client_id"].nunique() >= SMALLEST else None
    if words is None:
        return Headline(label, "–", "too few to tell")
    if "under" in words:
        bound = 1 - SMALLEST / of if kept >= SMALLEST else SMALLEST / of
        figure = f"{'over' if kept >= SMALLEST else 'under'} {bound:.0%}"
        return Headline(label, figure.replace("%", "\u00a0%"), words)
    if of < ENOUGH:
        return Headline(label, words, "under ten: in counts")
    low, high = (float(end[0]) for end in wilson(np.array([kept]), np.array([of])))
    aside = f"{words}; likely {100 * low:.0f} to {100 * high:.0f}\u00a0%"
    return Headline(label, share(kept, of).replace(" %", "\u00a0%"), aside)


def _fields(counted: pd.DataFrame) -> pd.DataFrame:
    """The duties with the fields of under five clients told as one."""
    alone = sizes_by(counted, "field")
    small = withheld(alone.to_numpy())
    if OTHERS in alone.index and small.any():
        small |= alone.index == OTHERS
    folded = counted["field"].isin(alone.index[small])
    return counted.assign(field=counted["field"].mask(folded, OTHERS))


def _by_field(counted: pd.DataFrame) -> Section:
    told = Told(_fields(counted), "field")
    if list(told.sizes.index) == [OTHERS]:
        why = f"No field has interviews of {SMALLEST} clients and more, so none is told apart."
        return Section("By field", (Paragraph(why),))
    return Section("By field", (*_picture(told), told.table("Field", "Fields, the largest first")))


def _by_quarter(facts: Facts, counted: pd.DataFrame) -> Section:
    on = judged_on(facts.duties, facts.caseload).reindex(counted.index)
    quarter = on.dt.year.astype(str) + ", quarter " + on.dt.quarter.astype(str)
    told = Told(counted.assign(quarter=quarter), "quarter")
    return Section("Quarter by quarter", (told.table("Quarter", "Quarters, by the day due"),))


def _outcomes(facts: Facts) -> Table:
    """How many opportunities ended how, by as many clients as may be told."""
    table = facts.caseload.opportunities[["opportunity_id", "client_id"]]
    states = facts.states.set_index("opportunity_id")["state"].astype(str)
    stands = table["opportunity_id"].map(states)
    ended = stands.where(stands.isin(list(_OUTCOMES)), "open")
    by = table.assign(how=ended).groupby("how")
    sizes = pd.DataFrame({"opportunities": by.size(), "clients": by["client_id"].nunique()})
    sizes = sizes.reindex([how for how in _OUTCOMES if how in sizes.index]).astype("int64")
    hidden = withheld(sizes.to_numpy())
    rows = tuple(
        (
            _OUTCOMES[str(how)],
            WITHHELD if hidden[place] else int(row["opportunities"]),
            WITHHELD if hidden[place] else int(row["clients"]),
        )
        for place, (how, row) in enumerate(sizes.iterrows())
    )
    columns = (
        Column("How it stands", width=3),
        Column("Opportunities", "number"),
        Column("Clients", "number"),
    )
    caption = f"Every opportunity that was followed up to {day(facts.today)}"
    return Table(caption, columns, rows)


def _picture(fields: Told) -> tuple[Picture, ...]:
    """The rates that are told, as dots with their intervals; no chart of fewer than two."""
    rows = fields.follow_ups()
    if len(rows) < 2:
        return ()
    rows.sort(key=lambda row: row[1] / row[2], reverse=True)
    told = "; ".join(f"{field} {share(kept, of)} ({kept} of {of})" for field, kept, of in rows)
    alt = f"Follow-ups on time by field, highest first: {told}."
    return (Picture("Follow-ups on time, by field", alt, repr(rows), _drawing(rows)),)


def _drawing(rows: list[tuple[str, int, int]]) -> Callable[[], Any]:
    def draw() -> Any:
        from coachkit import charts
        from coachkit._draw_rates import draw_dots, draw_interval, scale_words
        from coachkit._drawing import FAINT, bare, finish, headline
        from coachkit._wording import drawn

        fig, ax = charts.figure(width=7.1, rows=len(rows) + 1.5)
        bare(ax)
        places = np.arange(len(rows), dtype=float)
        kept, of = (np.array([row[part] for row in rows]) for part in (1, 2))
        low, high = wilson(kept, of)
        ax.set_xlim(-0.02, 1.02)
        ax.set_ylim(len(rows) - 0.4, -0.6)
        ax.set_xticks([0, 0.5, 1], scale_words(percent=True))
        ax.set_yticks(places, [f"{drawn(row[0], 34)}, {share(row[1], row[2])}" for row in rows])
        ax.vlines([0, 0.5, 1], -0.5, len(rows) - 0.5, color=FAINT, linewidth=1, zorder=0)
        draw_interval(ax, low, high, places, solid=True, across=True)
        draw_dots(ax, kept / of, places, solid=True)
        headline(
            ax, "Which fields follow up on time?", "Line: how sure that is; the longer, the less."
        )
        finish(ax)
        return fig

    return draw
