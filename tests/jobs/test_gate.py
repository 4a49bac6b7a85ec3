"""Analyzing only that in which something moves: real keyframes, a real store, a small network."""

import itertools
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from crimeview.core.look import Look, Refusal
from crimeview.core.recording import RecordingState
from crimeview.core.track import Track, TrackKind
from crimeview.jobs import gate as module
from crimeview.jobs.analyze import AnalyzeSettings, Outcome, analyze
from crimeview.jobs.models import ModelPair
from crimeview.scene.keyframes import KeyframeGate
from crimeview.store.case import Case, open_case
from crimeview.store.database import FILE_NAME
from crimeview.video.gops import Gops
from crimeview.video.keyframe_pictures import KeyframePicture
from crimeview.video.source import Source
from tests.bursts import write_bursts
from tests.jobs.clockless import no_steps_by_the_clock
from tests.jobs.finished import finished
from tests.quiet import RATE, write_quiet
from tests.tiny_models import make_models
from tests.video.recordings import steady, write_recording

LENGTH, PASSING = 45.0, (31.0, 36.0)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelPair:
    return make_models(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recordings") / "quiet.mp4"
    return write_quiet(path, duration=LENGTH, passing=PASSING)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        yield case


def _run(
    case: Case, models: ModelPair, path: Path, *, gate: bool = True, novelty: bool = True
) -> Outcome:
    settings = AnalyzeSettings(gate=gate, novelty=novelty)
    (outcome,) = finished(analyze([path], case=case, models=models, settings=settings))
    assert outcome.state is RecordingState.DONE
    return outcome


def _track(case: Case, kind: TrackKind) -> Track:
    track = case.track(1, kind)
    assert track is not None
    return track


def test_what_is_quiet_is_not_decoded_and_what_moves_is_analyzed_just_the_same(
    models: ModelPair, quiet: Path, tmp_path: Path
) -> None:
    with open_case(tmp_path / "all") as case:
        assert _run(case, models, quiet, gate=False).skip is None
        whole, times = _track(case, TrackKind.FEATURES), _track(case, TrackKind.FRAME_SCORES).times
        assert case.skipped(1) == []
    with open_case(tmp_path / "gated") as case:
        report = _run(case, models, quiet).skip
        assert report is not None
        assert report.refusal is None
        assert report.by_keyframes > 0.6 * report.clips
        assert report.spacing == pytest.approx(1.0)
        gated, skipped = _track(case, TrackKind.FEATURES), case.skipped(1)
        np.testing.assert_array_equal(_track(case, TrackKind.FRAME_SCORES).times, times)
    np.testing.assert_array_equal(gated.times, whole.times)
    for start, end, _ in skipped:
        # The network sees the middle of the picture only, which the figure reaches later.
        assert end <= PASSING[0] + 0.8 or start >= PASSING[1] - 0.8
    moving = (whole.times[:, 1] > PASSING[0] + 0.8) & (whole.times[:, 0] < PASSING[1] - 0.8)
    np.testing.assert_array_equal(gated.values[moving], whole.values[moving])
    assert np.any(gated.values != whole.values)


def test_every_interruption_ends_with_the_same(
    models: ModelPair, quiet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_steps_by_the_clock(monkeypatch)
    with open_case(tmp_path / "whole") as case:
        _run(case, models, quiet)
        expected, skipped = _track(case, TrackKind.FEATURES), case.skipped(1)
        strip = [case.strips.picture(1, second) for second in range(0, 45, 7)]
        assert None not in strip
    for count in itertools.count(1, 3):
        with open_case(tmp_path / f"closed-{count}") as case:
            job = analyze([quiet], case=case, models=models)
            reached = len(list(itertools.islice(job, count)))
            job.close()
            if reached < count:
                break
            _run(case, models, quiet)
            found = _track(case, TrackKind.FEATURES)
            np.testing.assert_array_equal(found.values, expected.values)
            np.testing.assert_array_equal(found.times, expected.times)
            assert case.skipped(1) == skipped
            assert [case.strips.picture(1, second) for second in range(0, 45, 7)] == strip
    assert count > 6


def test_a_gated_analysis_and_a_whole_one_are_kept_apart(
    case: Case, models: ModelPair, quiet: Path
) -> None:
    _run(case, models, quiet)
    assert _run(case, models, quiet, gate=False).skip is None
    steps = list(analyze([quiet], case=case, models=models))
    assert not [s for s in steps if s.message.startswith(("Analyzing", "Looking for"))]
    assert case.recording(1).skip is not None


def test_small_pictures_are_all_decoded(case: Case, models: ModelPair, tmp_path: Path) -> None:
    path = write_bursts(tmp_path / "a.mp4", duration=40.0, bursts=[(10.0, 13.0)])
    report = _run(case, models, path).skip
    assert report is not None
    assert report.refusal is Refusal.SMALL_PICTURES
    assert report.by_keyframes == 0
    assert 0.7 < report.skipped < 1.0
    assert {look for _, _, look in case.skipped(1)} == {Look.SKIPPED_BY_PICTURES}


def test_pictures_far_apart_are_all_analyzed(case: Case, models: ModelPair, tmp_path: Path) -> None:
    path = tmp_path / "lapse.mp4"
    write_recording(path, steady(12, rate=0.5))
    report = _run(case, models, path).skip
    assert report is not None
    assert report.clips > 0
    assert report.skipped == 0


def test_a_pause_of_the_recorder_is_no_group_of_pictures() -> None:
    times = np.array([0.0, 1.0, 2.0, 60.0])
    gops = Gops(
        times=times,
        ends=np.array([1.0, 2.0, 60.0, 61.5]),
        positions=np.zeros(4, np.int64),
        sizes=np.ones(4, np.int32),
        bytes=np.ones(4, np.int64),
        pictures=np.array([25, 25, 25, 25], np.int32),
        in_order=True,
    )
    assert module._spacing(gops, 25.0) == 1.5


def test_keyframes_too_far_apart_tell_nothing(
    case: Case, models: ModelPair, tmp_path: Path
) -> None:
    path = tmp_path / "long.mp4"
    write_quiet(path, duration=93.0, passing=PASSING, gop=3.0)
    report = _run(case, models, path, novelty=False).skip
    assert report is not None
    assert report.refusal is Refusal.LONG_GOPS
    assert report.spacing == pytest.approx(3.0, abs=1 / RATE)
    assert report.by_keyframes == 0


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five minutes in which every picture is another, as a stem: in an MP4 and a TS file."""
    stem = tmp_path_factory.mktemp("recordings") / "busy"
    numbers = np.random.default_rng(0).integers(0, 16384, 600).tolist()
    options = {"g": "2", "preset": "ultrafast", "sc_threshold": "0"}
    written = stem.with_suffix(".mp4")
    write_recording(
        written, steady(600, rate=2.0), numbers=numbers, size=(592, 720), rate=2, options=options
    )
    with av.open(str(written)) as source, av.open(str(stem.with_suffix(".ts")), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.size:
                packet.stream = stream
                target.mux(packet)
    return stem


@pytest.mark.parametrize("suffix", ["mp4", "ts"])
def test_a_glance_tells_that_a_recording_is_busy(
    case: Case, models: ModelPair, busy: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    path = busy.with_suffix(f".{suffix}")
    monkeypatch.setattr(KeyframeGate, "add", _not_to_be_called)
    report = _run(case, models, path, novelty=False).skip
    assert report is not None
    assert report.refusal is Refusal.BUSY
    assert case.strips.picture(1, 299.0) is not None


def _not_to_be_called(*_: object) -> None:
    raise AssertionError


def test_keyframes_of_a_short_recording_are_read_once(
    case: Case, models: ModelPair, quiet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    pictures = Source.keyframe_pictures

    def counted(source: Source, groups: Gops, **wanted: Any) -> Generator[KeyframePicture]:
        read.append(len(groups.times))
        return pictures(source, groups, **wanted)

    monkeypatch.setattr(Source, "keyframe_pictures", counted)
    _run(case, models, quiet)
    assert read == [LENGTH]


def test_the_look_for_movement_goes_on_where_it_was_stopped(
    models: ModelPair, quiet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_case(tmp_path / "whole") as case:
        _run(case, models, quiet)
        expected, skipped = _track(case, TrackKind.FEATURES), case.skipped(1)
    monkeypatch.setattr(module, "_STORE", 0.0)
    monkeypatch.setattr(module, "_REPORT", 0.0)
    shown: list[float] = []

    class Counting(KeyframeGate):
        def add(self, time: float, luma: np.ndarray) -> None:
            shown.append(time)
            super().add(time, luma)

    monkeypatch.setattr(module, "KeyframeGate", Counting)
    with open_case(tmp_path / "stopped") as case:
        job = analyze([quiet], case=case, models=models)
        while len(shown) < 40:
            next(job)
        job.close()
        before = list(shown)
        _run(case, models, quiet)
        again = shown[len(before) :]
        assert before[0] == 0.0
        assert 38.0 <= again[0] <= before[-1] + 1.0
        assert again[-1] == LENGTH - 1
        assert case.skipped(1) == skipped
        np.testing.assert_array_equal(_track(case, TrackKind.FEATURES).values, expected.values)
        with closing(sqlite3.connect(case.folder / FILE_NAME)) as database:
            assert database.execute("SELECT count(*) FROM gate_progress").fetchone() == (0,)
