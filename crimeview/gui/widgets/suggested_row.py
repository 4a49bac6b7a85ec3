"""The type that is suggested for the chosen segments, and the button that accepts it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from crimeview.gui.commands import plain_title
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.suggested_text import suggested_kind, suggested_text, suggested_why
from crimeview.gui.text import translate
from crimeview.gui.widgets.buttons import keep_keys
from crimeview.store.rows import CaseSegment


class SuggestedRow(QWidget):
    """Hidden where nothing is suggested; of several segments with several types it says so."""

    def __init__(self, action: QAction, *, look: Look) -> None:
        super().__init__()
        self._look = look
        self._text = QLabel()
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._button = QToolButton()
        self._button.setProperty("chip", "true")
        self._button.setText(translate("SuggestedRow", "Accept"))
        self._button.setAccessibleName(plain_title(action.text()))
        self._button.setToolTip(f"{plain_title(action.text())} ({action.shortcut().toString()})")
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(action.trigger)
        keep_keys(self._button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.TIGHT)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self.hide()

    def show_of(self, rows: Sequence[CaseSegment]) -> None:
        """Show what is suggested for these segments."""
        found = [suggested for row in rows if (suggested := suggested_kind(row)) is not None]
        self.setVisible(bool(found))
        if not found:
            return
        if len(found) == 1:
            text, why = suggested_text(found[0]), suggested_why(found[0])
        else:
            text = translate("SuggestedRow", "Types are suggested for {count} of them")
            text, why = text.format(count=len(found)), ""
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self._text.setToolTip(why)

    def _on_look_changed(self) -> None:
        self._text.setFont(self._look.font(Type.SMALL))
        self._look.tint(self._text, self._look.colors.lead)
