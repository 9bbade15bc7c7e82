"""What never helps in a note, phrase by phrase: read from a language's ``phrases``."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from coachkit.notes._templates import SHIPPED

_HOLE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Phrases:
    """Phrases that break one rule.

    Nothing is said where ``unless`` is found in the same sentence, or ``unless_anywhere`` in the
    note. Hints are serious once there are ``serious_from`` of them.
    """

    rule: str
    serious: bool
    advice: str
    found: re.Pattern[str]
    unless: re.Pattern[str] | None
    unless_anywhere: re.Pattern[str] | None
    serious_from: int | None


@dataclass(frozen=True)
class Lexicon:
    """The phrases that hurt; the marks by which a note's shape is read; words of every note."""

    phrases: tuple[Phrases, ...]
    marks: Mapping[str, re.Pattern[str]]
    stock_words: frozenset[str]
    shouted_words: frozenset[str]
    reading: Mapping[str, Any]


@cache
def lexicon(language: str = "en") -> Lexicon:
    """What the check knows of a language."""
    folder = SHIPPED / language
    told = _told(folder / "phrases.toml")
    parts: dict[str, str] = {}
    for name, lines in told["parts"].items():  # a part may hold those above it
        parts[name] = f"(?:{'|'.join(_filled(line, parts) for line in lines)})"
    marks = told["marks"]
    return Lexicon(
        phrases=tuple(
            _phrases(file.stem, entry, parts)
            for file in sorted((folder / "phrases").glob("*.toml"))
            for entry in _told(file)["phrases"]
        ),
        marks={name: _any(part, parts) for name, part in marks.items() if isinstance(part, list)},
        stock_words=frozenset(marks["stock_words"].split()),
        shouted_words=frozenset(marks["shouted_words"].split()),
        reading=told["reading"],
    )


def _told(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _phrases(rule: str, entry: Mapping[str, Any], parts: Mapping[str, str]) -> Phrases:
    def of(name: str) -> re.Pattern[str] | None:
        return _any(entry[name], parts) if name in entry else None

    return Phrases(
        rule=rule,
        serious=entry["serious"],
        advice=entry["advice"],
        found=_any(entry["patterns"], parts),
        unless=of("unless"),
        unless_anywhere=of("unless_anywhere"),
        serious_from=entry.get("serious_from"),
    )


def _any(lines: Sequence[str], parts: Mapping[str, str]) -> re.Pattern[str]:
    """Any of several expressions, in small and capital letters alike."""
    return re.compile("|".join(f"(?:{_filled(line, parts)})" for line in lines), re.IGNORECASE)


def _filled(line: str, parts: Mapping[str, str]) -> str:
    return _HOLE.sub(lambda hole: parts[hole[1]], line)
