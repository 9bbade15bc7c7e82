"""The fonts that coachkit sets PDFs with, and what they can show.

Libertinus Serif comes with typst and DejaVu Sans with matplotlib; the files here add the scripts
that both lack. Each is free to be passed on: Droid Sans Fallback under the Apache License 2.0,
NanumSquare and the Noto fonts under the SIL Open Font License 1.1 (see the licences beside them).
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

#: In this order typst looks for a glyph.
FAMILIES = (
    "Libertinus Serif",
    "DejaVu Sans",
    "Droid Sans Fallback",
    "NanumSquare",
    "Noto Emoji",
    *(
        f"Noto Sans {script}"
        for script in (
            "Devanagari",
            "Bengali",
            "Gurmukhi",
            "Gujarati",
            "Tamil",
            "Telugu",
            "Kannada",
            "Malayalam",
            "Sinhala",
            "Thai",
            "Lao",
            "Khmer",
            "Myanmar",
            "Ethiopic",
        )
    ),
)
#: The same for charts, which matplotlib draws.
IN_CHARTS = FAMILIES[1:]
#: What stands for a sign that no font has.
NO_GLYPH = "□"
#: Signs that the first font surely has, which is nearly all that is ever written.
_COMMON = re.compile("[\t\n -~\u00a0-\u00ac\u00ae-\u017f\u2013\u2014\u2018-\u201e\u2026]*")


def font_folders() -> tuple[Path, ...]:
    """Where the fonts lie: here, and in matplotlib."""
    import matplotlib

    return Path(__file__).parent, Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def know_fonts() -> None:
    """Let matplotlib find the fonts that lie here, too; once is enough."""
    from matplotlib.font_manager import fontManager

    known = {Path(font.fname).name for font in fontManager.ttflist}
    for path in _own_files():
        if path.name not in known:
            fontManager.addfont(path)


def legible(text: str) -> str:
    """The text with □ for every sign that none of the fonts can show.

    Examples
    --------
    >>> legible("Zoë Nguyễn, 王小明, \U0001f600"), legible("\U00012000")
    ('Zoë Nguyễn, 王小明, 😀', '□')
    """
    if _COMMON.fullmatch(text):
        return text
    shown = _shown()
    return "".join(
        sign if ord(sign) in shown else NO_GLYPH for sign in text if not _unseen(sign, shown)
    )


def _unseen(sign: str, shown: frozenset[int]) -> bool:
    """Whether nothing is lost without it: a byte order mark, a tag, the choice of a variant."""
    point = ord(sign)
    if point == 0xFEFF or 0xFE00 <= point <= 0xFE0F or 0xE0100 <= point <= 0xE01EF:
        return True
    return point not in shown and unicodedata.category(sign) == "Cf"


@cache
def _shown() -> frozenset[int]:
    """Every code point for which there is a glyph."""
    import matplotlib
    from fontTools.ttLib import TTFont

    shown = set(map(ord, "\u200b"))
    dejavu = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    for path in (dejavu, *_own_files()):
        with TTFont(path, lazy=True) as font:
            shown.update(font.getBestCmap())
    return frozenset(shown)


@cache
def _own_files() -> tuple[Path, ...]:
    return tuple(sorted(Path(__file__).parent.glob("*.ttf")))
