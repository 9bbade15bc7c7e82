"""Whether a practice is sound: its file, what its rows point at, and every cell."""

from coachkit import errors
from coachkit.caseload import Caseload
from coachkit.policy import Policy
from coachkit.store import backups, folders, loading
from coachkit.store.database import Database


def check(database: Database) -> list[str]:
    """What is wrong, a sentence each; nothing where all is well."""
    faults: list[str] = []
    try:
        if database.path is not None:
            faults += backups.check_file(database.path)
        with database.reading() as connection:
            frames = loading.load(connection)
            policy = folders.policy_frame(connection)
    except errors.DamagedPractice as fault:
        return [*faults, str(fault)]
    for build in (lambda: Caseload(**frames), lambda: Policy(policy)):
        try:
            build()
        except errors.SeveralFaults as several:
            faults += map(str, several.faults)
        except errors.CoachkitError as fault:
            faults.append(str(fault))
    return faults
