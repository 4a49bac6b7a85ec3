"""What is said of the chosen segments, to be read and changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
)

from crimeview.core.review import KINDS, Origin, ReviewState
from crimeview.core.timetext import clock_text
from crimeview.gui.commands import Actions, key_texts, plain_title
from crimeview.gui.look import Look
from crimeview.gui.novelty_text import why_texts
from crimeview.gui.review_text import STATE_ICONS, kind_text, review_state_text
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.style import ICON, Space, Type
from crimeview.gui.text import segments_text, translate
from crimeview.gui.widgets.buttons import keep_keys
from crimeview.gui.widgets.suggested_row import SuggestedRow
from crimeview.gui.workspace import Workspace
from crimeview.jobs.describe_case import KINDS as CASE_KINDS
from crimeview.jobs.review import parse_tags
from crimeview.store.rows import CaseSegment

_NOTE_LINES = 2
_DECISIONS = (ReviewState.CONFIRMED, ReviewState.UNSURE, ReviewState.DISMISSED)


class ReviewCard(QFrame):
    """Three decisions, type, tags and note of the chosen segments; what is written is kept."""

    def __init__(
        self, workspace: Workspace, reviewing: Reviewing, actions: Actions, *, look: Look
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self._workspace = workspace
        self._reviewing = reviewing
        self._look = look
        self._shown: Sequence[CaseSegment] = ()
        self._title = QLabel()
        self._why = QLabel(wordWrap=True)
        self._about = QLabel(wordWrap=True)
        self._decisions = {state: self._decision(state, actions) for state in _DECISIONS}
        self.kind = _KindBox()
        workspace.changed.connect(self._offer_kinds)
        self.suggested = SuggestedRow(actions["accept-type"], look=look)
        self.tags = _Line(translate("ReviewCard", "Tags"))
        self.note = _Note(look)
        self._lay_out()
        self.kind.chosen.connect(self._name)
        self.tags.left.connect(self._tag)
        self.note.left.connect(self._note)
        reviewing.chosen_changed.connect(self._show)
        workspace.segment_selected.connect(self._show)
        workspace.case_opened.connect(self._show)
        workspace.playhead.mark_changed.connect(self._show_about)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self._offer_kinds()
        self._show()

    def _lay_out(self) -> None:
        decisions = QHBoxLayout()
        decisions.setSpacing(Space.TIGHT)
        for button in self._decisions.values():
            decisions.addWidget(button, 1)
        words = QHBoxLayout()
        words.setSpacing(Space.TIGHT)
        words.addWidget(self.kind, 1)
        words.addWidget(self.tags, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        column.setSpacing(Space.TIGHT + Space.HAIR)
        column.addWidget(self._title)
        column.addWidget(self._why)
        column.addLayout(decisions)
        column.addWidget(self.suggested)
        column.addLayout(words)
        column.addWidget(self.note)
        column.addWidget(self._about)

    def _decision(self, state: ReviewState, actions: Actions) -> QToolButton:
        command_id = f"review-{state.value}"
        action = actions[command_id]
        button = QToolButton()
        button.setCheckable(True)
        button.setProperty("chip", "true")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(ICON - 2, ICON - 2))
        button.setText(plain_title(action.text()))
        key = next(key_texts(actions.commands[command_id]), "")
        button.setToolTip(f"{plain_title(action.text())} ({key})")
        button.setAccessibleName(plain_title(action.text()))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(action.trigger)
        button.clicked.connect(self._show_decisions)
        keep_keys(button)
        return button

    # What is shown

    def _show(self) -> None:
        rows = self._reviewing.chosen
        before = [row.id for row in self._shown]
        if [row.id for row in rows] != before:
            self._keep()
        self._shown = rows
        self.setEnabled(bool(rows))
        self._show_decisions()
        self._title.setText(self._title_text())
        self._show_why()
        self.kind.show_kind(_same([_kind(row) for row in rows]))
        self.suggested.show_of(rows)
        self.tags.show_text(_same([", ".join(_tags(row)) for row in rows]))
        self.note.show_text(_same([_note(row) for row in rows]))
        self._show_about()

    def _show_why(self) -> None:
        """What found the segment, why, and how often such is to be expected."""
        texts = why_texts(self._shown[0].segment) if len(self._shown) == 1 else []
        text = "; ".join(texts)
        self._why.setText(text[:1].upper() + text[1:])
        self._why.setVisible(bool(text))

    def _show_about(self) -> None:
        """Who said it; where a segment begins that is being marked, that comes first."""
        mark = self._workspace.playhead.mark
        if mark is not None:
            text = translate(
                "ReviewCard", "Your segment begins at {time}: ] ends it, Esc forgets it."
            )
            self._about.setText(text.format(time=clock_text(mark, decimals=1)))
        else:
            self._about.setText(_about_text(self._shown[0]) if len(self._shown) == 1 else "")

    def _title_text(self) -> str:
        match list(self._shown):
            case []:
                return translate("ReviewCard", "No segment is chosen")
            case [row]:
                return f"{clock_text(row.segment.start)} · {review_state_text(row.state)}"
            case rows:
                return translate("ReviewCard", "{segments} chosen").format(
                    segments=segments_text(len(rows))
                )

    def _show_decisions(self) -> None:
        states = {row.state for row in self._shown}
        for state, button in self._decisions.items():
            button.setChecked(states == {state})

    def _offer_kinds(self) -> None:
        """The types that the program knows, and those of the case."""
        own = parse_tags(self._workspace.notes.get(CASE_KINDS, "").lower())
        self.kind.offer([*KINDS, *(kind for kind in own if kind not in KINDS)])

    # What is written

    def _keep(self) -> None:
        """Keep what was being written of what was shown before."""
        self.tags.leave()
        self.note.leave()

    def _name(self, kind: str) -> None:
        self._reviewing.name(kind or None)

    def _tag(self, text: str) -> None:
        wanted = parse_tags(text)
        known = {tag for row in self._shown for tag in _tags(row)}
        drop = [tag for tag in known if tag not in wanted]
        self._reviewing.tag(add=wanted, drop=drop, rows=self._current())

    def _note(self, text: str) -> None:
        self._reviewing.note(text, rows=self._current())

    def _current(self) -> Sequence[CaseSegment]:
        """What is shown, as it is now."""
        rows = (self._workspace.segment_of(row.id) for row in self._shown)
        return [row for row in rows if row is not None]

    def _on_look_changed(self) -> None:
        colors = self._look.colors
        self._title.setFont(self._look.font(bold=True))
        for label in (self._why, self._about):
            label.setFont(self._look.font(Type.SMALL))
            self._look.tint(label, colors.muted)
        inks = {
            ReviewState.CONFIRMED: colors.good,
            ReviewState.UNSURE: colors.lead,
            ReviewState.DISMISSED: colors.muted,
        }
        for state, button in self._decisions.items():
            button.setIcon(self._look.icon(STATE_ICONS[state], color=inks[state]))


class _KindBox(QComboBox):
    """A crime type: one of those known, or in words of one's own."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(editable=True)
        self._line = QLineEdit()
        self.setLineEdit(self._line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._kinds: list[str] = []
        self._kept = ""
        self.offer(KINDS)
        self.setAccessibleName(translate("ReviewCard", "Type"))
        self._line.setPlaceholderText(translate("ReviewCard", "Type"))
        self._line.setAccessibleName(translate("ReviewCard", "Type"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(lambda _row: self._choose())
        self._line.returnPressed.connect(lambda: self.window().setFocus())
        self._line.installEventFilter(self)

    def offer(self, kinds: Sequence[str]) -> None:
        """The types to choose from."""
        if list(kinds) == self._kinds:
            return
        self._kinds = list(kinds)
        text = self.currentText()
        self.clear()
        self.addItem("", "")
        for kind in kinds:
            self.addItem(kind_text(kind), kind)
        self.setMaxVisibleItems(len(kinds) + 1)
        self.setEditText(text)

    def show_kind(self, kind: str | None) -> None:
        if self._line.hasFocus() and self._line.isModified():
            return
        self._kept = kind or ""
        at = self.findData(self._kept)
        self.setCurrentIndex(at)
        self.setEditText(kind_text(self._kept) if self._kept else "")

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._choose()
        if _is_escape(event):
            self._line.setModified(False)
            self.show_kind(self._kept)
            self.window().setFocus()
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _choose(self) -> None:
        text = self.currentText().strip()
        at = next((i for i in range(self.count()) if self.itemText(i).lower() == text.lower()), -1)
        kind = str(self.itemData(at)) if at >= 0 else text.lower()
        self._line.setModified(False)
        if kind != self._kept:
            self._kept = kind
            self.chosen.emit(kind)


class _Line(QLineEdit):
    """One line, kept when it is left or Enter is pressed; Escape brings back what was there."""

    left = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self._kept = ""
        self.returnPressed.connect(lambda: self.window().setFocus())

    def show_text(self, text: str | None) -> None:
        if not (self.hasFocus() and self.isModified()):
            self._kept = text or ""
            self.setText(self._kept)

    def leave(self) -> None:
        if self.isModified() and self.text() != self._kept:
            self._kept = self.text()
            self.left.emit(self._kept)
        self.setModified(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.leave()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._kept)
            self.window().setFocus()
        else:
            super().keyPressEvent(event)


class _Note(QPlainTextEdit):
    """A note, kept when it is left; Ctrl+Enter leaves it, Escape brings back what was there."""

    left = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._kept = ""
        self.setTabChangesFocus(True)
        self.setPlaceholderText(translate("ReviewCard", "Note"))
        self.setAccessibleName(translate("ReviewCard", "Note"))
        self.setToolTip(translate("ReviewCard", "Ctrl+Enter goes back to the segments"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(Space.TIGHT)
        self._look = look
        self._fit()
        look.changed.connect(self._fit)

    def show_text(self, text: str | None) -> None:
        if not (self.hasFocus() and self.document().isModified()):
            self._kept = text or ""
            if self.toPlainText() != self._kept:
                self.setPlainText(self._kept)
            self.document().setModified(False)

    def leave(self) -> None:
        text = self.toPlainText()
        if self.document().isModified() and text.strip() != self._kept:
            self._kept = text.strip()
            self.left.emit(text)
        self.document().setModified(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.leave()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.setPlainText(self._kept)
            self.document().setModified(False)
            self.window().setFocus()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.window().setFocus()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        self.setFixedHeight(_NOTE_LINES * line + 2 * Space.TIGHT + 2 * Space.TIGHT)


def _is_escape(event: QEvent) -> bool:
    pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
    return pressed and cast("QKeyEvent", event).key() == Qt.Key.Key_Escape


def _about_text(row: CaseSegment) -> str:
    """Who said it, when, and what must be known of it."""
    review = row.review
    if review is None:
        return translate("ReviewCard", "Nobody has looked at this yet.")
    parts = [review.reviewer or translate("ReviewCard", "No name"), _when(review.changed)]
    if review.origin is Origin.PERSON:
        parts.append(translate("ReviewCard", "marked by hand"))
    if row.outdated:
        parts.append(translate("ReviewCard", "the file has changed since"))
    return " · ".join(part for part in parts if part)


def _when(text: str) -> str:
    try:
        return datetime.fromisoformat(text).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return ""


def _same(values: Sequence[str]) -> str | None:
    """What all have, None where they differ."""
    return values[0] if values and len(set(values)) == 1 else None


def _kind(row: CaseSegment) -> str:
    return (row.review.kind or "") if row.review is not None else ""


def _tags(row: CaseSegment) -> Sequence[str]:
    return row.review.tags if row.review is not None else ()


def _note(row: CaseSegment) -> str:
    return row.review.note if row.review is not None else ""
