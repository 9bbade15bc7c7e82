"""Letting go of a practice's file while nobody uses it.

As long as a connection is open, SQLite keeps the newest changes in a log beside the file: a coach
who copies the file alone, or puts another in its place, would lose them or mix the two. So what was
opened is closed again after a moment of quiet, and whoever closes last moves the log into the file.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

import sqlalchemy as sa

#: After so many seconds of quiet the file is let go of.
QUIET = 1.0


class Resting:
    """Counts who uses an engine (``with resting:``) and closes its connections in the quiet."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._using = 0
        self._used = 0.0
        self._watch: threading.Thread | None = None

    def __enter__(self) -> None:
        with self._lock:
            self._using += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._end(time.monotonic())

    @contextmanager
    def glance(self) -> Iterator[None]:
        """The same for a look that does not count as use: it begins no new moment of waiting."""
        self.__enter__()
        try:
            yield
        finally:
            self._end(self._used)

    def _end(self, used: float) -> None:
        with self._lock:
            self._using -= 1
            self._used = used
            if self._watch is None:
                self._watch = threading.Thread(target=self._wait, name="coachkit", daemon=True)
                self._watch.start()

    def _wait(self) -> None:
        while True:
            time.sleep(max(0.05, self._used + QUIET - time.monotonic()))
            with self._lock:
                if not self._using and time.monotonic() >= self._used + QUIET:
                    self._engine.dispose()
                    self._watch = None
                    return
