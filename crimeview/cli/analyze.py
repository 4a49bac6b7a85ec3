"""`crimeview analyze`."""

import argparse
import shlex
from collections.abc import Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path

from crimeview.cli.drive import drive, print_json
from crimeview.cli.faults import tell
from crimeview.cli.skip_words import skip_text
from crimeview.core.errors import UsageError
from crimeview.core.look import SkipReport
from crimeview.core.recording import RecordingState
from crimeview.jobs.analyze import AnalyzeSettings, Outcome, analyze
from crimeview.jobs.models import (
    ENCODER,
    SCORER,
    ModelPair,
    ObjectsWish,
    TheftWish,
    default_models,
)
from crimeview.store.case import open_case
from crimeview.store.location import default_case_folder
from crimeview.video.discover import find_videos


def run_analyze(args: argparse.Namespace) -> int:
    """Analyze files and folders into a case; 0 if all of them are done, else 1.

    A folder without a video counts as failed: it may be a disk that is not connected.
    """
    paths: Sequence[Path] = args.paths
    found = {path: find_videos([path]) for path in paths}
    videos = list(dict.fromkeys(chain.from_iterable(found.values())))
    if not videos:
        raise UsageError("There is no video file in " + ", ".join(map(str, paths)) + ".")
    folder = args.case or default_case_folder()
    classes = args.novelty and args.classes is not False
    if not args.theft and not classes and (args.detector or args.tiles):
        raise UsageError(
            "--detector and --tiles say how people and objects are found; leave --no-classes and "
            "--no-novelty out, or add --theft."
        )
    wish = TheftWish(detector=args.detector, tiles=args.tiles) if args.theft else None
    models = default_models(
        encoder=args.encoder or ENCODER,
        scorer=args.scorer or SCORER,
        violence=args.violence,
        theft=wish,
        objects=_objects(args) if classes else None,
    )
    _tell_of_theft(models)
    settings = AnalyzeSettings(
        step=args.stride,
        gate=args.gate,
        novelty=args.novelty,
        engine=args.engine,
        precision=args.precision,
        lanes=args.at_once,
    )
    outcomes = analyze_into(folder, videos, models=models, settings=settings, as_json=args.json)
    empty = [path for path, videos_there in found.items() if not videos_there]
    for path in empty:
        tell(f"There is no video file in {path}.")
    if args.json:
        for outcome in outcomes:
            print_json(_as_json(outcome))
    else:
        for outcome in outcomes:
            tell(outcome.message)
            if outcome.skip is not None and (text := skip_text(outcome.skip)):
                tell(text)
        if any(o.state is not RecordingState.FAILED for o in outcomes):
            option = f" --case {shlex.quote(str(args.case))}" if args.case else ""
            tell(f"The results are in {folder}. List them: crimeview segments{option}")
    return 0 if not empty and all(o.state is RecordingState.DONE for o in outcomes) else 1


def _tell_of_theft(models: ModelPair) -> None:
    """What theft by pose is worth, before hours are spent on it."""
    if models.theft is None:
        return
    tell(
        "What theft finds moves like staged thefts in one shop: a hint at where to look, not "
        "shown to find thefts in real stores."
    )
    if models.theft.people.detector is None:
        tell(
            "There is no detector of people, so what moves stands in for them (motion regions); "
            "import one with: crimeview models import FILE.onnx"
        )


def _objects(args: argparse.Namespace) -> ObjectsWish:
    needed = args.classes is True or args.detector is not None
    return ObjectsWish(detector=args.detector, tiles=args.tiles, needed=needed)


def analyze_into(
    folder: Path,
    videos: Sequence[Path],
    *,
    models: ModelPair,
    as_json: bool,
    settings: AnalyzeSettings | None = None,
) -> list[Outcome]:
    """Analyze into the case at `folder`, showing progress."""
    with open_case(folder) as case:
        return drive(
            analyze(videos, case=case, models=models, settings=settings),
            if_stopped="Stopped. What is done is kept; "
            "give the same command again to go on from there.",
            as_json=as_json,
        )


def _as_json(outcome: Outcome) -> dict[str, object]:
    return {
        "type": "outcome",
        "recording": str(outcome.path),
        "recording_id": outcome.recording_id,
        "state": outcome.state.value,
        "message": outcome.message,
        "segments": outcome.segments,
        "skip": _skip_json(outcome.skip) if outcome.skip is not None else None,
    }


def _skip_json(report: SkipReport) -> dict[str, object]:
    fields = asdict(report) | {"skipped": round(report.skipped, 4)}
    return fields | {"refusal": report.refusal.value if report.refusal is not None else None}
