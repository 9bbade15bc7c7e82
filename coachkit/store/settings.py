"""A practice's settings: what it is called, whose it is, and what the store notes about itself."""

import sqlalchemy as sa

from coachkit.store.schema import settings


def read_settings(connection: sa.Connection) -> dict[str, str]:
    """All settings that are set."""
    asked = sa.select(settings.c.name, settings.c.value)
    return {row.name: row.value for row in connection.execute(asked)}


def setting(connection: sa.Connection, name: str) -> str | None:
    """A setting's value; None where it is not set."""
    return connection.execute(sa.select(settings.c.value).where(settings.c.name == name)).scalar()


def put_setting(connection: sa.Connection, name: str, value: str | None) -> None:
    """Set a setting, or with None take it away."""
    connection.execute(settings.delete().where(settings.c.name == name))
    if value is not None:
        connection.execute(settings.insert(), {"name": name, "value": value})
