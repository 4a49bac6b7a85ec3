"""When a recording was made, and by which camera."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import available_timezones

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QDateTimeEdit,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.errors import CrimeviewError
from crimeview.core.wall_clock import WallClockSource, zone_of
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.told_text import fault_text
from crimeview.gui.widgets.dialog_parts import save_or_cancel
from crimeview.gui.widgets.spin_field import inset
from crimeview.store.rows import CaseClock

_WIDTH = 480
_DAY = 86_400.0
_FORMAT = "yyyy-MM-dd HH:mm:ss"

TakeClock = Callable[[CaseClock, bool], None]


class ClockDialog(QDialog):
    """Shows what is known and where it is from, and takes what a person knows better.

    `take` gets the clock, and whether its zone and offset hold for all of the camera's recordings.
    """

    def __init__(
        self, name: str, known: CaseClock, take: TakeClock, *, look: Look, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._known = known
        self._take = take
        self._look = look
        self.setWindowTitle(translate("ClockDialog", "Camera and time of {name}").format(name=name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self.camera = QLineEdit(known.camera)
        self.start = inset(QDateTimeEdit(QDateTime.fromString(_text(known), _FORMAT)))
        self.start.setDisplayFormat(_FORMAT)
        self.zone = _zone_box(known.clock.zone)
        self.offset = inset(QDoubleSpinBox(minimum=-_DAY, maximum=_DAY, decimals=1, singleStep=1.0))
        self.offset.setSuffix(translate("ClockDialog", " s"))
        self.offset.setValue(known.clock.offset)
        self.everywhere = QCheckBox(
            translate("ClockDialog", "Zone and correction hold for &all recordings of the camera")
        )
        self._fault = QLabel(wordWrap=True)
        self._fault.setAccessibleName(translate("ClockDialog", "What is wrong"))
        look.tint(self._fault, look.colors.bad)
        self._fault.hide()
        self._lay_out()

    def accept(self) -> None:
        zone = self.zone.currentText().strip() or None
        try:
            if zone is not None:
                zone_of(zone)
        except CrimeviewError as error:
            self._fault.setText(fault_text(error))
            self._fault.show()
            return
        start = datetime.fromisoformat(self.start.dateTime().toString(Qt.DateFormat.ISODate))
        before = self._known.clock
        given = start != before.start.replace(microsecond=0)
        clock = replace(
            before,
            start=start if given else before.start,
            zone=zone,
            offset=self.offset.value(),
            source=WallClockSource.GIVEN if given else before.source,
        )
        camera = self.camera.text().strip() or self._known.camera
        if camera != self._known.camera:  # whoever says so knows where the recording belongs
            clock = replace(clock, source=WallClockSource.GIVEN)
        self._take(CaseClock(camera=camera, clock=clock), self.everywhere.isChecked())
        super().accept()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(Space.LARGE)
        form.setVerticalSpacing(Space.SMALL)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for title, name, field in (
            (translate("ClockDialog", "&Camera"), translate("ClockDialog", "Camera"), self.camera),
            (
                translate("ClockDialog", "Camera &shows at the beginning"),
                translate("ClockDialog", "Camera shows at the beginning"),
                self.start,
            ),
            (
                translate("ClockDialog", "Time &zone"),
                translate("ClockDialog", "Time zone"),
                self.zone,
            ),
            (
                translate("ClockDialog", "C&orrection"),
                translate("ClockDialog", "Seconds to be added to what the camera shows"),
                self.offset,
            ),
        ):
            field.setAccessibleName(name)
            form.addRow(title, field)
        self.offset.setToolTip(
            translate("ClockDialog", "Seconds to be added to what the camera shows")
        )
        buttons = save_or_cancel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        column.addWidget(self._note(source_text(self._known.clock.source)))
        column.addLayout(form)
        column.addWidget(self.everywhere)
        column.addWidget(self._fault)
        column.addWidget(buttons)

    def _note(self, text: str) -> QLabel:
        label = QLabel(text, wordWrap=True)
        label.setFont(self._look.font(Type.SMALL))
        self._look.tint(label, self._look.colors.muted)
        return label


def source_text(source: WallClockSource) -> str:
    """Where a recording's time is from, in a sentence."""
    match source:
        case WallClockSource.GIVEN:
            return translate("ClockDialog", "This time was given by hand.")
        case WallClockSource.FILE_NAME:
            return translate("ClockDialog", "This time is from the file's name.")
        case WallClockSource.CONTAINER:
            return translate(
                "ClockDialog", "This time is from the file itself, which says when it was made."
            )
    return translate(
        "ClockDialog",
        "This time is only that of the last change of the file, which copying may have changed. "
        "Recordings are not put in a row by it.",
    )


def _text(known: CaseClock) -> str:
    return known.clock.start.strftime("%Y-%m-%d %H:%M:%S")


def _zone_box(zone: str | None) -> QComboBox:
    box = QComboBox(editable=True)
    names = ["", "UTC", *sorted(name for name in available_timezones() if "/" in name)]
    box.addItems(names)
    completer = QCompleter(names, box)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    box.setCompleter(completer)
    box.setCurrentText(zone or "")
    line = box.lineEdit()
    if line is not None:
        line.setPlaceholderText(translate("ClockDialog", "Not known; or Asia/Seoul, UTC, +09:00 …"))
    return box
