"""Evaluations of scene novelty on streets drawn by code, and on real recordings where there are."""

from pathlib import Path

import numpy as np
import pytest

from crimeview.core.errors import UsageError
from crimeview.core.job import Step
from crimeview.core.segment import SegmentRule
from crimeview.core.track import TrackKind
from crimeview.evaluation.alarms import alarms_at
from crimeview.evaluation.labels import read_frame_labels
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.evaluate_cache import ReadingCache
from crimeview.jobs.evaluate_novelty import evaluate_novelty
from crimeview.jobs.evaluation import Evaluation
from crimeview.jobs.fuse import NOVELTY_RULE
from crimeview.jobs.novelty_reference import ReadLabel, Reference, learn
from crimeview.jobs.novelty_results import scored_novelty
from crimeview.jobs.reading_moments import read_moments
from crimeview.store.case import open_case
from tests.jobs.finished import finished
from tests.scene.walkers import HEIGHT, WIDTH, Walker, crowd, write_street
from tests.tiny_models import make_models

DATA = Path(__file__).parents[3] / "shared" / "data"
REAL = pytest.mark.skipif(not DATA.is_dir(), reason="the real recordings are not here")
SINCE, UNTIL = 10.0, 12.0


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("streets")
    runner = Walker(row=100, column=-20.0, speed=150.0, since=SINCE, until=UNTIL, texture=77)
    # Nearly without loss: what the encoder does to a few pictures is not what is judged here.
    write_street(folder / "quiet.mp4", crowd(seconds=30), seconds=30, crf=1)
    write_street(folder / "run.mp4", [*crowd(seconds=20, every=2.5), runner], seconds=20, crf=1)
    masks = np.zeros((250, HEIGHT, WIDTH), np.uint8)
    for frame in range(125, 150):
        left = round(-20 + 150 * (frame / 12.5 - SINCE))
        masks[frame, 92:148, max(0, left - 12) : left + 28] = 255
    np.save(folder / "run.npy", masks)
    file = folder / "labels.csv"
    file.write_text("path,anomalous_frames,masks\nquiet.mp4,,\nrun.mp4,125-150,run.npy\n")
    return file


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what was read of the streets is kept: reading them takes longest by far."""
    return tmp_path_factory.mktemp("runs")


def _evaluated(table: Path, runs: Path, *, reference: Reference = "clips") -> Evaluation:
    return finished(
        evaluate_novelty(
            table, reference=reference, cache=ReadingCache(runs), threshold=None, out=None
        )
    )


@pytest.mark.parametrize("reference", ["clips", "self", "quiet"])
def test_the_runner_is_found_and_pointed_at(table: Path, runs: Path, reference: Reference) -> None:
    summary = _evaluated(table, runs, reference=reference).values()
    figures = summary["figures"]
    assert summary["counts"]["recordings"] == 1, "what is learned from is not judged"
    assert figures["frame_roc_auc"]["value"] > 0.95
    assert figures["pointing_accuracy"]["value"] > (0.7 if reference == "clips" else 0.55)
    assert set(summary["baselines"]) >= {"raw pixel speed", "foreground mass"}
    assert summary["baselines"]["raw pixel speed"]["within_recording_roc_auc"]["value"] > 0.5


def test_a_table_without_events_or_reference(table: Path, runs: Path) -> None:
    alone = table.with_name("alone.csv")
    alone.write_text("path,anomalous_frames\nquiet.mp4,\n")
    with pytest.raises(UsageError, match="has an event"):
        _evaluated(alone, runs)
    alone.write_text("path,anomalous_frames\nrun.mp4,125-150\n")
    with pytest.raises(UsageError, match="without events"):
        _evaluated(alone, runs)
    assert _evaluated(alone, runs, reference="quiet").notes[-1].startswith("Neither the table")


def test_cameras_and_splits_are_heeded(table: Path, runs: Path) -> None:
    other = table.with_name("cameras.csv")
    other.write_text(
        "path,anomalous_frames,camera,split\nquiet.mp4,,a,train\nrun.mp4,125-150,b,test\n"
    )
    with pytest.raises(UsageError, match="of its camera"):
        _evaluated(other, runs)
    other.write_text("path,anomalous_frames,split\nquiet.mp4,,test\nrun.mp4,125-150,train\n")
    counts = _evaluated(other, runs, reference="quiet").values()["counts"]
    assert (counts["recordings"], counts["quiet_recordings"]) == (1, 1)


def test_test_recordings_without_events_are_judged(table: Path, tmp_path: Path) -> None:
    for name in ("train/quiet.mp4", "test/quiet.mp4", "test/run.mp4"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        # Another byte: one content in two places would be read once.
        content = table.with_name(Path(name).name).read_bytes()
        (tmp_path / name).write_bytes(content + name.encode())
    labels = tmp_path / "labels.csv"
    labels.write_text(
        "path,anomalous_frames\ntrain/quiet.mp4,\ntest/quiet.mp4,\ntest/run.mp4,125-150\n"
    )
    found = _evaluated(labels, tmp_path / "runs").values()
    counts = found["counts"]
    assert (counts["recordings"], counts["quiet_recordings"], counts["events"]) == (2, 1, 1)
    assert any("folders named train and test" in note for note in found["notes"])
    assert "learned from the one recording of the table that is not judged" in found["statement"][0]


def test_scores_are_those_of_an_analysis(tmp_path: Path) -> None:
    """Of what is stored at once: with every chunk an analysis looks at the brightness anew."""
    runner = Walker(row=100, column=-20.0, speed=150.0, since=7.0, until=9.0, texture=77)
    path = write_street(tmp_path / "run.mp4", [*crowd(seconds=12), runner], seconds=12)
    table = tmp_path / "labels.csv"
    table.write_text("path,anomalous_frames\nrun.mp4,88-112\n")
    models = make_models(tmp_path / "models")
    settings = AnalyzeSettings(lanes=1, rule=SegmentRule(threshold=1.0))
    with open_case(tmp_path / "case") as case:
        finished(analyze([path], case=case, models=models, settings=settings))
        stored, found = case.track(1, TrackKind.NOVELTY), case.segments(1)
    (label,), _ = read_frame_labels(table)
    moments = finished(read_moments(path, cache=ReadingCache(tmp_path / "runs")))
    read = ReadLabel(label, moments, None)
    (usual,) = finished(learn([read], [], "quiet"))
    assert usual is not None
    step = Step(done=0, total=None, message="")
    result = finished(scored_novelty(read, usual, label.events, step))
    track = result.recording.track
    assert stored is not None
    assert track is not None
    assert np.array_equal(track.times, stored.times)
    assert track.values == pytest.approx(stored.values, abs=1e-6)
    alarms = alarms_at(result.recording, NOVELTY_RULE.threshold, rule=NOVELTY_RULE)
    spans = [(s.segment.start, s.segment.end) for s in found if s.segment.reason is not None]
    assert [(s.start, s.end) for s in alarms.segments] == spans


def test_what_was_read_is_kept(table: Path, tmp_path: Path) -> None:
    first = _evaluated(table, tmp_path).values()["figures"]
    assert len(list(tmp_path.glob("*.npz"))) == 2
    assert _evaluated(table, tmp_path).values()["figures"] == first


@REAL
def test_the_child_who_runs_and_the_man_who_stays_are_pointed_at(tmp_path: Path) -> None:
    evaluation = finished(
        evaluate_novelty(
            DATA / "avenue" / "labels.csv",
            reference="clips",
            cache=ReadingCache(tmp_path),
            threshold=None,
            out=None,
            boxes=Path(__file__).parents[2] / "benchmarks" / "avenue_boxes.csv",
        )
    )
    pointed = {r["name"]: r["pointing_accuracy"] for r in evaluation.values()["recordings"]}
    assert pointed["test/21.avi"] >= 0.95
    assert pointed["test/17.avi"] >= 0.9
    assert evaluation.values()["figures"]["within_recording_roc_auc"]["value"] > 0.92


@REAL
def test_ped2_as_published_sets_are_judged(tmp_path: Path) -> None:
    figures = _evaluated(DATA / "ucsd_ped2" / "labels.csv", tmp_path).values()["figures"]
    assert figures["frame_roc_auc"]["value"] > 0.965
    assert figures["within_recording_roc_auc"]["value"] > 0.955
    assert figures["false_alarms_per_hour"]["value"] == 0
