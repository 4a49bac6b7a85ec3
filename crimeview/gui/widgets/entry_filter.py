"""Which segments of a library are wanted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from crimeview.gui.entry_text import moment_of
from crimeview.gui.review_text import kind_text
from crimeview.gui.style import Space
from crimeview.gui.text import translate
from crimeview.gui.widgets.wrong_field import mark_wrong
from crimeview.store.library.rows import Filter

_DATE = 104  # pixels of a field for a date


class EntryFilter(QWidget):
    """Type, camera and place of those that are there, and from which day to which.

    With `duplicates` a box asks for those that are marked as such.
    """

    changed = Signal()

    def __init__(self, *, duplicates: bool = False) -> None:
        super().__init__()
        self._wanted = Filter()
        self.kind = _box(translate("EntryFilter", "Type"))
        self.camera = _box(translate("EntryFilter", "Camera"))
        self.place = _box(translate("EntryFilter", "Place"))
        self.after = _date(translate("EntryFilter", "From day"))
        self.before = _date(translate("EntryFilter", "To day"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        for box in (self.kind, self.camera, self.place):
            row.addWidget(box)
            box.activated.connect(self._on_chosen)
        for field in (self.after, self.before):
            row.addWidget(field)
            field.editingFinished.connect(self._on_chosen)
        self.duplicates = QCheckBox(translate("EntryFilter", "Duplicates"))
        self.duplicates.setToolTip(
            translate("EntryFilter", "List marked duplicates, too, which searches leave out.")
        )
        self.duplicates.clicked.connect(self._on_chosen)
        self.duplicates.setVisible(duplicates)
        row.addWidget(self.duplicates)
        self.all_recordings = QPushButton(translate("EntryFilter", "Show all recordings"))
        self.all_recordings.setToolTip(
            translate("EntryFilter", "Only segments of one recording are listed now.")
        )
        self.all_recordings.hide()
        self.all_recordings.clicked.connect(self._on_all_recordings)
        row.addWidget(self.all_recordings)

    @property
    def wanted(self) -> Filter:
        return self._wanted

    def offer(
        self, kinds: Sequence[str], cameras: Sequence[str], places: Sequence[str], wanted: Filter
    ) -> None:
        """Offer these values; `wanted` is chosen."""
        self._wanted = wanted
        anything = (
            translate("EntryFilter", "Every type"),
            translate("EntryFilter", "Every camera"),
            translate("EntryFilter", "Every place"),
        )
        values = (kinds, cameras, places)
        chosen = (wanted.crime_types, wanted.cameras, wanted.places)
        boxes = (self.kind, self.camera, self.place)
        for box, every, offered, held in zip(boxes, anything, values, chosen, strict=True):
            box.clear()
            box.addItem(every, "")
            for value in offered:
                box.addItem(kind_text(value) if box is self.kind else value, value)
            box.setCurrentIndex(max(0, box.findData(held[0])) if held else 0)
            box.setEnabled(bool(offered))
        # What is before the end of a day is shown as that day.
        last = wanted.before - 1.0 if wanted.before is not None else None
        for field, moment in ((self.after, wanted.after), (self.before, last)):
            if not field.hasFocus():
                field.setText("" if moment is None else _day_text(moment))
        self.duplicates.setChecked(wanted.duplicates)
        self.all_recordings.setVisible(bool(wanted.recording_uids))

    def _on_chosen(self) -> None:
        after, before = _moment(self.after), _moment(self.before)
        wanted = replace(
            self._wanted,
            crime_types=_chosen(self.kind),
            cameras=_chosen(self.camera),
            places=_chosen(self.place),
            duplicates=self.duplicates.isChecked(),
            after=after,
            before=before + 86_400.0 if before is not None else None,
        )
        self._want(wanted)

    def _on_all_recordings(self) -> None:
        self._want(replace(self._wanted, recording_uids=(), duplicates=False))

    def _want(self, wanted: Filter) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self.changed.emit()


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box


def _date(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setToolTip(translate("EntryFilter", "{name}, as 2026-11-29").format(name=name))
    field.setPlaceholderText(name)
    field.setFixedWidth(_DATE)
    return field


def _chosen(box: QComboBox) -> tuple[str, ...]:
    value = box.currentData()
    return (str(value),) if value else ()


def _moment(field: QLineEdit) -> float | None:
    """The beginning of the day in this computer's zone (s since 1970); None where there is none.

    A field that holds no date is marked, and counts for nothing.
    """
    text = field.text().strip()
    found = moment_of(text)
    mark_wrong(field, wrong=bool(text) and found is None)
    return found


def _day_text(moment: float) -> str:
    return datetime.fromtimestamp(moment).astimezone().strftime("%Y-%m-%d")
