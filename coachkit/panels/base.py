"""What every panel shares: the practice, what is told to the coach, and the truth within seconds.

A panel keeps no state of its own: it calls the practice once for each click and draws what a fresh
caseload says. So a page that is reloaded, a kernel that is restarted and a second tab all show the
same.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from coachkit import errors
from coachkit.panels.controls import Around
from coachkit.panels.forms import Said
from coachkit.practice import AnyPractice, new_practice, open_practice

#: How often a panel asks whether somebody else changed the practice, in seconds.
LISTENING = 0.5
_STATIC = Path(__file__).parent / "static"


class Panel(widgets.VBox):
    """A part of the page that shows a practice, and what a coach does with it.

    Subclasses set ``title`` and say in ``parts`` what they are made of, and in ``refresh`` how it
    is drawn from the practice as it now is.

    Parameters
    ----------
    practice
        What is shown; None: the practice that ``open_practice`` opens.
    """

    title = "Panel"

    def __init__(self, practice: AnyPractice | None = None) -> None:
        self.practice = practice or open_practice()
        self.told, self.fault = Said(), Said(alarm=True)
        self._own = widgets.VBox([])
        self._seen = ""
        self._listener: asyncio.Task[None] | None = None
        self._later: asyncio.TimerHandle | None = None
        super().__init__()
        self.add_class("ck-panel")
        self._around = Around(self.look)
        parts = [_style(), self._around, self.told, self.fault, self._own, *self.parts()]
        self.children = parts
        self.act(self.refresh)
        self._seen = self._token()
        self._listener = _in_background(self._listen)

    def parts(self) -> Iterable[widgets.Widget]:
        """The widgets that the panel is made of, from top to bottom."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Draw everything from the practice as it now is."""
        raise NotImplementedError

    def act(self, what: Callable[[], Any], said: str | None = None) -> bool:
        """Do something; a fault becomes a sentence in place. Whether it was done."""
        self.fault.say("")
        try:
            result = what()
        except errors.ReadOnlyPractice as fault:
            self._offer_own(str(fault))
            return False
        except errors.CoachkitError as fault:
            self.fault.say(str(fault))
            return False
        except Exception as fault:  # the last line of defence: a coach never sees a traceback
            self.fault.say(
                f"Something went wrong here ({type(fault).__name__}: {errors.cut(fault)}). Load "
                f"the page again to see what is kept; if it stays, please report it."
            )
            return False
        if said is not None or isinstance(result, str):
            self.told.say(said or str(result))
        return True

    def write(self, what: Callable[[], Any], said: str | None = None) -> bool:
        """Change the practice by one call, then draw it anew."""
        done = self.act(what, said)
        if done:
            self.redraw()
        return done

    def redraw(self) -> None:
        """Draw everything, and remember up to which change."""
        self._seen = self._token()
        self.act(self.refresh)

    def look(self) -> bool:
        """Draw everything if somebody else, or the passing of time, changed it. Whether so.

        A panel that left the page, as when its cell was run again, has nothing to draw.
        """
        if self._around.left or self._token() == self._seen:
            return False
        self.redraw()
        return True

    def soon(self, what: Callable[[], Any], *, after: float = 0.0) -> None:
        """Do something when the click has been answered; of several before then, the last alone."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # without a kernel there is nothing to wait for
            what()
            return
        if self._later is not None:
            self._later.cancel()
        self._later = loop.call_later(after, what)

    def _token(self) -> str:
        """Which state of the practice, and which hour: a page that is left open stays true."""
        with contextlib.suppress(errors.CoachkitError, OSError):
            return f"{self.practice.token()} {self.practice.as_of():%Y-%m-%d %H}"
        return self._seen

    async def _listen(self) -> None:
        while self.comm is not None:
            await asyncio.sleep(LISTENING)
            self.look()

    def close(self) -> None:
        """Take the panel from the page."""
        if self._listener is not None:
            self._listener.cancel()
        super().close()

    def _offer_own(self, fault: str) -> None:
        """Nothing can be written here: offer to start a practice where it can."""
        self.fault.say(
            f"{_capital(self.practice.name)} is only to be looked at, so nothing was changed. "
            f"Start your own practice and everything you do is kept."
        )
        self._own.children = (self.own_practice_buttons(),)

    def own_practice_buttons(self) -> widgets.Widget:
        """Buttons that start a practice of the coach's own."""
        empty = widgets.Button(description="Start my own, empty", button_style="primary")
        copied = widgets.Button(description="Start my own with a copy of this to try things out")
        empty.on_click(lambda _: self._start_own(copy=False))
        copied.on_click(lambda _: self._start_own(copy=True))
        copied.layout.width = empty.layout.width = "auto"
        return widgets.HBox([empty, copied], _dom_classes=["ck-row-of-buttons"])

    def _start_own(self, *, copy: bool) -> None:
        source = getattr(self.practice, "folder", None) if copy else None
        if self.act(lambda: self._begin(new_practice(source=source))):
            self._own.children = ()

    def _begin(self, practice: Any) -> str:
        self.practice = practice
        self.redraw()
        return f"From now on you see your own practice. It lies in {practice.path}."

    def __repr__(self) -> str:
        return f"<{self.title}: shown where the notebook runs>"

    def _repr_mimebundle_(self, **given: Any) -> Any:
        """Nothing of the practice is in what a notebook stores: only which panel stood there."""
        bundle = super()._repr_mimebundle_(**given)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if isinstance(data, dict) and "text/plain" in data:
            data["text/plain"] = repr(self)
        return bundle


def html(text: str) -> widgets.HTML:
    """Markup of our own making; every text in it must have gone through ``escape``."""
    return widgets.HTML(text)


def heading(text: str, level: int = 2) -> widgets.HTML:
    """A heading on the page."""
    return widgets.HTML(f"<h{level} class='ck-h'>{escape(text)}</h{level}>")


def section(title: str, *parts: widgets.Widget, name: str = "") -> widgets.VBox:
    """Parts below a heading."""
    box = widgets.VBox([heading(title), *parts])
    box.add_class("ck-section")
    if name:
        box.add_class(f"ck-{name}")
    return box


def close_all(widget: widgets.Widget) -> None:
    """Close a widget and all within it, so that no model keeps what it showed."""
    for inner in getattr(widget, "children", ()):
        close_all(inner)
    widget.close()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _css() -> str:
    return (_STATIC / "panels.css").read_text(encoding="utf-8")


def _style() -> widgets.HTML:
    return widgets.HTML(f"<style>{_css()}</style>", layout=widgets.Layout(display="none"))


def _in_background(listen: Callable[[], Any]) -> "asyncio.Task[None] | None":
    """Listen beside what the kernel does; without a kernel there is nobody to listen for."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return None
    return loop.create_task(listen())
