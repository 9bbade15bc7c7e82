"""Days as coachkit writes them everywhere: in English, whatever the computer's language."""

from datetime import date

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(when: date, *, year: bool = True) -> str:
    """``9 Feb 2026``, or without the year."""
    return f"{when.day} {MONTHS[when.month - 1]}" + (f" {when.year}" if year else "")


def full_day(when: date, *, year: bool = True) -> str:
    """``Mon 9 Feb 2026``, or without the year."""
    return f"{WEEKDAYS[when.weekday()]} {day(when, year=year)}"
