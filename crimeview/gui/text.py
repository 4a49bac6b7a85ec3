"""What the window says: translation, and the words for values that many places show."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate  # a name that lupdate finds: translate("Context", "Text")
