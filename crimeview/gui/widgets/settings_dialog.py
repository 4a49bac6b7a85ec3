"""The settings: a person's choices, which hold as soon as they are made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from crimeview.gui.look import Look
from crimeview.gui.measuring import Measuring
from crimeview.gui.settings import PRECISIONS, STRIDES, Language, Preferences, Theme
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.engine_names import engine_title, precision_title
from crimeview.gui.widgets.measuring_view import MeasuringView

T = TypeVar("T")
_WIDTH = 620  # pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What becomes of the choices that are more than a setting for the next analysis."""

    set_theme: Callable[[Theme], None]
    set_language: Callable[[Language], None]
    toggle_violence: Callable[[], object]


class SettingsDialog(QDialog):
    """What an analysis does, what it runs on, and how the window looks."""

    def __init__(
        self,
        preferences: Preferences,
        measuring: Measuring,
        choices: Choices,
        *,
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._choices = choices
        self._look = look
        self._measuring = measuring
        self.setWindowTitle(translate("SettingsDialog", "Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._engine = QComboBox()
        self._lay_out()
        measuring.engines_changed.connect(self._fill_engines)
        measuring.find_engines()
        self._fill_engines()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
        column.setSpacing(Space.SMALL)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinimumSize)
        column.addWidget(self._heading(translate("SettingsDialog", "Analysis")))
        self._add_analysis(column)
        column.addSpacing(Space.MEDIUM)
        column.addWidget(self._heading(translate("SettingsDialog", "Review")))
        self._add_review(column)
        column.addSpacing(Space.MEDIUM)
        column.addWidget(self._heading(translate("SettingsDialog", "Speed")))
        self._add_speed(column)
        column.addSpacing(Space.MEDIUM)
        column.addWidget(self._heading(translate("SettingsDialog", "Appearance")))
        self._add_appearance(column)
        column.addStretch()
        column.addSpacing(Space.SMALL)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        column.addWidget(buttons)

    def _add_analysis(self, column: QVBoxLayout) -> None:
        column.addWidget(
            self._check(
                translate("SettingsDialog", "&Look only where something happens"),
                name="gate",
            )
        )
        column.addWidget(
            self._explanation(
                translate(
                    "SettingsDialog",
                    "Saves most of the time on quiet recordings. Very short or very small "
                    "movements may be missed; the scores show which parts were skipped. "
                    "Holds from the next analysis on.",
                ),
                indented=True,
            )
        )
        column.addWidget(
            self._check(
                translate("SettingsDialog", "Find what is &unusual for each camera"),
                name="novelty",
            )
        )
        self._add_classes(column)
        column.addWidget(
            self._check(
                translate("SettingsDialog", "Analyze recordings when they are &opened"),
                name="analyze_on_opening",
            )
        )

        column.addLayout(self._stride())

    def _add_classes(self, column: QVBoxLayout) -> None:
        """What needs a detector, and what to do where there is none."""
        title = translate("SettingsDialog", "Name kinds of objects that a camera &never showed")
        column.addWidget(self._check(title, name="classes"))
        text = translate(
            "SettingsDialog",
            "Only with a detector: crimeview models import FILE.onnx. It looks twice a second "
            "where anything moves, which makes the analysis slower.",
        )
        column.addWidget(self._explanation(text, indented=True))

    def _stride(self) -> QFormLayout:
        form = _form()
        names = {
            0: translate("SettingsDialog", "As the model was trained"),
            4: translate("SettingsDialog", "4 frames: finest, takes longest"),
            8: translate("SettingsDialog", "8 frames"),
            16: translate("SettingsDialog", "16 frames: quickest"),
        }
        stride = _combo(
            [(number, names[number]) for number in STRIDES],
            chosen=self._preferences.settings.stride,
            choose=lambda value: self._preferences.change(stride=value),
        )
        stride.setAccessibleName(translate("SettingsDialog", "A clip begins every"))
        form.addRow(translate("SettingsDialog", "A clip &begins every"), stride)
        return form

    def _add_review(self, column: QVBoxLayout) -> None:
        form = _form()
        name = QLineEdit(self._preferences.settings.reviewer)
        name.setAccessibleName(translate("SettingsDialog", "Your name"))
        name.editingFinished.connect(lambda: self._preferences.change(reviewer=name.text().strip()))
        form.addRow(translate("SettingsDialog", "Your &name"), name)
        column.addLayout(form)
        column.addWidget(
            self._check(
                translate("SettingsDialog", "&Go on to the next new segment after a decision"),
                name="advance",
            )
        )

    def _add_speed(self, column: QVBoxLayout) -> None:
        form = _form()
        self._engine.setAccessibleName(translate("SettingsDialog", "Compute on"))
        self._engine.activated.connect(
            lambda i: self._preferences.change(engine=self._engine.itemData(i))
        )
        form.addRow(translate("SettingsDialog", "&Compute on"), self._engine)
        settings = self._preferences.settings
        precision = _combo(
            [(name, precision_title(name)) for name in PRECISIONS],
            chosen=settings.precision,
            choose=lambda value: self._preferences.change(precision=value),
        )
        precision.setAccessibleName(translate("SettingsDialog", "Precision"))
        form.addRow(translate("SettingsDialog", "&Precision"), precision)
        column.addLayout(form)
        column.addWidget(
            self._explanation(
                translate(
                    "SettingsDialog",
                    "Automatic takes what measuring finds to be fastest on this computer with "
                    "nearly the same scores: what lies close to the threshold can fall on its "
                    "other side. Another precision means analyzing anew.",
                )
            )
        )
        column.addWidget(MeasuringView(self._measuring, look=self._look))

    def _add_appearance(self, column: QVBoxLayout) -> None:
        settings = self._preferences.settings
        form = _form()
        theme = _combo(
            [
                (Theme.DARK, translate("SettingsDialog", "Dark")),
                (Theme.LIGHT, translate("SettingsDialog", "Light")),
            ],
            chosen=settings.theme,
            choose=self._choices.set_theme,
        )
        language = _combo(
            [
                (Language.SYSTEM, translate("SettingsDialog", "Same as the desktop")),
                (Language.ENGLISH, "English"),  # languages are written in themselves
                (Language.KOREAN, "한국어"),
            ],
            chosen=settings.language,
            choose=self._choices.set_language,
        )
        theme.setAccessibleName(translate("SettingsDialog", "Theme"))
        language.setAccessibleName(translate("SettingsDialog", "Language"))
        form.addRow(translate("SettingsDialog", "&Theme"), theme)
        form.addRow(translate("SettingsDialog", "L&anguage"), language)
        column.addLayout(form)
        violence = QCheckBox(translate("SettingsDialog", "Show the probability of &violence"))
        violence.setChecked(settings.show_violence)
        violence.clicked.connect(self._choices.toggle_violence)
        column.addWidget(violence)

    def done(self, result: int) -> None:
        self._measuring.cancel()
        super().done(result)

    def _check(self, title: str, *, name: str) -> QCheckBox:
        box = QCheckBox(title)
        box.setChecked(getattr(self._preferences.settings, name))
        box.toggled.connect(lambda on: self._preferences.change(**{name: on}))
        return box

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setFont(self._look.font(Type.HEADING, bold=True))
        return label

    def _explanation(self, text: str, *, indented: bool = False) -> QLabel:
        label = QLabel(text, wordWrap=True)
        label.setFont(self._look.font(Type.SMALL))
        label.setContentsMargins(Space.HUGE if indented else 0, 0, 0, 0)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return label

    def _fill_engines(self) -> None:
        chosen = self._preferences.settings.engine
        present: list[str] = ["auto", *self._measuring.engines]
        missing = [chosen] if chosen not in present else []
        self._engine.clear()
        for engine in [*present, *missing]:
            title = engine_title(engine)
            if engine in missing and self._measuring.known:
                title = translate("SettingsDialog", "{engine} (not installed)").format(engine=title)
            self._engine.addItem(title, engine)
        self._engine.setCurrentIndex(self._engine.findData(chosen))


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(Space.LARGE)
    form.setVerticalSpacing(Space.SMALL)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def _combo(
    options: Sequence[tuple[T, str]], *, chosen: T, choose: Callable[[T], object]
) -> QComboBox:
    box = QComboBox()
    values = [value for value, _ in options]
    box.addItems([title for _, title in options])
    box.setCurrentIndex(values.index(chosen))
    box.activated.connect(lambda number: choose(values[number]))
    return box
