"""What clients jotted down, made fit for a sentence: one line, no last stop, a small first letter.

Everything here came from outside and stays text; what a sentence cannot bear is cut, never obeyed.
"""

import re
from unicodedata import category

import pandas as pd

from coachkit._wording import plain
from coachkit.notes._jottings import jottings

#: Signs that nobody sees and some programs choke on; joiners hold letters and emoji together.
_UNSEEN, _JOINERS = ("Cf", "Co", "Cn", "Cs"), "\u200c\u200d"
#: Nobody's name and no jotting is longer; a hostile one must still be bearable.
LONGEST_NAME, LONGEST_JOTTING = 120, 600


def text_of(cell: object, longest: int = LONGEST_JOTTING) -> str | None:
    """A cell as one line of text; None where nothing is written."""
    if cell is None or pd.isna(cell):  # type: ignore[call-overload]
        return None
    seen = "".join(sign for sign in str(cell) if sign in _JOINERS or category(sign) not in _UNSEEN)
    return plain(seen, longest).strip() or None


def name_of(cell: object) -> str | None:
    """A cell that holds a name."""
    return text_of(cell, LONGEST_NAME)


def jotting(text: str) -> str:
    """A jotting as it stands inside a sentence: no last stop, a small letter where that is sure."""
    return small(text.strip().rstrip(".;,:!").rstrip())


def small(text: str) -> str:
    """Take the capital from a first word that has it only for coming first."""
    first = re.split(r"[\s,;:]", text, maxsplit=1)[0]
    return text[:1].lower() + text[1:] if first.lower() in jottings().common_words else text


def sentence(text: str) -> str:
    """A jotting as a sentence of its own: a capital first, a stop last."""
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…", "。")) else text.rstrip(",;:") + "."


def subjects(text: str | None, both: str, most: int = 2) -> str | None:
    """What was discussed: of several things the first ones, joined by ``both``.

    Examples
    --------
    >>> subjects("We talked about the audit in March; controls", "{first} and {last}")
    'the audit in March and controls'
    """
    if text is None:
        return None
    parts = [jottings().talked.sub("", part.strip(), count=1) for part in re.split(r"[;•|]+", text)]
    parts = [jotting(part) for part in parts if part.strip(" .-")]
    if len(parts[:most]) < 2:
        return "".join(parts[:1]) or None
    return both.replace("{first}", "\0").replace("{last}", parts[1]).replace("\0", parts[0])


def provided(answer: str | None) -> str | None:
    """What the employer asked for when asked what else they need; None where it was nothing.

    Examples
    --------
    >>> provided("They would like two references.")
    'two references'
    >>> provided("No, they have all they need.")
    """
    words = jottings()
    if answer is None or not re.search(r"\w", answer) or words.nothing.match(answer.strip()):
        return None
    wanted = words.asked.sub("", answer.strip().rstrip(".!"), count=1)
    wanted = jotting(words.aside.sub("", wanted))
    return f"a {wanted}" if words.one_of.match(wanted) else wanted or None


def first_name(name: str) -> str:
    """How somebody is greeted who is not greeted formally; a title keeps the last name."""
    return formal_name(name) if _title(name) else name.split()[0]


def formal_name(name: str) -> str:
    """``Dr. Amy Chen`` is greeted as ``Dr. Chen``; whoever has no title by the whole name."""
    title = _title(name)
    return f"{title} {name.split()[-1]}" if title else name


def _title(name: str) -> str | None:
    found = jottings().titles.match(name)
    return found[0] if found and found.end() < len(name) and name[found.end()] == " " else None
