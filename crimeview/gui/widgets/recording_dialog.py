"""What is recorded around alarms, and how long it is kept."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDoubleSpinBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.clip_order import ClipOrder
from crimeview.gui.style import Space
from crimeview.gui.text import translate
from crimeview.gui.wall import Wall
from crimeview.gui.widgets.dialog_parts import save_or_cancel
from crimeview.gui.widgets.form_parts import add_row, form, number

_WIDTH = 480
_MOST_SECONDS, _MOST_DAYS, _MOST_GB = 120.0, 3650.0, 100_000.0
_GIGA = 1_000_000_000


class RecordingDialog(QDialog):
    """For the whole case; zero days or gigabytes mean that nothing is deleted for it."""

    def __init__(self, wall: Wall, *, running: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._wall = wall
        self._running = running  # whether somebody watches
        order = wall.recording or ClipOrder()
        self.setWindowTitle(translate("RecordingDialog", "Recording around alarms"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        title = translate("RecordingDialog", "&Keep what cameras show around alarms")
        self.recorded = QCheckBox(title)
        self.recorded.setChecked(wall.recording is not None)
        self.pre = self._number(order.pre, most=_MOST_SECONDS, unit="s")
        self.post = self._number(order.post, most=_MOST_SECONDS, unit="s")
        never = translate("RecordingDialog", "never")
        self.days = self._number(order.days or 0.0, most=_MOST_DAYS, unit="days", none=never)
        unlimited = translate("RecordingDialog", "without limit")
        gigabytes = (order.most or 0) / _GIGA
        self.gigabytes = self._number(gigabytes, most=_MOST_GB, unit="GB", none=unlimited)
        self._lay_out()

    def order(self) -> ClipOrder | None:
        """As it was chosen; None: nothing is recorded."""
        if not self.recorded.isChecked():
            return None
        return replace(
            self._wall.recording or ClipOrder(),
            pre=self.pre.value(),
            post=self.post.value(),
            days=self.days.value() or None,
            most=round(self.gigabytes.value() * _GIGA) or None,
        )

    def accept(self) -> None:
        if self.order() != self._wall.recording:
            self._wall.record(self.order())
        super().accept()

    def _number(self, value: float, *, most: float, unit: str, none: str = "") -> QDoubleSpinBox:
        units = {
            "s": translate("RecordingDialog", " s"),
            "days": translate("RecordingDialog", " days"),
            "GB": " GB",
        }
        box = number(least=0.0, most=most, step=1.0, decimals=0, suffix=units[unit])
        box.setSpecialValueText(none)
        box.setValue(value)
        return box

    def _lay_out(self) -> None:
        fields = form()
        for title, field in (
            (translate("RecordingDialog", "Seconds &before an alarm"), self.pre),
            (translate("RecordingDialog", "Seconds &after it"), self.post),
            (translate("RecordingDialog", "&Delete clips after"), self.days),
            (translate("RecordingDialog", "All clips to&gether at most"), self.gigabytes),
        ):
            add_row(fields, title, field)
            field.setEnabled(self.recorded.isChecked())
            self.recorded.toggled.connect(field.setEnabled)
        told = translate(
            "RecordingDialog",
            "Clips are kept in the case as the camera sent them. Deleted are the oldest of those "
            "that nobody has confirmed, dismissed or noted.",
        )
        if self._running:
            later = translate("RecordingDialog", "It holds from the next start of watching.")
            told = f"{told} {later}"
        note = QLabel(told, wordWrap=True)
        buttons = save_or_cancel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(4 * (Space.LARGE,)))
        column.setSpacing(Space.MEDIUM)
        column.addWidget(self.recorded)
        column.addLayout(fields)
        column.addWidget(note)
        column.addWidget(buttons)
