"""The segments worth looking at, with what people say of them."""

from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from crimeview.core.job import Changed
from crimeview.core.review import ReviewState
from crimeview.core.timetext import clock_text
from crimeview.gui.look import Look
from crimeview.gui.novelty_text import row_text, why_texts
from crimeview.gui.review_text import STATE_ICONS, kind_text, review_state_text
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.style import ICON, Space, Type
from crimeview.gui.suggested_text import suggested_briefly, suggested_kind
from crimeview.gui.text import length_text, translate
from crimeview.gui.thumbnails import Thumbnails
from crimeview.gui.widgets.row_pictures import RowPictures
from crimeview.gui.widgets.rows import (
    PICTURE_HEIGHT,
    PICTURE_WIDTH,
    ROW_HEIGHT,
    Index,
    RowDelegate,
    RowList,
)
from crimeview.gui.workspace import Scope, Workspace
from crimeview.store.rows import CaseSegment

_SCORE_WIDTH = 52


class SegmentModel(QStringListModel):
    """The workspace's listed segments; a row's `UserRole` is its `CaseSegment`.

    The rows are those of a list of empty texts because Qt can count those itself: a view that lays
    out thousands of rows has them counted twice for each.
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._rows: list[CaseSegment] = []
        self._before: list[CaseSegment] = []
        self.update()

    def flags(self, _index: Index) -> Qt.ItemFlag:
        kept = Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | kept

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        segment = row.segment
        match role:
            case Qt.ItemDataRole.UserRole:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return clock_text(segment.start)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                text = translate(
                    "SegmentList",
                    "{state}: {name}, {start} to {end}, highest score {peak} at {time}",
                )
                told = text.format(
                    state=state_and_kind(row),
                    name=self.name(row),
                    start=clock_text(segment.start, decimals=1),
                    end=clock_text(segment.end, decimals=1),
                    peak=f"{segment.peak:.2f}",
                    time=clock_text(segment.peak_time, decimals=1),
                )
                return "; ".join([told, *why_texts(segment)])
        return None

    def name(self, row: CaseSegment) -> str:
        recording = self.workspace.recording_of(row.recording_id)
        return recording.path.name if recording is not None else ""

    def row_of(self, segment_id: int) -> int | None:
        return self._numbers.get(segment_id)

    def id_of(self, row: int) -> int:
        return self._rows[row].id

    def update(self) -> None:
        """Take over what the workspace lists now; where the number stays, so does the scrolling.

        Then nothing is told to the view, which would lay out all rows anew: it paints those that
        have changed.
        """
        self._before, self._rows = self._rows, list(self.workspace.listed)
        self._numbers = {row.id: number for number, row in enumerate(self._rows)}
        if len(self._rows) != len(self._before) or not self._before:
            self.setStringList([""] * len(self._rows))  # which resets it

    def has_changed(self, row: int) -> bool:
        """Whether the newest update brought a row another segment, or something said of it."""
        return row >= len(self._before) or self._before[row] != self._rows[row]


def state_and_kind(row: CaseSegment) -> str:
    """`Confirmed, Fight`: what is said of a segment, as briefly as can be."""
    kind = row.review.kind if row.review is not None else None
    state = review_state_text(row.state)
    suggested = suggested_kind(row)
    if suggested is not None:
        return f"{state} · {suggested_briefly(suggested)}"
    return f"{state}, {kind_text(kind)}" if kind else state


class _Delegate(RowDelegate):
    """Picture of the peak with the rank, start, length, what is said of it, and the score."""

    def __init__(
        self, look: Look, view: RowList, *, model: SegmentModel, thumbnails: Thumbnails
    ) -> None:
        super().__init__(look, view)
        self._model = model
        self._pictures = RowPictures(thumbnails, view)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._view.viewport().width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: CaseSegment = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        inside = self.paint_ground(painter, option)
        picture = QRect(inside.topLeft(), QSize(PICTURE_WIDTH, PICTURE_HEIGHT))
        recording = self._model.workspace.recording_of(row.recording_id)
        if recording is not None:
            pixmap = self._pictures.get(index, recording.path, row.segment.peak_time)
            self.paint_picture(painter, picture, pixmap)
        self._paint_rank(painter, picture, index.row() + 1)
        upper = inside.height() * 2 // 3
        score = QRect(inside.right() - _SCORE_WIDTH, inside.top(), _SCORE_WIDTH, upper)
        if row.scored:
            self._paint_score(painter, score, row.segment.peak)
        text = inside.adjusted(PICTURE_WIDTH + Space.MEDIUM, 0, -_SCORE_WIDTH - Space.SMALL, 0)
        in_case = self._model.workspace.scope is Scope.CASE
        length = length_text(row.segment.end - row.segment.start)
        place = f"{self._model.name(row)} · {length}" if in_case else length
        elide = Qt.TextElideMode.ElideMiddle  # the ends of camera files tell them apart
        found_by = row_text(row.segment)
        if found_by:
            place, elide = f"{length} · {found_by}", Qt.TextElideMode.ElideRight
        state = self._paint_words(painter, text, clock_text(row.segment.start), place, elide=elide)
        state.setRight(inside.right())
        self._paint_state(painter, state, row)
        if row.state is ReviewState.DISMISSED:
            self._veil(painter, option, picture)
        painter.restore()

    def _paint_state(self, painter: QPainter, line: QRect, row: CaseSegment) -> None:
        """An icon and words for what is said, a pencil where there is a note."""
        colors = self._look.colors
        ink = {
            ReviewState.NEW: colors.muted,
            ReviewState.CONFIRMED: colors.good,
            ReviewState.UNSURE: colors.lead,
            ReviewState.DISMISSED: colors.muted,
        }[row.state]
        place = QRect(line.left() - 2, line.top(), ICON, line.height())
        self.paint_icon(painter, place, STATE_ICONS[row.state], color=ink)
        beside = line.adjusted(ICON + Space.HAIR, 0, 0, 0)
        if row.review is not None and row.review.note:
            pencil = QRect(line.right() - ICON, line.top(), ICON, line.height())
            self.paint_icon(painter, pencil, "pencil", color=colors.muted)
            beside.setRight(pencil.left())
        small = self._look.font(Type.SMALL)
        self.paint_line(painter, beside, state_and_kind(row), font=small, color=ink)

    def _veil(self, painter: QPainter, option: Any, picture: QRect) -> None:
        """Dim the picture of what was dismissed."""
        ground = QColor(self._look.colors.panel)
        ground.setAlphaF(0.55)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(picture.intersected(option.rect), 3, 3)

    def _paint_words(
        self,
        painter: QPainter,
        rect: QRect,
        first: str,
        second: str,
        *,
        elide: Qt.TextElideMode,
    ) -> QRect:
        """Paint two of three lines that share the height, the first in bold; gives the third."""
        colors, small = self._look.colors, self._look.font(Type.SMALL)
        height = rect.height() // 3
        line = QRect(rect.left(), rect.top(), rect.width(), height)
        self.paint_line(painter, line, first, font=self._look.font(bold=True), color=colors.text)
        line.translate(0, height)
        self.paint_line(painter, line, second, font=small, color=colors.muted, elide=elide)
        return line.translated(0, height)

    def _paint_rank(self, painter: QPainter, picture: QRect, rank: int) -> None:
        font = self._look.font(Type.SMALL, bold=True)
        painter.setFont(font)
        text = str(rank)
        width = painter.fontMetrics().horizontalAdvance(text) + 2 * Space.TIGHT
        badge = QRect(picture.left(), picture.bottom() - 15, max(width, 18), 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.colors.picture))
        painter.drawRoundedRect(badge, 3, 3)
        painter.setPen(QColor("white"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_score(self, painter: QPainter, rect: QRect, peak: float) -> None:
        """The score as a figure and as the length of a bar."""
        colors = self._look.colors
        half = rect.height() // 2
        figure = QRect(rect.left(), rect.top(), rect.width(), half)
        right = Qt.AlignmentFlag.AlignRight
        font = self._look.font(Type.HEADING, bold=True)
        self.paint_line(painter, figure, f"{peak:.2f}", font=font, color=colors.lead, align=right)
        bar = QRect(rect.left(), rect.top() + half + half // 2 - 2, rect.width(), 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.line))
        painter.drawRoundedRect(bar, 2, 2)
        bar.setWidth(round(bar.width() * peak))
        painter.setBrush(QColor(colors.lead))
        painter.drawRoundedRect(bar, 2, 2)


class SegmentList(RowList):
    """The listed segments; choosing one shows it, several can be chosen together."""

    def __init__(
        self, workspace: Workspace, reviewing: Reviewing, *, look: Look, thumbnails: Thumbnails
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._reviewing = reviewing
        self._scope = workspace.scope
        self._following = False  # the selection, rather than leading it
        self._model = SegmentModel(workspace)
        self.setModel(self._model)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setItemDelegate(_Delegate(look, self, model=self._model, thumbnails=thumbnails))
        self.setAccessibleName(translate("SegmentList", "Segments"))
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.clicked.connect(self._on_chosen)
        self.activated.connect(self._on_chosen)
        workspace.changed.connect(self._on_changed)
        workspace.segment_selected.connect(self._follow)
        reviewing.chosen_changed.connect(self._follow)
        look.changed.connect(self.viewport().update)
        self._follow()  # what was selected before another language came

    def choose_all(self) -> None:
        self._reviewing.choose([row.id for row in self._workspace.listed])
        self._follow()

    def extend(self, steps: int) -> None:
        """Choose the next or previous one as well, and show it."""
        chosen = [row.id for row in self._reviewing.chosen]
        self._workspace.step_segment(steps)
        selected = self._workspace.segment
        if selected is not None:
            self._reviewing.choose([*chosen, selected.id])

    def _on_changed(self, changed: Changed) -> None:
        if changed & (Changed.SEGMENTS | Changed.REVIEWS):
            self._following = True
            self._model.update()
            self._following = False
            self._paint_changed()
            self._follow()

    def _paint_changed(self) -> None:
        """Paint anew what has changed of the rows on the screen."""
        if self._scope is not self._workspace.scope:  # which is told in each row
            self._scope = self._workspace.scope
            self.viewport().update()
            return
        first, last = self.indexAt(QPoint(0, 0)), self.indexAt(QPoint(0, self.height() - 1))
        after = last.row() + 1 if last.isValid() else self._model.rowCount()
        for row in range(max(0, first.row()), after):
            if self._model.has_changed(row):
                self.update(self._model.index(row))

    def _follow(self) -> None:
        """Bring the current row and the chosen ones up to date."""
        if self._following:
            return
        selected = self._workspace.segment
        number = self._model.row_of(selected.id) if selected is not None else None
        index = self._model.index(number) if number is not None else QModelIndex()
        chosen = [self._model.row_of(row.id) for row in self._reviewing.chosen]
        self._following = True
        # Painting anew as many rows as there are takes long: only where it is not so already.
        wanted = _ranges(self._model, sorted(n for n in chosen if n is not None))
        if _rows(wanted) != _rows(self.selectionModel().selection()):
            self.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if index != self.currentIndex():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            if index.isValid():
                self.scrollTo(index)
        self._following = False

    def _on_selection_changed(self) -> None:
        if not self._following:
            rows = _rows(self.selectionModel().selection())
            self._reviewing.choose([self._model.id_of(n) for a, b in rows for n in range(a, b + 1)])

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid() and not self._following:
            self._following = True  # what is chosen with it comes next
            self._on_chosen(current)
            self._following = False

    def _on_chosen(self, index: QModelIndex) -> None:
        self._workspace.select_segment(index.data(Qt.ItemDataRole.UserRole).id)


def _ranges(model: SegmentModel, numbers: list[int]) -> QItemSelection:
    """Rows as a selection of runs: thousands of single ones would take seconds."""
    selection = QItemSelection()
    first = 0
    for at, number in enumerate(numbers):
        if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
            selection.select(model.index(numbers[first]), model.index(number))
            first = at + 1
    return selection


def _rows(selection: QItemSelection) -> list[tuple[int, int]]:
    parts = [selection.at(number) for number in range(selection.size())]
    return sorted((part.top(), part.bottom()) for part in parts)
