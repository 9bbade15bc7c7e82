"""The names that a template may use, each a fact in words, or the question for it."""

from collections.abc import Mapping, Sequence
from typing import Any

from coachkit.notes._doubts import concerns, doubt_in
from coachkit.notes._facts import Facts, KeyAnswer
from coachkit.notes._language import Language
from coachkit.notes._said import (
    first_name,
    formal_name,
    jotting,
    name_of,
    provided,
    sentence,
    small,
    subjects,
    text_of,
)
from coachkit.notes._values import Gap, Sample

#: A line that ends here ends in the note, too; everywhere else lines of a paragraph run on.
BREAK = "\u2028"
#: Every name that a template may use.
NAMES = frozenset(
    (
        "agreed",
        "attached",
        "client",
        "day_met",
        "due",
        "employer",
        "formality",
        "greeting",
        "interviewer",
        "interviewer_spoken",
        "kept",
        "kept_count",
        "linked",
        "listed",
        "missing",
        "pace",
        "phone",
        "point",
        "promised",
        "promised_passed",
        "provides",
        "role",
        "sample",
        "seed",
        "sign_off",
        "topic",
        "topics",
        "turn",
        "when",
        "when_said",
    )
)


class Missing:
    """A fact that is not known: false in a condition, its gap where it is printed."""

    __slots__ = ("_gap", "_noted")

    def __init__(self, gap: Gap, noted: dict[str, Gap]) -> None:
        self._gap, self._noted = gap, noted

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        self._noted.setdefault(self._gap.key, self._gap)
        return self._gap.mark


class Asking:
    """Gives facts, or what stands in for them; remembers which gaps the note shows."""

    def __init__(self, language: Language, answers: Mapping[str, str]) -> None:
        self._language = language
        self._answers = answers
        self.shown: dict[str, Gap] = {}

    def answer(self, key: str) -> str | None:
        """What the client answered, if anything; an empty text leaves the fact out."""
        if key not in self._answers:
            return None
        return text_of(self._answers[key]) or ""

    def gap(self, key: str, asks: str, *, optional: bool = False, **facts: str) -> Missing:
        """The place of a fact that is not known; ``asks`` names the question for it."""
        asked = self._language.ask(asks, facts)
        return Missing(Gap(key, asked, optional), self.shown)


def employer_names(
    facts: Facts, language: Language, asking: Asking, samples: Sequence[Sample], kind: str
) -> dict[str, Any]:
    """The names in a note to an employer."""
    employer = facts.employer or asking.answer("employer") or asking.gap("employer", "employer")
    known = facts.employer or "this employer"
    role = facts.role or asking.answer("role") or asking.gap("role", "role", employer=known)
    name = (facts.person.name if facts.person else None) or name_of(asking.answer("interviewer"))
    person = name or language.words["questions"]["person_unknown"]
    jotted = (facts.person.topics if facts.person else None) or asking.answer("topics")
    topics = asking.gap("topics", "topics", person=person)
    promised = facts.promised_on if kind == "thank_you" else facts.standing.promised_on
    if kind == "thank_you" and promised and promised < facts.today:
        promised = None
    attached = [language.titled(sample.title) for sample in samples if not sample.is_link]
    linked = [
        language.titled(sample.title, sample.location) for sample in samples if sample.is_link
    ]
    return {
        "client": facts.client,
        "employer": employer,
        "role": role,
        "interviewer": name or asking.gap("interviewer", "interviewer", employer=known),
        "interviewer_spoken": _greeted(facts, name)
        or asking.gap("interviewer", "interviewer", employer=known),
        "greeting": _greeting(facts, language, name, asking, known),
        "sign_off": _sign_off(facts, language),
        "when": language.when(facts.met_on, facts.today, facts.country),
        "when_said": _by_its_name(language.when, facts),
        "day_met": _by_its_name(language.when, facts, bare=True),
        "topics": subjects(jotted, str(language.words["joining"]["and"])) or topics,
        "topic": subjects(jotted, "", 1) or topics,
        "provides": provided(facts.answer_more),
        "promised": language.day(promised, facts.country) if promised else None,
        "promised_passed": bool(promised and promised < facts.today),
        "point": _point(facts, asking, person) if kind == "thank_you" else None,
        "attached": language.both(attached) or None,
        "linked": language.both(linked) or None,
        "sample": _sample(asking, samples, person) if kind == "thank_you" else None,
        "phone": _phone(asking),
        "pace": facts.pace,
        "formality": facts.voice.formality,
    }


def client_names(
    client: str, voice: tuple[str, str], coach: str | None, language: Language
) -> dict[str, Any]:
    """The names in a message to the client."""
    greeting, sign_off = voice
    return {
        "client": client,
        "greeting": f"{greeting} {first_name(client)}," if client else f"{greeting},",
        "sign_off": f"{sign_off},{BREAK}{coach}" if coach else sign_off,
        "listed": listed,
    }


