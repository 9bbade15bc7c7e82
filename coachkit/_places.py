"""Where the notebooks and data lie: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder() -> Path:
    """The folder with fields.csv, field_aliases.csv and the sample practice."""
    return _folder("data")


def notebooks_folder() -> Path:
    """The folder with the notebooks as they are shipped."""
    return _folder("notebooks")


def in_checkout() -> bool:
    """Whether coachkit runs from a checkout, where the notebooks may be worked on in place."""
    return not (_PACKAGE / "notebooks").is_dir()


def _folder(name: str) -> Path:
    shipped = _PACKAGE / name
    return shipped if shipped.is_dir() else _PACKAGE.parent / name
