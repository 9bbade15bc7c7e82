"""The words of a language that stand outside the templates: days, greetings, questions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

_HOLE = re.compile(r"\{(\w+)\}")
#: Where the month comes before the day.
_MONTH_FIRST = ("US", "CA")


@dataclass(frozen=True)
class Language:
    """The tables of ``words.toml``."""

    words: Mapping[str, Mapping[str, Any]]

    def ask(self, question: str, facts: Mapping[str, str]) -> str:
        """The question for a missing fact."""
        return filled(self.words["questions"][question], facts)

    def day(self, day: date, country: str | None, *, weekday: bool = True) -> str:
        """``Friday 13 November``; ``Friday, November 13`` in the United States."""
        days = self.words["days"]
        american = (country or "").split("-")[0] in _MONTH_FIRST
        form = days[("weekday_date" if weekday else "date") + ("_us" if american else "")]
        parts = {
            "weekday": days["weekdays"][day.weekday()],
            "day": str(day.day),
            "month": days["months"][day.month - 1],
        }
        return filled(form, parts)

    def when(self, day: date, today: date, country: str | None) -> str:
        """``today``, ``yesterday``, ``on Tuesday``, ``on November 3``: when somebody was met."""
        days = self.words["days"]
        ago = (today - day).days
        if ago in (0, 1):
            return str(days["yesterday" if ago else "today"])
        if 1 < ago < 7:
            return filled(days["on_weekday"], {"weekday": days["weekdays"][day.weekday()]})
        return filled(days["on_date"], {"date": self.day(day, country, weekday=False)})

    def both(self, parts: list[str]) -> str:
        """``a``, ``a and b``, ``a, b and c``."""
        joining = self.words["joining"]
        if len(parts) < 2:
            return "".join(parts)
        first = str(joining["comma"]).join(parts[:-1])
        return filled(joining["and"], {"first": first, "last": parts[-1]})

    def titled(self, title: str, address: str | None = None) -> str:
        """A work sample in a sentence, with its address where it has one."""
        joining = self.words["joining"]
        if address is None:
            return filled(joining["title"], {"title": title})
        return filled(joining["linked"], {"title": title, "address": address})


def filled(form: str, parts: Mapping[str, str]) -> str:
    """Fill the holes of a form, once: what is filled in is never read as a form again."""
    return _HOLE.sub(lambda hole: parts.get(hole[1], hole[0]), form)
