"""Reports: a caseload → one frozen ``Report``, which ``coachkit.exports`` writes out.

Three kinds: for one client, for the coach over the whole caseload, and for a sponsor, in which
nobody can be told.

Examples
--------
>>> import coachkit as ck
>>> from coachkit.reports import client_report
>>> practice = ck.open_practice()
>>> report = client_report(
...     practice.caseload(), practice.policy(), client="Amara Osei", as_of=practice.as_of()
... )
>>> report.title, [headline.aside for headline in report.headlines[:2]]
('Amara Osei', ['3 came to an end', '1 ahead'])
"""

from coachkit.reports.caseload import caseload_report
from coachkit.reports.client import client_report
from coachkit.reports.parts import (
    Column,
    Headline,
    Paragraph,
    Picture,
    Points,
    Report,
    Section,
    Table,
)
from coachkit.reports.sponsor import sponsor_report

__all__ = [
    "Column",
    "Headline",
    "Paragraph",
    "Picture",
    "Points",
    "Report",
    "Section",
    "Table",
    "caseload_report",
    "client_report",
    "sponsor_report",
]
