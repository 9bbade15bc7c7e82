"""A note as an e-mail: a draft that a mail program opens, and a ``mailto:`` link."""

import hashlib
import mimetypes
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import quote

from coachkit import errors
from coachkit.notes import Note, Sample

#: Mail programs and browsers cut longer links; the text is then better copied.
LONGEST_LINK = 2_000
#: No draft carries more: most mail servers refuse it.
LARGEST_ATTACHMENT = 20_000_000


def eml(note: Note, *, samples_folder: str | Path | None = None) -> bytes:
    """Write a note as an unsent e-mail (RFC 5322), which a double click opens as a draft.

    Parameters
    ----------
    note
        The note; its gaps, if any, stand in it visibly.
    samples_folder
        Where the samples that it shows lie: then they are attached. None: nothing is attached,
        and ``note.to_attach`` says what has to be.

    Raises
    ------
    UnreadableFile
        A sample is not in that folder, lies outside it, or is too large to be mailed.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"  # opens as a draft, to be read once more and sent
    if note.address and (to := _address(note)):
        message["To"] = to
    if note.subject:
        message["Subject"] = note.subject
    message.set_content(note.text, charset="utf-8", cte="quoted-printable")
    if samples_folder is not None:
        for sample in note.to_attach:
            _attach(message, sample, Path(samples_folder).expanduser())
    if message.is_multipart():  # a boundary that is the same every time
        digest = hashlib.sha256(f"{note.subject}\n{note.text}".encode()).hexdigest()
        message.set_boundary(f"coachkit-{digest[:32]}")
    return message.as_bytes()


def mailto(note: Note) -> str | None:
    """Give a link that opens a new message with the note in it; None where it would be too long.

    A link attaches nothing: ``note.to_attach`` says what has to be attached by hand.
    """
    address = quote(note.address or "", safe="@") if note.address and _address(note) else ""
    subject = f"subject={quote(note.subject, safe='')}&" if note.subject else ""
    body = quote(note.text.strip().replace("\n", "\r\n"), safe="")
    link = f"mailto:{address}?{subject}body={body}"
    return link if len(link) <= LONGEST_LINK else None


def attachment(sample: Sample, folder: Path) -> Path:
    """Find a sample's file in the folder that the coach named; never anywhere else.

    Raises
    ------
    UnreadableFile
        It is not there, lies outside the folder, or is too large to be mailed.
    """
    title = errors.shown(sample.title)
    if not sample.location:
        raise errors.UnreadableFile(
            f"Nobody wrote down where the sample {title} lies. Add its location, or attach it by "
            f"hand."
        )
    try:
        root = folder.resolve(strict=True)
        path = (root / sample.location).resolve(strict=True)
        inside = path.is_file() and path.is_relative_to(root)
    except (OSError, ValueError, RuntimeError):  # not there, a NUL in its name, a ring of links
        inside = False
    if not inside:
        raise errors.UnreadableFile(
            f"The sample {title} is not in the folder {errors.quoted(folder)} as "
            f"{errors.quoted(sample.location)}. Name the folder that holds it, or attach it "
            f"by hand."
        )
    if path.stat().st_size > LARGEST_ATTACHMENT:
        raise errors.UnreadableFile(
            f"The sample {title} is larger than {LARGEST_ATTACHMENT // 1_000_000} MB: no mail "
            f"server would take it. Send a link instead."
        )
    return path


def _attach(message: EmailMessage, sample: Sample, folder: Path) -> None:
    path = attachment(sample, folder)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    main, sub = kind.split("/", 1)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise errors.UnreadableFile(
            f"The sample {errors.shown(sample.title)} cannot be read: {error.strerror}."
        ) from error
    message.add_attachment(content, maintype=main, subtype=sub, filename=path.name)


def _address(note: Note) -> Address | None:
    """The recipient's address; None where what was written down is no address at all."""
    try:
        address = Address(note.recipient or "", addr_spec=note.address)
    except (HeaderParseError, ValueError, IndexError):
        return None
    return address if address.username and address.domain and address.addr_spec.isascii() else None
