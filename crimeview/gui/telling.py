"""Sending what the outbox of the open case holds: while cameras are watched, and what waits."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from crimeview.core.delivery import Delivery
from crimeview.core.job import Changed, Job, Step
from crimeview.core.outbox import OutboxEntry, OutboxState
from crimeview.gui.notifying import Notifying
from crimeview.gui.tasks import Task, Tasks
from crimeview.gui.text import translate
from crimeview.gui.told_text import fault_text, told_text
from crimeview.gui.wall import Wall
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case

_TRY_AGAIN = 30_000  # ms between looks at what waits while nobody watches


class Telling(QObject):
    """Tells of alarms for as long as somebody watches, and else of what waits, now and then."""

    def __init__(
        self, workspace: Workspace, tasks: Tasks, wall: Wall, notifying: Notifying
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._tasks = tasks
        self._wall = wall
        self._notifying = notifying
        self._following = False
        self._post: Task | None = None
        self._resumed = False  # whether what waited when the case was opened was tried
        self._again = QTimer(self, singleShot=True, interval=_TRY_AGAIN)
        self._again.timeout.connect(self.deliver_now)
        workspace.case_opened.connect(self._on_case_opened)
        wall.outbox_changed.connect(self._on_outbox)

    def follow(self) -> None:
        """Send what comes, until `unfollow`; what is being sent already is sent first."""
        self._following = True
        self._deliver(until_empty=False)

    def unfollow(self) -> None:
        """Send nothing more; takes a moment."""
        self._following = False
        if self._post is not None:
            self._post.cancel()

    def close(self) -> None:
        """Send nothing any more, and show no more notifications."""
        self.unfollow()
        self._again.stop()
        self._notifying.close()

    def deliver_now(self) -> None:
        """Send what waits, once where nobody watches."""
        self._wall.read()
        if not self._following:
            self._deliver(until_empty=True)

    def retry(self) -> None:
        """Have all that failed tried at once."""

        def work(case: Case) -> int:
            return case.alarms.retry(now=time.time())

        self._workspace.access.change(work, Changed.NOTHING, then=lambda _count: self.deliver_now())

    def test(self, delivery: Delivery, then: Callable[..., None], *, owner: QObject) -> None:
        """Send a test; `then` gets what came of it, in a sentence, and whether it is good.

        Nothing is told once `owner` is gone.
        """
        alive = [True]
        owner.destroyed.connect(lambda: alive.clear())
        done = translate("Telling", "“{name}” has taken the test.").format(name=delivery.name)
        notify = self._notifying.notify

        def work() -> str:
            from crimeview.jobs.deliver import send_test

            send_test(delivery, notify=notify)
            return done

        def end(sentence: str) -> None:
            self._notifying.show_waiting()
            if alive:
                then(sentence, good=True)

        def fail(error: Exception) -> None:
            if alive:
                then(fault_text(error), good=False)

        self._tasks.call(work, on_result=end, on_error=fail)

    def _deliver(self, *, until_empty: bool) -> None:
        if self._post is not None:
            return

        def end() -> None:
            self._post = None
            if self._following:  # since this was begun
                self._deliver(until_empty=False)

        def fail(error: Exception) -> None:
            self._following = False
            end()
            self._workspace.notice(error)

        self._post = self._tasks.start(
            _deliver(self._workspace.case, self._notifying.notify, until_empty=until_empty),
            on_step=self._on_delivered,
            on_result=lambda _count: end(),
            on_error=fail,
            on_cancelled=end,
        )

    def _on_delivered(self, step: Step) -> None:
        self._notifying.show_waiting()
        settled: Sequence[OutboxEntry] = getattr(step, "settled", ())
        if not settled:
            return
        # Told once, not at each try: the list of messages has the rest.
        failed = [e for e in settled if e.error and (e.attempts == 1 or e.done is not None)]
        if failed:
            told = translate("Telling", "An alarm could not be told: {why}")
            self._workspace.noticed.emit(told.format(why=told_text(failed[-1].error)))
        self._wall.read()

    def _on_outbox(self) -> None:
        waiting = any(entry.state is OutboxState.WAITING for entry in self._wall.outbox)
        if waiting and not self._following:
            self._again.start()  # for as long as the window is open
        if not self._resumed:
            self._resumed = True
            if waiting:
                self.deliver_now()  # what an earlier window could not tell

    def _on_case_opened(self) -> None:
        self._resumed = False


def _deliver(case: Case, notify: Callable[[str, str], None], *, until_empty: bool) -> Job[int]:
    from crimeview.jobs.deliver import deliver

    return (yield from deliver(case, notify=notify, until_empty=until_empty))
