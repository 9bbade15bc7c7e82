"""What a note's shape gives away: gaps, thanks, length, shouting, and whom it names."""

import re
from collections.abc import Iterator

from coachkit.notes._check import Finding, Known, Severity, finding
from coachkit.notes._names import two_employers, wrong_names
from coachkit.notes._phrases import lexicon
from coachkit.notes._reading import Read, Span
from coachkit.notes._values import MOST_SAMPLES

_CAPITALS = re.compile(r"(?<![\w'])[A-Z][A-Z']*(?![\w'])")
_LINKS = re.compile(r"(?:https?://|www\.)[^\s<>\"')]+", re.IGNORECASE)
#: Words from which a note is a little, and far, too long for its kind.
_LENGTHS = {
    "thank_you": (200, 320),
    "card": (70, 120),
    "follow_up": (160, 280),
    "call": (95, 170),
    "closing": (160, 280),
    "weekly": (260, 400),
}
#: So short that a note without anybody's name, or without anything particular, was sent to all.
_CURT, _SHORT = 25, 45


def _mark(name: str) -> re.Pattern[str]:
    return lexicon().marks[name]


def _gaps(note: Read, kind: str, known: Known) -> Iterator[Finding]:
    for found in _mark("gaps").finditer(note.plain):
        span = Span(found.start(), found.end(), found[0])
        yield finding(note, "gap", "serious", span, "Fill it in, or take the sentence out.")


def _names(note: Read, kind: str, known: Known) -> Iterator[Finding]:
    """A note to nobody, from nobody."""
    if kind == "weekly" or (note.recipient and note.sender):
        return
    greeted_nobody = _greets_nobody(note)
    nobody = not note.recipient and not note.sender
    curt = note.words < _CURT
    severity: Severity = "hint"
    if nobody and (note.words < _SHORT or (note.greeting and greeted_nobody)):
        severity = "serious"
    if curt and not note.recipient:
        severity = "serious"
    if not note.recipient:
        advice = "Greet the person you met by name, such as “Dear Ms. Whitfield,”."
        span = note.greeting or note.first
        if greeted_nobody:
            advice = f"You met somebody: write their name. {advice}"
        yield finding(note, "no_name", severity, span, advice)
    elif kind != "call":
        last = note.sentences[-1] if note.sentences else note.first
        yield finding(note, "no_name", "hint", last, "Close with your own name.")


def _greets_nobody(note: Read) -> bool:
    """Whether it greets a post or a roomful, where somebody was met."""
    return bool(note.greeting and _mark("greeted_nobody").search(note.greeting.text))


def _no_thanks(note: Read, kind: str, known: Known) -> Iterator[Finding]:
    if kind == "weekly" or _mark("thanks").search(note.body):
        return
    behind = note.plain[note.closing_at :]
    must = kind in ("thank_you", "card") and not _mark("following_up").search(note.body)
    severity: Severity = "serious" if must and not _mark("thanks").search(behind) else "hint"
    advice = "Thank them for their time, in the first sentence."
    yield finding(note, "no_thanks", severity, note.first, advice)


def _particulars(note: Read) -> set[str]:
    """Words that could not stand in every note: names inside a sentence, figures, the work."""
    stock = lexicon().stock_words
    found = set()
    for sentence in note.sentences:
        for place, word in enumerate(re.findall(r"[\w'-]+", sentence.text)):
            name = (
                place > 0 and word[0].isupper() and word not in ("I", "I'm", "I'd", "I've", "I'll")
            )
            long = len(word) >= 4 and word.lower().rstrip("'s") not in stock
            if (name or long or word[0].isdigit()) and word.lower() not in stock:
                found.add(word.lower())
    return found


