"""Numbered migrations: how an older practice becomes one that this coachkit knows.

Each step is the SQL that led from the version before to its own; it is never changed once it has
shipped. A new practice is made from the schema as it is today, and a test holds the two against
each other. All the steps that a file needs run in one transaction, after a backup.
"""

import sqlalchemy as sa

from coachkit import errors
from coachkit.store.schema import VERSION, metadata, settings

#: The statements that lead to each version, from the second on.
STEPS: dict[int, tuple[str, ...]] = {
    2: (  # where the rows of an imported file went, so that it can be imported again
        """
        CREATE TABLE import_marks (
            import_mark_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            client_id INTEGER NOT NULL,
            source TEXT NOT NULL,
            row_key TEXT NOT NULL,
            table_name TEXT NOT NULL,
            row_id INTEGER NOT NULL,
            content TEXT,
            UNIQUE (client_id, source, row_key, table_name),
            FOREIGN KEY(client_id) REFERENCES clients (client_id)
        )
        """,
        "CREATE INDEX ix_import_marks_client_id ON import_marks (client_id)",
    ),
    3: (  # notes that were begun
        """
        CREATE TABLE note_drafts (
            note_draft_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            client_id INTEGER NOT NULL,
            kind TEXT NOT NULL,
            interview_id INTEGER,
            interviewer_id INTEGER,
            subject TEXT,
            text TEXT,
            answers TEXT,
            FOREIGN KEY(client_id) REFERENCES clients (client_id)
        )
        """,
        "CREATE INDEX ix_note_drafts_client_id ON note_drafts (client_id)",
    ),
}


def version_of(connection: sa.Connection) -> int:
    """The version of the schema that a practice has."""
    found = connection.execute(sa.select(settings.c.value).where(settings.c.name == "version"))
    return int(found.scalar_one())


def create(connection: sa.Connection) -> None:
    """Make the tables of a new practice, as they are today."""
    metadata.create_all(connection)
    connection.execute(settings.insert(), {"name": "version", "value": str(VERSION)})


def refuse_newer(version: int, name: str) -> None:
    """A practice from the future is left alone.

    Raises
    ------
    NewerPractice
        It was written by a newer coachkit.
    """
    if version > VERSION:
        raise errors.NewerPractice(
            f"The practice {errors.place(name)} was written by a newer coachkit (its schema has "
            f"the number {version}; this one knows {VERSION}). Update: pip install -U coachkit"
        )


def migrate(connection: sa.Connection, version: int) -> None:
    """Take a practice from ``version`` to today's, within the transaction that is under way."""
    for number in range(version + 1, VERSION + 1):
        for statement in STEPS[number]:
            connection.exec_driver_sql(statement)
        connection.execute(
            settings.update().where(settings.c.name == "version").values(value=str(number))
        )
