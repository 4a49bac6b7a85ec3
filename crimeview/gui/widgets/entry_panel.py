"""What is known of a segment of a library, and what a person says of it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crimeview.gui.commands import Actions
from crimeview.gui.entry_pictures import EntryPictures
from crimeview.gui.entry_text import happened_text, moment_of, span_text
from crimeview.gui.look import Look
from crimeview.gui.shelf import Shelf
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.buttons import text_button
from crimeview.gui.widgets.playing_pictures import PlayingPictures
from crimeview.gui.widgets.wrong_field import mark_wrong
from crimeview.store.library.rows import KEPT, Entry, Facts

_PICTURE = QSize(336, 189)
_LOWEST = 96  # pixels that the picture keeps
_WIDTH = 360


class EntryPanel(QWidget):
    """Its pictures, where it is from, and fields that are kept by Save; read only for readers."""

    def __init__(
        self, shelf: Shelf, pictures: EntryPictures, actions: Actions, *, look: Look
    ) -> None:
        super().__init__()
        self._shelf = shelf
        self._pictures = pictures
        self._look = look
        self.setAutoFillBackground(True)
        self.setFixedWidth(_WIDTH)
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._picture.setMinimumHeight(_LOWEST)  # on a low screen it gives way to the fields
        self._picture.setMaximumHeight(_PICTURE.height())
        self._picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._picture.setAccessibleName(translate("EntryPanel", "Pictures of the segment"))
        self._name = QLabel(wordWrap=True)
        self._name.setFont(look.font(bold=True))
        self._source = QLabel(wordWrap=True)
        self._source.setFont(look.font(Type.SMALL))
        self._source.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.kind = QComboBox(editable=True)
        self.camera, self.place, self.outcome = QLineEdit(), QLineEdit(), QLineEdit()
        self.date = QLineEdit()
        self.date.setPlaceholderText(translate("EntryPanel", "as 2026-11-29 22:15"))
        self.not_duplicate = QPushButton(translate("EntryPanel", "It is no duplicate"))
        self.not_duplicate.setToolTip(
            translate("EntryPanel", "Searches leave it out as long as it is marked as one.")
        )
        self.not_duplicate.clicked.connect(self._unmark)
        self.notes = QPlainTextEdit()
        self.notes.setTabChangesFocus(True)
        self.save = QPushButton(translate("EntryPanel", "Save"))
        self.save.setProperty("primary", "true")
        self.save.clicked.connect(self._save)
        self._playing = PlayingPictures(self, update=self._show_picture)
        self._lay_out(actions)
        shelf.selected.connect(self._show)
        shelf.changed.connect(self._show_rights)
        pictures.loaded.connect(self._show_picture)
        look.changed.connect(self._tint)
        self._tint()
        self._show()

    def _lay_out(self, actions: Actions) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(Space.SMALL)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._fields: tuple[tuple[str, QWidget], ...] = (
            (translate("EntryPanel", "&Type"), self.kind),
            (translate("EntryPanel", "&Camera"), self.camera),
            (translate("EntryPanel", "&Place"), self.place),
            (translate("EntryPanel", "&Date"), self.date),
            (translate("EntryPanel", "&Outcome"), self.outcome),
            (translate("EntryPanel", "&Notes"), self.notes),
        )
        for title, field in self._fields:
            field.setAccessibleName(title.replace("&", ""))
            form.addRow(title, field)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.SMALL)
        buttons.addWidget(text_button(actions["library-similar"]))
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
        column.setSpacing(Space.SMALL)
        column.addWidget(self._picture, 2)
        column.addWidget(self._name)
        column.addWidget(self._source)
        column.addWidget(self.not_duplicate, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(Space.SMALL)
        column.addLayout(form, 1)
        column.addLayout(buttons)

    def _show(self) -> None:
        entry = self._shelf.entry
        facts = entry.facts if entry is not None else Facts()
        self._name.setText(entry.recording.name if entry is not None else "")
        self._source.setText(_source_text(entry) if entry is not None else "")
        contents = self._shelf.contents
        self.kind.clear()
        self.kind.addItems(contents.choices.crime_types if contents is not None else ())
        self.kind.setCurrentText(facts.crime_type)
        self.camera.setText(facts.camera)
        self.place.setText(facts.place)
        self.date.setText(happened_text(entry) if entry is not None else "")
        mark_wrong(self.date, wrong=False)
        self.not_duplicate.setVisible(entry is not None and entry.duplicate_of is not None)
        self.outcome.setText(facts.outcome)
        self.notes.setPlainText(facts.notes)
        self._show_picture()
        self._show_rights()

    def _show_rights(self) -> None:
        may = self._shelf.may_write and self._shelf.entry is not None
        for _, field in self._fields:
            field.setEnabled(may)
        self.save.setEnabled(may)
        self.not_duplicate.setEnabled(may)
        self.save.setToolTip(
            "" if self._shelf.may_write else translate("EntryPanel", "You may only read it.")
        )

    def _show_picture(self) -> None:
        entry = self._shelf.entry
        held = self._pictures.get(self._shelf.library, entry.id) if entry is not None else ()
        picture = self._playing.of(held or ())
        if picture.isNull():
            self._picture.setPixmap(QPixmap())
            return
        keep, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        self._picture.setPixmap(picture.scaled(self._picture.size(), keep, smooth))

    def _save(self) -> None:
        entry = self._shelf.entry
        text = self.date.text().strip()
        # The field shows minutes: what nobody has touched keeps its seconds.
        touched = entry is not None and text != happened_text(entry)
        happened = moment_of(text) if touched else KEPT
        mark_wrong(self.date, wrong=bool(touched and text and happened is None))
        if entry is not None and not (text and happened is None):
            self._shelf.set_facts(
                entry,
                Facts(
                    crime_type=self.kind.currentText().strip().lower(),
                    camera=self.camera.text().strip(),
                    place=self.place.text().strip(),
                    outcome=self.outcome.text().strip(),
                    notes=self.notes.toPlainText().strip(),
                ),
                happened=happened,
            )

    def _unmark(self) -> None:
        if self._shelf.entry is not None:
            self._shelf.unmark(self._shelf.entry)

    def _tint(self) -> None:
        self._look.tint(self._source, self._look.colors.muted)


def _source_text(entry: Entry) -> str:
    """Where it is from, line by line, as far as that is known."""
    recording = entry.recording
    lines = [span_text(entry), happened_text(entry)]
    if recording.case_name:
        lines.append(translate("EntryPanel", "Case {name}").format(name=recording.case_name))
    if entry.added_by:
        text = translate("EntryPanel", "Added by {name}")
        lines.append(text.format(name=entry.added_by))
    if entry.duplicate_of is not None:
        text = translate("EntryPanel", "Shows the same as segment {number}")
        lines.append(text.format(number=entry.duplicate_of))
    if entry.copy is not None:
        lines.append(translate("EntryPanel", "With a copy of the recording's piece"))
    return "\n".join(line for line in lines if line)
