"""coachkit: whom does each client owe a thank-you or a follow-up, when, and why.

Names load when they are first used, so that ``import coachkit`` costs next to nothing.
"""

import sys

TYPE_CHECKING = False  # as typing's, whose import would cost more than all the rest
if TYPE_CHECKING:
    from typing import Any

    from coachkit.agenda import explain, plan
    from coachkit.caseload import Caseload
    from coachkit.clocks import grade, states
    from coachkit.compliance import compliance
    from coachkit.errors import CoachkitError
    from coachkit.policy import FieldMatch, Policy
    from coachkit.practice import Practice, new_practice, open_practice
    from coachkit.telling import tell, tell_agenda, tell_compliance

__version__ = "0.1.0"

_HOMES = {
    "Caseload": "caseload",
    "CoachkitError": "errors",
    "FieldMatch": "policy",
    "Policy": "policy",
    "Practice": "practice",
    "compliance": "compliance",
    "explain": "agenda",
    "grade": "clocks",
    "new_practice": "practice",
    "open_practice": "practice",
    "plan": "agenda",
    "restore_practice": "practice",
    "states": "clocks",
    "tell": "telling",
    "tell_agenda": "telling",
    "tell_compliance": "telling",
}
__all__ = [  # noqa: RUF022 in the order of the way through
    "open_practice",
    "new_practice",
    "restore_practice",
    "Practice",
    "Caseload",
    "Policy",
    "FieldMatch",
    "grade",
    "states",
    "plan",
    "explain",
    "compliance",
    "tell",
    "tell_agenda",
    "tell_compliance",
    "CoachkitError",
]


def __getattr__(name: str) -> "Any":
    if name not in _HOMES:
        raise AttributeError(f"module 'coachkit' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"coachkit.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])


_Module = type(sys)  # types.ModuleType, without the import


class _Package(_Module):  # type: ignore[valid-type,misc]
    """Keeps ``coachkit.compliance`` the function when the module of that name is loaded."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, _Module)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
