"""What named clusters suggest for segments that have no type yet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.timetext import clock_text
from crimeview.gui.grouping import Grouper
from crimeview.gui.look import Look
from crimeview.gui.review_text import kind_text
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.buttons import keep_keys
from crimeview.gui.workspace import Workspace

_MOST = 2000  # rows: who needs more accepts them all at once


class SuggestionList(QWidget):
    """Segments with a suggested type and how confident that is; the surest first."""

    accepted = Signal(object)  # pairs of a segment's id and its type
    picked = Signal(int)
    opened = Signal(int)

    def __init__(self, grouper: Grouper, workspace: Workspace, *, look: Look) -> None:
        super().__init__()
        self._grouper = grouper
        self._workspace = workspace
        self._look = look
        self._told = QLabel(wordWrap=True)
        self.rows = _Rows()
        self._accept = QPushButton(translate("SuggestionList", "Give the suggested types"))
        self._accept.setToolTip(
            translate("SuggestionList", "To the rows that are selected; to all where none is")
        )
        keep_keys(self._accept)
        self._accept.clicked.connect(self._on_accept)
        self.rows.currentItemChanged.connect(self._on_current)
        self.rows.itemActivated.connect(
            lambda item: self.opened.emit(item.data(0, Qt.ItemDataRole.UserRole))
        )
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        foot.addWidget(self._told, 1)
        foot.addWidget(self._accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.rows, 1)
        column.addLayout(foot)
        grouper.suggested_changed.connect(self._show)
        look.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self._told.setFont(self._look.font(Type.SMALL))
        self._look.tint(self._told, self._look.colors.muted)
        suggested = self._grouper.suggested
        self.rows.clear()
        known = [s for s in suggested or () if s.suggestion.name is not None]
        unknown = len(suggested or ()) - len(known)
        known.sort(key=lambda s: -s.suggestion.confidence)
        for found in known[:_MOST]:
            recording = self._workspace.recording_of(found.segment.recording_id)
            name = recording.path.name if recording is not None else ""
            start = clock_text(found.segment.segment.start)
            texts = [
                f"{name} · {start}",
                kind_text(found.suggestion.name or ""),
                f"{found.suggestion.confidence:.0%}",
            ]
            item = QTreeWidgetItem(self.rows, texts)
            item.setData(0, Qt.ItemDataRole.UserRole, found.segment.id)
            item.setData(1, Qt.ItemDataRole.UserRole, found.suggestion.name)
            item.setForeground(2, QColor(self._look.colors.muted))
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._accept.setEnabled(bool(known))
        self._told.setText(self._sentence(len(known), unknown, named=suggested is not None))

    def _sentence(self, known: int, unknown: int, *, named: bool) -> str:
        if not named:
            return translate(
                "SuggestionList",
                "Name a cluster: its name is then suggested for segments without a type that fall "
                "in it.",
            )
        text = translate(
            "SuggestionList",
            "{known} with a suggestion, {unknown} unknown: too far from every named cluster. The "
            "confidence is the share of the cluster's own members that are as far from its middle "
            "or farther.",
        )
        return text.format(known=f"{known:,}", unknown=f"{unknown:,}")

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and self.rows.hasFocus():
            self.picked.emit(item.data(0, Qt.ItemDataRole.UserRole))

    def _on_accept(self) -> None:
        chosen = self.rows.selectedItems()
        rows = chosen or [
            item
            for n in range(self.rows.topLevelItemCount())
            if (item := self.rows.topLevelItem(n)) is not None
        ]
        role = Qt.ItemDataRole.UserRole
        self.accepted.emit([(item.data(0, role), item.data(1, role)) for item in rows])


class _Rows(QTreeWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(3)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHeaderLabels(
            [
                translate("SuggestionList", "Segment"),
                translate("SuggestionList", "Suggested type"),
                translate("SuggestionList", "Confidence"),
            ]
        )
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.setAccessibleName(translate("SuggestionList", "Suggested types"))
        keep_keys(self, (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter,
                         Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Space))  # fmt: skip
