"""The track of theft: from stored people to what a classifier says of each one's movements."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from onnx import helper

from crimeview.core.clip import ClipCursor, ClipSpec
from crimeview.core.errors import ModelError, UsageError
from crimeview.core.manifest import Output
from crimeview.core.people import LANDMARKS, People
from crimeview.core.places import shipped
from crimeview.core.pose_features import numbers_a_frame
from crimeview.core.sequence import SequenceSpec
from crimeview.core.track import TrackKind
from crimeview.jobs.analyze import analyze
from crimeview.jobs.extract import Extraction
from crimeview.jobs.import_detector import import_detector
from crimeview.jobs.import_model import Target
from crimeview.jobs.looking import observed
from crimeview.jobs.models import TheftWish, default_models
from crimeview.jobs.new_models import write_model
from crimeview.jobs.orders import TheftOrder
from crimeview.jobs.theft import save_theft
from crimeview.jobs.theft_data import theft_examples
from crimeview.jobs.theft_models import THEFT
from crimeview.jobs.train_theft import train_theft
from crimeview.nets.catalog import ModelFolder, models_folder
from crimeview.nets.sequence_classifier import SequenceClassifier
from crimeview.store.case import Case, open_case
from tests.jobs.finished import finished
from tests.made_model import drafted, network, vectors_of
from tests.store.begun import begin

SEQUENCE = SequenceSpec(frames=30, rate=3.0, step=15, landmarks="body", missing="mask")
WIDTH = numbers_a_frame("body")
FRAME = ClipSpec(frames=1, rate=3.0, step=1, resize=(90, 160), crop=(90, 160), color="rgb")
DETECTOR = "yolox-nano-416"


def make_classifier(folder: Path, *, threshold: float = 0.5) -> ModelFolder:
    """A network that says how far to the right of a person's middle the left wrist is."""
    weights = np.zeros((SEQUENCE.frames * WIDTH, 1), np.float32)
    wrist = (15 - 11) * 3  # its x: each landmark of the body has x, y and visibility
    weights[wrist::WIDTH] = 10.0 / SEQUENCE.frames
    nodes = [
        helper.make_node("Flatten", ["landmarks"], ["flat"]),
        helper.make_node("MatMul", ["flat", "weights"], ["logit"]),
        helper.make_node("Sigmoid", ["logit"], ["probability"]),
    ]
    model = network(
        nodes,
        wanted=("landmarks", (None, 30, WIDTH)),
        given=("probability", (None, 1)),
        constants={"weights": weights},
    )
    manifest = drafted(
        THEFT,
        "sequence-classifier",
        input=replace(vectors_of(WIDTH, name="landmarks"), shape=(None, 30, WIDTH)),
        output=Output(name="probability", shape=(None, 1)),
        threshold=threshold,
        sequence=SEQUENCE,
    )
    return write_model(folder / THEFT, model.SerializeToString(), draft=manifest)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        yield case


def person(x: float, *, reaching: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """A box, and landmarks in its middle but for the left wrist, so many heights to the right."""
    box = np.array([x - 0.05, 0.3, x + 0.05, 0.7], np.float32)
    marks = np.tile(np.array([x, 0.5, 1.0], np.float32), (LANDMARKS, 1))
    marks[15, 0] += reaching * 0.4 * 9 / 16
    return box, marks


def store_people(case: Case, frames: int) -> tuple[int, int, Extraction]:
    """Two who stay, of whom one reaches out from frame 60 on, nobody in the last ten frames."""
    recording_id, run_id = begin(case)
    writer = case.analyses.people_writer(run_id, finder_sha256="p" * 64, clip_key="x")
    rows, times = [], []
    for frame in range(frames):
        found = [person(0.2, reaching=0.0), person(0.7, reaching=0.5 if frame >= 60 else -0.5)]
        if frame >= frames - 10:
            rows.append(People.nobody().row())
        else:
            boxes, marks = (np.stack(part) for part in zip(*found, strict=True))
            rows.append(People(boxes, np.array([0.9, 0.8], np.float32), marks).row())
        times.append((frame / 3, (frame + 1) / 3))
    cursor = ClipCursor(origin=0.0, index=frames, last_frame=frames / 3)
    stored = np.stack(rows).astype(np.float16)
    writer.append(np.array(times), stored, np.empty((0, 2)), cursor, damage=None)
    maker = observed(lambda frames: People.nobody().row(), FRAME)
    return recording_id, run_id, Extraction(spec=FRAME, rows=maker, writer=writer, clock=False)


def test_a_frame_has_what_is_said_of_its_most_suspicious_person(case: Case, tmp_path: Path) -> None:
    recording_id, run_id, people = store_people(case, 130)
    with SequenceClassifier(make_classifier(tmp_path)) as classifier:
        finished(save_theft(case, run_id, name="a", people=people, classifier=classifier))
    track = case.track(recording_id, TrackKind.THEFT)
    assert track is not None
    assert track.values.shape == (130,)
    assert np.allclose(track.times[:, 0], np.arange(130) / 3)
    assert np.allclose(track.values[:30], 0.5, atol=0.02)  # the other one, whose wrist is middle
    assert (track.values[75:115] > 0.9).all()
    assert (track.values[120:] == 0).all()


def test_people_are_found_again_at_their_time(case: Case) -> None:
    recording_id, _, _ = store_people(case, 130)
    found = case.people(recording_id, start=10.1, end=12.0)
    assert [time for time, _ in found] == [n / 3 for n in range(30, 37)]
    assert np.allclose(found[0][1].boxes[0], [0.15, 0.3, 0.25, 0.7], atol=1e-3)
    assert case.people(recording_id, start=-2.0, end=-1.0) == []
    ((_, nobody),) = case.people(recording_id, start=43.0, end=43.1)
    assert len(nobody) == 0


def test_without_people_there_are_none(case: Case) -> None:
    recording_id, _ = begin(case)
    assert case.people(recording_id, start=0.0, end=9.0) == []


def test_a_classifier_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="not a sequence classifier"):
        SequenceClassifier(default_models(shipped("models")).encoder)


