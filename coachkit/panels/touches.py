"""Log a touch in two clicks: with whom, and what; or with all that is to be said about it."""

from datetime import date
from typing import Any

import ipywidgets as widgets
import pandas as pd

from coachkit._days_in_words import full_day
from coachkit.caseload import Caseload
from coachkit.panels.base import Panel
from coachkit.panels.forms import Form, WrongFields, field, offer
from coachkit.panels.interview_form import moment_of, opportunities_of
from coachkit.panels.moments import clock_label
from coachkit.timelines_in_words import read_timeline

#: What a touch can be: what the button says, and its direction and kind.
WHAT = {
    "thank_you": ("Thank-you sent", "out", "thank_you"),
    "follow_up": ("Follow-up sent", "out", "follow_up"),
    "answer": ("Answered them", "out", "answer"),
    "other": ("Other word sent", "out", "other"),
    "reply": ("They got in touch", "in", "reply"),
}
CHANNELS = (
    ("E-mail", "email"),
    ("Call", "call"),
    ("Voicemail", "voicemail"),
    ("Card", "card"),
    ("Text message", "text"),
    ("Otherwise", "other"),
)
#: Those that have a button of their own.
_QUICK = ("thank_you", "follow_up", "reply")


class TouchForm(widgets.VBox):
    """Buttons that log a touch of this minute, and a form for everything else about one.

    Parameters
    ----------
    panel
        Whose practice it is kept in, and who is told; ``begin`` says whose touch it is.
    """

    def __init__(self, panel: Panel) -> None:
        self._panel = panel
        self._zone = "UTC"
        self._country: str | None = None
        self.where = field(widgets.Dropdown(options=[]), "Where")
        self.channel = field(widgets.Dropdown(options=CHANNELS, value="email"), "By")
        self._last = ""
        self.buttons = {}
        for key in _QUICK:
            button = widgets.Button(description=f"{WHAT[key][0]} just now")
            button.layout.width = "auto"
            button.add_class(f"ck-touch-{key.replace('_', '-')}")
            button.on_click(lambda _, key=key: panel.write(lambda: self.log_now(key)))
            self.buttons[key] = button
        wide = widgets.Layout(width="100%")
        words = [(words, key) for key, (words, *_) in WHAT.items()]
        self.form = Form(
            {
                "what": field(widgets.Dropdown(options=words), "What"),
                "day": field(widgets.DatePicker(), "Day"),
                "clock": field(widgets.TimePicker(), clock_label(self._zone)),
                "text": field(widgets.Textarea(layout=wide), "What was written or said"),
                "timeline": field(
                    widgets.Text(placeholder="such as: by the end of next week", layout=wide),
                    "When will they answer, in their words",
                ),
                "asks": widgets.Checkbox(description="They asked for something", indent=False),
            },
            self._keep_it,
            button="Log the touch",
            keep=("what", "day"),
            beside=(("day", "clock"),),
            columns={"at": "day", "promised_by": "timeline", "needs_answer": "asks"},
        )
        self.form.guard = panel.write
        more = widgets.Accordion([self.form], titles=("Another day, or more to say about it",))
        quick = widgets.HBox(list(self.buttons.values()), _dom_classes=["ck-row-of-buttons"])
        chosen = widgets.HBox([self.where, self.channel], _dom_classes=["ck-row-of-fields"])
        self.nothing = widgets.HTML("<p>Log an interview first: touches belong to an employer.</p>")
        self._parts = (chosen, quick, more)
        super().__init__()
        self.add_class("ck-touches")

    def begin(self, client: Caseload, today: date) -> None:
        """Be another client's, with their own caseload and the coach's day; the rest goes."""
        self.where.options = ()
        self.channel.value, self._last = "email", ""
        self.form.reset()
        about = client.clients.iloc[0]
        self._zone = str(about["timezone"])
        self._country = None if pd.isna(about["country"]) else str(about["country"])
        self.form.fields["clock"].description = clock_label(self._zone)
        self.form.fields["day"].value = today
        self.show_opportunities(client)

    def show_opportunities(self, client: Caseload) -> None:
        """Offer the opportunities as they now are."""
        options = opportunities_of(client, new=False)
        offer(self.where, options)
        self.children = self._parts if options else (self.nothing,)

    def log_now(self, key: str) -> str:
        """Log a touch of this minute; the same one twice within it is one."""
        words, direction, kind = WHAT[key]
        at = self._panel.practice.as_of()
        once = f"{key} {self.where.value} {self.channel.value} {at:%Y-%m-%d %H:%M}"
        if once == self._last:
            return "That is logged already."
        self._panel.practice.add_contact(
            self.where.value, at=at, direction=direction, channel=self.channel.value, kind=kind
        )
        self._last = once
        return f"Logged: {words.lower()}, {full_day(at)}."

    def _keep_it(self, entered: dict[str, Any]) -> str:
        _, direction, kind = WHAT[entered["what"]]
        if entered["day"] is None:
            raise WrongFields({"day": "Enter the day."})
        now = self._panel.practice.as_of()
        at = moment_of(entered["day"], entered["clock"], self._zone, before=now)
        if at.at > now:
            raise WrongFields({"day": "That lies ahead. Log a touch when it has taken place."})
        promised, read = None, ""
        if entered["timeline"]:
            reading = read_timeline(
                entered["timeline"], today=entered["day"], country=self._country
            )
            if reading is None:
                unread = "No day can be read from that. Write 14 November, or Friday."
                raise WrongFields({"timeline": unread})
            promised, read = reading.on, f" They answer by {full_day(reading.on)}: {reading.how}."
        inbound = direction == "in"
        if (promised or entered["asks"]) and not inbound:
            raise WrongFields(
                {"what": "Only they can promise an answer or ask for something: choose who it was."}
            )
        self._panel.practice.add_contact(
            self.where.value,
            at=at.at,
            time_known=at.time_known,
            direction=direction,
            channel=self.channel.value,
            kind=kind,
            text=entered["text"] or None,
            promised_by=promised,
            needs_answer=entered["asks"] if inbound else None,
        )
        return f"Logged: {WHAT[entered['what']][0].lower()}, {full_day(entered['day'])}.{read}"
