"""What the title of a calendar's event says: an interview, with whom, for which role.

``data/import_titles.csv`` holds the words of nine languages that speak of an interview, perhaps of
one, of something else (getting ready, somebody else's, a visa's, a boiler's), of a task when they
come first, and of a step, which is no name. What is left of a title is the employer.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Literal

from coachkit.importing.contents import (
    looks_like_company,
    looks_like_person,
    looks_like_role,
    says_who_works,
)
from coachkit.importing.words import folded, unaccented, word_list, wordset

Kind = Literal["interview", "perhaps", "none", ""]

_CANCELLED = re.compile(
    r"^\s*\W{0,2}(?:cancel+ed|declined|abgesagt|annul[ée]+e?|cancelad[oa]|annullat[oa]|"
    r"geannuleerd|已取消)\b",
    re.I,
)
#: What Google puts behind the title of an invitation: "@ Thu Mar 6, 2025 3pm - 4pm (CET) (a@b.c)".
_WHEN_BEHIND = re.compile(r"\s@ (?:[A-Z][a-zé]{1,3}\.? ){1,2}\d.*$")
#: "LAX → SFO (Acme onsite)"
_JOURNEY = re.compile("[→➔✈🚄🚆🚂🚌🚗]")
#: "Train tickets for the Acme interview": what comes before is what the event is.
_PURPOSE = re.compile(r"(?P<what>.*)\b(?:for|before|after) (?:\w+ ){0,4}(?:interviews?|onsite)$")
_ANY_GENDER = re.compile(
    r"\((?:[mwfdxh]/[mwfdxh](?:/[mwfdx])?|all genders|h/f|f/h)\)|\b[mwf]/[mwf]/d\b", re.I
)
_WITH = re.compile(r"\b(?:w/\s*|w(?= [A-Z]))")
_PARTS = re.compile(
    r"\s*(?:[:;|–—/(){}\[\]@,]|(?:^|\s)-\s|<>|<->|↔|\s[x×+]\s|"
    r"(?:^|(?<=\s))(?:with|from|at|mit|bei|chez|avec|con|met|com|presso)\s)\s*"
)
_AT = re.compile(r"(?:@|\b(?:at|bei|chez|presso))\s*$")
_FOR = re.compile(
    r"\b(?:for|as|re:?|als|pour|para|per|voor)\s+(?:an?\s+|the\s+)?(?P<role>[^()\[\]|:;,–—@]{3,80})"
)
_BEHIND_ROLE = re.compile(r"\s(?:at|with|bei|chez|en|mit|@)\s")
#: "Acme's CTO"
_THEIR = re.compile(
    r"['’]s\s(?:C[A-Z]O|VP|HR|head|team|hiring|founder|recruit|people|talent|office)\b.*$"
)
_TOGETHER = re.compile(r"\s(?:and|und|et|y|e|en|och|i|&)\s")
_SHORT = re.compile(r"\bi/v(?:iew)?\b", re.I)
_NUMBER = re.compile(r"#?\d+(?:st|nd|rd|th|da|ra|ma|er|e|a|o|ª|º|\.)?:?", re.I)
#: "2nd", and "3pm"
_NTH = re.compile(r"\d+(?:st|nd|rd|th|[ap]m)", re.I)
#: They count only beside a step: "First round Acme" is no First National Bank.
_ORDINALS = wordset(
    "first second third fourth final finale last new initial premier premiere deuxieme dernier "
    "derniere primera segunda erstes zweites eerste tweede primo secondo terzo"
)
_ROUNDS = (
    "(?:第?[一二三四五初终終最复複群][次轮]?|电话|電話|视频|線上|线上|线下|现场|オンライン|web)*"
)
_EAST_ASIAN = re.compile("[぀-ヿ㐀-鿿가-힣]")


def kind_of(title: str) -> Kind:
    """Whether a title speaks of an interview, perhaps of one, of none, or of something else.

    Examples
    --------
    >>> kind_of("Phone screen - Acme"), kind_of("Mock interview"), kind_of("Dentist")
    ('interview', 'none', '')
    """
    words = folded(_WITH.sub("with ", title))
    found = {kind for kind in ("interview", "perhaps") if _finder(kind).search(words)}
    if not found:
        return ""
    if _finder("none").search(words) or _finder("task").match(words) or _JOURNEY.search(title):
        return "none"
    purpose = _PURPOSE.fullmatch(words)
    if purpose and _trimmed(purpose["what"]):
        return "none"
    return "interview" if "interview" in found else "perhaps"


def is_cancelled(title: str) -> bool:
    """Whether it says that it was called off."""
    return _CANCELLED.search(title) is not None


def who(title: str, people: Collection[str] = ()) -> tuple[tuple[str, ...], str]:
    """The employers that a title may name, the likeliest first, and the role; empty if none.

    ``people`` are the names of those who are invited, who are no employers. Where nothing but a
    person is named, nobody knows the employer.

    Examples
    --------
    >>> who("Interview with Priya (Umbrella Corp) for Data Analyst")
    (('Umbrella Corp',), 'Data Analyst')
    """
    title = _WITH.sub("with ", _ANY_GENDER.sub(" ", _WHEN_BEHIND.sub("", title)))
    title = _SHORT.sub("interview", _CANCELLED.sub("", title))
    role = ""
    for_role = _FOR.search(title)
    if for_role and looks_like_role(for_role["role"]):
        role = _BEHIND_ROLE.split(for_role["role"])[0].strip(" ,.-")
        title = title.replace(for_role[0], for_role[0].replace(role, " "))
    invited = [folded(one).split() for one in people]
    firms: list[str] = []
    beside_person = False
    end = 0
    for part in [*_PARTS.finditer(title), None]:
        at = _AT.search(title[:end]) is not None
        name = _trimmed(_THEIR.sub("", title[end : part.start() if part else len(title)]))
        end = part.end() if part else end
        if len(name) < 2 or not any(map(str.isalpha, name)):
            continue
        if says_who_works(name) or (looks_like_role(name) and not looks_like_company(name)):
            role = role or name
        elif _is_invited(name, invited) or (not at and looks_like_person(_TOGETHER.split(name)[0])):
            beside_person = True
        elif not (name.islower() and len(name.split()) > 2):  # "bids due 5pm"
            firms.append(name)
    if beside_person and firms and firms[0].islower():
        return (), role  # a remark beside a person
    return tuple(firms), role


def _is_invited(name: str, invited: Iterable[Sequence[str]]) -> bool:
    """Whether a name is that of somebody invited; "Acme Recruiting" is nobody."""
    steps, _ = _steps()
    words = set(folded(name).split())
    return any(words <= set(one) and steps.isdisjoint(one) for one in invited)


def _trimmed(text: str) -> str:
    """A part of a title without the words for steps at its ends, and the numbers of rounds."""
    if _EAST_ASIAN.search(text):
        plain = unaccented(text)
        plain = plain if len(plain) == len(text) else text
        for found in reversed(list(_east_asian_steps().finditer(plain))):
            text = f"{text[: found.start()]} {text[found.end() :]}"
        return next(iter(text.split()), "").strip("第-—・、。，#")
    words = _without_steps(text.split())
    words = _without_steps(words[::-1], behind=True)[::-1]
    return " ".join(words).strip(" ,.-#!?&'\"“”")


def _without_steps(words: list[str], *, behind: bool = False) -> list[str]:
    """The words behind those for steps, and behind what counts steps beside one."""
    steps, longest = _steps()
    while words:
        for length in range(min(longest, len(words)), 0, -1):
            first = words[:length]
            told = folded(" ".join(first[::-1] if behind else first))
            if told in steps or steps.issuperset(told.split()):
                break
        else:
            length = 1
            ordinal = folded(words[0]) in _ORDINALS or _NTH.fullmatch(words[0]) is not None
            beside = len(words) == 1 or folded(words[1]) in steps or (ordinal and behind)
            if not (beside and (ordinal or _NUMBER.fullmatch(words[0]))):
                return words
        words = words[length:]
    return words


@cache
def _phrases() -> dict[str, list[str]]:
    """The phrases of each kind, the longest first."""
    phrases: dict[str, list[str]] = {}
    for row in word_list("titles"):
        phrases.setdefault(row["kind"], []).append(row["phrase"])
    return {kind: sorted(have, key=len, reverse=True) for kind, have in phrases.items()}


@cache
def _finder(kind: str) -> re.Pattern[str]:
    """What finds a phrase of a kind in folded words."""
    western = [re.escape(one) for one in _phrases()[kind] if not _EAST_ASIAN.search(one)]
    eastern = [re.escape(one) for one in _phrases()[kind] if _EAST_ASIAN.search(one)]
    return re.compile("|".join([rf"\b(?:{'|'.join(western)})\b", *eastern]))


@cache
def _east_asian_steps() -> re.Pattern[str]:
    """What finds an interview and which round it is, where no blanks part the words."""
    have = [*_phrases()["interview"], *_phrases()["perhaps"]]
    steps = sorted(filter(_EAST_ASIAN.search, have), key=len, reverse=True)
    return re.compile(f"{_ROUNDS}(?:{'|'.join(map(re.escape, steps))})", re.I)


@cache
def _steps() -> tuple[frozenset[str], int]:
    """The phrases that are no names, and of how many words the longest is."""
    steps = frozenset(one for kind in ("interview", "perhaps", "step") for one in _phrases()[kind])
    return steps, max(len(one.split()) for one in steps)
