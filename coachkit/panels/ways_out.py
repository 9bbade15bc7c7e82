"""How a note leaves: a file, a link to the mail program, and word that it was sent."""

from collections.abc import Callable
from contextlib import nullcontext
from html import escape

import ipywidgets as widgets

from coachkit import errors
from coachkit._days_in_words import full_day
from coachkit.notes import Note, must_be_ready
from coachkit.panels.base import Panel
from coachkit.panels.folders import folder_field, folder_named, put
from coachkit.panels.forms import Said, field
from coachkit.panels.in_place import in_place
from coachkit.panels.note_drafts import KINDS, Draft
from coachkit.panels.touches import CHANNELS
from coachkit.practice import Practice

_FILES = {"eml": "E-mail draft (.eml)", "docx": "Word (.docx)", "pdf": "To print (.pdf)"}
#: By what each kind usually goes.
_USUAL = {"card": "card", "call": "voicemail"}


class WaysOut(widgets.VBox):
    """Buttons that write a note into a folder, a link that mails it, and 'It was sent'.

    Parameters
    ----------
    panel
        Whose practice the contact is logged in, and who is told.
    draft
        The note that is on the desk; None: none is.
    keep
        Keeps the draft in the practice, or drops it there where it was sent.
    """

    def __init__(
        self, panel: Panel, draft: Callable[[], Draft | None], keep: Callable[..., object]
    ) -> None:
        self._panel, self._draft, self._keep = panel, draft, keep
        self.folder = folder_field("Folder for the note's file")
        self.samples = field(
            widgets.Text(layout=widgets.Layout(width="100%")),
            "Folder with the work samples, to attach them (empty: by hand)",
        )
        self.told, self.fault, self.link = Said(), Said(alarm=True), widgets.HTML()
        self.buttons = {form: self._button(form, words) for form, words in _FILES.items()}
        self.channel = field(widgets.Dropdown(options=CHANNELS), "Sent by")
        self.sent = widgets.Button(description="It was sent", button_style="primary")
        self.sent.add_class("ck-note-sent")
        self.sent.on_click(lambda _: panel.write(in_place(self.fault, self._log)))
        self.undo = widgets.Button(description="Take back")
        self.undo.add_class("ck-note-undo")
        self.undo.on_click(lambda _: panel.write(in_place(self.fault, self._take_back)))
        self.logging = widgets.VBox(
            [self.channel, widgets.HBox([self.sent, self.undo], _dom_classes=["ck-row-of-buttons"])]
        )
        files = widgets.HBox(list(self.buttons.values()), _dom_classes=["ck-row-of-buttons"])
        copying = widgets.HTML(
            "<p>To copy the note, click into it, press Ctrl+A (⌘A) and Ctrl+C (⌘C).</p>"
        )
        super().__init__(
            [
                *(copying, self.link, self.folder, self.samples, files),
                *(self.logging, self.told, self.fault),
            ]
        )
        self.add_class("ck-form")

    def begin(self) -> None:
        """Be another client's."""
        self.samples.value = self.link.value = ""
        self._say_nothing()

    def be(self, draft: Draft) -> None:
        """Be another note's: nothing is said yet, and it goes as its kind usually does."""
        self._say_nothing()
        self.channel.value = _USUAL.get(draft.note.kind, "email")

    def show(self, draft: Draft) -> None:
        """What can be done with the note as it now stands."""
        note = draft.standing
        self.link.value = _mail_link(note)
        self.samples.layout.display = "" if note.to_attach else "none"
        self.logging.layout.display = "none" if note.opportunity_id is None else ""
        self.undo.layout.display = "none" if draft.logged is None else ""

    def save(self, form: str) -> None:
        """Write the note into the folder, and say where it lies."""
        self.told.say("")
        draft = self._draft()
        if draft is None:
            raise errors.UnclearNote("Choose what the note is about first.")
        note = draft.standing
        path = put(folder_named(self.folder.value), note_name(note, form), self._bytes(note, form))
        missing = "" if note.ready else " It is not ready to be sent: what is missing is marked."
        self.told.say(f"Written: {path}.{missing}")

    def _say_nothing(self) -> None:
        self.told.say("")
        self.fault.say("")

    def _bytes(self, note: Note, form: str) -> bytes:
        if form == "eml":
            from coachkit.exports.eml import eml

            attached = self.samples.value.strip()
            return eml(note, samples_folder=folder_named(attached) if attached else None)
        if form == "docx":
            from coachkit.exports.note_docx import note_docx

            return note_docx(note)
        from coachkit.exports.note_pdf import note_pdf

        return note_pdf(note)

    def _log(self) -> None:
        self.told.say("")
        draft = self._draft()
        if draft is None:
            raise errors.UnclearNote("Choose what the note is about first.")
        if draft.logged is not None:
            self.told.say("That is logged already.")
            return
        note, practice = draft.standing, self._panel.practice
        must_be_ready(note)
        contact = note.as_sent(practice.as_of(), self.channel.value)
        at_once = practice.change("Sent") if isinstance(practice, Practice) else nullcontext()
        with at_once:
            number = practice.add_contact(**contact)
            self._keep(sent=True)
        draft.logged = number
        self.told.say(f"Logged with its text: {_words(note).lower()}, {full_day(contact['at'])}.")

    def _take_back(self) -> None:
        draft = self._draft()
        if draft is None or draft.logged is None:
            return
        number, draft.logged = draft.logged, None
        self._panel.practice.remove("contacts", number)
        self._keep()
        self.told.say("Taken back: it is not logged any more.")

    def _button(self, form: str, words: str) -> widgets.Button:
        button = widgets.Button(description=words)
        button.add_class(f"ck-note-{form}")
        button.on_click(lambda _: self._panel.act(in_place(self.fault, lambda: self.save(form))))
        return button


def note_name(note: Note, form: str) -> str:
    """A note's file: which it is first, so that a long name cannot cut that off."""
    from coachkit.exports.files import file_name

    whom = f" to {note.recipient}" if note.recipient and note.kind != "weekly" else ""
    whose = f" for {note.recipient}" if note.kind == "weekly" else f" from {note.sender}"
    number = note.interviewer_id or note.interview_id or note.client_id
    return file_name(f"{_words(note)}{whom}{whose}", number, form)


def _words(note: Note) -> str:
    return next(words for words, kind in KINDS if kind == note.kind)


def _mail_link(note: Note) -> str:
    """A link that opens the mail program; where that cannot be, why."""
    from coachkit.exports.eml import mailto

    if note.kind in ("card", "call"):
        return ""
    link = mailto(note)
    if link is None:
        return "<p>It is too long for a link to the mail program: take the e-mail draft.</p>"
    return f"<p><a class='ck-mailto' href='{escape(link)}'>Open it in my mail program</a></p>"
