"""Everything that the reports tell, computed once for a caseload."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

import pandas as pd

from coachkit import errors
from coachkit._wording import plain
from coachkit.agenda import explain, plan
from coachkit.caseload import Caseload
from coachkit.clocks import grade, states
from coachkit.exports.fonts import legible
from coachkit.policy import Policy
from coachkit.reports.parts import Paper
from coachkit.timeline import timeline

_PESTERED = ("too_soon", "too_many")
#: Countries whose printers hold US letter.
_LETTER = ("US", "CA")
#: No more letters of a name, and of a longer text, are told.
NAME, TEXT = 160, 1200
#: How many small letters a chart has room for.
_ROOM = 33


@dataclass(frozen=True)
class Facts:
    """A caseload as of an instant, judged, planned and laid out; from ``since`` on, where asked.

    Attributes
    ----------
    caseload, policy, now, since
        What is told, by which waits, as of when, from which local day on (None: from the first).
    duties, agenda, states, events, windows
        What ``grade`` (or ``explain``, where reasons are told), ``plan``, ``states`` and
        ``timeline`` return. Duties, events and windows are those from ``since`` on.
    ended
        The opportunities that have an outcome, whenever it came.
    """

    caseload: Caseload
    policy: Policy
    now: pd.Timestamp
    since: date | None
    duties: pd.DataFrame
    agenda: pd.DataFrame
    states: pd.DataFrame
    events: pd.DataFrame
    windows: pd.DataFrame
    ended: frozenset[int]

    @property
    def zone(self) -> str:
        """The zone whose day is today: that of most clients."""
        zones = self.caseload.clients["timezone"].astype(str).mode()
        return "UTC" if zones.empty else str(zones.iloc[0])

    @property
    def today(self) -> pd.Timestamp:
        """The local day as of which everything is seen."""
        return self.now.tz_convert(self.zone).tz_localize(None).normalize()

    @property
    def held(self) -> int:
        """How many interviews were held in the period."""
        return int((self.events["mark"] == "interview").sum())

    @property
    def first_on(self) -> pd.Timestamp:
        """The day on which the period begins."""
        if self.since is not None:
            return pd.Timestamp(self.since)
        first = self.events["on"].min()
        return self.today if pd.isna(first) else first

    @property
    def paper(self) -> Paper:
        """The paper that the clients' printers hold."""
        countries = self.caseload.clients["country"].dropna().astype("str").str[:2]
        return "us-letter" if countries.isin(_LETTER).any() else "a4"


def for_the_client(caseload: Caseload, client: int | str) -> Caseload:
    """One client's rows, less why the coach holds or pinned something: that is the coach's own."""
    own = caseload.subset(client)
    reasons = own.opportunities[["hold_reason", "follow_up_reason"]]
    if reasons.isna().all(axis=None):
        return own
    nothing = pd.Series(pd.NA, index=reasons.index, dtype="str")
    opportunities = own.opportunities.assign(hold_reason=nothing, follow_up_reason=nothing)
    return replace(own, opportunities=opportunities)


def gather(
    caseload: Caseload,
    policy: Policy,
    *,
    as_of: object,
    since: date | None = None,
    reasons: bool = False,
) -> Facts:
    """Compute what the reports tell of a caseload.

    Raises
    ------
    NaiveTime, UnreadableValue, OutOfRange
        ``as_of`` has no time zone or is no time, or ``since`` lies after it.
    """
    duties = (explain if reasons else grade)(caseload, policy, as_of=as_of)
    now = pd.Timestamp(as_of).tz_convert("UTC")  # type: ignore[arg-type]
    events, windows = timeline(caseload, policy, as_of=as_of)
    ended = frozenset(events.loc[events["mark"] == "outcome", "opportunity_id"])
    if since is not None:
        first = pd.Timestamp(since)
        if first > now.tz_localize(None) + pd.Timedelta(days=1):
            raise errors.OutOfRange(
                f"A report cannot begin on {since:%Y-%m-%d}, after the day it is made for. "
                f"Name an earlier day."
            )
        duties = duties[judged_on(duties, caseload) >= first]
        events = events[(events["on"] >= first) | events["on"].isna()]
        windows = windows[windows["until_on"] >= first]
    return Facts(
        caseload,
        policy,
        now,
        since,
        duties,
        plan(caseload, policy, as_of=as_of),
        states(caseload, policy, as_of=as_of),
        events,
        windows,
        ended,
    )


def judged_on(duties: pd.DataFrame, caseload: Caseload) -> pd.Series:
    """The local day on which a duty counts: its last; a contact too soon or too many, its own."""
    days = duties["until_on"].copy()
    pests = duties[duties["verdict"].isin(_PESTERED)]
    zones = pests["client_id"].map(caseload.clients.set_index("client_id")["timezone"].astype(str))
    for zone, at in pests["done_at"].groupby(zones):
        days[at.index] = at.dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()
    return days


def fingerprint(*frames: pd.DataFrame) -> str:
    """A few letters that are others as soon as a cell of the frames is."""
    digest = sha256()
    for frame in frames:
        digest.update(",".join(map(str, frame.columns)).encode())
        digest.update(pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes())
    return digest.hexdigest()[:16]


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples."""
    return iter(frame.itertuples(index=False))


def name(text: object) -> str:
    """A name from outside on one line, of bearable length."""
    return plain(text, NAME)


def for_chart(text: object) -> str:
    """A name that every sign of can be drawn, cut to the room that a chart has beside its lanes.

    Examples
    --------
    >>> for_chart("Quillmark Ledger Partners"), for_chart("W" * 10_000)
    ('Quillmark Ledger Partners', 'WWWWWWWWWWWWWWWWWW…')
    """
    whole, kept, room = legible(name(text)), "", float(_ROOM)
    for sign in whole:
        room -= _width(sign)
        if room < 0:
            return kept.rstrip() + "…"
        kept += sign
    return kept


def _width(sign: str) -> float:
    """How wide a sign is drawn, about, in small letters."""
    if unicodedata.category(sign) in ("Mn", "Cf"):
        return 0
    if "\ufb50" <= sign <= "\ufdff":  # a whole phrase may be one sign here
        return 8
    wide = unicodedata.east_asian_width(sign) in "WF" or sign in "WM@%mw—"
    return 1.75 if wide else 1


def text_of(text: object) -> str:
    """A longer text from outside, likewise; nothing for null."""
    return "" if text is None or pd.isna(text) else plain(text, TEXT)  # type: ignore[call-overload]


def day_of(when: Any) -> date | None:
    """A day as a plain date; None for null."""
    return None if pd.isna(when) else pd.Timestamp(when).date()


def local_day(at: Any, zone: str) -> date | None:
    """The local day of an instant; None for null."""
    return None if pd.isna(at) else pd.Timestamp(at).tz_convert(zone).date()
