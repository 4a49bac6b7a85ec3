"""A detector that has no manifest becomes a model, whatever its layout; what is none is refused."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from crimeview.core.errors import ModelError
from crimeview.jobs.import_detector import import_detector
from crimeview.jobs.import_model import Target, is_bare_onnx
from crimeview.nets.catalog import ModelFolder, find_model
from crimeview.nets.detector import Detector
from crimeview.nets.verify import verify
from tests.jobs.finished import finished

SIDE = 64
PLACES = 8 * 8 + 4 * 4 + 2 * 2
BOX = [32.0, 24.0, 20.0, 40.0]  # center and size of the person that the network always sees


def write_v8(path: Path, *, metadata: dict[str, str], outputs: int = 1) -> Path:
    """A network with v8's layout: mean brightness times one person's numbers."""
    rows = np.zeros((1, 84, PLACES), np.float32)
    rows[0, :2] = np.random.default_rng(0).uniform(0, SIDE, (2, PLACES))
    rows[0, 2:4] = 8
    rows[0, :4, 7], rows[0, 4, 7] = BOX, 0.9
    nodes = [
        helper.make_node("ReduceMean", ["images", "axes"], ["mean"], keepdims=0),
        helper.make_node("Mul", ["mean", "zero"], ["nothing"]),
        helper.make_node("Add", ["rows", "nothing"], ["output0"]),
    ]
    shapes = [("output0", (1, 84, PLACES))]
    if outputs == 2:
        nodes.append(helper.make_node("Add", ["rows", "nothing"], ["output1"]))
        shapes.append(("output1", (1, 84, PLACES)))
    stored = {"axes": np.array([0, 1, 2, 3]), "zero": np.zeros((), np.float32), "rows": rows}
    graph = helper.make_graph(
        nodes,
        "detector",
        [helper.make_tensor_value_info("images", TensorProto.FLOAT, (1, 3, SIDE, SIDE))],
        [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in shapes],
        [numpy_helper.from_array(values, name) for name, values in stored.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])
    model.ir_version = 10
    helper.set_model_props(model, metadata)
    onnx.save(model, path)
    return path


def run(path: Path, models: Path, name: str | None = None) -> ModelFolder:
    return finished(import_detector(path, target=Target(models=models, name=name, overwrite=False)))


def test_layout_license_and_classes_are_told_by_the_file(tmp_path: Path) -> None:
    names = {number: f"thing {number}" for number in range(80)} | {0: "person"}
    metadata = {
        "names": str(names),
        "license": "AGPL-3.0 License (https://ultralytics.com/license)",
        "author": "Ultralytics",
    }
    model = run(write_v8(tmp_path / "YOLOv8 n.onnx", metadata=metadata), tmp_path / "models")
    manifest = find_model("yolov8-n", tmp_path / "models").manifest
    assert manifest == model.manifest
    assert manifest.detection is not None
    assert (manifest.detection.layout, manifest.detection.classes) == ("v8", 80)
    assert manifest.origin.license.startswith("AGPL-3.0")
    assert "Ultralytics" in manifest.origin.description
    verify(model)
    assert not is_bare_onnx(model.file)


def test_boxes_come_back_in_the_frames_pixels(tmp_path: Path) -> None:
    model = run(write_v8(tmp_path / "a.onnx", metadata={}), tmp_path / "models")
    assert "not stated" in model.manifest.origin.license
    frame = np.full(
        (128, 256, 3), 90, np.uint8
    )  # a quarter of the input's scale, bars above, below
    with Detector(model) as detector:
        boxes, scores = detector.people(frame)
    assert np.allclose(scores, [0.9])
    left, top, right, bottom = 22 * 4, 4 * 4 - 64, 42 * 4, 44 * 4 - 64
    assert np.allclose(boxes, [[left, max(0, top), right, min(128, bottom)]])


def test_tiles_look_at_parts_of_a_large_frame_as_well(tmp_path: Path) -> None:
    model = run(write_v8(tmp_path / "a.onnx", metadata={}), tmp_path / "models")
    frame = np.full((128, 128, 3), 90, np.uint8)
    with Detector(model) as whole, Detector(model, tiles=True) as parts:
        assert len(whole.people(frame)[0]) == 1
        boxes, _ = parts.people(frame)
    assert len(boxes) > 4  # the network sees its person in each of nine tiles


@pytest.mark.parametrize(
    ("metadata", "outputs", "said"),
    [({"names": "{0: 'apple'}"}, 1, "no class for people"), ({}, 2, "2 outputs")],
)
def test_what_is_no_detector_of_people_is_refused(
    tmp_path: Path, metadata: dict[str, str], outputs: int, said: str
) -> None:
    path = write_v8(tmp_path / "a.onnx", metadata=metadata, outputs=outputs)
    with pytest.raises(ModelError, match=said):
        run(path, tmp_path / "models")
    assert not list((tmp_path / "models").glob("*"))


def test_what_is_no_onnx_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.onnx"
    path.write_bytes(b"\x08\x01nonsense")
    with pytest.raises(ModelError, match="not a usable ONNX file"):
        run(path, tmp_path / "models")


def test_yolox_finds_the_person_in_a_shop(data: Path, tmp_path: Path) -> None:
    file = data / "detectors" / "yolox_nano_416.onnx"
    if not file.is_file():
        pytest.skip(f"the detector {file} is absent")
    model = run(file, tmp_path / "models")
    assert model.manifest.detection is not None
    assert model.manifest.detection.layout == "yolox-grid"
    from crimeview.jobs.people import people_spec
    from crimeview.video.source import opened

    with opened(data / "shoplifting" / "theft" / "001.mp4") as source, Detector(model) as detector:
        clip = next(source.clips(people_spec(source.recording)))
        boxes, scores = detector.people(clip.frames[0])
    assert scores[0] > 0.5
    assert boxes[0, 3] - boxes[0, 1] > 100
