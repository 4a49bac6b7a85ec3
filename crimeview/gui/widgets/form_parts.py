"""What the dialogs of the wall are made of."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QWidget,
)

from crimeview.gui.look import Look
from crimeview.gui.style import Space
from crimeview.gui.widgets.spin_field import inset

_ROWS = 4  # that a list of choices shows at most without scrolling


def form() -> QFormLayout:
    made = QFormLayout()
    made.setHorizontalSpacing(Space.LARGE)
    made.setVerticalSpacing(Space.SMALL)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return made


def add_row(to: QFormLayout, title: str, field: QWidget) -> None:
    """A field with its title, which also is its name for a screen reader."""
    field.setAccessibleName(title.replace("&", ""))
    to.addRow(title, field)


def number(
    *, least: float, most: float, step: float, decimals: int, suffix: str = ""
) -> QDoubleSpinBox:
    box = QDoubleSpinBox(minimum=least, maximum=most, singleStep=step, decimals=decimals)
    box.setSuffix(suffix)
    return inset(box)


def whole(*, least: int, most: int) -> QSpinBox:
    return inset(QSpinBox(minimum=least, maximum=most))


def choice(options: Sequence[tuple[object, str]]) -> QComboBox:
    """Options as (value, title)."""
    box = QComboBox()
    for value, title in options:
        box.addItem(title, value)
    return box


def choose(box: QComboBox, value: object) -> None:
    box.setCurrentIndex(max(0, box.findData(value)))


class CheckList(QListWidget):
    """Several of some values; the space bar checks and unchecks."""

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.fill(options)

    def fill(self, options: Sequence[tuple[str, str]]) -> None:
        """Options as (value, title), none of them checked."""
        self.clear()
        for value, title in options:
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.addItem(item)
        line = self.fontMetrics().height() + 10
        self.setFixedHeight(max(1, min(_ROWS, len(options))) * line + 6)

    @property
    def checked(self) -> tuple[str, ...]:
        items = [self.item(row) for row in range(self.count())]
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def check(self, values: Sequence[str]) -> None:
        for row in range(self.count()):
            item = self.item(row)
            on = item.data(Qt.ItemDataRole.UserRole) in values
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


class Verdict(QLabel):
    """A sentence on what came of something; hidden while there is none."""

    def __init__(self, *, look: Look) -> None:
        super().__init__(wordWrap=True)
        self._look = look
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hide()

    def say(self, sentence: str, *, good: bool = False) -> None:
        colors = self._look.colors
        self._look.tint(self, colors.good if good else colors.bad)
        self.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
