"""Which ways to group are compared, and into how many clusters."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QToolButton, QWidget

from crimeview.atlas.choices import METHODS, Method
from crimeview.gui.grouping import Grouper
from crimeview.gui.grouping_text import method_hint, method_text, short_method_text
from crimeview.gui.style import Space
from crimeview.gui.text import translate
from crimeview.gui.widgets.buttons import keep_keys
from crimeview.gui.widgets.spin_field import inset

_MOST = 500


class GroupingChoice(QWidget):
    """A button for each method, and a number, 0 for as many clusters as seem to be there."""

    def __init__(self, grouper: Grouper) -> None:
        super().__init__()
        self._grouper = grouper
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.TIGHT)
        for method in METHODS:
            row.addWidget(self._chip(method))
        label = QLabel(translate("GroupingChoice", "Clusters"))
        self._count = inset(QSpinBox(minimum=1, maximum=_MOST, value=1))
        self._count.setSpecialValueText(translate("GroupingChoice", "automatic"))
        self._count.setAccessibleName(translate("GroupingChoice", "How many clusters"))
        self._count.setToolTip(
            translate(
                "GroupingChoice",
                "How many clusters are looked for; automatic: as many as FINCH's best partition "
                "has. HDBSCAN finds its own number.",
            )
        )
        self._count.setMinimumWidth(96)
        keep_keys(self._count, (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Backspace,
                                *(Qt.Key(Qt.Key.Key_0 + n) for n in range(10))))  # fmt: skip
        label.setBuddy(self._count)
        row.addSpacing(Space.MEDIUM)
        row.addWidget(label)
        row.addWidget(self._count)
        self._count.valueChanged.connect(self._on_count)
        self._count.setValue(grouper.count or 1)

    def _chip(self, method: Method) -> QToolButton:
        chip = QToolButton()
        chip.setCheckable(True)
        chip.setChecked(method in self._grouper.methods)
        chip.setProperty("chip", "true")
        chip.setText(short_method_text(method))
        chip.setToolTip(method_hint(method))
        chip.setAccessibleName(method_text(method))
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        keep_keys(chip)

        def toggle(on: bool) -> None:  # noqa: FBT001 (a signal's)
            methods = self._grouper.methods
            self._grouper.methods = methods | {method} if on else methods - {method}
            self._grouper.stage_changed.emit()

        chip.toggled.connect(toggle)
        return chip

    def _on_count(self, value: int) -> None:
        self._grouper.count = value if value > 1 else None
