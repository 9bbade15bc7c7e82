"""Duties → rates: how well thank-yous and follow-ups are kept, and how sure that is (rules §5)."""

from collections.abc import Iterable, Iterator, Sequence
from statistics import NormalDist
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from coachkit import errors, terms

#: Fewer duties than this say too little for a percentage.
ENOUGH = 10
RATES = ("thank_you", "follow_up", "pest", "card")
GROUPINGS = ("client", "client_id", "field", "coach", "week")

Array = np.ndarray[Any, Any]

_Z = NormalDist().inv_cdf(0.975)
_FAILED = ("late", "missed", "overdue")
_PESTERED = ("too_soon", "too_many")
_DAY = np.int64(86_400_000_000)
_CHUNK = 65_536
_FEW = 1_000  # groups whose counts are cheap to hold one by one
_FOLLOW_UP = terms.ENDINGS.index("follow_up")
_NEEDED = ("duty", "client_id", "field", "coach", "until_on", "ended_by", "done_at", "verdict")


def compliance(duties: pd.DataFrame, by: str | Sequence[str] = ()) -> pd.DataFrame:
    """Count what was kept, of how many, as rates with 95 % Wilson intervals.

    Parameters
    ----------
    duties
        What ``grade`` returned, whole or a part of its rows.
    by
        One or several of ``client`` (its id), ``field``, ``coach`` and ``week``; nothing for one
        row over all. A week is the Monday of the local day of the deadline; of a contact that came
        too soon or too often, of the contact's own local day.

    Returns
    -------
    DataFrame
        One row per group that has any duty, in order: the ``by`` columns under the names that were
        asked for, then for each of thank_you, follow_up, pest and card: ``_kept`` (Int64, the
        numerator), ``_of`` (Int64, the denominator), ``_rate``, ``_low``, ``_high`` (Float64 from
        0 to 1; null where ``_of`` is 0). pest counts follow-ups sent too soon or too often; card
        counts interviews with a card after them, and is null for a frame that did not come
        straight from ``grade``.

    Raises
    ------
    UngradedFrame
        A column of ``grade`` is missing, or ``by="week"`` is asked of rows that lost their zones.
    UnknownGrouping
        ``by`` names something else.

    Notes
    -----
    Follow-up rules §5. Wilson, E. B. (1927), J. Am. Stat. Assoc. 22, 209-212.

    Examples
    --------
    >>> import coachkit as ck
    >>> duties = ck.grade(ck.Caseload.empty(), ck.Policy.default(), as_of="2026-11-04T15:00:00Z")
    >>> ck.compliance(duties, by="field").empty
    True
    """
    names = [by] if isinstance(by, str) else list(by)
    _check(duties, names)
    codes, group, keys = _grouped(duties, names)
    counts = _Counts(duties, codes, group)
    pestered = counts.of("follow_up", *_PESTERED)
    shares = {
        "thank_you": (
            counts.of("thank_you", "on_time"),
            counts.of("thank_you", "on_time", *_FAILED),
        ),
        "follow_up": (
            counts.of("follow_up", "on_time"),
            counts.of("follow_up", "on_time", *_FAILED, *_PESTERED),
        ),
        "pest": (pestered, pestered + counts.of("ended by one", "on_time", "late")),
        "card": (_carded(duties, codes, group), counts.of("thank_you")),
    }
    for rate, (kept, of) in shares.items():
        keys = keys.assign(**_with_interval(rate, kept, of))
    occurs = counts.of("thank_you") + counts.of("follow_up") > 0
    return keys[occurs | (not names)].reset_index(drop=True)


def in_words(kept: int | None, of: int) -> str:
    """A rate as a person may be told it: ``1 of 3`` under ten, else ``83 % (25 of 30)``.

    Examples
    --------
    >>> in_words(1, 3), in_words(25, 30), in_words(0, 0)
    ('1 of 3', '83 % (25 of 30)', 'nothing yet')
    """
    if of == 0 or kept is None:
        return "nothing yet"
    if of < ENOUGH:
        return f"{kept} of {of}"
    return f"{kept / of:.0%} ({kept} of {of})".replace("%", " %")


