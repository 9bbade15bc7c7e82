"""Loads what a practice needs, so that a process that is forked from here begins at once."""

import tempfile
from pathlib import Path

from tests import writing

with tempfile.TemporaryDirectory() as _folder:
    _practice = writing.begin(Path(_folder, "warm.coachkit"))
    for _number in range(30):
        writing.take_step(_practice, 0, _number)
    _practice.undo()
    _practice.history()
    _practice.caseload("Zed Ox")
    _practice.close()
