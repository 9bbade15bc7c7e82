"""Files into drafts, and drafts into a practice: the work behind the import, without a widget."""

import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from coachkit import errors
from coachkit.importing import Proposal, propose, write
from coachkit.importing.accepting import accept
from coachkit.importing.aside import waiting, write_aside
from coachkit.importing.logs import Event
from coachkit.importing.remembered import recall, remember
from coachkit.importing.telling import tell_written
from coachkit.panels.drafts import NOTHING, Draft
from coachkit.policy import Policy
from coachkit.practice import Practice
from coachkit.telling import plain

_UNFIT = re.compile(r'[<>:"|?*/\\]')
_LONGEST_NAME = 100
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Upload:
    """A file as the browser sends it."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Looked:
    """What files hold, each table as a draft; ``unread`` are those refused, each with why."""

    drafts: tuple[Draft, ...]
    unread: tuple[tuple[str, str], ...]


@dataclass
class Taken:
    """What an import did, in sentences, and the change that takes it back."""

    told: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    change_id: int | None = None


def look_at(paths: Sequence[Path], policy: Policy, progress: Progress) -> Looked:
    """Read files and folders, as the coach said before of those like them."""
    known = dict(recall())
    proposal = propose(paths, corrections=known.items(), progress=progress)
    drafts = [Draft(one, policy, known.get(one.shape, NOTHING)) for one in proposal.tables]
    return Looked(tuple(drafts), proposal.unread)


def look_at_uploads(uploads: Iterable[Upload], policy: Policy, progress: Progress) -> Looked:
    """Read what the browser sent; it lies in a folder that nobody else may read, and not for long.

    Its names are names of files in that folder, whatever they say.
    """
    with tempfile.TemporaryDirectory(prefix="coachkit-") as folder:
        paths: list[Path] = []
        for upload in uploads:
            path = Path(folder) / file_name(upload.name, {one.name.casefold() for one in paths})
            path.write_bytes(upload.content)
            paths.append(path)
        return look_at(paths, policy, progress)


def file_name(name: str, taken: Iterable[str] = ()) -> str:
    r"""The name of a file in a folder of ours, whatever a browser says it is called.

    Examples
    --------
    >>> file_name("../../etc/passwd"), file_name("C:\\x\\jobs.csv"), file_name("a.csv", ["a.csv"])
    ('passwd', 'jobs.csv', 'a (2).csv')
    """
    last = plain(name).replace("\\", "/").rsplit("/", 1)[-1]
    last = _UNFIT.sub("_", last.encode("utf-8", "replace").decode()).strip(". ") or "file"
    path = Path(last)
    suffix = path.suffix[:10]
    stem = last[: len(last) - len(path.suffix)].encode()[:_LONGEST_NAME].decode(errors="ignore")
    found, number = stem + suffix, 1
    while found.casefold() in taken:
        number += 1
        found = f"{stem} ({number}){suffix}"
    return found


def take_in(
    drafts: Sequence[Draft],
    practice: Practice,
    by_client: Mapping[str | int, Sequence[Draft]],
    *,
    timezone: str | None,
    aside: Path,
    progress: Progress,
) -> Taken:
    """Write drafts into a practice as one change, keep the corrections, put by what waits.

    Parameters
    ----------
    drafts
        All of them, in their order.
    practice
        Where to write.
    by_client
        Whose each is, by id or by name; a name that nobody has is a new client's.
    timezone
        The zone of the new clients.
    aside
        Where the rows that wait are to lie.
    progress
        Called with the rows done and all rows, now and then.

    Raises
    ------
    CoachkitError
        As the verbs of ``Practice``; then nothing at all is written.
    """
    taken, token = Taken(), practice.token()
    names = set(practice.caseload().clients["name"])
    files = ", ".join(dict.fromkeys(one.table.table.file for one in drafts))
    with practice.change(f"Imported {errors.cut(files)}"):
        for client, own in by_client.items():
            part = Proposal(tuple(one.table for one in own))
            zone = timezone if isinstance(client, str) and client not in names else None
            written = write(part, practice, client=client, timezone=zone, progress=progress)
            ticked = [(one.table, event) for one in own for event in sorted_ticks(one)]
            logged = accept(part, ticked, practice, client=client) if ticked else 0
            taken.told += map(plain, tell_written(written).splitlines())
            if logged:
                taken.told.append(f"Logged of what you ticked: {errors.counted(logged, 'event')}.")
    if practice.changed_since(token):
        taken.change_id = int(practice.history()["change_id"].iloc[0])
    for draft in drafts:
        if draft.said != NOTHING:
            _kept(taken, partial(remember, draft.table.shape, draft.said))
    _kept(taken, partial(_put_by, taken, drafts, aside))
    return taken


def sorted_ticks(draft: Draft) -> list[Event]:
    """What was ticked of a draft, in the order of its rows."""
    return [one for one in dict.fromkeys(draft.table.read.events) if one in draft.ticked]


def aside_path() -> Path:
    """Where the rows that wait are put: among the coach's documents, where they find it."""
    from platformdirs import user_documents_path

    return user_documents_path() / "set-aside.xlsx"


def _put_by(taken: Taken, drafts: Sequence[Draft], aside: Path) -> None:
    waits = sum(len(waiting(one.table.read)) for one in drafts)
    if not waits:
        return
    try:
        aside.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise errors.UnreadableFile(
            f"{errors.place(aside.parent)} cannot be written to ({error.strerror})."
        ) from error
    place = write_aside(Proposal(tuple(one.table for one in drafts)), aside)
    rows = errors.counted(waits, "row")
    taken.told.append(
        f"{rows} set aside: {'they lie' if waits > 1 else 'it lies'} in {errors.place(place)}, "
        f"each with its reason. Mend them there, and bring that file in."
    )


def _kept(taken: Taken, keep: Callable[[], None]) -> None:
    """What is done beside the change: where it fails, the import stands all the same."""
    try:
        keep()
    except errors.CoachkitError as fault:
        taken.faults.append(f"What you imported is kept, but: {fault}")
