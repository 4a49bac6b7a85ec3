"""`crimeview watch`."""

import argparse
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

from crimeview.cli.faults import tell
from crimeview.cli.review import user_name
from crimeview.cli.signals import Stopped, stop_requests
from crimeview.cli.watch_alarms import judging, tell_obstacles, tell_of_new
from crimeview.cli.watch_output import Show, shown
from crimeview.core.address import SourceKind, camera_of, kind_of
from crimeview.core.alarm_obstacles import LIVE_TRACKS, Scored
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.clip_order import ClipOrder
from crimeview.core.errors import ModelError, UsageError
from crimeview.core.files import is_file
from crimeview.core.job import Job
from crimeview.core.watching import Camera, Zone
from crimeview.jobs.live_cameras import cameras_to_watch, keep_cameras, move_secrets, whole_camera
from crimeview.jobs.live_rules import Wanted, unheard, wanted_by, with_theft
from crimeview.jobs.models import ModelPair, TheftWish, default_models
from crimeview.jobs.regions import parse_points
from crimeview.jobs.wall_changes import WallChanges
from crimeview.jobs.watch import LiveStep, Watch, WatchSettings
from crimeview.jobs.watch_case import MOST_CAMERAS
from crimeview.jobs.watched_camera import checked
from crimeview.store.case import Case, open_case
from crimeview.store.location import default_case_folder, is_case

_NO_CAMERA = "Give the address of a camera, as in entrance=rtsp://192.168.1.20/live."


def run_watch(args: argparse.Namespace) -> int:
    """Watch cameras until a signal comes, the time is over, or all files were played."""
    if args.remember and args.case is None:
        raise UsageError("Cameras are remembered in a case; add --case DIR.")
    if args.novelty and args.case is None:
        raise UsageError("What is usual for a camera is known to a case; add --case DIR.")
    given = [camera_of(text, looped=args.loop) for text in args.addresses]
    zones = [zone_of(text) for text in args.zones]
    models = default_models(violence=args.violence)
    with ExitStack() as stack:
        folder = args.case or (default_case_folder() if args.record else None)
        is_there = folder is not None and is_case(folder)
        if not given and not is_there:  # none is made for a mistyped name
            raise UsageError(_NO_CAMERA)
        case = stack.enter_context(open_case(folder)) if folder is not None else None
        wall = WallChanges(case) if case is not None and not given else None
        cameras = _cameras(given, zones, case, remember=args.remember)
        rules = case.alarms.rules() if case is not None else []
        wanted = wanted_by(rules)
        models, no_theft = _with_theft(models, args, wanted)
        violence = models.violence is not None
        tracks = LIVE_TRACKS if violence else LIVE_TRACKS - {AlarmTrack.VIOLENCE}
        tell_obstacles(rules, cameras, Scored(tracks=tracks))

        def taken_up(new: Sequence[AlarmRule]) -> None:
            learned = case.scenes.learned() if case is not None else None
            scored = Scored(tracks=tracks, learned=learned)
            tell_of_new(new, watch.cameras, scored, follows=models.theft is not None)

        judge, post = stack.enter_context(
            judging(case, threshold=args.threshold, taken_up=taken_up)
        )
        watch = Watch(
            cameras,
            models=models,
            judge=judge,
            settings=WatchSettings(
                violence=violence,
                novelty=wanted.novelty or None if args.novelty is None else args.novelty,
                theft=models.theft is not None,
                clips=_order(args, case),
                engine=args.engine,
            ),
            case=case,
            unheard=unheard(rules, cameras, no_theft=no_theft),
        )

        def changed() -> list[Camera] | None:
            others = wall.cameras() if wall is not None else None
            if others is None:
                return None
            return [_zoned(camera, zones) for camera in others[:MOST_CAMERAS]]

        show = stack.enter_context(shown(as_json=args.json))
        try:
            try:
                _drive(watch, post, show, changed=changed, seconds=args.seconds)
            finally:  # by Ctrl-C, too: who reads along learns how each alarm and clip has ended
                show((*judge.finish(), *watch.last_clips()))
        except Stopped:
            tell("Stopped watching.")
            raise
    return 0


