"""What the coach said of files of one shape, kept for the next of its kind."""

import json
from pathlib import Path
from typing import get_args

from coachkit import errors
from coachkit.importing.days import Order
from coachkit.importing.meanings import MEANINGS
from coachkit.importing.proposal import Correction
from coachkit.importing.statuses import STATUSES

Shape = tuple[str, ...]
_ORDERS: tuple[Order, ...] = get_args(Order)


def corrections_path() -> Path:
    """Where they lie: in the folder that the platform keeps user data in."""
    from platformdirs import user_data_path

    return user_data_path("coachkit", appauthor=False) / "imports.json"


def recall(path: Path | None = None) -> list[tuple[Shape, Correction]]:
    """What was said before; nothing where nothing was, or where the file is damaged."""
    try:
        kept = json.loads((path or corrections_path()).read_text(encoding="utf-8"))
        return [(tuple(one["shape"]), _checked(one)) for one in kept]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def remember(shape: Shape, said: Correction, path: Path | None = None) -> None:
    """Keep what was said of tables of a shape, beside what was said of them before.

    Raises
    ------
    UnreadableFile
        It cannot be written.
    """
    known = dict(recall(path))
    old = known.get(shape, Correction({}, {}, {}))
    known[shape] = old.joined(said)
    kept = [
        {
            "shape": list(names),
            "columns": dict(one.columns),
            "orders": dict(one.orders),
            "statuses": dict(one.statuses),
            "fields": dict(one.fields),
        }
        for names, one in known.items()
    ]
    place = path or corrections_path()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as error:
        raise errors.UnreadableFile(
            f"What you said of this file cannot be kept in {errors.place(place)} "
            f"({error.strerror})."
        ) from error


def correction(
    columns: dict[str, str],
    orders: dict[str, str],
    statuses: dict[str, str],
    fields: dict[str, str],
) -> Correction:
    """What the coach said, if the words are known.

    Raises
    ------
    UnknownWord
        A meaning, an order or a status that there is none of; the message lists them.
    """
    for said, allowed in ((columns, MEANINGS), (orders, _ORDERS), (statuses, STATUSES)):
        for what, word in said.items():
            if word not in allowed:
                raise errors.UnknownWord(
                    f"{errors.quoted(what)} cannot be {errors.quoted(word)}. Use "
                    f"{errors.listed(allowed)}."
                )
    return Correction(columns, orders, statuses, fields)  # type: ignore[arg-type]


def _checked(kept: dict[str, dict[str, str]]) -> Correction:
    names = ("columns", "orders", "statuses", "fields")
    return correction(*(dict(kept.get(name, {})) for name in names))
