"""The plain sentence behind every date: the rule, the dates and the numbers it rests on."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from coachkit import errors, terms
from coachkit._arrays import NO_DAY, NOT_A_TIME
from coachkit._calendars import holiday_names
from coachkit._days_in_words import full_day
from coachkit._events import DAY_ONLY, INBOUND, KIND, Scene

_EPOCH = date(1970, 1, 1)
CHANNELS = {
    "email": " by e-mail",
    "call": " by phone",
    "voicemail": " by voicemail",
    "card": " by card",
    "text": " by text message",
    "other": "",
}
_EVENTS = {
    "interview": "the interview",
    "inbound": "their reply",
    "thank_you": "the thank-you",
    "answer": "the answer",
    "other": "the message",
    "follow_up": "the follow-up",
}
Row = Any


class Reasons:
    """Writes the sentences of one scene; years are named only where they are not this year's."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._table = scene.versions.table
        self._fields = scene.caseload.opportunities["field"].cat.categories
        clients = scene.caseload.clients
        self._zones = clients["timezone"].to_list()

    # -- words for days, times and spans ---------------------------------------------------------

    def day(self, day: int, today: int) -> str:
        """``Thu 12 Nov``, with the year where it is not the year of ``today``."""
        on = _EPOCH + timedelta(days=int(day))
        return full_day(on, year=on.year != (_EPOCH + timedelta(days=int(today))).year)

    def time(self, instant: int, opportunity: int) -> str:
        """``Tue 3 Feb, 10:00 New York time``: an instant in the client's zone, which it names."""
        today = self._scene.today[opportunity]
        zone = self._zones[self._scene.client[opportunity]]
        local = datetime.fromtimestamp(instant // 1_000_000, UTC).astimezone(ZoneInfo(zone))
        place = zone.rsplit("/", 1)[-1].replace("_", " ")
        day = self.day((local.date() - _EPOCH).days, today)
        return f"{day}, {local:%H:%M} {place} time"

    def _event(self, row: int, opportunity: int) -> str:
        """``the thank-you of Wed 4 Nov``: one of the stream's events."""
        today = self._scene.today[opportunity]
        kind = terms.ENDINGS[int(self._scene.code[row]) & KIND]
        return f"{_EVENTS[kind]} of {self.day(self.day_of(row, opportunity), today)}"

    def day_of(self, row: int, opportunity: int) -> int:
        """The local day of one of the stream's events."""
        scene = self._scene
        return int(scene.days.of(scene.at[[row]], scene.zone_row[[opportunity]])[0])

    def _field(self, opportunity: int) -> str:
        return str(self._fields[self._scene.field[opportunity]])

    def _by_default(self, row: int, opportunity: int) -> bool:
        own = str(self._table["field"].iloc[row]) == self._field(opportunity)
        return not own

    # -- follow-ups ------------------------------------------------------------------------------

    def channel(self, clock: Row) -> str:
        """The channel that the field suggests for this follow-up; its last for all after that."""
        channels = str(self._table["channels"].iloc[clock.row]).split() or ["email"]
        return channels[min(int(clock.unanswered), len(channels) - 1)]

    def follow_up(self, clock: Row, verdict: str) -> str:
        """Why a follow-up is due on its day, for the agenda."""
        today = self._scene.today[clock.opportunity]
        how = f"Follow up{CHANNELS[self.channel(clock)]}"
        heads = {
            "waiting": f"{how} on {self.day(clock.due_on, today)}",
            "due": f"{how} now ({self.window(clock)})",
            "overdue": f"{how} now, late ({self.window(clock)})",
        }
        return f"{heads[verdict]}: {self.why(clock)}."

    def window(self, clock: Row) -> str:
        """``due Mon 9 Feb, on time until Wed 11 Feb``."""
        today = self._scene.today[clock.opportunity]
        due, until = self.day(clock.due_on, today), self.day(clock.until_on, today)
        return f"due {due}, on time until {until}"

    def why(self, clock: Row) -> str:
        """What sets the day of a follow-up."""
        return self.wait(clock)

    def graded_follow_up(self, clock: Row, verdict: str) -> str:
        """How a follow-up clock was judged, for the record."""
        today = self._scene.today[clock.opportunity]
        head = (
            f"Due {self.day(clock.due_on, today)}, on time until {self.day(clock.until_on, today)}"
        )
        return f"{head}: {self.wait(clock)}. {self._judged(clock, verdict)}."

    def wait(self, clock: Row) -> str:
        """The rule that sets a clock's day, with its numbers, and the closed days that move it."""
        why = self._promise(clock) if self.promise_sets(clock) else self._field_wait(clock)
        closed = self._closed(clock.ready_on, clock.rule_due_on, clock.opportunity)
        return f"{why}; {closed}" if closed else why

    def promise_sets(self, clock: Row) -> bool:
        """Whether the employer's promise, not the field's wait, sets the day of a clock."""
        if clock.promised_on == NO_DAY:
            return False
        if clock.unanswered == 0 and clock.promised_on >= clock.started_on:
            return True
        return bool(clock.promised_on + self._grace(clock) > clock.started_on + clock.wait)

    def _grace(self, clock: Row) -> int:
        return int(self._scene.versions.spans["promise_grace_days"][clock.row])

    def _promise(self, clock: Row) -> str:
        today = self._scene.today[clock.opportunity]
        giver = self._event(clock.promise_event, clock.opportunity)
        by_word = int(self._scene.code[clock.promise_event]) & KIND == INBOUND
        who = f"{giver} promised" if by_word else f"at {giver} they promised"
        why = f"{who} word by {self.day(clock.promised_on, today)}"
        grace = self._grace(clock)
        if clock.promised_on + grace <= clock.started_on:
            why += f", and {self._event(clock.event, clock.opportunity)} is given a day"
        elif grace:
            why += f", and {_count(grace, 'day')} of grace {'is' if grace == 1 else 'are'} allowed"
        return why + self._default_clause(clock.row, clock.opportunity)

    def _field_wait(self, clock: Row) -> str:
        opportunity = clock.opportunity
        days = _count(clock.wait, "day")
        event = self._event(clock.event, opportunity)
        after = f"after {event}"
        if clock.unanswered:
            after += f", with {_count(clock.unanswered, 'follow-up')} unanswered"
        field = self._field(opportunity)
        if self._scene.own_wait[opportunity] >= 0:
            return f"this opportunity has its own wait of {days} {after}"
        if self._by_default(clock.row, opportunity):
            return f"{field} has no waits of its own, so the default holds: {days} {after}"
        return f"{field} waits {days} {after}"

    def _default_clause(self, row: int, opportunity: int) -> str:
        if not self._by_default(row, opportunity):
            return ""
        return f" ({self._field(opportunity)} has no waits of its own, so the default holds)"

    def _closed(self, ready: int, due: int, opportunity: int) -> str:
        """The days without business between the day that the wait ends and the day it is due."""
        today = self._scene.today[opportunity]
        country = self._scene.calendars[self._scene.calendar[opportunity]]
        days = [_EPOCH + timedelta(days=int(day)) for day in range(ready, due)]
        named = [
            f"{self.day((day - _EPOCH).days, today)} is {holiday_names(country, day.year)[day]}"
            for day in days
            if day.weekday() < 5
        ]
        weekend = [self.day((day - _EPOCH).days, today) for day in days if day.weekday() >= 5]
        if weekend:
            verb = "is" if len(weekend) == 1 else "are"
            named.insert(0, f"{errors.listed(weekend, 'and')} {verb} at the weekend")
        return ", ".join(named)

    def _judged(self, clock: Row, verdict: str) -> str:
        today = self._scene.today[clock.opportunity]
        on = self.day(clock.ended_on, today)
        what = {
            "follow_up": f"The follow-up of {on}",
            "thank_you": f"The thank-you of {on}",
            "answer": f"The answer of {on}",
            "other": f"The message of {on}",
            "inbound": f"They got in touch on {on}",
            "interview": f"The next interview was on {on}",
            "outcome": f"It ended on {on}",
        }.get(terms.ENDINGS[clock.ended_by] if clock.ended_by < len(terms.ENDINGS) else "")
        words = {
            "on_time": f"{what} was on time",
            "late": f"{what} came late",
            "superseded": f"{what} took its place",
            "too_soon": f"{what} came too soon, before {self.day(clock.ready_on, today)}",
            "too_many": f"{what} was one too many ({clock.unanswered} without an answer before it)",
            "missed": f"{what}, and none had gone out: missed",
            "not_needed": f"{what}: none was needed",
            "unknown": "Too little was written down to judge it: unknown",
            "waiting": "Not due yet",
            "due": "Due now",
            "overdue": "Overdue",
        }
        if what is None and verdict in ("missed", "not_needed"):
            return (
                "No follow-up went out: missed"
                if verdict == "missed"
                else "An interview is planned"
            )
        return words[verdict]

    def let_go(self, clock: Row) -> str:
        """Why an opportunity is let go on its day."""
        since = self.day(clock.let_go_on, self._scene.today[clock.opportunity])
        head = f"Let it go since {since}, presume no offer and close it kindly"
        return f"{head}: {self.silence(clock)}."

    def silence(self, clock: Row) -> str:
        """What sets the day on which an opportunity is let go."""
        today = self._scene.today[clock.opportunity]
        opportunity, row = clock.opportunity, clock.row
        weeks = int(self._scene.versions.spans["let_go_weeks"][row])
        most = int(self._scene.versions.spans["max_unanswered"][row])
        silent_since = clock.let_go_on - 7 * weeks
        whose = self._field(opportunity)
        if self._by_default(row, opportunity):
            whose = f"the default ({whose} has no waits of its own)"
        if clock.unanswered < most and clock.let_go_on == clock.rule_until_on + 1:
            until = self.day(clock.rule_until_on, today)
            why = f"the follow-up was on time until {until} and never went out"
        elif clock.unanswered >= most and clock.let_go_on == clock.started_on + clock.wait:
            event = self._event(clock.event, opportunity)
            why = f"{_count(clock.wait, 'day')} have passed since {event}"
        else:
            since = self.day(silent_since, today)
            promised = " (the day they promised word by)" * (silent_since == clock.promised_on)
            after = _count(weeks, "week")
            return f"no word since {since}{promised}, and {whose} lets go after {after}"
        return why + self._default_clause(row, opportunity)

    # -- everything else -------------------------------------------------------------------------

    def answer(self, clock: Row) -> str:
        """Why an answer is due."""
        today = self._scene.today[clock.opportunity]
        return (
            f"Answer what they asked for on {self.day(clock.asked_on, today)} by "
            f"{self.day(clock.answer_on, today)}: {self.next_day(clock)}."
        )

    def next_day(self, clock: Row) -> str:
        """What sets the day of an answer, and the closed days that move it."""
        closed = self._closed(clock.asked_on + 1, clock.answer_on, clock.opportunity)
        return f"an answer goes out by the next business day{f'; {closed}' if closed else ''}"

    def thank_you(self, thanks: Row, verdict: str, done_on: int | None = None) -> str:
        """Why a thank-you is due at its deadline, and how it was kept."""
        today = self._scene.today[thanks.opportunity]
        scene, opportunity = self._scene, thanks.opportunity
        stretch = scene.policy_stretch[[opportunity]]
        row = int(scene.versions.at(stretch, scene.at[[thanks.event]])[0])
        hours = _count(int(scene.versions.spans["thank_you_hours"][row]), "hour")
        interview = self._event(thanks.event, opportunity)
        if int(scene.code[thanks.event]) & DAY_ONLY:
            by, since = (
                f"the end of {self.day(thanks.deadline_on, today)}",
                ", whose time is not known",
            )
        else:
            by = self.time(thanks.deadline_at, opportunity)
            visit = scene.held[thanks.event]
            since = " ended" if scene.visit_ended_at[visit] != NOT_A_TIME else " began"
        why = f"{hours} after {interview}{since}{self._default_clause(row, opportunity)}"
        if verdict == "due":
            return f"Send the thank-you by e-mail by {by}: {why}."
        if verdict == "overdue":
            return f"Send the thank-you by e-mail now, it was due by {by}: {why}."
        sent = (
            f"It went out on {self.day(done_on, today)}"
            if done_on is not None
            else "No note is written down"
        )
        return f"Thank-you due by {by}: {why}. {sent}: {verdict.replace('_', ' ')}."

    def debrief(self, held_on: int, today: int) -> str:
        """Why the client is asked about an interview."""
        return (
            f"Ask about the interview of {self.day(held_on, today)}, due the day after it: "
            f"none of the answers to the four closing questions is written down."
        )

    def card(self, held_on: int, today: int) -> str:
        """Why a card may be sent."""
        return (
            f"A handwritten card is better still (optional, by {self.day(held_on + 3, today)}, "
            f"3 days after the interview of {self.day(held_on, today)}): none has gone out since."
        )

    def prepare(self, at: int, on: int, day_only: bool, opportunity: int) -> str:
        """Why an interview is to be prepared."""
        today = self._scene.today[opportunity]
        when = self.day(on, today) if day_only else self.time(at, opportunity)
        return f"Prepare the interview of {when}: take the four closing questions along."

    def ask_client(self, things: int, last_on: int, today: int) -> str:
        """Why a client is to be asked."""
        verb = "thing is" if things == 1 else "things are"
        return (
            f"Ask how it goes: {things} {verb} due or overdue, and nothing has been written down "
            f"for {_count(today - last_on, 'day')}, since {self.day(last_on, today)}."
        )


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