def _no_specific(note: Read, kind: str, known: Known) -> Iterator[Finding]:
    told = len(_particulars(note))
    if kind == "weekly" or told >= 3:
        return
    to_anybody = kind in ("thank_you", "card") and _greets_nobody(note)
    curt = note.words < _CURT - 5 and told < 2
    severity: Severity = "serious" if curt or to_anybody else "hint"
    advice = "Name one thing that you talked about: nobody else could have written that."
    yield finding(note, "no_specific", severity, note.first, advice)


def _too_long(note: Read, kind: str, known: Known) -> Iterator[Finding]:
    some, far = _LENGTHS[kind]
    if note.words <= some:
        return
    words = list(re.finditer(r"\S+", note.plain))
    over = words[min(some, len(words) - 1)]
    span = Span(over.start(), words[min(some + 11, len(words) - 1)].end(), "")
    advice = f"{note.words} words: a note of this kind wants {some} at most. Stop here, or sooner."
    yield finding(note, "too_long", "serious" if note.words > far else "hint", span, advice)


def _samples(note: Read, kind: str, known: Known) -> Iterator[Finding]:
    advice = f"Show one or two pieces of your work, never more than {MOST_SAMPLES}."
    links = [link for link in _LINKS.finditer(note.plain) if link.start() < note.closing_at]
    if len(links) > MOST_SAMPLES:
        span = Span(links[MOST_SAMPLES].start(), links[MOST_SAMPLES].end(), "")
        yield finding(note, "too_many_samples", "serious", span, advice)
    for sentence in note.sentences:
        if _mark("many_samples").search(sentence.text) or _many_pieces(sentence.text):
            yield finding(note, "too_many_samples", "serious", sentence, advice)


def _many_pieces(sentence: str) -> bool:
    attaching = _mark("attaching").search(sentence)
    if attaching is None:
        return False
    pieces = _mark("pieces_of_work").findall(sentence, attaching.end())
    return len(pieces) > MOST_SAMPLES


def _chasers(note: Read, kind: str, known: Known) -> Iterator[Finding]:
    """Stock phrases that chase; a note that says more around them may keep them."""
    advice = (
        "Say what you want to know and why you write: “Could you tell me how your timeline looks?”"
    )
    thanks, is_specific = _thanks_in_words(note), len(_particulars(note)) >= 3
    is_interested = bool(_mark("interest").search(note.body))
    warm = thanks or is_interested
    cared = thanks or note.words > _SHORT or (note.recipient is not None and is_specific)
    substance = (
        (note.recipient is not None)
        + (note.sender is not None)
        + thanks
        + is_interested
        + is_specific
        + (note.words >= 35)
    )
    for sentence in note.sentences:
        if _mark("did_you_get").search(sentence.text):
            yield finding(note, "chaser", "serious", sentence, advice)
        elif _mark("chasers").search(sentence.text):
            severity: Severity = "hint" if warm and substance >= 4 else "serious"
            yield finding(note, "chaser", severity, sentence, advice)
        elif _mark("mild_chasers").search(sentence.text):
            gently = warm or bool(_mark("patient").search(note.body))
            severity = "hint" if gently and cared and substance >= 3 else "serious"
            yield finding(note, "chaser", severity, sentence, advice)
        elif (
            not warm
            and substance < 4
            and kind != "closing"
            and _mark("pressing").search(sentence.text)
        ):
            yield finding(note, "chaser", "serious", sentence, advice)


def _thanks_in_words(note: Read) -> bool:
    """Whether it thanks in a sentence, not with a bare word."""
    return any(
        _mark("thanks").search(span.text) and len(span.text.split()) > 3 for span in note.sentences
    )


