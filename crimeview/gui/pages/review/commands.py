"""What can be done on the review page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from crimeview.gui.commands import Command, Need
from crimeview.gui.score_tracks import SCORE_TRACKS, SMOOTHINGS, ShownTracks
from crimeview.gui.text import translate
from crimeview.gui.workspace import Scope, Workspace

_JUMP = 5.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveCommands:
    """What can be done with the curve of scores."""

    zoom: Callable[[int], None]
    fit: Callable[[], None]
    show_rule: Callable[[], None]
    tracks: ShownTracks


def review_commands(
    workspace: Workspace, curve: CurveCommands, *, judging: Sequence[Command]
) -> Sequence[Command]:
    return (*_playback(workspace), *_segments(workspace), *judging, *_view(curve))


def _playback(workspace: Workspace) -> Sequence[Command]:
    playhead = workspace.playhead
    menu = translate("Review", "&Playback")
    needs = Need.RECORDING

    def jump(seconds: float) -> None:
        playhead.seek(playhead.position + seconds)

    return (
        Command(
            id="play",
            title=translate("Review", "Play or pause"),
            menu=menu,
            run=playhead.toggle,
            shortcuts=("Space",),
            icon="play",
            needs=needs,
        ),
        Command(
            id="shuttle-back",
            title=translate("Review", "Play backwards, faster at each press"),
            menu=menu,
            run=partial(playhead.shuttle, -1),
            shortcuts=("J",),
            needs=needs,
        ),
        Command(
            id="pause",
            title=translate("Review", "Pause"),
            menu=menu,
            run=playhead.pause,
            shortcuts=("K",),
            needs=needs,
        ),
        Command(
            id="shuttle-on",
            title=translate("Review", "Play forwards, faster at each press"),
            menu=menu,
            run=partial(playhead.shuttle, 1),
            shortcuts=("L",),
            needs=needs,
        ),
        Command(
            id="frame-back",
            title=translate("Review", "One frame back"),
            menu=menu,
            run=partial(playhead.step, -1),
            shortcuts=("Left",),
            icon="frame-back",
            needs=needs,
            separated=True,
        ),
        Command(
            id="frame-forward",
            title=translate("Review", "One frame forward"),
            menu=menu,
            run=partial(playhead.step, 1),
            shortcuts=("Right",),
            icon="frame-forward",
            needs=needs,
        ),
        Command(
            id="jump-back",
            title=translate("Review", "5 seconds back"),
            menu=menu,
            run=partial(jump, -_JUMP),
            shortcuts=("Shift+Left",),
            needs=needs,
        ),
        Command(
            id="jump-forward",
            title=translate("Review", "5 seconds forward"),
            menu=menu,
            run=partial(jump, _JUMP),
            shortcuts=("Shift+Right",),
            needs=needs,
        ),
        Command(
            id="to-start",
            title=translate("Review", "To the start"),
            menu=menu,
            run=lambda: playhead.seek(0.0),
            shortcuts=("Home",),
            needs=needs,
        ),
        Command(
            id="to-end",
            title=translate("Review", "To the end"),
            menu=menu,
            run=lambda: playhead.seek(playhead.end),
            shortcuts=("End",),
            needs=needs,
        ),
        Command(
            id="slower",
            title=translate("Review", "Slower"),
            menu=menu,
            run=partial(playhead.change_speed, -1),
            shortcuts=(",",),
            needs=needs,
            separated=True,
        ),
        Command(
            id="faster",
            title=translate("Review", "Faster"),
            menu=menu,
            run=partial(playhead.change_speed, 1),
            shortcuts=(".",),
            needs=needs,
        ),
    )


def _segments(workspace: Workspace) -> Sequence[Command]:
    menu = translate("Review", "&Segments")

    def toggle_scope() -> None:
        all_listed = workspace.scope is Scope.CASE
        workspace.set_scope(Scope.RECORDING if all_listed else Scope.CASE)

    return (
        Command(
            id="next-segment",
            title=translate("Review", "Next segment"),
            menu=menu,
            run=partial(workspace.step_segment, 1),
            shortcuts=("N",),
            icon="next",
            needs=Need.SEGMENTS,
        ),
        Command(
            id="previous-segment",
            title=translate("Review", "Previous segment"),
            menu=menu,
            run=partial(workspace.step_segment, -1),
            shortcuts=("P",),
            icon="previous",
            needs=Need.SEGMENTS,
        ),
        Command(
            id="all-segments",
            title=translate("Review", "List the segments of all recordings"),
            menu=menu,
            run=toggle_scope,
            shortcuts=("A",),
            checked=lambda: workspace.scope is Scope.CASE,
            separated=True,
        ),
    )


def _view(curve: CurveCommands) -> Sequence[Command]:
    menu = translate("Window", "&View")
    return (
        Command(
            id="zoom-in",
            title=translate("Review", "Zoom into the scores"),
            menu=menu,
            run=partial(curve.zoom, 1),
            shortcuts=("+", "="),
            icon="zoom-in",
            needs=Need.RECORDING,
        ),
        Command(
            id="zoom-out",
            title=translate("Review", "Zoom out"),
            menu=menu,
            run=partial(curve.zoom, -1),
            shortcuts=("-",),
            icon="zoom-out",
            needs=Need.RECORDING,
        ),
        Command(
            id="zoom-fit",
            title=translate("Review", "Show the whole recording"),
            menu=menu,
            run=curve.fit,
            shortcuts=("0",),
            icon="fit",
            needs=Need.RECORDING,
        ),
        Command(
            id="rule",
            title=translate("Review", "What counts as a &lead…"),
            menu=menu,
            run=curve.show_rule,
            shortcuts=("Ctrl+T",),
            icon="rule",
            needs=Need.RECORDING,
        ),
        *_curves(curve.tracks, menu),
    )


def _curves(tracks: ShownTracks, menu: str) -> Sequence[Command]:
    section = translate("Review", "S&mooth the curves")
    return (
        *(
            Command(
                id=f"show-{track.id}",
                title=track.command(),
                menu=menu,
                run=partial(tracks.toggle, track),
                shortcuts=(track.shortcut,),
                checked=partial(tracks.shows, track),
            )
            for track in SCORE_TRACKS
        ),
        *(
            Command(
                id=f"smooth-{seconds:g}",
                title=_smoothing_title(seconds),
                menu=menu,
                section=section,
                run=partial(tracks.smooth, seconds),
                checked=partial(_is_smoothing, tracks, seconds),
            )
            for seconds in SMOOTHINGS
        ),
    )


def _smoothing_title(seconds: float) -> str:
    if seconds == 0.0:
        return translate("Review", "As they are")
    return translate("Review", "Over {seconds} s").format(seconds=f"{seconds:g}")


def _is_smoothing(tracks: ShownTracks, seconds: float) -> bool:
    return tracks.smoothing == seconds
