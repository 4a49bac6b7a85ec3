"""What a rule for alarms would have raised in the recordings of the case."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from crimeview.core.alarm_rule import AlarmRule
from crimeview.core.alarm_trial import TrialSpan
from crimeview.core.timetext import clock_text
from crimeview.gui.alarm_setup import AlarmSetup
from crimeview.gui.look import Look
from crimeview.gui.obstacle_text import obstacle_text
from crimeview.gui.text import translate
from crimeview.gui.wall_text import moment_text, span_text, trial_text
from crimeview.gui.widgets.form_parts import Verdict, choice


class RuleOutcome(QWidget):
    """Why a rule can raise nothing, if it cannot, and its alarms; Enter shows one in the review."""

    span_changed = Signal()

    def __init__(self, setup: AlarmSetup, *, look: Look) -> None:
        super().__init__()
        self._setup = setup
        self._rule: AlarmRule | None = None
        self.obstacle = Verdict(look=look)
        self.spans = choice([(span, span_text(span)) for span in TrialSpan])
        self.spans.setAccessibleName(translate("RuleOutcome", "On which recordings it is tried"))
        self.spans.setToolTip(
            translate(
                "RuleOutcome", "Of a time only recordings are tried whose time of day is known."
            )
        )
        self.preview = QLabel(wordWrap=True)
        self.raised = QListWidget()
        self.raised.setAccessibleName(translate("RuleOutcome", "What it would have raised"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.obstacle)
        column.addWidget(self.spans)
        column.addWidget(self.preview)
        column.addWidget(self.raised, 1)
        self.spans.currentIndexChanged.connect(self.span_changed)
        self.raised.itemActivated.connect(self._show_alarm)
        setup.tried.connect(self._show_trial)

    @property
    def span(self) -> TrialSpan:
        """On which recordings rules are tried."""
        return TrialSpan(self.spans.currentData())

    def try_rule(self, rule: AlarmRule) -> None:
        """Find out what this one would have raised, and show it when it is known."""
        self._rule = rule
        self.obstacle.say(obstacle_text(rule, self._setup.obstacle(rule)))
        self.preview.setText(translate("RuleOutcome", "Trying the rule …"))
        self._setup.try_rule(rule, span=self.span)

    def clear(self) -> None:
        """Show nothing: there is no rule."""
        self._rule = None
        self.preview.clear()
        self.raised.clear()

    def _show_trial(self) -> None:
        trial = self._setup.trial
        self.raised.clear()
        if trial is None or self._rule is None or trial.rule.id != self._rule.id:
            return
        self.preview.setText(trial_text(trial, self.span))
        for number, alarm in enumerate(trial.alarms):
            when = (
                moment_text(alarm.begins) if alarm.begins is not None else clock_text(alarm.start)
            )
            doubt = "" if alarm.sure else "  " + translate("RuleOutcome", "not sure")
            item = QListWidgetItem(f"{when}  {alarm.camera}  {alarm.peak:.2f}{doubt}")
            item.setData(Qt.ItemDataRole.UserRole, number)
            self.raised.addItem(item)

    def _show_alarm(self, item: QListWidgetItem) -> None:
        trial = self._setup.trial
        if trial is not None:
            alarm = trial.alarms[item.data(Qt.ItemDataRole.UserRole)]
            self._setup.show_in_review(alarm.recording_id, alarm.start)
