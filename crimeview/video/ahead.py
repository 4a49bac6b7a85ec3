"""Doing the next items while the present one is being used."""

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Event, Thread
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _End:
    error: BaseException | None


def work_ahead(items: Callable[[], Generator[T]], *, depth: int) -> Generator[T]:
    """Yield what `items()` yields, made in a thread that is at most `depth` items ahead.

    The thread starts with the first item asked for and owns the iterator from its making to its
    end. It is never abandoned: when the consumer closes this generator, or drops it, the thread is
    told to stop and joined. What it raises is raised here.
    """
    box: Queue[T | _End] = Queue(depth)
    stop = Event()
    thread = Thread(target=_work, args=(items, box, stop), name="decode-ahead")
    thread.start()
    try:
        while not isinstance(item := box.get(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        stop.set()
        _drain(box)  # a thread that waits for room gets it, and then sees that it must stop
        thread.join()


def _work(items: Callable[[], Generator[T]], box: "Queue[T | _End]", stop: Event) -> None:
    error: BaseException | None = None
    try:
        with closing(items()) as made:
            for item in made:
                box.put(item)
                if stop.is_set():
                    return
    except BaseException as raised:  # handled where it is raised anew: in the consumer
        error = raised
    if not stop.is_set():
        box.put(_End(error))


def _drain(box: "Queue[T | _End]") -> None:
    try:
        while True:
            box.get_nowait()
    except Empty:
        pass