def listed(lines: Sequence[str]) -> str:
    """Lines as a list, one under the other."""
    return BREAK.join(f"- {line}" for line in lines)


def _greeted(facts: Facts, name: str | None) -> str | None:
    if name is None:
        return None
    return formal_name(name) if facts.voice.formality == "formal" else first_name(name)


def _greeting(
    facts: Facts, language: Language, name: str | None, asking: Asking, employer: str
) -> str:
    """``Dear Dr. Chen,``; the comma that a client's own greeting ends with is not doubled."""
    word = facts.voice.greeting or str(language.words["greeting"][facts.voice.formality])
    whom = _greeted(facts, name) or asking.gap("interviewer", "interviewer", employer=employer)
    return f"{word.rstrip(' ,')} {whom},"


def _sign_off(facts: Facts, language: Language) -> str:
    words = facts.voice.sign_off or str(language.words["sign_off"][facts.voice.formality])
    return f"{words.rstrip(' ,')},{BREAK}{facts.client}"


def _by_its_name(when: Any, facts: Facts, *, bare: bool = False) -> str:
    """The day as it is named some days later, when the card is read: never today or yesterday."""
    ago = (facts.today - facts.met_on).days
    seen = facts.today if ago > 1 else facts.met_on.fromordinal(facts.met_on.toordinal() + 2)
    told = str(when(facts.met_on, seen, facts.country))
    return told.split(" ", 1)[1] if bare and " " in told else told


def _sample(asking: Asking, samples: Sequence[Sample], person: str) -> str | Missing | None:
    """What the client would show where nothing may be shown yet."""
    if samples:
        return None
    answer = asking.answer("sample")
    if answer is not None:
        return sentence(answer) if answer else None
    return _AlwaysAsked(asking.gap("sample", "sample", optional=True, person=person))


def _phone(asking: Asking) -> str | Missing | None:
    answer = asking.answer("phone")
    if answer is not None:
        return answer or None
    return _AlwaysAsked(asking.gap("phone", "phone", optional=True))


class _AlwaysAsked(Missing):
    """A gap that a condition lets through."""

    __slots__ = ()

    def __init__(self, missing: Missing) -> None:
        super().__init__(missing._gap, missing._noted)

    def __bool__(self) -> bool:
        return True


def _point(facts: Facts, asking: Asking, person: str) -> dict[str, Any] | None:
    """The one answer that the note betters: for each person met another one.

    A doubt about the client's qualifications comes first (it is the answer to amplify), together
    with the key answer that speaks to it, if there is one.
    """
    points = _points(facts, asking)
    if facts.place < len(points):
        return points[facts.place]
    if points:
        return None  # said to the others already
    answer = asking.answer("answer")
    if answer is not None:
        return _amplified(sentence(answer)) if answer else None
    return _amplified(asking.gap("answer", "answer", optional=True, person=person))


def _amplified(answer: str | Missing) -> dict[str, Any]:
    return {
        "kind": "amplify",
        "question": None,
        "about": None,
        "whether": False,
        "answer": answer,
    }


def _points(facts: Facts, asking: Asking) -> list[dict[str, Any]]:
    """What the notes of a visit better: the doubt first, then the other key answers in order."""
    doubt = doubt_in(facts.answer_fit)
    key_answers = list(facts.key_answers)
    points: list[dict[str, Any]] = []
    if doubt is not None:
        suits = next((one for one in key_answers if _speaks_to(one, doubt)), None)
        answered = asking.answer("doubt")
        if suits is not None:
            key_answers.remove(suits)
        answer: str | Missing = sentence(answered) if answered else ""
        if not answered and suits is not None and suits.better:
            answer = sentence(suits.better)
        elif answered is None:
            answer = asking.gap("doubt", "doubt", optional=True, doubt=doubt.said)
        if answer != "":
            about = doubt.about and (doubt.about if doubt.whether else small(jotting(doubt.about)))
            said: dict[str, Any] = {
                "kind": "doubt",
                "question": None,
                "about": about,
                "whether": doubt.whether,
            }
            points.append(said | {"answer": answer})
    points += [point for one in key_answers if (point := _bettered(one, asking))]
    return points


def _speaks_to(answer: KeyAnswer, doubt: Any) -> bool:
    return bool(answer.better) and concerns(doubt, answer.question, answer.better)


def _bettered(one: KeyAnswer, asking: Asking) -> dict[str, Any] | None:
    answer: str | Missing | None = sentence(one.better) if one.better else None
    if answer is None:
        if one.question is None:
            return None
        given = asking.answer("better_answer")
        if given == "":
            return None
        answer = (
            sentence(given)
            if given
            else asking.gap("better_answer", "better_answer", optional=True, question=one.question)
        )
    return {
        "kind": one.treatment,
        "question": one.question,
        "asked": one.question and one.question.rstrip("."),
        "about": None,
        "whether": False,
        "answer": answer,
    }
