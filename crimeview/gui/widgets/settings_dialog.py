"""The settings: a person's choices, which hold as soon as they are made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crimeview.gui.commands import plain_title
from crimeview.gui.look import Look
from crimeview.gui.measuring import Measuring
from crimeview.gui.score_tracks import SCORE_TRACKS, ScoreTrack
from crimeview.gui.settings import Language, Preferences, Theme
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.engine_names import engine_title
from crimeview.gui.widgets.measuring_view import MeasuringView
from crimeview.gui.widgets.settings_table import (
    Kind,
    Section,
    Setting,
    section_title,
    settings_table,
)

_WIDTH = 620  # pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What becomes of the choices that are more than a setting for the next analysis."""

    set_theme: Callable[[Theme], None]
    set_language: Callable[[Language], None]
    toggle_curve: Callable[[ScoreTrack], object]
    edit_keys: Callable[[], None]


class SettingsDialog(QDialog):
    """What an analysis does, what it runs on, and how the window looks: the table of settings."""

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
        self._look = look
        self._measuring = measuring
        self._more: Mapping[str, Callable[[Any], object]] = {
            "theme": choices.set_theme,
            "language": choices.set_language,
            **{
                track.setting: _without(partial(choices.toggle_curve, track))
                for track in SCORE_TRACKS
            },
        }
        self.setWindowTitle(translate("SettingsDialog", "Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH + 2 * Space.MEDIUM)
        self._engine = QComboBox()
        self._lay_out(choices)
        measuring.engines_changed.connect(self._fill_engines)
        measuring.find_engines()
        self._fill_engines()

    def done(self, result: int) -> None:
        self._measuring.cancel()
        super().done(result)

    def _lay_out(self, choices: Choices) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, 0)
        column.setSpacing(Space.SMALL)
        table = settings_table()
        for section in Section:
            column.addWidget(self._heading(section_title(section)))
            form: QFormLayout | None = None  # settings with a label stand in line
            for setting in (s for s in table if s.section is section):
                form = self._add(setting, column, form)
            if section is Section.SPEED:
                column.addWidget(MeasuringView(self._measuring, look=self._look))
            column.addSpacing(Space.MEDIUM)
        column.addStretch()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        keys = QPushButton(translate("SettingsDialog", "Change &keys…"))
        keys.setAutoDefault(False)
        keys.clicked.connect(self.close)
        keys.clicked.connect(choices.edit_keys)
        buttons.addButton(keys, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.rejected.connect(self.close)
        buttons.setContentsMargins(Space.HUGE, 0, Space.HUGE, Space.LARGE)
        self._show_scrolled(content, buttons)

    def _show_scrolled(self, content: QWidget, buttons: QDialogButtonBox) -> None:
        """All of it where the screen is high enough; on a low one it scrolls."""
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is reached by Tab comes into view
        area.setWidget(content)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(Space.SMALL)
        around.addWidget(area, 1)
        around.addWidget(buttons)
        content.setFixedWidth(_WIDTH)
        layout = content.layout()
        assert layout is not None
        height = max(layout.totalHeightForWidth(_WIDTH), content.sizeHint().height())
        content.setMinimumHeight(height)  # wrapped words take more than their hint
        height += buttons.sizeHint().height() + Space.LARGE
        most = self.screen().availableSize().height() - 2 * Space.HUGE
        self.resize(_WIDTH + 2 * Space.MEDIUM, min(height + Space.HUGE, most))

    def _add(
        self, setting: Setting, column: QVBoxLayout, form: QFormLayout | None
    ) -> QFormLayout | None:
        """Add a setting below the others; gives the form that the next one may stand in too."""
        if setting.kind is Kind.CHECK:
            column.addWidget(self._check(setting))
            form = None
        else:
            if form is None:
                form = _form()
                column.addLayout(form)
            field = self._text(setting) if setting.kind is Kind.TEXT else self._choice(setting)
            field.setAccessibleName(plain_title(setting.title))
            form.addRow(setting.title, field)
        if setting.explanation:
            indented = setting.kind is Kind.CHECK
            column.addWidget(self._explanation(setting.explanation, indented=indented))
            form = None
        return form

    def _choose(self, name: str, value: Any) -> None:
        """Make a choice; some are more than a setting."""
        if name in self._more:
            self._more[name](value)
        else:
            self._preferences.change(**{name: value})

    def _present(self, setting: Setting) -> Any:
        return getattr(self._preferences.settings, setting.name)

    def _check(self, setting: Setting) -> QCheckBox:
        box = QCheckBox(setting.title)
        box.setChecked(self._present(setting))
        box.clicked.connect(lambda on: self._choose(setting.name, on))
        return box

    def _text(self, setting: Setting) -> QLineEdit:
        line = QLineEdit(self._present(setting))
        line.editingFinished.connect(lambda: self._choose(setting.name, line.text().strip()))
        return line

    def _choice(self, setting: Setting) -> QComboBox:
        box = QComboBox() if setting.options else self._engine
        for value, title in setting.options:
            box.addItem(title, value)
        values = [value for value, _ in setting.options]
        if values:
            box.setCurrentIndex(values.index(self._present(setting)))
        box.activated.connect(
            lambda i: self._choose(setting.name, values[i] if values else box.itemData(i))
        )
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


def _without(act: Callable[[], object]) -> Callable[[Any], object]:
    """What is done whatever is chosen: it turns over what there is."""
    return lambda _chosen: act()


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(Space.LARGE)
    form.setVerticalSpacing(Space.SMALL)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form
