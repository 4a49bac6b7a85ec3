"""What counts as a lead: the rule by which scores become segments."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.segment import SegmentRule
from crimeview.gui.look import Look
from crimeview.gui.presets import Presets
from crimeview.gui.rate_text import rate_text
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.thresholding import Thresholding
from crimeview.gui.widgets.plot_items import LOWEST_THRESHOLD
from crimeview.gui.widgets.popover import Popover
from crimeview.gui.widgets.spin_field import inset

_WIDTH = 420


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A number of the rule: `least` to `most` in steps, with its unit."""

    name: str
    title: Callable[[], str]
    tip: Callable[[], str]
    least: float
    most: float
    step: float
    in_seconds: bool = False


_PARTS = (
    _Part(
        name="threshold",
        title=lambda: translate("RulePanel", "&Threshold"),
        tip=lambda: translate(
            "RulePanel",
            "A lead begins where the network’s score reaches this. Leads of violence and novelty "
            "begin by what this camera’s quiet time shows.",
        ),
        least=LOWEST_THRESHOLD,
        most=1.0,
        step=0.01,
    ),
    _Part(
        name="hysteresis",
        title=lambda: translate("RulePanel", "&Hysteresis"),
        tip=lambda: translate(
            "RulePanel", "A lead lasts while the score stays above this share of the threshold"
        ),
        least=0.05,
        most=1.0,
        step=0.05,
    ),
    _Part(
        name="merge_gap",
        title=lambda: translate("RulePanel", "&Merge up to"),
        tip=lambda: translate("RulePanel", "Leads that lie no further apart become one"),
        least=0.0,
        most=60.0,
        step=0.5,
        in_seconds=True,
    ),
    _Part(
        name="min_length",
        title=lambda: translate("RulePanel", "&At least"),
        tip=lambda: translate("RulePanel", "Shorter leads are left out"),
        least=0.0,
        most=30.0,
        step=0.1,
        in_seconds=True,
    ),
)


