"""What is known of a language's jottings: read from its ``jottings.toml``."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from coachkit.notes._templates import SHIPPED


@dataclass(frozen=True)
class Jottings:
    """Expressions and words by which jottings are made fit for a sentence."""

    common_words: frozenset[str]
    small_words: frozenset[str]
    titles: re.Pattern[str]
    nothing: re.Pattern[str]
    asked: re.Pattern[str]
    aside: re.Pattern[str]
    one_of: re.Pattern[str]
    talked: re.Pattern[str]
    dispelled: re.Pattern[str]
    doubts: tuple[re.Pattern[str], ...]
    but: re.Pattern[str]
    tail: re.Pattern[str]
    pointing: frozenset[str]
    spoken_to: Mapping[str, str]


@cache
def jottings(language: str = "en") -> Jottings:
    """What is known of a language."""
    path = SHIPPED / language / "jottings.toml"
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    doubt = told["doubt"]
    names = ("titles", "nothing", "asked", "aside", "one_of", "talked")
    return Jottings(
        common_words=frozenset(told["common_words"].split()),
        small_words=frozenset(told["small_words"].split()),
        **{name: _any(told[name]) for name in names},
        dispelled=_any(doubt["dispelled"]),
        doubts=tuple(_any([line.replace("{about}", doubt["about"])]) for line in doubt["doubts"]),
        but=_any(doubt["but"]),
        tail=_any(doubt["tail"]),
        pointing=frozenset(doubt["pointing"].split()),
        spoken_to=doubt["spoken_to"],
    )


def _any(lines: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE)
