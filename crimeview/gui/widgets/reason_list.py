"""Why a result was found: which clips of both are alike."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crimeview.core.timetext import clock_text
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.buttons import keep_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crimeview.jobs.similar import Reason


class ReasonList(QWidget):
    """A button for each pair of clips, the most alike first, which shows both moments."""

    chosen = Signal(float, float)  # moments (s) of the query and of the result

    def __init__(self, *, look: Look) -> None:
        super().__init__()
        self._look = look
        self._title = QLabel(translate("ReasonList", "Most alike"))
        self._title.setFont(look.font(Type.SMALL, bold=True))
        self._row = QHBoxLayout()
        self._row.setSpacing(Space.SMALL)
        across = QHBoxLayout(self)
        across.setContentsMargins(Space.MEDIUM, Space.TIGHT, Space.MEDIUM, Space.TIGHT)
        across.setSpacing(Space.MEDIUM)
        across.addWidget(self._title)
        across.addLayout(self._row)
        across.addStretch(1)

    def show_reasons(self, reasons: "Sequence[Reason]") -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._title.setVisible(bool(reasons))
        for reason in reasons:
            self._row.addWidget(self._button(reason))

    def _button(self, reason: "Reason") -> QWidget:
        query, result = (clock_text(span[0], decimals=1) for span in (reason.query, reason.result))
        button = QPushButton(f"{query}  ↔  {result}")
        button.setAccessibleName(
            translate(
                "ReasonList", "{query} of what you look for and {result} of the result: {value}"
            ).format(query=query, result=result, value=f"{reason.similarity:.2f}")
        )
        button.setToolTip(
            translate("ReasonList", "Show both moments; similarity {value}").format(
                value=f"{reason.similarity:.3f}"
            )
        )
        button.clicked.connect(lambda: self.chosen.emit(reason.query[0], reason.result[0]))
        keep_keys(button)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addWidget(button)
        column.addWidget(_Bar(reason.similarity, look=self._look))
        return whole


class _Bar(QWidget):
    def __init__(self, share: float, *, look: Look) -> None:
        super().__init__()
        self._share, self._look = max(0.0, min(1.0, share)), look
        self.setFixedHeight(4)

    def sizeHint(self) -> QSize:
        return QSize(80, 4)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        painter.fillRect(area, QColor(self._look.colors.line))
        area.setWidth(area.width() * self._share)
        painter.fillRect(area, QColor(self._look.colors.lead))
