"""Library: segments kept beyond their case, in a folder or on a shared server."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.review import ReviewState
from crimeview.gui.commands import Actions, Command
from crimeview.gui.page import Page, Parts
from crimeview.gui.pages.library.commands import LibraryTools, page_commands
from crimeview.gui.style import Space, Type
from crimeview.gui.text import segments_text, translate
from crimeview.gui.widgets.buttons import text_button
from crimeview.gui.widgets.empty_state import EmptyState
from crimeview.gui.widgets.entry_filter import EntryFilter
from crimeview.gui.widgets.entry_list import EntryList
from crimeview.gui.widgets.entry_panel import EntryPanel
from crimeview.gui.widgets.graph_row import GraphRow
from crimeview.gui.widgets.library_dialogs import (
    AddDialog,
    Choice,
    OpenLibraryDialog,
    ask_for_new_folder,
    ask_for_package,
)
from crimeview.gui.widgets.yielding_label import YieldingLabel
from crimeview.store.library.rows import Duplicates, Facts, Filter

_NOTHING, _SEGMENTS = range(2)


class LibraryPage(Page):
    """Which library it is and what it holds; below, its segments and what is known of one."""

    name = "library"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self.title = translate("Library", "Library")
        self._shelf = parts.shelf

    def commands(self) -> Sequence[Command]:
        return page_commands(
            LibraryTools(
                open=self._ask_which,
                add=self._ask_what,
                export=self._export,
                take_in=self._take_in,
                similar=self._find_similar,
                remove=self._remove,
                reread=self._shelf.read,
                graph=self._shelf.build_graph,
            )
        )

    def assemble(self, actions: Actions) -> None:
        look, shelf = self.parts.look, self._shelf
        self._list = EntryList(shelf, self.parts.pictures, look=look)
        self._first = [text_button(actions[name]) for name in ("library-add", "library-open")]
        self._first[0].setProperty("primary", "true")
        self._empty = EmptyState("library", look=look, buttons=self._first)
        self._stack = QStackedWidget()
        self._stack.setAutoFillBackground(True)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._list)
        self._panel = EntryPanel(shelf, self.parts.pictures, actions, look=look)
        below = QHBoxLayout()
        below.setSpacing(Space.HAIR)
        below.addWidget(self._stack, 1)
        below.addWidget(self._panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head(actions))
        column.addWidget(GraphRow(shelf, actions, look=look))
        column.addLayout(below, 1)
        shelf.changed.connect(self._show)
        look.changed.connect(self._show)
        shelf.begin()
        self._show()
        self._list.setFocus()

    def _head(self, actions: Actions) -> QWidget:
        head = QWidget()
        head.setAutoFillBackground(True)
        self._place = YieldingLabel()
        self._place.setFont(self.parts.look.font(bold=True))
        self._facts = YieldingLabel()
        self._facts.setFont(self.parts.look.font(Type.SMALL))
        self._filter = EntryFilter(duplicates=True)
        self._filter.changed.connect(lambda: self._shelf.narrow(self._filter.wanted))
        upper = QHBoxLayout()
        upper.setSpacing(Space.SMALL)
        upper.addWidget(self._place, 1)
        self._buttons = {
            name: text_button(actions[name])
            for name in ("library-open", "library-add", "library-import", "library-export")
        }
        for button in self._buttons.values():
            upper.addWidget(button)
        lower = QHBoxLayout()
        lower.setSpacing(Space.SMALL)
        lower.addWidget(self._facts, 1)
        lower.addWidget(self._filter)
        column = QVBoxLayout(head)
        column.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        column.setSpacing(Space.SMALL)
        column.addLayout(upper)
        column.addLayout(lower)
        return head

    # What is shown

    def _show(self) -> None:
        shelf, contents = self._shelf, self._shelf.contents
        library = shelf.library
        self._stack.setCurrentIndex(_SEGMENTS if shelf.entries else _NOTHING)
        self._panel.setVisible(bool(shelf.entries))
        self._place.say(library.place if library is not None else "")
        self._facts.say(self._figures_text())
        self.parts.look.tint(self._facts, self.parts.look.colors.muted)
        if contents is not None:
            choices = contents.choices
            self._filter.offer(
                choices.crime_types, choices.cameras, choices.places, wanted=shelf.wanted
            )
        self._filter.setVisible(contents is not None and contents.figures.segments > 0)
        writable = library is None or library.may_write
        self._buttons["library-add"].setEnabled(writable)
        self._buttons["library-import"].setEnabled(library is not None and writable)
        self._buttons["library-export"].setEnabled(bool(shelf.entries))
        self._show_empty()

    def _figures_text(self) -> str:
        shelf, contents = self._shelf, self._shelf.contents
        if contents is None or shelf.library is None:
            return ""
        figures = contents.figures
        parts = [segments_text(figures.segments)]
        if contents.total != figures.segments and shelf.wanted != Filter():
            text = translate("Library", "{count} listed")
            parts.append(text.format(count=f"{contents.total:,}"))
        if figures.duplicates:
            text = translate("Library", "{count} marked as duplicates")
            parts.append(text.format(count=figures.duplicates))
        role = (
            translate("Library", "you may change it")
            if shelf.may_write
            else translate("Library", "you may only read it")
        )
        return " · ".join([*parts, role])

    def _show_empty(self) -> None:
        shelf = self._shelf
        for button in self._first:
            button.setVisible(not shelf.busy)
        if shelf.failure:
            self._empty.say(translate("Library", "The library cannot be used now"), shelf.failure)
        elif shelf.busy:
            self._empty.say(translate("Library", "Reading the library …"), "")
        elif shelf.wanted != Filter():
            self._empty.say(
                translate("Library", "Nothing fits"),
                translate("Library", "Ask for every type, camera and place."),
            )
        else:
            self._empty.say(
                translate("Library", "A memory beyond the case"),
                translate(
                    "Library",
                    "What is added here is found again from a new clip, years later and in other "
                    "cases. Add the segments of this case, or open a library that colleagues "
                    "share.",
                ),
            )

    # What is done

    def _ask_which(self) -> None:
        place = self.parts.preferences.settings.library
        OpenLibraryDialog(
            place,
            lambda text, create: self._shelf.open(text, create=create),
            look=self.parts.look,
            parent=self,
        ).open()

    def _ask_what(self) -> None:
        library = self._shelf.library
        AddDialog(
            self._addable(),
            self._add,
            can_copy=library is None or library.clips_folder is not None,
            look=self.parts.look,
            parent=self,
        ).open()

    def _addable(self) -> list[Choice]:
        workspace = self.parts.workspace
        rows = [row for row in workspace.segments if row.state is not ReviewState.DISMISSED]
        chosen = {row.id for row in self.parts.reviewing.chosen}
        recording = workspace.recording
        kinds = (
            (translate("Library", "The chosen segments"), [r for r in rows if r.id in chosen]),
            (
                translate("Library", "All of the selected recording"),
                [r for r in rows if recording is not None and r.recording_id == recording.id],
            ),
            (
                translate("Library", "All confirmed ones of the case"),
                [r for r in rows if r.state is ReviewState.CONFIRMED],
            ),
            (translate("Library", "All of the case"), rows),
        )
        return [Choice(text=text, segments=tuple(r.id for r in found)) for text, found in kinds]

    def _add(
        self,
        segments: tuple[int, ...],
        facts: Facts,
        duplicates: Duplicates,
        copy: bool,  # noqa: FBT001 (what the dialog says, in its order)
    ) -> None:
        from crimeview.jobs.library_add import AddOrder  # only here: it takes a while to load

        self._shelf.add(
            AddOrder(segments=segments, facts=facts, duplicates=duplicates, copy_clips=copy)
        )

    def _export(self) -> None:
        if self._shelf.library is not None:
            ask_for_new_folder(
                translate("Library", "Write what is listed as a package"),
                lambda folder: self._shelf.export(folder, with_clips=True),
                parent=self,
            )

    def _take_in(self) -> None:
        if self._shelf.library is not None:
            ask_for_package(
                translate("Library", "Take in a package"), self._import_package, parent=self
            )

    def _import_package(self, folder: Path) -> None:
        self._shelf.take_in(folder)

    def _find_similar(self) -> None:
        if self._shelf.entry is not None:
            self.parts.similar.of_entry(self._shelf.entry)
            self.parts.navigation.show("similar")

    def _remove(self) -> None:
        """Remove the chosen ones, once the person has said so again: nothing brings them back."""
        chosen = self._list.chosen
        if not chosen or not self._shelf.may_write:
            return
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setText(
            translate("Library", "Remove {segments} from the library?").format(
                segments=segments_text(len(chosen))
            )
        )
        box.setInformativeText(
            translate("Library", "Their copies of clips go with them. This cannot be undone.")
        )
        yes = box.addButton(translate("Library", "Remove"), QMessageBox.ButtonRole.DestructiveRole)
        no = box.addButton(translate("Library", "Cancel"), QMessageBox.ButtonRole.RejectRole)
        assert isinstance(no, QPushButton)
        box.setDefaultButton(no)
        box.buttonClicked.connect(
            lambda button: self._shelf.remove(chosen) if button is yes else None
        )
        box.open()
