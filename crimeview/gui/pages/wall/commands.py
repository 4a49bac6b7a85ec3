"""The commands of the wall."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crimeview.gui.commands import Command, Need
from crimeview.gui.text import translate

SNOOZE_MINUTES = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WallActions:
    """What the commands do."""

    toggle: Callable[[], None]
    is_running: Callable[[], bool]
    add: Callable[[], None]
    change: Callable[[], None]
    zones: Callable[[], None]
    remove: Callable[[], None]
    enlarge: Callable[[], None]
    is_enlarged: Callable[[], bool]
    acknowledge: Callable[[], None]
    acknowledge_all: Callable[[], None]
    show_clip: Callable[[], None]
    rules: Callable[[], None]
    deliveries: Callable[[], None]
    recording: Callable[[], None]
    snooze: Callable[[], None]
    is_snoozed: Callable[[], bool]


def wall_commands(do: WallActions) -> Sequence[Command]:
    menu = translate("Wall", "&Wall")
    return (
        Command(
            id="wall-watch",
            title=translate("Wall", "&Watch the cameras"),
            menu=menu,
            run=do.toggle,
            shortcuts=("Space",),
            icon="play",
            needs=Need.CAMERA,
            checked=do.is_running,
        ),
        Command(
            id="wall-add",
            title=translate("Wall", "&Add a camera…"),
            menu=menu,
            run=do.add,
            shortcuts=("Insert", "Ctrl+Shift+A"),
            icon="camera-add",
            separated=True,
        ),
        Command(
            id="wall-change",
            title=translate("Wall", "&Change the camera…"),
            menu=menu,
            run=do.change,
            shortcuts=("F2",),
            icon="pencil",
            needs=Need.CAMERA,
        ),
        Command(
            id="wall-zones",
            title=translate("Wall", "&Zones of the camera…"),
            menu=menu,
            run=do.zones,
            shortcuts=("Z",),
            icon="region",
            needs=Need.CAMERA,
        ),
        Command(
            id="wall-remove",
            title=translate("Wall", "&Remove the camera from the wall"),
            menu=menu,
            run=do.remove,
            shortcuts=("Shift+Del",),
            needs=Need.CAMERA,
        ),
        Command(
            id="wall-enlarge",
            title=translate("Wall", "One camera on the full &screen"),
            menu=menu,
            run=do.enlarge,
            shortcuts=("F",),
            icon="fit",
            needs=Need.CAMERA,
            checked=do.is_enlarged,
        ),
        *_alarm_commands(menu, do),
    )


def _alarm_commands(menu: str, do: WallActions) -> Sequence[Command]:
    return (
        Command(
            id="wall-rules",
            title=translate("Wall", "Alarm &rules…"),
            menu=menu,
            run=do.rules,
            shortcuts=("R",),
            icon="rule",
            separated=True,
        ),
        Command(
            id="wall-deliveries",
            title=translate("Wall", "&Who is told of alarms…"),
            menu=menu,
            run=do.deliveries,
            shortcuts=("D",),
            icon="bell",
        ),
        Command(
            id="wall-recording",
            title=translate("Wall", "Recordin&g around alarms…"),
            menu=menu,
            run=do.recording,
            shortcuts=("G",),
        ),
        Command(
            id="wall-snooze",
            title=translate("Wall", "S&nooze all rules for 30 minutes"),
            menu=menu,
            run=do.snooze,
            shortcuts=("S",),
            icon="muted",
            checked=do.is_snoozed,
        ),
        Command(
            id="wall-acknowledge",
            title=translate("Wall", "&Acknowledge the alarm"),
            menu=menu,
            run=do.acknowledge,
            shortcuts=("A",),
            icon="confirmed",
            needs=Need.ALARM,
            separated=True,
        ),
        Command(
            id="wall-acknowledge-all",
            title=translate("Wall", "Acknowledge a&ll alarms"),
            menu=menu,
            run=do.acknowledge_all,
            shortcuts=("Shift+A",),
            needs=Need.ALARM,
        ),
        Command(
            id="wall-clip",
            title=translate("Wall", "Show the &clip of the alarm"),
            menu=menu,
            run=do.show_clip,
            shortcuts=("C",),
            icon="film",
            needs=Need.ALARM,
        ),
    )
