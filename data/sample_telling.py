"""How the sample practice's searches unfold: chance, days, and what is written down.

Chance is ``random.Random`` with one seed per opportunity, read through ``random()`` alone, so that
the same comes out everywhere and a change to one story leaves the others as they are.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import sample_texts as texts
from sample_clients import FIELDS, UNI, YEAR, Client, Habits, Search
from sample_stories import Heard, Met, Sent, Story

SEED = 2026
AS_OF = datetime(2026, 10, 14, 16, tzinfo=UTC)
DAY = timedelta(days=1)
WINDOW_DAYS = 2
GRACE_DAYS = 1

#: Days on which nobody of the sample works, month-day. Frozen here, so that a newer holiday
#: calendar does not rewrite the sample; of other countries only the weekends count.
HOLIDAYS = {
    "US": "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12",
    "CA": "01-01 04-03 05-18 07-01 09-07 09-30 10-12",
    "GB": "01-01 04-03 04-06 05-04 05-25 08-31",
    "DE": "01-01 04-03 04-06 05-01 05-14 05-25 10-03",
    "NZ": "01-01 01-02 02-06 04-03 04-06 04-27 06-01 07-10 10-26",
    "AU": "01-01 01-26 04-03 04-06",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

Option = TypeVar("Option")


class Draw:
    """Chance that comes out alike everywhere: ``Random.random()`` is all it reads."""

    def __init__(self, *names: str) -> None:
        self._random = random.Random("/".join((str(SEED), *names)))

    def share(self) -> float:
        """A number from 0 up to 1."""
        return self._random.random()

    def happens(self, share: float) -> bool:
        """True in this share of all cases."""
        return self.share() < share

    def pick(self, options: Sequence[Option]) -> Option:
        """One of the options, each as likely as the next."""
        return options[int(self.share() * len(options))]

    def between(self, first: int, last: int) -> int:
        """A whole number, both ends included."""
        return first + int(self.share() * (last - first + 1))


@dataclass
class Interview:
    """A visit held, planned or cancelled; ``answers`` are those to the four closing questions."""

    held_at: datetime
    ended_at: datetime | None
    promised_by: date | None = None
    time_known: bool = True
    cancelled: bool = False
    debriefed: bool = False
    answers: tuple[str | None, ...] = (None, None, None, None)
    id: int = 0


@dataclass
class Contact:
    """A touch, either way."""

    at: datetime
    direction: str
    channel: str
    kind: str
    interview: Interview | None = None
    promised_by: date | None = None
    needs_answer: bool | None = None
    time_known: bool = True
    id: int = 0


@dataclass
class Opportunity:
    """One client, one role at an employer, and all that happened."""

    client: Client
    told: Search | Story
    outcome: str = "open"
    outcome_at: datetime | None = None
    interviews: list[Interview] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    id: int = 0

    @property
    def zone(self) -> ZoneInfo:
        """The client's zone: whose days count."""
        return ZoneInfo(self.client.timezone)

    @property
    def country(self) -> str | None:
        """Whose holidays count."""
        return self.told.country or self.client.country

    def sent(
        self, at: datetime, kind: str, channel: str = "email", about: Interview | None = None
    ) -> Contact:
        """Write down a contact from client to employer."""
        self.contacts.append(Contact(at, "out", channel, kind, about))
        return self.contacts[-1]

    def heard(
        self, at: datetime, channel: str, promised: date | None = None, *, asks: bool = False
    ) -> Contact:
        """Write down a contact from the employer."""
        contact = Contact(at, "in", channel, "reply", promised_by=promised, needs_answer=asks)
        self.contacts.append(contact)
        return contact


def day_of(text: str) -> date:
    """``02-18``, or the day of ``02-18 10:00``."""
    month, day = text[:5].split("-")
    return date(YEAR, int(month), int(day))


def moment(text: str, zone: ZoneInfo) -> datetime:
    """A local time such as ``10-08 14:00``; noon where only the day is known."""
    clock = time.fromisoformat(text[6:]) if names_time(text) else time(12)
    return datetime.combine(day_of(text), clock, zone)


def names_time(text: str) -> bool:
    """Whether more than the day is known."""
    return len(text) > len("02-18")


