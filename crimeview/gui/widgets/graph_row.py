"""Whether a large library has a graph to be searched by, and how far one is that is built."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from crimeview.gui.commands import Actions
from crimeview.gui.look import Look
from crimeview.gui.shelf import Shelf
from crimeview.gui.style import Space
from crimeview.gui.text import percent_text, time_left_text, translate
from crimeview.gui.widgets.buttons import text_button

_FINE = 1000  # parts of the bar


class GraphRow(QWidget):
    """A sentence with Build, or how far it is, how long it will take, and Stop.

    Hidden where a library is small, on a server, or has its graph.
    """

    def __init__(self, shelf: Shelf, actions: Actions, *, look: Look) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self._shelf, self._look = shelf, look
        self._what = QLabel()
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(translate("GraphRow", "Progress of building the graph"))
        self._left = QLabel()
        self._build = text_button(actions["library-graph"])
        self._stop = QPushButton(translate("GraphRow", "Stop"))
        self._stop.setAccessibleName(translate("GraphRow", "Stop building the graph"))
        self._stop.clicked.connect(shelf.graph.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MEDIUM, 0, Space.MEDIUM, Space.SMALL)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self._what)
        row.addWidget(self._bar, 1)
        row.addWidget(self._left)
        row.addStretch()
        row.addWidget(self._build)
        row.addWidget(self._stop)
        shelf.graph.changed.connect(self._show)
        shelf.changed.connect(self._show)
        look.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        graph, contents = self._shelf.graph, self._shelf.contents
        wanted = contents is not None and bool(contents.without_graph)
        self.setVisible(graph.running or wanted)
        for widget in (self._bar, self._left, self._stop):
            widget.setVisible(graph.running)
        self._build.setVisible(not graph.running)
        for label in (self._what, self._left):
            self._look.tint(label, self._look.colors.muted)
        if graph.running:
            self._what.setText(translate("GraphRow", "Building the graph; searches go on"))
            self._bar.setMaximum(0 if graph.fraction is None else _FINE)
            self._bar.setValue(round(_FINE * (graph.fraction or 0.0)))
            left = time_left_text(graph.seconds_left)
            if graph.fraction is not None:
                left = f"{percent_text(graph.fraction)} · {left}"
            self._left.setText(left)
        else:
            self._what.setText(
                translate("GraphRow", "So many segments are found sooner by a graph.")
            )
