"""A field that holds what cannot be taken, marked as the style has it."""

from PySide6.QtWidgets import QLineEdit


def mark_wrong(field: QLineEdit, *, wrong: bool) -> None:
    """Mark a field, or take the mark off."""
    if bool(field.property("wrong")) != wrong:
        field.setProperty("wrong", wrong)
        field.style().unpolish(field)
        field.style().polish(field)
