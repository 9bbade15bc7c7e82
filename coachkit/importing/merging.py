"""Rows of one opportunity as one; the same one with another status waits for the coach."""

from collections.abc import Sequence
from dataclasses import replace

from coachkit.importing.fates import Opportunity, SetAside


def merge(
    rows: Sequence[Opportunity],
) -> tuple[list[Opportunity], list[tuple[int, int]], list[SetAside]]:
    """Rows that are one opportunity as one; the same one with another status waits."""
    kept: dict[tuple[str, str], list[Opportunity]] = {}
    merged: list[tuple[int, int]] = []
    clashes: list[SetAside] = []
    for row in rows:
        twins = kept.setdefault(row.key, [])
        at = next((at for at, twin in enumerate(twins) if _same(twin, row)), None)
        if at is None:
            twins.append(row)
        elif twins[at].status != row.status and twins[at].status and row.status:
            clashes.append(
                SetAside(row.row, f"the same as row {twins[at].row} with another status: keep one")
            )
        else:
            merged.append((row.row, twins[at].row))
            twins[at] = _joined(twins[at], row)
    together = [twin for twins in kept.values() for twin in twins]
    return sorted(together, key=lambda one: one.row), merged, clashes


def _same(one: Opportunity, two: Opportunity) -> bool:
    """Whether nothing in two rows of one employer and role tells them apart."""
    return all(
        getattr(one, name) == getattr(two, name) or not getattr(one, name) or not getattr(two, name)
        for name in ("applied_on", "link", "location")
    )


def _joined(one: Opportunity, two: Opportunity) -> Opportunity:
    notes = one.notes if two.notes in one.notes else "\n".join(filter(None, (one.notes, two.notes)))
    return replace(
        one,
        status=one.status or two.status,
        status_words=one.status_words or two.status_words,
        applied_on=one.applied_on or two.applied_on,
        follow_up_on=one.follow_up_on or two.follow_up_on,
        location=one.location or two.location,
        link=one.link or two.link,
        notes=notes,
        visits=tuple(dict.fromkeys((*one.visits, *two.visits))),
    )
