"""The fields of one rule for alarms."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.delivery import Delivery
from crimeview.core.schedule import parse_schedule, schedule_text
from crimeview.core.watching import Camera
from crimeview.gui.style import Space
from crimeview.gui.text import translate
from crimeview.gui.wall_text import track_text
from crimeview.gui.widgets.form_parts import CheckList, add_row, choice, choose, form, number


class RuleForm(QWidget):
    """Left what raises an alarm, right where and when it holds and who is told."""

    edited = Signal()  # a person has changed a field
    outcome_edited = Signal()  # one that decides on what the rule raises

    def __init__(self) -> None:
        super().__init__()
        self._make_fields()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.LARGE)
        row.addLayout(self._what(), 1)
        row.addLayout(self._where(), 1)

    def show_rule(
        self, rule: AlarmRule, *, cameras: Sequence[Camera], deliveries: Sequence[Delivery]
    ) -> None:
        """Show a rule, with the `cameras` of the wall and the `deliveries` it can choose from."""
        blockers = [QSignalBlocker(field) for field in self._fields]
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
        names = [camera.name for camera in cameras]
        names += [name for name in rule.cameras if name not in names]
        self.cameras.fill([(name, name) for name in names])
        self.cameras.check(rule.cameras)
        zones = {zone.name for camera in cameras for zone in camera.zones}
        self.zone.clear()
        self.zone.addItem(translate("RuleForm", "The whole picture"), "")
        for name in sorted(zones | ({rule.zone} - {""})):
            self.zone.addItem(name, name)
        choose(self.zone, rule.zone)
        self.told.fill([(delivery.id, delivery.name) for delivery in deliveries])
        everybody = [delivery.id for delivery in deliveries]
        self.told.check(everybody if rule.deliveries is None else rule.deliveries)
        del blockers

    def written(self, rule: AlarmRule, *, deliveries: Sequence[Delivery]) -> AlarmRule:
        """That rule as the fields say; of all `deliveries` it tells those of any day.

        Raises UsageError where something makes no sense.
        """
        told = self.told.checked
        everybody = tuple(delivery.id for delivery in deliveries)
        return replace(
            rule,
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

    def _make_fields(self) -> None:
        second = translate("RuleForm", " s")
        self.name = QLineEdit()
        self.armed = QCheckBox(translate("RuleForm", "A&rmed: it raises alarms"))
        self.track = choice([(track, track_text(track)) for track in AlarmTrack])
        self.threshold = number(least=0.01, most=1.0, step=0.01, decimals=3)
        self.hysteresis = number(least=0.05, most=1.0, step=0.05, decimals=2)
        self.duration = number(least=0.0, most=86_400.0, step=0.5, decimals=1, suffix=second)
        self.gap = number(least=0.0, most=86_400.0, step=0.5, decimals=1, suffix=second)
        self.cooldown = number(least=0.0, most=86_400.0, step=10.0, decimals=0, suffix=second)
        self.schedule = QLineEdit()
        self.schedule.setPlaceholderText(
            translate("RuleForm", "always; or Mon-Fri 22:00-06:00; Sat,Sun 00:00-24:00")
        )
        self.time_zone = QLineEdit()
        self.time_zone.setPlaceholderText(translate("RuleForm", "the camera's own clock"))
        self.cameras = CheckList([])
        self.zone = choice([("", translate("RuleForm", "The whole picture"))])
        self.told = CheckList([])
        self._fields: tuple[QWidget, ...] = (
            self.name, self.armed, self.track, self.threshold, self.hysteresis, self.duration,
            self.gap, self.cooldown, self.schedule, self.time_zone, self.cameras, self.zone,
            self.told,
        )  # fmt: skip
        no_matter = (self.name, self.armed, self.told)  # to what it would raise
        for field in self._fields:
            if field not in no_matter:
                _changed(field).connect(self.outcome_edited)
        for field in self._fields:
            _changed(field).connect(self.edited)

    def _what(self) -> QVBoxLayout:
        """What raises an alarm, and for how long it lasts."""
        fields = form()
        for title, field in (
            (translate("RuleForm", "&Name"), self.name),
            (translate("RuleForm", "&Track"), self.track),
            (translate("RuleForm", "T&hreshold"), self.threshold),
            (translate("RuleForm", "&Goes on at (share)"), self.hysteresis),
            (translate("RuleForm", "High for at &least"), self.duration),
            (translate("RuleForm", "Lower in &between"), self.gap),
            (translate("RuleForm", "&Quiet afterwards"), self.cooldown),
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
            (translate("RuleForm", "&Cameras (none: all)"), self.cameras),
            (translate("RuleForm", "&Zone"), self.zone),
            (translate("RuleForm", "Sche&dule"), self.schedule),
            (translate("RuleForm", "T&ime zone"), self.time_zone),
            (translate("RuleForm", "Tell who&m"), self.told),
        ):
            add_row(fields, title, field)
        column = QVBoxLayout()
        column.addLayout(fields)
        column.addStretch()
        return column


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
