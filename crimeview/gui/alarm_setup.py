"""Rules for alarms and to whom they are told, as a person sets them up."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from crimeview.core.alarm_obstacles import Obstacle, Scored, obstacle_of
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack, new_rule_id
from crimeview.core.alarm_trial import Trial, TrialSpan
from crimeview.core.delivery import Delivery
from crimeview.core.edit import Action, Edit
from crimeview.core.job import Changed, Job
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.tasks import OnError, Task, Tasks
from crimeview.gui.text import translate
from crimeview.gui.wall import Wall
from crimeview.gui.watching import Watching
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case

if TYPE_CHECKING:
    from crimeview.jobs.models import ModelPair
    from crimeview.jobs.watched_scores import WatchedScores

# What rules are, and what is on the wall and known of its cameras, which they listen to.
_SHOWN = (Action.ALARM_RULES, Action.WALL, Action.RENAME_CAMERA)
_PATIENCE = 250  # ms without another change before a rule is tried


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setup:
    rules: Sequence[AlarmRule]
    deliveries: Sequence[Delivery]
    threshold: float
    scored: Scored


class AlarmSetup(QObject):
    """The rules and deliveries of the open case, and what a rule would have raised.

    `threshold` is what segments of the case are found by. `trial` belongs to the rule that was
    asked for last.
    """

    changed = Signal()
    tried = Signal()
    trials_changed = Signal()  # of rules that were not asked for one by one

    def __init__(
        self,
        workspace: Workspace,
        tasks: Tasks,
        wall: Wall,
        watching: Watching,
        *,
        reviewing: Reviewing,
        find_models: "Callable[[], ModelPair]",
    ) -> None:
        super().__init__()
        self.rules: Sequence[AlarmRule] = ()
        self.deliveries: Sequence[Delivery] = ()
        self.threshold = 0.5
        self.trial: Trial | None = None
        self._scored = Scored()
        self._found: _Setup | None = None  # what was told of last
        self._trials: dict[str, tuple[AlarmRule, TrialSpan, Trial]] = {}  # by a rule's id
        self._others: list[tuple[AlarmRule, TrialSpan]] = []  # to be tried when there is time
        self._scores = _Scores(find_models)
        self._workspace = workspace
        self._tasks = tasks
        self._wall = wall
        self._watching = watching
        self._find_models = find_models
        self._reviewing = reviewing
        self._wanted: tuple[AlarmRule, TrialSpan] | None = None
        self._trying: Task | None = None
        self._asked = 0
        self._pause = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._pause.timeout.connect(self._try)
        workspace.case_opened.connect(self._on_case_opened)
        workspace.changed.connect(self._on_changed)
        reviewing.taken_back.connect(self._on_taken_back)

    def _on_taken_back(self, edit: Edit, _again: bool) -> None:  # noqa: FBT001 (a signal's)
        if edit.action in _SHOWN:
            self._watching.rules_changed()
            self.read()

    def _on_changed(self, changed: Changed) -> None:
        """Another window or command has changed something."""
        if changed & Changed.WALL and self._watching.shown:
            self.read()

    def close(self) -> None:
        """Try nothing any more."""
        self._pause.stop()
        self._wanted = None
        self._others = []

    @property
    def busy(self) -> bool:
        return self._asked > 0 or self._trying is not None or self._pause.isActive()

    def read(self, then: Callable[[], None] | None = None) -> None:
        """Read all anew, in the background; `then` is called when it is here."""
        self._asked += 1

        def answer(found: _Setup | None) -> None:
            self._asked -= 1
            if found is not None and found != self._found:
                self._found = found
                self.rules, self.deliveries = found.rules, found.deliveries
                self.threshold, self._scored = found.threshold, found.scored
                self.changed.emit()
            if then is not None:
                then()

        self._workspace.access.ask_quietly(_read, answer)

    # Rules

    def threshold_of(self, camera: str, track: AlarmTrack) -> float | None:
        """The lowest threshold of an armed rule on that track of a camera; None without one."""
        wanted = [
            rule.threshold
            for rule in self.rules
            if rule.armed and rule.watches(camera, track=track)
        ]
        return min(wanted, default=None)

    def obstacle(self, rule: AlarmRule) -> Obstacle | None:
        """Why a rule raises nothing of the cameras on the wall; None where it can."""
        return obstacle_of(rule, self._wall.cameras, scored=self._scored)

    @property
    def obstacles(self) -> Sequence[tuple[AlarmRule, Obstacle]]:
        """The armed rules that raise nothing of some camera of theirs, and why."""
        found = [(rule, self.obstacle(rule)) for rule in self.rules if rule.armed]
        return [(rule, obstacle) for rule, obstacle in found if obstacle is not None]

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

    def save_rule(
        self,
        rule: AlarmRule,
        *,
        then: Callable[[], None] | None = None,
        failed: OnError | None = None,
    ) -> None:
        """Keep a rule; `failed` gets the error where that is not possible."""

        def end(_none: object) -> None:
            if then is not None:
                then()

        who = self._reviewing.reviewer

        def work(case: Case) -> None:
            from crimeview.jobs.alarm_rules import keep_rule

            keep_rule(case, rule, reviewer=who)

        self._change(work, then=end, failed=failed)

    def remove_rule(self, rule: AlarmRule) -> None:
        who = self._reviewing.reviewer

        def work(case: Case) -> None:
            from crimeview.jobs.alarm_rules import remove_rule

            remove_rule(case, rule.id, reviewer=who)

        self._change(work)

    def snooze(self, rules: Sequence[AlarmRule], *, minutes: float | None) -> None:
        """Keep rules quiet for a while; None wakes them."""
        until = time.time() + 60 * minutes if minutes is not None else None
        who = self._reviewing.reviewer

        def work(case: Case) -> None:
            from crimeview.jobs.alarm_rules import snooze

            snooze(case, rules, until=until, reviewer=who)

        self._change(work)

    def arm(self, rules: Sequence[AlarmRule], *, armed: bool) -> None:
        ids, who = {rule.id for rule in rules}, self._reviewing.reviewer

        def work(case: Case) -> None:
            from crimeview.jobs.alarm_rules import change_rules

            change_rules(
                case,
                lambda rule: replace(rule, armed=armed) if rule.id in ids else rule,
                reviewer=who,
            )

        self._change(work)

    def try_rule(self, rule: AlarmRule, *, span: TrialSpan = TrialSpan.ALL) -> None:
        """Find out, once nothing more is changed for a moment, what a rule would have raised.

        On recordings of that span of time.
        """
        self._wanted = rule, span
        self._pause.start()

    def try_others(self, rules: Sequence[AlarmRule], *, span: TrialSpan) -> None:
        """Find out, after the rule that was asked for, what each of these would have raised."""
        self._others = [(rule, span) for rule in rules if self.trial_of(rule, span=span) is None]
        if self._trying is None and not self._pause.isActive():
            self._try()

    def trial_of(self, rule: AlarmRule, *, span: TrialSpan) -> Trial | None:
        """What a rule would have raised, as it is now; None where that is not known."""
        tried, tried_span, trial = self._trials.get(rule.id, (None, None, None))
        same = tried is not None and _as_tried(tried) == _as_tried(rule) and tried_span is span
        return trial if same else None

    def show_in_review(self, recording_id: int, seconds: float) -> None:
        self._workspace.select_recording(recording_id)
        self._workspace.playhead.seek(seconds)

    # Deliveries

    def save_delivery(
        self,
        delivery: Delivery,
        *,
        secret: str | None,
        then: Callable[[str | None], None],
        failed: OnError | None = None,
    ) -> None:
        """Keep a delivery; `then` gets a webhook's secret if one was made, `failed` the error."""

        def work(case: Case) -> str | None:
            from crimeview.jobs.deliver import save_delivery

            return save_delivery(case, delivery, secret=secret)

        self._change(work, then=then, failed=failed)

    def remove_delivery(self, delivery: Delivery) -> None:
        def work(case: Case) -> None:
            from crimeview.jobs.deliver import remove_delivery

            remove_delivery(case, delivery)

        self._change(work)

    def _change(
        self,
        work: Callable[[Case], object],
        *,
        then: Callable[..., None] | None = None,
        failed: OnError | None = None,
    ) -> None:
        """Change the case; an error goes to `failed`, or else to the window."""
        self._asked += 1

        def end(result: object) -> None:
            self._asked -= 1
            self._watching.rules_changed()
            self._reviewing.refresh_stacks()
            self.read(partial(then, result) if then is not None else None)

        def fail(error: Exception) -> None:
            self._asked -= 1
            (failed or self._workspace.notice)(error)
            self.read()

        self._workspace.access.change(work, Changed.NOTHING, then=end, on_error=fail)

    # Trying

    def _try(self) -> None:
        """Try the rule that is wanted, or else one of the others."""
        if self._wanted is None and not self._others:
            return
        if self._trying is not None:
            if self._wanted is not None:
                self._trying.cancel()  # the one that is wanted now begins when it has ended
            return
        asked = self._wanted is not None
        rule, span = self._wanted or self._others.pop(0)
        self._wanted = None
        end = partial(self._on_tried, rule, span, asked=asked)

        def fail(error: Exception) -> None:
            self._workspace.notice(error)
            end(None)

        self._trying = self._tasks.start(
            _trial(self._workspace.case, rule, span, self._scores),
            on_result=end,
            on_error=fail,
            on_cancelled=lambda: end(None),
        )

    def _on_tried(
        self, rule: AlarmRule, span: TrialSpan, trial: Trial | None, *, asked: bool
    ) -> None:
        self._trying = None
        if trial is not None:
            self._trials[rule.id] = rule, span, trial
        if self._wanted is None and asked:
            self.trial = trial
            self.tried.emit()
        self.trials_changed.emit()
        if not self._pause.isActive():
            self._try()

    def _on_case_opened(self) -> None:
        self._trials, self._others, self._found = {}, [], None
        self._scores = _Scores(self._find_models)
        self.read()


