"""Evaluations of real recordings by small real networks."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from crimeview.core.errors import ModelError, UsageError
from crimeview.core.job import Job, Step
from crimeview.core.manifest import Variant
from crimeview.core.track import TrackKind
from crimeview.jobs import evaluate_reading as reading_module
from crimeview.jobs.analyze import analyze
from crimeview.jobs.evaluate_cache import ReadingCache
from crimeview.jobs.evaluate_clips import evaluate_clips
from crimeview.jobs.evaluate_frames import evaluate_frames
from crimeview.jobs.evaluate_models import Pipeline, choose_models
from crimeview.jobs.evaluate_segments import evaluate_features, evaluate_segments
from crimeview.jobs.evaluation import Evaluation
from crimeview.jobs.models import ENCODER, SCORER, default_models
from crimeview.store.case import open_case
from tests.bursts import RATE, write_bursts
from tests.tiny_models import DIMENSIONS, make_models
from tests.video.recordings import truncate

T = TypeVar("T")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("models")
    make_models(place)
    return place


@pytest.fixture(autouse=True)
def _models(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(folder))


@pytest.fixture(scope="session")
def videos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("videos")
    for number in range(4):
        bursts = [(0.5, 2.5)] if number % 2 else [(0.0, 0.2)]
        write_bursts(place / f"clip{number}.mp4", duration=3.0, bursts=bursts, seed=number)
    write_bursts(place / "long.mp4", duration=40.0, bursts=[(10.0, 14.0), (30.0, 33.0)])
    write_bursts(place / "quiet.mp4", duration=20.0)
    return place


def _done(job: Job[T]) -> T:
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def _table(folder: Path, *lines: str) -> Path:
    file = folder / "labels.csv"
    file.write_text("\r\n".join(lines), encoding="utf-8-sig")
    return file


def _clips(
    table: Path, runs: Path, *, model: str | None = None, out: Path | None = None
) -> Job[Evaluation]:
    return evaluate_clips(
        table, chosen=choose_models(model), cache=ReadingCache(runs), how="middle", out=out
    )


def _frames(table: Path, runs: Path, *, out: Path | None = None) -> Job[Evaluation]:
    return evaluate_frames(
        table, chosen=choose_models(None), cache=ReadingCache(runs), threshold=None, out=out
    )


def _four(videos: Path) -> list[str]:
    return ["path,label,source"] + [
        f"{videos / f'clip{n}.mp4'},{'fight' if n % 2 else 'normal'},s{n}" for n in range(4)
    ]


def test_clips(videos: Path, tmp_path: Path) -> None:
    out = tmp_path / "plots"
    evaluation = _done(_clips(_table(tmp_path, *_four(videos)), tmp_path / "runs", out=out))
    values = json.loads(json.dumps(evaluation.values()))
    assert values["counts"] == {"clips": 4, "positive": 2, "groups": 4}
    assert values["figures"]["roc_auc"]["value"] == 1.0
    assert values["figures"]["accuracy"]["value"] == 1.0
    assert values["thresholds"] == {"decision": 0.5, "alarm": 0.5}
    assert [m["name"] for m in values["models"]] == [ENCODER, SCORER]
    assert all(len(m["sha256"]) == 64 for m in values["models"])
    assert set(values["baselines"]) == {"length", "frame difference"}
    assert {Path(p).name for p in values["plots"]} == {p.name for p in out.iterdir()}
    assert "roc.png" in {Path(p).name for p in values["plots"]}


def test_bad_rows_are_told_and_do_not_count(videos: Path, tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("no video")
    table = _table(tmp_path, *_four(videos), "text.mp4,normal,x", "gone.mp4,fight,x")
    evaluation = _done(_clips(table, tmp_path / "runs"))
    assert evaluation.summary["counts"]["clips"] == 4
    assert [(row.line, row.name) for row in evaluation.left_out] == [
        (7, "gone.mp4"),
        (6, "text.mp4"),
    ]
    assert "text.mp4" in evaluation.left_out[1].reason
    with pytest.raises(UsageError, match=r"No row of .* can be evaluated\. There is no file"):
        _done(_clips(_table(tmp_path, "path,label", "gone.mp4,fight"), tmp_path / "runs"))


def test_what_was_looked_at_is_not_looked_at_again(
    videos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped in between, by content: a copy elsewhere counts, another file under the name not."""
    looked: list[str] = []
    read = reading_module.read_middle

    def counted(path: Path, *rest: object) -> Job[object]:
        looked.append(path.name)
        return (yield from read(path, *rest))

    monkeypatch.setattr(reading_module, "read_middle", counted)
    monkeypatch.setattr(reading_module, "_REPORT", 0.0)
    table, runs = _table(tmp_path, *_four(videos)), tmp_path / "runs"
    job = _clips(table, runs)
    while len(looked) < 3:
        next(job)
    job.close()
    assert len(list(runs.glob("*.npz"))) == 2
    whole = _done(_clips(table, runs)).values()
    assert looked == ["clip0.mp4", "clip1.mp4", "clip2.mp4", "clip2.mp4", "clip3.mp4"]
    min(runs.iterdir()).write_bytes(b"PK\x03\x04damaged")
    assert _done(_clips(table, runs)).values() == whole
    assert len(looked) == 6
    copy = tmp_path / "clip1.mp4"
    copy.write_bytes((videos / "clip1.mp4").read_bytes())
    _done(_clips(_table(tmp_path, "path,label", "clip1.mp4,fight"), runs))
    assert len(looked) == 6
    copy.write_bytes((videos / "clip0.mp4").read_bytes() + b"\0" * 9)
    _done(_clips(_table(tmp_path, "path,label", "clip1.mp4,fight"), runs))
    assert len(looked) == 7
    _done(_clips(table, runs, model="violence-mobilenet"))
    assert len(looked) == 8


