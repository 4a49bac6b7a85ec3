"""Similar: what is like a segment, a marked span or a file, and why."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.files import VIDEO_SUFFIXES
from crimeview.gui.commands import Actions, Command, Need
from crimeview.gui.comparing import Comparing, Shown
from crimeview.gui.hits_on_map import show_hits
from crimeview.gui.page import Page, Parts
from crimeview.gui.pages.similar.commands import ResultCommands, similar_commands
from crimeview.gui.similar_search import Corpus, Verdict, shown_file
from crimeview.gui.similar_text import query_sentence, verdict_sentence
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.buttons import action_button, keep_keys, text_button
from crimeview.gui.widgets.comparison import Comparison
from crimeview.gui.widgets.drop_veil import DropVeil
from crimeview.gui.widgets.empty_state import EmptyState
from crimeview.gui.widgets.entry_filter import EntryFilter
from crimeview.gui.widgets.match_list import MatchList
from crimeview.gui.widgets.progress_bar import ProgressBar
from crimeview.gui.widgets.projection_choice import ProjectionChoice
from crimeview.gui.widgets.reason_list import ReasonList
from crimeview.gui.widgets.yielding_label import YieldingLabel
from crimeview.store.library.rows import Filter

_LIST = 430  # pixels of the results at first
_NOTHING, _RESULTS = range(2)


class SimilarPage(Page):
    """Left the ranked results, right the current one beside what was looked for.

    A video file that is dropped on the page is looked for.
    """

    name = "similar"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self.title = translate("Similar", "Similar")
        self._search = parts.similar
        self._comparing = Comparing(parts.tasks)
        self._across = QSplitter(Qt.Orientation.Horizontal)
        self._assembled = False

    def commands(self) -> Sequence[Command]:
        results = ResultCommands(
            relevant=lambda: self._judge(Verdict.RELEVANT),
            irrelevant=lambda: self._judge(Verdict.NOT),
            forget=self._search.forget_verdicts,
            step=lambda steps: self._list.step(steps),
            show_on_map=lambda: show_hits(self.parts),
            choose_file=self._choose_file,
            stop=self._search.stop,
        )
        return similar_commands(results, self._comparing.playhead)

    @property
    def available(self) -> Need:
        found = self._search.found
        return Need.RESULTS if found is not None and found.matches else Need.NOTHING

    def assemble(self, actions: Actions) -> None:
        look, search = self.parts.look, self._search
        self.setAcceptDrops(True)
        self._list = MatchList(search, self.parts.pictures, look=look)
        self._reasons = ReasonList(look=look)
        self._instead = self._ways_on()
        self._empty = EmptyState("similar", look=look, buttons=self._instead)
        self._verdict = QLabel(wordWrap=True)
        self._verdict.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        self._stack = QStackedWidget()
        self._stack.setAutoFillBackground(True)
        self._stack.addWidget(self._empty)
        self._across.addWidget(self._results(actions))
        self._across.addWidget(self._compared(actions))
        self._across.setStretchFactor(1, 1)
        self._across.setSizes([_LIST, 2 * _LIST])
        self._stack.addWidget(self._across)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head(actions))
        column.addWidget(self._stack, 1)
        self._veil = DropVeil(self, look=look)
        self._list.chosen.connect(self._on_chosen)
        self._reasons.chosen.connect(self._comparing.go_to)
        search.changed.connect(self._show)
        search.progressed.connect(self._show_progress)
        search.answered.connect(self._on_answered)
        search.file_wanted.connect(self._choose_file)
        self.parts.shelf.changed.connect(self._show)
        self.parts.keys.changed.connect(self._show_empty)
        look.changed.connect(self._show)
        self._assembled = True
        self.parts.shelf.begin()
        if search.found is not None:
            self._on_answered()
        self._show()

    @property
    def settled(self) -> bool:
        return not self._comparing.busy

    def layout_state(self) -> Mapping[str, str]:
        if not self._assembled:
            return {}
        return {"across": bytes(self._across.saveState().toHex().data()).decode()}

    def restore_layout(self, state: Mapping[str, str]) -> None:
        if "across" in state:
            self._across.restoreState(QByteArray.fromHex(state["across"].encode()))

    def let_go(self) -> None:
        self._comparing.close()

    # What is dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        path = _video(event.mimeData())
        if path is None:  # the window takes everything else
            event.ignore()
            return
        event.acceptProposedAction()
        text = translate("Similar", "Let go to look for what is like {name}")
        self._veil.cover(text.format(name=path.name))

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._veil.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._veil.hide()
        path = _video(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self._search.of_file(path)

    # What it is made of

    def _head(self, actions: Actions) -> QWidget:
        head = QWidget()
        head.setAutoFillBackground(True)
        self._what = YieldingLabel()
        self._what.setFont(self.parts.look.font(bold=True))
        self._where = QComboBox()
        self._where.setAccessibleName(translate("Similar", "Where to look"))
        self._where.addItem(translate("Similar", "In the library"), Corpus.LIBRARY)
        self._where.addItem(translate("Similar", "In this case"), Corpus.CASE)
        self._where.activated.connect(
            lambda: self._search.look_in(Corpus(self._where.currentData()))
        )
        self._filter = EntryFilter()
        self._filter.changed.connect(lambda: self._search.narrow(self._filter.wanted))
        self._bar = ProgressBar()
        self._bar.setAccessibleName(translate("Similar", "Progress"))
        self._bar.setFixedWidth(120)
        self._projection = ProjectionChoice()
        self._projection.chosen.connect(self._search.rank_by)
        asked = QHBoxLayout()
        asked.setSpacing(Space.SMALL)
        asked.addWidget(self._what, 1)
        asked.addWidget(self._bar)
        asked.addWidget(self._where)
        asked.addWidget(text_button(actions["similar-file"]))
        self._narrowing = QWidget()
        narrowed = QHBoxLayout(self._narrowing)
        narrowed.setContentsMargins(0, 0, 0, 0)
        narrowed.setSpacing(Space.SMALL)
        narrowed.addStretch(1)
        for widget in (self._projection, self._filter):
            narrowed.addWidget(widget)
        rows = QVBoxLayout(head)
        rows.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        rows.setSpacing(Space.SMALL)
        rows.addLayout(asked)
        rows.addWidget(self._narrowing)
        return head

    def _ways_on(self) -> tuple[QPushButton, ...]:
        """What can be done where no library is open."""
        here = QPushButton(translate("Similar", "Look in this case"))
        here.setProperty("primary", "true")
        here.clicked.connect(lambda: self._search.look_in(Corpus.CASE))
        library = QPushButton(translate("Similar", "Go to the library"))
        library.clicked.connect(lambda: self.parts.navigation.show("library"))
        for button in (here, library):
            keep_keys(button)
        return here, library

    def _results(self, actions: Actions) -> QWidget:
        side = QWidget()
        side.setAutoFillBackground(True)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        foot.addWidget(text_button(actions["similar-map"]))
        foot.addStretch(1)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._verdict)
        column.addWidget(self._list, 1)
        column.addLayout(foot)
        return side

    def _compared(self, actions: Actions) -> QWidget:
        side = QWidget()
        side.setAutoFillBackground(True)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        foot.setSpacing(Space.SMALL)
        for name in ("similar-back", "similar-play", "similar-forward"):
            foot.addWidget(action_button(actions, name))
        foot.addStretch(1)
        foot.addWidget(text_button(actions["similar-relevant"]))
        foot.addWidget(text_button(actions["similar-not"]))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Comparison(self._comparing, look=self.parts.look), 1)
        column.addWidget(self._reasons)
        column.addLayout(foot)
        return side

    # What is shown

    def _show(self) -> None:
        search, found = self._search, self._search.found
        self._stack.setCurrentIndex(_RESULTS if found is not None and found.matches else _NOTHING)
        if found is not None:
            self._projection.offer(found.projections, current=search.projection)
        asked = search.asked
        name = asked.name if asked is not None else ""
        self._what.say(query_sentence(found) if found is not None else name)
        self._where.setCurrentIndex(self._where.findData(search.corpus))
        self._where.setEnabled(asked is None or asked.entry is None)
        self._show_filter()
        self._show_empty()
        if found is not None:
            self._verdict.setText(verdict_sentence(found))
            colors = self.parts.look.colors
            close = found.has_close_match
            self.parts.look.tint(self._verdict, colors.text if close else colors.lead)
            self._verdict.setFont(self.parts.look.font(Type.BODY, bold=close is False))
        self._list.viewport().update()
        self._show_progress()
        self.available_changed.emit()

    def _show_filter(self) -> None:
        shelf, search = self.parts.shelf, self._search
        if search.corpus is Corpus.LIBRARY and shelf.contents is not None:
            choices = shelf.contents.choices
            kinds, cameras, places = choices.crime_types, choices.cameras, choices.places
        else:
            facts = (
                [m.entry.facts for m in search.found.matches] if search.found is not None else []
            )
            kinds = tuple(sorted({f.crime_type for f in facts} - {""}))
            cameras = tuple(sorted({f.camera for f in facts} - {""}))
            places = tuple(sorted({f.place for f in facts} - {""}))
        self._filter.offer(kinds, cameras, places, wanted=search.wanted)
        self._narrowing.setVisible(search.found is not None or search.wanted != Filter())

    def _show_empty(self) -> None:
        search = self._search
        for button in self._instead:
            button.setVisible(bool(search.failure) and search.lacks_library)
        if search.failure:
            self._empty.say(translate("Similar", "Nothing was compared"), search.failure)
        elif search.busy:
            self._empty.say(translate("Similar", "Looking …"), "")
        elif search.found is not None:
            self._empty.say(
                translate("Similar", "Nothing fits"),
                translate("Similar", "Ask for every type, camera and place, or look elsewhere."),
            )
        else:
            self._empty.say(
                translate("Similar", "Find what looks alike"),
                translate(
                    "Similar",
                    "Select a segment on the review page, or mark a span there, and press {key}; "
                    "or drop a video file here. It is compared with your library, or with this "
                    "case.",
                ).format(key=self.parts.keys.said("find-similar")),
            )

    def _show_progress(self) -> None:
        step = self._search.progress
        self._bar.setVisible(self._search.busy)
        fraction = step.fraction if step is not None else None
        self._bar.setMaximum(1000 if fraction is not None else 0)
        self._bar.setValue(round(1000 * (fraction or 0.0)))

    def _on_answered(self) -> None:
        found, asked = self._search.found, self._search.asked
        if found is not None and asked is not None:
            query = found.query
            self._comparing.show_query(
                Shown(
                    name=query.name, span=(query.start, query.end), path=asked.path, zero=asked.zero
                )
            )
        self._list.show_found()
        self._list.setFocus()
        self._show()

    def _on_chosen(self) -> None:
        match = self._list.match
        if match is None:
            self._reasons.show_reasons(())
            self._comparing.show_result(None)
            return
        entry = match.entry
        path, zero = shown_file(self._search.library, entry)
        self._reasons.show_reasons(match.reasons)
        self._comparing.show_result(
            Shown(name=entry.recording.name, span=(entry.start, entry.end), path=path, zero=zero)
        )

    def _judge(self, verdict: Verdict) -> None:
        match = self._list.match
        if match is not None:
            self._search.judge(match.entry.id, verdict)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, translate("Similar", "Look for what is like a file"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        videos = " ".join(f"*{suffix}" for suffix in sorted(VIDEO_SUFFIXES))
        dialog.setNameFilters(
            [
                translate("Similar", "Videos ({patterns})").format(patterns=videos),
                translate("Similar", "All files (*)"),
            ]
        )
        dialog.fileSelected.connect(lambda name: self._search.of_file(Path(name)))
        dialog.open()


def _video(dropped: QMimeData) -> Path | None:
    """The one file that is dropped; None for several, or for a folder."""
    urls = dropped.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in VIDEO_SUFFIXES else None
