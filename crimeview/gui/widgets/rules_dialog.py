"""The rules for alarms in a table, and what each would have raised."""

import time
from dataclasses import fields, replace

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
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
from crimeview.core.alarm_trial import TrialSpan
from crimeview.core.errors import CrimeviewError
from crimeview.core.schedule import parse_schedule, schedule_text
from crimeview.core.timetext import clock_text
from crimeview.gui.alarm_setup import AlarmSetup
from crimeview.gui.look import Look
from crimeview.gui.obstacle_text import obstacle_text
from crimeview.gui.rule_rows import RuleRow
from crimeview.gui.style import Space
from crimeview.gui.text import translate
from crimeview.gui.told_text import fault_text
from crimeview.gui.wall_text import (
    moment_text,
    span_text,
    track_text,
    trial_text,
)
from crimeview.gui.watching import Watching
from crimeview.gui.widgets.asking import ask_to_leave
from crimeview.gui.widgets.form_parts import (
    CheckList,
    Verdict,
    add_row,
    choice,
    choose,
    form,
    number,
)
from crimeview.gui.widgets.rule_table import RuleTable

_WIDTH, _HEIGHT = 1200, 700
_SNOOZE = 60.0  # minutes
_TICK = 1000  # ms


class RulesDialog(QDialog):
    """Above the rules, below the one that is chosen, beside it what it would have raised.

    What is changed is tried at once, and kept with Save. Until then it stays, marked in the table,
    whatever else is chosen or changes; who closes the dialog is asked.
    """

    def __init__(
        self, setup: AlarmSetup, watching: Watching, *, look: Look, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._setup = setup
        self._watching = watching
        self._look = look
        self._rule: AlarmRule | None = None  # the chosen one, as it is stored
        self._drafts: dict[str, AlarmRule] = {}  # as they were changed and not kept, by id
        self._bases: dict[str, AlarmRule] = {}  # what was shown before somebody changed it, by id
        self._read_off: AlarmRule | None = None  # the chosen one, as the fields said last
        self._edited = False  # whether the fields say something else than what is stored
        self.setWindowTitle(translate("RulesDialog", "Alarm rules"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_WIDTH, _HEIGHT)
        self.table = RuleTable()
        self.preview = QLabel(wordWrap=True)
        self.raised = QListWidget()
        self.raised.setAccessibleName(translate("RulesDialog", "What it would have raised"))
        self.verdict = Verdict(look=look)
        self.obstacle = Verdict(look=look)
        self._make_fields()
        self._lay_out()
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self.name.setFocus)
        self.raised.itemActivated.connect(self._show_alarm)
        setup.changed.connect(self._fill)
        setup.tried.connect(self._show_trial)
        setup.trials_changed.connect(self._mark)
        self._tick = QTimer(self, interval=_TICK)
        self._tick.timeout.connect(self._show_snooze)
        self._tick.start()
        setup.read()
        self._fill()

    # What a person does

    def add(self) -> None:
        """A new rule, stored at once so that it can be tried and changed."""
        rule = self._setup.new_rule()
        self._rule = rule
        self._setup.save_rule(rule)

    def save(self) -> None:
        """Keep the chosen rule as the fields say; what was written stays if that fails."""
        rule = self._written()
        if rule is not None:
            self._drafts[rule.id] = rule
            self._setup.save_rule(rule, then=lambda: self._on_saved(rule), failed=self._on_failed)

    def remove(self) -> None:
        if self._rule is not None:
            rule, self._rule = self._rule, None
            self._drafts.pop(rule.id, None)
            self._edited = False
            self._setup.remove_rule(rule)

    def reject(self) -> None:
        """Close, after a question where something is not kept."""
        sensible = self._keep_draft()
        count = len(self._drafts) + (0 if sensible else 1)
        if count:
            keep = self._keep_all if sensible else None
            ask_to_leave(self, count, keep=keep, leave=super().reject)
        else:
            super().reject()

    def toggle_snooze(self) -> None:
        """Keep the rule quiet for an hour, or wake it."""
        if self._rule is not None:
            snoozed = self._rule.snoozed(time.time())
            self._setup.snooze([self._rule], minutes=None if snoozed else _SNOOZE)

    # What is shown

    def _fill(self) -> None:
        """Show the rules as they are stored now; what is being written stays as it is."""
        rules = self._setup.rules
        chosen = self._rule.id if self._rule is not None else None
        ids = [rule.id for rule in rules]
        self._drafts = {known: draft for known, draft in self._drafts.items() if known in ids}
        row = ids.index(chosen) if chosen in ids else (0 if ids else -1)
        if self._edited and chosen in ids:
            self._rule = rules[row]
        else:
            self._show_rule(rules[row] if ids else None)
        self._mark()
        self._try_others()

    def _mark(self) -> None:
        """The rules as they are written, and which of them are not kept like that."""
        chosen = self._rule.id if self._rule is not None else None
        self.table.show_rows([self._row(rule) for rule in self._setup.rules], chosen=chosen)

    def _row(self, rule: AlarmRule) -> RuleRow:
        own = self._rule is not None and rule.id == self._rule.id
        draft = self._drafts.get(rule.id)
        kept = not (self._edited if own else draft is not None)
        written = (self._read_off if own else draft) or rule
        span = TrialSpan(self.span.currentData())
        return RuleRow(
            rule=replace(written, armed=rule.armed, snoozed_until=rule.snoozed_until),
            kept=kept,
            obstacle=self._setup.obstacle(written),
            trial=self._setup.trial_of(written, span=span),
            span=span,
        )

    def _choose(self, rule_id: str) -> None:
        """Show another rule; what was written of the one before is remembered."""
        if not self._keep_draft():
            self.table.choose(self._rule.id if self._rule is not None else None)
            return
        self._show_rule(next(rule for rule in self._setup.rules if rule.id == rule_id))
        self._mark()

    def _keep_draft(self) -> bool:
        """Remember what was written; False where it makes no sense, which is said."""
        if not self._edited or self._rule is None:
            return True
        rule = self._written()
        if rule is None:
            return False
        self._drafts[rule.id] = rule
        return True

    def _keep_all(self) -> None:
        for rule in list(self._drafts.values()):
            self._setup.save_rule(rule)
        self._drafts.clear()

    def _on_saved(self, rule: AlarmRule) -> None:
        if self._drafts.get(rule.id) == rule:
            del self._drafts[rule.id]
        if self._rule is not None and self._rule.id == rule.id and self._written() == rule:
            self._rule, self._edited = rule, False
        self._mark()

    def _on_failed(self, error: Exception) -> None:
        self.verdict.say(fault_text(error))

    def _on_edited(self) -> None:
        if not self._edited and self._rule is not None:
            self._bases[self._rule.id] = self._rule
        self._edited = True
        self._mark()

    def _show_rule(self, rule: AlarmRule | None) -> None:
        self._rule = rule
        self._edited, self._read_off = False, None
        self._lower.setEnabled(self._rule is not None)
        self._empty.setVisible(self._rule is None)
        self.verdict.say("")
        if self._rule is None:
            self.preview.clear()
            self.raised.clear()
            return
        blockers = [QSignalBlocker(field) for field in self._fields]
        draft = self._drafts.get(self._rule.id)
        self._edited = draft is not None
        self._show(draft or self._rule)
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
        self._show_snooze()

    def _show_snooze(self) -> None:
        """A snooze ends without anybody's doing anything."""
        snoozed = self._rule is not None and self._rule.snoozed(time.time())
        wake, quiet = translate("RulesDialog", "&Wake it"), translate("RulesDialog", "Sn&ooze 1 h")
        self._snooze.setText(wake if snoozed else quiet)
        self._mark()

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
            self.verdict.say(fault_text(error))
            return None
        self.verdict.say("")
        return _merged(rule, base=self._bases.get(rule.id, self._rule), stored=self._rule)

    def _try(self) -> None:
        rule = self._written()
        if rule is not None:
            self._read_off = rule
            self.obstacle.say(obstacle_text(rule, self._setup.obstacle(rule)))
            self.preview.setText(translate("RulesDialog", "Trying the rule …"))
            self._setup.try_rule(rule, span=TrialSpan(self.span.currentData()))

    def _try_others(self) -> None:
        """Find out of each rule what it would have raised, the chosen one first."""
        written = [self._drafts.get(rule.id, rule) for rule in self._setup.rules]
        self._setup.try_others(written, span=TrialSpan(self.span.currentData()))

    def _on_span(self) -> None:
        self._try()
        self._mark()
        self._try_others()

    def _show_trial(self) -> None:
        trial = self._setup.trial
        self.raised.clear()
        if trial is None or self._rule is None or trial.rule.id != self._rule.id:
            return
        self.preview.setText(trial_text(trial, TrialSpan(self.span.currentData())))
        for number_, alarm in enumerate(trial.alarms):
            when = (
                moment_text(alarm.begins) if alarm.begins is not None else clock_text(alarm.start)
            )
            doubt = "" if alarm.sure else "  " + translate("RulesDialog", "not sure")
            item = QListWidgetItem(f"{when}  {alarm.camera}  {alarm.peak:.2f}{doubt}")
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
        self.span = choice([(span, span_text(span)) for span in TrialSpan])
        self.span.setAccessibleName(translate("RulesDialog", "On which recordings it is tried"))
        self.span.setToolTip(
            translate(
                "RulesDialog", "Of a time only recordings are tried whose time of day is known."
            )
        )
        self.span.currentIndexChanged.connect(self._on_span)
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
        for field in self._fields:
            _changed(field).connect(self._on_edited)

    def _lay_out(self) -> None:
        self._snooze = QPushButton(translate("RulesDialog", "Sn&ooze 1 h"))
        self._snooze.clicked.connect(self.toggle_snooze)
        add = QPushButton(translate("RulesDialog", "New r&ule"))
        add.clicked.connect(self.add)
        remove = QPushButton(translate("RulesDialog", "R&emove"))
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
        self._lower = QWidget()
        lower = QHBoxLayout(self._lower)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(Space.LARGE)
        lower.addLayout(self._what(), 3)
        lower.addLayout(self._where(), 3)
        lower.addLayout(self._outcome(), 3)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        roles = QDialogButtonBox.ButtonRole
        for button in (add, remove, self._snooze, save):
            buttons.addButton(button, roles.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        for widget in (self._empty, self.table):
            column.addWidget(widget)
        column.addWidget(self._lower, 1)
        column.addWidget(self.verdict)
        column.addWidget(buttons)

    def _what(self) -> QVBoxLayout:
        """What raises an alarm, and for how long it lasts."""
        fields = form()
        for title, field in (
            (translate("RulesDialog", "&Name"), self.name),
            (translate("RulesDialog", "&Track"), self.track),
            (translate("RulesDialog", "T&hreshold"), self.threshold),
            (translate("RulesDialog", "&Goes on at (share)"), self.hysteresis),
            (translate("RulesDialog", "High for at &least"), self.duration),
            (translate("RulesDialog", "Lower in &between"), self.gap),
            (translate("RulesDialog", "&Quiet afterwards"), self.cooldown),
        ):
            add_row(fields, title, field)
        column = QVBoxLayout()
        column.addLayout(fields)
        column.addWidget(self.armed)
        column.addStretch()
        return column

    def _where(self) -> QVBoxLayout:
        """Where and when it holds, and who is told."""
        fields = form()
        for title, field in (
            (translate("RulesDialog", "&Cameras (none: all)"), self.cameras),
            (translate("RulesDialog", "&Zone"), self.zone),
            (translate("RulesDialog", "Sche&dule"), self.schedule),
            (translate("RulesDialog", "T&ime zone"), self.time_zone),
            (translate("RulesDialog", "Tell who&m"), self.told),
        ):
            add_row(fields, title, field)
        column = QVBoxLayout()
        column.addLayout(fields)
        column.addStretch()
        return column

    def _outcome(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(self.obstacle)
        column.addWidget(self.span)
        column.addWidget(self.preview)
        column.addWidget(self.raised, 1)
        return column


def _merged(written: AlarmRule, *, base: AlarmRule, stored: AlarmRule) -> AlarmRule:
    """What was written, and what others have stored since of all that was not touched."""
    untouched = {
        field.name: getattr(stored, field.name)
        for field in fields(written)
        if getattr(written, field.name) == getattr(base, field.name)
    }
    return replace(written, **untouched)


def _changed(field: QWidget) -> SignalInstance:
    """What a field says when somebody changes it."""
    match field:
        case QLineEdit():
            return field.textChanged
        case QCheckBox():
            return field.toggled
        case QComboBox():
            return field.currentIndexChanged
        case QDoubleSpinBox():
            return field.valueChanged
        case CheckList():
            return field.itemChanged
    raise TypeError(type(field).__name__)
