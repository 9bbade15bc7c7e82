"""Frames in words: as plain text for a terminal, as headings and tables for a notebook."""

import unicodedata
from html import escape
from typing import Self

import pandas as pd

from coachkit import terms
from coachkit.compliance import RATES, in_words

_HEADINGS = {"overdue": "Overdue", "today": "Today", "this_week": "This week", "later": "Later"}
_WIDTH = 100
_RATES_IN_WORDS = {
    "thank_you": "thank-yous on time",
    "follow_up": "follow-ups on time",
    "pest": "too soon or too many",
    "card": "cards sent",
}
_STYLE = (
    "<style>.ck-table td, .ck-table th {text-align: left !important; vertical-align: top;"
    " white-space: normal; min-width: 9em} .ck-table td:nth-child(4):last-child {min-width: 30em}"
    "</style>"
)


class Told(str):
    """A text that a notebook shows as the HTML beside it; every cell of that is escaped."""

    __slots__ = ("html",)
    html: str

    def __new__(cls, text: str, html: str) -> Self:  # noqa: D102
        told = super().__new__(cls, text)
        told.html = html
        return told

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return str(self)


def tell_agenda(agenda: pd.DataFrame) -> Told:
    """The agenda as a person reads it: grouped by urgency, who and where, then what and why.

    Parameters
    ----------
    agenda
        What ``plan`` returned.

    Returns
    -------
    Told
        Lines of text, which a notebook shows as tables; an empty agenda is one inviting sentence.
    """
    if agenda.empty:
        return tell("Nothing to do today. Log an interview, and its thank-you will stand here.")
    lines: list[str] = []
    html = [_STYLE]
    for urgency in terms.URGENCIES:
        rows = agenda[agenda["urgency"] == urgency]
        if rows.empty:
            continue
        heading = f"{_HEADINGS[urgency]} ({len(rows)})"
        lines += ["", heading]
        shown = rows[["client", "employer", "role", "reason"]].map(plain, na_action="ignore")
        html += [f"<h3>{heading}</h3>", _html(shown, header=False)]
        for row in rows.to_dict("records"):
            where = [row["client"], row["employer"], row["role"]]
            lines.append("  " + " · ".join(plain(part) for part in where if not pd.isna(part)))
            lines += _wrapped(plain(row["reason"]), "      ")
    return Told("\n".join(lines[1:]), "\n".join(html))


def tell_compliance(rates: pd.DataFrame) -> Told:
    """Rates in words: counts under ten duties, else percent, counts and 95 % interval.

    Parameters
    ----------
    rates
        What ``compliance`` returned, its client column perhaps replaced by names.

    Returns
    -------
    Told
        A table as text, which a notebook shows as a table.
    """
    if rates.empty:
        return tell("Nothing to judge yet. Log an interview, and its thank-you counts here.")
    by = [name for name in rates.columns if not name.startswith(tuple(f"{r}_" for r in RATES))]
    told = {name: rates[name].map(_key, na_action="ignore") for name in by}
    for rate, heading in _RATES_IN_WORDS.items():
        columns = [rates[f"{rate}_{part}"] for part in ("kept", "of", "low", "high")]
        words = [_rate(*cells) for cells in zip(*columns, strict=True)]
        told[heading] = pd.Series(words, dtype="str", index=rates.index)
    table = pd.DataFrame(told)
    html = _html(table, header=True).replace(" %", "&nbsp;%")
    return Told(_columns(table), f"{_STYLE}\n{html}")


def tell(text: str) -> Told:
    """A text as it is, which a notebook shows as a paragraph."""
    return Told(text, f"<p>{escape(text)}</p>")


def plain(text: object) -> str:
    """A text from outside on one line, without the control characters that steer a terminal."""
    cleaned = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp") else letter
        for letter in str(text)
    )
    return " ".join(cleaned.split())


def _html(table: pd.DataFrame, *, header: bool) -> str:
    with pd.option_context("display.max_colwidth", None, "display.html.use_mathjax", False):
        return table.to_html(
            index=False, header=header, border=0, na_rep="", escape=True, classes="ck-table"
        )


def _columns(table: pd.DataFrame) -> str:
    """Columns two blanks apart, since one stands between the words of a cell."""
    rows = [list(table.columns), *table.astype(object).fillna("").to_numpy().tolist()]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return "\n".join(lines)


def _key(cell: object) -> str:
    return f"{cell:%Y-%m-%d}" if isinstance(cell, pd.Timestamp) else plain(cell)


def _rate(kept: int, of: int, low: float, high: float) -> str:
    words = in_words(None if pd.isna(kept) else kept, of)
    return f"{words}, {low * 100:.0f} % to {high * 100:.0f} %" if "%" in words else words


def _wrapped(text: str, indent: str) -> list[str]:
    import textwrap

    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent)
