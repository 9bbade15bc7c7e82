"""Charts as bytes: drawn without pyplot, the same every time."""

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Pixels an inch: fine enough for paper, small enough for a mail.
_DPI = 200


def as_svg(fig: "Figure") -> str:
    """The figure as one ``<svg>`` element without prologue, comment, style sheet or spare id.

    Letters are outlines, so that it looks alike wherever it is opened.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    out = BytesIO()
    with rc_context({"svg.hashsalt": "coachkit", "svg.fonttype": "path"}):
        # savefig would lay out and draw all of it once before, in vain
        canvas: Any = FigureCanvasSVG(fig)  # its methods have no types
        canvas.print_svg(out, metadata={"Date": None, "Creator": None})
    return _bare(out.getvalue().decode("utf-8"))


def as_png(fig: "Figure") -> bytes:
    """The figure as pixels."""
    out = BytesIO()
    fig.savefig(out, format="png", dpi=_DPI, metadata={"Software": None})
    return out.getvalue()


def _bare(svg: str) -> str:
    """Drop what a page or PDF does not need, or would apply to all of the page around it."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<!--.*?-->\s*|<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<path(?![^>]* d=)", '<path d="M0 0"', svg)  # a blank has an empty outline
    used = set(re.findall(r'(?:xlink:href="#|url\(#)([^")]+)', svg))
    svg = re.sub(r' id="([^"]*)"', lambda found: found[0] if found[1] in used else "", svg)
    lines = ' stroke-linejoin="round" stroke-linecap="butt"'
    return svg.replace("<svg", f"<svg{lines}", 1).strip()
