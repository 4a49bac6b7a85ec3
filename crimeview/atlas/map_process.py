"""UMAP in a process of its own: whoever asks waits for nothing, and can end it at any time.

What it needs compiles for seconds; a process that is kept makes the next map sooner.
"""

import multiprocessing
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from crimeview.atlas.map_model import MapModel
from crimeview.core.errors import CrimeviewError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Floats = NDArray[np.float32]

_PATIENCE = 0.2  # s between two yields
_ENDING = 2.0  # s for the process to end by itself
_DONE, _FAILED, _SHARE = "done", "failed", "share"  # kinds of answers


class MapError(CrimeviewError):
    """The process that makes maps ended or failed."""


class MapProcess:
    """The process; use as a context manager, or `close` it. It starts with the first question.

    One question at a time. A generator of answers yields while it waits, and when it is closed the
    process is ended: the next question starts another.
    """

    def __init__(self) -> None:
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None

    def fit(
        self, vectors: Floats, *, space: str, start: Floats, seed: int = 0
    ) -> Iterator[MapModel | float | None]:
        """Yields what share is done, None while that is unknown, then the map.

        See `umap_map.fit_map`. Raises MapError.
        """
        return self._asked(
            "fit", {"vectors": vectors, "space": space, "start": start, "seed": seed}
        )

    def place(self, model: MapModel, vectors: Floats) -> Iterator[Floats | float | None]:
        """Yields the same while it waits, then positions (m, 2). Raises MapError."""
        return self._asked("place", {"model": model, "vectors": vectors})

    def close(self) -> None:
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if connection is not None:
            connection.close()  # which it takes as its end
        if process is None:
            return
        process.join(_ENDING)
        if process.is_alive():
            process.kill()
            process.join()
        process.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _asked(self, what: str, values: dict[str, Any]) -> Iterator[Any]:
        connection = self._connected()
        answered, share = False, None
        try:
            connection.send((what, values))
            while not answered:
                if not connection.poll(_PATIENCE):
                    yield share
                    continue
                kind, answer = connection.recv()
                if kind == _SHARE:
                    share = answer
                answered = kind != _SHARE
        except (EOFError, OSError) as error:
            raise MapError(
                "The process that makes the map ended unexpectedly, perhaps for want of memory; "
                "close other programs, or map fewer segments."
            ) from error
        finally:
            if not answered:
                self._kill()
        if kind == _FAILED:
            raise MapError(f"The map could not be made ({answer}); report this with the log.")
        yield answer

    def _connected(self) -> "Connection":
        if self._connection is None:
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            self._process = context.Process(target=_answer, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
            self._connection = ours
        return self._connection

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
        self.close()


def _answer(connection: "Connection") -> None:
    """In the process: answer questions until there is nobody to ask them."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who asked
    while True:
        try:
            what, values = connection.recv()
        except (EOFError, OSError):
            return
        try:
            from crimeview.atlas import umap_map

            tell = partial(_tell, connection)
            answer = (_DONE, _WAYS[what](umap_map, values, tell))
        except Exception as error:  # it is told to who asked
            answer = (_FAILED, f"{type(error).__name__}: {error}")
        try:
            connection.send(answer)
        except OSError:
            return


def _tell(connection: "Connection", share: float) -> None:
    connection.send((_SHARE, share))


_WAYS = {
    "fit": lambda umap_map, values, tell: umap_map.fit_map(
        values["vectors"],
        space=values["space"],
        start=values["start"],
        seed=values["seed"],
        tell=tell,
    ),
    "place": lambda umap_map, values, tell: umap_map.place(
        values["model"], values["vectors"], tell=tell
    ),
}
