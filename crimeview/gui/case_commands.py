"""What can be done with a case as a whole."""

from collections.abc import Callable, Sequence

from crimeview.core.review import ReviewState
from crimeview.gui.case_files import RECENT, CaseFiles
from crimeview.gui.commands import Actions, Command, Need
from crimeview.gui.dialogs import Dialogs
from crimeview.gui.missing import Missing
from crimeview.gui.opening import Opening
from crimeview.gui.text import translate

_DECIDED = (ReviewState.DISMISSED, ReviewState.CONFIRMED)


def recent_commands(cases: CaseFiles, opening: Opening) -> Sequence[Command]:
    """Places for the cases that were opened lately; `show_recent` says which they are."""
    menu, section = translate("Window", "&File"), translate("Window", "&Recent cases")

    def open_number(number: int) -> None:
        if number < len(cases.recent):
            opening.open_case(cases.recent[number])

    return tuple(
        Command(
            id=_recent_id(number),
            title="",
            menu=menu,
            section=section,
            run=lambda number=number: open_number(number),  # type: ignore[misc]
        )
        for number in range(RECENT)
    )


def show_recent(actions: Actions, cases: CaseFiles) -> None:
    """Bring the recent cases in the menu up to date."""
    recent = cases.recent
    for number in range(RECENT):
        known = number < len(recent)
        title = f"&{number + 1}  {_short(str(recent[number]))}" if known else ""
        actions.say(_recent_id(number), title)
    actions.offer({_recent_id(number): number < len(recent) for number in range(RECENT)})


def case_commands(
    dialogs: Dialogs,
    cases: CaseFiles,
    missing: Missing,
    *,
    show_case_settings: Callable[[], None],
) -> Sequence[Command]:
    menu = translate("Window", "&File")

    def find_missing() -> None:
        title = translate("Dialogs", "Choose a folder that may hold the missing recordings")
        dialogs.ask_folder(title, lambda paths: missing.relink(paths))

    def export() -> None:
        title = translate("Dialogs", "Choose a folder for the clips and their labels")
        dialogs.ask_folder(title, lambda paths: cases.export_labels(paths[0], states=_DECIDED))

    return (
        Command(
            id="case-settings",
            title=translate("Window", "Case &settings…"),
            menu=menu,
            run=show_case_settings,
            shortcuts=("Ctrl+Shift+,",),
        ),
        Command(
            id="find-missing",
            title=translate("Window", "Find &missing recordings…"),
            menu=menu,
            run=find_missing,
            icon="link",
            needs=Need.MISSING,
        ),
        Command(
            id="export-labels",
            title=translate("Window", "&Export decisions for training…"),
            menu=menu,
            run=export,
            shortcuts=("Ctrl+E",),
        ),
    )


def _recent_id(number: int) -> str:
    return f"recent-case-{number + 1}"


def _short(path: str, most: int = 60) -> str:
    """A path with its middle left out where it is long."""
    text = path if len(path) <= most else f"{path[: most // 3]}…{path[-most * 2 // 3 :]}"
    return text.replace("&", "&&")