class RulePanel(Popover):
    """Sliders for the rule, what is to be expected of it, and rules by name.

    What is tried shows at once in the selected recording; when a slider is let go, the whole case
    is segmented anew.
    """

    def __init__(
        self, thresholding: Thresholding, presets: Presets, *, look: Look, parent: QWidget
    ) -> None:
        title = translate("RulePanel", "What counts as a lead")
        super().__init__(title, width=_WIDTH, look=look, parent=parent)
        self._thresholding = thresholding
        self._presets = presets
        self._look = look
        self._sliders = {part.name: QSlider(Qt.Orientation.Horizontal) for part in _PARTS}
        self._boxes = {part.name: _box(part) for part in _PARTS}
        self._rate = QLabel(wordWrap=True)
        self._rate.setAccessibleName(translate("RulePanel", "Expected false alarms"))
        self._choice = QComboBox()
        self._choice.setAccessibleName(translate("RulePanel", "Rules by name"))
        self._name = QLineEdit()
        self._name.setAccessibleName(translate("RulePanel", "Name of the rule"))
        self._name.setMaxLength(60)
        self._save = QPushButton(translate("RulePanel", "Keep"))
        self._save.setObjectName("keep")
        self._delete = QPushButton(translate("RulePanel", "Delete"))
        self._lay_out()
        self._connect()
        self._show_rule()
        self._show_presets()
        self._show_rate()
        thresholding.estimate()

    def open_at(self, anchor: QWidget) -> None:
        self.open_above(anchor, focus=self._sliders["threshold"])

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.MEDIUM)
        grid.setVerticalSpacing(Space.SMALL)
        grid.setColumnStretch(1, 1)
        for row, part in enumerate(_PARTS):
            label = QLabel(part.title())
            slider, box = self._sliders[part.name], self._boxes[part.name]
            slider.setRange(round(part.least / part.step), round(part.most / part.step))
            slider.setPageStep(max(1, round((part.most - part.least) / part.step / 20)))
            label.setBuddy(slider)
            for told in (label, slider, box):
                told.setToolTip(part.tip())
            slider.setAccessibleName(part.tip())
            for place, shown in enumerate((label, slider, box)):
                grid.addWidget(shown, row, place)
        self._rate.setFont(self._look.font(Type.SMALL))
        self._look.tint(self._rate, self._look.colors.muted)
        self._rate.setMinimumHeight(2 * self._rate.fontMetrics().lineSpacing())
        inner = QVBoxLayout()
        inner.setContentsMargins(0, 0, Space.SMALL, 0)
        inner.setSpacing(Space.MEDIUM)
        inner.addLayout(grid)
        inner.addWidget(self._rate)
        inner.addLayout(self._lay_out_presets())
        self.body.addLayout(inner)

    def _lay_out_presets(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.SMALL)
        grid.setVerticalSpacing(Space.SMALL)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._choice, 0, 0)
        grid.addWidget(self._delete, 0, 1)
        grid.addWidget(self._name, 1, 0)
        grid.addWidget(self._save, 1, 1)
        for button in (self._save, self._delete):
            button.setAutoDefault(False)
        return grid

    def _connect(self) -> None:
        for part in _PARTS:
            self._connect_part(part)
        self._choice.activated.connect(self._on_chosen)
        self._save.clicked.connect(self._on_saved)
        self._delete.clicked.connect(self._on_deleted)
        self._name.returnPressed.connect(self._on_saved)
        self._name.textChanged.connect(lambda text: self._save.setEnabled(bool(text.strip())))
        self._thresholding.changed.connect(self._show_rule)
        self._thresholding.estimated.connect(self._show_rate)
        self._presets.changed.connect(self._show_presets)

    def _connect_part(self, part: _Part) -> None:
        slider, box = self._sliders[part.name], self._boxes[part.name]

        def rule(value: float) -> SegmentRule | None:
            held = self._thresholding.rule
            return None if held is None else replace(held, **{part.name: value})

        def moved(ticks: int) -> None:
            changed = rule(ticks * part.step)
            if changed is None:
                return
            if slider.isSliderDown():
                self._thresholding.try_rule(changed)
            else:  # a key, or a click beside the handle
                self._thresholding.keep_rule(changed)

        def released() -> None:
            if self._thresholding.rule is not None:
                self._thresholding.keep_rule(self._thresholding.rule)

        def typed(value: float) -> None:
            changed = rule(value)
            if changed is not None:
                self._thresholding.keep_rule(changed)

        slider.valueChanged.connect(moved)
        slider.sliderReleased.connect(released)
        box.valueChanged.connect(typed)

    def _show_rule(self) -> None:
        rule = self._thresholding.rule
        self.setEnabled(rule is not None)
        if rule is None:
            return
        for part in _PARTS:
            value = getattr(rule, part.name)
            slider, box = self._sliders[part.name], self._boxes[part.name]
            with QSignalBlocker(slider), QSignalBlocker(box):
                slider.setValue(round(value / part.step))
                box.setValue(value)
        self._show_presets()

    def _show_rate(self) -> None:
        self._rate.setText(rate_text(self._thresholding.rate))

    def _show_presets(self) -> None:
        presets, rule = self._presets.presets, self._thresholding.rule
        self._choice.clear()
        self._choice.addItem(translate("RulePanel", "Rules by name …"), None)
        chosen = 0
        for number, preset in enumerate(presets, start=1):
            own = preset.camera == self._presets.camera
            title = preset.name if own else f"{preset.name} ({preset.camera})"
            self._choice.addItem(title, preset)
            if own and preset.rule == rule:
                chosen = number
        self._choice.setCurrentIndex(chosen)
        self._choice.setEnabled(bool(presets))
        self._delete.setEnabled(chosen > 0)
        self._save.setEnabled(bool(self._name.text().strip()))
        self._name.setPlaceholderText(
            translate("RulePanel", "Keep this rule for {camera} as …").format(
                camera=self._presets.camera
            )
        )

    def _on_chosen(self, _row: int) -> None:
        preset = self._choice.currentData()
        if preset is not None:
            self._thresholding.keep_rule(preset.rule)

    def _on_saved(self) -> None:
        rule, name = self._thresholding.rule, self._name.text().strip()
        if rule is not None and name:
            self._presets.save(name, rule)
            self._name.clear()

    def _on_deleted(self) -> None:
        preset = self._choice.currentData()
        if preset is not None:
            self._presets.delete(preset)


def _box(part: _Part) -> QDoubleSpinBox:
    decimals = 1 if part.step in (0.1, 0.5) else 2
    box = QDoubleSpinBox(
        minimum=part.least, maximum=part.most, singleStep=part.step, decimals=decimals
    )
    if part.in_seconds:
        box.setSuffix(translate("RulePanel", " s"))
    box.setKeyboardTracking(False)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setFixedWidth(76)
    box.setAccessibleName(part.tip())
    return inset(box)
