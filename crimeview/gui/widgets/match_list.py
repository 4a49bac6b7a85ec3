"""Ranked results of a search by likeness."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from crimeview.gui.entry_pictures import EntryPictures
from crimeview.gui.entry_text import accessible_text, span_text, type_text, where_text
from crimeview.gui.look import Look
from crimeview.gui.similar_search import SimilarSearch, Verdict
from crimeview.gui.style import ICON, Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.playing_pictures import PlayingPictures
from crimeview.gui.widgets.rows import (
    PICTURE_HEIGHT,
    PICTURE_WIDTH,
    ROW_HEIGHT,
    Index,
    RowDelegate,
    RowList,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crimeview.jobs.similar import Match

_FIGURE = 92  # pixels of the similarity and its word


def close_text(match: "Match") -> str:
    """Whether a match means something."""
    if match.is_same:
        return translate("MatchList", "the same, encoded anew")
    if match.is_close is None:
        return translate("MatchList", "not told")
    return (
        translate("MatchList", "close") if match.is_close else translate("MatchList", "not close")
    )


def verdict_text(verdict: Verdict) -> str:
    if verdict is Verdict.RELEVANT:
        return translate("MatchList", "Relevant")
    return translate("MatchList", "Not relevant")


class MatchModel(QAbstractListModel):
    """A row's `UserRole` is its match."""

    def __init__(self, search: SimilarSearch) -> None:
        super().__init__()
        self._search = search
        self._rows: Sequence[Match] = ()

    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        match = self._rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return match
        if role in (
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.DisplayRole,
        ):
            verdict = self._search.verdicts.get(match.entry.id)
            text = translate("MatchList", "{rank}: similarity {value}, {close}; {what}").format(
                rank=index.row() + 1,
                value=f"{match.similarity:.3f}",
                close=close_text(match),
                what=accessible_text(match.entry),
            )
            return text if verdict is None else f"{text}; {verdict_text(verdict)}"
        return None

    def show(self, rows: "Sequence[Match]") -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_of(self, number: int) -> int | None:
        """Where the segment of that number stands."""
        return next((i for i, match in enumerate(self._rows) if match.entry.id == number), None)


