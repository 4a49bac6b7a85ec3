"""`crimeview watch`."""

import argparse
import time
from contextlib import ExitStack, closing

from crimeview.cli.faults import tell
from crimeview.cli.signals import Stopped, stop_requests
from crimeview.cli.watch_output import Show, shown
from crimeview.core.address import camera_of
from crimeview.core.alarm_candidates import CandidateJudge, CandidateRule
from crimeview.core.errors import UsageError
from crimeview.jobs.models import default_models
from crimeview.jobs.watch import LiveStep, Watch, WatchSettings
from crimeview.store.case import open_case


def run_watch(args: argparse.Namespace) -> int:
    """Watch cameras until a signal comes, the time is over, or all files were played."""
    cameras = [camera_of(text, looped=args.loop) for text in args.addresses]
    if not cameras:
        raise UsageError("Give the address of a camera, as in entrance=rtsp://192.168.1.20/live.")
    models = default_models(violence=args.violence)
    with ExitStack() as stack:
        case = stack.enter_context(open_case(args.case)) if args.case else None
        watch = Watch(
            cameras,
            models=models,
            judge=CandidateJudge(CandidateRule(threshold=args.threshold)),
            settings=WatchSettings(violence=models.violence is not None, engine=args.engine),
            case=case,
        )
        show = stack.enter_context(shown(as_json=args.json))
        try:
            _drive(watch, show, seconds=args.seconds)
        except Stopped:
            tell("Stopped watching.")
            raise
    return 0


def _drive(watch: Watch, show: Show, *, seconds: float | None) -> None:
    """Watch for so many seconds, None for ever; raises Stopped when a signal comes."""
    until = time.monotonic() + seconds if seconds is not None else None
    with closing(watch.run()) as job, stop_requests() as request:
        for step in job:
            show(step.events if isinstance(step, LiveStep) else ())
            if request.number is not None:
                raise Stopped(request.number)
            if until is not None and time.monotonic() >= until:
                return
