"""`crimeview analyze`."""

import shlex
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from crimeview.cli.drive import drive, print_json
from crimeview.cli.faults import tell
from crimeview.core.errors import UsageError
from crimeview.core.recording import RecordingState
from crimeview.jobs.analyze import Outcome, analyze
from crimeview.jobs.models import ENCODER, SCORER, ModelPair, default_models
from crimeview.store.case import open_case
from crimeview.store.location import default_case_folder
from crimeview.video.discover import find_videos


def run_analyze(
    paths: Sequence[Path],
    *,
    case_folder: Path | None,
    encoder: str | None,
    scorer: str | None,
    violence: bool | None,
    as_json: bool,
) -> int:
    """Analyze files and folders into a case; 0 if all of them are done, else 1.

    `encoder` and `scorer` name models to use instead of the default ones, `violence` says whether
    its probability is wanted (None: if there is a model for it). A folder without a video
    counts as failed: it may be a disk that is not connected.
    """
    found = {path: find_videos([path]) for path in paths}
    videos = list(dict.fromkeys(chain.from_iterable(found.values())))
    if not videos:
        raise UsageError("There is no video file in " + ", ".join(map(str, paths)) + ".")
    folder = case_folder or default_case_folder()
    models = default_models(encoder=encoder or ENCODER, scorer=scorer or SCORER, violence=violence)
    outcomes = analyze_into(folder, videos, models=models, as_json=as_json)
    empty = [path for path, videos_there in found.items() if not videos_there]
    for path in empty:
        tell(f"There is no video file in {path}.")
    if as_json:
        for outcome in outcomes:
            print_json(_as_json(outcome))
    else:
        for outcome in outcomes:
            tell(outcome.message)
        if any(o.state is not RecordingState.FAILED for o in outcomes):
            option = f" --case {shlex.quote(str(case_folder))}" if case_folder else ""
            tell(f"The results are in {folder}. List them: crimeview segments{option}")
    return 0 if not empty and all(o.state is RecordingState.DONE for o in outcomes) else 1


def analyze_into(
    folder: Path, videos: Sequence[Path], *, models: ModelPair, as_json: bool
) -> list[Outcome]:
    """Analyze into the case at `folder`, showing progress."""
    with open_case(folder) as case:
        return drive(
            analyze(videos, case=case, models=models),
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
    }
