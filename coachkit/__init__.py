"""coachkit: whom does each client owe a thank-you or a follow-up, when, and why.

Names load when they are first used, so that ``import coachkit`` costs next to nothing.
"""

from coachkit._lazy import load_when_used

TYPE_CHECKING = False  # as typing's, whose import would cost more than all the rest
if TYPE_CHECKING:
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

load_when_used(__name__)
