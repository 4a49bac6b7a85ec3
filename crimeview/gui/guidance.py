"""What helps a person to find and to remember: the palette, the keys, the log of the program."""

from collections.abc import Sequence

from PySide6.QtWidgets import QMainWindow

from crimeview.gui.command_search import entries_of
from crimeview.gui.commands import Actions, Command, key_texts
from crimeview.gui.key_bindings import KeyBindings
from crimeview.gui.language import code_of
from crimeview.gui.look import Look
from crimeview.gui.navigation import Navigation
from crimeview.gui.page import Page
from crimeview.gui.settings import Preferences
from crimeview.gui.tasks import Tasks
from crimeview.gui.text import translate
from crimeview.gui.tour import TourStop
from crimeview.gui.widgets.command_palette import CommandPalette
from crimeview.gui.widgets.guide_dialog import GuideDialog
from crimeview.gui.widgets.key_editor import KeyEditor
from crimeview.gui.widgets.log_dialog import LogDialog
from crimeview.gui.widgets.shortcut_sheet import ShortcutSheet
from crimeview.gui.widgets.tour_guide import TourGuide

_RECENT = 5  # commands
_PALETTE = "palette"


class Guidance:
    """Opens what is about the commands themselves, over a window."""

    def __init__(
        self,
        window: QMainWindow,
        *,
        bindings: KeyBindings,
        navigation: Navigation,
        look: Look,
        preferences: Preferences,
        tasks: Tasks,
    ) -> None:
        self._window = window
        self._bindings = bindings
        self._navigation = navigation
        self._look = look
        self._preferences = preferences
        self._tasks = tasks
        self._actions: Actions | None = None
        self._pages: Sequence[Page] = ()
        self._recent: Sequence[str] = ()
        bindings.changed.connect(self._bind)

    def use(self, actions: Actions, pages: Sequence[Page]) -> None:
        """Be about these actions and pages from now on."""
        self._actions = actions
        self._pages = pages

    def commands(self) -> Sequence[Command]:
        menu = translate("Window", "&Help")
        return (
            Command(
                id=_PALETTE,
                title=translate("Window", "&Find a command…"),
                menu=menu,
                run=self.show_palette,
                shortcuts=("Ctrl+Shift+P",),
                icon="find",
            ),
            Command(
                id="shortcuts",
                title=translate("Window", "&Keyboard shortcuts"),
                menu=menu,
                run=self.show_shortcuts,
                shortcuts=("?", "F1"),
                icon="keyboard",
            ),
            Command(
                id="edit-keys",
                title=translate("Window", "&Change keys…"),
                menu=menu,
                run=self.edit_keys,
            ),
            Command(
                id="guide",
                title=translate("Window", "&Guide"),
                menu=menu,
                run=self.show_guide,
                separated=True,
            ),
            Command(
                id="tour",
                title=translate("Window", "&Tour in five steps"),
                menu=menu,
                run=self.begin_tour,
            ),
            Command(
                id="show-log",
                title=translate("Window", "Show the &log…"),
                menu=menu,
                run=self.show_log,
                separated=True,
            ),
        )

    def show_palette(self) -> None:
        actions = self._present_actions
        CommandPalette(
            entries_of(actions),
            recent=self._recent,
            own_keys=actions.commands[_PALETTE].shortcuts,
            give=self._give,
            look=self._look,
            parent=self._window,
        ).open()

    def show_shortcuts(self) -> None:
        ShortcutSheet(
            self._present_actions.commands.values(),
            edit=self.edit_keys,
            look=self._look,
            parent=self._window,
        ).show()

    def edit_keys(self) -> None:
        KeyEditor(
            entries_of(self._present_actions), self._bindings, look=self._look, parent=self._window
        ).open()

    def begin_tour(self) -> None:
        """Tell of the first page that has something to tell, and of the commands."""
        if any(guide.isVisible() for guide in self._window.findChildren(TourGuide)):
            return
        page = self._pages[0]  # where everybody begins
        self._navigation.show(page.name)
        page.show_parts(shown=True)
        self._preferences.change(tour_taken=True)
        TourGuide(
            [*page.tour_stops(), self._last_stop()],
            ended=lambda: page.show_parts(shown=False),
            look=self._look,
            parent=self._window,
        ).begin()

    def _last_stop(self) -> TourStop:
        commands = self._present_actions.commands
        palette, sheet = (next(key_texts(commands[i]), "–") for i in (_PALETTE, "shortcuts"))
        return TourStop(
            title=translate("Tour", "Everything else"),
            text=translate(
                "Tour",
                "All commands are in these menus. {palette} finds one by a few letters, {sheet} "
                "shows all keys, and they can be changed. Help has this tour again.",
            ).format(palette=palette, sheet=sheet),
            target=self._window.menuBar,
        )

    def show_guide(self) -> None:
        for shown in self._window.findChildren(GuideDialog):
            shown.close()  # it may be in another language
        GuideDialog(
            code_of(self._preferences.settings.language),
            tasks=self._tasks,
            look=self._look,
            parent=self._window,
        ).show()

    def show_log(self) -> None:
        LogDialog(look=self._look, parent=self._window).open()

    @property
    def _present_actions(self) -> Actions:
        assert self._actions is not None, "the window is assembled"
        return self._actions

    def _give(self, command_id: str) -> None:
        """Give a command, on the page where it can be given."""
        others = [known for known in self._recent if known != command_id]
        self._recent = (command_id, *others)[:_RECENT]
        actions = self._present_actions
        page = actions.commands[command_id].page
        if page is not None:
            self._navigation.show(page)
        actions[command_id].trigger()

    def _bind(self) -> None:
        self._present_actions.bind(self._bindings.keys)
