"""The text alternatives of the charts: what each shows, in words."""

import pandas as pd

from coachkit._days_in_words import day
from coachkit._draw_lanes import MARKS
from coachkit._reading import Row, counted, day_of, each, laid_out, ranked, why_nothing
from coachkit._wording import (
    ENOUGH,
    NO_EVENTS,
    WORDS,
    counted_noun,
    full_share,
    listed,
    plain,
    share,
    slip,
    stands,
    weeks_of,
    words,
)


def describe_caseload_grid(rates: pd.DataFrame, *, kind: str = "follow_up") -> str:
    """Tell the grid in words: how many kept in all, by whom always, least, and not yet.

    Parameters and errors as for ``caseload_grid``. A frame without duties gives one sentence that
    says so.
    """
    said = words(kind)
    cells = counted(rates, kind)
    if cells.empty:
        return why_nothing(rates, kind)
    clients, weeks, kept, of = laid_out(rates, cells)
    sums = pd.DataFrame({"kept": kept.sum(axis=1), "of": of.sum(axis=1)})
    sums["name"] = [plain(name) for name in clients]
    good, poor = ("Every time", "Most slips") if said.wanted else ("Not once", "Most often")
    wanted = sums["kept"] if said.wanted else sums["of"] - sums["kept"]
    judged = sums["of"] > 0
    always = sums[judged & (wanted == sums["of"])]
    lost = (sums["of"] - wanted).sort_values(ascending=False, kind="stable")
    slips = sums.loc[lost[lost > 0].index[:3]]
    told = [
        f"{said.what}, {counted_noun(int(judged.sum()), 'client')}, "
        f"{weeks_of(weeks[0], weeks[-1])}: "
        f"{full_share(int(sums['kept'].sum()), int(sums['of'].sum()))}.",
        _of_each(good, always),
        _of_each(poor, slips),
        _some(sums.loc[~judged, "name"].tolist(), "Nothing to judge yet: "),
    ]
    return " ".join(part for part in told if part)


def _of_each(opening: str, sums: pd.DataFrame) -> str:
    told = [
        f"{name} {full_share(kept, of)}"
        for name, kept, of in zip(sums["name"], sums["kept"], sums["of"], strict=True)
    ]
    return _some(told, f"{opening}: ")


def _some(names: list[str], opening: str) -> str:
    """List a few in a sentence and count the rest; nothing for none."""
    if not names:
        return ""
    shown = names if len(names) <= 6 else [*names[:5], f"{len(names) - 5} more"]
    return f"{opening}{listed(shown)}."


def describe_on_time_by_field(rates: pd.DataFrame) -> str:
    """Tell the fields in words: each with its rate, and how many fell to which side.

    Parameters as for ``on_time_by_field``. A frame without duties gives one sentence that says so.
    """
    enough, few, without = ranked(rates)
    if not enough and not few:
        return WORDS["follow_up"].nothing
    told = []
    if enough:
        rows = [f"{row['name']} {full_share(row['kept'], row['of'])}{_fell(row)}" for row in enough]
        told.append(f"Follow-ups on time by field, highest first: {'; '.join(rows)}.")
    if few:
        rows = [f"{row['name']} {share(row['kept'], row['of'])}{_fell(row)}" for row in few]
        opening = "Under ten, so in counts" if enough else "Follow-ups on time by field, in counts"
        told.append(f"{opening}: {'; '.join(rows)}.")
    if without:
        told.append(f"Nothing due yet in {listed(without)}.")
    return " ".join(told)


def _fell(row: Row) -> str:
    sides = [(row["late"], "too late"), (row["soon"], "too soon")]
    told = [f"{number} {side}" for number, side in sides if number]
    return f", {listed(told)}" if told else ""


def describe_trend(rates: pd.DataFrame, *, kind: str = "follow_up") -> str:
    """Tell the trend in words: over all, the earlier weeks beside the later, and the latest.

    Parameters and errors as for ``trend``. A frame without duties gives one sentence that says so.
    """
    said = words(kind)
    weeks = counted(rates, kind)
    if weeks.empty:
        return why_nothing(rates, kind)
    weeks = weeks.sort_values("week", ignore_index=True)
    first, last = weeks["week"].iloc[0], weeks["week"].iloc[-1]
    if len(weeks) == 1:
        return f"{said.what} in the week of {day(first)}: {_total(weeks)}."
    half = len(weeks) // 2
    earlier, later = _half("earlier", weeks[:half]), _half("later", weeks[half:])
    told = f"{said.what}, {weeks_of(first, last)}: {_total(weeks)}. In {earlier}, in {later}"
    told += f"; in the latest {_total(weeks[-1:])}." if len(weeks) > 2 else "."
    few = int((weeks["of"] < ENOUGH).sum())
    if few == len(weeks):
        return f"{told} Every week has under ten, so the weeks are told in counts."
    return f"{told} {few} of {len(weeks)} weeks have under ten." if few else told


def _half(which: str, weeks: pd.DataFrame) -> str:
    return f"the {which} {'week' if len(weeks) == 1 else f'{len(weeks)} weeks'} {_total(weeks)}"


def _total(weeks: pd.DataFrame) -> str:
    return full_share(int(weeks["kept"].sum()), int(weeks["of"].sum()))


def describe_timeline(events: pd.DataFrame, windows: pd.DataFrame, *, as_of: object) -> str:
    """Tell the timeline in words: what there is, what slipped, what comes next, what ended.

    Parameters as for ``timeline``. No events give one sentence that says so.
    """
    if events.empty:
        return NO_EVENTS
    counts = events["mark"].value_counts()
    nouns = {mark: MARKS[mark][0] for mark in ("interview", "thank_you", "follow_up", "card")}
    there = [
        counted_noun(int(counts[mark]), noun) for mark, noun in nouns.items() if counts.get(mark)
    ]
    opportunities = counted_noun(events["opportunity_id"].nunique(), "opportunity")
    today = day(day_of(as_of))
    told = [f"As of {today}, {opportunities}: {listed(there or ['no interview yet'])}."]
    falls, ahead = _falls(events, windows), _ahead(events, windows)
    told += [f"Slips: {listed(falls)}."] if falls else []
    told += [f"Next: {'; '.join(ahead)}."] if ahead else []
    over = [
        f"{plain(event.opportunity)} ({plain(event.detail)})"
        for event in each(events[events["mark"] == "outcome"])
    ]
    told += [f"Ended: {'; '.join(over)}."] if over else []
    return " ".join(told)


def _falls(events: pd.DataFrame, windows: pd.DataFrame) -> list[str]:
    """Count what went wrong, each kind in a few words."""
    slips = events["detail"].map(slip).value_counts().drop("", errors="ignore").sort_index()
    missed = int(windows["verdict"].isin(["missed", "overdue"]).sum())
    falls = [f"{number} {kind}" for kind, number in slips.items()]
    return falls + ([f"{counted_noun(missed, 'follow-up window')} missed"] if missed else [])


def _ahead(events: pd.DataFrame, windows: pd.DataFrame) -> list[str]:
    """Say what comes next: the follow-ups in the order of their days, then the interviews."""
    planned = events[events["mark"] == "planned"].sort_values("at", kind="stable")
    return [
        f"follow-up to {plain(window.opportunity)} {stands(window)}"
        for window in each(windows.sort_values("due_on", kind="stable"))
        if stands(window)
    ] + [
        f"interview with {plain(visit.opportunity)} on {day(visit.on, year=False)}"
        for visit in each(planned)
    ]
