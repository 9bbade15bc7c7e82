"""``coachkit note``: write a client's notes, or check one that a client wrote."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from coachkit import errors
from coachkit.cli.asked import Asked, Commands, add_practice, own_practice

if TYPE_CHECKING:
    from coachkit.notes import Finding, Note

_FORMATS = ("text", "json", "eml", "docx", "pdf", "mailto")
#: What only a file can hold.
_FILES = ("eml", "docx", "pdf")
_KINDS = "thank_you, card, follow_up, call, closing, weekly"


def add(commands: Commands) -> None:
    """Add it to the command line."""
    what = "write a client's notes, or check one"
    command = commands.add_parser("note", help=what, description=what)
    add_practice(command)
    command.add_argument("--client", metavar="C", help="whose note, by id or name")
    command.add_argument("--kind", metavar="K", default="thank_you", help=_KINDS)
    command.add_argument("--opportunity", metavar="ID", type=int, help="about which opportunity")
    command.add_argument("--interview", metavar="ID", type=int, help="about which interview")
    command.add_argument("--interviewer", metavar="ID", type=int, help="to whom (default: each)")
    command.add_argument(
        "--sample",
        metavar="TITLE",
        action="append",
        help="a work sample to show, by title or id; twice at most",
    )
    command.add_argument(
        "--answer",
        metavar="GAP=TEXT",
        action="append",
        default=[],
        help="what the client answered to a gap; an empty text leaves an optional one out",
    )
    command.add_argument(
        "--as-of", metavar="T", help="an instant with its offset, or a day: that day's end"
    )
    command.add_argument("--format", choices=_FORMATS, default="text")
    command.add_argument("--out", metavar="FILE", help="where to write it; several are numbered")
    command.add_argument(
        "--attach", metavar="FOLDER", help="attach the samples that lie in this folder (eml)"
    )
    command.add_argument("--templates", metavar="FOLDER", help="your own templates")
    command.add_argument(
        "--copy-templates", metavar="FOLDER", help="copy the templates there, to be edited"
    )
    command.add_argument(
        "--sent", metavar="T", help="it went out at this instant: log it, with its text"
    )
    command.add_argument(
        "--check", metavar="FILE", help="check the note in this file (- for input)"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Write or check notes."""
    if options.copy_templates is not None:
        _copy_templates(options.copy_templates)
    elif options.check is not None:
        _check(options)
    else:
        _compose(options)


def _copy_templates(folder: str) -> None:
    from coachkit.notes import copy_templates

    written = copy_templates(folder)
    print(f"{len(written)} files were copied into {folder}; what was there is as it was.")


def _check(options: argparse.Namespace) -> None:
    from coachkit.notes import check, known_of
    from coachkit.telling import plain

    text = _text_of(options.check)
    known = None
    if options.client is not None:
        caseload = Asked(options).caseload
        known = known_of(caseload, options.interview, options.opportunity)
    findings = check(text, options.kind, known)
    if options.format == "json":
        _print_json([_finding_told(finding) for finding in findings])
    elif not findings:
        print("Nothing to find fault with.")
    else:
        for finding in findings:
            print(f"{finding.severity}: {plain(finding.quote)}\n    {finding.advice}")


def _text_of(file: str) -> str:
    try:
        if file == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        return Path(file).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise errors.UnreadableFile(
            f"{errors.quoted(file)} cannot be read: {error.strerror}."
        ) from error
    except UnicodeDecodeError as error:
        raise errors.UnreadableFile(
            f"{errors.quoted(file)} is no text in UTF-8. Save it as plain text in UTF-8."
        ) from error


def _finding_told(finding: "Finding") -> dict[str, str]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "quote": finding.quote,
        "advice": finding.advice,
    }


def _compose(options: argparse.Namespace) -> None:
    from coachkit.notes import Templates, Wanted, compose, compose_each, kind_named

    if options.client is None:
        raise errors.UnclearNote("Whose note? Name the client: --client NAME-OR-ID.")
    if options.format in _FILES and options.out is None:
        raise errors.UnclearNote(
            f"A note as {options.format} goes into a file: name it with --out FILE."
        )
    asked = Asked(options)
    wanted = Wanted(
        kind=kind_named(options.kind),
        opportunity_id=options.opportunity,
        interview_id=options.interview,
        interviewer_id=options.interviewer,
        samples=None if options.sample is None else tuple(options.sample),
        answers=_answers(options.answer),
    )
    templates = Templates(options.templates)
    for fault in templates.faults():
        print(f"coachkit: {fault}", file=sys.stderr)
    each = wanted.interviewer_id is None and wanted.kind in ("thank_you", "card")
    write = compose_each if each else compose
    written = write(asked.caseload, asked.policy, wanted, as_of=asked.as_of, templates=templates)
    notes = written if isinstance(written, list) else [written]
    if options.sent is not None:
        _log(notes, options)
    _hand_over(notes, options)


