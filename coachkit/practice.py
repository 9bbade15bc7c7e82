"""Open a practice, or start one: a coach's own file, or a folder of CSVs that is only looked at."""

import os
from dataclasses import replace
from pathlib import Path

from coachkit import errors
from coachkit._own_practice import Practice
from coachkit._places import data_folder
from coachkit._practices import SAMPLE, AnyPractice, FolderPractice

__all__ = [
    "SAMPLE",
    "AnyPractice",
    "FolderPractice",
    "Practice",
    "new_practice",
    "open_practice",
    "own_path",
    "restore_practice",
]


def open_practice(path: str | Path | None = None, *, coach: str | None = None) -> AnyPractice:
    """Open a practice: a file, a folder of CSVs, a database URL, or with nothing named one's own.

    Nothing named is what COACHKIT_PRACTICE names, if that is set; else the coach's own practice
    where this computer keeps user data; else, as long as there is none, the sample practice, which
    is only looked at and stands still on its own day.

    Parameters
    ----------
    path
        Where it lies.
    coach
        Who signs the changes; None: the coach that the practice's settings name.

    Raises
    ------
    NoPractice, NewerPractice, DamagedPractice, PracticeUnavailable
        There is none, or it cannot be used; the sentence says why.

    Examples
    --------
    >>> import coachkit as ck
    >>> practice = ck.open_practice("sample")
    >>> practice.name, practice.as_of().isoformat()
    ('the sample practice (fictional)', '2026-10-14T16:00:00+00:00')
    """
    asked = path or os.environ.get("COACHKIT_PRACTICE")
    if not asked:
        own = own_path()
        asked = own if own.exists() else "sample"
    if str(asked) == "sample":
        asked = data_folder() / "sample"
    if "://" in str(asked):
        return _open_url(str(asked), coach)
    place = Path(asked).expanduser()
    if place.is_dir():
        sample = place.resolve() == (data_folder() / "sample").resolve()
        return FolderPractice(place, SAMPLE if sample else place.resolve().name)
    if not place.exists():
        raise errors.NoPractice(
            f"There is no practice at {errors.place(asked)}. Name a practice file or a folder "
            f"that holds clients.csv, opportunities.csv, interviews.csv and contacts.csv; or make "
            f"one with coachkit new."
        )
    from coachkit.store.database import Database

    return Practice(Database.open(place), coach=coach)


def new_practice(
    path: str | Path | None = None,
    *,
    source: str | Path | None = None,
    coach: str | None = None,
    **settings: str | None,
) -> Practice:
    """Start a practice: empty, or with all that a folder of CSVs holds.

    Parameters
    ----------
    path
        The file to make; None: the coach's own, where this computer keeps user data.
    source
        A folder of CSVs: what ``Practice.export`` or ``Caseload.write`` wrote. Its ``as_of.txt``
        is left where it is: a real practice moves with the clock.
    coach
        Who signs the changes, from now on.
    **settings
        As for ``Practice.set_up``: ``name``, ``timezone``.

    Raises
    ------
    PracticeUnavailable
        There is something at the path already, or nothing can be written there.
    CoachkitError
        The folder is not a caseload; then no practice is made.
    """
    from coachkit.store import folders
    from coachkit.store.database import Database

    place = own_path() if path is None else Path(path).expanduser()
    if source is None:
        begins = folders.nothing_yet()
    else:
        begins = folders.read_folder(Path(source).expanduser())
    given = {name: value for name, value in {"coach": coach, **settings}.items() if value}
    folders.check_settings(given)
    begins = replace(begins, settings=begins.settings | given)
    return Practice(Database.create(place, lambda empty: folders.fill(empty, begins)))


def restore_practice(source: str | Path, path: str | Path | None = None) -> Path | None:
    """Put a backup where a practice lies, is damaged, or lay before it was lost.

    Parameters
    ----------
    source
        The backup.
    path
        The practice's file; None: as for ``open_practice``.

    Returns
    -------
    Path | None
        Where what was there before is kept; None: nothing was there.

    Raises
    ------
    NoPractice, DamagedPractice, NewerPractice, PracticeUnavailable
        The backup cannot be used, or is another practice's; nothing is changed.
    ReadOnlyPractice
        At the path is a folder that is only looked at.
    """
    from coachkit.store import backups, restoring

    place = Path(path or os.environ.get("COACHKIT_PRACTICE") or own_path()).expanduser()
    try:
        practice = open_practice(place)
    except (errors.DamagedPractice, errors.NoPractice) as fault:
        was_one = isinstance(fault, errors.DamagedPractice) or backups.folder_of(place).is_dir()
        if place.exists() and not was_one:
            raise  # nothing tells that it ever was a practice
        return restoring.replace(place, Path(source))
    if not isinstance(practice, Practice):
        raise errors.ReadOnlyPractice(
            f"{practice.name} is a folder that is only looked at. Name a practice file."
        )
    return practice.restore(source)


def own_path() -> Path:
    """Where the coach's own practice lies: in the folder that the platform keeps user data in."""
    from platformdirs import user_data_path

    return user_data_path("coachkit", appauthor=False) / "practice.coachkit"


def _open_url(url: str, coach: str | None) -> Practice:
    """A practice in a database that is named by its URL."""
    import sqlalchemy as sa

    from coachkit.store import files
    from coachkit.store.database import Database

    try:
        parsed = sa.make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return Practice(Database.open(Path(parsed.database or "")), coach=coach)
        engine = sa.create_engine(parsed)
    except (sa.exc.ArgumentError, ModuleNotFoundError) as error:
        raise errors.NoPractice(
            f"{errors.quoted(url)} names no database that can be opened here "
            f"({errors.shown(error)}). Write it as sqlite:///practice.coachkit, or install what it "
            f"needs."
        ) from error
    with files.faults_told(url):
        return Practice(Database(engine, None), coach=coach)