def spoken(day: date) -> str:
    """``Friday 23 October``, in English wherever it runs."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def is_business_day(day: date, country: str | None) -> bool:
    """Monday to Friday and no holiday of the country."""
    closed = HOLIDAYS.get((country or "")[:2], "").split()
    return day.weekday() < 5 and f"{day:%m-%d}" not in closed


def business_day(day: date, country: str | None, later: int = 0) -> date:
    """The first business day on or after ``day``, or the one so many business days later."""
    while True:
        if is_business_day(day, country):
            if later == 0:
                return day
            later -= 1
        day += DAY


def habits_on(client: Client, day: date) -> Habits:
    """The client's habits on a day: some learn."""
    if client.once and client.changed_on and day < day_of(client.changed_on):
        return client.once
    return client.habits


class Telling:
    """An ordinary search, told day by day as its client's habits have it."""

    def __init__(self, opportunity: Opportunity, search: Search) -> None:
        self.opportunity = opportunity
        self.search = search
        self.draw = Draw(search.client, search.employer)
        self.field = FIELDS[search.field]
        self.habits = habits_on(opportunity.client, day_of(search.first_day))
        self.promise: date | None = None

    def tell(self) -> None:
        """From the first interview to the end."""
        day = day_of(self.search.first_day)
        for rounds_left in reversed(range(self.search.rounds)):
            since = self.thank(self.meet(self.open_day(day)))
            if rounds_left:
                word_on = self.await_word(since)
                day = self.invited(word_on or since)
            elif self.search.end == "withdrawn":
                self.withdraw(since)
            else:
                self.close(self.await_word(since, silent=self.search.end == "let_go"))

    def open_day(self, day: date, later: int = 0) -> date:
        """``business_day`` at this employer."""
        return business_day(day, self.opportunity.country, later)

    def at(self, day: date, first_hour: int = 9, last_hour: int = 16) -> datetime:
        """Some minute of a day's working hours."""
        clock = time(self.draw.between(first_hour, last_hour), self.draw.between(0, 59))
        return datetime.combine(day, clock, self.opportunity.zone)

    def meet(self, day: date) -> Interview:
        """An interview on a day; now and then it is called off first and held days later."""
        if self.draw.happens(0.03):
            called_off = self.visit(day)
            called_off.cancelled, called_off.ended_at = True, None
            day = self.open_day(day + self.draw.between(3, 7) * DAY)
        interview = self.visit(day)
        if self.draw.happens(0.34):
            shortest, longest = (28, 40) if self.search.field == UNI else (5, 12)
            days = self.draw.between(shortest, longest)
            interview.promised_by = self.open_day(day + days * DAY)
        interview.debriefed = self.draw.happens(self.habits.writes_answers_down)
        self.promise = interview.promised_by
        return interview

    def visit(self, day: date) -> Interview:
        """Begins on a quarter hour; the end is not always noted."""
        clock = time(
            self.draw.pick((9, 10, 10, 11, 13, 14, 14, 15)), self.draw.pick((0, 0, 15, 30))
        )
        held_at = datetime.combine(day, clock, self.opportunity.zone)
        minutes = self.draw.pick((30, 45, 45, 60, 60, 75, 90))
        ended_at = held_at + timedelta(minutes=minutes) if self.draw.happens(0.88) else None
        self.opportunity.interviews.append(Interview(held_at, ended_at))
        return self.opportunity.interviews[-1]

    def thank(self, interview: Interview) -> date:
        """Thank in time, late or never; the day from which the client waits."""
        ended_at = interview.ended_at or interview.held_at
        last_at, lot = ended_at, self.draw.share()
        if lot < self.habits.thanks_in_time + self.habits.thanks_late:
            if lot >= self.habits.thanks_in_time:
                last_at = self.at(ended_at.date() + self.draw.between(2, 4) * DAY, 9, 20)
            elif self.draw.happens(0.25):
                last_at = self.at(ended_at.date() + DAY, 7, 7)
            else:
                last_at = ended_at + timedelta(minutes=self.draw.between(70, 260))
            about = interview if self.draw.happens(0.8) else None
            self.opportunity.sent(last_at, "thank_you", about=about)
        if self.draw.happens(self.habits.sends_card):
            posted_at = self.at(ended_at.date() + self.draw.between(0, 1) * DAY, 18, 19)
            self.opportunity.sent(posted_at, "thank_you", "card", interview)
        return last_at.date()

    def await_word(self, since: date, *, silent: bool = False) -> date | None:
        """Follow up until the employer has word of how it goes on; its day, None if none comes."""
        needed = self.draw.pick((0, 0, 0, 1, 1, 1, 2))
        sent, stalls = 0, True
        while True:
            follow_on = self.next_follow_up(since, sent)
            word_on = None if silent else self.next_word(since, sent, needed)
            if word_on and (follow_on is None or word_on <= follow_on):
                if not (stalls and self.draw.happens(0.12)):
                    return word_on
                since, sent, needed, stalls = self.stalled(word_on), 0, 0, False
            elif follow_on:
                self.follow_up(follow_on, sent)
                since, sent = follow_on, sent + 1
            elif silent:
                return None
            else:
                return self.open_day(since + self.draw.between(9, 16) * DAY)

    def next_word(self, since: date, sent: int, needed: int) -> date | None:
        """The day on which the employer would answer by itself, None if it wants asking first."""
        if sent < needed:
            return None
        longest = 5 if sent else max(2, self.field.wait_days)
        return self.open_day(since + self.draw.between(1, longest) * DAY)

    def next_follow_up(self, since: date, sent: int) -> date | None:
        """The day on which this client would follow up next, None if never."""
        habits, lot = self.habits, self.draw.share()
        if sent >= self.field.max_unanswered:
            goes_on = sent < 5 and lot < habits.goes_on
            return self.open_day(since + self.draw.between(1, 3) * DAY) if goes_on else None
        ready = self.ready_on(since, sent)
        if lot < habits.follows_on_time:
            return self.open_day(ready, self.draw.pick((0, 0, 0, 1, 1, WINDOW_DAYS)))
        lot -= habits.follows_on_time
        if lot < habits.follows_too_soon:
            longest = max(1, (ready - since).days - 2)
            return self.open_day(since + self.draw.between(1, longest) * DAY)
        lot -= habits.follows_too_soon
        if lot < habits.follows_late:
            return self.open_day(ready, WINDOW_DAYS + self.draw.between(1, 4))
        return None

    def ready_on(self, since: date, sent: int) -> date:
        """The first day on which a follow-up would not be too soon."""
        ready = since + (self.field.later_wait_days if sent else self.field.wait_days) * DAY
        if self.promise is None:
            return ready
        grace = self.promise + GRACE_DAYS * DAY
        return max(grace, since + DAY if sent == 0 and self.promise >= since else ready)

    def follow_up(self, day: date, sent: int) -> None:
        """By the field's channel; a voicemail is often doubled by an e-mail the same hour."""
        channel = self.field.channels[min(sent, len(self.field.channels) - 1)]
        at = self.at(day)
        if channel == "call" and self.draw.happens(0.4):
            self.opportunity.sent(at, "follow_up", "voicemail")
            at, channel = at + timedelta(minutes=self.draw.between(8, 40)), "email"
        self.opportunity.sent(at, "follow_up", channel)

    def stalled(self, day: date) -> date:
        """The employer asks for something, or names a new day; from when the client waits again."""
        if self.draw.happens(0.5):
            self.opportunity.heard(self.at(day), "email", asks=True)
            day = self.open_day(day + self.draw.between(1, 2) * DAY)
            self.opportunity.sent(self.at(day), "answer")
        else:
            self.promise = self.open_day(day + self.draw.between(4, 8) * DAY)
            self.opportunity.heard(self.at(day), "email", self.promise)
        return day

    def invited(self, day: date) -> date:
        """Asked back, which is not always written down; the day of the next interview."""
        if self.draw.happens(0.84):
            at = self.at(day)
            self.opportunity.heard(at, self.draw.pick(("email", "email", "call")))
            if self.draw.happens(0.3):
                self.opportunity.sent(at + timedelta(minutes=self.draw.between(15, 170)), "other")
        return day + self.draw.between(3, 9) * DAY

    def withdraw(self, since: date) -> None:
        """The client thinks better of it and says so."""
        at = self.at(self.open_day(since + self.draw.between(1, 3) * DAY))
        self.opportunity.sent(at, "other")
        self.opportunity.outcome, self.opportunity.outcome_at = "withdrawn", at

    def close(self, word_on: date | None) -> None:
        """Word of an offer or a rejection; without any, the coach lets it go."""
        one, offered = self.opportunity, self.search.end == "offer"
        if word_on is None:
            last_at = max(
                [visit.held_at for visit in one.interviews] + [c.at for c in one.contacts]
            )
            silence = 7 * self.field.let_go_weeks + self.draw.between(0, 6)
            one.outcome = "let_go"
            one.outcome_at = self.at(self.open_day(last_at.date() + silence * DAY))
            return
        at = self.at(word_on)
        one.heard(at, "call" if offered else self.draw.pick(("email", "email", "call")))
        one.outcome, one.outcome_at = "offer" if offered else "rejected", at
        if offered or self.draw.happens(0.2):
            one.sent(self.at(self.open_day(word_on + DAY)), "other")


