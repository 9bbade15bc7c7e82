"""The sentences of the coach's own days, held and pinned, beside the rules' (rules §9)."""

from coachkit._arrays import NO_DAY
from coachkit._events import Scene
from coachkit._follow_ups import RUNS
from coachkit._own_days import holds
from coachkit._reasons import CHANNELS, Reasons, Row


class OwnReasons(Reasons):
    """Writes the sentences of one scene where the coach may have held or pinned something."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self._hold_until = holds(scene)

    def window(self, clock: Row) -> str:
        """``set for Thu 12 Feb, until Mon 16 Feb``; the rule's where there is no pin."""
        if clock.pin_on == NO_DAY:
            return super().window(clock)
        today = self._scene.today[clock.opportunity]
        return f"set for {self.day(clock.pin_on, today)}, until {self.day(clock.pin_until, today)}"

    def why(self, clock: Row) -> str:
        """Who set the day of a follow-up, and what the rule would say."""
        if clock.pin_on == NO_DAY:
            return super().why(clock)
        same = clock.pin_on == clock.rule_due_on
        rules_day = self.day(clock.rule_due_on, self._scene.today[clock.opportunity])
        return (
            f"{self._set(clock)}{self._warning(clock)}; the rule would say "
            f"{'the same' if same else rules_day}, as {self.wait(clock)}"
        )

    def silence(self, clock: Row) -> str:
        """What sets the day on which an opportunity is let go; it may be the end of a pin."""
        if clock.pin_on == NO_DAY or clock.let_go_on != clock.pin_until + 1:
            return super().silence(clock)
        until = self.day(clock.pin_until, self._scene.today[clock.opportunity])
        return f"{self._set(clock, 'the follow-up')}, and it did not go out by {until}"

    def graded_follow_up(self, clock: Row, verdict: str) -> str:
        """How a follow-up clock was judged, and what the coach set aside from that."""
        told = super().graded_follow_up(clock, verdict)
        if clock.ended_by != RUNS:
            return told
        if clock.pin_on != NO_DAY:
            told += f" {_sentence(self._set(clock))}; the agenda goes by that day."
        if self._hold_until[clock.opportunity] != NO_DAY:
            told += f" {self._held(clock.opportunity)}; the agenda does not ask for it before."
        return told

    def held(self, clock: Row, action: str) -> str:
        """Why something stands under the day until which its opportunity is held."""
        today = self._scene.today[clock.opportunity]
        until = clock.hold_until
        if action == "answer":
            asked, by = self.day(clock.asked_on, today), self.day(clock.answer_on, today)
            late = clock.answer_on < until
            when = f"then, late (due {by})" if late else f"by {by}"
            then = f"answer what they asked for on {asked} {when}: {self.next_day(clock)}"
        elif action == "let_go":
            head = "if nothing happens before, let it go then, presume no offer and close it kindly"
            then = f"{head}: {self.silence(clock)}"
        else:
            if until <= clock.due_on:
                when = f"on {self.day(clock.due_on, today)}"
            else:
                late = ", late" if until > clock.until_on else ""
                when = f"then{late} ({self.window(clock)})"
            then = f"follow up{CHANNELS[self.channel(clock)]} {when}: {self.why(clock)}"
        return f"{self._held(clock.opportunity)}; {then}."

    def _held(self, opportunity: int) -> str:
        until = self.day(self._hold_until[opportunity], self._scene.today[opportunity])
        return f"Held until {until}{self._written(opportunity, 'hold_reason')}"

    def _set(self, clock: Row, what: str = "it") -> str:
        pin = self.day(clock.pin_on, self._scene.today[clock.opportunity])
        reason = self._written(clock.opportunity, "follow_up_reason")
        return f"you set {pin} for {what}{reason}"

    def _written(self, opportunity: int, column: str) -> str:
        """The coach's own reason on one line, in brackets; nothing where there is none."""
        reason = self._scene.caseload.opportunities[column].iloc[self._scene.order[opportunity]]
        words = " ".join(reason.split()) if isinstance(reason, str) else ""
        return f" ({words})" if words else ""

    def _warning(self, clock: Row) -> str:
        """That the record counts a follow-up on a pinned day as too soon, or as late."""
        if clock.pin_on > clock.rule_until_on:
            return ", which counts as late"
        if clock.pin_on >= clock.ready_on:
            return ""
        if self.promise_sets(clock):
            whose = "the employer's promise"
        elif self._scene.own_wait[clock.opportunity] >= 0:
            whose = "its own wait"
        else:
            whose = "the field's wait"
        return f", which is sooner than {whose} allows and counts as too soon"


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]
