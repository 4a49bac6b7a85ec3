"""Thefts are told while a camera is watched by the windows that a recording is judged by."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.core.live_spec import StreamShape
from crimeview.core.people import People
from crimeview.core.track import TrackKind
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.live_theft import TheftTrack
from crimeview.jobs.models import TheftWish, default_models
from crimeview.jobs.theft_models import THEFT, OpenTheft, opened_theft
from crimeview.nets.catalog import models_folder
from crimeview.nets.sequence_classifier import SequenceClassifier
from crimeview.store.case import open_case
from crimeview.video.source import opened
from tests.jobs.finished import finished
from tests.jobs.test_theft import make_classifier, person

FRAME = np.zeros((1, 90, 160, 3), np.uint8)


@dataclass
class _Known:
    """Stands for a detector and pose networks: who is in each frame is known."""

    rows_: Iterator[NDArray[np.float32]]

    def rows(self) -> Callable[[NDArray[np.uint8]], NDArray[np.float32]]:
        return lambda _frames: next(self.rows_)


def rows(frames: int) -> Iterator[NDArray[np.float32]]:
    """Two who stay, of whom one reaches out from frame 60 on, nobody in the last ten frames."""
    for frame in range(frames):
        if frame >= frames - 10:
            yield People.nobody().row()
            continue
        found = [person(0.2, reaching=0.0), person(0.7, reaching=0.5 if frame >= 60 else -0.5)]
        boxes, marks = (np.stack(part) for part in zip(*found, strict=True))
        yield People(boxes, np.array([0.9, 0.8], np.float32), marks).row()


def test_a_frame_has_the_newest_window_of_its_most_suspicious_person(tmp_path: Path) -> None:
    with SequenceClassifier(make_classifier(tmp_path)) as classifier:
        theft = OpenTheft(_Known(rows(130)), classifier)  # type: ignore[arg-type]
        track = TheftTrack("shop", theft)
        scores = [
            score
            for frame in range(130)
            for score in track.take(FRAME, 100 + frame / 3, 100 + (frame + 1) / 3)
        ]
    values = np.array([score.score for score in scores])
    assert (values[:29] == 0).all()  # nobody is judged before ten seconds
    assert np.allclose(values[29:59], 0.5, atol=0.02)
    assert (values[89:119] > 0.9).all()  # by windows that lie behind frame 60
    assert (values[127:] == 0).all()  # who has left is not there any more
    assert {score.kind for score in scores} == {TrackKind.THEFT}
    assert scores[0].start == 100.0
    assert scores[50].known == pytest.approx(50 / 3)


def test_who_was_seen_before_a_long_break_is_no_news_after_it(tmp_path: Path) -> None:
    seen = [person(0.5, reaching=0.5)]
    boxes, marks = (np.stack(part) for part in zip(*seen, strict=True))
    somebody = People(boxes, np.array([0.9], np.float32), marks).row()
    known = iter([*[somebody] * 25, *[People.nobody().row()] * 5])
    with SequenceClassifier(make_classifier(tmp_path)) as classifier:
        track = TheftTrack("shop", OpenTheft(_Known(known), classifier))  # type: ignore[arg-type]
        starts = [*(frame / 3 for frame in range(25)), *(600 + frame / 3 for frame in range(5))]
        scores = [s.score for start in starts for s in track.take(FRAME, start, start + 1 / 3)]
    assert scores == [0.0] * 30


def test_frames_are_looked_at_three_times_a_second_and_none_is_left_out(tmp_path: Path) -> None:
    with SequenceClassifier(make_classifier(tmp_path)) as classifier:
        theft = OpenTheft(_Known(rows(1)), classifier)  # type: ignore[arg-type]
        wanted = TheftTrack("shop", theft).spec
    spec = wanted.of(StreamShape(1080, 1920, 25.0))
    assert spec is not None
    assert (spec.frames, spec.rate, spec.resize) == (1, 3.0, (720, 1280))
    assert wanted.each


def test_a_clip_of_a_shop_is_judged_as_in_an_analysis(data: Path, tmp_path: Path) -> None:
    models = models_folder()
    if not (models / "blazepose-regions").is_dir() or not (models / "yolox-nano-416").is_dir():
        pytest.skip("the pose networks or the detector are absent: crimeview models fetch pose")
    pair = default_models(theft=TheftWish(detector="yolox-nano-416"))
    assert pair.theft is not None
    clip = data / "shoplifting" / "theft" / "002.mp4"
    with open_case(tmp_path / "case") as case:
        settings = AnalyzeSettings(gate=False, novelty=False)
        (outcome,) = finished(analyze([clip], case=case, models=pair, settings=settings))
        stored = case.track(outcome.recording_id, TrackKind.THEFT)
    assert stored is not None
    with opened_theft(pair.theft, threads=1) as theft, opened(clip) as source:
        track = TheftTrack("shop", theft)
        recording = source.recording
        spec = track.spec.of(StreamShape(recording.height, recording.width, recording.frame_rate))
        assert spec is not None
        live = [
            score.score
            for found in source.clips(spec)
            for score in track.take(found.frames, found.start, found.end)
        ]
    assert (models / THEFT).is_dir()
    assert len(live) == len(stored.values)
    assert max(live) >= stored.values.max() - 0.02  # the mean of windows is not above the highest
