"""The rules for alarms, and what each would have raised."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.errors import CrimeviewError
from crimeview.core.schedule import parse_schedule, schedule_text
from crimeview.core.timetext import clock_text
from crimeview.gui.alarm_setup import AlarmSetup
from crimeview.gui.look import Look
from crimeview.gui.style import Space
from crimeview.gui.text import translate
from crimeview.gui.wall_text import moment_text, rule_state_text, track_text, trial_text
from crimeview.gui.watching import Watching
from crimeview.gui.widgets.form_parts import (
    CheckList,
    Verdict,
    add_row,
    choice,
    choose,
    form,
    number,
)

_WIDTH, _HEIGHT, _LIST = 980, 640, 260
_SNOOZE = 60.0  # minutes


class RulesDialog(QDialog):
    """Left the rules, in the middle the one that is chosen, right what it would have raised.

    What is changed is tried at once, and kept with Save.
    """

    def __init__(
        self, setup: AlarmSetup, watching: Watching, *, look: Look, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._setup = setup
        self._watching = watching
        self._look = look
        self._rule: AlarmRule | None = None  # as it was chosen
        self.setWindowTitle(translate("RulesDialog", "Alarm rules"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_WIDTH, _HEIGHT)
        self.list = QListWidget()
        self.list.setAccessibleName(translate("RulesDialog", "Rules"))
        self.list.setFixedWidth(_LIST)
        self.preview = QLabel(wordWrap=True)
        self.raised = QListWidget()
        self.raised.setAccessibleName(translate("RulesDialog", "What it would have raised"))
        self.verdict = Verdict(look=look)
        self._make_fields()
        self._lay_out()
        self.list.currentRowChanged.connect(self._choose)
        self.raised.itemActivated.connect(self._show_alarm)
        setup.changed.connect(self._fill)
        setup.tried.connect(self._show_trial)
        setup.read()
        self._fill()

    # What a person does

    def add(self) -> None:
        """A new rule, stored at once so that it can be tried and changed."""
        rule = self._setup.new_rule()
        self._rule = rule
        self._setup.save_rule(rule)

    def save(self) -> None:
        rule = self._written()
        if rule is not None:
            self._rule = rule
            self._setup.save_rule(rule)

    def remove(self) -> None:
        if self._rule is not None:
            rule, self._rule = self._rule, None
            self._setup.remove_rule(rule)

    def toggle_snooze(self) -> None:
        """Keep the rule quiet for an hour, or wake it."""
        if self._rule is not None:
            snoozed = self._rule.snoozed_until is not None
            self._setup.snooze([self._rule], minutes=None if snoozed else _SNOOZE)

    # What is shown

    def _fill(self) -> None:
        chosen = self._rule.id if self._rule is not None else None
        with QSignalBlocker(self.list):
            self.list.clear()
            for rule in self._setup.rules:
                item = QListWidgetItem(f"{rule.name}\n{rule_state_text(rule)}")
                item.setData(Qt.ItemDataRole.UserRole, rule.id)
                self.list.addItem(item)
        ids = [rule.id for rule in self._setup.rules]
        row = ids.index(chosen) if chosen in ids else (0 if ids else -1)
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(row)
        self._choose(row)

    def _choose(self, row: int) -> None:
        rules = self._setup.rules
        self._rule = rules[row] if 0 <= row < len(rules) else None
        self._right.setEnabled(self._rule is not None)
        self._empty.setVisible(self._rule is None)
        self.verdict.say("")
        if self._rule is None:
            self.preview.clear()
            self.raised.clear()
            return
        blockers = [QSignalBlocker(field) for field in self._fields]
        self._show(self._rule)
        del blockers
        self._try()

    def _show(self, rule: AlarmRule) -> None:
        self.name.setText(rule.name)
        self.armed.setChecked(rule.armed)
        choose(self.track, rule.track)
        self.threshold.setValue(rule.threshold)
        self.hysteresis.setValue(rule.hysteresis)
        self.duration.setValue(rule.min_duration)
        self.gap.setValue(rule.merge_gap)
        self.cooldown.setValue(rule.cooldown)
        self.schedule.setText(schedule_text(rule.schedule))
        self.time_zone.setText(rule.time_zone)
        names = [camera.name for camera in self._watching.cameras]
        names += [name for name in rule.cameras if name not in names]
        self.cameras.fill([(name, name) for name in names])
        self.cameras.check(rule.cameras)
        zones = {zone.name for camera in self._watching.cameras for zone in camera.zones}
        self.zone.clear()
        self.zone.addItem(translate("RulesDialog", "The whole picture"), "")
        for name in sorted(zones | ({rule.zone} - {""})):
            self.zone.addItem(name, name)
        choose(self.zone, rule.zone)
        deliveries = self._setup.deliveries
        self.told.fill([(delivery.id, delivery.name) for delivery in deliveries])
        everybody = [delivery.id for delivery in deliveries]
        self.told.check(everybody if rule.deliveries is None else rule.deliveries)
        snoozed = rule.snoozed_until is not None
        wake, quiet = translate("RulesDialog", "&Wake it"), translate("RulesDialog", "Sn&ooze 1 h")
        self._snooze.setText(wake if snoozed else quiet)

    def _written(self) -> AlarmRule | None:
        """The rule as the fields say, or None with a sentence on what is wrong."""
        if self._rule is None:
            return None
        told = self.told.checked
        everybody = tuple(delivery.id for delivery in self._setup.deliveries)
        try:
            rule = replace(
                self._rule,
                name=self.name.text().strip(),
                armed=self.armed.isChecked(),
                track=AlarmTrack(self.track.currentData()),
                threshold=round(self.threshold.value(), 3),
                hysteresis=round(self.hysteresis.value(), 3),
                min_duration=self.duration.value(),
                merge_gap=self.gap.value(),
                cooldown=self.cooldown.value(),
                cameras=self.cameras.checked,
                zone=str(self.zone.currentData() or ""),
                schedule=parse_schedule(self.schedule.text()),
                time_zone=self.time_zone.text().strip(),
                deliveries=None if told == everybody else told,
            )
        except CrimeviewError as error:
            self.verdict.say(str(error))
            return None
        self.verdict.say("")
        return rule

    def _try(self) -> None:
        rule = self._written()
        if rule is not None:
            self.preview.setText(translate("RulesDialog", "Trying the rule …"))
            self._setup.try_rule(rule)

    def _show_trial(self) -> None:
        trial = self._setup.trial
        self.raised.clear()
        if trial is None or self._rule is None or trial.rule.id != self._rule.id:
            return
        self.preview.setText(trial_text(trial))
        for number_, alarm in enumerate(trial.alarms):
            when = (
                moment_text(alarm.begins) if alarm.begins is not None else clock_text(alarm.start)
            )
            item = QListWidgetItem(f"{when}  {alarm.camera}  {alarm.peak:.2f}")
            item.setData(Qt.ItemDataRole.UserRole, number_)
            self.raised.addItem(item)

    def _show_alarm(self, item: QListWidgetItem) -> None:
        trial = self._setup.trial
        if trial is not None:
            alarm = trial.alarms[item.data(Qt.ItemDataRole.UserRole)]
            self._setup.show_in_review(alarm.recording_id, alarm.start)

    # How it is laid out

    def _make_fields(self) -> None:
        second = translate("RulesDialog", " s")
        self.name = QLineEdit()
        self.armed = QCheckBox(translate("RulesDialog", "A&rmed: it raises alarms"))
        self.track = choice([(track, track_text(track)) for track in AlarmTrack])
        self.threshold = number(least=0.01, most=1.0, step=0.01, decimals=3)
        self.hysteresis = number(least=0.05, most=1.0, step=0.05, decimals=2)
        self.duration = number(least=0.0, most=86_400.0, step=0.5, decimals=1, suffix=second)
        self.gap = number(least=0.0, most=86_400.0, step=0.5, decimals=1, suffix=second)
        self.cooldown = number(least=0.0, most=86_400.0, step=10.0, decimals=0, suffix=second)
        self.schedule = QLineEdit()
        self.schedule.setPlaceholderText(
            translate("RulesDialog", "always; or Mon-Fri 22:00-06:00; Sat,Sun 00:00-24:00")
        )
        self.time_zone = QLineEdit()
        self.time_zone.setPlaceholderText(translate("RulesDialog", "the camera's own clock"))
        self.cameras = CheckList([])
        self.zone = choice([("", translate("RulesDialog", "The whole picture"))])
        self.told = CheckList([])
        self._fields: tuple[QWidget, ...] = (
            self.name, self.armed, self.track, self.threshold, self.hysteresis, self.duration,
            self.gap, self.cooldown, self.schedule, self.time_zone, self.cameras, self.zone,
            self.told,
        )  # fmt: skip
        for box in (self.threshold, self.hysteresis, self.duration, self.gap, self.cooldown):
            box.valueChanged.connect(self._try)
        for options in (self.track, self.zone):
            options.currentIndexChanged.connect(self._try)
        for line in (self.schedule, self.time_zone):
            line.textChanged.connect(self._try)
        self.cameras.itemChanged.connect(self._try)

    def _lay_out(self) -> None:
        self._snooze = QPushButton(translate("RulesDialog", "Sn&ooze 1 h"))
        self._snooze.clicked.connect(self.toggle_snooze)
        add = QPushButton(translate("RulesDialog", "&New rule"))
        add.clicked.connect(self.add)
        remove = QPushButton(translate("RulesDialog", "&Remove"))
        remove.clicked.connect(self.remove)
        save = QPushButton(translate("RulesDialog", "&Save"))
        save.setProperty("primary", "true")
        save.clicked.connect(self.save)
        for button in (self._snooze, add, remove):
            button.setAutoDefault(False)
        self._empty = QLabel(
            translate(
                "RulesDialog",
                "A rule raises an alarm when the score of a camera is high for long enough. Make "
                "one, see what it would have raised in your recordings, and arm it.",
            ),
            wordWrap=True,
        )
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(add)
        self._right = QWidget()
        middle = QHBoxLayout(self._right)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(Space.LARGE)
        middle.addLayout(self._form(), 3)
        outcome = QVBoxLayout()
        outcome.addWidget(self.preview)
        outcome.addWidget(self.raised, 1)
        middle.addLayout(outcome, 2)
        right = QVBoxLayout()
        right.addWidget(self._empty)
        right.addWidget(self._right, 1)
        right.addWidget(self.verdict)
        upper = QHBoxLayout()
        upper.setSpacing(Space.LARGE)
        upper.addLayout(left)
        upper.addLayout(right, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        roles = QDialogButtonBox.ButtonRole
        for button in (remove, self._snooze, save):
            buttons.addButton(button, roles.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        column.addLayout(upper, 1)
        column.addWidget(buttons)

    def _form(self) -> QVBoxLayout:
        fields = form()
        for title, field in (
            (translate("RulesDialog", "&Name"), self.name),
            (translate("RulesDialog", "&Track"), self.track),
            (translate("RulesDialog", "T&hreshold"), self.threshold),
            (translate("RulesDialog", "&Goes on at (share)"), self.hysteresis),
            (translate("RulesDialog", "High for at &least"), self.duration),
            (translate("RulesDialog", "Lower in &between"), self.gap),
            (translate("RulesDialog", "&Quiet afterwards"), self.cooldown),
            (translate("RulesDialog", "Sche&dule"), self.schedule),
            (translate("RulesDialog", "T&ime zone"), self.time_zone),
            (translate("RulesDialog", "&Zone"), self.zone),
            (translate("RulesDialog", "&Cameras (none: all)"), self.cameras),
            (translate("RulesDialog", "Tell &whom"), self.told),
        ):
            add_row(fields, title, field)
        column = QVBoxLayout()
        column.addLayout(fields)
        column.addWidget(self.armed)
        column.addStretch()
        return column
