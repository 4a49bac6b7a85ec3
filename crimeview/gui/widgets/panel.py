"""A titled part of a page."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from crimeview.gui.look import Look
from crimeview.gui.style import CONTROL, Space
from crimeview.gui.widgets.yielding_label import YieldingLabel

_NARROWEST = 220  # pixels


class Panel(QWidget):
    """A header with a title, a count and controls, over a content or an empty state."""

    def __init__(self, title: str, *, content: QWidget, empty: QWidget, look: Look) -> None:
        super().__init__()
        self._look = look
        self._title = QLabel(title)
        # Its text changes with every filter; by its width the whole window would be laid out anew.
        self._count = YieldingLabel(whole=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(content)
        self._stack.addWidget(empty)
        self.controls = QHBoxLayout()
        self.controls.setSpacing(Space.HAIR)
        header = QHBoxLayout()
        header.setContentsMargins(Space.MEDIUM, Space.TIGHT, Space.TIGHT, Space.TIGHT)
        header.setSpacing(Space.SMALL)
        header.addWidget(self._title)
        header.addWidget(self._count)
        header.addStretch()
        header.addLayout(self.controls)
        self._title.setMinimumHeight(CONTROL)
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(self._stack, 1)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def minimumSizeHint(self) -> QSize:
        """As wide as what stands in it needs: a splitter goes below no other width."""
        return super().minimumSizeHint().expandedTo(QSize(_NARROWEST, 0))

    def show_count(self, count: int, *, text: str | None = None) -> None:
        """Show how many there are, as `text` if given; none shows the empty state instead."""
        self._count.say(text or (str(count) if count else ""))
        self._stack.setCurrentIndex(0 if count else 1)

    def add_head(self, head: QWidget) -> None:
        """Add something between the header and the content."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(self._stack), head)

    def add_foot(self, foot: QWidget) -> None:
        layout = self.layout()
        assert layout is not None
        layout.addWidget(foot)

    def _on_look_changed(self) -> None:
        self._title.setFont(self._look.font(bold=True))
        self._look.tint(self._count, self._look.colors.muted)
