"""Write a note with the coach: from the facts, with what is missing asked for, checked, sent."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from html import escape
from typing import Any

import ipywidgets as widgets

from coachkit import errors
from coachkit.caseload import Caseload
from coachkit.notes import Finding, Note, Wanted, check, compose, known_of
from coachkit.notes._values import CARD_LINES
from coachkit.panels.base import Panel, heading
from coachkit.panels.forms import Said, field, offer
from coachkit.panels.note_check import PasteBox, told_findings
from coachkit.panels.note_drafts import (
    KINDS,
    NOTHING,
    Draft,
    Kept,
    kept_of,
    people_of,
    visits_of,
)
from coachkit.panels.questions import Questions
from coachkit.panels.ways_out import WaysOut
from coachkit.practice import Practice
from coachkit.telling import plain


class Composer(widgets.VBox):
    """One client's notes: which, about what, to whom; the draft to edit, and the ways out.

    Each note that was begun keeps its answers and the coach's own words, in the practice until it
    was sent; where nothing can be written, while this client's page is open. Nothing counts as sent
    until the coach says so.

    Parameters
    ----------
    panel
        Whose practice is read, and who is told; ``begin`` says whose notes they are.
    """

    def __init__(self, panel: Panel) -> None:
        self._panel, self._client_id = panel, 0
        self._drafts: dict[tuple[Any, ...], Draft] = {}
        self.draft: Draft | None = None
        self._drawing = self._about_chosen = False
        self._suggested = ""  # the kind for which an interview was
        self.kind = field(widgets.Dropdown(options=KINDS), "Which note")
        self.about = field(widgets.Dropdown(options=[]), "About")
        self.about.add_class("ck-about")
        self.whom = field(widgets.Dropdown(options=[]), "To")
        self.state, self.questions = Said(), Questions(self._on_answer)
        wide = widgets.Layout(width="100%")
        self.subject = field(widgets.Text(continuous_update=False, layout=wide), "Subject")
        self.text = field(
            widgets.Textarea(rows=18, continuous_update=False, layout=wide), "The note"
        )
        self.anew = widgets.Button(description="Drop my changes, write it anew")
        self.anew.add_class("ck-note-anew")
        self.remarks, self.found = widgets.HTML(), widgets.HTML()
        self.out = WaysOut(panel, lambda: self.draft, self._keep)
        self.paste = PasteBox(panel, self.check)
        for control, on_change in (
            (self.kind, self._on_kind),
            (self.about, self._on_about),
            (self.whom, self._on_whom),
            (self.subject, self._on_edit),
            (self.text, self._on_edit),
        ):
            control.observe(self._guarded(on_change), "value")
        self.anew.on_click(lambda _: panel.act(self._write_anew))
        self.desk = widgets.VBox(
            [
                *(self.questions, self.subject, self.text, self.anew),
                *(self.remarks, self.found, heading("Hand it over", 3), self.out),
            ]
        )
        pasted = widgets.Accordion([self.paste], titles=("Check a text that the client wrote",))
        super().__init__([self.kind, self.about, self.whom, self.state, self.desk, pasted])
        self.add_class("ck-composer")
        self.add_class("ck-form")

    def begin(self, client: Caseload) -> None:
        """Be another client's: nothing of the one before is left; ``show`` draws what is theirs."""
        self._client_id = int(client.clients["client_id"].iloc[0])
        self._drafts, self.draft = {}, None
        self._about_chosen, self._suggested = False, ""
        self.paste.begin()
        self.out.begin()
        with self._quietly():
            self.kind.value = KINDS[0][1]
            self.about.options = self.whom.options = ()
            for control in (self.subject, self.text, self.remarks, self.found):
                control.value = ""
            self.questions.show({}, {})

    def show(self, client: Caseload) -> None:
        """Draw the chosen note from the client's rows as they now are."""
        practice = self._panel.practice
        as_of = practice.as_of()
        kept = {}
        if isinstance(practice, Practice):
            kept = kept_of(practice.note_drafts(self._client_id))
        with self._quietly():
            offer(self.about, visits_of(client, as_of))
            if not self._about_chosen and self._suggested != self.kind.value:
                self._suggest(client)
            offer(self.whom, people_of(client, self.about.value))
        weekly = self.kind.value == "weekly"
        self.about.layout.display = "none" if weekly else ""
        self.whom.layout.display = "none" if weekly or not self.whom.options else ""
        try:
            self._take_up(client, kept)
        except errors.CoachkitError as fault:
            self.draft = None
            self.desk.layout.display = "none"
            self.state.say(_invited(client, str(fault)))
        else:
            self.desk.layout.display = ""
            self._draw()

    def check(self, text: str) -> Sequence[Finding]:
        """What would hurt a text, as the note that is chosen."""
        kind = str(self.kind.value)
        if kind == "weekly" or self.about.value is None:
            return check(text, kind)
        return check(text, kind, known_of(self._client(), self.about.value))

    def _client(self) -> Caseload:
        return self._panel.practice.caseload(client=self._client_id)

    def _suggest(self, client: Caseload) -> None:
        """The interview that a note of this kind is most likely about."""
        if self.kind.value == "weekly" or not self.about.options:
            return
        visit = self._writer(client, Wanted(self.kind.value))({}).interview_id
        if visit in [key for _, key in self.about.options]:
            self.about.value = visit
        self._suggested = self.kind.value

    def _take_up(self, client: Caseload, kept_by: Mapping[tuple[Any, ...], Kept]) -> None:
        """The chosen note's draft, begun or taken up again."""
        write, choice = self._writer(client, self._wanted()), self._choice
        draft, kept = self._drafts.get(choice), kept_by.get(choice, NOTHING)
        if draft is None:
            draft = self._drafts[choice] = Draft(write({}))
        else:
            contacts = client.contacts["contact_id"]
            if draft.logged is not None and not contacts.isin([draft.logged]).any():
                draft.logged = None  # taken back elsewhere
            if draft.logged is None:  # what was sent stays as it was sent
                draft.renew(write)
        if kept != draft.kept and draft.logged is None:
            draft.take_up(kept, write)
        draft.kept = kept
        if draft is not self.draft:
            self.out.be(draft)
        self.draft = draft

    @property
    def _choice(self) -> tuple[Any, ...]:
        """Which note is chosen: its kind, what it is about, to whom it goes."""
        weekly = self.kind.value == "weekly"
        return self.kind.value, *((None, None) if weekly else (self.about.value, self.whom.value))

    def _keep(self, *, sent: bool = False) -> bool:
        """Keep in the practice what is the coach's own in the draft, until it was sent."""
        practice, draft = self._panel.practice, self.draft
        if not isinstance(practice, Practice) or draft is None:
            return False
        own = NOTHING if sent else draft.own
        if own == draft.kept:
            return False
        kind, interview_id, interviewer_id = self._choice
        which = {"interview_id": interview_id, "interviewer_id": interviewer_id}
        if own == NOTHING:
            practice.drop_draft(self._client_id, kind, **which)
        else:
            practice.keep_draft(self._client_id, kind, **which, **vars(own))
        return True

    def _changed(self) -> None:
        """Keep what the coach changed, and draw it."""
        if self._keep():
            self._panel.redraw()
        else:
            self._draw()

    def _wanted(self) -> Wanted:
        if self.kind.value == "weekly":
            return Wanted("weekly")
        if self.about.value is None:
            raise errors.UnclearNote("No interview has been held yet, and a note is about one.")
        return Wanted(
            self.kind.value, interview_id=self.about.value, interviewer_id=self.whom.value
        )

    def _writer(self, client: Caseload, wanted: Wanted) -> Callable[[Mapping[str, str]], Note]:
        policy, as_of = self._panel.practice.policy(), self._panel.practice.as_of()

        def write(answers: Mapping[str, str]) -> Note:
            asked = replace(wanted, answers=dict(answers))
            return compose(client, policy, asked, as_of=as_of)

        return write

    def _draw(self) -> None:
        """The draft as it stands, what it lacks, and what the check finds."""
        draft = self.draft
        assert draft is not None
        note = draft.standing
        with self._quietly():
            self.subject.value, self.text.value = draft.subject, draft.text
        self.subject.layout.display = "" if draft.note.subject else "none"
        self.questions.show(draft.questions, draft.answers)
        findings = self.check(str(note))
        self.state.say(told_state(note, findings))
        self.remarks.value = told_remarks(note)
        self.found.value = told_findings(findings)
        self.anew.layout.display = "" if draft.is_changed else "none"
        self.out.show(draft)

    def _on_kind(self) -> None:
        self.show(self._client())

    def _on_about(self) -> None:
        self._about_chosen = True
        self.show(self._client())

    def _on_whom(self) -> None:
        self.show(self._client())

    def _on_edit(self) -> None:
        if self.draft is not None:
            self.draft.subject, self.draft.text = self.subject.value, self.text.value
            self._changed()

    def _on_answer(self, key: str, answer: str | None) -> None:
        self._panel.act(lambda: self._answer(key, answer))

    def _answer(self, key: str, answer: str | None) -> None:
        if self.draft is None:
            return
        taken = self.draft.fill(key, answer, self._writer(self._client(), self._wanted()))
        self._changed()
        if not taken:
            self.state.say(
                "You have changed the note yourself, and this answer has no place of its own left "
                "in it. Write it in, or drop your changes and have it written anew."
            )

    def _write_anew(self) -> None:
        if self.draft is not None:
            self.draft.write_anew(self._writer(self._client(), self._wanted()))
            self._changed()

    def _guarded(self, on_change: Callable[[], None]) -> Callable[[object], None]:
        """What the coach changes is answered; what is drawn is not."""

        def changed(_: object) -> None:
            if not self._drawing:
                self._panel.act(on_change)

        return changed

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        before, self._drawing = self._drawing, True
        try:
            yield
        finally:
            self._drawing = before


