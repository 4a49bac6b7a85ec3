"""What can be done to segments on the review page, all of it by keyboard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt

from crimeview.core.review import KINDS, ReviewState
from crimeview.gui.commands import Command, Need
from crimeview.gui.review_text import kind_text
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.settings import Preferences
from crimeview.gui.text import translate
from crimeview.gui.widgets.segment_panel import SegmentPanel


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelCommands:
    """What can be done with the list of segments and the card of the selected one."""

    edit_kind: Callable[[], None]
    edit_tags: Callable[[], None]
    edit_note: Callable[[], None]
    find: Callable[[], None]
    list_all: Callable[[], None]
    only_new: Callable[[], None]
    shows_only_new: Callable[[], bool]
    reverse: Callable[[], None]
    next_order: Callable[[], None]
    choose_all: Callable[[], None]
    extend: Callable[[int], None]


def panel_commands(panel: Callable[[], SegmentPanel]) -> PanelCommands:
    """What the panel can do, which is made later than the commands."""
    focus = Qt.FocusReason.ShortcutFocusReason
    return PanelCommands(
        edit_kind=lambda: panel().card.kind.setFocus(focus),
        edit_tags=lambda: panel().card.tags.setFocus(focus),
        edit_note=lambda: panel().card.note.setFocus(focus),
        find=lambda: panel().filters.look_for(),
        list_all=lambda: panel().filters.list_all(),
        only_new=lambda: panel().filters.toggle_only_new(),
        shows_only_new=lambda: panel().filters.shows_only_new(),
        reverse=lambda: panel().filters.reverse(),
        next_order=lambda: panel().filters.sort_by_next(),
        choose_all=lambda: panel().list.choose_all(),
        extend=lambda steps: panel().list.extend(steps),
    )


def judging_commands(
    reviewing: Reviewing, panel: PanelCommands, preferences: Preferences
) -> Sequence[Command]:
    return (
        *_decisions(reviewing, preferences),
        *_words(reviewing, panel),
        *_shapes(reviewing),
        *_listing(panel),
    )


def _decisions(reviewing: Reviewing, preferences: Preferences) -> Sequence[Command]:
    menu = translate("Review", "&Review")
    commands = [
        Command(
            id=f"review-{state.value}",
            title=title,
            menu=menu,
            run=partial(reviewing.judge, state),
            shortcuts=(key,),
            icon=icon,
            needs=Need.SEGMENT,
        )
        for state, title, key, icon in (
            (ReviewState.CONFIRMED, translate("Review", "Confirm"), "C", "confirmed"),
            (ReviewState.UNSURE, translate("Review", "Unsure"), "U", "unsure"),
            (ReviewState.DISMISSED, translate("Review", "Dismiss"), "D", "dismissed"),
            (ReviewState.NEW, translate("Review", "Back to new"), "Backspace", "new"),
        )
    ]

    def toggle_advance() -> None:
        preferences.change(advance=not preferences.settings.advance)

    return (
        *commands,
        Command(
            id="advance",
            title=translate("Review", "Go on to the next new one after a decision"),
            menu=menu,
            run=toggle_advance,
            checked=lambda: preferences.settings.advance,
        ),
        Command(
            id="next-new",
            title=translate("Review", "Next segment to review"),
            menu=menu,
            run=partial(reviewing.step_unreviewed, 1),
            shortcuts=("Shift+N",),
            icon="next-new",
            needs=Need.SEGMENTS,
            separated=True,
        ),
        Command(
            id="previous-new",
            title=translate("Review", "Previous segment to review"),
            menu=menu,
            run=partial(reviewing.step_unreviewed, -1),
            shortcuts=("Shift+P",),
            needs=Need.SEGMENTS,
        ),
    )


def _words(reviewing: Reviewing, panel: PanelCommands) -> Sequence[Command]:
    menu = translate("Review", "&Review")
    kinds = [
        Command(
            id=f"kind-{kind}",
            title=kind_text(kind),
            menu=menu,
            section=translate("Review", "&Type"),
            run=partial(reviewing.name, kind),
            shortcuts=(str(number),) if number <= 9 else (),
            needs=Need.SEGMENT,
        )
        for number, kind in enumerate(KINDS, start=1)
    ]
    return (
        *kinds,
        Command(
            id="kind-none",
            title=translate("Review", "No type"),
            menu=menu,
            section=translate("Review", "&Type"),
            run=partial(reviewing.name, None),
            shortcuts=("Shift+T",),
            needs=Need.SEGMENT,
        ),
        Command(
            id="edit-kind",
            title=translate("Review", "Write the type"),
            menu=menu,
            run=panel.edit_kind,
            shortcuts=("T",),
            needs=Need.SEGMENT,
            separated=True,
        ),
        Command(
            id="edit-tags",
            title=translate("Review", "Write tags"),
            menu=menu,
            run=panel.edit_tags,
            shortcuts=("G",),
            needs=Need.SEGMENT,
        ),
        Command(
            id="edit-note",
            title=translate("Review", "Write a note"),
            menu=menu,
            run=panel.edit_note,
            shortcuts=("M",),
            icon="pencil",
            needs=Need.SEGMENT,
        ),
    )


def _shapes(reviewing: Reviewing) -> Sequence[Command]:
    menu = translate("Review", "&Segments")
    segment, recording = Need.SEGMENT, Need.RECORDING
    table = (
        ("mark-start", translate("Review", "A segment of yours begins here"), reviewing.set_mark,
         "[", recording),
        ("mark-end", translate("Review", "… and ends here"), reviewing.end_mark, "]", recording),
        ("forget-mark", translate("Review", "Forget where it begins"), reviewing.clear_mark,
         "Esc", recording),
        ("trim-start", translate("Review", "Begin the segment here"), reviewing.trim_start,
         "Alt+[", segment),
        ("trim-end", translate("Review", "End the segment here"), reviewing.trim_end,
         "Alt+]", segment),
        ("split", translate("Review", "Split the segment here"), reviewing.split, "S", segment),
        ("merge", translate("Review", "Merge with the next, or all chosen ones"), reviewing.merge,
         "Ctrl+M", segment),
        ("delete-review", translate("Review", "Delete your segment, or what you said of it"),
         reviewing.delete, "Shift+Del", segment),
    )  # fmt: skip
    return tuple(
        Command(
            id=name,
            title=title,
            menu=menu,
            run=run,
            shortcuts=(key,),
            needs=needs,
            separated=name in ("mark-start", "trim-start"),
        )
        for name, title, run, key, needs in table
    )


def _listing(panel: PanelCommands) -> Sequence[Command]:
    menu = translate("Review", "&Segments")
    return (
        Command(
            id="find-segments",
            title=translate("Review", "Find segments"),
            menu=menu,
            run=panel.find,
            shortcuts=("Ctrl+F",),
            icon="find",
            separated=True,
        ),
        Command(
            id="only-new",
            title=translate("Review", "List only new ones"),
            menu=menu,
            run=panel.only_new,
            shortcuts=("W",),
            checked=panel.shows_only_new,
        ),
        Command(
            id="list-everything",
            title=translate("Review", "List everything again"),
            menu=menu,
            run=panel.list_all,
            shortcuts=("Shift+W",),
        ),
        Command(
            id="next-order",
            title=translate("Review", "Sort by the next column"),
            menu=menu,
            run=panel.next_order,
            shortcuts=("O",),
        ),
        Command(
            id="reverse-order",
            title=translate("Review", "Reverse the order"),
            menu=menu,
            run=panel.reverse,
            shortcuts=("Shift+O",),
        ),
        Command(
            id="choose-all",
            title=translate("Review", "Choose all listed segments"),
            menu=menu,
            run=panel.choose_all,
            shortcuts=("Ctrl+A",),
            needs=Need.SEGMENTS,
            separated=True,
        ),
        Command(
            id="choose-next",
            title=translate("Review", "Choose the next one too"),
            menu=menu,
            run=partial(panel.extend, 1),
            shortcuts=("Shift+Down",),
            needs=Need.SEGMENTS,
        ),
        Command(
            id="choose-previous",
            title=translate("Review", "Choose the previous one too"),
            menu=menu,
            run=partial(panel.extend, -1),
            shortcuts=("Shift+Up",),
            needs=Need.SEGMENTS,
        ),
    )
