"""The window: a shell that assembles pages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QTabWidget, QVBoxLayout, QWidget

from crimeview.gui.case_commands import case_commands, recent_commands, show_recent
from crimeview.gui.commands import Actions, Command, Need
from crimeview.gui.dialogs import Dialogs
from crimeview.gui.dropped import promise
from crimeview.gui.guidance import Guidance
from crimeview.gui.language import Translation
from crimeview.gui.layout_memory import LayoutMemory
from crimeview.gui.library_commands import library_commands
from crimeview.gui.navigation import page_commands
from crimeview.gui.opening import Opening
from crimeview.gui.page import Page, Parts
from crimeview.gui.settings import Language, Preferences, Theme
from crimeview.gui.widgets.case_dialog import CaseDialog
from crimeview.gui.widgets.drop_veil import DropVeil, local_paths
from crimeview.gui.widgets.errand_row import ErrandRow
from crimeview.gui.widgets.notice import Notice
from crimeview.gui.widgets.progress_row import ProgressRow
from crimeview.gui.widgets.settings_dialog import Choices, SettingsDialog
from crimeview.gui.window_commands import (
    analysis_commands,
    edit_commands,
    file_commands,
    menu_order,
    show_stacks,
    view_commands,
)
from crimeview.gui.workspace import Scope


class Window(QMainWindow):
    """Menus, pages, messages and progress. What they are about is elsewhere."""

    def __init__(
        self,
        parts: Parts,
        *,
        page_kinds: Sequence[Callable[[Parts], Page]],
        opening: Opening,
        preferences: Preferences,
        translation: Translation,
    ) -> None:
        super().__init__()
        self.parts = parts
        self._page_kinds = page_kinds
        self._opening = opening
        self._preferences = preferences
        self._translation = translation
        self._dialogs = Dialogs(opening, parent=self)
        self.setAcceptDrops(True)
        self._layout_memory = LayoutMemory(self, preferences)
        self._guidance = Guidance(
            self,
            bindings=parts.keys,
            navigation=parts.navigation,
            look=parts.look,
            preferences=preferences,
            tasks=parts.tasks,
        )
        workspace = parts.workspace
        parts.navigation.shown.connect(self._show_page)
        workspace.changed.connect(self._enable)
        workspace.changed.connect(self._show_title)
        workspace.recording_selected.connect(self._enable)
        workspace.segment_selected.connect(self._enable)
        parts.reviewing.stacks_changed.connect(self._enable)
        parts.reviewing.stacks_changed.connect(self._show_stacks)
        parts.missing.changed.connect(self._enable)
        parts.regions.mode_changed.connect(self._enable)
        workspace.case_opened.connect(self._show_title)
        workspace.noticed.connect(self._on_noticed)
        workspace.mentioned.connect(lambda text: self._notice.mention(text))
        workspace.succeeded.connect(lambda text: self._notice.mention(text, icon="done"))
        parts.analysis.running_changed.connect(self._enable)
        self._layout_memory.restore_window()
        parts.navigation.current = self._layout_memory.page
        self._assemble()
        parts.cases.recent_changed.connect(self._show_recent)
        if preferences.complaint is not None:
            self._on_noticed(preferences.complaint)

    def begin(self, paths: Sequence[Path]) -> None:
        """Show the case's first recording, and take in what was asked for."""
        self.parts.tasks.go()
        self._opening.open(paths)
        if not paths:
            self.parts.workspace.select_first()

    def show_highest_peak(self, scope: Scope) -> None:
        """Select the segment with the highest score, and show the moment that has it."""
        workspace = self.parts.workspace
        highest = next(iter(workspace.segments_in(scope)), None)
        if highest is not None:
            workspace.select_segment(highest.id)
            workspace.playhead.seek(highest.segment.peak_time)

    @property
    def settled(self) -> bool:
        """Whether nothing is under way that would change what is on the screen."""
        return not (
            self._opening.busy
            or self.parts.tasks.turns.busy
            or self.parts.analysis.running
            or self.parts.thresholding.busy
            or self.parts.skipping.busy
            or self.parts.thumbnails.busy
            or self.parts.timeline.busy
            or self.parts.truth.busy
            or self.parts.presets.busy
            or self.parts.explaining.running
            or self.parts.workspace.access.unread
            or self.parts.errands.busy
            or self.parts.edit_effects.waiting
            or self.parts.shelf.busy
            or self.parts.similar.busy
            or self.parts.pictures.busy
            or self.parts.missing.busy
            or not all(page.settled for page in self._assembled)
        )

    def _assemble(self) -> None:
        """Make all that has words in it; done anew when the language changes."""
        look = self.parts.look
        self.pages = [make(self.parts) for make in self._page_kinds]
        self._assembled: list[Page] = []  # those that have been shown
        self.commands = Actions(
            self.parts.keys.take(self._table()), look=look, owner=self, turns=self.parts.tasks.turns
        )
        self._guidance.use(self.commands, self.pages)
        self.menuBar().clear()
        first, last = menu_order()
        self.commands.fill(self.menuBar(), first=first, last=last)
        self._tabs = tabs = QTabWidget(documentMode=True)
        tabs.setTabBarAutoHide(True)
        tabs.tabBar().setDrawBase(False)  # else a line is above all tabs but the shown one
        tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its bar takes the keyboard
        for page in self.pages:
            tabs.addTab(page, page.title)
        tabs.currentChanged.connect(self._on_tab)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(tabs, 1)
        self._notice = Notice(column, pages=tabs, look=look)
        column.addWidget(
            ProgressRow(self.parts.analysis, self.parts.workspace, self.commands, look=look)
        )
        column.addWidget(ErrandRow(self.parts.errands, parent=content))
        self.setCentralWidget(content)
        self._veil = DropVeil(content, look=look)
        self._show_title()
        self._show_recent()
        self._show_stacks()
        self._build(self.pages[0])  # the others follow what is selected in it
        self._show_page(self.parts.navigation.current)

    def _table(self) -> list[Command]:
        parts, preferences = self.parts, self._preferences
        return [
            *file_commands(
                self._dialogs,
                parts,
                case_commands=(
                    *recent_commands(parts.cases, self._opening),
                    *case_commands(
                        self._dialogs,
                        parts.cases,
                        parts.missing,
                        show_case_settings=self._show_case_settings,
                    ),
                ),
                show_settings=self._show_settings,
                close=self.close,
            ),
            *edit_commands(parts),
            *analysis_commands(parts, preferences),
            *library_commands(parts),
            *self._page_commands(),
            *view_commands(
                preferences,
                set_theme=self._set_theme,
                set_language=self._set_language,
                toggle_full_screen=self._toggle_full_screen,
                reset_layout=lambda: self._layout_memory.reset(self._assembled),
            ),
            *self._guidance.commands(),
        ]

    def _page_commands(self) -> Iterator[Command]:
        if len(self.pages) > 1:
            titles = [(page.name, page.title) for page in self.pages]
            yield from page_commands(titles, self.parts.navigation)
        for page in self.pages:
            yield from (replace(command, page=page.name) for command in page.commands())

    # Pages

    @property
    def page(self) -> Page:
        """The page that is shown."""
        names = [page.name for page in self.pages]
        current = self.parts.navigation.current
        return self.pages[names.index(current) if current in names else 0]

    def _on_tab(self, index: int) -> None:
        self.parts.navigation.show(self.pages[index].name)

    def _show_page(self, _name: str) -> None:
        """Show the page that navigation names, which is made when it is first shown."""
        page = self.page
        self.parts.navigation.current = page.name
        self._build(page)
        self._tabs.setCurrentWidget(page)
        self._enable()

    def _build(self, page: Page) -> None:
        if page not in self._assembled:
            self._assembled.append(page)
            page.assemble(self.commands)
            page.available_changed.connect(self._enable)
            self._layout_memory.restore(page)

    def _enable(self) -> None:
        workspace, analysis = self.parts.workspace, self.parts.analysis
        available = Need.NOTHING
        for page in self._assembled:
            available |= page.available
        if workspace.recording is not None:
            available |= Need.RECORDING
        if workspace.listed:
            available |= Need.SEGMENTS
        if workspace.segment is not None:
            available |= Need.SEGMENT
        stacks = self.parts.reviewing.stacks
        available |= Need.MISSING if self.parts.missing.ids else Need.NOTHING
        available |= Need.UNDO if stacks.undo else Need.NOTHING
        available |= Need.REDO if stacks.redo else Need.NOTHING
        if analysis.running:
            available |= Need.ANALYSIS
        else:
            available |= Need.AT_REST
            if analysis.unfinished:
                available |= Need.PENDING
        self.commands.enable(available, page=self.page.name)

    def _set_theme(self, theme: Theme) -> None:
        self._preferences.change(theme=theme)
        self.parts.look.set_theme(theme)
        self._enable()

    def _set_language(self, language: Language) -> None:
        self._preferences.change(language=language)
        self._translation.use(language)
        self._layout_memory.keep(self._assembled, shown=self.page)
        self._take_down()
        self.commands.withdraw()
        self._assemble()
        self.setFocus()  # shortcuts are not to be written into a field

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _show_case_settings(self) -> None:
        parts = self.parts
        CaseDialog(parts.workspace, parts.cases, look=parts.look, parent=self).open()

    def _show_stacks(self) -> None:
        show_stacks(self.commands, self.parts.reviewing.stacks)

    def _show_recent(self) -> None:
        show_recent(self.commands, self.parts.cases)

    def _show_settings(self) -> None:
        SettingsDialog(
            self._preferences,
            self.parts.measuring,
            Choices(
                set_theme=self._set_theme,
                set_language=self._change_language_of_settings,
                toggle_curve=lambda track: self.commands.commands[f"show-{track.id}"].run(),
                edit_keys=self._guidance.edit_keys,
            ),
            look=self.parts.look,
            parent=self,
        ).open()

    def _change_language_of_settings(self, language: Language) -> None:
        """Speak it, and show the settings anew: they are in another language now."""
        for dialog in self.findChildren(SettingsDialog):
            dialog.close()
        self._set_language(language)
        self._show_settings()

    def _show_title(self) -> None:
        self.setWindowTitle(self.parts.cases.title)

    def _on_noticed(self, sentence: str) -> None:
        self._notice.say(sentence)

    # What is dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = local_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self._veil.cover(promise(paths))

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._veil.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._veil.hide()
        event.acceptProposedAction()
        self._opening.open(local_paths(event.mimeData()))

    # Opening and closing

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what is under way, which takes a step at most, and keep the layout."""
        self._layout_memory.keep(self._assembled, shown=self.page)
        self.hide()
        self._take_down()
        self.parts.case_watch.close()
        self.parts.missing.close()
        self.parts.alarm_setup.close()
        self.parts.watching.close()
        self.parts.tasks.close()
        self.parts.map_making.close()
        self.parts.similar.close()
        self.parts.shelf.close()
        self.parts.workspace.close()
        event.accept()

    def _take_down(self) -> None:
        for page in self._assembled:
            page.let_go()