def wilson(kept: Array, of: Array) -> tuple[Array, Array]:
    """The 95 % Wilson score interval of a share, by its counts; NaN where there are none.

    Examples
    --------
    >>> low, high = wilson(np.array([8]), np.array([10]))
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (0.4902, 0.9433)
    """
    counts = np.where(of > 0, of, np.nan)
    share = kept / counts
    scale = 1 + _Z**2 / counts
    middle = (share + _Z**2 / (2 * counts)) / scale
    reach = _Z / scale * np.sqrt(share * (1 - share) / counts + _Z**2 / (4 * counts**2))
    return np.maximum(middle - reach, 0.0), np.minimum(middle + reach, 1.0)


def _check(duties: pd.DataFrame, names: Sequence[str]) -> None:
    missing = [name for name in _NEEDED if name not in duties.columns]
    if missing:
        raise errors.UngradedFrame(
            f"The frame lacks {errors.listed(missing, 'and')}. "
            f"Rates need what coachkit.grade returns."
        )
    strange = [name for name in names if name not in GROUPINGS]
    if strange:
        raise errors.UnknownGrouping(
            f"Rates cannot be grouped by {strange[0]!r}. Use {errors.listed(GROUPINGS)}."
        )


class _Counts:
    """How many duties each group has, by duty and verdict.

    ``codes`` says for each duty where in ``group`` the number of its group stands; -1 is the last.
    """

    _VERDICTS = len(terms.VERDICTS)
    _CELLS = 3 * _VERDICTS  # thank-yous, follow-ups, follow-ups whose clock a follow-up ended
    _KINDS: ClassVar = {"thank_you": (0,), "follow_up": (1, 2), "ended by one": (2,)}

    def __init__(self, duties: pd.DataFrame, codes: Array, group: Array) -> None:
        whole = (group.size + 1) * self._CELLS
        cells = self._cells(duties, codes, np.min_scalar_type(-whole))
        if group.size <= _FEW:
            counts = sum(
                (np.bincount(part, minlength=whole) for part in cells), np.zeros(whole, int)
            )
            occurring = np.flatnonzero(counts)
            self._count = counts[occurring]
        else:
            none = np.empty(0, dtype=np.int64)
            occurring, self._count = np.unique(np.concatenate([none, *cells]), return_counts=True)
        place, self._cell = np.divmod(occurring, self._CELLS)
        self._group = group.take(place - 1)
        self._size = group.size

    def _cells(self, duties: pd.DataFrame, codes: Array, width: np.dtype) -> Iterator[Array]:
        """Each duty's group, duty and verdict in one number, as narrow as it may be.

        A chunk at a time stays in cache. The cells of code -1 come first.
        """
        duty = _codes(duties["duty"], terms.DUTIES)
        verdict = _codes(duties["verdict"], terms.VERDICTS)
        ended_by = _codes(duties["ended_by"], terms.ENDINGS)
        for begin in range(0, codes.size, _CHUNK):
            part = slice(begin, begin + _CHUNK)
            kind = duty[part] + (ended_by[part] == _FOLLOW_UP)
            cell = codes[part].astype(width)
            cell += 1
            cell *= self._CELLS
            cell += kind * np.int8(self._VERDICTS) + verdict[part]
            yield cell

    def of(self, kind: str, *verdicts: str) -> Array:
        """How many of a kind each group has, of some verdicts or, with none named, of all."""
        wanted = np.zeros((3, self._VERDICTS), dtype=np.int64)
        columns = [terms.VERDICTS.index(verdict) for verdict in verdicts or terms.VERDICTS]
        wanted[np.ix_(self._KINDS[kind], columns)] = 1
        weights = self._count * wanted.ravel().take(self._cell)
        return np.bincount(self._group, weights, minlength=self._size).astype(np.int64)


def _codes(cells: pd.Series, words: Sequence[str]) -> Array:
    if isinstance(cells.dtype, pd.CategoricalDtype) and tuple(cells.cat.categories) == tuple(words):
        return cells.cat.codes.to_numpy()
    return pd.Categorical(cells, categories=list(words)).codes


def _grouped(duties: pd.DataFrame, names: Sequence[str]) -> tuple[Array, Array, pd.DataFrame]:
    """Each row's code, the group's number by code, the keys of the groups in order, null last."""
    if not names:
        codes = np.zeros(len(duties), dtype=np.int8)
        return codes, np.zeros(1, dtype=np.intp), pd.DataFrame(index=range(1))
    numbered = [_numbered(duties, name) for name in names]
    sizes = [len(words) for _, _, words in numbered]
    if len(names) == 1:
        codes, rank, _ = numbered[0]
        return codes, rank, _keys(names, numbered, [np.arange(sizes[0])])
    joint = np.ravel_multi_index([rank.take(codes) for codes, rank, _ in numbered], sizes)
    group, occurring = pd.factorize(joint, sort=True)
    keys = _keys(names, numbered, np.unravel_index(occurring, sizes))
    return group, np.arange(occurring.size), keys


