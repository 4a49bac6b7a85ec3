"""How the picture is shown: light, lines, turning."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QWidget,
)

from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.viewing import MOST, Deinterlacing, Viewing
from crimeview.gui.widgets.popover import Popover

_WIDTH = 372


class PicturePanel(Popover):
    """Sliders for the light, whole lines, turning."""

    def __init__(self, viewing: Viewing, *, look: Look, parent: QWidget) -> None:
        title = translate("PicturePanel", "How the picture is shown")
        super().__init__(title, width=_WIDTH, look=look, parent=parent)
        self._viewing = viewing
        self._brightness = _slider(translate("PicturePanel", "Brightness"))
        self._contrast = _slider(translate("PicturePanel", "Contrast"))
        self._lines = _lines_box()
        note = QLabel(
            translate(
                "PicturePanel",
                "Changes what you see, not the recording, its analysis or what is exported.",
            )
        )
        note.setWordWrap(True)
        note.setFont(look.font(Type.SMALL))
        note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        form = QFormLayout()
        form.setSpacing(Space.SMALL)
        form.addRow(translate("PicturePanel", "&Brightness"), self._brightness)
        form.addRow(translate("PicturePanel", "&Contrast"), self._contrast)
        form.addRow(translate("PicturePanel", "&Deinterlace"), self._lines)
        form.setContentsMargins(0, 0, Space.SMALL, 0)
        self.body.addLayout(form)
        self.body.addLayout(self._buttons())
        self.body.addWidget(note)
        self._brightness.valueChanged.connect(lambda value: viewing.change(brightness=value))
        self._contrast.valueChanged.connect(lambda value: viewing.change(contrast=value))
        self._lines.activated.connect(
            lambda _row: viewing.change(deinterlacing=self._lines.currentData())
        )
        viewing.changed.connect(self._show_view)
        self._show_view()

    def open_at(self, anchor: QWidget) -> None:
        self.open_above(anchor, focus=self._brightness)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        for title, run in (
            (translate("PicturePanel", "Turn left"), lambda: self._viewing.turn(-1)),
            (translate("PicturePanel", "Turn right"), lambda: self._viewing.turn(1)),
            (translate("PicturePanel", "Reset"), self._viewing.reset),
        ):
            row.addWidget(_button(title, run))
        return row

    def _show_view(self) -> None:
        view = self._viewing.view
        for slider, value in ((self._brightness, view.brightness), (self._contrast, view.contrast)):
            with QSignalBlocker(slider):
                slider.setValue(value)
        self._lines.setCurrentIndex(self._lines.findData(view.deinterlacing))


def _slider(name: str) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(-MOST, MOST)
    slider.setPageStep(20)
    slider.setAccessibleName(name)
    return slider


def _lines_box() -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(translate("PicturePanel", "Deinterlace"))
    for mode, title in (
        (Deinterlacing.AUTO, translate("PicturePanel", "Where the recording says so")),
        (Deinterlacing.ON, translate("PicturePanel", "Always")),
        (Deinterlacing.OFF, translate("PicturePanel", "Never")),
    ):
        box.addItem(title, mode)
    return box


def _button(title: str, run: Callable[[], None]) -> QPushButton:
    button = QPushButton(title)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: run())
    return button
