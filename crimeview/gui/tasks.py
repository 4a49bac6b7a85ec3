"""The window's threads, all of them: jobs in a pool, and lanes for what one thread must own.

Worker threads own no Qt object, destroy none, and call nothing that makes one. What they have to
say goes as a closure into an inbox, and one signal without arguments knocks at the GUI thread,
which empties it: some of it at a time, between which input and painting get their turn. Callbacks
are given at the start, because a quick job would be over before they could be connected.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TypeVar, cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from crimeview.core.errors import CrimeviewError
from crimeview.core.job import Job, Step
from crimeview.gui.garbage import collect_garbage_here
from crimeview.gui.turns import SOON, Turns

T = TypeVar("T")
OnStep = Callable[[Step], None]
OnError = Callable[[Exception], None]
Deliver = Callable[[Callable[[], None]], None]

_WORKERS = 6  # of which watching cameras and telling of alarms take one each for good
_DELIVERY = 0.005  # seconds of callbacks in a row; then input and painting get their turn
_log = logging.getLogger(__name__)


def log_error(error: Exception) -> None:
    """What becomes of an error that nobody waits for: a bug of ours keeps its traceback."""
    if isinstance(error, CrimeviewError):
        _log.info("%s", error)
    else:
        _log.error("A background task failed", exc_info=error)


class Task:
    """A job that was started."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Have the job closed in its worker at its next step."""
        self._cancelled.set()


class Hold:
    """Hands work to threads, but keeps it back between `begin` and `end`."""

    def __init__(self) -> None:
        self._kept: list[Callable[[], object]] | None = None

    def begin(self) -> None:
        self._kept = []

    def end(self) -> None:
        """Hand over what was kept, in order; does nothing where nothing is held."""
        kept, self._kept = self._kept or [], None
        for hand_over in kept:
            hand_over()

    def submit(self, executor: Executor, work: Callable[[], None]) -> None:
        if self._kept is None:
            executor.submit(work)
        else:
            self._kept.append(partial(executor.submit, work))


class Lane:
    """One thread of its own: calls run in order, and what they open belongs to that thread."""

    def __init__(self, deliver: Deliver, hold: Hold, *, name: str) -> None:
        self._deliver = deliver
        self._hold = hold
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._closed = False
        self._last: Future[None] | None = None

    def call(
        self,
        work: Callable[[], T],
        *,
        on_result: Callable[[T], None],
        on_error: OnError = log_error,
    ) -> None:
        """Have it done after what was asked for before; nothing is, once the lane is closed."""
        if self._closed:
            return

        def run() -> None:
            try:
                done = partial(on_result, work())
            except Exception as error:
                done = partial(on_error, error)
            self._deliver(partial(self._finish, done))

        self._hold.submit(self._executor, run)

    def close(self, last: Callable[[], None]) -> None:
        """Run `last` in the thread and let it end; nothing more is delivered. Does not wait."""
        if not self._closed:
            self._closed = True
            self._hold.end()
            # At the interpreter's end, when what it belongs to may be destroyed, no thread takes
            # work any more: nothing is left to be let go of then.
            with suppress(RuntimeError):
                self._last = self._executor.submit(last)
            self._executor.shutdown(wait=False)

    @property
    def ended(self) -> bool:
        """Whether it is closed and `last` has been run."""
        return self._last is not None and self._last.done()

    def join(self) -> None:
        self._closed = True
        self._executor.shutdown(wait=True)

    def _finish(self, done: Callable[[], None]) -> None:
        if not self._closed:
            done()


class Tasks(QObject):
    """Runs jobs in the background and their callbacks in the GUI thread.

    `turns` is for what takes long in the GUI thread itself.
    """

    _knocked = Signal()

    def __init__(self) -> None:
        super().__init__()
        collect_garbage_here()
        self.turns = Turns()
        self._hold = Hold()
        self._executor = ThreadPoolExecutor(_WORKERS, thread_name_prefix="task")
        self._inbox: deque[Callable[[], None]] = deque()
        self._running: set[Task] = set()
        self._lanes: list[Lane] = []
        self._emptying = QTimer(self, singleShot=True, interval=SOON)
        self._emptying.timeout.connect(self._empty)
        self._knocked.connect(self._emptying.start, Qt.ConnectionType.QueuedConnection)

    def hold(self) -> None:
        """Keep what is started from its threads until `go`.

        They would take the interpreter from the window while it is painted for the first time.
        """
        self._hold.begin()

    def go(self) -> None:
        """Begin what was kept, if `hold` was called."""
        self._hold.end()

    def start(
        self,
        job: Job[T],
        *,
        on_step: OnStep | None = None,
        on_result: Callable[[T], None] | None = None,
        on_error: OnError = log_error,
        on_cancelled: Callable[[], None] | None = None,
    ) -> Task:
        """Run a job; callbacks come in the GUI thread, in order.

        The last of them is exactly one of `on_result`, `on_error` and `on_cancelled`. After
        `Task.cancel` no more steps and no result come, even where the job was over by then.
        """
        task = Task()
        self._running.add(task)

        def step(value: Step) -> None:
            if on_step is not None and not task.cancelled:
                on_step(value)

        def end(result: T | None, error: Exception | None) -> None:
            self._running.discard(task)
            if error is not None:
                on_error(error)
            elif task.cancelled:
                if on_cancelled is not None:
                    on_cancelled()
            elif on_result is not None:
                on_result(cast("T", result))

        def run() -> None:
            result, error = None, None
            try:
                result = self._exhaust(job, task=task, step=step)
            except Exception as raised:
                error = raised
            self._deliver(partial(end, result, error))

        self._hold.submit(self._executor, run)
        return task

    def call(
        self,
        work: Callable[[], T],
        *,
        on_result: Callable[[T], None] | None = None,
        on_error: OnError = log_error,
    ) -> Task:
        """Run a function that is over soon: a job without steps."""
        return self.start(_without_steps(work), on_result=on_result, on_error=on_error)

    def lane(self, name: str, *, of: QObject | None = None) -> Lane:
        """One for what belongs to `of`, if that is given: it is closed when that is destroyed."""
        lane = Lane(self._deliver, self._hold, name=name)
        if of is not None:
            of.destroyed.connect(lambda: lane.close(_nothing))
        self._lanes = [*(known for known in self._lanes if not known.ended), lane]
        return lane

    def close(self) -> None:
        """Cancel everything and wait for the threads: at most one step of each job."""
        for task in self._running:
            task.cancel()
        self._hold.end()
        self._executor.shutdown(wait=True, cancel_futures=True)
        for lane in self._lanes:
            lane.join()
        self._inbox.clear()
        self.turns.clear()

    def _deliver(self, closure: Callable[[], None]) -> None:
        self._inbox.append(closure)
        self._knocked.emit()

    def _empty(self) -> None:
        until = time.monotonic() + _DELIVERY
        try:
            while self._inbox:
                self._inbox.popleft()()
                if time.monotonic() >= until:
                    return
        finally:
            if self._inbox:
                self._emptying.start()

    def _exhaust(self, job: Job[T], *, task: Task, step: Callable[[Step], None]) -> T | None:
        try:
            while not task.cancelled:
                self._deliver(partial(step, next(job)))
        except StopIteration as stop:
            return cast("T", stop.value)
        finally:
            job.close()
        return None


def _without_steps(work: Callable[[], T]) -> Job[T]:
    yield from ()
    return work()


def _nothing() -> None:
    """There is nothing to let go of."""