def told_state(note: Note, findings: Sequence[Finding]) -> str:
    """Whether the note can go out, and what it lacks, in words."""
    if note.gaps:
        number = len(note.gaps)
        asked = "1 thing is missing" if number == 1 else f"{number} things are missing"
        return f"Not ready: {asked}. Ask the client, and answer below."
    if not note.fits:
        return (
            f"Not ready: it has {note.words} words on {len(note.card_lines)} lines, and a card "
            f"holds {note.limit} words on {CARD_LINES} lines. Shorten it."
        )
    if any(one.severity == "serious" for one in findings):
        return "Nothing is missing, but it should not go out so: see what was found below it."
    spoken = f" It takes about {note.seconds} seconds to say." if note.seconds else ""
    return f"Ready: read it once more.{spoken}"


def told_remarks(note: Note) -> str:
    """What the coach should know before it goes out; every word of theirs is text."""
    told = [*note.cautions, *note.refused]
    told += [f"Attach by hand, or name the folder below: {one.title}." for one in note.to_attach]
    told += [f"Send along: {what}." for what in note.provides]
    lines = "".join(f"<li>{escape(plain(line))}</li>" for line in told)
    return f"<p>Before it goes out:</p><ul>{lines}</ul>" if lines else ""


def _invited(client: Caseload, fault: str) -> str:
    if client.interviews.empty:
        return "There is nothing to write about yet. Log the client's first interview, then come."
    return fault