def _log(notes: "list[Note]", options: argparse.Namespace) -> None:
    """Log a note that went out, because the coach says so."""
    from coachkit.notes import must_be_ready

    if len(notes) > 1:
        raise errors.UnclearNote("Which one went out? Name the person: --interviewer ID.")
    must_be_ready(notes[0])
    own_practice(options).add_contact(**notes[0].as_sent(options.sent))


def _answers(given: list[str]) -> dict[str, str]:
    pairs = [answer.partition("=") for answer in given]
    for key, equals, _ in pairs:
        if not equals:
            raise errors.UnclearNote(
                f"--answer {errors.quoted(key)} says nothing. Write the gap's key, an equals sign "
                f"and the text, such as topics=the audit in March."
            )
    return {key.strip(): text for key, _, text in pairs}


def _hand_over(notes: "list[Note]", options: argparse.Namespace) -> None:
    if options.format == "json":
        written = json.dumps([_note_told(note) for note in notes], ensure_ascii=False, indent=1)
        _put(f"{written}\n".encode(), options.out)
        return
    for number, note in enumerate(notes, start=1):
        out = _numbered(options.out, number, len(notes))
        _put(_rendered(note, options), out)
        if out is None and number < len(notes):
            print("\n" + "-" * 60 + "\n")
        _tell(note)


def _rendered(note: "Note", options: argparse.Namespace) -> bytes:
    if options.format == "eml":
        from coachkit.exports.eml import eml

        return eml(note, samples_folder=options.attach)
    if options.format == "docx":
        from coachkit.exports.note_docx import note_docx

        return note_docx(note)
    if options.format == "pdf":
        from coachkit.exports.note_pdf import note_pdf

        return note_pdf(note)
    if options.format == "mailto":
        from coachkit.exports.eml import mailto

        link = mailto(note)
        if link is None:
            raise errors.UnclearNote("This note is too long for a link. Use --format eml.")
        return f"{link}\n".encode()
    return str(note).encode()


def _put(content: bytes, out: str | None) -> None:
    if out is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        print(content.decode(), end="")
        return
    try:
        Path(out).write_bytes(content)
    except OSError as error:
        raise errors.UnreadableFile(
            f"{errors.quoted(out)} cannot be written: {error.strerror}."
        ) from error


def _numbered(out: str | None, number: int, many: int) -> str | None:
    if out is None or many == 1:
        return out
    path = Path(out)
    return str(path.with_name(f"{path.stem}-{number}{path.suffix}"))


def _tell(note: "Note") -> None:
    """What the coach should know, beside the note: what is missing first."""
    from coachkit.telling import plain

    told = [f"ask the client: {gap.question} ({gap.key})" for gap in note.gaps]
    told += [f"attach by hand: {sample.title}" for sample in note.to_attach]
    told += [f"send along: {what}" for what in note.provides]
    if not note.fits:
        told.append(f"{note.words} words on {len(note.card_lines)} lines are too many for a card")
    if note.seconds:
        told.append(f"it takes about {note.seconds} seconds to say")
    for line in (*told, *note.cautions, *note.refused):
        print(f"coachkit: {plain(line)}", file=sys.stderr)


def _note_told(note: "Note") -> dict[str, object]:
    return {
        "kind": note.kind,
        "client_id": note.client_id,
        "opportunity_id": note.opportunity_id,
        "interview_id": note.interview_id,
        "interviewer_id": note.interviewer_id,
        "recipient": note.recipient,
        "address": note.address,
        "subject": note.subject,
        "text": note.text,
        "ready": note.ready,
        "words": note.words,
        "limit": note.limit,
        "seconds": note.seconds,
        "gaps": [
            {"key": gap.key, "question": gap.question, "optional": gap.optional}
            for gap in note.gaps
        ],
        "samples": [
            {"title": sample.title, "location": sample.location} for sample in note.samples
        ],
        "refused": list(note.refused),
        "provides": list(note.provides),
        "cautions": list(note.cautions),
    }


def _print_json(told: object) -> None:
    if hasattr(sys.stdout, "reconfigure"):  # JSON is UTF-8, whatever the console speaks
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    print(json.dumps(told, ensure_ascii=False, indent=1))