def zone_of(text: str) -> tuple[str, Zone]:
    """What `CAMERA:NAME=X,Y X,Y X,Y` means: the camera's name and the zone; raises UsageError."""
    place, _, corners = text.rpartition("=")
    camera, _, name = place.rpartition(":")
    if not camera.strip() or not name.strip():
        raise UsageError(
            f"“{text}” is no zone; write it as in gate:door=0.1,0.2 0.5,0.2 0.5,0.9 0.1,0.9."
        )
    return camera.strip(), Zone(name=name.strip(), points=parse_points(corners))


def _cameras(
    given: list[Camera], zones: list[tuple[str, Zone]], case: Case | None, *, remember: bool
) -> list[Camera]:
    """Those that were given, or else those of the case, with their zones."""
    for camera in given:
        _check_file(camera)
    if case is not None:
        move_secrets(case)
        given = [whole_camera(case, camera) for camera in given]
    kept = cameras_to_watch(case) if case is not None else []
    cameras = [_zoned(camera, zones) for camera in checked(given or kept)]
    if not cameras:
        raise UsageError(_NO_CAMERA)
    names = {camera.name for camera in cameras}
    for name, zone in zones:
        if name not in names:
            raise UsageError(f"The zone “{zone.name}” is of a camera “{name}” that is not watched.")
    if case is not None and remember:
        others = [c for c in case.live.cameras() if c.name not in names]
        keep_cameras(case, [*others, *cameras], reviewer=user_name())
    return cameras


def _with_theft(
    models: ModelPair, args: argparse.Namespace, wanted: Wanted
) -> tuple[ModelPair, str | None]:
    """The models, with those that look for thefts if that is wanted; why not where they are not.

    Raises ModelError where it was asked for and cannot be.
    """
    if args.theft is False or not (args.theft or wanted.theft):
        return models, "it was told not to look for thefts."
    models, why = with_theft(models, TheftWish(detector=args.detector))
    if why is not None and args.theft:
        raise ModelError(why)
    if models.theft is not None and models.theft.people.detector is None:
        tell("There is no detector: what moves stands in for people.")
    return models, why


def _check_file(camera: Camera) -> None:
    """Raise UsageError where a file is to be played that is not there.

    A camera that cannot be reached may be so in a minute; a mistyped name stays mistyped.
    """
    if kind_of(camera.opened) is SourceKind.FILE:
        path = Path(camera.opened.removeprefix("file://"))
        if not is_file(path):
            raise UsageError(f"There is no file {path} to play as a camera; check its name.")


def _zoned(camera: Camera, zones: list[tuple[str, Zone]]) -> Camera:
    own = {zone.name: zone for name, zone in zones if name == camera.name}
    before = [zone for zone in camera.zones if zone.name not in own]
    return replace(camera, zones=(*before, *own.values()))


def _order(args: argparse.Namespace, case: Case | None) -> ClipOrder | None:
    """How clips are kept: as was said, or else as the case says; None where they are not."""
    known = case.live.recording(unless=None) if case is not None else None
    if case is None or not (args.record if args.record is not None else known is not None):
        return None
    order = known or ClipOrder()
    said = {"pre": args.pre, "post": args.post, "days": args.keep_days}
    if args.keep_gb is not None:
        said["most"] = round(args.keep_gb * 1e9)
    order = replace(order, **{name: value for name, value in said.items() if value is not None})
    if args.remember:
        case.live.set_recording(order)
    return order


def _drive(
    watch: Watch,
    post: Job[int],
    show: Show,
    *,
    changed: Callable[[], list[Camera] | None],
    seconds: float | None,
) -> None:
    """Watch for so many seconds, None for ever, and tell of alarms; raises Stopped at a signal.

    `changed` gives the cameras where others have changed them since.
    """
    until = time.monotonic() + seconds if seconds is not None else None
    with closing(watch.run()) as job, stop_requests() as request:
        for step in job:
            show(step.events if isinstance(step, LiveStep) else ())
            next(post, None)
            cameras = changed()
            if cameras is not None:
                if not cameras:
                    tell("The case has no cameras any more: nothing is left to watch.")
                    return
                watch.change(cameras)
            if request.number is not None:
                raise Stopped(request.number)
            if until is not None and time.monotonic() >= until:
                return
