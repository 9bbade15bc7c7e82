"""What is wrong is said beside the button that asked for it."""

from collections.abc import Callable
from typing import Any

from coachkit import errors
from coachkit.panels.forms import Said


def in_place(fault: Said, what: Callable[[], Any]) -> Callable[[], None]:
    """Wrap what a click does: a fault becomes a sentence in ``fault``.

    A practice that is only looked at is told by the panel, which offers one's own.
    """

    def do() -> None:
        fault.say("")
        try:
            what()
        except errors.ReadOnlyPractice:
            raise
        except errors.CoachkitError as wrong:
            fault.say(str(wrong))

    return do
