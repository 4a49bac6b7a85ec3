"""A port of loopback for a server that is not there yet, or not any more."""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_port() -> Iterator[int]:
    """A port that nobody listens at, and that no other program is given until the block ends.

    Servers that allow an address to be used again can listen at it meanwhile.
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        if sys.platform != "linux":  # where no server could listen at it
            held.close()
        yield port
