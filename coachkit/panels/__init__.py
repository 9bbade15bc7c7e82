"""Panels: what a coach sees and clicks. A value → one call of the practice → what is shown anew.

Names load when they are first used, since ipywidgets costs more than all the rest of coachkit.

Examples
--------
>>> import coachkit as ck
>>> from coachkit import panels
>>> panels.today(ck.open_practice("sample"))
<Today: shown where the notebook runs>
"""

import sys

TYPE_CHECKING = False  # as typing's, whose import would cost more than all the rest
if TYPE_CHECKING:
    from typing import Any

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


def __getattr__(name: str) -> "Any":
    if name not in _HOMES:
        raise AttributeError(f"module 'coachkit.panels' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"coachkit.panels.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


_Module = type(sys)


class _Package(_Module):  # type: ignore[valid-type,misc]
    """Keeps ``panels.today`` the function when the module of that name is loaded."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, _Module)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
