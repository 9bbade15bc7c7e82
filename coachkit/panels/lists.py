"""``ActionList``: rows in groups, each with buttons; what is clicked comes back as a call."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import anywidget
import traitlets

_STATIC = Path(__file__).parent / "static"
#: A row: id, group, title, and perhaps subtitle, badge, text, note (texts), tone, done, tickable,
#: and actions: each a key, a label, perhaps first (it stands out), off, and options (value, label).
Row: TypeAlias = Mapping[str, Any]
#: What is told of a click: the action's key, the rows' ids, and the option chosen, if any.
Heard: TypeAlias = Callable[[str, list[str], str | None], None]


class ActionList(anywidget.AnyWidget):
    """A list of rows in groups that acts on a click.

    Everything in a row is shown as text, whatever it holds. A click is told once: rows that are
    gone, or whose click was told already, are not told again.

    Parameters
    ----------
    groups
        Each a key, a heading and perhaps folded, in the order in which they are shown.
    rows
        See ``Row``; within a group in the order in which they are shown. Ids are texts.
    bulk
        Actions on all rows that are ticked: key and label each.
    empty
        What is said when there are no rows.
    label
        What the list is, for those who do not see it.

    Examples
    --------
    >>> listed = ActionList(groups=[{"key": "now", "heading": "Now (1)"}])
    >>> listed.rows = [{"id": "1", "group": "now", "title": "Ann Lee"}]
    >>> listed.patch([{"id": "1", "group": "now", "title": "Ann Lee", "done": True}])
    >>> listed.rows[0]["done"]
    True
    """

    _esm = _STATIC / "action_list.js"
    _css = _STATIC / "panels.css"
    groups = traitlets.List(traitlets.Dict()).tag(sync=True)
    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    bulk = traitlets.List(traitlets.Dict()).tag(sync=True)
    empty = traitlets.Unicode("Nothing here.").tag(sync=True)
    label = traitlets.Unicode("List").tag(sync=True)
    said = traitlets.Unicode("").tag(sync=True)

    def __init__(self, **given: Any) -> None:
        self._patching = False
        self._heard: list[Heard] = []
        super().__init__(**given)
        self.on_msg(self._told)

    def on_act(self, heard: Heard) -> None:
        """Call ``heard(action, ids, value)`` when the coach clicks."""
        self._heard.append(heard)

    def patch(
        self,
        rows: Iterable[Row] = (),
        *,
        removed: Iterable[str] = (),
        order: Sequence[str] | None = None,
        groups: Sequence[Mapping[str, Any]] | None = None,
        said: str | None = None,
    ) -> None:
        """Change some rows where they stand; the browser is sent these alone.

        Parameters
        ----------
        rows
            Rows that are new, or that take the place of those of the same id.
        removed
            Ids of rows that go.
        order
            All ids in their new order; None: as they stand, the new ones last.
        groups
            The groups, where their headings change.
        said
            What is told to the coach about it.
        """
        changed = [dict(row) for row in rows]
        gone = list(removed)
        known = {row["id"]: row for row in self.rows} | {row["id"]: row for row in changed}
        for row_id in gone:
            known.pop(row_id, None)
        ids = [row_id for row_id in (order or known) if row_id in known]
        message: dict[str, Any] = {"event": "patch", "rows": changed, "removed": gone}
        if order is not None:
            message["order"] = ids
        self._patching = True  # the model keeps all of it; the browser hears of the changes
        try:
            self.rows = [known[row_id] for row_id in ids]
            if groups is not None:
                self.groups = message["groups"] = [dict(group) for group in groups]
            if said is not None:
                self.said = message["said"] = said
        finally:
            self._patching = False
        self.send(message)

    def _should_send_property(self, key: str, value: Any) -> bool:
        if getattr(self, "_patching", False):
            return False
        return bool(super()._should_send_property(key, value))

    def _told(self, _: object, content: Any, __: object) -> None:
        """A message from the browser, which may hold anything."""
        if not isinstance(content, dict) or content.get("event") != "act":
            return
        action, value, ids = (content.get(name) for name in ("action", "value", "ids"))
        if not isinstance(ids, list) or not isinstance(value, str | None):
            return
        offered = {row["id"]: row for row in self.rows}
        meant = [
            row_id
            for row_id in ids
            if isinstance(row_id, str)
            and _offers(offered.get(row_id, {}), self.bulk, action, value)
        ]
        try:
            if meant:
                for heard in self._heard:
                    heard(str(action), meant, value)
        finally:  # whatever came of it, the rows' buttons work again
            self.send({"event": "heard", "ids": ids})


def _offers(row: Row, bulk: Sequence[Row], action: object, value: str | None) -> bool:
    """Whether a row has a button of its own, or a tick, for an action and the option chosen."""
    if row.get("tickable") and value is None and any(one["key"] == action for one in bulk):
        return True
    own = (one for one in row.get("actions", ()) if not one.get("off") and one["key"] == action)
    options = [one.get("options") for one in own]
    return any(not chosen or value in [key for key, _ in chosen] for chosen in options)
