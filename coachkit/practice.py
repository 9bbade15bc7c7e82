"""Where a caseload and its policy come from: a folder of CSVs, the sample practice among them."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from coachkit import errors
from coachkit._columns import microseconds
from coachkit._places import data_folder
from coachkit.caseload import Caseload
from coachkit.policy import Policy


@dataclass(frozen=True)
class FolderPractice:
    """A practice that lies in a folder of CSVs; it is read, never written.

    ``fields.csv`` in the folder is its policy (else the one that coachkit ships), and ``as_of.txt``
    the instant at which it stands still (else it moves with the clock).
    """

    folder: Path
    name: str

    def caseload(self, client: int | str | None = None) -> Caseload:
        """All that the practice follows, or one client's rows alone (by id or name).

        Raises
        ------
        CoachkitError
            The folder is not a caseload, or has no such client.
        """
        caseload = Caseload.read(self.folder)
        return caseload if client is None else caseload.subset(client)

    def policy(self) -> Policy:
        """The waits by which it is judged."""
        own = self.folder / "fields.csv"
        return Policy.read(own) if own.exists() else Policy.default()

    def as_of(self) -> pd.Timestamp:
        """The instant at which the practice is looked at: its own, or now.

        Raises
        ------
        UnreadableFile, UnreadableValue, NaiveTime, OutOfRange
            ``as_of.txt`` holds no instant.
        """
        frozen = self.folder / "as_of.txt"
        if not frozen.exists():
            return pd.Timestamp(datetime.now().astimezone()).tz_convert("UTC")
        try:
            instant = frozen.read_text(encoding="utf-8-sig").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise errors.UnreadableFile(
                "as_of.txt cannot be read. Write one instant into it, such as "
                "2026-02-02T15:00:00-05:00, and save it as UTF-8."
            ) from error
        microseconds(instant, "as_of.txt")
        return pd.Timestamp(instant).tz_convert("UTC")


def open_practice(path: str | Path | None = None) -> FolderPractice:
    """Open a practice: a folder of CSVs, or with nothing named the sample practice.

    Nothing named is the folder in the environment's COACHKIT_PRACTICE, if that is set.

    Raises
    ------
    UnreadableFile
        There is no such folder.

    Examples
    --------
    >>> import coachkit as ck
    >>> practice = ck.open_practice()
    >>> practice.name, practice.as_of().isoformat()
    ('the sample practice (fictional)', '2026-10-14T16:00:00+00:00')
    """
    path = path or os.environ.get("COACHKIT_PRACTICE")
    if not path:
        return FolderPractice(data_folder() / "sample", "the sample practice (fictional)")
    folder = Path(path).expanduser()
    if not folder.is_dir():
        raise errors.UnreadableFile(
            f"There is no practice at {str(path)!r}. Name a folder that holds clients.csv, "
            f"opportunities.csv, interviews.csv and contacts.csv."
        )
    return FolderPractice(folder, folder.resolve().name)