def test_where_nothing_can_be_kept_it_is_said(videos: Path, tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    runs.write_text("a file is in the way")
    evaluation = _done(_clips(_table(tmp_path, *_four(videos)), runs / "evaluate"))
    assert evaluation.summary["counts"]["clips"] == 4
    assert "Nothing can be kept" in evaluation.notes[0]


def test_frames_are_scored_as_in_an_analysis(videos: Path, tmp_path: Path) -> None:
    rate = int(RATE)
    events = f"{10 * rate}-{14 * rate}; {30 * rate}-{33 * rate}"
    table = _table(
        tmp_path,
        "path,anomalous_frames,note",
        f"{videos / 'long.mp4'},{events},x",
        f"{videos / 'quiet.mp4'},,",
    )
    evaluation = _done(_frames(table, tmp_path / "runs", out=tmp_path / "plots"))
    figures = evaluation.summary["figures"]
    assert figures["event_recall"]["value"] == 1.0
    assert figures["false_alarms_per_hour"]["value"] == 0.0
    assert figures["frame_roc_auc"]["value"] > 0.97
    assert figures["time_to_detect_median_s"]["value"] < 1.0
    assert "1 of 2 recordings have no event" in evaluation.notes[0]
    names = {path.name for path in evaluation.plots}
    assert names == {"roc.png", "precision-recall.png", "alarms.png", "scores-01.png"}
    with open_case(tmp_path / "case") as case:
        for _ in analyze([videos / "long.mp4"], case=case, models=default_models()):
            pass
        analyzed = case.segments()
        track = case.track(case.recordings()[0].id, TrackKind.FRAME_SCORES)
    found = evaluation.summary["recordings"][0]
    assert sorted((s.segment.start, s.segment.end) for s in analyzed) == [
        tuple(span) for span in found["alarms_s"]
    ]
    assert track is not None
    assert found["frames"] == len(track.values)


def test_labels_that_do_not_fit_the_frames(videos: Path, tmp_path: Path) -> None:
    truncate(_copied(videos / "long.mp4", tmp_path / "cut.mp4"), 0.6)
    table = _table(
        tmp_path,
        "path,anomalous_frames",
        f"{videos / 'long.mp4'},100-140;300-330;390-999",
        f"{videos / 'quiet.mp4'},200-210",
        "cut.mp4,",
    )
    evaluation = _done(_frames(table, tmp_path / "runs"))
    left_out = {row.name: row.reason for row in evaluation.left_out}
    assert "there are 200 frames" in left_out[str(videos / "quiet.mp4")]
    assert "ends at 999, after the last of 400 frames" in " ".join(evaluation.notes)
    assert ("cut.mp4" in left_out) != any("cut.mp4" in note for note in evaluation.notes)


def test_quiet_recordings_alone(videos: Path, tmp_path: Path) -> None:
    table = _table(tmp_path, "path,anomalous_frames", f"{videos / 'long.mp4'},")
    plots = tmp_path / "plots"
    plots.mkdir()
    for name in ("alarms.png", "frames-roc.png", "scores-07.png", "holiday.png"):
        (plots / name).touch()
    evaluation = _done(_frames(table, tmp_path / "runs", out=plots))
    assert evaluation.summary["figures"]["frame_roc_auc"]["value"] is None
    assert evaluation.summary["counts"]["false_alarms"] == 2
    assert "not defined, only false alarms are counted" in evaluation.notes[0]
    assert [path.name for path in evaluation.plots] == ["scores-01.png"]
    # What another evaluation drew is gone, what somebody else put there is not.
    assert {path.name for path in plots.iterdir()} == {"scores-01.png", "holiday.png"}


def test_segments_and_features(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    features = random.uniform(0, 0.03, (6, 8, DIMENSIONS)).astype(np.float16)
    features[:3, 2, 0] = 0.05  # what the scorer looks at
    features[5, 1, 0] = np.nan
    names = [f"v{n}_x264" for n in range(6)]
    np.savez(tmp_path / "f.npz", names=np.array(names), features=features)
    rows = [f"v{n}_x264,800,{'200-300' if n < 3 else ''}" for n in range(7)]
    table = tmp_path / "annotations.csv"
    table.write_text("\n".join(["name,frames,anomalous_frames", *rows]))
    scorer = choose_models(SCORER).scorer
    assert scorer is not None
    evaluation = _done(
        evaluate_features(
            tmp_path / "f.npz", table, scorer=scorer, only=None, out=tmp_path / "plots"
        )
    )
    figures = evaluation.summary["figures"]
    assert figures["recording_roc_auc"]["value"] == 1.0
    assert figures["recording_recall"]["value"] == 1.0
    assert figures["frame_recall"]["value"] == 1.0
    assert len(evaluation.plots) == 6
    assert [row.name for row in evaluation.left_out] == ["v5_x264"]
    assert "v5_x264, v6_x264" in " ".join(evaluation.notes)
    lines = ["name,s0,s1", *(f"{name},0.{9 - n},0.1" for n, name in enumerate(names))]
    scores = tmp_path / "scores.csv"
    scores.write_text("\n".join(lines))
    labels = tmp_path / "train.csv"
    labels.write_text("name,class,group\nv0_x264,Abuse,1\nv4_x264,Normal,2\nv5_x264,Normal,2\n")
    evaluation = _done(evaluate_segments(scores, labels, threshold=0.5, only=None, out=None))
    assert evaluation.summary["figures"]["recording_roc_auc"]["value"] == 1.0
    assert "frame_roc_auc" not in evaluation.summary["figures"]
    assert "label whole recordings only" in " ".join(evaluation.notes)


def test_features_of_another_size_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "f.npz", names=np.array(["a"]), features=np.ones((1, 2, 5)))
    scorer = choose_models(SCORER).scorer
    assert scorer is not None
    with pytest.raises(UsageError, match=f"5 numbers a segment.* takes {DIMENSIONS}"):
        _done(
            evaluate_features(
                tmp_path / "f.npz", tmp_path / "x.csv", scorer=scorer, only=None, out=None
            )
        )


def test_a_model_by_any_of_its_names() -> None:
    assert choose_models(None) == choose_models(ENCODER) == choose_models(SCORER)
    alone = choose_models("violence-mobilenet")
    assert (alone.scorer, alone.threshold) == (None, 0.5)
    with pytest.raises(ModelError, match="no int8 variant"):
        choose_models(None, precision="int8")
    with pytest.raises(ModelError, match="There is no model “none”"):
        choose_models("none")


def test_int8_where_there_is_one(
    videos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The encoder's variant, and the scorer at fp32 where it has none."""
    models = make_models(tmp_path / "models")
    manifest = models.encoder.manifest
    variant = Variant(
        precision="int8",
        file="tiny-int8.onnx",
        sha256=manifest.sha256,
        metrics=(),
        check=manifest.check,
    )
    (models.encoder.folder / variant.file).write_bytes(models.encoder.file.read_bytes())
    (models.encoder.folder / "manifest.json").write_text(
        replace(manifest, variants=(variant,)).to_json(), encoding="utf-8"
    )
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(tmp_path / "models"))
    chosen = choose_models(None, precision="int8")
    assert [m.precision for m in chosen.models] == ["int8", "fp32"]
    job = evaluate_clips(
        _table(tmp_path, *_four(videos)),
        chosen=chosen,
        cache=ReadingCache(tmp_path / "runs"),
        how="middle",
        out=None,
        only=None,
    )
    values = _done(job).values()
    assert [m["precision"] for m in values["models"]] == ["int8", "fp32"]
    assert values["figures"]["accuracy"]["value"] == 1.0


def test_scores_that_are_no_numbers(
    videos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pipeline, "scores", lambda _, n: np.full(len(n), np.nan, np.float32))
    with pytest.raises(UsageError, match="scores that are no numbers"):
        _done(_clips(_table(tmp_path, *_four(videos)), tmp_path / "runs"))


def test_steps_come_often_and_count_up(videos: Path, tmp_path: Path) -> None:
    job = _clips(_table(tmp_path, *_four(videos)), tmp_path / "runs", out=tmp_path / "plots")
    steps: list[Step] = list(job)
    fractions = [step.fraction or 0.0 for step in steps]
    assert fractions == sorted(fractions)
    assert fractions[-1] > 0.8


def _copied(source: Path, target: Path) -> Path:
    target.write_bytes(source.read_bytes())
    return target
