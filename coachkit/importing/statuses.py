"""What a tracker's status says, from whatever words stand in its cell.

A phrase of ``data/import_statuses.csv`` is found whole, the longest first, so that "Offer Declined"
is never an offer and "Not Selected" never a selection. What ended an opportunity outweighs what
went before it; a word that something denies says nothing; where the words pull both ways the
answer is ``unknown``, which asks, and never a guess.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, get_args

from coachkit.importing.words import apart, folded, respelled, word_list, wordset

Status = Literal[
    "to_apply",
    "applied",
    "waiting",
    "assessment",
    "interviewing",
    "offer",
    "rejected",
    "withdrawn",
    "ghosted",
    "closed",
    "unknown",
]
STATUSES: tuple[Status, ...] = get_args(Status)
#: What ended it, the more certain first.
ENDED: tuple[Status, ...] = ("rejected", "withdrawn", "closed", "ghosted")
#: How far it came, the furthest first.
_REACHED: tuple[Status, ...] = ("interviewing", "assessment", "waiting", "applied", "to_apply")
#: What a client has come to, and what a word before it may take back.
_STEPS: tuple[Status, ...] = ("interviewing", "assessment", "offer")
#: Words that turn what follows them around; in the lists they stand in whole phrases only.
_DENIALS = wordset(
    "longer stopped quit no not never none without didn doesn isn wasn haven hasn cannot won t "
    "dont didnt wont wasnt non pas sans sin kein keine keinen nicht ohne niet geen zonder nao sem"
)
#: The same where they stand last: "Applied - nope".
_DENIALS_BEHIND = _DENIALS | wordset("nope nah x")
#: What may stand between such a word and what it turns around ("not yet rejected").
_BETWEEN = wordset("yet been officially formally noch encore todavia aun ancora nog ainda")
#: After these a step is told behind which something came ("rejected after interview").
_AFTER = wordset("after post following nach despues tras apres dopo apos depois")
#: The same, or one that was yet to come, or is only hoped for.
_BEHIND = _AFTER | wordset("since from before pre until despite vor antes avant prima na voor")
_HOPED = wordset(
    "awaiting await waiting expecting expect pending if unless maybe likely probably possible "
    "possibly potential potentially fear assume hoping hope for"
)
#: After these the tale goes on, so that an ending told before them is not the end.
_TURNS = wordset("but then however reopened reconsidered later now again")
#: Whom an offer that is not the client's went to.
_SOMEBODY = wordset("candidate candidates applicant applicants someone somebody person")
_ELSE = wordset("else another other others different previous internal elsewhere")
#: Words that may stand around an offer without telling that it is somebody else's, or none.
_BESIDE_OFFER = wordset(
    "a an the my i ve we have has been was is am got get getting received receive made make in to "
    "on at of and with job position role final formal official verbal written letter mail email "
    "stage status date by from yes yay woohoo congrats congratulations finally happy salary base "
    "bonus usd eur gbp k starting start starts begins signed sign accepted accept accepting hired "
    "offer offered offers hand erhalten bekommen recue recu recibida recibido ricevuta ricevuto "
    "recebida recebido selected conditional tentative return discussion negotiation negotiating "
    "countered recd"
)
_MONTHS = wordset(
    "jan january feb february mar march apr april may jun june jul july aug august sep sept "
    "september oct october nov november dec december"
)
_TOO_LONG = 60
#: "Said no (me)": who did it, told behind it.
_BY_CLIENT = re.compile(r"^(?:i )?(?P<did>.*\w)\W*(?:\((?:by )?me\)| [-–] (?:by )?me)$", re.I)
_ARROW = re.compile(r"\s*(?:→|➔|➜|->|=>|>>)\s*")
#: A step that came to nothing, or was not taken.
_CROSS = re.compile("[❌✗✘✖❎]")
_OR = re.compile(r"\s*[/|]\s*")
#: "Moving forward with other applicants": told in more ways than a list can hold.
_PASSED_OVER = re.compile(
    r"\b(?:mov|go|went|gone|proceed|progress|continu|advanc|pursu)(?:e|es|ed|ing|ing on)?"
    r"(?: (?:forward|ahead|on|further))?(?: with| w)? (?:others|"
    r"(?:an )?internal(?: (?:candidate|applicant|hire|person))?$|(?:someone|somebody) else|"
    r"(?:an)?other(?: \w+)? (?:candidates?|applicants?)|different (?:candidates?|applicants?))\b|"
    r"\b(?:mov|go|went|proceed|advanc)(?:e|ed|ing)?(?: (?:forward|ahead|on))? with another$"
)
#: What programs write of a form that they were to fill in, and people do not.
_OF_PROGRAMS = wordset("error external skipped queued success") | {
    "dry run",
    "manual review",
    "manual required",
}
_FAILED = frozenset({"failed", "fail"})
_PASSED = frozenset({"pass", "passed"})
#: With more words than this around it an offer is a story.
_MOST_WORDS = 8
_ALIKE = 88


@lru_cache(maxsize=8192)
def read_status(text: str) -> Status:
    """What a status cell says; ``unknown`` where that is not certain.

    Examples
    --------
    >>> read_status("Interview 6/6, Rejected"), read_status("Offer Declined"), read_status("Warm")
    ('rejected', 'withdrawn', 'unknown')
    """
    text = _BY_CLIENT.sub(r"I \g<did>", text)
    way = _ARROW.split(text)
    if len(way) > 1 and read_status(way[-1]) == "offer":
        ended = any(read_status(step) in ENDED for step in way[:-1])
        return "unknown" if ended else "offer"  # no offer of an interview, nor a rejected one
    if _is_choice(text):
        return "unknown"
    if _CROSS.search(way[-1]):
        told = read_status(_CROSS.sub(" ", text))
        crossed = told in (*_REACHED, "offer") and told != "to_apply"
        # of a way the last step failed; alone it may also be one that was not taken
        return ("rejected" if len(way) > 1 and told != "offer" else "unknown") if crossed else told
    words = folded(text.replace("’", "'"))
    words = re.sub(r"^(?:\d+ )+(?=[^\W\d])", "", words)  # a list's own number: "3 - Interview"
    whole = _lists().whole.get(words)
    if whole is not None:
        return whole
    if " " not in words and (parted := apart(text)) != text and read_status(parted) != "unknown":
        return read_status(parted)  # "NoResponse"
    plain = respelled(words)
    if plain != words and read_status(plain) != "unknown":
        return read_status(plain)  # "Keine Rueckmeldung"
    return _told(words) or _misspelled(words) or _first_words(text) or "unknown"


def _is_choice(text: str) -> bool:
    """Whether a template's "Applied / Interview / Rejected / Offer" stands there, one to be chosen.

    An offer and an ending are in it: a way that somebody went has not both.
    """
    choices = _OR.split(text)
    meant = {read_status(choice) for choice in choices} if len(choices) > 2 else set()
    return "offer" in meant and not meant.isdisjoint(ENDED)


def read_spellings(texts: Iterable[str]) -> dict[str, Status]:
    """What each spelling in a column says.

    "Failed" is a rejection where people write; in the log of a program, or alone, it may be the
    program that failed, and nothing was sent. "Pass" is a client's no, but beside a "Fail" it may
    be a test that was passed.
    """
    read = {text: read_status(text) for text in texts}
    folds = {folded(text) for text in read}
    if folds & _OF_PROGRAMS or folds <= _FAILED:
        read.update((text, "unknown") for text in read if folded(text) in _FAILED)
    if folds & _FAILED:
        read.update((text, "unknown") for text in read if folded(text) in _PASSED)
    return read


def _first_words(text: str) -> Status | None:
    """What stands before a remark: "New - high priority"."""
    first, *remark = re.split(r"\s[-–—]\s|[(:;,]", text, maxsplit=1)
    status = _lists().whole.get(folded(first)) if remark else None
    said = set(folded(remark[0]).split()) if remark else set()
    if _DENIALS & said or "n" in said or (status == "offer" and not _harmless(said)):
        return None  # "Selected: no"
    return status


@dataclass(frozen=True)
class _Lists:
    whole: dict[str, Status]
    inside: dict[str, Status]
    longest: int
    long: tuple[str, ...]  # phrases long enough to know again with a typing error


@cache
def _lists() -> _Lists:
    whole: dict[str, Status] = {}
    inside: dict[str, Status] = {}
    for row in word_list("statuses"):
        meaning: Status = next(status for status in STATUSES if status == row["meaning"])
        whole[row["phrase"]] = meaning
        if row["where"] == "inside":
            inside[row["phrase"]] = meaning
    longest = max(len(phrase.split()) for phrase in inside)
    return _Lists(whole, inside, longest, tuple(one for one in whole if len(one) >= 5))


@dataclass(frozen=True)
class _Hit:
    status: Status
    at: int
    end: int


def _told(text: str) -> Status | None:
    """What the phrases in a longer text say together; None where there is none."""
    words = _PASSED_OVER.sub("not selected", text).split()
    if len(words) > _TOO_LONG:
        return "unknown"
    if re.search(r"[぀-ヿ㐀-鿿가-힣]", text):
        return _told_without_blanks(text)
    hits = _hits(words)
    if not hits:
        return None
    sound: list[_Hit] = []
    for at, hit in enumerate(hits):
        before = words[max(0, hit.at - 3) : hit.at]
        follower = hits[at + 1] if at + 1 < len(hits) else None
        if before and (
            before[-1] in _DENIALS or (before[-1] in _BETWEEN and _DENIALS & set(before[-2:]))
        ):
            return "unknown"
        if hit.status in _STEPS and _DENIALS & _untold(hits, words, hit.at - 3, hit.at):
            return "unknown"  # "Not cleared OA"
        if hit.status in ENDED and before and before[-1] in _HOPED:
            return "unknown"
        if hit.status == "offer" and before and before[-1] in _HOPED:
            return "unknown"
        reached = hit.status in (*_REACHED, "offer")
        if reached and _BEHIND & set(before) and len(hits) > 1:
            continue
        if reached and _ends_after(words, hit.at):
            return "unknown"  # "Cut after round 1": what came of it no list knows
        if (
            hit.status == "offer"
            and follower is not None
            and follower.status in ("interviewing", "assessment")
            and follower.at - hit.end <= 2
        ):
            continue  # an offer of an interview is none of a job
        sound.append(hit)
    return _weighed(sound, words) if sound else "unknown"


def _ends_after(words: list[str], at: int) -> bool:
    """Whether words stand before an "after" that stands before this place."""
    return any(words[place] in _AFTER for place in range(max(1, at - 3), at))


def _hits(words: list[str]) -> list[_Hit]:
    """Every phrase of the lists, from the left, the longest at each place."""
    lists = _lists()
    hits: list[_Hit] = []
    at = 0
    while at < len(words):
        for length in range(min(lists.longest, len(words) - at), 0, -1):
            found = lists.inside.get(" ".join(words[at : at + length]))
            if found is not None:
                hits.append(_Hit(found, at, at + length))
                at += length
                break
        else:
            at += 1
    return hits


def _weighed(hits: list[_Hit], words: list[str]) -> Status:
    found = {hit.status for hit in hits}
    rest = _untold(hits, words, 0, len(words))
    if "offer" in found and _SOMEBODY & set(words):
        return "rejected" if _ELSE & set(words) else "unknown"
    if "offer" in found and not _harmless(rest):
        return "unknown"  # something that no phrase of the lists knows speaks of the offer
    ended = [status for status in ENDED if status in found]
    if not ended:
        if "others" in rest or (rest & _ELSE and rest & _SOMEBODY):
            return "unknown"  # "Interviewing other candidates"
        if words[-1] in _DENIALS_BEHIND:
            return "unknown"  # "Applied - no"
        return "offer" if "offer" in found else next(s for s in _REACHED if s in found)
    last = max(hit.end for hit in hits if hit.status in ENDED)
    turned = _TURNS & set(words[last:]) and any(
        hit.at >= last and hit.status in ("interviewing", "assessment", "offer") for hit in hits
    )
    if "offer" in found or turned:
        return "unknown"
    return ended[0]


def _untold(hits: list[_Hit], words: list[str], start: int, end: int) -> set[str]:
    """The words of a stretch that no phrase holds."""
    told = {place for hit in hits for place in range(hit.at, hit.end)}
    return {words[place] for place in range(max(0, start), end) if place not in told}


def _harmless(rest: set[str]) -> bool:
    """Whether nothing beside an offer says whose it is, or that it came to nothing."""
    strange = {word for word in rest if not any(map(str.isdigit, word))} - _BESIDE_OFFER - _MONTHS
    return not strange and len(rest) <= _MOST_WORDS


def _told_without_blanks(text: str) -> Status | None:
    """Chinese, Japanese and Korean put no blanks between words: look for the phrases themselves."""
    rest = text.replace(" ", "")
    found: set[Status] = set()
    known = _lists().inside
    for phrase in sorted(known, key=len, reverse=True):
        bare = phrase.replace(" ", "")
        if not bare.isascii() and bare in rest:
            found.add(known[phrase])
            rest = rest.replace(bare, "\n")
    if not found:
        return None
    if re.search(
        r"(?:没|没有|未|无|無|不)\n", rest
    ):  # something that the lists do not know denies it
        return "unknown"
    ended = [status for status in ENDED if status in found]
    if ended:
        return "unknown" if "offer" in found else ended[0]
    return "offer" if "offer" in found else next(s for s in _REACHED if s in found)


def _misspelled(text: str) -> Status | None:
    """The status that a short word with a typing error stands for, if all near ones agree."""
    from rapidfuzz import fuzz, process

    words = text.split()
    if not 5 <= len(text) <= 30 or len(words) > 3 or (_DENIALS | _ELSE) & set(words):
        return None
    squeezed = re.sub(r"(.)\1+", r"\1", text)  # "reeejected"
    if squeezed in _lists().whole:
        return _lists().whole[squeezed]
    known = _lists().long
    near = {
        _lists().whole[phrase]
        for asked in {text, squeezed}
        for phrase, *_ in process.extract(asked, known, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    }
    return near.pop() if len(near) == 1 else None