def test_without_pose_networks_the_way_to_them_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_classifier(tmp_path)
    _needs_data(tmp_path)
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(tmp_path))
    training = train_theft(tmp_path, out=tmp_path / "x", runs=tmp_path)
    with pytest.raises(ModelError, match="models fetch pose"):
        finished(training)


def _needs_data(folder: Path) -> None:
    for label in ("theft", "normal"):
        (folder / label).mkdir()
        for number in (1, 2):
            (folder / label / f"shop{number}_x{number}.mp4").write_bytes(b"")


def test_data_without_thefts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fight").mkdir()
    (tmp_path / "fight" / "a.mp4").write_bytes(b"")
    with pytest.raises(UsageError, match="labeled theft"):
        theft_examples(tmp_path)


@pytest.fixture
def real_pose(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = models_folder()
    if not (found / "blazepose-regions").is_dir():
        pytest.skip("the pose networks are absent: crimeview models fetch pose")
    own = tmp_path / "models"
    own.mkdir()
    for model in found.iterdir():
        (own / model.name).symlink_to(model)
    (own / DETECTOR).unlink(missing_ok=True)
    target = Target(models=own, name=DETECTOR, overwrite=False)
    finished(import_detector(data / "detectors" / "yolox_nano_416.onnx", target=target))
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(own))


@pytest.mark.usefixtures("real_pose")
@pytest.mark.timeout(600)
def test_twelve_of_fourteen_clips_are_right_without_their_scene(data: Path, tmp_path: Path) -> None:
    """A regression check of the parts together: the clips are staged, and prove nothing else."""
    clips = data / "shoplifting"
    order = TheftOrder(seeds=3, detector=DETECTOR)
    manifest = finished(
        train_theft(clips, out=tmp_path / "trained" / "theft-lstm", runs=tmp_path, order=order)
    )
    figures = {metric.name: metric for metric in manifest.metrics}
    right = re.search(
        r"clips right by seed: (\d+), (\d+), (\d+)", figures["theft: accuracy"].protocol
    )
    assert right is not None
    assert min(map(int, right.groups())) >= 12
    assert "staged" in figures["theft: accuracy"].protocol
    assert "theft by the box alone (eight numbers): accuracy" in figures
    assert "theft, frames in another order: accuracy" in figures


@pytest.mark.usefixtures("real_pose")
def test_an_analysis_with_people_goes_on_where_it_was_stopped(
    data: Path, case: Case, tmp_path: Path
) -> None:
    models = default_models(theft=TheftWish(detector=DETECTOR))
    clip = data / "shoplifting" / "theft" / "002.mp4"
    job = analyze([clip], case=case, models=models)
    for step in job:
        if step.done > 3:
            job.close()
            break
    (outcome,) = finished(analyze([clip], case=case, models=models))
    with open_case(tmp_path / "at once") as other:
        finished(analyze([clip], case=other, models=models))
        wanted = other.track(1, TrackKind.THEFT)
    found = case.track(outcome.recording_id, TrackKind.THEFT)
    assert found is not None
    assert wanted is not None
    assert len(found.values) == 30
    assert (found.values == wanted.values).all()
