"""What can be done wherever one is in the window."""

from collections.abc import Callable, Sequence
from functools import partial

from crimeview.core.edit import EditStacks
from crimeview.gui.commands import Actions, Command, Need
from crimeview.gui.dialogs import Dialogs
from crimeview.gui.page import Parts
from crimeview.gui.review_text import action_text
from crimeview.gui.settings import Language, Preferences, Theme
from crimeview.gui.text import translate


def menu_order() -> tuple[Sequence[str], Sequence[str]]:
    """The menus that come before those of the page that is shown, and those after them."""
    first = (
        translate("Window", "&File"),
        translate("Window", "&Edit"),
        translate("Window", "&View"),
        translate("Window", "&Go"),
    )
    last = (
        translate("Window", "&Analysis"),
        translate("Library", "&Library"),
        translate("Window", "&Help"),
    )
    return first, last


def file_commands(
    dialogs: Dialogs,
    parts: Parts,
    *,
    case_commands: Sequence[Command],
    show_settings: Callable[[], None],
    close: Callable[[], object],
) -> list[Command]:
    menu = translate("Window", "&File")
    workspace = parts.workspace

    def remove() -> None:
        if workspace.recording is not None:
            parts.reviewing.remove_recording(workspace.recording.id)

    return [
        Command(
            id="open-files",
            title=translate("Window", "&Open recordings…"),
            menu=menu,
            run=dialogs.open_files,
            shortcuts=("Ctrl+O",),
            icon="open-files",
        ),
        Command(
            id="open-folder",
            title=translate("Window", "Open a &folder…"),
            menu=menu,
            run=dialogs.open_folder,
            shortcuts=("Ctrl+Shift+O",),
            icon="open-folder",
        ),
        Command(
            id="open-case",
            title=translate("Window", "Open a &case…"),
            menu=menu,
            run=dialogs.open_case,
            shortcuts=("Ctrl+Alt+O",),
            icon="case",
            separated=True,
        ),
        Command(
            id="new-case",
            title=translate("Window", "&New case…"),
            menu=menu,
            run=dialogs.new_case,
            shortcuts=("Ctrl+N",),
        ),
        *case_commands,
        Command(
            id="remove-recording",
            title=translate("Window", "&Remove the recording from the case"),
            menu=menu,
            run=remove,
            shortcuts=("Del",),
            needs=Need.RECORDING | Need.AT_REST,
            separated=True,
        ),
        Command(
            id="settings",
            title=translate("Window", "&Settings…"),
            menu=menu,
            run=show_settings,
            shortcuts=("Ctrl+,",),
            separated=True,
        ),
        Command(
            id="quit",
            title=translate("Window", "&Quit"),
            menu=menu,
            run=close,
            shortcuts=("Ctrl+Q",),
            separated=True,
        ),
    ]


def edit_commands(parts: Parts) -> Sequence[Command]:
    reviewing = parts.reviewing
    menu = translate("Window", "&Edit")
    return (
        Command(
            id="undo",
            title=translate("Window", "&Undo"),
            menu=menu,
            run=reviewing.undo,
            shortcuts=("Ctrl+Z",),
            icon="undo",
            needs=Need.UNDO,
        ),
        Command(
            id="redo",
            title=translate("Window", "&Redo"),
            menu=menu,
            run=reviewing.redo,
            shortcuts=("Ctrl+Shift+Z", "Ctrl+Y"),
            icon="redo",
            needs=Need.REDO,
        ),
    )


def show_stacks(actions: Actions, stacks: EditStacks) -> None:
    """Say in the menu what would be undone and redone."""
    for command_id, action, plain in (
        ("undo", stacks.undo_action, translate("Window", "&Undo")),
        ("redo", stacks.redo_action, translate("Window", "&Redo")),
    ):
        title = f"{plain}: {action_text(action)}" if action is not None else plain
        actions.say(command_id, title)


def analysis_commands(parts: Parts, preferences: Preferences) -> list[Command]:
    menu = translate("Window", "&Analysis")
    analysis, workspace = parts.analysis, parts.workspace

    def again() -> None:
        if workspace.recording is not None:
            analysis.start([workspace.recording.path])

    def toggle() -> None:
        wanted = not preferences.settings.analyze_on_opening
        preferences.change(analyze_on_opening=wanted)

    return [
        Command(
            id="analyze",
            title=translate("Window", "&Analyze what is left"),
            menu=menu,
            run=analysis.resume,
            shortcuts=("Ctrl+R",),
            icon="analyze",
            needs=Need.PENDING,
        ),
        Command(
            id="stop-analysis",
            title=translate("Window", "&Stop"),
            menu=menu,
            run=analysis.stop,
            shortcuts=("Ctrl+.",),
            icon="stop",
            needs=Need.ANALYSIS,
        ),
        Command(
            id="analyze-again",
            title=translate("Window", "Analyze the &recording again"),
            menu=menu,
            run=again,
            needs=Need.RECORDING,
        ),
        Command(
            id="analyze-on-opening",
            title=translate("Window", "Analyze recordings when they are &opened"),
            menu=menu,
            run=toggle,
            checked=lambda: preferences.settings.analyze_on_opening,
            separated=True,
        ),
    ]


def view_commands(
    preferences: Preferences,
    *,
    set_theme: Callable[[Theme], None],
    set_language: Callable[[Language], None],
    toggle_full_screen: Callable[[], None],
    reset_layout: Callable[[], None],
) -> list[Command]:
    menu = translate("Window", "&View")
    full_screen = Command(
        id="full-screen",
        title=translate("Window", "&Full screen"),
        menu=menu,
        run=toggle_full_screen,
        shortcuts=("F11",),
        separated=True,
    )
    layout = Command(
        id="reset-layout",
        title=translate("Window", "&Everything where it was at first"),
        menu=menu,
        run=reset_layout,
    )
    themes = [
        Command(
            id=f"theme-{theme.value}",
            title=title,
            menu=menu,
            section=translate("Window", "&Theme"),
            run=partial(set_theme, theme),
            checked=partial(lambda t: preferences.settings.theme is t, theme),
        )
        for theme, title in (
            (Theme.DARK, translate("Window", "&Dark")),
            (Theme.LIGHT, translate("Window", "&Light")),
        )
    ]
    languages = [
        Command(
            id=f"language-{language.value}",
            title=title,
            menu=menu,
            section=translate("Window", "&Language"),
            run=partial(set_language, language),
            checked=partial(lambda c: preferences.settings.language is c, language),
        )
        for language, title in (
            (Language.SYSTEM, translate("Window", "&Same as the desktop")),
            (Language.ENGLISH, "&English"),  # languages are written in themselves
            (Language.KOREAN, "한국어(&K)"),
        )
    ]
    return [full_screen, layout, *themes, *languages]
