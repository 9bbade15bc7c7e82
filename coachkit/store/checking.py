"""Whether a practice is sound: its file, what its rows point at, and every cell."""

from coachkit import errors
from coachkit.caseload import Caseload
from coachkit.policy import Policy
from coachkit.store import backups, erasing, folders, loading
from coachkit.store.database import Database
from coachkit.store.settings import read_settings


def check(database: Database) -> list[str]:
    """What is wrong, a sentence each; nothing where all is well."""
    faults: list[str] = []
    try:
        with database.reading() as connection:
            kept = read_settings(connection)
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
    if backups.FAULT in kept:
        faults.append(
            f"The automatic backup fails ({kept[backups.FAULT].rstrip('.')}). See to the folder "
            f"that ends in .backups; the next change tries again"
        )
    if erasing.UNFINISHED in kept:
        faults.append(
            "The erasure of a client was cut short. Erase them again, by the id "
            f"{kept[erasing.UNFINISHED]}, and the rest is removed"
        )
    return faults
