"""Work that takes its time goes on beside the kernel: the page stays alive, and can stop it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing
from threading import Event, Thread
from typing import Any, Generic, TypeVar

Step = TypeVar("Step")


class Beside(Generic[Step]):
    """Steps taken in a thread of their own; each is told in the kernel's loop.

    Without a loop (in a script or a test) there is nobody to keep waiting, and the steps are taken
    at once.

    Parameters
    ----------
    steps
        Gives the steps one by one; closing it stops what is still under way.
    on_step
        Told of each step.
    on_end
        Told once that no more comes: the fault that ended it, or None.
    """

    def __init__(
        self,
        steps: "Callable[[], Iterator[Step]]",
        *,
        on_step: Callable[[Step], Any],
        on_end: Callable[[Exception | None], Any],
    ) -> None:
        self._steps, self._on_step, self._on_end = steps, on_step, on_end
        self._stopping = Event()

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop."""
        return self._stopping.is_set()

    def start(self) -> None:
        """Begin; comes back at once where a kernel runs."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._work(lambda told, *about: told(*about))
            return
        Thread(target=self._work, args=(_telling(loop),), daemon=True).start()

    def stop(self) -> None:
        """Take no further step; what is done stays done."""
        self._stopping.set()

    def _work(self, tell: Callable[..., Any]) -> None:
        fault: Exception | None = None
        try:
            with closing(self._steps()) as steps:  # type: ignore[type-var]
                for step in steps:
                    tell(self._on_step, step)
                    if self.stopping:
                        break
        except Exception as caught:  # which is told to the coach where it was asked for
            fault = caught
        tell(self._on_end, fault)


def _telling(loop: asyncio.AbstractEventLoop) -> Callable[..., Any]:
    def tell(told: Callable[..., Any], *about: Any) -> None:
        if not loop.is_closed():  # the kernel ended meanwhile
            loop.call_soon_threadsafe(told, *about)

    return tell
