"""Charts on a page."""

from base64 import b64encode
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def picture(fig: "Figure", told: str) -> str:
    """A figure as an image, with what it shows in words for those who do not see it."""
    drawn = BytesIO()
    fig.savefig(drawn, format="png")
    source = b64encode(drawn.getvalue()).decode()
    alt = escape(told, quote=True)
    return f'<img class="ck-chart" alt="{alt}" src="data:image/png;base64,{source}">'
