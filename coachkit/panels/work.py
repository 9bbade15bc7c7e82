"""What takes longer than a second: done beside the kernel, and told how far it is."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar

import ipywidgets as widgets

from coachkit import errors
from coachkit.panels.forms import Said

T = TypeVar("T")
#: What a piece of work calls with how much is done of how much.
Progress = Callable[[int, int], None]


class Work(widgets.VBox):
    """One piece of work at a time, in a thread of its own, so that the page still answers.

    It shows what is being done, how far it is, and a sentence where it failed. Without a kernel
    (in a test, in a script) the work is done at once.
    """

    def __init__(self) -> None:
        self.busy = False
        self.told, self.fault = Said(), Said(alarm=True)
        self.bar = widgets.IntProgress(min=0, max=1, layout=widgets.Layout(display="none"))
        self.bar.add_class("ck-progress")
        self.clock = widgets.HTML()
        self._task: asyncio.Task[None] | None = None
        super().__init__([self.told, self.bar, self.clock, self.fault])

    def start(
        self, what: Callable[[Progress], T], then: Callable[[T], Any], *, saying: str
    ) -> bool:
        """Do ``what`` beside the kernel, then ``then`` with its result; False: one is under way.

        Parameters
        ----------
        what
            The work; it touches no widget, and is given what to call now and then.
        then
            Called in the kernel's own thread.
        saying
            What is told meanwhile.
        """
        if self.busy:
            return False
        self.busy = True
        self.fault.say("")
        self.told.say(saying)
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._finish(lambda: then(what(self._show)))
            return True

        def tell(done: int, of: int) -> None:
            loop.call_soon_threadsafe(self._show, done, of)

        async def run() -> None:
            ticking = loop.create_task(self._tick())
            try:
                result = await asyncio.to_thread(what, tell)
            except Exception as fault:  # told below, whatever it is
                self._finish(_raiser(fault))
            else:
                self._finish(lambda: then(result))
            finally:
                ticking.cancel()

        self._task = loop.create_task(run())
        return True

    def _show(self, done: int, of: int) -> None:
        if self.busy:
            self.bar.max, self.bar.value = max(of, 1), done
            self.bar.description = f"{done:,} of {of:,}"
            self.bar.layout.display = "" if of > 1 else "none"

    async def _tick(self) -> None:
        """Say how long it has taken, once that is more than a second; not read out each time."""
        begun = time.monotonic()
        while self.busy:
            await asyncio.sleep(1)
            seconds = f"{time.monotonic() - begun:.0f} s so far"
            self.clock.value = f"<p aria-hidden='true'>{seconds}</p>" if self.busy else ""

    def _finish(self, how: Callable[[], Any]) -> None:
        self.busy = False
        self.told.say("")
        self.clock.value = ""
        self.bar.value, self.bar.layout.display = 0, "none"
        try:
            how()
        except errors.CoachkitError as fault:
            self.fault.say(str(fault))
        except Exception as fault:  # a coach never sees a traceback
            self.fault.say(
                f"Something went wrong here ({type(fault).__name__}: {errors.cut(fault)}). Load "
                f"the page again and look what is there; if it stays, please report it."
            )


def _raiser(fault: Exception) -> Callable[[], Any]:
    def again() -> None:
        raise fault

    return again