def lead_up(opportunity: Opportunity) -> None:
    """Application, invitation and a yes before the first interview; some of it was written down."""
    draw = Draw(opportunity.told.client, opportunity.told.employer, "lead-up")

    def at(day: date, last_hour: int) -> datetime:
        clock = time(draw.between(9, last_hour), draw.between(0, 59))
        return datetime.combine(day, clock, opportunity.zone)

    first_day = opportunity.interviews[0].held_at.date()
    invited_on = business_day(first_day - draw.between(5, 9) * DAY, opportunity.country)
    applied_on = invited_on - draw.between(5, 14) * DAY
    if draw.happens(0.47):
        opportunity.sent(at(applied_on, 20), "other", draw.pick(("email", "other")))
    if draw.happens(0.52):
        invited_at = at(invited_on, 16)
        opportunity.heard(invited_at, draw.pick(("email", "email", "call")))
        if draw.happens(0.55):
            opportunity.sent(invited_at + timedelta(minutes=draw.between(12, 140)), "other")


def tell_story(opportunity: Opportunity, story: Story) -> None:
    """Write a hand-told story down as it stands."""
    for event in story.events:
        at = moment(event.at, opportunity.zone)
        if isinstance(event, Met):
            opportunity.interviews.append(visit_of(event, at))
        elif isinstance(event, Sent):
            names_visit = event.kind == "thank_you" and not event.unnamed
            about = opportunity.interviews[-1] if names_visit else None
            sent = opportunity.sent(at, event.kind, event.channel, about)
            sent.time_known = names_time(event.at)
        elif isinstance(event, Heard):
            promised = day_of(event.promised) if event.promised else None
            heard = opportunity.heard(at, event.channel, promised, asks=event.asks)
            heard.time_known = names_time(event.at)
    opportunity.outcome = story.outcome
    if story.outcome_at:
        opportunity.outcome_at = moment(story.outcome_at, opportunity.zone)