class _Delegate(RowDelegate):
    """Playing picture with the rank, what it is, and the similarity as figure, bar and word."""

    def __init__(
        self, look: Look, view: RowList, *, search: SimilarSearch, pictures: EntryPictures
    ) -> None:
        super().__init__(look, view)
        self._search = search
        self._pictures = pictures
        self._playing = PlayingPictures(view, update=view.viewport().update)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._view.viewport().width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        match: Match = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        inside = self.paint_ground(painter, option)
        picture = QRect(inside.topLeft(), QSize(PICTURE_WIDTH, PICTURE_HEIGHT))
        held = self._pictures.get(self._search.library, match.entry.id)
        self.paint_picture(painter, picture, self._playing.of(held) if held is not None else None)
        self._paint_rank(painter, picture, index.row() + 1)
        figure = QRect(inside.right() - _FIGURE, inside.top(), _FIGURE, inside.height())
        self._paint_similarity(painter, figure, match)
        text = inside.adjusted(PICTURE_WIDTH + Space.MEDIUM, 0, -_FIGURE - Space.SMALL, 0)
        self._paint_words(painter, text, match)
        painter.restore()

    def _paint_words(self, painter: QPainter, text: QRect, match: "Match") -> None:
        colors, small = self._look.colors, self._look.font(Type.SMALL)
        entry = match.entry
        height = text.height() // 3
        line = QRect(text.left(), text.top(), text.width(), height)
        bold = self._look.font(bold=True)
        self.paint_line(painter, line, type_text(entry), font=bold, color=colors.text)
        line.translate(0, height)
        name = f"{entry.recording.name} · {span_text(entry)}"
        middle = Qt.TextElideMode.ElideMiddle
        self.paint_line(painter, line, name, font=small, color=colors.muted, elide=middle)
        line.translate(0, height)
        verdict = self._search.verdicts.get(entry.id)
        if verdict is None:
            self.paint_line(painter, line, where_text(entry), font=small, color=colors.muted)
            return
        relevant = verdict is Verdict.RELEVANT
        ink = colors.good if relevant else colors.muted
        icon = QRect(line.left() - 2, line.top(), ICON, line.height())
        self.paint_icon(painter, icon, "confirmed" if relevant else "dismissed", color=ink)
        beside = line.adjusted(ICON + Space.HAIR, 0, 0, 0)
        self.paint_line(painter, beside, verdict_text(verdict), font=small, color=ink)

    def _paint_rank(self, painter: QPainter, picture: QRect, rank: int) -> None:
        painter.setFont(self._look.font(Type.SMALL, bold=True))
        text = str(rank)
        width = painter.fontMetrics().horizontalAdvance(text) + 2 * Space.TIGHT
        badge = QRect(picture.left(), picture.bottom() - 15, max(width, 18), 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.colors.picture))
        painter.drawRoundedRect(badge, 3, 3)
        painter.setPen(QColor("white"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_similarity(self, painter: QPainter, rect: QRect, match: "Match") -> None:
        """A figure, a bar with the threshold on it, and a word."""
        colors = self._look.colors
        third = rect.height() // 3
        right = Qt.AlignmentFlag.AlignRight
        ink = colors.lead if match.is_close else colors.muted
        line = QRect(rect.left(), rect.top(), rect.width(), third)
        font = self._look.font(Type.HEADING, bold=True)
        text = f"{match.similarity:.3f}"
        self.paint_line(painter, line, text, font=font, color=ink, align=right)
        bar = QRect(rect.left(), rect.top() + third + third // 2 - 3, rect.width(), 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.line))
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(QColor(ink))
        share = max(0.0, min(1.0, match.similarity))
        painter.drawRoundedRect(QRect(bar.topLeft(), QSize(round(bar.width() * share), 5)), 2, 2)
        found = self._search.found
        limit = found.threshold.value if found is not None else None
        if limit is not None:
            place = bar.left() + round(bar.width() * max(0.0, min(1.0, limit)))
            painter.setBrush(QColor(colors.text))
            painter.drawRect(QRect(place, bar.top() - 3, 1, bar.height() + 6))
        line = QRect(rect.left(), rect.top() + 2 * third, rect.width(), third)
        small = self._look.font(Type.SMALL)
        word = translate("MatchList", "the same") if match.is_same else close_text(match)
        self.paint_line(painter, line, word, font=small, color=ink, align=right)


class MatchList(RowList):
    """The results, best first; the current one is compared."""

    chosen = Signal()

    def __init__(self, search: SimilarSearch, pictures: EntryPictures, *, look: Look) -> None:
        super().__init__()
        self._search = search
        self._rows = MatchModel(search)
        self.setModel(self._rows)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Delegate(look, self, search=search, pictures=pictures))
        self.setAccessibleName(translate("MatchList", "Results"))
        self.selectionModel().currentChanged.connect(lambda: self.chosen.emit())
        pictures.loaded.connect(self.viewport().update)
        look.changed.connect(self.viewport().update)

    @property
    def match(self) -> "Match | None":
        """The current one."""
        index = self.currentIndex()
        return index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None

    def show_found(self) -> None:
        """Show what the search has found; the current result stays current where it still is."""
        held = self.match
        found = self._search.found
        self._rows.show(found.matches if found is not None else ())
        row = self._rows.row_of(held.entry.id) if held is not None else None
        if self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(row or 0))
        else:
            self.setCurrentIndex(QModelIndex())
            self.chosen.emit()

    def step(self, steps: int) -> None:
        """Go down or up the list."""
        count = self._rows.rowCount()
        if count:
            row = max(0, min(count - 1, self.currentIndex().row() + steps))
            self.setCurrentIndex(self._rows.index(row))
