"""The doubt in an answer to "How do you see my qualifications?": what is to be amplified."""

import re
from dataclasses import dataclass

from coachkit.notes._jottings import jottings

#: A subject of more words is a story.
_LONGEST = 12


@dataclass(frozen=True)
class Doubt:
    """What they doubted: in the client's words, and what it was about (null where unclear)."""

    said: str
    about: str | None
    whether: bool = False


def doubt_in(answer: str | None) -> Doubt | None:
    """The doubt that an answer on the client's fit holds; None where it holds none.

    Examples
    --------
    >>> doubt_in("Very good on credit, thinner on derivatives.").about
    'derivatives'
    >>> doubt_in("She says that I am just what the desk lacks.")
    """
    if not answer:
        return None
    words = jottings()
    for clause in re.split(r"(?<=[.;!?])\s+", answer):
        clear = words.dispelled.sub(" ", clause)
        for pattern in words.doubts:
            found = pattern.search(clear)
            if found:
                return _doubt(clause, found)
    rest = words.but.search(words.dispelled.sub(" ", answer))
    return Doubt(rest["rest"].strip().rstrip("."), None) if rest else None


def _doubt(clause: str, found: re.Match[str]) -> Doubt:
    words = jottings()
    parts = found.groupdict()
    whether = parts.get("whether")
    about = words.tail.sub("", (whether or parts["about"]).strip().rstrip(".;!?")).strip()
    for they, you in words.spoken_to.items():
        about = re.sub(rf"\b{they}\b", you, about, flags=re.IGNORECASE)
    said = clause.strip().rstrip(".")
    if not about or about.lower() in words.pointing or len(about.split()) > _LONGEST:
        return Doubt(said, None)
    return Doubt(said, about, whether=bool(whether))


def concerns(doubt: Doubt, *texts: str | None) -> bool:
    """Whether a key question or its answer is about what they doubted."""
    asked = _stems(doubt.about or doubt.said)
    return bool(asked & set().union(*(_stems(text or "") for text in texts)))


def _stems(text: str) -> set[str]:
    words = re.findall(r"\w{4,}", text.lower())
    return {word[:6] for word in words if word not in jottings().small_words}
