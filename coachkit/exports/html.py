"""A report as one HTML file: no script, nothing from the network, at home on screen and paper."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from coachkit.reports.parts import Picture, Report

if TYPE_CHECKING:
    from jinja2 import Template


def to_html(report: Report) -> str:
    """Write a report as a page that needs nothing but itself.

    Every text is escaped, and stands in an element that keeps its direction to itself; the page's
    own policy forbids scripts and requests. The same report gives the same bytes.

    Examples
    --------
    >>> import coachkit as ck
    >>> from coachkit.reports import client_report
    >>> practice = ck.open_practice()
    >>> given = practice.caseload(), practice.policy()
    >>> page = to_html(client_report(*given, client=1, as_of=practice.as_of()))
    >>> page.startswith("<!DOCTYPE html>"), "<script" in page
    (True, False)
    """
    numbers = {id(picture): number for number, picture in enumerate(report.pictures, 1)}

    def drawn(picture: Picture) -> Any:
        from markupsafe import Markup

        return Markup(_inline(picture.svg, f"chart{numbers[id(picture)]}-"))

    return _template().render(report=report, drawn=drawn, kind_of=_kind_of)


@cache
def _template() -> "Template":
    """The page, compiled once; a name that it misspells is a fault, not a blank."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("coachkit.exports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")


def _kind_of(part: object) -> str:
    return type(part).__name__.lower()


def _inline(svg: str, prefix: str) -> str:
    """The chart for a page that holds others: its own ids, the width of the page, hidden words.

    What it shows is told by the words beside it, so that a reader of the page hears it once.
    """
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1)
    svg = svg.replace(' id="', f' id="{prefix}')
    svg = svg.replace('xlink:href="#', f'href="#{prefix}').replace("url(#", f"url(#{prefix}")
    svg = svg.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    return svg.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1)
