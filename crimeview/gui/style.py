"""The design system: colors, sizes, the application's palette and its one style sheet.

Colors mean something: `accent` is where you are (playhead, selection, keyboard focus), `lead` what
is worth looking at (scores over the threshold, segments), `violence` the curve of its probability,
`good` done and `bad` failed. Nothing is
told by color alone.
"""

import json
from dataclasses import dataclass
from enum import IntEnum
from string import Template

from PySide6.QtGui import QColor, QFont, QPalette

from crimeview.core.places import shipped
from crimeview.gui.settings import Theme


class Space(IntEnum):
    """Distances in device-independent pixels."""

    HAIR = 2
    TIGHT = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    HUGE = 24


class Type(IntEnum):
    """Type sizes, as percentages of the desktop's own."""

    SMALL = 88
    BODY = 100
    HEADING = 108
    TITLE = 150


HEAT = "#ffb000"  # over pictures, which look the same in every theme
SKELETON = "#7df9ff"  # the same
ROW_RADIUS = 6
CONTROL = 30  # height of a button
ICON = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Colors:
    """One theme's colors, as `#rrggbb`.

    From back to front: `window`, `panel`, `raised`, `line`; text in three ranks; `picture` is what
    surrounds a video. The `_soft` ones are grounds that text can stand on.
    """

    window: str
    panel: str
    raised: str
    line: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_soft: str
    on_accent: str
    lead: str
    lead_soft: str
    violence: str
    good: str
    bad: str
    picture: str


def load_colors(theme: Theme) -> Colors:
    return Colors(
        **json.loads((shipped("resources") / "colors" / f"{theme.value}.json").read_text())
    )


def color(text: str, *, alpha: float = 1.0) -> QColor:
    """A color of the system with an opacity from 0 to 1."""
    value = QColor(text)
    value.setAlphaF(alpha)
    return value


def mixed(over: str, under: str, *, share: float) -> QColor:
    """An opaque color: what `over` looks like on `under` with an opacity from 0 to 1."""
    top, ground = QColor(over), QColor(under)

    def mix(upper: float, lower: float) -> float:
        return share * upper + (1 - share) * lower

    return QColor.fromRgbF(
        mix(top.redF(), ground.redF()),
        mix(top.greenF(), ground.greenF()),
        mix(top.blueF(), ground.blueF()),
    )


def font(base: QFont, size: Type = Type.BODY, *, bold: bool = False) -> QFont:
    """A font in one of the type sizes, with figures of equal width, so that times do not jump."""
    sized = QFont(base)
    if base.pointSizeF() > 0:
        sized.setPointSizeF(base.pointSizeF() * size / 100)
    else:
        sized.setPixelSize(round(base.pixelSize() * size / 100))
    sized.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    sized.setFeature(QFont.Tag("tnum"), 1)
    return sized


def palette(colors: Colors) -> QPalette:
    roles = QPalette.ColorRole
    result = QPalette()
    for role, text in {
        roles.Window: colors.panel,
        roles.WindowText: colors.text,
        roles.Base: colors.panel,
        roles.AlternateBase: colors.window,
        roles.Text: colors.text,
        roles.PlaceholderText: colors.muted,
        roles.Button: colors.raised,
        roles.ButtonText: colors.text,
        roles.BrightText: colors.bad,
        roles.ToolTipBase: colors.raised,
        roles.ToolTipText: colors.text,
        roles.Highlight: colors.accent,
        roles.HighlightedText: colors.on_accent,
        roles.Link: colors.accent,
        roles.LinkVisited: colors.accent,
        roles.Light: colors.raised,
        roles.Midlight: colors.line,
        roles.Mid: colors.line,
        roles.Dark: colors.line,
        roles.Shadow: colors.picture,
        roles.Accent: colors.accent,
    }.items():
        result.setColor(role, QColor(text))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(colors.faint))
    return result


def sheet(colors: Colors) -> str:
    """The application's style sheet: what a palette cannot say of the Fusion style."""
    values = {name: getattr(colors, name) for name in Colors.__slots__}
    icons = (shipped("resources") / "icons").as_posix()
    return _SHEET.substitute(values, radius=ROW_RADIUS, icons=icons)


