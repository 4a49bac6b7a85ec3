"""What can be done with time: the camera's clock, pictures along it, what really happened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crimeview.gui.commands import Command, Need
from crimeview.gui.text import translate


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeTools:
    """What the commands are about."""

    edit_clock: Callable[[], None]
    load_truth: Callable[[], None]
    take_truth_away: Callable[[], None]
    toggle_film: Callable[[], None]
    shows_film: Callable[[], bool]
    toggle_wall_axis: Callable[[], None]
    shows_wall_axis: Callable[[], bool]


def timeline_commands(tools: TimeTools) -> Sequence[Command]:
    view = translate("Window", "&View")
    return (
        Command(
            id="show-wall-clock",
            title=translate("Review", "Camera &time along the scores"),
            menu=view,
            run=tools.toggle_wall_axis,
            shortcuts=("Ctrl+Shift+T",),
            checked=tools.shows_wall_axis,
            separated=True,
        ),
        Command(
            id="show-film",
            title=translate("Review", "&Pictures along the scores"),
            menu=view,
            run=tools.toggle_film,
            shortcuts=("Ctrl+Shift+F",),
            checked=tools.shows_film,
        ),
        Command(
            id="edit-clock",
            title=translate("Review", "&Camera and time…"),
            menu=translate("Window", "&Analysis"),
            run=tools.edit_clock,
            shortcuts=("Ctrl+K",),
            icon="clock",
            needs=Need.RECORDING,
            separated=True,
        ),
        Command(
            id="load-truth",
            title=translate("Review", "Load &ground truth…"),
            menu=translate("Window", "&Analysis"),
            run=tools.load_truth,
            shortcuts=("Ctrl+Shift+L",),
            needs=Need.RECORDING,
        ),
        Command(
            id="take-truth-away",
            title=translate("Review", "Take ground truth a&way"),
            menu=translate("Window", "&Analysis"),
            run=tools.take_truth_away,
            needs=Need.RECORDING,
        ),
    )
