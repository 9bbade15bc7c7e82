"""The folder that the coach names, and files written into it."""

from pathlib import Path

import ipywidgets as widgets

from coachkit import errors
from coachkit.exports.files import make_folder, write_whole
from coachkit.panels.forms import field


def folder_field(label: str) -> widgets.Text:
    """A field for a folder, which says at once where files would go."""
    usual = widgets.Text(value=str(usual_folder()), layout=widgets.Layout(width="100%"))
    return field(usual, label)


def usual_folder() -> Path:
    """Where files go as long as the coach names no other folder: among the documents."""
    from platformdirs import user_documents_path

    return user_documents_path() / "coachkit"


def folder_named(text: str) -> Path:
    """The folder that a text names; one that is not named whole lies in the home folder.

    Raises
    ------
    UnreadableFile
        It names none.

    Examples
    --------
    >>> folder_named("/tmp/notes").as_posix()
    '/tmp/notes'
    >>> folder_named("notes") == Path.home() / "notes"
    True
    """
    if not text.strip() or "\0" in text:
        raise errors.UnreadableFile("Name the folder that the files are to go into.")
    try:
        return Path.home() / Path(text.strip()).expanduser()
    except RuntimeError as fault:  # the home of somebody whom this computer does not know
        raise errors.UnreadableFile(
            f"There is no folder {errors.quoted(text.strip())}. Name another."
        ) from fault


def put(folder: Path, name: str, content: bytes) -> Path:
    """Write a file whole into a folder, which is made if need be; where it now lies."""
    make_folder(folder)
    write_whole(folder / name, content)
    return folder / name
