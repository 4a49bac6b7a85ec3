"""`crimeview watch`."""

import argparse
import time
from contextlib import ExitStack, closing
from dataclasses import replace

from crimeview.cli.faults import tell
from crimeview.cli.signals import Stopped, stop_requests
from crimeview.cli.watch_alarms import judging
from crimeview.cli.watch_output import Show, shown
from crimeview.core.address import camera_of
from crimeview.core.clip_order import ClipOrder
from crimeview.core.errors import UsageError
from crimeview.core.job import Job
from crimeview.core.watching import Camera, Zone
from crimeview.jobs.live_cameras import keep_cameras, kept_cameras
from crimeview.jobs.models import default_models
from crimeview.jobs.regions import parse_points
from crimeview.jobs.watch import LiveStep, Watch, WatchSettings
from crimeview.jobs.watched_camera import checked
from crimeview.store.case import Case, open_case
from crimeview.store.location import default_case_folder


def run_watch(args: argparse.Namespace) -> int:
    """Watch cameras until a signal comes, the time is over, or all files were played."""
    if args.remember and args.case is None:
        raise UsageError("Cameras are remembered in a case; add --case DIR.")
    given = [camera_of(text, looped=args.loop) for text in args.addresses]
    zones = [zone_of(text) for text in args.zones]
    models = default_models(violence=args.violence)
    with ExitStack() as stack:
        folder = args.case or (default_case_folder() if args.record else None)
        case = stack.enter_context(open_case(folder)) if folder is not None else None
        cameras = _cameras(given, zones, case, remember=args.remember)
        judge, post = stack.enter_context(judging(case, threshold=args.threshold))
        watch = Watch(
            cameras,
            models=models,
            judge=judge,
            settings=WatchSettings(
                violence=models.violence is not None,
                clips=_order(args) if args.record else None,
                engine=args.engine,
            ),
            case=case,
        )
        show = stack.enter_context(shown(as_json=args.json))
        try:
            _drive(watch, post, show, seconds=args.seconds)
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
    kept = kept_cameras(case) if case is not None else []
    cameras = [_zoned(camera, zones) for camera in checked(given or kept)]
    if not cameras:
        raise UsageError("Give the address of a camera, as in entrance=rtsp://192.168.1.20/live.")
    names = {camera.name for camera in cameras}
    for name, zone in zones:
        if name not in names:
            raise UsageError(f"The zone “{zone.name}” is of a camera “{name}” that is not watched.")
    if case is not None and remember:
        keep_cameras(case, [*(c for c in kept if c.name not in names), *cameras])
    return cameras


def _zoned(camera: Camera, zones: list[tuple[str, Zone]]) -> Camera:
    own = {zone.name: zone for name, zone in zones if name == camera.name}
    before = [zone for zone in camera.zones if zone.name not in own]
    return replace(camera, zones=(*before, *own.values()))


def _order(args: argparse.Namespace) -> ClipOrder:
    return ClipOrder(
        pre=args.pre, post=args.post, days=args.keep_days, most=round(args.keep_gb * 1e9)
    )


def _drive(watch: Watch, post: Job[int], show: Show, *, seconds: float | None) -> None:
    """Watch for so many seconds, None for ever, and tell of alarms; raises Stopped at a signal."""
    until = time.monotonic() + seconds if seconds is not None else None
    with closing(watch.run()) as job, stop_requests() as request:
        for step in job:
            show(step.events if isinstance(step, LiveStep) else ())
            next(post, None)
            if request.number is not None:
                raise Stopped(request.number)
            if until is not None and time.monotonic() >= until:
                return
