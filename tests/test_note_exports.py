"""The ways out of a note: e-mail, link, Word, PDF; each reopened, each with hostile text in it."""

import re
import subprocess
import sys
from email import policy as email_policy
from email.parser import BytesParser
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from docx import Document

from coachkit import errors
from coachkit.exports.eml import LONGEST_LINK, eml, mailto
from coachkit.exports.note_docx import note_docx
from coachkit.exports.note_pdf import note_pdf
from coachkit.notes import Note, Wanted, compose
from tests.notes_build import AS_OF, CLOSE, LINKED_SAMPLE, OPEN_SAMPLE, caseload, policy

HOSTILE = (
    "A" * 10_000,
    "名前 " * 400,
    "دانا ويتفيلد",
    "\u202ednuora eno\u202c",
    "👩‍👩‍👧‍👦💩🇩🇪",
    "Dana\r\nBcc: everybody@example.com\r\n\r\nHidden",
    "Dana\nSubject: other",
    "=1+1",
    "@SUM(A1:A9)",
    "<script>alert(1)</script>",
    "<w:p>&lt;/w:t>]]>",
    '#import "/etc/passwd": * $x$ *bold* _it_ `raw` @ref \\',
    "../../../etc/passwd",
    "{{ 7*7 }}{% raw %}",
    "\x01\x02\x1b[31m\x7f",
    "x\ufffe\uffff\ufeff\ue000\U00013000",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅",
    "'; DROP TABLE clients; --",
    '"quoted" <a@b.c>, second@example.com',
    "0️⃣ 1️⃣ 𓀀 𐨀",
    "x\u2028y\u2029z\u0085",
)


def written(kind: str = "thank_you", **asked: object) -> Note:
    """A note with everything in it."""
    told: dict[str, object] = {"samples": (OPEN_SAMPLE, LINKED_SAMPLE), "key_answers": (CLOSE,)}
    return compose(caseload(**(told | asked)), policy(), Wanted(kind), as_of=AS_OF)  # type: ignore[arg-type]


def hostile(text: str, kind: str = "thank_you") -> Note:
    """A note with one text in every field that a stranger may fill."""
    return written(
        kind,
        client={"name": text, "greeting": text, "sign_off": text, "coach": text},
        opportunity={"employer": text, "role": text, "field": text[:50]},
        interview={"answer_fit": f"{text} but unsure about {text}", "answer_more": text},
        people=({"name": text, "email": text, "role": text, "topics": text},),
        samples=({"title": text, "location": text, "confidential": False},),
        key_answers=({"question": text, "better_answer": text, "treatment": "modify"},),
    )


def parsed(draft: bytes):  # type: ignore[no-untyped-def]
    """The draft as Python's own parser reads it, without a defect."""
    message = BytesParser(policy=email_policy.default).parsebytes(draft)
    assert not message.defects
    return message


def pdf_text(pdf: bytes, folder: Path) -> str:
    """What another program reads in a PDF."""
    file = folder / "note.pdf"
    file.write_bytes(pdf)
    read = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True, timeout=60
    )
    return read.stdout.decode()


# -- e-mail --------------------------------------------------------------------------------------


def test_a_draft_opens_with_recipient_subject_and_text() -> None:
    """Unsent, in plain UTF-8, from nobody yet."""
    note = written(people=({"name": "Zoë Ångström", "email": "zoe@example.com", "topics": "x"},))
    message = parsed(eml(note))
    assert message["X-Unsent"] == "1"
    assert message["From"] is None
    (to,) = message["To"].addresses
    assert (to.display_name, to.addr_spec) == ("Zoë Ångström", "zoe@example.com")
    assert message["Subject"] == note.subject
    assert message.get_content().replace("\r\n", "\n") == note.text


def test_a_draft_is_the_same_every_time(tmp_path: Path) -> None:
    """Boundary included."""
    (tmp_path / "portfolio").mkdir()
    (tmp_path / "portfolio" / "close.pdf").write_bytes(b"%PDF-1.4 fictional")
    note = written()
    assert eml(note, samples_folder=tmp_path) == eml(note, samples_folder=tmp_path)


def test_samples_are_attached_from_the_named_folder(tmp_path: Path) -> None:
    """Those that are files; a link is none."""
    (tmp_path / "portfolio").mkdir()
    (tmp_path / "portfolio" / "close.pdf").write_bytes(b"%PDF-1.4 fictional")
    note = written()
    assert [sample.title for sample in note.to_attach] == ["Close checklist"]
    message = parsed(eml(note, samples_folder=tmp_path))
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "close.pdf"
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_content() == b"%PDF-1.4 fictional"
    assert note.text.strip() == message.get_body().get_content().replace("\r\n", "\n").strip()
    assert not list(parsed(eml(note)).iter_attachments())


@pytest.mark.parametrize(
    "location", ["portfolio/close.pdf", "../outside.pdf", "/etc/passwd", "", None, "a\0b", "."]
)
def test_a_sample_that_is_not_in_the_folder_is_refused(
    tmp_path: Path, location: str | None
) -> None:
    """Nor is one outside it ever read."""
    (tmp_path / "outside.pdf").write_bytes(b"secret")
    folder = tmp_path / "samples"
    folder.mkdir()
    (folder / "close.pdf").symlink_to(tmp_path / "outside.pdf")
    if location and "\0" in location:
        with pytest.raises(errors.UnreadableValue):
            written(samples=(OPEN_SAMPLE | {"location": location},))
        return
    for place in (location, "close.pdf"):
        note = written(samples=(OPEN_SAMPLE | {"location": place},))
        with pytest.raises(errors.UnreadableFile, match="Close checklist"):
            eml(note, samples_folder=folder)


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text[:12]) for text in HOSTILE])
def test_no_header_is_ever_injected(text: str) -> None:
    """Whatever the names hold, the headers are those that coachkit wrote."""
    for kind in ("thank_you", "follow_up", "closing"):
        message = parsed(eml(hostile(text, kind)))
        assert {name.lower() for name in message} <= {
            "x-unsent",
            "to",
            "subject",
            "content-type",
            "content-transfer-encoding",
            "mime-version",
        }
        assert "everybody@example.com" not in str(message["To"])


