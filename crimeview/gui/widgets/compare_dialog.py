"""A few segments side by side, playing, with how alike they are."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crimeview.gui import style
from crimeview.gui.item_pictures import ItemPictures
from crimeview.gui.look import Look
from crimeview.gui.map_text import point_lines
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.moving_picture import MovingPicture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crimeview.jobs.map_points import MapItem

MOST = 6
_PICTURE = QSize(288, 162)
_COLUMNS = 3


class CompareDialog(QDialog):
    """Up to `MOST` segments; `vectors` (n, d), at length one, say how alike they are."""

    def __init__(
        self,
        items: "Sequence[MapItem]",
        vectors: NDArray[np.float32],
        *,
        pictures: ItemPictures,
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("CompareDialog", "Compare segments"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(Space.LARGE)
        alike = vectors @ vectors.T
        for number, item in enumerate(items[:MOST]):
            cell = _Cell(item, pictures=pictures, look=look)
            cell.say_alike(None if number == 0 else float(alike[0, number]))
            grid.addWidget(cell, number // _COLUMNS, number % _COLUMNS)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        column.setSpacing(Space.LARGE)
        column.addLayout(grid)
        about = self._about(items, alike, look)
        columns = min(len(items), _COLUMNS)
        width = columns * _PICTURE.width() + (columns - 1) * Space.LARGE
        about.setMinimumHeight(about.heightForWidth(width))  # else it takes it from the pictures
        column.addWidget(about)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(
            translate("CompareDialog", "Close")
        )
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def _about(self, items: "Sequence[MapItem]", alike: NDArray[np.float32], look: Look) -> QLabel:
        label = QLabel(wordWrap=True)
        shown = min(len(items), MOST)
        pairs = alike[:shown, :shown][np.triu_indices(shown, 1)]
        text = translate(
            "CompareDialog",
            "Similarity is the cosine of what the network sees, less what is usual in the case: 1 "
            "is the same, about 0 has nothing in common. Over all pairs: {mean} on average, "
            "{lowest} to {highest}.",
        )
        said = text.format(
            mean=f"{pairs.mean():.2f}", lowest=f"{pairs.min():.2f}", highest=f"{pairs.max():.2f}"
        )
        if len(items) > MOST:
            more = translate("CompareDialog", "The first {count} of those chosen are shown.")
            said = f"{said} {more.format(count=MOST)}"
        label.setText(said)
        label.setFont(look.font(Type.SMALL))
        look.tint(label, look.colors.muted)
        return label


class _Cell(QWidget):
    """One segment: its picture and what is known of it."""

    def __init__(self, item: "MapItem", *, pictures: ItemPictures, look: Look) -> None:
        super().__init__()
        self._alike = QLabel()
        self._alike.setFont(look.font(bold=True))
        picture = _Playing(item, pictures=pictures, look=look)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addWidget(picture)
        column.addWidget(self._alike)
        for number, line in enumerate(point_lines(item)):
            label = QLabel()
            label.setFont(look.font(Type.BODY if number == 0 else Type.SMALL))
            if number:
                look.tint(label, look.colors.muted)
            middle = Qt.TextElideMode.ElideMiddle
            label.setText(label.fontMetrics().elidedText(line, middle, _PICTURE.width()))
            label.setToolTip(line)
            column.addWidget(label)
        self.setAccessibleName(", ".join(point_lines(item)))

    def say_alike(self, alike: float | None) -> None:
        text = translate("CompareDialog", "The first one")
        if alike is not None:
            text = translate("CompareDialog", "Similarity to the first {value}")
            text = text.format(value=f"{alike:.2f}")
        self._alike.setText(text)


class _Playing(QWidget):
    def __init__(self, item: "MapItem", *, pictures: ItemPictures, look: Look) -> None:
        super().__init__()
        self._look = look
        self._moving = MovingPicture(pictures, self)
        self._moving.changed.connect(self.update)
        self._moving.show(item)
        self.setFixedSize(_PICTURE)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._look.colors.picture))
        picture = self._moving.picture
        if picture is None:
            return
        if picture.isNull():
            scale = self.devicePixelRatioF()
            ink = self._look.colors.faint
            film = self._look.pixmap("film", size=style.ICON, color=ink, scale=scale)
            painter.drawPixmap(self.rect().center() - film.rect().center(), film)
            return
        size = picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        inside = QRect(0, 0, size.width(), size.height())
        inside.moveCenter(self.rect().center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(inside, picture)
