"""Frames as plain text, for a terminal and for a notebook's first look."""

import unicodedata

import pandas as pd

from coachkit import terms
from coachkit.compliance import RATES, in_words

_HEADINGS = {"overdue": "Overdue", "today": "Today", "this_week": "This week", "later": "Later"}
_WIDTH = 100


def tell_agenda(agenda: pd.DataFrame) -> str:
    """The agenda as a person reads it: grouped by urgency, who and where, then what and why.

    Parameters
    ----------
    agenda
        What ``plan`` returned.

    Returns
    -------
    str
        Lines of text; an empty agenda gives one inviting sentence.
    """
    if agenda.empty:
        return "Nothing to do today. Log an interview, and its thank-you will stand here."
    lines: list[str] = []
    for urgency in terms.URGENCIES:
        rows = agenda[agenda["urgency"] == urgency]
        if rows.empty:
            continue
        lines += ["", f"{_HEADINGS[urgency]} ({len(rows)})"]
        for row in rows.to_dict("records"):
            where = [row["client"], row["employer"], row["role"]]
            lines.append("  " + " · ".join(plain(part) for part in where if not pd.isna(part)))
            lines += _wrapped(plain(row["reason"]), "      ")
    return "\n".join(lines[1:])


def tell_compliance(rates: pd.DataFrame) -> pd.DataFrame:
    """Rates in words, one column each: counts under ten duties, else percent, counts and interval.

    Parameters
    ----------
    rates
        What ``compliance`` returned.
    """
    by = [name for name in rates.columns if not name.startswith(tuple(f"{r}_" for r in RATES))]
    told = {name: rates[name] for name in by}
    for rate in RATES:
        columns = [rates[f"{rate}_{part}"] for part in ("kept", "of", "low", "high")]
        told[rate] = pd.Series(
            [_rate(*cells) for cells in zip(*columns, strict=True)], dtype="str", index=rates.index
        )
    return pd.DataFrame(told)


def plain(text: object) -> str:
    """A text from outside on one line, without the control characters that steer a terminal."""
    cleaned = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp") else letter
        for letter in str(text)
    )
    return " ".join(cleaned.split())


def _rate(kept: int, of: int, low: float, high: float) -> str:
    words = in_words(None if pd.isna(kept) else kept, of)
    return f"{words}, {low:.0%} to {high:.0%}".replace("%", " %") if "%" in words else words


def _wrapped(text: str, indent: str) -> list[str]:
    import textwrap

    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent)