class _Scores:
    """Scores as watching gives them, made when they are first wanted: they bring onnxruntime."""

    def __init__(self, find_models: "Callable[[], ModelPair]") -> None:
        self._find_models = find_models
        self._made: WatchedScores | None = None

    def made(self) -> "WatchedScores":
        """For one thread at a time."""
        if self._made is None:
            from crimeview.jobs.watched_scores import WatchedScores

            self._made = WatchedScores(self._find_models)
        return self._made


def _as_tried(rule: AlarmRule) -> AlarmRule:
    """What of a rule matters to what it raises."""
    return replace(rule, name="-", armed=True, snoozed_until=None, deliveries=None)


def _read(case: Case) -> _Setup:
    from crimeview.jobs.alarm_rules import usual_threshold
    from crimeview.jobs.live_scored import scored_of

    return _Setup(
        rules=case.alarms.rules(),
        deliveries=case.alarms.deliveries(),
        threshold=usual_threshold(case),
        scored=scored_of(case),
    )


def _trial(case: Case, rule: AlarmRule, span: TrialSpan, scores: _Scores) -> Job[Trial]:
    from crimeview.jobs.alarm_rules import span_of
    from crimeview.jobs.try_alarm import try_rule

    since, until = span_of(span, datetime.now().astimezone())
    return (yield from try_rule(case, rule, since=since, until=until, watched=scores.made()))
