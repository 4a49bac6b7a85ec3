"""A case for pictures: recordings that the program draws itself, analyzed and partly reviewed."""

from pathlib import Path

from screenshots import demonstration_file, taken_home

from crimeview.core.review import ReviewState
from crimeview.core.segment import SegmentRule
from crimeview.jobs.analyze import analyze
from crimeview.jobs.models import default_models
from crimeview.jobs.render_scenes import render_scenes
from crimeview.jobs.resegment import resegment
from crimeview.jobs.review import Reviewer, judged, named
from crimeview.store.case import Case, open_case

_SCENES = 12  # a third fights, a third crashes, a third nothing
_RULE = SegmentRule(threshold=0.25, hysteresis=0.7, merge_gap=2.0, min_length=0.5)
_KINDS = ("fight", "crash")
_LEFT = 4  # every so many segments one is left to review


def draw_case(folder: Path, *, home: Path) -> None:
    """Make it in `folder`, of recordings that are drawn into the home's videos."""
    scenes = home / "Videos" / "scenes"
    for _ in render_scenes(scenes, scenes=_SCENES):
        pass
    paths = [taken_home(demonstration_file(), home), *sorted(scenes.glob("*.mp4"))]
    with open_case(folder) as case:
        for _ in analyze(paths, case=case, models=default_models()):
            pass
        for _ in resegment(case, rule=_RULE):
            pass
        _review(case)


def _review(case: Case) -> None:
    by = Reviewer.at_present("kim")
    names = {recording.id: recording.path.stem for recording in case.recordings()}
    for number, row in enumerate(case.segments()):
        if number % _LEFT == 0:
            continue
        kind = next((k for k in _KINDS if names[row.recording_id].endswith(k)), None)
        state = ReviewState.CONFIRMED if kind is not None else ReviewState.DISMISSED
        edit = judged([row], state, by=by)
        if edit is not None:
            case.edits.make(edit, reviewer=by.name)
    for row in case.segments():
        kind = next((k for k in _KINDS if names[row.recording_id].endswith(k)), None)
        edit = named([row], kind, by=by) if row.state is ReviewState.CONFIRMED else None
        if edit is not None:
            case.edits.make(edit, reviewer=by.name)
