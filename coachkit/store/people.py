"""Who is meant: a client by id or by name, and a coach's clients."""

import numpy as np
import sqlalchemy as sa

from coachkit import errors
from coachkit.store.plain import as_id
from coachkit.store.schema import clients


def client_id(connection: sa.Connection, client: int | str) -> int:
    """The id of a client who is named by it or by name.

    Raises
    ------
    UnknownClient
        No client answers to it, or several share the name.
    """
    whole = not isinstance(client, bool | np.bool_) and hasattr(client, "__index__")
    if not (isinstance(client, str) or whole):
        raise errors.UnknownClient(
            f"{errors.quoted(client)} is neither a client's id nor a name. Ask by one of them."
        )
    asked = (
        clients.c.name == client
        if isinstance(client, str)
        else clients.c.client_id == (as_id(client) or 0)
    )
    found = connection.execute(sa.select(clients.c.client_id).where(asked)).scalars().all()
    if len(found) == 1:
        return int(found[0])
    if len(found) > 1:
        raise errors.UnknownClient(
            f"{len(found)} clients are called {client!r}: their ids are "
            f"{errors.listed(found, 'and')}. Ask by id."
        )
    how = f"called {errors.quoted(client)}" if isinstance(client, str) else f"with the id {client}"
    raise errors.UnknownClient(f"There is no client {how}. Look at `clients` for who is there.")


def name_of(connection: sa.Connection, number: int) -> str | None:
    """What a client is called; None where there is no such client."""
    asked = sa.select(clients.c.name).where(clients.c.client_id == number)
    return connection.execute(asked).scalar()


def clients_of(connection: sa.Connection, coach: str) -> list[int]:
    """The ids of a coach's clients."""
    asked = sa.select(clients.c.client_id).where(clients.c.coach == coach)
    return list(connection.execute(asked.order_by(clients.c.client_id)).scalars())
