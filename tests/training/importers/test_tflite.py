"""TFLite graphs as ONNX compute what LiteRT computes."""

import os
import zipfile
from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray

# ruff: noqa: E402
pytest.importorskip("tflite", reason="the extra pose is not installed")
litert = pytest.importorskip("ai_edge_litert.interpreter", reason="ai-edge-litert is not installed")

from crimeview.core.errors import ModelError
from crimeview.nets.session import run_file
from crimeview.training.importers.blazepose import LANDMARKS, REGIONS, pose_networks
from crimeview.training.importers.tflite.convert import to_onnx
from crimeview.training.importers.tflite.graph import read_graph
from tests.training.importers.made_tflite import TfliteMaker

PARITY = 1e-4  # of the largest output
REAL = os.environ.get("CRIMEVIEW_POSE_FILE", "")


def by_litert(
    data: bytes, values: NDArray[np.float32]
) -> dict[tuple[int, ...], NDArray[np.float32]]:
    """The outputs by shape."""
    interpreter = litert.Interpreter(model_content=data, num_threads=1)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], values)
    interpreter.invoke()
    return {
        tuple(detail["shape"]): interpreter.get_tensor(detail["index"])
        for detail in interpreter.get_output_details()
    }


def converted(data: bytes, folder: Path, *, outputs: int, axis: int) -> Path:
    graph = read_graph(data)
    model = to_onnx(
        graph,
        outputs=graph.outputs[:outputs],
        input_name="picture",
        output_name="found",
        axis=axis,
    )
    path = folder / "converted.onnx"
    onnx.save(model, path)
    return path


def every_operator() -> bytes:
    maker = TfliteMaker(picture=(1, 24, 32, 3))
    wide = maker.conv(maker.input, 8)
    padded = maker.pad(wide, [(0, 0), (0, 1), (0, 1), (0, 0)])
    half = maker.depthwise(padded)
    sparse = maker.sparse_conv(half, 16)
    strided = maker.conv(half, 16, stride=2)
    summed = maker.add(maker.double(strided), sparse)
    more = maker.pad(summed, [(0, 0), (0, 0), (0, 0), (2, 2)])  # channels
    spread = maker.spread(more)
    pooled = maker.pool(spread)
    both = maker.join([pooled, half], 3)
    rows = maker.reshape(maker.sigmoid(maker.conv(both, 4, side=1)), (1, 12 * 16, 4))
    others = maker.reshape(maker.conv(summed, 4, side=1), (1, 12 * 16, 4))
    return maker.file([maker.join([rows, others], 1)])


def test_every_operator_computes_what_litert_computes(tmp_path: Path) -> None:
    data = every_operator()
    path = converted(data, tmp_path, outputs=1, axis=1)
    for seed in range(3):
        values = np.random.default_rng(seed).uniform(-1, 1, (1, 24, 32, 3)).astype(np.float32)
        (wanted,) = by_litert(data, values).values()
        found = run_file(path, values)
        assert found.shape == wanted.shape == (1, 384, 4)
        assert np.ptp(wanted) > 0.1
        assert np.abs(found - wanted).max() <= PARITY * np.abs(wanted).max()


def test_what_no_output_needs_is_left_out(tmp_path: Path) -> None:
    maker = TfliteMaker(picture=(1, 8, 8, 3))
    wanted = maker.conv(maker.input, 4)
    other = maker.pool(maker.input)
    path = converted(maker.file([wanted, other]), tmp_path, outputs=1, axis=3)
    assert "MaxPool" not in {node.op_type for node in onnx.load(path).graph.node}


def test_what_is_no_tflite_is_told() -> None:
    with pytest.raises(ModelError, match="TFL3"):
        read_graph(b"\x00" * 64)
    with pytest.raises(ModelError, match="damaged"):
        read_graph(every_operator()[:200])


def as_mediapipe(seed: int = 0) -> dict[str, bytes]:
    """Two graphs with the inputs and outputs of MediaPipe's, much smaller inside."""
    regions = TfliteMaker(picture=(1, 224, 224, 3), seed=seed)
    small = regions.pool(regions.pool(regions.conv(regions.input, 4, stride=8)))  # 7 by 7
    # 2254 is 46 rows of 49 cells
    cells = regions.reshape(regions.conv(small, 46 * 12, side=1), (1, 2254, 12))
    scores = regions.reshape(regions.conv(small, 46, side=1), (1, 2254, 1))
    marks = TfliteMaker(picture=(1, 256, 256, 3), seed=seed)
    first = marks.conv(marks.input, 4, stride=2)
    eighth = marks.pool(
        marks.pool(marks.pool(marks.pool(marks.pool(marks.pool(marks.pool(first))))))
    )
    outputs = [
        marks.reshape(marks.conv(eighth, 195, side=1), (1, 195)),
        marks.reshape(marks.sigmoid(marks.conv(eighth, 1, side=1)), (1, 1)),
        marks.conv(marks.double(first), 1, side=1),
        marks.conv(marks.pool(first), 39, side=1),
        marks.reshape(marks.conv(eighth, 117, side=1), (1, 117)),
    ]
    return {"regions": regions.file([cells, scores]), "marks": marks.file(outputs)}


def test_both_networks_are_taken_from_a_task_file_whatever_they_are_called(
    tmp_path: Path,
) -> None:
    path = tmp_path / "any.task"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in as_mediapipe().items():
            archive.writestr(f"inner/{name}.tflite", data)
        archive.writestr("readme.tflite", b"not a graph")
    networks = pose_networks(path)
    assert [network.draft.name for network in networks] == [REGIONS, LANDMARKS]
    assert all(network.draft.origin.license == "Apache-2.0" for network in networks)
    assert "MediaPipe Authors" in networks[0].draft.origin.description


def test_a_file_that_lacks_one_of_them_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "half.task"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("regions.tflite", as_mediapipe()["regions"])
    with pytest.raises(ModelError, match=r"0\.10\.21"):
        pose_networks(path)


@pytest.mark.skipif(
    not REAL, reason="CRIMEVIEW_POSE_FILE does not name mediapipe's wheel or a .task file"
)
def test_mediapipes_own_networks_compute_what_litert_computes(tmp_path: Path) -> None:
    with zipfile.ZipFile(REAL) as archive:
        names = [name for name in archive.namelist() if name.endswith(".tflite")]
        graphs = [archive.read(name) for name in names]
    by_output = {read_graph(data).signature()[1][0]: data for data in graphs}
    for network in pose_networks(Path(REAL)):
        shape = network.draft.input.shape
        path = tmp_path / network.draft.file
        onnx.save(network.model, path)
        data = by_output[(1, 2254, 12) if network.draft.name == REGIONS else (1, 195)]
        values = np.random.default_rng(0).random(shape).astype(np.float32)  # type: ignore[arg-type]
        outputs = by_litert(data, values)
        wanted = (
            [outputs[(1, 2254, 12)], outputs[(1, 2254, 1)]]
            if network.draft.name == REGIONS
            else [outputs[(1, 195)], outputs[(1, 1)], outputs[(1, 117)]]
        )
        axis = wanted[0].ndim - 1
        places = np.cumsum([part.shape[axis] for part in wanted])[:-1]
        for found, part in zip(
            np.split(run_file(path, values), places, axis=axis), wanted, strict=True
        ):
            assert np.abs(found - part).max() <= max(1e-6, PARITY * np.abs(part).max())
