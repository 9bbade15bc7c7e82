"""A note as a printable page, and the card in its real size with lines to write along."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from coachkit.exports.note_docx import in_pieces
from coachkit.notes import Note
from coachkit.notes._values import CARD_LINES

_HERE = Path(__file__).resolve().parent
#: A folded note card: A6, and what is called A2 in the United States.
_CARD, _CARD_US = (148.0, 105.0), (139.7, 107.95)
_AMERICAN = ("US", "CA")


def note_pdf(note: Note) -> bytes:
    """Write a note as a page to print (PDF/UA-1, tagged); a card as a card page.

    A card's page shows the card in its real size, the text on ruled lines, and below the empty
    lines to lay under the card. What is missing is marked.
    """
    american = (note.country or "").split("-")[0] in _AMERICAN
    about = {
        "title": note.subject or _TITLES[note.kind],
        "paper": "us-letter" if american else "a4",
    }
    if note.kind != "card":
        paragraphs = [
            [in_pieces(line, note) for line in paragraph.split("\n")]
            for paragraph in note.text.strip().split("\n\n")
        ]
        return _typeset("note.typ", about | {"subject": note.subject, "paragraphs": paragraphs})
    lines = note.card_lines
    sides = [lines[at : at + CARD_LINES] for at in range(0, len(lines), CARD_LINES)] or [()]
    width, height = _CARD_US if american else _CARD
    return _typeset(
        "card.typ",
        about
        | {
            "sides": [list(side) for side in sides],
            "width": width,
            "height": height,
            "lines": CARD_LINES,
            "words": note.words,
            "limit": note.limit,
            "heading": f"Card to {note.recipient}" if note.recipient else "Card",
            "size": "5.5 × 4.25 in" if american else "A6",
        },
    )


_TITLES = {
    "thank_you": "Thank-you note",
    "card": "Thank-you card",
    "follow_up": "Follow-up",
    "call": "What to say on the phone",
    "closing": "Closing note",
    "weekly": "Your week",
}


def _typeset(template: str, told: Mapping[str, Any]) -> bytes:
    """Typeset a template of ours; what is told is text to it, never markup.

    PDF/UA-1 refuses a letter that no font shows. The fonts that come along give the same page
    everywhere; where they lack a letter, this computer's own are asked; where those lack it, too,
    a box stands in its place.
    """
    import typst

    written = json.dumps(told, ensure_ascii=False)

    def typeset(*, fonts: list[str], fallback: bool, standard: Literal["ua-1"] | None) -> bytes:
        return typst.compile(
            str(_HERE / template),
            root=str(_HERE),
            font_paths=fonts,
            ignore_system_fonts=not fallback,
            sys_inputs={"told": written, "fallback": "yes" if fallback else "no"},
            format="pdf",
            pdf_standards=standard,
        )

    with suppress(typst.TypstError):
        return typeset(fonts=[_fonts()], fallback=False, standard="ua-1")
    with suppress(typst.TypstError):
        return typeset(fonts=[], fallback=True, standard="ua-1")
    with suppress(typst.TypstError):  # matplotlib's font of last resort has a box for every letter
        return typeset(fonts=[_fonts()], fallback=True, standard="ua-1")
    return typeset(fonts=[_fonts()], fallback=True, standard=None)


def _fonts() -> str:
    """DejaVu, which comes with matplotlib, has the letters that the typesetter's own fonts lack."""
    import matplotlib as mpl

    return str(Path(mpl.get_data_path()) / "fonts" / "ttf")
