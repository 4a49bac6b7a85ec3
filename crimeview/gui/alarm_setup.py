"""Rules for alarms and to whom they are told, as a person sets them up."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from crimeview.core.alarm_rule import AlarmRule, AlarmTrack, new_rule_id
from crimeview.core.alarm_trial import Trial
from crimeview.core.delivery import Delivery
from crimeview.core.job import Changed, Job
from crimeview.gui.tasks import Task, Tasks
from crimeview.gui.text import translate
from crimeview.gui.watching import Watching
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case

_PATIENCE = 250  # ms without another change before a rule is tried


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setup:
    rules: Sequence[AlarmRule]
    deliveries: Sequence[Delivery]
    threshold: float


class AlarmSetup(QObject):
    """The rules and deliveries of the open case, and what a rule would have raised.

    `threshold` is what segments of the case are found by. `trial` belongs to the rule tried last.
    """

    changed = Signal()
    tried = Signal()

    def __init__(self, workspace: Workspace, tasks: Tasks, watching: Watching) -> None:
        super().__init__()
        self.rules: Sequence[AlarmRule] = ()
        self.deliveries: Sequence[Delivery] = ()
        self.threshold = 0.5
        self.trial: Trial | None = None
        self._workspace = workspace
        self._tasks = tasks
        self._watching = watching
        self._wanted: AlarmRule | None = None
        self._trying: Task | None = None
        self._asked = 0
        self._pause = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._pause.timeout.connect(self._try)
        workspace.case_opened.connect(lambda: self.read())

    def close(self) -> None:
        """Try nothing any more."""
        self._pause.stop()
        self._wanted = None

    @property
    def busy(self) -> bool:
        return self._asked > 0 or self._trying is not None or self._pause.isActive()

    def read(self, then: Callable[[], None] | None = None) -> None:
        """Read all anew, in the background; `then` is called when it is here."""
        self._asked += 1

        def answer(found: _Setup | None) -> None:
            self._asked -= 1
            if found is not None:
                self.rules, self.deliveries = found.rules, found.deliveries
                self.threshold = found.threshold
                self.changed.emit()
            if then is not None:
                then()

        self._workspace.ask_quietly(_read, answer)

    # Rules

    def threshold_of(self, camera: str) -> float | None:
        """The lowest threshold of an armed rule on events of that camera; None without one."""
        wanted = [
            rule.threshold
            for rule in self.rules
            if rule.armed and rule.watches(camera, track=AlarmTrack.EVENTS)
        ]
        return min(wanted, default=None)

    def new_rule(self) -> AlarmRule:
        """A rule with nothing chosen, and a name that no other has."""
        names = {rule.name for rule in self.rules}
        plain = translate("AlarmSetup", "New rule")
        name = next(
            name for name in (plain, *(f"{plain} {n}" for n in range(2, 1000))) if name not in names
        )
        return AlarmRule(
            id=new_rule_id(), name=name, track=AlarmTrack.EVENTS, threshold=self.threshold
        )

    def save_rule(self, rule: AlarmRule) -> None:
        self._change(lambda case: case.alarms.put_rule(rule))

    def remove_rule(self, rule: AlarmRule) -> None:
        self._change(lambda case: case.alarms.remove_rule(rule.id))

    def snooze(self, rules: Sequence[AlarmRule], *, minutes: float | None) -> None:
        """Keep rules quiet for a while; None wakes them."""
        until = time.time() + 60 * minutes if minutes is not None else None

        def work(case: Case) -> None:
            from crimeview.jobs.alarm_rules import snooze

            snooze(case, rules, until=until)

        self._change(work)

    def arm(self, rules: Sequence[AlarmRule], *, armed: bool) -> None:
        ids = {rule.id for rule in rules}
        self._change(
            lambda case: case.alarms.change_rules(
                lambda rule: replace(rule, armed=armed) if rule.id in ids else rule
            )
        )

    def try_rule(self, rule: AlarmRule) -> None:
        """Find out, once nothing more is changed for a moment, what a rule would have raised."""
        self._wanted = rule
        self._pause.start()

    def show_in_review(self, recording_id: int, seconds: float) -> None:
        self._workspace.select_recording(recording_id)
        self._workspace.playhead.seek(seconds)

    # Deliveries

    def save_delivery(
        self, delivery: Delivery, *, secret: str | None, then: Callable[[str | None], None]
    ) -> None:
        """Keep a delivery; `then` gets a webhook's secret if one was made."""

        def work(case: Case) -> str | None:
            from crimeview.jobs.deliver import save_delivery

            return save_delivery(case, delivery, secret=secret)

        self._change(work, then=then)

    def remove_delivery(self, delivery: Delivery) -> None:
        def work(case: Case) -> None:
            from crimeview.jobs.deliver import remove_delivery

            remove_delivery(case, delivery)

        self._change(work)

    def test(self, delivery: Delivery, then: Callable[..., None], *, owner: QObject) -> None:
        """Send a test; `then` gets what came of it, in a sentence, and whether it is good.

        Nothing is told once `owner` is gone.
        """
        alive = [True]
        owner.destroyed.connect(lambda: alive.clear())
        done = translate("AlarmSetup", "“{name}” has taken the test.").format(name=delivery.name)
        notifying = self._watching.notify

        def work() -> str:
            from crimeview.jobs.deliver import send_test

            send_test(delivery, notify=notifying)
            return done

        def end(sentence: str) -> None:
            self._watching.show_notifications()
            if alive:
                then(sentence, good=True)

        def fail(error: Exception) -> None:
            if alive:
                then(str(error), good=False)

        self._tasks.call(work, on_result=end, on_error=fail)

    def retry(self) -> None:
        """Have all that failed tried at once."""

        def work(case: Case) -> int:
            return case.alarms.retry(now=time.time())

        self._workspace.change(work, Changed.NOTHING, then=lambda _count: self._deliver_now())

    def _deliver_now(self) -> None:
        self._watching.deliver_now()

    def _change(
        self, work: Callable[[Case], object], *, then: Callable[..., None] | None = None
    ) -> None:
        self._asked += 1

        def end(result: object) -> None:
            self._asked -= 1
            self._watching.rules_changed()
            self.read(partial(then, result) if then is not None else None)

        def fail(error: Exception) -> None:
            self._asked -= 1
            self._workspace.notice(error)
            self.read()

        self._workspace.change(work, Changed.NOTHING, then=end, on_error=fail)

    # Trying

    def _try(self) -> None:
        rule = self._wanted
        if rule is None:
            return
        if self._trying is not None:
            self._trying.cancel()  # the one that is wanted now begins when it has ended
            return
        self._wanted = None

        def end(trial: Trial | None) -> None:
            self._trying = None
            if self._wanted is not None:
                self._try()
                return
            self.trial = trial
            self.tried.emit()

        def fail(error: Exception) -> None:
            self._workspace.notice(error)
            end(None)

        self._trying = self._tasks.start(
            _trial(self._workspace.case, rule),
            on_result=end,
            on_error=fail,
            on_cancelled=lambda: end(None),
        )


def _read(case: Case) -> _Setup:
    from crimeview.jobs.alarm_rules import usual_threshold

    return _Setup(
        rules=case.alarms.rules(),
        deliveries=case.alarms.deliveries(),
        threshold=usual_threshold(case),
    )


def _trial(case: Case, rule: AlarmRule) -> Job[Trial]:
    from crimeview.jobs.try_alarm import try_rule

    return (yield from try_rule(case, rule))
