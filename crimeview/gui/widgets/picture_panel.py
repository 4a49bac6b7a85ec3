"""How the picture is shown: light, lines, turning."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.viewing import MOST, Deinterlacing, Viewing

_WIDTH = 300


class PicturePanel(QFrame):
    """A small panel over the picture; Escape, or a click elsewhere, closes it."""

    def __init__(self, viewing: Viewing, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._viewing = viewing
        self.setObjectName("popup")
        self.setAccessibleName(translate("PicturePanel", "How the picture is shown"))
        self.setFixedWidth(_WIDTH)
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
        look.tint(note, look.colors.muted)
        form = QFormLayout()
        form.setSpacing(Space.SMALL)
        form.addRow(translate("PicturePanel", "&Brightness"), self._brightness)
        form.addRow(translate("PicturePanel", "&Contrast"), self._contrast)
        form.addRow(translate("PicturePanel", "&Deinterlace"), self._lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        column.setSpacing(Space.MEDIUM)
        column.addLayout(form)
        column.addLayout(self._buttons())
        column.addWidget(note)
        self._brightness.valueChanged.connect(lambda value: viewing.change(brightness=value))
        self._contrast.valueChanged.connect(lambda value: viewing.change(contrast=value))
        self._lines.activated.connect(
            lambda _row: viewing.change(deinterlacing=self._lines.currentData())
        )
        viewing.changed.connect(self._show_view)
        self._show_view()

    def show_above(self, widget: QWidget) -> None:
        """Open over a widget, its right edges in line, with the keyboard on the first slider."""
        self.adjustSize()
        corner = widget.mapToGlobal(QPoint(widget.width() - self.width(), 0))
        self.move(corner - QPoint(0, self.height() + Space.TIGHT))
        self.show()
        self._brightness.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

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

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # its keys are its own while it is open
            return True
        return super().event(event)


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
