"""What can be done on the page of similar segments."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from crimeview.gui.commands import Command, Need
from crimeview.gui.playhead import Playhead
from crimeview.gui.text import translate


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultCommands:
    """What can be done with the current result."""

    relevant: Callable[[], None]
    irrelevant: Callable[[], None]
    forget: Callable[[], None]
    step: Callable[[int], None]
    show_on_map: Callable[[], None]
    choose_file: Callable[[], None]
    stop: Callable[[], None]


def similar_commands(results: ResultCommands, playhead: Playhead) -> Sequence[Command]:
    menu = translate("Similar", "S&imilar")
    table = (
        ("similar-file", translate("Similar", "Look for what is like a file…"),
         results.choose_file, "F", "open-files"),
        ("similar-next", translate("Similar", "Next result"), partial(results.step, 1),
         "N", "next"),
        ("similar-previous", translate("Similar", "Previous result"), partial(results.step, -1),
         "P", "previous"),
        ("similar-relevant", translate("Similar", "This is relevant"), results.relevant,
         "R", "confirmed"),
        ("similar-not", translate("Similar", "This is not relevant"), results.irrelevant,
         "X", "dismissed"),
        ("similar-map", translate("Similar", "Show the results on the map"), results.show_on_map,
         "M", "map"),
        ("similar-forget", translate("Similar", "Take back all of that"), results.forget,
         "Ctrl+Backspace", "undo"),
        ("similar-play", translate("Similar", "Play or pause both"), playhead.toggle,
         "Space", "play"),
        ("similar-back", translate("Similar", "Both one frame back"), partial(playhead.step, -1),
         "Left", "frame-back"),
        ("similar-forward", translate("Similar", "Both one frame forward"),
         partial(playhead.step, 1), "Right", "frame-forward"),
        ("similar-stop", translate("Similar", "Stop looking"), results.stop, "Esc", "stop"),
    )  # fmt: skip
    return tuple(
        Command(
            id=name,
            title=title,
            menu=menu,
            run=run,
            shortcuts=(key,),
            icon=icon,
            needs=Need.RESULTS if name == "similar-map" else Need.NOTHING,
            separated=name in ("similar-relevant", "similar-play"),
        )
        for name, title, run, key, icon in table
    )