def visit_of(event: Met, at: datetime) -> Interview:
    """The interview of a story: one still ahead has no end yet, and nothing was asked."""
    there = at <= AS_OF and not event.cancelled
    return Interview(
        at,
        at + timedelta(minutes=event.minutes) if there and event.minutes else None,
        promised_by=day_of(event.promised) if event.promised else None,
        time_known=names_time(event.at),
        cancelled=event.cancelled,
        debriefed=there and event.debriefed,
    )


def debrief(opportunity: Opportunity) -> None:
    """The answers to the four closing questions, as the client wrote them down afterwards."""
    told = opportunity.told
    draw = Draw(told.client, told.employer, "answers")
    asks_all = opportunity.client.habits.writes_answers_down == 1
    for interview in opportunity.interviews:
        if not interview.debriefed:
            continue
        answers: list[str | None] = [
            draw.pick(texts.FIT[told.field]),
            draw.pick(texts.STEPS),
            draw.pick(texts.MORE),
            draw.pick(texts.TIMELINE_VAGUE),
        ]
        if interview.promised_by:
            day = spoken(interview.promised_by)
            answers[3] = draw.pick(texts.TIMELINE_PROMISED).format(day=day)
        for place in range(3 if interview.promised_by else 4):
            if not asks_all and draw.happens(0.2):
                answers[place] = texts.NOT_ASKED if draw.happens(0.6) else None
        interview.answers = tuple(answers)
