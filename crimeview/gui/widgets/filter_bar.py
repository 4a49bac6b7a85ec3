"""Which segments are listed, and in what order."""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.errors import UsageError
from crimeview.core.job import Changed
from crimeview.core.review import ReviewState
from crimeview.gui.look import Look
from crimeview.gui.review_text import STATE_ICONS, column_text, review_state_text
from crimeview.gui.style import CONTROL, ICON, Space
from crimeview.gui.text import translate
from crimeview.gui.told_text import fault_text
from crimeview.gui.widgets.buttons import keep_keys
from crimeview.gui.workspace import Workspace
from crimeview.jobs.listing import ALL_STATES, NUMBERS, Column, Listing

_TYPING = 200  # ms after the last key
_HIGHEST_FIRST = (Column.RANK, Column.SCORE, Column.MEAN, Column.LENGTH, Column.CHANGED)


class FilterBar(QWidget):
    """A button for each state with how many there are, a field to find words in, the order."""

    def __init__(self, workspace: Workspace, *, look: Look) -> None:
        super().__init__()
        self._workspace = workspace
        self._look = look
        self._states = {state: _state_button() for state in ReviewState}
        self._group = QButtonGroup(self, exclusive=False)
        self.query = _QueryEdit()
        self._order = _order_box()
        self._direction = QToolButton()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._lay_out()
        self._typing.timeout.connect(self._find)
        self.query.textEdited.connect(self._typing.start)
        self.query.returnPressed.connect(self._find)
        self._order.activated.connect(lambda i: self.sort_by(list(Column)[i]))
        self._direction.clicked.connect(self.reverse)
        workspace.changed.connect(self._on_changed)
        workspace.recording_selected.connect(self._show)
        look.changed.connect(self._show)
        self._show()

    # What can be done by keyboard too

    def look_for(self) -> None:
        """Write what is to be found."""
        self.query.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.query.selectAll()

    def toggle_only_new(self) -> None:
        only = frozenset({ReviewState.NEW})
        self._list(states=ALL_STATES if self.shows_only_new() else only)

    def shows_only_new(self) -> bool:
        return self._workspace.listing.states == frozenset({ReviewState.NEW})

    def list_all(self) -> None:
        """Leave nothing out, what is least expected first."""
        self.query.clear()
        self._workspace.set_listing(Listing())

    def sort_by(self, column: Column) -> None:
        """Numbers begin with the highest, times and texts with the first."""
        self._list(order=column, descending=column in _HIGHEST_FIRST)

    def sort_by_next(self) -> None:
        columns = list(Column)
        at = columns.index(self._workspace.listing.order)
        self.sort_by(columns[(at + 1) % len(columns)])

    def reverse(self) -> None:
        self._list(descending=not self._workspace.listing.descending)

    def _lay_out(self) -> None:
        states = QHBoxLayout()
        states.setSpacing(Space.TIGHT)
        states.setContentsMargins(0, 0, Space.MEDIUM - Space.TIGHT, 0)
        for state, button in self._states.items():
            self._group.addButton(button)
            button.clicked.connect(lambda _on=False, s=state: self._toggle(s))
            states.addWidget(button, 1)
        self._direction.setProperty("command", "true")
        self._direction.setIconSize(QSize(ICON, ICON))
        self._direction.setFixedSize(CONTROL + 2, CONTROL)
        self._direction.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        keep_keys(self._direction)
        order = QHBoxLayout()
        order.setSpacing(Space.TIGHT)
        order.addWidget(self.query, 1)
        order.addWidget(self._order)
        order.addWidget(self._direction)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MEDIUM, Space.HAIR, Space.TIGHT, Space.SMALL)
        column.setSpacing(Space.TIGHT + Space.HAIR)
        column.addLayout(states)
        column.addLayout(order)

    def _toggle(self, state: ReviewState) -> None:
        states = self._workspace.listing.states ^ {state}
        self._list(states=states or ALL_STATES)

    def _find(self) -> None:
        self._typing.stop()
        self._list(query=self.query.text())

    def _list(self, **changes: object) -> None:
        try:
            self._workspace.set_listing(replace(self._workspace.listing, **changes))  # type: ignore[arg-type]
        except UsageError as error:
            self.query.complain(fault_text(error))
        else:
            self.query.complain("")
        self._show()

    def _on_changed(self, changed: Changed) -> None:
        if changed & (Changed.SEGMENTS | Changed.REVIEWS):
            self._show()

    def _show(self) -> None:
        listing = self._workspace.listing
        counts = self._workspace.counts
        for state, button in self._states.items():
            self._show_state(button, state, counts[state], listed=state in listing.states)
        self._order.setCurrentIndex(list(Column).index(listing.order))
        self._show_direction(listing)

    def _show_state(
        self, button: QToolButton, state: ReviewState, count: int, *, listed: bool
    ) -> None:
        colors = self._look.colors
        button.setChecked(listed)
        button.setText(str(count))
        ink = {
            ReviewState.CONFIRMED: colors.good,
            ReviewState.UNSURE: colors.lead,
            ReviewState.DISMISSED: colors.muted,
            ReviewState.NEW: colors.text,
        }[state]
        button.setIcon(self._look.icon(STATE_ICONS[state], color=ink if listed else colors.faint))
        name = review_state_text(state)
        button.setAccessibleName(f"{name}: {count}")
        text = (
            translate("FilterBar", "{state}: {count}, listed")
            if listed
            else translate("FilterBar", "{state}: {count}, not listed")
        )
        button.setToolTip(text.format(state=name, count=count))

    def _show_direction(self, listing: Listing) -> None:
        self._direction.setIcon(
            self._look.icon("descending" if listing.descending else "ascending")
        )
        if listing.order in NUMBERS:
            text = (
                translate("FilterBar", "The highest first")
                if listing.descending
                else translate("FilterBar", "The lowest first")
            )
        else:
            text = (
                translate("FilterBar", "Descending")
                if listing.descending
                else translate("FilterBar", "Ascending")
            )
        self._direction.setToolTip(text)
        self._direction.setAccessibleName(text)


class _QueryEdit(QLineEdit):
    """A line that Escape empties, and leaves when it is empty."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(translate("FilterBar", "Find"))
        self._help = translate(
            "FilterBar",
            "Words are looked for in names, types, tags, notes and reviewers.\n"
            "One column: {example}. Comparing: {comparison}.\nColumns: {columns}.",
        ).format(
            example='type:fight note:"red car" found:violence',
            comparison="score>0.5 length<10",
            columns=", ".join(column.value for column in Column),
        )
        self.setToolTip(self._help)
        self.setAccessibleName(translate("FilterBar", "Find segments"))
        self.setAccessibleDescription(self._help)

    def complain(self, sentence: str) -> None:
        """Say what is wrong with the query, nothing for all being well."""
        self.setProperty("wrong", "true" if sentence else "false")
        self.style().polish(self)
        self.setToolTip(sentence or self._help)
        self.setAccessibleDescription(sentence or self._help)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text():
            self.clear()
            self.textEdited.emit("")
        else:
            self.window().setFocus()


def _order_box() -> QComboBox:
    box = QComboBox()
    box.addItems([column_text(column) for column in Column])
    box.setAccessibleName(translate("FilterBar", "Sorted by"))
    box.setToolTip(translate("FilterBar", "Sorted by"))
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    box.setMaxVisibleItems(len(Column))
    keep_keys(box)
    return box


def _state_button() -> QToolButton:
    button = QToolButton()
    button.setCheckable(True)
    button.setProperty("chip", "true")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setIconSize(QSize(ICON - 2, ICON - 2))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    keep_keys(button)
    return button
