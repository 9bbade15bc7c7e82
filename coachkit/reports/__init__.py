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
>>> report.title, [headline.figure for headline in report.headlines]
('Amara Osei', ['4', '11', '91 %', '6 of 7'])
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
