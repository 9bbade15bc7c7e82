"""A report as a tagged PDF (PDF/UA-1), set by typst: selectable text, headings, real tables."""

import json
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachkit.exports.fonts import FAMILIES, font_folders, legible
from coachkit.reports.parts import Paragraph, Picture, Points, Report, Section, Table

if TYPE_CHECKING:
    import typst

#: How many letters may stand without a place to break.
_UNBROKEN = 24


def to_pdf(report: Report) -> bytes:
    """Write a report as a PDF that a screen reader can read: the same report, the same bytes.

    Only the fonts that coachkit brings along are used, so that it looks alike on every computer; a
    sign that none of them has is set as □.
    """
    inputs = {"report": json.dumps(_told(report), ensure_ascii=False)}
    written = _compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"])
    assert isinstance(written, bytes)  # as it is where no file is named
    return written


@cache
def _compiler() -> "typst.Compiler":
    """Typst with the template and the fonts, which are read once."""
    import typst

    template = files("coachkit.exports") / "templates" / "report.typ"
    with as_file(template) as path:
        return typst.Compiler(
            str(path),
            root=str(Path(path).parent),
            font_paths=[str(folder) for folder in font_folders()],
            ignore_system_fonts=True,
        )


def _told(report: Report) -> dict[str, Any]:
    """The report in plain values, its texts such that they can be set."""
    sections = []
    before: Section | None = None
    for section in report.sections:
        begins = section.details and not (before and before.details)
        parts = [_part(part) for part in section.parts]
        sections.append({"heading": section.heading, "new_page": begins, "parts": parts})
        before = section
    return {
        "genre": report.genre,
        "title": _text(report.title),
        "facts": _text("  ·  ".join(report.facts)),
        "running": _text(f"{report.genre} · {report.title} · {report.facts[0]}"),
        "paper": report.paper,
        "fonts": FAMILIES,
        "headlines": [
            {"label": one.label, "figure": one.figure, "aside": one.aside}
            for one in report.headlines
        ],
        "sections": sections,
    }


def _part(part: Paragraph | Points | Table | Picture) -> dict[str, Any]:
    if isinstance(part, Paragraph):
        return {"kind": "paragraph", "text": _text(part.text)}
    if isinstance(part, Points):
        return {"kind": "points", "items": [_text(item) for item in part.items]}
    if isinstance(part, Picture):
        return {"kind": "picture", "svg": part.svg, "alt": _text(f"{part.title}. {part.alt}")}
    if not part.rows:
        return {"kind": "nothing", "text": part.empty}
    columns = [
        {"heading": one.heading, "width": one.width, "number": one.is_number}
        for one in part.columns
    ]
    rows = [[_text(cell) for cell in row] for row in part.told()]
    return {"kind": "table", "caption": _text(part.caption), "columns": columns, "rows": rows}


def _text(text: str) -> str:
    """A text that can be set: every sign has a glyph, and no word is wider than its column."""
    return " ".join(_breakable(word) for word in legible(text).split(" "))


def _breakable(word: str) -> str:
    """A long word with places to break, which are not seen."""
    if len(word) <= _UNBROKEN:
        return word
    return "\u200b".join(word[at : at + 4] for at in range(0, len(word), 4))
