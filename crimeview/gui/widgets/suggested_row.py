"""The type that is suggested for the chosen segments, and the button that accepts it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from crimeview.core.type_suggestion import TypeSuggestion
from crimeview.gui.commands import plain_title
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.suggested_text import (
    likeliest_text,
    suggested_kind,
    suggested_text,
    suggested_why,
    unknown_kind,
    unknown_text,
)
from crimeview.gui.text import translate
from crimeview.gui.widgets.buttons import keep_keys
from crimeview.store.rows import CaseSegment


class SuggestedRow(QWidget):
    """Hidden where nothing is known of it; of several segments with several types it says so.

    Below stand the three likeliest types, also where none is told.
    """

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
        self._likeliest = QLabel(wordWrap=True)
        row = QHBoxLayout()
        row.setSpacing(Space.TIGHT)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addLayout(row)
        column.addWidget(self._likeliest)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self.hide()

    def show_of(self, rows: Sequence[CaseSegment]) -> None:
        """Show what is suggested for these segments."""
        found = [suggested for row in rows if (suggested := suggested_kind(row)) is not None]
        unknown = unknown_kind(rows[0]) if len(rows) == 1 else None
        self._button.setVisible(bool(found))
        self.setVisible(bool(found) or unknown is not None)
        if unknown is not None:
            self._say(unknown_text(unknown), unknown)
        elif len(found) == 1:
            self._say(suggested_text(found[0]), found[0])
        elif found:
            text = translate("SuggestedRow", "Types are suggested for {count} of them")
            self._say(text.format(count=len(found)), None)

    def _say(self, text: str, suggested: TypeSuggestion | None) -> None:
        likeliest = likeliest_text(suggested) if suggested is not None else ""
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self._text.setToolTip(suggested_why(suggested) if suggested is not None else "")
        self._likeliest.setText(likeliest)
        self._likeliest.setAccessibleName(likeliest)
        self._likeliest.setVisible(suggested is not None and len(suggested.likeliest) > 1)

    def _on_look_changed(self) -> None:
        self._text.setFont(self._look.font(Type.SMALL))
        self._look.tint(self._text, self._look.colors.lead)
        self._likeliest.setFont(self._look.font(Type.SMALL))
        self._look.tint(self._likeliest, self._look.colors.muted)