def _shouting(note: Read, kind: str, known: Known) -> Iterator[Finding]:
    letters = [letter for letter in note.plain if letter.isalpha()]
    if note.words >= 5 and sum(map(str.isupper, letters)) > 0.8 * len(letters):
        last = note.sentences[-1] if note.sentences else note.first
        yield finding(note, "shouting", "serious", _through(note, note.first, last), _QUIETLY)
        return
    shouted = lexicon().shouted_words
    for sentence in note.sentences:
        loud = [
            word
            for word in _CAPITALS.findall(sentence.text)
            if word.lower() in shouted and word not in ("I", "A")
        ]
        marks = re.search(r"[!?]{2,}", sentence.text)
        thanks = set(loud) <= {"THANK", "YOU", "THANKS", "SO", "MUCH", "VERY"} and len(loud) < 4
        many = marks and (len(marks[0]) >= 3 or "?" in marks[0])
        if (len(loud) >= 2 and not thanks) or many:
            yield finding(note, "shouting", "serious", sentence, _QUIETLY)
        elif loud or marks:
            yield finding(note, "shouting", "hint", sentence, _QUIETLY)


def _through(note: Read, first: Span, last: Span) -> Span:
    """All that stands from one place through another."""
    return Span(first.start, last.end, note.plain[first.start : last.end])


_QUIETLY = "Write it in small letters, with one mark at the end."


def _lower_case(note: Read, kind: str, known: Known) -> Iterator[Finding]:
    sentences = note.sentences
    if (
        note.greeting
        and sentences
        and "\n" not in note.plain[note.greeting.end : sentences[0].start]
    ):
        sentences = sentences[1:]  # it goes on after the greeting's comma
    starts = [
        (span, first[0])
        for span in sentences
        if (first := re.search(r"[^\W\d_]", span.text))
        and not span.text.startswith(("http", "www"))
    ]
    small = [span for span, letter in starts if letter.islower()]
    alone = re.search(r"(?<![\w.'@/-])i(?:'(?:m|d|ll|ve))?(?![\w.'@/-])", note.body)
    advice = "Begin sentences and names with a capital letter, and write I."
    if not small and not alone:
        return
    all_small = len(small) == len(starts) and (alone or len(small) > 1 or not note.sender)
    many = len(small) >= 2 and len(small) >= 0.6 * len(starts)
    if all_small or (alone and many):
        span = small[0] if small else note.first
        if note.greeting and note.greeting.text[:1].islower():
            span = _through(note, note.greeting, span)
        yield finding(note, "lower_case", "serious", span, advice)
    elif alone:
        span = next(one for one in note.sentences if re.search(r"\bi\b", one.text))
        yield finding(note, "lower_case", "hint", span, advice)


def _device(note: Read, kind: str, known: Known) -> Iterator[Finding]:
    for found in _mark("device").finditer(note.plain):
        span = Span(found.start(), found.end(), found[0])
        yield finding(note, "device", "serious", span, "Take the telephone's signature out.")


def _texting(note: Read, kind: str, known: Known) -> Iterator[Finding]:
    found = list(_mark("texting").finditer(note.plain))
    words = {one[0] for one in found}
    severity: Severity = "serious" if len(words) >= 2 or words & {"u", "ur"} else "hint"
    for one in found[:1]:
        span = next((s for s in note.sentences if s.start <= one.start() < s.end), None)
        span = span or Span(one.start(), one.end(), one[0])
        yield finding(note, "texting", severity, span, "Write the words out.")


def _sour(note: Read, kind: str, known: Known) -> Iterator[Finding]:
    """Words of anger and contempt: one may be a slip, two are the note's tone."""
    own = [span for span in note.sentences if not _mark("others").search(span.text)]
    said = [
        (span, word[0].lower()) for span in own for word in _mark("sour_words").finditer(span.text)
    ]
    if len({word for _, word in said}) >= 2:
        advice = "The note sounds bitter. Thank them, and say what you look forward to."
        yield finding(note, "sour", "serious", said[0][0], advice)


RULES = (
    _gaps,
    _names,
    _no_thanks,
    _no_specific,
    _too_long,
    _samples,
    _chasers,
    _shouting,
    _lower_case,
    _device,
    _texting,
    _sour,
    wrong_names,
    two_employers,
)