_SHEET = Template("""
QMainWindow, QMenuBar { background: $window; }
QMainWindow::separator, QSplitter::handle { background: $window; }
QMenuBar { padding: 2px 4px; border: none; }
QMenuBar::item { padding: 5px 10px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $raised; }
QMenu { background: $raised; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::item:disabled { color: $faint; background: transparent; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 6px; }

QToolButton[command="true"] {
    background: transparent; border: 1px solid transparent; border-radius: ${radius}px;
}
QToolButton[command="true"]:hover { background: $raised; border-color: $line; }
QToolButton[command="true"]:pressed { background: $line; }
QToolButton[command="true"]:focus { border-color: $accent; }
QToolButton[chip="true"] {
    background: transparent; color: $muted; border: 1px solid $line; border-radius: ${radius}px;
    padding: 3px 6px; min-height: 18px;
}
QToolButton[chip="true"]:hover { border-color: $faint; }
QToolButton[chip="true"]:checked { background: $raised; color: $text; border-color: $faint; }
QToolButton[chip="true"]:pressed { background: $line; }
QToolButton[chip="true"]:focus { border-color: $accent; }
QToolButton[chip="true"]:disabled { color: $faint; }
QLineEdit, QPlainTextEdit {
    background: $raised; color: $text; border: 1px solid $line; border-radius: 4px;
    padding: 3px 6px; selection-background-color: $accent; selection-color: $on_accent;
}
QPlainTextEdit { padding: 0px 2px; }
QLineEdit:focus, QPlainTextEdit:focus { border-color: $accent; }
QLineEdit[wrong="true"] { border-color: $bad; }
QLineEdit:disabled, QPlainTextEdit:disabled { color: $faint; }
QComboBox QLineEdit { border: none; padding: 0; background: transparent; }
#card { border: none; border-top: 1px solid $line; }
QPushButton {
    background: $raised; border: 1px solid $line; border-radius: ${radius}px; padding: 5px 14px;
    min-height: 20px;
}
QPushButton:hover { border-color: $faint; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border-color: $accent; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[primary="true"]:focus { border-color: $text; }
QPushButton[primary="true"]:disabled { background: $raised; color: $faint; border-color: $line; }

QLabel[keycap="true"] {
    background: $raised; border: 1px solid $line; border-radius: 4px; padding: 1px 6px;
    min-width: 12px;
}
QAbstractSpinBox {
    background: $raised; color: $text; border: 1px solid $line; border-radius: 4px;
    padding: 2px 6px; selection-background-color: $accent; selection-color: $on_accent;
}
QAbstractSpinBox:focus { border-color: $accent; }
QAbstractSpinBox:disabled { color: $faint; }
QComboBox {
    background: $raised; color: $text; border: 1px solid $line; border-radius: 4px;
    padding: 3px 4px 3px 8px;
}
QComboBox:hover { border-color: $faint; }
QComboBox:focus { border-color: $accent; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url($icons/choose.svg); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; height: 0; border: none; }

QCheckBox::indicator {
    width: 14px; height: 14px; border: 1px solid $faint; border-radius: 3px; background: $raised;
}
QCheckBox::indicator:focus, QCheckBox::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked {
    background: $accent; border-color: $accent; image: url($icons/checked.svg);
}

QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $faint; border-radius: 8px; background: $raised;
}
QRadioButton::indicator:focus, QRadioButton::indicator:hover { border-color: $accent; }
QRadioButton::indicator:checked { border: 4px solid $accent; width: 8px; height: 8px; }

QFrame#popover { background: $panel; border: 1px solid $faint; border-radius: ${radius}px; }
QSlider::groove:horizontal { height: 4px; background: $line; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::sub-page:horizontal:disabled { background: $line; }
QSlider::handle:horizontal {
    width: 14px; margin: -6px 0; border-radius: 7px; background: $text; border: 1px solid $line;
}
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { border: 2px solid $accent; }
QToolButton[command="true"]:checked { background: $accent_soft; border-color: $accent; }

QDialog QListWidget { background: $raised; border: 1px solid $line; border-radius: 4px; }
QDialog QListWidget:focus { border-color: $accent; }
QDialog QListWidget::item { padding: 4px 6px; }
QDialog QListWidget::item:selected { background: $accent_soft; color: $text; }
QListWidget::indicator, QTreeWidget::indicator {
    width: 14px; height: 14px; border: 1px solid $faint; border-radius: 3px; background: $raised;
}
QListWidget::indicator:checked, QTreeWidget::indicator:checked {
    background: $accent; border-color: $accent; image: url($icons/checked.svg);
}

#dropTarget { background: $panel; border: 2px dashed $faint; border-radius: 12px; }
QFrame#popover QListWidget { background: $raised; border: 1px solid $line; border-radius: 4px; }
QFrame#popover QListWidget::item { padding: 4px 6px; }
QFrame#popover QListWidget::item:selected { background: $accent_soft; color: $text; }
QFrame#why { background: $raised; border-top: 1px solid $line; }
#notice { background: $lead_soft; }
#notice[passing="true"] { background: $panel; }
#notice[over="true"] {
    background: $raised; border: 1px solid $faint; border-radius: ${radius}px;
}

QHeaderView::section {
    background: $panel; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: 5px 8px 5px 11px;  /* as far in as the text of a cell */
}
QTableView::item, QTreeWidget::item { padding: 3px 8px; }
QTableView::item:selected, QTreeWidget::item:selected { background: $accent_soft; color: $text; }

QAbstractItemView { border: none; outline: none; background: $panel; }
QScrollBar:vertical { width: 10px; background: transparent; margin: 0; }
QScrollBar:horizontal { height: 10px; background: transparent; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: none; border: none; width: 0; height: 0;
}

QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QTabBar::tab {
    padding: 6px 14px; color: $muted; border: none; border-bottom: 2px solid transparent;
}
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabWidget::pane { border: none; }
""")
