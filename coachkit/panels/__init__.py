"""Panels: what a coach sees and clicks. A value → one call of the practice → what is shown anew.

Names load when they are first used, since ipywidgets costs more than all the rest of coachkit.

Examples
--------
>>> import coachkit as ck
>>> from coachkit import panels
>>> panels.today(ck.open_practice("sample"))
<Today: shown where the notebook runs>
"""

from coachkit._lazy import load_when_used

TYPE_CHECKING = False  # as typing's, whose import would cost more than all the rest
if TYPE_CHECKING:
    from coachkit.panels.bring_your_own import bring_your_own
    from coachkit.panels.client_session import client_session
    from coachkit.panels.compliance import compliance
    from coachkit.panels.notes_and_reports import notes_and_reports
    from coachkit.panels.plain import plain
    from coachkit.panels.today import today
    from coachkit.panels.wait_periods import wait_periods

_HOMES = {
    "today": "today",
    "client_session": "client_session",
    "compliance": "compliance",
    "wait_periods": "wait_periods",
    "notes_and_reports": "notes_and_reports",
    "bring_your_own": "bring_your_own",
    "plain": "plain",
}
__all__ = [  # noqa: RUF022 in the order of the notebooks
    "today",
    "client_session",
    "compliance",
    "wait_periods",
    "notes_and_reports",
    "bring_your_own",
    "plain",
]

load_when_used(__name__)
