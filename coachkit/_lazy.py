"""Names that load when they are first used, so that importing a package costs next to nothing."""

import sys

TYPE_CHECKING = False  # as typing's, whose import would cost more than all the rest
if TYPE_CHECKING:
    from typing import Any

_Module = type(sys)  # types.ModuleType, without the import


class _Package(_Module):  # type: ignore[valid-type,misc]
    """A package whose ``_HOMES`` says in which of its modules each of its public names lives.

    A name that a module bears too, such as ``coachkit.compliance``, stays what lives there when
    that module is loaded.
    """

    def __getattr__(self, name: str) -> "Any":
        homes = self.__dict__["_HOMES"]
        if name not in homes:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(f"{self.__name__}.{homes[name]}"), name)
        self.__dict__[name] = value
        return value

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in self.__dict__["_HOMES"] and isinstance(value, _Module)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted([*self.__dict__, *self.__dict__["_HOMES"]])


def load_when_used(package: str) -> None:
    """Let a package's names load when they are used; it has its ``_HOMES`` already."""
    sys.modules[package].__class__ = _Package
