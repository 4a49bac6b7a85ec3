"""What can be done with the library and with likeness wherever one is in the window."""

from collections.abc import Sequence

from crimeview.gui.commands import Command, Need
from crimeview.gui.page import Parts
from crimeview.gui.text import translate


def library_commands(parts: Parts) -> Sequence[Command]:
    menu = translate("Library", "&Library")
    return (
        Command(
            id="find-similar",
            title=translate("Library", "Find what is &like this segment or span"),
            menu=menu,
            run=lambda: find_similar(parts),
            shortcuts=("Ctrl+D",),
            icon="similar",
            needs=Need.RECORDING,
        ),
        Command(
            id="find-similar-file",
            title=translate("Library", "Find what is like a &file…"),
            menu=menu,
            run=lambda: _ask_for_file(parts),
            shortcuts=("Ctrl+Shift+D",),
        ),
    )


def _ask_for_file(parts: Parts) -> None:
    parts.navigation.show("similar")
    parts.similar.file_wanted.emit()


def find_similar(parts: Parts) -> None:
    """Look for what is like the marked span, or else the selected segment."""
    workspace = parts.workspace
    recording, playhead = workspace.recording, workspace.playhead
    if recording is None:
        return
    if playhead.mark is not None and playhead.mark != playhead.position:
        span = (min(playhead.mark, playhead.position), max(playhead.mark, playhead.position))
    elif workspace.segment is not None:
        span = (workspace.segment.segment.start, workspace.segment.segment.end)
    else:
        workspace.noticed.emit(
            translate(
                "Library",
                "Select a segment, or mark where a span begins (key {key}) and go to its end.",
            ).format(key=parts.keys.said("mark-start"))
        )
        return
    parts.shelf.begin()
    parts.similar.of_span(recording, span)
    parts.navigation.show("similar")
