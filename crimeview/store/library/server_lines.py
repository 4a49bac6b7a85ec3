"""Lines to a library's server, kept for the next who asks.

One may be gone since it was used last, as where the server was started anew. Before it is given
out it is asked, which costs a round trip; who can ask again takes it on trust.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import InvalidatePoolError

_CONNECT_SECONDS = 10
_NEW = "new"


class _Trust(threading.local):
    given = False


_trust = _Trust()


@contextmanager
def on_trust() -> Iterator[None]:
    """Within, this thread is given lines that nobody has asked whether they are there."""
    _trust.given = True
    try:
        yield
    finally:
        _trust.given = False


def server_engine(url: URL, *, password: str | None) -> Engine:
    """TLS options of the URL go to libpq as they are; the password comes from the keyring."""
    arguments: dict[str, Any] = {"connect_timeout": _CONNECT_SECONDS}
    if password is not None:
        arguments["password"] = password  # not in the URL, which errors may show
    engine = create_engine(url, connect_args=arguments, hide_parameters=True, pool_size=4)
    event.listen(engine, "connect", _register)

    def ask(connection: Any, record: Any, _proxy: object) -> None:
        from psycopg import Error

        if record.info.pop(_NEW, False) or _trust.given:
            return
        try:
            engine.dialect.do_ping(connection)
        except Error as error:
            raise InvalidatePoolError from error  # those that were made before it are gone, too

    event.listen(engine, "checkout", ask)
    return engine


def _register(connection: Any, record: Any) -> None:
    """Teach the connection pgvector's types, where the extension is there already.

    A vector lies anywhere, but in memory: by default the planner takes that for a slow disk and
    would rather read all of them.
    """
    from pgvector.psycopg import register_vector
    from psycopg import ProgrammingError

    try:
        register_vector(connection)
    except ProgrammingError:
        connection.rollback()
    connection.execute("SET random_page_cost = 1.1")
    connection.commit()
    record.info[_NEW] = True
