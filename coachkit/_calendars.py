"""Holidays by country, from the ``holidays`` library, one country loaded at a time."""

import importlib.util
import re
import sys
from datetime import date
from functools import cache
from types import ModuleType
from typing import Any


@cache
def is_country(name: str) -> bool:
    """Whether there are holidays for a country or subdivision such as ``US`` or ``US-CA``."""
    country, dash, subdivision = name.partition("-")
    if not re.fullmatch("[A-Z]{2,3}", country) or (dash and not subdivision):
        return False
    try:
        _calendar(name)
    except NotImplementedError:
        return False
    return True


@cache
def holiday_names(country: str | None, year: int) -> dict[date, str]:
    """The holidays of a country or subdivision in a year: date → name. No country, no holidays."""
    return {} if country is None else dict(_calendar(country, year))


def _calendar(name: str, year: int | None = None) -> Any:
    _load_countries_singly()
    import holidays

    country, _, subdivision = name.partition("-")
    return holidays.country_holidays(country, subdiv=subdivision or None, years=year)


class _Waiting(ModuleType):
    """A package whose body runs when somebody asks for a name that it does not have yet."""

    def __getattr__(self, name: str) -> Any:
        self.__class__ = ModuleType  # type: ignore[assignment]
        assert self.__spec__ is not None
        assert self.__spec__.loader is not None
        self.__spec__.loader.exec_module(self)
        return getattr(self, name)


def _load_countries_singly() -> None:
    """Spare the first grading the 250 countries that nobody asked for.

    The library finds a country's module by itself, but importing it runs the body of the package
    ``holidays.countries``, which loads them all: twice what a whole grading costs.
    """
    package = "holidays.countries"
    if package in sys.modules:
        return
    spec = importlib.util.find_spec(package)
    assert spec is not None
    waiting = importlib.util.module_from_spec(spec)
    waiting.__class__ = _Waiting
    sys.modules[package] = waiting
