"""What a notebook may store: the sample's tables, and nothing of anybody's own practice."""

import ipywidgets as widgets

from coachkit.practice import AnyPractice
from coachkit.telling import Told


class Unstored(widgets.HTML):
    """Words on the page that are not in the notebook's file."""

    def __repr__(self) -> str:
        return "<shown where the notebook runs>"


def plain(practice: AnyPractice, told: Told) -> Told | Unstored:
    """Show a table so that saving the notebook saves no client's data.

    Parameters
    ----------
    practice
        Whose table it is. The sample's clients are made up: only its tables are stored.
    told
        What ``tell_agenda``, ``tell_compliance`` or ``tell`` returned.

    Examples
    --------
    >>> import coachkit as ck
    >>> plain(ck.open_practice("sample"), ck.tell("Nobody real."))
    Nobody real.
    """
    return told if is_sample(practice) else Unstored(told.html)


def is_sample(practice: AnyPractice) -> bool:
    """Whether it is the sample practice that coachkit ships."""
    from coachkit._places import data_folder

    folder = getattr(practice, "folder", None)
    return folder is not None and folder.resolve() == (data_folder() / "sample").resolve()
