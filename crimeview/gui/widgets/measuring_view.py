"""The button that measures this computer, how far that is, and what was found."""

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crimeview.gui.look import Look
from crimeview.gui.measuring import Measuring
from crimeview.gui.style import ICON, Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.engine_names import engine_title, precision_title
from crimeview.gui.widgets.progress_bar import ProgressBar

if TYPE_CHECKING:
    from crimeview.jobs.bench_models import ModelBench
    from crimeview.nets.measured import Timing

_FINE = 1000  # parts of the bar
_MOST_ROWS = 6  # that are visible at once


class MeasuringView(QWidget):
    """Measure, cancel, and a table: a row for each way to run each model, the chosen one marked."""

    def __init__(self, measuring: Measuring, *, look: Look) -> None:
        super().__init__()
        self._measuring = measuring
        self._look = look
        self._button = QPushButton()
        self._button.setAutoDefault(False)
        self._bar = ProgressBar(maximum=_FINE)
        self._bar.setAccessibleName(translate("Measuring", "Progress of the measurement"))
        self._word = QLabel()
        self._word.setFont(look.font(Type.SMALL))
        self._table = QTableWidget()
        self._lay_out()
        self._button.clicked.connect(self._on_clicked)
        measuring.changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self._button)
        row.addWidget(self._bar, 1)
        row.addWidget(self._word, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addLayout(row)
        column.addWidget(self._table)
        table = self._table
        table.setAccessibleName(translate("Measuring", "What was measured"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.setFont(self._look.font(Type.SMALL))
        table.horizontalHeader().setFont(self._look.font(Type.SMALL, bold=True))
        table.horizontalHeader().setHighlightSections(False)

    def _on_clicked(self) -> None:
        if self._measuring.running:
            self._measuring.cancel()
        else:
            self._measuring.start()

    def _show(self) -> None:
        measuring = self._measuring
        self._button.setText(
            translate("Measuring", "&Cancel")
            if measuring.running
            else translate("Measuring", "&Measure this computer")
        )
        self._bar.setVisible(measuring.running)
        fraction = measuring.progress.fraction if measuring.progress is not None else None
        self._bar.setMaximum(0 if fraction is None else _FINE)  # 0: busy, without a measure
        self._bar.setValue(round((fraction or 0.0) * _FINE))
        self._word.setVisible(not measuring.running)
        self._word.setText(
            ""
            if measuring.benches
            else translate("Measuring", "Takes under a minute, best with nothing else going on.")
        )
        self._table.setVisible(bool(measuring.benches))
        if measuring.benches:
            self._fill()

    def _fill(self) -> None:
        table = self._table
        table.clear()
        table.setColumnCount(6)
        table.setHorizontalHeaderLabels(
            [
                translate("Measuring", "Model"),
                translate("Measuring", "Computed on"),
                translate("Measuring", "Precision"),
                translate("Measuring", "Threads"),
                translate("Measuring", "Time"),
                translate("Measuring", "Result"),
            ]
        )
        rows = [(bench, t) for bench in self._measuring.benches for t in bench.timings]
        table.setRowCount(len(rows))
        for number, (bench, timing) in enumerate(rows):
            self._fill_row(number, bench, timing)
        table.resizeColumnsToContents()
        stretched = QHeaderView.ResizeMode.Stretch
        table.horizontalHeader().setSectionResizeMode(5, stretched)
        height = QFontMetrics(table.font()).height() + Space.SMALL
        for number in range(len(rows)):
            table.setRowHeight(number, height)
        header = table.horizontalHeader().sizeHint().height()
        table.setFixedHeight(header + height * min(len(rows), _MOST_ROWS) + Space.HAIR)

    def _fill_row(self, number: int, bench: "ModelBench", timing: "Timing") -> None:
        running = bench.choice.running
        ways = (timing.engine, timing.precision, timing.threads)
        chosen = timing.fault is None and ways == (
            running.engine,
            running.precision,
            running.threads,
        )
        texts = (
            bench.model.manifest.name,
            engine_title(timing.engine),
            precision_title(timing.precision),
            str(timing.threads),
            _time_text(timing.wall_ms),
            _verdict(timing, chosen=chosen),
        )
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if timing.fault is not None:
                item.setToolTip(timing.fault)
            if chosen:
                item.setFont(self._look.font(Type.SMALL, bold=True))
            if column in (3, 4):
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                item.setTextAlignment(right)
            if column == 5 and chosen:
                item.setIcon(self._look.icon("done", color=self._look.colors.good).pixmap(ICON))
            self._table.setItem(number, column, item)


def _time_text(milliseconds: float) -> str:
    if math.isnan(milliseconds):
        return "\N{EN DASH}"
    return translate("Measuring", "{time} ms").format(time=f"{milliseconds:.3g}")


def _verdict(timing: "Timing", *, chosen: bool) -> str:
    if timing.fault is not None:
        return translate("Measuring", "Not used: other results")
    return translate("Measuring", "Chosen") if chosen else ""
