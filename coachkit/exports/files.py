"""Files that are handed over: names that every system bears, written whole or not at all."""

import os
import unicodedata
from pathlib import Path
from tempfile import NamedTemporaryFile

from coachkit import errors
from coachkit._wording import plain

#: A name of so many bytes fits every file system, with a number and an ending behind it.
_LONGEST = 100


def file_name(name: object, number: int, ending: str) -> str:
    """A file name from a name from outside; the number tells namesakes apart.

    Nothing in it is a path, is reserved on Windows, ends in a dot or is too long; however the name
    was typed (composed or not), the file's is the same.

    Examples
    --------
    >>> file_name("Zoë Martínez", 2, "pdf")
    'Zoë Martínez (2).pdf'
    >>> file_name("../../etc/passwd", 3, "html"), file_name("CON", 4, "html")
    ('etcpasswd (3).html', 'CON_ (4).html')
    """
    from pathvalidate import sanitize_filename

    clean = sanitize_filename(plain(name, 200), platform="universal")
    clean = "".join(
        sign for sign in clean if unicodedata.category(sign) not in ("Cf", "Co", "Cs", "Cn")
    )
    clean = " ".join(unicodedata.normalize("NFC", clean).split())
    short = clean.encode("utf-8")[:_LONGEST].decode("utf-8", "ignore").strip(" .")
    return f"{short or 'client'} ({number}).{ending}"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it, and what was there stays until then.

    Raises
    ------
    UnreadableFile
        It cannot be written.
    """
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=".coachkit-", delete=False) as part:
            try:
                part.write(content)
                part.flush()
                os.fsync(part.fileno())
                part.close()
                _as_others_are(part.name)
                os.replace(part.name, path)
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
    except OSError as fault:
        raise errors.UnreadableFile(
            f"{str(path)!r} cannot be written ({fault.strerror}). Close it where it is open, or "
            f"name another folder."
        ) from fault


def make_folder(folder: Path) -> None:
    """Make a folder, if it is not there.

    Raises
    ------
    UnreadableFile
        It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise errors.UnreadableFile(
            f"The folder {str(folder)!r} cannot be made ({fault.strerror}). Name another."
        ) from fault


def _as_others_are(path: str) -> None:
    """Give the file the rights of any new file; a temporary one is its owner's alone."""
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(path, 0o666 & ~mask)
