"""A note as a Word document, to be edited further."""

from io import BytesIO
from typing import TYPE_CHECKING

from coachkit.notes import Note

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph


def note_docx(note: Note) -> bytes:
    """Write a note as DOCX: one page of plain text, what is missing marked in yellow."""
    from docx import Document
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    american = (note.country or "").split("-")[0] in ("US", "CA")
    width, height = (215.9, 279.4) if american else (210, 297)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(11)
    style.paragraph_format.space_after = Pt(8)
    properties = document.core_properties
    properties.title = note.subject[:250] or "Note"
    properties.author = note.sender[:250]
    properties.comments = ""
    if note.subject:
        _write(document.add_paragraph(), note.subject, note, bold=True)
    for paragraph in note.text.strip().split("\n\n"):
        written = document.add_paragraph()
        for number, line in enumerate(paragraph.split("\n")):
            if number:
                written.add_run().add_break()
            _write(written, line, note)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _write(paragraph: "Paragraph", line: str, note: Note, *, bold: bool = False) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    for piece, missing in in_pieces(line, note):
        run = paragraph.add_run(piece)
        run.bold = bold or None
        if missing:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def in_pieces(line: str, note: Note) -> list[tuple[str, bool]]:
    """A line in pieces, each with whether it is a gap."""
    pieces = [(line, False)]
    for mark in {gap.mark for gap in note.gaps}:
        cut: list[tuple[str, bool]] = []
        for piece, missing in pieces:
            if missing:
                cut.append((piece, True))
                continue
            for number, between in enumerate(piece.split(mark)):
                cut += [(mark, True)] * bool(number) + [(between, False)]
        pieces = cut
    return [(piece, missing) for piece, missing in pieces if piece]