def _keys(
    names: Sequence[str],
    numbered: Sequence[tuple[Array, Array, Any]],
    there: Iterable[Array],
) -> pd.DataFrame:
    columns = zip(names, numbered, there, strict=True)
    return pd.DataFrame(
        {name: pd.Series(words).array.take(at) for name, (*_, words), at in columns}
    )


def _numbered(duties: pd.DataFrame, name: str) -> tuple[Array, Array, Any]:
    """A column as codes, by code the place among its values, and these: ascending, null last."""
    column = "client_id" if name == "client" else name
    cells = weeks_of(duties) if name == "week" else duties[column]
    if not isinstance(cells.dtype, pd.CategoricalDtype):
        codes, words = pd.factorize(cells, sort=True, use_na_sentinel=False)
        return codes, np.arange(len(words)), words
    order = np.argsort(np.asarray(cells.cat.categories))
    words = pd.Index([*cells.cat.categories[order], None], dtype="str")
    rank = np.empty(len(words), dtype=np.intp)
    rank[order] = np.arange(order.size)
    rank[-1] = order.size  # the code of null is -1
    return cells.cat.codes.to_numpy(), rank, words


def weeks_of(duties: pd.DataFrame) -> pd.Series:
    """The Monday of each duty's week."""
    day = duties["until_on"].to_numpy(dtype="datetime64[us]").view(np.int64) // _DAY
    pestered = duties["verdict"].isin(_PESTERED).to_numpy()
    if pestered.any():
        graded = duties.attrs.get("graded")
        if graded is None:
            raise errors.UngradedFrame(
                "These rows lost their clients' time zones, so their weeks cannot be told. Take "
                "them from one frame that coachkit.grade returned."
            )
        places = np.flatnonzero(pestered)  # labels may stand twice in a frame put together
        pests = duties.iloc[places].reset_index(drop=True)
        zone = pests["client_id"].map(graded.timezone)
        for name, done_at in pests["done_at"].groupby(zone.to_numpy(dtype=object)):
            local = done_at.dt.tz_convert(name).dt.tz_localize(None)
            day[places[done_at.index]] = local.to_numpy("M8[us]").view(np.int64) // _DAY
    monday = day - (day + 3) % 7  # 1970-01-01 was a Thursday
    return pd.Series((monday * _DAY).view("M8[us]"))


def _carded(duties: pd.DataFrame, codes: Array, group: Array) -> Array | None:
    """How many of each group's interviews a card followed; None if the frame no longer says."""
    graded = duties.attrs.get("graded")
    if graded is None:
        return None
    thanks = np.flatnonzero(_codes(duties["duty"], terms.DUTIES) == 0)
    visits = duties["interview_id"].array.take(thanks).to_numpy(dtype=np.int64)
    carded = thanks.take(np.flatnonzero(np.isin(visits, graded.carded)))
    return np.bincount(group.take(codes.take(carded)), minlength=group.size)


def _with_interval(rate: str, kept: Array | None, of: Array) -> dict[str, Any]:
    if kept is None:
        nothing = pd.array([None] * of.size, dtype="Float64")
        null = {f"{rate}_kept": nothing.astype("Int64"), f"{rate}_of": pd.array(of, dtype="Int64")}
        return null | {f"{rate}_{part}": nothing for part in ("rate", "low", "high")}
    low, high = wilson(kept, of)
    shares = {"rate": kept / np.where(of > 0, of, np.nan), "low": low, "high": high}
    counts = {"kept": pd.array(kept, dtype="Int64"), "of": pd.array(of, dtype="Int64")}
    return {
        f"{rate}_{part}": values
        for part, values in (
            counts | {name: _nullable(share) for name, share in shares.items()}
        ).items()
    }


def _nullable(shares: Array) -> pd.arrays.FloatingArray:
    null = np.isnan(shares)
    return pd.arrays.FloatingArray(np.where(null, 0.0, shares), null)
