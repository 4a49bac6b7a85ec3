"""What can be done with the picture: how it plays, how it is shown, saving it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from crimeview.gui.commands import Command, Need
from crimeview.gui.explaining import Explaining
from crimeview.gui.looping import Looping
from crimeview.gui.playhead import Playhead
from crimeview.gui.sound import Sound
from crimeview.gui.text import translate
from crimeview.gui.viewing import Viewing

_ZOOM = 1.5  # a press of the key
_STEP = 0.2  # of what is visible


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureTools:
    """What the commands are about."""

    viewing: Viewing
    looping: Looping
    sound: Sound
    adjust: Callable[[], None]
    save: Callable[[], None]
    side_by_side: Callable[[], None]
    toggle_caption: Callable[[], None]
    shows_caption: Callable[[], bool]


def picture_commands(playhead: Playhead, tools: PictureTools) -> Sequence[Command]:
    return (*_playing(playhead, tools), *_picture(tools))


def why_command(explaining: Explaining) -> Command:
    return Command(
        id="why",
        title=translate("Review", "&Why here?"),
        menu=translate("Review", "&Segments"),
        run=explaining.toggle,
        shortcuts=("Q",),
        icon="why",
        needs=Need.SEGMENT,
        checked=lambda: explaining.running or explaining.explanation is not None,
        separated=True,
    )


def _playing(playhead: Playhead, tools: PictureTools) -> Sequence[Command]:
    menu = translate("Review", "&Playback")
    looping, sound = tools.looping, tools.sound
    needs = Need.RECORDING
    return (
        Command(
            id="shuttle-slowly-back",
            title=translate("Review", "Play backwards, slower at each press"),
            menu=menu,
            run=partial(playhead.shuttle_slowly, -1),
            shortcuts=("Shift+J",),
            needs=needs,
            separated=True,
        ),
        Command(
            id="shuttle-slowly-on",
            title=translate("Review", "Play forwards, slower at each press"),
            menu=menu,
            run=partial(playhead.shuttle_slowly, 1),
            shortcuts=("Shift+L",),
            needs=needs,
        ),
        Command(
            id="repeat",
            title=translate("Review", "&Repeat the segment, or what is marked"),
            menu=menu,
            run=looping.toggle,
            shortcuts=("Y",),
            icon="repeat",
            needs=needs,
            checked=lambda: playhead.loop is not None,
            separated=True,
        ),
        Command(
            id="repeat-from",
            title=translate("Review", "Repeat from here"),
            menu=menu,
            run=looping.begin_here,
            shortcuts=("Z",),
            needs=needs,
        ),
        Command(
            id="repeat-until",
            title=translate("Review", "Repeat until here"),
            menu=menu,
            run=looping.end_here,
            shortcuts=("X",),
            needs=needs,
        ),
        Command(
            id="mute",
            title=translate("Review", "&Mute"),
            menu=menu,
            run=lambda: sound.mute(muted=not sound.muted),
            shortcuts=("Ctrl+Shift+M",),
            icon="sound",
            needs=Need.SOUND,
            checked=lambda: sound.muted,
            separated=True,
        ),
    )


def _picture(tools: PictureTools) -> Sequence[Command]:
    menu = translate("Review", "P&icture")
    viewing = tools.viewing

    def command(
        name: str, title: str, run: Callable[[], object], *keys: str, separated: bool = False
    ) -> Command:
        return Command(
            id=name,
            title=title,
            menu=menu,
            run=run,
            shortcuts=keys,
            needs=Need.RECORDING,
            separated=separated,
        )

    return (
        Command(
            id="save-picture",
            title=translate("Review", "&Save the picture…"),
            menu=menu,
            run=tools.save,
            shortcuts=("Ctrl+S",),
            icon="camera",
            needs=Need.RECORDING,
        ),
        Command(
            id="adjust-picture",
            title=translate("Review", "&Light and lines…"),
            menu=menu,
            run=tools.adjust,
            shortcuts=("Ctrl+L",),
            icon="adjust",
            needs=Need.RECORDING,
        ),
        Command(
            id="side-by-side",
            title=translate("Review", "Side &by side…"),
            menu=menu,
            run=tools.side_by_side,
            shortcuts=("B",),
            icon="side-by-side",
            needs=Need.RECORDING,
        ),
        Command(
            id="show-caption",
            title=translate("Review", "Show time and score &over it"),
            menu=menu,
            run=tools.toggle_caption,
            shortcuts=("Ctrl+I",),
            needs=Need.RECORDING,
            checked=tools.shows_caption,
        ),
        command(
            "closer",
            translate("Review", "Look closer"),
            partial(viewing.zoom, _ZOOM),
            "Ctrl++",
            "Ctrl+=",
            separated=True,
        ),
        command(
            "less-close",
            translate("Review", "Look less closely"),
            partial(viewing.zoom, 1 / _ZOOM),
            "Ctrl+-",
        ),
        command("whole-picture", translate("Review", "The whole picture"), viewing.fit, "Ctrl+0"),
        command(
            "look-left",
            translate("Review", "Look further to the left"),
            partial(viewing.move, -_STEP, 0.0),
            "Ctrl+Left",
        ),
        command(
            "look-right",
            translate("Review", "Look further to the right"),
            partial(viewing.move, _STEP, 0.0),
            "Ctrl+Right",
        ),
        command(
            "look-up",
            translate("Review", "Look further up"),
            partial(viewing.move, 0.0, -_STEP),
            "Ctrl+Up",
        ),
        command(
            "look-down",
            translate("Review", "Look further down"),
            partial(viewing.move, 0.0, _STEP),
            "Ctrl+Down",
        ),
        command(
            "turn-left",
            translate("Review", "Turn left"),
            partial(viewing.turn, -1),
            "Alt+Left",
            separated=True,
        ),
        command(
            "turn-right", translate("Review", "Turn right"), partial(viewing.turn, 1), "Alt+Right"
        ),
        command(
            "plain-picture",
            translate("Review", "The picture as it is"),
            viewing.reset,
            "Ctrl+Alt+0",
        ),
    )