def test_an_address_that_is_none_is_left_out() -> None:
    """The draft opens without a recipient."""
    for address in ("not known", "a@b@c", "", "x", "<>", "dana@example.com, bo@example.com"):
        note = written(people=({"name": "Dana", "email": address, "topics": "x"},))
        assert parsed(eml(note))["To"] is None, address


def test_a_link_opens_the_note_in_a_mail_program() -> None:
    """Everything percent-encoded, line breaks as mail wants them."""
    note = written("follow_up")
    link = mailto(note)
    assert link is not None
    parts = urlsplit(link)
    assert (parts.scheme, unquote(parts.path)) == ("mailto", "dana@example.com")
    told = parse_qs(parts.query, strict_parsing=True)
    assert told["subject"] == [note.subject]
    assert told["body"][0].replace("\r\n", "\n") == note.text.strip()
    assert len(link) <= LONGEST_LINK


def test_a_note_too_long_for_a_link_gets_none() -> None:
    """Better no link than half a note."""
    long = "word " * 100
    note = written(
        key_answers=(CLOSE | {"better_answer": long},),
        interview={"answer_more": long},
        people=({"name": "Dana", "topics": long},),
    )
    assert mailto(note) is None


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text[:12]) for text in HOSTILE])
def test_a_link_carries_nothing_of_its_own(text: str) -> None:
    """No further recipient, no further field."""
    link = mailto(hostile(text, "closing"))
    if link is not None:
        parts = urlsplit(link)
        assert set(parse_qs(parts.query)) == {"subject", "body"}
        assert re.fullmatch(r"[!-~]+", link)


# -- Word ----------------------------------------------------------------------------------------


def test_a_document_holds_the_note_and_marks_its_gaps() -> None:
    """Paragraph by paragraph; what is missing is yellow."""
    note = written(key_answers=())
    document = Document(BytesIO(note_docx(note)))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    assert paragraphs == [note.subject, *note.text.strip().split("\n\n")]
    marked = [
        run.text
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.font.highlight_color
    ]
    assert marked == [gap.mark for gap in note.gaps] != []


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text[:12]) for text in HOSTILE])
def test_a_document_opens_whatever_it_holds(text: str) -> None:
    """Reopened, word for word."""
    for kind in ("thank_you", "card"):
        note = hostile(text, kind)
        document = Document(BytesIO(note_docx(note)))
        told = "\n\n".join(paragraph.text for paragraph in document.paragraphs)
        assert note.text.strip() in told


# -- PDF -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["thank_you", "follow_up", "call", "closing", "weekly"])
def test_a_page_holds_the_note(kind: str, tmp_path: Path) -> None:
    """Read back by another program; tagged, and titled."""
    note = written(kind)
    pdf = note_pdf(note)
    read = " ".join(pdf_text(pdf, tmp_path).split())
    for paragraph in note.text.strip().split("\n\n"):
        assert " ".join(paragraph.split())[:60].split(" ·")[0] in read
    assert b"/MarkInfo" in pdf
    assert b"pdfuaid" in pdf


def test_a_page_is_the_same_every_time() -> None:
    """Byte for byte."""
    assert note_pdf(written()) == note_pdf(written())


@pytest.mark.parametrize(("country", "size"), [("US", "612 x 792"), ("DE", "595.276 x 841.89")])
def test_the_paper_is_the_countrys(country: str, size: str, tmp_path: Path) -> None:
    """Letter in the United States, A4 elsewhere."""
    file = tmp_path / "note.pdf"
    for kind in ("thank_you", "card"):
        file.write_bytes(note_pdf(written(kind, client={"country": country})))
        told = subprocess.run(["pdfinfo", str(file)], capture_output=True, check=True, timeout=60)
        assert size in told.stdout.decode()
        assert re.search(r"Tagged:\s+yes", told.stdout.decode())
        assert re.search(r"Pages:\s+1\b", told.stdout.decode())


def test_a_card_page_shows_the_card_in_its_real_size(tmp_path: Path) -> None:
    """Each line as it is to be written, the count of words, and how to print it."""
    note = written("card")
    read = pdf_text(note_pdf(note), tmp_path)
    for line in note.card_lines:
        assert line in " ".join(read.split())
    assert f"{note.words} of {note.limit} words" in " ".join(read.split())
    assert "100 %" in read


def test_a_card_that_is_too_long_goes_on_overleaf(tmp_path: Path) -> None:
    """Nothing is lost, and the page says so."""
    note = written("card", people=({"name": "Dana", "topics": "word " * 110},))
    read = pdf_text(note_pdf(note), tmp_path)
    assert "the other side" in read
    assert read.count("word") >= note.text.count("word")


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text[:12]) for text in HOSTILE])
def test_a_page_opens_whatever_it_holds(text: str, tmp_path: Path) -> None:
    """No markup of the typesetter is read, and no file."""
    for kind in ("thank_you", "card"):
        assert "root:" not in pdf_text(note_pdf(hostile(text, kind)), tmp_path)


def test_exports_load_their_libraries_late() -> None:
    """Importing them costs nothing of python-docx and typst."""
    code = (
        "import sys\n"
        "import coachkit.exports.eml, coachkit.exports.note_docx, coachkit.exports.note_pdf\n"
        "import coachkit.notes\n"
        "assert not {'docx', 'typst', 'matplotlib', 'jinja2'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
