"""A text that is there to be read and copied as a whole."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from crimeview.gui.text import translate

_TOLD = 2000  # ms that the button says what it did


def fixed_text(name: str) -> QPlainTextEdit:
    """A place for many lines as a program writes them; `name` is for screen readers."""
    text = QPlainTextEdit(readOnly=True)
    text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    text.setTabChangesFocus(True)
    text.setAccessibleName(name)
    return text


def copy_button(text: QPlainTextEdit) -> QPushButton:
    """A button that copies all of a text, and says so."""
    title = translate("CopiedText", "&Copy all")
    button = QPushButton(title)
    button.setAutoDefault(False)

    def copy() -> None:
        QGuiApplication.clipboard().setText(text.toPlainText())
        button.setText(translate("CopiedText", "Copied"))
        QTimer.singleShot(_TOLD, button, lambda: button.setText(title))

    button.clicked.connect(copy)
    return button
